"""Series: whether what is arranged is to come again, and the next step then."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from truebook.assistant.offline.arranging import along, goes_on, only_service
from truebook.assistant.offline.shape import UNITS, Again, first_of
from truebook.assistant.offline.step import Call, Step, say
from truebook.language.lists.timewords import weekday_in
from truebook.language.merge import at_time, on_day
from truebook.language.state import State
from truebook.language.wish import Constraint, Days, Visit


def comes_again(state: State, step: Step) -> bool:
    """Tell whether a series is what is being arranged."""
    told = step.recurs or not state.meaning.no or bool(state.meaning.changed)
    return step.shape.again is not None and told and goes_on(state, step, "bookSeries")


def repeat(state: State, step: Step) -> Call | None:
    """Have a series read back; ask for what is missing first: one question at a time."""
    wish, again = state.wish, step.shape.again
    assert again is not None
    visit = _from_what_is_booked(wish.visit, state, again)
    service = visit.service or only_service(state)
    if service is None:
        return say("ask_service")
    if service in step.classes:
        return None if again.ends else say("ask_count")
    first = first_of(again, visit)
    if first is None or _only_ends(visit, again, state):
        return say("ask_day", service=service)
    if visit.times is None or not visit.times.point or visit.times.first is None:
        return say("ask_time", day=first.isoformat()) if again.dates else None  # what is free is offered
    if not again.ends:
        return say("ask_count")
    offering = {slot.staff for slot in state.offered}
    sole = next(iter(offering)) if len(offering) == 1 else None  # who was asked for did all that was offered
    gone = (v.first for c in visit.on("day", allow=False) for v in c.values if isinstance(v, Days) and v.one)
    out = sorted({_from(first, day) for day in gone})
    more = len([day for day in out if again.holds(first, day)]) if again.besides else 0
    arguments = {
        "service": service, "starts_on": first.isoformat(), "at": visit.times.first.isoformat("minutes"),
        "every": again.every, "interval": again.interval, "weekdays": list(again.weekdays),
        "count": again.count + more if again.count else None,
        "until": again.until.isoformat() if again.until else None, "without": [day.isoformat() for day in out],
        "dates": [day.isoformat() for day in again.dates], "guest": step.shape.first(visit.whom),
        "staff": visit.staff if any(c.must for c in visit.on("staff")) or visit.staff in (_by(step), sole) else None,
        "name": wish.name, "phone": wish.phone, "email": wish.email, **along(step, replace(visit, service=service)),
    }  # fmt: skip
    return Call("bookSeries", {name: value for name, value in arguments.items() if value})


def _only_ends(visit: Visit, again: Again, state: State) -> bool:
    """Tell whether nothing but its end is told of a series, and no day on which it is to be: "until christmas"."""
    days = [(one, c.said) for c in visit.on("day") for one in c.values if isinstance(one, Days)]
    told = again.weekdays or any(weekday_in(said.split(), state.language) is not None for _, said in days)
    return len(days) == 1 and days[0][0].last == again.until and not told


def _by(step: Step) -> str | None:
    """Return with whom the series that was read back is, where that was said."""
    asked = step.pending
    return asked.arguments.get("staff", "") if asked and asked.tool == "bookSeries" else ""


def _from_what_is_booked(visit: Visit, state: State, again: Again) -> Visit:
    """Return what comes again where no day is named and something was just booked: that, from the next time on."""
    booked = state.booked
    if booked is None or booked.day is None or booked.time is None or visit.on("day") or again.every == "month":
        return visit
    following = on_day(booked.day + timedelta(days=UNITS[again.every] * again.interval))
    staff = (Constraint("staff", (booked.staff,)),) if booked.staff and not visit.on("staff") else ()
    clock = () if visit.times else (at_time(booked.time),)
    return replace(visit, constraints=(*visit.constraints, following, *clock, *staff))


def _from(first: date, day: date) -> date:
    """Return a day that is left out of a series; one before it begins is that of a month later: "not on the 29th"."""
    while day < first and (later := day + timedelta(days=monthrange(day.year, day.month)[1])).day == day.day:
        day = later
    return day
