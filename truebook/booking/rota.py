"""Who works when, as the business has set it: the hours of the week, special ones of single dates, days off."""

from dataclasses import dataclass
from datetime import date, timedelta

from truebook.booking import diaries, rules
from truebook.db import Transaction

AHEAD = 14
"""Days that are told where no day is asked for."""
Spans = tuple[tuple[int, int], ...]
"""Stretches of a day, in minutes since midnight on the business's wall clock."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One member of staff and the days on which they work, of those that were asked for."""

    name: str
    days: dict[date, Spans]


async def read(tx: Transaction, first: date, days: int = AHEAD) -> tuple[Duty, ...]:
    """Return who works on some days, by name."""
    book = await diaries.committed(tx)
    asked = [first + timedelta(days=number) for number in range(days)]
    return tuple(
        Duty(
            one.name,
            {
                day: spans
                for day in asked
                if rules.away_on(one.hours, day) is None and (spans := tuple(sorted(rules.intervals(one.hours, day))))
            },
        )
        for one in book.resources
        if one.pool_id is None and one.hours is not None
    )
