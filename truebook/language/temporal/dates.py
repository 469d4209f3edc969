"""Rules for dates: the 9th, March 3 2027, 12.3., the first Monday of April, holidays."""

from dataclasses import replace
from datetime import date, timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.clocks import clock
from truebook.language.temporal.grammar import Kinds, Match
from truebook.language.temporal.periods import month_of
from truebook.language.temporal.values import ARTICLE, Number, Numeric, day_kinds
from truebook.language.temporal.weekdays import WEEKDAYS

NAMED = WEEKDAYS  # tried together: "friday the 13th" is longer than "friday"


@NAMED.rule("iso")
def _iso(match: Match) -> Kinds:
    return day_kinds(almanac.valid(*match["iso"]))


def year_of(match: Match) -> int | None:
    if match.has("year"):
        return int(match["year"])
    if match.has("period"):
        unit, away = match["period"]
        return match.today.year + int(away) if unit == "year" else None
    return None


def _dated(match: Match, month: int, day: int, year: int | None, weekday: int | None = None) -> Kinds:
    """Return a day of a month; without a year the next one, doubtful where the weekday contradicts it."""
    found = almanac.valid(year, month, day) if year else almanac.next_date(match.today, month, day)
    if found is None:
        return None
    agrees = weekday in (None, found.weekday())
    return day_kinds(found, 1.0 if agrees else 0.5)


@NAMED.rule(
    "weekday|weak? the? ord|num mark? of? month mark? year?",
    "on weak the? ord|num of? month",
    "weekday mark? on|the? unit ord|num mark? of? month mark? year?",
    "weekday|weak? month mark? the? ord|num mark? year?",
    "the? ord|num of? month mark? year? weekday",
    "month mark? ord|num mark? year? weekday",
    "weekday|weak? ord|num of? month period",
    "next|this ord|num of? month",
)
def _date(match: Match) -> Kinds:
    day = match.get("ord", "num")
    count = match.has("num") and not match.has("ord")
    if not 1 <= day.value <= 31 or match.get("unit") not in (None, "day"):
        return None
    month_first = next(kind for kind, _ in match.pairs if kind in ("month", "num", "ord")) == "month"
    weekday_too = match.doubles("month", "weekday", "weak")
    counting = count and (day == ARTICLE or match.precedes("counted", "unit"))  # "in december een weekje"
    if month_first and (weekday_too or counting):
        return None
    weekday = match.get("weekday", "weak")
    return _dated(match, match["month"], day.value, year_of(match), weekday)


@NAMED.rule("weekday|weak? the? ord|num of? month ~num", "weekday|weak? month the? ord ~num")
def _date_and_short_year(match: Match) -> Kinds:
    numbers = match.all("num")
    year = numbers.pop()
    day = match.get("ord") or numbers[0]
    century = match.today.year // 100 * 100
    near = abs(century + year.value - match.today.year) <= 10
    if year.width != 2 or not near or match.precedes("counted", "unit", "month", "oclock", "am", "pm"):
        return None
    return _dated(match, match["month"], day.value, century + year.value)


@NAMED.rule("weekday|weak? the? ord mark? ord|num")
def _day_and_month_ordinals(match: Match) -> Kinds:
    numbers = [item.kinds[kind] for kind, item in match.pairs if kind in ("ord", "num")]
    if not match.words.month_ordinals or not 1 <= numbers[1].value <= 12:
        return None
    weekday = match.get("weekday", "weak")
    found = almanac.next_date(match.today, numbers[1].value, numbers[0].value)
    if found and weekday not in (None, found.weekday()):
        return None  # "tuesday 1., 8., 15. december" are three days
    return _dated(match, numbers[1].value, numbers[0].value, None, weekday)


@NAMED.rule("the|on num of num")
def _day_of_numbered_month(match: Match) -> Kinds:
    day, month = match.all("num")
    if not 1 <= month.value <= 12 or match.precedes("counted", "unit", "month"):
        return None
    return _dated(match, month.value, day.value, None)


