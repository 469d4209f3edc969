"""Offers: times the desk put before a customer. The assistant can only pick one of them, never make one up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from truebook.booking.model import Slot
from truebook.db import Database, Scope
from truebook.kernel import ids

LIFE = timedelta(hours=24)

ADD = """
INSERT INTO offers (account_id, id, conversation_id, service_id, staff_id, starts_at, expires_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
GET = """
SELECT o.id, o.service_id, v.name, v.needs_approval, o.staff_id, s.name, o.starts_at, v.duration_minutes, v.price_minor,
       v.currency, a.timezone, o.expires_at
FROM offers o
JOIN accounts a ON a.id = o.account_id
JOIN services v ON v.account_id = o.account_id AND v.id = o.service_id
JOIN staff s ON s.account_id = o.account_id AND s.id = o.staff_id
WHERE o.account_id = %(tenant)s AND o.conversation_id = %(conversation)s AND o.id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that was offered in one conversation."""

    id: UUID
    service_id: UUID
    service_name: str
    needs_approval: bool
    staff_id: UUID
    staff_name: str
    start: datetime
    minutes: int
    price_minor: int | None
    currency: str
    timezone: str
    expires_at: datetime


async def issue(
    db: Database, scope: Scope, conversation_id: UUID, service_id: UUID, slots: Sequence[Slot], *, now: datetime
) -> list[UUID]:
    """Write down the times a customer is offered; return their ids in the same order."""
    made = [ids.uuid7() for _ in slots]
    async with db.transaction(scope) as tx:
        for offer_id, slot in zip(made, slots, strict=True):
            row = (tx.tenant, offer_id, conversation_id, service_id, slot.staff_id, slot.start, now + LIFE)
            await tx.run(ADD, row)
    return made


async def get(db: Database, scope: Scope, conversation_id: UUID, offer_id: UUID) -> Offer | None:
    """Return an offer of this conversation, or None."""
    row = await db.glance(scope, GET, {"tenant": scope.tenant, "conversation": conversation_id, "id": offer_id})
    return Offer(*row) if row else None
