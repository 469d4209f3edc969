"""Series: a rule on the wall clock, an appointment a date. The report is the rows, whatever became of each."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from truebook.booking import actions, diaries, free, placing, recurrence, repeats, store
from truebook.booking.errors import KeyReused, Refusal, TooLateToCancel
from truebook.booking.model import Slot, Wanted, Wish
from truebook.booking.once import once
from truebook.booking.recurrence import Occurrence
from truebook.booking.repeats import Day, Series, Summary
from truebook.booking.store import Key, New
from truebook.db import Database, Scope, Transaction
from truebook.jobs import SeriesBooked, publish
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid
from truebook.tenants import customers, locks

Mode = Literal["all", "possible"]

BY_KEY = "SELECT id, request_hash FROM appointment_series WHERE tenant_id = %s AND key = %s"
ADD = """
INSERT INTO appointment_series (tenant_id, id, rrule, starts_on, starts_minute, timezone, segments, same_staff,
  overrides, notes, customer_id, customer_name, key, request_hash, source, conversation_id)
VALUES (%(tenant)s, %(id)s, %(rrule)s, %(starts_on)s, %(minute)s, %(zone)s, %(segments)s, %(same)s,
  %(overrides)s::text[], %(notes)s, %(customer)s, %(name)s, %(key)s, %(hash)s, %(source)s, %(conversation)s)
"""
ADD_DATE = "INSERT INTO series_occurrences (tenant_id, series_id, occurs_on, status) VALUES (%s, %s, %s, %s)"
OF = """
SELECT appointment_id, series_id FROM series_occurrences
WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(appointments)s)
"""
LOCK = """
SELECT status FROM series_occurrences WHERE tenant_id = %s AND series_id = %s AND occurs_on = %s FOR UPDATE
"""
BOOKED = """
UPDATE series_occurrences SET status = 'booked', appointment_id = %s
WHERE tenant_id = %s AND series_id = %s AND occurs_on = %s
"""
REFUSED = """
UPDATE series_occurrences SET status = 'refused', refusal = %s
WHERE tenant_id = %s AND series_id = %s AND occurs_on = %s AND status = 'wanted'
"""
WANTED_AGAIN = """
UPDATE series_occurrences SET status = 'wanted', refusal = NULL WHERE tenant_id = %s AND series_id = %s
  AND status = 'refused'
"""
MOVED = """
UPDATE series_occurrences SET moved_to = %s WHERE tenant_id = %s AND series_id = %s AND occurs_on = %s
"""
LEFT_OUT = """
UPDATE series_occurrences SET status = 'exception', refusal = NULL
WHERE tenant_id = %s AND series_id = %s AND occurs_on >= %s AND status IN ('wanted', 'refused')
"""


class Settled(Exception):
    """A date of which something has become already, by somebody else."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is wanted again and again: the wish (its start does not count), and on which dates at which minute."""

    wish: Wish
    rrule: str
    starts_on: date
    minute: int
    exceptions: tuple[date, ...] = ()

    def occurrences(self, zone: ZoneInfo) -> list[Occurrence]:
        """Return the dates; raise Invalid by field."""
        rule = recurrence.parse(self.rrule)
        return recurrence.expand(rule, self.starts_on, self.minute, zone, self.exceptions)


@dataclass(frozen=True, slots=True)
class Other:
    """Where the dates of a series move: to a weekday, to a minute of the day, to somebody else; None: as it is.

    The weekday (0 = Sunday) is that of a date's own week, which begins on Monday.
    """

    weekday: int | None = None
    minute: int | None = None
    staff_id: UUID | None = None

    def day(self, on: date) -> date:
        """Return the day to which a date moves."""
        if self.weekday is None:
            return on
        return on + timedelta(days=(self.weekday or 7) - on.isoweekday())


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of a date: why it is not free, and the nearest time; an exception is left out."""

    on: date
    start: datetime
    exception: bool
    refusal: Refusal | None = None
    nearest: Slot | None = None


async def preview(db: Database, scope: Scope, plan: Plan, zone: ZoneInfo, *, now: datetime) -> list[Foreseen]:
    """Return what would become of every date if it were booked now; nothing is changed."""
    found = []
    for one in plan.occurrences(zone):
        refusal = None if one.exception else await _why_not(db, scope, replace(plan.wish, start=one.start), now)
        nearest: Slot | None = None
        if refusal:
            wish = plan.wish
            slots = await free.nearest(db, scope, wish.parts, one.start, now, same_staff=wish.same_staff)
            nearest = _closest(slots, one.start)
        found.append(Foreseen(one.on, one.start, one.exception, refusal, nearest))
    return found


async def book(
    db: Database,
    scope: Scope,
    plan: Plan,
    mode: Mode,
    zone: ZoneInfo,
    *,
    now: datetime,
    key: Key | None = None,
    tells: bool = False,
) -> Series:
    """Book a series: all dates or none, or as far as possible, date by date; return what became of each.

    With `tells` its customer is told of what was booked, in one message; otherwise the caller does.
    The same key leads to the same series, and goes on where that was interrupted. Raises the refusal of the first date
    that cannot be had, with `date` in its data, where it is all or none: then nothing is kept.
    """
    dates = plan.occurrences(zone)
    series_id = await known(db, scope, key)
    if series_id is None:
        series_id = ids.uuid7()
        try:
            async with db.transaction(scope, lock=locks.ALONE if mode == "all" else None) as tx:
                await _all_there(tx, plan.wish, now)
                wish = await _add(tx, series_id, plan, dates, zone, key)
                if tells:
                    await publish(tx, SeriesBooked(tx.tenant, series_id))
                if mode == "all":
                    for one in dates:
                        if not one.exception:
                            await _book_date(tx, series_id, one.on, replace(wish, start=one.start), now)
        except UniqueViolation as error:
            if error.diag.constraint_name != "appointment_series_key":
                raise
            series_id = await known(db, scope, key)
            assert series_id is not None
    return await resume(db, scope, series_id, now=now)


async def get(db: Database, scope: Scope, series_id: UUID) -> Series:
    """Return a series with what became of every date; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await repeats.read(tx, series_id)


