"""Rules for days: weekdays, dates, holidays, offsets and ranges."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from truebook.language.temporal import almanac
from truebook.language.temporal.clocks import closed
from truebook.language.temporal.grammar import Level, Match, Meaning
from truebook.language.temporal.values import Clock, Day, Numeric, Span

PERIODS = Level()  # next week, the month after
NAMED = Level()  # single days
OFFSETS = Level()  # days told from other days
RANGES = Level()  # from one day to another

POINTERS = "this|next|coming|after_next|last|past"
DATED = ("month", "numeric", "year", "ord")


def _today(match: Match) -> date:
    return match.context.now.date()


def _day(found: date | None, confidence: float = 1.0, **more: Any) -> Meaning:
    return {"day": Day(found, confidence, **more)} if found else None


def _pointer(match: Match) -> int:
    """Return how many periods away this, next, after next or last is."""
    if match.has("after_next"):
        return 2
    if match.has("next"):
        return 1
    if match.has("coming"):
        return 1
    return 0 if match.has("this") else -1


@PERIODS.rule(f"{POINTERS} unit", f"the? unit {POINTERS}", "next num unit")
def _period(match: Match) -> Meaning:
    unit, away = match["unit"], _pointer(match)
    if match.has("num"):
        return None
    if unit == "day":
        if match.leads_to("num"):
            return None
        if not -1 < away < 3:
            return None
        return {"relative": away}
    if unit not in ("week", "month", "year", "weekend"):
        return None
    return {"period": (unit, away), **({"last_of": unit} if match.has("last") else {})}


def _first_day(today: date, unit: str, away: int) -> date:
    if unit == "week":
        return almanac.monday(today) + timedelta(weeks=away)
    if unit == "weekend":
        return almanac.monday(today) + timedelta(weeks=away, days=5)
    if unit == "month":
        return almanac.add_months(today.replace(day=1), away)
    return date(today.year + away, 1, 1)


def _last_day(first: date, unit: str) -> date:
    if unit in ("week", "weekend"):
        return almanac.monday(first) + timedelta(days=6)
    return almanac.month_end(first) if unit == "month" else date(first.year, 12, 31)


@PERIODS.rule("the? unit after the? next")
def _period_after_next(match: Match) -> Meaning:
    return {"period": (match["unit"], 2)} if match["unit"] in ("week", "month") else None


@NAMED.rule("iso")
def _iso(match: Match) -> Meaning:
    return _day(almanac.valid(*match["iso"]))


@NAMED.rule("relative", "daypart")
def _relative(match: Match) -> Meaning:
    if match.has("relative"):
        away = match["relative"]
        return {**(_day(_today(match) + timedelta(days=away), past=away < 0) or {}), "anchor": True}
    away, part = match["daypart"]
    told = {"clock": match.pairs[0][1].kinds["clock"]} if "clock" in match.pairs[0][1].kinds else {"part": part}
    return {**(_day(_today(match) + timedelta(days=away)) or {}), **told}


@NAMED.rule("weekday_part", "weekday part")
def _weekday_part(match: Match) -> Meaning:
    """Read "Montagabend" and, where tomorrow and morning are one word, "Montag morgen"."""
    weekday, part = match["weekday_part"] if match.has("weekday_part") else (match["weekday"], match["part"])
    return {**(_day(almanac.after(_today(match), weekday), 0.9, weekday=weekday) or {}), "part": part}


@NAMED.rule("relative part")
def _relative_part(match: Match) -> Meaning:
    """Read "yesterday evening" and, where tomorrow and morning are not one word, "tomorrow morning"."""
    away = match["relative"]
    day = _day(_today(match) + timedelta(days=away), past=away < 0) or {}
    return {**day, "anchor": True, **({"part": match["part"]} if away >= 0 else {})}


@NAMED.rule("past part")
def _past_part(match: Match) -> Meaning:
    return {}


@NAMED.rule("this part", "part this")
def _this_part(match: Match) -> Meaning:
    return {**(_day(_today(match), 0.95) or {}), "part": match["part"]}


@NAMED.rule("weekday", "this|coming|on weak", "weak")
def _weekday(match: Match) -> Meaning:
    if match.has("weak") and not (match.alone or len(match.pairs) > 1 or match.leads_to("clock")):
        return None
    weekday = match.get("weekday") if match.has("weekday") else match["weak"]
    today = _today(match)
    sure = 0.95 if match.has("weekday") else 0.8
    if weekday == today.weekday():
        return _day(today + timedelta(weeks=1), 0.7, alternatives=(today,), weekday=weekday)
    return _day(almanac.after(today, weekday), sure, weekday=weekday)


@NAMED.rule("this|coming|next|after_next|past|last weekday", "weekday this|coming|next|after_next|past|last")
def _pointed_weekday(match: Match) -> Meaning:
    today, weekday = _today(match), match["weekday"]
    nearest = almanac.after(today, weekday)
    in_week = almanac.monday(today) + timedelta(days=weekday)
    if match.has("coming"):
        return _day(nearest, 0.95, weekday=weekday)
    if match.has("this"):
        found = almanac.on_or_after(today, weekday)
        return _day(found if found != today else nearest, 0.9, weekday=weekday)
    if match.has("after_next"):
        return _day(nearest + timedelta(weeks=1), 0.75, alternatives=(nearest,), weekday=weekday)
    if match.has("next"):
        return _next_weekday(match, nearest, in_week + timedelta(weeks=1))
    return _day(almanac.on_or_after(today - timedelta(weeks=1), weekday), 0.9, past=True, weekday=weekday)


def _next_weekday(match: Match, nearest: date, next_week: date) -> Meaning:
    if nearest == next_week:
        return _day(nearest, 0.95, weekday=nearest.weekday())
    coming = match.words.next_weekday == "coming"
    found, other = (nearest, next_week) if coming else (next_week, nearest)
    return _day(found, 0.6, alternatives=(other,), weekday=found.weekday())


@NAMED.rule("weekday after the? next", "weekday week_after", "next? weekday week_after")
def _weekday_and_a_week(match: Match) -> Meaning:
    today, weekday = _today(match), match["weekday"]
    if match.has("week_after"):
        return _day(almanac.on_or_after(today, weekday) + timedelta(days=match["week_after"]), 0.9, weekday=weekday)
    return _day(almanac.after(today, weekday) + timedelta(weeks=1), 0.75, weekday=weekday)


@NAMED.rule("weekday|weak on|of? period", "period on? weekday|weak", "weekday from_week")
def _weekday_of_week(match: Match) -> Meaning:
    unit, away = match["period"]
    weekday = match.get("weekday") if match.has("weekday") else match["weak"]
    if unit != "week":
        return None
    found = almanac.monday(_today(match)) + timedelta(weeks=away, days=weekday)
    return _day(found, 0.95, past=away < 0, weekday=weekday)


def _year(match: Match) -> int | None:
    if match.has("year"):
        return int(match["year"])
    if match.has("period"):
        unit, away = match["period"]
        return _today(match).year + int(away) if unit == "year" else None
    return None


def _dated(match: Match, month: int, day: int, year: int | None, weekday: int | None = None) -> Meaning:
    """Return a day of a month; without a year the next one, doubtful where the weekday contradicts it."""
    found = almanac.valid(year, month, day) if year else almanac.next_date(_today(match), month, day)
    if found is None:
        return None
    agrees = weekday in (None, found.weekday())
    return _day(found, 1.0 if agrees else 0.5)


_DATE = "weekday|weak? mark? the? ord|num mark? of? month mark? of?"
_MONTH_FIRST = "weekday|weak? mark? on? month mark? the? ord|num mark? of?"


@NAMED.rule(
    "weekday|weak? the? ord|num mark? of? month mark? year?",
    "weekday|weak? month mark? the? ord|num mark? year?",
    "the? ord|num of? month mark? year? weekday",
    "month mark? ord|num mark? year? weekday",
    "weekday|weak? ord|num of? month period",
    "next|this ord|num of? month",
)
def _date(match: Match) -> Meaning:
    day = match.get("ord") or match["num"]
    count = match.has("num") and not match.has("ord")
    if not 1 <= day.value <= 31:
        return None
    month_first = next(kind for kind, _ in match.pairs if kind in ("month", "num", "ord")) == "month"
    weekday_too = any(kind == "month" and {"weekday", "weak"} & item.kinds.keys() for kind, item in match.pairs)
    if month_first and (weekday_too or (count and match.precedes("counted", "unit"))):
        return None
    weekday = match.get("weekday") if match.has("weekday") else match.get("weak")
    return _dated(match, match["month"], day.value, _year(match), weekday)


@NAMED.rule("weekday|weak? the? ord|num of? month ~num", "weekday|weak? month the? ord ~num")
def _date_and_short_year(match: Match) -> Meaning:
    numbers = match.all("num")
    year = numbers.pop()
    day = match.get("ord") or numbers[0]
    century = _today(match).year // 100 * 100
    near = abs(century + year.value - _today(match).year) <= 10
    if year.width != 2 or not near or match.precedes("counted", "unit", "month", "oclock", "am", "pm"):
        return None
    return _dated(match, match["month"], day.value, century + year.value)


@NAMED.rule("weekday|weak? the? ord mark? ord|num")
def _day_and_month_ordinals(match: Match) -> Meaning:
    numbers = [item.kinds[kind] for kind, item in match.pairs if kind in ("ord", "num")]
    if not match.words.month_ordinals or not 1 <= numbers[1].value <= 12:
        return None
    weekday = match.get("weekday") if match.has("weekday") else match.get("weak")
    return _dated(match, numbers[1].value, numbers[0].value, None, weekday)


@NAMED.rule("the|on num of num")
def _day_of_numbered_month(match: Match) -> Meaning:
    day, month = match.all("num")
    if not 1 <= month.value <= 12 or match.precedes("counted", "unit", "month"):
        return None
    return _dated(match, month.value, day.value, None)


@NAMED.rule("weekday|weak mark? the? ord|num")
def _weekday_and_day(match: Match) -> Meaning:
    day = match.get("ord") or match["num"]
    if (
        not 1 <= day.value <= 31
        or match.precedes("am", "pm", "oclock", "unit", "counted", "num")
        or _names_weekday(match)
    ):
        return None
    weekday = match.get("weekday") if match.has("weekday") else match["weak"]
    if match.has("num") and not day.width and not match.has("the") and match.has("weak"):
        return None
    return _day(almanac.next_day_of_month(_today(match), day.value, weekday), 0.9, weekday=weekday)


def _names_weekday(match: Match) -> bool:
    """Tell whether the ordinal is rather a weekday (Portuguese "sexta")."""
    return any("weekday" in item.kinds for kind, item in match.pairs if kind == "ord")


@NAMED.rule(
    "the|on|lasting|next? the? ord", "on|lasting|the? unit num|ord", "on|lasting the num", "on|the num", "this unit num"
)
def _day_of_month(match: Match) -> Meaning:
    day = match.get("ord") or match["num"]
    if not 1 <= day.value <= 31 or match.get("unit") not in (None, "day"):
        return None
    if match.leads_to("unit", "counted", "weekday", "am", "pm", "oclock", "num", "ord", "year", "month", "part"):
        return None
    if match.leads_to("period") or _names_weekday(match):
        return None
    spelled = not day.width
    loose = spelled or not match.has("ord")
    if spelled and not match.alone and len(match.pairs) == 1:
        return None
    counting = spelled and day.value > 12
    if loose and not match.has("unit") and not counting and not closed(match):
        return None
    if match.has("num") and len(match.pairs) == 1:
        return None
    found = almanac.next_day_of_month(_today(match), day.value)
    choice = spelled and day.value <= 5 and not match.has("unit") and not match.has("on")
    sure = 0.45 if choice else 0.75 if loose else 0.9
    return _day(found, sure)


@NAMED.rule(
    "the? ord|num of? period",
    "unit num|ord of period",
    "the? ord of the unit",
    "the|unit num of the? unit",
    "period on|the the? ord|num",
)
def _day_of_period(match: Match) -> Meaning:
    unit, away = match["period"] if match.has("period") else (match.all("unit")[-1], 0)
    day = match.get("ord") or match["num"]
    if unit != "month" or not 1 <= day.value <= 31:
        return None
    month = almanac.add_months(_today(match).replace(day=1), away)
    return _day(almanac.valid(month.year, month.month, day.value))


@NAMED.rule(
    "the? ord|last weekday|unit of? month year?",
    "the? ord|last weekday|unit of? period",
    "last_of of? month year?",
    "weekday last|ord of month year?",
)
def _nth_of_month(match: Match) -> Meaning:
    number = match["ord"].value if match.has("ord") else -1
    first = _month_of(match)
    if first is None:
        return None
    last = almanac.month_end(first)
    if match.has("weekday"):
        return _day(almanac.nth_weekday(first, last, match["weekday"], number))
    if match.get("unit") == "day":
        return _day(last if number < 0 else almanac.valid(first.year, first.month, number))
    if match.get("unit") == "week" and number > 0:
        monday = almanac.monday(first) + timedelta(weeks=number - 1)
        return {"week": monday}
    return None


def _month_of(match: Match) -> date | None:
    """Return the first day of the month that was named."""
    today = _today(match)
    if match.has("month"):
        month = match["month"]
        year = match["year"] if match.has("year") else today.year + (month < today.month)
        return date(year, month, 1)
    unit, away = match["period"]
    return _first_day(today, unit, away) if unit == "month" else None


@NAMED.rule("numeric")
def _numeric(match: Match) -> Meaning:
    numeric = match["numeric"]
    if match.precedes("counted", "oclock", "am", "pm") or match.follows("labels"):
        return None
    if len(numeric.parts) == 3:
        return _three(match, numeric)
    first, second = numeric.parts
    if numeric.widths[0] > 2 or numeric.widths[1] > 2:
        return None
    if numeric.mark == "." and not (match.words.dot_dates or match.follows("on")):
        return None
    marked = match.alone or match.follows("on", "weekday", "weak", "the") or numeric.mark == "/"
    return _two(match, first, second, None, 1.0 if marked else 0.85)


@NAMED.rule("weekday|weak mark? the? numeric")
def _weekday_numeric(match: Match) -> Meaning:
    made = _numeric(match)
    weekday = match.get("weekday") if match.has("weekday") else match["weak"]
    if made and made["day"].date.weekday() != weekday:
        made["day"] = replace(made["day"], confidence=0.5)
    return made


def _three(match: Match, numeric: Numeric) -> Meaning:
    if numeric.widths[0] == 4:
        return _day(almanac.valid(*numeric.parts))
    first, second, year = numeric.parts
    if numeric.widths[2] == 2:
        year += _today(match).year // 100 * 100
    return _two(match, first, second, year, 1.0)


def _two(match: Match, first: int, second: int, year: int | None, confidence: float) -> Meaning:
    """Read two numbers as day and month in the language's order, or in the other where only that exists."""
    month, day = (first, second) if match.words.numeric_order == "md" else (second, first)
    usual = _on(match, month, day, year)
    other = _on(match, day, month, year)
    if usual is None:
        return _day(other, min(confidence, 0.9))
    if match.words.numeric_order == "md" and other and other != usual:
        return _day(usual, min(confidence, 0.75), alternatives=(other,))
    return _day(usual, confidence)


