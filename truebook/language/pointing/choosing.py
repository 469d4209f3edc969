"""Which of the offered slots, or of the customer's own appointments, a message means."""

import datetime as dt
from collections.abc import Sequence

from truebook.language.lists import lists
from truebook.language.lists.marks import PLACES, Mark
from truebook.language.names import Hit
from truebook.language.spans import clear_of, spans, touched, within
from truebook.language.state import Slot, State
from truebook.language.temporal.model import DayReading, TimeReading
from truebook.language.values.said import Values
from truebook.language.visits.company import numbers_of

_OTHERWISE = ("someone_else", "day_before", "day_after", "week_before", "week_after")  # none of the offers
POINTS = (*PLACES, "middle", "last", "earlier_one", "later_one", "next_one")
"""What names an offer by its place in the list or its order."""
_PLACE = {key: index for index, key in enumerate(PLACES)}
_LEADING = 2  # words before a number that stands for an offer: "the number 2"
_LEADING_HOUR = 4  # and before one that is an hour of theirs: "I'd go for 9"
_PAIR = 2
_FEW = 8  # words of a message that names an offer by a part of the day
_MOST = 9  # days that are looked at one by one
_MINUTES = {"half": 30, "quarter": 15, "three_quarters": 45, "full": 0}


def fits_day(reading: DayReading, day: dt.date | None, values: Values | None = None) -> bool:
    """Tell whether reading may mean day; values: those that it stands in, where a weekday may be of any week."""
    if day is None:
        return False
    named = values.weekday_of(reading) if values and len(values.written(reading).split()) <= _LEADING else None
    in_range = reading.until is not None and reading.date <= day <= reading.until
    return in_range or day in (reading.date, *reading.alternatives) or named == day.weekday()


def fits_time(reading: TimeReading, clock: dt.time | None) -> bool:
    """Tell whether reading may mean a time; windows fit every time inside them."""
    if clock is None:
        return False
    if reading.relation in ("at", "around"):
        return clock == reading.time or clock in reading.alternatives
    begins = reading.time is None or clock >= reading.time
    return begins and (reading.until is None or clock < reading.until)


def fitting(slots: Sequence[Slot], values: Values, days: Sequence[DayReading], people: Sequence[Hit]) -> list[Slot]:
    """Return the slots that fit every day, time and person of a message; a weekday is that of the week offered."""
    times = values.times
    return [
        s
        for s in slots
        if (s.day is None or all(fits_day(d, s.day, values) for d in days))
        and (s.time is None or all(fits_time(t, s.time) for t in times))
        and (s.staff is None or all(s.staff in p.ids for p in people))
    ]


def by_place(slots: Sequence[Slot], values: Values) -> Slot | None:
    """Return the slot named by its place or order: "the second one", "the later one"."""
    middle, count = len(slots) // 2 if len(slots) % 2 else None, len(slots)
    place = {**_PLACE, "middle": middle, "last": count - 1}
    marks = clear_of(values.marked(*place), spans(one for one in values.times if one.relation != "at"))
    for mark in sorted(marks, key=lambda mark: mark.start):  # "la última, no como el otro día", "non prima delle 16"
        if (index := place[mark.key]) is not None and 0 <= index < count:
            return slots[index]
    timed = sorted(slots, key=lambda s: (str(s.day or ""), str(s.time or "")))
    if len(slots) > 1 and values.says("earlier_one"):
        return timed[0]
    return timed[-1] if len(slots) > 1 and values.says("later_one") else None


