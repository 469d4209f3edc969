"""How days and times are written to people, so that they can write them back."""

import re
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_time

from truebook.language.words import table

DateStyle = Literal["long", "short"]
TimeStyle = Literal["24h", "12h"]

OBVIOUS = timedelta(days=180)  # a day this near needs no year
FIELDS = {"long": {"weekday": "EEEE", "month": "MMMM"}, "short": {"weekday": "EEE", "month": "MMM"}}


def say_date(day: date, language: str, *, today: date, style: DateStyle = "long") -> str:
    """Return a day as people write it ("Dienstag, 2. Dezember"), with the year only where it is not obvious.

    Raises LookupError for a language we do not speak.
    """
    words = table(language)
    obvious = today <= day and (day.year == today.year or day - today <= OBVIOUS)
    pattern = words.say_day.format(**FIELDS[style]) + ("" if obvious else words.say_year)
    if day.day == 1 and words.say_first:
        pattern = re.sub(r"\bd\b", f"'{words.say_first}'", pattern, count=1)
    return format_date(day, pattern, locale=language)


@lru_cache(4096)
def say_time(at: time, language: str, *, style: TimeStyle = "24h") -> str:
    """Return a time of day: "15:30", or with the 12-hour clock "3:30 pm" where people use one."""
    pattern = table(language).say_twelve_hours if style == "12h" else ""
    if pattern:
        return format_time(at, pattern, locale=language).lower().replace("\u202f", " ")
    return format_time(at, "HH:mm", locale=language)
