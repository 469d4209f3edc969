"""Rules for what looks like a time by itself: 8:30, 3 pm, 15 Uhr 30, noon."""

from dataclasses import replace
from datetime import date, timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.grammar import Kinds, Level, Match
from truebook.language.temporal.values import ARTICLE, Clock, Number, Numeric, Span, halved

MARKED = Level()
FRACTIONS = {"three_quarters": 45, "quarter": 15, "half": 30}
FAR = timedelta(days=270)
"""Beyond that, a day and a month with a point between them are rather an hour and its minutes."""
FIRST_HOUR = 6
"""Before that nobody makes an appointment: "5.11" stays a date."""


def clock(hour: Number, minute: int = 0, confidence: float = 1.0) -> Clock | None:
    """Return the clock of an hour as written and minutes, or None where there is no such time."""
    if not (0 <= hour.value <= 24 and 0 <= minute < 60) or (hour.value == 24 and minute):
        return None
    padded = hour.width == 2 and hour.value < 10
    return Clock(hour.value % 24, minute, 1 <= hour.value <= 12 and not padded, confidence)


def clock_kinds(found: Clock | None) -> Kinds:
    """Return what a rule makes of a clock, or of none."""
    return {"clock": found} if found else None


def half_of_day(match: Match, found: Clock | None) -> Clock | None:
    """Apply am or pm where one was matched."""
    if found is None or not (match.has("am") or match.has("pm")):
        return found
    return halved(found, match.has("pm"))


def minutes_of(numbers: list[Number]) -> int | None:
    """Return the minutes that the numbers after an hour say: "thirty", "05", "oh five"."""
    if not numbers:
        return 0
    *zeros, last = numbers
    if any(zero.value for zero in zeros) or last.value > 59:
        return None
    if zeros or last.value >= 10 or last.width == 2:
        return last.value
    return None


def fraction(match: Match) -> int | None:
    """Return the minutes of the part of an hour that was matched, if one was."""
    return next((minutes for kind, minutes in FRACTIONS.items() if match.has(kind)), None)


@MARKED.rule("literal oclock? am|pm?")
def _colon(match: Match) -> Kinds:
    hour, minute = match["literal"]
    return clock_kinds(half_of_day(match, clock(hour, minute)))


@MARKED.rule(
    "num am|pm",
    "num oclock am|pm",
    "num ~num am|pm",
    "num ~num ~num am|pm",
    "num oclock num am|pm",
    "num ~plus num am|pm",
)
def _named_half(match: Match) -> Kinds:
    hour, *rest = match.all("num")
    if not 1 <= hour.value <= 23 or (match.follows("month") and rest):
        return None
    minute = rest[0].value if match.has("plus") else minutes_of(rest)
    return None if minute is None else clock_kinds(half_of_day(match, clock(hour, minute)))


@MARKED.rule("digits am|pm", "digits", "digits unit", "at digits", "at digits ish", "around digits", "digits oclock")
def _run_together(match: Match) -> Kinds:
    other = match.precedes("counted", "unit", "digits", "num", "ord") or match.get("unit") not in (None, "hour")
    if other or match.leads_to_name or match.follows("labels"):
        return None
    digits = match["digits"]
    even, year = not int(digits[-2:]) % 5, 1900 <= int(digits) < 2100
    told = match.alone and match.context.about and even  # "1115" to "11:00 or 11:15?"
    led = even and match.follows("until", "weekday", "weak") and not year  # "wed 945", "move it to 1715"
    if len(match.pairs) == 1 and not (led or (len(digits) == 4 and (digits[0] == "0" or told))):
        return None
    hour = Number(int(digits[:-2]), len(digits[:-2]))  # "730" or "1500"
    return clock_kinds(half_of_day(match, clock(hour, int(digits[-2:]))))


@MARKED.rule("num oclock ~joined? ~num unit?", "num oclock joined? quarter|half|three_quarters")
def _hours_and_minutes(match: Match) -> Kinds:
    hour, *rest = match.all("num")
    minute = minutes_of(rest) if rest else fraction(match)
    if minute is None and rest and not rest[0].width and (match.closed or match.has("unit")):
        minute = rest[0].value
    wrong_unit = match.has("unit") and match["unit"] != "minute"
    article = ARTICLE in rest and not match.has("unit")  # "trag 18 Uhr ein"
    if minute is None or article or wrong_unit or match.precedes("month", "counted", "oclock"):
        return None
    length = match.doubles("oclock", "unit")
    made = clock_kinds(clock(hour, minute))
    return {**made, "span": Span(hour.value * 60 + minute, "minute")} if made and length else made


@MARKED.rule("num ~oclock", "num dash ~oclock")
def _full_hour(match: Match) -> Kinds:
    found = clock(match["num"])
    if found is None:
        return None
    length = match.doubles("oclock", "unit")
    sure = match.follows("at", "around") or not length
    meaning = {"clock": found if sure else replace(found, confidence=0.75)}
    return {**meaning, "span": Span(match["num"].value, "hour")} if length else meaning


@MARKED.rule("numeric oclock? am|pm?")
def _dotted(match: Match) -> Kinds:
    numeric = match["numeric"]
    if numeric.mark not in (".", ",") or len(numeric.parts) != 2 or numeric.widths[1] != 2:
        return None
    named = match.has("am") or match.has("pm") or match.has("oclock") or match.follows("at", "around")
    hour, minute = numeric.parts
    if not named and _is_date(match, numeric):
        return None
    if numeric.mark == "." and not named and not match.follows("on", "the"):
        named = (match.context.about or _far(match.today, hour, minute)) and hour >= FIRST_HOUR
    if numeric.mark == "," and not named:
        return None
    quarter = match.context.about and match.follows("the") and minute in (15, 30, 45)  # "the 3.30"
    if match.follows("on", "the") and not (named or quarter) and 1 <= hour <= 12 and 1 <= minute <= 31:
        return None
    dated = 1 <= minute <= 12 or not match.alone
    found = clock(Number(hour, numeric.widths[0]), minute, 1.0 if named else 0.9)
    if not named and match.words.dot_dates and dated and 1 <= hour <= 31 and 1 <= minute <= 12:
        return None
    return clock_kinds(half_of_day(match, found))


def _is_date(match: Match, numeric: Numeric) -> bool:
    """Tell whether it can only be a day, though a time is spoken of: "dienstag 8.12", or "8.12." with its own dot."""
    day, month = numeric.parts
    if numeric.mark != "." or not match.words.dot_dates or not 1 <= month <= 12 or not 1 <= day <= 31:
        return False
    found = almanac.next_date(match.today, month, day)
    weekday = match.before.kinds.get("weekday") if match.before else None
    return found is not None and (found.weekday() == weekday or (numeric.stopped and match.words.ordinal_dot))


def _far(today: date, day: int, month: int) -> bool:
    """Tell whether a date without a year is further off than people make appointments: "9.10" in November."""
    found = almanac.next_date(today, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    return found is not None and found - today > FAR


@MARKED.rule("noon", "midnight", "fixed")
def _named(match: Match) -> Kinds:
    if match.has("fixed"):
        hour, minute = match["fixed"].split(":")
        return {"clock": Clock(int(hour), int(minute), confidence=0.8)}
    found = Clock(12 if match.has("noon") else 0)
    return {"clock": found, "noon_clock": found, "named": "lunch" if match.has("noon") else "night"}