def places_named(values: Values) -> tuple[int, ...]:
    """Return the places in a list that a message names: 0 is the first, -1 the last; "the first two" are both."""
    places, numbers = {**_PLACE, "last": -1, "first_ones": 0, "last_ones": -1}, numbers_of(values.language)
    found = list[int]()
    for mark in sorted(values.marked(*places), key=lambda mark: (mark.start, -mark.end)):
        beside = [at for at in (mark.last + 1, mark.first - 1) if 0 <= at < len(values.words)]
        count = next((numbers[values.words[at].text] for at in beside if values.words[at].text in numbers), 1)
        first = places[mark.key]
        several = count if first in (0, -1) and count > 1 else 1  # "die ersten beiden", "le prime due"
        if several == 1 and mark.key.endswith("_ones"):
            continue
        found += [first + at if first >= 0 else -1 - at for at in range(several)]
    return tuple(dict.fromkeys(found))


def several_picked(slots: Sequence[Slot], values: Values) -> tuple[Slot, ...]:
    """Return the offers that a message takes, where they are several: "the first and the last one", "both"."""
    points = spans(values.marked(*PLACES, "last"))  # "the first" is no date
    apart = values.says("or") or values.marked("no", "not_before", "not_after", "kin") or values.times
    if apart or not all(touched(day, points) for day in values.days) or any(slot.people > 1 for slot in slots):
        return ()
    places = range(_PAIR) if values.says("both") and len(slots) == _PAIR else places_named(values)
    found = [slots[at] for at in places if -len(slots) <= at < len(slots)]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else ()


def contradicted(slots: Sequence[Slot], values: Values) -> Slot | None:
    """Return the slot that is named by its place, where what is said of it is not so: "the second one, with Anna"."""
    placed = by_place(slots, values)
    if placed is None:
        return None
    points, offered = spans(values.marked(*PLACES, "last")), {slot.day for slot in slots}
    days = [day for day in values.days if day.date in offered or not touched(day, points)]
    moved = bool(points) and (bool(values.shifts) or values.says("later", "earlier"))
    return None if fitting([placed], values, days, values.people) and not moved else placed


def numbered(slots: Sequence[Slot], values: Values) -> list[Slot]:
    """Return the slots that a number with nothing that it counts may mean: their place in the list, or their hour.

    "2 works", "number 3 please".
    """
    bare = spans(t for t in values.times if values.written(t).isdigit())
    taken = [one for one in values.spans if one not in bare]
    taken += spans((values.phone, values.code, values.email))
    numbers = [(n, w) for n, w in enumerate(values.words) if w.text.isdigit() and not within(w.start, taken)]
    if len(numbers) != 1 or values.days or len(values.times) > len(bare):
        return []
    (place, word), number = numbers[0], int(numbers[0][1].text)
    polite = values.places("yes", "filler", "and", "praise", "rather", "with_whom")
    polite |= {values.before(hit.start) for hit in values.people}
    ends = place + 1 == len(values.words) or values.text[word.end : word.end + 1] in ".,!;:)\n"
    hours = [slot for slot in slots if slot.time and slot.time.minute == 0 and slot.time.hour in (number, number + 12)]
    if place > (_LEADING_HOUR if hours else _LEADING) or not (ends or place + 1 in polite):
        return []
    listed = [slots[number - 1]] if 0 < number <= len(slots) else []
    return list(dict.fromkeys((*listed, *hours)))


def by_minute(slots: Sequence[Slot], values: Values) -> Slot | None:
    """Return the only slot at the minute of an hour that goes unsaid: "half past"."""
    ones = spans(values.marked("one", "the_one", "pronoun"))  # "the quarter past one"
    hours = [one for one in values.times if one.relation in ("at", "around") and not within(one.end - 1, ones)]
    for key, minute in _MINUTES.items():
        found = [s for s in slots if s.time and s.time.minute == minute]
        named = values.marked(key)
        part = [m for m in named if any(m.end - m.start < t.end - t.start and touched(m, spans([t])) for t in hours)]
        if len(found) == 1 and len(part) < len(named):  # "halb zehn" is not half past one
            return found[0]
    return None


