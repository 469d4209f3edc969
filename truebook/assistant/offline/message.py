"""A customer's message, cut into what it wants, what it gives up and what it only counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from truebook.assistant.offline import shape
from truebook.assistant.offline.step import Step
from truebook.language import dialogue
from truebook.language.remembering import remembers
from truebook.language.state import Meaning, State
from truebook.language.text import sentences
from truebook.language.values.counting import Counted, counted
from truebook.language.visits.parting import Parting, parting
from truebook.language.wish import Times, Value, Visit

UNDERSTOOD = 4096
"""Messages whose understanding is remembered: those of about a hundred long conversations."""
_EDGES = " ,;."
BOTH = 0.5
"""How probable two requests of one message must be for the second to wait for the first."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a message holds beside the state that it leads to.

    `before` is the state that it met, `parting` what it says of less, or more, of what is booked, `given_up` what the
    clause means that gives something up, `counted` what it counts, `dates` those on which the very same is wished for,
    `later` the visits that it asks for besides, and `more` the one to take up once something is given up.
    """

    before: State
    parting: Parting
    given_up: Meaning | None
    counted: Counted
    dates: tuple[date, ...] = ()
    later: tuple[Visit, ...] = ()
    more: Visit | None = None


def read(before: State, step: Step, text: str, now: datetime) -> tuple[Message, State]:
    """Return a message and the state after it."""
    along = step.shape.along if step.goes_on else ()
    met = replace(before, later=step.later, along=along)
    state = understood(met, text, now)
    parted = parting(text, state.language)
    given_up = _given_up(before, parted.clause, text, now)
    rest = text.replace(parted.clause, "").strip(_EDGES)
    unsuited = _days_unsuited(before, rest, now) if given_up else None
    if given_up and unsuited is not None:  # "friday doesn't work after all, please cancel" wishes for no other day
        given_up, state = replace(given_up, days=unsuited), understood(met, parted.clause, now)
    state = _until_the_next(state, dict(step.lasts))
    following = given_up is not None and given_up.following  # "the one on the 16th, and cancel all following"
    points = following or unsuited is not None
    besides = None if points else _besides(before, parted.clause, text, now)
    instead = given_up is not None and besides is not None and _is_another(besides.meaning, given_up)
    if _joins_what_is_booked(state, step) and not parted:
        parted = replace(parted, more=len(state.meaning.party))
    if instead or state.meaning.party:  # "only the two of us" tells who comes, "laisse tomber le cours" what goes
        parted = replace(parted, done=False)
    if instead and besides:  # "drop thursday and book me a colour on friday": thursday is no date of the colour
        state = replace(state, wish=besides.wish)
    if besides and given_up and given_up.days and besides.meaning.picked:  # "that one then, and so cancel friday"
        days = (*besides.meaning.days, *given_up.days)
        state = replace(besides, meaning=replace(besides.meaning, days=days))
    elif besides and given_up and "day" in besides.meaning.changed and _is_moved(besides.meaning):
        state = replace(state, wish=besides.wish)  # "thursday at ten, and drop monday": monday is no day of it
    dates = shape.dates_of(state, step.classes)
    if dates:
        state = replace(state, wish=replace(state.wish, others=()))
    message = Message(before, parted, given_up, counted(_without_questions(text, state, step), state.language), dates)
    if instead:
        alone = state.meaning.alone  # nobody comes along, nor is it for anybody else
        more = replace(state.wish.visit, whom=None) if alone else state.wish.visit
        return replace(message, more=more), state
    if besides is None:
        return message, state
    later, more_of_it = _afterwards(state, step, given_up)
    later = tuple(one for one in later if not (parted and _stands(one, state)))  # "one place less on saturday"
    return replace(message, later=later, more=more_of_it), state


def _without_questions(text: str, state: State, step: Step) -> str:
    """Return a message without what only asks beside a series: "and what if I miss two weeks?" counts none of it."""
    meaning = state.meaning
    if step.shape.again is None or not meaning.asks or meaning.changed & {"day", "time"}:
        return text
    return " ".join(text[start:end] for start, end in sentences(text) if "?" not in text[start:end])


@remembers(UNDERSTOOD)
def understood(state: State, text: str, now: datetime) -> State:
    """Return the state after a message: it is replayed for every call, and understood once."""
    return dialogue.heard_customer(state, text, now)


def _given_up(before: State, clause: str, text: str, now: datetime) -> Meaning | None:
    """Return what the clause means that gives something up, with the one day that is named before it."""
    if not clause:
        return None
    meaning = understood(before, clause, now).meaning
    if not meaning.pointing or meaning.days:
        return meaning
    named = understood(before, text[: text.index(clause)], now).meaning.days  # "away on the 31st, so drop that one"
    return replace(meaning, days=named if len(named) == 1 else ())


def _days_unsuited(before: State, said: str, now: datetime) -> tuple[tuple[date, date], ...] | None:
    """Return the days of what is booked, if anything is, of which nothing is said but that they do not suit; None where
    more is said, or of other days."""
    rest = understood(before, said, now)
    meaning, barred = rest.meaning, rest.wish.visit.on("day", allow=False)
    more = meaning.changed - {"day"} or meaning.clocks or meaning.named or meaning.question
    only = all(not one.holds(day) for one in barred for span in meaning.days for day in span)
    mine = {one.day for one in (*before.appointments, *before.standing, before.booked) if one and one.day}
    days = tuple(span for span in meaning.days if any(span[0] <= day <= span[1] for day in mine))
    return days if barred and only and not more and meaning.days and (days or not mine) else None


def _joins_what_is_booked(state: State, step: Step) -> bool:
    """Tell whether somebody comes along to a class that is booked: "add my friend to my booking"."""
    booked, meaning = state.booked, state.meaning
    joins = meaning.of_mine or meaning.adding
    return booked is not None and booked.service in step.classes and joins and bool(meaning.party)


def _besides(before: State, clause: str, text: str, now: datetime) -> State | None:
    """Return the state after what a message says besides the clause that gives something up, or after all of it where
    there is none; None where it wishes for nothing besides."""
    standing = bool(before.booked or before.appointments)
    rest = understood(before, text.replace(clause, "").strip(_EDGES) if clause and standing else text, now)
    if not (clause and before.booked):
        return rest
    meaning = rest.meaning
    told = meaning.named or meaning.days or meaning.clocks or meaning.picked
    return rest if told and not meaning.keeps else None


def _is_moved(besides: Meaning) -> bool:
    """Tell whether what a message says besides what it gives up moves that."""
    return besides.likeliest("move") >= BOTH and not besides.adding


def _is_another(besides: Meaning, given_up: Meaning) -> bool:
    """Tell whether what a message says besides what it gives up is a wish for something else at a time."""
    return bool(besides.named - given_up.named and besides.changed & {"day", "time"}) and not besides.agreed


def _afterwards(state: State, step: Step, given_up: Meaning | None) -> tuple[tuple[Visit, ...], Visit | None]:
    """Return the further visits of a message, and the one to take up once something is cancelled.

    "Cancel the haircut and book me a colour on monday" asks for one visit, after the cancellation.
    """
    meaning, one = state.meaning, shape.is_one_visit(state, step.classes, dict(step.lasts))
    others = () if one else state.wish.others
    cancels = max(meaning.likeliest("cancel"), given_up.likeliest("cancel") if given_up and meaning.named else 0.0)
    if cancels < BOTH or meaning.agreed:
        return others, None
    if others:
        return (), others[-1]
    visit = state.wish.visit
    when = meaning.changed & {"day", "time"} and (visit.on("day") or visit.on("time"))  # "some other day" is none yet
    return (), visit if meaning.likeliest("book") >= BOTH and when else None


def _stands(visit: Visit, state: State) -> bool:
    """Tell whether a visit is booked already: that service, on that day."""
    return any((one.service, one.day) == (visit.service, visit.day) for one in state.standing)


def _until_the_next(state: State, lasts: Mapping[str, int]) -> State:
    """Return the state where the first of several is right before one whose hour is told: it is over then."""
    visit, others = state.wish.visit, state.wish.others
    minutes = lasts.get(visit.service or "")
    if not (state.meaning.leads_in and others and minutes) or visit.on("time"):
        return state
    earlier = tuple(replace(c, values=tuple(_earlier(v, minutes) for v in c.values)) for c in others[0].on("time"))
    visit = replace(visit, constraints=(*visit.constraints, *earlier))
    return replace(state, wish=replace(state.wish, visit=visit, others=(others[0].without("time"), *others[1:])))


def _earlier(value: Value, minutes: int) -> Value:
    """Return an hour, or a window, so many minutes earlier."""
    if not isinstance(value, Times):
        return value
    some_day, away = date(2000, 1, 2), timedelta(minutes=minutes)
    first, last = (one and (datetime.combine(some_day, one) - away).time() for one in (value.first, value.last))
    return replace(value, first=first, last=last)
