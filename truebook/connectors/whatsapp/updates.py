"""What a webhook of Meta's holds: every entry, change, message and status, each by itself.

Meta adds fields and types without notice, and retries for seven days whatever is not answered with 200. So nothing in
here raises: what is not understood is an update of the kind `other`. Shapes: Meta, "Webhooks › messages" (2026).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from truebook.kernel import signs

Kind = Literal["message", "status", "echo", "account", "other"]
Json = dict[str, Any]
DEEPEST = 40
"""Levels of a payload that are kept; no shape of Meta's has half as many."""


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that happened. `key` is the same whenever the same thing is delivered again.

    `number` is the id of the business's number; empty where the update is about the whole messaging account.
    """

    kind: Kind
    key: str
    number: str
    account: str
    at: datetime | None
    payload: Json


def split(body: bytes) -> list[Update]:
    """Return what a body holds, in its order; nothing for what is no JSON object."""
    try:
        parsed = _clean(json.loads(body))
    except (ValueError, RecursionError):
        return []
    return [one for entry in _dicts(parsed, "entry") for one in _entry(entry)]


def instant(seconds: Any) -> datetime | None:
    """Return the instant of Meta's Unix seconds, a string or a number; None where there is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _entry(entry: Json) -> Iterator[Update]:
    account = _text(entry.get("id"))
    for change in _dicts(entry, "changes"):
        value, field = change.get("value"), _text(change.get("field"))
        if not isinstance(value, dict):
            value = {}
        if field == "messages":
            yield from _messages(account, value)
        elif field == "smb_message_echoes":
            number = _number(value)
            for echo in _dicts(value, "message_echoes"):
                yield _update("echo", account, number, echo, {"message": echo})
        else:
            payload = {"field": field, "value": value}
            key = _digest({**payload, "time": entry.get("time")})
            yield Update("account", key, _number(value), account, instant(entry.get("time")), payload)


def _messages(account: str, value: Json) -> Iterator[Update]:
    number, contacts = _number(value), _dicts(value, "contacts")
    for message in _dicts(value, "messages"):
        contact = next((one for one in contacts if _is_of(one, message)), {})
        yield _update("message", account, number, message, {"message": message, "contact": contact})
    for status in _dicts(value, "statuses"):
        told = [_text(status.get(name)) for name in ("id", "status", "timestamp")]
        payload = {"status": status}
        yield Update("status", "s:" + ":".join(told), number, account, instant(status.get("timestamp")), payload)
    if not value.get("messages") and not value.get("statuses"):
        yield Update("other", _digest(value), number, account, None, value)


def _update(kind: Kind, account: str, number: str, message: Json, payload: Json) -> Update:
    message_id = _text(message.get("id"))
    key = f"{kind[0]}:{message_id}" if message_id else _digest(payload)
    return Update(kind, key, number, account, instant(message.get("timestamp")), payload)


def _is_of(contact: Json, message: Json) -> bool:
    """Tell whether a contact wrote a message: by an identifier, never by its place in the list."""
    pairs = ((contact.get("user_id"), message.get("from_user_id")), (contact.get("wa_id"), message.get("from")))
    return any(one and one == other for one, other in pairs)


def _number(value: Json) -> str:
    metadata = value.get("metadata")
    return _text(metadata.get("phone_number_id")) if isinstance(metadata, dict) else ""


def _dicts(value: Any, name: str) -> list[Json]:
    items = value.get(name) if isinstance(value, dict) else None
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _text(value: Any) -> str:
    return str(value)[:512] if isinstance(value, str | int) else ""


def _digest(value: Any) -> str:
    return "h:" + hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _clean(value: Any, depth: int = 0) -> Any:
    """Return JSON that can be kept: without control signs, lone surrogates, infinities, and endless depth."""
    if isinstance(value, str):
        return signs.kept(value)
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, dict):
        return {_clean(key): _clean(one, depth + 1) for key, one in value.items()} if depth < DEEPEST else None
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in value] if depth < DEEPEST else None
    return value
