"""What a message says beside what stands: without what that is already, and on its day where one more is wished for."""

from dataclasses import replace

from truebook.language.meaning.meant import LIKELY
from truebook.language.merge import on_day
from truebook.language.state import Meaning, State
from truebook.language.wish import Constraint, Visit
from truebook.language.wishing.for_somebody import is_after_one


def without_what_stands(
    said: tuple[Constraint, ...], state: State, meaning: Meaning, *, either: bool
) -> tuple[Constraint, ...]:
    """Return what a message says without a stretch of days in which that lies to which it leans to say yes, and without
    the person of what is booked beside another one who is to do it: "swap Anna for Clara"; either: one of them is.

    "Sounds great, it's my third cold this month" asks for no other day.
    """
    day = state.readback.day if state.readback and meaning.yes else None
    if state.booked and not either and (meaning.prefers or meaning.likeliest("move") >= LIKELY):
        theirs = [c for c in said if c.on == "staff" and c.allow and len(c.values) > 1]
        others = {c: tuple(one for one in c.values if one != state.booked.staff) for c in theirs}
        said = tuple(replace(c, values=others.get(c, c.values)) for c in said)
    clock = state.readback.time if state.readback and not meaning.no else None  # ten is "in the morning" already
    said = tuple(c for c in said if not (clock and c.on == "time" and c.allow and c.broad and c.holds(clock)))
    return tuple(c for c in said if not (day and c.on == "day" and c.allow and c.must and c.stretches and c.holds(day)))


def on_the_day_booked(visit: Visit, state: State, meaning: Meaning) -> Visit:
    """Return one more visit, wished for right after a receipt at an hour and on no day, on that day."""
    day = state.booked.day if state.booked and is_after_one(state) else None
    more = visit.whom or meaning.adding or (state.booked and meaning.named - {state.booked.service})
    if day is None or not more or visit.on("day") or not (visit.times and visit.times.point):
        return visit
    return replace(visit, constraints=(*visit.constraints, on_day(day)))
