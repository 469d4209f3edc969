"""What a customer's message changes: of what they want, and of the step that the conversation stands at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pydantic_ai.messages import (
    UserPromptPart,
)

from truebook.assistant.acts_of import really_shown
from truebook.assistant.offline import shape
from truebook.assistant.offline.odds import SURE
from truebook.assistant.offline.step import Step
from truebook.language import acts as learned
from truebook.language import dialogue
from truebook.language.meaning.meant import wants_others
from truebook.language.merge import at_time, on_day
from truebook.language.state import (
    CONTACTS,
    SERIES,
    Act,
    Meaning,
    State,
)
from truebook.language.text import within_hearing
from truebook.language.values.counting import Counted, counted
from truebook.language.visits.parting import parting
from truebook.language.wish import Constraint, Times, Value, Visit

UNDERSTOOD = 4096
"""Messages whose understanding is remembered: those of about a hundred long conversations."""
BOTH = 0.5
"""How probable two requests of one message must be for the second to wait for the first."""


def written(state: State, step: Step, acts: Sequence[Act], part: UserPromptPart, zone: ZoneInfo) -> tuple[State, Step]:
    """Return the state and the step after a customer's message; `acts`: what they had been shown."""
    now = part.timestamp.astimezone(zone).replace(tzinfo=None)
    state = dialogue.heard_assistant(state, really_shown(acts), now)
    text = within_hearing(str(part.content))
    along = step.shape.along if step.goes_on else ()
    before, state = state, understood(replace(state, later=step.later, along=along), text, now)
    state = _until_the_next(state, dict(step.lasts))
    parted = parting(text, state.language)
    given_up = understood(before, parted.clause, now).meaning if parted.clause else None
    if given_up and given_up.pointing and not given_up.days:  # "we're away on the 31st, so drop that one"
        named = understood(before, text[: text.index(parted.clause)], now).meaning.days
        given_up = replace(given_up, days=named if len(named) == 1 else ())
    points = given_up is not None and given_up.following  # "the one on the 16th, and cancel all following"
    besides = None if points else _besides(before, parted.clause, text, now)
    instead = given_up is not None and besides is not None and _is_another(besides.meaning, given_up)
    booked = state.booked
    if booked and booked.service in step.classes and state.meaning.of_mine and state.meaning.party and not parted:
        parted = replace(parted, more=len(state.meaning.party))  # "add my friend to my booking"
    if instead or state.meaning.party:  # "only the two of us" tells who comes, "laisse tomber le cours" what goes
        parted = replace(parted, done=False)
    if instead and besides:  # "drop thursday and book me a colour on friday": thursday is no date of the colour
        state = replace(state, wish=besides.wish)
    dates = shape.dates_of(state, step.classes)
    if dates:
        state = replace(state, wish=replace(state.wish, others=()))
    later, more = ((), None) if besides is None else _afterwards(state, step, given_up)
    later = tuple(one for one in later if not (parted and _stands(one, state)))  # "one place less on saturday"
    if instead:
        alone = state.meaning.alone  # nobody comes along, nor is it for anybody else
        later, more = (), replace(state.wish.visit, whom=None) if alone else state.wish.visit
    step = replace(step, later=state.later).next_turn(others=later, more=more, agreed=state.meaning.agreed)
    step = replace(step, several=step.several or state.meaning.of_next)
    if shape.moves_all(state):
        step = replace(step, for_all=state.wish.visit)
    step = replace(step, parting=parted or (step.parting if before.asked_which else parted), given_up=given_up)
    said = counted(text, state.language)
    state = _counts_heard(_of_what_there_is(state, step), said, looked_for=bool(said.row or parted.onward))
    along, again, at_once, row = step.shape.along, step.shape.again, step.shape.at_once, step.shape.row
    if state.meaning.anew:
        step = replace(step, shape=shape.ONE, later=later, refused=frozenset())
    spoken = replace(step.shape, along=state.along)
    step = replace(step, shape=shape.heard(spoken, state, said, dict(step.lasts), step.classes, dates))
    told = before.wish.visit.whom != state.wish.visit.whom and not state.wish.others
    whom = before.wish.visit.whom
    renamed = any(one.whom == whom for one in along) and not shape.is_guest(whom, step.shape)  # "she's called Jo"
    if told and shape.is_guest(state.wish.visit.whom, step.shape) and not renamed:
        state = replace(state, wish=replace(state.wish, visit=replace(state.wish.visit, whom=whom)))
    grown = len(step.shape.along) - len(along)
    other = (step.shape.along, step.shape.at_once, step.shape.row) != (along, at_once, row)
    fewer = grown < 0 or step.shape.row < row or len(state.later) < len(before.later)
    step = replace(step, fewer=fewer, more=grown > 0 or other)
    if grown > 0:  # "no, colour and haircut in one visit": the haircut waits no longer
        taken = {state.wish.visit.service, *(one.service for one in step.shape.along)}
        step = replace(step, later=tuple(one for one in step.later if one.whom or one.service not in taken))
    dated = said.once and step.shape.again is not None  # "not every week, only those two dates"
    step = replace(step, recurs=dated or step.shape.again not in (None, again))
    if (
        step.shape.again is not None and not state.meaning.agreed
    ):  # "every friday, the first one this friday" asks for no other visit
        others = tuple(one for one in step.later if one.service not in (None, state.wish.visit.service))
        step = replace(step, later=others, several=step.several and bool(others))
    if not (step.more or step.fewer or step.recurs):
        anew = _says_when(before, state)
        more_of_it = wants_others(before, state.meaning) and not anew
        declined = _declined(before, state, step.waiting, others=more_of_it)
        step = replace(step, refused=declined if anew else step.refused | declined)
    state = _one_start(state, step)
    waits = step.waits if state.meaning.waits is None else state.meaning.waits
    in_turn = step.later if later or more else _in_its_place(before, state, step)
    if said.single and not later:
        in_turn = shape.without_alike(in_turn, state)
        step = replace(step, fewer=step.fewer or len(in_turn) < len(step.later))
    if said.single and (step.fewer or not state.booked):  # "just one" of two, and what was offered is not all
        step = replace(step, parting=replace(step.parting, done=False))
    step = replace(step, later=in_turn, waits=waits)
    if further := _counted_on(before, state, step, said):
        step = replace(step, later=further, several=True)
    state, step = _without(state, step)
    state, step = _how_often(before, state, step, said)
    if apart := shape.dates_apart(again, before.wish.visit, state):
        step = replace(step, shape=replace(step.shape, again=None), later=apart[1:], several=True)
        state = replace(state, wish=replace(state.wish, visit=apart[0]))
    step = _class_by_class(state, step)
    if elsewhere := _part_elsewhere(state, step):
        step = replace(step, later=(elsewhere,), once="moved", several=True)
    state = replace(state, wish=replace(state.wish, others=()))
    return state, step


