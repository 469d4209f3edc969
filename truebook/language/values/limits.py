"""Days and hours that are a limit and not the wish: "before the exam on thursday", "by the 12th", "football at 11:30".

"An exam on thursday" alone is a reason: what is wished for is before it, unless another day is named.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from truebook.language.lists import lists_of
from truebook.language.lists.bounds import LIMITS, bounds
from truebook.language.lists.marks import Word, phrases
from truebook.language.lists.timewords import spelled
from truebook.language.names import Hit
from truebook.language.spans import covered, spans, touched, within
from truebook.language.temporal.model import DayReading, TimeReading
from truebook.language.values.counting import counted, habits
from truebook.language.values.days_told import stands_before
from truebook.language.values.said import Values
from truebook.language.words import table

T = TypeVar("T", DayReading, TimeReading)
AHEAD = dt.timedelta(days=60)
"""How far a wish reaches that only has a beginning."""
_DAY = dt.timedelta(days=1)
_WAY = dt.timedelta(minutes=15)
"""What whoever comes from school or from work needs at the least until they are there."""
_WISHED = ("at", "around", "after", "between")
"""How an hour is told that is wished for, and no limit of somebody's day."""
_FAR = 5  # words between a "before" and the day of the occasion that is named behind it
_SMILE = r"[:;][-']?[)(DPp*]+"
_SENTENCES = re.compile(rf"{_SMILE}|[,;:!?\n.]+(?=\s|$)")
_STOPS = re.compile(rf"{_SMILE}|(?:[,;:!?\n]|(?<!\d)\.)+(?=\s|$)")


def limited(values: Values, today: dt.date, *, begun: bool, again: bool) -> Values:
    """Return the values of a message with its limits as stretches of days and windows.

    begun: what is wished for is known; where it is not, "an exam on thursday" may be the wish itself. again: it is to
    come again and again; then "until christmas" is the end of that, and no limit.
    """
    said = counted(values.text, values.language)
    if again or said.again or values.says("any_other"):
        return values
    if (beside := _beside_it(values)) is not None:
        return beside
    series = (said.times or 0) > 1 or said.lasting is not None or len(values.days) > 2
    limits = tuple(bounds(values.words, values.language)) if values.days else ()
    days = [_bounded(day, values, limits, today, series=series) for day in values.days]
    told = [day for day, found in zip(values.days, days, strict=True) if found is not day]
    barred = values.says("same_day") or (begun and any(within(day.end - 1, values.barred) for day in days))
    begun = begun or bool(values.services) or values.says("appointment")
    reason = len(days) == 1 and not told and begun and not barred and _is_reason(days[0], values)
    if reason:
        last = days[0].date if _is_for(days[0], values) else days[0].date - _DAY
        story = [_clause(days[0].start, values, "story")]  # "friday I fly to Rome" bars no other day
        barring = [m for m in values.marked("not_after", "not_before") if within(m.start, story)]
        wished = any(within(hit.start, story) for hit in values.services)
        then = [one for one in values.times if not wished and one.relation == "at" and within(one.start, story)]
        times = tuple(one for one in values.times if one not in then)  # "the exam is at 9"
        values = replace(values, times=times, marks=tuple(m for m in values.marks if m not in barring), barred=())
        days = [found] if (found := _stretch(today, last, _with_its_story(days[0], values, "story"))) else []
    ends = [day for day, found in zip(values.days, days, strict=False) if found is not day]
    parts = [one for one in values.times if one.relation == "part" and _is_end(one, values, ends)]
    hours = [one for one in values.times if one not in parts and not _is_now(one, values)]
    timed = [_timed(one, values) for one in hours]
    free = [old.start for old, new in zip(hours, timed, strict=True) if new is not old]  # from then on they can
    left = tuple(one for one in values.barred if not any(within(at, [one]) for at in free))
    times = tuple(_without_way(hours, timed, values))
    return replace(values, days=_within_all(days) if told else tuple(days), times=times, barred=left)


