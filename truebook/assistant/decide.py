"""The receptionist's next step: from what is wished for and what the last message meant to one tool call."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from truebook.assistant.step import Call, Returned, Step, say
from truebook.language.dialogue import ANYONE, State
from truebook.language.state import Intent, Wish

SIDE = ("price", "hours", "address", "duration", "services")
REPHRASED = 1
"""How often in a row the open question is asked again when nothing was understood, before buttons and a person come."""
STRONG = 2
"""The score from which on the words ask for a booking by themselves."""


def decide(state: State, step: Step) -> Call:
    """Return the next call of a turn; of several bookings asked for, the others are announced at its end."""
    call = _next(state, step)
    return Call(None, {**call.arguments, "more": True}) if step.several and not call.tool else call


def _next(state: State, step: Step) -> Call:
    if step.last is not None:
        return _continue(state, step, *step.last)
    return _carry_on(state, step) or _request(state, step) or _talk(state, step, _questions(state))


def _carry_on(state: State, step: Step) -> Call | None:
    """Return the answer to what the desk asked, offered or read back, if the message is one."""
    meaning = state.meaning
    if meaning.intent == "person" or (step.offers_person and _says_yes(state)):
        return say("person")
    if meaning.agreed and state.readback is not None:
        return _carry_out(state, step)
    if meaning.refused and state.asks("cancel") and not meaning.changed:
        return say("kept")
    if step.waiting and state.wish.name:
        return _take(state, step.waiting)
    if meaning.picked in step.offered:
        return _pick(state, step, meaning.picked)
    return None


def _request(state: State, step: Step) -> Call | None:
    """Return the first call for a request: to move, to cancel, to tell, to book."""
    aim, about = _aim(state, step), _questions(state)
    if aim in ("cancel", "move"):
        return Call("myAppointments", {"purpose": aim})
    if state.meaning.intent == "mine" and aim is None:
        return Call("myAppointments", {"purpose": "tell"})
    if aim in ("book", "availability") and (state.meaning.changed or not about):
        return _look(state, about)
    return None


def _continue(state: State, step: Step, tool: str, returned: Returned) -> Call:
    """Go on after a tool's answer: most answers speak for themselves."""
    about = _questions(state)
    if tool == "myAppointments" and returned["purpose"] != "tell":
        return _with_own(state, step, returned)
    if tool == "findSlots" and returned["exact"]:
        return _pick(state, replace(step, moving=returned["moving"]), returned["offers"][0]["id"])
    if returned.get("status") == step.once and step.turn:
        return _look(replace(state, booked=None), about)
    lost = state.misunderstood and not about
    return say("lost" if lost else "shown", about=about, service=state.wish.service)


def _with_own(state: State, step: Step, returned: Returned) -> Call:
    """Move or cancel the appointment that is meant; ask which where several are."""
    mine, named = returned["appointments"], state.meaning.named
    if mine and named and not any(one["service"] in named for one in mine):
        return Call("myAppointments", {"purpose": "tell"})
    of_that_name = [one for one in mine if one["service"] in named]
    likely = of_that_name or mine
    chosen = _meant(state, step)
    one = next((a for a in likely if a["id"] == chosen), likely[0] if len(likely) == 1 else None)
    if one is None:
        return say("shown")
    if returned["purpose"] == "cancel":
        return Call("cancelAppointment", {"appointment_id": one["id"]})
    wish = _without_other(state, one["id"])
    unsaid = not (wish.time or wish.time_until)
    if _is_old(state) or (wish.day is None and unsaid) or (state.meaning.withdraws and (wish.day is None or unsaid)):
        return say("ask_new_time")
    return _search(_moved(wish, one, exactly=state.meaning.same_time), moving=one["id"])


def _meant(state: State, step: Step) -> str | None:
    """Return the appointment that the message is about: a named one, or "it", the one just booked."""
    points = step.pointing or _corrects(state, step) or state.meaning.withdraws
    just = state.booked.id if state.booked and points else None
    return state.meaning.picked or just or state.subject


def _without_other(state: State, appointment_id: str) -> Wish:
    """Return the wish without the time and the person that it has from the booking of another appointment."""
    wish, booked = state.wish, state.booked
    if booked is None or booked.id == appointment_id:
        return wish
    if wish.time == booked.time and "time" not in state.meaning.changed:
        wish = replace(wish, time=None, relation="at", time_until=None)
    return replace(wish, staff=None) if wish.staff == booked.staff else wish


def _moved(wish: Wish, appointment: Returned, *, exactly: bool) -> Wish:
    """Return the wish for an appointment's new time: what is not said stays as it was, if that can be."""
    day, clock = date.fromisoformat(appointment["day"]), time.fromisoformat(appointment["time"])
    wish = replace(wish, service=appointment["service"], staff=wish.staff or appointment["staff"], day=wish.day or day)
    return wish if wish.time or wish.time_until else replace(wish, time=clock, relation="at" if exactly else "around")


def _carry_out(state: State, step: Step) -> Call:
    """Do what was read back, now that the customer has said yes to exactly that."""
    slot = state.readback
    assert slot is not None
    if state.asks("cancel"):
        return Call("cancelAppointment", {"appointment_id": slot.id})
    return _pick(state, step if state.asks("move") else Step(), slot.id)


