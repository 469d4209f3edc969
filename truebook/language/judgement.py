"""What a message means, given what was heard and how it changed the wish."""

from collections.abc import Mapping
from dataclasses import replace

from truebook.language import picks
from truebook.language.conversation import State
from truebook.language.hearing import Heard
from truebook.language.intents import requests, side_questions
from truebook.language.state import Doubt, Intent, Meaning, Slot, Wish
from truebook.language.wishes import Update, keeps

_REQUEST = 2  # the score of a request in so many words
_IN_SO_MANY_WORDS = 5  # the score of a move that is asked for; below it something is only said to be different
_TALK = 9  # an attempt to instruct the assistant: talk, whatever else it says
_NO_WISHES: tuple[Intent, ...] = ("cancel", "late", "hours", "person")
_ON_APPOINTMENTS: tuple[Intent, ...] = ("move", "cancel", "late")


def judge(state: State, heard: Heard, update: Update) -> tuple[Meaning, Wish]:
    """Return the meaning of the message and the wish after it."""
    agreed = _agrees(state, heard)
    refused = _refused(state, heard, update)
    asked = requests(heard.scores)
    intent = _intent(state, heard, update, agreed, refused, asked)
    appointment, doubts = _appointment(state, heard, intent)
    wish = _wished(intent, asked, appointment, state, heard, update)
    changed = replace(update, wish=wish).changed(state.wish)
    picked = update.picked or appointment
    meaning = Meaning(
        intent=intent,
        picked=picked.id if picked else None,
        agreed=agreed,
        refused=refused or (intent == "reject" and _is_open(state)),
        changed=changed,
        questions=tuple(q for q in side_questions(heard.scores) if q != intent),
        more=_more(asked, intent, state, heard),
        doubts=(*update.doubts, *doubts, *_which_slot(state, heard, update)),
        understood=intent != "other" or bool(changed) or heard.elsewhere,
        question=heard.question,
        elsewhere=heard.elsewhere,
        named=frozenset(i for hit in heard.services for i in hit.ids),
        same_day=heard.says("same_day"),
        same_time=heard.says("same_time"),
        withdraws=_withdraws(state, heard),
        scores=heard.scores,
    )
    return meaning, wish


def _agrees(state: State, heard: Heard) -> bool:
    """Tell whether the message accepts the read-back just as it stood, and calls nothing off."""
    calls_off = heard.scores.get("cancel", 0) >= _REQUEST and not state.asks("cancel")
    return bool(state.readback and heard.stance.agrees and keeps(state.readback, heard)) and not calls_off


def _says_yes_to(state: State, heard: Heard) -> bool:
    """Tell whether the message says yes to "shall I cancel (or move) it?", perhaps in the same words."""
    if state.asks("booking") and _opens_with_yes(heard):
        return True
    others: dict[Intent, Intent] = {"cancel": "move", "move": "cancel"}
    asked = [what for what in others if state.asks(what)]
    found = heard.scores
    repeats = any(found.get(what, 0) >= 2 and not found.get(others[what]) for what in asked)
    return bool(asked) and not heard.stance.no and (heard.stance.agrees or repeats)


def _changes_the_wish(state: State, heard: Heard) -> bool:
    """Tell whether "change it to 5" is about what is being booked, not about an appointment that stands."""
    booking = bool(state.readback or state.offered or state.aim == "book")
    return booking and state.aim != "move" and not state.asked_which


def _describes(found: Mapping[Intent, float]) -> bool:
    """Tell whether "it should last an hour" only describes what is asked for more plainly: a new appointment."""
    return found["move"] < _IN_SO_MANY_WORDS and found.get("book", 0) > found["move"]


def _takes_back(state: State, heard: Heard) -> bool:
    """Tell whether "cancel" only drops what was just asked, offered or read back."""
    if state.asks("cancel"):
        return heard.stance.no
    if state.aim == "move":  # there is an appointment it may be about: "shall I?" is asked before anything is cancelled
        return False
    proposed = bool(state.readback or state.offered or state.asks("booking"))
    return proposed and _points_at_it(heard) and not (heard.days or heard.times)


def _points_at_it(heard: Heard) -> bool:
    """Tell whether nothing is named: "cancel", "cancel that"."""
    short = all(len(heard.lexicon.head(c).split()) <= 2 for c in heard.clauses)
    return short or any(heard.lexicon.that_one.search(c) for c in heard.clauses)


def _opens_with_yes(heard: Heard) -> bool:
    first = heard.clauses[0] if heard.clauses else ""
    words = heard.lexicon
    return bool(words.yes.search(first)) and not (words.no.search(first) or words.hedge.search(first))


def _more(asked: list[Intent], intent: Intent, state: State, heard: Heard) -> tuple[Intent, ...]:
    """Return the further requests of a message; a booking in other words is none, nor what was taken back."""
    if intent == "confirm" and not _names_another(state, heard):
        asked = [i for i in asked if i != "book"]
    if intent == "confirm" and _points_at_it(heard):
        asked = [i for i in asked if i not in ("move", "cancel")]
    apart = {"book": ("cancel", "late", "person"), "confirm": ("book", "move", "cancel", "late", "person", "mine")}
    others = apart.get(intent, ("book", "move", "late", "person", "mine"))
    return (
        ()
        if intent in ("reject", "smalltalk", "move")
        else tuple(i for i in asked if i != intent and i in others and not state.asks(i))
    )


def _withdraws(state: State, heard: Heard) -> bool:
    """Tell whether the day or the time just booked does not suit after all, while nothing else is being arranged."""
    booked = state.booked
    if booked is None or state.aim or _is_open(state):
        return False
    days = any(day.date == booked.day for day in heard.refused_days)
    return days or any(found.time == booked.time for found in heard.refused_times)


