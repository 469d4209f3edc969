"""What follows a tool's answer: most answers speak for themselves and end the turn."""

from dataclasses import replace
from datetime import date, time, timedelta

from truebook.assistant.acts_of import slot_of
from truebook.assistant.limits import written
from truebook.assistant.offline import changes, moves, occasions, parts, repeating, waiting
from truebook.assistant.offline.odds import LIKELY
from truebook.assistant.offline.step import Call, Returned, Step, say
from truebook.language.meaning.meant import wants_others
from truebook.language.merge import at_time, on_day
from truebook.language.state import Meaning, State
from truebook.language.wish import Constraint, Days, Times, Visit

_BOTH = 2


def follow_up(state: State, step: Step, tool: str, returned: Returned) -> Call:
    """Go on after a tool's answer: most answers speak for themselves."""
    about = occasions.topics(state)
    if returned.get("status") in ("booked", "moved") and tool != "bookAppointment" and state.wish.notes:
        ids = {} if tool == "bookSeries" else {"appointment_ids": [returned["slot"]["id"]]}
        return Call("noteAppointment", {"note": "\n".join(state.wish.notes), **ids})
    if returned.get("status") == "moved" and step.likewise:
        one, visit = step.likewise[0]
        return moves.search(_moved(visit, one, exactly=False), moving=one["id"])
    if step.waits is not None and not step.turn:
        if returned.get("status") == "booked" and tool == "bookAppointment":
            return waiting.wait_besides(state, step.waits, returned["slot"])
        if returned.get("status") == "closed":
            return say("shown", about=[*about, "note"])
    if tool == "myAppointments" and changes.asks_if_it_stands(state, step) and _is_there(state, returned):
        return say("shown", about=["stands"])
    if tool == "myAppointments" and returned["purpose"] != "tell":
        return _with_own(state, step, returned)
    if tool == "myAppointments" and not returned["appointments"] and state.wish.visit.service in step.classes:
        return moves.look(state, step) or say("shown", about=about)  # "at what time is the yoga class?"
    if tool == "findSlots" and returned["reason"] and state.meaning.does("waitlist", "otherwise"):
        return waiting.wait(state, step) or say("shown", about=about)
    if tool == "findSlots" and state.meaning.or_stays and (returned["reason"] or _is_elsewhere(state, returned)):
        return say("kept")
    if tool == "findSlots" and _leaves_no_choice(state, step, returned):
        return moves.pick(state, replace(step, moving=returned["moving"]), returned["offers"][0]["id"])
    if tool == "findSlots" and step.parting.onward and (later := _later(step, returned)):
        return moves.pick(state, replace(step, moving=returned["moving"]), later[0]["id"])
    if tool == "showAppointment" and returned.get("appointments") and (wanted := _wanted_of(state, step, returned)):
        return _with_own(state, step, {**returned, "purpose": wanted})
    if returned.get("status") == "closed":  # nothing can come free then: that is said, with what is next
        return moves.look(state, step) or say("shown", about=about)
    if returned.get("status") == "name_wanted" and occasions.asks_whether_free(state.meaning):
        return say("shown", about=["free", *about])
    if tool == "confirmComing":
        return say("coming", about=about)
    if returned.get("status") == step.once and step.turn and tool != "findSlots":
        if step.shape.again and tool != "bookSeries" and (call := repeating.repeat(state, step)):
            return call
        return moves.look(state, step) or say("shown")
    return say("shown", about=about, service=state.wish.visit.service)


def _is_elsewhere(state: State, returned: Returned) -> bool:
    """Tell whether of the times that were found none is as it was wished for, with whom it is booked."""
    visit, staff = state.wish.visit, state.booked.staff if state.booked else None
    musts, staff = [c for c in visit.constraints if c.must], visit.staff or staff
    return not any(one.meets(musts) and staff in (None, one.staff) for one in map(slot_of, returned["offers"]))


def _later(step: Step, returned: Returned) -> list[Returned]:
    """Return the offers that come after the appointment that they would move."""
    told = [one for tool, answer in step.answers if tool == "myAppointments" for one in answer["appointments"]]
    mine = [(one["day"], one["time"]) for one in told if one["id"] == returned["moving"]]
    return [one for one in returned["offers"] if mine and (one["day"], one["time"]) > mine[0]]


def _is_there(state: State, returned: Returned) -> bool:
    """Tell whether what was booked is among the appointments of an answer, then as it was told."""
    booked = state.booked
    return booked is not None and any(
        (one["id"], one["day"]) == (booked.id, booked.day and booked.day.isoformat())
        for one in returned["appointments"]
    )