@lru_cache(maxsize=UNDERSTOOD)
def understood(state: State, text: str, now: datetime) -> State:
    """Return the state after a message: it is replayed for every call, and understood once."""
    return dialogue.heard_customer(state, text, now)


def _says_when(before: State, state: State) -> bool:
    """Tell whether a message tells a day or a time that was not told before: what was declined may be what it wants."""
    told = {c for c in state.wish.visit.constraints if c.on in ("day", "time") and c.said}
    return bool(told - {*before.wish.visit.constraints})


def _declined(before: State, state: State, waiting: str | None, *, others: bool) -> frozenset[str]:
    """Return the offers that a message declines: what was read back or waits for a name, or all that were made; another
    day, or another time, may be wished for in the same breath."""
    meaning = state.meaning
    if not others and (not meaning.no or meaning.agreed or meaning.changed - {"day", "time"}):
        return frozenset()
    if before.readback and meaning.named and not meaning.changed:
        return frozenset()  # "no, and don't forget the beard" says again what was read back
    if waiting and others:
        return frozenset({waiting})
    declined = (before.readback,) if before.readback else () if meaning.picked else before.offered
    return frozenset(slot.id for slot in declined if slot.id != SERIES)  # a series is no offer that could be left out


def _besides(before: State, clause: str, text: str, now: datetime) -> State | None:
    """Return the state after what a message says besides the clause that gives something up, or after all of it where
    there is none; None where it wishes for nothing besides."""
    standing = bool(before.booked or before.appointments)
    rest = understood(before, text.replace(clause, "").strip(" ,;.") if clause and standing else text, now)
    if not (clause and before.booked):
        return rest
    meaning = rest.meaning
    return rest if not meaning.keeps and (meaning.named or meaning.days or meaning.clocks) else None


