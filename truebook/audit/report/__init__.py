"""An audit's report in its forms: for a terminal, for machines, for pages, and for code scanners."""

from truebook.audit.findings import Report
from truebook.audit.report.html import as_html
from truebook.audit.report.json import as_json
from truebook.audit.report.markdown import as_markdown
from truebook.audit.report.sarif import as_sarif
from truebook.audit.report.terminal import before_after, show

_FORMS = {"html": as_html, "json": as_json, "markdown": as_markdown, "sarif": as_sarif}


def written(report: Report, form: str) -> str:
    """Return the report as `html`, `json`, `markdown` or `sarif` text; raise KeyError for any other form."""
    return _FORMS[form](report)


__all__ = ["before_after", "show", "written"]
