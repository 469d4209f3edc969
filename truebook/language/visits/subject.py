"""What a trial or a private lesson is in: "a trial lesson, he struggles with maths" is one lesson, and no maths lesson
besides; so is "a private lesson yoga"."""

from dataclasses import replace

from truebook.language import kinds
from truebook.language.lists import in_any, lists_of
from truebook.language.names import Hit
from truebook.language.state import State
from truebook.language.values.said import Values
from truebook.language.values.written import PARTICLES
from truebook.language.visits.several import left_out

_IN = frozenset("in im en em op um about over sobre su om".split())


def without_subject(state: State, values: Values) -> tuple[Values, str | None]:
    """Return the values without the services that only tell what such a lesson is in, and how those are called.

    One that is named along with the trial ("a trial and a maths lesson"), or has a day or an hour of its own, is
    another wish; where the trial was spoken of before, "for English" tells it.
    """
    if not values.services:
        return values, None
    trials = {one.id for one in state.desk.services if kinds.has_subject(one.name)}
    tried = [hit for hit in values.services if {*hit.ids} & trials]
    gone = left_out(values)  # "the private lesson, no yoga"
    others = [hit for hit in values.services if hit not in tried and not {*hit.ids} & gone]
    begun = state.after != "receipt"
    led = all(_is_led(one, values) or (begun and _is_alone(one, values)) for one in others)
    if not others or not (tried or (_is_trial(state, trials) and led)):
        return values, None
    if any(_is_another(one, tried, values) for one in others):
        return values, None
    subject = values.text[others[0].start : others[0].end].split()
    while subject[1:] and subject[0] in PARTICLES | _IN:  # "di matematica"
        subject = subject[1:]
    return replace(values, services=tuple(tried), subjects=tuple(others)), " ".join(subject)


def _is_trial(state: State, trials: set[str]) -> bool:
    """Tell whether a trial is what is talked about, or was booked just now."""
    open_ = state.readback or next(iter(state.offered), None) or (state.booked if state.after == "receipt" else None)
    return (open_.service if open_ else state.wish.visit.service) in trials


def _is_led(one: Hit, values: Values) -> bool:
    """Tell whether a "for", an "in" or a "with" stands right before a service: "he struggles with maths"."""
    before = values.before(one.start) - 1
    led = lists_of("counting", values.language)["for"] | in_any(values.language, "for_whom", "with_whom") | _IN
    return before >= 0 and values.words[before].text in led


def _is_alone(one: Hit, values: Values) -> bool:
    """Tell whether a clause names a service in a word, and no more: "wednesday after four, maths please"."""
    start, end = values.clause(one.start, one.end)
    small, words = values.small("skip", "filler", "courtesy", "yes"), values.between(start, end)
    others = [word for word in words if not one.start <= word.start < one.end]
    return len(words) - len(others) == 1 and all(word.text in small for word in others)


def _is_another(one: Hit, tried: list[Hit], values: Values) -> bool:
    """Tell whether a service is wished for beside a trial."""
    start, end = values.clause(one.start)
    more = any(start <= mark.start < end for mark in values.marked("also", "adding", "changes", "rather", "or"))
    own = any(start <= at < end for at in values.whens) and not any(start <= hit.start < end for hit in tried)
    priced = any(start <= mark.start < end for mark in values.marked("asks_price"))
    joined = not _is_led(one, values) and _has_joint(one, tried, values)
    return more or own or priced or joined or values.says("right_after")


def _has_joint(one: Hit, tried: list[Hit], values: Values) -> bool:
    """Tell whether an "and" stands between a service and a trial."""
    gaps = [sorted((one, hit), key=lambda each: each.start) for hit in tried]
    joints = [mark.start for mark in values.marked("and")]
    return any("+" in values.text[a.end : b.start] or any(a.end <= at < b.start for at in joints) for a, b in gaps)
