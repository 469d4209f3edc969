"""Which of the offered slots, or of the customer's appointments, a message means."""

from collections.abc import Sequence
from datetime import date

from truebook.language.lexicon import Lexicon, first_value
from truebook.language.model import DayReading, TimeReading
from truebook.language.names import Hit
from truebook.language.state import Slot


def fits_day(reading: DayReading, day: date | None) -> bool:
    """Tell whether reading may mean day."""
    if day is None:
        return False
    in_range = reading.until is not None and reading.date <= day <= reading.until
    return in_range or day == reading.date or day in reading.alternatives


def fits_time(reading: TimeReading, slot: Slot) -> bool:
    """Tell whether reading may mean the time of slot; windows fit every time inside them."""
    if slot.time is None:
        return False
    if reading.relation in ("at", "around"):
        return slot.time == reading.time or slot.time in reading.alternatives
    begins = reading.time is None or slot.time >= reading.time
    return begins and (reading.until is None or slot.time <= reading.until)


def by_content(
    slots: Sequence[Slot], days: Sequence[DayReading], times: Sequence[TimeReading], people: Sequence[Hit]
) -> list[Slot]:
    """Return the slots that fit every day, time and person of the message."""
    return [
        s
        for s in slots
        if (s.day is None or all(fits_day(d, s.day) for d in days))
        and (s.time is None or all(fits_time(t, s) for t in times))
        and (s.staff is None or all(s.staff in p.ids for p in people))
    ]


def by_place(slots: Sequence[Slot], clauses: list[str], lexicon: Lexicon) -> Slot | None:
    """Return the slot named by its place or order: "the second one", "the later one", "either"."""
    if not slots or any(lexicon.neither.search(c) for c in clauses):
        return None
    for index in first_value(lexicon.ordinals, clauses):
        if -1 <= index < len(slots):
            return slots[index]
    timed = sorted(slots, key=lambda s: (str(s.day or ""), str(s.time or "")))
    if len(slots) > 1:
        for pattern, slot in ((lexicon.earlier, timed[0]), (lexicon.later, timed[-1]), (lexicon.whichever, slots[0])):
            if any(pattern.search(c) for c in clauses):
                return slot
    return None


def by_minute(slots: Sequence[Slot], clauses: list[str], lexicon: Lexicon) -> Slot | None:
    """Return the only slot at the minute of an hour that goes unsaid: "half past"."""
    for minute in first_value(lexicon.minutes, clauses):
        fitting = [s for s in slots if s.time and s.time.minute == minute]
        if len(fitting) == 1:
            return fitting[0]
    return None
