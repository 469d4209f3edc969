"""Tell the customer of a change, in the conversation it belongs to, unless that was done already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from truebook.booking import queries, recurrence, repeats
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.booking.recurrence import Rule
from truebook.db import Database, Scope, Transaction
from truebook.delivery.truth import TRUE_OF
from truebook.jobs import AppointmentChanged, SeriesBooked
from truebook.kernel import clock, ids, log
from truebook.kernel.errors import Fact
from truebook.language.wording.voice import Part, Topic, Voice, located, receipt
from truebook.ledger import claims_made, consents, mail, notices, phones, stops
from truebook.ledger.words import KIND_OF, Telling, Words, write

WAITING = """
SELECT o.topic, o.appointment_id, EXISTS (
  SELECT FROM outbox later WHERE later.tenant_id = %(tenant)s AND later.appointment_id = o.appointment_id
                             AND later.appointment_version > o.appointment_version)
FROM outbox o WHERE o.tenant_id = %(tenant)s AND o.id = %(id)s AND o.status = 'queued' FOR UPDATE OF o
"""
GIVE_UP = """
UPDATE outbox SET status = 'failed', last_error = 'not told in time'
WHERE tenant_id = %s AND status = 'queued' AND available_at < %s RETURNING id
"""
DONE = """
UPDATE outbox SET status = %s, message_id = %s, sent_at = %s, attempts = attempts + 1
WHERE tenant_id = %s AND id = %s
"""
SPOKEN = """
SELECT coalesce(v.language, split_part(c.locale, '-', 1), a.languages[1]), a.slug, v.number_id IS NOT NULL, a.address
FROM conversations v JOIN accounts a ON a.id = v.account_id
LEFT JOIN customers c ON c.account_id = v.account_id AND c.id = v.customer_id
WHERE v.account_id = %s AND v.id = %s
"""
REACHABLE = """
SELECT id FROM conversations WHERE account_id = %s AND customer_id = %s AND number_id IS NOT NULL
ORDER BY heard_at DESC NULLS LAST, id LIMIT 1
"""
UNTOLD = """
SELECT EXISTS (SELECT FROM outbox o WHERE o.tenant_id = %(tenant)s AND o.appointment_id = %(id)s
  AND o.status = 'not_needed' AND o.message_id IS NULL AND o.last_error IS DISTINCT FROM 'told by the caller'
  AND o.appointment_version >= coalesce((SELECT max(t.version) FROM tellings t
    WHERE t.account_id = %(tenant)s AND t.appointment_id = o.appointment_id), 0)
  AND o.appointment_version < (SELECT max(l.appointment_version) FROM outbox l
    WHERE l.tenant_id = %(tenant)s AND l.appointment_id = o.appointment_id))
