"""From a wish to a plan: who and what is free as the rows stand just now, and which rules staff went beyond."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from truebook.booking import diaries, free, model, planning
from truebook.booking.diaries import Book, Question
from truebook.booking.errors import SlotTaken, TooFar, TooSoon
from truebook.booking.model import Hours, Service, Wish
from truebook.booking.visits import Part, Plan, Resource, Visit
from truebook.db import Transaction
from truebook.kernel.errors import Invalid

OVERRIDES = ("hours", "notice", "horizon", "grid")
"""The rules that staff may go beyond where the request names them: opening hours and days off, the notice (as far back
as this morning), the horizon, the grid of starts. Never another claim."""
EVERY_DAY: dict[int, tuple[tuple[int, int], ...]] = dict.fromkeys(range(7), ((0, 1440),))

Wanted = Callable[[Book], Visit]
"""Says what is wanted, with the services as they are; raises NotFound for what is unknown."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A visit that is wanted at a time: which services and people it is about, and what staff go beyond for it.

    `without` is the appointment that is to be there instead of where it is.
    """

    service_ids: tuple[UUID, ...]
    staff_ids: tuple[UUID | None, ...]
    visit: Wanted
    start: datetime
    overrides: tuple[str, ...] = ()
    without: UUID | None = None


def ask(wish: Wish) -> Ask:
    """Return what a wish asks for."""
    return asked(wish.parts, wish.start, wish.overrides, same_staff=wish.same_staff)


def asked(
    parts: Sequence[model.Wanted], start: datetime, overrides: tuple[str, ...] = (), *, same_staff: bool = True
) -> Ask:
    """Return the question for a visit of some parts at a time."""

    def visit(book: Book) -> Visit:
        return Visit(
            tuple(Part(book.service(one.service_id), one.staff_id, one.guest_name, one.together) for one in parts),
            same_staff,
        )

    services, staff = tuple(one.service_id for one in parts), tuple(one.staff_id for one in parts)
    return Ask(services, staff, visit, start, overrides)


async def plan(tx: Transaction, asked: Ask, now: datetime) -> tuple[Plan, Book]:
    """Return how a visit can be had, and what was looked at; raise why it cannot.

    Times that no business can mean are refused before they are computed with.
    """
    start = asked.start
    if start > now + free.REACH:
        raise TooFar("that is further ahead than appointments are given")
    if start < now and "notice" not in asked.overrides:
        raise TooSoon("that is in the past")
    day = start.astimezone(UTC).date()
    question = Question(asked.service_ids, asked.staff_ids, day, day, now, asked.without)
    book = await diaries.read(tx, question)
    if start < now:
        if start.astimezone(book.zone).date() < now.astimezone(book.zone).date():
            raise TooSoon("that is before today")
        await tx.carry("truebook.allow_past", "on")
    try:
        return _choose(asked, book, now), book
    except SlotTaken:  # its own time, or only its buffers?
        return _choose(asked, await diaries.read(tx, replace(question, exactly=True)), now), book


def _choose(asked: Ask, book: Book, now: datetime) -> Plan:
    resources = beyond(book.resources, asked.overrides)
    return planning.choose(asked.visit(book), resources, asked.start, min(now, asked.start))


def beyond(resources: Iterable[Resource], overrides: Sequence[str]) -> list[Resource]:
    """Return resources as they are for staff who go beyond some rules."""
    return [_beyond(one, overrides) for one in resources] if overrides else list(resources)


def _beyond(one: Resource, overrides: Sequence[str]) -> Resource:
    hours, policy = one.hours, one.policy
    if hours and "hours" in overrides:
        hours = Hours(hours.zone, EVERY_DAY, {}, ())
    if policy and "notice" in overrides:
        policy = replace(policy, min_notice_minutes=0)
    if policy and "horizon" in overrides:
        policy = replace(policy, max_advance_days=free.REACH.days)
    return replace(one, hours=hours, policy=policy)


def known(overrides: Iterable[str]) -> tuple[str, ...]:
    """Return the named rules, each once and in order; raise Invalid for one that nobody may go beyond."""
    named = set(overrides)
    if unknown := named - set(OVERRIDES):
        raise Invalid("override", f"there is no rule {min(unknown)!r} to go beyond; these are: {', '.join(OVERRIDES)}")
    return tuple(one for one in OVERRIDES if one in named)


def needs_approval(services: Iterable[Service]) -> bool:
    """Tell whether the business wants to approve a visit: one of its services asks for it."""
    return any(one.needs_approval for one in services)
