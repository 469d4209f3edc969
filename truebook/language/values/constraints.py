"""From values to constraints: which days, times and people are wanted, which are not, what is only preferred.

What a value is worth is told by the small words beside it: "not", "if possible", "otherwise", "or".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from truebook.language.lists.marks import Mark
from truebook.language.lists.timewords import weekday_named
from truebook.language.names import TITLES, Hit
from truebook.language.spans import clear_of, covered, spans, within
from truebook.language.temporal.model import DayReading, TimeReading
from truebook.language.text import sentences
from truebook.language.values.barred import Placed, day_placed, forbidden_of, is_corrected, rest_of
from truebook.language.values.counting import counted
from truebook.language.values.days_meant import is_bare
from truebook.language.values.days_told import (
    beside_dates,
    by_date,
    ends,
    in_the_week_after,
    in_the_week_named,
    last_day_of,
    none_far_off,
    stands_before,
    told_twice,
    until_apart,
    up_to,
    week_named,
    week_of,
    weeks_apart,
)
from truebook.language.values.said import Values
from truebook.language.wish import Constraint, Days, On, Times, Value

_WEEK = dt.timedelta(days=7)
_AHEAD = dt.timedelta(days=60)  # how far "on weekdays" reaches
_SURE = 0.8


def constraints_of(
    values: Values,
    today: dt.date,
    outside: Sequence[tuple[int, int]],
    span: Days | None,
    known: frozenset[dt.date] = frozenset(),
) -> tuple[Constraint, ...]:
    """Return the constraints that a message states, those of each kind together.

    outside: stretches that are not meant. span: the days spoken of so far, in which a bare weekday lies.
    known: the days that were offered or read back: a bare weekday is that one of them.
    """
    rest = rest_of(values)
    told = [day for day in clear_of(values.days, outside) if day.end <= rest or not _in_story(day.start, values)]
    again = counted(values.text, values.language).again
    if again:
        told = up_to(_in_rhythm([last_day_of(day, values) for day in told], values), values, today)
    settled = in_the_week_named(in_the_week_after(told, values), values)
    span, known = (None, frozenset[dt.date]()) if settled != told else (span, known)  # what it says itself comes first
    told = told_twice(settled, values)
    named = {values.weekday_of(day) for day in told} - {None}
    rhythm = again and (ends(told, values) or len(named) > 1)
    rhythm = rhythm or (again and bool(forbidden_of([_day(d, values, today, None, known) for d in told], values)))
    if not rhythm:  # "every wednesday, but not on the 23rd", "tuesdays and thursdays until the 17th" are no dates
        told = by_date(told, values)
    told = weeks_apart(beside_dates(told, values), values, today)
    days = [_day(d, values, today, span, known) for d in _narrowest(none_far_off(told, today), values)]
    hours = [one for one in clear_of(values.times, outside) if one.end <= rest or not _in_story(one.start, values)]
    if any(day.end <= rest for day in told):  # all of that day is barred, and its hour on other days is not
        hours = [one for one in hours if one.end > rest]
    times = [_time(t, values) for t in _surest(hours)]
    people = [_person(hit, values) for hit in clear_of(values.people, outside) if len(hit.ids) == 1]
    people = _rather_whom(people, values)
    placed = [*days, *times, *people]
    forbidden = [one for one in forbidden_of(placed, values) if not is_corrected(one, placed, values, known)]
    if week := _left_of_its_week(told, days, forbidden, values):
        placed.append(week)
    barred = {one.constraint.values for one in forbidden if one.constraint.on == "day"}  # "not the 24th, christmas eve"
    placed = [one for one in placed if one in forbidden or one.constraint.values not in barred]
    placed = _without_day_of_what_is_barred(placed, forbidden, values)
    placed = _proposed(placed, forbidden, values)
    marked = [_judged(one, one in forbidden, values, today) for one in placed]
    chosen = _numbered(marked, values)
    kinds: tuple[On, ...] = ("day", "time", "end", "staff")
    found = [c for kind in kinds for c in _together([one for one in chosen if one.constraint.on == kind])]
    workdays = Constraint("day", (Days(today, today + _AHEAD, frozenset(range(5))),))
    return (*found, *([workdays] if values.says("workdays") else ()), *_order(values, placed))


def barred_hours(values: Values) -> tuple[TimeReading, ...]:
    """Return the hours that a message says cannot be: "nine is too early"."""
    told = [(one, _time(one, values)) for one in values.times if one.relation in ("at", "around")]
    forbidden = forbidden_of([placed for _, placed in told], values)
    return tuple(one for one, placed in told if placed in forbidden)


def _rather_whom(people: list[Placed], values: Values) -> list[Placed]:
    """Return people without those of whom it is asked if it must be them, where another is preferred: "does it have
    to be Ben? I'd rather Anna"."""
    preferred = [one for one in people if _rathers(one, values)]
    ends = [values.clause(one.start, one.end)[1] for one in people]
    asked = [one for one, end in zip(people, ends, strict=True) if values.text[end : end + 1] == "?"]
    return [one for one in people if one not in asked] if preferred and not {*preferred} & {*asked} else people


