"""The free times as the rows stand just now: those of some days, and those nearest to a time that cannot be had.

What takes long to work out is worked out apart from the event loop, one question of a business at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import dropwhile, islice
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from truebook.booking import availability, diaries, planning, rules
from truebook.booking.diaries import Book, Question
from truebook.booking.errors import TooMuch
from truebook.booking.model import Slot, Wanted
from truebook.booking.steering import Costs, offered
from truebook.booking.visits import Part, Plan, Visit
from truebook.db import Database, Scope
from truebook.kernel import apart
from truebook.kernel.errors import NotFound, Unavailable

T = TypeVar("T")
MOST = 20_000
"""Free times that are worked out for one question."""
LIGHT = 1000
"""Days, times those who could be busy, times segments, that are worked out at once: a millisecond or two."""
NEAREST = (timedelta(days=2), timedelta(days=14))
"""How far around a time that cannot be had to look for others: not far at first, since mostly there are some."""
REACH = timedelta(days=800)
"""Beyond any horizon: times further away than this are refused before any arithmetic with them."""
START: Callable[[Slot | Plan], datetime] = attrgetter("start")
STRETCH = timedelta(days=28)
"""Days that are looked through at a time where the nearest free time is far away."""


async def nearest(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    wished: datetime,
    now: datetime,
    *,
    same_staff: bool = True,
    without: UUID | None = None,
) -> tuple[Slot, ...]:
    """Return the three free times of a visit nearest to a wished one; none where they cannot be found out just now."""
    near = min(max(wished, now), now + REACH)
    found: list[Slot] = []
    for around in (*NEAREST, REACH):
        first, last = _within((near - around).date(), (near + around).date(), now)
        try:
            book = await diaries.peek(db, scope, _question(parts, first, last, now, without))
            search = _nearest(book, parts, near, first, last, now, same_staff=same_staff)
            found = await _worked(scope, book, parts, (last - first).days + 1, search)
        except (Unavailable, NotFound, TooMuch):
            break
        # the edges of a day lie up to 14 hours apart, so within a day less no other time can be nearer
        if len(found) == 3 and all(abs(slot.start - near) < around - timedelta(days=1) for slot in found):
            break
        if found and around in NEAREST[1:]:
            break
    return tuple(found)


async def find(
    db: Database,
    scope: Scope,
    service_id: UUID,
    staff_id: UUID | None,
    first: date,
    last: date,
    *,
    now: datetime,
    without: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = MOST,
    every: bool = False,
) -> list[Slot]:
    """Return the free times from first to last day, both included, on the business's calendar: at most `limit`.

    Where the business wants few gaps they are those that customers are offered; with `every`, for staff, all of them.
    `without` names an appointment that is to be moved: its own time counts as free. `after` are the start and the staff
    of the last time that is known already. Days on which no business gives appointments are left out beforehand.
    """
    parts = (Wanted(service_id, staff_id),)
    if after:
        first = max(first, (after[0] - timedelta(days=1)).date())
    first, last = _within(first, last, now)
    book = await diaries.peek(db, scope, _question(parts, first, last, now, without))
    order = {one.id: place for place, one in enumerate(book.resources)}

    def search() -> list[Slot]:
        slots = _slots(book, parts, first, last, now, every=every)
        if after:
            known = after[0], order.get(after[1], -1)
            slots = dropwhile(lambda slot: (slot.start, order[slot.staff_id]) <= known, slots)
        return list(islice(slots, limit))

    return await _worked(scope, book, parts, (last - first).days + 1, search)


async def plans(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    first: date,
    last: date,
    *,
    now: datetime,
    same_staff: bool = True,
    without: UUID | None = None,
    after: datetime | None = None,
    limit: int = MOST,
    every: bool = False,
) -> list[Plan]:
    """Return how a visit can be had from first to last day, both included: a plan for every start, at most `limit`.

    Those that begin later than `after`, if given; `every` as for `find`. Raises TooMuch where people could be
    shared out in too many ways.
    """
    if after:
        first = max(first, (after - timedelta(days=1)).date())
    first, last = _within(first, last, now)
    book = await diaries.peek(db, scope, _question(parts, first, last, now, without))
    visit = _visit(book, parts, same_staff=same_staff)

    def search() -> list[Plan]:
        found = _planned(book, visit, first, last, now, every=every)
        return list(islice((one for one in found if after is None or one.start > after), limit))

    return await _worked(scope, book, parts, (last - first).days + 1, search)


@dataclass(frozen=True, slots=True)
class Days:
    """When a visit can begin, each time once and in order, and the days on which somebody works who could do it."""

    starts: tuple[datetime, ...]
    worked: frozenset[date]


async def days(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    first: date,
    last: date,
    *,
    now: datetime,
    without: UUID | None = None,
) -> Days:
    """Return when a visit can begin from first to last day, both included, whoever does it; as `find` and `plans`."""
    first, last = _within(first, last, now)
    book = await diaries.peek(db, scope, _question(parts, first, last, now, without))

    def search() -> tuple[datetime, ...]:
        return tuple(dict.fromkeys(islice(_starts(book, parts, first, last, now), MOST)))

    return Days(await _worked(scope, book, parts, (last - first).days + 1, search), _working(book, parts, first, last))


def _starts(book: Book, parts: tuple[Wanted, ...], first: date, last: date, now: datetime) -> Iterator[datetime]:
    """Yield when a visit can begin; who takes part is worked out only where it decides."""
    alone = len(parts) == 1
    if alone and (book.tight_offers or not book.service(parts[0].service_id).roles):
        return map(START, _slots(book, parts, first, last, now, every=False))
    visit = _visit(book, parts, same_staff=True)
    if book.tight_offers:
        return map(START, _planned(book, visit, first, last, now, every=False))
    return planning.starts(visit, book.resources, first, last, now)


def _working(book: Book, parts: tuple[Wanted, ...], first: date, last: date) -> frozenset[date]:
    """Return the days on which somebody works who could do a visit, or whoever was asked for."""
    services, named = {one.service_id for one in parts}, {one.staff_id for one in parts} - {None}
    who = {
        one.hours
        for one in book.resources
        if one.hours and (one.id in named if named else not one.offers.isdisjoint(services))
    }
    return frozenset(day for hours in who for day in rules.days(first, last) if rules.openings(hours, day, day))


async def _worked(scope: Scope, book: Book, parts: tuple[Wanted, ...], days: int, search: Callable[[], T]) -> T:
    """Return what a search finds; a long one is worked out in a thread.

    People who are to be served at once may have to be shared out in many ways.
    """
    at_once = any(one.together or one.guest_name for one in parts)
    if not at_once and days * len(book.resources) * len(parts) <= LIGHT:
        return search()
    return await apart.compute(scope.tenant, search)


def _slots(
    book: Book,
    parts: tuple[Wanted, ...],
    first: date,
    last: date,
    now: datetime,
    *,
    same_staff: bool = True,
    every: bool = True,
) -> Iterator[Slot]:
    """Yield free times with whom each can be had: of one service with everybody who is free, of a visit with one."""
    service, staff_id = book.service(parts[0].service_id), parts[0].staff_id
    if len(parts) == 1 and not service.roles:
        found = availability.slots(service, book.diaries(service.id, staff_id), first, last, now)
        if every or not book.tight_offers:
            return found
        costs = Costs(book.resources, book.services.values(), first, last)
        return offered(found, book.zone, START, attrgetter("staff_id"), lambda one: costs.of_slot(one, service))
    whom = [parts]
    if len(parts) == 1 and staff_id is None:
        whom = [(Wanted(service.id, one.id),) for one in book.resources if service.id in one.offers]
    plans = (
        _planned(book, _visit(book, wanted, same_staff=same_staff), first, last, now, every=every) for wanted in whom
    )
    return merge(*(map(slot_of, one) for one in plans), key=START)


def _planned(book: Book, visit: Visit, first: date, last: date, now: datetime, *, every: bool) -> Iterator[Plan]:
    found = planning.find(visit, book.resources, first, last, now)
    if every or not book.tight_offers:
        return found
    costs = Costs(book.resources, book.services.values(), first, last)
    return offered(found, book.zone, START, lambda one: slot_of(one).staff_id, costs.of_plan)


def _nearest(
    book: Book, parts: tuple[Wanted, ...], near: datetime, first: date, last: date, now: datetime, *, same_staff: bool
) -> Callable[[], list[Slot]]:
    """Return the search for the three free times nearest to an instant: outward, a stretch on either side at a time."""

    def search() -> list[Slot]:
        begin, end = near.date() - STRETCH / 2, near.date() + STRETCH / 2
        days = [(begin, end)]
        while begin > first or end < last:
            days.append((begin - STRETCH, begin - timedelta(days=1)))
            days.append((end + timedelta(days=1), end + STRETCH))
            begin, end = begin - STRETCH, end + STRETCH
        found: list[Slot] = []
        for number, (one, other) in enumerate(days):
            slots = _slots(book, parts, max(one, first), min(other, last), now, same_staff=same_staff)
            found = availability.nearest([*found, *slots], near)
            if len(found) == 3 and number % 2 == 0:  # both sides were looked at
                break
        return found

    return search


def slot_of(plan: Plan) -> Slot:
    """Return a plan as a free time: the whole visit, with who leads its first segment."""
    leads = plan.segments[0].staff
    assert leads is not None
    return Slot(leads.resource_id, leads.resource_name, plan.start, plan.end)


def _visit(book: Book, parts: tuple[Wanted, ...], *, same_staff: bool) -> Visit:
    return Visit(
        tuple(Part(book.service(one.service_id), one.staff_id, one.guest_name, one.together) for one in parts),
        same_staff,
    )


def _question(parts: tuple[Wanted, ...], first: date, last: date, now: datetime, without: UUID | None) -> Question:
    services, staff = tuple(one.service_id for one in parts), tuple(one.staff_id for one in parts)
    return Question(services, staff, first, last, now, without)


def _within(first: date, last: date, now: datetime) -> tuple[date, date]:
    return max(first, (now - timedelta(days=1)).date()), min(last, (now + REACH).date())
