"""What a customer's message changes: of what they want, and of the step that the conversation stands at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from pydantic_ai.messages import UserPromptPart

from truebook.assistant.acts_of import really_shown
from truebook.assistant.offline import message as messages
from truebook.assistant.offline import shape
from truebook.assistant.offline.message import BOTH, Message
from truebook.assistant.offline.odds import SURE
from truebook.assistant.offline.shape import Shape
from truebook.assistant.offline.step import Step
from truebook.language import acts as learned
from truebook.language import dialogue
from truebook.language.lists import lists
from truebook.language.meaning.meant import wants_others
from truebook.language.merge import at_time, on_day
from truebook.language.state import CONTACTS, SERIES, Act, Slot, State
from truebook.language.text import plain, within_hearing
from truebook.language.values.counting import Counted, counted, without_echo
from truebook.language.wish import Constraint, Visit

Change = Callable[[Message, State, Step], tuple[State, Step]]


def written(state: State, step: Step, acts: Sequence[Act], part: UserPromptPart, zone: ZoneInfo) -> tuple[State, Step]:
    """Return the state and the step after a customer's message; `acts`: what they had been shown."""
    now = part.timestamp.astimezone(zone).replace(tzinfo=None)
    before = dialogue.heard_assistant(state, really_shown(acts), now)
    text = without_echo(within_hearing(str(part.content)), before.language)
    message, state = messages.read(before, step, text, now)
    for change in CHANGES:
        state, step = change(message, state, step)
    return state, replace(step, then=replace(part, content=state.meaning.then)) if state.meaning.then else step


