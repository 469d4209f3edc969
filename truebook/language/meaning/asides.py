"""What stands beside a wish in a message: when somebody wants to be called, a question, a place on the waiting list."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from truebook.language.agreeing import consent
from truebook.language.lists.ordinary import is_strange
from truebook.language.meaning.clauses import clauses
from truebook.language.meaning.hearing import Message, hear
from truebook.language.meaning.meant import asks_the_sum
from truebook.language.meaning.noting import without_joints
from truebook.language.meaning.questions import asks_the_usual, worried_of
from truebook.language.merge import adopted, on_day
from truebook.language.pointing.choosing import POINTS, fitting
from truebook.language.spans import clear_of, spans, touched, within
from truebook.language.state import SERIES, Meaning, Slot, State
from truebook.language.temporal.model import DayReading
from truebook.language.text import sentences
from truebook.language.values import contact
from truebook.language.values.constraints import constraints_of
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.visits.company import company
from truebook.language.visits.ordering import asks_which_way
from truebook.language.wish import Constraint, Visit

_ONE = frozenset("one la el le celle celui quella quello die den o a".split())
_A_QUESTION = 3  # words of one that is about something
_WEEK = dt.timedelta(days=7)
JOINTS = frozenset("and und y e et en".split())
_TURNING = ("no", "hedge", "not_before", "not_after", "but", "rather", "otherwise", "cannot_come", "cancels", "changes")


def without_number(text: str, state: State) -> str:
    """Return a text without the phone number in it."""
    number = contact.phone(text, state.desk.country)
    return text[: number.start] + text[number.end :] if number else text


def with_number(state: State, text: str, language: str) -> State:
    """Return the state with the phone number that a text tells."""
    number = contact.phone(text, state.desk.country, language)
    return replace(state, wish=replace(state.wish, phone=number.text)) if number else state


def renames(said: str, text: str, language: str, listening: Listening) -> bool:
    """Tell whether a stretch of a message holds the customer's name as it corrects the one that was read back."""
    name, start = values_of(text, language, listening).name, text.index(said)
    return name is not None and start <= name.start < start + len(said)


def told_when(said: Values) -> str:
    """Return the words in which a message names a day and a time, as they were written."""
    told = spans(said.days, said.times)
    return said.text[min(told)[0] : max(end for _, end in told)].strip() if told else ""


def tells_when(text: str, state: State, language: str, listening: Listening) -> bool:
    """Tell whether words after a wish to be called say when: a day or a time of nothing else, and of no offer."""
    values = values_of(text, language, listening)
    if values.phone and not values.days and not values.times:
        return True  # the number is told in between
    if not (values.days or values.times) or values.services or values.people or values.says("appointment"):
        return False
    return not (state.offered and fitting(state.offered, values, values.days, ()))


def questions_only(values: Values) -> Iterator[tuple[int, int]]:
    """Yield the sentences that ask, and name nothing of a visit; of one that does only what follows on that."""
    told = (*values.shifts, *values.marked(*POINTS), values.name, values.phone, values.email, values.code)
    named = [end - 1 for _, end in values.spans] + [one.end - 1 for one in told if one]
    every = clauses(values)
    worries = spans(every[at - 1] for at in range(1, len(every)) if worried_of(values, every, at))
    named = [at for at in named if not within(at, worries)]  # "never did yoga, is that bad?"
    for start, end in sentences(values.text):
        last = max((at for at in named if start <= at < end), default=start - 1)
        parts = [one for one in every if max(start, last + 1) <= one.start < end]
        if parts and "?" in values.text[parts[-1].start : end]:
            yield parts[0].start, end


