"""What a message says of what is booked: what that is, that it is meant, that it will do."""

from dataclasses import replace

from truebook.language.acts import Heard
from truebook.language.lists import lists_of
from truebook.language.lists.marks import phrases, places_of
from truebook.language.meaning.hearing import Message
from truebook.language.meaning.meant import LIKELY
from truebook.language.meaning.noting import says
from truebook.language.names import Hit
from truebook.language.pointing.choosing import fits_day, fits_time, is_named_by_day
from truebook.language.spans import spans, within
from truebook.language.state import Meaning, Slot, State
from truebook.language.temporal.model import DayReading, TimeReading
from truebook.language.text import plain, sentences
from truebook.language.values.counting import number_words
from truebook.language.values.said import Values
from truebook.language.visits.addressing import places_of_guest
from truebook.language.visits.several import left_out

_ASKS = frozenset(("other", "who", "services", "included"))
Told = tuple[Hit | DayReading | TimeReading, ...]
_WISHES = ("cancel", "not_coming", "late", "same")
SURELY = 0.99  # how sure it is what words can only mean
_MOVES = 0.9  # how sure it is moved, where no other day or hour is named


def asks_what_stands(state: State, meaning: Meaning, values: Values) -> bool:
    """Tell whether a message asks what that is which is booked, or says that it means that one: "the class is pilates,
    isn't it?", "I mean the one that I have booked"."""
    booked = state.booked
    if booked is None or meaning.code:
        return False
    if asks_how_many(booked, values):
        return True
    wishes = meaning.likeliest(*_WISHES) >= LIKELY or meaning.does("move", least=_MOVES)
    if wishes or set(meaning.asks) - _ASKS or not names_only(booked, values):
        return False
    if said := phrases(values.words, lists_of("standing", values.language)["booked"]):
        begins, _ = values.clause(values.words[-1].start)
        last = values.words[max(said)].start >= begins  # else the question is another one
        asks = "?" not in values.text or last or says_what_it_is(values) is not None
        return asks and not meaning.adding and all(booked.staff in hit.ids for hit in values.people)
    told: Told = (*values.services, *values.people, *values.days, *values.times)
    theirs = all(booked.staff in hit.ids for hit in values.people)
    return not state.shown and theirs and _asks(values) and says_what_it_is(values, told) is not None


def asked_of_one(state: State, message: Message) -> tuple[str | None, tuple[str, ...]]:
    """Return the only service of a message, and what is asked of it: how long it is, "and a colour, how long is that?";
    or what was just asked of another one: "what is a colour?", "and a cut?"."""
    values, asks = message.values, state.meaning.asks
    ids = {one for hit in values.services for one in hit.ids} - left_out(values)  # "instead of the cut"
    told = state.shown or state.along or values.name or not replace(values, services=()).bare
    asking = [values.clause(mark.start) for mark in values.marked("asks_length")]
    small = values.small("and", "skip", "whose", "filler", "changes", "hedge", "the_one", "for_whom")
    small |= {word for phrase in lists_of("pricing", values.language)["usual"] for word in phrase.split()}
    begins = max((start for start, _ in sentences(values.text)), default=0) if not asking else 0  # "oh. And a cut?"
    free, words = [*asking, *spans(values.services)], (word for word in values.words if word.start >= begins)
    only = all(word.text in small or within(word.start, free) for word in words)
    goes_on = "?" in values.text and values.before(begins) in values.places("and")
    goes_on = goes_on and bool(asks) and set(asks) <= {"price", "length"}
    if len(ids) != 1 or told or not only or not (asking or goes_on):
        return None, ()
    return next(iter(ids)), ("length",) if asking else asks


def another_booked(state: State, meaning: Meaning, values: Values) -> Slot | None:
    """Return what was booked before the last one, where a message moves it: "push the wednesday one half an hour"."""
    later = any(one.minutes for one in values.shifts)
    if state.shown or len(state.standing) < 2 or not (later or meaning.likeliest("move") >= LIKELY):
        return None
    named = [one for one in state.standing if meaning.named & one.services and not meaning.adding]
    named = named or [one for one in state.standing if is_named_by_day(one, values)]
    return named[0] if len(named) == 1 and named[0] != state.booked else None


