"""A business to test with: Salon Alice, with Anna and Ben, a haircut and a colour; and its helpers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from truebook.booking.model import Customer, Wish
from truebook.db import Database, Scope
from truebook.tenants import accounts, hours
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

MONDAY = datetime(2030, 1, 7, 8, 0, tzinfo=UTC)
"""A Monday morning far enough ahead that the not-in-the-past trigger has nothing against it."""
NOW = MONDAY - timedelta(days=1)
WEEK = tuple(Opening(weekday, 540, 1020) for weekday in range(1, 6))
"""Monday to Friday, 9 to 17."""


@dataclass
class Desk:
    """A business, and the scope of its owner."""

    db: Database
    account: UUID
    scope: Scope
    services: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)

    def wish(self, start: datetime, service: str = "Haircut", staff: str | None = "Anna", **more: Any) -> Wish:
        """Return a wish of Carla's."""
        customer = more.pop("customer", Customer("Carla", "+436601234567"))
        return Wish(self.services[service], start, customer, self.staff[staff] if staff else None, **more)


@asynccontextmanager
async def opened(url: str, patience: float = 5.0) -> AsyncIterator[Database]:
    """Lend a pool on a database; patience: how many seconds it waits for somebody's lock."""
    async with Database(url, size=8, patience=patience) as db:
        yield db


async def furnish(db: Database, slug: str = "salon-alice", zone: str = "UTC", **policy: int) -> Desk:
    """Open a business with two members of staff and two services, open Monday to Friday from 9 to 17."""
    account = await accounts.open_account(db, "test", name=f"{slug} & co", slug=slug, timezone=zone)
    desk = Desk(db, account.id, Scope(account.id, f"owner:{slug}", "test"))
    for name, minutes in (("Haircut", 45), ("Colour", 90)):
        made = await SERVICES.add(db, desk.scope, name=name, duration_minutes=minutes, price_minor=3500)
        desk.services[name] = made.id
    for name in ("Anna", "Ben"):
        person = await STAFF.add(db, desk.scope, name=name)
        desk.staff[name] = person.id
        await set_services(db, desk.scope, person.id, list(desk.services.values()))
    rules = {"slot_minutes": 15, "min_notice_minutes": 0, "max_advance_days": 90, "cancel_notice_minutes": 0, **policy}
    await hours.put(db, desk.scope, Hours(staff_id=None, week=WEEK, **rules))
    return desk
