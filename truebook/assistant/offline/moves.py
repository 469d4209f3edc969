"""What is done where a move applies: the next call, one question at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from truebook.assistant.limits import written
from truebook.assistant.offline import arranging, occasions
from truebook.assistant.offline.odds import LIKELY
from truebook.assistant.offline.step import Call, Step, say
from truebook.language.lists import lists
from truebook.language.merge import adopted
from truebook.language.state import State
from truebook.language.text import plain
from truebook.language.wish import Days, Times, Visit

"""What changes nothing of the visit itself."""
SENTENCE = 4
"""Words of a message that says something, if not to us."""
TALKING = {
    "greet": "greet", "thank": "thanks", "bye": "bye", "smalltalk": "smalltalk", "complain": "sorry",
    "coming": "coming", "instruct": "smalltalk", "offtopic": "smalltalk",
}  # fmt: skip


def carry_out(state: State, step: Step) -> Call | None:
    """Do what was read back."""
    assert state.readback
    if step.pending and step.pending.tool in arranging.AGAIN:
        return step.pending
    if step.cancelling:
        return Call("cancelAppointment", {"appointment_ids": list(step.cancelling)})
    return pick(state, step if state.asks("move") else replace(step, moving=None), state.readback.id)


def hand_over(state: State, step: Step) -> Call | None:
    """Pass the customer on to a person."""
    return say("person")


def show_code(state: State, step: Step) -> Call | None:
    """Look the code up."""
    return Call("showAppointment", {"code": state.meaning.code})


def note_coming(state: State, step: Step) -> Call | None:
    """Note that the customer will come."""
    return Call("confirmComing", {"appointment_id": state.appointments[0].id})


def offer_another(state: State, step: Step) -> Call | None:
    """Offer other times for an appointment that the customer cannot come to; those they name come first."""
    if state.meaning.changed & {"day", "time"}:
        return Call("myAppointments", {"purpose": "move"})
    one = state.appointments[0]
    return Call("findSlots", {"service": one.service, "moving": one.id})


def tell_what_stands(state: State, step: Step) -> Call | None:
    """Tell from the rows what the customer has, where something was booked or looked up here; else leave it at that."""
    mine = state.booked or state.appointments
    return Call("myAppointments", {"purpose": "tell"}) if mine else say("kept")


def tell_the_policy(state: State, step: Step) -> Call | None:
    """Tell until when what is booked can be changed, and that nothing is; what was open is asked once more."""
    about = list(dict.fromkeys(("policy", *(one for one in occasions.topics(state) if one != "other"))))
    return reopened(state, step, about) or say("kept", about=about)


def keep(state: State, step: Step) -> Call | None:
    """Leave everything as it is."""
    return say("kept")


def take_waiting(state: State, step: Step) -> Call | None:
    """Have the offer read back that only lacked a name."""
    assert step.waiting
    return _take(state, step, step.waiting)


def take_picked(state: State, step: Step) -> Call | None:
    """Have the picked offer read back; for whom it is, where that was told with it, is looked for along."""
    assert state.meaning.picked
    if "whom" in state.meaning.changed and not step.moving and state.wish.visit.service not in step.classes:
        return look(state, step)
    return pick(state, step, state.meaning.picked)


def ask_which_offer(state: State, step: Step) -> Call | None:
    """Ask on which day the time is meant that is offered on several, or which of several times of a day."""
    ids = next(doubt.options for doubt in state.meaning.doubts if doubt.field == "offer")
    meant, about = [s for s in state.offered if s.id in ids], occasions.topics(state)
    days = sorted({s.day.isoformat() for s in meant if s.day})
    if len(days) > 1:
        return say("ask_which_day", options=days, about=about)
    times = sorted({s.time.isoformat("minutes") for s in meant if s.time})
    return say("ask_which_time", options=times, about=about)


def take_first_open(state: State, step: Step) -> Call | None:
    """Have the first of the offers read back among which the customer was asked to choose, and did not."""
    return pick(state, step, occasions.open_offers(state, step)[0].id)


def own(purpose: str) -> Callable[[State, Step], Call | None]:
    """Return the move that looks up the customer's own appointments for a purpose."""
    return lambda state, step: Call("myAppointments", {"purpose": purpose})


