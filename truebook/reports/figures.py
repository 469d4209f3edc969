"""From the appointments of some days to figures by week, channel, service and staff. Pure, but for one reading."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import diaries, rules
from truebook.booking.diaries import Book
from truebook.booking.model import Span
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.kernel.errors import Invalid

LONGEST = 371
"""Days of one report: a year, and the weeks that it begins and ends in."""
Outcome = Literal["booked", "cancelled", "no_show"]
VISITS = """
SELECT a.status, a.source, a.starts_at, a.customer_id,
       a.customer_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM appointments b WHERE b.tenant_id = %(tenant)s AND b.customer_id = a.customer_id
           AND b.starts_at < %(begin)s AND b.status IN ('confirmed', 'completed')),
       (SELECT json_agg(json_build_array(coalesce(s.service_name, ''), coalesce(s.staff_name, ''),
                                         extract(epoch FROM s.ends_at - s.starts_at)::integer / 60) ORDER BY s.position)
          FROM appointment_segments s WHERE s.tenant_id = %(tenant)s AND s.appointment_id = a.id)
FROM appointments a
WHERE a.tenant_id = %(tenant)s AND a.starts_at >= %(begin)s AND a.starts_at < %(end)s
  AND (a.status IN ('pending', 'confirmed', 'completed', 'no_show') OR a.status = 'cancelled' AND EXISTS (
    SELECT FROM appointment_history h WHERE h.tenant_id = %(tenant)s AND h.appointment_id = a.id
      AND h.row_data ->> 'status' IN ('pending', 'confirmed')))
ORDER BY a.starts_at, a.id
"""
"""A hold that ran out was never an appointment, and so was never cancelled."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a visit: the service and who did it, by the names they had, and for how many minutes."""

    service: str
    staff: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment as it counts: on its day, by which way it came, and whether its customer was there before."""

    status: str
    channel: str
    day: date
    customer_id: UUID | None
    is_new: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many appointments, how many of them were cancelled or missed, and for how many minutes the rest kept people.

    `open_minutes` is for how long there were people to have, where that can be said.
    """

    booked: int = 0
    cancelled: int = 0
    no_show: int = 0
    minutes: int = 0
    open_minutes: int | None = None

    @property
    def fill(self) -> int | None:
        """How full it was, in per cent of the time there was; None where nobody was there to have."""
        return round(100 * self.minutes / self.open_minutes) if self.open_minutes else None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of some days, first and last included. Weeks are named by their Monday."""

    first: date
    last: date
    total: Figures
    new: int
    returning: int
    by_week: dict[str, Figures]
    by_channel: dict[str, Figures]
    by_service: dict[str, Figures]
    by_staff: dict[str, Figures]


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def report(first: date, last: date, visits: Sequence[Visit], there: dict[tuple[str, date], int]) -> Report:
    """Return the figures of visits; `there` says for how many minutes each member of staff could be had on a day."""
    weeks: dict[str, int] = defaultdict(int)
    people: dict[str, int] = defaultdict(int)
    for (name, day), minutes in there.items():
        weeks[monday(day).isoformat()] += minutes
        people[name] += minutes
    by_week = _grouped(visits, lambda one: [(monday(one.day).isoformat(), _length(one))], weeks)
    by_service = _grouped(visits, lambda one: [(part.service, part.minutes) for part in one.parts])
    by_staff = _grouped(visits, lambda one: [(part.staff, part.minutes) for part in one.parts], people)
    known = {one.customer_id: one.is_new for one in visits if one.customer_id and one.status != "cancelled"}
    return Report(
        first, last,
        _grouped(visits, lambda one: [("", _length(one))], {"": sum(there.values())})[""],
        sum(known.values()), len(known) - sum(known.values()), dict(sorted(by_week.items())),
        _grouped(visits, lambda one: [(one.channel, _length(one))]), by_service, by_staff,
    )  # fmt: skip


async def read(db: Database, scope: Scope, first: date, last: date, *, zone: ZoneInfo) -> Report:
    """Return the figures of some days; raise Invalid for none, or for more than a year of them."""
    if last < first or (last - first).days > LONGEST:
        raise Invalid("to", f"give at most {LONGEST} days, and the last not before the first")
    begin, end = clock.at(first, 0, zone), clock.at(last + timedelta(days=1), 0, zone)
    async with db.reading(scope) as tx:
        rows = await tx.rows(VISITS, {"tenant": tx.tenant, "begin": begin, "end": end})
        book = await diaries.settings(tx)
    return report(first, last, [_visit(zone, *row) for row in rows], openings(book, first, last))


def openings(book: Book, first: date, last: date) -> dict[tuple[str, date], int]:
    """Return for how many minutes each member of staff is there on each day, by today's hours."""
    return {
        (one.name, day): sum(_minutes(span) for span in rules.openings(one.hours, day, day))
        for one in book.resources
        if one.hours is not None
        for day in rules.days(first, last)
    }


def _grouped(
    visits: Iterable[Visit], groups: Callable[[Visit], list[tuple[str, int]]], there: dict[str, int] | None = None
) -> dict[str, Figures]:
    counts: dict[str, dict[str, int]] = {name: dict.fromkeys(COUNTED, 0) for name in there or ()}
    for one in visits:
        minutes_of: dict[str, int] = defaultdict(int)
        for name, minutes in groups(one):
            minutes_of[name] += minutes
        for name, minutes in minutes_of.items():
            found = counts.setdefault(name, dict.fromkeys(COUNTED, 0))
            found["booked"] += 1
            if one.status in ("cancelled", "no_show"):
                found[one.status] += 1
            if one.status != "cancelled":
                found["minutes"] += minutes
    made = {name: Figures(**found, open_minutes=there.get(name) if there else None) for name, found in counts.items()}
    return dict(sorted(made.items(), key=lambda one: (-one[1].booked, one[0])))


COUNTED = ("booked", "cancelled", "no_show", "minutes")


def _visit(
    zone: ZoneInfo, status: str, source: str, start: datetime, customer_id: UUID | None, is_new: bool,
    parts: list[list[object]] | None,
) -> Visit:  # fmt: skip
    made = tuple(Part(str(part[0]), str(part[1]), int(str(part[2]))) for part in parts or ())
    return Visit(status, source, start.astimezone(zone).date(), customer_id, is_new, made)


def _length(one: Visit) -> int:
    return sum(part.minutes for part in one.parts)


def _minutes(span: Span) -> int:
    return int((span.end - span.start).total_seconds() // 60)
