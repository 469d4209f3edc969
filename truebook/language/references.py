"""Days and times told by others: "half an hour later", "the day before", "same time the week after".

They count from what was spoken of last: a read-back, the offers, an appointment.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from truebook.language.choosing import contradicted
from truebook.language.merge import at_time, on_day
from truebook.language.state import Slot, State
from truebook.language.values import Values
from truebook.language.wish import Constraint, Days, Times

_BY_DAYS = {"day_before": -1, "day_after": 1, "week_after": 7, "week_before": -7}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a reference counts from: the first and the last of what was spoken of."""

    first: Slot
    last: Slot


def anchor(state: State) -> Anchor | None:
    """Return what was spoken of last, if anything."""
    if state.readback and state.readback.day:
        return Anchor(state.readback, state.readback)
    timed = sorted((s for s in state.offered if s.day and s.time), key=lambda s: (s.day, s.time))
    if timed:
        return Anchor(timed[0], timed[-1])
    known = [s for s in state.appointments if s.id == state.subject] or ([state.booked] if state.booked else [])
    return Anchor(known[0], known[0]) if known and known[0] and known[0].day else None


def references(values: Values, state: State, said: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Return the constraints that a message states by pointing at what was spoken of; said: what it states outright."""
    placed = contradicted(state.offered, values)  # "the second one, but a bit later"
    base = Anchor(placed, placed) if placed else anchor(state)
    if base is None:
        return ()
    kinds = {c.on for c in said if c.allow}
    days = _days(values, base, state, said)
    times = () if "time" in kinds else _times(values, base, state, "day" in kinds)
    return (*days, *times)


def days_away(values: Values) -> int | None:
    """Return how many days from another day a message says it is: "the week after", "two days earlier"."""
    away = [shift.days for shift in values.shifts if shift.days]
    away += [days for key, days in _BY_DAYS.items() if values.says(key)]
    return away[0] if away else None


def _days(values: Values, base: Anchor, state: State, said: Sequence[Constraint]) -> tuple[Constraint, ...]:
    assert base.first.day
    away = days_away(values)
    named = [one for c in said if c.on == "day" and c.allow for one in c.values if isinstance(one, Days)]
    if away is not None:
        return (on_day(base.first.day + dt.timedelta(days=away)),)
    if named and values.says("same_time") and len(named) == 1 and not named[0].one:  # "same time next week"
        ahead = (base.first.day.weekday() - named[0].first.weekday()) % 7
        return (on_day(named[0].first + dt.timedelta(days=ahead)),)
    minutes = any(shift.minutes for shift in values.shifts)
    onwards = values.says("later") or values.says("earlier")
    points = values.says("same_day") or values.says("right_after")
    if not named and (points or minutes or (onwards and base.first.day == base.last.day)):
        return (on_day(base.first.day),)
    return ()


def _times(values: Values, base: Anchor, state: State, other_day: bool) -> tuple[Constraint, ...]:
    first, last = base.first.time, base.last.time
    if first is None or last is None:
        return ()
    minutes = [shift.minutes for shift in values.shifts if shift.minutes]
    if minutes:
        return (at_time(_moved(last if minutes[0] > 0 else first, minutes[0])),)
    if values.says("right_after") and base.first.minutes:
        return (at_time(_moved(first, base.first.minutes)),)
    if values.says("same_time") or any(shift.days for shift in values.shifts):
        return (at_time(first, must=values.says("same_time")),)
    if any(values.says(key) for key in _BY_DAYS):
        return (at_time(first, must=False),)
    free = not state.offered or not (values.says("later_one") or values.says("earlier_one"))
    if values.says("later") and free and not other_day:
        known = sorted(slot.time for slot in state.offered if slot.time)
        over_days = base.first.day != base.last.day and bool(known)  # later in the day, not after all of them
        after = known[(len(known) - 1) // 2] if over_days else last
        return (Constraint("time", (Times(_moved(after, 1), None),), said="later"),)
    if values.says("earlier") and free and not other_day:
        return (Constraint("time", (Times(None, first),), said="earlier"),)
    return ()


def _moved(clock: dt.time, minutes: int) -> dt.time:
    """Return a time some minutes later, within the day."""
    moved = dt.datetime.combine(dt.date(2000, 1, 2), clock) + dt.timedelta(minutes=minutes)
    return dt.time(23, 59) if moved.date().day > 2 else dt.time(0) if moved.date().day < 2 else moved.time()