def _is_another(besides: Meaning, given_up: Meaning) -> bool:
    """Tell whether what a message says besides what it gives up is a wish for something else at a time."""
    return bool(besides.named - given_up.named and besides.changed & {"day", "time"}) and not besides.agreed


def _counted_on(before: State, state: State, step: Step, said: Counted) -> tuple[Visit, ...]:
    """Return the further visits of the kind that are only counted: "two lessons this week", "and then twice more"."""
    visit, meaning, number = state.wish.visit, state.meaning, said.times or 0
    series = step.shape.again or said.again or said.row or state.asks("count")
    if series or step.later or step.shape.along or visit.service is None or meaning.agreed or state.booked:
        return ()
    if meaning.likeliest("cancel", "move", "lookup") >= BOTH:
        return ()
    open_ = bool(before.shown) and before.wish.visit.service == visit.service
    if open_ and meaning.adding:
        return (visit.without("day", "time", "order"),) * min(number, shape.MOST_ALONG)
    several = not (visit.days and visit.days.one) and not visit.times  # on one day they follow each other
    return (visit,) * min(max(number - 1, 0), shape.MOST_ALONG) if several and "service" in meaning.changed else ()


def _stands(visit: Visit, state: State) -> bool:
    """Tell whether a visit is booked already: that service, on that day."""
    return any((one.service, one.day) == (visit.service, visit.day) for one in state.standing)


def _afterwards(state: State, step: Step, given_up: Meaning | None) -> tuple[tuple[Visit, ...], Visit | None]:
    """Return the further visits of a message, and the one to take up once something is cancelled.

    "Cancel the haircut and book me a colour on monday" asks for one visit, after the cancellation.
    """
    meaning, others = (
        state.meaning,
        () if shape.is_one_visit(state, step.classes, dict(step.lasts)) else state.wish.others,
    )
    cancels = max(meaning.likeliest("cancel"), given_up.likeliest("cancel") if given_up and meaning.named else 0.0)
    if cancels < BOTH or meaning.agreed:
        return others, None
    if others:
        return (), others[-1]
    both = meaning.likeliest("book") >= BOTH and meaning.changed & {"day", "time"}
    return (), state.wish.visit if both else None


def _of_what_there_is(state: State, step: Step) -> State:
    """Return the state where places are asked about and nothing is a class: whether a time is free is meant."""
    meaning = state.meaning
    if step.classes or "places" not in meaning.asks:
        return state
    asks = tuple(topic for topic in meaning.asks if topic != "places")
    free = learned.Heard("available", "", SURE)
    return replace(state, meaning=replace(meaning, asks=asks, acts=(free, *meaning.acts)))


def _counts_heard(state: State, said: Counted, *, looked_for: bool) -> State:
    """Return the state without what only counts among what was not understood: "ten times" is heard.

    Whether there can be two in a row, or the next one, is no question for the team: it is looked for.
    """
    if looked_for:
        asks = tuple(topic for topic in state.meaning.asks if topic != "other")
        state = replace(state, meaning=replace(state.meaning, asks=asks))
    unheard = tuple(one for one in state.meaning.unheard if counted(one, state.language) == Counted())
    return replace(state, meaning=replace(state.meaning, unheard=unheard))


def _how_often(before: State, state: State, step: Step, said: Counted) -> tuple[State, Step]:
    """Return state and step where the answer to "how often?" was a number or a day: no other time is wished for."""
    again = step.shape.again
    dated = bool(state.meaning.days) and not state.asks("count")  # "from the 15th" counts nothing
    if again is None or not shape.asks_how_often(state) or state.meaning.named or dated:
        return state, step
    day, first = state.wish.visit.day, before.wish.visit.day
    ends = day is not None and (first is None or day > first)  # else it is another start
    if said.bare is None and state.asks("count") and ends and "day" in state.meaning.changed and again.count is None:
        step = replace(step, shape=replace(step.shape, again=replace(again, until=day)))
    elif said.bare is None and said.times is None and said.lasting is None:
        return state, step
    meaning = replace(state.meaning, changed=state.meaning.changed & CONTACTS)
    return replace(state, wish=replace(state.wish, visit=before.wish.visit), meaning=meaning), step


