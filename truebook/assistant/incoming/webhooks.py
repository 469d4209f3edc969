"""What a webhook brought is worked on: each thing once, in the order in which it happened, its effect with its mark."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from truebook.assistant import handover
from truebook.assistant.incoming import inbox, numbers_asked, people
from truebook.connectors.whatsapp import account_seen, heard, statuses, templates_seen
from truebook.connectors.whatsapp.account_seen import Change
from truebook.connectors.whatsapp.heard import Heard
from truebook.db import CommitUnknown, Database, NotCommitted, Scope, Transaction
from truebook.jobs import DeliveryOpen, MessageDue, UpdatesStored, publish
from truebook.kernel import clock, log
from truebook.kernel.errors import Fact, Unavailable
from truebook.ledger import alerts, attempts, queue, templates, updates
from truebook.ledger.attempts import Report
from truebook.ledger.outcomes import ARRIVED
from truebook.ledger.updates import Stored
from truebook.ledger.words import write
from truebook.tenants import numbers

PASSING = (Unavailable, CommitUnknown, NotCommitted, psycopg.OperationalError)
"""What may be over when the job is tried again."""
SAYABLE = ("words", "tap", "media", "voice", "number")
DIGITS = re.compile(r"\s*([1-9]|10)\s*[.)]?\s*", re.ASCII)
"""The number of a choice, where choices had to be written with numbers."""
TICK = timedelta(seconds=1, microseconds=-1)
"""WhatsApp tells times in whole seconds: within one, what is answered came before what follows."""
AT_ONCE = frozenset({"131047"})
"""Failures that no device can disprove: the window is closed."""
LATE_PROOF = timedelta(minutes=1)
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Works on what webhooks brought."""

    db: Database

    async def work(self, event: UpdatesStored) -> None:
        """Work on a batch; one thing that cannot be understood does not keep the others waiting."""
        scope = Scope(event.tenant, "whatsapp", f"webhook:{event.batch}")
        for one in await updates.waiting(self.db, scope, event.batch):
            try:
                await self._work(scope, one)
            except PASSING:
                raise
            except (Fact, psycopg.Error, ValueError, TypeError, KeyError) as error:
                logger.exception("an update cannot be worked on", update=str(one.id), kind=one.kind)
                async with self.db.transaction(scope) as tx:
                    await updates.take(tx, one.id, "failed", type(error).__name__)

    async def _work(self, scope: Scope, one: Stored) -> None:
        async with self.db.transaction(scope) as tx:
            if one.kind == "status":
                await self._status(tx, one)
            elif await updates.take(tx, one.id):
                await self._take_in(tx, one)

    async def _take_in(self, tx: Transaction, one: Stored) -> None:
        if one.kind == "message":
            await numbers.prove(tx, one.number)
            await self._message(tx, one)
        elif one.kind == "echo":
            await self._echo(tx, one)
        elif one.kind == "account" and (change := templates_seen.read(one.payload)):
            await templates.keep(tx, one.number, change)
        elif one.kind == "account" and (report := account_seen.read(one.payload)):
            await self._account(tx, one, report)

    async def _account(self, tx: Transaction, one: Stored, report: Change) -> None:
        """Stop a number by which nothing can be sent, what waits is kept; or let it go on."""
        if report.what == "stop":
            if await numbers.turn(tx, one.number, "stopped", report.words):
                await alerts.alert(tx, "number_stopped", one.number, report.words)
        elif await numbers.turn(tx, one.number, "connected"):
            await alerts.settled(tx, "number_stopped", one.number)
            for chat in await queue.waiting_chats(tx, one.number):
                await publish(tx, MessageDue(tx.tenant, chat))

    async def _echo(self, tx: Transaction, one: Stored) -> None:
        """Note what the owner wrote in their own app: a person answers that chat now, and the assistant is silent.

        It is theirs already: nothing is sent, answered, or opened by it.
        """
        person, text = heard.echoed(one.payload)
        if chat := await people.known_chat(tx, person):
            await handover.note_echo(tx, chat, one.id, text, _moment(one))

    async def _status(self, tx: Transaction, one: Stored) -> None:
        """Settle an attempt: by its token, else by the provider's id; a status of nothing we know stays parked."""
        said = statuses.read(one.payload)
        provider = (await numbers.of(tx, one.number)).provider
        token = await attempts.named(tx, provider, token=said.token, provider_id=said.id) if said else None
        if said is None or token is None:
            await updates.take(tx, one.id, "parked", "nothing is known that this is the status of")
            return
        if await updates.take(tx, one.id):
            report = Report(said.status, one.at or one.stored_at, said.id, said.category, said.code, said.failure)
            reached = await attempts.settle(tx, token, report)
            if reached == "failed":  # several devices: a late proof may still come
                at = clock.now() if said.code in AT_ONCE else clock.now() + LATE_PROOF
                await publish(tx, DeliveryOpen(tx.tenant, token.message), at=at)
            elif reached in ARRIVED:
                await alerts.settled(tx, "unknown_outcome", token.message)
                await alerts.settled(tx, "not_told", token.message)

    async def _message(self, tx: Transaction, one: Stored) -> None:
        said = heard.read(one.payload)
        if said.what == "new_identity":
            await people.rename(tx, said)
        elif said.what == "withdrawal":
            await inbox.withdraw(tx, said.about or "")
        elif said.what == "edit" and await inbox.edit(tx, said.about or "", said.text):
            return
        elif said.what in SAYABLE or (said.what == "edit" and said.text):
            await self._say(tx, one, said)
        else:
            logger.info("a message that is not answered", type=said.type)

    async def _say(self, tx: Transaction, one: Stored, said: Heard) -> None:
        at = _moment(one)
        conversation = await people.chat_of(tx, one.number, said.sender, at)
        if waiting := await queue.unread_answer(tx, conversation):
            await write(tx, waiting)
        if said.phone and await numbers_asked.take(tx, conversation, said.phone, said.about):
            return
        text = said.text or (f"+{said.phone}" if said.phone else f"[{said.type}]")
        if said.what == "tap":
            text = await inbox.meaning_of(tx, conversation, said.choice or "") or text
        elif said.what == "words" and (number := DIGITS.fullmatch(text)):
            text = await inbox.meaning_of_number(tx, conversation, int(number[1])) or text
        metadata = {"type": said.type, "choice": said.choice, "about": said.about, "media": said.media}
        metadata = {name: value for name, value in metadata.items() if value}
        if said.what in ("media", "voice"):
            metadata["unread"] = said.type
        provider_id = str(one.payload["message"].get("id") or one.id)
        await inbox.add(tx, conversation, text, provider_message_id=provider_id, at=at, metadata=metadata)


def _moment(one: Stored) -> datetime:
    """Return when a message was written, by the provider's clock, and never later than we had it."""
    return min(one.at + TICK, one.stored_at) if one.at else min(one.stored_at, clock.now())
