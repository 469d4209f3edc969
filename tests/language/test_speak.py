"""What we say of days and times is understood when it comes back, in every language and style."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truebook.language.languages import LANGUAGES
from truebook.language.temporal import read
from truebook.language.temporal.model import Context
from truebook.language.wording.speak import say_date, say_time

pytestmark = pytest.mark.unit

languages = st.sampled_from(LANGUAGES)
todays = st.dates(date(2020, 1, 1), date(2060, 1, 1))
date_styles = st.sampled_from(["long", "short"])
times = st.times(time(0), time(23, 59)).map(lambda found: found.replace(second=0, microsecond=0))
working_times = times.filter(lambda found: time(7) <= found < time(19))


@given(languages, todays, st.integers(-400, 900), date_styles)
def test_a_date_parses_back(language: str, today: date, away: int, style: str) -> None:
    """Any day we say, past or future, near or far, is read as that day and no other, and as no time."""
    day = today + timedelta(days=away)
    reading = read(
        say_date(day, language, today=today, style=style), Context(datetime.combine(today, time(9)), language)
    )
    assert [found.date for found in reading.days] == [day]
    assert not reading.times


@given(languages, times, st.sampled_from(["24h", "12h"]), todays)
def test_a_time_parses_back(language: str, at: time, style: str, today: date) -> None:
    """Any time we say is read as that time by somebody whose hours include it."""
    hours = {"opens": at.replace(minute=0), "closes": time((at.hour + 6) % 24)}
    reading = read(say_time(at, language, style=style), Context(datetime.combine(today, time(9)), language, **hours))
    assert [found.time for found in reading.times] == [at]
    assert not reading.days


@given(languages, todays, st.integers(0, 170), date_styles, working_times)
def test_a_slot_parses_back(language: str, today: date, away: int, style: str, at: time) -> None:
    """A day and a time said together are read together."""
    day = today + timedelta(days=away)
    said = f"{say_date(day, language, today=today, style=style)}, {say_time(at, language)}"
    reading = read(said, Context(datetime.combine(today, time(9)), language))
    assert ([found.date for found in reading.days], [found.time for found in reading.times]) == ([day], [at])


@given(languages, st.text(max_size=80))
def test_any_text_is_read_without_an_error(language: str, text: str) -> None:
    """Nothing a person can type breaks the reader, and spans lie inside the text."""
    reading = read(text, Context(datetime(2026, 3, 4, 10), language))
    for found in (*reading.days, *reading.times):
        assert 0 <= found.start < found.end <= len(text)


WORDS = (
    "tomorrow friday at 3 5 12 30 2026 31 :30 . , - / half past to quarter in two weeks from between and next this "
    "month the 15th may february 29 morgen um halb vier uhr às meia noite que viene demain à lundi pm 0 00 24 99 "
    "9999 first last of after before christmas year years 999 hours over uur"
)
sentences = st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join)


@given(languages, sentences, todays)
def test_any_mix_of_words_is_read_without_an_error(language: str, text: str, today: date) -> None:
    """Words of dates in any order and language give a reading or nothing, never an error."""
    read(text, Context(datetime.combine(today, time(23, 59)), language))


@pytest.mark.parametrize("text", ["1" * 9000, "1." * 500, "1-" * 500, "12 " * 500, "at 5 " * 200, "the of " * 500])
def test_long_nonsense_is_read_in_time(text: str) -> None:
    """Text without end is no way to stop the desk."""
    for language in LANGUAGES:
        read(text, Context(datetime(2026, 3, 4, 10), language))


def test_year_is_said_only_where_it_is_not_obvious() -> None:
    """The year appears for the past and for next autumn, not for next month."""
    today = date(2026, 12, 1)
    assert say_date(date(2026, 12, 2), "en", today=today) == "Wednesday 2 December"
    assert say_date(date(2027, 1, 2), "de", today=today) == "Samstag, 2. Januar"
    assert say_date(date(2027, 9, 2), "fr", today=today) == "jeudi 2 septembre 2027"
    assert say_date(date(2026, 11, 2), "es", today=today) == "lunes, 2 de noviembre de 2026"


def test_twelve_hours() -> None:
    """The 12-hour clock is an English style; other languages keep 24 hours."""
    assert say_time(time(15, 30), "en", style="12h") == "3:30 pm"
    assert say_time(time(15, 30), "de", style="12h") == "15:30"
