"""The free times: exactly those on the grid to which the rules say nothing against, whatever the diary."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.booking.diaries import ANNA, BEN, MINUTE, Busy, diary, openings, service, taken, wall, why_not
from truebook.booking import availability
from truebook.booking.model import Blackout, Diary, Policy, Service, Slot

pytestmark = pytest.mark.unit
NOW = datetime(2030, 1, 6, 12, tzinfo=UTC)
MONDAY = date(2030, 1, 7)
TEN = datetime(2030, 1, 7, 10, tzinfo=UTC)


def times(one: Diary, what: Service, first: date = MONDAY, last: date = MONDAY, now: datetime = NOW) -> list[str]:
    return [
        wall(slot.start, one.hours.zone).strftime("%H:%M") for slot in availability.slots(what, [one], first, last, now)
    ]


def test_the_grid_begins_with_each_opening() -> None:
    two = diary(((545, 660), (780, 840)), policy=Policy(slot_minutes=30))
    assert times(two, service(45)) == ["09:05", "09:35", "10:05", "13:00"]


def test_busy_times_and_buffers_are_leapt_over_and_the_grid_is_kept() -> None:
    one = diary(((540, 780),), policy=Policy(slot_minutes=20), busy=[taken(TEN, 30, before=10, after=5)])
    assert times(one, service(30)) == ["09:00", "09:20", "10:40", "11:00", "11:20", "11:40", "12:00", "12:20"]
    assert times(one, service(30, before=10, after=5))[:3] == ["09:00", "11:00", "11:20"]


def test_an_evening_reaches_past_midnight() -> None:
    night = diary(((0, 120), (1320, 1440)), policy=Policy(slot_minutes=60))
    assert times(night, service(90)) == ["00:00", "22:00", "23:00"]
    closed = diary(((0, 120), (1320, 1440)), policy=Policy(slot_minutes=60), special={date(2030, 1, 8): ()})
    assert times(closed, service(90)) == ["00:00", "22:00"]


def test_notice_and_horizon_bound_the_times() -> None:
    one = diary(policy=Policy(slot_minutes=60, min_notice_minutes=60, max_advance_days=1))
    now = TEN + MINUTE
    assert times(one, service(), now=now) == ["12:00", "13:00", "14:00", "15:00", "16:00"]
    assert [*availability.slots(service(), [one], date(2030, 1, 8), date(2030, 1, 31), now)][-1].start.day == 8


def test_times_come_in_order_and_by_person() -> None:
    both = [diary(policy=Policy(slot_minutes=240)), diary(policy=Policy(slot_minutes=240), staff=BEN, name="Ben")]
    found = availability.slots(service(), both, MONDAY, MONDAY, NOW)
    assert [(slot.start.hour, slot.staff_name) for slot in found] == [
        (9, "Anna"),
        (9, "Ben"),
        (13, "Anna"),
        (13, "Ben"),
    ]
    assert not [*availability.slots(service(), [diary(offers=False)], MONDAY, MONDAY, NOW)]
    assert not [*availability.slots(service(is_active=False), both, MONDAY, MONDAY, NOW)]


def test_the_nearest_times_are_three_different_ones_in_order() -> None:
    at = [TEN + minutes * MINUTE for minutes in (-120, -60, 30, 30, 60, 90)]
    found = [Slot(ANNA, "Anna", start, start + MINUTE) for start in at]
    assert [slot.start for slot in availability.nearest(found, TEN)] == [at[1], at[2], at[4]]
    assert availability.nearest([], TEN) == []


ZONES = ["UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Kiritimati",
         "Pacific/Pago_Pago", "Asia/Kathmandu", "Africa/Cairo", "America/St_Johns", "Antarctica/Troll"]  # fmt: skip
FIRST_DAYS = st.sampled_from(
    [date(2030, 1, 7), date(2030, 3, 9), date(2030, 3, 30), date(2030, 4, 6), date(2030, 4, 25), date(2030, 9, 28),
     date(2030, 10, 5), date(2030, 10, 26), date(2030, 10, 31), date(2030, 11, 2)]
)  # fmt: skip
HOURS = st.lists(st.integers(0, 96), max_size=6, unique=True).map(
    lambda marks: tuple((a * 15, b * 15) for a, b in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False))
)
TOUCHING = HOURS.map(lambda spans: ((0, 120), (120, 300), *((a, b) for a, b in spans if a >= 300)))


@st.composite
def diaries(draw: st.DrawFn, first: date) -> tuple[Diary, list[Busy]]:
    zone = draw(st.sampled_from(ZONES))
    near = st.integers(-3, 6).map(lambda days: first + timedelta(days=days))
    lengths = st.integers(0, 4)
    off = st.builds(
        lambda day, more, yearly: Blackout(day, day + timedelta(days=more), yearly), near, lengths, st.booleans()
    )
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    busy = st.builds(
        lambda at, length, before, after: taken(begin + at * 5 * MINUTE, length, before, after),
        st.integers(0, 1400), st.integers(1, 600), st.integers(0, 90), st.integers(0, 90),
    )  # fmt: skip
    given_away = draw(st.lists(busy, max_size=6))
    return diary(
        draw(st.dictionaries(st.integers(0, 6), HOURS | TOUCHING)),
        zone=zone,
        policy=Policy(
            draw(st.sampled_from([5, 15, 20, 45, 60, 240])), draw(st.integers(0, 3000)), draw(st.integers(1, 5))
        ),
        special=draw(st.dictionaries(near, HOURS, max_size=3)),
        blackouts=draw(st.lists(off, max_size=2)),
        busy=given_away,
        offers=draw(st.integers(0, 9)) > 0,
    ), given_away


SERVICES = st.builds(service, st.sampled_from([5, 30, 45, 90, 480, 1440]), st.integers(0, 40), st.integers(0, 40))


@given(st.data())
def test_a_time_is_free_if_and_only_if_it_is_on_the_grid_and_the_rules_allow_it(data: st.DataObject) -> None:
    first = data.draw(FIRST_DAYS)
    (one, taken_times), what = data.draw(diaries(first)), data.draw(SERVICES)
    now = datetime(first.year, first.month, first.day, 3, 7, 11, 5, tzinfo=UTC) - timedelta(
        hours=data.draw(st.integers(0, 60))
    )
    last = first + timedelta(days=2)
    expected = [start for start in grid(one, first, last) if why_not(what, one, start, now) is None]
    found = [*availability.slots(what, [one], first, last, now)]
    assert [slot.start for slot in found] == expected
    for slot in found:
        assert slot.end - slot.start == timedelta(minutes=what.duration)
        assert open_throughout(one, slot)
        assert not any(overlaps(busy, what, slot) for busy in taken_times)


def grid(one: Diary, first: date, last: date) -> list[datetime]:
    """Walk through every opening of the days, in steps of the grid, and past none of the days' ends."""
    found = []
    for opening in openings(one, first, last):
        start = opening.start
        while start < opening.end:
            found.append(start)
            start += one.policy.slot_minutes * MINUTE
    return [start for start in found if first <= wall(start, one.hours.zone).date() <= last]


def open_throughout(one: Diary, slot: Slot) -> bool:
    """Go through an appointment in steps of five minutes (all there are here) and look for a closed door."""
    around = openings(
        one, wall(slot.start, one.hours.zone).date() - timedelta(days=1), wall(slot.end, one.hours.zone).date()
    )
    moments = [slot.start + step * 5 * MINUTE for step in range((slot.end - slot.start) // (5 * MINUTE))]
    return all(any(span.start <= moment < span.end for span in around) for moment in moments)


def overlaps(busy: Busy, what: Service, slot: Slot) -> bool:
    blocked = what.blocked(slot.start)
    return busy.blocked.start < blocked.end and blocked.start < busy.blocked.end