"""
"""Whether changes before the last were left untold since anything was told."""
LAST_TOLD = """
SELECT starts_at FROM tellings WHERE account_id = %s AND appointment_id = %s ORDER BY version DESC LIMIT 1
"""
TOLD_OF = "SELECT DISTINCT appointment_id FROM tellings WHERE account_id = %s AND appointment_id = ANY(%s)"
EVERY = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}
DEADLINE = timedelta(hours=26)
"""After this nobody tries to tell any more: a job is tried again for a day."""

logger = log.get(__name__)


class StillBooking(Fact):
    """Some dates of a series were not tried yet, so what became of it cannot be told as a whole."""

    code = "still_booking"


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
            await notices.note_change(tx, event.outbox)
            waiting = await tx.row(WAITING, {"tenant": tx.tenant, "id": event.outbox})
            if waiting is None:
                return
            topic, appointment_id, superseded = waiting
            appointment = await queries.appointment(tx, appointment_id)
            is_so = appointment.status in TRUE_OF[topic] and not superseded
            news = await _news(tx, topic, appointment) if is_so else None
            message = await self.write(tx, news, appointment) if news else None
            status = "sent" if message else "not_needed"
            sent_at = clock.now() if message else None
            await tx.run(DONE, (status, message, sent_at, tx.tenant, event.outbox))

    async def tell_series(self, event: SeriesBooked) -> None:
        """Tell of all dates of a series that are booked and were not told of yet, in one message.

        Raises StillBooking while some of its dates wait to be tried: then this is tried again soon.
        """
        async with self.db.transaction(Scope(event.tenant, "system", f"series:{event.series}")) as tx:
            series = await repeats.read(tx, event.series)
            if any(one.status == "wanted" for one in series.days):
                raise StillBooking("some dates of the series were not tried yet")
            told = {row[0] for row in await tx.rows(TOLD_OF, (tx.tenant, [one.appointment_id for one in series.days]))}
            days = [one for one in series.days if one.appointment_status in TRUE_OF["booked"] | TRUE_OF["requested"]]
            untold = [one for one in days if one.appointment_id not in told]
            made = [await queries.appointment(tx, one.appointment_id) for one in untold if one.appointment_id]
            for _, alike in groupby(sorted(made, key=_clock_and_day), key=_clock):
                await self._write_series(tx, recurrence.parse(series.rrule), list(alike))

    async def _write_series(self, tx: Transaction, rule: Rule, made: Sequence[Appointment]) -> None:
        """Write of dates of a series, at one time of day, where their customer reads it, if there is such a place."""
        first, last = made[0], made[-1]
        topic: Topic = "booked" if all(one.status == "confirmed" for one in made) else "requested"
        address = await self._address(tx, topic, first)
        conversation = await self._chat(tx, first, address)
        if conversation is None:
            return
        spoken = await tx.row(SPOKEN, (tx.tenant, conversation))
        language, _, is_sent, place = spoken or ("en", "", False, None)
        voice = Voice(language, clock.now().astimezone(clock.zone(first.timezone)))
        days = [one.local_start.date() for one in made]
        text = voice.say(
            f"receipt_series_{topic}", what=_what(voice, first), count=len(made), missed="", zone=first.timezone,
            rhythm=_rhythm(voice, rule, days), time=voice.clock(first.local_start.time()),
            first=voice.full_date(days[0]), last=voice.full_date(last.local_start.date()),
            codes=voice.say("comma").join(one.code for one in made),
        )  # fmt: skip
        tellings = [Telling(topic, one.id, one.version, one.start) for one in made]
        text = located(text, topic, place) if is_sent else text
        by_mail = address is not None and not is_sent
        await write(tx, Words(ids.uuid7(), conversation, text, KIND_OF[topic], tellings, {"news": topic}, mail=by_mail))

    async def give_up(self, scope: Scope, *, now: datetime) -> int:
        """Call news failed that nobody could be told within the deadline, for a person to see; return how many."""
        async with self.db.transaction(scope) as tx:
            late = await tx.rows(GIVE_UP, (tx.tenant, now - DEADLINE))
        if late:
            logger.error("customers were not told of changes", tenant=str(scope.tenant), count=len(late))
        return len(late)

    async def write(
        self, tx: Transaction, topic: Topic, appointment: Appointment, *, notes: Mapping[str, str] | None = None
    ) -> UUID | None:
        """Write the news where the customer reads it; None where there is no such place.

        `notes`: by language, what the business adds.
        """
        address = await self._address(tx, topic, appointment)
        conversation = await self._chat(tx, appointment, address)
        if conversation is None:
            return None
        spoken = await tx.row(SPOKEN, (tx.tenant, conversation))
        language, slug, is_sent, place = spoken or ("en", "", False, None)
        voice = Voice(language, clock.now().astimezone(clock.zone(appointment.timezone)))
        link = self.links.of(slug, appointment.code)
        local, zone = appointment.local_start, appointment.timezone
        ends = appointment.hold_expires_at
        until = ends.astimezone(clock.zone(zone)) if ends else None
        changed = topic == "moved" and await tx.row(LAST_TOLD, (tx.tenant, appointment.id)) == (appointment.start,)
        what = _what(voice, appointment)
        text = receipt(voice, topic, appointment.code, link, what, local, zone, until, changed=changed)
        message = ids.uuid7()
        telling = Telling(topic, appointment.id, appointment.version, appointment.start)
        text = " ".join(filter(None, [text, (notes or {}).get(voice.language)]))
        text = located(text, topic, place) if is_sent else text
        about = {"news": topic, "appointment": str(appointment.id), **_taps(voice, topic, message)}
        words = Words(
            message, conversation, text, KIND_OF[topic], [telling], about, mail=address is not None and not is_sent
        )
        await write(tx, words)
        return message

    async def _address(self, tx: Transaction, topic: Topic, appointment: Appointment) -> str | None:
        """Return the e-mail address at which a customer wants to be told of such things, if there is one."""
        address = appointment.customer.email if self.by_mail else None
        unwanted = address and topic == "reminder" and await stops.are_stopped(tx, address)
        return None if unwanted else address

    async def _chat(self, tx: Transaction, appointment: Appointment, address: str | None) -> UUID | None:
        """Return where a customer is told: in the appointment's own chat, else in theirs on WhatsApp, else by e-mail.

        Before e-mail comes the number at which they said on the booking page that they want to be told on WhatsApp.

        None where there is none of them: whoever booked was told at once, and tells.
        """
        if appointment.conversation_id:
            return appointment.conversation_id
        who = appointment.customer
        row = await tx.row(REACHABLE, (tx.tenant, who.id)) if who.id else None
        if row:
            return UUID(str(row[0]))
        wanted = await consents.of(tx, appointment.id)
        if wanted and wanted.phone == who.phone and (chat := await phones.chat_with(tx, wanted.phone)):
            return chat
        return await mail.chat_with(tx, address, who.id) if address else None


def _clock(one: Appointment) -> time:
    return one.local_start.time()


def _clock_and_day(one: Appointment) -> tuple[time, datetime]:
    return one.local_start.time(), one.start


def _rhythm(voice: Voice, rule: Rule, days: Sequence[date]) -> str:
    """Return how often a series comes; where that is no plain rhythm, its dates."""
    every = EVERY.get(rule.get("FREQ") or "")
    weekdays = sorted({day.weekday() for day in days})
    named = (rule.get("BYDAY") or "").split(",")
    if every is None or (every == "week" and len(weekdays) != len(named)):
        return voice.one_of([voice.full_date(day) for day in days], "and")
    return voice.rhythm(every, int(rule.get("INTERVAL") or 1), weekdays)


def _what(voice: Voice, appointment: Appointment) -> str:
    """Return what an appointment is: its service, its parts, or places in a class."""
    first = appointment.segments[0]
    if all(one.session_id for one in appointment.segments):
        return voice.places(voice.what(first.service_name or "", first.staff_name or ""), len(appointment.segments))
    zone = clock.zone(appointment.timezone)
    return voice.visit(
        [
            Part(one.service_name or "", one.staff_name or "", one.guest_name, one.start.astimezone(zone))
            for one in appointment.segments
        ]
    )


async def _news(tx: Transaction, topic: Topic, appointment: Appointment) -> Topic | None:
    """Return what a change is to its customer, where others before it were withdrawn before anybody heard of them.

    What only takes those back is no news, and neither is the end of what was never told of.
    """
    row = await tx.row(UNTOLD, {"tenant": tx.tenant, "id": appointment.id})
    if not row or not row[0]:
        return topic
    told = await claims_made.believed(tx, appointment.id)
    if topic == "cancelled":
        return topic if told else None
    if told is None:
        return "booked" if appointment.status == "confirmed" else "requested"
    return None if told[0] != "cancelled" and told[1] == appointment.start else topic


def _taps(voice: Voice, topic: Topic, message: UUID) -> dict[str, Any]:
    """Return what can be tapped under a reminder: the same as under its template, and the words that it stands for."""
    if topic != "reminder":
        return {}
    words = {"come": voice.say("will_come"), "cannot": voice.say("cannot_come")}
    choices = [
        {"id": f"{message}.{name}", "title": label, "description": "", "text": label} for name, label in words.items()
    ]
    return {"choices": choices, "buttons": [*words.values()]}
