"""How a message changes a visit that is wished for: what it says replaces what was said of the same thing.

The rules of merging, one a line, are tests in every language (`tests/language/test_wish.py`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from truebook.language.state import Slot
from truebook.language.wish import Constraint, Days, On, Times, Value, Visit


def merged(visit: Visit, said: Sequence[Constraint], withdrawn: Sequence[On] = ()) -> Visit:
    """Return a visit after a message that said these constraints, and that some things do not matter after all."""
    kept = [c for c in visit.constraints if c.on not in withdrawn]
    said = _within(visit, [c for c in said if c.on not in withdrawn])
    for new in said:
        kept = [c for old in kept if (c := _beside(old, new))]
    return replace(visit, constraints=(*kept, *said))


def _within(visit: Visit, said: Sequence[Constraint]) -> list[Constraint]:
    """Return what is said with one end of a window put into the window that was said before: "in the afternoon", then
    "but before four"; on another day it is said anew."""
    before = visit.times
    if before is None or before.point or any(c.on == "day" and c.allow for c in said):
        return list(said)
    timed = [c for c in said if c.on == "time" and c.allow]
    within = {c: replace(c, values=tuple(_narrowed(v, before, broad=c.broad) for v in c.values)) for c in timed}
    return [within.get(c, c) for c in said]


def _narrowed(new: Value, old: Times, *, broad: bool) -> Value:
    """Return a window that is open at one end as it lies in an older one, where its other end does; and a part of the
    day with the end that was told before: "ten at the earliest", then "in the morning"."""
    if not isinstance(new, Times) or new.point:
        return new
    if broad and new.first and new.last:
        first, last = max(new.first, old.first or new.first), min(new.last, old.last or new.last)
        return Times(first, last) if (old.first is None or old.last is None) and first < last else new
    if new.last is None and new.first and old.last and (old.first or dt.time.min) <= new.first < old.last:
        return Times(new.first, old.last)
    if new.first is None and new.last and old.first and old.first < new.last <= (old.last or dt.time.max):
        return Times(old.first, new.last)
    return new


def _beside(old: Constraint, new: Constraint) -> Constraint | None:
    """Return what is left of an older constraint beside a newer one."""
    if old.on != new.on:
        is_day_again = new.on == "day" and new.allow and new.choice == 1 and old.on == "order"
        return None if is_day_again or _is_too_late_for(old, new) else old
    match old.allow, new.allow:
        case True, True:  # a day for a day, a time for a time: the later word counts, its "otherwise" only adds
            return None if new.choice in (1, old.choice) else old
        case True, False:  # "not monday": an older monday is gone, an older "next week" stays
            left = tuple(one for one in old.values if not _covered(one, new))
            return replace(old, values=left) if left else None
        case False, True:  # "monday after all": an older "not monday" is gone; "later than six" is no six after all
            hours = all(isinstance(one, Times) and one.point for one in old.values)
            window = hours and any(isinstance(one, Times) and not one.point for one in new.values)
            return None if not window and any(_covered(one, new) for one in old.values) else old
        case _:
            return old


def _is_too_late_for(end: Constraint, new: Constraint) -> bool:
    """Tell whether a time that is wished for begins when all was to be over: then that no longer holds."""
    over = [one.last for one in end.values if isinstance(one, Times) and one.last] if end.on == "end" else []
    begins = [one.first for one in new.values if isinstance(one, Times) and one.first] if new.on == "time" else []
    return new.allow and bool(over) and bool(begins) and min(begins) >= max(over)


def _covered(one: Value, by: Constraint) -> bool:
    """Tell whether everything that a value allows lies within one of the values of a constraint."""
    return any(_lies_in(one, other) for other in by.values)


def _lies_in(one: Value, other: Value) -> bool:
    if isinstance(one, Days) and isinstance(other, Days):
        within = other.first <= one.first and one.last <= other.last and not other.weekdays
        return within or (one.one and other.holds(one.first))
    if isinstance(one, Times) and isinstance(other, Times) and one.point and one.first is not None:
        return other.holds(one.first)
    return one == other


def adopted(visit: Visit, slot: Slot, *, must: bool = False) -> Visit:
    """Return a visit with everything that a chosen slot names: as it stands, unless the customer says otherwise.

    What was ruled out, and not by that slot, stays ruled out: of a series the first date is named, not "not the 24th".
    """
    named = slot.named
    said = (Constraint(on, (_only(value),), must=must) for on, value in named.items())
    own = (c for c in visit.constraints if c.on != "order")
    kept = tuple(c for c in own if c.on not in named or (not c.allow and c.holds(named[c.on])))
    return replace(visit, service=slot.service or visit.service, constraints=(*kept, *said))


def _only(value: dt.date | dt.time | str) -> Value:
    """Return the value of a constraint that nothing but a day, a time or somebody meets."""
    if isinstance(value, dt.date):
        return Days(value, value)
    return Times(value, value) if isinstance(value, dt.time) else value


def on_day(day: dt.date, said: str = "") -> Constraint:
    """Return the constraint for one day."""
    return Constraint("day", (Days(day, day),), said=said)


def from_time(clock: dt.time) -> tuple[Constraint, ...]:
    """Return the constraints for a time of day, or as soon after it as can be: when something else is over."""
    return (at_time(clock, must=False), Constraint("time", (Times(None, clock),), allow=False))


def at_time(clock: dt.time, said: str = "", *, must: bool = True) -> Constraint:
    """Return the constraint for one time of day."""
    return Constraint("time", (Times(clock, clock),), must=must, said=said)