def _names_another(state: State, heard: Heard) -> bool:
    """Tell whether a yes goes on to a further booking: "yes, and another one on friday"."""
    anew = state.readback is None and bool(heard.days or heard.times)
    return heard.says("besides") or (anew and not _points_at_it(heard))


def _is_open(state: State) -> bool:
    return bool(state.readback or state.offered or state.asked)


def _wished(
    intent: Intent, asked: list[Intent], appointment: Slot | None, state: State, heard: Heard, update: Update
) -> Wish:
    """Return the wish after a message; days told while cancelling or asking for opening hours are no wish."""
    if intent in _NO_WISHES and state.aim != "book" and not {"book", "move"} & set(asked):
        return update.only_contacts(state.wish)
    if intent == "move" and appointment and len(heard.days) == 1 and _named_by_day(appointment, heard):
        return replace(update.wish, day=state.wish.day, day_until=state.wish.day_until)
    return update.wish


def _named_by_day(appointment: Slot, heard: Heard) -> bool:
    return picks.fits_day(heard.days[0], appointment.day) or _is_on_weekday(appointment, heard)


def _refused(state: State, heard: Heard, update: Update) -> bool:
    declined = heard.stance.no or heard.says("neither") or heard.says("someone_else")
    return _is_open(state) and declined and update.picked is None


def _intent(state: State, heard: Heard, update: Update, agreed: bool, refused: bool, asked: list[Intent]) -> Intent:
    found = heard.scores
    if found.get("smalltalk", 0) >= _TALK:
        return "smalltalk"
    if agreed or update.picked or _says_yes_to(state, heard):
        return "confirm"
    settled: tuple[Intent, ...] = ("person", "cancel", "move", "late", "mine")
    if state.asks("cancel") and heard.stance.no and (heard.says("keeping") or not (heard.days or heard.times)):
        return "reject"
    for intent in asked:
        if intent == "mine" and intent != asked[0]:
            continue
        if intent == "move" and (_changes_the_wish(state, heard) or _describes(found)):
            return "book"
        if intent in settled:
            return "reject" if intent == "cancel" and _takes_back(state, heard) else intent
    if _withdraws(state, heard) and not asked:
        return "move"
    if state.asks("day") and heard.bare and (heard.says("any_day") or heard.says("any_time")):
        return "availability"
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
    if questions := side_questions(heard.scores):
        return questions[0]
    if heard.question and state.aim is None and heard.scores.get("book", 0) < _REQUEST:
        return "availability"
    return state.aim or "book"


def _small(state: State, heard: Heard) -> Intent:
    kinds: tuple[Intent, ...] = ("bye", "thanks", "greet", "smalltalk")
    said = [i for i in kinds if heard.scores.get(i, 0) >= 1.5]
    if "bye" in said and not (state.readback or state.offered):
        return "bye"
    if heard.stance.agrees and (state.asked or state.readback or state.offered):
        return "confirm"
    if said:
        return said[0]
    if not heard.question and (heard.refused_days or heard.refused_times or heard.refused_people):
        return "reject"
    if heard.stance.no:
        return "reject" if state.asked or state.readback or state.offered else "smalltalk"
    if heard.stance.yes and not heard.stance.agrees and _is_open(state):
        return "other"
    if heard.stance.yes and not heard.question:
        return "thanks" if state.booked or not _says_more_than_yes(heard) else "confirm"
    weak = max(heard.scores, key=lambda i: heard.scores[i], default=None)
    return "availability" if weak == "book" and heard.question else weak or "other"


def _says_more_than_yes(heard: Heard) -> bool:
    """Tell whether a yes that nobody asked for is a yes after all, not just "ok": "yes, that will work"."""
    said_twice = sum(bool(heard.lexicon.yes.search(c)) for c in heard.clauses) > 1
    return said_twice and heard.stance.firm and max(heard.scores.values(), default=0) < _REQUEST


def _which_slot(state: State, heard: Heard, update: Update) -> tuple[Doubt, ...]:
    """Return the doubt that a plain yes to several offers leaves."""
    unclear = len(state.offered) > 1 and heard.stance.agrees and heard.bare and update.picked is None
    return (Doubt("slot", tuple(s.id for s in state.offered)),) if unclear else ()


def _appointment(state: State, heard: Heard, intent: Intent) -> tuple[Slot | None, tuple[Doubt, ...]]:
    """Return which of the customer's own appointments is meant, if the message is about one."""
    if not state.appointments or not (state.asked_which or intent in _ON_APPOINTMENTS):
        return None, ()
    if placed := picks.by_place(state.appointments, heard.clauses, heard.lexicon):
        return placed, ()
    if len(state.appointments) == 1:
        return state.appointments[0], ()
    fitting = [a for a in state.appointments if _is_meant(a, heard)]
    fitting = fitting or [a for a in state.appointments if _is_on_weekday(a, heard)]
    if len(fitting) == 1:
        return fitting[0], ()
    return None, (Doubt("appointment", tuple(a.id for a in state.appointments)),)


def _is_on_weekday(appointment: Slot, heard: Heard) -> bool:
    """Tell whether the appointment is on the weekday first named ("the friday one")."""
    day = heard.days[0] if heard.days else None
    return bool(day and day.until is None and appointment.day and appointment.day.weekday() == day.date.weekday())


def _is_meant(appointment: Slot, heard: Heard) -> bool:
    by_day = any(picks.fits_day(d, appointment.day) for d in heard.days[:1])
    by_time = any(picks.fits_time(t, appointment) for t in heard.times[:1])
    by_name = any(appointment.staff in h.ids for h in heard.people) or any(
        appointment.service in h.ids for h in heard.services
    )
    return by_day or by_time or by_name
