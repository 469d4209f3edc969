"""How days and times are written to people, so that they can write them back."""

from datetime import date, time, timedelta
from typing import Literal

from babel.dates import format_date, format_time

DateStyle = Literal["long", "short"]
TimeStyle = Literal["24h", "12h"]

OBVIOUS = timedelta(days=180)  # a day this near needs no year
PATTERNS = {  # Babel patterns: the day, and what a year adds
    "en": ("{weekday} d {month}", " y"),
    "de": ("{weekday}, d. {month}", " y"),
    "es": ("{weekday}, d 'de' {month}", " 'de' y"),
    "pt": ("{weekday}, d 'de' {month}", " 'de' y"),
    "fr": ("{weekday} d {month}", " y"),
    "it": ("{weekday} d {month}", " y"),
    "nl": ("{weekday} d {month}", " y"),
}
FIELDS = {"long": {"weekday": "EEEE", "month": "MMMM"}, "short": {"weekday": "EEE", "month": "MMM"}}
TWELVE_HOURS = {"en": "h:mm a"}


def say_date(day: date, language: str, *, today: date, style: DateStyle = "long") -> str:
    """Return a day as people write it ("Dienstag, 2. Dezember"), with the year only where it is not obvious.

    Raises KeyError for a language we do not speak.
    """
    pattern, year = PATTERNS[language]
    obvious = today <= day and (day.year == today.year or day - today <= OBVIOUS)
    return format_date(day, pattern.format(**FIELDS[style]) + ("" if obvious else year), locale=language)


def say_time(at: time, language: str, *, style: TimeStyle = "24h") -> str:
    """Return a time of day: "15:30", or "3:30 pm" in English with the 12-hour clock."""
    if style == "12h" and language in TWELVE_HOURS:
        return format_time(at, TWELVE_HOURS[language], locale=language).lower().replace("\u202f", " ")
    return format_time(at, "HH:mm", locale=language)
