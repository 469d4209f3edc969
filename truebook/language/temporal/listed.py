"""Dates told as a list: "the 3rd, 10th or 17th", "los días 3, 10 y 17 de diciembre", "december 3, 10 and 17"."""

from dataclasses import dataclass
from datetime import date, timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.grammar import Item
from truebook.language.temporal.model import Context
from truebook.language.temporal.values import ARTICLE, Day, Number

_LEADS = ("the", "on")
_WEEKDAYS = ("weekday", "weak")
_RANGES = ("between", "since", "labels")
_COUNTED = ("counted", "unit", "oclock", "am", "pm", "num", "digits", "ord", "dash", "numeric", "literal")
_CHOICES = 5  # up to "the fifth", an ordinal in words may be the place in a list of offers
_FEW = 2
_LONGEST_MONTH, _MONTHS = 31, 12


@dataclass(slots=True)
class _Member:
    """A number in a list (items first to last, its article and its month included), and what it says of itself."""

    first: int
    last: int
    number: Number
    ordinal: bool
    led: bool = False
    dated: bool = False  # after a word that leads to days: "on", "día"
    surely: bool = False  # and that is no article as well
    timed: bool = False  # after a word for "at"
    weekday: int | None = None
    month: int | None = None
    year: int | None = None


def listed(items: list[Item], context: Context) -> list[Item]:
    """Return the items with each number of a list of dates as a day of its own."""
    result, index = list[Item](), 0
    while index < len(items):
        members = _members(items, index)
        days = _days(items, members, context) if len(members) >= _FEW else None
        if days is None:
            result.append(items[index])
            index += 1
            continue
        for member, day in zip(members, days, strict=True):
            result += items[index : member.first]
            first, last = items[member.first], items[member.last]
            result.append(Item(first.start, last.end, {"day": day}, first.glued))
            index = member.last + 1
    return result


def _members(items: list[Item], index: int) -> list[_Member]:
    """Return the numbers of the list that begins at a place; a comma, an "or" or an "and" stands between two."""
    found = list[_Member]()
    while (member := _member(items, index)) is not None:
        found.append(member)
        index = member.last + 1
        joints = index
        while joints < len(items) and _is_joint(items[joints]):
            joints += 1
        if joints == index:
            break
        index = joints
    while found and (_may_be_hour(found[-1]) or (any(one.month for one in found[:-1]) and _is_hour(found[-1], items))):
        found.pop()
    return found


def _is_hour(last: _Member, items: list[Item]) -> bool:
    """Tell whether the last number is the hour of all: the 17 of "9, 16 et 30 décembre, 17h"."""
    after = items[last.last + 1].kinds if last.last + 1 < len(items) else {}
    return last.month is None and any(kind in after for kind in ("oclock", "am", "pm"))


def _may_be_hour(last: _Member) -> bool:
    """Tell whether the last number is a bare word: "18 de marzo, nueve y media"."""
    return not (last.number.width or last.ordinal or last.led or last.dated or last.month)


def _is_joint(item: Item) -> bool:
    return item.kinds.get("mark") == "," or "either" in item.kinds or "joined" in item.kinds


def _member(items: list[Item], index: int) -> _Member | None:
    """Return the number that stands at a place, past an article, a weekday and the word for day."""
    at, led, dated, surely, timed, weekday = index, False, False, False, False, None
    while at < len(items) and (_leads(items[at]) or any(kind in items[at].kinds for kind in _WEEKDAYS)):
        kinds = items[at].kinds
        article, on = "the" in kinds, "on" in kinds or kinds.get("unit") == "day"
        led, dated, surely = led or article, dated or on, surely or (on and not article)
        timed = timed or (not on and ("at" in kinds or "weak_at" in kinds))
        weekday = next((kinds[kind] for kind in _WEEKDAYS if kind in kinds), weekday)
        at += 1
    number = items[at].kinds.get("ord", items[at].kinds.get("num")) if at < len(items) else None
    if number is None or number == ARTICLE or not 1 <= number.value <= _LONGEST_MONTH or _is_fraction(items, index, at):
        return None
    member = _Member(index, at, number, "ord" in items[at].kinds, led, dated, surely, timed, weekday)
    after = at + 1
    while after < len(items) and "of" in items[after].kinds:
        after += 1
    if after < len(items) and "month" in items[after].kinds:
        member.month, member.last = items[after].kinds["month"], after
        if after + 1 < len(items) and "year" in items[after + 1].kinds:
            member.year, member.last = int(items[after + 1].kinds["year"]), after + 1
    return member


