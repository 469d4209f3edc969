"""Which of the seven languages a text is in, told by the pieces of its words; learned from the examples of the acts."""

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from zlib import crc32

from truebook.language.languages import LANGUAGES
from truebook.language.lists import courteous, lists, lists_of
from truebook.language.lists.ordinary import ordinary
from truebook.language.names import given_names
from truebook.language.remembering import remembers
from truebook.language.text import plain

STEP = 0.04  # what one unit of a table counts, in natural logarithms
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MASKED = re.compile(r"\{[a-z]+\}")
_CODES = re.compile(  # a booking code is of no language, whatever its letters happen to spell
    r"\b(?=\w*\d|\w+-\w*\d)\w{3}-\w{3}\b|\b[A-Z]{3}-[A-Z]{3}\b|^\W*[a-z]{3}-[a-z]{3}\W*$"
)
_FULL_NAME = re.compile(r"\b([A-ZÀ-Þ][^\W\d_]+)(?: [A-ZÀ-Þ][^\W\d_]+){1,3}")
_LONGEST = 4
_DAMPED = 0.25  # the pieces of a word overlap: each of them counts as a part of a witness
_FIRST, _LOYAL = 0.5, 0.95  # how probable the language so far is before anything is read
_A_HALF = 0.5
_OTHERWISE = 0.1  # how much a text counts for a language in which nobody greets so
_ENOUGH_WORDS = 3
_ENOUGH_LETTERS = 3  # "hm" and "ok" are of no language
_ROW = 4 + len(LANGUAGES)


def pieces(text: str) -> list[int]:
    """Return the words of a text and their pieces of one to four letters, hashed; of each word every piece once."""
    return [piece for word in _words_in(text) for piece in _pieces_of(word)]


def _words_in(text: str) -> list[str]:
    return _WORDS.findall(_MASKED.sub(" ", text.casefold()))


def _pieces_of(word: str) -> list[int]:
    framed = f"<{word}>"
    parts = {framed[i : i + n] for n in range(1, _LONGEST + 1) for i in range(len(framed) - n + 1)}
    return [crc32(part.encode()) for part in sorted({*parts, f"word {word}"})]


@remembers(8192)
def _distances(word: str) -> tuple[int, ...]:
    """Return how far a word is from each of the seven languages, in steps."""
    rows = (_table().get(piece) for piece in _pieces_of(word))
    return tuple(map(sum, zip(bytes(len(LANGUAGES)), *(row for row in rows if row), strict=True)))


def likelihoods(text: str) -> Mapping[str, float]:
    """Return how likely a text is in each of the seven languages; evenly so where nothing in it tells."""
    sums = [*map(sum, zip(bytes(len(LANGUAGES)), *map(_distances, _words_in(text)), strict=True))]
    least = min(sums)
    odds = [math.exp(-_DAMPED * STEP * (one - least)) for one in sums]
    return {language: one / sum(odds) for language, one in zip(LANGUAGES, odds, strict=True)}


def language_of(text: str, spoken: str, *, begun: bool) -> str:
    """Return the language of a text; spoken is the one so far, or the business's own where nothing was said yet.

    begun: something was said before, so that a word or two are no reason to change.
    """
    text = _CODES.sub(" ", text)
    words = _WORDS.findall(text)
    if (begun and len(words) < _ENOUGH_WORDS) or sum(map(len, words)) < _ENOUGH_LETTERS:
        return spoken
    if begun and all(plain(word).replace(" ", "") in _assenting(spoken) for word in words):
        return spoken  # the "jamme ja" that answers "Lo prenoto?" is no Dutch
    if all(plain(word) in given_names() for word in words):
        return spoken  # a name is of no language
    if not begun and (greeted := _all_greet(words)):  # "servus"
        likely = likelihoods(text)
        return spoken if spoken in greeted else max(sorted(greeted), key=lambda code: likely[code])
    text = _without_names(text)
    trust = _LOYAL if begun else _FIRST
    greeted = _greetings().get(plain(words[0]), frozenset(LANGUAGES)) if not begun else frozenset[str]()
    found = {code: one * (1.0 if code in greeted else _OTHERWISE) for code, one in likelihoods(text).items()}
    found = {code: one / sum(found.values()) for code, one in found.items()}
    others = (1 - trust) / (len(LANGUAGES) - 1)
    if max(found.values()) < _A_HALF:  # of no language more than of all others: it tells nothing
        return spoken
    best = max(LANGUAGES, key=lambda code: found[code] * (trust if code == spoken else others))
    if not begun or best == spoken:
        return best
    own, known = ordinary(best), ordinary(spoken)  # "wi Ben will dae" has no word that only German has
    return best if any(word in own and word not in known for word in map(plain, words)) else spoken


def _all_greet(words: list[str]) -> frozenset[str]:
    """Return the languages in which all words greet."""
    known = [_greetings().get(plain(word), frozenset[str]()) for word in words]
    return frozenset(LANGUAGES).intersection(*known)


def _without_names(text: str) -> str:
    """Return a text without first names and the surnames behind them, as long as anything else is in it."""
    rest = _FULL_NAME.sub(lambda m: m[0] if plain(m[1]) not in given_names() else " ", text)
    return rest if sum(map(len, _WORDS.findall(rest))) >= _ENOUGH_LETTERS else text


@cache
def _assenting(language: str) -> frozenset[str]:
    """Return the words of which a yes is composed in a language."""
    consent, own = lists_of("consent", language), lists(language)
    phrases = consent["yes"] | consent["yes_book"] | consent["beside"] | own["yes"] | own["yes_book"] | own["filler"]
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _greetings() -> Mapping[str, frozenset[str]]:
    """Return the words that greet, each with the languages in which it does."""
    words = {word for code in LANGUAGES for word in courteous(code)}
    return {word: frozenset(code for code in LANGUAGES if word in courteous(code)) for word in words}


@cache
def _table() -> Mapping[int, bytes]:
    data = files("truebook.language").joinpath("idiom.bin").read_bytes()
    rows = (data[at : at + _ROW] for at in range(0, len(data), _ROW))
    return {int.from_bytes(row[:4], "little"): row[4:] for row in rows}
