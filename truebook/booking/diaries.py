"""A service and the diaries of its staff: what settings decide is remembered, what is taken is read every time.

Settings change once in a while, and reading them takes longer than all the rest. So the query that asks for
appointments tells the version of the settings as well, and only where that is a new one are they read again.
"""

import json
import struct
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking.model import Blackout, Diary, Hours, Policy, Service, Taken
from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import NotFound, Unavailable

AROUND = timedelta(hours=14) + timedelta(minutes=480 + 1440 + 480)
"""How far outside a stretch of UTC days an appointment can matter: the zone's offset, its length, and two buffers."""
TRIES = 10
"""How often the settings may change while they are read."""
REMEMBERED = 2000
"""Services of which the settings are remembered."""

BUSY = """
SELECT array_send(array_agg(starts_at)) || array_send(array_agg(ends_at))
       || array_send(array_agg(blocked_from)) || array_send(array_agg(blocked_until))
FROM appointments
WHERE tenant_id = %(tenant)s AND staff_id = s.id AND starts_at >= %(begin)s AND starts_at < %(end)s
  AND status IN ('held', 'pending', 'confirmed') AND (status <> 'held' OR hold_expires_at > %(now)s)
  AND id IS DISTINCT FROM %(without)s
"""
"""What is taken of the time of the member of staff s, holds that have run out left out; as bytes, see `_taken`."""

TAKEN = f"""
SELECT a.settings_version, s.id, ({BUSY})
FROM accounts a LEFT JOIN unnest(%(staff)s::text::uuid[]) AS s(id) ON true
WHERE a.id = %(tenant)s
"""
"""The version of the settings, and what is taken of the time of some people. One row at least."""

SETTINGS = """
SELECT a.settings_version, a.timezone,
       v.name, v.duration_minutes, v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor, v.currency,
       v.needs_approval, v.is_active,
       s.id, s.name,
       EXISTS (SELECT FROM staff_services o
                WHERE o.account_id = a.id AND o.staff_id = s.id AND o.service_id = v.id),
       coalesce(c.slot_minutes, 15), coalesce(c.min_notice_minutes, 0), coalesce(c.max_advance_days, 90),
       coalesce(c.cancel_notice_minutes, 0),
       (SELECT json_agg(json_build_array(r.weekday, r.opens_minute, r.closes_minute)
                        ORDER BY r.opens_minute, r.weekday)::text
          FROM availability_rules r WHERE r.account_id = a.id AND r.config_id = c.id),
       (SELECT json_agg(json_build_array(d.date,
                 (SELECT json_agg(json_build_array(lower(i), upper(i))) FROM unnest(d.intervals) i))
                 ORDER BY d.staff_id NULLS FIRST, d.date)::text
          FROM date_overrides d WHERE d.account_id = a.id AND (d.staff_id = s.id OR d.staff_id IS NULL)),
       (SELECT json_agg(json_build_array(b.starts_on, b.ends_on, b.is_recurring, b.reason)
                        ORDER BY b.starts_on, b.id)::text
          FROM blackout_dates b WHERE b.account_id = a.id AND (b.staff_id = s.id OR b.staff_id IS NULL))
FROM accounts a
JOIN services v ON v.account_id = a.id AND v.id = %(service)s
LEFT JOIN staff s ON s.account_id = a.id AND s.is_active
LEFT JOIN LATERAL (
  SELECT * FROM availability_configs c
   WHERE c.account_id = a.id AND c.is_active AND (c.staff_id = s.id OR c.staff_id IS NULL)
   ORDER BY c.staff_id NULLS LAST LIMIT 1) c ON true
WHERE a.id = %(tenant)s
ORDER BY s.name, s.id
"""
"""A service and, row by row, what is set for its staff; one row without staff where there is none."""

