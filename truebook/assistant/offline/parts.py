"""Changes of what a booking consists of: parts that come to it, leave it, or take the place of others."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from truebook.assistant.limits import written
from truebook.assistant.offline.arranging import OWN
from truebook.assistant.offline.odds import LIKELY, SURE
from truebook.assistant.offline.step import Call, Returned, Step, say
from truebook.language.merge import at_time, on_day
from truebook.language.state import Meaning, Slot, State
from truebook.language.text import plain
from truebook.language.wish import Constraint


def adds(state: State, step: Step) -> bool:
    """Tell whether, right after a receipt, a service is to come along with what was booked: "and a colour, too"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.just != booked.id or not meaning.adding or step.shape.along:
        return False
    return bool(meaning.named - booked.services) and not meaning.changed & {"day", "time", "staff"}


def swaps(state: State, step: Step) -> bool:
    """Tell whether, right after a receipt, another service is to take the place of one: "make it a colour instead"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.just != booked.id or meaning.adding:
        return False
    here, others = booked.services, meaning.named - booked.services
    only = meaning.only & others and meaning.named & here and not meaning.keeps  # "just the beard, drop the cut"
    gone = bool(meaning.less & here or only)
    moves, books = meaning.likeliest("move", "correct"), meaning.likeliest("book")
    rather = meaning.prefers or moves >= max(LIKELY, books) or (moves >= LIKELY and bool(meaning.only & others))
    cancels, mine = meaning.likeliest("cancel") >= LIKELY, (*state.standing, *state.appointments)
    if cancels and (meaning.keeps or others & {service for one in mine for service in one.services}):
        return False  # "cancel the colour, but keep the haircut"
    return len(others) == 1 and (gone or (rather and not cancels and not _timed(meaning)))


def only_swaps(state: State, step: Step) -> bool:
    """Tell whether nothing but what it is changes: with a time of its own another one may be booked, and this go."""
    return swaps(state, step) and not _timed(state.meaning)


def _timed(meaning: Meaning) -> bool:
    """Tell whether a time or somebody is named: "and a colour on friday, rather with Clara" is one more."""
    return bool(meaning.days or meaning.clocks or meaning.person)


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
    several = any(one.people > 1 for one in known)
    days = state.meaning.days
    meant = [one for one in known if one.day and any(first <= one.day <= last for first, last in days)]
    if not meant and not state.meaning.adding and state.meaning.likeliest("book", "available") < SURE:
        on = {day.weekday() for day, _ in days}  # "Joe can't come on saturday" is the one that stands
        meant = [one for one in known if one.day and one.day.weekday() in on and one.people > 1]
    if days and not meant:
        return False  # "and a new one on the 14th, for me alone"
    if parting.more is not None:
        return bool(step.just) and state.booked is not None and state.booked.service in step.classes
    settled = step.pending is None or step.pending.tool in OWN or bool(step.moving)
    if settled and state.booked is not None and _needs_more_places(state, state.booked, step):
        return True
    open_ = {state.wish.visit.service} if state.shown else set[str | None]()
    of_it = [one for one in known if state.meaning.named and not days and not state.meaning.named & open_]
    named = any(
        one.people > 1 and not state.meaning.named - one.services for one in (*meant, *of_it)
    )  # "only me on saturday", "one place less in the yoga"
    return several and (settled or parting.gone is not None or named)


def _needs_more_places(state: State, booked: Slot, step: Step) -> bool:
    """Tell whether more places are wanted in the class that is booked: "2 places instead of 1"."""
    other = state.meaning.named - {booked.service}
    return booked.service in step.classes and not other and any(n > booked.people for n in step.parting.left)


def look_up(state: State, step: Step) -> Call | None:
    """Look up the appointment that is to be changed."""
    return Call("myAppointments", {"purpose": "move"})


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
    days = state.meaning.days if step.parting.whose else ()  # "she can't on wednesday, is there one on friday?"
    theirs = [date.fromisoformat(one["day"]) for one in mine]
    elsewhere = bool(days) and not any(a <= day <= b or a.weekday() == day.weekday() for a, b in days for day in theirs)
    if not step.parting or elsewhere or (state.meaning.less and left_out(state, mine, cancels=False)):
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
        gone, there = step.later[0], one.get("parts", ())
        alike = [part for part in there if part["service"] == gone.service]
        theirs = [part for part in there if gone.whom and part.get("guest") == gone.whom]
        kept = [part for part in there if part not in (theirs or alike)]
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
