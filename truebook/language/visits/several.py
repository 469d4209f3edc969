"""Several visits in one message, cut into its parts: another service, the same once more, somebody who comes along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from truebook.language.lists import lists
from truebook.language.lists.marks import PLACES, Mark
from truebook.language.lists.timewords import spelled, weekday_in
from truebook.language.names import Hit
from truebook.language.spans import spans, touched, within
from truebook.language.temporal.model import DayReading
from truebook.language.values.barred import days_barred
from truebook.language.values.counting import counted, number_words
from truebook.language.values.days_told import stands_before
from truebook.language.values.said import Values
from truebook.language.visits.company import MOST, company
from truebook.language.visits.ordering import told_before
from truebook.language.visits.party import MOST_PARTS, SMALL, joined_to_me, my_places, whom_of
from truebook.language.visits.sharing import owners, share_of, shares

_JOINTS = ("and", "adding", "right_after", "otherwise", "at_once")
_NEAR = 16  # letters between a weekday and its date
_FEW = 3  # words between a "not" and the service that it may be about


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a message that is about one visit (characters start to end), and the service it names."""

    start: int
    end: int
    service: Hit | None


def stretches(values: Values) -> tuple[Stretch, ...]:
    """Return the parts of a message that are about one service each; the whole message where that is only one: of a
    "trial lesson for english" that is the trial lesson."""
    gone = left_out(values)
    named = [hit for hit in values.services if len(hit.ids) == 1 and hit.ids[0] not in gone]
    owned = [share_of(values, hit) if len(values.times) < 2 else None for hit in named]  # else by the hours of each
    whose = [(hit.ids, share.whom if share else None) for hit, share in zip(named, owned, strict=True)]
    distinct = [
        hit for i, hit in enumerate(named) if whose[i] not in whose[:i]
    ]  # "a cut for me, a cut and a colour for her"
    again = list[Hit]()
    if len(distinct) > 1:  # "a cut and a colour for me, and a cut for my son"
        kin = [values.words[last].start for *_, last in company(values)]
        for hit in [hit for hit in named if hit not in distinct][:1]:
            begins = _joint(values, distinct[-1].end, hit.start, also=".")
            again = [hit] if begins is not None and any(begins <= at for at in kin) else []
    distinct += again
    if len(distinct) < 2 or len(distinct) > MOST_PARTS:
        return (Stretch(0, len(values.text), named[-1] if named else None),)
    found, start = list[Stretch](), 0
    for hit, following in pairwise(distinct):
        stop = "." if following in again or values.says("not_only") else ""
        cut = _joint(values, hit.end, following.start, also=stop) or _share(values, hit)
        if cut is None:
            return (Stretch(0, len(values.text), hit if _leads(hit, following, values) else named[-1]),)
        found.append(Stretch(start, cut, hit))
        start = cut
    return (*found, Stretch(start, len(values.text), distinct[-1]))


def beside(values: Values) -> tuple[Stretch, ...]:
    """Return the parts of a message that wishes for one more service beside what is offered: "13:00 is fine, and could
    I have a trim as well?"; the first is about the offer."""
    hit = values.services[-1]
    cut, _ = values.part(hit.start, "and")
    led = max((mark.start for mark in values.marked("and") if mark.start < hit.start), default=cut)
    if any(led <= values.words[one.first].start < cut for one in company(values)):  # "and my son, Kevin, needs a cut"
        cut = led
    return (Stretch(0, cut, None), Stretch(cut, len(values.text), hit))


def _joint(values: Values, after: int, before: int, *, also: str = "") -> int | None:
    """Return where a message is cut between two services; None where one stands for the other. also: further stops."""
    between = [m for m in values.marks if after <= m.start and m.end <= before]
    last = len([w for w in values.words if w.end <= before])
    turns = ("rather", "not_before")  # "on friday rather, and a colour next week" is of the friday
    ands = max((m.start for m in between if m.key == "and"), default=after)  # "tomorrow if possible and the doctor"
    turning = (m for m in between if m.key in turns and last - m.last <= _FEW)
    if any(m.key == "or" for m in between) or any(m.key != "rather" or m.start > ands for m in turning):
        return None
    inside = spans(values.days, values.times)
    joints = [m.start for m in between if m.key in _JOINTS] + [at for at in told_before(values) if after <= at < before]
    joints += [i for i in range(after, before) if values.text[i] in f",;\n+&{also}"]
    if any(hit.start == before for hit in values.services):  # "a cut with beard"
        withs = [m for m in between if m.key == "with_whom"]
        joints += [m.start for m in withs if values.joined(m.end, before, *SMALL)]
    free = [j for j in joints if not within(j, inside)]
    return max(free) if free else None


