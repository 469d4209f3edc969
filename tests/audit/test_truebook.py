"""Truebook's own schema before its own audit: empty, and in use."""

from datetime import timedelta

import pytest

from tests.desk import MONDAY, NOW, furnish, opened
from truebook.audit import Options, Severity, audit
from truebook.booking import actions


def above_a_hint(url: str) -> list[str]:
    report = audit(url, Options(canary=True))
    assert not [note for note in report.notes if "not checked" in note]
    return [f"{f.rule} {f.place}: {f.meaning} {f.evidence}" for f in report.findings if f.level > Severity.HINT]


def test_truebooks_own_schema_audits_clean_at_warning_level(database: str) -> None:
    assert above_a_hint(database) == []


@pytest.mark.anyio
async def test_and_so_it_does_with_two_businesses_at_work(database: str) -> None:
    async with opened(database) as db:
        for slug, zone in (("salon-alice", "Europe/Vienna"), ("salon-bob", "America/New_York")):
            desk = await furnish(db, slug, zone)
            for hours in (6, 7):
                await actions.book(db, desk.scope, desk.wish(MONDAY + timedelta(hours=hours)), now=NOW)
    assert above_a_hint(database) == []
