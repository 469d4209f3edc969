"""Hold what was told against what stands: a wrong claim is corrected once, a promise nobody kept is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from truebook.booking import queries
from truebook.db import Database, Scope, Transaction
from truebook.delivery.notify import Messenger
from truebook.kernel import clock
from truebook.ledger import alerts, claims_made, looks, waits
from truebook.ledger.claims_made import Untrue
from truebook.tenants import telling

SETTLED = timedelta(minutes=2)
"""How long a row must have stood: what has just changed is about to be told."""
LEAST = timedelta(minutes=1)
"""What has waited less is late for nobody, whatever a business has set."""
AT_ONCE = 100
"""Appointments of one business before others have their turn."""


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Looks after the promises of one business after the other."""

    db: Database
    messenger: Messenger

    async def compare(self, scope: Scope, *, now: datetime, everything: bool = False) -> None:
        """Correct what is not so: of appointments that have changed since somebody looked, or of all ahead."""
        settled = now - SETTLED
        async with self.db.reading(scope) as tx:
            seen = [] if everything else await looks.settled(tx, settled, limit=AT_ONCE)
            among = None if everything else [one for one, _ in seen]
            wrong = await claims_made.untrue(tx, now, settled, among) if everything or seen else []
        for one in wrong:
            async with self.db.transaction(scope) as tx:
                await self._correct(tx, one, now)
        if seen:
            async with self.db.transaction(scope) as tx:
                await looks.looked(tx, seen)

    async def remember(self, scope: Scope, *, now: datetime) -> None:
        """Name what nobody was told in time, and who waits for a person."""
        async with self.db.transaction(scope) as tx:
            settings = await telling.read(tx)
            for late in await claims_made.unkept(tx, now - timedelta(minutes=settings.told_within_minutes)):
                words = (
                    f"The customer of the appointment {late.code} should have been told ({late.topic}) since "
                    f"{late.since:%Y-%m-%d %H:%M} UTC, and was not: does a worker run?"
                )
                await alerts.alert(tx, "untold", late.subject, words)
            await claims_made.settle_kept(tx)
            await waits.remember(tx, now - timedelta(minutes=settings.waits_minutes))

    async def _correct(self, tx: Transaction, one: Untrue, now: datetime) -> None:
        """Say what stands, once, and tell a person that something else was said."""
        appointment = await queries.appointment(tx, one.appointment, lock=True)
        if not await claims_made.untrue(tx, now, now - SETTLED, [one.appointment]):
            return  # another worker was faster, or it has changed just now
        zone = clock.zone(appointment.timezone)
        told, stands = one.start.astimezone(zone), appointment.start.astimezone(zone)
        message = await self.messenger.write(
            tx, "cancelled" if appointment.status == "cancelled" else "correction", appointment
        )
        words = (
            f"The customer of {one.code} was told: {one.topic}, {told:%Y-%m-%d %H:%M}. The row says: "
            f"{appointment.status}, {stands:%Y-%m-%d %H:%M}. "
            + ("A correction is on its way." if message else "They cannot be reached by message: call them.")
        )
        await alerts.alert(tx, "wrong_claim", one.message, words)