def _share(values: Values, hit: Hit) -> int | None:
    """Return where a service ends with whose it is, before the next one's: "das Blut für mich nur der Arzt für Max"."""
    here = share_of(values, hit)
    after = [one.start for one in shares(values) if here and one.start >= here.end]
    return here.end if here and after else None


def _leads(one: Hit, other: Hit, values: Values) -> bool:
    """Tell whether a service is the head of what another only tells more of: "a trial lesson for english"."""
    first = values.between(other.start, other.end)[0]  # "di matematica"
    begins = first.end if first.text in values.small("skip") else other.start
    between = values.between(one.end, begins)
    instead = any(one.end <= m.start < other.start for m in values.marked("or", "rather", "not_before"))
    return bool(between) and not instead and values.joined(one.end, begins, "skip")


def left_out(values: Values) -> frozenset[str]:
    """Return the services that a message says are not wanted: "without the colour", "drop the colour".

    Where another is named too, a "no" right before it is enough: "a cut, no colour near my ear please".
    """
    small, found = (*SMALL, "only", "kin"), set[str]()  # "take out only my son's beard"
    several = len({hit.ids for hit in values.services}) > 1
    denied = values.marked("no", "not_before", "not_after")
    forgotten = [m for m in values.marked("forget") if not _is_denied(m, values)]
    for mark in (*values.marked("without", "cancels", *(("not_before",) if several else ())), *forgotten):
        hit = next((one for one in values.services if one.start >= mark.end and len(one.ids) == 1), None)
        if hit and values.joined(mark.end, hit.start, *small):
            found.add(hit.ids[0])
    for mark in values.marked("goes"):  # "it's the beard that goes"
        led = (hit for hit in reversed(values.services) if hit.end <= mark.start and len(hit.ids) == 1)
        gone = next(led, None)
        with_whom = [one for one in values.people if gone and gone.end <= one.start and one.end <= mark.start]
        begins = with_whom[-1].end if with_whom else gone.end if gone else 0
        if gone and values.joined(begins, mark.start, *SMALL):
            found.add(gone.ids[0])
    for mark in values.marked("has_none") if several else ():  # "I don't have a beard", "Bart hab ich keinen"
        near = [o for o in values.services if values.joined(min(o.end, mark.end), max(o.start, mark.start), *small)]
        found |= {id for one in [o for o in near if o.start >= mark.end] or near for id in one.ids}
    for one in values.services if several else ():  # "laser? no, just a consultation"
        rest = values.text[one.end :].lstrip()
        if rest.startswith("?") and any(mark.first == values.before(one.end) for mark in denied):
            found |= {*one.ids}
    for kept in only_of(values):  # "forget the cut, just the colour"
        before = {one.ids[0] for one in values.services if one.end <= kept.start} - {kept.ids[0]}
        found |= before if kept.ids[0] not in found else set()
    return frozenset(found)


def only_of(values: Values) -> list[Hit]:
    """Return the services beside which a message wants nothing else: "just the colour", "the cut only"; none that is
    somebody's: "just a cut for Rory", "I colour, she just a cut"."""
    kin = [values.words[one.last].start for one in company(values)]
    told = [one for one in values.services if len(one.ids) == 1 and share_of(values, one) is None]
    told = [one for one in told if not any(within(at, [values.clause(one.start)]) for at in kin)]
    small, found = (*SMALL, "only", "kin"), list[Hit]()
    for mark in values.marked("only"):
        after = [one for one in told if one.start >= mark.end and values.joined(mark.end, one.start, *small)]
        before = [one for one in told if one.end <= mark.start and values.joined(one.end, mark.start, *small)]
        found += after[:1] or before[-1:]
    return found


def reminds(values: Values) -> bool:
    """Tell whether a message says that a service is not to be forgotten: it comes to what is there."""
    told = [*values.marked("reminding"), *(mark for mark in values.marked("forget") if _is_denied(mark, values))]
    clauses = [values.clause(mark.start) for mark in told]
    return any(within(hit.start, clauses) for hit in values.services)


def _is_denied(mark: Mark, values: Values) -> bool:
    return any(within(no.start, [values.clause(mark.start)]) for no in values.marked("no", "not_before", "not_after"))


def comes_alone(values: Values) -> bool:
    """Tell whether nobody comes along, or no longer: "just me", "without my friend"."""
    more = spans(values.marked("adding"))  # "noch ein Platz" is none alone
    if any(not touched(mark, more) for mark in values.marked("alone")):
        kin = company(values)  # "une place pour mon frère aussi"
        return not joined_to_me(values, kin, my_places(values)) and not (kin and values.says("also"))
    small = values.small(*SMALL)
    gone = [mark.last for mark in values.marked("without")]
    between = [(at, kin.first) for at in gone for kin in values.marked("kin") if kin.first > at]
    return any(all(word.text in small for word in values.words[at + 1 : first]) for at, first in between)