def decline(state: State, step: Step) -> Call | None:
    """Say that it is all right, and ask what would be better; where all of it is called off, nothing is asked."""
    settled = state.readback is not None and (state.asks("move") or bool(step.cancelling))
    if (settled and state.meaning.keeps) or (step.pending and step.pending.tool in ("myAppointments", *arranging.KEPT)):
        return say("kept")
    about, meaning = occasions.topics(state), state.meaning
    off = meaning.likeliest("cancel") >= max(LIKELY, meaning.likeliest("move", "more", "correct"))
    if off and not (about or meaning.calls or step.later):  # "I'd rather cancel it"
        return say("bye")
    return say("answer" if meaning.calls else "declined", about=about)  # "none of those, ring me"


def look(state: State, step: Step) -> Call | None:
    """Look for times, or ask for what is missing first: one question at a time."""
    visit, about = state.wish.visit, occasions.topics(state)
    service = visit.service or (state.desk.services[0].id if len(state.desk.services) == 1 else None)
    if service is None and state.meaning.likeliest("class") >= LIKELY:
        service = arranging.only_class(step)
    visit = replace(visit, service=service)
    if state.meaning.picked:  # somebody comes along, or has a name now: the time that was picked is meant
        visit = replace(visit, constraints=tuple(replace(c, must=True) for c in visit.constraints))
    doubts = {doubt.field: list(doubt.options) for doubt in state.meaning.doubts}
    if service is None and state.meaning.person and occasions.asks_whether_free(state.meaning):
        return say("ask_service", about=[*about, "who"], staff=state.meaning.person)  # when they work can be told
    if service is None or "service" in doubts:
        with_whom = {"staff": visit.staff} if visit.staff else {}
        return say("ask_service", about=about, options=doubts.get("service", []), **with_whom)
    if "staff" in doubts:
        return say("ask_staff", about=about, options=doubts["staff"])
    for constraint in visit.constraints:
        if constraint.others and constraint.choice == 1:
            return _ask_reading(constraint.values[0], constraint.others, about)
    if step.pending and not step.more and state.meaning.only_contacts:
        return reopened(state, step, about)
    if not any(c.on in ("day", "time", "order", "staff") for c in visit.constraints) and not _asks_when(state):
        return Call("freeDays", {"service": service, **arranging.along(step, visit)})
    along = arranging.along(step, visit)
    refused = [] if state.meaning.clocks else sorted(step.refused)  # a time that is named may be had after all
    return search(visit, **along, guest=step.shape.first(visit.whom), refused=refused)


def look_besides(state: State, step: Step) -> Call | None:
    """Look for one more at the time that was read back to be moved to, unless another one is told."""
    wish, meaning = state.wish, state.meaning
    told = meaning.clocks or (meaning.days and not (meaning.keeps or meaning.places))
    visit = wish.visit if told or not state.readback else adopted(wish.visit, state.readback)
    return look(
        replace(state, wish=replace(wish, visit=visit), aim="book"), replace(step, moving=None, refused=frozenset())
    )


def _asks_when(state: State) -> bool:
    """Tell whether times are asked for rather than told, or any day will do."""
    return state.meaning.likeliest("available", "more") >= LIKELY or state.meaning.does("choose", "any", least=LIKELY)


def _ask_reading(first: object, others: tuple[date | time, ...], about: list[str]) -> Call:
    if isinstance(first, Days):
        days = sorted({first.first, *(one for one in others if isinstance(one, date))})
        return say("ask_which_day", about=about, options=[day.isoformat() for day in days])
    assert isinstance(first, Times)
    clocks = {first.first or first.last, *(one for one in others if isinstance(one, time))}
    return say("ask_which_time", about=about, options=sorted(c.isoformat("minutes") for c in clocks if c))


def search(visit: Visit, **more: Any) -> Call:
    """Look for times of a visit."""
    arguments: dict[str, Any] = {"service": visit.service, "limits": written(visit.constraints), **more}
    return Call("findSlots", {name: value for name, value in arguments.items() if value})


