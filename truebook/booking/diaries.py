"""Who and what can be busy, and when they are: what settings decide is remembered, what is taken is read every time.

Settings change once in a while, and reading them takes longer than all the rest. So the query that asks for claims
tells the version of the settings as well, and only where that is a new one are they read again.
"""

import json
import struct
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import rules
from truebook.booking.model import Blackout, Diary, Hours, Policy, Role, Service, Taken
from truebook.booking.visits import Resource
from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import NotFound, Unavailable
from truebook.kernel.memory import MIB, Memory
from truebook.tenants.accounts import SETTINGS_VERSION, VERSIONED

AROUND = timedelta(hours=14) + timedelta(minutes=480 + 1440 + 480)
"""How far outside a stretch of UTC days a claim can matter: the zone's offset, its length, and two buffers."""
TRIES = 10
"""How often the settings may change while they are read."""
SETTINGS = "settings"
"""Under which name a database keeps what is remembered of them."""

TAKEN = f"""
SELECT {SETTINGS_VERSION}, r.id,
  (SELECT array_send(array_agg(starts_at)) || array_send(array_agg(ends_at)) FROM claims
    WHERE tenant_id = %(tenant)s AND resource_id = r.id AND starts_at >= %(begin)s AND starts_at < %(end)s),
  (SELECT array_send(array_agg(starts_at)) || array_send(array_agg(ends_at)) FROM claims
    WHERE tenant_id = %(tenant)s AND resource_id = r.id AND block_id IS NOT NULL
      AND ends_at > %(begin)s AND starts_at < %(begin)s),
  (SELECT array_send(array_agg(c.starts_at)) || array_send(array_agg(c.ends_at))
     FROM appointments h JOIN claims c ON c.tenant_id = %(tenant)s AND c.appointment_id = h.id
    WHERE h.tenant_id = %(tenant)s AND h.status = 'held' AND h.hold_expires_at <= %(now)s AND c.resource_id = r.id),
  (SELECT array_send(array_agg(starts_at)) || array_send(array_agg(ends_at)) FROM claims
    WHERE tenant_id = %(tenant)s AND appointment_id = %(without)s AND resource_id = r.id)
FROM {VERSIONED} LEFT JOIN unnest(%(resources)s::text::uuid[]) AS r(id) ON true
WHERE a.id = %(tenant)s
"""
"""The version of the settings, and of some resources: what is claimed in a stretch of time, by the key alone; blocks
that reach into it; and what of that counts as free: holds that are over, and the appointment that is to be moved. One
row at least; the times as bytes, see `_spans`."""

OWN = """
SELECT c.resource_id, array_send(array_agg(c.starts_at)) || array_send(array_agg(c.ends_at))
       || array_send(array_agg(greatest(c.starts_at, s.starts_at)))
       || array_send(array_agg(least(c.ends_at, s.ends_at)))
FROM claims c JOIN appointment_segments s
  ON s.tenant_id = %(tenant)s AND s.appointment_id = c.appointment_id AND s.position = c.segment
WHERE c.tenant_id = %(tenant)s AND c.resource_id = ANY(%(resources)s::text::uuid[])
  AND c.starts_at >= %(begin)s AND c.starts_at < %(end)s
  AND (c.starts_at < s.starts_at OR c.ends_at > s.ends_at) AND c.starts_at < s.ends_at AND c.ends_at > s.starts_at
GROUP BY 1
"""
"""The claims that hold buffers, each with the work in it: what is too close to an appointment is told from what is in
it. Asked only where there are buffers, and a reason is wanted."""

