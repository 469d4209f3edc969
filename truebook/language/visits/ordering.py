"""In which order the services of one visit are: "a blood test just before the laser", "the colour first", "the other
way round"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.lists.timewords import spelled
from truebook.language.merge import adopted, at_time
from truebook.language.names import Hit
from truebook.language.spans import blanked, spans, within
from truebook.language.state import State
from truebook.language.text import plain
from truebook.language.values.said import Values
from truebook.language.visits.apart import kept_apart
from truebook.language.visits.party import SMALL, my_places
from truebook.language.wish import Visit

_PAIR = 2
_DAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Order:
    """Which service comes first, and whether it is to end when the next one begins, whose hour is told."""

    first: str
    before: bool


def asks_which_way(values: Values) -> bool:
    """Tell whether it is asked if several come at once or one after the other: "at the same time or in turn?"."""
    in_turn, at_once = values.says("in_turn", "right_after"), values.says("same_time", "at_once")
    return (in_turn and at_once) or ((in_turn or at_once) and values.says("or"))


def order_of(values: Values, parts: Sequence[str]) -> Order | None:
    """Return which of several services a message says comes first; parts: how they stand now."""
    words, told = values.words, [hit for hit in values.services if len(hit.ids) == 1]
    if len({*parts, *(hit.ids[0] for hit in told)}) < _PAIR:
        return None
    for kind in ("before", "after", "beforehand", "to_begin"):
        for first, last in _told(values, kind).items():
            start, end = words[first].start, words[last].end
            inside = values.part(start, "and", "but")
            here = [hit for hit in told if inside[0] <= hit.start < inside[1]]
            after = next((hit for hit in told if hit.start >= end and values.joined(end, hit.start, *SMALL)), None)
            before = [hit for hit in told if hit.end <= start]
            if after and before and before[-1].ids != after.ids:
                if kind == "before":
                    return Order(before[-1].ids[0], before=True)
                if kind == "after" and values.lengths:  # "the laser two days after the blood test"
                    return Order(after.ids[0], before=False)
            alone = len({hit.ids for hit in here}) == 1
            further = kind == "beforehand" and alone and _is_further(here[0], told, parts)
            if further and not _leads(start, end, values):
                return Order(here[0].ids[0], before=True)
            if kind == "to_begin" and alone:
                return Order(here[0].ids[0], before=False)
    return None


def _told(values: Values, kind: str) -> dict[int, int]:
    """Return where phrases of a kind tell an order: "the first one" takes an offer, "first thing" and "erst am Montag"
    tell when."""
    the, words = spelled(values.language, "the"), values.words
    found = phrases(words, lists_of("ordering", values.language)[kind])
    if kind != "to_begin":
        return found
    found = {a: b for a, b in found.items() if not (a and words[a - 1].text in the)}
    return {a: b for a, b in found.items() if not _leads(words[a].start, words[b].end, values)}


def _leads(start: int, end: int, values: Values) -> bool:
    """Tell whether a phrase is a part of a day or a time, or leads to one."""
    ahead = any(start < at and values.joined(end, max(end, at), *SMALL) for at in values.whens)
    return ahead or within(start, spans(values.times))


def days_between(values: Values, further: int | None = None) -> int:
    """Return how many days are to lie between several at the least: "the blood test two days before the laser"; one
    where they are not to be on the same day, 0 where nothing is said of it. further: where the second is told, which
    may be "on another day"."""
    own, words = lists_of("ordering", values.language), values.words
    led = [words[at].start for key in ("before", "after", "beforehand", "between") for at in phrases(words, own[key])]
    for one in values.lengths:
        days = one.days + one.minutes // _DAY
        if days and any(values.joined(min(at, one.end), max(at, one.end), *SMALL) for at in led):
            return days
    others = [] if further is None else [words[at].start for at in phrases(words, own["another_day"])]
    return int(bool(phrases(words, own["apart"])) or any(at >= (further or 0) for at in others))


def told_before(values: Values) -> list[int]:
    """Return where a message says that something is before what comes next: "a blood test just before the laser"."""
    found = phrases(values.words, lists_of("ordering", values.language)["before"])
    return [values.words[first].start for first in found]


def _is_further(hit: Hit, told: Sequence[Hit], parts: Sequence[str]) -> bool:
    """Tell whether another service than this one is named before it, or stands already."""
    return any(other.ids != hit.ids and other.start < hit.start for other in told) or bool({*parts} - {*hit.ids})


def ordered(state: State, values: Values) -> tuple[State, str] | None:
    """Return state with the parts of the visit in the order that a message tells, each at the hour or after the days
    that it tells of it, and what else it says; None where it tells none of that: "Mia first", "maths at 5, English at
    4", "not on the same day"."""
    if not state.along or not (state.readback or state.offered or state.asked):
        return None
    visit = adopted(state.wish.visit, state.readback) if state.readback else state.wish.visit
    parts = [replace(one, service=one.service or visit.service) for one in (visit, *state.along)]
    hours, place, gap = _hours(parts, values), _place_of_first(parts, values), days_between(values)
    if place is None and not gap and not hours:
        return None
    rest, along = _without_order(values, hours=bool(hours)), not (gap or hours)
    if hours:
        bare = [replace(one, constraints=one.without("time", "order", "day").constraints) for one in parts]
        told = sorted(zip(hours, bare, strict=True), key=lambda pair: pair[0])
        parts = [replace(one, constraints=(*one.constraints, at_time(clock))) for clock, one in told]
        parts[0] = replace(parts[0], constraints=(*visit.on("day"), *parts[0].constraints))
    elif place:
        when = visit.without("staff").constraints
        staff = tuple(replace(c, must=True) for c in visit.on("staff"))
        first = replace(parts[place], constraints=(*when, *parts[place].on("staff")))
        parts = [first, replace(parts[0], constraints=staff), *parts[1:place], *parts[place + 1 :]]
    if gap:
        days = tuple(c for c in state.wish.visit.on("day") if c.said)
        parts = kept_apart([parts[0], *(replace(o, constraints=(*days, *o.constraints)) for o in parts[1:])], gap)
    state = replace(state, readback=None if place or not along else state.readback, offered=())
    wish = replace(state.wish, visit=parts[0], others=() if along else tuple(parts[1:]))
    return replace(state, wish=wish, along=tuple(parts[1:]) if along else ()), rest


