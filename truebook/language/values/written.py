"""Words as those of names are written: in a row, with a "van der" between them, none of them a word of the language."""

import re
from dataclasses import dataclass

from truebook.language.lists import in_any
from truebook.language.lists.ordinary import ordinary
from truebook.language.names import TITLES, given_names
from truebook.language.text import plain
from truebook.language.words import table

PARTICLES = frozenset(
    "de da do dos das du des van von vom vd der den del della dei di la le lo los las zu zur ten ter 't".split()
)
ARTICLES = frozenset("o a der die den dem el la il het".split())
MOST_WORDS = 4
_ALONE = ARTICLES | frozenset("le lo li los las das de des da do du dos del".split())
"""Particles with which alone no name begins: "De Anna"."""
_BEFORE = frozenset("op in aan bij uit auf an aus und".split())
"""What may stand before a particle in a name: "op den Kamp", "von und zu"."""
_SMALL = PARTICLES | _BEFORE
_PARTICLE, _LED = "|".join(PARTICLES), "|".join(_BEFORE)
_PART = re.compile(
    rf"((?:(?:(?:{_LED})\s+(?=(?:{_PARTICLE})\s)|(?:{_PARTICLE})\s+)(?=[^\s,;!?()\d]))*)([^\s,;!?()\d]+)", re.IGNORECASE
)
_SHORTENED = r"(?i:i|you|he|she|it|we|they|who|that)['’](?i:d|m|ll|ve|re|s)\b"  # "I'd"
NAME = re.compile(rf"(?!{_SHORTENED})[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?")
STOPS = re.compile(r"[,.!?;:\n()]")
_FIRST_LETTER = re.compile(r"(?<!\w)(?!d['’])[^\W\d_]|(?<=\bmc)[^\W\d_]")
_SURNAME = re.compile(r" ([A-ZÀ-ÖØ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*)")
OWNS = re.compile(r"['’]s$")  # "Mark Dunne's my name"
_SOUND = re.compile(
    r"h+([aeiou])(?:h+\1)+h*|j+([aei])(?:j+\2)+j*|([aei])(?:h+\3)+h*|k{2,}|(?:rs)+s*|lo+l+|x+d+|mdr+|\w*(\w)\4\4\w*",
    re.IGNORECASE,
)
"""A laugh, or a word that is drawn out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of contact data as it was written, and where."""

    text: str
    start: int
    end: int


def around(one: Found, text: str) -> tuple[str, str]:
    """Return what stands before and behind something in its part of a text, plain."""
    start = max((m.end() for m in STOPS.finditer(text, 0, one.start)), default=0)
    stop = next((m.start() for m in STOPS.finditer(text, one.end)), len(text))
    return plain(text[start : one.start]), plain(text[one.end : stop])


def is_word_of_a_name(word: str) -> bool:
    """Tell whether a word is written as those of names are; nobody is called "hahaha" or "nooo"."""
    return NAME.fullmatch(word) is not None and _SOUND.fullmatch(word) is None


def bare(word: str) -> str:
    """Return a word without the stops and the quotation marks around it."""
    return word.strip(",.!?;:()\"'’‘“”„«»-–")


def capitalised(name: str) -> str:
    """Return a name with its capitals, where it is written without: "dangl franz" is Dangl Franz; particles stay."""
    words = (one if one in _SMALL else _FIRST_LETTER.sub(lambda m: m.group().upper(), one) for one in name.split())
    return " ".join(words) if name.islower() else name


def parts_of(text: str, start: int = 0) -> list[re.Match[str]]:
    """Return the words of a text in order, each with the particles before it as its first group."""
    return list(_PART.finditer(text, start))


def parts_of_name(name: str) -> list[str]:
    """Return the parts of a name: "Joost" and "van der Meer"."""
    return [part.group() for part in parts_of(name)]


def is_led(part: re.Match[str], first: str, language: str) -> bool:
    """Tell whether a word behind particles goes on with a name, be it a word of the language: the "van der Meer" of
    "Joost van der Meer". In small letters such a word ends what is said, and stands behind no "in de"."""
    word = bare(part[2])
    if not part[1] or not is_word_of_a_name(word) or word.casefold() in PARTICLES:
        return False
    if plain(word) not in ordinary(language):
        return True
    ends = part[2][-1] in ".:" or part.string[part.end() :].lstrip()[:1] in ("", *",;!?()\n")
    if word[:1].isupper():
        return ends or not table(language).capital_nouns
    return ends and part[1].split()[0].casefold() in PARTICLES and plain(bare(first)) in given_names()


