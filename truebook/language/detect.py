"""Which of the seven languages a message is in, whatever the business's own are."""

from truebook.language.lists import LANGUAGES, lists
from truebook.language.marks import words_of

_ENOUGH_WORDS = 3  # later in a conversation, one or two words ("ok", "no", "Anna") never switch the language
_CLEARLY = 2  # words more than in the language so far


def detect(text: str, spoken: str, *, begun: bool) -> str:
    """Return the language of text; spoken, the language so far, unless another is clearly better.

    begun: something was said before, so that a single word is no reason to change.
    """
    words = [word.text for word in words_of(text)]
    if begun and len(words) < _ENOUGH_WORDS:
        return spoken
    known = {code: sum(_weight(word, code) for word in words) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: (known[code], code == spoken))
    needed = known.get(spoken, 0) + (_CLEARLY if begun else 0.5)
    return best if known[best] >= needed else spoken


def _weight(word: str, code: str) -> float:
    """Return how much a word speaks for a language: a word of every second language says little."""
    if not _knows(word, code):
        return 0
    return 1.5 if sum(_knows(word, other) for other in LANGUAGES) == 1 else 1


def _knows(word: str, code: str) -> bool:
    table = lists(code)
    return word in table["common"] or word in table["yes"] or word in table["filler"] or word in table["appointment"]
