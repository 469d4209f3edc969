"""Rules for times of the clock, from "8:30" to "five to half past three"."""

from dataclasses import replace
from typing import Any

from truebook.language.model import Relation
from truebook.language.temporal.grammar import Level, Match, Meaning
from truebook.language.temporal.values import Clock, Number, Span, halved, spoken_in

MARKED = Level()  # what looks like a time by itself
SPOKEN = Level()  # what needs the words around it
FRAMED = Level()  # at, around, after, between
LONELY = Level()  # when all else is read: a number that is the whole answer

CLOSING = (
    "glue",
    "stop",
    "clock",
    "at",
    "weak_at",
    "around",
    "joined",
    "on",
    "daypart",
    "day",
    "relative",
    "weekday",
    "part",
)
NOT_AN_HOUR = ("counted", "unit", "month", "digits", "num", "ord", "numeric", "length", "dash")


def closed(match: Match) -> bool:
    """Tell whether nothing follows that a number could be counting."""
    return not match.after or any(kind in match.after[0].kinds for kind in CLOSING)


def clock(hour: Number, minute: int = 0, confidence: float = 1.0) -> Clock | None:
    """Return the clock of an hour as written and minutes, or None where there is no such time."""
    if not (0 <= hour.value <= 24 and 0 <= minute < 60) or (hour.value == 24 and minute):
        return None
    padded = hour.width == 2 and hour.value < 10
    return Clock(hour.value % 24, minute, 1 <= hour.value <= 12 and not padded, confidence)


def shifted(hour: Clock, minutes: int) -> Clock:
    """Return the clock some minutes later or earlier; it stays open if it was."""
    total = hour.hour * 60 + hour.minute + minutes
    whole, minute = divmod(total, 60)
    whole = (whole - 1) % 12 + 1 if hour.open else whole % 24
    return replace(hour, hour=whole, minute=minute)


def _meaning(found: Clock | None) -> Meaning:
    return {"clock": found} if found else None


def _half_of_day(match: Match, found: Clock | None) -> Clock | None:
    """Apply am or pm where one was matched."""
    if found is None or not (match.has("am") or match.has("pm")):
        return found
    return halved(found, match.has("pm"))


def _written(digits: str) -> Clock | None:
    """Read "730" or "1500"."""
    return clock(Number(int(digits[:-2]), len(digits[:-2])), int(digits[-2:]))


@MARKED.rule("literal oclock? am|pm?")
def _colon(match: Match) -> Meaning:
    hour, minute = match["literal"]
    return _meaning(_half_of_day(match, clock(hour, minute)))


@MARKED.rule(
    "num am|pm",
    "num oclock am|pm",
    "num ~num am|pm",
    "num ~num ~num am|pm",
    "num oclock num am|pm",
    "num ~plus num am|pm",
)
def _named_half(match: Match) -> Meaning:
    hour, *rest = match.all("num")
    if not 1 <= hour.value <= 23 or (match.follows("month") and rest):
        return None
    minute = rest[0].value if match.has("plus") else _minutes(rest)
    return None if minute is None else _meaning(_half_of_day(match, clock(hour, minute)))


@MARKED.rule("digits am|pm", "digits", "digits unit", "at digits", "at digits ish", "around digits", "digits oclock")
def _run_together(match: Match) -> Meaning:
    if (
        match.precedes("counted", "unit", "digits", "num")
        or match.follows("labels")
        or match.get("unit") not in (None, "hour")
    ):
        return None
    if len(match.pairs) == 1 and not (match["digits"][0] == "0" and len(match["digits"]) == 4):
        return None
    return _meaning(_half_of_day(match, _written(match["digits"])))


@MARKED.rule("num oclock ~joined? ~num unit?", "num oclock joined? quarter|half|three_quarters")
def _hours_and_minutes(match: Match) -> Meaning:
    hour, *rest = match.all("num")
    minute = _minutes(rest) if rest else _fraction(match)
    if minute is None and rest and not rest[0].width and (closed(match) or match.has("unit")):
        minute = rest[0].value
    wrong_unit = match.has("unit") and match["unit"] != "minute"
    if minute is None or wrong_unit or match.precedes("month", "counted", "oclock"):
        return None
    length = any(kind == "oclock" and "unit" in item.kinds for kind, item in match.pairs)
    made = _meaning(clock(hour, minute))
    return {**made, "span": Span(hour.value * 60 + minute, "minute")} if made and length else made


@MARKED.rule("num oclock")
def _full_hour(match: Match) -> Meaning:
    found = clock(match["num"])
    if found is None:
        return None
    length = any("unit" in item.kinds for _, item in match.pairs)
    sure = match.follows("at", "around") or not length
    meaning = {"clock": found if sure else replace(found, confidence=0.75)}
    return {**meaning, "span": Span(match["num"].value, "hour")} if length else meaning


