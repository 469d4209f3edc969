"""Next steps for what is more than one service at one time: series, the waiting list, changes of an appointment."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from truebook.assistant.limits import written
from truebook.assistant.offline.odds import CERTAIN, LIKELY, SURE
from truebook.assistant.offline.shape import UNITS, Again
from truebook.assistant.offline.step import Call, Returned, Step, say
from truebook.language.merge import at_time, on_day
from truebook.language.state import Meaning, Slot, State
from truebook.language.text import plain
from truebook.language.wish import Constraint, Days, Visit

AGAIN = ("bookSeries", "cancelSeries", "changePlaces", "joinWaitlist", "leaveWaitlist", "takeWaitlistOffer")
"""Tools whose call that read something back is made once more when the customer agrees."""
KEPT = ("cancelSeries", "changePlaces", "leaveWaitlist")
"""Those that take something away: a no keeps it."""
SOONER = 14
"""Days before an appointment in which something earlier is waited for."""
TAKING = ("moveAppointment", "cancelAppointment", *KEPT)
"""Tools that change what is booked, once there is a yes."""
OWN = ("myAppointments", "cancelAppointment", "moveAppointment", "changePlaces")
"""Tools that ask about what is booked."""


def along(step: Step, visit: Visit) -> dict[str, Any]:
    """Return the arguments for what goes along with a visit."""
    also = step.shape.also(visit.service, visit.whom)
    return {"also": also} if also else {}


def only_class(step: Step) -> str | None:
    """Return the one service that is given as classes, where there is just one."""
    return step.classes[0] if len(step.classes) == 1 else None


# What may apply.


def takes_out(state: State, step: Step) -> bool:
    """Tell whether the customer wants less than the visit that was offered or read back: "only the haircut"."""
    return step.fewer and bool(state.offered or state.readback or step.waiting)


def brings_more(state: State, step: Step) -> bool:
    """Tell whether more people or services come along with what was offered or read back: "and for my son too"."""
    open_ = state.offered or state.readback or step.waiting or state.meaning.picked
    return step.more and bool(open_) and state.booked is None


def leaves_list(state: State, step: Step) -> bool:
    """Tell whether the customer no longer wants to wait."""
    meaning = state.meaning
    return meaning.does("waitlist", "leave") and not meaning.does("waitlist", "join", least=SURE)


def takes_kept(state: State, step: Step) -> bool:
    """Tell whether the customer takes a time that came free, with nothing else on the table."""
    open_ = state.offered or state.readback or state.meaning.changed or step.shape.waits
    return state.meaning.does("waitlist", "take") and not open_


def waits(state: State, step: Step) -> bool:
    """Tell whether a place on the waiting list is what is being arranged."""
    meaning = state.meaning
    outright = meaning.does("waitlist", "join", least=CERTAIN)  # "no, not at noon: put me on the waiting list"
    takes = bool(meaning.picked) and meaning.likeliest("choose", "agree") >= SURE
    also = meaning.yes and state.readback is not None and not (step.pending and step.pending.tool == "joinWaitlist")
    if not step.shape.waits or meaning.agreed or (outright and takes) or also:
        return False  # "yes, and tell me if anything earlier comes free" goes on with what was read back
    return outright or (not meaning.no and _goes_on(state, step, "joinWaitlist"))


def comes_again(state: State, step: Step) -> bool:
    """Tell whether a series is what is being arranged."""
    told = step.recurs or not state.meaning.no or bool(state.meaning.changed)
    return step.shape.again is not None and told and _goes_on(state, step, "bookSeries")


def _goes_on(state: State, step: Step, tool: str) -> bool:
    meaning = state.meaning
    pending = step.pending.tool if step.pending else None
    series = pending == "bookSeries"  # another time for all of it
    again = tool == "bookSeries" and step.recurs  # "16:30 is fine, and every tuesday after that"
    sought = tool == "bookSeries" and pending == "findSlots"  # times of its first date were offered
    others = ["person"] if meaning.likeliest("book", "every") > meaning.likeliest("lookup") else ["lookup", "person"]
    if (not series or step.moving is not None) and (state.booked or state.appointments):  # else nothing can be moved
        dates = again and step.shape.again is not None and bool(step.shape.again.dates)
        others += ["cancel"] if dates else ["cancel", "move"]  # "the same on the 9th and the 16th" moves nothing
    if (meaning.picked and not series and not again and not sought) or meaning.likeliest(*others) >= SURE:
        return False
    said = meaning.likeliest("waitlist", "every") >= LIKELY or bool(meaning.changed) or step.recurs
    said = said or bool(sought and meaning.picked)
    return said or state.asks("count") or (pending == tool and not meaning.asks)


def adds(state: State, step: Step) -> bool:
    """Tell whether, right after a receipt, a service is to come along with what was booked: "and a colour, too"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.just != booked.id or not meaning.adding or step.shape.along:
        return False
    return bool(meaning.named - _here(booked)) and not meaning.changed & {"day", "time", "staff"}