def moving(values: Values, meaning: Meaning, booked: Slot) -> tuple[Values, Meaning]:
    """Return what a message holds and means that moves what is booked, without the day by which it only names it."""
    if (values.times or values.shifts) and len(values.days) == 1 and is_named_by_day(booked, values, told=False):
        values = replace(values, days=())
    acts = (act for act in meaning.acts if act.act not in ("book", "late"))
    return values, replace(meaning, acts=(Heard("move", "", SURELY), *acts))


def asks_how_many(booked: Slot, values: Values) -> bool:
    """Tell whether a message asks for how many people it is booked: "how many of us is that?", "are we 3 or 4 now?"."""
    numbers = [number_words(values.language).get(word.text) for word in values.words]
    either = [numbers[at - 1 : at + 2 : 2] for at in values.places("or") if at]
    so_many = "?" in values.text and any(booked.people in pair and None not in pair for pair in either)
    told = phrases(values.words, lists_of("standing", values.language)["people"])
    return so_many or (bool(told) and not values.says("asks_places"))  # "how many places are left?"


def asks_what_is_in_it(state: State, meaning: Meaning, values: Values) -> bool:
    """Tell whether a message asks if a part is in what is booked, read back or being arranged, and nothing else: "is
    the colour in it?", "the beard is still there, isn't it?"."""
    parts = (state.wish.visit, *state.along)
    guests = {word for one in parts for word in plain(one.whom or "").split()} & {word.text for word in values.words}
    stands = (state.readback or (state.booked and not state.offered)) and not (values.days or values.times)
    kept = guests and "?" in values.text and says("kept", values.text, values.language)  # "is Luca still in it?"
    if stands and (kept or ("included" in meaning.asks and values.services)):
        return True
    spoken_of = values.named or places_of_guest(parts, values)
    open_ = state.along and not state.booked and (state.shown or state.asks("name"))
    if not (open_ and spoken_of and values.named <= {one.service or parts[0].service for one in parts}) or not _asks(
        values
    ):
        return False
    told = values.whens or values.people or values.name or {*meaning.asks} - _ASKS
    changes = meaning.less or meaning.only or meaning.alone or meaning.likeliest("cancel", "move") >= LIKELY
    return not (told or changes) and bool(phrases(values.words, lists_of("standing", values.language)["held"]))


def says_what_it_is(values: Values, told: Told = ()) -> int | None:
    """Return where a clause begins that says, or asks, no more than what something is: "it is pilates"; told: of what
    else it may say that."""
    known = lists_of("standing", values.language)
    clauses = {values.clause(hit.start) for hit in told or values.services}
    for start, end in sorted(clauses):
        words = values.between(start, end)
        verbs = [words[at] for at in phrases(words, known["is"])]  # an "e" without its accent is an "and"
        small = places_of(phrases(words, known["words"]), phrases(words, known["is"]), phrases(words, known["tag"]))
        rest = [word for at, word in enumerate(words) if at not in small and not within(word.start, values.spans)]
        if not rest and any(len(v.text) > 1 or values.written(v).casefold() != v.text for v in verbs):
            return start
    return None


def _asks(values: Values) -> bool:
    """Tell whether a message asks, with a mark or by its last words."""
    tags = phrases(values.words, lists_of("standing", values.language)["tag"])
    return "?" in values.text or len(values.words) - 1 in tags.values()


def names_only(booked: Slot, values: Values) -> bool:
    """Tell whether no other day and hour is named than that of what is booked."""
    days = all(fits_day(one, booked.day) for one in values.days)
    times = all(fits_time(one, booked.time) for one in values.times)
    return days and times


def leaves_what_stands(state: State, meaning: Meaning, values: Values) -> bool:
    """Tell whether a change that was read back is declined, and nothing else said: "no, leave the colour as it is"."""
    booked = state.booked
    if state.readback is None or not state.asks("move") or meaning.agreed or not (meaning.no or meaning.keeps):
        return False
    here = booked.services if booked else frozenset[str]()
    bare = not (values.days or values.times or values.people or values.shifts or values.name or meaning.asks)
    return bare and all(here & {*hit.ids} for hit in values.services) and not meaning.adding
