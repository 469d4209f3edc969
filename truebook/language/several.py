"""Several bookings asked for in one message: cut into one text each, to be taken up one after the other.

A message is cut only where each side stands by itself: two services, the same once more, or a yes and another booking.
In doubt it stays whole.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from truebook.language.conversation import State
from truebook.language.detect import detect
from truebook.language.dialogue import heard_customer
from truebook.language.hearing import Heard, hear
from truebook.language.intents import requests, side_questions
from truebook.language.lexicon import first_value
from truebook.language.state import Slot, Wish
from truebook.language.text import plain

_MARKS = re.compile(r"[.;,\n]+(?=\s|$)")
_WISHES = {"book", "availability"}
_FEW = 3  # words that lead to the next service: "and then a"
_LONGEST = 300  # characters of a message that may be cut, and places at which it is tried: a try takes two hearings
_JOINTS = 8
_MOST = 4  # bookings in one message


def heard_one_by_one(state: State, text: str, now: datetime) -> tuple[State, tuple[Wish, ...]]:
    """Return the state after the first booking that a message asks for, and the wishes for the others."""
    first, *others = cut(state, text, now)
    state = heard_customer(state, first, now)
    wishes, before = list[Wish](), state
    for words in others:
        before = _next(before, words, now)
        wishes.append(before.wish)
    return state, tuple(wishes)


def _next(state: State, text: str, now: datetime) -> State:
    """Return the state after the next booking of a message; its day and person are those of the one before it.

    Not so its time: nobody can be at two appointments at once.
    """
    before = state.wish
    timeless = replace(before, time=None, relation="at", time_until=None, time_alternatives=(), time_open=False)
    booked = Slot("", before.service, before.staff, before.day, before.time)
    blank = replace(state, wish=timeless, booked=booked, readback=None, offered=(), asked=frozenset())
    after = heard_customer(blank, text, now)
    wish, changed = after.wish, after.meaning.changed
    if "service" in changed and "staff" not in changed:
        wish = replace(wish, staff=None)
    return replace(after, wish=wish)


def cut(state: State, text: str, now: datetime, most: int = _MOST) -> tuple[str, ...]:
    """Return a message cut into one text for each booking it asks for; whole where that is only one."""
    if len(text) > _LONGEST or most == 1:
        return (text,)
    heard = _hear(state, text, now)
    if not _may_be_several(state, heard) or _is_more_than_wishes(heard):
        return (text,)
    later = replace(state, readback=None, offered=(), asked=frozenset())
    for start, end in islice(_joints(heard), _JOINTS):
        first, rest = _hear(state, text[:start], now), _hear(state, text[end:], now)
        tail = text[start:]
        if _accepts(state, first, rest, tail, now) or _is_another(first, rest, tail) or _adds(state, first, rest, tail):
            return (first.text, *cut(later, rest.text, now, most - 1))
        if _shares_its_time(first, rest):
            when, what = _apart(rest)
            return (f"{first.text} {when}", *cut(later, what, now, most - 1))
    return _repeated(heard)


def _hear(state: State, text: str, now: datetime) -> Heard:
    language = detect(text, state.language, state.desk.languages)
    return hear(text, language, state.desk, state.staff_names, state.service_names, now, frozenset())


def _may_be_several(state: State, heard: Heard) -> bool:
    """Tell whether enough is named for two bookings, or for one besides what the desk proposed."""
    several = len(heard.services) > 1 or len(heard.times) > 1 or _count(heard) > 1
    proposed = state.readback or state.offered
    return bool(proposed or (heard.services and (several or state.wish.service)))


def _is_more_than_wishes(heard: Heard) -> bool:
    """Tell whether a message asks for anything else, takes something back or leaves something open."""
    words = heard.lexicon
    hedged = any(words.hedge.search(words.besides.sub(" ", words.adding.sub(" ", clause))) for clause in heard.clauses)
    other = side_questions(heard.scores) or set(requests(heard.scores)) - _WISHES
    refused = heard.stance.no or heard.refused_days or heard.refused_times or heard.refused_people
    return bool(hedged or other or refused or heard.either_or or heard.shift)


def _joints(heard: Heard) -> Iterator[tuple[int, int]]:
    """Yield where a message may be cut: at an "and" first, then at its marks, but within no name, day or time."""
    whole = [(hit.start, hit.end) for hit in (*heard.services, *heard.people)]
    whole += [(day.start, day.end) for day in heard.days] + [(clock.start, clock.end) for clock in heard.times]
    for found in (*heard.lexicon.joining.finditer(heard.text), *_MARKS.finditer(heard.text)):
        if not any(start < found.end() and found.start() < end for start, end in whole):
            yield found.span()


def _accepts(state: State, first: Heard, rest: Heard, tail: str, now: datetime) -> bool:
    """Tell whether first takes the booking that was read back or offered, and rest asks for one more besides."""
    known = {slot.service for slot in (state.readback, *state.offered) if slot}
    if not known or first.services or state.asks("move") or state.asks("cancel"):
        return False
    anew, joined = _begins_anew(first, tail), first.lexicon.joining.match(tail)
    other = rest.services and all(known.isdisjoint(hit.ids) for hit in rest.services)
    if not (other and (anew or joined)) and not (anew and (rest.days or rest.times)):
        return False
    meaning = heard_customer(state, first.text, now).meaning
    return meaning.agreed or meaning.picked is not None


def _is_another(first: Heard, rest: Heard, tail: str) -> bool:
    """Tell whether first is a booking and rest another one: of another service, or plainly the same once more."""
    if not _names_one(first) or not (first.days or first.times):
        return False
    if _names_others(first, rest):
        return True
    once_more = rest.services or _count(first) > 1 or _begins_anew(first, tail)
    apart = _clocks(rest) != _clocks(first) or bool(rest.days)
    return bool(once_more and _clocks(first) and _clocks(rest) and apart)


def _adds(state: State, first: Heard, rest: Heard, tail: str) -> bool:
    """Tell whether first says when the service spoken of is wished for, and rest adds another: "at 10 and a shave"."""
    joined = _begins_anew(first, tail) or first.lexicon.joining.match(tail)
    known = state.wish.service is not None and not first.services and (first.days or first.times)
    return bool(known and joined and rest.services and all(state.wish.service not in hit.ids for hit in rest.services))


def _shares_its_time(first: Heard, rest: Heard) -> bool:
    """Tell whether services stand side by side ("a haircut and a colour"), with a day and time after both or none."""
    if not _names_one(first) or not _names_others(first, rest) or first.days or first.times:
        return False
    between = plain(first.text[first.services[-1].end :] + rest.text[: rest.services[0].start]).split()
    return len(between) <= _FEW and not (rest.question and not (rest.days or rest.times))


def _names_one(heard: Heard) -> bool:
    return len({hit.ids for hit in heard.services}) == 1


def _names_others(first: Heard, rest: Heard) -> bool:
    return bool({hit.ids for hit in rest.services} - {hit.ids for hit in first.services})


def _apart(heard: Heard) -> tuple[str, str]:
    """Return the days and times of a message, and the message without them."""
    spans = [(day.start, day.end) for day in heard.days] + [(clock.start, clock.end) for clock in heard.times]
    when, what = list[str](), heard.text
    for start, end in sorted(set(spans)):
        when.append(heard.text[start:end])
        what = what[:start] + " " * (end - start) + what[end:]
    return " ".join(when), what


def _count(heard: Heard) -> int:
    """Return how many are wanted of the service that is named."""
    before = plain(heard.text[: heard.services[0].start]) if heard.services else ""
    return next(first_value(heard.lexicon.counts, [before]), 1)


def _begins_anew(first: Heard, tail: str) -> bool:
    """Tell whether what follows the first booking begins with "and another one" or the like."""
    words = " ".join(plain(tail).split()[:_FEW])
    return bool(first.lexicon.adding.search(words) or first.lexicon.besides.search(words))


def _clocks(heard: Heard) -> set[object]:
    return {found.time for found in heard.times if found.relation in ("at", "around")}


def _repeated(heard: Heard) -> tuple[str, ...]:
    """Return a message once for each of the "two haircuts" it asks for at one time, the later ones in a word."""
    if not _names_one(heard) or len(heard.times) > 1:
        return (heard.text,)
    hit = heard.services[0]
    return (heard.text, *[heard.text[hit.start : hit.end]] * (_count(heard) - 1))
