"""Clock changes in zones all over the world: opening hours hold on the wall clock, and minutes are real minutes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.booking.diaries import MINUTE, diary, first_shown, service, wall, why_not
from truebook.booking import availability
from truebook.booking.model import Diary, Policy
from truebook.kernel import clock

pytestmark = pytest.mark.unit

YEARS = {
    "Europe/Vienna": 2030, "Europe/London": 2030, "Europe/Dublin": 2030, "Europe/Chisinau": 2030,
    "Atlantic/Azores": 2030, "America/New_York": 2030, "America/Los_Angeles": 2030, "America/St_Johns": 2030,
    "America/Havana": 2030, "America/Santiago": 2030, "America/Asuncion": 2019, "America/Sao_Paulo": 2018,
    "America/Nuuk": 2030, "Africa/Cairo": 2030, "Africa/Casablanca": 2027, "Asia/Beirut": 2030, "Asia/Gaza": 2030,
    "Asia/Jerusalem": 2030, "Asia/Tehran": 2021, "Asia/Amman": 2021, "Australia/Sydney": 2030,
    "Australia/Lord_Howe": 2030, "Pacific/Auckland": 2030, "Pacific/Chatham": 2030, "Pacific/Norfolk": 2030,
    "Antarctica/Troll": 2030, "Pacific/Apia": 2011, "America/Caracas": 2007,
}  # fmt: skip
"""Where the clocks change, and a year in which they do (the last one, where they no longer do)."""


def changes(name: str) -> list[datetime]:
    """Return when a zone's clock jumps in its year, by looking once a day, and then twice an hour."""
    days = [datetime(YEARS[name], 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(365)]
    return [jump for day in jumps(name, days, timedelta(days=1)) for jump in jumps(name, halves(day), 30 * MINUTE)]


def halves(day: datetime) -> list[datetime]:
    return [day + n * 30 * MINUTE for n in range(-48, 0)]


def jumps(name: str, instants: list[datetime], step: timedelta) -> list[datetime]:
    """Return the ends of the steps over which a zone's clock moved by more or less than the step."""
    zone = ZoneInfo(name)
    return [at + step for at in instants if wall(at + step, zone) - wall(at, zone) != step]


CHANGES = [(name, change) for name in YEARS for change in changes(name)]


def free(one: Diary, around: datetime, minutes: int = 30) -> Iterator[tuple[datetime, datetime]]:
    """Yield the beginnings and ends of the free times on the days around an instant."""
    day, now = wall(around, one.hours.zone).date(), around - timedelta(days=3)
    for slot in availability.slots(service(minutes), [one], day - timedelta(days=2), day + timedelta(days=1), now):
        yield slot.start, slot.end


def test_there_are_changes_both_ways_in_at_least_twenty_zones() -> None:
    forward = {name for name, change in CHANGES if jump(name, change) > timedelta(0)}
    back = {name for name, change in CHANGES if jump(name, change) < timedelta(0)}
    assert len(forward & back) >= 20


def jump(name: str, change: datetime) -> timedelta:
    return wall(change, ZoneInfo(name)) - wall(change - MINUTE, ZoneInfo(name)) - MINUTE


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_opening_hours_hold_on_the_wall_clock(name: str, change: datetime) -> None:
    one = diary(((600, 1080),), zone=name)
    found = list(free(one, change))
    days = {wall(start, one.hours.zone).date() for start, _ in found}
    for day in days:
        walls = [
            wall(start, one.hours.zone).strftime("%H:%M")
            for start, _ in found
            if wall(start, one.hours.zone).date() == day
        ]
        assert (walls[0], walls[-1], len(walls)) == ("10:00", "17:30", 31)
    assert len(days) == (3 if jump(name, change) >= timedelta(days=1) else 4)  # Apia left a whole day out


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_no_time_is_in_a_skipped_hour_and_none_is_given_twice(name: str, change: datetime) -> None:
    one = diary(((0, 1440),), zone=name)
    found = list(free(one, change))
    starts = [start for start, _ in found]
    assert starts == sorted(set(starts))
    for start, end in found:
        assert end - start == 30 * MINUTE
        assert clock.exists(start.astimezone(one.hours.zone))
    lengths = {later - earlier for earlier, later in pairwise(starts)}
    assert lengths <= {5 * MINUTE, 15 * MINUTE, 10 * MINUTE, 20 * MINUTE}  # round the clock, without a hole


@pytest.mark.parametrize(("name", "change"), CHANGES)
@pytest.mark.parametrize("edges", [(-75, -15), (-45, 20), (-20, 50), (-10, 10), (5, 45), (10, 100), (30, 90)])
def test_hours_that_begin_or_end_in_the_changed_hour(name: str, change: datetime, edges: tuple[int, int]) -> None:
    """Opening and closing at a skipped time means at the change; at a repeated time, the first."""
    zone = ZoneInfo(name)
    low, high = sorted([wall(change, zone), wall(change - MINUTE, zone) + MINUTE])
    opens, closes = low + edges[0] * MINUTE, high + edges[1] * MINUTE
    one = diary({}, zone=name, special=by_day(opens, closes), policy=Policy(slot_minutes=5))
    begin, end = shown(opens, zone), shown(closes, zone)
    found = [start for start, _ in free(one, change, 15)]
    for number in range(-40, 60, 3):
        start = change + number * 5 * MINUTE
        inside = begin <= start and start + 15 * MINUTE <= end
        assert (why_not(service(15), one, start, change - timedelta(days=3)) is None) == inside
    assert all(begin <= start and start + 15 * MINUTE <= end for start in found)
    assert bool(found) == (end - begin >= 15 * MINUTE)


def shown(at: datetime, zone: ZoneInfo) -> datetime:
    return first_shown(at.date(), at.hour * 60 + at.minute, zone)


def by_day(opens: datetime, closes: datetime) -> dict[date, tuple[tuple[int, int], ...]]:
    """Return special hours from one wall-clock time to another, cut at midnight as the database wants them."""
    first, last = opens.date(), closes.date()
    begin, end = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    if first == last:
        return {first: ((begin, end),)}
    whole = {first + timedelta(days=n): ((0, 1440),) for n in range(1, (last - first).days)}
    return {first: ((begin, 1440),), **whole, last: ((0, end),) if end else ()}


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_minutes_of_a_day_are_the_first_instants_that_show_them(name: str, change: datetime) -> None:
    zone = ZoneInfo(name)
    found = []
    for shift in (-1, 0, 1):
        day = wall(change, zone).date() + timedelta(days=shift)
        for minute in range(0, 1441, 7):
            found.append(clock.at(day, minute, zone))
            assert found[-1] == first_shown(day, minute, zone), (day, minute)
    assert found == sorted(found)


def test_the_repeated_hour_is_told_apart_by_its_offset() -> None:
    one = diary(((120, 180),), zone="Europe/Vienna", policy=Policy(slot_minutes=30))
    found = [start.astimezone(one.hours.zone) for start, _ in free(one, datetime(2030, 10, 27, 1, tzinfo=UTC))]
    sunday = [start.strftime("%H:%M%z") for start in found if start.day == 27]
    assert sunday == ["02:00+0200", "02:30+0200", "02:00+0100", "02:30+0100"]