def _hours(parts: Sequence[Visit], values: Values) -> list[dt.time]:
    """Return the hour of each part of a visit, where a message tells one of each: "English at 4 and maths at 5"."""
    found = dict[int, dt.time]()
    for start, end in values.cut("and", "but", "at_once"):
        clocks = [one.time for one in values.times if start <= one.start < end and one.relation == "at" and one.time]
        here = _named(parts, values, start, end)
        if len(clocks) == len(here) == 1:
            found[here[0]] = clocks[0]
    return [found[place] for place in range(len(parts))] if len(found) == len(parts) else []


def _named(parts: Sequence[Visit], values: Values, start: int, end: int) -> list[int]:
    """Return the places of the parts of a visit that a stretch of a message names, by whose they are or what."""
    said = {form for word in values.between(start, end) for form in (word.text, word.text.removesuffix("s"))}
    mine = any(within(values.words[at].start, [(start, end)]) for at in my_places(values))
    what = {id for hit in values.services if start <= hit.start < end for id in hit.ids}
    theirs = [n for n, one in enumerate(parts) if one.whom and said & {*plain(one.whom).split()}]
    served = [n for n, one in enumerate(parts) if one.service in what]
    return theirs or served or [n for n, one in enumerate(parts) if mine and not one.whom]


def _place_of_first(parts: Sequence[Visit], values: Values) -> int | None:
    """Return the place of the part that a message says comes first, by what it is or by whose: "Mia first"."""
    own, services = lists_of("ordering", values.language), [one.service or "" for one in parts]
    if phrases(values.words, own["reversed"]) and len(parts) == _PAIR and not values.people:
        return 1  # not "the other way round: Clara cuts her hair"
    told = order_of(values, services)
    if told:
        return services.index(told.first) if told.first in services else None
    for first in _told(values, "to_begin"):
        here = _named(parts, values, *values.part(values.words[first].start, "and", "but"))
        near = any(abs(at - first) <= _PAIR for at in my_places(values))  # "me first", not "I'd like Mia's first"
        if len(here) == 1 and (parts[here[0]].whom or near):
            return here[0]
    return None


def _without_order(values: Values, *, hours: bool) -> str:
    """Return the text of a message without what tells an order: of a part that tells a day or a time as well, all else
    is kept."""
    own, words = lists_of("ordering", values.language).values(), values.words
    told = [(words[a].start, words[b].end) for one in own for a, b in phrases(words, one).items()]
    told = [(a, b) for a, b in told if not _leads(a, b, values)]  # "both before the 10th" tells no order
    told += spans(values.lengths, values.times if hours else ())
    left, kept, every = blanked(values.text, told), "", (*told, *spans(values.services))
    small = values.small("no", "yes", "filler", "skip", "and", "but") | lists(values.language)["courtesy"]
    for start, end in values.cut("and", "but"):
        inside = values.inside(start, end)
        tells = any(within(at, [(start, end)]) for at, _ in told) and not (
            inside.days or inside.people or (inside.times and not hours)
        )
        rest = (word for word in values.between(start, end) if not within(word.start, every))
        kept += "" if tells or all(word.text in small for word in rest) else left[start:end]
    return kept


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
