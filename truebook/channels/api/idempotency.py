"""The header Idempotency-Key: the same request, sent again with the same key, takes effect once."""

from hashlib import sha256
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel

from truebook.booking.store import Key
from truebook.channels.api.keys import Call

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x20-\x7E]+$",
        description="Any text of yours, kept for 30 days: a repeated request with it takes effect once.",
    ),
]


def key(text: str | None, call: Call, body: BaseModel | None = None) -> Key | None:
    """Return the key of a request, bound to who asks for what: method, path, caller and the body's meaning."""
    if text is None:
        return None
    said = body.model_dump_json() if body else ""
    return Key(text, sha256("\n".join((call.line, call.scope.actor, said)).encode()).digest())
