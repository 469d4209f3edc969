"""Which day, time, person and service of a message the customer wants, when several are named or one is unclear."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from truebook.language import picks
from truebook.language.conversation import State
from truebook.language.hearing import Heard
from truebook.language.model import DayReading, TimeReading
from truebook.language.names import Hit
from truebook.language.state import Slot, Wish
from truebook.language.text import plain

_REQUEST = 2  # the score of a request in so many words
_NEAR = 2  # characters between "thursday" and its "at 5"


def base_day(state: State) -> date | None:
    """Return the day that "that day" points to."""
    offered = {s.day for s in state.offered if s.day}
    shared = offered.pop() if len(offered) == 1 else None
    booked = state.booked.day if state.booked else None
    return state.wish.day or shared or state.mentioned_day or _subject(state).day or booked


def base_time(state: State) -> time | None:
    """Return the time that "the same time" points to."""
    booked = state.booked.time if state.booked else None
    return state.wish.time or _subject(state).time or booked


def _subject(state: State) -> Slot:
    known = [a for a in state.appointments if a.id == state.subject]
    return known[0] if known else Slot("")


def day_chosen(state: State, heard: Heard) -> date | None:
    """Return which of the days that the desk asked about is meant by its place: "the first one", "the later".

    A number is a date where there is such a day: of Tuesday the 2nd and Tuesday the 9th, "the 2nd" is the first.
    """
    if not (state.asks("day") and state.wish.day and state.wish.day_alternatives):
        return None
    days = sorted((state.wish.day, *state.wish.day_alternatives))  # as they were read out
    by_date = any(day.date in days and any(map(str.isdigit, heard.text[day.start : day.end])) for day in heard.days)
    slots = [Slot(day.isoformat(), day=day) for day in days]
    placed = None if by_date else picks.by_place(slots, heard.clauses, heard.lexicon)
    return placed.day if placed else None


def with_day(wish: Wish, state: State, heard: Heard) -> Wish:
    """Return wish with the day of the message."""
    days = [] if heard.times and _belongs_elsewhere(state, heard) else _narrowest(_dated(state, heard))
    if not days:
        return _without_day(wish, state, heard)
    if len(days) > 1 and heard.either_or:
        others = tuple(d.date for d in days[1:])
        return replace(wish, day=days[0].date, day_until=None, day_alternatives=others)
    chosen = _pointed_at(days, heard)
    if heard.says("same_time") and chosen.until and (base := base_day(state)):
        return replace(wish, day=_same_weekday(base, chosen), day_until=None, day_alternatives=())
    return replace(wish, day=chosen.date, day_until=chosen.until, day_alternatives=chosen.alternatives)


def _dated(state: State, heard: Heard) -> list[DayReading]:
    """Return the days of a message without "the same day", where there is one that it points to."""
    same = heard.lexicon.same_day
    return [
        d
        for d in heard.days
        if base_day(state) is None or not same.search(plain(heard.text[d.start : d.end])) or d.alternatives
    ]


def _narrowest(days: Sequence[DayReading]) -> list[DayReading]:
    """Return days without the ranges in which another of them lies ("the 9th, this month")."""
    exact = [d for d in days if d.until is None]
    return [d for d in days if d.until is None or not any(d.date <= e.date <= d.until for e in exact)]


def _pointed_at(days: Sequence[DayReading], heard: Heard) -> DayReading:
    """Return the day of a message with several: the one at a time of day or after "to", else the last."""
    for day in reversed(days):
        before = plain(heard.text[: day.start]).rsplit(" ", 1)[-1]
        if heard.lexicon.target.fullmatch(before) or any(0 <= t.start - day.end <= _NEAR for t in heard.times):
            return day
    return days[-1]


def _without_day(wish: Wish, state: State, heard: Heard) -> Wish:
    booking = heard.scores.get("book", 0) >= 2
    if wish.day is None and state.mentioned_day and booking:
        return replace(wish, day=state.mentioned_day)
    if heard.says("any_day"):
        return replace(wish, day=None, day_until=None, day_alternatives=())
    if heard.says("right_after") and state.booked and state.booked.day:
        return replace(wish, day=state.booked.day, day_until=None, day_alternatives=())
    if heard.says("same_day") and (base := base_day(state)):
        return replace(wish, day=base, day_until=None, day_alternatives=())
    if wish.day and any(d.date == wish.day for d in heard.refused_days):
        return replace(wish, day=None, day_until=None, day_alternatives=())
    return wish


def _same_weekday(base: date, week: DayReading) -> date:
    """Return the day in the range week that falls on base's weekday."""
    return week.date + timedelta(days=(base.weekday() - week.date.weekday()) % 7)


