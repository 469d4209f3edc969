"""Somebody is ill, something broke: who is hit, what each could have instead, and all that is chosen in one go."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg.errors import ExclusionViolation

from truebook.booking import blocks, changes, diaries, free, placing, planning, queries, revising, rules, store
from truebook.booking.blocks import Block, Kind
from truebook.booking.diaries import Book, Question
from truebook.booking.errors import InTheWay, Refusal, Stale, TooMuch
from truebook.booking.model import Appointment, Span, Taken, ticks
from truebook.booking.placing import Ask
from truebook.booking.visits import Plan, Resource, Seat, Visit
from truebook.db import Database, Scope, Transaction
from truebook.kernel import apart, ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import locks

AROUND = timedelta(days=14)
"""How far from its time a visit is looked for another one."""
NEAREST = 2
"""Other times that are proposed for a visit."""
SAME_TIME = ("notice", "horizon")
"""What no longer counts for a visit that stays at its time: it was agreed long ago."""
MOST = 200
"""Appointments that are looked after at once."""

HIT = """
SELECT DISTINCT a.starts_at, a.id FROM claims c
JOIN appointments a ON (a.tenant_id, a.id) = (c.tenant_id, c.appointment_id)
WHERE c.tenant_id = %(tenant)s AND c.resource_id = %(resource)s AND c.ends_at > %(start)s AND c.starts_at < %(end)s
  AND NOT (a.status = 'held' AND a.hold_expires_at <= %(now)s)
ORDER BY a.starts_at, a.id LIMIT %(most)s
"""
SPARE = """
UPDATE waitlist_entries SET status = 'waiting', appointment_id = NULL
WHERE tenant_id = %s AND appointment_id = %s AND status = 'offered'
"""
"""Who loses an offer of the waitlist this way did not let it go."""
GIVE_BACK = "DELETE FROM claims WHERE tenant_id = %s AND appointment_id = ANY(%s::uuid[])"
LEFT = """
SELECT lower(one), upper(one) FROM unnest(tstzmultirange(tstzrange(%(start)s, %(end)s)) - coalesce(
  (SELECT range_agg(tstzrange(starts_at, ends_at)) FROM claims
   WHERE tenant_id = %(tenant)s AND resource_id = %(resource)s AND block_id IS NOT NULL
     AND ends_at > %(start)s AND starts_at < %(end)s), '{}')) AS left_over(one) ORDER BY one
"""
"""What of a stretch of time no block keeps free yet: a break stays what it is."""


@dataclass(frozen=True, slots=True)
class Away:
    """Who or what is not to be had, and when."""

    resource_id: UUID
    start: datetime
    end: datetime
    kind: Kind = "away"
    reason: str | None = None

    def params(self, tenant: UUID, now: datetime) -> dict[str, Any]:
        """Return the parameters of the queries here."""
        return {
            "tenant": tenant, "resource": self.resource_id, "start": self.start, "end": self.end, "kind": self.kind,
            "reason": self.reason, "now": now, "resources": [self.resource_id], "most": MOST + 1,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """When a visit could be had instead, and with which colleague; None where none is needed, or several are."""

    start: datetime
    end: datetime
    staff: Seat | None


@dataclass(frozen=True, slots=True)
class Hit:
    """An appointment that cannot stay as it is, and what could be instead: first at its own time, with a colleague.

    The first proposals of all hits can be chosen together. Without proposals it can only be cancelled.
    """

    appointment: Appointment
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of an appointment: another time (None: its own), with a colleague (None: anyone), or the end."""

    appointment_id: UUID
    start: datetime | None = None
    staff_id: UUID | None = None
    cancel: bool = False
    version: int | None = None
    overrides: tuple[str, ...] = ()


async def propose(db: Database, scope: Scope, away: Away, *, now: datetime) -> list[Hit]:
    """Return the appointments that are hit, by start, each with what it could have instead; nothing is changed."""
    _check(away, now)
    async with db.reading(scope) as tx:
        await _known(tx, away)
        found = [await queries.appointment(tx, one) for one in await _hit(tx, away, now)]
    given: dict[UUID, list[Span]] = {away.resource_id: [Span(away.start, away.end)]}
    hits = []
    for visit in found:
        plans = await _plans(db, scope, visit, away, given, now) if visit.status != "held" else []
        for claim in chain.from_iterable(part.claims for part in plans[0].segments) if plans else ():
            given.setdefault(claim.resource_id, []).append(Span(claim.start, claim.end))
        hits.append(Hit(visit, tuple(_proposal(visit, away, one) for one in plans)))
    return hits