@NAMED.rule(
    "this|next|coming? weekday|weak mark? the? ord|num",
    "on weak mark? the? ord|num",
    "weekday mark? on|the? unit num|ord",
    "on|the? unit num|ord mark? weekday",
)
def _weekday_and_day(match: Match) -> Kinds:
    day = match.get("ord", "num")
    other = match.precedes("am", "pm", "oclock", "unit", "counted", "num") or match.doubles("ord", "weekday")
    if other or not 1 <= day.value <= 31 or match.get("unit") not in (None, "day"):
        return None
    weekday = match.get("weekday", "weak")
    if match.has("num") and not day.width and not match.has("the") and (match.has("weak") or day == ARTICLE):
        return None  # "freitag ein haarschnitt"
    if match.has("ord") and not day.width and match.is_parted and not (match.has("the") or match.has("on")):
        return None  # "wednesday, first Giulia and then Luca"
    found = match.day_of_month(day.value, weekday)
    far = found is None or found - match.today > almanac.WEEKDAY_TOO
    named = match.has("weekday") or match.has("weak")  # "sat 10 works"
    hour = clock(day, confidence=0.75) if far and named and match.context.opens else None
    if hour is None or match.has("ord") or match.has("the"):
        return day_kinds(found, 0.9, weekday=weekday)
    return {**(day_kinds(almanac.after(match.today, weekday), 0.9, weekday=weekday) or {}), "clock": hour}


@NAMED.rule(
    "the|on|lasting|next? the? ord",
    "on|lasting|the? unit num|ord",
    "on|lasting the num",
    "on|the|until_the num",
    "this unit num",
)
def _day_of_month(match: Match) -> Kinds:
    day = match.get("ord", "num")
    if not 1 <= day.value <= 31 or match.get("unit") not in (None, "day"):
        return None
    spelled = not day.width
    loose = spelled or not match.has("ord")
    counted = ("unit", "counted", "weekday", "am", "pm", "oclock", "num", "ord", "year")
    parted = match.precedes("part") and not (day.width and (match.has("on") or match.has("the")))
    apart = bool(match.after) and match.after[0].kinds.get("glue") == ","  # "dia 18, hora à escolha"
    if match.precedes(*counted) or parted or (loose and not apart and match.leads_to(*counted)):
        return None
    if match.leads_to("month", "period") or match.doubles("ord", "weekday"):
        return None
    torn = match.pairs[-1][1].start - match.pairs[0][1].end > len(" of the ")  # "for a trial first"
    if spelled and ((not match.alone and len(match.pairs) == 1) or torn):
        return None
    counting = spelled and day.value > 12
    if loose and not match.has("unit") and not counting and not match.closed:
        return None
    if match.get("num") == Number(1) and not match.has("unit"):
        return None  # "the one"
    found = match.day_of_month(day.value)
    choice = spelled and day.value <= 5 and not match.has("unit") and not match.has("on")
    sure = 0.45 if choice else 0.75 if loose else 0.9
    return day_kinds(found, sure)


@NAMED.rule(
    "the? ord|num of? period",
    "unit num|ord of period",
    "the? ord of the unit",
    "the|unit num of the? unit",
    "period on|the the? ord|num",
)
def _day_of_period(match: Match) -> Kinds:
    unit, away = match["period"] if match.has("period") else (match.all("unit")[-1], 0)
    day = match.get("ord", "num")
    if unit != "month" or not 1 <= day.value <= 31:
        return None
    month = almanac.add_months(match.today.replace(day=1), away)
    return day_kinds(almanac.valid(month.year, month.month, day.value))


@NAMED.rule(
    "the? ord|last weekday|unit of? month year?",
    "the? ord|last weekday|unit of? period",
    "last_of of? month year?",
    "weekday last|ord of month year?",
)
def _nth_of_month(match: Match) -> Kinds:
    number = match["ord"].value if match.has("ord") else -1
    first = month_of(match)
    if first is None:
        return None
    last, unit = almanac.month_end(first), match.get("unit", "last_of")
    if match.has("weekday"):
        return day_kinds(almanac.nth_weekday(first, last, match["weekday"], number))
    if unit == "day":
        return day_kinds(last if number < 0 else almanac.valid(first.year, first.month, number))
    if unit == "week":
        monday = almanac.monday(first) + timedelta(weeks=number - 1) if number > 0 else almanac.monday(last)
        days = day_kinds(max(monday, match.today), 0.9, until=monday + timedelta(days=6)) or {}
        return {"week": monday, **(days if monday + timedelta(days=6) >= match.today else {})}
    return None


