"""Names that look like days, times or numbers: Max Freitag, Eve, April May, Jack Seven.

Where a name was asked for, is announced or stands beside a number, such a word belongs to it, if it is written as
names are: with a capital, beside another word that is one.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from truebook.language.lists import in_any
from truebook.language.lists.marks import Mark
from truebook.language.lists.ordinary import NAMES_TOO, never_names
from truebook.language.lists.timewords import spelled
from truebook.language.names import TITLES
from truebook.language.spans import Span
from truebook.language.text import plain
from truebook.language.values import contact
from truebook.language.values.counting import number_words
from truebook.language.values.written import Found
from truebook.language.words import table

_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.?[ ]+$")
_AFTER = re.compile(r"[ ]+([^\W\d_][\w'’-]*)")
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[,.!?;\n]")


def names_in_disguise(
    text: str, spans: Sequence[Span], said: Sequence[Mark], language: str, *, asked: bool
) -> frozenset[Span]:
    """Return which of the days and times of a message, and of its number words, are parts of a name.

    text: without the names of services and staff.
    """
    announced = asked or contact.is_outright(said) or any(mark.key == "name_before" for mark in said)
    number = contact.phone(text, None)
    if not (announced or number):
        return frozenset()
    alike = [m.span() for m in _WORD.finditer(text) if plain(m.group()) in _alike(language)]
    found = [one for one in (*spans, *alike) if _is_written_as_name(text, one, language, asked=asked)]
    if announced:
        return frozenset(found)
    return frozenset(one for one in found if number and _is_beside(text, one, (number.start, number.end)))


@cache
def _alike(language: str) -> frozenset[str]:
    """Return the words that may be a name beside one: numbers, months, and the names that are words too."""
    return NAMES_TOO.union(number_words(language), spelled(language, "months"))


def veiled(text: str, names: Collection[Span]) -> str:
    """Return a text with names in disguise as words that nothing else can be."""
    for start, end in names:
        name = _WORD.sub(lambda m: ("Q" + "jq" * len(m.group()))[: len(m.group())], text[start:end])
        text = text[:start] + name + text[end:]
    return text


def unveiled(found: Found, text: str) -> Found:
    """Return a name that was found in the veiled text as it is written; the surname may stand before a comma."""
    last, comma, first = text[found.start : found.end].partition(",")
    return replace(found, text=f"{first.strip()} {last.strip()}" if comma else last)


def _is_beside(text: str, name: Span, number: Span) -> bool:
    between = text[name[1] : number[0]] if name[1] <= number[0] else text[number[1] : name[0]]
    return not between.strip(" ,:;.–-()")


def _is_written_as_name(text: str, span: Span, language: str, *, asked: bool) -> bool:
    word = text[slice(*span)]
    if not word.replace(" ", "").isalpha() or not word.istitle():
        return False
    alone = asked and all(plain(one) in NAMES_TOO for one in word.split())
    number = contact.phone(text, None) if asked and span[0] == 0 else None
    beside = number and _is_beside(text, span, (number.start, number.end))  # "Sonntag, 0664 1234567"
    return alone or bool(beside) or _has_neighbour(text, span, language)


def _has_neighbour(text: str, span: Span, language: str) -> bool:
    """Tell whether a word with a capital stands beside, that is no word of the language, or a title."""
    before, after = _BEFORE.search(text[: span[0]]), _AFTER.match(text[span[1] :])
    known = never_names(language)
    if before and plain(before[1]) in TITLES:
        return True
    start = max((m.end() for m in _PARTS.finditer(text, 0, span[0])), default=0)
    stop = next((m.start() for m in _PARTS.finditer(text, span[1])), len(text))
    part = text[start:stop].split()
    polite = in_any(language, "courtesy", "filler", "yes")
    titled = len(part) > 1 and not table(language).capital_nouns and all(one.istitle() for one in part)
    titled = titled and language != "en" and not any(plain(one) in polite for one in part)
    return titled or any(m[1][:1].isupper() and plain(m[1]) not in known for m in (before, after) if m)