def with_time(wish: Wish, state: State, heard: Heard) -> Wish:
    """Return wish with the time of the message."""
    if not heard.times or heard.says("same_time"):
        return _without_time(wish, state, heard)
    if len(heard.times) > 1 and heard.either_or:
        first, *others = [_settled(t, wish) for t in heard.times]
        named = tuple(t.time for t in others if t.time)
        return replace(_timed(wish, first), time_alternatives=named)
    if _belongs_elsewhere(state, heard):
        return wish
    exact = [t for t in heard.times if t.relation != "part"]
    chosen = (exact or list(heard.times))[-1]
    return wish if _restates(chosen, wish) else _timed(wish, _settled(chosen, wish))


def _belongs_elsewhere(state: State, heard: Heard) -> bool:
    """Tell whether a lone time answers a question of the assistant that was not about the appointment's beginning."""
    asked_apart = state.asks("other") and not state.asked & {"time", "day", "booking"}
    wants = heard.scores.get("book", 0) >= _REQUEST or heard.scores.get("move", 0) >= _REQUEST
    lone = all(any(d.start < t.end and t.start < d.end for t in heard.times) for d in heard.days)
    return asked_apart and lone and not wants


def _restates(reading: TimeReading, wish: Wish) -> bool:
    """Tell whether reading says the wished time again, with am or pm left out."""
    return wish.exact_time and reading.relation == "at" and wish.time in reading.alternatives


def _without_time(wish: Wish, state: State, heard: Heard) -> Wish:
    timeless = replace(wish, time=None, relation="at", time_until=None, time_alternatives=(), time_open=False)
    if heard.shift and (base := base_time(state)):
        moved = datetime.combine(date.min, base) + timedelta(days=1, minutes=heard.shift)
        return replace(timeless, time=moved.time())
    if heard.says("any_time"):
        return timeless
    if heard.says("right_after") and (end := _end(state.booked)):
        return replace(timeless, time=end)
    if heard.says("same_time") and wish.time is None and (base := base_time(state)):
        return replace(timeless, time=base)
    if wish.time and any(t.time == wish.time for t in heard.refused_times):
        return timeless
    return wish


def _end(slot: Slot | None) -> time | None:
    """Return when a slot ends, where that is known."""
    if slot is None or slot.time is None or slot.minutes is None:
        return None
    return (datetime.combine(date.min, slot.time) + timedelta(minutes=slot.minutes)).time()


def _timed(wish: Wish, reading: TimeReading) -> Wish:
    return replace(
        wish,
        time=reading.time,
        relation=reading.relation,
        time_until=reading.until,
        time_alternatives=reading.alternatives if reading.open else (),
        time_open=reading.open,
    )


def _settled(reading: TimeReading, wish: Wish) -> TimeReading:
    """Settle am or pm by the part of the day that the customer named before."""
    if not reading.open or wish.relation != "part" or wish.time is None:
        return reading
    until = wish.time_until or time.max
    inside = [t for t in (reading.time, *reading.alternatives) if t and wish.time <= t <= until]
    return replace(reading, time=inside[0], open=False, alternatives=()) if len(inside) == 1 else reading


def one_of(hits: Sequence[Hit], preferred: Collection[str], either_or: bool) -> tuple[str | None, tuple[str, ...]]:
    """Return the id that the last of hits means, or None and the ids it may mean; preferred ids settle a doubt."""
    if not hits:
        return None, ()
    if either_or and len(hits) > 1:
        return None, tuple(dict.fromkeys(i for hit in hits for i in hit.ids))
    ids = hits[-1].ids
    known = [i for i in ids if i in preferred]
    if len(ids) == 1 or len(known) == 1:
        return (known or list(ids))[0], ()
    return None, ids