@NAMED.rule("numeric")
def _numeric(match: Match) -> Kinds:
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


@NAMED.rule("this|next|coming? weekday|weak mark? the? numeric")
def _weekday_numeric(match: Match) -> Kinds:
    made = _numeric(match)
    weekday = match.get("weekday", "weak")
    if made and made["day"].date.weekday() != weekday:
        made["day"] = replace(made["day"], confidence=0.5)
    return made


def _three(match: Match, numeric: Numeric) -> Kinds:
    if numeric.widths[0] == 4:
        return day_kinds(almanac.valid(*numeric.parts))
    first, second, year = numeric.parts
    if numeric.widths[2] == 2:
        year += match.today.year // 100 * 100
    return _two(match, first, second, year, 1.0)


def _two(match: Match, first: int, second: int, year: int | None, confidence: float) -> Kinds:
    """Read two numbers as day and month in the language's order, or in the other where only that exists."""
    month, day = (first, second) if match.words.numeric_order == "md" else (second, first)
    usual = _placed(match, month, day, year)
    other = _placed(match, day, month, year)
    if usual is None:
        return day_kinds(other, min(confidence, 0.9))
    if match.words.numeric_order == "md" and other and other != usual:
        return day_kinds(usual, min(confidence, 0.75), alternatives=(other,))
    return day_kinds(usual, confidence)


def _placed(match: Match, month: int, day: int, year: int | None) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return almanac.valid(year, month, day) if year else almanac.next_date(match.today, month, day)


@NAMED.rule("the? num ~num ~num|year", "the? num ~num")
def _spaced(match: Match) -> Kinds:
    numbers = match.all("num")
    if not match.words.number_dates or not (match.has("the") or match.alone):
        return None
    day, month, *rest = numbers
    year = match.get("year") or (rest[0].value + match.today.year // 100 * 100 if rest else None)
    return day_kinds(_placed(match, month.value, day.value, year), 0.8)


@NAMED.rule("this|next|coming? the? holiday year?", "holiday of? period", "holiday next|this|coming")
def _holiday(match: Match) -> Kinds:
    rule, year = match["holiday"], year_of(match)
    return day_kinds(almanac.holiday(rule, year) if year else almanac.next_holiday(rule, match.today), 0.95)


@NAMED.rule("num|ord until|dash the? num|ord of? month", "month num|ord until|dash the? num|ord")
def _days_of_a_month(match: Match) -> Kinds:
    """Read "from the 10th to the 12th of march"."""
    if match.has("num") and not match.all("num")[0].width and not match.follows("since", "on", "of"):
        return None
    first, last = (item.kinds[kind].value for kind, item in match.pairs if kind in ("num", "ord"))
    return _days(almanac.next_date(match.today, match["month"], first), first, last)


@NAMED.rule("ord until|dash the|on? ord")
def _days_from_to(match: Match) -> Kinds:
    """Read "from the 5th to the 9th" and "vom 5. bis 9."."""
    first, last = (item.kinds["ord"] for kind, item in match.pairs if kind == "ord")
    if match.doubles("until", "joined") or match.precedes("month", "ord", "num") or not (first.width and last.width):
        return None
    return _days(match.day_of_month(first.value) if first.value <= 31 else None, first.value, last.value, 0.9)


@NAMED.rule("month numeric", "numeric of? month")
def _dates_of_a_month(match: Match) -> Kinds:
    """Read "march 13-15"."""
    numeric = match["numeric"]
    if numeric.mark != "-" or len(numeric.parts) != 2:
        return None
    first, last = numeric.parts
    return _days(almanac.next_date(match.today, match["month"], first), first, last)


def _days(begin: date | None, first: int, last: int, confidence: float = 0.95) -> Kinds:
    """Return the days from one of a month up to a later one of it."""
    end = almanac.valid(begin.year, begin.month, last) if begin and 0 < first < last else None
    return day_kinds(begin, confidence, until=end) if end else None
