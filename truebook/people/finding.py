"""Finding a customer by name, number, address or code, and what is known of one."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.booking.model import Appointment
from truebook.booking.queries import APPOINTMENT, appointment_of
from truebook.db import Database, Scope
from truebook.tenants.customers import CUSTOMERS, CustomerRecord

MOST_VISITS = 500
FIND = """
SELECT c.id, c.name, c.phone, c.email, v.visits, v.no_shows, v.last, v.next
FROM (
  SELECT * FROM customers WHERE account_id = %(tenant)s AND (
    %(text)s = '' OR name ILIKE %(like)s OR email ILIKE %(like)s OR phone LIKE %(digits)s
    OR id IN (SELECT customer_id FROM appointments WHERE tenant_id = %(tenant)s AND code = %(code)s))
  ORDER BY CASE WHEN %(text)s = '' THEN NULL ELSE lower(name) END, id DESC LIMIT %(limit)s) c
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE status = 'completed' OR status = 'confirmed' AND starts_at < %(now)s) AS visits,
         count(*) FILTER (WHERE status = 'no_show') AS no_shows,
         max(starts_at) FILTER (WHERE status IN ('confirmed', 'completed') AND starts_at < %(now)s) AS last,
         min(starts_at) FILTER (WHERE status IN ('confirmed', 'pending') AND starts_at >= %(now)s) AS next
  FROM appointments a WHERE a.tenant_id = %(tenant)s AND a.customer_id = c.id) v
ORDER BY CASE WHEN %(text)s = '' THEN NULL ELSE lower(c.name) END, c.id DESC
"""
NAMELESS_VISITS = (
    APPOINTMENT + " AND customer_id IS NULL AND (code = %(code)s OR %(long)s AND customer_name ILIKE %(like)s)"
)
CHATS = """
SELECT id, channel, status, last_activity_at FROM conversations
WHERE account_id = %(tenant)s AND customer_id = %(customer)s ORDER BY last_activity_at DESC LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A customer as a list shows them: how often they came or did not, when last and when next."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    visits: int
    no_shows: int
    last: datetime | None
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation of a customer's."""

    id: UUID
    channel: str
    status: str
    last_activity_at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a customer: their row, visits with the latest first, and conversations."""

    record: CustomerRecord
    visits: tuple[Appointment, ...]
    chats: tuple[Chat, ...]

    def came(self, now: datetime) -> int:
        """Return how often they came."""
        return sum(one.status == "completed" or (one.status == "confirmed" and one.start < now) for one in self.visits)

    def counted(self, status: str) -> int:
        """Return how many of their appointments have come to a status."""
        return sum(one.status == status for one in self.visits)


async def find(db: Database, scope: Scope, text: str, *, now: datetime, limit: int = 50) -> list[Found]:
    """Return customers whose name, address or number holds a text, or whose appointment has it as its code.

    By name; without a text those who came last into the list.
    """
    async with db.reading(scope) as tx:
        return [Found(*row) for row in await tx.rows(FIND, {**_asked(scope, text), "now": now, "limit": limit})]


async def nameless_visits(db: Database, scope: Scope, text: str, *, limit: int = 20) -> list[Appointment]:
    """Return appointments of nobody in the list, by their code or by the name they were made under."""
    if not text.strip():
        return []
    params = {**_asked(scope, text), "limit": limit, "long": len(text.strip()) > 1}
    async with db.reading(scope) as tx:
        rows = await tx.rows(NAMELESS_VISITS + " ORDER BY starts_at DESC LIMIT %(limit)s", params)
    return [appointment_of(row) for row in rows]


async def profile(db: Database, scope: Scope, customer_id: UUID) -> Profile:
    """Return what is known of a customer; raise NotFound where there is none."""
    params = {"tenant": scope.tenant, "customer": customer_id, "limit": MOST_VISITS}
    async with db.reading(scope) as tx:
        record = await CUSTOMERS.read(tx, customer_id)
        rows = await tx.rows(
            APPOINTMENT + " AND customer_id = %(customer)s ORDER BY starts_at DESC, id LIMIT %(limit)s", params
        )
        chats = await tx.rows(CHATS, params)
    return Profile(record, tuple(map(appointment_of, rows)), tuple(Chat(*row) for row in chats))


def _asked(scope: Scope, text: str) -> dict[str, object]:
    """Return a text as the queries look for it: as part of a name, as a number without its zeros, as a code."""
    wanted = text.strip()
    digits = re.sub(r"\D", "", wanted).lstrip("0")
    plain = re.sub(r"([\\%_])", r"\\\1", wanted)
    code = re.sub(r"[^A-Z0-9]", "", wanted.upper())
    return {
        "tenant": scope.tenant,
        "text": wanted,
        "like": f"%{plain}%",
        "digits": f"%{digits}%" if len(digits) > 2 and not re.search(r"[^\W\d_]", wanted) else None,
        "code": f"{code[:3]}-{code[3:]}" if len(code) == 6 else None,
    }
