"""How old somebody is: the "4 and 7" of "my boys are 4 and 7" tell no hours, and that there are two of them."""

from collections.abc import Sequence

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Word, phrases
from truebook.language.values.counting import number_words

_GROWN = 17
YEARS = frozenset("y yr yrs years year old yo jahre jahr jährig anos ano ans an anni jaar jaren".split())
"""What follows an age."""


def ages(last: int, words: Sequence[Word], text: str, language: str) -> list[Word]:
    """Return the numbers right behind somebody (last: the place of the last word of them) that tell how old they are.

    They stand behind an "are" or a bracket or a comma, and nothing but a stop or "years" follows: those of "my kids are
    free at 4" and "my boys, 4 pm" are none.
    """
    numbers, joints = number_words(language), lists(language)["and"]
    at, gap = last + 1, text[words[last].end :].lstrip()[:1]
    for _ in range(2):  # "who are", "which are aged"
        led = phrases(words[at : at + 2], lists_of("company", language)["aged"])
        at, gap = (at + led[0] + 1, "is") if 0 in led else (at, gap)
    found = list[Word]()
    while at < len(words) and (numbers.get(words[at].text, _GROWN) < _GROWN or (found and words[at].text in joints)):
        found += [words[at]] if words[at].text in numbers else []
        at += 1
    behind = text[found[-1].end :].lstrip()[:1] if found else ""
    years = at < len(words) and words[at].text in YEARS
    told = gap in ("is", "(") or (gap == "," and (years or len(found) > 1))
    return found if told and (years or behind in ("", *".,;!?)-–\n")) else []
