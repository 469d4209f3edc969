"""What the desk said, by its acts: what was offered, read back, asked or booked is known from then on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from truebook.language.acts import After
from truebook.language.state import (
    Act,
    Asked,
    AskedWhich,
    Booked,
    Failed,
    Gone,
    Informed,
    Listed,
    Offered,
    ReadBack,
    Reminded,
    Slot,
    State,
)
from truebook.language.wish import Visit

_ASKED: dict[str, After] = {"service": "ask_service", "day": "ask_day", "time": "ask_time", "name": "ask_name"}


def heard_assistant(state: State, acts: Sequence[Act], now: dt.datetime) -> State:
    """Return state after the desk said something that meant acts."""
    after: After = "else" if state.after != "nothing" or acts else "nothing"
    if state.after == "receipt" and state.booked and all(isinstance(act, Informed) for act in acts):
        after = "receipt"  # that was the last that was done
    calls = state.calls and not any(isinstance(act, Offered | ReadBack | Asked | AskedWhich) for act in acts)
    before = state
    state = replace(state, readback=None, asked=frozenset(), asked_which=False, after=after, calls=calls)
    for act in acts:
        state = _after(state, act)
    again = any(isinstance(act, ReadBack) and act.again for act in acts)
    return replace(state, asked_again=again or (_same(state.readback, before.readback) and state.asked == before.asked))


def _same(one: Slot | None, other: Slot | None) -> bool:
    """Tell whether two slots are the same to whoever reads them: what is looked for anew has another id."""
    return one is not None and other is not None and replace(one, id=other.id) == other


def _after(state: State, act: Act) -> State:
    match act:
        case Offered(slots):
            people = state.spoken_of | {s.staff for s in slots if s.staff}
            after = "offer" if slots else state.after
            return replace(state, offered=slots, declined=(), spoken_of=people, after=after)
        case ReadBack(slot):
            beside = _beside(state.offered, slot)
            return replace(state, readback=slot, offered=beside, declined=(), asked_which=False, after="readback")
        case Asked(what, chosen):
            state = replace(state, offered=(chosen,)) if chosen else state
            open_ = _ASKED.get(what, state.after)
            after = state.after if state.after in ("offer", "readback") else open_
            return replace(state, asked=state.asked | {what}, after=after)
        case Booked(slot):
            wish = replace(state.wish, visit=_settled(state.wish.visit, slot), notes=())
            standing = (*_without(slot, state.standing), slot)
            state = replace(state, wish=wish, booked=slot, standing=standing, left=state.offered or state.left)
            return replace(state, offered=(), aim=None, subject=None, after="receipt")
        case Gone(slot):
            left, standing = (_without(slot, mine) for mine in (state.appointments, state.standing))
            booked = None if state.booked and state.booked.id == slot.id else state.booked
            wish = replace(state.wish, visit=Visit(slot.service))
            state = replace(state, wish=wish, appointments=left, standing=standing, booked=booked, offered=())
            return replace(state, aim=None, subject=None, after="receipt")
        case Failed():
            return replace(state, offered=())
        case Listed(appointments, aim):
            aim = (aim or state.aim) if appointments else aim
            return replace(state, appointments=appointments, aim=aim, after="list")
        case Reminded(slot):
            return replace(state, appointments=(slot,), offered=(), aim=None, subject=slot.id, after="reminder")
        case AskedWhich(appointments, aim):
            aim = aim or state.aim
            return replace(state, appointments=appointments, aim=aim, asked_which=True, after="ask_which")
        case Informed():
            return state


def _without(slot: Slot, mine: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return appointments without one of them."""
    return tuple(one for one in mine if one.id != slot.id)


def _beside(offered: tuple[Slot, ...], slot: Slot) -> tuple[Slot, ...]:
    """Return what is still on the table once a slot is read back: nothing, where it was none of the offers."""
    partial = any(s.day is None or s.time is None for s in offered)
    left = tuple(s for s in offered if None in (s.staff, slot.staff) or s.staff == slot.staff) if partial else offered
    same = (slot.service, slot.staff, slot.day, slot.time)
    listed = any(s.id == slot.id or (s.service, s.staff, s.day, s.time) == same for s in offered)
    return left if partial or listed else ()


def _settled(visit: Visit, slot: Slot) -> Visit:
    """Return what is left of a visit once a slot is booked: the service, unless the visit is another one."""
    met = slot.meets(c for c in visit.constraints if c.allow and c.must)
    return Visit(slot.service) if visit.service in (None, slot.service) and met else visit
