"""The receptionist's next step: a table of moves, from what the last message did and what stands open to one call.

The rules are tried in order; the first that applies decides. A tool's answer mostly speaks for itself and ends the
turn. Three laws hold whatever is said: no part of a message is passed over in silence, no question is asked a third
time, and nothing is done without a yes to exactly what was read back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from truebook.assistant.limits import written
from truebook.assistant.step import Call, Returned, Step, say
from truebook.language.merge import at_time, on_day
from truebook.language.state import State
from truebook.language.wish import Constraint, Days, Times, Visit

FACTS = ("price", "length", "hours", "address", "services")
REPEATED = 2
"""How often in a row a question may be asked; then a person is offered."""
FAINT, LIKELY, SURE, CERTAIN = 0.3, 0.5, 0.7, 0.9
NOTED = ("remind", "every", "waitlist", "class")
"""What the desk cannot arrange in a chat yet: it says so, and the owner reads of it."""


def decide(state: State, step: Step) -> Call:
    """Return the next call of a turn."""
    call = _continue(state, step, *step.last) if step.last else _first(state, step)
    return call if call.tool else _ended(call, state, step)


def _ended(call: Call, state: State, step: Step) -> Call:
    """Return the end of a turn with what goes with every end: further visits, what was not understood, repetition."""
    more: dict[str, Any] = {"more": True} if step.several else {}
    if call.arguments.get("about") and state.wish.visit.service:
        more["service"] = state.wish.visit.service
    unheard = {"unheard": list(state.meaning.unheard)} if state.meaning.unheard else {}
    asked = call.arguments.get("move") not in ("person", "stuck")
    again = {"again": step.repeats + 1} if asked and _repeats(call, state, step) else {}
    return Call(None, {**call.arguments, **more, **unheard, **again})


def _repeats(call: Call, state: State, step: Step) -> bool:
    """Tell whether the turn ends as the one before it did: the same question, and nothing new was said."""
    if step.pending is None or state.meaning.changed or state.meaning.picked or state.meaning.agreed:
        return False
    asked = step.calls[-1] if step.calls and call.arguments.get("move") == "shown" else call
    same_move = asked.arguments.get("move") == step.pending.arguments.get("move")
    return asked.tool == step.pending.tool and same_move


def _first(state: State, step: Step) -> Call:
    """Return the first call for a message, by the first rule that applies."""
    for applies, move in RULES:
        if applies(state, step) and (call := move(state, step)):
            return _not_for_ever(call, state, step)
    return _not_for_ever(_lost(state, step), state, step)


def _not_for_ever(call: Call, state: State, step: Step) -> Call:
    """Return a call; where it would ask what was asked twice already, and nothing new was said, a person is offered."""
    if step.repeats + 1 < REPEATED or not _repeats_call(call, state, step):
        return call
    return say("stuck")


def _repeats_call(call: Call, state: State, step: Step) -> bool:
    if step.pending is None or state.meaning.changed or state.meaning.picked or state.meaning.agreed:
        return False
    if call.arguments.get("about"):
        return False
    same = call.arguments.get("move") == step.pending.arguments.get("move")
    return call.tool == step.pending.tool and same and (call.tool is None or call.arguments == step.pending.arguments)


# What may apply.


def _agreed(state: State, step: Step) -> bool:
    return state.meaning.agreed and state.readback is not None


def _wants_a_person(state: State, step: Step) -> bool:
    accepts = step.offers_person and state.meaning.yes and not state.meaning.changed
    person = state.meaning.likeliest("person")
    return accepts or (person >= SURE and person >= state.meaning.likeliest("book", "move", "cancel", "tell"))


def _gives_a_code(state: State, step: Step) -> bool:
    return state.meaning.code is not None


def _will_come(state: State, step: Step) -> bool:
    """Tell whether the customer says after a reminder that they will come, and nothing that speaks against it."""
    meaning = state.meaning
    coming = max(meaning.likeliest("coming"), LIKELY if meaning.yes else 0.0)
    against = meaning.likeliest("not_coming", "cancel", "move", "late", "person")
    return state.after == "reminder" and coming >= max(LIKELY, against) and not meaning.changed & {"day", "time"}


def _cannot_come(state: State, step: Step) -> bool:
    """Tell whether the customer says after a reminder that they cannot come, and not that it is to be cancelled."""
    meaning = state.meaning
    gone = max(meaning.likeliest("not_coming"), LIKELY if meaning.no else 0.0)
    return state.after == "reminder" and gone >= LIKELY and gone > meaning.likeliest("cancel", "late")


def _keeps_it(state: State, step: Step) -> bool:
    declined = state.meaning.no or state.meaning.keeps
    return bool(step.cancelling) and declined and not state.meaning.changed


def _leaves(state: State, step: Step) -> bool:
    """Tell whether the customer says goodbye, and nothing that would have to be done before."""
    bye = state.meaning.likeliest("bye")
    other = state.meaning.likeliest("book", "move", "cancel", "ask", "lookup", "person", "more", "refuse")
    only = not state.meaning.changed or (bool(step.just) and not _corrects(state, step))
    return bye >= FAINT and bye >= max(other, state.meaning.likeliest("thank") - 0.15) and only


def _names_themselves(state: State, step: Step) -> bool:
    return step.waiting is not None and bool(state.wish.name)


def _picks(state: State, step: Step) -> bool:
    return state.meaning.picked in step.offered


def _means_which_offer(state: State, step: Step) -> bool:
    return any(doubt.field == "offer" for doubt in state.meaning.doubts)


def _cancels(state: State, step: Step) -> bool:
    meaning = state.meaning
    asked = meaning.likeliest("cancel", "not_coming")
    if _only_takes_back(state, step):
        return False
    answers = state.aim == "cancel" and (state.asked_which or meaning.everything) and not meaning.no
    return (asked >= LIKELY and asked >= meaning.likeliest("move", "withdraw")) or answers


def _only_takes_back(state: State, step: Step) -> bool:
    """Tell whether "cancel that" drops what was offered or read back, not an appointment."""
    proposed = bool(state.readback or state.offered) and not step.moving and state.aim != "move"
    return proposed and not state.booked and not state.appointments and not state.meaning.everything


def _declines(state: State, step: Step) -> bool:
    meaning = state.meaning
    dropped = meaning.likeliest("cancel") >= LIKELY and _only_takes_back(state, step)
    return (meaning.no or dropped) and not meaning.changed and step.arranging


def _begins_anew(state: State, step: Step) -> bool:
    """Tell whether a new appointment is wished for once it was said that there is none: "then book me one"."""
    meaning, none = state.meaning, state.after == "list" and not state.appointments
    return none and _books(state) and bool(meaning.changed & {"service", "day", "time"}) and meaning.code is None


def _moves(state: State, step: Step) -> bool:
    meaning = state.meaning
    if _corrects(state, step) or _withdraws(state, step):
        return True
    if meaning.adding and (meaning.named or meaning.likeliest("move") < CERTAIN):
        return False  # "also one for my son, same day at 4" is one more
    if meaning.named and meaning.likeliest("book") > meaning.likeliest("move"):
        return False
    continues = state.aim == "move" and bool(meaning.changed or state.asked_which or meaning.yes) and not step.waiting
    booking = state.aim == "book" and step.pending is not None and step.just is None
    return (meaning.likeliest("move") >= LIKELY and not booking) or continues


def _withdraws(state: State, step: Step) -> bool:
    """Tell whether the day just booked does not suit after all, while nothing else is being arranged."""
    booked = state.booked
    if booked is None or booked.day is None or step.pending or "day" not in state.meaning.changed:
        return False
    return any(not c.holds(booked.day) for c in state.wish.visit.on("day", allow=False))


def _corrects(state: State, step: Step) -> bool:
    """Tell whether the message right after a receipt changes the appointment that was just booked."""
    meaning, booked = state.meaning, state.booked
    anew = meaning.adding or bool(meaning.named) or meaning.likeliest("cancel") >= CERTAIN
    changes = bool(meaning.changed & {"day", "time"}) and not meaning.changed & {"service", "name"}
    visit = state.wish.visit
    if booked and visit.days and visit.days.one and visit.day == booked.day and visit.times is None:
        changes = False  # "see you on friday then" names the day that is booked
    return bool(booked and step.just == booked.id and changes and not anew)


def _looks_up(state: State, step: Step) -> bool:
    meaning = state.meaning
    return meaning.likeliest("lookup") >= max(LIKELY, meaning.likeliest("instruct"))


def _is_late(state: State, step: Step) -> bool:
    return state.meaning.likeliest("late") >= LIKELY


def _searches(state: State, step: Step) -> bool:
    meaning = state.meaning
    if meaning.changed & {"service", "staff", "day", "time"}:
        return not (meaning.asks and not meaning.changed & {"day", "time"} and not _books(state))
    answers = meaning.yes and not meaning.asks and (state.asks("booking") or state.asks("day"))
    named = "name" in meaning.changed and state.aim in ("book", None) and not step.pending_own
    return _books(state) or answers or named


def _books(state: State) -> bool:
    meaning = state.meaning
    wanted = meaning.likeliest("book", "available", "more", "class", "services", "people", "every", "same")
    return wanted >= LIKELY and wanted >= meaning.likeliest("ask") - 0.2


def _names_for_own(state: State, step: Step) -> bool:
    """Tell whether a name is told where it was asked which appointment is the customer's own."""
    return step.pending_own and "name" in state.meaning.changed