VERSION = f"SELECT {SETTINGS_VERSION} FROM {VERSIONED} WHERE a.id = %(tenant)s"
SERVICES = """
SELECT v.id, v.name, v.duration_minutes, v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor, v.currency,
       v.needs_approval, v.is_active,
       (SELECT json_agg(json_build_array(q.role, q.pool_id,
                 (SELECT json_agg(json_build_array(lower(b), upper(b))) FROM unnest(q.busy) b))
                 ORDER BY q.position, q.role)::text
          FROM service_requirements q WHERE q.account_id = %(tenant)s AND q.service_id = v.id)
FROM services v WHERE v.account_id = %(tenant)s ORDER BY v.id
"""
UNITS = """
SELECT id, name, pool_id FROM resources
WHERE account_id = %(tenant)s AND pool_id IS NOT NULL AND is_active ORDER BY pool_id, unit
"""
STAFF = f"""
SELECT {SETTINGS_VERSION}, a.timezone, a.tight_offers, s.id, s.name,
       ARRAY(SELECT o.service_id FROM staff_services o WHERE o.account_id = %(tenant)s AND o.staff_id = s.id),
       coalesce(c.slot_minutes, 15), coalesce(c.min_notice_minutes, 0), coalesce(c.max_advance_days, 90),
       coalesce(c.cancel_notice_minutes, 0),
       (SELECT json_agg(json_build_array(r.weekday, r.opens_minute, r.closes_minute)
                        ORDER BY r.opens_minute, r.weekday)::text
          FROM availability_rules r WHERE r.account_id = %(tenant)s AND r.config_id = c.id),
       (SELECT json_agg(json_build_array(d.date,
                 (SELECT json_agg(json_build_array(lower(i), upper(i))) FROM unnest(d.intervals) i))
                 ORDER BY d.staff_id NULLS FIRST, d.date)::text
          FROM date_overrides d WHERE d.account_id = %(tenant)s AND (d.staff_id = s.id OR d.staff_id IS NULL)),
       (SELECT json_agg(json_build_array(b.starts_on, b.ends_on, b.is_recurring, b.reason)
                        ORDER BY b.starts_on, b.id)::text
          FROM blackout_dates b WHERE b.account_id = %(tenant)s AND (b.staff_id = s.id OR b.staff_id IS NULL))
FROM {VERSIONED}
LEFT JOIN staff s ON s.account_id = %(tenant)s AND s.is_active
LEFT JOIN LATERAL (
  SELECT * FROM availability_configs c
   WHERE c.account_id = %(tenant)s AND c.is_active AND (c.staff_id = s.id OR c.staff_id IS NULL)
   ORDER BY c.staff_id NULLS LAST LIMIT 1) c ON true
WHERE a.id = %(tenant)s
ORDER BY s.name, s.id
"""
"""What is set for the staff, row by row; one row without staff where there is none."""