def _beside_it(values: Values) -> Values | None:
    """Return the values with the day that is told from another one named before it: "the wedding is on the 11th, so the
    day before"; None where there is none."""
    for key, away in (("day_before", -_DAY), ("day_after", _DAY)):
        for mark in values.marked(key):
            pointing = spans([mark, *values.marked("same_day")])  # "that day I work"
            named = [day for day in values.days if not touched(day, pointing)]
            barred = [one.end for one in values.marked("not_before")]
            denied = any(end <= day.start and values.joined(end, day.start, "skip") for end in barred for day in named)
            behind = [one.start for one in values.marked("not_after")]  # "thursday no, the day after"
            denied = denied or any(
                day.end <= at and values.joined(day.end, at, "skip") for at in behind for day in named
            )
            if len(named) == 1 and named[0].until is None and named[0].end <= mark.start and not denied:
                either = any(named[0].end <= one.start < mark.start for one in values.marked("or"))
                apart = either or _SENTENCES.search(values.text, named[0].end, mark.start)
                start = mark.start if apart else named[0].start
                day = replace(named[0], date=named[0].date + away, start=start, end=mark.end)
                kept = tuple(one for one in values.marks if not covered(one, spans([mark])))
                return replace(values, days=(*named, day) if either else (day,), marks=kept)
    return None


def _is_end(part: TimeReading, values: Values, ends: Sequence[DayReading]) -> bool:
    """Tell whether a part of the day only belongs to the day that is a limit: "by friday evening", but not "not later
    than thursday, evenings only"."""
    only = any(not values.text[part.end : m.start].strip() for m in values.marked("only") if m.start >= part.end)
    apart = only or "," in values.written(part)
    return not apart and any(day.start <= part.start and not values.text[day.end : part.start].strip() for day in ends)


def reasons(values: Values, *, begun: bool) -> list[tuple[int, int]]:
    """Return the clauses that only tell why not another day, or another hour: "friday, thursday is my sister's
    birthday", "at one he is still at school, from four on"."""
    if len(values.days) == 1 or not (begun or values.services):
        return []
    anyway = habits(values.text, values.language)
    usual = [day for day in values.days if within(day.start, anyway)]
    said = [d for d in values.days if not (_is_refused(d, values) or within(d.end - 1, values.barred))]
    told = [day for day in said if day not in usual and _is_reason(day, values)]
    if len(told) + len(usual) == len(values.days):
        return []
    return [*(_clause(day.start, values, "story") for day in told), *(anyway if usual else ())]


def without_had(values: Values) -> Values:
    """Return the values without the services of clauses that only tell why another is wished for: "she failed maths, so
    we'd like a trial lesson"."""
    had, wanted = lists_of(LIMITS, values.language)["had"], list[Hit]()
    for hit in values.services:
        start, end = _clause(hit.start, values, "story")
        wanted += [] if phrases(values.between(start, end), had) else [hit]
    return replace(values, services=tuple(wanted)) if wanted else values


def _within_all(days: Sequence[DayReading]) -> tuple[DayReading, ...]:
    """Return stretches as the days that lie in all of them: "after the 4th, before the 10th"."""
    first, last = max(d.date for d in days), min(d.until or d.date for d in days)
    stretches = all(day.until for day in days) and first <= last
    return (replace(days[0], date=first, until=last),) if stretches and len(days) > 1 else tuple(days)


def _with_its_story(found: T, values: Values, *cutting: str) -> T:
    """Return a day or an hour with the words that tell of it: "I have an exam on thursday" is a limit as a whole."""
    start, _ = _clause(found.start, values, *cutting)
    told: list[int] = [mark.start for mark in values.marked("story") if start <= mark.start]
    return replace(found, start=min([found.start, *told]))


def _bounded(
    day: DayReading, values: Values, limits: Sequence[tuple[str, int, int]], today: dt.date, *, series: bool
) -> DayReading:
    """Return a day as the stretch up to it, or from it on, where a word before it says so."""
    small = values.small("skip") | lists_of(LIMITS, values.language)["led"]
    for key, first, last in limits:
        begins, ends = values.words[first].start, values.words[last].end
        onward = key == "on" and not _goes_on(day, values)
        within = day.start <= begins and values.weekday_of(day) is None and not values.in_digits(day)  # "après-demain"
        if begins > day.start or ends >= day.end or within or onward or (series and key in ("by", "from", "on")):
            continue
        between = values.between(ends, day.start)
        stopped = _STOPS.search(values.text, ends, day.start) or any(ends <= s < day.start for s, _ in values.spans)
        bare = all(word.text in small for word in between)
        if not stopped and (bare or (len(between) <= _FAR and _occasion(between, values))):
            found = _of(key, day, today, exact=bare)
            return replace(found, start=min(begins, day.start)) if found else day
    return day if series else _or_later(day, values, today)


