"""Old chat sessions and their messages."""

import json
from typing import Any
from uuid import UUID

from truebook.kernel import clock
from truebook.legacy import ids
from truebook.legacy.desk import Business, Desk, Number, Session, number, stamps, whole
from truebook.legacy.generations import Fields
from truebook.legacy.outcome import Elsewhere, Imported, Note, Quarantine, Row
from truebook.legacy.raw import plain
from truebook.legacy.times import stamp

CHANNELS = ("test", "whatsapp", "web")
STATUSES = ("active", "inactive", "archived")
ROLES = ("user", "assistant", "system", "tool")


def session(fields: Fields, desk: Desk) -> Imported:
    """Convert a chat into a conversation. All WhatsApp chats with one number become one conversation."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    channel = fields.text("kind").casefold() or "test"
    if channel not in CHANNELS:
        raise Quarantine("channel", f"'{channel}' is no way people chat with Truebook")
    phone = number(fields.text("number"), business, notes)
    if channel == "whatsapp" and phone is None:
        raise Quarantine("no-number", "a WhatsApp chat without a number")
    new, merged = _conversation(fields, desk, business, channel, phone.text if phone else None, notes)
    desk.sessions.add(fields.raw.key, Session(business.id, new))
    rows = () if merged else _rows(fields, desk, business, new, channel, phone)
    return Imported(fields.raw, business.id, new, rows, tuple(notes))


def message(fields: Fields, desk: Desk) -> Imported:
    """Convert a message into one of the conversation its chat became."""
    notes: list[Note] = []
    reference = fields.get("session")
    found = desk.sessions.find(reference)
    if found is None:
        if desk.options.businesses:
            raise Elsewhere
        raise Quarantine("orphan", f"belongs to the chat {plain(reference)}, which is not there or in quarantine")
    role = fields.text("role").casefold()
    if role not in ROLES:
        raise Quarantine("role", f"said by '{role}', who is nobody")
    new = desk.new_id(fields, [])
    values = {
        "account_id": found.business,
        "id": new,
        "conversation_id": found.conversation,
        "role": role,
        "content": str(plain(fields.get("text")) if fields.get("text") is not None else ""),
        "metadata": _metadata(fields.get("metadata"), notes),
        "created_at": stamp(fields.get("at")) or clock.now(),
    }
    return Imported(fields.raw, found.business, new, (Row("messages", values),), tuple(notes))


def metadata(value: Any) -> Any:
    """Return decoded metadata: JSON text is read; None where it is none."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _metadata(value: Any, notes: list[Note]) -> dict[str, Any]:
    """What is no JSON object is kept whole under `legacy`, because the new column holds objects."""
    if value is None:
        return {}
    found = metadata(value)
    if isinstance(found, dict):
        return dict(plain(found))
    notes.append(Note("metadata", "its metadata is no JSON object; kept as text"))
    return {"legacy": plain(value)}


def _conversation(
    fields: Fields, desk: Desk, business: Business, channel: str, address: str | None, notes: list[Note]
) -> tuple[UUID, bool]:
    """Return the conversation's id, and whether it exists already."""
    there = desk.known.tenant(business.id).conversations
    if channel == "test" or address is None:
        return desk.new_id(fields, []), False
    if (channel, address) in there:
        notes.append(Note("same-number", f"another chat with {address} came before; both are one conversation now"))
        return there[channel, address], True
    new = there[channel, address] = desk.new_id(fields, [])
    return new, False


def _rows(
    fields: Fields, desk: Desk, business: Business, new: UUID, channel: str, phone: Number | None
) -> tuple[Row, ...]:
    at = stamps(fields)
    label = fields.text("label")
    status = fields.text("status").casefold() or "active"
    who = desk.customer(business, "" if label == fields.text("number") else label, phone.e164 if phone else None, None)
    values = {
        "account_id": business.id,
        "id": new,
        "customer_id": who[0] if who else None,
        "channel": channel,
        "address": phone.text if phone and channel != "test" else None,
        "status": status if status in STATUSES else "inactive",
        "last_activity_at": stamp(fields.get("active_at")) or at["updated_at"],
        **at,
    }
    conversation = Row("conversations", values)
    people = (who[1],) if who else ()
    return (*people, conversation, *(_test(fields, business, new) if channel == "test" else ()))


def _test(fields: Fields, business: Business, conversation: UUID) -> tuple[Row, ...]:
    values = {
        "account_id": business.id,
        "id": ids.made(str(conversation), "test"),
        "conversation_id": conversation,
        "session_number": whole(fields.get("ordinal"), 1, 2**31 - 1) or 1,
        "display_name": fields.text("label") or None,
        "created_at": stamps(fields)["created_at"],
    }
    return (Row("test_chat_sessions", values),)
