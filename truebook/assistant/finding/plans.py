"""From what is free to what is offered: the times that meet every must and as many preferences as can be.

Where nothing meets a wish, the nearest times are offered, and it is named what had to give.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from truebook.booking.model import Slot
from truebook.language.wish import Constraint, Days, On, Times

MOST = 3
"""Times in one offer: more is a wall of text."""
MORE = 6
"""Further times in a list: with the first and "another time" as many rows as WhatsApp's lists have."""
NOON = time(12)
APART = timedelta(minutes=30)
ABOUT = 40
"""Minutes up to which a time is still about the one wished for."""
Option = Sequence[Constraint]
_KINDS: tuple[On, ...] = ("time", "staff", "day")
_GIVE: dict[On, tuple[On, ...]] = {"time": ("time", "end")}
"""What gives along with something that gives: whoever has to be done by noon may stay, if another hour will do."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The times to offer, in order of time, or the latest first where that is wished for; exact: the first is just
    what was wished for. `gave`: what none of them meets.

    `choice` is the option they meet, `aim` the instant wished for, where one was.
    """

    slots: tuple[Slot, ...]
    exact: bool = False
    gave: tuple[On, ...] = ()
    choice: int = 1
    aim: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A slot as a wish sees it."""

    slot: Slot
    day: date
    clock: time
    staff: str

    ends: time

    def value(self, on: On) -> date | time | str:
        known: dict[On, date | time | str] = {"day": self.day, "time": self.clock, "end": self.ends}
        return known.get(on, self.staff)


def choose(
    slots: Sequence[Slot], options: Sequence[Option], zone: ZoneInfo, now: datetime, *, several: bool = False
) -> Plans:
    """Return what to offer of the free times, in order of time; the first option that can be met wins.

    Where a preference that was told cannot be met beside the musts, it is named as what had to give. several: of a
    visit of several parts, which fits less often: another hour of its day rather than that hour of another day.
    """
    places = [_placed(slot, zone) for slot in slots]
    spoken = _on_the_day_spoken_of(options[0]) if several else ()
    if spoken and not any(_meets(p, spoken) for p in places) and any(_meets(p, spoken, but=("time",)) for p in places):
        return _instead(places, spoken, zone, now)
    for number, option in enumerate(options, 1):
        if found := [p for p in places if _meets(p, option)]:
            told = tuple(replace(c, must=True) if c.said and not c.near else c for c in option)
            if any(_meets(p, told) for p in found):
                return replace(_fitting(found, option, zone), choice=number)
            return replace(_instead(found, told, zone, now), choice=number)
    near = [replace(_nearest(places, one, zone, now), choice=number) for number, one in enumerate(options, 1)]
    return next((one for one in near if one.slots and "day" not in one.gave), near[0])


def _nearest(places: Sequence[_Place], option: Option, zone: ZoneInfo, now: datetime) -> Plans:
    """Return the nearest times where none meets an option: on its day with whom they would rather have, if there are
    any."""
    told = tuple(replace(c, must=True) if c.on == "staff" and c.said and c.allow else c for c in option)
    near = _instead(places, told, zone, now)
    return near if near.gave == ("time",) else _instead(places, option, zone, now)


def _on_the_day_spoken_of(option: Option) -> Option:
    """Return an option that tells an hour with the day of what stood before as one of its musts; nothing for others."""
    days = [c for c in option if c.on == "day" and c.allow]
    hours = [c for c in option if c.on == "time" and c.allow and c.said and not c.near]
    if len(days) != 1 or days[0].must or days[0].said or not hours:
        return ()
    return tuple(replace(c, must=True) if c is days[0] or c in hours else c for c in option)


def further(slots: Sequence[Slot], chosen: Plans, options: Sequence[Option], zone: ZoneInfo) -> tuple[Slot, ...]:
    """Return more times that meet the same musts, apart from those chosen, for where a list can hold them."""
    places = [_placed(slot, zone) for slot in slots]
    option = options[chosen.choice - 1]
    rest = [p for p in places if p.slot not in chosen.slots and _meets(p, option)]
    apart = [p for p in rest if all(abs(p.slot.start - one.start) >= APART for one in chosen.slots)]
    return _slots(_apart(sorted(apart, key=lambda p: (_misses(p, option), p.slot.start)), MORE))


def _placed(slot: Slot, zone: ZoneInfo) -> _Place:
    local = slot.start.astimezone(zone)
    return _Place(slot, local.date(), local.time(), slot.staff_name, slot.end.astimezone(zone).time())


def _meets(place: _Place, option: Option, *, but: Sequence[On] = ()) -> bool:
    return all(c.holds(place.value(c.on)) for c in option if c.must and c.on != "order" and c.on not in but)


def _misses(place: _Place, option: Option) -> int:
    """Return how many preferences a time does not meet."""
    return sum(not c.holds(place.value(c.on)) for c in option if not c.must and c.on != "order")


def instant(option: Option, zone: ZoneInfo) -> datetime | None:
    """Return the instant that an option asks for, if it is a single one."""
    day = _single(option, "day")
    clock = _single(option, "time")
    if not (isinstance(day, Days) and day.one and isinstance(clock, Times) and clock.point and clock.first):
        return None
    return datetime.combine(day.first, clock.first, zone)


def _single(option: Option, on: On) -> object:
    found = [one for c in option if c.on == on and c.allow for one in c.values]
    return found[0] if len(found) == 1 else None


def _fitting(found: Sequence[_Place], option: Option, zone: ZoneInfo) -> Plans:
    """Return the best of the times that meet every must."""
    aim = instant(option, zone)
    wished = [p for p in found if _misses(p, option) == 0]
    about = any(c.on == "time" and c.near for c in option)
    if aim and wished and not about:
        return Plans((wished[0].slot,), exact=True, aim=aim)
    point = _single(option, "time")
    if isinstance(point, Times) and point.point and point.first:
        near = _around(found, point.first, option)
        far = all(abs(_minutes(one.clock) - _minutes(point.first)) > ABOUT for one in near)
        return Plans(_slots(near), gave=("time",) if about and far else (), aim=aim)
    best = _least_missing(found, option)
    order = next((c.values[0] for c in option if c.on == "order"), None)
    if order == "latest":
        return Plans(tuple(p.slot for p in _latest(best)))
    if order == "soonest":
        return Plans(_slots(_apart(best)))
    return Plans(_slots(_over_days(best)))


def _least_missing(found: Sequence[_Place], option: Option) -> list[_Place]:
    least = min(_misses(p, option) for p in found)
    return [p for p in found if _misses(p, option) == least]


def _around(found: Sequence[_Place], clock: time, option: Option) -> list[_Place]:
    """Return the times nearest to a time of day, about it rather with whom they would like; where it is free itself, it
    and the next one, if there is one about it: later is closer."""
    first_day = min(p.day for p in _least_missing(found, option))
    whom = [c for c in option if c.on == "staff" and not c.must]

    def away(p: _Place) -> tuple[object, ...]:
        far = abs(_minutes(p.clock) - _minutes(clock))
        return p.day != first_day, far > ABOUT, _misses(p, whom), far, p.clock < clock, p.slot.start

    near = sorted(found, key=away)
    if near[0].clock != clock:
        return _apart(near)
    close = [p for p in near if p.day != first_day or abs(_minutes(p.clock) - _minutes(clock)) <= ABOUT]
    later = sorted(close, key=lambda p: (p.day != first_day, p.clock < clock, p.staff != near[0].staff, away(p)))
    return _apart([near[0], *later], 2)


def _latest(found: Sequence[_Place]) -> list[_Place]:
    """Return the last times of the first day that has any, the latest first."""
    day = found[0].day
    return _apart(sorted((p for p in found if p.day == day), key=lambda p: p.slot.start, reverse=True))


def _over_days(found: Sequence[_Place]) -> list[_Place]:
    """Return times that show the breadth of what is free: over the day where it is one, else over days; with different
    people, where nobody was named."""
    days = list(dict.fromkeys(p.day for p in found))[:MOST]
    of_first = [p for p in found if p.day == days[0]]
    first = [of_first[0], of_first[len(of_first) // 2], of_first[-1]] if len(of_first) > MOST else of_first
    chosen = _apart(first, MOST - len(days) + 1)
    for number, day in enumerate(days[1:], 1):
        of_day = [p for p in found if p.day == day]
        chosen.append(of_day[(len(of_day) - 1) * number // (len(days) - 1)])
    return _of_different_people(chosen, found)


def _of_different_people(chosen: Sequence[_Place], found: Sequence[_Place]) -> list[_Place]:
    """Return the same times, each with somebody who has none of those before it, where one is free then."""
    kept = list[_Place]()
    for place in chosen:
        had = {one.staff for one in kept}
        at_once = (p for p in found if p.slot.start == place.slot.start and p.staff not in had)
        kept.append(place if place.staff not in had else next(at_once, place))
    return kept


def _apart(found: Sequence[_Place], most: int = MOST) -> list[_Place]:
    """Return the first few times that lie half an hour apart."""
    chosen: list[_Place] = []
    for place in found:
        if all(abs(place.slot.start - one.slot.start) >= APART for one in chosen):
            chosen.append(place)
        if len(chosen) == most:
            break
    return chosen


def _slots(places: Sequence[_Place]) -> tuple[Slot, ...]:
    return tuple(p.slot for p in sorted(places, key=lambda p: p.slot.start))


def _instead(places: Sequence[_Place], option: Option, zone: ZoneInfo, now: datetime) -> Plans:
    """Return the nearest times where no time meets a wish: near in time, with a colleague, on another day."""
    places = [p for p in places if not any(_is_barred(p, c) for c in option)]
    aim = instant(option, zone)
    near = _nearest_to(aim or _middle(option, zone, now))
    clock = _nearest_clock(option)
    keys: dict[On, Callable[[_Place], tuple[object, ...]]] = {"time": clock, "day": near}
    if aim is not None and isinstance(_single(option, "time"), Times):  # on another day it is still about that time
        keys["day"] = lambda place: (abs(place.day - aim.astimezone(zone).date()), clock(place))
    one_gives = {
        on: sorted((p for p in places if _meets(p, option, but=_GIVE.get(on, (on,)))), key=keys.get(on, near))
        for on in _KINDS
    }
    wanted = {"time" if c.on == "end" else c.on for c in option if c.must}
    chosen, gave = list[_Place](), list[On]()
    for on, most in (("time", 2 if one_gives["staff"] and "staff" in wanted else MOST), ("staff", 2), ("day", MOST)):
        found = one_gives[on] if on in wanted and not (on == "day" and chosen) else []
        added = _apart_from(chosen, found)[: min(most, MOST - len(chosen))]
        chosen += added
        gave += [on] if added else []  # type: ignore[list-item]
    if not chosen:
        chosen, gave = _apart(sorted(places, key=near)), [*filter(wanted.__contains__, _KINDS)]
    return Plans(_slots(chosen), gave=tuple(gave), aim=aim)


def _is_barred(place: _Place, c: Constraint) -> bool:
    """Tell whether the very hour of a time was ruled out: no wish that cannot be met brings it back."""
    points = any(isinstance(one, Times) and one.point for one in c.values)
    return c.on == "time" and c.must and not c.allow and points and not c.holds(place.clock)


def _apart_from(chosen: Sequence[_Place], found: Sequence[_Place]) -> list[_Place]:
    """Return found without what lies too close to what is chosen, or to each other."""
    kept: list[_Place] = []
    for place in found:
        if all(place.slot.start != one.slot.start for one in (*chosen, *kept)):
            kept.append(place)
    return kept


def _nearest_to(wished: datetime) -> Callable[[_Place], tuple[timedelta, bool]]:
    return lambda place: (abs(place.slot.start - wished), place.slot.start < wished)


def _nearest_clock(option: Option) -> Callable[[_Place], tuple[int, date, time]]:
    """Return how far a time of day lies from the time or window wished for, whatever the day; of two the sooner day."""
    wished, over = _single(option, "time"), _single(option, "end")
    edges = [_minutes(one) for one in (wished.first, wished.last) if one] if isinstance(wished, Times) else []
    end = _minutes(over.last) if isinstance(over, Times) and over.last else None

    def away(place: _Place) -> tuple[int, date, time]:
        late = abs(_minutes(place.ends) - end) if end is not None else 0
        return min((abs(_minutes(place.clock) - edge) for edge in edges), default=late), place.day, place.clock

    return away


def _middle(option: Option, zone: ZoneInfo, now: datetime) -> datetime:
    """Return about when a wish is meant: the first day at noon, or at the time or window's beginning."""
    day, clock = _single(option, "day"), _single(option, "time")
    at = clock.first or clock.last if isinstance(clock, Times) else None
    first = day.first if isinstance(day, Days) else now.astimezone(zone).date()
    return max(datetime.combine(first, at or NOON, zone), now)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
