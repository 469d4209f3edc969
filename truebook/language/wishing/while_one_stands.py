"""What a message says of a visit that waits while another one stands on the table: "and the consultation after work".

The one that stands stays as it is, and whatever is said of the other is kept for its turn.
"""

import datetime as dt
from dataclasses import replace

from truebook.language.meaning.asides import one_more_day
from truebook.language.meaning.meant import LIKELY
from truebook.language.merge import merged
from truebook.language.pointing.choosing import fits_day
from truebook.language.pointing.references import without_days
from truebook.language.spans import spans, touched
from truebook.language.state import Meaning, State
from truebook.language.text import plain
from truebook.language.values.constraints import constraints_of
from truebook.language.values.said import Values
from truebook.language.visits.company import company, is_for_me
from truebook.language.visits.ordering import order_of
from truebook.language.visits.several import left_out, only_of
from truebook.language.wish import Days, Visit


def only_this(state: State, values: Values) -> bool:
    """Tell whether of several only the one that stands on the table is wanted: "just the thursday one, then"."""
    here = _days_here(state) - {None}
    on_it = len(here) == 1 and bool(values.days) and all(fits_day(day, next(iter(here)), values) for day in values.days)
    return bool(state.later) and on_it and values.says("only") and not values.services


def _days_here(state: State) -> set[dt.date | None]:
    """Return the days of what stands on the table."""
    return {state.wish.visit.day, *(slot.day for slot in state.shown)}


def said_of_what_waits(state: State, values: Values, meaning: Meaning, today: dt.date) -> tuple[int, State] | None:
    """Return where a message begins to speak of a visit that waits, and the state with that visit as it is told; None
    where it speaks of none, or takes the one that stands away for it."""
    here = {state.wish.visit.service, *(one.service for one in state.along)}
    named = [hit for hit in values.services if len(hit.ids) == 1 and hit.ids[0] not in here]
    waiting = next((one for one in state.later for hit in named[:1] if one.service == hit.ids[0]), None)
    open_ = state.readback or state.offered or state.asks("name")
    gone, led = left_out(values), [mark.end for mark in values.marked("only")]
    alone = {one for hit in only_of(values) if any(end <= hit.start for end in led) for one in hit.ids}
    if gone and open_ and gone <= {one.service for one in state.later} and not gone & here:
        return 0, replace(state, later=tuple(one for one in state.later if one.service not in gone))
    apart = _told_apart(state, values) if waiting is None else None
    if waiting is None and apart is None and open_ and (dated := _days_of_those_alike(state, values, today)):
        return 0, replace(state, later=dated)
    waiting, at = apart or (waiting, named[0].start if named else 0)
    if waiting is None or not open_ or state.asks("cancel") or gone or order_of(values, ()):
        return None
    if waiting.service in alone:
        return None  # "saturday please, and only the cut": it takes the place of the one that stands
    start = _begins(values, at)
    values = without_days(spans(m for m in values.marked("second") if m.start == at), values)  # "den zweiten"
    if not apart and any(hit.start > start for hit in values.services if {*hit.ids} & here):
        return None
    days = [one for c in waiting.on("day") for one in c.values if isinstance(one, Days)]
    span = Days(min(one.first for one in days), max(one.last for one in days)) if days else None
    said = constraints_of(values, today, ((-1, start),), span, frozenset(one.first for one in days if one.one))
    joined = any(mark.start == start for mark in values.marked("and", "adding"))
    if not said and (meaning.no or not joined or meaning.likeliest("withdraw") >= LIKELY):
        return None
    later = tuple(merged(one, said) if one is waiting else one for one in state.later)
    return start, replace(state, later=later)


def _told_apart(state: State, values: Values) -> tuple[Visit, int] | None:
    """Return the only visit that waits on the day, or for whom, or as which a message tells another hour of, and where
    it names it: "the friday one rather at five", "my husband's at three"; None where it speaks of none, or of all."""
    here, found = _days_here(state), list[tuple[Visit, int]]()
    told = bool(values.times or values.people)
    waiting = [one for one in state.later if one.day not in here] if told else []
    for day in values.days:
        found += [(one, day.start) for one in waiting if fits_day(day, one.day, values)]
    for kin in company(values) if told and not values.days else ():
        theirs, start = {*plain(kin.name).split()}, values.words[kin.first].start
        found += [(one, start) for one in state.later if {*plain(one.whom or "").split()} & theirs]
    second = values.marked("second")[:1] if state.readback and values.times and len(state.later) == 1 else ()
    if second and all(touched(day, spans(second)) for day in values.days):  # "den zweiten um 17 Uhr"
        found = [(state.later[0], second[0].start)]
    alone = len(found) == 1 and not (values.marked("only", "or") or is_for_me(values))
    others = [day for day in values.days if found and day.start != found[0][1] and not second]
    stands = all(any(fits_day(day, one, values) for one in here) for day in others)
    return found[0] if alone and stands else None  # "thursday is fine, but friday must be at three"


def _days_of_those_alike(state: State, values: Values, today: dt.date) -> tuple[Visit, ...]:
    """Return the visits that wait with the days that a message tells of those that are only counted so far, while times
    of the first one are offered: "and the other two? the 3rd and the 8th"; none where it tells none."""
    alike = [one for one in state.later if one.service in (None, state.wish.visit.service) and not one.on("day")]
    one_day = state.offered and len({slot.day for slot in state.offered}) == 1 and not state.asks("name")
    more = one_day and (alike or values.says("adding"))  # else "also on thursday" may be instead
    told = one_more_day(state, values, today, state.offered[0])[1:] if more else ()
    if not told:
        return ()
    said = [[c for c in one.constraints if c.on == "day" or (c.on == "time" and c.must)] for one in told]
    alike = alike or [Visit(state.wish.visit.service, state.wish.visit.whom)] * len(said)
    further = [merged(one, when) for one, when in zip(alike, said, strict=False)]
    return (*further, *alike[len(further) :], *(one for one in state.later if one not in alike and one.on("day")))


def _begins(values: Values, at: int) -> int:
    """Return where the clause of a place begins: behind a stop, or with an "and"; what only leads to it is of it."""
    (start, _), small = values.part(at, "and", "adding", "but"), values.small("no", "filler")
    return start if any(word.text not in small for word in values.words if word.end <= start) else 0
