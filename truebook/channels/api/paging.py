"""Cursors: opaque to clients, checked when they come back; each belongs to the lists of one kind of view."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import Query

from truebook.kernel.errors import Invalid

Cursor = Annotated[str | None, Query(max_length=100, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MARK = 2
"""Bytes at the beginning of a cursor that say which list it is of."""


def after_id(kind: type, row_id: UUID) -> str:
    """Return the cursor of the page of a list that begins after a row."""
    return _opaque(kind, row_id.bytes)


def id_in(kind: type, cursor: str | None) -> UUID | None:
    """Return the row a cursor of a list stands for."""
    return UUID(bytes=_open(kind, cursor, 16)) if cursor else None


def after_moment(kind: type, moment: datetime, row_id: UUID) -> str:
    """Return the cursor of the page of a list that begins after a row, in order of time and id."""
    micros = (moment - EPOCH) // timedelta(microseconds=1)
    return _opaque(kind, micros.to_bytes(8, "big", signed=True) + row_id.bytes)


def moment_in(kind: type, cursor: str | None) -> tuple[datetime, UUID] | None:
    """Return the moment and id of the row a cursor of a list stands for."""
    if not cursor:
        return None
    raw = _open(kind, cursor, 24)
    return _moment(raw[:8]), UUID(bytes=raw[8:])


def after_place(kind: type, passed: int, moment: datetime, row_id: UUID) -> str:
    """Return the cursor of the page of a list in turn that begins after a row."""
    micros = (moment - EPOCH) // timedelta(microseconds=1)
    return _opaque(kind, passed.to_bytes(4, "big") + micros.to_bytes(8, "big", signed=True) + row_id.bytes)


def place_in(kind: type, cursor: str | None) -> tuple[int, datetime, UUID] | None:
    """Return the place in turn of the row a cursor of a list stands for."""
    if not cursor:
        return None
    raw = _open(kind, cursor, 28)
    return int.from_bytes(raw[:4], "big") & 0x7FFF_FFFF, _moment(raw[4:12]), UUID(bytes=raw[12:])


def _moment(raw: bytes) -> datetime:
    try:
        return EPOCH + timedelta(microseconds=int.from_bytes(raw, "big", signed=True))
    except OverflowError as error:
        raise _unknown() from error


def _opaque(kind: type, raw: bytes) -> str:
    return urlsafe_b64encode(_mark(kind) + raw).decode().rstrip("=")


def _open(kind: type, cursor: str, size: int) -> bytes:
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (Error, UnicodeError) as error:
        raise _unknown() from error
    mark, rest = raw[:MARK], raw[MARK:]
    if mark != _mark(kind) or len(rest) != size or _opaque(kind, rest) != cursor:
        raise _unknown()
    return rest


@cache
def _mark(kind: type) -> bytes:
    """Return how every cursor of a list begins: taken for another list's, it would let that begin anywhere."""
    return sha256(kind.__name__.encode()).digest()[:MARK]


def _unknown() -> Invalid:
    return Invalid("cursor", "that is no cursor of this list: leave it out to begin at the beginning")
