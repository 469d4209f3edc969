"""Services that a business does not do, and customers ask it for: each is a value as its own services are."""

from collections.abc import Sequence

from truebook.language.lists import lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import Word, phrases
from truebook.language.lists.timewords import spelled
from truebook.language.names import Hit
from truebook.language.spans import Span, clear_of, spans

_MARK = "~"  # what the id of a service begins with that the business does not do


def is_elsewhere(service: str | None) -> bool:
    """Tell whether an id is that of a service that the business does not do."""
    return (service or "").startswith(_MARK)


def done_elsewhere(words: Sequence[Word], taken: Sequence[Span], called: frozenset[str], language: str) -> list[Hit]:
    """Return where a message names a service of those that the business does not do (`called`), and not what somebody
    is examined in: "the physics exam", "examen de física"."""
    found = phrases(words, called)
    if not found:
        return []
    small, exams = spelled(language, "of"), phrases(words, lists_of(LIMITS, language)["occasion"])
    beside = {at for first, last in exams.items() for at in (first - 1, last + 1)}
    beside |= {at + 1 for at in beside if 0 <= at < len(words) and words[at].text in small}
    hits = list[Hit]()
    for a, b in ((a, b) for a, b in found.items() if not {a, b} & beside):
        name = " ".join(word.text for word in words[a : b + 1])
        hits += clear_of([Hit((f"{_MARK}{name}",), words[a].start, words[b].end)], [*taken, *spans(hits)])
    return hits