def with_questions(meaning: Meaning, topics: tuple[str, ...], besides: Values) -> Meaning:
    """Return the meaning with what is asked beside it as well; what is on none of these topics is for the owner, unless
    it is an echo of what was said ("together?"), or asks no more than whether that is so ("é isso?")."""
    strange = any(is_strange(word.text, besides.language) for word in besides.words)
    if not (topics or strange) and len(besides.words) < _A_QUESTION:
        return meaning
    asks = topics or ("other",)
    parts = clauses(besides)
    whole = without_joints(besides.text, besides.language).strip(" ?.!")
    wonders = (hear(besides, "nothing", tells_foreign=False).wonders or whole) if "other" in asks else ""
    asks, wonders = (*meaning.asks, *asks), " – ".join(filter(None, (meaning.wonders, wonders)))
    usual = "price" in asks and any(asks_the_usual(besides, parts, place) for place in range(len(parts)))
    return replace(
        meaning,
        asks=tuple(dict.fromkeys(asks)),
        wonders=wonders,
        question=True,
        in_all=asks_the_sum(besides),
        usual=usual,
    )


def waiting_words(values: Values) -> tuple[int, int] | None:
    """Return the sentence beside others that wishes for what may come free."""
    marks = values.marked("waitlist")
    found = [one for one in sentences(values.text) if any(one[0] <= mark.start < one[1] for mark in marks)]
    return found[0] if len(found) == 1 and found[0] != (0, len(values.text)) else None


def looking_for_a_time(state: State, values: Values) -> Values:
    """Return the values without places that are asked for at a time of what is no class: whether that can be had."""
    wished = state.wish.visit.service
    named = values.named or frozenset(filter(None, (wished,)))
    if not named or named & state.desk.classes or not (values.days or values.times):
        return values
    return replace(values, marks=tuple(mark for mark in values.marks if mark.key != "asks_places"))


def asks_in_what_order(state: State, message: Message) -> bool:
    """Tell whether a message asks when the parts of what is read back, or was booked, begin: "one after the other?",
    "so what time is the blood test?". Whether several people could come another way than that is a wish."""
    chosen, values = state.chosen, message.values
    if asks_which_way(values) and not values.times and all(len(one.parts) > 1 for one in state.offered):
        chosen = next(iter(state.offered), None)
    stands = state.readback or chosen or (None if state.offered else state.booked)
    ours = stands is not None and len(stands.parts) > 1 and values.named <= {*stands.parts}
    if stands is None or not ours or values.days or company(values):
        return False
    ways = (values.says("in_turn", "right_after"), values.says("same_time", "at_once"))
    either, so = asks_which_way(values), ways[1] if stands.at_once else ways[0]
    asked = message.asked and (values.says("asks_order") or so or (any(ways) and stands.people == 1))
    return (either and (message.asked or values.says("or"))) or asked


def of_the_list(values: Values, had: set[dt.time | None]) -> Values:
    """Return the values of a wish to be put on the waiting list: of another sentence only where its own has none; an
    hour that could be had is not what is waited for."""
    waited = tuple(one for one in values.times if one.time not in had or one.relation not in ("at", "around"))
    values = replace(values, times=waited or values.times)
    ends = [0, *(end for _, end in sentences(values.text)), len(values.text)]
    marks = values.marked("waitlist")
    own = [(a, b) for a, b in pairwise(ends) if any(a <= mark.start < b for mark in marks)]
    if not any(within(at, own) for at in values.whens):
        return values
    return values.outside([(a, b) for a, b in pairwise(ends) if (a, b) not in own])


def wants_one_more(values: Values, start: int, of: Slot, *, waited: bool = False) -> bool:
    """Tell whether a message goes on to the same once more, or several times, on other days, and takes nothing back;
    waited: that there are further ones was told before."""
    days = _other_days(values, start, of)
    more = spans(values.marked("adding", "week_after"))  # the "otro" of "y otro" takes nothing back
    later = [mark for mark in values.marks if mark.start >= start and mark.key in _TURNING]
    turns = bool(clear_of(later, more))
    adds = waited or any(mark.start >= start for mark in values.marked("adding", "also"))
    joined = next(word.text for word in values.words if word.start >= start) in JOINTS
    yes = only_when(values, start) and joined and consent.yes_until(of, values, "book") > 0
    only = yes or (joined and len(days) > 1)  # "and on the 3rd and on the 8th"; "great, then saturday" is instead
    either = any(one.end <= mark.start < other.start for one, other in pairwise(days) for mark in values.marked("or"))
    return bool(days) and (adds or only) and not (turns or either)  # "yes, and the thursday one?"


