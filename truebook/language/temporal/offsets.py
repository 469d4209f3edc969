"""Rules for days told from other days: in two weeks, a week from Friday, the day before Christmas."""

from datetime import timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.clocks import FIRST_HOUR, clock_kinds
from truebook.language.temporal.grammar import Kinds, Level, Match
from truebook.language.temporal.lengths import moved
from truebook.language.temporal.values import Clock, Day, Span, day_kinds

OFFSETS = Level()


def _anchor(match: Match) -> Day:
    """Return the day that the offset counts from."""
    days: list[Day] = [item.kinds["day"] for _, item in match.pairs if "day" in item.kinds]
    return days[0]


def _later(match: Match, span: Span) -> Kinds:
    """Return the moment a span from now: a day, or for hours and minutes a day and a time."""
    if not 0 < span.count < 1000:
        return None
    if span.unit in ("hour", "minute"):
        length = timedelta(hours=span.count) if span.unit == "hour" else timedelta(minutes=span.count)
        moment = match.context.now + length
        return {"day": Day(moment.date()), "clock": Clock(moment.hour, moment.minute)}
    return day_kinds(moved(match.today, span), 0.95)


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
def _from_now(match: Match) -> Kinds:
    if match.has("span") and not {"within", "from_now", "since", "after"} & {kind for kind, _ in match.pairs}:
        return _from_day(match) if match["span"].unit in ("week", "fortnight") else None
    if match.has("day") or match.has("anchor"):
        return _from_day(match)
    return _later(match, match.get("ahead") or match["span"])


@OFFSETS.rule("span later", "span earlier")
def _later_than_something(match: Match) -> Kinds:
    """Read "two days later" with doubt; "an hour later" and "two days earlier" speak of another appointment."""
    span, back = match["span"], match.has("earlier")
    found = moved(match.today, span) if 0 < span.count < 1000 and not back else None
    return {**(day_kinds(found, 0.6) or {}), "shift": Span(-span.count if back else span.count, span.unit)}


@OFFSETS.rule("lasting span", "span ago", "ago span")
def _no_day(match: Match) -> Kinds:
    """Swallow lengths of time and times gone by, so that they are not read as hours; nothing here lasts as long as the
    sixteen hours of "d'accord pour 16h30"."""
    hour = match.pairs[-1][1].kinds.get("clock") if match.has("lasting") else None
    return clock_kinds(hour if hour and hour.hour >= FIRST_HOUR else None) or {}


@OFFSETS.rule("span after|since|from_now day", "span before day")
def _from_day(match: Match) -> Kinds:
    if match.doubles("before", "until"):
        return None
    span, day = match["span"], _anchor(match)
    step = Span(-span.count, span.unit) if match.has("before") and span.unit != "workday" else span
    others = tuple(found for other in day.alternatives if (found := moved(other, step)))
    told = day_kinds(moved(day.date, step), min(day.confidence, 0.95), alternatives=others)
    parts = [item.kinds["part"] for name, item in match.pairs if name == "day" and "part" in item.kinds]
    return {**told, "part": parts[0]} if told and parts else told  # "a week on friday in the morning"


@OFFSETS.rule("unit after|before day", "unit after|before anchor")
def _day_beside(match: Match) -> Kinds:
    """Read "the day before christmas"."""
    day = _anchor(match)
    found = moved(day.date, Span(-1 if match.has("before") else 1, match["unit"]))
    return day_kinds(found, min(day.confidence, 0.95))


@OFFSETS.rule("ord day after|since day")
def _nth_after(match: Match) -> Kinds:
    first, anchor = match.all("day")
    if first.weekday is None:
        return None
    return day_kinds(almanac.after(anchor.date, first.weekday) + timedelta(weeks=match["ord"].value - 1), 0.9)


@OFFSETS.rule("day within? span from_now?")
def _weekday_in_weeks(match: Match) -> Kinds:
    """Read "Monday two weeks from now": that weekday of the week two weeks ahead."""
    day, span = match["day"], match["span"]
    if day.weekday is None or not (match.has("within") or match.has("from_now")):
        return None
    found = moved(match.today, span)
    return day_kinds(almanac.monday(found) + timedelta(days=day.weekday), 0.75, weekday=day.weekday) if found else None


@OFFSETS.rule("week on? day", "day on|of? week")
def _weekday_in_week(match: Match) -> Kinds:
    day = match["day"]
    return day_kinds(match["week"] + timedelta(days=day.weekday), 0.9) if day.weekday is not None else None
