"""The strip of days: how free each is, and the times of one, by part of day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import classes, free, rules
from truebook.booking.model import Wanted
from truebook.booking.sessions import Session
from truebook.db import Database, Scope
from truebook.kernel import clock

SHOWN = 14
"""Days that are shown at once."""
AHEAD = 8
"""How many such stretches are looked through for the first free day."""
NOON, EVENING = 12, 17


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its free times on the shown clock, or its classes; `is_open` tells whether there is anything then."""

    date: date
    times: tuple[datetime, ...]
    is_open: bool
    classes: tuple[Session, ...] = ()
    seats: int = 1
    """How many places are wanted in a class."""

    @property
    def free(self) -> int:
        """How many times there are; of classes, how many places are left where there are enough."""
        return len(self.times) + sum(one.free for one in self.classes if one.free >= self.seats)

    @property
    def has_full(self) -> bool:
        """Tell whether there is a class that has not enough places left."""
        return any(one.free < self.seats for one in self.classes)

    def level(self, most: int) -> int:
        """Return how free it is beside the freest: 0 (not) to 4."""
        return ceil(4 * self.free / most) if most else 0


@dataclass(frozen=True, slots=True)
class Strip:
    """Some days in a row, and the one that is looked at."""

    days: tuple[Day, ...]
    chosen: Day

    @property
    def most(self) -> int:
        """How many times, or places, the freest day has."""
        return max(day.free for day in self.days)

    def next_free(self) -> Day | None:
        """Return the first free day after the chosen one."""
        return next((day for day in self.days if day.free and day.date > self.chosen.date), None)


Days = Callable[[date], Awaitable[tuple[Day, ...]]]
"""Looks up the days of a stretch that begins on a date."""


async def find(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    wished: date | None,
    zone: ZoneInfo,
    *,
    now: datetime,
    without: UUID | None = None,
) -> Strip:
    """Return the days around a wished one, on the calendar of a zone; without a wish, those of the first free one."""
    return await strip(lambda first: _days(db, scope, parts, first, zone, now, without), wished, zone, now)


async def classes_of(
    db: Database, scope: Scope, service_id: UUID, wished: date | None, zone: ZoneInfo, *, now: datetime, seats: int
) -> Strip:
    """Return the days around a wished one with the classes of a service; without a wish, those of the first free."""

    async def look(first: date) -> tuple[Day, ...]:
        end = first + timedelta(days=SHOWN)
        begins, ends = clock.at(first, 0, zone), clock.at(end, 0, zone)
        by_day: dict[date, list[Session]] = {}
        for one in await classes.joinable(db, scope, service_id, begins, ends, now=now):
            by_day.setdefault(one.start.astimezone(zone).date(), []).append(one)
        return tuple(
            Day(day, (), day in by_day, tuple(by_day.get(day, ())), seats)
            for day in rules.days(first, end - timedelta(days=1))
        )

    return await strip(look, wished, zone, now)


async def strip(look: Days, wished: date | None, zone: ZoneInfo, now: datetime) -> Strip:
    """Return the stretch of days with a wished one, else the first that has a free day, that day chosen."""
    today = now.astimezone(zone).date()
    if wished is not None:
        wished = min(max(wished, today), (now + free.REACH).date())
        first = today + timedelta(days=(wished - today).days // SHOWN * SHOWN)
        days = await look(first)
        return Strip(days, next(day for day in days if day.date == wished))
    for n in range(AHEAD):
        days = await look(today + timedelta(days=n * SHOWN))
        chosen = next((day for day in days if day.free), None)
        if chosen or n == 0:
            found = Strip(days, chosen or days[0])
        if chosen:
            break
    return found


async def first_free(
    db: Database, scope: Scope, parts: tuple[Wanted, ...], *, now: datetime, same_staff: bool = True
) -> datetime | None:
    """Return the first free time of a visit in the next weeks; None where there is none."""
    first = now.date() - timedelta(days=1)
    found = await free.plans(
        db, scope, parts, first, first + timedelta(days=4 * SHOWN), now=now, same_staff=same_staff, limit=1
    )
    return found[0].start if found else None


async def _days(
    db: Database, scope: Scope, parts: tuple[Wanted, ...], first: date, zone: ZoneInfo, now: datetime,
    without: UUID | None,
) -> tuple[Day, ...]:  # fmt: skip
    last = first + timedelta(days=SHOWN - 1)
    around = timedelta(days=1)  # the business's calendar may be a day before or behind
    found = await free.days(db, scope, parts, first - around, last + around, now=now, without=without)
    by_day: dict[date, dict[datetime, None]] = {}
    for start in found.starts:
        local = start.astimezone(zone)  # of an hour that comes twice the first is kept: on the wall they are the same
        by_day.setdefault(local.date(), {}).setdefault(local)
    return tuple(
        Day(day, tuple(by_day.get(day, ())), day in found.worked or day in by_day) for day in rules.days(first, last)
    )


def parts_of_day(times: list[datetime]) -> list[tuple[str, list[datetime]]]:
    """Return local times as morning, afternoon and evening; a part without any is left out."""
    grouped: dict[str, list[datetime]] = {"morning": [], "afternoon": [], "evening": []}
    for at in times:
        grouped["morning" if at.hour < NOON else "afternoon" if at.hour < EVENING else "evening"].append(at)
    return [(name, some) for name, some in grouped.items() if some]
