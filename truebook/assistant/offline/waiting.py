"""The waiting list: whether somebody joins it, leaves it, or takes what came free, and the next step then."""

from dataclasses import replace
from datetime import date, timedelta

from truebook.assistant.limits import written
from truebook.assistant.offline.arranging import goes_on, only_service
from truebook.assistant.offline.odds import CERTAIN, SURE
from truebook.assistant.offline.step import Call, Returned, Step, say
from truebook.language.state import State
from truebook.language.wish import Constraint, Days, Visit

SOONER = 14
"""Days before an appointment in which something earlier is waited for."""


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
    return outright or (not meaning.no and goes_on(state, step, "joinWaitlist"))


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
    service = visit.service or only_service(state)
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