def _one_start(state: State, step: Step) -> State:
    """Return the state where each of several parts was given an hour: the visit begins with the first."""
    visit, clocks = state.wish.visit, state.meaning.clocks
    if len(clocks) < 2 or len(clocks) != 1 + len(step.shape.along):
        return state
    parts = (visit, *(replace(one, service=one.service or visit.service) for one in step.shape.along))
    hours = [replace(one, constraints=(at_time(clock),)) for one, clock in zip(parts, clocks, strict=True)]
    if step.shape.at_once is not False and shape.follows(hours, dict(step.lasts)) is None:
        return state
    begins = replace(visit.without("time"), constraints=(*visit.without("time").constraints, at_time(min(clocks))))
    return replace(state, wish=replace(state.wish, visit=begins))


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


def _in_its_place(before: State, state: State, step: Step) -> tuple[Visit, ...]:
    """Return the visits that wait, where a message goes on to one of them: the one that was talked about waits then."""
    now, was = state.wish.visit, before.wish.visit
    if step.parting.done and before.booked:
        return ()  # "just the one, thanks"
    if now.service in state.meaning.only:  # "only the cut"
        return tuple(one for one in step.later if one.whom or one.service in state.meaning.only - {now.service})
    if state.meaning.alone:
        return tuple(one for one in step.later if one.whom is None and one.day not in (None, now.day))
    if state.meaning.agreed or now.day == was.day or not (now.days and now.days.one):
        return step.later
    return tuple(was if (one.service, one.day) == (now.service, now.day) else one for one in step.later)


def _without(state: State, step: Step) -> tuple[State, Step]:
    """Return state and step where the first part of a visit is no longer wanted: the next one is the first then."""
    visit, along = state.wish.visit, step.shape.along
    if visit.service not in state.meaning.less or not along or along[0].service is None:
        return state, step
    first, *rest = along
    state = replace(state, wish=replace(state.wish, visit=replace(visit, service=first.service, whom=first.whom)))
    return state, replace(step, shape=replace(step.shape, along=tuple(rest)), fewer=True)


def _class_by_class(state: State, step: Step) -> Step:
    """Return the step where what comes again is a class: places in it are booked one date after the other."""
    again, visit = step.shape.again, state.wish.visit
    if again is None or not again.ends or visit.service not in step.classes or not (visit.days and visit.days.one):
        return step
    assert visit.day
    apart = timedelta(days=shape.UNITS[again.every] * again.interval)
    dates = [visit.day + apart * number for number in range(1, again.count or shape.MOST_ALONG)]
    later = [day for day in dates if again.until is None or day <= again.until][: shape.MOST_ALONG]
    kept = visit.without("day").constraints
    visits = tuple(replace(visit, constraints=(*kept, on_day(day))) for day in later)
    return replace(step, shape=replace(step.shape, again=None), later=visits, once="booked", several=True)


def _part_elsewhere(state: State, step: Step) -> Visit | None:
    """Return the visit that one part of what is booked is to become at another time, while the others stay: it is taken
    out there, and booked anew."""
    booked, visit, meaning = state.booked, state.wish.visit, state.meaning
    if booked is None or visit.service not in booked.parts or len(booked.parts) < 2 or meaning.agreed or step.pending:
        return None
    day, stays = visit.day, [one for one in step.later if one.service in booked.parts and one.day == booked.day]
    moves = meaning.likeliest("move") >= BOTH or meaning.tells_to_move or meaning.keeps
    others = meaning.keeps or meaning.spared or meaning.only or meaning.adding or stays
    hour = visit.times.first if visit.times and visit.times.point else None
    same_day = day in (None, booked.day)
    if same_day and (step.given_up or step.parting or meaning.less):  # "take out his haircut, and mine an hour later"
        return None
    if not (moves and others) or (same_day and hour in (None, booked.time)) or len(stays) < len(step.later):
        return None
    whom = dict(zip(booked.parts, booked.guests, strict=False)).get(visit.service)
    theirs = dict(zip(booked.parts, booked.with_whom, strict=False)).get(visit.service)
    if theirs and "staff" not in meaning.changed:  # with whom it is stays, if that can be
        staff = Constraint("staff", (theirs,), must=False)
        visit = replace(visit, constraints=(*visit.without("staff").constraints, staff))
    if day is None and booked.day:
        visit = replace(visit, constraints=(*visit.constraints, on_day(booked.day)))
    return replace(visit, whom=whom)
