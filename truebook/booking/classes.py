"""Classes: the business puts them on the calendar, and whoever comes claims a numbered place.

A class is cancelled, moved, made larger or smaller as a whole; everybody in it is told. What its appointments stand on
is the same table of claims, so a class is never two bookings, and no place is given away twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import actions, blocks, queries, recurrence, rules, sessions, store
from truebook.booking.errors import InTheWay, NotOffered, Refusal, SlotTaken, Stale, TooFar, TooSoon, WrongStatus
from truebook.booking.model import Appointment, Customer, Role, Service, Source, Status
from truebook.booking.once import KeyRace, once
from truebook.booking.sessions import Lost, Session
from truebook.booking.store import Key
from truebook.booking.visits import Claim, Plan
from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import customers, locks

SERVICE = """
SELECT v.id, v.name, v.duration_minutes, v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor, v.currency,
       v.needs_approval, v.is_active, a.timezone,
       (SELECT json_agg(json_build_array(lower(b), upper(b))) FROM service_requirements q, unnest(q.busy) b
         WHERE (q.account_id, q.service_id) = (v.account_id, v.id) AND q.pool_id IS NULL)
FROM services v JOIN accounts a ON a.id = v.account_id WHERE v.account_id = %s AND v.id = %s
"""
TEACHER = """
SELECT s.name, EXISTS (SELECT FROM staff_services o WHERE (o.account_id, o.staff_id) = (s.account_id, s.id)
                         AND o.service_id = %s)
FROM staff s WHERE s.account_id = %s AND s.id = %s AND s.is_active
"""
ROOM = "SELECT name, pool_id FROM resources WHERE account_id = %s AND id = %s AND is_active"
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
    return await get(db, scope, session_id)


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
    zone = await _zone(db, scope)
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


async def get(db: Database, scope: Scope, session_id: UUID) -> Session:
    """Return one class; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await sessions.read(tx, session_id)


async def listing(
    db: Database, scope: Scope, begin: datetime, end: datetime, *, service_id: UUID | None = None, limit: int = 1000
) -> list[Session]:
    """Return the classes that begin in [begin, end), by start."""
    async with db.reading(scope) as tx:
        return await sessions.listing(tx, begin, end, service_id, limit)


async def attending(db: Database, scope: Scope, session_id: UUID) -> list[Appointment]:
    """Return the appointments that have a place in a class."""
    async with db.reading(scope) as tx:
        await sessions.read(tx, session_id)
        return [await queries.appointment(tx, one) for one, _ in await sessions.coming(tx, session_id)]


async def book(
    db: Database,
    scope: Scope,
    session_id: UUID,
    customer: Customer,
    *,
    now: datetime,
    seats: int = 1,
    hold: timedelta | None = None,
    key: Key | None = None,
    notes: str | None = None,
    source: Source = "api",
    conversation_id: UUID | None = None,
    overrides: tuple[str, ...] = (),
) -> Appointment:
    """Book places in a class, as one appointment; raise SlotTaken where there are not so many, with how many there are.

    With `hold` they are only kept for so long.
    """

    async def work(tx: Transaction) -> UUID:
        session = await sessions.read(tx, session_id, "class_id")
        service, timezone = await _service(tx, session.service_id)
        await _may_join(tx, session, now, overrides)
        plan = await _places(tx, session, service, seats, now)
        status: Status = "held" if hold else "pending" if service.needs_approval else "confirmed"
        asked = await customers.ask(tx, customer.phone, customer.email)
        new = store.New(
            plan=plan,
            timezone=timezone,
            status=status,
            hold_expires_at=now + hold if hold else None,
            customer=await actions.known_customer(tx, customer, asked),
            conversation_id=conversation_id,
            notes=notes,
            source=source,
            overrides=overrides,
        )
        tell_at = actions.after_the_answer(conversation_id is not None)
        added = await store.add(tx, new, key=key, topic=actions.TOPICS.get(status), tell_at=tell_at)
        if added is None:
            raise KeyRace
        return added

    return await once(db, scope, key, work, lock=locks.SHARED, remembers=True, doing="book")


async def change(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    session_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
    by_customer: bool = False,
) -> Appointment:
    """Move an appointment's places to another class: as many as it has, all of them or none."""

    async def work(tx: Transaction) -> UUID:
        before = await actions.changeable(tx, appointment_id, version)
        status = rules.after("move", before, now)
        if not all(one.session_id for one in before.segments):
            raise WrongStatus("that is not a place in a class", status=before.status)
        if by_customer and (late := await actions.too_late(tx, before, now)):
            raise late
        session = await sessions.read(tx, session_id, "class_id")
        service, _ = await _service(tx, session.service_id)
        await _may_join(tx, session, now, ())
        plan = await _places(tx, session, service, len(before.segments), now)
        changed = await store.rearrange(tx, before.id, plan, status=status)
        await actions.tell(tx, before.id, changed, "moved", in_answer=by_customer)
        return before.id

    return await once(db, scope, key, work, lock=locks.ALONE, doing="change")