Ask = Callable[[str, dict[str, Any]], Awaitable[list[tuple[Any, ...]]]]
"""Asks a query and returns its rows in binary form."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which service, with whom (None: with anyone), from first to last day, be they meant in UTC or in local time.

    `without` leaves one appointment out of what is taken.
    """

    service_id: UUID
    staff_id: UUID | None
    first: date
    last: date
    now: datetime
    without: UUID | None = None

    def params(self, tenant: UUID, staff: Sequence[UUID]) -> dict[str, Any]:
        """Return the parameters of the query TAKEN, for some people."""
        begin, end = (datetime.combine(day, time(), UTC) for day in (self.first, self.last + timedelta(days=1)))
        return {
            "tenant": tenant, "staff": f"{{{','.join(map(str, staff))}}}", "without": self.without,
            "begin": begin - AROUND, "end": end + AROUND, "now": self.now,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """One service and the diaries of the staff it may be booked with, over a stretch of days."""

    service: Service
    zone: ZoneInfo
    diaries: tuple[Diary, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the settings of one version say of a service: everybody's diaries, with nothing taken yet."""

    version: int
    book: Book

    def asked(self, staff_id: UUID | None) -> tuple[Diary, ...]:
        """Return the diaries of one member of staff, or of all; raise NotFound for somebody unknown."""
        found = tuple(diary for diary in self.book.diaries if staff_id in (None, diary.staff_id))
        if staff_id is not None and not found:
            raise NotFound("there is no such member of staff", field="staff_id")
        return found


async def read(tx: Transaction, question: Question) -> Book:
    """Load what decides about a service; raise NotFound where it, or the member of staff, is unknown."""

    async def ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        return await tx.rows(sql, params, binary=True)

    return await _read(ask, tx.kept, tx.tenant, question)


async def peek(db: Database, scope: Scope, question: Question) -> Book:
    """Load the same in a transaction of its own, mostly in a single round trip."""
    assert scope.tenant is not None

    async def ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        return await db.rows(scope, sql, params, binary=True)

    return await _read(ask, db.kept, scope.tenant, question)


async def _read(ask: Ask, kept: dict[Any, Any], tenant: UUID, question: Question) -> Book:
    place = ("settings", tenant, question.service_id)
    for _ in range(TRIES):
        known: Known | None = kept.get(place)
        if known is None:
            known = _known(question, await ask(SETTINGS, {"tenant": tenant, "service": question.service_id}))
            if len(kept) >= REMEMBERED:
                kept.clear()
            kept[place] = known
        whose = [diary.staff_id for diary in known.book.diaries if diary.offers_service]
        if question.staff_id is not None:
            whose = [question.staff_id]
        rows = await ask(TAKEN, question.params(tenant, whose))
        if rows and rows[0][0] == known.version:
            taken = {who: _taken(sent) for _, who, sent in rows if sent}
            diaries = (replace(one, taken=taken.get(one.staff_id, NOTHING)) for one in known.asked(question.staff_id))
            return replace(known.book, diaries=tuple(diaries))
        kept.pop(place, None)
    raise Unavailable("the settings are being changed just now; nothing was changed by this", retry_after=1)


NOTHING = Taken()


def _known(question: Question, rows: Sequence[Sequence[Any]]) -> Known:
    """Read the rows of the query SETTINGS."""
    if not rows:
        raise NotFound("there is no such service", field="service_id")
    version, zone, *service = rows[0][:10]
    diaries = tuple(
        Diary(row[10], row[11], _hours(zone, *row[17:20]), Policy(*row[13:17]), NOTHING, row[12])
        for row in rows
        if row[10] is not None
    )
    return Known(version, Book(Service(question.service_id, *service), ZoneInfo(zone), diaries))


@lru_cache(maxsize=4096)
def _hours(zone: str, weekly: str | None, special: str | None, blackouts: str | None) -> Hours:
    """Read hours from JSON. What is the same text is the same hours, so that what is known of them is found again."""
    week: dict[int, tuple[tuple[int, int], ...]] = {}
    for weekday, opens, closes in json.loads(weekly or "[]"):
        week[weekday] = (*week.get(weekday, ()), (opens, closes))
    return Hours(
        zone=ZoneInfo(zone),
        weekly=week,
        # the business's come first, and one's own replace them
        special={
            date.fromisoformat(day): tuple((begin, end) for begin, end in spans or ())
            for day, spans in json.loads(special or "[]")
        },
        blackouts=tuple(
            Blackout(date.fromisoformat(first), date.fromisoformat(last), yearly, reason)
            for first, last, yearly, reason in json.loads(blackouts or "[]")
        ),
    )


def _taken(sent: bytes) -> Taken:
    """Read four timestamptz[] of one length in binary form: each a header of 20 bytes, then every length and value.

    Thirty times faster than as datetime objects, of which only a few would be looked at. Source: array_send() in
    PostgreSQL's src/backend/utils/adt/arrayfuncs.c; the values are those of timestamptz_send().
    """
    size = len(sent) // 4
    array = struct.Struct(f"!{'iq' * ((size - 20) // 12)}")
    return Taken(*(array.unpack_from(sent, start)[1::2] for start in range(20, len(sent), size)))
