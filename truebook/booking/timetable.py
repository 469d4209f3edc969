"""Classes are put on the calendar: who teaches, in which room, how many places; on one date or on many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from truebook.booking import bits, blocks, diaries, needs, recurrence, sessions, store
from truebook.booking.diaries import Book
from truebook.booking.errors import InTheWay, NotOffered, Refusal, TooSoon
from truebook.booking.model import Service
from truebook.booking.sessions import Lost, Session
from truebook.booking.visits import Claim
from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import locks

POOL = "SELECT kind FROM resource_pools WHERE account_id = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Course:
    """A class that is wanted: which service, who gives it, in which room (a unit), on the seats of which pool.

    `seats` are given away at most; None: all that the pool has.
    """

    service_id: UUID
    staff_id: UUID
    seats_pool_id: UUID
    seats: int | None = None
    room_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """What became of one date of a series of classes: the class, or why there is none."""

    on: date
    session: Session | None
    refusal: Refusal | None = None


async def add(db: Database, scope: Scope, course: Course, start: datetime, *, now: datetime) -> Session:
    """Put a class on the calendar; raise InTheWay where its teacher or room has something else, or why else not."""
    session_id = ids.uuid7()
    try:
        async with db.transaction(scope, lock=locks.SHARED) as tx:
            await _write(tx, session_id, course, start, now)
    except Lost:
        raise await _in_the_way(db, scope, course, start) from None
    async with db.reading(scope) as tx:
        return await sessions.read(tx, session_id)


async def add_series(
    db: Database,
    scope: Scope,
    course: Course,
    rule: str,
    first: datetime,
    exceptions: Collection[date] = (),
    *,
    all_or_none: bool,
    now: datetime,
) -> list[Dated]:
    """Put a class on the calendar on every date of a rule, at the same time of day; exceptions are left out.

    All or none, or as far as possible: then each date says what became of it. Raises Invalid for a rule that is none.
    """
    async with db.reading(scope) as tx:
        zone = (await diaries.committed(tx)).zone
    local = first.astimezone(zone)
    dates = recurrence.expand(recurrence.parse(rule), local.date(), local.hour * 60 + local.minute, zone, exceptions)
    wanted = [one for one in dates if not one.exception]
    if all_or_none:
        return await _all(db, scope, course, wanted, now)
    done: list[Dated] = []
    for one in wanted:
        try:
            done.append(Dated(one.on, await add(db, scope, course, one.start, now=now)))
        except Refusal as refusal:
            done.append(Dated(one.on, None, refusal))
    return done


async def _all(
    db: Database, scope: Scope, course: Course, dates: Sequence[recurrence.Occurrence], now: datetime
) -> list[Dated]:
    made = [(ids.uuid7(), one) for one in dates]
    at = dates[0]
    try:
        async with db.transaction(scope, lock=locks.ALONE) as tx:
            for session_id, at in made:
                await _write(tx, session_id, course, at.start, now)
    except Lost:
        refusal = await _in_the_way(db, scope, course, at.start)
        refusal.data["date"] = at.on.isoformat()
        raise refusal from None
    async with db.reading(scope) as tx:
        return [Dated(one.on, await sessions.read(tx, session_id)) for session_id, one in made]


def offered(book: Book, service_id: UUID) -> Service:
    """Return a service of which there may be classes; raise NotFound, or NotOffered where it was taken out."""
    service = book.service(service_id)
    if not service.is_active:
        raise NotOffered(f"{service.name} is not offered any more")
    return service


async def _write(tx: Transaction, session_id: UUID, course: Course, start: datetime, now: datetime) -> None:
    """Write a class with its claims; raise why there cannot be one, or `Lost`."""
    book = await diaries.committed(tx)
    service = offered(book, course.service_id)
    if start < now:
        raise TooSoon("that is in the past")
    end = service.span(start).end
    claims = [*_teachers(book, course, service, start), *_rooms(book, course, start, end)]
    pool = await tx.row(POOL, (tx.tenant, course.seats_pool_id))
    if pool is None:
        raise NotFound("there is no such pool", field="seats_pool_id")
    if pool[0] != "seat":
        raise Invalid("seats_pool_id", "that is not a pool of seats")
    there = await sessions.units(tx, course.seats_pool_id, start, end, free=False)
    seats = len(there) if course.seats is None else course.seats
    enough(seats, len(there))
    await store.release(tx, now)
    free = {unit for unit, _ in await sessions.units(tx, course.seats_pool_id, start, end, free=True)}
    if len(free) < seats:
        raise InTheWay(
            f"of these seats only {len(free)} are left at that time: another class has them", appointments=[]
        )
    closed = tuple(unit for unit in sorted(free))[seats:]
    await sessions.add(tx, sessions.New(session_id, service, course.seats_pool_id, start, end, tuple(claims), closed))


def _teachers(book: Book, course: Course, service: Service, start: datetime) -> list[Claim]:
    teacher = book.staff(course.staff_id)
    if service.id not in teacher.offers:
        raise NotOffered(f"{teacher.name} does not offer {service.name}")
    busy = bits.join(one for role in needs.roles(service) if role.pool_id is None for one in role.busy)
    return [
        Claim(teacher.id, start + timedelta(minutes=begin), start + timedelta(minutes=until), "staff")
        for begin, until in busy
    ]


def _rooms(book: Book, course: Course, start: datetime, end: datetime) -> list[Claim]:
    if course.room_id is None:
        return []
    room = next((one for one in book.resources if one.id == course.room_id and one.pool_id), None)
    if room is None:
        raise NotFound("there is no such room", field="room_id")
    if room.pool_id == course.seats_pool_id:
        raise Invalid("room_id", "that is a seat, not a room")
    return [Claim(room.id, start, end, "room")]


def enough(seats: int, there: int) -> None:
    """Raise Invalid for more places than there are, or for none."""
    if seats < 1 or there < 1:
        raise Invalid("seats", "a class has at least one seat" if there else "the pool has no seats at that time")
    if seats > there:
        raise Invalid("seats", f"the pool has {there} seats at that time")


async def _in_the_way(db: Database, scope: Scope, course: Course, start: datetime) -> InTheWay:
    """Return who or what is in the way of a class."""
    async with db.reading(scope) as tx:
        service = offered(await diaries.committed(tx), course.service_id)
        named: list[dict[str, str]] = []
        for resource in filter(None, (course.staff_id, course.room_id)):
            begin, end = service.blocked(start)
            params = {"tenant": tx.tenant, "resource": resource, "start": begin, "end": end}
            named += await blocks.in_the_way(tx, params)
    if not named:
        return InTheWay("there is a class or a block at that time", appointments=[])
    codes = ", ".join(one["code"] for one in named[:10])
    return InTheWay(f"there are appointments at that time: {codes}", appointments=named)
