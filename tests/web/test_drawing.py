"""Where things stand in a column: by the wall clock, side by side where they would cover each other."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from truebook.channels.web.desk.pen import Pen
from truebook.channels.web.desk.stretches import lanes

pytestmark = pytest.mark.unit
NOW = datetime(2027, 1, 1, tzinfo=UTC)
PEN = Pen("en", str, ZoneInfo("Europe/Vienna"), NOW, {}, {}, {})


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begin", "end", "spot"),
    [
        (utc(3, 28, 8), utc(3, 28, 8, 45), (600, 45)),  # ten o'clock in summer, on the day it begins
        (utc(3, 28, 0, 30), utc(3, 28, 1, 30), (90, 120)),  # from 1:30 over the hour that is left out until 3:30
        (utc(10, 31, 0), utc(10, 31, 1), (120, 60)),  # the first two o'clock to the second: an hour that is there once
        (utc(10, 31, 0, 45), utc(10, 31, 1, 30), (165, 45)),  # from 2:45 until 2:30 of the second
        (utc(10, 31, 9), utc(10, 31, 9, 45), (600, 45)),
        (utc(6, 1, 21), utc(6, 2, 1), (1380, 60)),  # over midnight: as far as its day goes
        (utc(6, 1, 8), utc(6, 1, 8, 1), (600, 5)),
    ],
)
def test_a_place_is_by_the_wall_clock(begin: datetime, end: datetime, spot: tuple[int, int]) -> None:
    assert PEN.drawn(begin, end) == spot


def test_what_overlaps_lies_side_by_side_and_what_follows_has_all_the_room() -> None:
    assert lanes([]) == []
    assert lanes([(600, 645), (645, 700)]) == [(0, 1), (0, 1)]
    assert lanes([(600, 660), (610, 640), (640, 700), (700, 730)]) == [(0, 2), (1, 2), (1, 2), (0, 1)]
    assert lanes([(120, 180), (120, 180)]) == [(0, 2), (1, 2)], "both two o'clocks of an autumn night can be seen"
