"""Sound schemas of different styles: nothing above a hint, or the audit would teach people not to read it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from truebook.audit import Options, Severity, audit

SOUND = Path(__file__).parent / "sound"
CASES = [(name, engine) for name in ("natural_keys", "no_tenants") for engine in ("sqlite", "postgresql")]


@pytest.mark.parametrize(("name", "engine"), [*CASES, ("tenants", "postgresql")])
def test_a_sound_schema_has_nothing_above_a_hint(name: str, engine: str, load: Callable[[str, str], str]) -> None:
    report = audit(load(engine, (SOUND / f"{name}.sql").read_text()), Options(canary=True))
    above = [f"{f.rule} {f.place}: {f.meaning} {f.evidence}" for f in report.findings if f.level > Severity.HINT]
    assert above == []
    assert not [note for note in report.notes if "not checked" in note or "inconclusive" in note]