async def resolve(
    db: Database, scope: Scope, away: Away, choices: Sequence[Choice], *, now: datetime
) -> tuple[list[Appointment], list[Block]]:
    """Do what was chosen for every appointment that is hit, and block the time: all of it or nothing.

    Everyone concerned is told once. Returns the appointments and blocks as they were read back after COMMIT. Raises
    InTheWay where an appointment is hit for which nothing was chosen, NotFound for one that is not hit, and why a
    choice cannot be had, with `appointment_id` in its data.
    """
    _check(away, now)
    chosen = {one.appointment_id: one for one in choices}
    if len(chosen) < len(choices):
        raise Invalid("choices", "say once what becomes of an appointment")
    try:
        async with db.transaction(scope, lock=locks.ALONE) as tx:
            made = await _apply(tx, away, chosen, [one.appointment_id for one in choices], now)
    except ExclusionViolation:
        raise InTheWay("there is a class at that time", appointments=[]) from None
    async with db.reading(scope) as tx:
        changed = [await queries.appointment(tx, one.appointment_id) for one in choices]
    return changed, [await blocks.get(db, scope, one) for one in made]


async def _apply(
    tx: Transaction, away: Away, chosen: Mapping[UUID, Choice], order: Sequence[UUID], now: datetime
) -> list[UUID]:
    await _known(tx, away)
    await tx.run(blocks.OVER, away.params(tx.tenant, now))
    hit = await _hit(tx, away, now)
    for n, one in enumerate(order):
        if one not in hit:
            raise NotFound("that appointment is not hit", field=f"choices.{n}.appointment_id")
    if missing := [one for one in hit if one not in chosen]:
        left = [await queries.appointment(tx, one) for one in missing]
        names = ", ".join(one.code for one in left[:10])
        told = [
            {"id": str(a.id), "code": a.code, "customer": a.customer.name, "start": a.start.isoformat()} for a in left
        ]
        raise InTheWay(f"say what becomes of these appointments: {names}", appointments=told)
    visits = {one: await queries.appointment(tx, one, lock=True) for one in sorted(hit)}
    for one in hit:
        choice = chosen[one]
        if choice.version not in (None, visits[one].version):
            raise Stale("the appointment was changed meanwhile", version=visits[one].version, appointment_id=str(one))
    for one in hit:
        if chosen[one].cancel:
            await _cancel(tx, visits[one], now)
    # those that move give back first: what one of them leaves, another may take
    await tx.run(GIVE_BACK, (tx.tenant, [one for one in hit if not chosen[one].cancel]))
    made = []
    for begin, until in await tx.rows(LEFT, away.params(tx.tenant, now)):
        made.append(ids.uuid7())
        await blocks.write(tx, {**away.params(tx.tenant, now), "id": made[-1], "start": begin, "end": until})
    for n, one in enumerate(order):
        if not chosen[one].cancel:
            await _move(tx, visits[one], chosen[one], away, now, n)
    return made


async def _cancel(tx: Transaction, visit: Appointment, now: datetime) -> None:
    await tx.run(SPARE, (tx.tenant, visit.id))
    version = await store.change(tx, visit.id, rules.after("cancel", visit, now))
    if visit.status != "held":
        await changes.tell(tx, visit.id, version, "cancelled")


