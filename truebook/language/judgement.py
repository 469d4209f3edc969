"""What a message means, given what was heard and how it changed the wish."""

from truebook.language import picks
from truebook.language.conversation import State
from truebook.language.hearing import Heard
from truebook.language.intents import requests, side_questions
from truebook.language.state import Doubt, Intent, Meaning, Slot
from truebook.language.wishes import Update, keeps

_ON_APPOINTMENTS: tuple[Intent, ...] = ("move", "cancel", "late")


def judge(state: State, heard: Heard, update: Update) -> Meaning:
    """Return the meaning of the message."""
    changed = update.changed(state.wish)
    agreed = bool(state.readback and heard.stance.agrees and keeps(state.readback, heard))
    refused = _refused(state, heard, update)
    asked = requests(heard.scores)
    intent = _intent(state, heard, update, agreed, refused, asked)
    appointment, doubts = _appointment(state, heard, intent)
    picked = update.picked or appointment
    return Meaning(
        intent=intent,
        picked=picked.id if picked else None,
        agreed=agreed,
        refused=refused,
        changed=changed,
        questions=tuple(q for q in side_questions(heard.scores) if q != intent),
        more=tuple(i for i in asked if i != intent and not (i in ("book", "availability") and intent != "cancel")),
        doubts=(*update.doubts, *doubts),
        understood=intent != "other" or bool(changed) or heard.elsewhere,
        question=heard.question,
        elsewhere=heard.elsewhere,
        scores=heard.scores,
    )


def _says_yes_to(state: State, heard: Heard) -> bool:
    """Tell whether the message says yes to "shall I cancel (or move) it?", perhaps in the same words."""
    if state.asks("booking") and _opens_with_yes(heard):
        return True
    asked = [what for what in ("cancel", "move") if state.asks(what)]
    repeats = any(
        heard.scores.get(what, 0) >= 2 and not heard.scores.get("move" if what == "cancel" else "cancel")
        for what in asked
    )
    return bool(asked) and not heard.stance.no and (heard.stance.agrees or repeats)


def _takes_back(state: State, heard: Heard) -> bool:
    """Tell whether "cancel" only drops what was just asked, offered or read back."""
    if state.asks("cancel"):
        return heard.stance.no
    return bool(state.readback or state.offered or state.asks("booking")) and _points_at_it(heard)


def _points_at_it(heard: Heard) -> bool:
    """Tell whether nothing is named: "cancel", "cancel that"."""
    short = all(len(heard.lexicon.head(c).split()) <= 2 for c in heard.clauses)
    return short or any(heard.lexicon.that_one.search(c) for c in heard.clauses)


def _opens_with_yes(heard: Heard) -> bool:
    first = heard.clauses[0] if heard.clauses else ""
    words = heard.lexicon
    return bool(words.yes.search(first)) and not (words.no.search(first) or words.hedge.search(first))


def _refused(state: State, heard: Heard, update: Update) -> bool:
    open_question = bool(state.readback or state.offered or state.asked)
    declined = heard.stance.no or heard.says("neither") or heard.says("someone_else")
    return open_question and declined and update.picked is None


def _intent(state: State, heard: Heard, update: Update, agreed: bool, refused: bool, asked: list[Intent]) -> Intent:
    found = heard.scores
    if agreed or update.picked or _says_yes_to(state, heard):
        return "confirm"
    settled: tuple[Intent, ...] = ("person", "cancel", "move", "late", "mine")
    for intent in asked:
        if intent in settled:
            return "reject" if intent == "cancel" and _takes_back(state, heard) else intent
    if update.changed(state.wish) or update.taken_up or heard.days or heard.times:
        return _towards(state, heard, asked)
    if asked:
        return asked[0]
    if questions := side_questions(found):
        return questions[0]
    if refused:
        return "reject"
    return _small(state, heard)


def _towards(state: State, heard: Heard, asked: list[Intent]) -> Intent:
    """Return the request that a day, a time or a name belongs to."""
    if asked:
        return asked[0]
    if questions := [q for q in side_questions(heard.scores) if q in ("hours", "price", "duration")]:
        return questions[0]
    if heard.question and state.aim is None and heard.scores.get("book", 0) < 1:
        return "availability"
    return state.aim or "book"


def _small(state: State, heard: Heard) -> Intent:
    kinds: tuple[Intent, ...] = ("bye", "thanks", "greet", "smalltalk")
    said = [i for i in kinds if heard.scores.get(i, 0) >= 1.5]
    if heard.stance.agrees and (state.asked or state.readback or state.offered):
        return "confirm"
    if said:
        return said[0]
    if heard.stance.no:
        return "reject" if state.asked or state.readback or state.offered else "smalltalk"
    if heard.stance.yes:
        return "thanks" if state.booked or not _says_more_than_yes(heard) else "confirm"
    weak = max(heard.scores, key=lambda i: heard.scores[i], default=None)
    return weak or "other"


def _says_more_than_yes(heard: Heard) -> bool:
    return sum(len(c.split()) for c in heard.clauses) > 2 and heard.stance.firm and not heard.scores


def _appointment(state: State, heard: Heard, intent: Intent) -> tuple[Slot | None, tuple[Doubt, ...]]:
    """Return which of the customer's own appointments is meant, if the message is about one."""
    if not state.appointments or not (state.asked_which or intent in _ON_APPOINTMENTS):
        return None, ()
    if placed := picks.by_place(state.appointments, heard.clauses, heard.lexicon):
        return placed, ()
    if len(state.appointments) == 1:
        return state.appointments[0], ()
    fitting = [a for a in state.appointments if _is_meant(a, heard)]
    if len(fitting) == 1:
        return fitting[0], ()
    return None, (Doubt("appointment", tuple(a.id for a in state.appointments)),)


def _is_meant(appointment: Slot, heard: Heard) -> bool:
    by_day = any(picks.fits_day(d, appointment.day) for d in heard.days[:1])
    by_time = any(picks.fits_time(t, appointment) for t in heard.times[:1])
    by_name = any(appointment.staff in h.ids for h in heard.people) or any(
        appointment.service in h.ids for h in heard.services
    )
    return by_day or by_time or by_name