def _rathers(one: Placed, values: Values) -> list[Mark]:
    """Return the words of its clause that prefer something."""
    clause, stop = values.clause(one.start, one.end)
    return [mark for mark in values.marked("rather") if clause <= mark.start and mark.end <= stop]


def _left_of_its_week(
    told: Sequence[DayReading], days: Sequence[Placed], forbidden: Sequence[Placed], values: Values
) -> Placed | None:
    """Return the week that is named where all days of it that are told cannot be: "next week, but tuesday is out"."""
    first = min(days, key=lambda one: one.start, default=None)
    week = week_named(told, values)
    if first is None or week is None or stands_before(first.start, values, "not_before"):
        return None
    every = all(one in forbidden and not one.constraint.stretches for one in days)
    return Placed(Constraint("day", (week,)), first.start, first.start, exact=False) if every else None


def _without_day_of_what_is_barred(placed: list[Placed], forbidden: Sequence[Placed], values: Values) -> list[Placed]:
    """Return what is placed without the days that only tell of which hour it is that cannot be, where others are wished
    for: "wednesday 17:40 is a bit late, have you got anything on friday?"."""
    hours = [one for one in forbidden if one.constraint.on == "time"]
    days = [one for one in placed if one.constraint.on == "day" and one not in forbidden]
    told = [d for d in days if any(d.end <= at.start and values.joined(d.end, at.start, "skip") for at in hours)]
    return [one for one in placed if one not in told] if len(told) < len(days) else placed


def _proposed(placed: list[Placed], forbidden: Sequence[Placed], values: Values) -> list[Placed]:
    """Return what is wanted after a proposal at the end: "I have a date on monday at 8, how about friday?"."""
    for mark in reversed(values.marked("proposing")):
        after = {one.constraint.on for one in placed if one.start >= mark.end}
        between = any(other.end <= mark.start and mark.start - other.end <= 1 for other in values.marked("or"))
        if after & {"day", "time"} and not between:
            kept = (one.start >= mark.end or one.constraint.on not in after or one in forbidden for one in placed)
            return [one for one, is_kept in zip(placed, kept, strict=True) if is_kept]
    return placed


