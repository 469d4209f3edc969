"""The starts of a visit, each with the plan behind it; and the plan for one start, or why there is none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from truebook.booking import bits, rules
from truebook.booking.availability import CLOSENESS
from truebook.booking.bits import Range
from truebook.booking.errors import NotOffered, Refusal, SlotTaken
from truebook.booking.model import Span
from truebook.booking.needs import Ask, Need, lead, leads_first, needs, offsets
from truebook.booking.seating import Patience, groups, seat, short_of
from truebook.booking.visits import Claim, Plan, Resource, Seat, Segment, Visit
from truebook.booking.window import Minutes, Window

STRETCH = 10
ORDER = ("not_offered", "notice", "horizon", "blackout", "closed", "booked", "buffer")
"""The refusals of a visit in the order a receptionist would give them."""


def find(visit: Visit, resources: Sequence[Resource], first: date, last: date, now: datetime) -> Iterator[Plan]:
    """Yield how a visit can be had from first to last day, both included: a plan for every start, in order.

    A start lies on the grid of who leads the first segment: their openings, in the steps of all who take part. Raises
    TooMuch where there are too many ways to share out who is free.
    """
    wanted = needs(visit, resources)
    if first > last or not all(need.candidates for need in wanted):
        return
    leads, together = leads_first(visit, wanted), groups(wanted)
    drafts: dict[tuple[Resource, ...], list[Draft]] = {}  # the same people are free at many starts
    patience = Patience()
    known: Minutes = {}
    for window in (Window(wanted, leads, begin, end, now, known) for begin, end in _stretches(first, last)):
        for at, grids in window.starts():
            for grid in grids:
                seated = seat(wanted, together, window.options(grid, at), patience)
                if seated:
                    if seated not in drafts:
                        drafts[seated] = _draft(visit, wanted, seated)
                    yield _at(visit, drafts[seated], window.instant(at))
                    break


def starts(visit: Visit, resources: Sequence[Resource], first: date, last: date, now: datetime) -> Iterator[datetime]:
    """Yield the starts that `find` has plans for, in order: many times faster where nobody need be shared out."""
    wanted = needs(visit, resources)
    if first > last or not all(need.candidates for need in wanted):
        return
    if any(len(group) > 1 for group in groups(wanted)):
        yield from (one.start for one in find(visit, resources, first, last, now))
        return
    window = Window(wanted, leads_first(visit, wanted), first, last, now)
    yield from (window.instant(at) for at, _ in window.starts())


def _stretches(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Cut days into stretches, each twice as long as the one before: who asks for a few starts needs but the first."""
    days = STRETCH
    while first <= last:
        end = min(first + timedelta(days=days - 1), last)
        yield first, end
        first, days = end + timedelta(days=1), days * 2


def choose(visit: Visit, resources: Sequence[Resource], start: datetime, now: datetime) -> Plan:
    """Return how a visit can be had at one start, on the grid or not; raise why it cannot.

    Of all that stands against it the refusal is the first that a receptionist would give, of the first segment; of
    several people who could fill a role, the one closest to a yes. Its data name the segment (from 1) and the role.
    """
    wanted = needs(visit, resources)
    options: list[list[Resource]] = []
    refusals: list[Refusal] = []
    for need in wanted:
        spans = [_spans(ask, start) for ask in need.asks]
        against = [(who, _why_not(visit, spans, who, start, now)) for who in need.candidates]
        options.append([who for who, refusal in against if refusal is None])
        if not options[-1]:
            told = [refusal for _, refusal in against if refusal]
            refusals.append(_closest(told) if told else _nobody(visit, need, resources))
    if refusals:
        raise min(refusals, key=lambda refusal: ORDER.index(refusal.code))
    seated = seat(wanted, groups(wanted), options, Patience())
    if seated is None:
        ask = wanted[short_of(wanted, options)].asks[-1]
        raise SlotTaken("there are not enough for all at once", **_where(visit, ask))
    return plan(visit, wanted, seated, start)


