"""Cursors: opaque to clients, checked when they come back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query

from truebook.kernel.errors import Invalid

Cursor = Annotated[str | None, Query(max_length=100, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def after_id(row_id: UUID) -> str:
    """Return the cursor of the page that begins after a row."""
    return _opaque(row_id.bytes)


def id_in(cursor: str | None) -> UUID | None:
    """Return the row a cursor stands for."""
    return UUID(bytes=_open(cursor, 16)) if cursor else None


def after_moment(moment: datetime, row_id: UUID) -> str:
    """Return the cursor of the page that begins after a row, in order of time and id."""
    micros = (moment - EPOCH) // timedelta(microseconds=1)
    return _opaque(micros.to_bytes(8, "big", signed=True) + row_id.bytes)


def moment_in(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Return the moment and id of the row a cursor stands for."""
    if not cursor:
        return None
    raw = _open(cursor, 24)
    try:
        moment = EPOCH + timedelta(microseconds=int.from_bytes(raw[:8], "big", signed=True))
    except OverflowError as error:
        raise _unknown() from error
    return moment, UUID(bytes=raw[8:])


def _opaque(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _open(cursor: str, size: int) -> bytes:
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (Error, UnicodeError) as error:
        raise _unknown() from error
    if len(raw) != size or _opaque(raw) != cursor:
        raise _unknown()
    return raw


def _unknown() -> Invalid:
    return Invalid("cursor", "that is no cursor from here: leave it out to begin at the beginning")
