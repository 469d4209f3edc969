"""Several visits in one message: another service, the same once more, somebody who comes along."""

from dataclasses import dataclass
from itertools import pairwise

from truebook.language.lists import lists
from truebook.language.names import Hit
from truebook.language.values import Values
from truebook.language.words import table

_JOINTS = ("and", "adding", "right_after", "otherwise")
_MOST = 4
_FEW = 3  # words between a number and the service it counts


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a message that is about one visit (characters start to end), and the service it names."""

    start: int
    end: int
    service: Hit | None


def stretches(values: Values) -> tuple[Stretch, ...]:
    """Return the parts of a message that are about one service each; the whole message where that is only one."""
    named = [hit for hit in values.services if len(hit.ids) == 1]
    distinct = [hit for i, hit in enumerate(named) if hit.ids not in [other.ids for other in named[:i]]]
    if len(distinct) < 2 or len(distinct) > _MOST:
        return (Stretch(0, len(values.text), named[-1] if named else None),)
    found, start = list[Stretch](), 0
    for hit, following in pairwise(distinct):
        cut = _joint(values, hit.end, following.start)
        if cut is None:
            return (Stretch(0, len(values.text), named[-1]),)
        found.append(Stretch(start, cut, hit))
        start = cut
    return (*found, Stretch(start, len(values.text), distinct[-1]))


def _joint(values: Values, after: int, before: int) -> int | None:
    """Return where a message is cut between two services; None where one stands for the other."""
    between = [m for m in values.marks if after <= m.start and m.end <= before]
    if any(m.key in ("or", "not_before", "rather") for m in between):
        return None
    inside = [*((d.start, d.end) for d in values.days), *((t.start, t.end) for t in values.times)]
    joints = [m.start for m in between if m.key in _JOINTS]
    joints += [i for i in range(after, before) if values.text[i] in ",;\n+&"]
    free = [j for j in joints if not any(s <= j < e for s, e in inside)]
    return max(free) if free else None


def count_of(values: Values) -> int:
    """Return how many are wanted of the service that is named ("two haircuts"), 1 where no number says so."""
    if not values.services:
        return 1
    at = values.services[0].start
    before = [word.text for word in values.words if word.end <= at][-_FEW:]
    known = {name: number for number in range(2, _MOST + 1) for name in _number(values.language, number)}
    return next((known[word] for word in reversed(before[-1:]) if word in known), 1)


def _number(language: str, number: int) -> tuple[str, ...]:
    return (str(number), *table(language).numbers[number].casefold().split("|"))


def kin_of(values: Values) -> str | None:
    """Return the person of the customer's own that is spoken of: "daughter"."""
    known = lists(values.language)["kin"]
    return next((values.text[w.start : w.end] for w in values.words if w.text in known), None)