T = TypeVar("T")
Ask = Callable[[str, dict[str, Any]], Awaitable[list[tuple[Any, ...]]]]
"""Asks a query and returns its rows in binary form."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which services, with whom (None: with anyone), from first to last day, be they meant in UTC or in local time.

    `without` leaves one appointment out of what is taken; with `exactly`, an appointment's own time is told from its
    buffers, which only a reason needs to know.
    """

    service_ids: tuple[UUID, ...]
    staff_ids: tuple[UUID | None, ...]
    first: date
    last: date
    now: datetime
    without: UUID | None = None
    exactly: bool = False

    def params(self, tenant: UUID, resources: Iterable[UUID]) -> dict[str, Any]:
        """Return the parameters of the queries TAKEN and OWN, for some resources."""
        begin, end = (datetime.combine(day, time(), UTC) for day in (self.first, self.last + timedelta(days=1)))
        return {
            "tenant": tenant, "resources": f"{{{','.join(map(str, resources))}}}", "without": self.without,
            "begin": begin - AROUND, "end": end + AROUND, "now": self.now,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """A business's services and those resources that were asked for, with what is taken of them over a stretch of days.

    With `over` a hold that has run out still claims something there, though it counts as free. With `tight_offers`
    customers are offered times that leave few gaps.
    """

    zone: ZoneInfo
    services: dict[UUID, Service]
    resources: tuple[Resource, ...]
    over: bool = False
    tight_offers: bool = False

    def service(self, service_id: UUID, place: str = "") -> Service:
        """Return a service; raise NotFound where there is none, with the field at its place in what was asked."""
        if service_id not in self.services:
            raise NotFound("there is no such service", field=f"{place}service_id")
        return self.services[service_id]

    def staff(self, staff_id: UUID, place: str = "") -> Resource:
        """Return a member of staff; raise NotFound for somebody unknown."""
        for one in self.resources:
            if one.id == staff_id and one.pool_id is None:
                return one
        raise NotFound("there is no such member of staff", field=f"{place}staff_id")

    def diaries(self, service_id: UUID, staff_id: UUID | None) -> tuple[Diary, ...]:
        """Return the diaries of one member of staff, or of all, for a service."""
        return tuple(
            Diary(one.id, one.name, one.hours, one.policy, one.taken, service_id in one.offers)
            for one in self.resources
            if one.hours is not None and one.policy is not None and staff_id in (None, one.id)
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the settings of one version say of a business, nothing taken yet."""

    version: str
    book: Book

    def concerned(self, question: Question) -> list[Resource]:
        """Return whose time matters: who offers the services or is named, and the units of the pools they need."""
        wanted = {one: self.book.service(one, n) for n, one in _placed(question.service_ids)}
        named = {self.book.staff(one, n).id for n, one in _placed(question.staff_ids) if one is not None}
        anyone = None in question.staff_ids
        pools = {role.pool_id for service in wanted.values() for role in service.roles}
        several = any(role.pool_id is None for service in wanted.values() for role in service.roles)
        return [
            one
            for one in self.book.resources
            if (
                one.pool_id in pools
                if one.pool_id
                else one.id in named or ((anyone or several) and not one.offers.isdisjoint(wanted))
            )
        ]


async def read(tx: Transaction, question: Question) -> Book:
    """Load what decides about a visit; raise NotFound where a service, or a member of staff, is unknown."""

    async def ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        return await tx.rows(sql, params, binary=True)

    return await _read(ask, tx.kept, tx.tenant, question)


async def settings(tx: Transaction) -> Book:
    """Return what is set as this very transaction sees it, unsaved changes included, and nothing of what is taken."""

    async def ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        return await tx.rows(sql, params, binary=True)

    return (await _known(ask, tx.tenant))[0].book


async def peek(db: Database, scope: Scope, question: Question) -> Book:
    """Load the same in a transaction of its own, mostly in a single round trip."""
    assert scope.tenant is not None

    async def ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        return await db.rows(scope, sql, params, binary=True)

    return await _read(ask, db.kept, scope.tenant, question)


async def committed(tx: Transaction) -> Book:
    """Return what is set, and nothing of what is taken; remembered, for transactions that change no settings."""

    async def ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        return await tx.rows(sql, params, binary=True)

    return await _read(ask, tx.kept, tx.tenant, None)


async def _read(ask: Ask, kept: dict[Any, Any], tenant: UUID, question: Question | None) -> Book:
    settings: Memory = kept.setdefault(SETTINGS, Memory(64 * MIB, 16 * MIB))
    for _ in range(TRIES):
        known: Known | None = settings.get(tenant, SETTINGS)
        remembered = known is not None
        if known is None:
            known, weight = await _known(ask, tenant)
            rules.WORKED.forget(tenant.int)
            settings.keep(tenant, SETTINGS, known, weight)
        if question is None:
            if await ask(VERSION, {"tenant": tenant}) == [(known.version,)]:
                return known.book
            settings.forget(tenant)
            continue
        try:
            concerned = known.concerned(question)
        except NotFound:
            if not remembered:
                raise
            settings.forget(tenant)  # it may have been added since
            continue
        params = question.params(tenant, [one.id for one in concerned])
        rows = await ask(TAKEN, params)
        if rows and rows[0][0] == known.version:
            own: dict[UUID, bytes] = dict(await ask(OWN, params)) if question.exactly else {}
            taken = {who: _taken(sent, own.get(who)) for _, who, *sent in rows if any(sent)}
            return replace(
                known.book,
                resources=tuple(replace(one, taken=taken.get(one.id, NOTHING)) for one in concerned),
                over=any(row[4] for row in rows),
            )
        settings.forget(tenant)
    raise Unavailable("the settings are being changed just now; nothing was changed by this", retry_after=1)


async def _known(ask: Ask, tenant: UUID) -> tuple[Known, int]:
    """Read the settings, and about how many bytes they take; where they change meanwhile, their version is one that
    will not be found again."""
    params = {"tenant": tenant}
    staff = await ask(STAFF, params)
    services, units = await ask(SERVICES, params), await ask(UNITS, params)
    if not staff:
        raise NotFound("there is no such service", field="service_id")
    version, zone, tight = staff[0][:3]
    hours = {row[10:]: _hours(tenant, zone, *row[10:]) for row in staff}  # most have the same
    people = [
        Resource(row[3], row[4], None, hours[row[10:]], Policy(*row[6:10]), offers=frozenset(row[5]))
        for row in staff
        if row[3] is not None
    ]
    book = Book(
        ZoneInfo(zone),
        {row[0]: replace(Service(*row[:9]), roles=_roles(row[9])) for row in services},
        (*people, *(Resource(*row) for row in units)),
        tight_offers=tight,
    )
    texts = sum(len(text) for texts in hours for text in texts if text) + sum(len(row[9] or "") for row in services)
    weight = 8 * texts + 800 * (len(staff) + len(services) + len(units)) + 64 * sum(len(row[5] or ()) for row in staff)
    return Known(version, book), weight


def _placed(asked: Sequence[T]) -> list[tuple[str, T]]:
    """Return what was asked for, each with where it stood; alone it stood nowhere in particular."""
    return [(f"segments.{n}." if len(asked) > 1 else "", one) for n, one in enumerate(asked)]


def _roles(sent: str | None) -> tuple[Role, ...]:
    """Read what a service needs from JSON, in its owner's order."""
    return tuple(
        Role(name, UUID(pool) if pool else None, tuple((begin, until) for begin, until in busy))
        for name, pool, busy in json.loads(sent or "[]")
    )


def _hours(business: UUID, zone: str, weekly: str | None, special: str | None, blackouts: str | None) -> Hours:
    """Read hours from JSON."""
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
        business=business.int,
    )


def _taken(sent: Sequence[bytes | None], own: bytes | None) -> Taken:
    """Return what is taken of a resource: what is claimed and reaches in, less what counts as free.

    With `own`, the claims that hold buffers have the work in them apart.
    """
    claimed, reaching, over, without = map(_columns, sent)
    if not (reaching or over or without or own):
        return Taken(*claimed, *claimed) if claimed else NOTHING
    spans = {*zip(*claimed, strict=True), *zip(*reaching, strict=True)}
    spans -= {*zip(*over, strict=True), *zip(*without, strict=True)}
    work = {(begin, until): (starts, ends) for begin, until, starts, ends in zip(*_columns(own, 4), strict=True)}
    kept = sorted(spans)
    own_times = [work.get(one, one) for one in kept]
    return Taken(*(tuple(side) for side in (*_sides(own_times), *_sides(kept))))


NOTHING = Taken()


def _sides(spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [begin for begin, _ in spans], [until for _, until in spans]


def _columns(sent: bytes | None, count: int = 2) -> tuple[tuple[int, ...], ...]:
    """Read timestamptz[] of one length in binary form: each a header of 20 bytes, then every length and value.

    Thirty times faster than as datetime objects, of which only a few would be looked at. Source: array_send() in
    PostgreSQL's src/backend/utils/adt/arrayfuncs.c; the values are those of timestamptz_send().
    """
    if sent is None:
        return ()
    size = len(sent) // count
    array = struct.Struct(f"!{'iq' * ((size - 20) // 12)}")
    return tuple(array.unpack_from(sent, start)[1::2] for start in range(20, len(sent), size))
