"""Whom a visit is for, where that is not the customer: "it's for my son", "the pupil is Duarte", "the same for her"."""

from collections.abc import Sequence
from dataclasses import replace

from truebook.language.lists import lists, lists_of
from truebook.language.meaning.hearing import Message
from truebook.language.meaning.meant import LIKELY
from truebook.language.merge import at_time, merged, on_day
from truebook.language.names import given_names
from truebook.language.spans import clear_of, spans
from truebook.language.state import Meaning, Slot, State
from truebook.language.text import plain
from truebook.language.values.counting import counted
from truebook.language.values.said import Values
from truebook.language.values.written import ARTICLES, Found, runs
from truebook.language.visits.company import called_of, names_for
from truebook.language.visits.guests import in_full
from truebook.language.visits.party import (
    alone_wished,
    count_of,
    for_kin,
    instead_of_me,
    kin_of,
    party_of,
    wants_a_place,
    whom_of,
)
from truebook.language.visits.several import Stretch, whom_of_all
from truebook.language.visits.sharing import share_of
from truebook.language.wish import Constraint, Visit

_ASKED = frozenset(("price", "length", "children", "other"))


def for_somebody(visit: Visit, state: State, values: Values, meaning: Meaning) -> Visit:
    """Return the visit for somebody else than was thought: "it's for my son, not for me"; right after a receipt it is
    one more, on that day where none is named: "and my son Mateo after me, please"."""
    if values.says("stays_away"):
        return visit
    told_too = state.asks("name") and any(what for what, _ in called_of(values))  # "I'm Ann Lee, the boy is Luke"
    theirs = told_too or values.says("their_name", "their_name_after")
    if theirs and not state.along and (names := called_of(values)):
        return replace(visit, whom=names[0][1])  # "the pupil is Duarte"
    named = _called_by_name(state, values)
    named = None if named in {one.whom for one in state.along} else named  # has a part of it already
    if named and not is_after_one(state):
        return replace(visit, whom=named)
    if (other := instead_of_me(values)) and not {*plain(other).split()} <= {*plain(state.wish.name or "").split()}:
        return replace(visit, whom=other)
    if state.along and any(one.whom for one in (visit, *state.along)):  # "is it cheaper for a child?" is one of them
        return visit
    whom = in_full(kin_of(values) or named, state)
    if whom and visit.whom and plain(whom) in lists(values.language)["kin"] and _ASKED & {*meaning.asks}:
        return visit  # "how much is it for a child?"
    wanted = meaning.likeliest("book", "same") >= LIKELY
    asked = bool({"other", "children"} & set(meaning.asks))  # "can my daughter come along to watch?"
    also = meaning.adding or (values.says("also") and not named)  # "a voucher for Luke would be nice too"
    more = is_after_one(state) and (wanted or (not asked and also))
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
    """Return the name of whom a visit is for, where they are not the customer: in a first wish ("a maths lesson for
    Duarte"), after an offer or a read-back ("yes, but it's for Peter, Peter Reed"), or a receipt ("one more for Al").
    """
    names, own = clear_of(names_for(values), spans(values.people)), plain(state.wish.name or "")
    large = [one for one in names if one.text[:1].isupper() and " " not in one.text]
    told = [one.text for one in large if _is_for(one, values) or _is_somebodys(one.text)]
    wished = bool(values.services) and not state.asked
    if state.readback or state.offered or is_after_one(state):
        names = [one for one in clear_of(names, values.spans) if _is_for(one, values)]
        told = [one.text for one in names if _is_somebodys(one.text)]
        wished = values.bare or not state.readback
    others = len(told) == 1 and not {plain(told[0]), *plain(told[0]).split()[:1]} & {own, *own.split()[:1]}
    if not (wished and others and values.name is None):
        return None
    return next((one.text for one in runs(values.text, values.language) if one.text.startswith(f"{told[0]} ")), told[0])


def _is_somebodys(name: str) -> bool:
    """Tell whether a name is one that people have: a first name, or a full one with its capitals."""
    words = name.split()
    return bool({*map(plain, words)} & given_names()) or (len(words) > 1 and all(one[:1].isupper() for one in words))


def _is_for(name: Found, values: Values) -> bool:
    """Tell whether a "for" stands before a name, and no "of" or "to"; an article may stand between."""
    before = [word.text for word in values.words[: values.before(name.start)]]
    while before and before[-1] in ARTICLES:
        before.pop()
    return bool(before) and before[-1] in lists_of("counting", values.language)["for"]


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


def coming_along(visit: Visit, state: State, values: Values, meaning: Meaning) -> tuple[str, ...]:
    """Return who comes along besides those who come already, by what they are called, if at all."""
    keys = ("also", "adding", "right_after", *(("same_time",) if meaning.yes else ()))
    open_ = bool(state.offered or state.readback or state.asks("name"))
    besides = open_ and values.says(*keys)  # "and for my husband too"
    people = 0.0 if is_after_one(state) else meaning.likeliest("people")  # "my husband too" is one more, for him
    party = party_of(values, 1.0 if besides and not values.services else people, besides=besides)
    guests = tuple(in_full(one, state) or "" for one in (party.others if party.me else party.others[1:]))
    guests = tuple(one for one in guests if not one or one not in (visit.whom, state.wish.visit.whom))  # comes already
    times = counted(values.text, values.language).times and not (visit.days and visit.days.one)  # "two lessons"
    missing = 0 if times else count_of(values) - 1 - len(guests)
    guests += ("",) * max(0, missing)
    a_class = visit.service in state.desk.classes
    if not guests and a_class and state.readback and wants_a_place(values):
        guests = ("",)
    if not guests and a_class and not state.along and "children" not in meaning.asks:
        guests = meaning.party  # "can I bring a friend?"
    if guests == ("",) * sum(bool(one.whom) or one.service is None for one in state.along):
        guests = ()  # "is there room for both?" brings nobody
    return guests
