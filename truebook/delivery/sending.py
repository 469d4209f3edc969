"""Send what waits in a chat, in order: each attempt is committed first, then one request, then what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2

from truebook.booking import proof, queries
from truebook.booking.links import Links
from truebook.connectors.whatsapp.graph import Accepted, Refused, Result, Unknown
from truebook.connectors.whatsapp.line import Line
from truebook.connectors.whatsapp.messages import Choice, To
from truebook.db import Database, Scope, Transaction
from truebook.delivery import failures, news, templates, truth
from truebook.delivery.failures import DEADLINE
from truebook.delivery.lines import line_of
from truebook.delivery.proving import PROVES
from truebook.delivery.templates import News
from truebook.jobs import DeliveryOpen, MessageDue, MessageReceived, publish
from truebook.kernel import clock
from truebook.language import wording
from truebook.language.wording.voice import Voice
from truebook.ledger import attempts, notices, pace, queue, updates
from truebook.ledger.attempts import Form, Report, Token
from truebook.ledger.queue import Chat, Due, Lost
from truebook.tenants import numbers
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

WINDOW = timedelta(hours=24) - timedelta(minutes=5)
"""How long after the customer's words anything may be said to them."""
NO_TEMPLATE, CLOSED = "132001", "the customer has not written for a day, and no template for this is approved"
LOOK = timedelta(seconds=30)
"""When a provider that can say is asked what became of a request whose answer was lost."""
AT_ONCE = 20
"""Messages that one job sends before others have their turn."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A request that may leave: its attempt is committed."""

    token: Token
    message: dict[str, Any]
    number: Number
    line: Line


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends messages by WhatsApp, whoever provides the number."""

    db: Database
    links: Links
    vault: Vault
    http: httpx2.AsyncClient
    by_mail: bool = False

    async def send(self, event: MessageDue) -> None:
        """Send what waits in a chat, until it is empty, must pause, or others had better have their turn."""
        scope = Scope(event.tenant, "system", f"send:{event.conversation}")
        for _ in range(AT_ONCE):
            async with self.db.transaction(scope) as tx:
                ready = await self._prepare(tx, event)
            if ready is None:
                return
            result = await ready.line.send(ready.message, str(ready.token))
            async with self.db.transaction(scope) as tx:
                if not await self._enter(tx, event.conversation, ready.token, ready.number, result):
                    return
        async with self.db.transaction(scope) as tx:
            await publish(tx, event)

    async def show_seen(self, event: MessageReceived) -> None:
        """Show whoever wrote that it was read and somebody is at it: best effort, once a message."""
        scope = Scope(event.tenant, "system", f"message:{event.message}")
        async with self.db.reading(scope) as tx:
            found = await queue.written(tx, event.message)
            number = await numbers.of(tx, found[1]) if found else None
        if found and number and number.status != "stopped":
            await self._line(number, {}).seen(found[0])

    async def follow(self, event: DeliveryOpen) -> None:
        """Look at a message that failed, or of which nobody knows, once there was time for a late proof."""
        scope = Scope(event.tenant, "system", f"message:{event.message}")
        async with self.db.transaction(scope) as tx:
            lost = await queue.lost(tx, event.message)
            number = await numbers.of(tx, lost.number) if lost else None
        found = await self._found(number, lost) if number and lost else None
        async with self.db.transaction(scope) as tx:
            if found and number and lost:
                await self._enter(tx, lost.conversation, Token(event.message, lost.attempt), number, found)
            elif lost and number and number.provider == "twilio" and clock.now() < lost.at + DEADLINE:
                await publish(tx, event, at=lost.at + DEADLINE)
            else:
                await failures.follow(tx, event.message, by_mail=self.by_mail)

    async def _found(self, number: Number, lost: Lost) -> Result | None:
        line = self._line(number, {})
        return await line.found(To(lost.wa_id, lost.user_id), lost.text, lost.at, lost.known)

    def _line(self, number: Number, contents: Mapping[tuple[str, str], str]) -> Line:
        return line_of(number, self.vault, self.http, self.links.base_url, contents)

    async def _prepare(self, tx: Transaction, event: MessageDue) -> Sending | None:
        """Commit to the next request; None where there is nothing to send, or not now."""
        conversation_id = event.conversation
        due, chat = await queue.due(tx, conversation_id), await queue.chat(tx, conversation_id)
        while due and due.delivery == "sending":  # a worker died over it: nobody knows whether it left
            token = Token(due.id, due.attempts)
            await attempts.settle(tx, token, Report("unknown", clock.now()))
            await publish(tx, DeliveryOpen(tx.tenant, due.id), at=clock.now() + DEADLINE)
            due = await queue.due(tx, conversation_id)
        while due and await _is_withdrawn(tx, due):
            due = await queue.due(tx, conversation_id)
        if due is None or chat is None or chat.number_id is None:
            return None
        number = await numbers.of(tx, chat.number_id)
        if number.status == "stopped":
            return None
        if wait := await _must_wait(tx, number.id, conversation_id, due):
            await publish(tx, event, at=clock.now() + wait)
            return None
        line = self._line(number, await queue.contents(tx, number.id) if number.provider == "twilio" else {})
        form, message = await self._built(tx, due, chat, number, line)
        token = await attempts.begin(tx, due.id, number.provider, form)
        if message is None:
            await attempts.settle(tx, token, Report("failed", clock.now(), code=NO_TEMPLATE, failure=CLOSED))
            await failures.follow(tx, due.id, by_mail=self.by_mail)
            await publish(tx, event)
            return None
        return Sending(token, message, number, line)

    async def _built(
        self, tx: Transaction, due: Due, chat: Chat, number: Number, line: Line
    ) -> tuple[Form, dict[str, Any] | None]:
        """Return a message in the form that may be sent now: free within the window, else an approved template."""
        to = To(chat.wa_id, chat.user_id)
        is_open = bool(chat.heard_at and clock.now() < chat.heard_at + WINDOW)
        if PROVES in due.metadata:
            return await self._code(tx, due, chat, number, line, is_open=is_open)
        if news.NOTICES in due.metadata:
            return await self._desk_news(tx, due, chat, number, line, is_open=is_open)
        if is_open:
            if due.metadata.get("asks") == "number":
                return "free", line.contact(to, due.text)
            offered = [Choice(one["id"], one["title"], one["description"]) for one in due.metadata.get("choices", ())]
            return "free", line.free(to, due.text, offered, str(due.metadata.get("opens") or "…"))
        telling = await queue.speaks_of(tx, due.id)
        name = templates.name_of(telling[0] if telling else None)
        appointment = await queries.appointment(tx, telling[1]) if telling else None
        link = self.links.path(chat.slug, appointment.code) if appointment else ""
        return await _templated(tx, chat, number, line, News(name, chat.business, link, appointment, str(due.id)))

    async def _code(
        self, tx: Transaction, due: Due, chat: Chat, number: Number, line: Line, *, is_open: bool
    ) -> tuple[Form, dict[str, Any] | None]:
        """Return the code by which somebody shows that a number is theirs: it is made here, and stored nowhere."""
        held, to = await queries.appointment(tx, UUID(due.metadata[PROVES])), To(chat.wa_id, chat.user_id)
        digits = proof.code(self.links, held)
        if is_open:
            return "free", line.free(
                to, wording.say(chat.language, "mail_code", business=chat.business, code=digits), [], "…"
            )
        approved = await queue.approved(tx, number.id, templates.CODE, "AUTHENTICATION")
        language = templates.language_of(approved, [chat.language, *chat.languages])
        return "template", line.code(to, templates.CODE, language, digits) if language else None

    async def _desk_news(
        self, tx: Transaction, due: Due, chat: Chat, number: Number, line: Line, *, is_open: bool
    ) -> tuple[Form, dict[str, Any] | None]:
        """Return news to somebody who works with the desk: its lines are made here, of rows as they are now."""
        heard = await notices.of_message(tx, UUID(due.metadata[news.NOTICES]))
        told = await news.lines(tx, _voice(chat.languages[0], chat), heard) or [due.text]
        if is_open:
            listed = "\n".join(f"– {one}" for one in told) if len(told) > 1 else told[0]
            return "free", line.free(To(chat.wa_id, chat.user_id), f"{listed}\n\n{self.links.base_url}/desk", [], "…")
        return await _templated(
            tx, chat, number, line, News(templates.DESK, chat.business, "desk", None, str(due.id), told)
        )

    async def _enter(
        self, tx: Transaction, conversation_id: UUID, token: Token, number: Number, result: Result
    ) -> bool:
        """Enter what is known after a request; return whether the chat's next message may follow at once."""
        now = clock.now()
        match result:
            case Accepted():
                await attempts.settle(tx, token, Report("held" if result.held else "accepted", now, result.id))
                await updates.unpark(tx, number.id, result.id)
                return True
            case Unknown():
                await attempts.settle(tx, token, Report("unknown", now))
                wait = LOOK if number.provider == "twilio" else DEADLINE
                await publish(tx, DeliveryOpen(tx.tenant, token.message), at=now + wait)
                return True
            case Refused():
                code = str(result.code) if result.code is not None else None
                await attempts.settle(tx, token, Report("failed", now, code=code, failure=result.failure))
                return await failures.follow(
                    tx, token.message, refused=result, number_id=number.id, by_mail=self.by_mail
                )


