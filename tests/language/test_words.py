"""What every language's table must give, so that a new language is a table and its own sentences."""

from datetime import date, datetime, timedelta

import pytest

from truebook.language.languages import LANGUAGES
from truebook.language.temporal import read
from truebook.language.temporal.almanac import holiday
from truebook.language.temporal.model import Context
from truebook.language.temporal.spelling import fold, variants
from truebook.language.temporal.values import PARTS
from truebook.language.wording.speak import say_date
from truebook.language.words import table

pytestmark = [pytest.mark.unit, pytest.mark.parametrize("language", LANGUAGES)]

NOW = datetime(2026, 3, 4, 10)


def test_parts_of_the_day_are_known(language: str) -> None:
    """Every part that a table names has hours."""
    words = table(language)
    named = {*words.parts, *(part for _, part in words.day_parts)}
    assert named <= PARTS.keys()


def test_holidays_happen(language: str) -> None:
    """Every holiday's rule gives a day in every year."""
    for rule in table(language).holidays:
        assert all(holiday(rule, year) for year in range(2024, 2040)), rule


def test_weekdays_in_every_spelling(language: str) -> None:
    """Each spelling of a weekday is the next such day."""
    for weekday, names in enumerate(table(language).weekdays):
        for name in variants(names):
            (day,) = read(name, Context(NOW, language)).days
            assert (day.date.weekday(), NOW.date() < day.date <= NOW.date() + timedelta(days=7)) == (weekday, True), (
                name
            )


def test_months_in_every_spelling(language: str) -> None:
    """Each spelling of a month makes a date with a day."""
    for month, names in enumerate(table(language).months, 1):
        for name in variants(names):
            (day,) = read(f"13 {name} 2027", Context(NOW, language)).days
            assert day.date == date(2027, month, 13), name


def test_days_of_the_month_in_words(language: str) -> None:
    """All numbers up to 31 are known in words, and a month after them makes a date."""
    words = table(language)
    may = next(variants(words.months[4]))
    for number, names in enumerate(words.numbers[1:], 1):
        for name in variants(names):
            (day,) = read(f"{name} {may}", Context(NOW, language)).days
            assert day.date == date(2026, 5, number), name


def test_relative_days(language: str) -> None:
    """Today and what comes after it is read as such; what is gone is no answer."""
    for away, names in table(language).relative_days.items():
        for name in variants(names):
            days = [day.date for day in read(name, Context(NOW, language)).days]
            assert days == ([NOW.date() + timedelta(days=away)] if away >= 0 else []), name


def test_courtesies_name_no_time(language: str) -> None:
    """Good mornings and thanks are neither days nor times."""
    for phrase in variants(table(language).ignored):
        reading = read(phrase, Context(NOW, language))
        assert not reading.days and not reading.times, phrase


def test_we_can_speak_it(language: str) -> None:
    """A language that is understood is also spoken: a day has its weekday, its number and its month."""
    said = fold(say_date(date(2026, 3, 5), language, today=NOW.date()))
    words = table(language)
    assert any(fold(name) in said for name in variants(words.weekdays[3]))
    assert any(fold(name) in said for name in variants(words.months[2]))
    assert "5" in said
