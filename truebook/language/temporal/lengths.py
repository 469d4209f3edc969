"""Rules for lengths of time ("two weeks", "an hour and a half"), and days that lie such a length away."""

from datetime import date, timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.clocks import MARKED, fraction
from truebook.language.temporal.grammar import Kinds, Match
from truebook.language.temporal.spoken import SPOKEN
from truebook.language.temporal.values import Span

_HOUR = 60


@MARKED.rule("num ~unit", "article ~unit", "few unit", "couple unit", "num ~coming unit", "coming num ~unit")
def _length(match: Match) -> Kinds:
    if match.has("num"):
        count = match["num"].value
        days = match.words.days_called.get(count) if match["unit"] == "day" else None
        return {"ahead" if match.has("coming") else "span": Span(days or count, match["unit"])}
    count = 2 if match.has("couple") else 3 if match.has("few") else 1
    return {"span": Span(count, match["unit"])}


@MARKED.rule("numeric unit")
def _fractional_length(match: Match) -> Kinds:
    """Read "1.5 hours", and "3-4 days" as the shorter of them."""
    whole, *rest = match["numeric"].parts
    if match["numeric"].mark == "-" and len(rest) == 1 and match["unit"] in ("day", "week") and 0 < whole < rest[0]:
        return {"span": Span(whole, match["unit"])}
    if match["unit"] != "hour" or match["numeric"].mark not in (".", ",") or len(rest) != 1:
        return None
    return {"span": Span(whole * 60 + rest[0] * 60 // 10 ** match["numeric"].widths[1], "minute")}


@MARKED.rule("length")
def _named_length(match: Match) -> Kinds:
    return {"span": Span(match["length"], "minute")}


@SPOKEN.rule("span joined|plus article? half|quarter", "span joined|plus? span")
def _length_and_a_bit(match: Match) -> Kinds:
    """Read "an hour and a half" and "2 hours 30 minutes"."""
    hours, *more = match.all("span")
    bit = more[0].count if more and more[0].unit == "minute" else fraction(match)
    if hours.unit != "hour" or not bit or bit >= _HOUR:
        return None  # "à 10h, à 10h45" are two hours of the day
    return {"span": Span(hours.count * _HOUR + bit, "minute")}


def moved(day: date, span: Span) -> date | None:
    """Return the day a span later, or None for units shorter than a day."""
    days = {"day": 1, "week": 7, "fortnight": 14}
    if span.unit in days:
        return day + timedelta(days=days[span.unit] * span.count)
    if span.unit in ("month", "year"):
        return almanac.add_months(day, span.count * (12 if span.unit == "year" else 1))
    return almanac.add_workdays(day, span.count) if span.unit == "workday" else None
