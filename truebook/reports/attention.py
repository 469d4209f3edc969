"""What is not well with one business, in facts: what nobody offers, who is never open, what waits too long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from truebook.db import Database, Scope
from truebook.db.health.business import CLOSED, UNOFFERED

Kind = Literal["nothing_offered", "nobody_offers", "never_open", "untold", "old_requests", "number_down"]
COUNTS = """
SELECT (SELECT count(*) FROM services WHERE account_id = %(tenant)s AND is_active),
       (SELECT count(DISTINCT o.appointment_id) FROM outbox o
          JOIN appointments a ON a.tenant_id = %(tenant)s AND a.id = o.appointment_id
         WHERE o.tenant_id = %(tenant)s AND o.status = 'failed' AND a.starts_at > %(now)s
           AND a.status IN ('pending', 'confirmed')),
       (SELECT count(*) FROM appointments WHERE tenant_id = %(tenant)s AND status = 'pending'
          AND starts_at > %(now)s AND created_at < %(now)s - interval '1 day'),
       (SELECT array_agg(coalesce(phone, number_id) ORDER BY phone) FROM whatsapp_numbers
         WHERE account_id = %(tenant)s AND status <> 'connected')
"""


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is not well: which, about whom or what, and how often."""

    kind: Kind
    names: tuple[str, ...] = ()
    count: int = 0


async def concerns(db: Database, scope: Scope, *, now: datetime) -> list[Concern]:
    """Return what is not well with a business; nothing where all is."""
    async with db.reading(scope) as tx:
        counts = await tx.row(COUNTS, {"tenant": tx.tenant, "now": now})
        unoffered = tuple(str(row[0]) for row in await tx.rows(UNOFFERED, {"tenant": tx.tenant}))
        closed = tuple(str(row[0]) for row in await tx.rows(CLOSED, {"tenant": tx.tenant}))
    assert counts is not None
    offered, untold, old, down = counts
    found = [
        Concern("nothing_offered") if not offered else None,
        Concern("nobody_offers", unoffered) if unoffered else None,
        Concern("never_open", closed) if closed else None,
        Concern("untold", count=untold) if untold else None,
        Concern("old_requests", count=old) if old else None,
        Concern("number_down", tuple(down)) if down else None,
    ]
    return [one for one in found if one is not None]
