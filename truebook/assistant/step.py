"""How far a conversation has come: what was called and answered, and what question stands open."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from truebook.language.state import Wish

Returned = dict[str, Any]
ASKING = ("ask_service", "ask_staff", "ask_day", "ask_time", "ask_which_day", "ask_which_time", "ask_new_time")
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
    for which times were looked up or read back last, `just` the appointment that the last answer was the receipt of,
    `pending` the call that asked the open question, `pointing` whether the message says "it", `adding` whether it says
    "also", `later` the bookings that wait until another appointment is `once` booked or cancelled, `several` whether
    the message asks for several bookings, `turn` the one of them that is taken up now, `lost` how many answers in a row
    said that nothing was understood, `offers_person` whether the last one offered a person.
    """

    answers: tuple[tuple[str, Returned], ...] = ()
    calls: tuple[Call, ...] = ()
    offered: frozenset[str] = frozenset()
    waiting: str | None = None
    moving: str | None = None
    just: str | None = None
    pending: Call | None = None
    pointing: bool = False
    adding: bool = False
    later: tuple[Wish, ...] = ()
    once: Literal["booked", "cancelled"] = "booked"
    several: bool = False
    turn: Wish | None = None
    lost: int = 0
    offers_person: bool = False

    def calling(self, call: Call) -> "Step":
        """Return the step after a call was made."""
        return replace(self, calls=(*self.calls, call))

    def after(self, tool: str, returned: Returned) -> "Step":
        """Return the step after another tool's answer: where something is done, the next booking is taken up."""
        step = replace(self, answers=(*self.answers, (tool, returned)))
        if returned.get("status") != self.once or not self.later:
            return step
        first, *rest = self.later
        turn = first if self.once == "cancelled" else _following(first, returned["slot"])
        return replace(step, turn=turn, later=tuple(rest))

    def next_turn(self, *, pointing: bool, adding: bool, others: tuple[Wish, ...], more: Wish | None) -> "Step":
        """Return the first step of the turn after this one.

        Its message may say "it" or "also", ask for other bookings too, or for one more once something is cancelled.
        """
        offered, waiting, moving, just = self.offered, None, self.moving, None
        for tool, returned in self.answers:
            offered |= {offer["id"] for offer in returned.get("offers", ())}
            status = returned.get("status")
            if tool == "findSlots":
                moving = returned["moving"]
            waiting = returned["slot"]["id"] if status == "name_wanted" else None
            just = returned["slot"]["id"] if status in ("booked", "moved") else None
            moving = None if status in ("booked", "moved", "cancelled") else moving
        pending = self._open_question()
        refused = self.last is not None and self.last[1].get("status") == "refused"
        kept = self.later if pending or refused or self._ended_with("declined") else ()
        later = others or ((more,) if more else kept)
        once: Literal["booked", "cancelled"] = "booked" if others else "cancelled" if more else self.once
        lost = self.lost + 1 if self._ended_with("lost") else 0
        return Step(
            offered=offered, waiting=waiting, moving=moving, just=just, pending=pending, pointing=pointing,
            adding=adding, later=later, once=once, several=bool(others), lost=lost,
            offers_person=lost >= PERSON_AFTER or self._too_late(),
        )  # fmt: skip

    def again(self, about: list[str]) -> Call | None:
        """Return the call that asks the open question once more, after the answer to a question in between."""
        if self.pending is None or self.pending.tool:
            return self.pending
        return say(**{**self.pending.arguments, "about": about, "more": False})

    @property
    def arranging(self) -> bool:
        """Tell whether a time is being looked for."""
        return self.pending is not None

    @property
    def last(self) -> tuple[str, Returned] | None:
        """The last tool that answered, and its answer; listing the services says nothing to the customer."""
        told = [answer for answer in self.answers if answer[0] != "listServices"]
        return told[-1] if told else None

    def _ended_with(self, move: str) -> bool:
        return bool(self.calls) and self.calls[-1].arguments.get("move") == move

    def _too_late(self) -> bool:
        return self.last is not None and self.last[1].get("reason") == "cancel_notice"

    def _open_question(self) -> Call | None:
        """Return the call behind what the customer has yet to answer: a question, an offer, a read-back."""
        if self._ended_with("late"):
            return Call("myAppointments", {"purpose": "move"})
        if self._ended_with("smalltalk") or (self.last and self.last[1].get("appointments") == []):
            return say("ask_service")
        if self.last is None:
            kept = self.pending if self._ended_with("lost") else None
            return next((call for call in self.calls if call.arguments.get("move") in ASKING), kept)
        tool, returned = self.last
        asks = returned.get("status") in ("read_back", "name_wanted") or returned.get("offers")
        which = tool == "myAppointments" and returned["purpose"] != "tell" and len(returned["appointments"]) > 1
        made = [call for call in self.calls if call.tool == tool]
        if self._ended_with("ask_new_time"):
            return self.calls[-1]
        return made[-1] if made and (asks or which) and returned.get("status") != "refused" else None


def _following(wish: Wish, slot: Returned) -> Wish:
    """Return the next wish; one for the same day without a time begins when the appointment just booked ends."""
    day = date.fromisoformat(slot["day"])
    if wish.time or wish.time_until or wish.day not in (None, day):
        return wish
    end = datetime.combine(day, time.fromisoformat(slot["time"])) + timedelta(minutes=slot["minutes"])
    return replace(wish, day=day, time=end.time(), relation="at")