def plan(visit: Visit, wanted: Sequence[Need], seated: Sequence[Resource], start: datetime) -> Plan:
    """Return a visit at a start, with who fills each of its needs."""
    return _at(visit, _draft(visit, wanted, seated), start)


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment before its start is known: when it begins and ends, counted from it, who does what, what is claimed."""

    begin: timedelta
    end: timedelta
    staff: Seat
    seats: tuple[Seat, ...]
    claims: tuple[tuple[UUID, timedelta, timedelta, str], ...]


def _at(visit: Visit, drafts: list[Draft], start: datetime) -> Plan:
    """Return the plan that a draft becomes at a start."""
    return Plan(
        tuple(
            Segment(
                part.service,
                start + one.begin,
                start + one.end,
                part.guest_name,
                one.staff,
                one.seats,
                tuple(Claim(who, start + begin, start + until, role) for who, begin, until, role in one.claims),
            )
            for part, one in zip(visit.parts, drafts, strict=True)
        )
    )


def _draft(visit: Visit, wanted: Sequence[Need], seated: Sequence[Resource]) -> list[Draft]:
    claims = _claims(wanted, seated)
    seats: dict[int, dict[str, Seat]] = defaultdict(dict)
    for need, who in zip(wanted, seated, strict=True):
        for ask in need.asks:
            seats[ask.part][ask.role.name] = Seat(ask.role.name, ask.role.pool_id, who.id, who.name)
    begins = offsets(visit.parts, [part.service.duration for part in visit.parts])
    return [
        Draft(
            timedelta(minutes=begin),
            timedelta(minutes=begin + part.service.duration),
            seats[n][lead(part.service).name],
            tuple(seats[n].values()),
            tuple((who, timedelta(minutes=a), timedelta(minutes=b), role) for who, (a, b), role in claims[n]),
        )
        for n, (part, begin) in enumerate(zip(visit.parts, begins, strict=True))
    ]


def _claims(wanted: Sequence[Need], seated: Sequence[Resource]) -> dict[int, list[tuple[UUID, Range, str]]]:
    """Return the claims by segment: of each resource the work, then of the buffers what the visit leaves of them."""
    busy: dict[Resource, list[tuple[Ask, tuple[Range, ...]]]] = defaultdict(list)
    for need, who in zip(wanted, seated, strict=True):
        busy[who] += [(ask, ask.work) for ask in need.asks]
    for need, who in zip(wanted, seated, strict=True):
        for ask in need.asks:
            taken = [one for _, ranges in busy[who] for one in ranges]
            busy[who].append((ask, tuple(bits.subtract(ask.buffers, taken))))
    claims: dict[int, list[tuple[UUID, Range, str]]] = defaultdict(list)
    for who, held in busy.items():
        for part in sorted({ask.part for ask, _ in held}):
            mine = [(ask, ranges) for ask, ranges in held if ask.part == part]
            for begin, until in bits.join(one for _, ranges in mine for one in ranges):
                role = next(ask.role.name for ask, ranges in mine if any(begin <= one < until for one, _ in ranges))
                claims[part].append((who.id, (begin, until), role))
    return {part: sorted(of) for part, of in claims.items()}


Spans = tuple[Ask, list[Span], list[Span]]
"""An ask with the times of its work, and those that are kept for it with its buffers."""


def _spans(ask: Ask, start: datetime) -> Spans:
    return (
        ask,
        [_span(start, one) for one in ask.work],
        [_span(start, one) for one in bits.join((*ask.work, *ask.buffers))],
    )


def _why_not(visit: Visit, spans: Sequence[Spans], who: Resource, start: datetime, now: datetime) -> Refusal | None:
    """Return the first reason, in a receptionist's order, why somebody cannot fill a need."""
    refusals = []
    for ask, works, keeps in spans:
        refusal = rules.why_kept(who.hours, who.policy, who.taken, start, works, keeps, now)
        if refusal:
            refusal.data.update(_where(visit, ask))
            refusals.append(refusal)
    return min(refusals, key=lambda refusal: ORDER.index(refusal.code), default=None)


def _closest(refusals: list[Refusal]) -> Refusal:
    return max(refusals, key=lambda refusal: CLOSENESS.index(refusal.code))


def _nobody(visit: Visit, need: Need, resources: Sequence[Resource]) -> NotOffered:
    ask = need.asks[0]
    part = visit.parts[ask.part]
    wished = next((one.name for one in resources if one.id == part.staff_id), "nobody")
    if ask.role.pool_id is not None:
        return NotOffered(f"there is no {ask.role.name}", **_where(visit, ask))
    does = "offers" if wished == "nobody" else "does not offer"
    return NotOffered(f"{wished} {does} {part.service.name}", **_where(visit, ask))


def _where(visit: Visit, ask: Ask) -> dict[str, Any]:
    """Return which segment and role a refusal is about; nothing where there is only one of both."""
    if len(visit.parts) == 1 and not visit.parts[0].service.roles:
        return {}
    return {"segment": ask.part + 1, "role": ask.role.name}


def _span(start: datetime, minutes: Range) -> Span:
    return Span(start + timedelta(minutes=minutes[0]), start + timedelta(minutes=minutes[1]))
