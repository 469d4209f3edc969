"""How often somebody may do something: one table of the database keeps count for every process of an installation.

The count is that of the generic cell rate algorithm (ITU-T I.371): for each limit and subject one moment, at which all
that was taken is made up for. A process may take some of a subject's turns at a time and hand them out by itself.
"""

import ipaddress
import math
import time
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import psycopg

from truebook.db import Database, Scope
from truebook.kernel.errors import Fact, Unavailable

SCOPE = Scope(None, "limits")
HELD = "limits"
"""Under which name a database keeps what this process holds."""
WIDER = 16
"""How many lines' worth a whole /48 may do: it has 65,536 of them."""
MOST = 10_000
"""Subjects that a process remembers; then it begins anew, and asks the table."""
TAKE = """
WITH took AS (
  INSERT INTO limits AS l (name, subject, taken, free_at)
  VALUES (%(name)s, %(subject)s, %(lease)s, now() + make_interval(secs => %(lease)s * %(every)s))
  ON CONFLICT (name, subject) DO UPDATE SET
    taken = least(%(lease)s, %(burst)s - ceil(extract(epoch FROM greatest(l.free_at, now()) - now()) / %(every)s)),
    free_at = greatest(l.free_at, now()) + make_interval(secs => %(every)s * least(%(lease)s, %(burst)s
      - ceil(extract(epoch FROM greatest(l.free_at, now()) - now()) / %(every)s))::float8)
  WHERE ceil(extract(epoch FROM greatest(l.free_at, now()) - now()) / %(every)s) < %(burst)s
  RETURNING taken, free_at)
SELECT taken, extract(epoch FROM free_at - now())::float8 FROM took
UNION ALL
SELECT 0, extract(epoch FROM free_at - now())::float8 FROM limits
WHERE name = %(name)s AND subject = %(subject)s AND NOT EXISTS (SELECT FROM took)
"""
FORGET = "DELETE FROM limits WHERE free_at < now() - interval '1 hour' RETURNING 1"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once (`burst`), and one more after every so many seconds; a process takes `lease` at a time.

    What is `guarded` by nothing else, a password or a code, is refused where it cannot be counted.
    """

    name: str
    burst: int
    every: float
    lease: int = 1
    guarded: bool = False

    @property
    def window(self) -> float:
        """Seconds after which everything that was taken is made up for."""
        return self.burst * self.every


def a_second(name: str, rate: int) -> Limit:
    """Return the limit of so many a second on average, ten times as many at once."""
    return Limit(name, rate * 10, 1 / rate, lease=max(1, rate // 2))


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a subject may still do: `left` at once, and everything again after `full_in` seconds."""

    limit: Limit
    left: int
    full_in: float


class Exceeded(Fact):
    """Somebody does something too often; `retry_after`: seconds after which once more is allowed."""

    code = "too_many"

    def __init__(self, allowance: Allowance) -> None:
        limit = allowance.limit
        wait = max(1, math.ceil(allowance.full_in - limit.window + limit.every))
        super().__init__(
            f"too many requests for the limit '{limit.name}': {limit.burst} at once and {1 / limit.every:g} a second"
            if limit.every < 1
            else f"too many for the limit '{limit.name}': {limit.burst} at once, then one every {limit.every:g} s",
            limit=limit.name,
            retry_after=wait,
        )
        self.allowance = allowance


@dataclass(slots=True)
class _Held:
    """What this process knows of a subject: turns that it may hand out, and when all is made up for."""

    turns: int
    full_at: float

    def allowance(self, limit: Limit, now: float) -> Allowance:
        full_in = max(0.0, self.full_at - now)
        left = limit.burst - math.ceil(full_in / limit.every) + self.turns
        return Allowance(limit, min(max(0, left), limit.burst), full_in)


def origin(address: tuple[str, int] | None) -> str:
    """Return as whom somebody counts who comes from an address: by IPv6 their whole network, which is one line's.

    Whoever has one line has 2^64 of such addresses.
    """
    try:
        found = ipaddress.ip_address(address[0] if address else "")
    except ValueError:
        return address[0] if address else ""
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)


async def take(db: Database, limit: Limit, subject: str) -> Allowance:
    """Count something that a subject does; raise Exceeded if that is too often.

    Who has just been refused is refused without asking the database. Where it cannot be asked nobody is refused: what
    they want of it will fail by itself; only where a secret might be guessed meanwhile, Unavailable is raised.
    What comes by IPv6 is counted for all that one customer of a provider may have as well, a /48, far more widely.
    """
    if around := _around(subject):
        wide = replace(limit, name=f"{limit.name}, a /48", burst=limit.burst * WIDER, every=limit.every / WIDER)
        await _take(db, wide, around)
    return await _take(db, limit, subject)


def _around(subject: str) -> str | None:
    """Return a subject that ends in the network of a line (`origin`) with the one around it; None for any other.

    A subject may be what somebody typed.
    """
    before, _, last = subject.rpartition(" ")
    if not last.endswith("/64"):
        return None
    try:
        return f"{before} {ipaddress.IPv6Network(last).supernet(new_prefix=48)}"
    except ValueError:
        return None


async def _take(db: Database, limit: Limit, subject: str) -> Allowance:
    held = _held(db)
    digest = sha256(f"{limit.name}\n{subject}".encode("utf-8", "replace")).digest()[:16]
    mine, now = held.get(digest), time.monotonic()
    if mine is None or (mine.turns == 0 and mine.full_at - now + limit.every <= limit.window):
        if (asked := await _ask(db, limit, digest)) is None:
            if limit.guarded:
                raise Unavailable("that cannot be counted at the moment; please try again")
            return Allowance(limit, 1, 0.0)
        known = held.get(digest)  # others may have asked meanwhile
        turns = asked[0] + (known.turns if known else 0)
        mine = held[digest] = _Held(turns, time.monotonic() + asked[1])
    if mine.turns == 0:
        raise Exceeded(mine.allowance(limit, time.monotonic()))
    mine.turns -= 1
    return mine.allowance(limit, time.monotonic())


async def _ask(db: Database, limit: Limit, digest: bytes) -> tuple[int, float] | None:
    params: dict[str, Any] = {
        "name": limit.name, "subject": digest, "burst": limit.burst, "every": limit.every, "lease": limit.lease,
    }  # fmt: skip
    try:
        row = await db.glance(SCOPE, TAKE, params)
    except (Unavailable, psycopg.Error):
        return None
    return (int(row[0]), float(row[1])) if row else (0, limit.window)


def _held(db: Database) -> dict[bytes, _Held]:
    held: dict[bytes, _Held] = db.kept.setdefault(HELD, {})
    if len(held) >= MOST:
        held.clear()
    return held


async def forget(db: Database) -> int:
    """Delete what was made up for long ago; return how many rows that were."""
    return len(await db.rows(SCOPE, FORGET, {}))