def pick(state: State, step: Step, offer: str) -> Call:
    """Choose an offered time: for the appointment that is being moved, or for a new one."""
    if step.moving:
        return Call("moveAppointment", {"appointment_id": step.moving, "offer_id": offer})
    return _take(state, step, offer)


def _take(state: State, step: Step, offer: str) -> Call:
    """Pick an offer: the tool reads it back first; a place in a class is under the name of whom it is for, where they
    come alone."""
    wish = state.wish
    whom = wish.visit.whom if wish.visit.service in step.classes and not step.shape.along else None
    if whom and plain(whom) in lists(state.language)["kin"]:  # nobody said what they are called
        whom = f"{wish.name} ({whom})" if wish.name else None
    return Call("bookAppointment", {"offer_id": offer, **_details(state), **({"under": whom} if whom else {})})


def _details(state: State) -> dict[str, str]:
    """Return who it is for, how they are reached, and what is to be noted, as far as that was told."""
    wish = state.wish
    told = {"name": wish.name, "under": wish.under, "phone": wish.phone, "email": wish.email}
    return {key: value for key, value in {**told, "notes": "\n".join(wish.notes)}.items() if value}


def reopened(state: State, step: Step, about: list[str]) -> Call | None:
    """Return the call that asks the open question once more, with what is known by now of the customer."""
    call = step.again(about)
    if call is None or call.tool != "bookAppointment":
        return call
    return _take(state, step, call.arguments["offer_id"])


def note(state: State, step: Step) -> Call | None:
    """Write down what the team is to know: with what is booked, or else with what is about to be."""
    meaning, pending, more = state.meaning, step.pending, _says_more(state)
    if pending and not (state.booked and (step.moving or pending.tool in arranging.OWN)):
        return None if more else reopened(state, step, [])
    if more and (state.booked is None or (meaning.likeliest("book") >= LIKELY and not step.just)):
        return None
    ids = {"appointment_ids": [state.booked.id]} if state.booked else {}
    return Call("noteAppointment", {"note": meaning.note, "asked": meaning.note_asked, **ids})


def tell_what_is_noted(state: State, step: Step) -> Call | None:
    """Say what stands with the booking now; another name or number the team is to write into it, so it is told too.

    What was open is asked once more.
    """
    again = reopened(state, step, []) if step.pending and step.pending.tool else None
    return again or say("shown", about=["note"] if occasions.corrects_contacts(state, step) else [])


def _says_more(state: State) -> bool:
    """Tell whether a message does something besides telling what to write down."""
    return bool(state.meaning.acts or state.meaning.changed)


def answer(state: State, step: Step) -> Call | None:
    """Answer what was asked, and pick the thread up again."""
    about = occasions.topics(state)
    return reopened(state, step, about) or say("answer", about=about, service=state.wish.visit.service)


def again(state: State, step: Step) -> Call | None:
    """Ask the open question once more."""
    return reopened(state, step, [])


def talk(state: State, step: Step) -> Call | None:
    """Answer talk with talk; in the middle of something, go on with that."""
    meaning = state.meaning
    kind = max(occasions.TALK, key=meaning.likeliest)
    if kind in ("bye", "complain", "coming"):
        return say(TALKING[kind])
    return reopened(state, step, []) or say(TALKING[kind])


def begin(state: State, step: Step) -> Call | None:
    """Answer a yes to nothing in particular: go on with what is open, or offer to book."""
    if step.just:
        return say("thanks")
    return reopened(state, step, []) or say("ask_service")


def lost(state: State, step: Step) -> Call:
    """Say that nothing was understood, and lead on with what is open.

    What is asked in a sentence the team reads; so it does what is said of a booking, with nothing open: an invoice.
    """
    meaning = state.meaning
    if any(tool == "noteAppointment" and told["status"] == "noted" for tool, told in step.answers):
        return say("shown")
    told = meaning.words >= SENTENCE and not step.lost
    asked = ["other"] if told and meaning.question else []
    if step.pending is None and told and (asked or state.booked):
        return say("answer", about=asked or ["note"])
    return (reopened(state, step, asked) if not step.lost else None) or say("lost")
