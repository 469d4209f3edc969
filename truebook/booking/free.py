"""The free times as the rows stand just now: those of some days, and those nearest to a time that cannot be had."""

from datetime import date, datetime, timedelta
from uuid import UUID

from truebook.booking import availability, diaries
from truebook.booking.model import Slot
from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound, Unavailable

NEAREST = (timedelta(days=2), timedelta(days=14))
"""How far around a time that cannot be had to look for others: not far at first, since mostly there are some."""
REACH = timedelta(days=800)
"""Beyond any horizon: times further away than this are refused before any arithmetic with them."""


async def nearest(
    db: Database,
    scope: Scope,
    service_id: UUID,
    staff_id: UUID | None,
    wished: datetime,
    now: datetime,
    without: UUID | None = None,
) -> tuple[Slot, ...]:
    """Return the three free times nearest to a wished one; none where they cannot be found out just now."""
    near = min(max(wished, now), now + REACH)
    nearest: list[Slot] = []
    for around in (*NEAREST, REACH):
        try:
            first, last = (near - around).date(), (near + around).date()
            found = await find(db, scope, service_id, staff_id, first, last, now=now, without=without)
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
    first, last = max(first, (now - timedelta(days=1)).date()), min(last, (now + REACH).date())
    loaded = await diaries.peek(db, scope, diaries.Question(service_id, staff_id, first, last, now, without))
    return availability.slots(loaded.service, loaded.diaries, first, last, now)
