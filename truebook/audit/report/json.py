"""The report as JSON: everything, under stable names."""

import json
from dataclasses import asdict
from typing import Any

from truebook.audit.findings import Finding, Report


def as_json(report: Report) -> str:
    """Return the report as a JSON document."""
    document = {
        "database": report.database,
        "engine": report.engine,
        "version": report.version,
        "tables": report.tables,
        "rows": report.rows,
        "seconds": round(report.seconds, 3),
        "summary": {severity.word: count for severity, count in report.counts().items()},
        "allowed": report.allowed,
        "accepted": report.accepted,
        "mended": report.mended,
        "findings": [_finding(finding) for finding in report.findings],
        "differences": [asdict(one) for one in report.comparisons],
        "notes": report.notes,
    }
    return json.dumps(document, indent=2)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.level.word,
        "table": finding.table,
        "column": finding.column or None,
        "meaning": finding.meaning,
        "evidence": list(finding.evidence),
        "fix": finding.fix_sql,
        "automatic": bool(finding.fix),
    }