def only_when(values: Values, start: int = 0) -> bool:
    """Tell whether nothing but days and times is said from a place on: "and the thursday one?"."""
    small, told = values.small("and", "whose", "skip", "one", "it", "filler") | _ONE, spans(values.days, values.times)
    return all(one.text in small or within(one.start, told) for one in values.words if one.start >= start)


def _other_days(values: Values, start: int, of: Slot) -> list[DayReading]:
    """Return the single days that a message names behind a place, without that of what stands."""
    return [day for day in values.days if day.start >= start and day.until is None and day.date != of.day]


def _week_by_week(values: Values, of: dt.date) -> Values:
    """Return the values in which another week is a day of it: the same weekday ("and next week as well"), or a week
    after what is spoken of ("the week after too")."""
    after, days = values.marked("week_after"), list[DayReading]()
    for day in values.days:
        if day.until == day.date + _WEEK - dt.timedelta(days=1) and not touched(day, spans(after)):
            on = day.date + dt.timedelta(days=of.weekday() - day.date.weekday())
            days.append(replace(day, date=on + _WEEK if on == of else on, until=None))
        elif not (day.until and touched(day, spans(after))):
            days.append(day)
    if after and not any(touched(day, spans(after)) for day in days):
        days.append(DayReading(of + _WEEK, after[0].start, after[0].end, 1.0))
    return replace(values, days=tuple(sorted(days, key=lambda day: day.start)))


def one_more_day(state: State, values: Values, today: dt.date, of: Slot | None = None) -> tuple[Visit, ...]:
    """Return what is read back, or only lacks a name, and the same once more on each of some other days: "and thurs at
    6 as well", "and the 3rd and the 8th", "I'd also like the week after"; nothing where a message wishes for no other
    day besides."""
    slot = of or state.chosen
    by_week = _week_by_week(values, slot.day) if slot and slot.day else values
    also = ("also",) if by_week.days != values.days else ()
    values, marks = by_week, [mark.start for mark in by_week.marked("and", "adding", *also)]
    ours = slot and slot.id != SERIES and not (state.asks("cancel") or state.asks("move") or len(slot.parts) > 1)
    if not slot or not ours or not marks:
        return ()
    days = _other_days(values, marks[0], slot)
    people, services = [hit.ids for hit in values.people], [hit.ids for hit in values.services]
    same = all(slot.staff in ids for ids in people) and all(slot.service in ids for ids in services)
    early = any(at < marks[0] for at in values.whens)
    asked = bool(days) and "?" in values.text[days[0].start :] and not values.says("also")  # "and wednesday too?"
    waited = any(one.service in (None, slot.service) and not one.on("day") for one in state.later)
    if not same or early or asked or not wants_one_more(values, marks[0], slot, waited=waited):
        return ()
    first = adopted(state.wish.visit, slot)
    with_whom = tuple(replace(c, must=True) for c in first.on("staff"))  # both are with whom the first is
    first = replace(first, constraints=(*first.without("staff").constraints, *with_whom))
    ends = [*(day.start for day in days[1:]), len(values.text)]
    hours = [_hours(values, day.start, end, today) for day, end in zip(days, ends, strict=True)]
    shared = _hours(values, marks[0], days[0].start, today) or next((told for told in hours if told), ())
    shared = shared or first.on("time")
    visits = list[Visit]()
    for said, told in zip(days, hours, strict=True):
        day, weekday = said.date, values.weekday_of(said)
        while slot.day and weekday is not None and day < slot.day:  # "and on thursday as well" is after that tuesday
            day += dt.timedelta(weeks=1)
        visits.append(replace(first, constraints=(on_day(day), *(told or shared), *with_whom)))
    return first, *visits


def _hours(values: Values, start: int, end: int, today: dt.date) -> tuple[Constraint, ...]:
    """Return what a stretch of a message says of the hour."""
    return tuple(one for one in constraints_of(values.inside(start, end), today, (), None) if one.on == "time")