@MARKED.rule("numeric oclock? am|pm?")
def _dotted(match: Match) -> Meaning:
    numeric = match["numeric"]
    if numeric.mark not in (".", ",") or len(numeric.parts) != 2 or numeric.widths[1] != 2:
        return None
    named = match.has("am") or match.has("pm") or match.has("oclock") or match.follows("at", "around")
    hour, minute = numeric.parts
    if numeric.mark == "," and not named:
        return None
    if match.follows("on", "the") and not named and 1 <= hour <= 12 and 1 <= minute <= 31:
        return None
    dated = 1 <= minute <= 12 or not match.alone
    found = clock(Number(hour, numeric.widths[0]), minute, 1.0 if named else 0.9)
    if not named and match.words.dot_dates and dated and 1 <= hour <= 31 and 1 <= minute <= 12:
        return None
    return _meaning(_half_of_day(match, found))


@MARKED.rule("noon", "midnight", "fixed")
def _named(match: Match) -> Meaning:
    if match.has("fixed"):
        hour, minute = match["fixed"].split(":")
        return {"clock": Clock(int(hour), int(minute), confidence=0.8)}
    found = Clock(12 if match.has("noon") else 0)
    return {"clock": found, "noon_clock": found, "named": "lunch" if match.has("noon") else "night"}


@MARKED.rule("num ~unit", "article ~unit", "few unit", "couple unit", "num ~coming unit", "coming num ~unit")
def _length(match: Match) -> Meaning:
    if match.has("num"):
        return {"ahead" if match.has("coming") else "span": Span(match["num"].value, match["unit"])}
    count = 2 if match.has("couple") else 3 if match.has("few") else 1
    return {"span": Span(count, match["unit"])}


