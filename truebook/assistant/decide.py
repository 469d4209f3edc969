"""The receptionist's next step: from what is wished for and what the last message meant to one tool call."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from truebook.language.dialogue import ANYONE, State
from truebook.language.state import Intent, Wish

SIDE = ("price", "hours", "address", "duration", "services")
Returned = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A tool to call; without a name, how the turn ends."""

    tool: str | None
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a turn has come: the tools that have answered since the customer's message, and what stood before it.

    `offered` are the ids of all offers so far, `waiting` the offer that only lacks a name, `moving` the appointment
    for which times were looked up or read back last.
    """

    answers: tuple[tuple[str, Returned], ...] = ()
    offered: frozenset[str] = frozenset()
    waiting: str | None = None
    moving: str | None = None

    def after(self, tool: str, returned: Returned) -> "Step":
        """Return the step after another tool's answer."""
        return replace(self, answers=(*self.answers, (tool, returned)))

    def next_turn(self) -> "Step":
        """Return the first step of the turn after this one."""
        offered, waiting, moving = self.offered, None, self.moving
        for tool, returned in self.answers:
            offered |= {offer["id"] for offer in returned.get("offers", ())}
            if tool == "findSlots":
                moving = returned["moving"]
            waiting = returned["slot"]["id"] if returned.get("status") == "name_wanted" else None
        return Step(offered=offered, waiting=waiting, moving=moving)

    @property
    def last(self) -> tuple[str, Returned] | None:
        """The last tool that answered, and its answer; listing the services says nothing to the customer."""
        told = [answer for answer in self.answers if answer[0] != "listServices"]
        return told[-1] if told else None


def say(move: str, **more: Any) -> Call:
    """End the turn with a conversational move."""
    return Call(None, {"move": move, **{name: value for name, value in more.items() if value}})


def decide(state: State, step: Step) -> Call:
    """Return the next call of a turn."""
    if step.last is not None:
        return _continue(state, *step.last)
    meaning = state.meaning
    if meaning.intent == "person":
        return say("person")
    if meaning.agreed and state.readback is not None:
        return _carry_out(state, step)
    if meaning.refused and state.asks("cancel") and not meaning.changed:
        return say("kept")
    if step.waiting and state.wish.name:
        return _take(state, step.waiting)
    if meaning.picked in step.offered:
        return _pick(state, step, meaning.picked)
    aim, about = _aim(state), _questions(state)
    if aim in ("cancel", "move"):
        return Call("myAppointments", {"purpose": aim})
    if meaning.intent == "mine":
        return Call("myAppointments", {"purpose": "tell"})
    if aim in ("book", "availability") and (meaning.changed or not about):
        return _look(state, about)
    return _talk(state, about)


def _continue(state: State, tool: str, returned: Returned) -> Call:
    """Go on after a tool's answer: most answers speak for themselves."""
    about = _questions(state)
    if tool == "myAppointments" and returned["purpose"] != "tell":
        return _with_own(state, returned)
    if tool == "findSlots" and returned["exact"]:
        offer = returned["offers"][0]["id"]
        return _pick(state, Step(moving=returned["moving"]), offer)
    return say("shown", about=about, service=state.wish.service)


def _with_own(state: State, returned: Returned) -> Call:
    """Move or cancel the appointment that is meant; ask which where several are."""
    mine = returned["appointments"]
    chosen = state.meaning.picked or state.subject
    one = next((a["id"] for a in mine if a["id"] == chosen), mine[0]["id"] if len(mine) == 1 else None)
    if one is None:
        return say("shown")
    if returned["purpose"] == "cancel":
        return Call("cancelAppointment", {"appointment_id": one})
    appointment = next(a for a in mine if a["id"] == one)
    wish = state.wish
    if wish.day is None and wish.time is None:
        return say("ask_new_time")
    day = wish.day or date.fromisoformat(appointment["day"])
    return _search(
        replace(wish, service=appointment["service"], staff=wish.staff or appointment["staff"], day=day), moving=one
    )


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
    wish = state.wish
    service = wish.service or (state.desk.services[0].id if len(state.desk.services) == 1 else None)
    if service is None:
        return say("ask_service", about=about)
    if wish.day_alternatives:
        return say("ask_which_day", about=about, options=_dates(wish.day, *wish.day_alternatives))
    if wish.time_open and wish.time is not None:
        return say("ask_which_time", about=about, options=_clocks(wish.time, *wish.time_alternatives))
    if wish.day is None and wish.time is None and state.meaning.intent != "availability":
        return say("ask_day", about=about, service=service)
    return _search(replace(wish, service=service))


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


def _talk(state: State, about: list[str]) -> Call:
    """Answer, greet, thank, or say that nothing was understood."""
    meaning = state.meaning
    if about:
        return say("answer", about=about, service=state.wish.service)
    moves = {"greet": "greet", "thanks": "thanks", "bye": "bye", "late": "late", "smalltalk": "smalltalk"}
    if meaning.intent in moves:
        return say(moves[meaning.intent])
    if meaning.refused:
        return say("declined")
    if meaning.intent == "confirm" and state.aim is None:
        return say("ask_service")
    return say("lost")


def _aim(state: State) -> Intent | None:
    """Return the request this message is part of."""
    intent = state.meaning.intent
    if intent in ("book", "availability", "move", "cancel"):
        return intent
    carries_on = bool(state.meaning.changed) or (intent == "confirm" and state.aim is not None)
    plain_no = state.meaning.refused and not state.meaning.changed
    return (state.aim or "book") if carries_on and not plain_no else None


def _questions(state: State) -> list[str]:
    asked = (state.meaning.intent, *state.meaning.questions)
    return list(dict.fromkeys(topic for topic in asked if topic in SIDE))


def _dates(*days: date | None) -> list[str]:
    return sorted(day.isoformat() for day in days if day)


def _clocks(*times: time | None) -> list[str]:
    return sorted(clock.isoformat("minutes") for clock in times if clock)
