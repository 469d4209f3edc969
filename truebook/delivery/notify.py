"""Tell the customer of a change, in the conversation it belongs to, unless that was done already."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from truebook.booking import queries
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.db import Database, Scope, Transaction
from truebook.delivery.truth import TRUE_OF
from truebook.jobs import AppointmentChanged
from truebook.kernel import clock, ids, log
from truebook.language.voice import Topic, Voice, receipt
from truebook.ledger import mail
from truebook.ledger.words import KIND_OF, Telling, Words, write

WAITING = """
SELECT o.topic, o.appointment_id, EXISTS (
  SELECT FROM outbox later WHERE later.tenant_id = o.tenant_id AND later.appointment_id = o.appointment_id
                             AND later.appointment_version > o.appointment_version)
FROM outbox o WHERE o.tenant_id = %s AND o.id = %s AND o.status = 'queued' FOR UPDATE OF o
"""
GIVE_UP = """
UPDATE outbox SET status = 'failed', last_error = 'not told in time'
WHERE tenant_id = %s AND status = 'queued' AND available_at < %s RETURNING id
"""
DONE = """
UPDATE outbox SET status = %s, message_id = %s, sent_at = CASE WHEN %s = 'sent' THEN now() END, attempts = attempts + 1
WHERE tenant_id = %s AND id = %s
"""
SPOKEN = """
SELECT coalesce(v.language, split_part(c.locale, '-', 1), a.languages[1]), a.slug, v.number_id IS NOT NULL
FROM conversations v JOIN accounts a ON a.id = v.account_id
LEFT JOIN customers c ON c.account_id = v.account_id AND c.id = v.customer_id
WHERE v.account_id = %s AND v.id = %s
"""
REACHABLE = """
SELECT id FROM conversations WHERE account_id = %s AND customer_id = %s AND number_id IS NOT NULL
ORDER BY heard_at DESC NULLS LAST, id LIMIT 1
"""
DEADLINE = timedelta(hours=26)
"""After this nobody tries to tell any more: a job is tried again for a day."""

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Messenger:
    """Tells customers of changes to their appointments."""

    db: Database
    links: Links
    by_mail: bool = False

    async def tell(self, event: AppointmentChanged) -> None:
        """Tell of one change, and mark it as told in the same transaction; a change told already is left alone."""
        scope = Scope(event.tenant, "system", f"outbox:{event.outbox}")
        async with self.db.transaction(scope) as tx:
            waiting = await tx.row(WAITING, (tx.tenant, event.outbox))
            if waiting is None:
                return
            topic, appointment_id, superseded = waiting
            appointment = await queries.appointment(tx, appointment_id)
            is_so = appointment.status in TRUE_OF[topic] and not superseded
            message = await self._write(tx, topic, appointment) if is_so else None
            status = "sent" if message else "not_needed"
            await tx.run(DONE, (status, message, status, tx.tenant, event.outbox))

    async def give_up(self, scope: Scope, *, now: datetime) -> int:
        """Call news failed that nobody could be told within the deadline, for a person to see; return how many."""
        async with self.db.transaction(scope) as tx:
            late = await tx.rows(GIVE_UP, (tx.tenant, now - DEADLINE))
        if late:
            logger.error("customers were not told of changes", tenant=str(scope.tenant), count=len(late))
        return len(late)

    async def _write(self, tx: Transaction, topic: Topic, appointment: Appointment) -> UUID | None:
        """Write the news where the customer reads it; None where there is no such place."""
        conversation = await self._chat(tx, appointment)
        if conversation is None:
            return None
        language, slug, is_sent = await tx.row(SPOKEN, (tx.tenant, conversation)) or ("en", "", False)
        voice = Voice(language, clock.now().astimezone(clock.zone(appointment.timezone)))
        link = self.links.of(slug, appointment.code)
        service, staff = appointment.service_name or "", appointment.staff_name or ""
        local, zone = appointment.local_start, appointment.timezone
        ends = appointment.hold_expires_at
        until = ends.astimezone(clock.zone(zone)) if ends else None
        text = receipt(voice, topic, appointment.code, link, service, staff, local, zone, until)
        message = ids.uuid7()
        telling = Telling(topic, appointment.id, appointment.version, appointment.start)
        by_mail = not is_sent and self.by_mail and bool(appointment.customer.email)
        words = Words(message, conversation, text, KIND_OF[topic], [telling], {"news": topic}, mail=by_mail)
        await write(tx, words)
        return message

    async def _chat(self, tx: Transaction, appointment: Appointment) -> UUID | None:
        """Return where a customer is told: in the appointment's own chat, else in theirs on WhatsApp, else by e-mail.

        None where there is none of them: whoever booked was told at once, and tells.
        """
        if appointment.conversation_id:
            return appointment.conversation_id
        who = appointment.customer
        row = await tx.row(REACHABLE, (tx.tenant, who.id)) if who.id else None
        if row:
            return UUID(str(row[0]))
        return await mail.chat_with(tx, who.email, who.id) if self.by_mail and who.email else None