async def move(
    db: Database, scope: Scope, session_id: UUID, start: datetime, *, now: datetime, version: int | None = None
) -> Session:
    """Move a class to another time with everybody in it, who are told; raise InTheWay, and nothing has changed."""
    try:
        async with db.transaction(scope, lock=locks.ALONE) as tx:
            before = await _standing(tx, session_id, version)
            if start < now:
                raise TooSoon("that is in the past")
            await store.release(tx, now)
            coming = await sessions.coming(tx, session_id, to_change=True)
            await sessions.shift(tx, session_id, start - before.start)
            await _tell_all(tx, coming, "moved")
    except Lost:
        raise InTheWay("its teacher, its room or a seat is taken at that time", appointments=[]) from None
    return await get(db, scope, session_id)


async def resize(db: Database, scope: Scope, session_id: UUID, seats: int, *, version: int | None = None) -> Session:
    """Give away more or fewer places of a class; raise InTheWay, naming who comes, where more are taken already."""
    async with db.transaction(scope, lock=locks.ALONE) as tx:
        session = await _standing(tx, session_id, version)
        there = await sessions.units(tx, session.seats_pool_id, session.start, session.end, free=False)
        _enough(seats, len(there))
        taken = session.seats - session.free
        if seats < taken:
            named = [await queries.appointment(tx, one) for one, _ in await sessions.coming(tx, session_id)]
            raise InTheWay(
                f"{taken} places are given away already, to: {', '.join(one.code for one in named)}",
                appointments=[_named(one) for one in named],
            )
        if seats < session.seats:
            pool = session.seats_pool_id
            spare = [unit for unit, _ in await sessions.units(tx, pool, session.start, session.end, free=True)]
            claims = [Claim(one, session.start, session.end, "seat") for one in spare[: session.seats - seats]]
            await sessions.claim(tx, session_id, claims)
        else:
            closed = await sessions.closed(tx, session)
            if len(closed) < seats - session.seats:
                raise InTheWay("another class has these seats at that time", appointments=[])
            await sessions.give_back(tx, session_id, closed[: seats - session.seats])
        await sessions.touch(tx, session_id)
    return await get(db, scope, session_id)


async def cancel(db: Database, scope: Scope, session_id: UUID, *, now: datetime, version: int | None = None) -> Session:
    """Cancel a class and every appointment in it; each is told. Cancelled already, it stays so and nobody is told."""
    async with db.transaction(scope, lock=locks.ALONE) as tx:
        session = await sessions.read(tx, session_id)
        _seen(session, version)
        if session.cancelled_at is None:
            for appointment_id, status in await sessions.coming(tx, session_id, to_change=True):
                changed = await store.change(tx, appointment_id, "cancelled")
                if status != "held":
                    await actions.tell(tx, appointment_id, changed, "cancelled")
            await sessions.cancel(tx, session_id, now)
    return await get(db, scope, session_id)


async def _write(tx: Transaction, session_id: UUID, course: Course, start: datetime, now: datetime) -> None:
    """Write a class with its claims; raise why there cannot be one, or `Lost`."""
    service, _ = await _service(tx, course.service_id)
    if start < now:
        raise TooSoon("that is in the past")
    end = service.span(start).end
    claims = [*await _teachers(tx, course, service, start), *await _rooms(tx, course, start, end)]
    pool = await tx.row(POOL, (tx.tenant, course.seats_pool_id))
    if pool is None:
        raise NotFound("there is no such pool", field="seats_pool_id")
    if pool[0] != "seat":
        raise Invalid("seats_pool_id", "that is not a pool of seats")
    there = await sessions.units(tx, course.seats_pool_id, start, end, free=False)
    seats = len(there) if course.seats is None else course.seats
    _enough(seats, len(there))
    await store.release(tx, now)
    free = {unit for unit, _ in await sessions.units(tx, course.seats_pool_id, start, end, free=True)}
    if len(free) < seats:
        raise InTheWay(
            f"of these seats only {len(free)} are left at that time: another class has them", appointments=[]
        )
    closed = tuple(unit for unit in sorted(free))[seats:]
    await sessions.add(tx, sessions.New(session_id, service, course.seats_pool_id, start, end, tuple(claims), closed))


async def _teachers(tx: Transaction, course: Course, service: Service, start: datetime) -> list[Claim]:
    row = await tx.row(TEACHER, (course.service_id, tx.tenant, course.staff_id))
    if row is None:
        raise NotFound("there is no such member of staff", field="staff_id")
    name, offers = row
    if not offers:
        raise NotOffered(f"{name} does not offer {service.name}")
    if service.roles:
        return [
            Claim(course.staff_id, start + timedelta(minutes=begin), start + timedelta(minutes=until), "staff")
            for begin, until in service.roles[0].busy
        ]
    return [Claim(course.staff_id, *service.blocked(start), "staff")]


