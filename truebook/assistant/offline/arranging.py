"""What is arranged beyond one service at one time: what goes along with it, and what a message goes on with."""

from typing import Any

from truebook.assistant.offline.odds import LIKELY, SURE
from truebook.assistant.offline.step import Step
from truebook.language.state import State
from truebook.language.wish import Visit

AGAIN = ("bookSeries", "cancelSeries", "changePlaces", "joinWaitlist", "leaveWaitlist", "takeWaitlistOffer")
"""Tools whose call that read something back is made once more when the customer agrees."""
KEPT = ("cancelSeries", "changePlaces", "leaveWaitlist")
"""Those that take something away: a no keeps it."""
TAKING = ("moveAppointment", "cancelAppointment", *KEPT)
"""Tools that change what is booked, once there is a yes."""
OWN = ("myAppointments", "cancelAppointment", "moveAppointment", "changePlaces")
"""Tools that ask about what is booked."""

WISHING = (
    "book", "move", "cancel", "not_coming", "available", "more", "correct", "same", "class", "tell", "late",
    "other_person", "people", "every", "waitlist", "choose", "refuse",
)  # fmt: skip
"""Acts that wish for something, or take something back."""


def along(step: Step, visit: Visit) -> dict[str, Any]:
    """Return the arguments for what goes along with a visit."""
    also = step.shape.also(visit.service, visit.whom)
    return {"also": also} if also else {}


def only_class(step: Step) -> str | None:
    """Return the one service that is given as classes, where there is just one."""
    return step.classes[0] if len(step.classes) == 1 else None


def takes_out(state: State, step: Step) -> bool:
    """Tell whether the customer wants less than the visit that was offered or read back: "only the haircut"."""
    return step.fewer and bool(state.offered or state.readback or step.waiting)


def brings_more(state: State, step: Step) -> bool:
    """Tell whether more people or services come along with what was offered or read back: "and for my son too"."""
    open_ = state.offered or state.readback or step.waiting or state.meaning.picked
    return step.more and bool(open_) and state.booked is None


def goes_on(state: State, step: Step, tool: str) -> bool:
    """Tell whether a message goes on with what a tool arranges: a series, a place on the waiting list."""
    meaning = state.meaning
    pending = step.pending.tool if step.pending else None
    series = pending == "bookSeries"  # another time for all of it
    again = tool == "bookSeries" and step.recurs  # "16:30 is fine, and every tuesday after that"
    sought = tool == "bookSeries" and pending == "findSlots"  # times of its first date were offered
    wished = meaning.likeliest("book", "every") > meaning.likeliest("lookup") or (series and "day" in meaning.changed)
    others = ["person"] if wished else ["lookup", "person"]
    if (not series or step.moving is not None) and (state.booked or state.appointments):  # else nothing can be moved
        dates = again and step.shape.again is not None and bool(step.shape.again.dates)
        others += ["cancel"] if dates else ["cancel", "move"]  # "the same on the 9th and the 16th" moves nothing
    if (meaning.picked and not series and not again and not sought) or meaning.likeliest(*others) >= SURE:
        return False
    said = meaning.likeliest("waitlist", "every") >= LIKELY or bool(meaning.changed) or step.recurs
    said = said or bool(sought and meaning.picked)
    return said or state.asks("count") or (pending == tool and not meaning.asks)


def only_service(state: State) -> str | None:
    """Return the one service of a business that has no other."""
    services = state.desk.services
    return services[0].id if len(services) == 1 else None


def only_talks(state: State, step: Step) -> bool:
    """Tell whether a message only asks, thanks or takes leave once something is booked and nothing is open: then it
    wishes for nothing, whatever day or hour it names."""
    meaning = state.meaning
    talk = meaning.likeliest("ask", "thank", "bye", "coming", "smalltalk")
    wish = meaning.likeliest(*WISHING)
    new = meaning.changed & {"service", "whom"} or (meaning.adding and "time" in meaning.changed)  # "right after me?"
    return state.booked is not None and step.pending is None and talk >= LIKELY > wish and not new