def _nearly(slots: Sequence[Slot], values: Values) -> Slot | None:
    """Return the only offer at the minute that is said, or within the hour by which "the one" is named: "the one at
    eleven", of 11:15."""
    (first, *more) = [t for t in values.times if t.relation in ("at", "around")]
    leads = any(values.joined(mark.end, first.start, "skip", "filler") for mark in values.marked("the_one"))
    hours = {clock.hour for clock in (first.time, *first.alternatives) if clock and not clock.minute}
    near = [slot for slot in slots if slot.time and slot.time.hour in hours] if leads and not more else []
    return near[0] if len(near) == 1 else by_minute(slots, values)


def picked(state: State, values: Values, *, takes: bool, asks: bool) -> Slot | None:
    """Return the offered slot that a message takes; takes: it says yes or chooses, asks: it only asks about them."""
    slots = state.offered
    company = any(slot.people > 1 for slot in slots)  # "is somebody else free besides?": they are offered both
    if not slots or values.says(*(key for key in _OTHERWISE if not (company and key == "someone_else"))):
        return None
    if contradicted(slots, values):
        return None
    if named := _following(state, values) or _within_window(slots, values):
        return named
    wanted_days = [d for d in values.days if d.until is None]
    exact = [t for t in values.times if t.relation in ("at", "around")]
    theirs = [s for s in slots if s.staff is None or all(s.staff in p.ids for p in values.people)]
    hours = [one for one in numbered(slots, values) if one in theirs]  # "10 with Tomás"
    if exact or (wanted_days and not values.times):
        found = fitting(slots, values, wanted_days, values.people) or hours
        if len(found) == 1:
            return found[0]
        placed = by_place(slots, values) if not exact else _nearly(theirs, values) if not found else None
        return placed or (found[0] if found and exact and len({(s.day, s.time) for s in found}) == 1 else None)
    if values.days or values.times or values.shifts:
        return None
    if placed := by_place(slots, values):
        return placed
    if values.people:
        found = hours or fitting(slots, values, (), values.people)
        return found[0] if len(found) == 1 and (hours or not asks or len(slots) == 1) else None
    if minute := by_minute(slots, values):
        return minute
    if one := numbered(slots, values):
        return one[0] if len(one) == 1 else None
    if values.says("whichever") and not asks:
        return slots[0]
    return slots[0] if takes else None


def _following(state: State, values: Values) -> Slot | None:
    """Return the offer after the hour that is said, or that was read back: "14:00, oh no, the next one then"."""
    read = state.readback.time if state.readback else None
    hours = [t.time for t in values.times if t.time and t.relation == "at"] or ([read] if read else [])
    days = {slot.day for slot in state.offered}
    if not values.says("next_one") or values.days or not hours or len(days) > 1:
        return None
    later = [slot for slot in state.offered if slot.time and slot.time > max(hours)]
    return min(later, key=lambda slot: str(slot.time), default=None)


def _within_window(slots: Sequence[Slot], values: Values) -> Slot | None:
    """Return the first offer within a window by which "the one" is named: "the one after lunch"."""
    leads = values.marked("the_one")
    windows = bool(values.times) and all(t.relation in ("after", "before", "part") for t in values.times)
    near = any(values.joined(mark.end, values.times[0].start, "skip", "filler") for mark in leads) if windows else False
    near = near or (windows and _stands_for_it(values, values.times[0].end))
    if not near or values.days or len(values.words) > _FEW:
        return None
    found = fitting(slots, values, (), values.people)
    return found[0] if found and len(found) < len(slots) else None


def _stands_for_it(values: Values, at: int) -> bool:
    """Tell whether an offer is named by the part of the day before a place: "the morning one"."""
    after = next((word.text for word in values.words if word.start >= at), "")
    return after in lists(values.language).get("pronoun", ())


