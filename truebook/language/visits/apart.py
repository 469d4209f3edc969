"""Several on days or at hours of their own: "Tom can do tuesdays, Lily wednesdays", "and english on another day"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from truebook.language.lists.timewords import weekday_named
from truebook.language.merge import adopted, merged
from truebook.language.names import TITLES
from truebook.language.spans import Span, spans
from truebook.language.state import Slot
from truebook.language.text import plain
from truebook.language.values.constraints import constraints_of
from truebook.language.values.days_told import week_of
from truebook.language.values.said import STOP, Values
from truebook.language.visits.company import company
from truebook.language.visits.party import joined_to_me, my_places
from truebook.language.wish import Constraint, Days, On, Times, Visit

_NOON = 12
_WHEN: tuple[On, ...] = ("day", "time", "order")


def on_their_own_days(visits: Sequence[Visit], values: Values, today: dt.date) -> tuple[Visit, ...] | None:
    """Return the visits of a message with the days and hours that it tells of each by whose it is; None where it tells
    none, or two are the same person's."""
    whose = [one.whom for one in visits]
    if len(visits) < 2 or len(set(whose)) < len(whose):
        return None
    told = _told_of(whose, values)
    joined = joined_to_me(values, company(values), my_places(values))  # "for me and my son on friday" is for both
    joints = {mark.start for mark in values.marked("and")}
    if not told or (len(told) < len(visits) and (joined or any(one[0][0] in joints for one in told.values()))):
        return None
    every = [span for spans in told.values() for span in spans]
    rest = _when(values.outside(every), today)
    found = list[Visit]()
    for one in visits:
        spans = told.get(one.whom, [])
        said = [c for span in spans for c in _when(values.inside(*span), today)] or rest
        bare = one.without(*_WHEN)
        found.append(merged(bare, said) if spans else replace(bare, constraints=(*bare.constraints, *rest)))
    hours = {one.time for one in found if one.times and one.times.point}  # "Mia from five on" moves nobody else
    return tuple(found) if len({one.on("day") for one in found}) > 1 or len(hours) > 1 else None


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


def kept_apart(visits: Sequence[Visit], days: int) -> list[Visit]:
    """Return visits of which each is so many days after the one before it at the least, the first of them so early that
    this can be; or just on another day (1)."""
    first, *others = visits
    ends = [v.last for one in others for c in one.on("day") for v in c.values if isinstance(v, Days) and v.last]
    if days > 1 and ends and not (first.days and first.days.one):
        late = Days(min(ends) - dt.timedelta(days=days - 1), min(ends))
        first = merged(first, [Constraint("day", (late,), allow=False)])
    day = first.on("day") if first.days and first.days.one else None  # that of the first is none of theirs
    others = [one.without("day") if one.on("day") == day else one for one in others]
    return [first, *(replace(one, days_after=days) for one in others)]


def _when(values: Values, today: dt.date) -> list[Constraint]:
    return [one for one in constraints_of(values, today, (), None) if one.on in _WHEN]


def on_days_of_their_own(said: Sequence[Constraint], others: Sequence[Visit]) -> bool:
    """Tell whether a message wishes on several days, each told of one: "maths on wednesday, english on friday"."""
    day = tuple(c for c in said if c.on == "day" and c.allow and c.choice == 1)
    return bool(day) and any(one.on("day") not in ((), day) for one in others)


def said_of_each(last: int, values: Values, today: dt.date) -> list[Constraint]:
    """Return when, and with whom, each of several is to be that have days of their own: what is set apart behind the
    last of them, or said of both: "maths on wednesday and english on friday, after four"."""
    hours = [one for one in values.times if one.relation == "at"]
    ends = [end for _, end in spans(values.services, values.days, hours) if end > last]
    start = max(ends, default=last)
    of_all = [m for m in values.marked("both", "all", "always") if m.start >= start]
    stops = STOP.finditer(values.text, start)
    titles = {word.end for word in values.words if word.text in TITLES}
    stop = next((one for one in stops if one.start() not in titles), None)  # not that of "Dr. Weber"
    begins = start if of_all else stop.end() if stop else len(values.text)
    told = constraints_of(values.outside(((-1, begins),)), today, (), None)
    return [
        c
        for c in told
        if c.on in ("time", "end", "staff") and not any(one.point for one in c.values if isinstance(one, Times))
    ]


def from_then_on(visit: Visit, day: dt.date, language: str, *, next_week: bool) -> Visit:
    """Return a visit that comes after one on a day with its bare weekdays counted from there: "the blood test on friday
    and after that the doctor, tuesday or thursday"; next_week: from the week after it on."""
    since = week_of(day).last + dt.timedelta(days=1) if next_week else day

    def counted(one: Constraint) -> Constraint:
        bare = one.on == "day" and all(weekday_named(word, language) is not None for word in one.said.split(" / "))
        days = [since + (v.first - since) % dt.timedelta(days=7) for v in one.values if isinstance(v, Days)]
        return replace(one, values=tuple(Days(day, day) for day in days), others=()) if bare else one

    return replace(visit, constraints=tuple(map(counted, visit.constraints)))


def of_all(visits: Sequence[Visit], said: Sequence[Constraint]) -> list[Visit]:
    """Return visits of which each has an hour or a person of its own, with the day, or also the hour, said of all."""
    apart = all(one.on("time") for one in visits)
    told = tuple(c for c in said if c.on == "day" or (c.on == "time" and not apart))
    bare = [one.without(*(c.on for c in told)) for one in visits]
    days = tuple(c for c in told if c.on == "day")
    return [replace(one, constraints=(*one.constraints, *(days if n else told))) for n, one in enumerate(bare)]


def on_one_day(visits: Sequence[Visit]) -> list[Visit]:
    """Return visits with an hour each, on the day that one of them names: "a cut at 9, a beard at 10 on friday"."""
    days = [one.on("day") for one in visits if one.on("day")]
    told = days[0] if len(set(days)) == 1 else ()
    return [one if one.on("day") else replace(one, constraints=(*told, *one.constraints)) for one in visits]


def on_days_told(visits: Sequence[Visit], offered: Sequence[Slot]) -> list[Visit]:
    """Return visits on days of a list: at the hour that is told of one of them, "the 8th, 15th and 22nd at 10", or
    else at those that are offered on their days."""
    timed = [_as_offered(one, offered) if one.on("time") else one for one in visits]
    hour = next((one.on("time") for one in timed if one.on("time")), ())
    return [
        _as_offered(one if one.on("time") else replace(one, constraints=(*one.constraints, *hour)), offered)
        for one in timed
    ]


def _as_offered(visit: Visit, offered: Sequence[Slot]) -> Visit:
    """Return a visit on one of the days of which a time is offered as that offer: "tuesday and thursday, both", "the
    thursday at seven" of 19:00."""
    on = [slot for slot in offered if slot.time and slot.day == visit.day and slot.people == 1]
    hour = visit.times.first if visit.times and visit.times.point else None
    if hour:
        exact = [slot for slot in on if slot.time == hour]
        late = [one for one in on if one.time and (one.time.hour - hour.hour, one.time.minute) == (_NOON, hour.minute)]
        on = exact or late
    return adopted(visit, on[0], must=True) if len(on) == 1 and (hour or not visit.on("time")) else visit
