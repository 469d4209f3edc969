"""The report as one page of HTML, to be sent to a colleague: no scripts, nothing from elsewhere, in light and dark."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from truebook.audit.findings import Report
from truebook.audit.report.marks import LOOKS
from truebook.audit.report.screen import first, problems
from truebook.audit.values import plural
from truebook.kernel.shown import visible

_PAGES = Environment(
    loader=PackageLoader("truebook.audit.report", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["visible"] = visible
_PAGES.filters["plural"] = plural
_PAGES.filters["first_places"] = first


def as_html(report: Report) -> str:
    """Return the report as a page."""
    signs = {severity: sign for severity, (sign, _) in LOOKS.items()}
    page = _PAGES.get_template("report.html")
    return page.render(report=report, problems=problems(report), signs=signs)
