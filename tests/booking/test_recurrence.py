"""The dates of a series: by table, against a walk through the calendar, and over changes of clocks."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.booking.diaries import first_shown, wall
from truebook.booking import recurrence
from truebook.kernel.errors import Invalid

pytestmark = pytest.mark.unit
VIENNA = ZoneInfo("Europe/Vienna")
TUESDAY = date(2030, 3, 5)
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def dates(text: str, starts_on: date = TUESDAY, **more: object) -> list[str]:
    found = recurrence.expand(recurrence.parse(text), starts_on, 1020, VIENNA, **more)
    return [f"{one.on:%m-%d}" for one in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["03-05", "03-12", "03-19"]),
        ("RRULE:FREQ=WEEKLY;COUNT=2", ["03-05", "03-12"]),
        ("freq=weekly;interval=2;byday=tu,th;count=4", ["03-05", "03-07", "03-19", "03-21"]),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", ["03-06", "03-13"]),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", ["03-05", "04-02", "05-07"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["03-31", "04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["03-29", "04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", ["03-31", "05-31", "07-31"]),
        ("FREQ=DAILY;UNTIL=20300307", ["03-05", "03-06", "03-07"]),
        ("FREQ=DAILY;UNTIL=20300307T160000Z", ["03-05", "03-06", "03-07"]),
        ("FREQ=DAILY;UNTIL=20300307T155959Z", ["03-05", "03-06"]),
        ("FREQ=DAILY;UNTIL=20300307T165959", ["03-05", "03-06"]),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=12;BYMONTHDAY=24", ["12-24", "12-24"]),
    ],
)
def test_rules_have_the_dates_that_they_say(rule: str, expected: list[str]) -> None:
    assert dates(rule) == expected


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("", "an empty part"),
        ("FREQ=WEEKLY", "never ends"),
        ("FREQ=WEEKLY;COUNT=61", "more than 60"),
        ("FREQ=DAILY;UNTIL=20310101", "more than 60"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "more than 60"),
        ("FREQ=YEARLY;UNTIL=20600101", "ten years"),
        ("FREQ=YEARLY;COUNT=30", "fewer than 30"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "fewer than 5"),
        ("FREQ=DAILY;UNTIL=20300101", "no such date"),
        ("COUNT=3", "FREQ is missing"),
        ("FREQ=HOURLY;COUNT=3", "FREQ"),
        ("FREQ=WEEKLY;COUNT=3;BYHOUR=9", "BYHOUR"),
        ("FREQ=WEEKLY;COUNT=3;X-MINE=9", "X-MINE"),
        ("FREQ=WEEKLY;COUNT=3;COUNT=4", "twice"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20300501", "exclude"),
        ("FREQ=WEEKLY;COUNT=0", "COUNT"),
        ("FREQ=WEEKLY;COUNT=-3", "COUNT"),
        ("FREQ=WEEKLY;COUNT=3;INTERVAL=0", "INTERVAL"),
        ("FREQ=WEEKLY;COUNT=٣", "COUNT"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=", "BYDAY"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=1TU", "BYDAY"),
        ("FREQ=WEEKLY;COUNT=3;BYMONTHDAY=3", "BYMONTHDAY"),
        ("FREQ=MONTHLY;COUNT=3;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=DAILY;UNTIL=20300231", "UNTIL"),
        ("FREQ=WEEKLY;COUNT=3\nDTSTART:20300101", "COUNT"),
    ],
)
def test_what_is_no_rule_never_ends_or_is_too_much_is_refused_by_name(rule: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as told:
        dates(rule)
    assert told.value.field == "rrule"


def test_exceptions_are_dates_that_are_left_out_and_must_be_dates_of_the_rule() -> None:
    rule = recurrence.parse("FREQ=WEEKLY;COUNT=3")
    found = recurrence.expand(rule, TUESDAY, 1020, VIENNA, exceptions={date(2030, 3, 12)})
    assert [one.exception for one in found] == [False, True, False]
    with pytest.raises(Invalid) as told:
        recurrence.expand(rule, TUESDAY, 1020, VIENNA, exceptions={date(2030, 3, 13)})
    assert told.value.field == "exceptions"


def test_five_in_the_afternoon_stays_five_over_the_changes_of_clocks() -> None:
    found = recurrence.expand(recurrence.parse("FREQ=WEEKLY;COUNT=40"), TUESDAY, 1020, VIENNA)
    assert {wall(one.start, VIENNA).time() for one in found} == {time(17)}
    assert {one.start.hour for one in found} == {15, 16}


def test_a_time_that_is_skipped_or_repeated_is_the_instant_that_openings_have_there() -> None:
    found = recurrence.expand(recurrence.parse("FREQ=DAILY;COUNT=2"), date(2030, 3, 30), 150, VIENNA)
    assert [wall(one.start, VIENNA) for one in found] == [datetime(2030, 3, 30, 2, 30), datetime(2030, 3, 31, 3)]
    (twice,) = recurrence.expand(recurrence.parse("FREQ=DAILY;COUNT=1"), date(2030, 10, 27), 150, VIENNA)
    assert twice.start.hour == 0, "the first of the two, in summer time"


def test_a_rule_is_written_in_one_form() -> None:
    assert str(recurrence.parse(" count=3;byday=tu;freq=weekly ")) == "FREQ=WEEKLY;COUNT=3;BYDAY=TU"


@st.composite
def rules(draw: st.DrawFn) -> dict[str, object]:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
    rule: dict[str, object] = {"freq": freq, "interval": draw(st.integers(1, 4)), "count": draw(st.integers(1, 12))}
    if freq != "MONTHLY" or draw(st.booleans()):
        rule["days"] = draw(st.sets(st.integers(0, 6), max_size=4))
    if freq == "MONTHLY" and not rule.get("days"):
        rule["monthdays"] = draw(st.sets(st.integers(1, 28) | st.integers(-28, -1), min_size=1, max_size=3))
    return rule


def said(rule: dict[str, object]) -> str:
    text = f"FREQ={rule['freq']};INTERVAL={rule['interval']};COUNT={rule['count']}"
    if days := rule.get("days"):
        text += ";BYDAY=" + ",".join(NAMES[day] for day in sorted(days))
    if monthdays := rule.get("monthdays"):
        text += ";BYMONTHDAY=" + ",".join(map(str, sorted(monthdays)))
    return text


def walked(rule: dict[str, object], starts_on: date) -> list[date]:
    """Walk through the calendar day by day."""
    found, day, interval = [], starts_on, rule["interval"]
    monday = starts_on - timedelta(days=starts_on.weekday())
    while len(found) < rule["count"]:
        days, monthdays = rule.get("days"), rule.get("monthdays")
        right = day.weekday() in days if days else True
        if rule["freq"] == "DAILY":
            right = right and (day - starts_on).days % interval == 0
        elif rule["freq"] == "WEEKLY":
            right = (right if days else day.weekday() == starts_on.weekday()) and (
                day - monday
            ).days // 7 % interval == 0
        else:
            month = (day.year - starts_on.year) * 12 + day.month - starts_on.month
            length = monthrange(day.year, day.month)[1]
            right = right and month % interval == 0
            if monthdays:
                right = right and bool({day.day, day.day - length - 1} & monthdays)
        if right:
            found.append(day)
        day += timedelta(days=1)
    return found


@given(
    rules(),
    st.dates(date(2029, 1, 1), date(2031, 12, 31)),
    st.integers(0, 1439),
    st.sampled_from(["UTC", "Europe/Vienna", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns"]),
)
def test_a_rule_has_the_dates_that_a_walk_through_the_calendar_has(
    rule: dict[str, object], starts_on: date, minute: int, name: str
) -> None:
    zone = ZoneInfo(name)
    found = recurrence.expand(recurrence.parse(said(rule)), starts_on, minute, zone)
    assert [one.on for one in found] == walked(rule, starts_on)
    assert [one.start for one in found] == [first_shown(one.on, minute, zone) for one in found]


@given(st.text(alphabet="FREQ=WEEKLYDAINTOU;COUNT0123456789,-+BYHMSP:Z \n") | st.text())
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = recurrence.parse(text)
    except Invalid as refused:
        assert refused.field == "rrule"
    else:
        assert recurrence.parse(str(rule)) == rule