def _asks(state: State, step: Step) -> bool:
    return bool(_topics(state))


def _talks(state: State, step: Step) -> bool:
    return state.meaning.likeliest(*TALK) >= LIKELY


def _says_yes(state: State, step: Step) -> bool:
    return state.meaning.yes


# What is done then.


def _carry_out(state: State, step: Step) -> Call | None:
    assert state.readback
    if step.cancelling:
        return Call("cancelAppointment", {"appointment_ids": list(step.cancelling)})
    return _pick(state, step if state.asks("move") else replace(step, moving=None), state.readback.id)


def _hand_over(state: State, step: Step) -> Call | None:
    return say("person")


def _show_code(state: State, step: Step) -> Call | None:
    return Call("showAppointment", {"code": state.meaning.code})


def _note_coming(state: State, step: Step) -> Call | None:
    return Call("confirmComing", {"appointment_id": state.appointments[0].id})


def _offer_another(state: State, step: Step) -> Call | None:
    """Offer other times for an appointment that the customer cannot come to; those they name come first."""
    if state.meaning.changed & {"day", "time"}:
        return Call("myAppointments", {"purpose": "move"})
    one = state.appointments[0]
    return Call("findSlots", {"service": one.service, "moving": one.id})


def _keep(state: State, step: Step) -> Call | None:
    return say("kept")