def _is_fraction(items: list[Item], index: int, at: int) -> bool:
    """Tell whether a number is the quarter of an hour: the "cuarto" of "diez y cuarto del día dieciocho"."""
    bare = at == index > 1 and "quarter" in items[at].kinds
    return bare and "joined" in items[at - 1].kinds and "num" in items[at - 2].kinds


def _leads(item: Item) -> bool:
    return any(kind in item.kinds for kind in _LEADS) or item.kinds.get("unit") == "day"


def _days(items: list[Item], members: list[_Member], context: Context) -> list[Day] | None:
    """Return the days of a list; None where its numbers are rather hours, people or places."""
    first, last = members[0], members[-1]
    before = items[first.first - 1].kinds if first.first else {}
    after = items[last.last + 1].kinds if last.last + 1 < len(items) else {}
    named = before.get("month")
    months = named is not None or any(one.month for one in members)
    if any(kind in before for kind in _RANGES):
        return None
    counted = any("counted" in item.kinds for item in items[last.last + 1 : last.last + 4])
    if (counted or any(kind in after for kind in _COUNTED)) and last.month is None:
        return None
    if (first.timed or "at" in before or "weak_at" in before) and not first.ordinal:
        return None
    if not (months or _are_dates(members)):
        return None
    found = _dates(members, named, context)
    if found is None or any(one.weekday not in (None, day.weekday()) for one, day in zip(members, found, strict=True)):
        return None
    return [Day(day, 1.0 if months else 0.9) for day in found]


def _are_dates(members: list[_Member]) -> bool:
    """Tell whether numbers without a month are those of days."""
    spelled = all(not one.number.width for one in members)
    dated = any(one.dated for one in members)
    if any(one.ordinal for one in members):
        return any(one.surely or one.number.width or one.number.value > _CHOICES for one in members)
    if dated or members[0].weekday is not None:
        return True
    many = len(members) > _FEW or any(one.number.value > _MONTHS for one in members)
    return members[0].led and many and not spelled


def _dates(members: list[_Member], named: int | None, context: Context) -> list[date] | None:
    """Return the date of each number: in its own month or the one that is named after or before it, else the next."""
    found, today = list[date](), context.now.date()
    since = today
    for place, one in enumerate(members):
        following = next((m for m in members[place:] if m.month), None)
        earlier = next((m for m in reversed(members[:place]) if m.month), None)
        month = following.month if following else earlier.month if earlier else named
        year = (following or earlier or one).year
        if month is None:
            day = almanac.next_day_of_month(since, one.number.value, near=context.about)
        elif year:
            day = almanac.valid(year, month, one.number.value)
        else:
            day = almanac.next_date(today, month, one.number.value)
        if day is None:
            return None
        found.append(day)
        since = day
    return _in_order(members, found, today)


def _in_order(members: list[_Member], found: list[date], today: date) -> list[date]:
    """Return dates of which none that has no month of its own comes after the next one: "the 17th, the 31st and 7
    january" begin in december."""
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        if members[place].month is None and one > following:
            months = (following, following.replace(day=1) - timedelta(days=1))
            days = [almanac.valid(month.year, month.month, one.day) for month in months]
            found[place] = next((day for day in days if day and today <= day < following), one)
    return found