def _wanted_of(state: State, step: Step, returned: Returned) -> str | None:
    """Return what an appointment was asked for whose code is given: to move it, or to cancel it."""
    found = {act: state.meaning.likeliest(act) for act in ("move", "cancel")}
    whole = all((one.get("seats") or 1) == 1 and len(one.get("parts", ())) < 2 for one in returned["appointments"])
    if step.parting and not (whole and found["cancel"] >= LIKELY):  # "cancel the one for one person"
        return "move"
    best = max(found, key=lambda act: found[act])
    if found[best] >= LIKELY:
        return best
    other = state.meaning.changed & {"day", "time"} or state.meaning.less
    if other and not state.meaning.question:  # "now mine, 7Q4-K2M, 11:45 with Ben"
        return "move"
    return state.aim if state.aim in ("move", "cancel") else None


def _leaves_no_choice(state: State, step: Step, returned: Returned) -> bool:
    """Tell whether the first of the times that were found is the one to take: it was asked for, or is the only one."""
    outermost = _is_outermost(state, step, returned) or _is_offered_again(state, step, returned)
    return bool(returned["exact"]) or outermost or _only_class(state, step, returned)


def _is_offered_again(state: State, step: Step, returned: Returned) -> bool:
    """Tell whether the times that were found are those just offered, to somebody who says once more how it is to be and
    takes none: "from one o'clock would be fine"."""
    meaning, found = state.meaning, [replace(slot_of(one), id="") for one in returned["offers"]]
    talks = meaning.likeliest(*occasions.TALK, "doubt") >= LIKELY
    asks = meaning.question or occasions.topics(state) or wants_others(state, meaning)
    same = bool(found) and found == [replace(one, id="") for one in state.offered] and not returned["reason"]
    return same and not (meaning.no or meaning.only_contacts or talks or asks or step.more or step.fewer)


def _is_outermost(state: State, step: Step, returned: Returned) -> bool:
    """Tell whether the earliest time of a day is wished for, or its latest, and nothing else is to be chosen."""
    visit, offers = state.wish.visit, returned["offers"]
    ordered = any(c.on == "order" and c.choice == 1 for c in visit.constraints)
    if not ordered or not offers or returned["reason"] or step.refused or not (visit.days and visit.days.one):
        return False
    return slot_of(offers[0]).meets(c for c in visit.constraints if c.must or c.on == "day")


def _only_class(state: State, step: Step, returned: Returned) -> bool:
    """Tell whether there is just one class of what was asked for: there is nothing to choose."""
    one_day = state.wish.visit.days is not None and state.wish.visit.days.one
    met = len(returned["offers"]) == 1 and returned["reason"] is None
    return met and one_day and state.wish.visit.service in step.classes


def _with_own(state: State, step: Step, returned: Returned) -> Call:
    """Move or cancel the appointments that are meant; ask which where that is not clear."""
    cancels = returned["purpose"] == "cancel"
    if cancels and step.given_up and step.once == "cancelled" and step.later:  # the rest names the next one
        state = replace(state, meaning=step.given_up, aim="cancel")
    mine, named = _without_spared(returned["appointments"], state.meaning), state.meaning.named
    if occasions.moves_a_part(state, step) and (fewer := parts.without_part(state, step, mine)):
        return fewer
    if less := parts.parted(state, step, mine):
        return less
    if returned["purpose"] == "move" and (change := parts.changed(state, step, mine)):
        return change
    if fewer := parts.left_out(state, mine, cancels=cancels):
        return fewer
    several = _by_place(state, mine) or (_by_days(step.given_up, state.meaning, mine) if cancels else [])
    if step.given_up and step.given_up.named:
        named = step.given_up.named
    named -= state.meaning.spared
    if mine and named and not several and not any(one["service"] in named for one in mine):
        return Call("myAppointments", {"purpose": "tell"})
    gone = [day for day in step.given_up.days if day[0] not in step.given_up.spared] if step.given_up else []
    if cancels and gone and not several and not any(_on(day, mine) for day in gone):
        return Call("myAppointments", {"purpose": "tell"})  # "cancel the one of the 30th", of which there is none
    meant = several or _meant(state, step, mine)
    if cancels and not state.meaning.everything and len(several) < 2:
        meant = _identified(step.given_up, mine) or _identified(state.meaning, mine) or meant
    if cancels:
        if state.meaning.following and (first := _of_series(meant, mine)):
            return Call("cancelSeries", {"appointment_id": first["id"], "which": "following"})
        if state.meaning.series and (first := _of_series([], mine)):
            return Call("cancelSeries", {"appointment_id": first["id"], "which": "all"})
        if not meant or (len(meant) > 1 and not state.meaning.everything and meant != several):
            return say("shown", about=occasions.topics(state))
        series = meant[0].get("series")
        of_series = [one for one in returned["appointments"] if series and one.get("series") == series]
        if len(meant) > 1 and meant == of_series:
            return Call("cancelSeries", {"appointment_id": meant[0]["id"], "which": "all"})
        return Call("cancelAppointment", {"appointment_ids": [one["id"] for one in meant]})
    if len(meant) != 1 and not (step.for_all and len(mine) == _BOTH):
        return say("shown", about=occasions.topics(state))
    one = (meant or mine)[0]
    visit = _told_from(_without_naming(_without_refused(state), state, one), state, one)
    if step.parting.onward and one.get("seats"):
        visit = _onward(visit, one)
    timed = any(c.on in ("day", "time", "order") and c.allow for c in visit.constraints)
    if not timed and not (visit.staff and "staff" in state.meaning.changed):  # "rather with Clara" is then, too
        return say("ask_new_time", about=occasions.topics(state))
    same = state.meaning.same_time and not state.meaning.clocks  # not for "both to quarter to twelve"
    visit = visit if step.parting.onward else _moved(visit, one, exactly=same)
    if step.changing and step.moving == one["id"]:  # "yes, but an hour later": what it is to consist of stays
        return Call("findSlots", {**step.changing.arguments, "limits": written(visit.constraints)})
    return moves.search(visit, moving=one["id"])


