"""Say a day or a time the way people do."""

import datetime as dt

from babel.dates import format_skeleton, format_time


def say_date(day: dt.date, language: str, *, today: dt.date) -> str:
    """Return a day with its weekday, and its year when it is not this one."""
    skeleton = "MMMMEEEEd" if day.year == today.year else "yMMMMEEEEd"
    return format_skeleton(skeleton, day, locale=language)


def say_time(time: dt.time, language: str) -> str:
    """Return a time on the 24-hour clock."""
    return format_time(time, "HH:mm", locale=language)
