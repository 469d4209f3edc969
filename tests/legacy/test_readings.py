"""The small readers: ids, times, phones, prices, schedules, raw values."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truebook.legacy import ids, money, phones, raw, schedules, times
from truebook.legacy.schedules import Hours
from truebook.legacy.times import Kind, Reading, Unreadable

pytestmark = pytest.mark.unit
VIENNA = ZoneInfo("Europe/Vienna")


def at(value: Any, reading: Reading = Reading.LOCAL, zone: ZoneInfo = VIENNA) -> datetime:
    return times.settle(times.written(value), zone, reading).at


# ------------------------------------------------------------------------------------------------------------- times
@pytest.mark.parametrize(
    "stored",
    [
        "2025-11-03 10:00",
        "2025-11-03T10:00",
        "2025-11-03T10:00:00.000",
        "2025-11-3 10:00:00",
        "03.11.2025 10:00",
        "3.11.2025, 10.00 Uhr",
        "2025-11-03 10:00+01",
        "2025-11-03T09:00:00Z",
        "2025-11-03T04:00:00-05:00",
        "Mon Nov 03 2025 10:00:00 GMT+0100 (Central European Standard Time)",
        1762160400,
        1762160400000,
        1762160400000000,
        "1762160400000",
        datetime(2025, 11, 3, 10),
        datetime(2025, 11, 3, 10, tzinfo=UTC),  # a column that adds UTC to whatever was written
    ],
)
def test_one_moment_in_many_spellings(stored: Any) -> None:
    assert at(stored) == datetime(2025, 11, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "tomorrow",
        "2025-02-30 10:00",
        "2025-11-03",
        "03/11/2025 10:00",
        "2025-11-03 25:00",
        "0001-01-01 10:00",
        12,
        -62135596800000000,
        "0001-01-01T00:00+14:00",
        True,
        None,
        date(2025, 11, 3),
        "11-03-2025 10:00",
        "25-11-03 10:00",
        1e300,
        "infinity",
        "20025-01-01 10:00",
    ],
)
def test_what_is_not_surely_a_moment_is_refused(stored: Any) -> None:
    with pytest.raises(Unreadable):
        times.written(stored)


def test_the_reading_moves_only_times_without_a_trustworthy_zone() -> None:
    assert at("2025-11-03 10:00", Reading.UTC) == datetime(2025, 11, 3, 10, tzinfo=UTC)
    for certain in ("2025-11-03T10:00:00Z", 1762164000000):
        assert at(certain, Reading.UTC) == at(certain, Reading.LOCAL) == datetime(2025, 11, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "wrinkle", "utc"),
    [
        ("2025-03-30 02:30", "gap", datetime(2025, 3, 30, 1, 30, tzinfo=UTC)),
        ("2025-10-26 02:30", "double", datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
        ("2025-03-30 03:00", None, datetime(2025, 3, 30, 1, tzinfo=UTC)),
        ("2025-10-26 03:00", None, datetime(2025, 10, 26, 2, tzinfo=UTC)),
    ],
)
def test_gaps_and_doubles_are_told(stored: str, wrinkle: str | None, utc: datetime) -> None:
    assert times.settle(times.written(stored), VIENNA, Reading.LOCAL) == times.Moment(utc, wrinkle)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("2025-11-03", "14:00"),
        (date(2025, 11, 3), time(14)),
        ("03.11.2025", "2 pm"),
        ("2025-11-03", "14 Uhr"),
        ("2025-11-03", "2:00 PM"),
    ],
)
def test_a_date_and_a_time_apart(day: Any, clock: Any) -> None:
    assert times.joined(day, clock) == times.Written(datetime(2025, 11, 3, 14), Kind.WALL)


@pytest.mark.parametrize("clock", [None, "", "13 pm", "noon", "99:00"])
def test_a_date_without_a_time_is_no_moment(clock: Any) -> None:
    with pytest.raises(Unreadable):
        times.joined("2025-11-03", clock)


@pytest.mark.parametrize(
    ("stored", "zone", "day"),
    [
        (1766620800000, "Europe/Berlin", 25),  # midnight in UTC
        (1766617200000, "Europe/Berlin", 25),  # midnight in Berlin
        (1766642400000, "America/Chicago", 25),  # midnight in Chicago
        ("2025-12-25", "UTC", 25),
        ("2025-12-25T00:00:00.000Z", "America/Chicago", 25),
        ("25.12.2025", "UTC", 25),
        (datetime(2025, 12, 25, 0, 0), "UTC", 25),
    ],
)
def test_a_day(stored: Any, zone: str, day: int) -> None:
    assert times.on(stored, ZoneInfo(zone)) == date(2025, 12, day)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)), st.sampled_from(list(Reading)))
def test_an_instant_comes_back_whatever_the_reading(moment: datetime, reading: Reading) -> None:
    instant = moment.replace(microsecond=0, tzinfo=UTC)
    assert at(instant.isoformat(), reading) == instant
    if instant.year > 1973:
        assert at(int(instant.timestamp() * 1000), reading) == instant


# --------------------------------------------------------------------------------------------------------------- ids
@pytest.mark.parametrize(
    "spelled",
    [
        "089DE75EC79BF6E4B00E4159135D545F",
        "089de75e-c79b-f6e4-b00e-4159135d545f",
        "{089DE75E-C79B-F6E4-B00E-4159135D545F}",
    ],
)
def test_an_id_keeps_its_value_in_every_spelling(spelled: str) -> None:
    assert ids.as_uuid(spelled) == ids.converted("db", "t", spelled) == UUID("089de75e-c79b-f6e4-b00e-4159135d545f")


def test_other_ids_get_one_of_their_own_that_stays() -> None:
    made = {ids.converted(*parts) for parts in [("a", "t", "1"), ("a", "t", "2"), ("a", "u", "1"), ("b", "t", "1")]}
    assert len(made) == 4 and ids.converted("a", "t", "1") in made


def test_a_reference_is_found_by_its_very_spelling_first_and_never_by_guessing() -> None:
    register: ids.Register[str] = ids.Register()
    register.add("A" * 32, "upper")
    assert register.find("a" * 32) == register.find(UUID("a" * 32)) == "upper"
    register.add(str(UUID("a" * 32)), "dashed")
    assert register.find("A" * 32) == "upper" and register.find(str(UUID("a" * 32))) == "dashed"
    assert register.find("a" * 32) is None  # either could be meant
    assert register.find(None) is None and register.find("slug") is None


# ------------------------------------------------------------------------------------------------------------ phones
@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("0660/7654321", "AT", "+436607654321"),
        ("whatsapp:+436608888888", None, "+436608888888"),
        ("00436608888888", "AT", "+436608888888"),
        ("436608888888@s.whatsapp.net", "AT", "+436608888888"),
        ("+43 (0)660 888 88 88", "AT", "+436608888888"),
        ("0660 7654321", None, None),
        ("anonym", "AT", None),
        ("1", "AT", None),
        ("", "AT", None),
    ],
)
def test_phones(typed: str, country: str | None, number: str | None) -> None:
    assert phones.e164(typed, country) == number


# ------------------------------------------------------------------------------------------------------------- money
@pytest.mark.parametrize(
    ("stored", "code", "minor"),
    [
        (35.5, "EUR", 3550),
        (79.99, "EUR", 7999),
        ("35,50 €", "EUR", 3550),
        ("€35", "EUR", 3500),
        ("1.234,50", "EUR", 123450),
        ("1,234.50", "EUR", 123450),
        ("1'234.50 CHF", "CHF", 123450),
        (0, "EUR", 0),
        (1200, "JPY", 1200),
        (12.5, "JPY", None),
        (12.345, "EUR", None),
        ("1,234", "EUR", None),  # twelve hundred, or one and a bit
        ("ab 20", "EUR", None),
        ("$5", "EUR", None),
        (-5, "EUR", None),
        ("", "EUR", None),
    ],
)
def test_prices(stored: Any, code: str, minor: int | None) -> None:
    assert money.price(stored, code) == minor


# --------------------------------------------------------------------------------------------------------- schedules
@pytest.mark.parametrize(
    "schedule",
    [
        '{"monday":{"isAvailable":true,"startTime":"09:00","endTime":"17:00","dayOfWeek":1}}',
        {
            "monday": {
                "isAvailable": True,
                "timeSlots": [{"start": "09:00", "end": "12:00"}, {"start": "12:00", "end": "17:00"}],
            }
        },
        {
            "Mon": "9:00-17:00",
            "tuesday": "closed",
            "wed": None,
            "thu": False,
            "sunday": {"isAvailable": False, "startTime": "9"},
        },
        {"1": [{"from": "9 am", "to": "5 pm"}]},
        [{"dayOfWeek": 1, "open": "09:00:00", "close": "17:00:00"}],
        '"{\\"monday\\": \\"09:00–17:00\\"}"',
    ],
)
def test_one_week_in_many_shapes(schedule: Any) -> None:
    assert schedules.week(schedule) == [Hours(1, 540, 1020)]


def test_breaks_and_midnight() -> None:
    day = {
        "startTime": "10:00",
        "endTime": "24:00",
        "breaks": [{"start": "12:00", "end": "13:00"}, {"start": "8:00", "end": "9:00"}],
    }
    assert schedules.week({"sat": day}) == [Hours(6, 600, 720), Hours(6, 780, 1440)]


@pytest.mark.parametrize(
    "schedule",
    [
        '{"monday":{',
        "",
        "9-17",
        5,
        None,
        {"someday": "9:00-17:00"},
        {"monday": "open"},
        {"monday": 9},
        {"monday": {"isAvailable": True}},
        {"monday": {"startTime": "17:00", "endTime": "09:00"}},
        {"monday": {"dayOfWeek": 3, "startTime": "9:00", "endTime": "10:00"}},
    ],
)
def test_what_is_not_surely_a_week_is_refused(schedule: Any) -> None:
    with pytest.raises(Unreadable):
        schedules.week(schedule)


# --------------------------------------------------------------------------------------------------------- raw values
def test_every_row_has_a_key_of_its_own() -> None:
    rows = [{"id": 1}, {"id": 1, "a": 2}, {"id": None}, {"id": None}, {}, {"id": "1~"}]
    keys = [row.key for row in raw.keyed("t", rows)]
    assert len(set(keys)) == len(rows) and keys[0] == "1"
    assert keys == [row.key for row in raw.keyed("t", rows)]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(), st.lists))
def test_every_value_can_be_kept_as_json(value: Any) -> None:
    import json

    text = json.dumps(raw.plain(value), allow_nan=False)
    assert "\\u0000" not in text


@given(st.lists(st.dictionaries(st.sampled_from(["id", "a"]), st.none() | st.integers(0, 2) | st.text(max_size=2))))
def test_keys_never_meet(rows: list[dict[str, Any]]) -> None:
    assert len({row.key for row in raw.keyed("t", rows)}) == len(rows)
