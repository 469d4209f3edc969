"""Rules for weeks, weekends and months, and for the days from one to another."""

from datetime import date, timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.grammar import Kinds, Level, Match
from truebook.language.temporal.values import day_kinds

SUNDAY = 6
PERIODS = Level()
RANGES = Level()

_PARTS = {"early": ((0, 1), (1, 10)), "mid": ((1, 3), (11, 20)), "late": ((3, 6), (21, 31))}
"""The first and last day of a part of a week, counted from its monday, and of a month."""
POINTERS = "this|next|coming|after_next|last|past"


def _pointer(match: Match) -> int:
    """Return how many periods away this, next, after next or last is."""
    if match.has("after_next"):
        return 2
    if match.has("next") or match.has("coming"):
        return 1
    return 0 if match.has("this") else -1


@PERIODS.rule(f"{POINTERS} unit", f"the? unit {POINTERS}")
def _period(match: Match) -> Kinds:
    unit, away = match["unit"], _pointer(match)
    if unit == "day":
        other = match.leads_to("num") or match.precedes("unit")  # "some day this week"
        return {"relative": away} if 0 <= away < 3 and not other else None
    if unit not in ("week", "month", "year", "weekend"):
        return None
    return {"period": (unit, away), **({"last_of": unit} if match.has("last") else {})}


@PERIODS.rule("the? unit after the? next")
def _period_after_next(match: Match) -> Kinds:
    return {"period": (match["unit"], 2)} if match["unit"] in ("week", "month") else None


def first_day(today: date, unit: str, away: int) -> date:
    if unit == "week":
        return almanac.monday(today) + timedelta(weeks=away)
    if unit == "weekend":
        return almanac.monday(today) + timedelta(weeks=away, days=5)
    if unit == "month":
        return almanac.add_months(today.replace(day=1), away)
    return date(today.year + away, 1, 1)


def last_day(first: date, unit: str) -> date:
    if unit in ("week", "weekend"):
        return almanac.monday(first) + timedelta(days=6)
    return almanac.month_end(first) if unit == "month" else date(first.year, 12, 31)


def month_of(match: Match) -> date | None:
    """Return the first day of the month that was named."""
    today = match.today
    if match.has("month"):
        month = match["month"]
        year = match["year"] if match.has("year") else today.year + (month < today.month)
        return date(year, month, 1)
    unit, away = match["period"]
    return first_day(today, unit, away) if unit == "month" else None


@RANGES.rule("between day joined|until day", "since|starting day until|dash day", "day until|dash day")
def _from_to(match: Match) -> Kinds:
    first, last = match.all("day")
    if not match.has("between") and match.doubles("until", "joined", "at"):
        return None  # "a partir de 10 de dezembro, às quintas"
    end = last.date
    if end < first.date and last.weekday is not None:
        end = almanac.after(first.date, last.weekday)
    if end <= first.date:
        return None
    return day_kinds(first.date, min(first.confidence, last.confidence), until=end)


@RANGES.rule("the? unit of? day", "the? unit of the? unit? num")
def _week_of(match: Match) -> Kinds:
    """Read "the week of march 16" and "la semana del 7"."""
    if match["unit"] != "week" or match.precedes("unit", "counted", "num", "month"):
        return None
    if match.has("num") and match.all("unit")[1:] not in ([], ["day"]):
        return None
    day = match["day"].date if match.has("day") else match.day_of_month(match["num"].value)
    if day is None:
        return None
    monday = almanac.monday(day)
    return day_kinds(max(monday, match.today), 0.9, until=monday + timedelta(days=6))


def _of_now(today: date, unit: str) -> date:
    """Return a day of the week, or of the month, that is called this one: on a sunday its week is over."""
    return today + timedelta(days=1) if unit == "week" and today.weekday() == SUNDAY else today


@RANGES.rule("period")
def _whole_period(match: Match) -> Kinds:
    unit, away = match["period"]
    if unit == "year" or away < 0:
        return None
    first = first_day(match.today if away else _of_now(match.today, unit), unit, away)
    return day_kinds(max(first, match.today), 0.9, until=last_day(first, unit))


@RANGES.rule("the unit after")
def _day_after(match: Match) -> Kinds:
    return day_kinds(match.today + timedelta(days=1), 0.8) if match["unit"] == "day" else None


@RANGES.rule("unit")
def _weekend(match: Match) -> Kinds:
    if match["unit"] != "weekend":
        return None
    saturday = almanac.on_or_after(match.today, 5)
    return day_kinds(saturday, 0.9, until=saturday + timedelta(days=1))


@RANGES.rule(
    "within|on|the? early|mid|late of|within|on? the? month year?",
    "within|on|the? early|mid|late of|within|on? period",
    "within|on|the? early|mid|late of|within|on the? unit",
    "within|on|the? late unit",
)
def _part_of_period(match: Match) -> Kinds:
    """Read "end of january", "mitte des monats", "towards the end of next week", "fine anno"; on its last day a month
    is over, and the end of a year is that of its december."""
    unit, away = match["period"] if match.has("period") else (match.get("unit"), 0)
    of_week, of_month = next(days for kind, days in _PARTS.items() if match.has(kind))
    if unit == "year":
        december = date(match.today.year + away, 12, 1)
        begin, end = (december + timedelta(days=number - 1) for number in of_month)
        return day_kinds(max(begin, match.today), 0.9, until=end) if match.has("late") and end >= match.today else None
    if not (match.has("month") or match.has("period") or {"of", "within", "on"} & {kind for kind, _ in match.pairs}):
        return None
    if unit == "week":
        monday = first_day(match.today if away else _of_now(match.today, unit), unit, away)
        begin, end = (monday + timedelta(days=ahead) for ahead in of_week)
    else:
        named = month_of(match) if match.has("month") or match.has("period") else None
        first = (match.today + timedelta(days=1)).replace(day=1) if match.get("unit") == "month" else named
        if first is None:
            return None
        begin, end = (min(first + timedelta(days=number - 1), almanac.month_end(first)) for number in of_month)
    return None if end < match.today else day_kinds(max(begin, match.today), 0.9, until=end)


@RANGES.rule("within|of|on|this|next month year?")
def _month(match: Match) -> Kinds:
    first = month_of(match)
    if first is None or match.follows("num", "ord"):
        return None
    return day_kinds(max(first, match.today), 0.8, until=almanac.month_end(first))
