"""Which part of a visit a message speaks of: "my colour with Clara, and Ben cuts my daughter's hair"."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from truebook.language.constraints import constraints_of
from truebook.language.lists import lists
from truebook.language.merge import merged
from truebook.language.state import State
from truebook.language.text import plain
from truebook.language.values import Values
from truebook.language.visits import left_out
from truebook.language.wish import Visit

_STOPS = ".!?;,\n"


def told_of_parts(state: State, values: Values, today: dt.date) -> tuple[tuple[Visit, ...], Values]:
    """Return the further parts of the visit after a message, and what it says of the visit itself.

    Who does a part is said of that part alone. Services that are parts of the visit already are no further wish, and
    "both" are both of them. Whoever stays away is no part of it any more.
    """
    visit, along = state.wish.visit, list(state.along)
    if not along:
        return (), values
    named = {hit.ids[0] for hit in values.services if len(hit.ids) == 1}
    exact = [one for one in values.times if one.relation == "at"]
    told, gone = list[tuple[int, int]](), set[int]()
    for start, end in _stretches(values):
        place = _spoken_of(visit, along, values, start, end)
        inside = values.outside(((-1, start), (end, len(values.text) + 1)))
        if place and along[place - 1].whom and inside.says("stays_away"):
            gone.add(place)
        if place and inside.people:
            said = [replace(c, must=True) for c in constraints_of(inside, today, (), None) if c.on == "staff"]
            along[place - 1] = merged(along[place - 1], said)
            told.append((start, end))
    along = [one for place, one in enumerate(along, 1) if place not in gone]
    left = tuple(hit for hit in values.people if not any(start <= hit.start < end for start, end in told))
    if left and not named:  # whoever is asked for now does all of it
        along = [one if one.whom else one.without("staff") for one in along]
    keys = ("only", "adding", "changes", *(() if told else ("rather",)))  # "the beard rather by Clara" stays a part
    other = any(values.says(key) for key in keys) or bool(left_out(values))
    ours = bool(named) and named <= {visit.service, *(one.service for one in along)} and not other and len(exact) < 2
    own = sum(1 for one in along if not one.whom)
    marks = tuple(mark for mark in values.marks if not (own and mark.key == "for_all"))
    services = () if ours else values.services
    return tuple(along), replace(values, people=left, services=services, marks=marks)


def _stretches(values: Values) -> Iterator[tuple[int, int]]:
    """Yield the parts of a message between stops and "and": each speaks of one part of a visit at most."""
    inside = values.spans
    cuts = [i for i, one in enumerate(values.text) if one in _STOPS]
    cuts += [mark.start for mark in values.marked("and")]
    free = sorted({0, len(values.text), *(i for i in cuts if not any(start <= i < end for start, end in inside))})
    yield from pairwise(free)


def _spoken_of(visit: Visit, along: list[Visit], values: Values, start: int, end: int) -> int:
    """Return the place of the only further part that a stretch speaks of, from 1 on; 0: of none, or of the first."""
    services = [hit.ids[0] for hit in values.services if len(hit.ids) == 1 and start <= hit.start < end]
    words = {word.text.removesuffix("'s") for word in values.words if start <= word.start < end}
    if visit.service in services:
        return 0
    guests = [place for place, one in enumerate(along, 1) if one.whom]
    found = {place for place in guests if set(plain(along[place - 1].whom or "").split()) & words}
    if len(guests) == 1 and words & lists(values.language)["kin"]:
        found.add(guests[0])
    found = found or {place for place, one in enumerate(along, 1) if one.service in services}
    return found.pop() if len(found) == 1 else 0
