"""A row as the old database holds it: nothing converted, nothing dropped."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""Column → value, of the types the engine gave: text, numbers, bytes, dates, UUIDs, decoded JSON, None."""

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Raw:
    """One row of a source table. `key` names it in every report and for ever after; see `keyed`."""

    table: str
    key: str
    values: Values

    @property
    def digest(self) -> bytes:
        """What tells whether the row is still what it was: 16 bytes of a hash of its content."""
        return _hash(self.values)[:16]

    def json(self) -> dict[str, Any]:
        """Return the row as plain JSON that PostgreSQL's jsonb accepts and from which every value can be read again."""
        return {column: plain(value) for column, value in self.values.items()}


def keyed(table: str, rows: Iterable[Values]) -> Iterator[Raw]:
    """Give every row a key of its own: its id; without one (or with one seen before) a digest of its content.

    Rows that are equal in everything are told apart by a counter, so that a table without a key loses none of them.
    """
    seen: dict[str, int] = {}
    for values in rows:
        key = "" if values.get("id") is None else str(plain(values["id"]))
        if not key or key in seen:
            key = f"{key}~{_hash(values).hex()[:16]}"
        seen[key] = seen.get(key, 0) + 1
        yield Raw(table, key if seen[key] == 1 else f"{key}#{seen[key]}", values)


def plain(value: Any) -> Any:
    """Return a value as JSON. What JSON or jsonb cannot hold (bytes, NUL, infinities) is wrapped and named."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else {"float": str(value)}
        case str():
            return value if storable(value) else {"bytes": value.encode("utf-8", "surrogatepass").hex()}
        case bytes() | bytearray() | memoryview():
            return {"bytes": bytes(value).hex()}
        case Mapping():
            return {repr(key) if not storable(str(key)) else str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def storable(text: str) -> bool:
    """Tell whether PostgreSQL can hold a text: no NUL, and no half of a surrogate pair (both are legal in JSON)."""
    return UNSTORABLE.search(text) is None


def _hash(values: Values) -> bytes:
    text = json.dumps({column: plain(value) for column, value in values.items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).digest()
