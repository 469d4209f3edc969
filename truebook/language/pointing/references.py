"""Days and times told by others: "half an hour later", "the day before", "same time the week after".

They count from what was spoken of last: a read-back, the offers, an appointment.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import PLACES, Mark, phrases
from truebook.language.lists.timewords import spelled
from truebook.language.merge import at_time, from_time, on_day
from truebook.language.pointing.choosing import contradicted
from truebook.language.spans import Span, covered, spans, touched, within
from truebook.language.state import Slot, State
from truebook.language.temporal.almanac import month_end
from truebook.language.temporal.model import DayReading
from truebook.language.text import plain
from truebook.language.values.days_told import week_of
from truebook.language.values.reading import LATER_IN
from truebook.language.values.said import STOPS, Values
from truebook.language.wish import Away, Constraint, Days, Times

_ASKED_ABOUT = 2  # readings of a day that are asked about: "the first" is one of them, "the 4th" a day
_SEVERAL = 2
_BESIDE = 2  # words between "the same day" and what is booked on it; services of which one is booked
_NEAR = 5  # words between "while" and what is booked
_BOOKED_AS = {"during": "same_time", "after_mine": "right_after", "besides_mine": "adding"}
_FURTHER = dt.timedelta(days=7)  # how much later "later in the month" is, where there is room
_LEADING = ("skip", "filler", "it", "whose", "the_one", "weekday_after", "right_after")
"""What may stand between a weekday and the day from which it is told."""
_BY_DAYS = {"day_before": -1, "day_after": 1, "week_after": 7, "week_before": -7}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a reference counts from: the first and the last of what was spoken of."""

    first: Slot
    last: Slot


def anchor(state: State) -> Anchor | None:
    """Return what was spoken of last, if anything."""
    if state.readback and state.readback.day:
        return Anchor(state.readback, state.readback)
    timed = sorted((s for s in state.offered or state.declined if s.day and s.time), key=lambda s: (s.day, s.time))
    if timed:
        return Anchor(timed[0], timed[-1])
    known = [s for s in state.appointments if s.id == state.subject] or ([state.booked] if state.booked else [])
    if known and known[0] and known[0].day:
        return Anchor(known[0], known[0])
    wanted = state.wish.visit.days
    return _day_only(wanted.first) if wanted and wanted.one else None


def spoken_of(state: State) -> dt.date | None:
    """Return the day that was spoken of last, or the first of those; None where there was none."""
    base, wanted = anchor(state), state.wish.visit.days
    return base.first.day if base else wanted.first if wanted else None


def stands_on(state: State) -> dt.date | None:
    """Return the day of what is booked, where that is what is talked about, and nothing else."""
    open_ = state.offered or state.readback or state.wish.visit.on("day")
    return state.booked.day if state.booked and not open_ else None


def _day_only(day: dt.date) -> Anchor:
    slot = Slot(day.isoformat(), day=day)
    return Anchor(slot, slot)


