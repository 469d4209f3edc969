"""Reading a text: from items through the levels of rules to days and times, and the settling of am and pm."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from truebook.language.temporal import clocks, dates, offsets, periods, spoken, windows
from truebook.language.temporal.grammar import Item
from truebook.language.temporal.lexicon import lexicon
from truebook.language.temporal.listed import listed
from truebook.language.temporal.model import Context, DayReading, Reading, ShiftReading, TimeReading
from truebook.language.temporal.periods import SUNDAY
from truebook.language.temporal.values import PARTS, Clock, spoken_in

PART_REACH = 8  # how many small words may stand between a time and its part of the day
USUAL_HOURS = (time(7), time(19))
LEVELS = (
    *(clocks.MARKED, spoken.SPOKEN, windows.FRAMED),
    *(periods.PERIODS, dates.NAMED, offsets.OFFSETS, periods.RANGES),
    windows.LONELY,
)
SILENT = ("glue", "courtesy", "day", "on", "the", "of", "this", "at", "week", "mark", "period")


def read(text: str, context: Context) -> Reading:
    """Return the days and times that a text names, in text order; raise LookupError for an unknown language."""
    words = lexicon(context.language)
    items = words.items(text)
    if all(item.kinds.keys() <= {"glue", "stop"} for item in items):
        return Reading()
    items = listed(items, context)
    lengths: tuple[ShiftReading, ...] = ()
    for level in LEVELS:
        items = level.reduce(items, context, words.words)
        if level is spoken.SPOKEN:
            lengths = tuple(_shift(i, "span") for i in items if "span" in i.kinds and "clock" not in i.kinds)
    _share_parts(items)
    today = context.now.date()
    return Reading(
        tuple(_days_without_echoes(items, today, text)),
        tuple(reading for item in items for reading in _time_readings(item, context)),
        tuple(_shift(item, "shift") for item in items if "shift" in item.kinds),
        lengths,
    )


def _shift(item: Item, kind: str) -> ShiftReading:
    span = item.kinds[kind]
    if span.unit in ("minute", "hour"):
        return ShiftReading(0, span.count * (60 if span.unit == "hour" else 1), item.start, item.end)
    days = {"day": 1, "workday": 1, "week": 7, "fortnight": 14, "month": 28}
    return ShiftReading(span.count * days.get(span.unit, 0), 0, item.start, item.end)


def _share_parts(items: list[Item]) -> None:
    """Give each part of the day to the clock beside it ("five thirty tomorrow evening")."""
    for index, item in enumerate(items):
        if "part" not in item.kinds or "clock" in item.kinds:
            continue
        before = _beside(items, index, -1)
        found = before or _beside(items, index, 1)
        if found is None:
            continue
        clock, through_days = found
        if before is None and _begins_within(clock.kinds["clock"], item.kinds["part"]):
            clock.kinds["clock"] = _spoken(clock.kinds["clock"], item.kinds["part"])
            continue
        clock.kinds["clock"] = _spoken(clock.kinds["clock"], item.kinds.pop("part"))
        if "day" not in item.kinds and not through_days:
            clock.start, clock.end = min(clock.start, item.start), max(clock.end, item.end)


def _begins_within(clock: Clock, part: str) -> bool:
    """Tell whether a part of the day ends what begins at a clock: "mornings from ten", but not "after ten at night"."""
    return clock.relation == "after" and clock.until is None and PARTS[part].end <= PARTS["morning"].end


def _spoken(clock: Clock, part: str) -> Clock:
    until = spoken_in(clock.until, part) if clock.until else None
    other = spoken_in(clock.other, part) if clock.other else None
    return replace(spoken_in(clock, part), until=until, other=other, confidence=max(clock.confidence, 0.9))


def _beside(items: list[Item], index: int, step: int) -> tuple[Item, bool] | None:
    """Return the nearest item with a clock, past days and small words only, and whether days were passed."""
    index += step
    through_days, reach = False, PART_REACH
    while 0 <= index < len(items) and reach:
        kinds = items[index].kinds
        if "clock" in kinds:
            return items[index], through_days
        through_days = through_days or "day" in kinds
        if not any(kind in kinds for kind in SILENT):
            return None
        index, reach = index + step, reach - 1
    return None


def _days_without_echoes(items: list[Item], today: date, text: str) -> list[DayReading]:
    """Return the days, but of the same day named twice in a row only the surer ("tuesday, the 10th").

    Other words between them may deny the second: "tuesday, but not the 10th". On a sunday, this week and next week
    begin on one day, and are two.
    """
    found: list[DayReading] = []
    since = False
    for item in items:
        if "day" not in item.kinds or item.kinds["day"].past:
            since = since or not any(kind in item.kinds for kind in ("stop", *SILENT))
            continue
        day = _day_reading(item, today)
        same = bool(found) and (found[-1].date, found[-1].until) == (day.date, day.until)
        weeks = same and day.until is not None and today.weekday() == SUNDAY
        weeks = weeks and text[found[-1].start : found[-1].end] != text[day.start : day.end]
        if same and not since and not weeks:
            found[-1] = max(found[-1], day, key=lambda one: one.confidence)
        else:
            found.append(day)
        since = False
    return found


def _day_reading(item: Item, today: date) -> DayReading:
    day = item.kinds["day"]
    sure = min(day.confidence, 0.5) if day.date < today else day.confidence
    return DayReading(day.date, item.start, item.end, sure, day.alternatives, day.until)


def _time_readings(item: Item, context: Context) -> Iterator[TimeReading]:
    clock: Clock | None = item.kinds.get("clock")
    if clock is not None:
        yield _settled(clock, item, context)
        if clock.other is not None:
            yield _settled(clock.other, item, context)
    elif "part" in item.kinds:
        part = PARTS[item.kinds["part"]]
        start, end = _window(item.kinds["part"], context)
        yield TimeReading(start, item.start, item.end, part.confidence, "part", max(end, start))


def _window(named: str, context: Context) -> tuple[time, time]:
    """Return when a part of the day begins and ends; what is early depends on when a day begins here."""
    part, opens = PARTS[named], context.opens
    if opens is None or opens >= PARTS["morning"].end:
        return part.start, part.end
    if named == "first":
        return opens, part.end
    return part.start, max(part.end, opens.replace(hour=opens.hour + 1)) if named == "dawn" else part.end


def _settled(clock: Clock, item: Item, context: Context) -> TimeReading:
    """Return a clock as a reading, with am or pm settled by the opening hours where that is possible."""
    if clock.until is not None:
        return _settled_range(clock, clock.until, item, context)
    chosen, other, open_ = _choose(clock, context)
    sure = clock.confidence if not other else min(clock.confidence, 0.5 if open_ else 0.85)
    others = (other,) if other else ()
    if clock.relation == "before":
        return TimeReading(None, item.start, item.end, sure, "before", chosen, open_, others)
    return TimeReading(chosen, item.start, item.end, sure, clock.relation, None, open_, others)


def _settled_range(first: Clock, last: Clock, item: Item, context: Context) -> TimeReading:
    start, _, start_open = _choose(first, context)
    end, _, _ = _choose(last, context)
    if start >= end:
        earlier = [found for found in _readings(first) if found < end]
        later = [found for found in _readings(last) if found > start]
        start, end = (earlier[-1], end) if earlier else (start, later[0] if later else end)
    elif not last.open and first.open:
        start = [found for found in _readings(first) if found < end][-1]
    return TimeReading(start, item.start, item.end, first.confidence, "between", end, start_open and last.open)


def _readings(clock: Clock) -> list[time]:
    if not clock.open:
        return [clock.time()]
    return [time(clock.hour % 12, clock.minute), time(clock.hour % 12 + 12, clock.minute)]


def _choose(clock: Clock, context: Context) -> tuple[time, time | None, bool]:
    """Return the likelier time, the other one if there is one, and whether it must be asked."""
    readings = _readings(clock)
    if len(readings) == 1:
        return readings[0], None, False
    inside = [_within_hours(found, context) for found in readings]
    chosen = 1 if inside[1] and not inside[0] else 0 if inside[0] else int(readings[0] < time(6))
    return readings[chosen], readings[1 - chosen], inside[0] == inside[1]


def _within_hours(found: time, context: Context) -> bool:
    opens, closes = context.opens or USUAL_HOURS[0], context.closes or USUAL_HOURS[1]
    if closes <= opens:
        return found >= opens or found < closes
    return opens <= found < closes
