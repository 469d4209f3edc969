"""Who works when, in words: the days of one person, or the people of one day."""

from collections.abc import Mapping, Sequence
from datetime import date

from truebook.booking.rota import Duty, Spans
from truebook.language import wording
from truebook.language.wording.voice import Voice, sentence


def tells(duties: Sequence[Duty], staff: str | None, day: date | None) -> bool:
    """Tell whether it is known who works when, and was asked of somebody or of a day."""
    return bool(duties) and (day is not None or any(one.name == staff for one in duties))


def in_words(voice: Voice, duties: Sequence[Duty], staff: str | None, day: date | None) -> str:
    """Return when somebody works, or who works on a day; without a day by weekday, where the weeks are alike."""
    named = [one for one in duties if one.name == staff]
    if day is not None:
        return _of_day(voice, named or duties, staff if named else None, day)
    one = named[0]
    if not one.days:
        return voice.say("works_not_soon", staff=one.name)
    week = {day.weekday(): spans for day, spans in one.days.items()}
    if all(week[day.weekday()] == spans for day, spans in one.days.items()):
        return f"{one.name}: {week_in_words(voice, week)}."
    told = (f"{voice.full_date(day)} {spans_in_words(spans)}" for day, spans in one.days.items())
    return f"{one.name}: {'; '.join(told)}."


def opens(duties: Sequence[Duty], day: date) -> bool:
    """Tell whether anybody is here on a day."""
    return any(day in one.days for one in duties)


def open_in_words(voice: Voice, duties: Sequence[Duty], day: date) -> str:
    """Return from when to when anybody is here on a day: "On Friday 4 December we are open 09:00–18:00."."""
    merged = list[tuple[int, int]]()
    for begin, end in sorted(span for one in duties for span in one.days.get(day, ())):
        joins = bool(merged) and begin <= merged[-1][1]
        merged[-1:] = [(merged[-1][0], max(end, merged[-1][1]))] if joins else [*merged[-1:], (begin, end)]
    return sentence(voice.say("why_open", date=voice.full_date(day), hours=spans_in_words(tuple(merged))))


def _of_day(voice: Voice, duties: Sequence[Duty], staff: str | None, day: date) -> str:
    by_hours: dict[Spans, list[str]] = {}
    for one in duties:
        if day in one.days:
            by_hours.setdefault(one.days[day], []).append(one.name)
    if not by_hours:
        date_ = voice.full_date(day)
        return voice.say("works_not_on", staff=staff, date=date_) if staff else voice.say("why_closed_day", date=date_)
    told = [f"{voice.one_of(names, 'and')} {spans_in_words(spans)}" for spans, names in by_hours.items()]
    return f"{sentence(voice.near_date(day))}: {'; '.join(told)}."


def week_in_words(voice: Voice, week: Mapping[int, Spans]) -> str:
    """Return the hours of a week by weekday (0 = Monday), days with the same hours taken together."""
    by_hours: dict[Spans, list[int]] = {}
    for day in range(7):
        if week.get(day):
            by_hours.setdefault(week[day], []).append(day)
    return "; ".join(f"{_weekdays(voice, days)} {spans_in_words(spans)}" for spans, days in by_hours.items())


def spans_in_words(spans: Spans) -> str:
    """Return the hours of a day: "09:00–12:00 14:00–18:00"."""
    return " ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in spans)


def _weekdays(voice: Voice, days: list[int]) -> str:
    names = [wording.weekday(voice.language, day) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[0] + len(days))):
        return f"{names[0]}–{names[-1]}"
    return voice.say("comma").join(names)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
