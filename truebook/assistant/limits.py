"""Constraints as a tool call holds them: short texts, the same for every model, and how they are read.

A day is "2031-12-03", "2031-12-03/2031-12-09" for a stretch, with "@0,2" for Mondays and Wednesdays of it. A time is
"15:30", a window "13:00-18:00", "13:00-" or "-12:00"; the end, by which all must be over, is "-12:00" too. People are
named; an order is "soonest" or "latest".
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Literal

from pydantic import BaseModel, ConfigDict

from truebook.language.wish import Constraint, Days, Times, Value


class Limit(BaseModel):
    """One condition of a wish: on what, which values, wanted or not, a must or a preference, first choice or later."""

    model_config = ConfigDict(extra="forbid")

    on: Literal["day", "time", "end", "staff", "order"]
    values: list[str]
    allow: bool = True
    must: bool = True
    choice: int = 1
    said: str = ""
    near: bool = False


def written(constraints: Sequence[Constraint]) -> list[dict[str, object]]:
    """Return constraints as a tool call holds them; what is usual is left out."""
    return [
        {
            "on": c.on,
            "values": [_text(value) for value in c.values],
            **({} if c.allow else {"allow": False}),
            **({} if c.must else {"must": False}),
            **({} if c.choice == 1 else {"choice": c.choice}),
            **({"said": c.said} if c.said else {}),
            **({"near": True} if c.near else {}),
        }
        for c in constraints
    ]


def _text(value: Value) -> str:
    match value:
        case Days(first, last, weekdays):
            days = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
            return days + (f"@{','.join(map(str, sorted(weekdays)))}" if weekdays else "")
        case Times(first, last):
            ends = [one.isoformat("minutes") if one else "" for one in (first, last)]
            return ends[0] if value.point else "-".join(ends)
        case _:
            return str(value)


def read(limits: Sequence[Limit]) -> tuple[Constraint, ...]:
    """Return the constraints of a tool call; raise ValueError, naming the value, for one that cannot be read."""
    return tuple(
        Constraint(
            one.on,
            tuple(_value(one.on, text) for text in one.values),
            one.allow,
            one.must,
            one.choice,
            one.said,
            one.near,
        )
        for one in limits
    )


def _value(on: str, text: str) -> Value:
    try:
        if on == "day":
            return _days(text)
        if on in ("time", "end"):
            return _times(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no {on}: {error}") from error
    if on == "order" and text not in ("soonest", "latest"):
        raise ValueError(f"{text!r} is no order: it is soonest or latest")
    return text


def _days(text: str) -> Days:
    stretch, _, weekdays = text.partition("@")
    first, _, last = stretch.partition("/")
    days = Days(
        date.fromisoformat(first),
        date.fromisoformat(last or first),
        frozenset(int(day) for day in weekdays.split(",") if day),
    )
    if days.last < days.first:
        raise ValueError("it ends before it begins")
    return days


def _times(text: str) -> Times:
    first, window, last = text.partition("-")
    if not window:
        return Times(time.fromisoformat(first), time.fromisoformat(first))
    return Times(time.fromisoformat(first) if first else None, time.fromisoformat(last) if last else None)
