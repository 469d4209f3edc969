"""In which order the services of one visit are: "a blood test just before the laser", "the colour first", "the other
way round"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from truebook.language.lists import lists_of
from truebook.language.lists.marks import phrases
from truebook.language.merge import adopted
from truebook.language.names import Hit
from truebook.language.spans import blanked
from truebook.language.state import State
from truebook.language.values.said import Values
from truebook.language.visits.party import SMALL
from truebook.language.wish import Visit

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Order:
    """Which service comes first, and whether it is to end when the next one begins, whose hour is told."""

    first: str
    before: bool


def asks_which_way(values: Values) -> bool:
    """Tell whether it is asked if several come at once or one after the other: "at the same time or in turn?"."""
    in_turn, at_once = (any(map(values.says, keys)) for keys in (("in_turn", "right_after"), ("same_time", "at_once")))
    return (in_turn and at_once) or ((in_turn or at_once) and values.says("or"))


def order_of(values: Values, parts: Sequence[str]) -> Order | None:
    """Return which of several services a message says comes first; parts: how they stand now."""
    own, words = lists_of("ordering", values.language), values.words
    told = [hit for hit in values.services if len(hit.ids) == 1]
    every = {*parts, *(hit.ids[0] for hit in told)}
    if len(every) < _PAIR:
        return None
    for kind in ("before", "beforehand", "to_begin"):
        for first, last in phrases(words, own[kind]).items():
            start, end = words[first].start, words[last].end
            inside = values.part(start, "and", "but")
            here = [hit for hit in told if inside[0] <= hit.start < inside[1]]
            after = next((hit for hit in told if hit.start >= end and values.joined(end, hit.start, *SMALL)), None)
            before = [hit for hit in told if hit.end <= start]
            if kind == "before" and after and before and before[-1].ids != after.ids:
                return Order(before[-1].ids[0], before=True)
            timed = any(at >= end and values.joined(end, at, *SMALL) for at in values.whens)
            alone = len({hit.ids for hit in here}) == 1
            if kind == "beforehand" and alone and not timed and _is_further(here[0], told, parts):
                return Order(here[0].ids[0], before=True)
            if kind == "to_begin" and alone:
                return Order(here[0].ids[0], before=False)
    turned = phrases(words, own["reversed"]) if not values.people else {}  # "the other way round: Clara cuts her hair"
    return Order(parts[1], before=False) if turned and len(parts) == _PAIR else None


def told_before(values: Values) -> list[int]:
    """Return where a message says that something is before what comes next: "a blood test just before the laser"."""
    found = phrases(values.words, lists_of("ordering", values.language)["before"])
    return [values.words[first].start for first in found]


def _is_further(hit: Hit, told: Sequence[Hit], parts: Sequence[str]) -> bool:
    """Tell whether another service than this one is named before it, or stands already."""
    return any(other.ids != hit.ids and other.start < hit.start for other in told) or bool({*parts} - {*hit.ids})


def ordered(state: State, values: Values) -> tuple[State, str] | None:
    """Return state with the parts of the visit in the order that a message tells, and what else it says; None where it
    tells none: "no, put the blood test first"."""
    visit, along = state.wish.visit, state.along
    parts = [one.service or visit.service or "" for one in (visit, *along)]
    told = order_of(values, parts) if along and (state.readback or state.offered or state.asked) else None
    if told is None or told.first not in parts[1:]:
        return None
    place = parts.index(told.first) - 1
    first, was = along[place], adopted(visit, state.readback) if state.readback else visit
    when = was.without("staff").constraints
    staff = tuple(replace(c, must=True) for c in was.on("staff"))
    begins = Visit(parts[place + 1], first.whom, (*when, *first.on("staff")))
    rest = Visit(visit.service, visit.whom, staff)
    further = (rest, *along[:place], *along[place + 1 :])
    wish = replace(state.wish, visit=begins)
    return replace(state, wish=wish, along=further, readback=None), _without_order(values)


def _without_order(values: Values) -> str:
    """Return the text of a message without what tells an order."""
    found = [phrases(values.words, one) for one in lists_of("ordering", values.language).values()]
    told = [(values.words[a].start, values.words[b].end) for one in found for a, b in one.items()]
    return blanked(values.text, told).strip()


def in_order(values: Values, visit: Visit, others: tuple[Visit, ...], *, own: bool) -> tuple[Visit, ...]:
    """Return the visits of a message in the order that it tells; own: whether the hour is that of the first named.

    A service right before one whose hour is told has none of its own then: it ends when that begins.
    """
    parts = [one.service or "" for one in (visit, *others)]
    told = order_of(values, parts) if others else None
    if told is None or told.first not in parts[1:]:
        return visit, *others
    place = parts.index(told.first) - 1
    one, clock = others[place], (*visit.on("time"), *visit.on("order"))
    keeps = told.before or own
    begins = one if keeps or one.on("time") else replace(one, constraints=(*one.constraints, *clock))
    days = () if begins.on("day") else visit.on("day")
    begins = replace(begins, constraints=(*begins.constraints, *days))
    rest = visit if keeps else visit.without("time", "order")
    return begins, rest, *others[:place], *others[place + 1 :]