async def _move(tx: Transaction, visit: Appointment, choice: Choice, away: Away, now: datetime, place: int) -> None:
    """Give a visit what was chosen for it; a refusal says which one it is about."""
    start = choice.start or visit.start
    parts = _parts(visit, away, choice.staff_id)
    beyond = tuple({*choice.overrides, *SAME_TIME, *visit.overrides}) if start == visit.start else choice.overrides
    services = tuple(one.service_id for one in visit.segments if one.service_id)
    people = (choice.staff_id, *(one.staff_id for one in visit.segments))
    try:
        status = rules.after("move", visit, now)
        plan, book = await placing.plan(tx, Ask(services, people, parts, start, beyond, without=visit.id), now)
    except NotFound as error:
        if error.data.get("field", "").endswith("staff_id"):
            error.data["field"] = f"choices.{place}.staff_id"
        raise
    except Refusal as refusal:
        refusal.data["appointment_id"] = str(visit.id)
        raise
    if book.over:
        await store.release(tx, now, plan)
    named = choice.overrides or visit.overrides
    version = await store.rearrange(tx, visit.id, plan, status=status, overrides=named)
    await changes.tell(tx, visit.id, version, "moved")


def _parts(visit: Appointment, away: Away, staff_id: UUID | None) -> placing.Wanted:
    """Return a visit's own parts as they are to be had without somebody: with a colleague, or with anyone."""

    def wanted(book: Book) -> Visit:
        return Visit(
            tuple(
                replace(one, staff_id=staff_id) if one.staff_id == away.resource_id else one
                for one in revising.parts_of(visit, book.services)
            )
        )

    return wanted


async def _plans(
    db: Database, scope: Scope, visit: Appointment, away: Away, given: Mapping[UUID, Sequence[Span]], now: datetime
) -> list[Plan]:
    """Return how a visit could be had instead, of nothing that is given to another: at its own time, then nearest."""
    first = max(visit.start - AROUND, now).astimezone(UTC).date()
    last = max(first, (visit.start + AROUND).astimezone(UTC).date())
    services = tuple(one.service_id for one in visit.segments if one.service_id)
    people = (None, *(one.staff_id for one in visit.segments))
    try:
        book = await diaries.peek(db, scope, Question(services, people, first, last, now, visit.id))
        wanted = _parts(visit, away, None)(book)
    except (NotFound, Stale):  # its service is gone, or it is a seat in a class
        return []
    resources = [_less(one, given.get(one.id, ())) for one in book.resources]

    def search() -> list[Plan]:
        found: list[Plan] = []
        with suppress(Refusal, TooMuch):
            beyond = placing.beyond(resources, (*SAME_TIME, *visit.overrides))
            found.append(planning.choose(wanted, beyond, visit.start, min(now, visit.start)))
        with suppress(TooMuch):
            others = (one for one in planning.find(wanted, resources, first, last, now) if one.start != visit.start)
            found += nsmallest(NEAREST, others, key=lambda one: (abs(one.start - visit.start), one.start))
        return found

    return await apart.compute(scope.tenant, search)


def _proposal(visit: Appointment, away: Away, plan: Plan) -> Proposal:
    places = [n for n, one in enumerate(visit.segments) if one.staff_id == away.resource_id]
    colleagues = {plan.segments[n].staff for n in places}
    return Proposal(plan.start, plan.end, next(iter(colleagues)) if len(colleagues) == 1 else None)


def _less(one: Resource, spans: Sequence[Span]) -> Resource:
    """Return a resource of which some spans are taken as well."""
    if not spans:
        return one
    begins, ends = tuple(ticks(span.start) for span in spans), tuple(ticks(span.end) for span in spans)
    taken = one.taken
    return replace(
        one,
        taken=Taken(taken.starts + begins, taken.ends + ends, taken.blocked_from + begins, taken.blocked_until + ends),
    )


async def _hit(tx: Transaction, away: Away, now: datetime) -> list[UUID]:
    """Return the appointments that claim what is not to be had, by start; holds that have run out are none."""
    found = [row[1] for row in await tx.rows(HIT, away.params(tx.tenant, now))]
    if len(found) > MOST:
        raise Invalid("end", f"these are more than {MOST} appointments: take a shorter time")
    return found


async def _known(tx: Transaction, away: Away) -> None:
    if await tx.row(blocks.RESOURCE, (tx.tenant, away.resource_id)) is None:
        raise NotFound("there is no such member of staff, room or unit", field="resource_id")


def _check(away: Away, now: datetime) -> None:
    if away.end <= away.start:
        raise Invalid("end", "it ends after it begins")
    if away.end <= now:
        raise Invalid("end", "that is over")
    if away.end > now + free.REACH:
        raise Invalid("end", "that is further ahead than appointments are given")