def swaps(state: State, step: Step) -> bool:
    """Tell whether, right after a receipt, another service is to take the place of one: "make it a colour instead"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.just != booked.id or meaning.adding or meaning.likeliest("cancel") >= LIKELY:
        return False
    rather = meaning.prefers or meaning.likeliest("move", "correct") >= max(LIKELY, meaning.likeliest("book"))
    other = len(meaning.named - _here(booked)) == 1
    return other and (bool(meaning.less & _here(booked)) or (rather and not _timed(meaning)))


def only_swaps(state: State, step: Step) -> bool:
    """Tell whether nothing but what it is changes: with a time of its own another one may be booked, and this go."""
    return swaps(state, step) and not _timed(state.meaning)


def _timed(meaning: Meaning) -> bool:
    """Tell whether a time or somebody is named: "and a colour on friday, rather with Clara" is one more."""
    return bool(meaning.days or meaning.clocks or meaning.person)


def _here(booked: Slot) -> set[str | None]:
    """Return the services of what is booked."""
    return {booked.service, *booked.parts}


def leaves_out(state: State, step: Step) -> bool:
    """Tell whether less is wanted of a visit that was booked, and nothing else is open: "only the cut", "no colour"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.pending or meaning.adding or meaning.changed & {"day", "time"}:
        return False
    fewer = meaning.less | meaning.only
    return meaning.likeliest("cancel") < LIKELY and bool(fewer & set(booked.parts))


def parts_with(state: State, step: Step) -> bool:
    """Tell whether a part of what is booked is given back, or more of it wanted, and nothing new is being arranged."""
    parting, known = step.parting, (*state.standing, *state.appointments, *((state.booked,) if state.booked else ()))
    if not parting or step.waiting:
        return False
    if parting.more is not None:
        return bool(step.just) and state.booked is not None and state.booked.service in step.classes
    several = any(one.people > 1 for one in known)
    days = state.meaning.days
    meant = [one for one in known if one.day and any(first <= one.day <= last for first, last in days)]
    if not meant and not state.meaning.adding and state.meaning.likeliest("book", "available") < LIKELY:
        on = {day.weekday() for day, _ in days}  # "Joe can't come on saturday" is the one that stands
        meant = [one for one in known if one.day and one.day.weekday() in on and one.people > 1]
    if days and not meant:
        return False  # "and a new one on the 14th, for me alone"
    settled = step.pending is None or step.pending.tool in OWN or bool(step.moving)
    if settled and state.booked is not None and _needs_more_places(state, state.booked, step):
        return True
    open_ = {state.wish.visit.service} if state.shown else set[str | None]()
    of_it = [one for one in known if state.meaning.named and not days and not state.meaning.named & open_]
    named = any(
        one.people > 1 and not state.meaning.named - _here(one) for one in (*meant, *of_it)
    )  # "only me on saturday", "one place less in the yoga"
    return several and (settled or parting.gone is not None or named)


def _needs_more_places(state: State, booked: Slot, step: Step) -> bool:
    """Tell whether more places are wanted in the class that is booked: "2 places instead of 1"."""
    other = state.meaning.named - {booked.service}
    return booked.service in step.classes and not other and any(n > booked.people for n in step.parting.left)


# What is done then.


def leave_list(state: State, step: Step) -> Call | None:
    """Ask whether they are to be taken off the list; of one service, where it is named."""
    named = sorted(state.meaning.named)
    return Call("leaveWaitlist", {"service": named[0]} if len(named) == 1 else {})


def take_kept(state: State, step: Step) -> Call | None:
    """Have what is kept for them read back."""
    return Call("takeWaitlistOffer", {})


def wait(state: State, step: Step) -> Call | None:
    """Have read back what would be waited for; ask for the service first."""
    visit, wish = state.wish.visit, state.wish
    service = visit.service or _only(state)
    if service is None:
        return say("ask_service")
    told = [c for c in visit.constraints if c.said or c.on == "day"]
    said = [replace(c, must=True) if c in told else c for c in visit.constraints]  # "rather" only chose the list
    if not visit.on("day") and state.booked is not None and state.booked.day:  # "in the morning" is that day's
        said.append(_of_what_is_booked(visit, state.booked.day))
    limits = written(tuple(c for c in said if c.on not in ("order", "end")))
    details = {"name": wish.name, "phone": wish.phone, "email": wish.email}
    return Call("joinWaitlist", {"service": service, "limits": limits, **{k: v for k, v in details.items() if v}})


