"""The receptionist's next step: a table of moves, from what the last message did and what stands open to one call.

The rules are tried in order; the first that applies decides. A tool's answer mostly speaks for itself and ends the
turn. Three laws hold whatever is said: no part of a message is passed over in silence, no question is asked a third
time, and nothing is done without a yes to exactly what was read back.
"""

from collections.abc import Callable
from typing import Any

from truebook.assistant.offline import arranging, changes, moves, occasions, parts, repeating, waiting
from truebook.assistant.offline.followups import follow_up
from truebook.assistant.offline.step import Call, Step, say
from truebook.language import kinds
from truebook.language.state import State
from truebook.language.wish import Days

REPEATED = 2
"""How often in a row a question may be asked; then a person is offered."""


def decide(state: State, step: Step) -> Call:
    """Return the next call of a turn."""
    tools = [tool for tool, _ in step.answers if tool not in ("listServices", "noteAppointment")]
    if step.last and step.last[0] == "noteAppointment":
        call = say("shown", about=occasions.topics(state)) if tools else _first(state, step)
    else:
        call = follow_up(state, step, *step.last) if step.last else _first(state, step)
    return call if call.tool else _ended(call, state, step)


def _ended(call: Call, state: State, step: Step) -> Call:
    """Return the end of a turn with what goes with every end: further visits, what was not understood, repetition."""
    more: dict[str, Any] = {"more": True, **_what_follows(state, step)} if step.several else {}
    if state.meaning.calls:
        told = {"phone": state.wish.phone, "when": state.meaning.call_at, "staff": state.meaning.call_by}
        more |= {name: value for name, value in told.items() if value}
    days = [one.day for one in (*state.standing, state.booked) if one and one.day] if state.booked else []
    if call.arguments.get("move") == "bye" and days:  # of several, until the first
        more |= {"day": min(days).isoformat()}
    told = call.arguments.get("about", [])
    if state.meaning.not_offered and "not_offered" not in told:  # whatever comes of the rest
        call = Call(None, {**call.arguments, "about": ["not_offered", *told]})
    if about := call.arguments.get("about"):
        more |= {"phone": state.wish.phone} if "number" in about and state.wish.phone else {}
        more |= {"not_here": state.meaning.not_here} if "nobody" in about else {}
        more |= {"named": list(state.meaning.not_offered)} if "not_offered" in about else {}
        more |= {"wonders": state.meaning.wonders} if "other" in about and state.meaning.wonders else {}
        (service,) = state.meaning.named if len(state.meaning.named) == 1 else (state.wish.visit.service,)
        more |= {"service": service} if service else {}
        duty = {"hours"} if state.meaning.does_what and state.wish.visit.service else {"who", "hours", "places"}
        concerned = occasions.whom_and_when(state) if duty & set(about) else {}
        together = occasions.costs_together(state) and "length" not in about
        in_all = "price" in about and (state.meaning.in_all or together) and not _usual(state)
        shown = bool(state.shown) or any(tool in ("findSlots", "bookAppointment") for tool, _ in step.answers)
        besides = _besides(state, step, summed=in_all and shown) if {"price", "length", "offered"} & {*about} else []
        more |= ({"in_all": True} if in_all else {}) | ({"besides": besides} if besides else {})
        more |= {name: value for name, value in concerned.items() if name not in call.arguments}
    if state.meaning.only_contacts and "name" in state.meaning.changed and state.wish.name:
        more |= {"name": state.wish.name}
    unheard = {"unheard": list(state.meaning.unheard)} if state.meaning.unheard else {}
    asked = call.arguments.get("move") not in ("person", "stuck")
    again = {"again": step.repeats + 1} if asked and _repeats(call, state, step) else {}
    return Call(None, {**call.arguments, **more, **unheard, **again})


def _what_follows(state: State, step: Step) -> dict[str, Any]:
    """Return the visits that wait, each with when it is to be, or what it is: nobody would see otherwise that they are
    kept."""
    found = list[dict[str, Any]]()
    for one in step.later:
        days = [day.first.isoformat() for c in one.on("day") for day in c.values if isinstance(day, Days) and day.one]
        at = one.time.isoformat("minutes") if one.times and one.times.point and one.time else None
        service = one.service or state.wish.visit.service
        what = {"service": service, "days": days, "at": at, "guest": one.whom, "days_after": one.days_after}
        other = service not in (None, state.wish.visit.service)
        found += [what] if days or one.days_after or other else []
    return {"then": found} if found else {}


def _besides(state: State, step: Step, *, summed: bool) -> list[str]:
    """Return the further services that a question for prices is about, all where none is meant that is talked about;
    summed: those of which none is shown yet."""
    if _usual(state):
        return [one.id for one in state.desk.services]
    if "offered" in state.meaning.asks:
        return sorted(state.meaning.named)
    long = "length" in state.meaning.asks and step.shape.along  # "would the colour take longer than hers?"
    if not summed and len(state.meaning.named) == 1 and not long:
        return []
    others = step.later if summed else (*([state.wish.visit] if long else []), *step.shape.along, *step.later)
    found = [one.service or state.wish.visit.service for one in others]
    named = [one for one in found if one]
    return named if summed else list(dict.fromkeys(named))


def _usual(state: State) -> bool:
    """Tell whether the price of another service than is talked about is asked: beside a trial "a lesson" is any."""
    service = state.wish.visit.service
    return state.meaning.usual and (service is None or kinds.has_subject(service))


def _repeats(call: Call, state: State, step: Step) -> bool:
    """Tell whether the turn ends as the one before it did: the same question, and nothing new was said."""
    if step.pending is None or _says_something_new(state, step):
        return False
    asked = step.calls[-1] if step.calls and call.arguments.get("move") == "shown" else call
    same_move = asked.arguments.get("move") == step.pending.arguments.get("move")
    return asked.tool == step.pending.tool and same_move


