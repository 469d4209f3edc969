"""Which free times customers are offered where a business wants few gaps: staff see all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import bits, gaps, window
from truebook.booking.bits import Range
from truebook.booking.model import EPOCH, MINUTE, Service, Slot, ticks
from truebook.booking.visits import Plan, Resource
from truebook.kernel import clock

T = TypeVar("T")
AROUND = timedelta(days=2)
"""Days beside those that are looked at: a gap may begin before them."""


class Costs:
    """What free times cost a business in minutes that nobody can book any more, by the people who are booked.

    A gap can be sold if the shortest thing that somebody offers fits into it, its buffers included.
    """

    def __init__(self, resources: Iterable[Resource], services: Iterable[Service], first: date, last: date) -> None:
        self.people = {one.id: one for one in resources if one.hours is not None}
        self.lengths = {
            one.id: one.buffer_before + one.duration + one.buffer_after for one in services if one.is_active
        }
        self.first, self.last = first - AROUND, last + AROUND
        zone = next((one.hours.zone for one in self.people.values() if one.hours), clock.zone("UTC"))
        self.origin = ticks(clock.at(self.first, 0, zone)) // MINUTE
        self.size = ticks(clock.at(self.last, 1440, zone)) // MINUTE - self.origin
        self._free: dict[UUID, int] = {}

    def of_slot(self, slot: Slot, service: Service) -> int:
        """Return what a free time of one service costs."""
        kept = -service.buffer_before, service.duration + service.buffer_after
        return self._cost(slot.staff_id, slot.start, [kept])

    def of_plan(self, plan: Plan) -> int:
        """Return what a visit costs: what all who take part in it lose."""
        taken: dict[UUID, list[Range]] = defaultdict(list)
        for claim in (one for segment in plan.segments for one in segment.claims if one.resource_id in self.people):
            taken[claim.resource_id].append((_minutes(claim.start - plan.start), _minutes(claim.end - plan.start)))
        return sum(self._cost(who, plan.start, bits.join(ranges)) for who, ranges in taken.items())

    def _cost(self, who: UUID, start: datetime, ranges: Sequence[Range]) -> int:
        at = _minutes(start - EPOCH) - self.origin
        free, person = self._minutes_of(who), self.people[who]
        inside = [one for begin, until in ranges if (one := _free_part(free, at, begin, until))]
        shortest = min((self.lengths[one] for one in person.offers if one in self.lengths), default=0)
        return gaps.gap_cost(free, at, inside, shortest)

    def _minutes_of(self, who: UUID) -> int:
        if who not in self._free:
            person = self.people[who]
            assert person.hours is not None
            opened = bits.mask(window.openings(person.hours, self.first, self.last, self.origin), self.size)
            self._free[who] = window.clear(window.taken(person), self.origin, self.size) & opened
        return self._free[who]


def offered(
    found: Iterable[T],
    zone: ZoneInfo,
    when: Callable[[T], datetime],
    whose: Callable[[T], UUID],
    cost: Callable[[T], int],
) -> Iterator[T]:
    """Yield what is offered of some free times, a day at a time, for each person by themselves; the order stays."""
    for _, day in groupby(found, key=lambda one: when(one).astimezone(zone).date()):
        times = list(day)
        by_person: dict[UUID, list[T]] = defaultdict(list)
        for one in times:
            by_person[whose(one)].append(one)
        kept = {id(one) for mine in by_person.values() for one in gaps.offered(mine, when, cost)}
        yield from (one for one in times if id(one) in kept)


def _free_part(free: int, at: int, begin: int, until: int) -> Range | None:
    """Return what is free of a range: buffers may reach beyond the opening hours."""
    rest = free >> at + begin
    if not rest:
        return None
    begin += (rest & -rest).bit_length() - 1
    until = min(until, begin + bits.free_from(free, at + begin))
    return (begin, until) if begin < until else None


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)
