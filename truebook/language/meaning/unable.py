"""When something cannot be, by what stands in the way: "thursday my sister marries", "mornings are bad for me"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from truebook.language.acts import After, likeliest, read
from truebook.language.lists import in_any, lists_of
from truebook.language.lists.marks import phrases, words_of
from truebook.language.lists.timewords import spelled
from truebook.language.meaning.clauses import masked
from truebook.language.meaning.noting import without_joints
from truebook.language.spans import Span, spans, within
from truebook.language.text import either
from truebook.language.values.reading import values_of
from truebook.language.values.said import STOP, Listening, Values

_LIKELY = 0.5
_NEAR = 5  # signs between a "not" and an hour
_MASKS = re.compile(r"\{\w+\}")
_WISHES = ("book", "choose", "agree", "available", "move")


def with_what_cannot_be(values: Values, after: After, listening: Listening) -> Values:
    """Return the values with the stretches that tell why a day, or an hour, cannot be; until when, only of the hour."""
    until = spans(one for one in values.times if one.relation == "before")
    parts = (at for at in _parts(values) if _may_be_why(values, at, after))
    told = ((at, values_of(values.text[slice(*at)], values.language, listening)) for at in parts)
    why = [_with_the_next(at, values) for at, said in told if _cannot_be(said, after)]
    return replace(values, barred=tuple(next((u for u in until if within(u[0], [at])), at) for at in why))


def _may_be_why(values: Values, part: Span, after: After) -> bool:
    """Tell whether it is worth it to read a part on its own: it may tell why, or a day goes on from the part before."""
    goes_on = any(day.start < part[0] < day.end for day in values.days)
    return goes_on or any(one.act == "unable" for one in read(masked(values, *part), after, values.language))


def _parts(values: Values) -> Iterator[Span]:
    """Yield the parts of a message in which a day or an hour may be told: "this week, wednesday" are two of them."""
    stops = {m.end() for m in STOP.finditer(values.text) if values.text[: m.start()][-1:].isalpha()}
    cuts = stops | {edge for part in values.cut("and", "but") for edge in part} | _leading_on(values)
    whens = spans(values.days, values.times)
    return (part for part in pairwise(sorted(cuts)) if any(part[0] < end <= part[1] for _, end in whens))


def _leading_on(values: Values) -> set[int]:
    """Return where a "so" begins: "he has football mondays, so tuesday"."""
    return {values.words[at].start for at in phrases(values.words, lists_of("counting", values.language)["so"])}


def _with_the_next(part: Span, values: Values) -> Span:
    """Return a part with the bare days that an "and" joins to it: "football mondays and wednesdays", "monday and
    tuesday I work"."""
    (start, end), cuts = part, {*_leading_on(values), len(values.text)}
    first = min((day.start for day in values.days if start <= day.start < end), default=start)
    for day in values.days:
        if day.end <= first and _joined(day.end, first, values):
            begins, _ = values.clause(day.start)
            start = min(start, day.start) if not values.text[begins : day.start].strip() else start
        if day.start >= end and _joined(end, day.start, values):
            behind = min(cut for cut in cuts if cut >= day.end)
            stopped = STOP.search(values.text, day.end, behind)
            if not values.text[day.end : stopped.start() if stopped else behind].strip():
                return start, day.end
    return start, end


def _joined(end: int, start: int, values: Values) -> bool:
    """Tell whether an "and" and no more than small words stand between two places."""
    return any(end <= m.start < start for m in values.marked("and")) and values.joined(end, start, "and", "skip")


def _cannot_be(said: Values, after: After) -> bool:
    """Tell whether a part tells why something cannot be: from when on, or until when, is what can."""
    denied = (t for t in said.times for m in said.marked("not_before") if t.start - _NEAR <= m.start < t.end)
    limits = spans(said.marked("not_early", "not_late"), denied, (t for t in said.times if t.relation == "after"))
    told = masked(said, len(said.text) - len(without_joints(said.text, said.language)))
    bare = _leading(said.language).sub("", told)  # "el {day} no estoy"
    polite = in_any(said.language, "courtesy", "filler", "yes", "skip")
    rest = {word.text for word in words_of(_MASKS.sub("", bare), said.language)} - polite  # "in the morning please"
    if said.services or all(within(at, limits) for at in said.whens) or not rest:
        return False
    heard = [one for frame in {told, bare} for one in read(frame, after, said.language)]
    return likeliest(heard, "unable") >= max(_LIKELY, likeliest(heard, *_WISHES))


@cache
def _leading(language: str) -> re.Pattern[str]:
    """Return what finds the small words that lead to a day or an hour."""
    small = either(spelled(language, "on", "the", "at", "within"))
    return re.compile(rf"\b(?:(?:{small}) )+(?=\{{(?:day|span|time|window))", re.IGNORECASE)
