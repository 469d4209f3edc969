"""An hour that does not suit never comes back: another one is wished for, or another day."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.language.conversations import offered, say
from truebook.assistant.finding.plans import choose
from truebook.booking.model import Slot
from truebook.language.merge import at_time, merged, on_day
from truebook.language.wish import Constraint, Times, Visit

pytestmark = pytest.mark.unit
ZONE, NOW = ZoneInfo("Europe/Vienna"), datetime(2026, 11, 30, 9, tzinfo=UTC)
SIX = Constraint("time", (Times(time(18), time(18)),), allow=False)


def place(day: int, hour: int) -> Slot:
    start = datetime(2026, 12, day, hour, tzinfo=ZONE)
    return Slot(UUID(int=1), "Sara", start, start + timedelta(hours=1))


def test_another_day_is_offered_and_not_the_hour_that_was_refused() -> None:
    classes = [place(2, 18), place(3, 18), place(5, 10)]
    for limit in (SIX, Constraint("time", (Times(time(18, 45), None),))):
        plans = choose(classes, [(on_day(date(2026, 12, 2)), SIX, limit)], ZONE, NOW)
        assert [(one.start.day, one.start.hour) for one in plans.slots] == [(5, 10)]


def test_a_window_does_not_bring_it_back() -> None:
    later = Constraint("time", (Times(time(18), None),))
    assert SIX in merged(Visit("yoga", None, (SIX,)), (later,)).constraints
    assert SIX not in merged(Visit("yoga", None, (SIX,)), (at_time(time(18)),)).constraints


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3 doesn't work for me, I finish work at half past"),
        ("en", "3 is no good"),
        ("de", "15 geht nicht"),
        ("nl", "drie lukt niet"),
        ("pt", "às 15 não consigo"),
        ("es", "a las 15 no llego"),
    ],
)
def test_a_bare_hour_is_refused(language: str, text: str) -> None:
    barred = say(offered(language), text).wish.visit.on("time", allow=False)
    assert [one.values for one in barred] == [(Times(time(15), time(15)),)]
