"""What follows a booking begins when that ends, and never on a day that it is not wished for."""

from datetime import date, time

import pytest

from truebook.assistant.offline.step import Step
from truebook.language.merge import from_time
from truebook.language.wish import Constraint, Days, Visit

pytestmark = pytest.mark.unit
WEDNESDAY, THURSDAY = date(2026, 12, 2), date(2026, 12, 3)
BOOKED = {
    "status": "booked",
    "slot": {"service": "maths", "day": THURSDAY.isoformat(), "time": "17:00", "minutes": 60},
}


def after_the_first(second: Visit) -> Visit:
    step = Step(turn=Visit("maths"), later=(second,)).after("bookAppointment", BOOKED)
    assert isinstance(step.turn, Visit)
    return step.turn


def barred(day: date) -> Constraint:
    return Constraint("day", (Days(day, day),), allow=False)


def test_what_is_wished_for_on_another_day_does_not_follow_on_the_same() -> None:
    second = Visit("english", "Lena", (barred(THURSDAY),))
    assert after_the_first(second) == second


def test_what_cannot_be_on_some_other_day_follows_on_the_same() -> None:
    found = after_the_first(Visit("english", "Lena", (barred(WEDNESDAY),)))
    assert found.day == THURSDAY
    assert [one for one in found.constraints if one.on == "time"] == [*from_time(time(18))]