def _of_what_is_booked(visit: Visit, day: date) -> Constraint:
    """Return on which days whoever has booked one waits: on that day, where a time is named, else before it."""
    return Constraint("day", (Days(day, day) if visit.on("time") else _before(day),), must=True)


def _before(day: date) -> Days:
    return Days(day - timedelta(days=SOONER), day - timedelta(days=1))


def wait_besides(state: State, when: tuple[Constraint, ...], booked: Returned) -> Call:
    """Have read back what would be waited for beside what is booked: something earlier, where no day was named."""
    day = date.fromisoformat(booked["day"])
    named = any(c.on == "day" for c in when)
    sooner = () if named else (Constraint("day", (_before(day),)),)
    limits = written((*sooner, *(replace(c, must=True) for c in when)))
    return Call("joinWaitlist", {"service": booked["service"], "limits": limits, "name": state.wish.name})


def repeat(state: State, step: Step) -> Call | None:
    """Have a series read back; ask for what is missing first: one question at a time."""
    wish, again = state.wish, step.shape.again
    assert again is not None
    visit = _from_what_is_booked(wish.visit, state, again)
    service = visit.service or _only(state)
    if service is None:
        return say("ask_service")
    if service in step.classes:
        return None if again.ends else say("ask_count")
    named = [one for c in visit.on("day") for one in c.values if isinstance(one, Days)]
    days = list(again.dates) or sorted(one.first for one in named if one.one or one.last == again.until)
    if not days:
        return say("ask_day", service=service)
    if visit.times is None or not visit.times.point or visit.times.first is None:
        return say("ask_time", day=days[0].isoformat()) if again.dates else None  # what is free is offered
    if not again.ends:
        return say("ask_count")
    first = again.starts or days[0]
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


def look_up(state: State, step: Step) -> Call | None:
    """Look up the appointment that is to be changed."""
    return Call("myAppointments", {"purpose": "move"})


def _only(state: State) -> str | None:
    services = state.desk.services
    return services[0].id if len(services) == 1 else None


# After the customer's own appointments were looked up.


def changed(state: State, step: Step, mine: list[Returned]) -> Call | None:
    """Return the search that changes what an appointment consists of: "a colour instead", "and a colour, too"."""
    meaning, here = state.meaning, {service for one in mine for service in _services(one)}
    new = [name for name in sorted(meaning.named - meaning.spared) if name not in here]
    if len(new) != 1:
        return None
    wanted = [one for one in mine if one["id"] in meaning.meant]
    wanted = wanted or [one for one in mine if meaning.on_day and one["day"] == meaning.on_day.isoformat()]
    wanted = wanted or [one for one in mine if meaning.named & set(_services(one))] or mine
    if len(wanted) != 1 and state.booked:
        wanted = [one for one in wanted if one["id"] == state.booked.id]
    if len(wanted) != 1:
        return None
    one = wanted[0]
    if one.get("seats"):
        return _other_class(state, one, new[0]) if new[0] in step.classes else None
    adding = adds(state, step)
    old = meaning.named & set(_services(one))
    if not adding and len(_services(one)) > 1 and len(old) != 1:
        return None
    kept = _parts(one)
    content = [*kept, {"service": new[0]}] if adding else [_instead(part, old, new[0]) for part in kept]
    return _search(one, content, _said(state))


def parted(state: State, step: Step, mine: list[Returned]) -> Call | None:
    """Return what gives a part of an appointment back: places in a class, or what a guest would have had."""
    if not step.parting or (state.meaning.less and left_out(state, mine, cancels=False)):
        return None  # "my wife does my beard, so drop that, but Tom's cut stays"
    found = {one["id"]: call for one in mine if (call := _part_given_back(state, step, one))}
    several = [one for one in mine if one["id"] in found]
    for narrowed in (
        [one for one in several if one["id"] in state.meaning.meant],
        [one for one in several if state.meaning.named & set(_services(one))],
        [one for one in several if any(a.isoformat() <= one["day"] <= b.isoformat() for a, b in state.meaning.days)],
        several,
    ):
        if len(narrowed) == 1:
            return found[narrowed[0]["id"]]
    return say("shown") if several else None  # it is asked which


