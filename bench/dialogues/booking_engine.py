"""Speak the booking protocol of the scorers (one JSON object a line) with the dialogue understanding of the product."""

import json
import sys
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from bench.dialogues.hearsay import acts_from_words
from bench.dialogues.protocol import acts_from_data
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.meaning.meant import SURE
from truebook.language.names import Named
from truebook.language.state import Act, Desk, State
from truebook.language.wish import Days, On, Times, Visit

OPENS, CLOSES = time(8), time(20)


@dataclass
class Engine:
    """One conversation after the other; a dialogue may be about two businesses, each with its own state."""

    words_only: bool = True  # until the first acts are seen
    states: dict[str, State] = field(default_factory=dict)
    current: str = ""
    away: bool = False  # the assistant speaks for a business that is not ours
    intent: str = "none"
    today: datetime = datetime(2000, 1, 1)

    def start(self, message: dict[str, Any]) -> None:
        """Begin a conversation with the desks of its services."""
        self.today = datetime.combine(date.fromisoformat(message["today"]), time(0))
        desks = {service: _desk(names) for service, names in message["providers"].items()}
        self.states = {service: begin(desk) for service, desk in desks.items()}
        self.current, self.away, self.intent = next(iter(self.states)), False, "none"

    def system(self, message: dict[str, Any]) -> None:
        """Hear what the assistant said."""
        self.words_only = self.words_only and not message["acts"]
        self.away = not self.words_only and not message["acts"]
        if not self.away:
            self._assistant(self._acts(message))

    def _acts(self, message: dict[str, Any]) -> list[Act]:
        state = self.states[self.current]
        if self.words_only:
            return acts_from_words(message["text"], state, self.today)
        return acts_from_data(message["acts"], state)

    def _assistant(self, acts: list[Act]) -> None:
        self.states[self.current] = heard_assistant(self.states[self.current], acts, self.today)

    def user(self, message: dict[str, Any]) -> dict[str, Any]:
        """Hear the customer and answer with the state after it."""
        self.current = _service_meant(message["text"], self.states, self.current)
        before = self.states[self.current]
        state = heard_customer(before, message["text"], self.today)
        if before.asked == {"other"} and state.meaning.likeliest("move", "correct") < SURE:
            state = _answered(before, state)
        if self.away and not _comes_back(message["text"], state):
            state = _unmoved(before, state)
        self.states[self.current] = state
        self.intent = _intent(state, self.intent)
        return answer(state, self.intent)


def _desk(names: list[str]) -> Desk:
    return Desk((), tuple(Named(n, n) for n in names), OPENS, CLOSES)


_WORDS = {
    "Services_1": ("salon", "hair", "stylist", "barber"),
    "Services_2": ("dentist", "dental", "teeth"),
    "Services_3": ("doctor", "dermatologist", "gynecologist", "ent specialist", "ophthalmologist", "practitioner"),
    "Services_4": ("therapist", "psychologist", "counselor", "psychiatrist"),
}


def _service_meant(text: str, states: dict[str, State], current: str) -> str:
    """Return the business that a message names, else the one talked to so far."""
    low = text.lower()
    named = [s for s in states if any(w in low for w in _WORDS.get(s, ()))]
    return named[0] if named and current not in named else current


def _unmoved(before: State, after: State) -> State:
    """Return the state before a message for another business; only the day it spoke of is remembered."""
    visit = after.wish.visit
    told = "day" in after.meaning.changed and visit.days and visit.days.one
    day = visit.day if told else after.mentioned_day
    return replace(before, mentioned_day=day)


def _answered(before: State, after: State) -> State:
    """Return the state after the answer to a question of theirs that we would not ask ("when will it end?").

    A day or time in it is none that is wished for.
    """
    kept = [c for c in before.wish.visit.constraints if c.on in ("day", "time", "order")]
    said = [c for c in after.wish.visit.constraints if c.on == "staff"]
    visit = replace(after.wish.visit, constraints=(*kept, *said))
    return replace(after, wish=replace(after.wish, visit=visit))


def _comes_back(text: str, state: State) -> bool:
    """Tell whether a message, said while another business spoke, is for ours."""
    meaning = state.meaning
    named = any(word in text.lower() for words in _WORDS.values() for word in ("appointment", *words))
    booking = meaning.likeliest("book") >= 0.6 or bool(meaning.changed & {"staff", "time"} and named)
    return not meaning.elsewhere and (booking or "staff" in meaning.changed)


def _intent(state: State, before: str) -> str:
    meaning = state.meaning
    if state.asks("more") and (meaning.no or meaning.likeliest("bye") >= 0.5):
        return "none"
    if meaning.likeliest("book") >= 0.5 or meaning.agreed or (meaning.yes and state.asks("booking")):
        return "book"
    return "find" if before == "none" else before


def answer(state: State, intent: str) -> dict[str, Any]:
    """Return the protocol's answer for a state: what is wished for, else what was just booked."""
    visit, booked = state.wish.visit, state.booked
    staff = visit.staff or (booked.staff if booked else None)
    day = _first(visit, "day") or (booked.day if booked else None)
    clock = _first(visit, "time") or (booked.time if booked else None)
    told = {
        "provider": staff,
        "date": day.isoformat() if day else None,
        "time": f"{clock:%H:%M}" if clock else None,
    }
    commits = state.meaning.agreed and all(told.values())
    return {"intent": intent, **told, "call": dict(told) if commits else None}


def _first(visit: Visit, on: On) -> Any:
    """Return the first of the days or times that would do: what people would rather have they name first."""
    found = [one.first for c in visit.on(on) for one in c.values if isinstance(one, Days | Times)]
    return found[0] if found else None


def main() -> None:
    """Answer the user lines of standard input."""
    engine = Engine()
    for line in sys.stdin:
        message = json.loads(line)
        match message["t"]:
            case "start":
                engine.start(message)
            case "system":
                engine.system(message)
            case "user":
                print(json.dumps(engine.user(message)), flush=True)


if __name__ == "__main__":
    main()