def _says_something_new(state: State, step: Step) -> bool:
    """Tell whether a message tells, or takes, something that was not told before: somebody more, or less, is new."""
    meaning = state.meaning
    told = step.more or step.fewer or meaning.changed or meaning.of_next or meaning.picked or meaning.agreed
    return bool(told or (meaning.note and not meaning.note_asked))


def _first(state: State, step: Step) -> Call:
    """Return the first call for a message, by the first rule that applies."""
    for applies, move in RULES:
        if applies(state, step) and (call := move(state, step)):
            return _not_for_ever(call, state, step)
    return _not_for_ever(moves.lost(state, step), state, step)


def _not_for_ever(call: Call, state: State, step: Step) -> Call:
    """Return a call; where it would ask what was asked twice already, and nothing new was said, a person is offered."""
    if step.rereads + 1 >= REPEATED and call.tool and not step.parting.unbooked and _leaves_the_read_back(state, step):
        return say("stuck")
    if step.repeats + 1 < REPEATED or not _repeats_call(call, state, step):
        return call
    return say("stuck")


def _leaves_the_read_back(state: State, step: Step) -> bool:
    """Tell whether a message that takes nothing says nothing else than what was read back: that would be read again."""
    slot, visit = state.readback, state.wish.visit
    meaning = state.meaning
    if slot is None or meaning.no or meaning.note or meaning.picked or meaning.agreed or meaning.of_next:
        return False
    if meaning.only_contacts:  # under another name it is read back anew
        return False
    if occasions.topics(state):
        return False
    if step.more or step.fewer or step.recurs or visit.service not in (None, slot.service):
        return False
    return slot.meets(c for c in visit.constraints if c.must)


def _repeats_call(call: Call, state: State, step: Step) -> bool:
    if step.pending is None or _says_something_new(state, step):
        return False
    if occasions.topics(state):
        return False
    same = call.arguments.get("move") == step.pending.arguments.get("move")
    return call.tool == step.pending.tool and same and (call.tool is None or call.arguments == step.pending.arguments)


Rule = tuple[Callable[[State, Step], bool], Callable[[State, Step], Call | None]]
RULES: tuple[Rule, ...] = (
    (occasions.agreed, moves.carry_out),
    (occasions.asks_for_a_person, moves.hand_over),
    (occasions.tells_of_the_next, moves.answer),
    (changes.asks_if_it_stands, moves.own("tell")),
    (occasions.tells_the_team, moves.note),
    (occasions.was_noted, moves.tell_what_is_noted),
    (occasions.only_notes, lambda state, step: say("answer", about=["note"])),
    (occasions.gives_a_code, moves.show_code),
    (occasions.moves_a_part, moves.own("move")),
    (changes.moves_onward, moves.own("move")),
    (changes.only_supposes, moves.tell_the_policy),
    (parts.parts_with, parts.look_up),
    (changes.wants_both, moves.look_besides),
    (changes.has_nothing_yet, moves.look),
    (changes.has_enough, lambda state, step: say("kept", about=occasions.topics(state))),
    (parts.only_swaps, parts.look_up),
    (changes.moves_instead, moves.own("move")),
    (changes.gives_up, moves.own("cancel")),
    (changes.mistakes_the_day, moves.own("tell")),
    (changes.is_done, lambda state, step: say("bye")),
    (changes.stands_already, moves.tell_what_stands),
    (arranging.takes_out, moves.look),
    (occasions.wants_a_person, moves.hand_over),
    (occasions.will_come, moves.note_coming),
    (changes.keeps_it, moves.keep),
    (occasions.complains, lambda state, step: say("sorry")),
    (occasions.leaves, lambda state, step: say("bye")),
    (waiting.leaves_list, waiting.leave_list),
    (waiting.takes_kept, waiting.take_kept),
    (waiting.waits, waiting.wait),
    (arranging.brings_more, moves.look),
    (occasions.names_themselves, moves.take_waiting),
    (repeating.comes_again, repeating.repeat),
    (parts.adds, parts.look_up),
    (parts.swaps, parts.look_up),
    (parts.leaves_out, parts.look_up),
    (occasions.picks, moves.take_picked),
    (occasions.leaves_it_open, moves.take_first_open),
    (occasions.means_which_offer, moves.ask_which_offer),
    (occasions.cannot_come, moves.offer_another),
    (occasions.describes_own, moves.again),
    (changes.begins_anew, moves.look),
    (changes.might_cancel, lambda state, step: say("kept", about=occasions.topics(state))),
    (changes.cancels, moves.own("cancel")),
    (occasions.hesitates, lambda state, step: say("no_hurry")),
    (occasions.has_no_code, lambda state, step: say("no_code")),
    (changes.declines, moves.decline),
    (changes.refuses_nothing, moves.keep),
    (occasions.wants_it_otherwise, lambda state, step: say("ask_change")),
    (occasions.wants_other_times, moves.look),
    (occasions.asks_of_what_waits, moves.again),
    (changes.looks_up, moves.own("tell")),
    (occasions.is_late, lambda state, step: say("late", about=occasions.topics(state))),
    (changes.only_thanks, lambda state, step: say("thanks")),
    (changes.agrees_after_all, moves.again),
    (changes.moves, moves.own("move")),
    (occasions.searches, moves.look),
    (occasions.asks, moves.answer),
    (occasions.names_for_own, moves.again),
    (occasions.corrects_contacts, lambda state, step: say("answer", about=["note"])),
    (occasions.talks, moves.talk),
    (occasions.says_yes, moves.begin),
)