def day_shares(values: Values, number: int, *, booked: bool = False, each: bool = False) -> tuple[Stretch, ...]:
    """Return the parts of a message that have a day of their own each, where they are as many as are wanted: "tuesday
    at 10 and thursday at 5" for two visits, "one on friday and another one the week after", "the 8th, 15th and 22nd,
    all three"; none where they are no such list.

    booked: each day with an hour of its own is to be booked, not asked about: "1 dec at 3 and 8 dec at 5"; so are dates
    with one hour for all, "the 9th and the 16th at 5". each: of a list of dates all are meant."""
    days = [(d.start, d.end) for d in _without_their_weekday(values) if d.until is None]
    told = min(days, default=(0, 0))  # "the week after, tuesday the 8th and thursday the 10th" is two
    days += [(m.start, m.end) for m in values.marked("week_after", "day_after") if m.start >= told[0]]
    days = sorted({one for one in days if not any(o != one and o[0] <= one[0] < o[1] for o in days)})
    denied = [one for one in days if stands_before(one[0], values, "not_before")]
    goes_on = any(_joined_to(values, one, days) for one in denied)  # "not on the 9th and the 16th"
    denied += days_barred(values)  # "tuesdays don't work, this wednesday and the next"
    days = days if goes_on else [one for one in days if one not in denied]  # "2, 9 and 16; no mondays"
    if not values.marked("week_after", "day_after") and len({d.date for d in values.days}) == 1 == len(values.times):
        return ()  # "are you open on friday, and can I have a cut on friday at 9?"
    spans = [d for d in values.days if d.until and not any(start < d.end and d.start < end for start, end in days)]
    if not 2 <= len(days) <= MOST or spans:
        return ()
    cuts = [_joint(values, one[1], following[0]) for one, following in pairwise(days)]
    if None in cuts or any(stands_before(start, values, "not_before") for start, _ in days):
        return ()
    dates = [d.date for d in values.days if (d.start, d.end) in days]
    weekly = len({*dates}) == len(days) and len({day.weekday() for day in dates}) == 1  # "this friday and the next"
    dated = weekly or all(_has_number(values, start, end) for start, end in days)
    edges = [0, *(cut for cut in cuts if cut is not None), len(values.text)]
    listed = booked and values.says("and") and _exact_times(values, 0, len(values.text)) == 1
    if dated and (each or listed or values.says("always")):
        return tuple(Stretch(start, end, None) for start, end in pairwise(edges))
    said = counted(values.text, values.language)
    if said.again and not dated:
        return ()  # "every wednesday from this one on, four lessons, not on the 23rd"
    hours = [one.end for one in values.times if one.relation == "at"]
    denials = () if _all_are_meant(values) or values.says("both") else values.marked("not_after")
    if any(end <= m.start and values.joined(end, m.start, "skip") for end in hours for m in denials):
        return ()  # "wednesday 17:40 is a bit late, have you got a cut on friday?"
    as_many = len(days) in (number, said.times)
    more = any(_is_one_more(values, cut, day[0]) for cut, day in zip(edges[1:], days[1:], strict=False))
    own = booked and not values.says("proposing")
    alike = [mark.start for mark in values.marked("same_time")]  # "tuesday at 16:30 and wednesday at the same time"
    timed = [(_exact_times(values, a, b) == 1, any(a <= at < b for at in alike)) for a, b in pairwise(edges)]
    own = own and any(exact for exact, _ in timed) and all(any(one) for one in timed)
    if not (as_many or more or own or _all_are_meant(values)):
        return ()
    return tuple(Stretch(start, end, None) for start, end in pairwise(edges))


def _joined_to(values: Values, one: tuple[int, int], days: Sequence[tuple[int, int]]) -> bool:
    """Tell whether another day follows a day of a list directly, an "and" or an "or" between them."""
    last = [mark.start for mark in values.marked("last", "last_ones")]  # "and the last one the 31st" is wished for
    start, end = next((day for day in days if one[1] <= day[0]), (0, 0))
    return end > 0 and not any(start <= at < end for at in last) and values.joined(one[1], start, "skip", "or", "and")