def _take_waiting(state: State, step: Step) -> Call | None:
    assert step.waiting
    return _take(state, step.waiting)


def _take_picked(state: State, step: Step) -> Call | None:
    assert state.meaning.picked
    return _pick(state, step, state.meaning.picked)


def _ask_which_offer(state: State, step: Step) -> Call | None:
    ids = next(doubt.options for doubt in state.meaning.doubts if doubt.field == "offer")
    days = sorted({s.day.isoformat() for s in state.offered if s.id in ids and s.day})
    return say("ask_which_day", options=days, about=_topics(state))


def _own(purpose: str) -> Callable[[State, Step], Call | None]:
    return lambda state, step: Call("myAppointments", {"purpose": purpose})


def _decline(state: State, step: Step) -> Call | None:
    settled = state.readback is not None and (state.asks("move") or bool(step.cancelling))
    if (settled and state.meaning.keeps) or (step.pending and step.pending.tool == "myAppointments"):
        return say("kept")
    return say("declined")


def _look(state: State, step: Step) -> Call | None:
    """Look for times, or ask for what is missing first: one question at a time."""
    visit, about = state.wish.visit, _topics(state)
    service = visit.service or (state.desk.services[0].id if len(state.desk.services) == 1 else None)
    doubts = {doubt.field: list(doubt.options) for doubt in state.meaning.doubts}
    if service is None or "service" in doubts:
        return say("ask_service", about=about, options=doubts.get("service", []))
    if "staff" in doubts:
        return say("ask_staff", about=about, options=doubts["staff"])
    for constraint in visit.constraints:
        if constraint.others and constraint.choice == 1:
            return _ask_reading(constraint.values[0], constraint.others, about)
    if state.wish.name and step.pending and "name" in state.meaning.changed and len(state.meaning.changed) == 1:
        return step.again(about)
    if not any(c.on in ("day", "time", "order") for c in visit.constraints) and not _asks_when(state):
        return Call("freeDays", {"service": service})
    return _search(replace(visit, service=service))


