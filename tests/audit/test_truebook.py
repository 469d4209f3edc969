"""Truebook's own schema before its own audit."""

from truebook.audit import Options, Severity, audit


def test_truebooks_own_schema_audits_clean_at_warning_level(database: str) -> None:
    report = audit(database, Options(canary=True))
    above = [f"{f.rule} {f.place}: {f.meaning} {f.evidence}" for f in report.findings if f.level > Severity.HINT]
    assert above == []
    assert not [note for note in report.notes if "not checked" in note]
