"""What a business tells everyone: who it is, what it offers, with whom, when."""

from dataclasses import dataclass
from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts, hours, staff
from truebook.tenants.accounts import Account
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES, Service
from truebook.tenants.staff import STAFF, Staff

MOST = 200
"""Services and staff read at the most: more than any desk can offer in a conversation."""


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
    assert scope.tenant is not None
    account = await accounts.ACCOUNTS.get(db, scope, scope.tenant)
    services = await SERVICES.page(db, scope, limit=MOST)
    people = await STAFF.page(db, scope, limit=MOST)
    offered = await staff.services_by_staff(db, scope)
    kept = await _hours(db, scope)
    return Catalogue(
        account=account,
        services=tuple(sorted((one for one in services if one.is_active), key=lambda one: one.sort_order)),
        staff=tuple(one for one in people if one.is_active),
        offers={who: tuple(what) for who, what in offered.items()},
        week=kept.week if kept else (),
        cancel_notice_minutes=kept.cancel_notice_minutes if kept else None,
    )


async def _hours(db: Database, scope: Scope) -> Hours | None:
    try:
        return await hours.get(db, scope, None)
    except NotFound:
        return None
