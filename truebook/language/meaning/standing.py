"""What a message says of what is offered or booked beside what it wishes for: why not that one, or that it stays.

Neither is a wish: what is left of the message is heard as if it stood alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from truebook.language.acts import Heard
from truebook.language.lists.marks import Mark, Word
from truebook.language.meaning.clauses import Clause
from truebook.language.meaning.hearing import Message
from truebook.language.meaning.meant import LIKELY
from truebook.language.meaning.of_what_stands import SURELY
from truebook.language.names import Hit
from truebook.language.pointing.choosing import fits_day, fits_time
from truebook.language.pointing.references import pointing
from truebook.language.spans import blanked, clear_of, within
from truebook.language.state import SERIES, Meaning, Slot, State
from truebook.language.temporal.model import DayReading, ShiftReading, TimeReading
from truebook.language.values.said import STOPS, Values

T = TypeVar("T", DayReading, TimeReading, Hit, Mark, Word, ShiftReading)
_LEAVES = ("correct", "same", "refuse", "withdraw", "not_coming")
_FEW = 8  # words of a clause that says no more than that something stays


def without_the_time_left(state: State, message: Message, meaning: Meaning) -> str:
    """Return a message without the clauses that name the day read back, or the time booked, where another one names
    another; nothing where there are none.

    They tell why not that one: "Thursday is my sister's birthday, same but Friday?", "I work that afternoon. At ten?"
    """
    if state.readback and state.readback.id == SERIES:
        return ""  # its first day is one of many
    values, open_ = message.values, (state.readback,) if state.readback else state.offered
    booked = None if open_ else state.booked
    days = {slot.day for slot in (open_ or ((booked,) if booked else ()))}
    turns = values.says("same_time", "correcting")  # "thursday is football, wednesday same time?"
    if len(days) != 1 or None in days or not (turns or booked or meaning.likeliest(*_LEAVES) >= LIKELY):
        return ""
    left = [clause for clause in message.clauses if _tells_why_not(clause, values, days, booked)]
    kept = [clause for clause in message.clauses if clause not in left]
    away = [start for start, _ in pointing(values)]
    named = any(_within(c, values.days) or any(c.start <= at < c.end for at in away) for c in kept)
    later = [shift for shift in values.shifts if shift.minutes]  # "three is tight. An hour later?"
    timed = booked is not None and any(_within(clause, values.times) or _within(clause, later) for clause in kept)
    moved = booked is not None and meaning.likeliest("move") >= LIKELY  # "I had 10:30, I wanted 11 instead"
    timed = timed or (moved and any(_within(clause, _numbers(values)) for clause in kept))
    if not timed:  # "on the 16th, same time"
        left = [clause for clause in left if not _within(clause, values.marked("same_time"))]
    if not left or not (named or timed):
        return ""
    told = (values.written(clause).strip() for clause in message.clauses if clause not in left)
    return ", ".join(told) + ("?" if message.asked else "")


def _tells_why_not(clause: Clause, values: Values, days: set[dt.date | None], booked: Slot | None) -> bool:
    """Tell whether a clause names the day that is left, or the time that is booked, and wishes for nothing."""
    named, timed = _within(clause, values.days), _within(clause, values.times)
    praised = _within(clause, values.marked("praise"))
    if praised or any(day.date not in days or day.until for day in named):
        return False
    if booked is None:
        return bool(named) and not timed
    points, adding = _within(clause, values.marked("same_time")), values.marked("adding")
    known = {booked.staff, *booked.services}
    new = [hit for hit in _within(clause, (*values.services, *values.people)) if not known & {*hit.ids}]
    wishes = clause.asked or bool(new or _within(clause, adding))
    return bool(named or timed or points) and not wishes and all(fits_time(one, booked.time) for one in timed)


def _numbers(values: Values) -> list[Word]:
    """Return the numbers of a message that are no part of a day, a time or a name."""
    return clear_of([word for word in values.words if word.text.isdigit()], values.spans)


def besides_what_stays(state: State, message: Message) -> str:
    """Return a message without the words that say that something booked stays: "a colour on friday; the cut stays".

    Nothing where they are all that it says, or where none are.
    """
    values = message.values
    mine = tuple(dict.fromkeys((*state.appointments, *filter(None, (state.booked,)))))
    if not mine:
        return ""
    gone = [piece for clause in message.clauses for piece in _pieces(clause, values) if _stays(piece, values, mine)]
    wished = [start for start, _ in values.spans]
    wished += [shift.start for shift in values.shifts] + [mark.start for mark in values.marked("adding")]
    if not gone or all(within(at, gone) for at in wished):
        return ""
    return blanked(values.text, gone).strip(" ,;:.-")


def one_more(before: State, heard: State, values: Values) -> State:
    """Return the state after a message beside which what is booked stays: what it wishes for is one more, unless it
    cancels, or is about another of several; or it is to be moved there, if that can be: "otherwise I keep monday"."""
    if values.says("otherwise") and not before.shown:
        meaning = replace(heard.meaning, acts=(Heard("move", "", SURELY),), adding=False, asks=(), or_stays=True)
        return replace(heard, meaning=meaning, aim="move")
    stands = {slot.id for slot in (*before.appointments, *filter(None, (before.booked,)))}
    meaning = heard.meaning
    if meaning.likeliest("cancel") >= LIKELY or meaning.less or not (meaning.adding or len(stands) == 1):
        return heard
    parts = before.booked.parts if before.booked else ()
    if len(parts) > 1 and heard.wish.visit.service in parts and meaning.likeliest("move") >= LIKELY:
        own = frozenset(filter(None, (heard.wish.visit.service,)))
        return replace(heard, meaning=replace(meaning, only=own))  # one part of it moves, the others stay
    acts = tuple(act for act in meaning.acts if act.act != "move")
    meaning = replace(meaning, acts=(Heard("book", "", SURELY), *acts), adding=True)
    return replace(heard, meaning=meaning, aim="book")


def _pieces(clause: Clause, values: Values) -> list[tuple[int, int]]:
    """Return where the parts of a clause stand that an "and" divides."""
    more = values.places("adding")  # the "plus" of "en plus du lundi" is no "and"
    cuts = [mark.start for mark in _within(clause, values.marked("and")) if mark.first not in more]
    edges = [clause.start, *cuts, clause.end]
    return [(a, b) for a, b in pairwise(edges) if values.text[a:b].strip(STOPS + " ")]


def _stays(piece: tuple[int, int], values: Values, mine: Sequence[Slot]) -> bool:
    """Tell whether a part of a message says no more than that something of what is booked stays."""
    start, end = piece
    inside = [mark for mark in values.marks if start <= mark.start < end]
    named = [at for at, _ in values.spans if start <= at < end]
    keys = ("keeping", "staying", *(("adding",) if named else ()))  # "besides the one on monday"
    stays = [mark for mark in inside if mark.key in keys]
    free = {at for mark in stays for at in range(mark.first, mark.last + 1)}
    other = [m for m in inside if m.key in ("only", "alone", "no", "not_before", "cancels") and m.first not in free]
    other += [m for m in values.marked("same_day", "same_time") if m.start < end and start < m.end]  # "the day stays"
    if not stays or other or len(values.between(start, end)) > _FEW:
        return False
    here = frozenset[str]().union(*(slot.services for slot in mine))
    days = all(any(fits_day(day, slot.day) for slot in mine) for day in values.days if start <= day.start < end)
    times = all(any(fits_time(one, slot.time) for slot in mine) for one in values.times if start <= one.start < end)
    return days and times and all(here & {*hit.ids} for hit in values.services if start <= hit.start < end)


def _within(clause: Clause, found: Sequence[T]) -> list[T]:
    return [one for one in found if clause.start <= one.start < clause.end]