def _without_their_weekday(values: Values) -> list[DayReading]:
    """Return the days of a message without a weekday by its name that all dates of a list lie on: "thursdays at four:
    the 3rd, the 10th, the 17th"."""
    dated = [day for day in values.days if day.until is None and _has_number(values, day.start, day.end)]
    on = {day.date.weekday() for day in dated}
    last = {day: values.written(day).split()[-1:] for day in values.days}
    named = {day: weekday_in(last[day], values.language) for day in values.days if day not in dated}
    if len(dated) < 2 or len(on) > 1:  # "on the tuesday, so the 8th" is one
        pairs = [(a, b) for a, b in pairwise(values.days) if b in dated and b.start - a.end < _NEAR]
        again = {a: replace(b, start=a.start) for a, b in pairs if named.get(a) == b.date.weekday()}
        return [again.get(day, day) for day in values.days if day.end not in {one.end for one in again.values()}]
    return [day for day in values.days if day in dated or named[day] not in on]


def _has_number(values: Values, start: int, end: int) -> bool:
    """Tell whether a day is told by its number: "the 14th", "catorce"."""
    numbers, said = number_words(values.language), values.text[start:end]
    return any(sign.isdigit() for sign in said) or any(one.text in numbers for one in values.between(start, end))


def _all_are_meant(values: Values) -> bool:
    """Tell whether all of a list are meant; the "tous" of "tous les mercredis" only counts."""
    leads = [day.start for day in values.days]
    return any(
        not any(mark.end <= at and values.joined(mark.end, at, *SMALL) for at in leads) for mark in values.marked("all")
    )


def person_shares(values: Values) -> tuple[Stretch, ...]:
    """Return the parts of a message in which each of several people has an hour, a place among the offers or a member
    of staff of their own: "at ten for me and at eleven for my son", "the first for me, the last for a friend"."""
    times = spans(one for one in values.times if one.relation == "at")
    if len(times) == 1:  # "at three for my son, and for me after that"
        times += [(mark.start, mark.end) for mark in values.marked("right_after") if mark.start > times[0][1]][:1]
    marks = values.marked(*PLACES, "last")
    pairs = [(one, o) for one in marks for o in marks if o.start <= one.start]
    inner = [one for one, o in pairs if o.start < one.start < o.end or one.end < o.end]
    places = spans(mark for mark in marks if mark not in inner)
    staff = spans(values.people)
    own = next((sorted(told) for told in (times, places, staff) if len(told) > 1), [])
    cuts = [_joint(values, one[1], following[0]) for one, following in pairwise(own)]
    if not 2 <= len(own) <= MOST or None in cuts:
        return ()
    edges = [0, *(cut for cut in cuts if cut is not None), len(values.text)]
    parts = tuple(Stretch(start, end, None) for start, end in pairwise(edges))
    whom = [whose(values, one) for one in parts]
    mine = [(one.start, one.end) for one, theirs in zip(parts, whom, strict=True) if theirs is None]
    told = all(any(one.whom is None and within(one.start, [part]) for one in owners(values)) for part in mine)
    return parts if len(set(whom)) == len(parts) and told else ()


def whose(values: Values, part: Stretch) -> str | None:
    """Return whom a part of a message with an hour of its own is for, if it is for somebody else."""
    theirs = (one.whom for one in owners(values) if one.whom and part.start <= one.start < part.end)
    return whom_of(values, part.start, part.end) or next(theirs, None)


def _exact_times(values: Values, start: int, end: int) -> int:
    return sum(start <= one.start < end and one.relation == "at" for one in values.times)


def _is_one_more(values: Values, start: int, end: int) -> bool:
    """Tell whether a stretch speaks of one more: "and one on saturday", "and the same again the 15th"."""
    article = spelled(values.language, "article")
    named = any(start <= word.start < end and word.text in article for word in values.words)
    return named or any(start <= mark.start < end for mark in values.marked("adding"))


def whom_of_all(values: Values, parts: Sequence[Stretch]) -> str | None:
    """Return whom all parts of a message are for, where that is one person and none of them is the customer's own: "it
    is for my father: a consultation and a blood test", "cut and beard for my husband"."""
    kin, known = company(values), lists(values.language)["for_whom"]
    mine = any(at and values.words[at - 1].text in known for at in my_places(values)) or joined_to_me(
        values, kin, my_places(values)
    )
    apart = values.says("at_once", "same_time", "also", "adding")
    services = [one.service for one in parts if one.service]
    if len(kin) != 1 or kin[0].number != 1 or mine or apart or len(services) < 2:
        return None
    at = values.words[kin[0].last].start
    between = values.inside(services[0].end, services[-1].start)
    hours = {one.time for one in values.times if one.relation == "at"}  # one after the other, or both at one hour?
    own = bool(between.days or (between.times and len(hours) < 2) or between.people) and not values.says("all")
    return kin[0].name if at < services[0].start or (at > services[-1].end and not own) else None
