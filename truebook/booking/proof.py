"""A code by which whoever books shows that the address they gave is theirs. Nothing of it is stored."""

import hmac
from datetime import datetime

from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.db import Database, Scope
from truebook.jobs import CodeAsked, publish


def code(links: Links, one: Appointment) -> str:
    """Return the code of a held time: six digits, others for another address or number, or another hold."""
    until = one.hold_expires_at.isoformat() if one.hold_expires_at else ""
    return links.digits(f"proof/{one.id}/{one.customer.email or one.customer.phone}/{until}")


def is_right(links: Links, one: Appointment, typed: str) -> bool:
    """Tell, in constant time, whether what was typed is the code; spaces in it do not count."""
    return hmac.compare_digest("".join(typed.split()).encode(), code(links, one).encode())


async def ask(db: Database, scope: Scope, one: Appointment, *, now: datetime) -> None:
    """Have a held time's code sent."""
    async with db.transaction(scope) as tx:
        await publish(tx, CodeAsked(tx.tenant, one.id, now.isoformat()))