def _pick(state: State, step: Step, offer: str) -> Call:
    """Choose an offered time: for the appointment that is being moved, or for a new one."""
    if step.moving:
        return Call("moveAppointment", {"appointment_id": step.moving, "offer_id": offer})
    return _take(state, offer)


def _take(state: State, offer: str) -> Call:
    """Pick an offer: the tool reads it back first."""
    wish = state.wish
    details = {"name": wish.name, "phone": wish.phone, "email": wish.email}
    return Call("bookAppointment", {"offer_id": offer, **{k: v for k, v in details.items() if v}})


def _look(state: State, about: list[str]) -> Call:
    """Look for times, or ask for what is missing first: one question at a time."""
    wish = _renewed(state)
    service = wish.service or (state.desk.services[0].id if len(state.desk.services) == 1 else None)
    doubts = {doubt.field: doubt.options for doubt in state.meaning.doubts}
    if service is None:
        return say("ask_service", about=about, options=list(doubts.get("service", ())))
    if "staff" in doubts:
        return say("ask_staff", about=about, options=list(doubts["staff"]))
    if wish.day_alternatives:
        return say("ask_which_day", about=about, options=_dates(wish.day, *wish.day_alternatives))
    if (wish.time_open or wish.time_alternatives) and wish.time is not None:
        return say("ask_which_time", about=about, options=_clocks(wish.time, *wish.time_alternatives))
    if wish.day is None and wish.time is None and state.meaning.intent != "availability":
        return say("ask_day", about=about, service=service)
    return _search(replace(wish, service=service))


def _renewed(state: State) -> Wish:
    """Return the wish without what belongs to the appointment that was just booked."""
    wish, booked = state.wish, state.booked
    if booked is None:
        return wish
    if _is_old(state):
        day = wish.day if state.meaning.same_day else None
        wish = replace(wish, day=day, day_until=None, time=None, time_until=None, relation="at")
    stale = wish.service != booked.service and wish.staff == booked.staff and "staff" not in state.meaning.changed
    return replace(wish, staff=None) if stale else wish


def _is_old(state: State) -> bool:
    """Tell whether the wished time is the one of the last booking, not a new wish."""
    wish, booked = state.wish, state.booked
    return booked is not None and (wish.day, wish.time) == (booked.day, booked.time)


def _search(wish: Wish, *, moving: str | None = None) -> Call:
    arguments: dict[str, Any] = {
        "service": wish.service,
        "staff": wish.staff if wish.staff != ANYONE else None,
        "day": wish.day and wish.day.isoformat(),
        "until": wish.day_until and wish.day_until.isoformat(),
        "at": wish.time and wish.time.isoformat("minutes"),
        "relation": wish.relation,
        "at_until": wish.time_until and wish.time_until.isoformat("minutes"),
        "moving": moving,
    }
    return Call("findSlots", {name: value for name, value in arguments.items() if value is not None})


def _talk(state: State, step: Step, about: list[str]) -> Call:
    """Answer, greet, thank, or say that nothing was understood; then pick up the thread."""
    meaning = state.meaning
    if about:
        return step.again(about) or say("answer", about=about, service=state.wish.service)
    if meaning.intent in ("bye", "late"):
        return say(meaning.intent)
    if meaning.refused:
        only_asked = state.asks("move") and state.readback is None
        return say("declined" if step.arranging and not only_asked else "kept")
    if meaning.intent in ("greet", "thanks", "smalltalk"):
        return step.again([]) or say(meaning.intent)
    if meaning.intent == "confirm":
        return step.again([]) or say("ask_service")
    return (step.again([]) if state.misunderstood <= REPHRASED else None) or say("lost")


def _aim(state: State, step: Step) -> Intent | None:
    """Return the request this message is part of."""
    intent, changed = state.meaning.intent, state.meaning.changed
    if _corrects(state, step):
        return "move"
    if intent == "mine" and "service" in changed and changed & {"day", "time"}:
        return "book"
    if intent in ("book", "availability", "move", "cancel"):
        return intent
    carries_on = (bool(changed) and intent != "mine") or (
        intent == "confirm" and state.aim is not None and step.pending is None
    )
    plain_no = state.meaning.refused and not changed
    return (state.aim or "book") if carries_on and not plain_no else None


def _corrects(state: State, step: Step) -> bool:
    """Tell whether the message right after a receipt changes the appointment that was just booked."""
    meaning, booked = state.meaning, state.booked
    asks = meaning.intent in ("move", "cancel") or meaning.scores.get("book", 0) >= STRONG
    other = asks or step.adding or bool(meaning.changed & {"service", "name"})
    return bool(booked and step.just == booked.id and meaning.changed & {"day", "time"} and not other)


def _says_yes(state: State) -> bool:
    """Tell whether the message agrees to being passed on."""
    return state.meaning.intent in ("confirm", "thanks") and not state.meaning.refused


def _questions(state: State) -> list[str]:
    asked = (state.meaning.intent, *state.meaning.questions)
    return list(dict.fromkeys(topic for topic in asked if topic in SIDE))


def _dates(*days: date | None) -> list[str]:
    return sorted(day.isoformat() for day in days if day)


def _clocks(*times: time | None) -> list[str]:
    return sorted(clock.isoformat("minutes") for clock in times if clock)
