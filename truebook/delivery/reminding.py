"""Remind customers: each reminder is planned, sent once if its appointment still stands, and never after it began."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from truebook.booking import queries
from truebook.booking.model import Appointment
from truebook.db import Database, Scope, Transaction
from truebook.delivery.notify import Messenger
from truebook.delivery.reminder_times import Quiet, due
from truebook.jobs import RemindersDue, publish
from truebook.kernel import clock
from truebook.ledger import alerts, looks, reminders
from truebook.ledger.reminders import Plan, Reminder, State
from truebook.tenants import telling
from truebook.tenants.telling import Telling

AT_ONCE = 50
"""Reminders of one business before others have their turn."""
PLANNED_AT_ONCE = 500
LOOKING_BACK = timedelta(days=1)
"""Appointments that began no longer ago are still looked at: whether somebody should have been reminded."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """Reminds the customers of one business after the other."""

    db: Database
    messenger: Messenger

    async def work(self, event: RemindersDue) -> None:
        """Send some of the reminders of a business that are due."""
        await self.remind(Scope(event.tenant, "system", "remind"), now=clock.now())

    async def remind(self, scope: Scope, *, now: datetime) -> int:
        """Plan what is not planned, and send what is due; return how many were looked at. More is left to a job."""
        async with self.db.transaction(scope) as tx:
            await _plan(tx, await telling.read(tx), now)
            waiting = await reminders.due(tx, now, limit=AT_ONCE + 1)
            if len(waiting) > AT_ONCE:
                await publish(tx, RemindersDue(scope.tenant or UUID(int=0)))
        for one in waiting[:AT_ONCE]:
            async with self.db.transaction(scope) as tx:
                await self._send(tx, one, now)
        return len(waiting[:AT_ONCE])

    async def _send(self, tx: Transaction, one: Reminder, now: datetime) -> None:
        appointment = await queries.appointment(tx, one.appointment, lock=True)
        later = await reminders.take(tx, one, now)
        if later is None:
            return
        message, state = None, _state(appointment, one, now, later=later)
        if state == "sent":
            settings = await telling.read(tx)
            message = await self.messenger.write(tx, "reminder", appointment, notes=settings.notes)
            state = "sent" if message else "no_way"
        if state == "missed":
            words = f"Nobody was reminded of the appointment {appointment.code}: no worker ran when it was time."
            await alerts.alert(tx, "not_told", appointment.id, words)
        await reminders.done(tx, one, state, message)


def _state(appointment: Appointment, one: Reminder, now: datetime, *, later: bool) -> State:
    """Return what becomes of a reminder: of several that are due the last is enough."""
    if appointment.status != "confirmed" or appointment.start != one.start or later:
        return "not_needed"
    return "missed" if appointment.start <= now else "sent"


async def _plan(tx: Transaction, settings: Telling, now: datetime) -> None:
    """Plan the reminders of every appointment that has changed since its were planned."""
    quiet = Quiet(settings.quiet_from, settings.quiet_until) if settings.quiet_from and settings.quiet_until else None
    while changed := await looks.take(tx, now, limit=PLANNED_AT_ONCE):
        plans = []
        for one in await reminders.unplanned(tx, settings.remind_before, changed, now - LOOKING_BACK):
            for minutes in settings.remind_before:
                moment = due(one.start, minutes, quiet, clock.zone(one.timezone))
                plans.append(
                    Plan(one.appointment, one.start, minutes, moment, moment > max(one.told_at, settings.since))
                )
        await reminders.plan(tx, plans)
