"""What a message says beside what stands: without what that is already, and on its day where one more is wished for."""

from dataclasses import replace

from truebook.language.meaning.meant import CERTAIN, LIKELY, SURE
from truebook.language.meaning.of_what_stands import names_only
from truebook.language.merge import on_day
from truebook.language.state import Meaning, State
from truebook.language.values.counting import counted
from truebook.language.values.said import Values
from truebook.language.wish import Constraint, Visit
from truebook.language.wishing.for_somebody import is_after_one

_WISHES = ("book", "move", "available", "tell", "lookup")


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


def only_names_what_stands(state: State, values: Values, meaning: Meaning) -> bool:
    """Tell whether the day, the hour and the person that a message names are those of something booked, while nothing
    is offered or asked, and it wishes for nothing more then: "great, see you on friday at ten"."""
    slots = [] if state.shown or state.asked else [*filter(None, (state.booked,)), *state.standing]
    told = bool(values.days or values.times or values.people) and not (values.name or values.shifts or values.barred)
    told = told and not values.marked("not_after", "not_before", "cannot_come")
    exact = values.days and any(one.relation == "at" for one in values.times)
    wishes = meaning.likeliest("move") if exact else meaning.likeliest("book", "move", "available", "more", "choose")
    wishes = wishes if wishes > meaning.likeliest("thank", "bye") else 0.0
    places = counted(values.text, values.language).people or 0  # "2 places on saturday at 10, a booking of its own"
    another = meaning.adding or meaning.prefers or meaning.party or values.says("kin") or wishes >= SURE or places > 1
    return bool(told and not another) and any(
        names_only(slot, values)
        and all(slot.staff in hit.ids for hit in values.people)
        and all(slot.services & {*hit.ids} for hit in values.services)
        for slot in slots
    )


def without_a_wish(meaning: Meaning) -> Meaning:
    """Return what a message means that only names what stands: it hardly wishes for that once more."""
    least = max(CERTAIN, meaning.likeliest("thank", "bye"))
    acts = (one for one in meaning.acts if one.act not in _WISHES or one.probability >= least)
    return replace(meaning, acts=tuple(acts))


def on_the_day_booked(visit: Visit, state: State, meaning: Meaning) -> Visit:
    """Return one more visit, wished for right after a receipt at an hour and on no day, on that day."""
    day = state.booked.day if state.booked and is_after_one(state) else None
    more = visit.whom or meaning.adding or (state.booked and meaning.named - {state.booked.service})
    if day is None or not more or visit.on("day") or not (visit.times and visit.times.point):
        return visit
    return replace(visit, constraints=(*visit.constraints, on_day(day)))
