"""Which of the account's languages a conversation is in."""

from collections.abc import Sequence

from truebook.language.phrases import phrases
from truebook.language.text import plain

_ENOUGH_WORDS = 3  # one or two words ("ok", "no", "Anna") never switch the language


def detect(text: str, spoken: str, languages: Sequence[str]) -> str:
    """Return the one of languages that text is in; spoken, the language so far, unless another is clearly better."""
    words = plain(text).split()
    if len(words) < _ENOUGH_WORDS or len(languages) < 2:
        return spoken
    known = {code: sum(w in phrases(code).common for w in words) for code in languages}
    best = max(languages, key=lambda code: (known[code], code == spoken))
    return best if known[best] >= known.get(spoken, 0) + 2 else spoken
