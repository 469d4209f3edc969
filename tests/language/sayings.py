"""A short way to write down what a sentence should be read as."""

from datetime import datetime, time

from truebook.language.temporal import read
from truebook.language.temporal.model import Context, DayReading, TimeReading

NOW = datetime(2026, 3, 4, 10, 0)  # a Wednesday
MARKS = {"at": "", "around": "~", "after": ">", "before": "<", "between": "", "part": "part "}


def heard(text: str, language: str, now: datetime = NOW, opens: time | None = None, closes: time | None = None) -> str:
    """Return a reading as text: "03-05 15:00", "03-09..03-15", ">17:00", "14:00-16:00", "part 07:00-12:00", "3:00?"."""
    reading = read(text, Context(now, language, opens, closes))
    return " ".join([*map(_day, reading.days), *map(_time, reading.times)])


def _day(day: DayReading) -> str:
    style = "%m-%d" if day.date.year == NOW.year else "%Y-%m-%d"
    return f"{day.date:{style}}" + (f"..{day.until:%m-%d}" if day.until else "")


def _time(found: TimeReading) -> str:
    ends = [f"{end:%H:%M}" for end in (found.time, found.until) if end]
    return MARKS[found.relation] + "-".join(ends) + "?" * found.open
