"""The free times as the rows stand just now: those of some days, and those nearest to a time that cannot be had."""

from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter
from uuid import UUID

from truebook.booking import availability, diaries, planning
from truebook.booking.diaries import Question
from truebook.booking.model import Slot, Wanted
from truebook.booking.visits import Part, Plan, Visit
from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound, Unavailable

NEAREST = (timedelta(days=2), timedelta(days=14))
"""How far around a time that cannot be had to look for others: not far at first, since mostly there are some."""
REACH = timedelta(days=800)
"""Beyond any horizon: times further away than this are refused before any arithmetic with them."""


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
    nearest: list[Slot] = []
    for around in (*NEAREST, REACH):
        try:
            first, last = (near - around).date(), (near + around).date()
            found = await _slots(db, scope, parts, first, last, now=now, same_staff=same_staff, without=without)
        except (Unavailable, NotFound):
            break
        nearest = availability.nearest(found, near)
        # the edges of a day lie up to 14 hours apart, so within a day less no other time can be nearer
        if len(nearest) == 3 and all(abs(slot.start - near) < around - timedelta(days=1) for slot in nearest):
            break
        if nearest and around in NEAREST[1:]:
            break
    return tuple(nearest)


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
) -> list[Slot]:
    """Return the free times from first to last day, both included, on the business's calendar.

    `without` names an appointment that is to be moved: its own time counts as free. Days on which no business gives
    appointments are left out beforehand.
    """
    return await _slots(db, scope, (Wanted(service_id, staff_id),), first, last, now=now, without=without)


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
    limit: int | None = None,
) -> list[Plan]:
    """Return how a visit can be had from first to last day, both included: a plan for every start, at most `limit`."""
    first, last = _within(first, last, now)
    book = await diaries.peek(db, scope, _question(parts, first, last, now, without))
    visit = Visit(
        tuple(Part(book.service(one.service_id), one.staff_id, one.guest_name, one.together) for one in parts),
        same_staff,
    )
    return planning.find(visit, book.resources, first, last, now, limit)


async def _slots(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    first: date,
    last: date,
    *,
    now: datetime,
    same_staff: bool = True,
    without: UUID | None = None,
) -> list[Slot]:
    """Return free times with whom each can be had: of one service with everybody who is free, of a visit with one."""
    first, last = _within(first, last, now)
    book = await diaries.peek(db, scope, _question(parts, first, last, now, without))
    services = [book.service(one.service_id) for one in parts]
    if len(parts) == 1 and not services[0].roles:
        return availability.slots(services[0], book.diaries(*_one(parts)), first, last, now)
    whom = [parts]
    if len(parts) == 1 and parts[0].staff_id is None:
        offering = [one.id for one in book.resources if services[0].id in one.offers]
        whom = [(Wanted(services[0].id, one),) for one in offering]
    found = chain.from_iterable(
        planning.find(
            Visit(
                tuple(Part(service, one.staff_id, one.guest_name, one.together)
                      for service, one in zip(services, wanted, strict=True)),
                same_staff,
            ),
            book.resources, first, last, now,
        )
        for wanted in whom
    )  # fmt: skip
    return sorted(map(slot_of, found), key=attrgetter("start"))


def slot_of(plan: Plan) -> Slot:
    """Return a plan as a free time: the whole visit, with who leads its first segment."""
    leads = plan.segments[0].staff
    assert leads is not None
    return Slot(leads.resource_id, leads.resource_name, plan.start, plan.end)


def _one(parts: tuple[Wanted, ...]) -> tuple[UUID, UUID | None]:
    return parts[0].service_id, parts[0].staff_id


def _question(parts: tuple[Wanted, ...], first: date, last: date, now: datetime, without: UUID | None) -> Question:
    services, staff = tuple(one.service_id for one in parts), tuple(one.staff_id for one in parts)
    return Question(services, staff, first, last, now, without)


def _within(first: date, last: date, now: datetime) -> tuple[date, date]:
    return max(first, (now - timedelta(days=1)).date()), min(last, (now + REACH).date())
