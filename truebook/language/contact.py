"""Names, phone numbers and addresses that customers give of themselves: in any order, with or without words around."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from truebook.kernel import phones
from truebook.language.lists import lists
from truebook.language.marks import Mark
from truebook.language.text import plain

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w:/.-])(?:\+|00)?\(?\d[\d\s()/.-]{5,18}\d(?![\w:/-])")
_DATED = re.compile(r"\d[./-]\d\d?[./-]\d{4}|^\d{1,2}[.:]\d\d\b|\b20\d\d-\d\d")
_NAME = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?")
_FEWEST_DIGITS, _MOST_WORDS = 7, 4
_LONGEST_ADDRESS = 254
_STOPS = re.compile(r"[,.!?;\n()]")
_PARTICLES = frozenset("de da do dos das van von der den del della di la le zu zur ten ter".split())
_LIGHT = frozenset(("skip", "and", "for_whom", "whose", "name_before", "named", "me"))
"""Lists whose words may be part of a name: "van", "y"."""
_HARD_STOP = re.compile(r"(?<=\w\w)[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of contact data as it was written, and where."""

    text: str
    start: int
    end: int


def email(text: str) -> Found | None:
    """Return the e-mail address in text."""
    found = _EMAIL.search(text)
    return Found(found.group().rstrip("."), found.start(), found.end()) if found else None


def phone(text: str, country: str | None) -> Found | None:
    """Return the phone number in text: as E.164 where the country's numbers say how, else as it was written.

    Dates and times are none.
    """
    for found in _PHONE.finditer(text):
        written = found.group().strip()
        if sum(c.isdigit() for c in written) >= _FEWEST_DIGITS and not _DATED.search(written):
            return Found(phones.e164(written, country) or written, found.start(), found.end())
    return None


def address(written: str | None) -> str | None:
    """Return an e-mail address if that is what was written, and no more than a mail server takes."""
    found = _EMAIL.fullmatch((written or "").strip().rstrip("."))
    return found.group().lower() if found and len(found.group()) <= _LONGEST_ADDRESS else None


@cache
def at_end(language: str, *keys: str) -> re.Pattern[str]:
    """Return what finds a phrase of some lists at the end of a plain text: directly before a name."""
    phrases = frozenset[str]().union(*(lists(language)[key] for key in keys))
    every = sorted(map(re.escape, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?: (?:the|der|dem|die|el|la|il|le|de|o|a))?$")


def name(text: str, language: str, said: Sequence[Mark], masked: str, asked: bool, value: int | None) -> Found | None:
    """Return the customer's own name: after "my name is", beside a number, or the whole answer where it was asked for.

    masked is the text without the names of services and staff, its days and times as commas; value: where the first of
    those stands. In another sentence than the first it is no reason to take an answer for something else ("Dana. are we
    all done at 4?").
    """
    masked = _without_numbers(masked)
    first = _HARD_STOP.search(text)
    busy = value is not None and not (first and first.start() < value)
    if asked and (found := _standing_alone(masked, language, said)):
        return found
    outright = {mark.start for mark in said if mark.key == "named"}
    for mark in said:
        free = (asked and not busy) or mark.start in outright
        if mark.key == "name_before" and (found := _leading(masked, mark.end, language, free)):
            return found
    if asked and not busy and (found := _answering(masked, language)):
        return found
    if phone(text, None) and (found := _leading(masked, 0, language, False)):
        return found
    return _standing_alone(masked, language, said)


def is_outright(said: Sequence[Mark]) -> bool:
    """Tell whether a message says in so many words what the name is: enough to change one that is known."""
    return any(mark.key == "named" for mark in said)


def _standing_alone(text: str, language: str, said: Sequence[Mark]) -> Found | None:
    """Return the full name that is all of a part of a message, or stands after "for": "5 pm, Tom Harris"."""
    whom = re.compile(rf"\b(?:{'|'.join(map(re.escape, lists(language)['for_whom']))})\s+(?=[^\W\d_]\S*\s+[^\W\d_])")
    cuts = [*_STOPS.finditer(text), *(m for m in whom.finditer(text) if text[m.end()].isupper())]
    edges = [0, *sorted(one.end() for one in cuts), len(text) + 1]
    parts = [text[start : end - 1] for start, end in pairwise(edges)]
    for start, part in reversed(list(zip(edges, parts, strict=False))):
        bare = part.strip(" \"'")
        if bare and _is_full_name(bare, text, language):
            at = text.index(bare, start)
            if not any(mark.start < at + len(bare) and at < mark.end for mark in said if mark.key not in _LIGHT):
                return Found(bare, at, at + len(bare))
    return None


def _is_full_name(part: str, text: str, language: str) -> bool:
    """Tell whether a part of a message is two to four words that are nothing but a name, each with a capital."""
    table = lists(language)
    known = table["common"] | table["courtesy"] | table["trade"] | table["yes"] | table["filler"] | table["kin"]
    words = part.split()
    named = [one for one in words if one.casefold() not in _PARTICLES]
    if not 2 <= len(named) <= _MOST_WORDS or len(words) > _MOST_WORDS + 2 or words[-1].casefold() in _PARTICLES:
        return False
    shouted = any(len(one) > 1 and one.isupper() for one in named) and not text.isupper()
    return not shouted and all(_NAME.fullmatch(w) and w[:1].isupper() and plain(w) not in known for w in named)


def _answering(text: str, language: str) -> Found | None:
    """Return the name in an answer to "what is your name?": a part of it with a capital, before one without."""
    table, found = lists(language), list[Found]()
    polite = table["filler"] | table["yes"] | table["courtesy"]
    edges = [0, *(one.end() for one in _STOPS.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        name = _leading(text[:end], start, language, True)
        rest = plain(text[name.end : end]).split() if name else []
        goes_on = name and " " in name.text and rest[:1] and rest[0] in table["and"]  # "nuria echagüe y mi hermana"
        if name and (name.text[:1].isupper() or goes_on or all(word in polite for word in rest)):
            found.append(name)
    whole = [one for one in found if one.text[:1].isupper() and plain(one.text) not in table["praise"]]
    return next(iter((*whole, *found)), None)


def _without_numbers(text: str) -> str:
    found = (*_EMAIL.finditer(text), *_PHONE.finditer(text))
    for one in found:
        text = text[: one.start()] + " " * (one.end() - one.start()) + text[one.end() :]
    return text


def _leading(text: str, start: int, language: str, asked: bool) -> Found | None:
    """Return the name that text begins with from start on; only where it was asked for need it have no capital."""
    table = lists(language)
    never = table["common"] | table["yes"] | table["filler"] | table["kin"] | table["courtesy"]
    first = last = None
    particle = False
    for found in re.finditer(r"\S+", text[start:]):
        bare = found.group().strip(",.!?;:()\"'’-–")
        folded = bare.casefold()
        begins = _NAME.fullmatch(bare) and folded not in never and (asked or bare[:1].isupper())
        if first is not None and folded in _PARTICLES:
            particle = True
            continue
        ends = first is not None and folded in table["and"] and text[first].islower()
        if not begins or ends or (particle and not bare[:1].isupper()):
            if first is None and (folded in table["filler"] or plain(bare) in table["courtesy"] or not bare):
                continue
            break
        at = start + found.start() + found.group().index(bare)
        first = at if first is None else first
        last = at + len(bare)
        if _STOPS.search(found.group()[-1]) or len(text[first:last].split()) == _MOST_WORDS:
            break
    return None if first is None or last is None else Found(text[first:last], first, last)
