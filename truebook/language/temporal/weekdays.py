"""Rules for days that are named: today, tomorrow evening, Friday, next Friday."""

from datetime import date, timedelta

from truebook.language.temporal import almanac
from truebook.language.temporal.grammar import Kinds, Level, Match
from truebook.language.temporal.values import day_kinds

WEEKDAYS = Level()
SUNDAY = 6


@WEEKDAYS.rule("relative", "daypart")
def _relative(match: Match) -> Kinds:
    if match.has("relative"):
        away = match["relative"]
        return {**(day_kinds(match.today + timedelta(days=away), past=away < 0) or {}), "anchor": True}
    away, part = match["daypart"]
    told = {"clock": match.pairs[0][1].kinds["clock"]} if "clock" in match.pairs[0][1].kinds else {"part": part}
    return {**(day_kinds(match.today + timedelta(days=away)) or {}), **told}


@WEEKDAYS.rule("relative part")
def _relative_part(match: Match) -> Kinds:
    """Read "yesterday evening" and, where tomorrow and morning are not one word, "tomorrow morning"."""
    away = match["relative"]
    day = day_kinds(match.today + timedelta(days=away), past=away < 0) or {}
    return {**day, "anchor": True, **({"part": match["part"]} if away >= 0 else {})}


@WEEKDAYS.rule("past part")
def _past_part(match: Match) -> Kinds:
    return {}


@WEEKDAYS.rule("this part", "part this")
def _this_part(match: Match) -> Kinds:
    return {**(day_kinds(match.today, 0.95) or {}), "part": match["part"]}


@WEEKDAYS.rule("weekday", "this|coming|on weak", "weak")
def _weekday(match: Match) -> Kinds:
    sure = match.alone or len(match.pairs) > 1 or match.leads_to("clock") or _proposed(match) or _wished(match)
    if match.has("weak") and not (sure and not _is_so(match)):
        return None
    weekday = match.get("weekday", "weak")
    today = match.today
    if weekday == today.weekday():
        return day_kinds(today + timedelta(weeks=1), 0.7, alternatives=(today,), weekday=weekday)
    return day_kinds(almanac.after(today, weekday), 0.95 if match.has("weekday") else 0.8, weekday=weekday)


def _is_so(match: Match) -> bool:
    """Tell whether "so" is no sunday: after another day, or before a stretch of hours: "so zwischen 9 und 10"."""
    if match["weak"] != SUNDAY or match.context.language not in ("de", "nl"):
        return False
    hours = [item.kinds["clock"] for item in match.after if "clock" in item.kinds]
    stretches = any(hour.relation in ("between", "around", "after") for hour in hours)
    return match.follows("weekday", "relative") or stretches


def _wished(match: Match) -> bool:
    """Tell whether a short name ends "anything for sat?", or stands in "the sat one"."""
    ends = match.follows("lasting") and (not match.after or match.precedes("stop"))
    return match.context.language == "en" and (ends or (match.follows("the") and match.precedes("num")))


def _proposed(match: Match) -> bool:
    """Tell whether "sat would be good" begins a sentence; elsewhere short names of days are common words there."""
    begins = match.before is None or match.follows("stop")
    return match.context.language == "en" and begins and match.precedes("suiting")


@WEEKDAYS.rule("weekday_part", "weekday|weak part")
def _weekday_part(match: Match) -> Kinds:
    """Read "Montagabend", "Do nachmittag" and, where tomorrow and morning are one word, "Montag morgen"."""
    if match.get("weak") == SUNDAY and match.context.language in ("de", "nl"):
        return None  # "so früh", "zo vroeg"
    named = match.get("weekday", "weak")
    weekday, part = match["weekday_part"] if match.has("weekday_part") else (named, match["part"])
    return {**(day_kinds(almanac.after(match.today, weekday), 0.9, weekday=weekday) or {}), "part": part}


@WEEKDAYS.rule("this|coming|next|after_next|past|last weekday|weak", "weekday this|coming|next|after_next|past|last")
def _pointed_weekday(match: Match) -> Kinds:
    today, weekday = match.today, match.get("weekday", "weak")
    nearest = almanac.after(today, weekday)
    in_week = almanac.monday(today) + timedelta(days=weekday)
    if match.has("coming"):
        return day_kinds(nearest, 0.95, weekday=weekday)
    if match.has("this"):
        found = almanac.on_or_after(today, weekday)
        return day_kinds(found if found != today else nearest, 0.9, weekday=weekday)
    if match.has("after_next"):
        return day_kinds(nearest + timedelta(weeks=1), 0.75, alternatives=(nearest,), weekday=weekday)
    if match.has("next"):
        return _next_weekday(match, nearest, in_week + timedelta(weeks=1))
    return day_kinds(almanac.on_or_after(today - timedelta(weeks=1), weekday), 0.9, past=True, weekday=weekday)


def _next_weekday(match: Match, nearest: date, next_week: date) -> Kinds:
    if nearest == next_week:
        return day_kinds(nearest, 0.95, weekday=nearest.weekday())
    coming = match.words.next_weekday == "coming"
    found, other = (nearest, next_week) if coming else (next_week, nearest)
    return day_kinds(found, 0.6, alternatives=(other,), weekday=found.weekday())


@WEEKDAYS.rule("weekday after the? next", "weekday week_after", "next? weekday week_after")
def _weekday_and_a_week(match: Match) -> Kinds:
    today, weekday = match.today, match["weekday"]
    if match.has("week_after"):
        return day_kinds(
            almanac.on_or_after(today, weekday) + timedelta(days=match["week_after"]), 0.9, weekday=weekday
        )
    return day_kinds(almanac.after(today, weekday) + timedelta(weeks=1), 0.75, weekday=weekday)


@WEEKDAYS.rule("weekday|weak on|of? period", "period on? weekday|weak")
def _weekday_of_week(match: Match) -> Kinds:
    unit, away = match["period"]
    weekday = match.get("weekday", "weak")
    if unit != "week":
        return None
    found = almanac.monday(match.today) + timedelta(weeks=away, days=weekday)
    if away == 0 and found < match.today:  # on a saturday, "tuesday this week" is the one that comes
        return day_kinds(found + timedelta(weeks=1), 0.7, weekday=weekday)
    return day_kinds(found, 0.95, past=away < 0, weekday=weekday)


@WEEKDAYS.rule("num weekday from_now|later", "num weekday coming|next", "num coming weekday")
def _weekdays_from_now(match: Match) -> Kinds:
    count = match["num"].value
    if not 1 <= count <= 52 or match.follows("lasting"):
        return None
    return day_kinds(almanac.after(match.today, match["weekday"]) + timedelta(weeks=count - 1), 0.85)
