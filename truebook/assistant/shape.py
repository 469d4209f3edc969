"""The shape of what is arranged, beyond one service at one time: what goes along, how often, or only waited for."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from truebook.assistant.odds import LIKELY, SURE
from truebook.language.counting import Counted, Unit
from truebook.language.state import State
from truebook.language.wish import Days, Visit

MOST_ALONG = 9
UNITS = {"day": 1, "week": 7, "month": 30}
"""Days, about."""


@dataclass(frozen=True, slots=True)
class Again:
    """Something that comes again: how far apart, and how many times or until when, as far as that was said."""

    every: Unit = "week"
    interval: int = 1
    count: int | None = None
    until: date | None = None

    @property
    def ends(self) -> bool:
        """Tell whether it is known how long it goes on."""
        return self.count is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Shape:
    """`along`: the further parts of one visit (without a service: the same as the first); `again`: it is a series.

    `waits`: a place on the waiting list is wished for, not an appointment.
    """

    along: tuple[Visit, ...] = ()
    again: Again | None = None
    waits: bool = False

    def also(self, service: str | None) -> list[dict[str, Any]]:
        """Return the further parts as a tool takes them; whoever has the same service once more is somebody else."""
        parts, there = list[dict[str, Any]](), [service]
        for number, one in enumerate(self.along, 1):
            what = one.service or service
            guest = one.whom or (f"+{number}" if what in there else None)
            there.append(what)
            own = one.staff if any(c.must for c in one.on("staff")) else None
            parts.append({"service": what, **_given(guest=guest, staff=own, together=one in self.together)})
        return parts

    together: tuple[Visit, ...] = ()
    """Those of `along` that are to begin together with the part before them."""


ONE = Shape()
"""One service at one time."""


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def heard(before: Shape, state: State, counted: Counted) -> Shape:
    """Return the shape after a message: what it says of it, beside what was said before."""
    shape = replace(before, waits=_waits(before, state), again=_again(before.again, state, counted))
    meaning, along = state.meaning, _along(state, counted)
    if along:
        at_once = along if meaning.same_time else ()
        return replace(shape, along=along, together=tuple(one for one in at_once if one.whom or not one.service))
    if shape.along and meaning.named and not meaning.adding and (counted.only or "service" in meaning.changed):
        return replace(shape, along=(), together=())  # "just the cut, then"
    return shape


def is_one_visit(state: State) -> bool:
    """Tell whether all that a message asks for is one visit: none of it has a time or a day of its own."""
    wish = state.wish
    if not wish.others or not wish.visit.service or state.meaning.likeliest("cancel") >= LIKELY:
        return False
    return all(not one.on("time") and one.on("day") in ((), wish.visit.on("day")) for one in wish.others)


def _along(state: State, counted: Counted) -> tuple[Visit, ...]:
    if is_one_visit(state):
        return tuple(replace(one.without("day", "order")) for one in state.wish.others)
    people = counted.people or (counted.party if state.meaning.likeliest("people") >= LIKELY else None) or 1
    return tuple(Visit() for _ in range(min(people - 1, MOST_ALONG))) if not state.wish.others else ()


def _waits(before: Shape, state: State) -> bool:
    meaning = state.meaning
    joins = meaning.does("waitlist", "join", least=LIKELY) and not meaning.does("waitlist", "leave", least=SURE)
    answers = state.asks("service") or state.asks("name") or meaning.likeliest("available", "book") < SURE
    return joins or (before.waits and not meaning.no and answers)


def _again(before: Again | None, state: State, counted: Counted) -> Again | None:
    """Return how often it is to be; a number alone is one where it was asked how often."""
    every = state.meaning.likeliest("every") >= LIKELY
    if before is None and not every:
        return None
    found = before or Again()
    found = replace(found, every=counted.every or found.every, interval=counted.interval or found.interval)
    times = counted.times or (counted.bare if before and state.asks("count") else None)
    if times:
        found = replace(found, count=times, until=None)
    elif counted.lasting:
        number, unit = counted.lasting
        if unit == found.every:
            found = replace(found, count=max(1, number // found.interval), until=None)
        elif state.wish.visit.day:
            end = state.wish.visit.day + timedelta(days=number * UNITS[unit])
            found = replace(found, until=end, count=None)
    days = [one for c in state.wish.visit.on("day") for one in c.values if isinstance(one, Days)]
    if len(days) == 2 and days[1].first > days[0].first and every:  # "every tuesday until christmas"
        found = replace(found, until=days[1].first, count=None)
    return found