def _or_later(day: DayReading, values: Values, today: dt.date) -> DayReading:
    """Return a day as the stretch from it on, or up to it: "the 10th or later", "friday at the latest"."""
    bound, end = _bound_behind(day.end, values)
    found = _of(bound, day, today, exact=True) if bound else None
    return replace(found, end=end) if found else day


def _bound_behind(at: int, values: Values) -> tuple[str, int]:
    """Return whether "or later" or "or earlier" stands right behind a day or an hour, and where that ends."""
    first = len(values.words) - len(values.between(at, len(values.text)))
    for key, bound in (("or_later", "from"), ("or_earlier", "by")):
        last = phrases(values.words, lists_of(LIMITS, values.language)[key]).get(first)
        if last is not None and not _STOPS.search(values.text, at, values.words[first].start):
            return bound, values.words[last].end
    return "", at


def _of(key: str, day: DayReading, today: dt.date, *, exact: bool) -> DayReading | None:
    """Return the days that a limit leaves; exact: it is the day's own, and not that of what happens on it."""
    last = day.until or day.date
    if key in ("by", "before"):
        return _stretch(today, last if key == "by" else day.date - _DAY, day)
    first = day.date if key in ("from", "on") else last + _DAY if exact else last
    return _stretch(first, (last if key in ("from", "on") else first) + AHEAD, day)


def _goes_on(day: DayReading, values: Values) -> bool:
    """Tell whether an "onwards" stands right behind a day: "from the 12th on"."""
    after = next((word.text for word in values.words if word.start >= day.end), "")
    return after in lists_of(LIMITS, values.language)["onward"]


def _stretch(first: dt.date, last: dt.date, day: DayReading) -> DayReading | None:
    if last < first:
        return None
    return replace(day, date=first, until=last if last > first else None, alternatives=(), confidence=1.0)


def _occasion(words: Sequence[Word], values: Values) -> bool:
    """Tell whether an occasion is named among some words, that is none of the business's services."""
    found = phrases(words, lists_of(LIMITS, values.language)["occasion"])
    return any(not within(words[first].start, spans(values.services)) for first in found)


def _clause(at: int, values: Values, *cutting: str) -> tuple[int, int]:
    """Return where the clause of a place begins and ends; phrases of some lists begin another too."""
    ordinal = table(values.language).ordinal_dot  # "am 10.12. ist die prüfung"
    cuts = [m.start() for m in (_STOPS if ordinal else _SENTENCES).finditer(values.text)]
    cuts += [mark.start for mark in values.marked("and", "but", *cutting)]
    if "story" in cutting:  # "my sister marries on the 19th so I need it on the 18th"
        so = phrases(values.words, lists_of("counting", values.language)["so"])
        cuts += [values.words[first].start for first in so]
    spans = values.spans
    free = [cut for cut in cuts if not any(start < cut < end for start, end in spans)]
    return max((c for c in free if c <= at), default=0), min((c for c in free if c > at), default=len(values.text))


def _is_reason(day: DayReading, values: Values) -> bool:
    """Tell whether a day is only that of an occasion: "my exam is on thursday", "for the wedding on saturday"."""
    start, end = _clause(day.start, values, "story")
    on = spelled(values.language, "on") | {"am", "on"}
    around = [one for one in values.between(start, end) if one.text not in on and not day.start <= one.start < day.end]
    named = _occasion(around, values) or _occasion(values.between(start, end), values)
    leads = any(mark.start >= start and not values.between(start, mark.start) for mark in values.marked("asking"))
    asked = values.text[end : end + 1] == "?" or (leads and "?" in values.text)  # "is the 8th a holiday?"
    return day.until is None and named and not (asked or _is_wished_for_it(day, start, end, values))


