"""Rules for what frames a time: around, after, before, between, one or the other."""

from dataclasses import replace

from truebook.language.temporal.clocks import MARKED, clock, clock_kinds, half_of_day
from truebook.language.temporal.grammar import Kinds, Level, Match
from truebook.language.temporal.model import Relation
from truebook.language.temporal.spoken import NOT_AN_HOUR, and_or_less, hour_of, links_by_at
from truebook.language.temporal.values import ARTICLE, Clock, Number, halved, spoken_in

FRAMED = Level()
LONELY = Level()  # when all else is read: a number that is the whole answer


@FRAMED.rule("clock am|pm", "clock oclock am|pm?")
def _named_late(match: Match) -> Kinds:
    return clock_kinds(half_of_day(match, match["clock"]))


@FRAMED.rule("clock plus|joined|minus half|quarter|three_quarters")
def _and_or_less_late(match: Match) -> Kinds:
    """Read "at 8 in the evening less a quarter"."""
    return and_or_less(match)


@FRAMED.rule("at? clock named")
def _at_noon(match: Match) -> Kinds:
    """Read "1 o'clock lunchtime" and "12 midnight"."""
    return clock_kinds(spoken_in(match["clock"], match["named"]))


@FRAMED.rule("at|weak_at clock")
def _at_clock(match: Match) -> Kinds:
    found = match["clock"]
    return clock_kinds(replace(found, confidence=max(found.confidence, 0.95)))


@FRAMED.rule("at|weak_at? around at|weak_at? clock", "clock around", "clock ish")
def _around(match: Match) -> Kinds:
    return clock_kinds(replace(match["clock"], relation="around"))


@FRAMED.rule("clock|num either at|weak_at? clock|num")
def _one_or_other(match: Match) -> Kinds:
    """Read "3 or 4 pm"; one of the two must be a time by itself."""
    hours = [item.kinds[kind] for kind, item in match.pairs if kind in ("clock", "num")]
    first, other = (hour if isinstance(hour, Clock) else clock(hour) for hour in hours)
    if hours[0] == ARTICLE and match.doubles("clock", "span") and not match.follows("at", "around"):
        return {"span": match.pairs[-1][1].kinds["span"]}  # "une ou deux heures"
    if first is None or other is None or not match.has("clock") or (match.has("num") and match.precedes(*NOT_AN_HOUR)):
        return None
    if first.open and not other.open and first.hour < other.hour % 12:
        first = halved(first, other.hour >= 12)
    return clock_kinds(replace(first, other=other))


@FRAMED.rule("after around? at? clock|num", "before at? clock|num")
def _bound(match: Match) -> Kinds:
    found = hour_of(match)
    bare = match.has("num")
    counts = bare and (match.precedes(*NOT_AN_HOUR) or not match["num"].value)
    late = bare and match.has("before") and match["num"].value > 12  # "fino alle 17 sono in ufficio"
    if found is None or counts or (bare and not (match.closed or match.precedes("within") or late)):
        return None  # neither is "bis 4 in der Arbeit" a number of something
    if _is_dated(match) or (match.doubles("num", "ord") and match.follows("ord")):
        return None  # "vom 5. bis 9."
    relation: Relation = "after" if match.has("after") else "before"
    return clock_kinds(replace(found, relation=relation, confidence=min(found.confidence, 0.6 if bare else 1.0)))


@FRAMED.rule(
    "between at? clock|num joined|until at? clock|num",
    "since|starting at? clock|num until|dash at? clock|num",
    "at? clock until|dash at? clock",
    "num until|dash clock",
    "since|between at? clock|num ~clock",
)
def _range(match: Match) -> Kinds:
    bounds = match.has("between") or match.has("since") or match.has("starting")
    if not match.has("between") and match.doubles("until", "joined"):
        return None
    if not bounds and (links_by_at(match) or (match.has("num") and match.follows("the", "on", "weekday", "month"))):
        return None
    ends = [item.kinds[kind] for kind, item in match.pairs if kind in ("clock", "num")]
    first, last = (end if isinstance(end, Clock) else clock(end) for end in ends)
    if first is None or last is None or match.precedes("counted", "unit") or match.leads_to("month"):
        return None
    bare = len(match.all("num"))
    return clock_kinds(replace(first, relation="between", until=last, confidence=0.8 if bare else 0.95))


@MARKED.rule("between? numeric am|pm", "between|at numeric oclock?", "numeric oclock am|pm?")
def _numeric_range(match: Match) -> Kinds:
    numeric = match["numeric"]
    if numeric.mark != "-" or len(numeric.parts) != 2:
        return None
    first, last = (clock(Number(value, width)) for value, width in zip(numeric.parts, numeric.widths, strict=True))
    last = half_of_day(match, last)
    if first is None or last is None:
        return None
    return clock_kinds(replace(first, relation="between", until=last, confidence=0.9))


@FRAMED.rule("until num")
def _to_hour(match: Match) -> Kinds:
    """Read "move it to 4" with doubt, and no hour behind an "and"."""
    doubtful = match.precedes(*NOT_AN_HOUR) or match.follows("num", "clock", "day", "ord", "span") or not match.closed
    doubtful = doubtful or _is_dated(match) or match.doubles("until", "joined", "on", "until_the")  # "au 7" is a day
    found = clock(match["num"], 0, 0.6)
    return None if doubtful or not match["num"].value else clock_kinds(found)


def _is_dated(match: Match) -> bool:
    """Tell whether a month stands behind a number: "a partir de 10 de dezembro", "hasta el 20 de diciembre"."""
    return match.precedes("of") and match.leads_to("month")


@FRAMED.rule("lasting num")
def _for_hour(match: Match) -> Kinds:
    """Read "for 5 tomorrow" with doubt: it may be the number of people."""
    dayside = match.leads_to("relative", "weekday") or (match.follows("relative", "weekday") and match.closed)
    counts = match["num"].value == 1 and not match["num"].width  # "any room for one on thursday?"
    if not dayside or counts or match["num"].value > 12 or match.precedes(*NOT_AN_HOUR):
        return None
    return clock_kinds(clock(match["num"], 0, 0.55))


@LONELY.rule("num")
def _only_a_number(match: Match) -> Kinds:
    """Read, doubtfully, an answer or a proposal that is only a number."""
    found = clock(match["num"])
    if found is None or not match["num"].value or match.precedes(*NOT_AN_HOUR):
        return None
    return {"clock": replace(found, confidence=0.4)} if match.suited else None