def _asks_when(state: State) -> bool:
    return state.meaning.likeliest("available", "more") >= LIKELY


def _ask_reading(first: object, others: tuple[date | time, ...], about: list[str]) -> Call:
    if isinstance(first, Days):
        days = sorted({first.first, *(one for one in others if isinstance(one, date))})
        return say("ask_which_day", about=about, options=[day.isoformat() for day in days])
    assert isinstance(first, Times)
    clocks = {first.first or first.last, *(one for one in others if isinstance(one, time))}
    return say("ask_which_time", about=about, options=sorted(c.isoformat("minutes") for c in clocks if c))


def _search(visit: Visit, *, moving: str | None = None) -> Call:
    arguments: dict[str, Any] = {"service": visit.service, "limits": written(visit.constraints), "moving": moving}
    return Call("findSlots", {name: value for name, value in arguments.items() if value})


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


def _answer(state: State, step: Step) -> Call | None:
    about = _topics(state)
    return step.again(about) or say("answer", about=about, service=state.wish.visit.service)


def _again(state: State, step: Step) -> Call | None:
    return step.again([])


TALK = ("greet", "thank", "bye", "smalltalk", "complain", "coming", "instruct", "offtopic")
TALKING = {
    "greet": "greet", "thank": "thanks", "bye": "bye", "smalltalk": "smalltalk", "complain": "sorry",
    "coming": "coming", "instruct": "smalltalk", "offtopic": "smalltalk",
}  # fmt: skip


def _talk(state: State, step: Step) -> Call | None:
    """Answer talk with talk; in the middle of something, go on with that."""
    meaning = state.meaning
    kind = max(TALK, key=meaning.likeliest)
    if kind in ("bye", "complain", "coming"):
        return say(TALKING[kind])
    return step.again([]) or say(TALKING[kind])


def _begin(state: State, step: Step) -> Call | None:
    """Answer a yes to nothing in particular: go on with what is open, or offer to book."""
    if step.just:
        return say("thanks")
    return step.again([]) or say("ask_service")


def _lost(state: State, step: Step) -> Call:
    """Say that nothing was understood, and lead on with what is open."""
    return (step.again([]) if not step.lost else None) or say("lost")


def _topics(state: State) -> list[str]:
    """Return what is asked besides; what cannot be arranged here counts as a question that the owner answers."""
    noted = any(state.meaning.likeliest(act) >= SURE for act in NOTED)
    looks_up = state.meaning.likeliest("lookup") >= LIKELY  # "what do I have?" is answered by the list
    faint = {act.topic for act in state.meaning.acts if act.act == "ask" and act.probability < SURE} | {"other"}
    asks = [topic for topic in state.meaning.asks if not (looks_up and topic in faint)]
    return list(dict.fromkeys([*asks, *(["other"] if noted else [])]))