def _is_wished_for_it(day: DayReading, start: int, end: int, values: Values) -> bool:
    """Tell whether a service is wished for on the day of an occasion: "a haircut on saturday for the wedding"."""
    behind = values.between(day.end, end)
    led = [word.start for word in behind if word.text in lists_of(LIMITS, values.language)["for"]]
    wished = bool(led) and any(start <= hit.start < led[0] for hit in values.services)
    return wished and _occasion([word for word in behind if word.start > led[0]], values)


def _is_for(day: DayReading, values: Values) -> bool:
    """Tell whether a day is that of an occasion for which something is wished: it may as well be on that day."""
    before = values.between(_clause(day.start, values)[0], day.start)
    return any(word.text in lists_of(LIMITS, values.language)["for"] for word in before)


def _is_now(found: TimeReading, values: Values) -> bool:
    """Tell whether an hour is only what time it is: "it's 10 am now", "jetzt ist es halb drei"."""
    known, words = lists_of(LIMITS, values.language), values.words
    first, after = values.before(found.start), len(words) - len(values.between(found.end, len(values.text)))
    it_is, now = phrases(words, known["it_is"]), phrases(words, known["now"])
    leads = [at for at, last in it_is.items() if at <= first <= last + 1]
    between = any(last == first - 1 and at - 1 in it_is.values() for at, last in now.items())  # "es ist jetzt 9"
    return between or (bool(leads) and (after in now or min(leads) - 1 in now.values()))


def _timed(found: TimeReading, values: Values) -> TimeReading:
    """Return an hour until when somebody is elsewhere as a window, and one at which they have to be as the end."""
    clock, known = found.until if found.relation == "before" else found.time, lists_of(LIMITS, values.language)
    bound, last = _bound_behind(found.end, values)
    if bound and found.relation in ("at", "around") and found.time:  # "half four or later"
        first, until = (found.time, None) if bound == "from" else (None, found.time)
        return replace(found, time=first, until=until, end=last, relation="after" if first else "before")
    elsewhere = _is_elsewhere(found, values)
    if found.relation == "after" and found.time and elsewhere:
        return _with_its_story(replace(found, time=None, until=found.time, relation="done"), values)
    barred = found.relation == "before" and stands_before(found.start, values, "not_before")
    if found.relation not in ("at", "before", "part") or clock is None or barred:  # "no antes de las 16 que salen"
        return found
    start, end = _clause(found.start, values)
    caught = max([0, *_befores(values, known["busy"], found.start)])  # "a cut before my train at five"
    start = max(start, caught)
    inside = values.between(start, end)
    lunch = found.relation == "part" and phrases(values.between(found.start, found.end), known["before"])
    if _is_over_by(found, values) and not lunch:  # "before lunch" is no limit
        return _with_its_story(replace(found, time=None, until=clock, relation="done"), values)
    if found.relation == "part":  # "by noon I have to be home"
        return found
    if any(start <= hit.start < end for hit in values.services):
        return found
    if _is_free_from(found, values) and (elsewhere or not phrases(inside, known["busy"])):
        there = (dt.datetime.combine(dt.date.min, clock) + _WAY).time()
        return _with_its_story(replace(found, time=max(there, clock), until=None, relation="after"), values)
    able = {m.end for m in values.marked("with_whom")}  # "ten I can make with the bus"
    busy = phrases(inside, known["busy"])
    begins = {at: inside[at].start for at in busy}
    busy = {
        at: to for at, to in busy.items() if not any(e <= begins[at] and values.joined(e, begins[at]) for e in able)
    }
    led = inside[min(busy)].start if busy else 0
    days = (day.end for day in values.days if caught <= day.start and day.end <= led)
    ours = any(start <= mark.start < led for mark in values.marked("appointment"))
    ours = ours or any(values.joined(end, led, "skip", "but") for end in days)
    if busy and not ours:  # "the appointment needs to be at 5", "thursday has to be 5" is a wish
        return _with_its_story(replace(found, time=None, until=clock, relation="done"), values)
    return found