def without_part(state: State, step: Step, mine: list[Returned]) -> Call | None:
    """Return the search that takes out of what was booked the part that is to be on another day; what is left begins
    when it does now."""
    for one in (one for one in mine if state.booked and one["id"] == state.booked.id):
        kept = [part for part in one.get("parts", ()) if part["service"] != step.later[0].service]
        if kept:
            begins = at_time(time.fromisoformat(kept[0]["time"]))
            return _search(one, _parts({**one, "parts": kept}), (begins,))
    return None


def _part_given_back(state: State, step: Step, one: Returned) -> Call | None:
    if seats := one.get("seats"):
        left = step.parting.of(seats)
        return Call("changePlaces", {"appointment_id": one["id"], "seats": left}) if left and left != seats else None
    gone = _gone(state, step, one)
    kept = [part for part in _parts(one) if part not in gone]
    return _search(one, kept, tuple(c for c in _said(state) if c.on != "staff")) if gone and kept else None


def _gone(state: State, step: Step, one: Returned) -> list[Returned]:
    """Return the parts of a visit that are given back: those of a guest, or of a person, that is named, or of all."""
    guests, words = _guests(one), step.parting.words
    named = [part for part in guests if set(plain(part["guest"]).split()) & words]
    by = [part for part in guests if part.get("staff") == state.meaning.person]
    whose = {part["guest"] for part in named or by or (guests if step.parting.of(1 + len(guests)) == 1 else [])}
    return [part for part in guests if part["guest"] in whose]


def _guests(one: Returned) -> list[Returned]:
    return [part for part in _parts(one) if part.get("guest")]


def _other_class(state: State, one: Returned, service: str) -> Call:
    """Return the search for as many places in another class: on the same day, if nothing else is said."""
    limits = list(_said(state))
    if not any(c.on == "day" for c in limits):
        limits.append(replace(on_day(date.fromisoformat(one["day"])), must=False))
    return Call(
        "findSlots",
        {
            "service": service,
            "limits": written(limits),
            "moving": one["id"],
            "changing": True,
            "seats": int(one["seats"]),
        },
    )


def left_out(state: State, mine: list[Returned], *, cancels: bool) -> Call | None:
    """Return the search that takes a service out of a visit that stands, the rest as it is: "cancel the colour"."""
    meaning = state.meaning
    found = list[tuple[Returned, list[Returned]]]()
    for one in mine:
        here = set(_services(one))
        kept_alone = here - meaning.only if meaning.only else frozenset[str]()
        gone = meaning.less or (meaning.named - meaning.spared if cancels else kept_alone)
        kept = [part for part in _parts(one) if part["service"] not in gone]
        if gone & here and kept and not one.get("seats"):
            found.append((one, kept))
    alone = any(_services(one) == [name] for one in mine for name in meaning.named)
    if len(found) != 1 or (alone and not meaning.less):
        return None
    one, kept = found[0]
    theirs = {part.get("staff") for part in _parts(one) if part not in kept}  # "the beard with Ben goes"
    return _search(one, kept, tuple(c for c in _said(state) if c.on != "staff" or not theirs & {*c.values}))


def _services(one: Returned) -> list[str]:
    return [part["service"] for part in _parts(one)]


def _parts(one: Returned) -> list[Returned]:
    """Return the parts of an appointment as a search takes them, each with who does it now."""
    found = one.get("parts") or [{"service": one["service"], "staff": one["staff"]}]
    return [{name: part[name] for name in ("service", "staff", "guest") if part.get(name)} for part in found]


def _instead(part: Returned, old: frozenset[str], new: str) -> Returned:
    if old and part["service"] not in old:
        return part
    return {**{name: value for name, value in part.items() if name == "guest"}, "service": new}


def _said(state: State) -> tuple[Constraint, ...]:
    return tuple(c for c in state.wish.visit.constraints if (c.said or c.must) and c.on in ("day", "time", "staff"))


def _search(one: Returned, content: list[Returned], said: tuple[Constraint, ...]) -> Call:
    """Look for an appointment's new content: where nothing else is said, exactly when it is now, with whom it is."""
    limits = list(said)
    if not any(c.on == "day" for c in said):
        limits.append(on_day(date.fromisoformat(one["day"])))
    if not any(c.on == "time" for c in said):
        limits.append(at_time(time.fromisoformat(one["time"])))
    first, *also = content
    whom = first.get("staff") or one["staff"]
    if not any(c.on == "staff" for c in said) and whom:
        limits.append(Constraint("staff", (whom,), must=False))
    arguments: dict[str, Any] = {
        "service": first["service"], "limits": written(limits), "moving": one["id"], "changing": True, "also": also,
        "guest": first.get("guest"),
    }  # fmt: skip
    return Call("findSlots", {name: value for name, value in arguments.items() if value})
