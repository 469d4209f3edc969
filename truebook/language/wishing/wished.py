"""The wish after a message: its constraints, those told by pointing, and what earlier ones of them it replaces."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from truebook.language.meaning.hearing import Message
from truebook.language.meaning.meant import LIKELY, SURE, adds_to_offer
from truebook.language.merge import adopted, merged, on_day
from truebook.language.names import Hit
from truebook.language.pointing.choosing import by_place, contradicted, several_picked
from truebook.language.pointing.references import (
    anchor,
    days_away,
    pointing,
    references,
    without_days,
    without_pointing,
)
from truebook.language.state import SERIES, Doubt, Meaning, Slot, State
from truebook.language.temporal.model import DayReading, TimeReading
from truebook.language.text import plain
from truebook.language.values.constraints import constraints_of
from truebook.language.values.counting import counted
from truebook.language.values.days_told import week_of
from truebook.language.values.said import Values
from truebook.language.visits import apart
from truebook.language.visits.company import company
from truebook.language.visits.guests import in_full
from truebook.language.visits.ordering import days_between, in_order
from truebook.language.visits.party import comes_first, count_of, for_kin, party_of, then_places, whom_of
from truebook.language.visits.several import Stretch, beside, day_shares, person_shares, stretches, whom_of_all, whose
from truebook.language.visits.sharing import share_of
from truebook.language.wish import Constraint, Days, On, Times, Visit, Wish
from truebook.language.wishing.beside_booked import on_the_day_booked, without_what_stands
from truebook.language.wishing.changing import contacts_told
from truebook.language.wishing.for_somebody import coming_along, first_whom, for_somebody, is_after_one, like_booked
from truebook.language.wishing.moving import moved_to

T = TypeVar("T", DayReading, TimeReading)
_WEEK = dt.timedelta(weeks=1)


def wished(
    state: State, message: Message, slot: Slot | None, today: dt.date, meaning: Meaning
) -> tuple[Wish, tuple[Doubt, ...]]:
    """Return the wish after a message, and what of it fits several things."""
    if (meaning.likeliest("move") >= LIKELY and not counted(message.values.text, state.language).again) or meaning.code:
        message = replace(message, values=moved_to(message.values, today))
    values = message.values
    if taken := () if meaning.question else several_picked(state.offered, values):
        visit, *others = (adopted(state.wish.visit, slot, must=True) for slot in taken)
        return replace(contacts_told(state.wish, values), visit=visit, others=tuple(others), together=True), ()
    parts = beside(values) if adds_to_offer(state, values) else stretches(values)
    wish = contacts_told(state.wish, values)
    visit, doubts = _named(wish.visit, state, values, parts)
    number = 1 + len(state.later) if state.later else count_of(values)
    booked = meaning.likeliest("available", "move", "cancel", "lookup") < LIKELY
    settled = state.booked is not None and not (state.offered or state.readback)
    same = meaning.does("same") or (settled and meaning.adding)
    each = same or state.asks("count") or (state.readback is not None and state.readback.id == SERIES)
    listed = booked or meaning.likeliest("book") > meaning.likeliest("available", "move", "cancel", "lookup")
    listed = listed and values.says("and") and not values.says("or")
    unsaid = visit.service in state.desk.classes or state.readback is not None
    each = each or (listed and unsaid)  # the hour of a class goes without saying, and that which was read back
    shares = day_shares(values, number, booked=booked, each=each) if len(parts) == 1 else ()
    people = person_shares(values) if booked and len(parts) == 1 and not shares else ()
    shares = shares or people
    begins = (shares or parts)[0]
    first = _said(state, values.inside(begins.start, begins.end), today, visit, meaning)
    first = without_what_stands(first, state, meaning, either=values.says("or"))
    if first:
        begun = _begun(visit, state, values, slot)
        visit = begun if visit.service == wish.visit.service else replace(begun, service=visit.service)
    withdrawn = _withdrawn(values, state)
    if slot:
        visit = adopted(visit, slot)
        named = {"day": slot.day, "time": slot.time, "staff": slot.staff, "order": slot.id}
        first = tuple(c for c in first if named.get(c.on) is None)
    visit = merged(visit, first, withdrawn)
    if slot is None:
        visit = _chosen_day(visit, state, values)
    visit = _unlike(visit, state, values)
    if state.booked and (meaning.does("same") or (same and shares and meaning.named <= {state.booked.service})):
        visit = like_booked(visit, state.booked, values)
    elif state.booked and same and not meaning.named and not values.says("me"):  # "and one more on the 16th"
        visit = replace(visit, whom=visit.whom or state.booked.guest)
    others = list(_others(visit, state, message, today, shares, parts, meaning))
    if slot and len(parts) > 1 and parts[0].service is None:  # the day and the time are those of the offer
        others = [replace(one, constraints=()) for one in others]
    if people:
        visit, *others = apart.of_all((visit, *others), _said(state, values, today, visit, meaning))
    elif shares:
        visit, *others = apart.on_days_told((visit, *others), state.offered)
    another_day = others and visit.day and others[-1].on("day") not in ((), visit.on("day"))
    next_week = values.says("week_after")
    if another_day and visit.day and (next_week or values.says("right_after") or then_places(values)):
        others[-1] = apart.from_then_on(others[-1], visit.day, values.language, next_week=next_week)
    elif others and values.says("right_after"):  # "a and right after that b, thursday at 4": that is when it begins
        missing = tuple(c for c in others[-1].constraints if c.said and not visit.on(c.on))
        visit = replace(visit, constraints=(*visit.constraints, *missing))
        others = [*others[:-1], others[-1].without("time")]
    if shares and not people and not values.says("me"):  # "for my daughter, the 9th and the 16th" is for her on both
        visit = replace(visit, whom=visit.whom or whom_of(values, 0, len(values.text)))
        others = [replace(one, whom=one.whom or visit.whom) for one in others]
    elif others:
        own = whose(values, begins) if shares else first_whom(parts, message, meaning)
        kept = visit.whom if not (values.says("me") or company(values)) else None  # whom it was for before
        visit = replace(visit, whom=own or kept)
        others = [replace(one, whom=one.whom or kept) for one in others]
    if others and not shares and len(parts) == 1 and comes_first(values):
        visit, *others = replace(visit, whom=others[0].whom), replace(others[0], whom=None), *others[1:]
    if others and not shares and _each_has_an_hour(parts, values):
        visit, *others = apart.on_one_day((visit, *others))
    if others and (people or (not shares and apart.on_days_of_their_own(first, others))):
        of_each = apart.said_of_each((shares or parts)[-1].start, values, today)
        visit, *others = (merged(one, [c for c in of_each if not one.on(c.on)]) for one in (visit, *others))
    elif others and not shares and not _has_its_own(parts, values) and not meaning.does("cancel"):
        read = state.readback is not None and bool(visit.on("time")) and visit.service == state.readback.service
        kinds = {c.on for c in first} | ({"day", "time", "order"} if read else set[On]())  # that stands as it was read
        visit = merged(visit, [c for c in _shared(others, visit) if c.on not in kinds])
        others = others if read else [o.without("time", "order") for o in others]
    if others and len(parts) > 1 and values.says("at_once", "same_time"):  # whenever it is, both are
        told = tuple(c for one in others for c in one.constraints if c.on in ("time", "order"))
        visit = merged(visit, () if any(c.on == "time" for c in first) else told)
        others = [replace(one, constraints=(*visit.on("day"), *one.on("staff"))) for one in others]
    if others and not shares:
        visit, *others = in_order(values, visit, tuple(others), own=_has_its_own(parts, values))
    own_days = None if slot or shares else apart.on_their_own_days((visit, *(others or state.along)), values, today)
    if own_days:
        visit, *others = own_days
    if others and (days := days_between(values, parts[-1].start if len(parts) > 1 else None)):
        visit, *others = apart.kept_apart((visit, *others), days)
    alone = not meaning.does("people") or for_kin(values) or is_after_one(state)
    if not others and alone and not party_of(values, 0.0).others:
        visit = for_somebody(visit, state, values, meaning)
    theirs = {plain(wish.name.split()[0])} if wish.name else set[str]()
    if wish.name and values.says("me") and not values.says("kin"):  # "under Tom Reed, it is for me"
        theirs |= {plain(wish.name)}
    if visit.whom and plain(visit.whom) in theirs:
        visit = replace(visit, whom=None)  # "a cut for Tamsin", who is the customer
    visit = on_the_day_booked(visit, state, meaning)
    visit, *others = (replace(one, whom=in_full(one.whom, state)) for one in (visit, *others))
    return replace(wish, visit=visit, others=tuple(others) or wish.others, together=bool(others)), doubts


def _shared(others: Sequence[Visit], first: Visit) -> tuple[Constraint, ...]:
    """Return what is said of the nearest further part and meant of the first as well: with whom only where one person
    has both."""
    found = list[Constraint]()
    for one in others:
        kinds = {c.on for c in found} | ({"staff"} if one.whom != first.whom else set[On]())
        found += [c for c in one.constraints if c.on not in kinds]
    return tuple(found)


def _has_its_own(parts: Sequence[Stretch], values: Values) -> bool:
    """Tell whether something is said of the first service alone, and not of all: "friday, a cut and a beard at 5"."""
    if _each_has_an_hour(parts, values):
        return True
    part = parts[0]
    whens = values.inside(part.start, part.end).whens
    return part.service is None or any(at > part.service.start for at in whens)


def _each_has_an_hour(parts: Sequence[Stretch], values: Values) -> bool:
    """Tell whether each of several parts of a message names one hour: "at 8 a cut and at 9 a beard"."""
    hours = [t.start for t in values.times if t.relation == "at"]
    return all(sum(one.start <= at < one.end for at in hours) == 1 for one in parts)


def _said(state: State, values: Values, today: dt.date, visit: Visit, meaning: Meaning) -> tuple[Constraint, ...]:
    """Return the constraints of a message or a part of it, those told by pointing included."""
    known = known_days(state)
    base = anchor(state) if values.says("that_week") else None
    read = (state.readback.day if state.readback else None) or min(known, default=None)
    span = week_of(base.first.day) if base and base.first.day else visit.days or (Days(read, read) if read else None)
    outright = constraints_of(without_pointing(values, state), today, (), span, known)
    given_up = meaning.no or meaning.likeliest("move", "correct", "cancel") >= LIKELY or values.says("same_time")
    outright = tuple(_the_week_after(c, state) if given_up else c for c in outright)
    pointed = references(values, state, outright)
    kinds = {c.on for c in pointed}
    found = (*(c for c in outright if c.on not in kinds or not c.allow), *pointed)
    points = values.says("same_day") or (meaning.does("book", least=SURE) and visit.days is None)
    if state.mentioned_day and points and not any(c.on == "day" for c in found):
        return (*found, on_day(state.mentioned_day))
    return found


def known_days(state: State) -> frozenset[dt.date]:
    """Return the days that were offered or read back: a bare weekday is that one of them."""
    return frozenset(s.day for s in state.shown if s.day)


def _the_week_after(said: Constraint, state: State) -> Constraint:
    """Return a "next week" in which lies what is given up as the week after it: told on a sunday of the next day."""
    slot = state.readback or state.booked
    (one, *more) = said.values
    week = isinstance(one, Days) and (one.last - one.first).days == _WEEK.days - 1
    if not (slot and slot.day and week and said.allow and isinstance(one, Days)) or more:
        return said
    return replace(said, values=(Days(one.first + _WEEK, one.last + _WEEK),)) if one.holds(slot.day) else said


def _begun(visit: Visit, state: State, values: Values, slot: Slot | None) -> Visit:
    """Return the visit from which a message goes on: what was read back, or the day that all offers share.

    Where the offers are for another day than was asked for, that one is what is talked about from then on.
    """
    if slot:
        return visit
    if other := contradicted(state.offered, values):  # as that one, but with Anna
        return adopted(visit, other)
    if state.readback and not state.asks("cancel"):
        return adopted(visit, state.readback)
    days = {s.day for s in state.offered if s.day}
    if not days or values.days or not (values.times or values.shifts or values.people):
        return visit
    wished = visit.on("day")
    if visit.days is None or not any(c.holds(day) for c in wished for day in days):
        return replace(visit.without("day"), constraints=(*visit.without("day").constraints, _one_of_days(days)))
    return visit


def _one_of_days(days: set[dt.date]) -> Constraint:
    return Constraint("day", tuple(Days(day, day) for day in sorted(days)))


def _withdrawn(values: Values, state: State) -> tuple[On, ...]:
    kinds: dict[str, On] = {"any_time": "time", "any_day": "day", "anyone": "staff"}
    afterwards = values.says("right_after") and state.booked is not None  # "sometime after that"
    said = {"time": bool(values.times) or afterwards, "day": bool(values.days), "staff": bool(values.people)}
    found = [on for key, on in kinds.items() if values.says(key) and not said[on]]
    if values.says("whichever") and state.asks("staff"):
        found.append("staff")
    return tuple(found)


def _chosen_day(visit: Visit, state: State, values: Values) -> Visit:
    """Return the visit with the reading that is meant of those the desk asked about; what is not said is the first."""
    for constraint in visit.constraints:
        if not constraint.others or constraint not in state.wish.visit.constraints:
            continue
        chosen = _placed(constraint, values)
        settled = replace(constraint, values=(chosen,) if chosen else constraint.values, others=())
        kept = tuple(settled if c is constraint else c for c in visit.constraints)
        visit = replace(visit, constraints=kept) if state.asks(constraint.on) else visit
    return visit


def _placed(constraint: Constraint, values: Values) -> Days | Times | None:
    """Return the reading of a constraint that is named by its place, or by the part of the day it lies in."""
    first = constraint.values[0]
    if isinstance(first, Days):
        days = sorted({first.first, *(d for d in constraint.others if isinstance(d, dt.date))})
        placed = by_place([Slot(day.isoformat(), day=day) for day in days], values)
        return Days(placed.day, placed.day) if placed and placed.day else None
    if isinstance(first, Times) and first.first:
        clocks = [first.first, *(t for t in constraint.others if isinstance(t, dt.time))]
        part = next((t for t in values.times if t.relation == "part"), None)
        inside = [c for c in clocks if part and (part.time or dt.time.min) <= c <= (part.until or dt.time.max)]
        return Times(inside[0], inside[0]) if len(inside) == 1 else None
    return None


def _unlike(visit: Visit, state: State, values: Values) -> Visit:
    """Return the visit with nobody of those who were offered, where somebody else is asked for: not for a guest."""
    if not values.says("someone_else") or any(slot.people > 1 for slot in state.offered):
        return visit  # of several people each has somebody else
    more = values.places("adding") if state.booked and not state.offered else frozenset[int]()
    guests = [one.last for one in company(values)]  # "and my husband, at the same time with someone else"
    if all(mark.first in more or min(guests, default=mark.last) < mark.first for mark in values.marked("someone_else")):
        return visit  # "another one on friday"
    booked = [state.booked] if state.booked and not state.offered else []
    offered = {s.staff for s in (*state.offered, *([state.readback] if state.readback else booked)) if s.staff}
    if not offered:  # "with Clara, and meanwhile a cut for my son with somebody else" is else than Clara
        return visit
    found = visit.without("staff")
    return merged(found, tuple(Constraint("staff", (one,), allow=False) for one in sorted(offered)))


def _named(visit: Visit, state: State, values: Values, parts: Sequence[Stretch]) -> tuple[Visit, tuple[Doubt, ...]]:
    """Return the visit with the service that is named, and doubts where a name fits several."""
    doubts = list[Doubt]()
    several = _unclear(values.people, state)
    if several:
        doubts.append(Doubt("staff", several))
    hit = parts[0].service
    if hit and len(hit.ids) == 1:
        visit = replace(visit, service=hit.ids[0])
    elif hit and visit.service not in hit.ids:
        doubts.append(Doubt("service", hit.ids))
    known = [i for hit in values.people if len(hit.ids) > 1 for i in hit.ids if i in state.spoken_of]
    if len(known) == 1:
        visit = merged(visit, (Constraint("staff", (known[0],)),))
    return visit, tuple(doubts)


def _unclear(people: Sequence[Hit], state: State) -> tuple[str, ...]:
    for hit in people:
        if len(hit.ids) > 1 and len([i for i in hit.ids if i in state.spoken_of]) != 1:
            return hit.ids
    return ()


def _others(
    visit: Visit,
    state: State,
    message: Message,
    today: dt.date,
    shares: Sequence[Stretch],
    parts: Sequence[Stretch],
    meaning: Meaning,
) -> tuple[Visit, ...]:
    """Return the further visits of a message: each other service or day, the same once more, whoever comes along."""
    values, found = message.values, list[Visit]()
    for number, share in enumerate(shares[1:]):
        kept = state.later[number] if number < len(state.later) else visit.without("day", "time", "order")
        one = replace(kept, whom=whose(values, share))
        placed = by_place(state.offered, values.inside(share.start, share.end))
        one = adopted(one, placed) if placed else one
        found.append(merged(one, _of_part(share, message, today, visit, known_days(state), _stretch_of(state))))
    for part in parts[1:]:
        assert part.service
        stated = _of_part(part, message, today, visit, known_days(state))
        days = () if any(c.on == "day" for c in stated) else visit.on("day")
        whom = whom_of_all(values, parts) or whom_of(values, part.start, part.end)
        owned = share_of(values, part.service)
        whom = owned.whom if owned else whom
        found.append(Visit(part.service.ids[0], whom, (*days, *stated)))
    own = any(one.on("day") != visit.on("day") for one in found)  # "me and Bo on tuesday, and just me on thursday"
    told = any(share_of(values, part.service) for part in parts)
    if found and not shares and not own and not told and not any(one.whom for one in found):
        party = party_of(values, meaning.likeliest("people"))  # "for me and my husband: a cut and a beard"
        if party.me and len(party.others) == len(found):
            found = [replace(one, whom=whom or None) for one, whom in zip(found, party.others, strict=True)]
    if meaning.alone or values.says("stays_away") or (meaning.question and meaning.asks and state.readback):
        return tuple(found)  # "a friend told me not to, is that so?" brings nobody
    if found or meaning.likeliest("cancel", "move", "late", "lookup") >= LIKELY:
        return tuple(found)
    guests = coming_along(visit, state, values, meaning)
    return tuple(replace(visit.without("time", "order"), whom=guest or None) for guest in guests)


def _stretch_of(state: State) -> Days | None:
    """Return the days that were wished for so far, where they are several: "next week"."""
    days = state.wish.visit.days
    return days if days and not days.one else None


def _of_part(
    part: Stretch,
    message: Message,
    today: dt.date,
    first: Visit,
    known: frozenset[dt.date],
    span: Days | None = None,
) -> tuple[Constraint, ...]:
    """Return what a part of a message states of its own visit; "the week after" counts from the first one's day.

    span: the days spoken of so far, in which a bare weekday lies.
    """
    values = message.values.inside(part.start, part.end)
    stated = _later(constraints_of(without_days(pointing(values), values), today, (), span, known), first.day)
    kinds, away = {c.on for c in stated}, days_away(values)
    if away and first.day and "day" not in kinds:
        day, whole = first.day + dt.timedelta(days=away), part.service and values.says("week_after")
        stated = (*stated, Constraint("day", (week_of(day),)) if whole else on_day(day))
    alike = (away and part.service is None) or values.says("same_time")
    if "time" not in kinds and first.times and alike:
        stated = (*stated, *(replace(c, must=values.says("same_time")) for c in first.on("time")))
    return stated


def _later(stated: Sequence[Constraint], day: dt.date | None) -> tuple[Constraint, ...]:
    """Return constraints with a day that may be several as the only one of them that is not before a day."""
    found = list[Constraint]()
    for one in stated:
        days = [v.first for v in one.values if isinstance(v, Days)] + [d for d in one.others if isinstance(d, dt.date)]
        ahead = sorted(d for d in days if day and d >= day) if one.on == "day" and one.others else []
        found.append(replace(one, values=(Days(ahead[0], ahead[0]),), others=()) if len(ahead) == 1 else one)
    return tuple(found)
