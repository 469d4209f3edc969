"""Rules for times that the words around a number make: quarter past, half, at 3, 7 in the evening."""

from dataclasses import replace
from typing import Any

from truebook.language.temporal import almanac
from truebook.language.temporal.clocks import FRACTIONS, clock, clock_kinds, fraction, half_of_day, minutes_of
from truebook.language.temporal.grammar import Kinds, Level, Match
from truebook.language.temporal.values import ARTICLE, Clock, Number, spoken_in

SPOKEN = Level()

NOT_AN_HOUR = ("counted", "unit", "month", "digits", "num", "ord", "numeric", "length", "dash")


def shifted(hour: Clock, minutes: int) -> Clock:
    """Return the clock some minutes later or earlier; it stays open if it was."""
    total = hour.hour * 60 + hour.minute + minutes
    whole, minute = divmod(total, 60)
    whole = (whole - 1) % 12 + 1 if hour.open else whole % 24
    return replace(hour, hour=whole, minute=minute)


def hour_of(match: Match) -> Clock | None:
    """Return the hour that a rule matched as a clock or as a bare number."""
    found = match.get("clock")
    return found if found is not None else clock(match.all("num")[-1]) if match.has("num") else None


@SPOKEN.rule(
    "at|weak_at? num|quarter|half|three_quarters|span past_hour|to_hour clock|num am|pm?",
    "at? span|num|quarter past_hour|to_hour half clock|num am|pm?",
)
def _past_or_to(match: Match) -> Kinds:
    numbers = match.all("num")
    hour = match.get("clock") or (clock(numbers.pop()) if numbers else None)
    to_half = match.has("half") and lead(match) != "half"
    minutes = (
        span_minutes(match) if match.has("span") else numbers[0].value if numbers else FRACTIONS.get(lead(match), 0)
    )
    if hour is None or not minutes or minutes > 59 or match.precedes("counted", "unit"):
        return None
    if numbers and minutes % 5 and match.has("to_hour"):
        return None
    if (hour.minute and not match.has("span")) or (numbers and _doubly_at(match)):
        return None
    if numbers and match.pairs[0][0] == "num" and dates_the_weekday(match, numbers[0]):
        return None
    sign = -1 if match.has("to_hour") else 1
    offset = match.words.half_means if to_half else 0
    return clock_kinds(half_of_day(match, shifted(hour, sign * minutes + offset)))


def dates_the_weekday(match: Match, number: Number) -> bool:
    """Tell whether a number right after a weekday is its date: "friday 11 after 5" on a day when that is one."""
    weekday = match.before.kinds.get("weekday") if match.before else None
    if weekday is None or not number.width or not 1 <= number.value <= 31:
        return False
    found = match.day_of_month(number.value, weekday)
    return found is not None and found - match.today <= almanac.WEEKDAY_TOO


def _doubly_at(match: Match) -> bool:
    """Tell whether "15 alle 8" is rather the 15th, at 8."""
    dated = match.follows("the", "on", "weekday", "month", "unit", "since", "between")
    return dated and links_by_at(match) and not match.has("at")


def links_by_at(match: Match) -> bool:
    """Tell whether the word between two numbers may as well be "at" (Italian "alle", Portuguese "às")."""
    links = [item for kind, item in match.pairs if kind in ("to_hour", "until", "past_hour")]
    return any("at" in item.kinds or "weak_at" in item.kinds for item in links)


def lead(match: Match) -> str:
    """Return the first kind matched that is not "at"."""
    return next(kind for kind, _ in match.pairs if kind != "at")


def span_minutes(match: Match) -> int:
    span = match["span"]
    return span.count if span.unit == "minute" else 0


@SPOKEN.rule("at? half clock|num am|pm?")
def _half(match: Match) -> Kinds:
    hour = hour_of(match)
    if hour is None or hour.minute or match.precedes("counted", "unit"):
        return None
    return clock_kinds(half_of_day(match, shifted(hour, match.words.half_means)))


@SPOKEN.rule("at? quarter_of clock|num am|pm?")
def _quarter_of(match: Match) -> Kinds:
    hour = hour_of(match)
    if hour is None or hour.minute:
        return None
    return clock_kinds(half_of_day(match, shifted(hour, match["quarter_of"] - 60)))