async def _rooms(tx: Transaction, course: Course, start: datetime, end: datetime) -> list[Claim]:
    if course.room_id is None:
        return []
    row = await tx.row(ROOM, (tx.tenant, course.room_id))
    if row is None or row[1] is None:
        raise NotFound("there is no such room", field="room_id")
    if row[1] == course.seats_pool_id:
        raise Invalid("room_id", "that is a seat, not a room")
    return [Claim(course.room_id, start, end, "room")]


def _enough(seats: int, there: int) -> None:
    if seats < 1 or there < 1:
        raise Invalid("seats", "a class has at least one seat" if there else "the pool has no seats at that time")
    if seats > there:
        raise Invalid("seats", f"the pool has {there} seats at that time")


async def _service(tx: Transaction, service_id: UUID) -> tuple[Service, str]:
    """Return a service, with a role for staff where one is set, and the business's zone."""
    row = await tx.row(SERVICE, (tx.tenant, service_id))
    if row is None:
        raise NotFound("there is no such service", field="service_id")
    *columns, timezone, busy = row
    service = Service(*columns)
    if not service.is_active:
        raise NotOffered(f"{service.name} is not offered any more")
    if busy:
        service = replace(service, roles=(Role("staff", None, tuple((one[0], one[1]) for one in busy)),))
    return service, timezone


async def _zone(db: Database, scope: Scope) -> ZoneInfo:
    row = await db.glance(scope, "SELECT timezone FROM accounts WHERE id = %(tenant)s", {"tenant": scope.tenant})
    if row is None:
        raise NotFound("there is no such business")
    return ZoneInfo(row[0])


async def _may_join(tx: Transaction, session: Session, now: datetime, overrides: tuple[str, ...]) -> None:
    """Raise why nobody can join a class any more, or yet."""
    if session.cancelled_at is not None:
        raise SlotTaken("that class was cancelled")
    policy = await queries.policy(tx, session.teacher.id if session.teacher else None)
    if session.start < now:
        raise TooSoon("that class has begun")
    if "notice" not in overrides and session.start < rules.earliest(policy, now):
        raise TooSoon("that is too soon", minutes=policy.min_notice_minutes)
    if "horizon" not in overrides and session.start.astimezone(UTC) > now + timedelta(days=policy.max_advance_days + 1):
        raise TooFar("that is further ahead than appointments are given", days=policy.max_advance_days)


async def _places(tx: Transaction, session: Session, service: Service, seats: int, now: datetime) -> Plan:
    """Return a plan for some free seats, chosen at random: whoever tries the lowest one loses to everybody else."""
    free = await sessions.units(tx, session.seats_pool_id, session.start, session.end, free=True)
    if len(free) < seats:
        await store.release(tx, now)
        free = await sessions.units(tx, session.seats_pool_id, session.start, session.end, free=True)
    if len(free) < seats:
        left = f"only {len(free)} places are left" if free else "that class is full"
        raise SlotTaken(left, places=len(free))
    return sessions.places(session, service, free[:seats])


async def _standing(tx: Transaction, session_id: UUID, version: int | None) -> Session:
    session = await sessions.read(tx, session_id)
    _seen(session, version)
    if session.cancelled_at is not None:
        raise WrongStatus("that class was cancelled", status="cancelled")
    return session


def _seen(session: Session, version: int | None) -> None:
    if version is not None and version != session.version:
        raise Stale("the class was changed meanwhile", version=session.version)


async def _tell_all(tx: Transaction, coming: Sequence[tuple[UUID, str]], topic: str) -> None:
    for appointment_id, status in coming:
        if status != "held":
            version = (await queries.appointment(tx, appointment_id)).version
            await actions.tell(tx, appointment_id, version, topic)


async def _in_the_way(db: Database, scope: Scope, course: Course, start: datetime) -> InTheWay:
    """Return who or what is in the way of a class."""
    async with db.reading(scope) as tx:
        service, _ = await _service(tx, course.service_id)
        named: list[dict[str, str]] = []
        for resource in filter(None, (course.staff_id, course.room_id)):
            begin, end = service.blocked(start)
            params = {"tenant": tx.tenant, "resource": resource, "start": begin, "end": end}
            named += await blocks.in_the_way(tx, params)
    if not named:
        return InTheWay("there is a class or a block at that time", appointments=[])
    codes = ", ".join(one["code"] for one in named[:10])
    return InTheWay(f"there are appointments at that time: {codes}", appointments=named)


def _named(one: Appointment) -> dict[str, str]:
    return {"id": str(one.id), "code": one.code, "customer": one.customer.name, "start": one.start.isoformat()}
