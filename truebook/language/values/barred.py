"""What a message bars: days, hours and people that are not wanted, by the small words before and behind them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import Mark, phrases
from truebook.language.lists.timewords import spelled
from truebook.language.spans import spans, touched, within
from truebook.language.temporal.model import DayReading
from truebook.language.values.days_told import stands_before
from truebook.language.values.said import STOPS, Values
from truebook.language.wish import Constraint, Days, Times

_NEAR = 4  # words between a value and the "doesn't work" after it


@dataclass(frozen=True, slots=True)
class Placed:
    """A constraint in the making, with the words it stands on."""

    constraint: Constraint
    start: int
    end: int
    exact: bool = True


def day_placed(day: DayReading) -> Placed:
    """Return a day as it was read, before it is known what it is worth."""
    return Placed(Constraint("day", (Days(day.date, day.until or day.date),)), day.start, day.end)


def rest_of(values: Values) -> int:
    """Return where the rest is what is wished for, else 0: days and hours before it are barred ("tuesday at nine I have
    an interview, so any other time"), but not those that are wished for too ("friday, or any other day")."""
    for mark in reversed(values.marked("any_other")):
        before = [word for word in values.words if word.end <= mark.start]
        engaged = phrases(before, lists_of(LIMITS, values.language)["engaged"])
        denied = any(m.start < mark.start for m in (*values.marked("not_after"), *values.marked("not_before")))
        if (engaged or denied) and not any(mark.start - m.end in (0, 1) for m in values.marked("or")):
            return mark.start
    return 0


def is_corrected(one: Placed, placed: Sequence[Placed], values: Values, known: frozenset[dt.date]) -> bool:
    """Tell whether the "no" before a value answers what the desk said: "no wednesday the 9th"."""
    answers = any(m.key == "no" and m.first == m.last == 0 for m in values.marks) and 0 not in values.places("nothing")
    others = [p for p in placed if p is not one and p.constraint.on == one.constraint.on]
    if not answers or others or len(values.words) < _NEAR or one.constraint.on not in ("day", "time"):
        return False
    small, before = values.small("skip"), values.between(values.words[0].end, one.start)
    days = {v.first for v in one.constraint.values if isinstance(v, Days)}
    return all(w.text in small for w in before) and not days & known


def forbidden_of(placed: Sequence[Placed], values: Values) -> list[Placed]:
    """Return what is not wanted, in text order; "not monday or tuesday" goes on to the tuesday."""
    found: list[Placed] = []
    rest = rest_of(values)
    barred = [one for one in placed if one.end <= rest and one.constraint.on != "staff"]
    for one in sorted(placed, key=lambda p: p.start):
        if one in barred:
            exact = any(not p.constraint.stretches for p in barred if p.constraint.on == "day")
            found += [] if one.constraint.stretches and exact else [one]  # "next week, tuesday no, or any other day"
            continue
        if _is_asked_for(one, placed, values):
            continue
        last = next((before for before in reversed(found) if before.constraint.on == one.constraint.on), None)
        limit = one.constraint.on == "time" and not all(isinstance(v, Times) and v.point for v in one.constraint.values)
        none = limit and stands_before(one.start, values, "nothing")  # but not "is there nothing at ten?"
        denied = none or stands_before(one.start, values, "not_before") or _is_declined(one, placed, values)
        denied = denied or (one.constraint.on == "day" and stands_before(one.start, values, "forget"))
        denied = denied or (one.constraint.on != "staff" and within(one.end - 1, values.barred))
        denied = denied or _is_barred_by_that_day(one, placed, values) or _is_pointed_away(one, values)
        if denied or (last is not None and _goes_on(last, one, values)):
            found.append(one)
    return _with_what_leads_to(found, placed, values)


def days_barred(values: Values) -> list[tuple[int, int]]:
    """Return where the days of a message stand that are not wanted."""
    days = [day_placed(day) for day in values.days]
    hours = [Placed(Constraint("time", (Times(t.time, t.time),)), t.start, t.end) for t in values.times if t.time]
    return [(one.start, one.end) for one in forbidden_of([*days, *hours], values) if one.constraint.on == "day"]


def _with_what_leads_to(found: list[Placed], placed: Sequence[Placed], values: Values) -> list[Placed]:
    """Return what is not wanted with the days that an "and" joins to one of which that is said behind it: "monday and
    thursday I can't"."""
    days = sorted((one for one in placed if one.constraint.on == "day"), key=lambda one: one.start)
    for one, after in reversed(list(pairwise(days))):
        behind = after in found and not stands_before(after.start, values, "not_before")
        both = values.marked("and", "or") if behind and one not in found else ()
        if any(one.end <= m.start < after.start for m in both) and values.joined(
            one.end, after.start, "skip", "and", "or"
        ):
            found = [one, *found]
    return sorted(found, key=lambda one: one.start)


def _is_asked_for(one: Placed, placed: Sequence[Placed], values: Values) -> bool:
    """Tell whether a question with a no asks for the only hour, or day, that it names: "is Clara not free at nine?",
    "ten won't do?", "there is nothing on thursday?"; neither "friday, but not at nine?" nor "not at nine?" does."""
    if one.constraint.on not in ("time", "day") or "?" not in values.text:
        return False
    hours = [other for other in placed if other.constraint.on == one.constraint.on]
    begins, ends = values.clause(one.start, one.end)
    nothing = values.places("nothing")  # "is there nothing in the morning?"
    inside = [m for m in values.marked("not_before", "but") if begins <= m.start < one.start and m.first not in nothing]
    leads = all(m.key != "but" and values.between(begins, m.start) for m in inside)
    named = one.exact or any(begins <= m.start < ends for m in values.marked("nothing"))  # "mornings there's nothing?"
    return hours == [one] and named and values.text[ends : ends + 1] == "?" and leads


def _is_barred_by_that_day(one: Placed, placed: Sequence[Placed], values: Values) -> bool:
    """Tell whether a day is barred by pointing at it: "on the 23rd we're away, so no lesson that day"."""
    for mark in values.marked("same_day"):
        before = [p.end for p in placed if p.constraint.on == "day" and p.end <= mark.start]
        start, _ = values.clause(mark.start)
        denied = any(start <= no.start and no.end <= mark.start for no in values.marked("not_before"))
        if denied and one.constraint.on == "day" and before and one.end == max(before):
            return True
    return False


def _is_pointed_away(one: Placed, values: Values) -> bool:
    """Tell whether the clause behind that of a day says no more than that this one is not wanted: "on the 21st we are
    away, better not that one"."""
    marks = values.marked("it", "the_one", "same_day") if one.constraint.on == "day" else ()
    if not any(mark.start >= one.end for mark in marks):
        return False
    begins, ends = values.clause(values.clause(one.start, one.end)[1] + 1)
    inside = {place for place, word in enumerate(values.words) if begins <= word.start < ends}
    pointing = inside & {place for mark in marks for place in range(mark.first, mark.last + 1)}
    denied = inside & values.places("no", "not_before", "not_after") - pointing
    small = values.places("rather", "hedge", "yes", "filler", "skip", "and", "but")
    return bool(pointing and denied) and inside <= pointing | denied | small


def _goes_on(before: Placed, one: Placed, values: Values) -> bool:
    dot = values.text[before.end - 1] == "." and not values.between(before.end, one.start)  # "not thursday. wednesday"
    between = {word.text for word in values.between(before.end, one.start)}  # "statt dem Huber zur Weber"
    listed = not between or bool(between & values.small("or", "and"))
    listed = listed and not any(one.start <= mark.start < one.end for mark in values.marked("last", "last_ones"))
    return before.end <= one.start and not dot and listed and values.joined(before.end, one.start, "skip", "or", "and")


def _is_declined(one: Placed, placed: Sequence[Placed], values: Values) -> bool:
    """Tell whether "doesn't work", "kann ich nicht" follows a value directly, and is about no other."""
    whole = values.marked("any_time", "any_day", "anyone", "whichever")  # "bij anna, maakt niet uit wanneer"
    denials = [m for m in values.marked("not_after") if not touched(m, spans(whole))]
    denials = [m for m in denials if not _is_a_noun(m, values)] + [m for m in values.marked("no") if _ends(m, values)]
    firsts = {mark.first for mark in denials}
    buts = [m.start for m in values.marked("but") if m.last + 1 not in firsts]  # not the "doch" of "doch nicht"
    limits = [at for at in (*(other.start for other in placed), *buts) if at >= one.end]
    end = min([values.clause(one.start, one.end)[1], *limits])
    for mark in denials:
        if any(one.end <= then.start and then.end <= mark.end for then in values.marked("until_then")):
            continue  # "only after three, before that I work"
        if one.end <= mark.start and mark.end <= end and len(values.between(one.end, mark.start)) < _NEAR:
            ends = {mark.end, *(m.end for m in values.marked("not_before") if m.first == mark.first)}
            joint = min((m.start for m in values.marked("and") if m.start >= mark.end), default=len(values.text))
            nexts = [one.start for one in placed if mark.end <= one.start <= joint]  # "can't, and at one I work"
            return not any(values.joined(at, begin, "skip") for begin in nexts for at in ends if at <= begin)
    return False


def _ends(no: Mark, values: Values) -> bool:
    """Tell whether a "no" ends what is said: "tuesday no, we have church"."""
    return no.first == no.last and values.text[no.end :].strip(" ")[:1] in ("", *STOPS) and "?" not in values.text


def _is_a_noun(mark: Mark, values: Values) -> bool:
    """Tell whether a denial of one word is a noun: "salgo del trabajo" bars nothing, "el jueves trabajo" does."""
    led = lists_of(LIMITS, values.language)["led"] | lists(values.language)["whose"] | spelled(values.language, "of")
    alone = mark.first == mark.last and mark.first not in values.places("not_before", "no")
    return alone and mark.first > 0 and values.words[mark.first - 1].text in led
