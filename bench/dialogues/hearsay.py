"""Guess from an assistant's sentence alone what it meant."""

import re
from dataclasses import replace
from datetime import datetime, time

from bench.dialogues.protocol import completed, wished
from truebook.language.meaning.hearing import Message, hear
from truebook.language.state import Act, Asked, Booked, Failed, Informed, Offered, ReadBack, Slot, State
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening

_FAILED = re.compile(
    r"\b(?:sorry|unfortunately|unable|could ?n[o']t|couldn't|can(?:no|')t|wasn't able|was not able|not able|"
    r"failed|afraid|"
    r"no (?:viewing|appointment|availability|free)|not available|unavailable|conflict\w*|not possible|"
    r"not (?:been )?successful|did not|didn't)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:has|have|is|was|been|were)(?: now| been| all| successfully| also)* "
    r"(?:booked|scheduled|made|confirmed|reserved|set)|all set|successful(?:ly)?|"
    r"i(?:'ve| have)? (?:booked|scheduled|made))\b",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"\b(?:how about|what about|available|another|there(?:'s| is)|found|recommend|suggest|try|instead|opening|"
    r"would you like|"
    r"do you want|interested|shall i|should i|can i (?:book|suggest|schedule)|works?|name is|called)\b",
    re.IGNORECASE,
)
_READS_BACK = re.compile(
    r"\b(?:confirm|correct|is that right|right\?|to be sure|just to|so you|you(?:'d| would)? (?:want|like)|you have|"
    r"book(?:ing)?|appointment|scheduling|schedule|make)\b",
    re.IGNORECASE,
)
_ASKS: tuple[tuple[str, str], ...] = (
    ("name", r"your name|name of the (?:patient|customer)|whose name|who (?:am i|is this)|may i have a name"),
    ("day", r"(?:what|which)(?: \w+){0,3} (?:day|date)|\bwhen\b|day did you|on what date"),
    ("time", r"what(?: \w+){0,4} time|which time|\bwhen\b|how early|what hour|start\?"),
    ("staff", r"(?:what|which) (?:doctor|dentist|stylist|salon|therapist|apartment|provider)|with whom|who w\w+ you"),
    ("other", r"symptom|paid|message|how (?:long|many)|wrap up|end\?|budget|reason|where|city|type|kind of|bedroom"),
)


def acts_from_words(text: str, state: State, now: datetime) -> list[Act]:
    """Return the acts that a recorded assistant's sentence seems to mean."""
    listening = Listening(state.desk, state.staff_names, state.service_names, now)
    heard = hear(values_of(text, "en", listening), "else", tells_foreign=True)
    slot = _slot(heard, state)
    if heard.aside and not slot.staff:
        return [Informed()]
    other, pattern = _ASKS[-1]
    asks_other = "?" in text and re.search(pattern, text, re.IGNORECASE)  # "near a school" asks nothing
    if asks_other and not (slot.day or slot.time):
        return [Asked("other")]
    fields = [field for field, one in _ASKS if re.search(one, text, re.IGNORECASE)]
    asked: list[Act] = [Asked(field) for field in fields if field != other or asks_other]  # type: ignore[arg-type]
    if _FAILED.search(text):
        return _failure(text, slot, state) + asked
    if _DONE.search(text) and "?" not in text:
        return [Booked(completed(slot, state))]
    if slot.day or slot.time:
        return [*_proposal(text, slot, state), *asked]
    if slot.staff and (_PROPOSES.search(text) or slot.staff != state.wish.visit.staff):
        return [Offered((slot,)), *asked]
    if re.search(r"\b(?:book|schedule|confirm)\b.*\?", text, re.IGNORECASE) and _complete(wished(state)):
        return [ReadBack(wished(state))]
    if re.search(r"anything else|something else|assist you|help you with", text, re.IGNORECASE):
        return [Asked("more")]
    return asked or [Informed()]


def _slot(heard: Message, state: State) -> Slot:
    said = heard.values
    person = said.people[-1].ids[0] if said.people else None
    day = said.days[-1].date if said.days and not said.days[-1].until else None
    clock = next((t.time for t in reversed(said.times) if t.relation in ("at", "around")), None)
    return Slot("said", None, person, day, clock)


def _failure(text: str, slot: Slot, state: State) -> list[Act]:
    """Return a failure, and what is proposed instead of it, if anything new is."""
    known = wished(state)
    same = slot.time in (None, known.time) and slot.day in (None, known.day) and slot.staff in (None, known.staff)
    if same or not _PROPOSES.search(text):
        return [Failed()]
    offer = completed(slot, state)
    return [Failed(), Offered((offer,)), *([ReadBack(offer)] if _complete(offer) else [])]


def _proposal(text: str, slot: Slot, state: State) -> list[Act]:
    offer = completed(slot, state)
    if _complete(offer) and (_READS_BACK.search(text) or "?" in text):
        return [ReadBack(offer)]
    return [Offered((replace(slot, staff=offer.staff),))]


def _complete(slot: Slot) -> bool:
    return bool(slot.staff and slot.day and isinstance(slot.time, time))
