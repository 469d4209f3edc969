"""Classes that are on the calendar: whoever comes claims a numbered place.

A class is cancelled, moved, made larger or smaller as a whole; everybody in it is told. What its appointments stand on
is the same table of claims, so a class is never two bookings, and no place is given away twice.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from truebook.booking import changes, diaries, queries, rules, sessions, store, timetable
from truebook.booking.diaries import Book
from truebook.booking.errors import InTheWay, Refusal, SlotTaken, Stale, TooFar, TooSoon, WrongStatus
from truebook.booking.model import Appointment, Customer, Policy, Service, Source, Status
from truebook.booking.once import KeyRace, once
from truebook.booking.sessions import Lost, Session
from truebook.booking.store import Key
from truebook.booking.visits import Claim, Plan
from truebook.db import Database, Scope, Transaction
from truebook.tenants import customers, locks

TAUGHT = """
SELECT DISTINCT service_id FROM class_sessions
WHERE tenant_id = %(tenant)s AND cancelled_at IS NULL AND starts_at > %(now)s
"""


async def taught(db: Database, scope: Scope, now: datetime) -> frozenset[UUID]:
    """Return the services that are given as classes: some are ahead."""
    rows = await db.rows(scope, TAUGHT, {"tenant": scope.tenant, "now": now})
    return frozenset(row[0] for row in rows)


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


async def joinable(
    db: Database, scope: Scope, service_id: UUID, begin: datetime, end: datetime, *, now: datetime, limit: int = 1000
) -> list[Session]:
    """Return the classes of a service in [begin, end) that customers may join, by start; those that are full too."""
    async with db.reading(scope) as tx:
        settings = await diaries.committed(tx)
        found = await sessions.listing(tx, max(begin, now), end, service_id, limit)
    return [one for one in found if _why_not(settings, one, now, ()) is None]


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
        settings = await diaries.committed(tx)
        service = timetable.offered(settings, session.service_id)
        _may_join(settings, session, now, overrides)
        plan = await _places(tx, session, service, seats, now)
        status: Status = "held" if hold else "pending" if service.needs_approval else "confirmed"
        asked = await customers.ask(tx, customer.phone, customer.email)
        new = store.New(
            plan=plan,
            timezone=settings.zone.key,
            status=status,
            hold_expires_at=now + hold if hold else None,
            customer=await changes.known_customer(tx, customer, asked),
            conversation_id=conversation_id,
            notes=notes,
            source=source,
            overrides=overrides,
        )
        tell_at = changes.after_the_answer(conversation_id is not None)
        added = await store.add(tx, new, key=key, topic=changes.TOPICS.get(status), tell_at=tell_at)
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
    stood: datetime | None = None,
) -> Appointment:
    """Move an appointment's places to another class: as many as it has, all of them or none.

    `stood`: when it was to begin when they agreed; raises Stale where it was moved since. What a customer moves is a
    request again, where the business wants to approve it.
    """

    async def work(tx: Transaction) -> UUID:
        before = await changes.changeable(tx, appointment_id, version, stood)
        status = rules.after("move", before, now)
        if not all(one.session_id for one in before.segments):
            raise WrongStatus("that is not a place in a class", status=before.status)
        if by_customer and (late := await changes.too_late(tx, before, now)):
            raise late
        session = await sessions.read(tx, session_id, "class_id")
        settings = await diaries.committed(tx)
        service = timetable.offered(settings, session.service_id)
        _may_join(settings, session, now, ())
        plan = await _places(tx, session, service, len(before.segments), now)
        status = "pending" if by_customer and service.needs_approval else status
        changed = await store.rearrange(tx, before.id, plan, status=status)
        topic = changes.changed_topic(status, by_customer=by_customer)
        await changes.tell(tx, before.id, changed, topic, in_answer=by_customer)
        return before.id

    return await once(db, scope, key, work, lock=locks.ALONE, doing="change")


async def reseat(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    seats: int,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
    by_customer: bool = False,
    stood: datetime | None = None,
) -> Appointment:
    """Give an appointment more or fewer places in its class; those it keeps are the same. All of it or nothing.

    Raises SlotTaken where there are not so many, with how many there are besides its own. `stood`: as for `change`.
    More of them that a customer takes make it a request again, where the business wants to approve it.
    """

    async def work(tx: Transaction) -> UUID:
        before = await changes.changeable(tx, appointment_id, version, stood)
        status = rules.after("revise", before, now)
        session_id, *others = {one.session_id for one in before.segments}
        if session_id is None or others:
            raise WrongStatus("that is not a place in a class", status=before.status)
        if by_customer and (late := await changes.too_late(tx, before, now)):
            raise late
        own = [(one.id, one.name) for part in before.segments for one in part.held if one.role == "seat"]
        if seats == len(own):
            return before.id
        session = await sessions.read(tx, session_id)
        settings = await diaries.committed(tx)
        service = timetable.offered(settings, session.service_id)
        if seats > len(own):
            _may_join(settings, session, now, before.overrides)
            status = "pending" if by_customer and service.needs_approval else status
        more = await _free(tx, session, max(0, seats - len(own)), now)
        plan = sessions.places(session, service, [*own[:seats], *more])
        changed = await store.rearrange(tx, before.id, plan, status=status, overrides=before.overrides)
        topic = changes.changed_topic(status, by_customer=by_customer)
        await changes.tell(tx, before.id, changed, topic, in_answer=by_customer)
        return before.id

    return await once(db, scope, key, work, lock=locks.ALONE, doing="revise")


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
            await sessions.shift(tx, before, start - before.start)
            await _tell_all(tx, coming, "moved")
    except Lost:
        raise InTheWay("its teacher, its room or a seat is taken at that time", appointments=[]) from None
    return await get(db, scope, session_id)


async def resize(db: Database, scope: Scope, session_id: UUID, seats: int, *, version: int | None = None) -> Session:
    """Give away more or fewer places of a class; raise InTheWay, naming who comes, where more are taken already."""
    async with db.transaction(scope, lock=locks.ALONE) as tx:
        session = await _standing(tx, session_id, version)
        there = await sessions.units(tx, session.seats_pool_id, session.start, session.end, free=False)
        timetable.enough(seats, len(there))
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
                    await changes.tell(tx, appointment_id, changed, "cancelled")
            await sessions.cancel(tx, session_id, now)
    return await get(db, scope, session_id)


def _may_join(settings: Book, session: Session, now: datetime, overrides: tuple[str, ...]) -> None:
    """Raise why nobody can join a class any more, or yet."""
    if refusal := _why_not(settings, session, now, overrides):
        raise refusal


def _why_not(settings: Book, session: Session, now: datetime, overrides: tuple[str, ...]) -> Refusal | None:
    """Return why nobody can join a class any more, or yet: its teacher's notice and horizon hold."""
    if session.cancelled_at is not None:
        return SlotTaken("that class was cancelled")
    whose = session.teacher.id if session.teacher else None
    policy = next((one.policy for one in settings.resources if one.policy and one.id == whose), None) or Policy()
    if session.start < now:
        return TooSoon("that class has begun")
    if "notice" not in overrides and session.start < rules.earliest(policy, now):
        return TooSoon("that is too soon", minutes=policy.min_notice_minutes)
    if "horizon" not in overrides and session.start.astimezone(UTC) > now + timedelta(days=policy.max_advance_days + 1):
        return TooFar("that is further ahead than appointments are given", days=policy.max_advance_days)
    return None


async def _places(tx: Transaction, session: Session, service: Service, seats: int, now: datetime) -> Plan:
    return sessions.places(session, service, await _free(tx, session, seats, now))


async def _free(tx: Transaction, session: Session, seats: int, now: datetime) -> list[tuple[UUID, str]]:
    """Return some free seats, chosen at random: whoever tries the lowest one loses to everybody else."""
    free = await sessions.units(tx, session.seats_pool_id, session.start, session.end, free=True)
    if len(free) < seats:
        await store.release(tx, now)
        free = await sessions.units(tx, session.seats_pool_id, session.start, session.end, free=True)
    if len(free) < seats:
        some = "only one place is left" if len(free) == 1 else f"only {len(free)} places are left"
        left = some if free else "that class is full"
        raise SlotTaken(left, places=len(free))
    return free[:seats]


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
            await changes.tell(tx, appointment_id, version, topic)


def _named(one: Appointment) -> dict[str, str]:
    return {"id": str(one.id), "code": one.code, "customer": one.customer.name, "start": one.start.isoformat()}
