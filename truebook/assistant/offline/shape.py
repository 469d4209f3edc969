"""The shape of what is arranged, beyond one service at one time: what goes along, how often, or only waited for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from truebook.assistant.offline.odds import LIKELY, SURE
from truebook.language.lists.timewords import weekday_named
from truebook.language.merge import on_day
from truebook.language.state import SERIES, State
from truebook.language.values.counting import Counted, Unit
from truebook.language.wish import Constraint, Days, Visit

_HALF_DAY = 12  # hours
MOST_ALONG = 9
UNITS = {"day": 1, "week": 7, "month": 30}
"""Days, about."""


@dataclass(frozen=True, slots=True)
class Again:
    """Something that comes again: how far apart, and how many times or until when, as far as that was said.

    `dates` are all of them, where they were named one by one.
    """

    every: Unit = "week"
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[int, ...] = ()
    """Several a week (0 = Monday): "every monday and thursday"."""
    starts: date | None = None
    """The first day there may be, where a weekday was named besides: "every tuesday from the 8th"."""
    dates: tuple[date, ...] = ()
    besides: bool = False
    """Whether the dates that are left out are none of the count: "four lessons in all, but not on the 24th"."""

    def holds(self, first: date, day: date) -> bool:
        """Tell whether a day lies in the rhythm of what begins on a first."""
        if self.weekdays and self.every == "week":
            return day.weekday() in self.weekdays
        return self.every == "month" or (day - first).days % (UNITS[self.every] * self.interval) == 0

    @property
    def ends(self) -> bool:
        """Tell whether it is known how long it goes on."""
        return self.count is not None or self.until is not None or bool(self.dates)


@dataclass(frozen=True, slots=True)
class Shape:
    """`along`: the further parts of one visit (without a service: the same as the first); `again`: it is a series.

    `waits`: a place on the waiting list is wished for, not an appointment.
    """

    along: tuple[Visit, ...] = ()
    again: Again | None = None
    waits: bool = False

    def also(self, service: str | None, whom: str | None = None) -> list[dict[str, Any]]:
        """Return the further parts as a tool takes them; whoever has the same service once more is somebody else.

        whom: for whom the first part is, if not for the customer."""
        there, seen = [] if whom else [service], {whom}
        own: tuple[str | None, str | None] = (whom, None)
        alike, before = Counter([own, *((one.whom, one.service) for one in self.along)]), Counter([own])
        first = _given(guest=self.first(whom))
        begin, after = list[dict[str, Any]](), [{"service": service, **first} for _ in range(self.row - 1)]
        for number, one in enumerate(self.along, 1):
            what = one.service or service
            before[one.whom, one.service] += 1
            guest = one.whom or (f"+{number}" if what in there else None)
            if one.whom and alike[one.whom, one.service] > 1:  # "friends" are several people
                guest = f"{one.whom} {before[one.whom, one.service]}"
            there += [] if one.whom else [what]
            staff = one.staff if any(c.must for c in one.on("staff")) else None
            at_once = guest not in seen and ("rather" if self.at_once is None else self.at_once)
            part = {"service": what, **_given(guest=guest, staff=staff, together=at_once)}
            (begin if at_once else after).append(part)  # those who begin together come before what else each has
            seen.add(guest)
        return begin + after

    def first(self, whom: str | None) -> str | None:
        """Return for whom the first part is: of "both my sons" the first of them."""
        several = whom and any(one.whom == whom and one.service is None for one in self.along)
        return f"{whom} 1" if several else whom

    row: int = 1
    """How many of the service one right after the other, for the same person."""
    at_once: bool | None = None
    """Whether people come at the same time, or one after the other, where that was said; else they would rather."""


ONE = Shape()
"""One service at one time."""


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def heard(
    before: Shape,
    state: State,
    counted: Counted,
    lasts: Mapping[str, int],
    classes: Sequence[str] = (),
    dates: tuple[date, ...] = (),
) -> Shape:
    """Return the shape after a message: what it says of it, beside what was said before.

    lasts: how many minutes each service takes. dates: on which the same is wished for.
    """
    shape = replace(before, waits=_waits(before, state), again=_again(before.again, state, counted, dates))
    shape = replace(shape, row=_row(before, state, counted, lasts, classes))
    if counted.single:
        shape = replace(shape, along=without_alike(shape.along, state))
    meaning, there = state.meaning, {one.whom for one in before.along if one.whom}
    along = tuple(one for one in _along(state, counted, classes, lasts) if one.whom not in there or one.service)
    if along == (Visit(),) * sum(bool(one.whom) or one.service is None for one in before.along):
        along = ()  # those who come already are counted
    if state.wish.others and not is_one_visit(state, classes, lasts):  # each has a time of its own
        together = state.wish.visit.service in classes
        party = meaning.party or ("",) * ((counted.people or 1) - 1)  # "two places on the 7th and the 14th"
        places = tuple(Visit(whom=one or None) for one in party[:MOST_ALONG]) if together else ()
        return replace(shape, along=places, at_once=None)
    if along:
        here = {one.service for one in before.along}
        again = bool(before.along) and all(one.service in here and not one.whom for one in along)  # "the cut at 9"
        along = before.along if again else (*before.along, *along) if _comes_too(before, state) else along
        in_turn = follows((state.wish.visit, *state.wish.others), lasts)
        at_once = _at_once(state) if _said_how(state) else before.at_once if in_turn is None else not in_turn
        return replace(shape, along=along, at_once=at_once)
    if shape.along and meaning.alone:
        mine = (one for one in shape.along if not one.whom and one.service not in (None, state.wish.visit.service))
        return replace(shape, along=tuple(mine), at_once=None)
    if shape.along and meaning.less:
        gone = meaning.less | ({state.wish.visit.service} if "service" in meaning.changed else set[str | None]())
        return replace(shape, along=tuple(one for one in shape.along if one.whom or one.service not in gone))
    if shape.along and _said_how(state) and not meaning.agreed:
        shape = replace(shape, at_once=_at_once(state))
    if (
        shape.along
        and meaning.named
        and not meaning.adding
        and (meaning.only or ("service" in meaning.changed and all(one.service for one in shape.along)))
    ):
        named = meaning.named - {state.wish.visit.service}
        kept = tuple(one for one in shape.along if one.service in named or (one.whom and not meaning.only))
        return replace(shape, along=kept, at_once=shape.at_once if kept else None)  # "just the cut, then"
    return shape


def _comes_too(before: Shape, state: State) -> bool:
    """Tell whether what a message names comes to those who come already, and is not one of them: "my mother, too"."""
    meaning, named = state.meaning, all(one.whom for one in before.along)
    return meaning.adding and bool(meaning.named or (meaning.besides and (named or not meaning.yes)))


def _row(before: Shape, state: State, counted: Counted, lasts: Mapping[str, int], classes: Sequence[str]) -> int:
    """Return how many of the service are to follow each other; so many hours of it are as many as fill them."""
    service, guests = state.wish.visit.service, bool(before.along or state.wish.others)
    if service in classes or guests:
        return 1
    if counted.row is None or service is None:
        return 1 if counted.single or state.meaning.only else before.row
    number = counted.row * 60 / lasts.get(service, 60) if counted.hours else counted.row
    return max(1, min(round(number), MOST_ALONG))


def _said_how(state: State) -> bool:
    return state.meaning.same_time or state.meaning.in_turn


def _at_once(state: State) -> bool:
    return state.meaning.same_time and not state.meaning.in_turn


def without_alike(visits: Sequence[Visit], state: State) -> tuple[Visit, ...]:
    """Return visits without those that are the same once more, for nobody who was named."""
    return tuple(one for one in visits if one.whom or one.service not in (None, state.wish.visit.service))


def is_guest(whom: str | None, shape: Shape) -> bool:
    """Tell whether somebody comes along already: then the visit itself is not for them."""
    return whom is not None and any(one.whom == whom for one in shape.along)


def follows(visits: Sequence[Visit], lasts: Mapping[str, int]) -> bool | None:
    """Tell whether of several that are wished for on one day each begins when the one before it ends, or all begin at
    once (False); None where they do not go together."""
    clocks = [one.time for one in visits if one.times and one.times.point and one.time]
    if len(clocks) < len(visits) or {one.on("day") for one in visits[1:]} - {(), visits[0].on("day")}:
        return None
    begins = [clock.hour * 60 + clock.minute for clock in clocks]
    ends = [begin + lasts.get(one.service or "", 0) for begin, one in zip(begins, visits, strict=True)]
    return False if len(set(begins)) == 1 else True if begins[1:] == ends[:-1] else None


def is_one_visit(state: State, classes: Sequence[str] = (), lasts: Mapping[str, int] | None = None) -> bool:
    """Tell whether all that a message asks for is one visit: none of it has a day of its own, or a time that does not
    go with the others'.

    A class is no part of another visit, nor is what follows a yes.
    """
    wish = state.wish
    what = {one.service or wish.visit.service for one in (wish.visit, *wish.others)}
    if len(what) > 1 and what & set(classes):
        return False
    unlike = any(one.service for one in wish.others) and not wish.visit.service
    unlike = unlike or any(one.days_after for one in wish.others)
    if not wish.others or unlike or state.meaning.agreed or state.meaning.likeliest("cancel") >= LIKELY:
        return False
    same_day = all(one.on("day") in ((), wish.visit.on("day")) for one in wish.others)
    another = any(one.on("day", allow=False) not in ((), wish.visit.on("day", allow=False)) for one in wish.others)
    together = same_day and not another and not any(one.on("time") for one in wish.others)
    return together or follows((wish.visit, *wish.others), lasts or {}) is not None


def _along(state: State, counted: Counted, classes: Sequence[str], lasts: Mapping[str, int]) -> tuple[Visit, ...]:
    if is_one_visit(state, classes, lasts):
        return tuple(_beside(one, state.wish.visit) for one in state.wish.others)
    if state.meaning.alone:
        return ()
    hours = {clock.hour % _HALF_DAY for clock in state.meaning.clocks}  # of "friday for two" the hour was taken
    told = counted.party not in hours or state.meaning.likeliest("people") >= LIKELY
    party = counted.party if told or state.wish.visit.service in classes else None
    people = counted.people or party or 1
    return tuple(Visit() for _ in range(min(people - 1, MOST_ALONG))) if not state.wish.others else ()


def _beside(one: Visit, first: Visit) -> Visit:
    """Return a further part of a visit; whoever comes along for the same has no service of their own.

    Whoever was asked for does all of it: that is said of the visit, and changes with it.
    """
    same = one.whom and one.service == first.service
    alike = ("day", "order", "staff") if one.on("staff") == first.on("staff") else ("day", "order")
    return replace(one.without(*alike), service=None if same else one.service)


def _waits(before: Shape, state: State) -> bool:
    meaning = state.meaning
    joins = meaning.does("waitlist", "join", least=LIKELY) and not meaning.does("waitlist", "leave", least=SURE)
    answers = state.asks("service") or state.asks("name") or meaning.likeliest("available", "book") < SURE
    return joins or (before.waits and not meaning.no and answers)


def moves_all(state: State) -> bool:
    """Tell whether all that is booked is to be moved to another time: "push us both to quarter to twelve"."""
    meaning = state.meaning
    wanted = meaning.likeliest("move") >= max(LIKELY, meaning.likeliest("cancel"))
    return (
        meaning.everything and wanted and bool(meaning.changed & {"day", "time"}) and not (meaning.named - meaning.less)
    )


def dates_of(state: State, classes: Sequence[str]) -> tuple[date, ...]:
    """Return the dates on which a message wishes for the very same, of more than one; none of a class."""
    first, others = state.wish.visit, state.wish.others
    alike = all(one.service == first.service and one.whom in (None, first.whom) for one in others)
    told = [[tuple(c.values for c in one.on(on)) for on in ("time", "staff")] for one in (first, *others)]
    alike = alike and told.count(told[0]) == len(told)
    days = {one.day for one in (first, *others) if one.days and one.days.one and one.day}
    if not others or not alike or first.service in (None, *classes) or len(days) <= len(others):
        return ()
    return tuple(sorted(days))


def _again(before: Again | None, state: State, counted: Counted, listed: tuple[date, ...] = ()) -> Again | None:
    """Return how often it is to be; a number alone is one where it was asked how often, or a series was read back."""
    if before is not None and state.meaning.agreed:
        return before  # the "11" of "yes, 11 with Anna" counts nothing
    if not listed and len({(one.day, one.time) for one in (state.wish.visit, *state.wish.others) if one.time}) > 1:
        return None  # "the 3rd at 5 and the 4th at 4": each has an hour of its own
    if counted.once and not (counted.interval or listed):  # a few dates are not every week
        return before if before and before.dates and not state.meaning.days else None
    if counted.single and not (counted.each or counted.weekly or counted.interval or counted.every or listed):
        return None
    if listed and not (counted.each and counted.times and counted.times != len(listed)):
        kept = before.dates if before and state.meaning.besides else ()
        return Again(dates=tuple(sorted({*kept, *listed})))
    if before is not None and before.dates and "day" in state.meaning.changed:
        return _other_dates(before, state)
    days = _named_days(state)
    bare = [day for day, said in days if weekday_named(said, state.language) is not None]
    weekly = bool(bare) or len(state.meaning.days) > len(days) > 0
    more = (counted.times or 0) > 1 or counted.through
    several = more and weekly and not state.wish.others and not state.meaning.adding  # "on wednesdays, four lessons"
    told = several or counted.each or bool(counted.every or counted.interval or counted.lasting)
    every = (told and state.meaning.likeliest("every") >= LIKELY) or several  # nothing comes again but by its words
    every = every or counted.weekly or bool(counted.interval) or (counted.each and _until(state))
    if before is None and not every:
        return None
    found = before or Again()
    found = replace(found, every=counted.every or found.every, interval=counted.interval or found.interval)
    dated = sorted(day for day, _ in days if bare and day not in bare and day > min(bare))
    if (every or _asked_when(before, state)) and len(bare) > 1:
        found = replace(found, weekdays=tuple(sorted({day.weekday() for day in bare})))
    if found.starts and "day" in state.meaning.changed:
        found = replace(found, starts=None)
    times = counted.times or (counted.bare if before and asks_how_often(state) and not state.meaning.days else None)
    gone = [v.first for c in state.wish.visit.on("day", allow=False) for v in c.values if isinstance(v, Days) and v.one]
    instead = dated[0] if len(dated) == 1 and gone and dated[0] > min(gone) else None
    if every and times and bare and instead:  # "four, but not on the 23rd, that one on the 30th"
        return Again(dates=_with_one_moved(found, min(bare), times, gone, instead))
    if every and dated and (times or counted.lasting or len(dated) > 1):  # "every tuesday from the 8th, four times"
        found, dated = replace(found, starts=dated[0]), dated[1:]
    if every and len(dated) == 1:  # "every tuesday until christmas"
        return replace(found, until=dated[0], count=None)
    stretch = [one for c in state.wish.visit.on("day") for one in c.values if isinstance(one, Days)]
    if every and len(stretch) == 1 and stretch[0].last - stretch[0].first >= timedelta(days=7):
        return replace(found, until=stretch[0].last, count=None)  # "every tuesday until christmas" in one
    if every and not bare and len(days) == 2 and days[1][0] > days[0][0]:
        found = replace(found, until=days[1][0], count=None)
    if times:
        besides = bool(state.wish.visit.on("day", allow=False)) and before is None
        return replace(found, count=times, until=None, besides=besides) if times > 1 else None  # "once, of course"
    if counted.lasting:
        number, unit = counted.lasting
        if unit == found.every:
            dates = max(1, number // found.interval) * max(1, len(found.weekdays))
            return replace(found, count=dates, until=None) if dates > 1 else found  # "if I am ill one week"
        if state.wish.visit.on("day") and days:
            end = days[0][0] + timedelta(days=number * UNITS[unit])
            return replace(found, until=end, count=None)
    return found


def first_of(again: Again, visit: Visit) -> date | None:
    """Return the first date of what comes again: that which is named, not the one until when it goes on."""
    named = [one for c in visit.on("day") for one in c.values if isinstance(one, Days)]
    days = [one.first for one in named if one.one] or [one.first for one in named if one.last == again.until]
    return again.starts or min((*again.dates, *days), default=None)


def dates_from(again: Again, first: date, visit: Visit) -> list[date]:
    """Return the dates of what comes again, without those that are not wanted, as many as can be told in one answer."""
    gone, most = visit.on("day", allow=False), again.count or MOST_ALONG
    last = again.until or first + timedelta(days=UNITS[again.every] * again.interval * most)
    ahead = (first + timedelta(days=away) for away in range((last - first).days + 1))
    held = (day for day in ahead if again.holds(first, day) and (again.every != "month" or day.day == first.day))
    return [day for day in held if all(one.holds(day) for one in gone)][: min(most, MOST_ALONG)]


def dates_apart(before: Again | None, was: Visit, state: State) -> tuple[Visit, ...]:
    """Return the dates of a list as visits of their own, where one of them is told another hour than all of them had:
    "the thursday one at seven, though"; none where none is."""
    now, dates = state.wish.visit, before.dates if before else ()
    hour = now.times.first if now.times and now.times.point else None
    weekdays = [first.weekday() for first, last in state.meaning.days if first == last]
    if not now.day or weekdays != [now.day.weekday()] or now.day not in dates or hour in (None, was.time):
        return ()
    kept = was.without("day").constraints
    return tuple(now if day == now.day else replace(was, constraints=(*kept, on_day(day))) for day in dates)


def _with_one_moved(rhythm: Again, first: date, times: int, gone: Sequence[date], instead: date) -> tuple[date, ...]:
    """Return so many dates of a rhythm without some, and with another one instead of them."""
    apart = timedelta(days=UNITS[rhythm.every] * rhythm.interval)
    natural = (first + apart * number for number in range(times + len(gone)))
    kept = [day for day in natural if day not in gone and day != instead]
    return tuple(sorted({*kept[: times - 1], instead}))


def _other_dates(before: Again, state: State) -> Again | None:
    """Return dates without those that are not wanted any more, and with one that comes besides; another one instead
    of them all is none that comes again."""
    gone = state.wish.visit.on("day", allow=False)
    kept = [day for day in before.dates if all(one.holds(day) for one in gone)]
    fewer = len(kept) < len(before.dates)
    told = fewer or state.meaning.adding or state.meaning.besides  # "not the 11th, but the 18th"
    more = {day for day, _ in _named_days(state)} - {*before.dates} if told else set[date]()
    dates = tuple(sorted({*kept, *more}))
    return replace(before, dates=dates) if (told or more) and len(dates) > 1 else None


def _asked_when(before: Again | None, state: State) -> bool:
    """Tell whether the days of a series were asked of which only the end was told."""
    return before is not None and before.until is not None and not before.weekdays and state.asks("day")


def asks_how_often(state: State) -> bool:
    """Tell whether a number alone tells how often: that was asked, or a series was read back."""
    return state.asks("count") or (state.readback is not None and state.readback.id == SERIES)


def _until(state: State) -> bool:
    """Tell whether weekdays and an end are named: "tuesdays and thursdays until january"."""
    days = _named_days(state)
    bare = [day for day, said in days if weekday_named(said, state.language) is not None]
    return bool(bare) and len(days) == len(bare) + 1 and days[-1][0] > max(bare) + timedelta(days=7)


def _named_days(state: State) -> list[tuple[date, str]]:
    """Return the days that are wished for, in the order they were said, each with its words."""
    wanted = state.wish.visit.on("day")
    return [(one.first, said) for c in wanted for one, said in _with_words(c) if isinstance(one, Days)]


def _with_words(constraint: Constraint) -> list[tuple[object, str]]:
    said = constraint.said.split(" / ")
    words = said if len(said) == len(constraint.values) else [constraint.said] * len(constraint.values)
    return list(zip(constraint.values, words, strict=True))
