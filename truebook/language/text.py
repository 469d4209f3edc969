"""How a message is written down before it is understood: one spelling, sentence by sentence."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from truebook.language.remembering import remembers

_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´\"″](?=\w)")
_TITLES = "".join(rf"(?<!\b{one})" for one in "dr dra mr mrs ms prof hr sr sra dott mag st".split())
_SENTENCE_ENDS = re.compile(rf"[!?\n]+|(?<!\b[\w]){_TITLES}\.+(?=\s|$|[A-Z])", re.IGNORECASE)
THAT = r"\s*(?:dass|daß|dat|that|che|que)\b"
"""What may follow a comma that ends nothing: "write down, that ..." is one stretch."""
_NOT_WORDS = re.compile(r"[^\w@+&:/.]+|(?<!\d)[.:/&]|[.:/&](?!\d)")


HEARD = 1000
"""Characters of a message that are listened to, once it is written down: understanding takes longer than in proportion,
and a wish is short."""
_SIGNS = str.maketrans(dict.fromkeys("👍👌✅🆗🙌", " ok, ") | dict.fromkeys("👎❌🚫", " no, "))


@remembers(4096)
def within_hearing(text: str) -> str:
    """Return as much of a text as is listened to: HEARD characters, as many as they are when it is written down.

    One sign of a text may be eighteen letters then (U+FDFA), so a text is measured by what becomes of it.
    """
    if text.isascii():
        return text[:HEARD]
    left = HEARD
    for place, character in enumerate(text):
        left -= _length(character)
        if left < 0:
            return text[:place]
    return text


@remembers(4096)
def _length(character: str) -> int:
    return len(unicodedata.normalize("NFKD", character.translate(_SIGNS).casefold()))


@remembers(4096)
def plain(text: str) -> str:
    """Return text in lower case, without accents, apostrophes and punctuation, words one space apart."""
    bare = text.casefold()
    if bare.isascii() and bare.replace(" ", "").isalpha():
        return " ".join(bare.split())
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", bare))
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_NOT_WORDS.sub(" ", bare).split())


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of text starts and ends."""
    ends = [m.end() for m in _SENTENCE_ENDS.finditer(text)]
    bounds = sorted({0, *ends, len(text)})
    return list(pairwise(bounds))


def either(phrases: Iterable[str]) -> str:
    """Return what finds one of some phrases as a part of a regular expression, the longest first."""
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def words(text: str) -> frozenset[str]:
    """Return the words of text as a set."""
    return frozenset(text.split())
