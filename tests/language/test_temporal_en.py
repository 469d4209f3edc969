"""English days and times, in our own sentences."""

from datetime import time, timedelta

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("could I come in tomorrow at 3?", "03-05 15:00"),
    ("tmrw 10am pls", "03-05 10:00"),
    ("the day after tomorrow around noon", "03-06 ~12:00"),
    ("do you have anything on friday", "03-06"),
    ("Thursday afternoon", "03-05 part 12:00-18:00"),
    ("is wensday ok", "03-11"),
    ("saturday morning at half past nine", "03-07 09:30"),
    ("monday the 9th at quarter to five", "03-09 16:45"),
    ("how about the 9th of this month", "03-09"),
    ("the 2nd would suit me", "04-02"),
    ("in two weeks", "03-18"),
    ("a week from friday", "03-13"),
    ("two weeks from tomorrow, 4pm", "03-19 16:00"),
    ("April 3rd", "04-03"),
    ("3 April 2027 at 14:30", "2027-04-03 14:30"),
    ("february 10", "2027-02-10"),
    ("4/17 at 9", "04-17 09:00"),
    ("2026-05-06T08:15", "05-06 08:15"),
    ("anytime around 10:15 is fine", "~10:15"),
    ("after 5 on tuesday", "03-10 >17:00"),
    ("any time before noon", "<12:00"),
    ("between 2 and 4", "14:00-16:00"),
    ("from 10 to 11:30 on monday", "03-09 10:00-11:30"),
    ("2-4pm works", "14:00-16:00"),
    ("first thing Monday", "03-09 part 08:00-10:00"),
    ("sometime next week", "03-09..03-15"),
    ("wednesday of next week", "03-11"),
    ("between monday and wednesday", "03-09..03-11"),
    ("this evening at 7", "03-04 19:00"),
    ("tonight at 8", "03-04 20:00"),
    ("7 in the evening", "19:00"),
    ("morning, say 11", "11:00"),
    ("twenty past eight", "08:20"),
    ("ten to four", "15:50"),
    ("three thirty", "15:30"),
    ("1500 hours", "15:00"),
    ("at 1730", "17:30"),
    ("3 p.m. on the first monday of april", "04-06 15:00"),
    ("the last friday of this month", "03-27"),
    ("in an hour", "03-04 11:00"),
    ("the day before christmas", "12-24"),
    ("christmas eve at 10", "12-24 10:00"),
    ("next month on the 12th", "04-12"),
    ("Good morning! Can I come at 4?", "16:00"),
    ("dentist at noon on the twenty-first", "03-21 12:00"),
    ("Let's do June 5 instead of June 4", "06-05 06-04"),
    ("not 3, rather 4:30", "16:30"),
    ("11ish", "~11:00"),
    ("by 6 at the latest", "18:00"),
    ("3 or 4 pm", "15:00 16:00"),
    ("tuesday or wednesday after 4", "03-10 03-11 >16:00"),
    ("move it to 4", "16:00"),
    ("from the 13th to the 15th", "03-13..03-15"),
    ("march 13-15", "03-13..03-15"),
    ("a week on tuesday", "03-17"),
    ("the week of march 16", "03-16..03-22"),
    ("march fourteenth two thousand twenty seven", "2027-03-14"),
    ("in an hour and a half", "03-04 11:30"),
    ("8 please", "08:00"),
    ("after lunch on friday", "03-06 part 12:00-18:00"),
]

NOT_TIMES = [
    "a table for 3 people",
    "it takes 30 minutes",
    "my number is 408-847-6060",
    "call me on 555 1234",
    "it was $45 last time",
    "how much is the 2 hour massage?",
    "I have two kids and one dog",
    "room 12 please",
    "the second one",
    "option 2",
    "I may need a haircut",
    "we march on",
    "I sat in the sun",
    "yes please, that works",
    "is there parking for 5 cars nearby",
    "1234567",
    "I called yesterday",
    "good evening",
    "10% off?",
    "a 5 star review",
    "I am 45 years old",
    "version 2.10.3",
    "the salon at 5 Bon Marché Road",
    "the flat at One on Broadway",
    "have a nice evening!",
    "let me check my schedule first",
    "the 30th of february",
    "could we move it an hour later",
    "last night was fun",
    "",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "en") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "en"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]


def test_opening_hours_settle_am_and_pm() -> None:
    """The same words mean another time in another shop."""
    assert heard("at 8", "en", opens=time(18), closes=time(23)) == "20:00"
    assert heard("at 8", "en", opens=time(7), closes=time(18)) == "08:00"
    assert heard("at 8", "en", opens=time(6), closes=time(23)) == "08:00?"
    assert heard("at 2", "en", opens=time(18), closes=time(3)) == "02:00"


def test_a_weekday_and_a_number_are_a_date_where_it_is_near_else_an_hour_of_the_desk() -> None:
    """The next Friday the 11th is in September: whoever says "friday 11" at a desk means 11 o'clock."""
    assert heard("friday 11", "en", opens=time(9), closes=time(18)) == "03-06 11:00"
    assert heard("friday 13", "en", opens=time(9), closes=time(18)) == "03-13"
    assert heard("friday the 11th", "en", opens=time(9), closes=time(18)) == "09-11"
    assert heard("friday 11", "en") == "09-11"


def test_next_friday_may_be_either() -> None:
    """A day that custom does not settle is doubtful and names the other."""
    (day,) = read("next friday", Context(NOW, "en")).days
    assert (day.date.day, [other.day for other in day.alternatives]) == (13, [6])
    assert day.confidence < 0.8


def test_weekday_that_contradicts_the_date_is_doubtful() -> None:
    """Friday the 9th of April 2026 does not exist, so it must be asked."""
    (day,) = read("friday april 9", Context(NOW, "en")).days
    assert day.confidence < 0.8


def test_numeric_date_names_the_other_order() -> None:
    """4/5 is April 5 in the United States and 4 May elsewhere."""
    (day,) = read("4/5", Context(NOW, "en")).days
    assert (f"{day.date:%m-%d}", [f"{other:%m-%d}" for other in day.alternatives]) == ("04-05", ["05-04"])


def test_spans_point_into_the_text() -> None:
    """A reading tells where in the text it was found."""
    text = "Could I see Anna on friday at 3 pm?"
    reading = read(text, Context(NOW, "en"))
    assert text[reading.days[0].start : reading.days[0].end] == "friday"
    assert text[reading.times[0].start : reading.times[0].end] == "at 3 pm"


def test_unknown_language_is_an_error() -> None:
    """There is no silent guess in a language without a table."""
    with pytest.raises(LookupError):
        read("tomorrow", Context(NOW, "xx"))


@pytest.mark.parametrize(
    "text", ["9999-12-31", "0001-01-01", "the week after 9999-12-31", "two weeks after 9999-12-31"]
)
def test_a_day_at_the_end_of_the_calendar_leaves_room_to_reckon(text: str) -> None:
    (day,) = read(text, Context(NOW, "en")).days
    assert day.date - timedelta(days=400) < day.date < day.date + timedelta(days=400)