def references(values: Values, state: State, said: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Return the constraints that a message states by pointing at what was spoken of; said: what it states outright."""
    if away := _after_another(values, said):
        return away
    placed = contradicted(state.offered, values)  # "the second one, but a bit later"
    base = Anchor(placed, placed) if placed else anchor(state)
    if not placed and not state.readback and any(shift.minutes for shift in values.shifts):
        wished = [s for s in state.offered if state.wish.visit.time and s.time == state.wish.visit.time and s.day]
        base = Anchor(wished[0], wished[0]) if len(wished) == 1 else base  # half an hour later than was asked for
    before = _day_before_it(values)
    if before:
        base = _day_only(before)
    if base is None or base.first.day is None:
        return ()
    shifted = any(shift.minutes for shift in values.shifts)  # "I'll be up late, so half an hour later" names no part
    kinds = {c.on for c in said if c.allow and (c.on != "time" or not shifted or not _is_window(c))}
    days = _days(values, base, state, said)
    times = () if "time" in kinds else _times(values, base, state, "day" in kinds)
    return (*days, *times)


def _is_window(constraint: Constraint) -> bool:
    return not any(isinstance(one, Times) and one.point for one in constraint.values)


def days_away(values: Values) -> int | None:
    """Return how many days from another day a message says it is: "the week after", "two days earlier"."""
    away = [shift.days for shift in values.shifts if shift.days]
    away += [days for key, days in _BY_DAYS.items() if points(values, key)]
    return away[0] if away else None


def away_of(values: Values) -> Away | None:
    """Return how a message tells a day from what was spoken of: "the friday after", "a week later"; None where it does
    not, or from a day that it names itself."""
    if _day_before_it(values):
        return None
    if after := weekday_after(values):
        return Away(weekday=values.weekday_of(after))
    days = days_away(values)
    return None if days is None else Away(days)


def _after_another(values: Values, said: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Return the day that is told from one that is named before it: "not this saturday but the one after", "not this
    saturday, the other"; where that one would do as well, both: "this saturday or the one after"."""
    single = [(v, c) for c in said if c.on == "day" for v in c.values if isinstance(v, Days) and v.one]
    if len(single) != 1:
        return ()
    (first, stated), either = single[0], {mark.last + 1 for mark in values.marked("or")}
    named = min((day.end for day in values.days if day.date == first.first), default=len(values.text))
    for key, away in {**_BY_DAYS, "next_one": 7, **({} if stated.allow else {"second": 7})}.items():
        for mark in values.marked(key):
            denied = any(named <= one.start < mark.start for one in values.marked("not_before"))  # "but not this one"
            instead = not stated.allow or denied
            told = not either if instead else mark.first in either
            if told and mark.start >= named and _ends(mark, values):
                then = on_day(first.first + dt.timedelta(days=away))
                return (then if instead else replace(then, values=(first, *then.values)),)
    return ()


def points(values: Values, key: str) -> bool:
    """Tell whether a phrase points at what was spoken of; "the day after" of "the day after tomorrow" does not."""
    return any(not _is_part(mark, values) for mark in values.marked(key))


def _is_part(mark: Mark, values: Values) -> bool:
    return any(d.start <= mark.start and mark.end < d.end for d in values.days)


def without_pointing(values: Values, state: State) -> Values:
    """Return the values without the days that only point back ("that day", "two days later", "the first")."""
    asked = state.asks("day") and any(c.others for c in state.wish.visit.constraints)
    denied = len(values.days) > 1 and values.says("not_before", "not_after")  # "not tomorrow, the day after"
    if not (asked or state.readback or state.offered or state.booked or denied):
        return values
    places = (*PLACES[: max(len(state.offered), _ASKED_ABOUT if asked else 0)], "last")
    told = pointing(values, "same_day", *(places if state.offered or asked else ()))
    now = lists_of(LIMITS, values.language)["now"] if state.booked else frozenset[str]()  # "ahora quiero otra"
    told += spans(day for day in values.days if plain(values.written(day)) in now)
    left = without_days(told, values)
    return replace(left, days=tuple(d for d in values.days if d in left.days or _is_known_date(d.date, state)))


def pointing(values: Values, *keys: str) -> list[Span]:
    """Return where days are told from others: "a week later", "the day before"."""
    marks = [m for m in values.marked(*_BY_DAYS) if not _is_part(m, values)] + [*values.marked(*LATER_IN, *keys)]
    return spans((shift for shift in values.shifts if shift.days), marks)


def without_days(stretches: Sequence[Span], values: Values) -> Values:
    """Return the values without the days that some stretches touch."""
    return replace(values, days=tuple(day for day in values.days if not touched(day, stretches)))


def _is_known_date(day: dt.date, state: State) -> bool:
    """Tell whether a date is one of those that the desk named: "the 2nd" of Tuesday the 2nd and Tuesday the 9th."""
    named = {s.day for s in state.offered} | {d for c in state.wish.visit.constraints for d in c.others}
    firsts = {v.first for c in state.wish.visit.on("day") for v in c.values if isinstance(v, Days)}
    return day in named | firsts


def weekday_after(values: Values) -> DayReading | None:
    """Return the weekday that is told from another day: "the friday after"."""
    for mark in values.marked("weekday_after"):
        for day in values.days if _ends(mark, values) else ():
            beside = values.text[min(day.end, mark.end) : max(day.start, mark.start)]
            inside = day.start <= mark.start and mark.end <= day.end
            named = values.weekday_of(day)
            if named is not None and day.until is None and (inside or not beside.strip()):
                return day
    return None


def told_as_a_day(values: Values) -> Values:
    """Return the values of which the "danach" of "am Donnerstag danach" tells a day, and no hour."""
    if weekday_after(values) is None:
        return values
    return replace(values, marks=tuple(mark for mark in values.marks if mark.key != "right_after"))


def on_the_day_of(values: Values, state: State) -> Values:
    """Return the values in which a day told by what is booked on it is that day, and no wish for its service: "on the
    same day as the yoga"."""
    leads = lists_of(LIMITS, values.language)["as_that"]
    for mark in values.marked("same_day"):
        for hit in values.services:
            between = values.between(mark.end, hit.start) if mark.end <= hit.start else []
            mine = (one for one in (state.booked, *state.appointments) if one and one.service in hit.ids and one.day)
            slot = next(mine, None)
            if slot and slot.day and between and len(between) <= _BESIDE and between[0].text in leads:
                day = DayReading(slot.day, mark.start, hit.end, 1.0)
                services = tuple(one for one in values.services if one is not hit)
                marks = tuple(one for one in values.marks if not covered(one, spans([mark])))
                days = (*(one for one in values.days if not covered(one, spans([day]))), day)
                return replace(values, services=services, days=days, marks=marks)
    return _beside_what_is_booked(values, state)


def _beside_what_is_booked(values: Values, state: State) -> Values:
    """Return the values in which what is booked only tells when somebody else has theirs, and is no wish: "while I have
    my colour done, a haircut for my daughter", "after my colour", "besides my colour"."""
    booked, known = state.booked, lists_of(LIMITS, values.language)
    if booked is None or not values.says("kin") or len(values.services) < _BESIDE:
        return values
    for key, means in _BOOKED_AS.items():
        for first, last in phrases(values.words, known[key]).items():
            start, end = values.words[first].start, values.words[last].end
            hit = next((one for one in values.services if one.start >= end), None)
            if hit is None or not booked.services & {*hit.ids}:
                continue
            if len(values.between(end, hit.start)) > _NEAR or any(s in values.text[end : hit.start] for s in STOPS):
                continue
            told = Mark(means, first, values.before(hit.end) - 1, start, hit.end)
            marks = (*(one for one in values.marks if not covered(one, spans([told]))), told)
            services = tuple(one for one in values.services if one is not hit)
            return replace(values, services=services, marks=tuple(sorted(marks, key=lambda one: one.start)))
    return values


def told_from_another(values: Values, state: State) -> Values:
    """Return the values in which a weekday that is told from a day named behind it is one day: "the monday after that
    friday"; of a weekday on which something is booked, that day is meant."""
    limits = lists_of(LIMITS, values.language)
    since = limits["from"] | limits["on"]  # "every monday from 14 december" begins then
    afters = lists(values.language)["weekday_after"] | (spelled(values.language, "after") - since)
    for one, other in pairwise(values.days):
        between = values.between(one.start, other.start)
        after = phrases(between, afters)
        weekday = values.weekday_of(one)
        small = values.small(*_LEADING) | limits["led"] | spelled(values.language, "after")
        served = any(one.end <= hit.start < other.start for hit in values.services)  # "sexta e depois a consulta terça"
        beside = not (served or any(stop in values.text[one.end : other.start] for stop in STOPS))
        beside = beside and all(word.text in small for word in between if word.start >= one.end)
        if weekday is None or not after or not beside or one.until or other.until:
            continue
        named = values.weekday_of(other)
        booked = state.booked.day if state.booked else None
        known = booked if booked and named == booked.weekday() else other.date
        day = replace(one, date=Away(weekday=weekday).day(known), end=other.end, alternatives=(), confidence=1.0)
        marks = tuple(mark for mark in values.marks if not covered(mark, spans([day])))
        return replace(values, days=tuple(day if d is one else d for d in values.days if d is not other), marks=marks)
    return values


def _ends(mark: Mark, values: Values) -> bool:
    """Tell whether nothing belongs to the "after": not "after five", not "after lunch"."""
    following = next((word for word in values.words if word.start >= mark.end), None)
    timed = within(mark.start, spans(values.times))
    small = [lists(values.language)[key] for key in ("and", "or", "filler", "courtesy")]
    stops = following is not None and any(c in ".,!?;" for c in values.text[mark.end : following.start])
    return not timed and (following is None or stops or any(following.text in one for one in small))


def _day_before_it(values: Values) -> dt.date | None:
    """Return the day that is named before a weekday told from it: "thursday the 10th or the friday after"."""
    after = weekday_after(values)
    before = [day.date for day in values.days if after and day.end <= after.start and day.until is None]
    return before[-1] if before else None


def _days(values: Values, base: Anchor, state: State, said: Sequence[Constraint]) -> tuple[Constraint, ...]:
    assert base.first.day
    after = weekday_after(values)
    if after is not None:
        return (on_day(Away(weekday=values.weekday_of(after)).day(base.first.day), values.written(after)),)
    away = days_away(values)
    named = [one for c in said if c.on == "day" and c.allow for one in c.values if isinstance(one, Days)]
    if away is not None and len(named) < _SEVERAL:  # not "the week after, monday the 7th or wednesday the 9th"
        return (on_day(base.first.day + dt.timedelta(days=away)),)
    if named and values.says("same_time") and len(named) == 1 and not named[0].one:  # "same time next week"
        ahead = (base.first.day.weekday() - named[0].first.weekday()) % 7
        return (on_day(named[0].first + dt.timedelta(days=ahead)),)
    left = state.left if state.after == "receipt" else ()
    others = {slot.day for slot in left if slot.day and slot.day != base.first.day}
    if values.says("second") and not named and len(others) == 1:  # "the other day then", of two that were offered
        return (on_day(others.pop()),)
    if values.says(*LATER_IN):
        assert base.last.day
        return _later_in(base.last.day, month=values.says("later_in_month"))
    minutes = any(shift.minutes for shift in values.shifts)
    onwards = _wants(values, "later", "too_early") or _wants(values, "earlier", "too_late")
    same = values.says("same_day", "right_after")
    if week := _in_that_week(values, base.first.day):
        return (Constraint("day", (week,)),)
    one_day = base.first.day == base.last.day
    if not named and (same or minutes or ((onwards or values.says("same_time")) and one_day)):
        return (on_day(base.first.day),)
    return ()


def _in_that_week(values: Values, day: dt.date) -> Days | None:
    """Return the days of the week that was spoken of, or its weekday that is named: "friday of the same week"; a date
    beside it tells more."""
    weeks, week = values.marked("that_week"), week_of(day)
    told = [day for day in values.days if not touched(day, spans(weeks))]
    if not weeks or told or any(map(values.in_digits, values.days)):
        return None
    named = [one for said in values.days if (one := values.weekday_of(said)) is not None]
    on = week.first + dt.timedelta(days=named[0]) if len(named) == 1 else None
    return Days(on, on) if on else week


def _later_in(day: dt.date, *, month: bool) -> tuple[Constraint, ...]:
    """Return the days that are left after a day in its week, or in its month."""
    last = month_end(day) if month else week_of(day).last
    first = day + _FURTHER if month and day + _FURTHER <= last else day + dt.timedelta(days=1)
    return (Constraint("day", (Days(first, last),)),) if first <= last else ()


def _times(values: Values, base: Anchor, state: State, other_day: bool) -> tuple[Constraint, ...]:
    first, last = base.first.time, base.last.time
    if first is None or last is None:
        return ()
    minutes = [shift.minutes for shift in values.shifts if shift.minutes]
    if minutes:
        return (at_time(_moved(last if minutes[0] > 0 else first, minutes[0])),)
    if values.says("right_after") and base.first.minutes:
        ends = _moved(first, base.first.minutes)
        return (Constraint("time", (Times(ends, None),)),) if values.says("any_time") else from_time(ends)
    if values.says("same_time") or any(shift.days for shift in values.shifts):
        return (at_time(first, must=values.says("same_time")),)
    if any(points(values, key) for key in _BY_DAYS):
        return (at_time(first, must=False),)
    free = not state.offered or not values.says("later_one", "earlier_one")
    if _wants(values, "later", "too_early") and free and not other_day:
        known = sorted(slot.time for slot in state.offered if slot.time)
        over_days = base.first.day != base.last.day and bool(known)  # later in the day, not after all of them
        after = known[(len(known) - 1) // 2] if over_days else last
        return (Constraint("time", (Times(_moved(after, 1), None),), said="later"),)
    if _wants(values, "earlier", "too_late") and free and not other_day:
        return (Constraint("time", (Times(None, first),), said="earlier"),)
    return ()


def _wants(values: Values, key: str, refused: str) -> bool:
    """Tell whether it is to be later, or earlier, than what was spoken of: "that's too early for me"."""
    return values.says(key) or (values.says(refused) and not values.times)


def _moved(clock: dt.time, minutes: int) -> dt.time:
    """Return a time some minutes later, within the day."""
    moved = dt.datetime.combine(dt.date(2000, 1, 2), clock) + dt.timedelta(minutes=minutes)
    return dt.time(23, 59) if moved.date().day > 2 else dt.time(0) if moved.date().day < 2 else moved.time()
