"""Which part of a visit a message speaks of: "my colour with Clara, and Ben cuts my daughter's hair"."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.merge import adopted, merged
from truebook.language.names import Hit
from truebook.language.state import State
from truebook.language.text import plain
from truebook.language.values.constraints import constraints_of
from truebook.language.values.said import STOPS, Values
from truebook.language.visits.company import COMPANY
from truebook.language.visits.several import left_out
from truebook.language.visits.sharing import shares
from truebook.language.wish import Visit

_BEHIND = 2  # words from a service to whose it is: "the beard for him"


def told_of_parts(state: State, values: Values, today: dt.date) -> tuple[tuple[Visit, ...], Values]:
    """Return the further parts of the visit after a message, and what it says of the visit itself.

    Who does a part, or what it is, is said of that part alone. Services that are parts of the visit already are no
    further wish, and "both" are both of them. Whoever stays away is no part of it any more.
    """
    visit, along = state.wish.visit, list(state.along)
    if not along:
        return (), values
    whose = shared_out(state, values)
    if whose:
        place = next(place for place, one in enumerate(along) if one.whom)
        along[place] = replace(along[place], service=whose.theirs)
        mine = tuple(hit for hit in values.services if hit.ids == (whose.mine,))
        values = replace(values, services=mine[-1:] if whose.mine not in (None, visit.service) else ())
    told, settled, gone, more = list[tuple[int, int]](), set[Hit](), set[int](), list[Visit]()
    for start, end in _stretches(values):
        places = _spoken_of(visit, along, values, start, end)
        theirs = [along[place] for place in places]
        inside = values.outside(((-1, start), (end, len(values.text) + 1)))
        hits = [hit for hit in values.services if len(hit.ids) == 1 and start <= hit.start < end]
        if theirs and theirs[0].whom and not whose:
            gone |= {*places} if inside.says("stays_away") else set()
            settled |= {*hits}
            new = {hit.ids[0] for hit in hits} - {one.service or visit.service for one in theirs}
            if inside.says("also") or inside.says("adding") or len(theirs) > 1:  # "my husband a cut as well"
                more += [Visit(service, theirs[0].whom) for service in sorted(new)]
            elif new:
                along[places[0]] = replace(theirs[0], service=new.pop())
        if theirs and inside.people:
            said = [replace(c, must=True) for c in constraints_of(inside, today, (), None) if c.on == "staff"]
            for place in places:
                along[place] = merged(along[place], said)
            told.append((start, end))
    along = [one for place, one in enumerate(along) if place not in gone] + more
    services = tuple(hit for hit in values.services if hit not in settled)
    named = {hit.ids[0] for hit in services if len(hit.ids) == 1}
    left = tuple(hit for hit in values.people if not any(start <= hit.start < end for start, end in told))
    every = {visit.service, *(one.service or visit.service for one in along)}
    if left and (not named or named >= every):  # does it all
        along = [one if one.whom else one.without("staff") for one in along]
    keys = ("only", "adding", "changes", *(() if told else ("rather",)))  # "the beard rather by Clara" stays a part
    other = any(values.says(key) for key in keys) or bool(left_out(values))
    several = len([one for one in values.times if one.relation == "at"]) > 1
    if named <= {visit.service, *(one.service for one in along)} and not other and not several:
        services = tuple(hit for hit in services if len(hit.ids) > 1)
    own = any(not one.whom for one in along)
    marks = tuple(mark for mark in values.marks if not (own and mark.key == "for_all"))
    return tuple(along), replace(values, people=left, services=services, marks=marks)


class Shared(NamedTuple):
    """Which service is the customer's own, where that was said, and which is their guest's."""

    mine: str | None
    theirs: str


def shared_out(state: State, values: Values) -> Shared | None:
    """Return whose is what, where a message says of the only guest what they are to have, or not: "mine's the haircut,
    his the beard", "no haircut for Finn, just the beard"; None where it does not."""
    guests = {one.whom for one in state.along if one.whom}
    known = lists_of(COMPANY, values.language)
    names = {word for whom in guests for word in plain(whom).split()} | lists(values.language)["kin"]
    theirs = {at for at, word in enumerate(values.words) if word.text.removesuffix("s") in names or word.text in names}
    theirs |= set(phrases(values.words, known["theirs"]).values())
    mine = set(phrases(values.words, known["own"]).values()) - theirs
    denied = {mark.last for mark in values.marked("not_before", "no", "without")}
    had, refused = dict[bool, str](), False
    for hit in values.services if len(guests) == 1 else ():
        first, last = values.before(hit.start), values.before(hit.end) - 1
        after = next((at for at in range(last + 1, last + 1 + _BEHIND) if at in theirs | mine), None)
        led = after is not None and values.words[after - 1].text in lists(values.language)["for_whom"]
        owner = after if led else max((at for at in theirs | mine if at < first), default=None)
        if owner is None or len(hit.ids) != 1:
            return None
        if first - 1 in denied:
            refused = refused or owner in theirs
        else:
            had[owner in theirs] = hit.ids[0]
    if True not in had or not (False in had or refused):
        return None
    return Shared(had.get(False), had[True])


def given_to(state: State, values: Values) -> tuple[State, str] | None:
    """Return state where each part of the visit is whose a message says, and what else it says; None where it does
    not say it of its parts: "no, the colour is for me, the cut is Mia's"."""
    told, parts = shares(values), (state.wish.visit, *state.along)
    whose = {one.service: one.whom for one in told}
    open_ = state.readback or state.offered or state.asked
    if not told or not open_ or {one.service for one in parts} != whose.keys() or len(parts) != len(whose):
        return None
    base = adopted(state.wish.visit, state.readback) if state.readback else state.wish.visit
    visit, *along = (replace(one, whom=whose[one.service or ""]) for one in (base, *state.along))
    rest, at = "", 0
    for one in sorted(told, key=lambda share: share.start):
        rest += values.text[at : one.start]
        for hit in (hit for hit in values.people if one.start <= hit.start < one.end):  # who does it is heard as well
            rest += f", {one.service} {values.text[hit.start : hit.end]}, "
        at = max(at, one.end)
    rest = (rest + values.text[at:]).strip(" ,;:.!?-–")
    return replace(state, wish=replace(state.wish, visit=visit), along=tuple(along)), rest


def _stretches(values: Values) -> Iterator[tuple[int, int]]:
    """Yield the parts of a message between stops and "and": each speaks of one part of a visit at most."""
    inside = values.spans
    cuts = [i for i, one in enumerate(values.text) if one in STOPS]
    cuts += [mark.start for mark in values.marked("and")]
    free = sorted({0, len(values.text), *(i for i in cuts if not any(start <= i < end for start, end in inside))})
    yield from pairwise(free)


def _spoken_of(visit: Visit, along: list[Visit], values: Values, start: int, end: int) -> list[int]:
    """Return the places of the further part that a stretch speaks of, or of all that one guest has; none: the first."""
    services = {hit.ids[0] for hit in values.services if len(hit.ids) == 1 and start <= hit.start < end}
    words = {word.text.removesuffix("'s") for word in values.words if start <= word.start < end}
    guests = {one.whom for one in along if one.whom}
    named = {whom for whom in guests if set(plain(whom).split()) & words}
    if len(guests) == 1 and words & lists(values.language)["kin"]:
        named = guests
    if visit.service in services and (not named or len(services) > 1):
        return []
    found = [place for place, one in enumerate(along) if (one.whom in named if named else one.service in services)]
    return found if len(named) == 1 or len(found) == 1 else []
