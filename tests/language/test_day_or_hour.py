"""What is written with a dot where a time was asked for: "dienstag 8.12." is a day, "8.30" an hour."""

from datetime import date, time

import pytest

from tests.language.conversations import HALF_PAST, THREE, after
from tests.language.test_limits import say
from truebook.language.state import Offered

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("text", ["ok dann halt dienstag 8.12.", "Dienstag 8.12", "geht 8.12.?", "am 8.12. vielleicht"])
def test_a_day_is_no_hour(text: str) -> None:
    visit = say(after(Offered((THREE, HALF_PAST)), language="de"), text).wish.visit
    assert visit.day == date(2026, 12, 8)
    assert visit.times is None


@pytest.mark.parametrize(("text", "hour"), [("um 16.30", time(16, 30)), ("lieber 16.30.", time(16, 30))])
def test_an_hour_is_no_day(text: str, hour: time) -> None:
    visit = say(after(Offered((THREE, HALF_PAST)), language="de"), text).wish.visit
    assert visit.times is not None
    assert visit.times.first == hour