async def listing(
    db: Database, scope: Scope, *, customer_id: UUID | None = None, after: UUID | None = None, limit: int = 100
) -> list[Summary]:
    """Return series in the order they were made, at most limit, after a cursor; all of them or a customer's."""
    async with db.reading(scope) as tx:
        return await repeats.listing(tx, customer_id=customer_id, after=after, limit=limit)


async def dates(db: Database, scope: Scope, appointment_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return which of some appointments are dates of a series, and of which."""
    rows = await db.rows(scope, OF, {"tenant": scope.tenant, "appointments": list(appointment_ids)})
    return dict(rows)


async def resume(db: Database, scope: Scope, series_id: UUID, *, now: datetime, retry: bool = False) -> Series:
    """Book the dates that are still wanted, each in a transaction of its own; with `retry` refused ones once more.

    Whoever does the same at once books nothing twice: a date is locked, and looked at again.
    """
    series = await get(db, scope, series_id)
    if retry:
        async with db.transaction(scope) as tx:
            await tx.run(WANTED_AGAIN, (tx.tenant, series_id))
            await publish(tx, SeriesBooked(tx.tenant, series_id))
        series = await get(db, scope, series_id)
    zone = ZoneInfo(series.timezone)
    for day in series.days:
        if day.status != "wanted":
            continue
        wish = replace(series.wish, start=day.moved_to or clock.at(day.on, series.minute, zone))
        try:
            await once(
                db, scope, None, _work(series_id, day.on, wish, now), lock=locks.SHARED, remembers=True, doing="series"
            )
        except Settled:
            continue
        except Refusal as refusal:
            async with db.transaction(scope) as tx:
                await tx.run(REFUSED, (Jsonb(store.freeze(refusal)), tx.tenant, series_id, day.on))
    return await get(db, scope, series_id)


async def cancel(
    db: Database, scope: Scope, series_id: UUID, first: date, *, now: datetime, by_customer: bool = False
) -> Series:
    """Cancel the dates of a series from one on that are still ahead, and try no others of them; return the series.

    What is too near for a customer to cancel stays as it is.
    """
    series = await get(db, scope, series_id)
    async with db.transaction(scope) as tx:
        await tx.run(LEFT_OUT, (tx.tenant, series_id, first))
    for day in ahead(series, first, now):
        assert day.appointment_id is not None
        with suppress(TooLateToCancel):
            await actions.cancel(db, scope, day.appointment_id, now=now, by_customer=by_customer)
    return await get(db, scope, series_id)


async def move(
    db: Database,
    scope: Scope,
    series_id: UUID,
    first: date,
    to: Other,
    *,
    now: datetime,
    overrides: tuple[str, ...] = (),
) -> tuple[Series, dict[date, Refusal]]:
    """Move the dates of a series from one on to another weekday or time; return it, and why some stay.

    Dates that could not be had so far are tried at the new time from then on.

    Done again it leaves those alone that are there already. Raises Invalid for a weekday on which two dates would meet.
    """
    series, refused = await get(db, scope, series_id), dict[date, Refusal]()
    zone = ZoneInfo(series.timezone)
    standing = ahead(series, first, now)
    days = [to.day(one.on) for one in standing]
    if len({*days}) < len(days):
        raise Invalid("weekday", "the series has several dates a week: two would be on one day")
    await _note_moved(db, scope, series, first, to)
    for one, day in zip(standing, days, strict=True):
        assert one.appointment_id is not None and one.start is not None
        local = one.start.astimezone(zone)
        start = clock.at(day, local.hour * 60 + local.minute if to.minute is None else to.minute, zone)
        if start == one.start and to.staff_id is None:
            continue
        try:
            await actions.move(db, scope, one.appointment_id, start, now=now, staff_id=to.staff_id, overrides=overrides)
        except Refusal as refusal:
            refused[one.on] = refusal
    return await get(db, scope, series_id), refused


async def _note_moved(db: Database, scope: Scope, series: Series, first: date, to: Other) -> None:
    """Note when the dates that are not booked are wanted from now on."""
    zone = ZoneInfo(series.timezone)
    async with db.transaction(scope) as tx:
        for one in series.days:
            if one.on < first or one.status not in ("wanted", "refused"):
                continue
            local = (one.moved_to or clock.at(one.on, series.minute, zone)).astimezone(zone)
            minute = local.hour * 60 + local.minute if to.minute is None else to.minute
            start = clock.at(to.day(local.date()), minute, zone)
            await tx.run(MOVED, (start, tx.tenant, series.id, one.on))


def ahead(series: Series, first: date, now: datetime) -> list[Day]:
    """Return the dates from one on whose appointment stands and has not begun."""
    return [
        one
        for one in series.days
        if one.on >= first and one.start and one.start > now and one.appointment_status in ("pending", "confirmed")
    ]


def _work(series_id: UUID, on: date, wish: Wish, now: datetime) -> Any:
    async def work(tx: Transaction) -> UUID:
        row = await tx.row(LOCK, (tx.tenant, series_id, on))
        if row is None or row[0] != "wanted":
            raise Settled
        return await _book_date(tx, series_id, on, wish, now)

    return work


async def _book_date(tx: Transaction, series_id: UUID, on: date, wish: Wish, now: datetime) -> UUID:
    """Write the appointment of a date; a refusal says which date it is about. Nobody is told of a single date."""
    try:
        plan, book = await placing.plan(tx, placing.ask(wish), now)
    except Refusal as refusal:
        refusal.data["date"] = on.isoformat()
        raise
    if book.over:
        await store.release(tx, now, plan)
    approve = placing.needs_approval(one.service for one in plan.segments)
    new = New(
        plan=plan,
        timezone=book.zone.key,
        status="pending" if approve else "confirmed",
        hold_expires_at=None,
        customer=wish.customer,
        conversation_id=wish.conversation_id,
        notes=wish.notes,
        source=wish.source,
        overrides=wish.overrides,
    )
    made = await store.add(tx, new, key=None, topic=None, tell_at=None)
    assert made is not None
    await tx.run(BOOKED, (made, tx.tenant, series_id, on))
    return made


async def known(db: Database, scope: Scope, key: Key | None) -> UUID | None:
    """Return the series that a key led to; raise KeyReused where the key belongs to another request."""
    if key is None:
        return None
    async with db.reading(scope) as tx:
        row = await tx.row(BY_KEY, (tx.tenant, key.text))
    if row and bytes(row[1]) != key.request:
        raise KeyReused("this idempotency key was used for another request", field="Idempotency-Key")
    return row[0] if row else None


async def _all_there(tx: Transaction, wish: Wish, now: datetime) -> None:
    """Raise NotFound for a service or a member of staff that is not there: that is no refusal of a date."""
    today, asked = now.date(), placing.ask(replace(wish, start=now))
    asked.visit(await diaries.read(tx, diaries.Question(asked.service_ids, asked.staff_ids, today, today, now)))


async def _add(
    tx: Transaction, series_id: UUID, plan: Plan, dates: Sequence[Occurrence], zone: ZoneInfo, key: Key | None
) -> Wish:
    """Write a series with its dates, all of them wanted or exceptions; return the wish with its customer's id."""
    wish = plan.wish
    who = wish.customer
    customer = replace(who, id=who.id or await customers.find_or_add(tx, who.name, who.phone, who.email))
    params = {
        "tenant": tx.tenant, "id": series_id, "rrule": str(recurrence.parse(plan.rrule)), "starts_on": plan.starts_on,
        "minute": plan.minute, "zone": zone.key, "segments": Jsonb([_written(one) for one in wish.parts]),
        "same": wish.same_staff, "overrides": list(wish.overrides), "notes": wish.notes, "customer": customer.id,
        "name": who.name, "key": key.text if key else None, "hash": key.request if key else None,
        "source": wish.source, "conversation": wish.conversation_id,
    }  # fmt: skip
    await tx.run(ADD, params)
    for one in dates:
        await tx.run(ADD_DATE, (tx.tenant, series_id, one.on, "exception" if one.exception else "wanted"))
    return replace(wish, customer=customer)


def _closest(slots: Sequence[Slot], start: datetime) -> Slot | None:
    return min(slots, key=lambda slot: abs(slot.start - start), default=None)


async def _why_not(db: Database, scope: Scope, wish: Wish, now: datetime) -> Refusal | None:
    try:
        async with db.transaction(scope) as tx:
            await placing.plan(tx, placing.ask(wish), now)
    except Refusal as refusal:
        return refusal
    return None


def _written(part: Wanted) -> dict[str, Any]:
    staff = str(part.staff_id) if part.staff_id else None
    return {
        "service_id": str(part.service_id), "staff_id": staff, "guest_name": part.guest_name, "together": part.together,
    }  # fmt: skip
