"""How far a conversation has come: what was called and answered, and what question stands open."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from pydantic_ai.messages import UserPromptPart

from truebook.assistant.acts_of import slot_of
from truebook.assistant.offline.shape import ONE, Shape
from truebook.language.merge import from_time, on_day
from truebook.language.state import Meaning
from truebook.language.visits.parting import NOTHING, Parting
from truebook.language.wish import Constraint, Days, Visit

Returned = dict[str, Any]
ASKING = (
    "ask_service", "ask_staff", "ask_day", "ask_time", "ask_which_day", "ask_which_time", "ask_new_time", "ask_code",
    "ask_count", "declined",
)  # fmt: skip


STAYING = ("lost", "stuck", "sorry", "ask_change", "no_hurry", "thanks")
"""Moves after which what was open still is."""
PERSON_AFTER = 3
"""Messages in a row of which nothing was understood, after which a person is offered."""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool to call; without a name, how the turn ends."""

    tool: str | None
    arguments: dict[str, Any]


def say(move: str, **more: Any) -> Call:
    """End the turn with a conversational move."""
    return Call(None, {"move": move, **{name: value for name, value in more.items() if value}})


@dataclass(frozen=True, slots=True)
class Step:
    """The calls and tool answers since the customer's message, and what stood before it.

    `offered` are the ids of all offers so far, `waiting` the offer that only lacks a name, `moving` the appointment
    for which times were looked up or read back last, `just` the appointment that the last answer was the receipt of, or
    since which there was only talk,
    `pending` the call that asked the open question, `repeats` how often in a row it has been asked before, `read` what
    was read back last, `rereads` how often in a row it had been read back before, `cancelling`
    the appointments whose cancellation was read back, `later` the visits that wait until another appointment is `once`
    booked, cancelled or changed, `several` whether the message asks for several visits, `turn` the one that is taken
    up now,
    `lost` how many answers in a row said that nothing was understood, `offers_person` whether the last one offered a
    person, `shape` what is being arranged beyond one service at one time, `classes` the services given as classes,
    `lasts` how many minutes each service takes,
    `fewer` and `more` whether the message takes something out of the visit that is being arranged, or adds to it,
    `recurs` whether it changes how often something comes again, `parting` what it says of less, or more, of what is
    booked, `given_up` the meaning of the clause that gives it up, `refused` the ids of offers that were declined,
    `waits` when else it would suit, should something come free once this is booked, `for_all` what is wished for of all
    appointments that the message would move, `likewise` those that are still to be moved so, each with that wish,
    `then` what was said of another booking, to be heard once this one is booked,
    `changing` the search for what `moving` is to consist of, where that is another than now.
    """

    answers: tuple[tuple[str, Returned], ...] = ()
    calls: tuple[Call, ...] = ()
    offered: frozenset[str] = frozenset()
    waiting: str | None = None
    moving: str | None = None
    changing: Call | None = None
    then: UserPromptPart | None = None
    just: str | None = None
    pending: Call | None = None
    repeats: int = 0
    read: tuple[str, ...] | None = None
    rereads: int = 0
    cancelling: tuple[str, ...] = ()
    later: tuple[Visit, ...] = ()
    once: Literal["booked", "cancelled", "moved"] = "booked"
    several: bool = False
    turn: Visit | None = None
    lost: int = 0
    offers_person: bool = False
    shape: Shape = ONE
    fewer: bool = False
    more: bool = False
    recurs: bool = False
    classes: tuple[str, ...] = ()
    lasts: tuple[tuple[str, int], ...] = ()
    parting: Parting = NOTHING
    given_up: Meaning | None = None
    refused: frozenset[str] = frozenset()
    waits: tuple[Constraint, ...] | None = None
    for_all: Visit | None = None
    likewise: tuple[tuple[Returned, Visit], ...] = ()

    def calling(self, call: Call) -> "Step":
        """Return the step after a call was made."""
        return replace(self, calls=(*self.calls, call))

    def after(self, tool: str, returned: Returned) -> "Step":
        """Return the step after another tool's answer: where something is done, the next visit is taken up."""
        step = replace(self, answers=(*self.answers, (tool, returned)))
        if returned.get("status") != self.once or not self.later:
            return step
        later = tuple(_on_another_day(one, returned) for one in self.later) if self.once == "booked" else self.later
        first, *rest = later
        turn = first if self.once != "booked" else _following(first, returned["slot"])
        other = self.once == "booked" and first.service not in (None, returned["slot"]["service"])
        shape = ONE if other and not self.shape.again else self.shape  # who comes to the one comes not to the other
        return replace(step, turn=turn, later=tuple(rest), shape=shape)

    def next_turn(self, *, others: tuple[Visit, ...], more: Visit | None, agreed: bool = False) -> "Step":
        """Return the first step of the turn after this one.

        Its message may ask for other visits too, or for one more once something is cancelled; what it asks for beside a
        yes comes after those that wait already.
        """
        offered, waiting, moving, cancelling = self.offered, None, self.moving, ()
        changing, just = self.changing, self.just if self._only_talked else None
        read: tuple[str, ...] | None = None
        for tool, returned in self.answers:
            offered |= {offer["id"] for offer in returned.get("offers", ())}
            status = returned.get("status")
            if tool == "findSlots":
                moving, changing = returned["moving"], self._change()
            waiting = returned["slot"]["id"] if status == "name_wanted" and "slot" in returned else None
            just = returned["slot"]["id"] if status in ("booked", "moved") else None
            back = status == "read_back" and "slot" in returned
            read = (*_told(returned["slot"]), str(returned.get("for"))) if back else None
            moving = None if status in ("booked", "moved", "cancelled") else moving
            if tool == "cancelAppointment" and status == "read_back":
                cancelling = (returned["slot"]["id"], *(one["id"] for one in returned.get("also", ())))
        pending, goes_on = self._open_question(), self.goes_on
        kept = self.later if goes_on else ()
        again = {(one.service, one.day): one for one in others}  # "yes, and the thursday one, before ten?"
        kept = tuple(again.pop((one.service, one.day), one) for one in kept) if agreed else kept
        later = (*kept, *again.values()) if agreed else others or ((more,) if more else kept)
        once: Literal["booked", "cancelled", "moved"] = "booked" if others else "cancelled" if more else self.once
        same = pending is not None and self.pending is not None and _asks_same(pending, self.pending)
        same = same and not self._ended_with("no_hurry", "thanks")
        answered = bool(self.calls) and bool(self.calls[-1].arguments.get("about"))
        lost = self.lost + 1 if self._ended_with("lost") else 0
        return Step(
            offered=offered, waiting=waiting, moving=moving, just=just, pending=pending, cancelling=cancelling,
            changing=changing if moving and not self._ended_with("kept") else None,
            repeats=0 if not same else self.repeats + (not answered), read=read,
            rereads=0 if read is None or read != self.read else self.rereads + (not answered),
            later=later, once=once, several=bool(others),
            lost=lost, offers_person=self._offered_a_person(lost),
            shape=self.shape if goes_on else ONE, classes=self.classes, lasts=self.lasts, parting=self.parting,
            refused=self.refused if goes_on else frozenset(), waits=self.waits if goes_on else None,
            likewise=self._left_to_move(), then=self.then if goes_on else None,
        )  # fmt: skip

    def _change(self) -> Call | None:
        """Return the last search, where it is for what an appointment is to consist of."""
        made = [call for call in self.calls if call.tool == "findSlots"]
        return made[-1] if made and made[-1].arguments.get("changing") else None

    def _left_to_move(self) -> tuple[tuple[Returned, Visit], ...]:
        """Return the appointments that are to be moved like the one that was read back last."""
        moving = next((told["moving"] for tool, told in reversed(self.answers) if tool == "findSlots"), None)
        left, goes_on = self.likewise, self.last is not None and self.last[1].get("status") == "read_back"
        for tool, told in self.answers:
            if self.for_all and tool == "myAppointments" and told["purpose"] == "move":
                left = tuple((one, self.for_all) for one in told["appointments"])
        return tuple(one for one in left if one[0]["id"] != moving) if moving and goes_on else ()

    def again(self, about: list[str]) -> Call | None:
        """Return the call that asks the open question once more, after the answer to a question in between."""
        if self.pending is None or self.pending.tool:
            return self.pending
        kept = {
            name: value for name, value in self.pending.arguments.items() if name not in ("unheard", "again", "more")
        }
        return say(**{**kept, "about": about})

    @property
    def goes_on(self) -> bool:
        """Tell whether what was arranged in this turn is open at its end, or refused; else the next wish is another."""
        refused = self.last is not None and self.last[1].get("status") == "refused"
        return bool(self._open_question() or refused or self._ended_with("declined"))

    @property
    def _only_talked(self) -> bool:
        """Tell whether nothing was looked for, read back or done in this turn, nor is anything asked."""
        return (self.last is None or self.last[0] == "noteAppointment") and self._open_question() is None

    @property
    def arranging(self) -> bool:
        """Tell whether a time is being looked for."""
        return self.pending is not None

    @property
    def pending_own(self) -> bool:
        """Tell whether it was asked which of the customer's own appointments is meant."""
        return self.pending is not None and self.pending.tool == "myAppointments"

    @property
    def last(self) -> tuple[str, Returned] | None:
        """The last tool that answered, and its answer; listing the services says nothing to the customer."""
        told = [answer for answer in self.answers if answer[0] != "listServices"]
        return told[-1] if told else None

    def _ended_with(self, *moves: str) -> bool:
        return bool(self.calls) and self.calls[-1].arguments.get("move") in moves

    def _offered_a_person(self, lost: int) -> bool:
        return self._ended_with("stuck", "sorry", "no_code") or lost >= PERSON_AFTER or self._too_late()

    def _too_late(self) -> bool:
        return self.last is not None and self.last[1].get("reason") == "cancel_notice"

    def _found_none(self) -> bool:
        return self.last is not None and self.last[1].get("appointments") == []

    def _vouched(self) -> bool:
        return self.last is None or self.last[1].get("known", True)

    def _open_question(self) -> Call | None:
        """Return the call behind what the customer has yet to answer: a question, an offer, a read-back."""
        if self._ended_with("kept"):
            return None
        if self._ended_with("late"):
            return Call("myAppointments", {"purpose": "move"})
        if self._ended_with("smalltalk") or self._found_none():
            return say("ask_service") if self._vouched() else say("ask_code")
        if self.last is None:
            kept = self.pending if self._ended_with(*STAYING) else None
            return next((call for call in self.calls if call.arguments.get("move") in ASKING), kept)
        tool, returned = self.last
        asks = returned.get("status") in ("read_back", "name_wanted") or returned.get("offers") or returned.get("days")
        which = tool == "myAppointments" and returned["purpose"] != "tell" and len(returned["appointments"]) > 1
        made = [call for call in self.calls if call.tool == tool]
        if self.calls and self.calls[-1].arguments.get("move") in ASKING:
            return self.calls[-1]
        return made[-1] if made and (asks or which) and returned.get("status") != "refused" else None