def _without_spared(mine: list[Returned], said: Meaning) -> list[Returned]:
    """Return the appointments without those that are said not to be meant: "not the haircut", "all but the haircut"."""
    stays = {one if isinstance(one, str) else one.isoformat() for one in said.spared}
    return [one for one in mine if not {one["service"], one["staff"], one["day"]} & stays] or mine


def _by_days(given_up: Meaning | None, said: Meaning, mine: list[Returned]) -> list[Returned]:
    """Return the appointments on several days that a message names to be given up, where each day has one."""
    days = said.days if given_up is None or len(given_up.days) < 2 else given_up.days
    on = [_on(day, mine) for day in days if day[0] not in said.spared]  # "cancel the 10th, the 17th stays"
    if not days:  # "il 30 non possiamo, lo tolga"
        dates = (given_up.dates if given_up else None) or said.dates
        on = [[one for one in mine if date.fromisoformat(one["day"]).day == number] for number in sorted(dates)]
    told = len(on) > 1 or (bool(on) and not days)
    return [one for (one,) in on] if told and not said.keeps and all(len(found) == 1 for found in on) else []


def _by_place(state: State, mine: list[Returned]) -> list[Returned]:
    """Return the appointments that are named by their places, where nothing else names one: "the second one", "the
    first two", of a series that was just booked, or of all."""
    places, booked = state.meaning.places, state.booked.id if state.booked else None
    dated = any(_within(one, days) for one in mine for days in state.meaning.days)
    if not places or state.meaning.meant or state.meaning.everything or dated:
        return []
    series = next((one["series"] for one in mine if one["id"] == booked and one.get("series")), None)
    among = [one for one in mine if one.get("series") == series] if series else mine
    there = all(-len(among) <= place < len(among) for place in places)
    return [among[place] for place in sorted(one % len(among) for one in places)] if len(among) > 1 and there else []


def _identified(said: Meaning | None, mine: list[Returned]) -> list[Returned]:
    """Return the only appointment that a message, or a clause of it, names by service, day and time; else none."""
    if said is None:
        return []
    found = [one for one in mine if not said.named or one["service"] in said.named] or mine
    found = [one for one in found if not said.days or any(_within(one, days) for days in said.days)] or found
    found = [one for one in found if not said.clocks or time.fromisoformat(one["time"]) in said.clocks] or found
    return found if len(found) == 1 and len(mine) > 1 else []


def _within(one: Returned, days: tuple[date, date]) -> bool:
    return days[0] <= date.fromisoformat(one["day"]) <= days[1]


def by_day(state: State, mine: list[Returned]) -> list[Returned]:
    """Return the appointments on the day that a message names; of several the first that has any is to be moved."""
    days = state.meaning.days
    if not days or (len(days) == 1 and state.meaning.likeliest("cancel") < LIKELY):
        return []
    return next((found for one in days if (found := _on(one, mine))), [])


def _on(days: tuple[date, date], mine: list[Returned]) -> list[Returned]:
    return [one for one in mine if _within(one, days)]


