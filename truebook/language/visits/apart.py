"""Several who come on days of their own: "Tom can do tuesdays, Lily wednesdays", "and english on another day"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from truebook.language.lists import lists_of
from truebook.language.lists.marks import phrases
from truebook.language.merge import merged
from truebook.language.spans import Span
from truebook.language.text import plain
from truebook.language.values.constraints import constraints_of
from truebook.language.values.said import Values
from truebook.language.visits.company import company
from truebook.language.visits.party import joined_to_me, my_places
from truebook.language.wish import Constraint, On, Visit

_WHEN: tuple[On, ...] = ("day", "time", "order")


def on_their_own_days(visits: Sequence[Visit], values: Values, today: dt.date) -> tuple[Visit, ...] | None:
    """Return the visits of a message with the days and hours that it tells of each by whose it is; None where it tells
    none, or two are the same person's."""
    whose = [one.whom for one in visits]
    if len(visits) < 2 or len(set(whose)) < len(whose):
        return None
    told = _told_of(whose, values)
    joined = joined_to_me(values, company(values), my_places(values))  # "for me and my son on friday" is for both
    if not told or (len(told) < len(visits) and joined):
        return None
    every = [span for spans in told.values() for span in spans]
    rest = _when(values.outside(every), today)
    found = list[Visit]()
    for one in visits:
        spans = told.get(one.whom, [])
        said = [c for span in spans for c in _when(values.inside(*span), today)] or rest
        bare = one.without(*_WHEN)
        found.append(merged(bare, said) if spans else replace(bare, constraints=(*bare.constraints, *rest)))
    return tuple(found) if len({one.on("day") + one.on("time") for one in found}) > 1 else None


def _told_of(whose: Sequence[str | None], values: Values) -> dict[str | None, list[Span]]:
    """Return the clauses that tell when somebody can come, by whom they name, without what they wish for."""
    found = dict[str | None, list[Span]]()
    for start, end in values.cut("and", "but", "at_once"):
        words = {word.text.removesuffix("'s") for word in values.between(start, end)}
        named = [one for one in whose if one and {*plain(one).split()} & words]
        served = any(start <= hit.start < end for hit in values.services)
        if len(named) == 1 and not served and any(start <= at < end for at in values.whens):
            found.setdefault(named[0], []).append((start, end))
    return found


def on_another_day(one: Visit, first: Visit, values: Values, start: int, end: int) -> Visit:
    """Return a visit on none of the days of the first one, where its part of a message says so."""
    words = values.between(start, end)
    if not phrases(words, lists_of("ordering", values.language)["another_day"]):
        return one
    barred = tuple(replace(c, allow=False, must=True) for c in first.on("day"))
    return merged(one.without("day"), barred)


def _when(values: Values, today: dt.date) -> list[Constraint]:
    return [one for one in constraints_of(values, today, (), None) if one.on in _WHEN]
