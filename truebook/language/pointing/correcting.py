"""What is said and taken back in the same breath: "the second, no wait, the third" is the third."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from truebook.language.lists.marks import Mark
from truebook.language.pointing.choosing import POINTS
from truebook.language.spans import P, spans, touched
from truebook.language.temporal.model import TimeReading
from truebook.language.values.constraints import barred_hours
from truebook.language.values.said import STOPS, Values

_DENIALS = ("no", "not_before", "not_after")
_SEVERAL = 2
_NEAR = 4  # words between "all" and the part of the day that they all lie in


def corrected(values: Values) -> Values:
    """Return the values of a message without those that it takes back: of each kind the ones before a "no wait".

    Where nothing follows ("at five, no, six I mean") what stands in the same clause is meant.
    """
    for mark in values.marked("correcting"):
        if (begins := _begin(values, mark)) is not None:
            values = _from(begins, values)
    return _without_reasons(_without_refused(_rather(_without_what_all_are(_than_the_one_that_would_do(values)))))


def _than_the_one_that_would_do(values: Values) -> Values:
    """Return values with what is asked for later, or earlier, than the hour that would do; what is told in between only
    tells why: "Wednesday at 8:20 would suit. But I land on Tuesday night, is there anything later that morning?"."""
    hours = [one for one in values.times if _is_hour(one)]
    asked = [mark for mark in values.marked("later", "earlier") if "?" in values.text[mark.end :]]
    if len(hours) != 1 or not asked or asked[0].start < hours[0].end or (clock := hours[0].time) is None:
        return values
    (hour,), (mark, *_) = hours, asked
    turns = any(hour.end <= other.start < mark.start for other in values.marked("or", "rather", "kin", "adding"))
    if turns or not values.says("but"):
        return values
    parts = [one for one in values.times if one.relation == "part" and one.start >= hour.end]
    begins, ends = (parts[-1].time, parts[-1].until) if parts else (None, None)  # "I land at night, ... that morning?"
    later = (dt.datetime.combine(dt.date.min, clock) + dt.timedelta(minutes=1)).time()
    first, last = (later, ends) if mark.key == "later" else (begins, clock)
    told = TimeReading(first, hour.start, hour.end, 1.0, "between" if first and last else "after", last)
    days = tuple(day for day in values.days if not hour.end <= day.start < mark.start)
    return replace(values, times=(replace(told, relation="before") if first is None else told,), days=days)


def _without_what_all_are(values: Values) -> Values:
    """Return values without the part of the day in which all that was offered lies, where another one is named: "those
    are all afternoons, anything in the morning?"."""
    parts = [one for one in values.times if one.relation == "part"]
    gaps = [(one, mark.end) for one in parts for mark in values.marked("all") if mark.end <= one.start]
    gaps = [(one, at) for one, at in gaps if not {*values.text[at : one.start]} & {*STOPS}]
    told = [one for one, at in gaps if len(values.between(at, one.start)) <= _NEAR]
    left = len(parts) > len(told) == 1
    return replace(values, times=tuple(one for one in values.times if one not in told)) if left else values


def _without_refused(values: Values) -> Values:
    """Return values without the hours that cannot be, where another one is told: "nine is too early, half ten is good";
    of several days each may have its own."""
    barred = barred_hours(values) if len(values.times) >= _SEVERAL > len(values.days) else ()
    kept = tuple(one for one in values.times if one not in barred)
    return replace(values, times=kept) if any(_is_hour(one) for one in kept) else values


def _rather(values: Values) -> Values:
    """Return values without the hours than which another is rather wanted: "at four it's tight, rather half past"."""
    for mark in values.marked("rather"):
        wanted = next((one for one in values.times if one.start >= mark.end), None)
        before = [one for one in values.times if one.end <= mark.start]
        if wanted is None or not before or not all(_is_hour(one) for one in (*before, wanted)):
            continue
        starts = [start for start, _ in values.spans if start not in {one.start for one in values.times}]
        starts += [other.start for other in values.marked("or", "kin", "also", "adding")]
        between = any(before[0].end <= at < wanted.start for at in starts)
        if not between and values.joined(mark.end, wanted.start, "skip", "filler", "target"):
            values = replace(values, times=tuple(one for one in values.times if one not in before))
    return values


def _without_reasons(values: Values) -> Values:
    """Return values without the hours that only tell why the one is good that is praised: "16:30 would be perfect, he
    is out at 16:00"."""
    hours = [one for one in values.times if one.relation != "part"]
    clauses = {values.clause(one.start, one.end) for one in hours}
    good = [c for c in clauses if any(c[0] <= m.start < c[1] for m in values.marked("praise"))]
    more = values.marked("or", "kin", "also", "adding", "rather", "otherwise", "but")
    if len(hours) < _SEVERAL or len(clauses) != len(hours) or len(good) != 1 or more or values.services:
        return values
    (begin, end), (first, *_) = good[0], hours
    meant = begin <= first.start < end and _is_hour(first) and "?" not in values.text[end:] and not values.days
    return replace(values, times=(first,)) if meant else values


def _is_hour(one: TimeReading) -> bool:
    return one.relation in ("at", "around")


def corrects(values: Values) -> bool:
    """Tell whether a message says what is meant instead, so that its "no" is about what it said itself."""
    return any(_begin(values, mark) is not None for mark in values.marked("correcting"))


def _begin(values: Values, mark: Mark) -> int | None:
    """Return from where on a message says what is meant; None where it does not."""
    told = [start for start, _ in values.spans] + [place.start for place in values.marked(*POINTS)]
    if any(at >= mark.end for at in told):
        return mark.end
    start, _ = values.clause(mark.start)
    return start if any(start <= at < mark.start for at in told) else None


def _from(begins: int, values: Values) -> Values:
    """Return values with only those of each kind that stand from a place on, where any do."""

    def kept(found: tuple[P, ...], is_one: Callable[[P], bool] = lambda one: True) -> tuple[P, ...]:
        later = any(one.start >= begins for one in found if is_one(one))
        return tuple(one for one in found if not (later and is_one(one) and one.start < begins))

    after = [start for start, _ in values.spans if start >= begins]
    marks = kept(values.marks, lambda one: one.key in POINTS)
    gone = spans(one for one in values.marks if one not in marks)  # "the first" may be a day as well
    days = tuple(day for day in values.days if not touched(day, gone))
    denied = [m for m in marks if m.key in _DENIALS and begins <= m.start and after and m.end <= after[0]]
    times = values.times if any(mark.key == "next_one" for mark in marks) else kept(values.times)
    left = replace(values, days=kept(days), times=times, people=kept(values.people), services=kept(values.services))
    return replace(left, marks=tuple(mark for mark in marks if mark not in denied))
