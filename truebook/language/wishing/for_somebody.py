"""Whom a visit is for, where that is not the customer: "it's for my son", "the pupil is Duarte", "the same for her"."""

from collections.abc import Sequence
from dataclasses import replace

from truebook.language.meaning.hearing import Message
from truebook.language.meaning.meant import LIKELY
from truebook.language.merge import at_time, merged, on_day
from truebook.language.state import Meaning, Slot, State
from truebook.language.text import plain
from truebook.language.values.said import Values
from truebook.language.visits.company import called_of, names_for
from truebook.language.visits.party import alone_wished, for_kin, instead_of_me, kin_of, party_of, whom_of
from truebook.language.visits.several import Stretch, whom_of_all
from truebook.language.visits.sharing import share_of
from truebook.language.wish import Constraint, Visit


def for_somebody(visit: Visit, state: State, values: Values, meaning: Meaning) -> Visit:
    """Return the visit for somebody else than was thought: "it's for my son, not for me"; right after a receipt it is
    one more, on that day where none is named: "and my son Mateo after me, please"."""
    whom = kin_of(values)
    if values.says("stays_away"):
        return visit
    if values.says("their_name") and not state.along and (names := called_of(values)):
        return replace(visit, whom=names[0][1])  # "the pupil is Duarte"
    if named := _called_by_name(state, values):
        return replace(visit, whom=named)
    if other := instead_of_me(values):
        return replace(visit, whom=other)
    wanted = meaning.likeliest("book", "same") >= LIKELY
    asked = bool({"other", "children"} & set(meaning.asks))  # "can my daughter come along to watch?"
    more = is_after_one(state) and (wanted or (not asked and (meaning.adding or values.says("also"))))
    told = state.after != "receipt" and (
        for_kin(values) or (alone_wished(values) and not state.offered and not state.readback)
    )
    if not (meaning.does("other_person") or (whom and (more or told))):
        return visit
    booked = state.booked if whom and more else None
    if booked and booked.day and not visit.on("day"):
        visit = replace(visit, constraints=(*visit.constraints, on_day(booked.day)))
        if booked.time and not visit.on("time") and not visit.on("order"):  # at once, if that can be
            visit = replace(visit, constraints=(*visit.constraints, at_time(booked.time, must=False)))
    return replace(visit, whom=whom or visit.whom)


def _called_by_name(state: State, values: Values) -> str | None:
    """Return the name of whom a first wish is for, where they are not the customer: "a maths lesson for Duarte"."""
    told = [one.text for one in names_for(values) if one.text[:1].isupper() and " " not in one.text]
    free = values.name is None and bool(values.services) and not (state.offered or state.readback or state.asked)
    return told[0] if free and len(told) == 1 and plain(told[0]) != plain(state.wish.name or "").split(" ")[0] else None


def like_booked(visit: Visit, booked: Slot, values: Values) -> Visit:
    """Return the visit as the one that was booked, in all that is not said: "the same again in a month"."""
    if booked.staff and not visit.on("staff") and not values.people:
        visit = merged(visit, (Constraint("staff", (booked.staff,), must=False),))
    if booked.time and not visit.on("time") and not visit.on("order") and not values.shifts:
        visit = merged(visit, (at_time(booked.time, must=False),))
    return replace(visit, whom=visit.whom or booked.guest)


def is_after_one(state: State) -> bool:
    """Tell whether something was booked just now."""
    return state.after == "receipt" and state.booked is not None


def first_whom(parts: Sequence[Stretch], message: Message, meaning: Meaning) -> str | None:
    """Return whom the first of several visits is for, where that is not the customer."""
    values = message.values
    if share := share_of(values, parts[0].service):
        return share.whom
    if len(parts) > 1:
        return whom_of_all(values, parts) or whom_of(values, parts[0].start, parts[0].end)
    party = party_of(values, meaning.likeliest("people"))
    return None if party.me or not party.others else party.others[0]