def _without_way(hours: Sequence[TimeReading], told: Sequence[TimeReading], values: Values) -> list[TimeReading]:
    """Return hours without those at which somebody only comes from school or from work, where another one is wished
    for: "he gets out of school at four, is there anything from five?"."""
    free = {new for old, new in zip(hours, told, strict=True) if new is not old and _is_free_from(old, values)}
    wished = [one for one in told if one not in free and one.relation in _WISHED and not _is_refused(one, values)]
    return [one for one in told if not (wished and one in free)]


def _is_refused(one: DayReading | TimeReading, values: Values) -> bool:
    """Tell whether a day or an hour is refused right behind it: "thursday no", "at 11 I can't"."""
    ends = [mark.start for mark in values.marked("no", "not_after") if mark.start >= one.end]
    return any(values.joined(one.end, at, "skip") for at in ends)


def _is_free_from(hour: TimeReading, values: Values) -> bool:
    """Tell whether an hour is when somebody comes from school or from work, or until when they are there: "um vier
    kommt er grad aus der Schule", "she's in school till four"."""
    known = lists_of(LIMITS, values.language)
    inside = values.between(*_clause(hour.start, values, "story"))
    around = [w for w in inside if not hour.start <= w.start < hour.end and w.text not in known["barely"]]
    until = hour.relation == "before" and _is_elsewhere(hour, values)
    return until or bool(phrases(inside, known["free"]) or phrases(around, known["free"]))


def _is_elsewhere(hour: TimeReading, values: Values) -> bool:
    """Tell whether an hour is from when on, or until when, one works: "I work from 1", "sie hat bis zwei Dienst"."""
    works = lists_of(LIMITS, values.language)["works"]
    begins, ends = values.clause(hour.start, hour.end)
    before, after = values.between(begins, hour.start), values.between(hour.end, ends)
    around, led = ["", *(w.text for w in (*before, *after))], values.small("whose") | spelled(values.language, "of")
    led |= lists_of(LIMITS, values.language)["led"]  # "salgo del trabajo" is none
    found = [(a, b) for a, b in phrases([*before, *after], works).items() if b > a or around[a] not in led]
    near = any(last >= len(before) - 2 and first <= len(before) + 1 for first, last in found)
    return near or within(hour.start, values.barred) or bool(phrases(values.between(hour.start, hour.end), works))


def _is_over_by(hour: TimeReading, values: Values) -> bool:
    """Tell whether somebody has to be done, or gone, at an hour: "muss um vier wieder weg", "out by nine", "I only have
    until five"."""
    known = lists_of(LIMITS, values.language)
    start, end = values.clause(hour.start, hour.end)  # "um zwölf muss ich aber fertig sein" is one
    edges = [one for one in values.times if one is not hour] + [*values.marked("and")]
    start = max([start, *(one.end for one in edges if one.end <= hour.start)])
    end = min([end, *(one.start for one in edges if hour.end <= one.start)])
    words = values.between(start, end)
    begin, close = values.before(hour.start), values.before(hour.end)
    near = [word for word in values.words[max(0, begin - _FAR) : close + _FAR] if start <= word.start < end]
    away, refused = phrases(near, known["away"]), {mark.start for mark in values.marked("no")}
    gone = {near[first].start for first in away}
    denied = [m.start for m in values.marked("not_before", "not_after") if start <= m.start < end]
    if phrases(words, known["free"]) or {*denied} - refused - gone:
        return False  # "I am out of school at four", "before nine I can't get away"
    leads = [word for word in values.words[max(0, begin - 2) : close] if start <= word.start]
    until = hour.relation == "before" or bool(phrases(leads, known["by"] | known["before"] | known["due"]))
    if until and phrases(near, known["stays"]):
        return True
    return bool(away) and (until or bool(phrases(words, known["must"])))


def _befores(values: Values, busy: frozenset[str], until: int) -> list[int]:
    """Return where a "before" stands right before what somebody has to catch, up to a place."""
    told = spelled(values.language, "before")
    words = [word for word in values.words if word.start < until]
    small, ends = values.small("whose", "skip"), {last: first for first, last in phrases(words, told).items()}
    found = list[int]()
    for first in phrases(words, busy):
        at = first - 1
        while at > 0 and at not in ends and words[at].text in small:
            at -= 1
        if at in ends:
            found.append(words[ends[at]].start)
    return found