def _of_series(meant: list[Returned], mine: list[Returned]) -> Returned | None:
    """Return the first date that is meant of a series, or of the only series there is."""
    dates = [one for one in meant or mine if one.get("series")]
    return dates[0] if dates and len({one["series"] for one in dates}) == 1 else None


def _meant(state: State, step: Step, mine: list[Returned]) -> list[Returned]:
    """Return the appointments that a message is about: the named ones, "it", the one just booked, the only one."""
    if state.meaning.everything and state.aim == "cancel":
        days = [one for one in state.meaning.days if one[0] not in state.meaning.spared]
        return [one for day in days for one in _on(day, mine)] or mine  # "all on friday"
    told = [one for one in mine if {one["staff"], date.fromisoformat(one["day"])} & state.meaning.told_by]
    if len(told) == 1:
        return told
    named = [one for one in mine if one["id"] in state.meaning.meant] or by_day(state, mine)
    if not named and state.meaning.named:
        named = [one for one in mine if one["service"] in state.meaning.named]
    if not named and state.aim == "cancel":
        named = [one for one in mine if one["staff"] == state.meaning.person]
    any_of_mine = state.meaning.of_mine and len(mine) > 1 and step.moving is None
    points = state.meaning.pointing or (changes.corrects(state, step) and not any_of_mine)
    shown = state.appointments[0].id if state.after == "list" and len(state.appointments) == 1 else None
    asked = state.readback.id if state.readback and state.asks("cancel") else None
    likely = [
        asked,  # "I don't want to move it, just cancel that one"
        shown if points else None,
        state.booked.id if state.booked and points else None,
        state.subject,
        step.moving,
    ]
    likely = [asked] if any_of_mine and not points else likely
    if len(named) == 1 or (named and not any(likely)):
        return named
    chosen = next(([one for one in mine if one["id"] == wanted] for wanted in likely if wanted), [])
    return chosen or (mine if len(mine) == 1 else named)


def _without_refused(state: State) -> Visit:
    """Return the wish without whom only an earlier proposal named, where nothing is proposed any more."""
    visit = state.wish.visit
    if state.readback or state.offered:
        return visit
    return replace(visit, constraints=tuple(c for c in visit.constraints if c.on != "staff" or c.must or c.said))


def _without_naming(visit: Visit, state: State, one: Returned) -> Visit:
    """Return the wish without the day or time by which only the appointment was named ("move friday's to monday")."""
    day, clock = date.fromisoformat(one["day"]), time.fromisoformat(one["time"])
    kept = tuple(
        replace(c, values=left)
        for c in visit.constraints
        if (left := tuple(v for v in c.values if v not in (Days(day, day), Times(clock, clock)) or c.said == ""))
    )
    many = len([c for c in visit.constraints if c.on in ("day", "time") for _ in c.values]) > 1
    return replace(visit, constraints=kept) if many or "day" not in state.meaning.changed else visit


def _told_from(visit: Visit, state: State, one: Returned) -> Visit:
    """Return the wish with a day that is told from the appointment's own: "the last one to the thursday after"."""
    away = state.meaning.away
    if away is None or state.offered or state.readback:
        return visit
    return replace(
        visit, constraints=(*visit.without("day").constraints, on_day(away.day(date.fromisoformat(one["day"]))))
    )


def _onward(visit: Visit, one: Returned) -> Visit:
    """Return the wish for the classes after an appointment, the soonest first."""
    day = date.fromisoformat(one["day"])
    after = Constraint("day", (Days(day, day + timedelta(days=14)),))
    kept = visit.without("day", "time", "end", "order").constraints
    return replace(visit, constraints=(*kept, after, Constraint("order", ("soonest",))))


def _moved(visit: Visit, appointment: Returned, *, exactly: bool) -> Visit:
    """Return the wish for an appointment's new time: what is not said stays as it was, if that can be."""
    day, clock = date.fromisoformat(appointment["day"]), time.fromisoformat(appointment["time"])
    said = [
        replace(c, must=True) if c.said and not c.near and c.on in ("day", "time") else c for c in visit.constraints
    ]  # "rather ten"
    kept = [c for c in said if not (exactly and c.on == "time")]
    visit = replace(visit, constraints=tuple(kept))
    if not visit.on("day"):
        kept.append(on_day(day))
    if not visit.on("time") and not any(c.on == "order" for c in kept):
        kept.append(at_time(clock, must=exactly))
    if not any(c.on == "staff" for c in kept):
        kept.append(Constraint("staff", (appointment["staff"],), must=False, said=appointment["staff"]))
    return replace(visit, service=appointment["service"], constraints=tuple(kept))