def _asks_same(one: Call, other: Call) -> bool:
    """Tell whether two calls ask the customer the same question."""
    ours, theirs = one.arguments.get("move"), other.arguments.get("move")
    return one.tool == other.tool and ours == theirs and (one.tool is None or one.arguments == other.arguments)


def _told(slot: Returned) -> tuple[str, ...]:
    """Return what a slot says: every search gives it another id."""
    return tuple(str(slot.get(part)) for part in ("service", "staff", "day", "time", "parts"))


def _on_another_day(visit: Visit, booked: Returned) -> Visit:
    """Return a further visit as many days after what is booked as it is to be; one that only is to be on another day,
    and one of the same kind that has no day of its own, on none that is booked already."""
    slot = booked["slot"]
    day = date.fromisoformat(slot["day"])
    alike = visit.service in (None, slot["service"]) and visit.whom == slot_of(slot).guest
    if not visit.days_after and (not alike or visit.times or (visit.days and visit.days.one)):
        return visit
    last = day + timedelta(days=max(visit.days_after - 1, 0))
    barred = Days(date.min if visit.days_after > 1 else day, last)
    return replace(visit, constraints=(*visit.constraints, Constraint("day", (barred,), allow=False)))


def _following(visit: Visit, slot: Returned) -> Visit:
    """Return the next visit; one for the same day without a time begins when the appointment just booked ends."""
    day = date.fromisoformat(slot["day"])
    elsewhere = any(not one.holds(day) for one in visit.constraints if one.on == "day" and one.choice == 1)
    if visit.times or elsewhere:  # "and english on another day", "and the doctor on monday or wednesday"
        return visit
    end = datetime.combine(day, time.fromisoformat(slot["time"])) + timedelta(minutes=slot["minutes"])
    kept = visit.without("day", "order").constraints
    return replace(visit, constraints=(*kept, on_day(day), *from_time(end.time())))
