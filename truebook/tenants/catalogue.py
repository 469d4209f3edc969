"""What a business tells everyone: who it is, what it offers, with whom, when."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound
from truebook.kernel.memory import MIB, Memory
from truebook.tenants import accounts, hours, staff
from truebook.tenants.accounts import SETTINGS_VERSION, VERSIONED, Account
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES, Service
from truebook.tenants.staff import STAFF, Staff

MOST = 200
"""Services and staff read at the most: more than any desk can offer in a conversation."""
OFFERED = "offered"
"""Under which name a database keeps what this process remembers of what businesses offer."""
VERSION = f"SELECT {SETTINGS_VERSION} FROM {VERSIONED} WHERE a.id = %(tenant)s"
WEIGHT = 4000
"""Bytes that a service or a member of staff weighs at the most, as a rule."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A business and what it offers, active or not, in its owner's order, who does it, and its hours.

    `version`: that of its settings, and that of the account.
    """

    version: tuple[Any, ...]
    account: Account
    hours: Hours | None
    services: tuple[Service, ...]
    staff: tuple[Staff, ...]
    offers: dict[UUID, tuple[UUID, ...]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A business as its customers see it."""

    account: Account
    services: tuple[Service, ...]
    staff: tuple[Staff, ...]
    offers: dict[UUID, tuple[UUID, ...]]
    week: tuple[Opening, ...]
    cancel_notice_minutes: int | None = None
    """How long before its start customers may move or cancel an appointment; None where no hours are set up."""

    @property
    def opens_minute(self) -> int | None:
        """The earliest opening of the week, in minutes since midnight."""
        return min((one.opens_minute for one in self.week), default=None)

    @property
    def closes_minute(self) -> int | None:
        """The latest closing of the week, in minutes since midnight."""
        return max((one.closes_minute for one in self.week), default=None)


async def read(db: Database, scope: Scope) -> Catalogue:
    """Return the catalogue of the scope's business: what is active, in its owner's order."""
    found = await offered(db, scope)
    return Catalogue(
        account=found.account,
        services=tuple(one for one in found.services if one.is_active),
        staff=tuple(one for one in found.staff if one.is_active),
        offers=found.offers,
        week=found.hours.week if found.hours else (),
        cancel_notice_minutes=found.hours.cancel_notice_minutes if found.hours else None,
    )


async def offered(db: Database, scope: Scope) -> Offered:
    """Return what a business offers, remembered for as long as it has the same version; raise NotFound for none."""
    assert scope.tenant is not None
    memory: Memory = db.kept.setdefault(OFFERED, Memory(32 * MIB, 2 * MIB))
    row = await db.glance(scope, VERSION, {"tenant": scope.tenant})
    version = tuple(row) if row else ()  # read first: what is read afterwards is as new, or newer, and read again
    known: Offered | None = memory.get(scope.tenant, OFFERED)
    if known is not None and known.version == version:
        return known
    account, kept = await accounts.ACCOUNTS.get(db, scope, scope.tenant), await _hours(db, scope)
    services = await SERVICES.page(db, scope, limit=MOST)
    people = await STAFF.page(db, scope, limit=MOST)
    by_staff = await staff.services_by_staff(db, scope)
    found = Offered(
        version, account, kept, tuple(sorted(services, key=lambda one: (one.sort_order, one.id))), tuple(people),
        {who: tuple(what) for who, what in by_staff.items()},
    )  # fmt: skip
    memory.keep(scope.tenant, OFFERED, found, weight(found))
    return found


def weight(found: Offered) -> int:
    """Return about how many bytes it takes to remember what a business offers."""
    return WEIGHT * (1 + len(found.services) + len(found.staff))


async def _hours(db: Database, scope: Scope) -> Hours | None:
    try:
        return await hours.get(db, scope, None)
    except NotFound:
        return None