@MARKED.rule("numeric unit")
def _fractional_length(match: Match) -> Meaning:
    """Read "1.5 hours"."""
    whole, *rest = match["numeric"].parts
    if match["unit"] != "hour" or match["numeric"].mark not in (".", ",") or len(rest) != 1:
        return None
    return {"span": Span(whole * 60 + rest[0] * 60 // 10 ** match["numeric"].widths[1], "minute")}


@MARKED.rule("length")
def _named_length(match: Match) -> Meaning:
    return {"span": Span(match["length"], "minute")}


def _minutes(numbers: list[Number]) -> int | None:
    """Return the minutes that the numbers after an hour say: "thirty", "05", "oh five"."""
    if not numbers:
        return 0
    *zeros, last = numbers
    if any(zero.value for zero in zeros) or last.value > 59:
        return None
    if zeros or last.value >= 10 or last.width == 2:
        return last.value
    return None


def _fraction(match: Match) -> int | None:
    if match.has("three_quarters"):
        return 45
    if match.has("quarter"):
        return 15
    return 30 if match.has("half") else None


def _hour(match: Match) -> Clock | None:
    """Return the hour that a rule matched as a clock or as a bare number."""
    found = match.get("clock")
    return found if found is not None else clock(match.all("num")[-1]) if match.has("num") else None


@SPOKEN.rule(
    "at|weak_at? num|quarter|half|three_quarters|span past_hour|to_hour clock|num am|pm?",
    "at? span|num|quarter past_hour|to_hour half clock|num am|pm?",
)
def _past_or_to(match: Match) -> Meaning:
    numbers = match.all("num")
    hour = match.get("clock") or (clock(numbers.pop()) if numbers else None)
    to_half = match.has("half") and lead(match) != "half"
    minutes = _span_minutes(match) if match.has("span") else numbers[0].value if numbers else _lead_fraction(match)
    if hour is None or not minutes or minutes > 59 or match.precedes("counted", "unit"):
        return None
    if numbers and minutes % 5 and match.has("to_hour"):
        return None
    if (hour.minute and not match.has("span")) or (numbers and _doubly_at(match)):
        return None
    sign = -1 if match.has("to_hour") else 1
    offset = match.words.half_means if to_half else 0
    return _meaning(_half_of_day(match, shifted(hour, sign * minutes + offset)))


def _doubly_at(match: Match) -> bool:
    """Tell whether "15 alle 8" is rather the 15th, at 8."""
    dated = match.follows("the", "on", "weekday", "month", "unit", "since", "between")
    return dated and _links_by_at(match) and not match.has("at")


def _links_by_at(match: Match) -> bool:
    """Tell whether the word between two numbers may as well be "at" (Italian "alle", Portuguese "às")."""
    links = [item for kind, item in match.pairs if kind in ("to_hour", "until", "past_hour")]
    return any("at" in item.kinds or "weak_at" in item.kinds for item in links)


def lead(match: Match) -> str:
    """Return the first kind matched that is not "at"."""
    return next(kind for kind, _ in match.pairs if kind != "at")


def _lead_fraction(match: Match) -> int:
    return {"quarter": 15, "half": 30, "three_quarters": 45}.get(lead(match), 0)


def _span_minutes(match: Match) -> int:
    span = match["span"]
    return span.count if span.unit == "minute" else 0


@SPOKEN.rule("span joined|plus article? half|quarter", "span joined|plus? span")
def _length_and_a_bit(match: Match) -> Meaning:
    """Read "an hour and a half" and "2 hours 30 minutes"."""
    hours, *more = match.all("span")
    bit = more[0].count if more and more[0].unit == "minute" else _fraction(match)
    return {"span": Span(hours.count * 60 + bit, "minute")} if hours.unit == "hour" and bit else None


@SPOKEN.rule("at? half clock|num am|pm?")
def _half(match: Match) -> Meaning:
    hour = _hour(match)
    if hour is None or hour.minute or match.precedes("counted", "unit"):
        return None
    return _meaning(_half_of_day(match, shifted(hour, match.words.half_means)))


@SPOKEN.rule("at? quarter_of clock|num am|pm?")
def _quarter_of(match: Match) -> Meaning:
    hour = _hour(match)
    if hour is None or hour.minute:
        return None
    return _meaning(_half_of_day(match, shifted(hour, match["quarter_of"] - 60)))


@SPOKEN.rule(
    "at|weak_at? clock|num plus|joined? half|quarter|three_quarters am|pm?",
    "at|weak_at? clock|num minus the? quarter|three_quarters am|pm?",
    "at|weak_at? clock minus|plus num am|pm?",
    "at|weak_at num minus|plus num am|pm?",
    "at|weak_at? clock|num minus|plus|joined span am|pm?",
    "at|weak_at? noon_clock ~num",
)
def _and_or_less(match: Match) -> Meaning:
    numbers = match.all("num")
    hour = match.get("clock") or (match["noon_clock"] if match.has("noon_clock") else clock(numbers.pop(0)))
    minutes = _span_minutes(match) if match.has("span") else numbers[0].value if numbers else _fraction(match)
    if hour is None or hour.minute or not minutes or minutes > 59 or match.precedes("counted", "unit"):
        return None
    return _meaning(_half_of_day(match, shifted(hour, -minutes if match.has("minus") else minutes)))


@SPOKEN.rule("at|weak_at|around? num ~joined|dash? ~num unit?", "at|weak_at|around? num ~num ~num")
def _hour_minute(match: Match) -> Meaning:
    hour, *rest = match.all("num")
    minute = _minutes(rest)
    if (
        minute is None
        or match.precedes("counted", "month", "num", "digits")
        or match.get("unit") not in (None, "minute")
    ):
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
    return _meaning(clock(hour, minute, 0.95 if framed else 0.75))


@SPOKEN.rule("at|weak_at num", "at|around? num ish", "at around num", "around num", "around at|weak_at num")
def _at_hour(match: Match) -> Meaning:
    if match.precedes(*NOT_AN_HOUR) and not match.has("ish"):
        return None
    dated = match.precedes("of") and match.leads_to("month")
    if dated or (match.has("weak_at") and not closed(match)):
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
def _hour_in_a_part(match: Match) -> Meaning:
    """Read "morning 11" and "8 in the evening"."""
    hour, *minutes = match.all("num")
    found = clock(hour, minutes[0].value if minutes else 0)
    last = match.pairs[-1][0] == "num"
    if found is None or not match["num"].value or (last and match.precedes(*NOT_AN_HOUR)):
        return None
    tomorrow = any(kind == "part" and "relative" in item.kinds for kind, item in match.pairs)
    taken = match.has("daypart") and (match.follows("lasting") or match.precedes("clock"))
    if taken or (tomorrow and not match.has("this")):
        return None
    part = match.get("part") or match["daypart"][1]
    made: dict[str, Any] = {"clock": spoken_in(replace(found, confidence=0.95), part)}
    if match.has("daypart") or match.has("this"):
        made["daypart"] = match.get("daypart") or (0, part)
    return made


@LONELY.rule("num")
def _only_a_number(match: Match) -> Meaning:
    """Read, doubtfully, an answer that is only a number."""
    found = clock(match["num"])
    if found is None or not match["num"].value or match.precedes(*NOT_AN_HOUR):
        return None
    return {"clock": replace(found, confidence=0.4)} if match.alone else None


@FRAMED.rule("clock|num either at|weak_at? clock|num")
def _one_or_other(match: Match) -> Meaning:
    """Read "3 or 4 pm"; one of the two must be a time by itself."""
    hours = [item.kinds[kind] for kind, item in match.pairs if kind in ("clock", "num")]
    first, other = (hour if isinstance(hour, Clock) else clock(hour) for hour in hours)
    if first is None or other is None or not match.has("clock") or (match.has("num") and match.precedes(*NOT_AN_HOUR)):
        return None
    if first.open and not other.open and first.hour < other.hour % 12:
        first = halved(first, other.hour >= 12)
    return _meaning(replace(first, other=other))


@FRAMED.rule("lasting num")
def _for_hour(match: Match) -> Meaning:
    """Read "for 5 tomorrow" with doubt: it may be the number of people."""
    dayside = match.precedes("relative", "weekday") or (match.follows("relative", "weekday") and closed(match))
    found = clock(match["num"], 0, 0.55)
    return (
        _meaning(found) if found and dayside and match["num"].value <= 12 and not match.precedes(*NOT_AN_HOUR) else None
    )


@FRAMED.rule("clock am|pm", "clock oclock am|pm?")
def _named_late(match: Match) -> Meaning:
    return _meaning(_half_of_day(match, match["clock"]))


@FRAMED.rule("clock plus|joined|minus half|quarter|three_quarters")
def _and_or_less_late(match: Match) -> Meaning:
    """Read "at 8 in the evening less a quarter"."""
    return _and_or_less(match)


@FRAMED.rule("at? clock named")
def _at_noon(match: Match) -> Meaning:
    """Read "1 o'clock lunchtime" and "12 midnight"."""
    return _meaning(spoken_in(match["clock"], match["named"]))


@FRAMED.rule("at|weak_at clock")
def _at_clock(match: Match) -> Meaning:
    found = match["clock"]
    return _meaning(replace(found, confidence=max(found.confidence, 0.95)))


@FRAMED.rule("at|weak_at? around at|weak_at? clock", "clock around", "clock ish")
def _around(match: Match) -> Meaning:
    return _meaning(replace(match["clock"], relation="around"))


@FRAMED.rule("after at? clock|num", "before at? clock|num")
def _bound(match: Match) -> Meaning:
    found = _hour(match)
    bare = match.has("num")
    if found is None or (bare and (match.precedes(*NOT_AN_HOUR) or not closed(match) or not match["num"].value)):
        return None
    relation: Relation = "after" if match.has("after") else "before"
    return _meaning(replace(found, relation=relation, confidence=min(found.confidence, 0.6 if bare else 1.0)))


@FRAMED.rule(
    "between at? clock|num joined|until at? clock|num",
    "since|starting at? clock|num until|dash at? clock|num",
    "at? clock until|dash at? clock",
    "num until|dash clock",
    "since|between at? clock|num ~clock",
)
def _range(match: Match) -> Meaning:
    bounds = match.has("between") or match.has("since") or match.has("starting")
    if not match.has("between") and any(kind == "until" and "joined" in item.kinds for kind, item in match.pairs):
        return None
    if not bounds and (_links_by_at(match) or (match.has("num") and match.follows("the", "on", "weekday", "month"))):
        return None
    ends = [item.kinds[kind] for kind, item in match.pairs if kind in ("clock", "num")]
    first, last = (end if isinstance(end, Clock) else clock(end) for end in ends)
    if first is None or last is None or match.precedes("counted", "unit") or match.leads_to("month"):
        return None
    bare = len(match.all("num"))
    return _meaning(replace(first, relation="between", until=last, confidence=0.8 if bare else 0.95))


@FRAMED.rule("until num")
def _to_hour(match: Match) -> Meaning:
    """Read "move it to 4" with doubt."""
    doubtful = match.precedes(*NOT_AN_HOUR) or match.follows("num", "clock", "day", "ord", "span") or not closed(match)
    found = clock(match["num"], 0, 0.6)
    return None if doubtful or not match["num"].value else _meaning(found)


@MARKED.rule("between? numeric am|pm", "between|at numeric oclock?", "numeric oclock am|pm?")
def _numeric_range(match: Match) -> Meaning:
    numeric = match["numeric"]
    if numeric.mark != "-" or len(numeric.parts) != 2:
        return None
    first, last = (clock(Number(value, width)) for value, width in zip(numeric.parts, numeric.widths, strict=True))
    last = _half_of_day(match, last)
    if first is None or last is None:
        return None
    return _meaning(replace(first, relation="between", until=last, confidence=0.9))