def _on(match: Match, month: int, day: int, year: int | None) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return almanac.valid(year, month, day) if year else almanac.next_date(_today(match), month, day)


@NAMED.rule("the? num ~num ~num|year", "the? num ~num")
def _spaced(match: Match) -> Meaning:
    numbers = match.all("num")
    if not match.words.number_dates or not (match.has("the") or match.alone):
        return None
    day, month, *rest = numbers
    year = match.get("year") or (rest[0].value + _today(match).year // 100 * 100 if rest else None)
    return _day(_on(match, month.value, day.value, year), 0.8)


@NAMED.rule("this|next|coming? the? holiday year?", "holiday of? period", "holiday next|this|coming")
def _holiday(match: Match) -> Meaning:
    rule, year = match["holiday"], _year(match)
    return _day(almanac.holiday(rule, year) if year else almanac.next_holiday(rule, _today(match)), 0.95)


@NAMED.rule("num weekday from_now|later", "num weekday coming|next", "num coming weekday")
def _weekdays_from_now(match: Match) -> Meaning:
    count = match["num"].value
    if not 1 <= count <= 52 or match.follows("lasting"):
        return None
    return _day(almanac.after(_today(match), match["weekday"]) + timedelta(weeks=count - 1), 0.85)


def moved(day: date, span: Span) -> date | None:
    """Return the day a span later, or None for units shorter than a day."""
    days = {"day": 1, "week": 7, "fortnight": 14}
    if span.unit in days:
        return day + timedelta(days=days[span.unit] * span.count)
    if span.unit in ("month", "year"):
        return almanac.add_months(day, span.count * (12 if span.unit == "year" else 1))
    return almanac.add_workdays(day, span.count) if span.unit == "workday" else None


def _later(match: Match, span: Span) -> Meaning:
    """Return the moment a span from now: a day, or for hours and minutes a day and a time."""
    if not 0 < span.count < 1000:
        return None
    if span.unit in ("hour", "minute"):
        length = timedelta(hours=span.count) if span.unit == "hour" else timedelta(minutes=span.count)
        moment = match.context.now + length
        return {"day": Day(moment.date()), "clock": Clock(moment.hour, moment.minute)}
    return _day(moved(_today(match), span), 0.95)


@OFFSETS.rule(
    "within span",
    "span from_now",
    "within span from_now",
    "within span since|after day",
    "ahead",
    "lasting span from_now",
    "lasting span since anchor",
    "anchor within span",
    "span on? anchor",
    "span on day",
)
def _from_now(match: Match) -> Meaning:
    if match.has("span") and not {"within", "from_now", "since", "after"} & {kind for kind, _ in match.pairs}:
        return _from_day(match) if match["span"].unit == "week" else None
    if match.has("day") or match.has("anchor"):
        return _from_day(match)
    return _later(match, match.get("ahead") or match["span"])


@OFFSETS.rule("span later")
def _later_than_something(match: Match) -> Meaning:
    """Read "two days later" with doubt; "an hour later" speaks of another appointment."""
    span = match["span"]
    found = moved(_today(match), span) if 0 < span.count < 1000 else None
    return _day(found, 0.6) or {}


@OFFSETS.rule("lasting span", "span ago", "ago span")
def _no_day(match: Match) -> Meaning:
    """Swallow lengths of time and times gone by, so that they are not read as hours."""
    return {}


@OFFSETS.rule("span after|since|from_now day", "span before day")
def _from_day(match: Match) -> Meaning:
    span, day = match["span"], next(item.kinds["day"] for _, item in match.pairs if "day" in item.kinds)
    back = match.has("before")
    found = moved(day.date, Span(-span.count, span.unit) if back and span.unit != "workday" else span)
    return _day(found, min(day.confidence, 0.95), alternatives=_all_moved(day, span, back))


def _all_moved(day: Day, span: Span, back: bool) -> tuple[date, ...]:
    step = Span(-span.count, span.unit) if back else span
    return tuple(found for other in day.alternatives if (found := moved(other, step)))


@OFFSETS.rule("unit after|before day", "unit after|before anchor")
def _day_beside(match: Match) -> Meaning:
    """Read "the day before christmas"."""
    day = next(item.kinds["day"] for _, item in match.pairs if "day" in item.kinds)
    found = moved(day.date, Span(-1 if match.has("before") else 1, match["unit"]))
    return _day(found, min(day.confidence, 0.95))


@OFFSETS.rule("ord day after|since day")
def _nth_after(match: Match) -> Meaning:
    first, anchor = match.all("day")
    if first.weekday is None:
        return None
    return _day(almanac.after(anchor.date, first.weekday) + timedelta(weeks=match["ord"].value - 1), 0.9)


@OFFSETS.rule("day within? span from_now?")
def _weekday_in_weeks(match: Match) -> Meaning:
    """Read "Monday two weeks from now": that weekday of the week two weeks ahead."""
    day, span = match["day"], match["span"]
    if day.weekday is None or not (match.has("within") or match.has("from_now")):
        return None
    found = moved(_today(match), span)
    return _day(almanac.monday(found) + timedelta(days=day.weekday), 0.75, weekday=day.weekday) if found else None


@OFFSETS.rule("week on? day", "day on|of? week")
def _weekday_in_week(match: Match) -> Meaning:
    day = match["day"]
    return _day(match["week"] + timedelta(days=day.weekday), 0.9) if day.weekday is not None else None


@RANGES.rule("between day joined|until day", "since|starting day until|dash day", "day until|dash day")
def _from_to(match: Match) -> Meaning:
    first, last = match.all("day")
    if not match.has("between") and any(kind == "until" and "joined" in item.kinds for kind, item in match.pairs):
        return None
    end = last.date
    if end < first.date and last.weekday is not None:
        end = almanac.after(first.date, last.weekday)
    if end <= first.date:
        return None
    return _day(first.date, min(first.confidence, last.confidence), until=end)


@NAMED.rule("num|ord until|dash the? num|ord of? month", "month num|ord until|dash the? num|ord")
def _days_of_a_month(match: Match) -> Meaning:
    """Read "from the 10th to the 12th of march"."""
    if match.has("num") and not match.all("num")[0].width and not match.follows("since", "on", "of"):
        return None
    first, last = (item.kinds[kind].value for kind, item in match.pairs if kind in ("num", "ord"))
    begin = almanac.next_date(_today(match), match["month"], first) if 0 < first < last else None
    end = begin and almanac.valid(begin.year, begin.month, last)
    return _day(begin, 0.95, until=end) if end else None


@NAMED.rule("month numeric", "numeric of? month")
def _dates_of_a_month(match: Match) -> Meaning:
    """Read "march 13-15"."""
    numeric = match["numeric"]
    if numeric.mark != "-" or len(numeric.parts) != 2 or numeric.parts[0] >= numeric.parts[1]:
        return None
    first = almanac.next_date(_today(match), match["month"], numeric.parts[0])
    last = first and almanac.valid(first.year, first.month, numeric.parts[1])
    return _day(first, 0.95, until=last) if last else None


@RANGES.rule("the? unit of? day")
def _week_of(match: Match) -> Meaning:
    """Read "the week of march 16"."""
    if match["unit"] != "week":
        return None
    monday = almanac.monday(match["day"].date)
    return _day(max(monday, _today(match)), 0.9, until=monday + timedelta(days=6))


@RANGES.rule("period")
def _whole_period(match: Match) -> Meaning:
    unit, away = match["period"]
    if unit == "year" or away < 0:
        return None
    first = _first_day(_today(match), unit, away)
    return _day(max(first, _today(match)), 0.9, until=_last_day(first, unit))


@RANGES.rule("the unit after")
def _day_after(match: Match) -> Meaning:
    return _day(_today(match) + timedelta(days=1), 0.8) if match["unit"] == "day" else None


@RANGES.rule("unit")
def _weekend(match: Match) -> Meaning:
    if match["unit"] != "weekend":
        return None
    saturday = almanac.on_or_after(_today(match), 5)
    return _day(saturday, 0.9, until=saturday + timedelta(days=1))


@RANGES.rule("within|of|on|this|next month year?")
def _month(match: Match) -> Meaning:
    first = _month_of(match)
    if first is None or match.follows("num", "ord"):
        return None
    return _day(max(first, _today(match)), 0.8, until=almanac.month_end(first))
