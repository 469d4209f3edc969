"""Words as they are typed in haste, written out before anything is understood: "jvoudrai", "ki", "x favor", "2moro".

A closed list a language (`lists/shorthand.toml`), and letters that stand for a sound: a "k" for a "qu" or a "ch", a
"j" for a "je". A strange word is written out only where that makes words that are known; what may be a name stays.
"""

import re
from collections.abc import Iterator
from functools import cache

from truebook.language.languages import data, ours
from truebook.language.ordinary import is_strange
from truebook.language.text import plain

_SOUNDS = {"fr": "qu", "es": "qu", "pt": "qu", "it": "ch"}
_ARTICLE = {"de": (re.compile(r"(?<!\w)d['’](?=[^\W\d_])"), "die ")}
"""An article of which only a letter is left: "d'Mia"."""
_EDGES = r"(?<![\w@.+'’-]){}(?![\w@'’-])"
_WORD = re.compile(_EDGES.format(r"[^\W\d_]{3,}"))
_BEGINS = re.compile(r"(?:^|[.!?\n])\s*$")


def written_out(text: str, language: str) -> str:
    """Return a text with its shorthand written out; what is no shorthand stays as it stands."""
    language = ours(language)
    listed, meanings = _listed(language)
    article = _ARTICLE.get(language)
    text = article[0].sub(article[1], text) if article else text

    def meant(found: re.Match[str]) -> str:
        return found[0] if _is_name(found) else meanings[found[0].lower()]

    def sounded(found: re.Match[str]) -> str:
        return found[0] if _is_name(found) else _sounded(found[0], language)

    return _WORD.sub(sounded, listed.sub(meant, text))


def _is_name(found: re.Match[str]) -> bool:
    """Tell whether a word has a capital within a sentence."""
    text = found.string
    return found[0][0].isupper() and not text.isupper() and not _BEGINS.search(text[: found.start()])


def _sounded(word: str, language: str) -> str:
    """Return the known words that a strange one sounds like: "kien" like "quien", "jpourrai" like "je pourrai"."""
    if not (word[0] in "jJ" or "k" in word.lower()) or not is_strange(plain(word), language):
        return word
    known = (
        one for one in _alike(word.lower(), language) if not any(is_strange(plain(w), language) for w in one.split())
    )
    return next(known, word)


def _alike(word: str, language: str) -> Iterator[str]:
    if sound := _SOUNDS.get(language):
        yield word.replace("k", sound)
        yield word.replace("k", "c")
    if language == "fr" and word[0] == "j":
        rest = word[1:].replace("k", "qu")
        yield from (f"je {rest}", f"je {rest}s")


@cache
def _listed(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the shorthand of a language, and what each of it means."""
    listed = data("truebook.language.lists", "shorthand")[language]
    meanings = {one: meant for meant, others in listed.items() for one in others.split("|")}
    every = "|".join(map(re.escape, sorted(meanings, key=len, reverse=True)))
    return re.compile(_EDGES.format(f"(?:{every})"), re.IGNORECASE), meanings
