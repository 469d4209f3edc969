"""A message cut where people cut it, its values masked: what is left is the frame that acts are learned from."""

import re
from dataclasses import dataclass

from truebook.language.agreeing.consent import says_only
from truebook.language.lists import lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import PLACES, Mark, phrases
from truebook.language.names import TITLES
from truebook.language.text import THAT
from truebook.language.values.said import Values

_SOUND = re.compile(r"\W*(?:h+m+|m{3,}|u+h+m*|u+m+|e+r+m*|[äö]+h+m*|e+uh+|[aeo]h+)\W*", re.IGNORECASE)
"""What is no word, and does nothing beside words: "hm, what else is there?"."""
_BREAKS = re.compile(rf"[!?;\n…]+|,(?!\d|{THAT})|\s[-–—]+\s|\.+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message (start to end) with its values masked; asked: it ended with a question mark."""

    start: int
    end: int
    masked: str
    asked: bool


def masked(values: Values, start: int = 0, end: int | None = None) -> str:
    """Return a message, or a stretch of it, with its values masked: "a {service} {day} at {time}"."""
    last = len(values.text) if end is None else end
    out, at = "", start
    for begin, stop, name in _masks(values):
        if begin >= at and stop <= last:
            out += f"{values.text[at:begin]}{{{name}}}"
            at = stop
    return (out + values.text[at:last]).strip()


def clauses(values: Values) -> tuple[Clause, ...]:
    """Return the clauses of a message, in order; nothing is cut within a value."""
    whole = [(begin, stop) for begin, stop, _ in _masks(values)]
    cuts = [m.span() for m in _BREAKS.finditer(values.text)]
    cuts += [(mark.start, mark.start) for mark in values.marks if mark.key in ("but", "otherwise")]
    cuts += [(m.start, m.start) for m in values.marked("and") if says_only(("yes",), values, until=m.first, firm=True)]
    cuts += [(m.start, m.start) for m in values.marked("and") if _asks_on(values, m)]
    dotted = [day.end for day in values.days if values.text[day.end - 1] == "."]  # "am 8. Muss ich etwas mitbringen?"
    cuts += [(at, at) for at in dotted if "?" in values.text[at:] and begins_as_question(values, at)]
    inner = sorted(c for c in cuts if not any(b < c[1] and c[0] < s for b, s in whole))
    found, start = list[Clause](), 0
    for begin, stop in (*inner, (len(values.text), len(values.text))):
        if values.text[start:begin].strip():
            goes_on = begin == stop and "?" in values.text[stop:]
            asked = "?" in values.text[begin:stop] or (goes_on and begins_as_question(values, start))
            if found and (_says_or_not(values, start, begin) or _only_closes(values, start, begin)):
                start = found.pop().start
            found.append(Clause(start, begin, masked(values, start, begin), asked))
        start = max(start, stop)
    return tuple(one for one in found if not _SOUND.fullmatch(one.masked)) or tuple(found)


def _asks_on(values: Values, joint: Mark) -> bool:
    """Tell whether a question begins after an "and": "how much is it and do you take cards?"."""
    asked = "?" in values.text[joint.end :]
    follows = [mark for mark in values.marked("asking", "asks_price") if mark.first == joint.last + 1]
    return any(asked or mark.last > mark.first for mark in follows)


def begins_as_question(values: Values, start: int) -> bool:
    """Tell whether the first word from a character on that is no "and" begins a question."""
    small, known = values.places("and", "or", "but"), lists_of(LIMITS, values.language)
    if "?" not in values.text:  # "dan heb ik de auto" has its verb second, and asks nothing
        small -= {n for n in small if values.words[n].text in known.get("inverts", ())}
    first = next((n for n, w in enumerate(values.words) if w.start >= start and n not in small), len(values.words))
    if "?" not in values.text and tells_why(values, start):
        return False
    return "¿" in values.text[start : start + 2] or any(mark.first == first for mark in values.marked("asking"))


def tells_why(values: Values, start: int) -> bool:
    """Tell whether the first words from a character on tell why, the "perché" of a question among them."""
    because = phrases(values.words, lists_of(LIMITS, values.language)["because"])
    return next((n for n, w in enumerate(values.words) if w.start >= start), -1) in because


def begins_as_condition(values: Values, start: int) -> bool:
    """Tell whether a clause from a character on only tells on what condition: "if Huber works then"."""
    first = next((n for n, one in enumerate(values.words) if one.start >= start), len(values.words))
    leads = phrases(values.words, lists_of(LIMITS, values.language)["provided"])
    return first in leads and "í" not in values.text[values.words[first].start : values.words[first].end]  # "sí" is yes


def _says_or_not(values: Values, start: int, end: int) -> bool:
    """Tell whether a stretch says no more than "yes or no", or "or not": "do I have to fast, yes or no?"."""
    inside = {place for place, word in enumerate(values.words) if start <= word.start < end}
    return inside <= values.places("yes", "no", "or", "skip") and bool(inside & values.places("or"))


def _only_closes(values: Values, start: int, end: int) -> bool:
    """Tell whether a stretch is only the "then" with which a message ends: "nine with Anna, then"."""
    inside = values.between(start, end)
    small = lists_of("counting", values.language)["so"] | values.small("and")
    return not values.between(end, len(values.text)) and all(word.text in small for word in inside)


def _with_title(values: Values, start: int) -> int:
    """Return where somebody begins who is called by a title, whose stop ends no sentence: "Dr. Weber"."""
    at = values.before(start) - 1
    titled = at >= 0 and values.words[at].text in TITLES and not values.text[values.words[at].end : start].strip(" .")
    return values.words[at].start if titled else start


def _masks(values: Values) -> list[tuple[int, int, str]]:
    """Return what is masked, in order, none within another: of two that overlap the one that begins first."""
    found = [(hit.start, hit.end, "service") for hit in values.services]
    found += [(_with_title(values, hit.start), hit.end, "staff") for hit in values.people]
    found += [(day.start, day.end, "span" if day.until else "day") for day in values.days]
    found += [(one.start, one.end, "time" if one.relation in ("at", "around") else "window") for one in values.times]
    found += [(one.start, one.end, "length") for one in values.lengths]
    known = {"name": values.name, "phone": values.phone, "email": values.email, "code": values.code}
    found += [(one.start, one.end, name) for name, one in known.items() if one]
    found += [(mark.start, mark.end, "place") for mark in values.marks if mark.key in (*PLACES, "last")]
    found += [(mark.start, mark.end, "day") for mark in values.marked("day_before", "day_after")]
    taken: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda m: (m[0], m[2] == "place", -m[1])):
        if not taken or one[0] >= taken[-1][1]:
            taken.append(one)
    return taken