def _narrowest(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days without the stretches in which another of them lies: "the 9th, this month"; a weekday is put in."""
    wide = [d for d in days if d.until]
    days = _without_story(days, wide[0], values) if len(wide) == 1 else days
    exact = [d for d in days if d.until is None]
    if len(wide) != 1 or not exact:
        return list(days)
    within = [d for d in (_put_in(d, wide[0], values) for d in exact) if d]
    if len(within) != len(exact):
        return list(days)
    said = [day_placed(day) for day in within]
    denied = forbidden_of(said, values)
    wanted = [one for one in said if one not in denied]
    return within if wanted else [*wide, *within]


def _without_story(days: Sequence[DayReading], wide: DayReading, values: Values) -> Sequence[DayReading]:
    """Return days without those of earlier sentences than the one in which a service, or an hour, is wished for in a
    stretch of days: "I wanted to come on thursday. Could I have a lesson around 7 some time this week?"."""
    begins = next(start for start, end in sentences(values.text) if start <= wide.start < end)
    asked = within(wide.start, [(begins, values.text.find("?", begins))])
    wished = any(at >= begins for at, _ in spans(values.services)) and any(one.start >= begins for one in values.times)
    before = [day_placed(day) for day in days if day.end <= begins]
    denied = [one.start for one in forbidden_of(before, values)]
    return [d for d in days if d.end > begins or d.start in denied] if asked and wished else days


def _in_rhythm(days: list[DayReading], values: Values) -> list[DayReading]:
    """Return the days of a series with what is told from a weekday until a day as these two, and a stretch beside its
    only weekday from the first such day in it: "every thursday in december"."""
    days = [part for day in days for part in until_apart(day, values)]
    wide = [day for day in days if day.until and day.until - day.date > _WEEK]
    bare = [d for d in days if not d.until and weekday_named(values.text[d.start : d.end], values.language) is not None]
    first = _put_in(bare[0], wide[0], values) if len(wide) == len(bare) == 1 else None
    if first is None:
        return days
    said = sorted((bare[0], wide[0]), key=lambda day: day.start)
    whole = replace(wide[0], date=first.date, start=said[0].start, end=said[1].end)
    return [whole if day is wide[0] else day for day in days if day is not bare[0]]


def _put_in(day: DayReading, wide: DayReading, values: Values) -> DayReading | None:
    """Return a day as it lies in a stretch of days; a bare weekday is moved there; None where it cannot be."""
    assert wide.until
    if wide.date <= day.date <= wide.until:
        return replace(day, alternatives=(), confidence=1.0)
    weekday = values.weekday_of(day)
    if weekday is None:
        return None
    moved = wide.date + dt.timedelta(days=(weekday - wide.date.weekday()) % 7)
    return replace(day, date=moved, alternatives=(), confidence=1.0) if moved <= wide.until else None


def _day(day: DayReading, values: Values, today: dt.date, span: Days | None, known: frozenset[dt.date]) -> Placed:
    said, named = values.written(day), values.weekday_of(day) if day.until is None else None
    first, others = day.date, day.alternatives if day.confidence < _SURE else ()
    weekday = named if is_bare(day, values.text, values.language) else None  # "ese lunes"
    spoken_of = sorted(one for one in known if one.weekday() == weekday)
    if spoken_of:
        first, others = spoken_of[0], ()
    elif span and (weekday if span.one else named) is not None:
        week = week_of(span.first) if span.last <= week_of(span.first).last else span  # "early next week", "wednesday"
        put = _put_in(day, DayReading(week.first, 0, 0, 1.0, until=week.last), values)
        first, others = (put.date, ()) if put and put.date >= today else (first, others)
    last = day.until or first
    return Placed(Constraint("day", (Days(first, last),), said=said, others=others), day.start, day.end)


def _surest(times: Sequence[TimeReading]) -> list[TimeReading]:
    """Return times without those that are hardly one beside others that are: the hour of "marcar uma hora"."""
    sure = [t for t in times if t.confidence >= _SURE or t.relation not in ("at", "around", "between")]
    return sure if any(t.relation not in ("part", "done") for t in sure) else list(times)


def _time(found: TimeReading, values: Values) -> Placed:
    said = values.written(found)
    exact = found.relation in ("at", "around")
    last = found.time if exact else found.until
    others = found.alternatives if found.open else ()
    about = found.relation == "around"
    on: On = "end" if found.relation == "done" else "time"
    part = found.relation == "part"
    made = Constraint(on, (Times(found.time, last),), must=not about, said=said, near=about, others=others, broad=part)
    return Placed(made, found.start, found.end, exact=not part)


def _person(hit: Hit, values: Values) -> Placed:
    said, at = values.written(hit), values.before(hit.start)
    while at and values.words[at - 1].text in TITLES:  # "not Dr. Huber"
        at -= 1
    return Placed(Constraint("staff", (hit.ids[0],), said=said), values.words[at].start, hit.end)


def _in_story(at: int, values: Values) -> bool:
    """Tell whether a day or time belongs to the story around the wish ("I have a wedding on friday"), which ends where
    the service is named that is wished for: "I have a party and need a colour on friday"."""
    clause, _ = values.clause(at)
    begins = max((hit.start for hit in values.services if hit.end <= at), default=clause)
    return any(
        clause <= mark.start and mark.end <= at and (mark.end >= begins or values.joined(mark.end, begins, "skip"))
        for mark in values.marked("story")
    )


def _judged(one: Placed, forbidden: bool, values: Values, today: dt.date) -> Placed:
    """Return a value with what the words beside it make of it: not allowed, or only preferred.

    "Any day but monday" allows no monday.
    """
    if forbidden:
        weekday = weekday_named(one.constraint.said, values.language) if values.says("any_day") else None
        every = (Days(today, today + _AHEAD, frozenset((weekday,))),) if weekday is not None else one.constraint.values
        return replace(one, constraint=replace(one.constraint, values=every, allow=False, must=True, others=()))
    beside = _rathers(one, values)
    after = any(m.start >= one.end and len(values.between(one.end, m.start)) <= 1 for m in beside)
    preferred = after or any(m.end <= one.start for m in beside)
    return replace(one, constraint=replace(one.constraint, must=False)) if preferred else one


def _numbered(placed: Sequence[Placed], values: Values) -> list[Placed]:
    """Return values with their choice: after "otherwise" comes the second, and so does a day with a time after "or"."""
    told = values.marked("otherwise")
    told = tuple(m for m in told if not covered(m, spans(o for o in told if o is not m)))
    turns = [mark.start for mark in told if any(p.end <= mark.start for p in placed)]
    turns = turns or _pairs(placed)
    found = []
    for one in placed:
        choice = 1 + sum(turn <= one.start for turn in turns)
        choice = 1 if choice > 1 and _is_of_all(one, placed, turns[0], values) else choice
        allowed = one.constraint.allow
        found.append(replace(one, constraint=replace(one.constraint, choice=choice)) if allowed else one)
    return found


def _is_of_all(one: Placed, placed: Sequence[Placed], turn: int, values: Values) -> bool:
    """Tell whether a part of the day, or somebody, set apart behind the last choice is meant of each: "thursday or,
    failing that, friday, in the morning"."""
    others = (o for o in placed if turn < o.start <= one.start and o is not one)
    before = max(others, key=lambda o: o.start, default=None)
    alone = not any(other.constraint.on == one.constraint.on for other in placed if other is not one)
    return alone and before is not None and before.constraint.on == "day" and "," in values.text[before.start : one.end]


def _pairs(placed: Sequence[Placed]) -> list[int]:
    """Return where days begin, but the first, that have a time of their own each: "the 1st at 3, the 8th at 5"."""
    wanted = [one for one in sorted(placed, key=lambda p: p.start) if one.constraint.allow]
    kinds = [one.constraint.on for one in wanted if one.constraint.on != "staff"]
    pairs = [one.start for one in wanted if one.constraint.on == kinds[0]] if kinds else []
    alternate = kinds in (["day", "time"] * len(pairs), ["time", "day"] * len(pairs))
    return pairs[1:] if alternate else []


def _together(placed: Sequence[Placed]) -> list[Constraint]:
    """Return the constraints of one kind: of several allowed values of one choice any will do, each no stands alone."""
    found = [one.constraint for one in placed if not one.constraint.allow]
    for choice in sorted({one.constraint.choice for one in placed}):
        wanted = [one for one in placed if one.constraint.allow and one.constraint.choice == choice]
        exact = [one for one in wanted if one.exact] or wanted
        if exact:
            every = tuple(dict.fromkeys(v for one in exact for v in one.constraint.values))
            every = _within_part(every, [one for one in wanted if not one.exact])
            must = all(one.constraint.must for one in exact)
            said = " / ".join(one.constraint.said for one in exact)
            first = exact[0].constraint
            others = first.others if len(every) == 1 else ()
            found.append(replace(first, values=_plain(every), must=must, said=said, others=others))
    return found


def _within_part(every: tuple[Value, ...], parts: Sequence[Placed]) -> tuple[Value, ...]:
    """Return windows as they lie within the part of the day named beside them: "in the morning, not before 9:30"."""
    named = [v for one in parts for v in one.constraint.values if isinstance(v, Times)]
    windows = [v for v in every if isinstance(v, Times) and not v.point]
    if len(named) != 1 or len(windows) != len(every) or len(windows) != 1:
        return every
    (part,), (window,) = named, windows
    first = max((t for t in (part.first, window.first) if t), default=None)
    last = min((t for t in (part.last, window.last) if t), default=None)
    return (Times(first, last),) if first and last and first < last else every


def _plain(every: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return values with two ends of one window as one: "after two, before five"."""
    windows = [one for one in every if isinstance(one, Times) and not one.point]
    if len(windows) == len(every) == 2:
        first, last = windows
        ends = (first.first or last.first, first.last or last.last)
        open_ = (first.last is None or first.first is None) and (last.last is None or last.first is None)
        if open_ and ends[0] and ends[1] and ends[0] < ends[1]:
            return (Times(*ends),)
    return every


def _order(values: Values, placed: Sequence[Placed]) -> list[Constraint]:
    """Return the order that is wished for; "today, otherwise the earliest you have" is one for the second choice."""
    for key in ("soonest", "latest"):
        for mark in values.marked(key):
            if any(one.start <= mark.start < one.end and one.relation == "before" for one in values.times):
                continue  # "four at the latest"
            turns = [m.start for m in values.marked("otherwise") if any(p.end <= m.start for p in placed)]
            turns = [at for at in turns if not any(at <= p.start < mark.start for p in placed)]  # it is that of both
            choice = 1 + sum(turn <= mark.start for turn in turns)
            return [Constraint("order", (key,), must=False, choice=choice)]
    return []
