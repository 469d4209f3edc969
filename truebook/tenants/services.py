"""What a business offers."""

from dataclasses import dataclass
from uuid import UUID

from truebook.db import Transaction
from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its owner set it up; names by language, the first of each is what customers read.

    Lengths in minutes; the price in minor units (cents) of its currency.
    """

    id: UUID
    name: str
    synonyms: list[str]
    names: dict[str, list[str]]
    description: str | None
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    price_minor: int | None
    currency: str
    needs_approval: bool
    is_active: bool
    sort_order: int
    bot_config_id: UUID | None
    version: int

    def called(self, language: str) -> str:
        """Return the name by which the service is known in a language."""
        return next(iter(self.names.get(language, ())), self.name)

    @property
    def known_as(self) -> tuple[str, ...]:
        """Return every other name by which customers may ask for it."""
        return (*self.synonyms, *(name for names in self.names.values() for name in names))


LOSE = """
UPDATE staff SET version = version + 1
WHERE account_id = %s AND id IN (SELECT staff_id FROM staff_services WHERE account_id = %s AND service_id = %s)
"""


class Services(Records[Service]):
    """The services of a business. With one that goes, what its staff offer changes, and so does their version."""

    async def erase(self, tx: Transaction, row_id: UUID) -> None:
        """Delete a service inside a transaction of the caller's; raise NotFound where there is none."""
        await tx.run(LOSE, (tx.tenant, tx.tenant, row_id))
        await super().erase(tx, row_id)


SERVICES = Services("services", Service, noun="service", decides=True, most=("name", 500))