Rule = tuple[Callable[[State, Step], bool], Callable[[State, Step], Call | None]]
RULES: tuple[Rule, ...] = (
    (_agreed, _carry_out),
    (_gives_a_code, _show_code),
    (_wants_a_person, _hand_over),
    (_will_come, _note_coming),
    (_keeps_it, _keep),
    (_leaves, lambda state, step: say("bye")),
    (_names_themselves, _take_waiting),
    (_picks, _take_picked),
    (_means_which_offer, _ask_which_offer),
    (_cannot_come, _offer_another),
    (_begins_anew, _look),
    (_cancels, _own("cancel")),
    (_declines, _decline),
    (_looks_up, _own("tell")),
    (_is_late, lambda state, step: say("late", about=_topics(state))),
    (_moves, _own("move")),
    (_searches, _look),
    (_asks, _answer),
    (_names_for_own, _again),
    (_talks, _talk),
    (_says_yes, _begin),
)


# After a tool's answer.


def _continue(state: State, step: Step, tool: str, returned: Returned) -> Call:
    """Go on after a tool's answer: most answers speak for themselves."""
    about = _topics(state)
    if tool == "myAppointments" and returned["purpose"] != "tell":
        return _with_own(state, step, returned)
    if tool == "findSlots" and returned["exact"]:
        return _pick(state, replace(step, moving=returned["moving"]), returned["offers"][0]["id"])
    if tool == "confirmComing":
        return say("coming", about=about)
    if returned.get("status") == step.once and step.turn and tool != "findSlots":
        return _look(state, step) or say("shown")
    return say("shown", about=about, service=state.wish.visit.service)


def _with_own(state: State, step: Step, returned: Returned) -> Call:
    """Move or cancel the appointments that are meant; ask which where that is not clear."""
    mine, named = returned["appointments"], state.meaning.named
    if mine and named and not any(one["service"] in named for one in mine):
        return Call("myAppointments", {"purpose": "tell"})
    meant = _meant(state, step, mine)
    if returned["purpose"] == "cancel":
        if not meant or (len(meant) > 1 and not state.meaning.everything):
            return say("shown", about=_topics(state))
        return Call("cancelAppointment", {"appointment_ids": [one["id"] for one in meant]})
    if len(meant) != 1:
        return say("shown", about=_topics(state))
    one = meant[0]
    visit = _without_naming(state.wish.visit, state, one)
    if not any(c.on in ("day", "time", "order") and c.allow for c in visit.constraints):
        return say("ask_new_time", about=_topics(state))
    return _search(_moved(visit, one, exactly=state.meaning.same_time), moving=one["id"])


def _meant(state: State, step: Step, mine: list[Returned]) -> list[Returned]:
    """Return the appointments that a message is about: the named ones, "it", the one just booked, the only one."""
    if state.meaning.everything and state.aim == "cancel":
        return mine
    named = [one for one in mine if one["id"] in state.meaning.meant]
    if not named and state.meaning.named:
        named = [one for one in mine if one["service"] in state.meaning.named]
    any_of_mine = state.meaning.of_mine and len(mine) > 1 and step.moving is None
    points = state.meaning.pointing or (_corrects(state, step) and not any_of_mine)
    likely = [state.booked.id if state.booked and points else None, state.subject, step.moving]
    likely = [] if any_of_mine and not points else likely
    if len(named) == 1 or (named and not any(likely)):
        return named
    chosen = next(([one for one in mine if one["id"] == wanted] for wanted in likely if wanted), [])
    return chosen or (mine if len(mine) == 1 else named)


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


def _moved(visit: Visit, appointment: Returned, *, exactly: bool) -> Visit:
    """Return the wish for an appointment's new time: what is not said stays as it was, if that can be."""
    day, clock = date.fromisoformat(appointment["day"]), time.fromisoformat(appointment["time"])
    kept = [c for c in visit.constraints if not (exactly and c.on == "time")]
    visit = replace(visit, constraints=tuple(kept))
    if not visit.on("day"):
        kept.append(on_day(day))
    if not visit.on("time") and not any(c.on == "order" for c in kept):
        kept.append(at_time(clock, must=exactly))
    if not any(c.on == "staff" for c in kept):
        kept.append(Constraint("staff", (appointment["staff"],), must=False))
    return replace(visit, service=appointment["service"], constraints=tuple(kept))