async def _is_withdrawn(tx: Transaction, due: Due) -> bool:
    if PROVES in due.metadata:
        return await truth.is_code_of_nothing(tx, due.id, UUID(due.metadata[PROVES]))
    return await truth.withdrawn(tx, due.id, due.metadata.get("news"))


async def _must_wait(tx: Transaction, number_id: UUID, conversation_id: UUID, due: Due) -> timedelta | None:
    """Return how long to wait; a reserve of the number's pace is for answers alone."""
    rate = pace.NUMBER if due.is_answer else pace.NEWS
    return await pace.take(tx, conversation_id, pace.PAIR) or await pace.take(tx, number_id, rate)


async def _templated(
    tx: Transaction, chat: Chat, number: Number, line: Line, told: News
) -> tuple[Form, dict[str, Any] | None]:
    """Return an approved template, filled; None for the message where none is approved."""
    approved = await queue.approved(tx, number.id, told.name)
    wanted = chat.languages if told.name == templates.DESK else [chat.language, *chat.languages]
    language = templates.language_of(approved, wanted)
    if language is None:
        return "template", None
    filled = templates.filled(told, language, _voice(language.partition("_")[0], chat))
    return "template", line.template(To(chat.wa_id, chat.user_id), filled)


def _voice(language: str, chat: Chat) -> Voice:
    return Voice(language, clock.now().astimezone(clock.zone(chat.timezone)))
