"""A conversation: what was heard so far, turn by turn, and what the customer wants."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from truebook.language.conversation import State
from truebook.language.detect import detect
from truebook.language.hearing import Heard, hear
from truebook.language.judgement import judge
from truebook.language.names import Directory
from truebook.language.state import (
    ANYONE,
    Act,
    Asked,
    AskedWhich,
    Booked,
    Desk,
    Doubt,
    Failed,
    Field,
    Informed,
    Intent,
    Listed,
    Meaning,
    Named,
    Offered,
    ReadBack,
    Slot,
    Wish,
)
from truebook.language.wishes import Update, update

__all__ = [
    "ANYONE",
    "Act",
    "Asked",
    "AskedWhich",
    "Booked",
    "Desk",
    "Doubt",
    "Failed",
    "Field",
    "Informed",
    "Intent",
    "Listed",
    "Meaning",
    "Named",
    "Offered",
    "ReadBack",
    "Slot",
    "State",
    "Wish",
    "begin",
    "heard_assistant",
    "heard_customer",
]


def begin(desk: Desk) -> State:
    """Return the state of a conversation in which nothing was said yet."""
    return State(
        desk=desk,
        language=desk.languages[0],
        staff_names=Directory(desk.staff),
        service_names=Directory(desk.services),
    )


def heard_assistant(state: State, acts: Sequence[Act], now: datetime) -> State:
    """Return state after the assistant said something that meant acts."""
    state = replace(state, readback=None, asked=frozenset(), asked_which=False, failed=False)
    for act in acts:
        state = _after(state, act)
    return state


def _after(state: State, act: Act) -> State:
    match act:
        case Offered(slots):
            return replace(state, offered=slots, spoken_of=state.spoken_of | {s.staff for s in slots if s.staff})
        case ReadBack(slot):
            return replace(state, readback=slot)
        case Asked(what):
            return replace(state, asked=state.asked | {what})
        case Booked(slot):
            return replace(state, booked=slot, offered=(), aim=None, subject=None)
        case Failed():
            return replace(state, failed=True, offered=())
        case Listed(appointments):
            return replace(state, appointments=appointments)
        case AskedWhich(appointments):
            return replace(state, appointments=appointments, asked_which=True)
        case Informed():
            return state


def heard_customer(state: State, text: str, now: datetime) -> State:
    """Return state after the customer wrote text; now is the business's wall clock."""
    language = detect(text, state.language, state.desk.languages)
    heard = hear(text, language, state.desk, state.staff_names, state.service_names, now, state.asked)
    change = update(state, heard)
    meaning, wish = judge(state, heard, change)
    known = {wish.staff} if wish.staff else set()
    return replace(
        state,
        language=language,
        spoken_of=state.spoken_of | known,
        wish=wish,
        meaning=meaning,
        misunderstood=0 if meaning.understood else state.misunderstood + 1,
        aim=_aim(state, meaning),
        subject=meaning.picked if meaning.picked in {a.id for a in state.appointments} else state.subject,
        offered=() if _lets_go(heard, meaning, change) else state.offered,
        mentioned_day=heard.mentioned_days[-1].date if heard.mentioned_days else state.mentioned_day,
    )


def _aim(state: State, meaning: Meaning) -> Intent | None:
    lasting: tuple[Intent, ...] = ("book", "move", "cancel")
    return meaning.intent if meaning.intent in lasting else state.aim


def _lets_go(heard: Heard, meaning: Meaning, change: Update) -> bool:
    """Tell whether the offer is off the table: taken, refused or passed over."""
    return bool(meaning.picked or meaning.refused or change.taken_up or heard.people)