def told_by(values: Values) -> frozenset[str | dt.date]:
    """Return the staff and the days by which an appointment is named: "the one with Anna", "the thursday one"."""
    articles = ("skip", "with_whom", "for_whom")
    found, leads, small = set[str | dt.date](), values.marked("the_one"), values.small("skip")

    def named(start: int, end: int) -> bool:
        start = next((w.start for w in values.between(start, end) if w.text not in small), start)  # "del jueves"
        led = (m for m in leads if m.end <= start and values.joined(m.end, start, *articles))
        apart = any(m.last > m.first or values.between(m.end, start) for m in led)  # the "la" of "con la Clara" is none
        ones = [m.start for m in values.marked("one", "pronoun")]  # "the thursday one", "the thursday one to saturday"
        return apart or any(start < at < end or (at >= end and not values.text[end:at].strip()) for at in ones)

    for hit in values.people:
        found |= {*hit.ids} if len(hit.ids) == 1 and named(hit.start, hit.end) else set()
    return frozenset(found | {day.date for day in values.days if named(day.start, day.end)})


def is_named_by_day(slot: Slot, values: Values, *, told: bool = True) -> bool:
    """Tell whether an appointment is named by its day: "the wednesday one"; or its day, if told is not asked for."""
    days = [day for day in values.days if not told or day.date in told_by(values)]
    bare = [day for day in days if not values.in_digits(day)]
    weekdays = {day.date.weekday() for day in bare if day.until is None}  # of any week: it stands
    return slot.day is not None and (slot.day.weekday() in weekdays or any(fits_day(day, slot.day) for day in days))


def spared(values: Values) -> frozenset[str | dt.date]:
    """Return the services, the staff and the days of which a message says that they are not meant: "not the haircut",
    "not the one with Ben", "but keep the cut", "all but the 10th"."""
    denied = values.marked("not_before", "no", "not_after", "keeping")
    gone = {mark.start for mark in values.marked("without", "cancels", "forget")}  # "drop the thursday one"
    left = tuple(mark for mark in denied if mark.start not in gone)
    later = tuple(mark for mark in left if mark.first)  # "no ben" may well mean his
    told: list[tuple[str | dt.date, Hit | DayReading, tuple[Mark, ...]]] = [
        *((hit.ids[0], hit, denied) for hit in values.services if len(hit.ids) == 1),
        *((hit.ids[0], hit, later) for hit in values.people if len(hit.ids) == 1),
        *((day.date, day, left) for day in values.days[:_MOST] if day.until is None),
    ]
    return frozenset(one for one, at, marks in told if _is_spared(at, marks, values))


def _is_spared(one: Hit | DayReading, denied: Sequence[Mark], values: Values) -> bool:
    ends = ("", *".,;!?")
    last = (mark for mark in values.marked("no") if mark.first and values.text[mark.end :].strip()[:1] in ends)
    stays = (*values.marked("staying"), *last)  # "only Anna's, la de Ben no"
    small = ("skip", "whose", "with_whom", "the_one", "it")
    return any(mark.end <= one.start and values.joined(mark.end, one.start, *small) for mark in denied) or any(
        one.end <= mark.start and values.joined(one.end, mark.start, "skip") for mark in stays
    )


def appointments_meant(state: State, values: Values) -> tuple[Slot, ...]:
    """Return which of the customer's own appointments are named, by day, time, service, person or place."""
    out = spared(values)
    mine = tuple(one for one in state.appointments if not {one.service, one.staff, one.day} & out)
    if values.says("all") and len(mine) > 1:
        return mine
    if out and len(mine) == 1:
        return mine
    if state.asked_which and (placed := by_place(mine, values)):
        return (placed,)
    by_service = [a for a in mine if any(a.service in hit.ids for hit in values.services)]
    among = by_service or list(mine)
    day = values.days[0] if values.days else None
    by_day = [a for a in among if day and a.day and fits_day(day, a.day, values)]
    by_time = [a for a in by_day or among if any(fits_time(t, a.time) for t in values.times[:1])]
    by_staff = [a for a in among if any(a.staff in hit.ids for hit in values.people)]
    timed = by_time if by_day or len(by_time) == 1 else []
    return tuple(timed or by_day or by_staff or by_service)