@SPOKEN.rule(
    "at|weak_at? clock|num plus|joined? half|quarter|three_quarters am|pm?",
    "at|weak_at? clock|num minus the? quarter|three_quarters am|pm?",
    "at|weak_at? clock minus|plus num am|pm?",
    "at|weak_at num minus|plus num am|pm?",
    "at|weak_at? clock|num minus|plus|joined span am|pm?",
    "at|weak_at? noon_clock ~num",
)
def and_or_less(match: Match) -> Kinds:
    numbers = match.all("num")
    hour = match.get("clock") or (match["noon_clock"] if match.has("noon_clock") else clock(numbers.pop(0)))
    minutes = span_minutes(match) if match.has("span") else numbers[0].value if numbers else fraction(match)
    article = match.has("plus") and ARTICLE in numbers
    if match.has("joined") and match.follows("between", "since") and match.leads_to("num"):
        return None  # "zwischen zehn und dreiviertel elf"
    if hour is None or hour.minute or not minutes or minutes > 59 or article or match.precedes("counted", "unit"):
        return None
    return clock_kinds(half_of_day(match, shifted(hour, -minutes if match.has("minus") else minutes)))


@SPOKEN.rule("at|weak_at|around? num ~joined|dash? ~num unit?", "at|weak_at|around? num ~num ~num")
def _hour_minute(match: Match) -> Kinds:
    hour, *rest = match.all("num")
    minute = minutes_of(rest)
    other = match.precedes("counted", "month", "num", "digits")
    if minute is None or other or match.get("unit") not in (None, "minute"):
        return None
    framed = match.has("at") or match.has("around") or match.has("weak_at")
    if match.has("dash") and (hour.width or rest[-1].width):
        return None
    in_words = not hour.width and not rest[-1].width and not match.has("joined") and minute % 5 == 0
    if match.words.number_dates and match.follows("the", "on"):
        return None
    told = match.alone or match.precedes("am", "pm", "part", "this", "daypart") or match.follows("lasting", "on")
    if not framed and not told and not in_words:
        return None
    return clock_kinds(clock(hour, minute, 0.95 if framed else 0.75))


@SPOKEN.rule("at|weak_at num", "at|around? num ish", "at around num", "around num", "around at|weak_at num")
def _at_hour(match: Match) -> Kinds:
    article = bool(match.after) and match.after[0].kinds.get("num") == ARTICLE
    if match.precedes(*NOT_AN_HOUR) and not match.has("ish") and not article:
        return None
    dated = match.precedes("of") and match.leads_to("month")
    dated = dated or (match.doubles("at", "since") and match.precedes("until"))  # "das 9 às 11"
    if dated or match.leads_to_name or (match.has("weak_at") and not match.closed):
        return None
    sure = (match.has("at") or match.has("weak_at")) and match["num"].value > 0
    found = clock(match["num"], 0, 0.95 if sure else 0.85)
    if found is None or (match["num"].value == 0 and match["num"].width < 2):
        return None
    near = match.has("ish") or match.has("around")
    return {"clock": replace(found, relation="around" if near else "at")}


@SPOKEN.rule(
    "at|weak_at|around|lasting|on? num on? this? part",
    "at|weak_at|around? num ~plus num on? part",
    "this? part at|around? num",
    "at|around? num daypart",
    "daypart ~mark? ~num",
)
def _hour_in_a_part(match: Match) -> Kinds:
    """Read "morning 11" and "8 in the evening"."""
    hour, *minutes = match.all("num")
    found = clock(hour, minutes[0].value if minutes else 0)
    last = match.pairs[-1][0] == "num"
    if found is None or not match["num"].value or (last and (match.precedes(*NOT_AN_HOUR) or match.leads_to_name)):
        return None
    first = match.pairs[0][0]
    led = first == "num" and match.follows("the", "unit", "on")  # "el 11 por la tarde", "am 8. vormittags"
    apart = last and match.pairs[-1][1].start - match.pairs[-2][1].end > len(", ")  # "vendredi matin, le 4"
    dated = (apart or first == "num") and dates_the_weekday(match, hour)
    if (hour.width and (first == "on" or led)) or dated or (last and match.doubles("num", "ord")):
        return None
    if last and hour.value > 12 and match.get("part") == "morning":
        return None  # "in the morning, the 17th"
    tomorrow = match.doubles("part", "relative")
    taken = match.has("daypart") and (match.follows("lasting") or match.precedes("clock"))
    if taken or (tomorrow and not match.has("this")):
        return None
    part = match.get("part") or match["daypart"][1]
    made: dict[str, Any] = {"clock": spoken_in(replace(found, confidence=0.95), part)}
    if match.has("daypart") or match.has("this"):
        made["daypart"] = match.get("daypart") or (0, part)
    return made
