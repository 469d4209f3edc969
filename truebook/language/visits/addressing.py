"""Which part of a visit a message speaks of: "my colour with Clara, and Ben cuts my daughter's hair"."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.merge import adopted, merged
from truebook.language.names import Hit
from truebook.language.spans import blanked, clear_of, spans, within
from truebook.language.state import Meaning, State
from truebook.language.text import plain, sentences
from truebook.language.values.constraints import constraints_of
from truebook.language.values.said import Values
from truebook.language.values.written import ARTICLES, runs
from truebook.language.visits.company import COMPANY, UNNAMED, called_of
from truebook.language.visits.guests import also_later
from truebook.language.visits.several import left_out, person_shares, stretches
from truebook.language.visits.sharing import Share, shares
from truebook.language.wish import Constraint, Visit

_BEHIND = 2  # words from a service to whose it is: "the beard for him"


def told_of_parts(state: State, values: Values, meaning: Meaning, today: dt.date) -> tuple[tuple[Visit, ...], Values]:
    """Return the further parts of the visit after a message, and what it says of the visit itself.

    Who does a part, or what it is, is said of that part alone. Services that are parts of the visit already are no
    further wish, and "both" are both of them. Whoever stays away is no part of it any more.
    """
    visit, along = state.wish.visit, list(state.along)
    values = _without_what_is_there(state, values) if along else values
    if not along or (values.times and person_shares(values)):  # what each gets is told anew
        return tuple(along), values
    whose = shared_out(state, values)
    if whose:
        place = next(place for place, one in enumerate(along) if one.whom)
        along[place] = replace(along[place], service=whose.theirs)
        mine = tuple(hit for hit in values.services if hit.ids == (whose.mine,))
        values = replace(values, services=mine[-1:] if whose.mine not in (None, visit.service) else ())
    told, settled, gone, more = dict[tuple[int, int], list[int]](), set[Hit](), set[int](), list[Visit]()
    guest = places_of_guest((visit, *along), values)
    own = places_of_mine(values) - guest
    for start, end in values.cut("and", "at_once"):
        who = {whose for whose, at in (("guest", guest), ("me", own)) if _any_within(values, at, start, end)}
        places = _spoken_of(visit, along, values, start, end, who)
        theirs = [along[place] for place in places]
        inside = values.inside(start, end)
        hits = [hit for hit in values.services if len(hit.ids) == 1 and start <= hit.start < end]
        if theirs and theirs[0].whom and not whose:
            gone |= {*places} if inside.says("stays_away") else set()
            settled |= {*hits}
            new = {hit.ids[0] for hit in hits} - {one.service or visit.service for one in theirs}
            if inside.says("also", "adding") or len(theirs) > 1:  # "my husband a cut as well"
                more += [Visit(service, theirs[0].whom) for service in sorted(new)]
            elif new:
                along[places[0]] = replace(theirs[0], service=new.pop())
        if theirs and inside.people:
            for place in places:
                along[place] = merged(along[place], _with_whom(inside, today))
            told[start, end] = places
    services = tuple(hit for hit in values.services if hit not in settled)
    named = {hit.ids[0] for hit in services if len(hit.ids) == 1}
    left = tuple(clear_of(values.people, told))
    every = {visit.service, *(one.service or visit.service for one in along)}
    if left and (not named or named >= every):  # does it all
        kept = {place for places in told.values() for place in places}
        along = [one if one.whom or at in kept else one.without("staff") for at, one in enumerate(along)]
    keys = ("adding", "changes", *(() if told else ("rather",)))  # "the beard rather by Clara" stays a part
    other = values.says(*keys) or bool(meaning.only or meaning.less)
    days = [values.inside(one.start, one.end).days for one in stretches(values)]
    several = len([one for one in values.times if one.relation == "at"]) > 1 or (len(days) > 1 and all(days))
    if named <= {visit.service, *(one.service for one in along)} and not other and not several:
        services = tuple(hit for hit in services if len(hit.ids) > 1)
    along = [one for place, one in enumerate(along) if place not in gone] + more
    unowned = any(not one.whom for one in along)
    marks = tuple(mark for mark in values.marks if not (unowned and mark.key == "for_all"))
    return tuple(along), replace(values, people=left, services=services, marks=marks)


def _without_what_is_there(state: State, values: Values) -> Values:
    """Return the values without what a message only tells again of a further part: who does it ("and then over to
    Eva"), and the consultation that "she sees Dr Weber" would be."""
    doing = {id for slot in state.shown for id in slot.with_whom[1:]} - {one.staff for one in state.shown}
    people = tuple(hit for hit in values.people if values.says("me") or not doing & {*hit.ids})
    here = {one.service for one in (state.wish.visit, *state.along)}
    seen = spans(values.marked("sees"))
    services = tuple(hit for hit in values.services if not (within(hit.start, seen) and here & {*hit.ids}))
    return replace(values, people=people, services=services)


class Shared(NamedTuple):
    """Which service is the customer's own, where that was said, and which is their guest's."""

    mine: str | None
    theirs: str


def shared_out(state: State, values: Values) -> Shared | None:
    """Return whose is what, where a message says of the only guest what they are to have, or not: "mine's the haircut,
    his the beard", "no haircut for Finn, just the beard"; None where it does not."""
    theirs = places_of_guest(state.along, values)
    mine = places_of_mine(values) - theirs
    denied = {mark.last for mark in values.marked("not_before", "no", "without")}
    had, refused = dict[bool, str](), False
    for hit in values.services if theirs else ():
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


def own_corrected(state: State, values: Values) -> tuple[State, str] | None:
    """Return state where what the customer gets beside a guest is another service than was thought, and no more to be
    heard; None where a message corrects nothing of that kind: "no, for me it's a colour, not a cut"."""
    visit = adopted(state.wish.visit, state.readback) if state.readback else state.wish.visit
    parts, gone = [visit, *state.along], left_out(values)
    own = [place for place, one in enumerate(parts) if one.whom is None]
    told = {hit.ids[0] for hit in values.services if len(hit.ids) == 1} - gone
    theirs = places_of_guest(parts, values)
    others = theirs or values.days or values.times or values.people or values.says("adding")
    if len(own) != 1 or len(parts) == 1 or not gone or len(told) != 1 or others or not places_of_mine(values):
        return None
    parts[own[0]] = replace(parts[own[0]], service=told.pop())
    return replace(state, wish=replace(state.wish, visit=parts[0]), along=tuple(parts[1:])), ""


def guest_named(state: State, values: Values) -> tuple[State, str] | None:
    """Return state with the name of the only guest as the end of a sentence tells it, and what else a message says;
    None where none does: "The little one, the cut, that's Zoe", "Ann Lee, and the little one is Zoe"."""
    parts = (adopted(state.wish.visit, state.readback) if state.readback else state.wish.visit, *state.along)
    guests = {one.whom for one in parts if one.whom}
    if len(called_of(values)) > 1:  # "the kids are called Max and Leo"
        return None
    own = spans([values.name])  # "Claire Petit" is no little one
    places = {at for at in places_of_guest(parts, values) if not within(values.words[at].start, own)}
    ends = [mark.end for mark in values.marked("is_called")]
    parted = [one for one in values.cut("and", "at_once") if _any_within(values, places, *one)]
    for begins, end in sentences(values.text) if len(guests) == 1 and (state.readback or state.offered) else ():
        start = next((max(a, begins) for a, b in parted if begins < b <= end), end)
        theirs = start < end and not _any_within(values, places_of_mine(values), begins, end)
        found = [run for run in runs(values.text, values.language) if start <= run.start < end]
        name = next((run for run in reversed(found) if run.text[:1].isupper()), None)
        if name is None or not theirs or values.text[name.end : end].strip(" .!,;") or within(name.start, values.spans):
            continue
        led = any({*plain(values.text[at : name.start]).split()} <= ARTICLES for at in ends if start < at <= name.start)
        if led and not any(start <= at < end for at in values.whens):
            visit, *along = (replace(one, whom=name.text) if one.whom else one for one in parts)
            rest = f"{values.text[:start].rstrip(' ,;-–')} {values.text[end:]}".strip(" .,;")
            state = replace(state, wish=replace(state.wish, visit=visit), along=tuple(along))
            return also_later(state, dict.fromkeys(guests, name.text)), rest
    return None


def places_of_mine(values: Values) -> set[int]:
    """Return the places of the words by which a message speaks of the customer: "I", "mine"."""
    return set(phrases(values.words, lists_of(COMPANY, values.language)["own"]).values())


def places_of_guest(parts: Sequence[Visit], values: Values) -> set[int]:
    """Return the places of the words by which a message speaks of the only guest: their name, "my son", "the little
    one", "she"; where several come along, or none, of nobody."""
    guests = {one.whom for one in parts if one.whom}
    if len(guests) != 1:
        return set()
    known, words = lists_of(COMPANY, values.language), values.words
    names = {word for whom in guests for word in plain(whom).split()} | lists(values.language)["kin"]
    told = {at for at, word in enumerate(words) if {word.text, word.text.removesuffix("s")} & names}
    she = {last for first, last in phrases(words, known["she"]).items() if values.text[words[first].start].islower()}
    return told | she | {last for key in ("theirs", "siblings") for last in phrases(words, known[key]).values()}


def given_to(state: State, values: Values, today: dt.date) -> tuple[State, str] | None:
    """Return state where each part of the visit is whose a message says, and is done by whom it says, and what else it
    says; None where it does not say it of its parts: "no, the colour is for me, Clara cuts Mia's hair"."""
    told, parts = shares(values), (state.wish.visit, *state.along)
    whose = {one.service: one for one in told}
    open_ = state.readback or state.offered or state.asked
    if not told or not open_ or {one.service for one in parts} != whose.keys() or len(parts) != len(whose):
        return None
    base = adopted(state.wish.visit, state.readback) if state.readback else state.wish.visit
    guests = {one.whom for one in parts if one.whom}
    known = next(iter(guests)) if len(guests) == 1 else None  # "the little girl" is who was told of already
    visit, *along = (_as_told(one, whose[one.service or ""], known, values, today) for one in (base, *state.along))
    more = spans(values.days, values.times, values.shifts, [values.name])
    gone = [one.clause for one in told if not any(within(start, [one.clause]) for start, _ in more)]
    gone += spans(told)
    gone += [(hit.start, hit.end) for hit in values.people if any(within(hit.start, [one.clause]) for one in told)]
    rest = blanked(values.text, gone).strip(" ,;:.!?-–")
    return replace(state, wish=replace(state.wish, visit=visit), along=tuple(along)), rest


def _as_told(part: Visit, share: Share, known: str | None, values: Values, today: dt.date) -> Visit:
    """Return a part of a visit as the clause says that tells whose it is: with whom it names, or with anyone."""
    start, end = share.clause
    inside = values.inside(start, end)
    kin = share.whom == UNNAMED or plain(share.whom or "") in lists(values.language)["kin"]
    mine = replace(part, whom=known if known and kin else share.whom)
    if inside.people:
        return merged(mine, _with_whom(inside, today))
    return mine.without("staff") if inside.says("anyone") else mine


def _with_whom(inside: Values, today: dt.date) -> list[Constraint]:
    """Return who does it, as a part of a message says outright."""
    return [replace(one, must=True) for one in constraints_of(inside, today, (), None) if one.on == "staff"]


def _any_within(values: Values, places: Iterable[int], start: int, end: int) -> bool:
    return any(start <= values.words[at].start < end for at in places)


def _spoken_of(
    visit: Visit, along: list[Visit], values: Values, start: int, end: int, who: Collection[str]
) -> list[int]:
    """Return the places of the further part that a stretch speaks of, or of all that one guest has; none: the first.

    who: whether it tells of the only guest ("guest"), of the customer ("me"), or of both."""
    services = {hit.ids[0] for hit in values.services if len(hit.ids) == 1 and start <= hit.start < end}
    words = {word.text.removesuffix("'s") for word in values.words if start <= word.start < end}
    guests = {one.whom for one in along if one.whom}
    mine = [place for place, one in enumerate(along) if one.whom is None]
    if visit.whom and who == {"me"} and len(mine) == 1 and visit.service not in services:
        return mine
    if visit.whom and not guests and "guest" in who:
        return []
    named = guests if "guest" in who else {whom for whom in guests if set(plain(whom).split()) & words}
    if visit.service in services and (not named or len(services) > 1):
        return []
    found = [place for place, one in enumerate(along) if (one.whom in named if named else one.service in services)]
    return found if len(named) == 1 or len(found) == 1 else []
