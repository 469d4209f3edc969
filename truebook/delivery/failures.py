"""What follows when a message did not get through: again, later, as a template, by another way, or a person is told."""

from datetime import timedelta
from uuid import UUID

from truebook.connectors.twilio import errors as of_twilio
from truebook.connectors.whatsapp import errors as of_meta
from truebook.connectors.whatsapp.errors import Class
from truebook.connectors.whatsapp.graph import Refused
from truebook.db import Transaction
from truebook.jobs import AnswerDue, MailDue, MessageDue, publish
from truebook.kernel import clock
from truebook.ledger import alerts, mail, notices, pace, queue
from truebook.ledger.queue import Tried
from truebook.tenants import numbers

RETRY = (2, 8, 30, 120, 600)
"""Seconds before each further attempt; after the last, a person is told."""
MOST = 20
"""Attempts of one message, however good the reasons to wait were."""
NUMBER_PAUSE = 60
"""Seconds that a number pauses at most where the provider does not say; two at first, for it counts by the second."""
DEADLINE = timedelta(minutes=10)
"""How long a lost answer may be settled by a status, before a person is told."""


async def follow(
    tx: Transaction,
    message_id: UUID,
    *,
    refused: Refused | None = None,
    number_id: UUID | None = None,
    by_mail: bool = False,
) -> bool:
    """Do what follows of a message's last attempt; return whether the chat's next message may be sent at once.

    A refusal at once knows how long the provider wants to be left alone; a status that came later does not.
    """
    tried = await queue.last(tx, message_id)
    if tried is None:
        return True
    if tried.kind == "code" and tried.delivery == "unknown":
        return True  # whoever waits for it asks for another
    if tried.delivery == "unknown" and await notices.by_mail_instead(tx, message_id):
        return True  # rather twice than never: it is no promise to a customer
    if tried.delivery == "unknown":
        words = "It is not known whether a message arrived: the provider's answer was lost, and no status has come."
        await alerts.alert(tx, "unknown_outcome", message_id, words)
        return True
    if tried.delivery != "failed" or tried.provider == "email":
        return True
    kind = refused.kind if refused else _kind(tried)
    again = await _again(tx, kind, tried, message_id, refused.wait if refused else None, number_id)
    if again is not None:
        await queue.again(tx, message_id)
        due = AnswerDue if tried.is_answer else MessageDue
        await publish(tx, due(tx.tenant, tried.conversation), at=clock.now() + again)
        return False
    if kind == "operator":
        await _stop(tx, tried, number_id)
        if not await notices.by_mail_instead(tx, message_id):
            await queue.again(tx, message_id)
        return False
    if tried.kind == "code" and kind != "ours":
        return True  # the page says what to do where none comes
    if await notices.by_mail_instead(tx, message_id):
        return True
    if kind == "ours":
        await alerts.alert(tx, "mistake", message_id, _words(tried))
    if by_mail and await _can_be_mailed(tx, message_id):
        await mail.instead(tx, message_id)
        await publish(tx, MailDue(tx.tenant, message_id))
    elif kind != "ours":
        await alerts.alert(tx, "not_told", message_id, _words(tried))
    return True


def _kind(tried: Tried) -> Class:
    if tried.provider == "twilio":
        return of_twilio.class_of(tried.code)
    return of_meta.class_of(tried.code, template=tried.form == "template")


async def give_up(tx: Transaction, message_id: UUID) -> None:
    """Tell a person that a message did not get through by the last way there is."""
    if tried := await queue.last(tx, message_id):
        await alerts.alert(tx, "not_told", message_id, _words(tried))


async def _can_be_mailed(tx: Transaction, message_id: UUID) -> bool:
    """Tell whether a message makes sense outside its chat, and there is an address to send it to."""
    due = await mail.due(tx, message_id)
    return due is not None and due.news is not None and due.to is not None


async def _again(
    tx: Transaction, kind: Class, tried: Tried, message_id: UUID, wait: float | None, number_id: UUID | None
) -> timedelta | None:
    """Return when the same message may be sent again; None where that would not help."""
    if tried.number >= MOST:
        return None
    match kind:
        case "retry" if tried.number <= len(RETRY):
            return timedelta(seconds=max(RETRY[tried.number - 1], wait or 0))
        case "number" if number_id:
            pause = timedelta(seconds=wait or min(2**tried.number, NUMBER_PAUSE))
            await pace.pause(tx, number_id, pace.NUMBER, pause)
            return pause
        case "pair":
            pause = timedelta(seconds=4 ** min(tried.number - 1, 5))
            await pace.pause(tx, tried.conversation, pace.PAIR, pause)
            return pause
        case "window" if tried.form == "free":
            await queue.close_window(tx, tried.conversation)
            return timedelta()
    return None


async def _stop(tx: Transaction, tried: Tried, number_id: UUID | None) -> None:
    """Stop a number: nothing can be sent until somebody does something; what waits is kept."""
    chat = await queue.chat(tx, tried.conversation)
    number = number_id or (chat.number_id if chat else None)
    if number is None:
        return
    advice = of_twilio.advice if tried.provider == "twilio" else of_meta.advice
    words = f"{advice(tried.code)} (error {tried.code}: {tried.failure})"
    if await numbers.turn(tx, number, "stopped", words):
        await alerts.alert(tx, "number_stopped", number, words)


def _words(tried: Tried) -> str:
    code = f" (error {tried.code})" if tried.code is not None else ""
    way = "e-mail" if tried.provider == "email" else "WhatsApp"
    return f"A customer could not be told by {way}{code}: {tried.failure or 'no reason was given'}"
