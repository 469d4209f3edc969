"""The words of a language, compiled from its table: which kinds of thing a word or phrase can be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from truebook.language.remembering import remembers
from truebook.language.temporal.grammar import Item
from truebook.language.temporal.literals import literals
from truebook.language.temporal.spelling import Token, fold, tokens, variants
from truebook.language.temporal.values import Number
from truebook.language.temporal.vocabulary import entries
from truebook.language.words import table
from truebook.language.words.model import TimeWords

SIGNS = {"glue": ",();/'\"-–—.:", "mark": ",-–/.", "dash": "-–—", "stop": "!?¿¡…"}
MISSPELLED = ("weekday", "month", "relative", "part", "next", "unit")
SHORTEST_MISSPELLED = 6
SHORTEST_SWAPPED = 5


@dataclass(slots=True)
class Branch:
    """A place in the tree of all phrases, token by token."""

    next: dict[str, "Branch"] = field(default_factory=dict)
    kinds: dict[str, Any] = field(default_factory=dict)


class Lexicon:
    """The phrases of one language; `items` cuts a text into them."""

    def __init__(self, words: TimeWords) -> None:
        """Compile a table."""
        self.words = words
        self.root = Branch()
        self.suffixes = set(_folded(words.ordinal_suffixes))
        self.glued = {**dict.fromkeys(_folded(words.glued_am), "am"), **dict.fromkeys(_folded(words.glued_pm), "pm")}
        self.real_words = set(_folded(words.not_misspelled))
        for spellings, kind, meaning in entries(words):
            for phrase in variants(spellings):
                self._add(phrase, kind, meaning)
        for kind, signs in SIGNS.items():
            for sign in signs:
                self.root.next.setdefault(sign, Branch()).kinds[kind] = sign
        long = [(word, branch.kinds) for word, branch in self.root.next.items() if len(word) >= SHORTEST_SWAPPED]
        self.candidates = [word for word, kinds in long if any(kind in kinds for kind in MISSPELLED)]
        self.nearest = remembers(10_000)(self._nearest)

    def _add(self, phrase: str, kind: str, meaning: Any) -> None:
        branch = self.root
        for token in tokens(phrase):
            if token.text != "-":
                branch = branch.next.setdefault(token.text, Branch())
        branch.kinds.setdefault(kind, meaning)

    def items(self, text: str) -> list[Item]:
        """Return the items of a text: literals such as 8:30, known phrases, and unknown words without kinds."""
        result: list[Item] = []
        last = 0
        for item in literals(text):
            self._cut(text, last, item.start, result)
            result.append(item)
            last = item.end
        self._cut(text, last, len(text), result)
        return result

    def _cut(self, text: str, start: int, end: int, result: list[Item]) -> None:
        found = [
            token._replace(
                start=token.start + start,
                end=token.end + start,
                glued=token.glued or (i == 0 and bool(result) and result[-1].end == token.start + start),
            )
            for i, token in enumerate(tokens(text[start:end]))
        ]
        index = 0
        while index < len(found):
            item, index = self._item(found, index)
            result.append(item)

    def _item(self, found: list[Token], index: int) -> tuple[Item, int]:
        token = found[index]
        if token.text.isdecimal():
            kinds, after = self._number(found, index)
            phrase, further = self._phrase(found, index)
            if further > after and "num" not in phrase:
                kinds, after = phrase, further
        elif token.glued and token.text in self.glued and (index == 0 or found[index - 1].text.isdecimal()):
            kinds, after = {self.glued[token.text]: True}, index + 1
        else:
            kinds, after = self._phrase(found, index)
        if not kinds and token.text.isalpha():
            kinds = self._misspelled(token.text)
        if token.text == "." and (after == len(found) or not found[after].glued):
            kinds = {"stop": True}
        titled = token.capital and index > 0 and found[index - 1].text not in ".!?:"
        if titled and kinds.get("num") == Number(1):
            kinds = {}  # a name such as "One on Center"
        after = _swallow_dot(found, index, after, kinds)
        return Item(token.start, found[after - 1].end, dict(kinds), token.glued, titled and not kinds), after

    def _number(self, found: list[Token], index: int) -> tuple[dict[str, Any], int]:
        token = found[index]
        width = len(token.text)
        if width > 4:
            return {}, index + 1
        value = int(token.text)
        following = found[index + 1] if index + 1 < len(found) else None
        ordinal = self._ordinal(found, index) if 0 < value <= 31 else 0
        if ordinal:
            return {"ord": Number(value, width)}, ordinal
        kinds: dict[str, Any] = {}
        if width <= 2:
            kinds["num"] = Number(value, width)
        else:
            kinds["digits"] = token.text
            if width == 4 and 1900 <= value < 2100:
                kinds["year"] = value
        dotted = following and following.text == "." and following.glued
        if self.words.ordinal_dot and dotted and 0 < value <= 31:
            return {**kinds, "ord": Number(value, width)}, index + 2
        return kinds, index + 1

    def _ordinal(self, found: list[Token], index: int) -> int:
        """Return the index after an ordinal such as "1st" or "1.º", or 0."""
        after = index + 1
        dotted = after + 1 < len(found) and found[after].text == "."
        if dotted and found[after + 1].glued and found[after + 1].text in "oa":
            after += 1
        if after == len(found) or not found[after].glued or found[after].text not in self.suffixes:
            return 0
        digits = after + 1 < len(found) and found[after + 1].glued and found[after + 1].text.isdecimal()
        return 0 if digits else after + 1

    def _phrase(self, found: list[Token], index: int) -> tuple[dict[str, Any], int]:
        branch, best, after = self.root, {}, index + 1
        at = index
        while at < len(found):
            step = branch.next.get(found[at].text)
            if step is None and found[at].text == "-" and at > index:
                at += 1
                continue
            if step is None or (
                at == index + 1 and found[index].text.isdecimal() and not found[at].glued and len(found[at].text) == 1
            ):
                break
            branch, at = step, at + 1
            if branch.kinds:
                best, after = branch.kinds, at
        return best, after

    def _misspelled(self, word: str) -> dict[str, Any]:
        if len(word) < SHORTEST_SWAPPED or word in self.real_words:
            return {}
        nearest = self.nearest(word)
        kinds = self.root.next[nearest].kinds if nearest else {}
        return {kind: meaning for kind, meaning in kinds.items() if kind in MISSPELLED}

    def _nearest(self, word: str) -> str | None:
        for candidate in self.candidates:
            short = len(word) < SHORTEST_MISSPELLED and "weekday" not in self.root.next[candidate].kinds
            short = short or len(candidate) < SHORTEST_MISSPELLED  # of it only two letters may have changed places
            near = sorted(word) == sorted(candidate) if short else word[0] == candidate[0]
            allowed = 2 if len(candidate) >= 9 else 1
            if near and OSA.distance(word, candidate, score_cutoff=allowed) <= allowed:
                return candidate
        return None


@cache
def lexicon(language: str) -> Lexicon:
    """Return the compiled words of a language; raise LookupError when it has no table."""
    return Lexicon(table(language))


def _folded(spellings: str) -> Iterator[str]:
    return (fold(spelling) for spelling in variants(spellings))


def _swallow_dot(found: list[Token], index: int, after: int, kinds: dict[str, Any]) -> int:
    """Let an abbreviation keep its full stop ("Oct. 2")."""
    short = after == index + 1 and 1 < len(found[index].text) <= 5
    abbreviated = any(kind in kinds for kind in ("weekday", "weak", "month", "around", "unit", "am", "pm"))
    if short and abbreviated and after < len(found) and found[after].text == "." and found[after].glued:
        return after + 1
    return after
