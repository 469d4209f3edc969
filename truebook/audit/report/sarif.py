"""The report as SARIF 2.1.0, which code scanners and pull requests understand."""

import json
from hashlib import sha256
from typing import Any

from truebook.audit.findings import Finding, Report, Severity
from truebook.audit.registry import RULES, Rule

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note", Severity.INFO: "none"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report) -> str:
    """Return the report as a SARIF log with one run."""
    used = sorted({finding.rule for finding in report.findings})
    run = {
        "tool": {"driver": {"name": "truebook audit", "rules": [_rule(RULES[id]) for id in used]}},
        "results": [_result(finding, used) for finding in report.findings],
        "properties": {"engine": report.engine, "version": report.version, "notes": report.notes},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, used: list[str]) -> dict[str, Any]:
    text = "\n".join([finding.meaning, *finding.evidence, *([f"Fix: {finding.fix_sql}"] if finding.fix_sql else [])])
    return {
        "ruleId": finding.rule,
        "ruleIndex": used.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": text},
        "locations": [{"logicalLocations": [{"fullyQualifiedName": finding.place, "kind": "member"}]}],
        "partialFingerprints": {"place": sha256(f"{finding.rule}:{finding.place}".encode()).hexdigest()[:32]},
    }