def _begins_the_turn(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Begin the turn: what is asked for besides waits, or is taken up once something is given up."""
    fewer, step = len(state.later) < len(step.later), replace(step, later=state.later)
    step = step.next_turn(others=message.later, more=message.more, agreed=state.meaning.agreed)
    step = replace(step, several=step.several or state.meaning.of_next, fewer=fewer)
    if shape.moves_all(state):
        step = replace(step, for_all=state.wish.visit)
    parting = message.parting or (step.parting if message.before.asked_which else message.parting)
    return state, replace(step, parting=parting, given_up=message.given_up)


def _sets_a_date_apart(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Take the dates of a list as visits of their own, where one of them is told another hour."""
    apart = shape.dates_apart(step.shape.again, message.before.wish.visit, state)
    if not apart:
        return state, step
    step = replace(step, shape=replace(step.shape, again=None), later=apart[1:], several=True)
    return replace(state, wish=replace(state.wish, visit=apart[0])), step


def _hears_what_counts(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Take what only counts for heard: it is no question for the team."""
    looked_for = bool(message.counted.row or message.parting.onward)
    return _counts_heard(_of_what_there_is(state, step), message.counted, looked_for=looked_for), step


def _shapes_it(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Hear who and what goes along and how often, and tell what of that has changed."""
    was, said = step.shape, message.counted
    if state.meaning.anew:
        step = replace(step, later=message.later, refused=frozenset())
    spoken = replace(shape.ONE if state.meaning.anew else was, along=state.along)
    now = shape.heard(spoken, state, said, dict(step.lasts), step.classes, message.dates)
    grown = len(now.along) - len(was.along)
    other = (now.along, now.at_once, now.row) != (was.along, was.at_once, was.row)
    dated = said.once and now.again is not None  # "not every week, only those two dates"
    step = replace(
        step,
        shape=now,
        fewer=step.fewer or grown < 0 or now.row < was.row,
        more=grown > 0 or other,
        recurs=dated or now.again not in (None, was.again),
    )
    return _whose_it_was(message.before, state, was, now), _leaves_out(state, step, grown=grown > 0)


def _whose_it_was(before: State, state: State, was: Shape, now: Shape) -> State:
    """Return the state where only the name of somebody who comes along was told: the visit is for whom it was."""
    whom, visit = before.wish.visit.whom, state.wish.visit
    renamed = any(one.whom == whom for one in was.along) and not shape.is_guest(whom, now)  # "she's called Jo"
    if whom == visit.whom or state.wish.others or renamed or not shape.is_guest(visit.whom, now):
        return state
    return replace(state, wish=replace(state.wish, visit=replace(visit, whom=whom)))


def _leaves_out(state: State, step: Step, *, grown: bool) -> Step:
    """Return the step where nothing waits that has become a part of this visit, or one of its dates."""
    visit, later, several = state.wish.visit, step.later, step.several
    if grown:  # "no, colour and haircut in one visit": the haircut waits no longer
        taken = {visit.service, *(one.service for one in step.shape.along)}
        later = tuple(one for one in later if one.whom or one.service not in taken)
    if step.shape.again is not None and not state.meaning.agreed:  # "every friday, first this friday" is no other visit
        later = tuple(one for one in later if one.service not in (None, visit.service))
        several = several and bool(later)
    return replace(step, later=later, several=several)


def _refuses(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Keep which offers are declined, where nothing else of the visit has changed."""
    if step.more or step.fewer or step.recurs:
        return state, step
    anew = _says_when(message.before, state)
    others = wants_others(message.before, state.meaning) and not anew
    declined = _declined(message.before, state, step.waiting, others=others)
    return state, replace(step, refused=declined if anew else step.refused | declined)


def _waits_in_turn(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Keep what waits until this visit is booked, and when else it would suit."""
    asked, single = message.later, message.counted.single
    later = step.later if asked or message.more else _in_its_place(message.before, state, step)
    if single and not asked:
        later = shape.without_alike(later, state)
        step = replace(step, fewer=step.fewer or len(later) < len(step.later))
    if single and (step.fewer or not state.booked):  # "just one" of two, and what was offered is not all
        step = replace(step, parting=replace(step.parting, done=False))
    waits = step.waits if state.meaning.waits is None else state.meaning.waits
    return state, replace(step, later=later, waits=waits)


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


def _starts_with_the_first(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Begin the visit with the first of its parts, where each was given an hour."""
    visit, clocks = state.wish.visit, state.meaning.clocks
    if len(clocks) < 2 or len(clocks) != 1 + len(step.shape.along):
        return state, step
    parts = (visit, *(replace(one, service=one.service or visit.service) for one in step.shape.along))
    hours = [replace(one, constraints=(at_time(clock),)) for one, clock in zip(parts, clocks, strict=True)]
    if step.shape.at_once is not False and shape.follows(hours, dict(step.lasts)) is None:
        return state, step
    begins = replace(visit.without("time"), constraints=(*visit.without("time").constraints, at_time(min(clocks))))
    return replace(state, wish=replace(state.wish, visit=begins)), step


def _counts_on(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Let the further visits wait that are only counted: "two lessons this week", "and then twice more"."""
    later = _counted_on(message.before, state, step, message.counted)
    return state, replace(step, later=later, several=True) if later else step


def _counted_on(before: State, state: State, step: Step, said: Counted) -> tuple[Visit, ...]:
    """Return the further visits that are only counted."""
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


def _takes_out_the_first(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Make the next part of a visit the first, where the first is no longer wanted."""
    visit, along = state.wish.visit, step.shape.along
    if visit.service not in state.meaning.less or not along or along[0].service is None:
        return state, step
    first, *rest = along
    state = replace(state, wish=replace(state.wish, visit=replace(visit, service=first.service, whom=first.whom)))
    return state, replace(step, shape=replace(step.shape, along=tuple(rest)), fewer=True)


def _tells_how_often(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Take a number or a day for the answer to "how often?": no other time is wished for."""
    before, said, again = message.before, message.counted, step.shape.again
    dated = bool(state.meaning.days) and not state.asks("count")  # "from the 15th" counts nothing
    if again is None or not shape.asks_how_often(state) or state.meaning.named or dated:
        return state, step
    days, first = state.wish.visit.days, before.wish.visit.day
    day = days.last if days else None
    ends = day is not None and (first is None or day > first)  # else it is another start
    if said.bare is None and state.asks("count") and ends and "day" in state.meaning.changed and again.count is None:
        step = replace(step, shape=replace(step.shape, again=replace(again, until=day)))
    elif said.bare is None and said.times is None and said.lasting is None:
        return state, step
    meaning = replace(state.meaning, changed=state.meaning.changed & CONTACTS)
    return replace(state, wish=replace(state.wish, visit=before.wish.visit), meaning=meaning), step


def _class_by_class(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Book places one date after the other, where what comes again is a class: as many as can be told in one answer."""
    again, visit = step.shape.again, state.wish.visit
    first = shape.first_of(again, visit) if again and again.ends and visit.service in step.classes else None
    dates = shape.dates_from(again, first, visit) if again and first else []
    if not dates:
        return state, step
    kept = visit.without("day").constraints
    now, *visits = (replace(visit, constraints=(*kept, on_day(day))) for day in dates)
    state = replace(state, wish=replace(state.wish, visit=now))
    state = replace(state, meaning=replace(state.meaning, changed=state.meaning.changed | {"day"}))
    step = replace(step, shape=replace(step.shape, again=None))
    return state, replace(step, later=tuple(visits), once="booked", several=True)


def _moves_a_part(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Let a part of what is booked wait until it is taken out there, where it alone is to be at another time."""
    elsewhere = _part_elsewhere(state, step)
    return state, replace(step, later=(elsewhere,), once="moved", several=True) if elsewhere else step


def _part_elsewhere(state: State, step: Step) -> Visit | None:
    """Return the visit that one part of what is booked is to become at another time, while the others stay: it is taken
    out there, and booked anew."""
    booked, visit, meaning = state.booked, state.wish.visit, state.meaning
    if booked is None or visit.service not in booked.parts or len(booked.parts) < 2 or meaning.agreed or step.pending:
        return None
    day, stays = visit.day, [one for one in step.later if one.service in booked.parts and one.day == booked.day]
    moves = meaning.likeliest("move") >= BOTH or meaning.tells_to_move or meaning.keeps
    guest = _guest_alone(booked, state, step)
    others = meaning.keeps or meaning.spared or meaning.only or meaning.adding or stays or guest
    hour = visit.times.first if visit.times and visit.times.point else None
    same_day = day in (None, booked.day)
    if same_day and (step.given_up or step.parting or meaning.less):  # "take out his haircut, and mine an hour later"
        return None
    if not (moves and others) or (same_day and hour in (None, booked.time)) or len(stays) < len(step.later):
        return None
    whom = guest or dict(zip(booked.parts, booked.guests, strict=False)).get(visit.service)
    of, one = (booked.guests, guest) if guest else (booked.parts, visit.service)
    theirs = dict(zip(of, booked.with_whom, strict=False)).get(one)
    if theirs and "staff" not in meaning.changed:  # with whom it is stays, if that can be
        staff = Constraint("staff", (theirs,), must=False)
        visit = replace(visit, constraints=(*visit.without("staff").constraints, staff))
    if day is None and booked.day:
        visit = replace(visit, constraints=(*visit.constraints, on_day(booked.day)))
    return replace(visit, whom=whom)


def _guest_alone(booked: Slot, state: State, step: Step) -> str | None:
    """Return the only guest of what is booked whom a message speaks of, and of nobody who comes along."""
    guests, said = [one for one in booked.guests if one], step.parting.words
    words = said | {one.removesuffix("s").removesuffix("'") for one in said}  # "Mia's"
    named = [one for one in guests if {*plain(one).split()} & words]
    named = named or (guests if words & lists(state.language)["kin"] else [])
    return named[0] if len(named) == 1 and not (state.meaning.party or words & lists(state.language)["both"]) else None


def _has_heard_all(message: Message, state: State, step: Step) -> tuple[State, Step]:
    """Forget the other visits of the message, which wait or go along by now."""
    return replace(state, wish=replace(state.wish, others=())), step


CHANGES: tuple[Change, ...] = (
    _begins_the_turn,
    _sets_a_date_apart,
    _hears_what_counts,
    _shapes_it,
    _refuses,
    _starts_with_the_first,
    _waits_in_turn,
    _counts_on,
    _takes_out_the_first,
    _tells_how_often,
    _class_by_class,
    _moves_a_part,
    _has_heard_all,
)
"""What a message changes, one after the other."""
