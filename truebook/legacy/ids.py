"""The old ids: hex, dashed, upper case, slugs and counters, and the one UUID each of them becomes."""

import re
from typing import Any, Generic, TypeVar
from uuid import UUID

from truebook.kernel import ids
from truebook.legacy.raw import plain

SHAPE = re.compile(r"\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?", re.IGNORECASE)

T = TypeVar("T")
made = ids.made


def as_uuid(value: Any) -> UUID | None:
    """Return the UUID a value spells, in hex, with dashes, in any case; None where it spells none."""
    if isinstance(value, UUID):
        return value
    match = SHAPE.fullmatch(str(plain(value)).strip())
    return UUID("".join(match.groups())) if match else None


def converted(fingerprint: str, table: str, key: str) -> UUID:
    """Return the id a row gets: its own where that is a UUID, else one made of the database, the table and the key."""
    return as_uuid(key) or made(fingerprint, table, key)


def spelling(value: Any) -> str:
    """Return the one way to write an id, so that two spellings of it meet."""
    return str(as_uuid(value) or plain(value)).strip()


class Register(Generic[T]):
    """Things by their old id, found by the very spelling first and by any other spelling where that is unambiguous."""

    def __init__(self) -> None:
        self._exact: dict[str, T] = {}
        self._spelled: dict[str, list[T]] = {}

    def add(self, key: str, thing: T) -> None:
        """Remember a thing under its old id."""
        self._exact[key] = thing
        self._spelled.setdefault(spelling(key), []).append(thing)

    def find(self, key: Any) -> T | None:
        """Return what an old reference means, or None where it means nothing or more than one thing."""
        if key is None:
            return None
        exact = self._exact.get(str(plain(key)))
        if exact is not None:
            return exact
        others = self._spelled.get(spelling(key), [])
        return others[0] if len(others) == 1 else None

    def taken(self, key: str) -> bool:
        """Tell whether another spelling of this id has come before: the two collide once both are UUIDs."""
        return spelling(key) in self._spelled

    def everything(self) -> list[T]:
        """Return all things, in the order they came."""
        return list(self._exact.values())
