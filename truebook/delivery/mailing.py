"""Send by e-mail what waits: the attempt is committed first, then the letter is handed over, then what is known."""

from dataclasses import dataclass
from datetime import timedelta

from truebook.booking import calendar_file, queries
from truebook.booking.calendar_file import Invited
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.connectors.mail.letter import Invitation, Letter
from truebook.connectors.mail.post import Post, Refused, Result, Taken, Unknown
from truebook.db import Database, Scope, Transaction
from truebook.delivery import failures, truth
from truebook.delivery.bouncing import letter_id
from truebook.delivery.failures import DEADLINE
from truebook.jobs import DeliveryOpen, MailDue, publish
from truebook.kernel import clock
from truebook.language.wording.voice import Voice
from truebook.ledger import alerts, attempts, mail, queue
from truebook.ledger.attempts import Report, Token
from truebook.ledger.mail import Due

RETRY = (10, 60, 300, 900)
"""Seconds before each further attempt where the server may take it another time; from then on an hour each."""
TRIES = 20
STOPPING = timedelta(days=365)
"""How long the link in a letter ends further ones."""
SUBJECTS = {
    "booked": "page_confirmed", "requested": "page_pending", "moved": "mail_moved", "cancelled": "page_cancelled",
    "offered": "mail_offered", "off_list": "mail_waitlist", "reminder": "mail_reminder",
    "correction": "mail_correction",
}  # fmt: skip
METHODS = {"booked": "REQUEST", "requested": "REQUEST", "moved": "REQUEST", "cancelled": "CANCEL"}
"""What the reader's calendar is to do; of anything else it is not told."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter that may leave: its attempt is committed."""

    token: Token
    letter: Letter


@dataclass(frozen=True, slots=True)
class Mailer:
    """Sends messages by e-mail, where there is a mail server."""

    db: Database
    links: Links
    post: Post | None

    async def send(self, event: MailDue) -> None:
        """Send a message that waits; one that is on its way already, or not true any more, is left alone."""
        scope = Scope(event.tenant, "system", f"mail:{event.message}")
        async with self.db.transaction(scope) as tx:
            ready = await self._prepare(tx, event)
        if ready is None or self.post is None:
            return
        result = await self.post.send(ready.letter, clock.now())
        async with self.db.transaction(scope) as tx:
            await _settle(tx, event, ready.token, result)

    async def _prepare(self, tx: Transaction, event: MailDue) -> Sending | None:
        due = await mail.due(tx, event.message)
        if due is None or due.provider != "email" or due.delivery not in ("queued", "sending"):
            return None
        if due.delivery == "sending":  # a worker died over it: nobody knows whether it left
            await _settle(tx, event, Token(event.message, due.attempts), Unknown())
            return None
        if await truth.withdrawn(tx, event.message, due.news):
            return None
        token = await attempts.begin(tx, event.message, "email", "mail")
        if self.post is None or due.to is None:
            why = "no mail server is set up" if self.post is None else "no e-mail address is known"
            await _settle(tx, event, token, Refused(None, why, passing=False))
            return None
        return Sending(token, await self._letter(tx, event, due, token, due.to, self.post))

    async def _letter(self, tx: Transaction, event: MailDue, due: Due, token: Token, to: str, post: Post) -> Letter:
        """Return the letter of a message: its own words, and the appointment for the reader's calendar."""
        voice = Voice(due.language, clock.now().astimezone(clock.zone(due.timezone)))
        one = await queries.appointment(tx, due.appointment) if due.appointment else None
        subject, invitation = due.business, None
        if one and due.news:
            local = one.local_start
            when = f"{voice.full_date(local.date())}, {voice.clock(local.time())}"
            subject = f"{voice.say(SUBJECTS[due.news])}: {when}, {due.business}"
            invitation = self._invitation(voice, due, one, to, post)
        return Letter(
            id=letter_id(tx, token), to=to, to_name=due.to_name, from_name=due.business, subject=subject,
            text="\n\n".join([due.text, "\n".join(filter(None, [due.business, due.address]))]) + "\n",
            language=voice.language, thread=str(one.id) if one else None, invitation=invitation,
            unsubscribe=self._stop(event, due),
        )  # fmt: skip

    def _stop(self, event: MailDue, due: Due) -> str | None:
        """Return where letters of this kind are ended; what was agreed and what changes is told in any case."""
        if due.news != "reminder" or due.appointment is None:
            return None
        return self.links.stopping("reminders", event.tenant, due.appointment, clock.now() + STOPPING)

    def _invitation(self, voice: Voice, due: Due, one: Appointment, to: str, post: Post) -> Invitation | None:
        method = METHODS.get(due.news or "")
        if method is None:
            return None
        link = self.links.of(due.slug, one.code)
        body = calendar_file.of(
            one, what=voice.what(one.service_name or "", one.staff_name or ""), business=due.business,
            address=due.address, told=f"{voice.say('page_code')}: {one.code}", link=link,
            invited=Invited("CANCEL" if method == "CANCEL" else "REQUEST", post.sender.addr_spec, to),
        )  # fmt: skip
        return Invitation(method, body)


async def _settle(tx: Transaction, event: MailDue, token: Token, result: Result) -> None:
    """Enter what is known after a letter was handed over, and what follows of it."""
    now = clock.now()
    match result:
        case Taken():
            await attempts.settle(tx, token, Report("sent", now))
            await alerts.settled(tx, "not_told", token.message)
        case Unknown():
            await attempts.settle(tx, token, Report("unknown", now))
            await publish(tx, DeliveryOpen(tx.tenant, token.message), at=now + DEADLINE)
        case Refused():
            code = str(result.code) if result.code is not None else None
            await attempts.settle(tx, token, Report("failed", now, code=code, failure=result.failure))
            if result.passing and token.number <= TRIES:
                wait = RETRY[token.number - 1] if token.number <= len(RETRY) else 3600
                await queue.again(tx, token.message)
                await publish(tx, event, at=now + timedelta(seconds=wait))
            else:
                await failures.give_up(tx, token.message)