def begins(part: re.Match[str], language: str) -> bool:
    """Tell whether a name begins with its particles, as "Van der Meer" does."""
    led, word = part[1].split(), bare(part[2])
    large = bool(led) and led[0][:1].isupper() and word[:1].isupper() and is_word_of_a_name(word)
    nouns = table(language).capital_nouns  # neither "Die Haare" nor "Und da Kevin"
    large = large and not (nouns and (plain(word) in ordinary(language) or led[0].casefold() in _BEFORE))
    within = part.string[: part.start()].rstrip()[-1:].isalpha()  # the "De Graaf" of "op naam van De Graaf"
    return large and (within or len(led) > 1 or led[0].casefold() not in _ALONE)


def whole(text: str, masked: str, start: int, language: str) -> Found | None:
    """Return the full name that a part of a message begins with, whatever its words mean: "Gareth Price", "Luana Dias",
    "Wil de Bruin, please"."""
    stop = STOPS.search(text, start)
    part = text[start : stop.start() if stop else len(text)]
    words = part.split()
    words = words[1:] if words and plain(words[0]) in TITLES else words
    while words and not words[-1][:1].isupper() and plain(words[-1]) in in_any(language, "courtesy", "filler", "yes"):
        words.pop()
    at = text.find(words[0], start) if words else start
    large = [one[:1].isupper() for one in words]
    named = all(is_word_of_a_name(one) for one in words) and not text.isupper() and all(large[:1] + large[-1:])
    named = named and all(is_large or one in PARTICLES for one, is_large in zip(words, large, strict=True))
    first = plain(words[0]) if words else ""
    strange = first in given_names() or not all(large) or first not in ordinary(language)
    if not (named and strange and 2 <= len(words) <= MOST_WORDS and masked.startswith(words[0], at)):
        return None
    found = " ".join(words)
    return Found(found, at, at + len(found)) if text.startswith(found, at) else None


def runs(text: str, language: str) -> list[Found]:
    """Return the runs of up to four words that are no words of the language, each with the "van der" before it."""
    known = ordinary(language)
    found, run = list[Found](), list[re.Match[str]]()
    for part in [*parts_of(text), None]:
        word = bare(part[2]) if part else ""
        follows = run and part and not text[run[-1].end() : part.start()].strip() and run[-1].group()[-1] not in ".:"
        follows = follows and not (word[:1].isupper() and run[0].group().islower())  # "ponham Beatriz"
        led = part is not None and (is_led(part, run[0][2], language) if follows else begins(part, language))
        takes = led or (
            is_word_of_a_name(word)
            and not {plain(word), plain(OWNS.sub("", word))} & known
            and word.casefold() not in PARTICLES
        )
        if run and not (takes and follows and part and (led or not part[1]) and len(run) < MOST_WORDS):
            found.append(_run(text, run, language))
            run = []
        if takes and part:
            run.append(part)
    return [one for one in found if one.text]


def with_surname(first: Found, text: str, language: str) -> Found:
    """Return a first name with the surname right behind it, be it a word of the language: "Hannah Price +43 664 …";
    where nouns have capitals it ends what is said."""
    if " " in first.text or not {plain(first.text)} & given_names():
        return first
    behind = _SURNAME.match(text, first.end)
    ends = behind and text[behind.end() :].lstrip()[:1] in ("", *",.!?;+(\n0123456789")
    if not behind or plain(behind[1]) in in_any(language, "courtesy", "yes", "no") or text.isupper():
        return first
    if table(language).capital_nouns and not ends:
        return first
    return Found(text[first.start : behind.end()], first.start, behind.end())


def of_a_pair(text: str, language: str) -> Found | None:
    """Return the first of two people who share a surname, with it: "Sam Green" of "Sam and Alex Green"."""
    joints = in_any(language, "and") | {"&"}
    for one in runs(text, language):
        first, *surname = one.text.split()
        before = list(re.finditer(r"\S+", text[: one.start]))[-2:]
        if len(before) < 2 or not surname:
            continue
        name, joint = (found.group() for found in before)
        alone = not (text[: before[0].start()] + text[one.end :]).strip(" .!")  # nothing else is said
        called = name[:1].isupper() and (alone or {plain(name), plain(first)} <= given_names())
        if (plain(joint) or joint) in joints and called:
            return Found(" ".join((name, *surname)), before[0].start(), before[0].end())
    return None


def _run(text: str, parts: list[re.Match[str]], language: str) -> Found:
    first, last = parts[0], parts[-1]
    start = first.start() if begins(first, language) else first.start(2) + first[2].index(bare(first[2]))
    name = OWNS.sub("", text[start : last.start(2) + last[2].rindex(bare(last[2])) + len(bare(last[2]))])
    return Found(name, start, start + len(name))
