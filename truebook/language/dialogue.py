"""A conversation: what was heard so far, turn by turn, and what the customer wants.

text → values (grammar) → clauses → acts (learned) → wish (constraints). Every step is a pure function.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from truebook.language import consent
from truebook.language.acts import After
from truebook.language.choosing import appointments_meant, by_place, picked
from truebook.language.hearing import Message, hear
from truebook.language.idiom import language_of
from truebook.language.limits import constraints_of
from truebook.language.merge import adopted, merged, on_day
from truebook.language.names import Directory, Hit
from truebook.language.references import references
from truebook.language.state import (
    Act,
    Aim,
    Asked,
    AskedWhich,
    Booked,
    Desk,
    Doubt,
    Failed,
    Field,
    Gone,
    Informed,
    Listed,
    Meaning,
    Offered,
    ReadBack,
    Reminded,
    Slot,
    State,
)
from truebook.language.values import PLACES, Listening, Values, values_of
from truebook.language.visits import count_of, kin_of, stretches
from truebook.language.wish import Constraint, Days, On, Times, Visit, Wish

_ASKED: dict[str, After] = {"service": "ask_service", "day": "ask_day", "time": "ask_time", "name": "ask_name"}
_LIKELY = 0.5
_SURE = 0.7
_CERTAIN = 0.9
_FAINT = 0.25  # a choice is only read back, so a faint one is enough


def begin(desk: Desk, *, language: str | None = None) -> State:
    """Return the state of a conversation in which nothing was said yet."""
    names = Directory(desk.staff), Directory(desk.services)
    return State(desk=desk, language=language or desk.languages[0], staff_names=names[0], service_names=names[1])


def heard_assistant(state: State, acts: Sequence[Act], now: dt.datetime) -> State:
    """Return state after the desk said something that meant acts."""
    after: After = "else" if state.after != "nothing" or acts else "nothing"
    state = replace(state, readback=None, asked=frozenset(), asked_which=False, after=after)
    for act in acts:
        state = _after(state, act)
    return state


def _after(state: State, act: Act) -> State:
    match act:
        case Offered(slots):
            people = state.spoken_of | {s.staff for s in slots if s.staff}
            return replace(state, offered=slots, spoken_of=people, after="offer" if slots else state.after)
        case ReadBack(slot):
            return replace(state, readback=slot, offered=_beside(state.offered, slot), after="readback")
        case Asked(what):
            open_ = _ASKED.get(what, state.after)
            after = state.after if state.after in ("offer", "readback") else open_
            return replace(state, asked=state.asked | {what}, after=after)
        case Booked(slot):
            wish = replace(state.wish, visit=_settled(state.wish.visit, slot))
            return replace(state, wish=wish, booked=slot, offered=(), aim=None, subject=None, after="receipt")
        case Gone(slot):
            left = tuple(a for a in state.appointments if a.id != slot.id)
            booked = None if state.booked and state.booked.id == slot.id else state.booked
            return replace(state, appointments=left, booked=booked, offered=(), aim=None, subject=None, after="receipt")
        case Failed():
            return replace(state, offered=())
        case Listed(appointments, aim):
            aim = (aim or state.aim) if appointments else None
            return replace(state, appointments=appointments, aim=aim, after="list")
        case Reminded(slot):
            return replace(state, appointments=(slot,), offered=(), aim=None, subject=slot.id, after="reminder")
        case AskedWhich(appointments, aim):
            aim = aim or state.aim
            return replace(state, appointments=appointments, aim=aim, asked_which=True, after="ask_which")
        case Informed():
            return state


def _beside(offered: tuple[Slot, ...], slot: Slot) -> tuple[Slot, ...]:
    """Return what is still on the table once a slot is read back: nothing, where it was none of the offers."""
    partial = any(s.day is None or s.time is None for s in offered)
    return offered if partial or any(s.id == slot.id for s in offered) else ()


def _settled(visit: Visit, slot: Slot) -> Visit:
    """Return what is left of a visit once a slot is booked: the service, unless the visit is another one."""
    known = {"day": slot.day, "time": slot.time, "staff": slot.staff}
    met = all(c.holds(value) for c in visit.constraints if c.allow and c.must and (value := known.get(c.on)))
    return Visit(slot.service) if visit.service in (None, slot.service) and met else visit


def heard_customer(state: State, text: str, now: dt.datetime) -> State:
    """Return state after the customer wrote text; now is the business's wall clock."""
    begun = state.after != "nothing" or bool(state.wish.visit.service or state.wish.visit.constraints)
    language = language_of(text, state.language, begun=begun)
    listening = Listening(state.desk, state.staff_names, state.service_names, now, state.asked)
    values = values_of(text, language, listening)
    message = hear(values, state.after, tells_foreign=state.desk.tells_foreign)
    meaning = _meaning(state, message)
    state = replace(state, language=language)
    if state.readback and not meaning.agreed and (more := _yes_and_more(state, values, listening)):
        wish = replace(state.wish, visit=adopted(state.wish.visit, state.readback), others=(more,))
        return replace(state, wish=wish, meaning=replace(meaning, agreed=True, yes=True, no=False))
    if meaning.agreed and state.readback:
        wish = replace(_contacts(state.wish, values), visit=adopted(state.wish.visit, state.readback))
        return replace(state, wish=wish, meaning=replace(meaning, changed=_changed(state.wish, wish)))
    slot = None if meaning.meant and state.asked_which else _picked(state, message, meaning)
    wish, doubts = _wished(state, message, slot, now.date(), meaning)
    changed = _changed(state.wish, wish)
    doubts = (*doubts, *(() if slot else _which_offer(state, values)))
    meaning = replace(meaning, picked=slot.id if slot else None, changed=changed, doubts=doubts)
    meaning = replace(meaning, no=meaning.no and slot is None)
    known = {wish.visit.staff} if wish.visit.staff else set[str]()
    mine = {a.id for a in state.appointments}
    aside = [d.date for d in values.days if any(s <= d.start < e for s, e in message.aside) and d.until is None]
    return replace(
        state,
        spoken_of=state.spoken_of | known,
        wish=wish,
        meaning=meaning,
        aim=_aim(state, meaning),
        subject=meaning.meant[0] if len(meaning.meant) == 1 and meaning.meant[0] in mine else state.subject,
        offered=() if meaning.no or values.people else state.offered,
        mentioned_day=aside[-1] if aside else state.mentioned_day,
    )


def _yes_and_more(state: State, values: Values, listening: Listening) -> Visit | None:
    """Return the further visit of a yes that goes on to one: "yes, and a colour on saturday at 11"."""
    assert state.readback
    for mark in values.marks:
        named = [hit for hit in values.services if hit.start >= mark.end and len(hit.ids) == 1]
        if mark.key not in ("and", "adding") or not named or named[0].ids[0] == state.readback.service:
            continue
        before = values_of(values.text[: mark.start], values.language, listening)
        if consent.agrees(state.readback, _purpose(state), before, ()):
            outside = _outside(mark.end, len(values.text), values)
            said = constraints_of(values, listening.now.date(), outside, None)
            day = () if any(c.on == "day" for c in said) or not state.readback.day else (on_day(state.readback.day),)
            return Visit(named[0].ids[0], None, (*day, *said))
    return None


def _meaning(state: State, message: Message) -> Meaning:
    values = message.values
    found = Meaning(acts=message.acts)
    agreed = state.readback is not None and consent.agrees(state.readback, _purpose(state), values, message.acts)
    asks = _asks(message)
    meant = appointments_meant(state, values) if state.appointments else ()
    declined = values.bare and any(mark.key == "no" and mark.first == 0 for mark in values.marks)
    refuses = declined or found.does("refuse") or found.does("withdraw") or found.does("doubt", least=_SURE)
    yes = agreed or found.does("agree", "") or found.does("choose", "this") or consent.says_only(("yes",), values)
    return replace(
        found,
        agreed=agreed,
        yes=yes and not refuses,
        no=refuses and not agreed,
        asks=asks,
        meant=tuple(a.id for a in meant),
        unheard=message.unheard,
        question=message.asked or bool(asks),
        elsewhere=bool(message.aside),
        named=frozenset(i for hit in values.services for i in hit.ids),
        keeps=values.says("keep"),
        everything=values.says("all"),
        adding=_adds(values),
        pointing=values.says("it"),
        of_mine=values.says("appointment") and not values.says("it"),
        same_time=values.says("same_time"),
        code=values.code.text if values.code else None,
    )


def _asks(message: Message) -> tuple[str, ...]:
    """Return the topics of side questions; what neither looks like a question nor surely is one is none."""
    looks = "?" in message.values.text or message.values.says("asking")
    least = _LIKELY if looks else _CERTAIN
    return tuple(h.topic for h in message.acts if h.act == "ask" and h.probability >= least)


def _adds(values: Values) -> bool:
    """Tell whether one more is asked for; "also" alone may as well ask for another time of the same."""
    also = values.says("also") and (bool(values.services) or values.says("appointment"))
    return also or values.says("adding") or values.says("right_after") or kin_of(values) is not None


def _purpose(state: State) -> consent.Purpose:
    return "cancel" if state.asks("cancel") else "move" if state.asks("move") else "book"


def _picked(state: State, message: Message, meaning: Meaning) -> Slot | None:
    """Return the offer that is taken; a yes to several takes up the first, which is only read back."""
    values = message.values
    points = any(values.says(key) for key in (*PLACES, "last", "later_one", "earlier_one"))
    exact = any(t.relation in ("at", "around") for t in values.times)
    others = meaning.does("more", least=_SURE) and not exact and (message.asked or not points)
    if meaning.no or state.asks("cancel") or others:
        return None
    accepts = meaning.likeliest("agree", "book") >= _LIKELY
    asks = bool(meaning.asks) or (message.asked and not accepts)
    chooses = meaning.does("choose", least=_FAINT) or accepts
    takes = chooses and not meaning.does("more") and not asks and state.readback is None
    return picked(state, message.values, takes=takes, asks=asks)


def _wished(
    state: State, message: Message, slot: Slot | None, today: dt.date, meaning: Meaning
) -> tuple[Wish, tuple[Doubt, ...]]:
    """Return the wish after a message, and what of it fits several things."""
    values = message.values
    parts = stretches(values)
    wish = _contacts(state.wish, values)
    visit, doubts = _named(wish.visit, state, values)
    first = _said(state, message, today, _outside(parts[0].start, parts[0].end, values), visit, meaning)
    visit = _begun(visit, state, values, slot) if first else visit
    withdrawn = _withdrawn(values, state)
    if slot:
        visit = adopted(visit, slot)
        named = {"day": slot.day, "time": slot.time, "staff": slot.staff, "order": slot.id}
        first = tuple(c for c in first if named[c.on] is None)
    visit = merged(visit, first, withdrawn)
    if slot is None:
        visit = _chosen_day(visit, state, values)
    visit = _unlike(visit, state, values)
    others = _others(visit, state, message, today, parts, meaning)
    if others and not visit.constraints and not meaning.does("cancel"):
        shared = others[-1].constraints
        visit = replace(visit, constraints=shared)
        others = tuple(o.without("time", "order") for o in others)
    return replace(wish, visit=visit, others=others or wish.others, together=bool(others)), doubts


def _outside(start: int, end: int, values: Values) -> tuple[tuple[int, int], ...]:
    return ((-1, start), (end, len(values.text) + 1))


def _said(
    state: State,
    message: Message,
    today: dt.date,
    outside: tuple[tuple[int, int], ...],
    visit: Visit,
    meaning: Meaning,
) -> tuple[Constraint, ...]:
    """Return the constraints of a message or a part of it, those told by pointing included."""
    values = message.values
    known = frozenset(s.day for s in (*state.offered, *((state.readback,) if state.readback else ())) if s.day)
    stated = constraints_of(values, today, (*message.aside, *outside), visit.days, known)
    pointed = references(values, state, stated)
    kinds = {c.on for c in pointed}
    outright = _without_pointing(stated, values, state)
    found = (*(c for c in outright if c.on not in kinds or not c.allow), *pointed)
    points = values.says("same_day") or (meaning.does("book", least=_SURE) and visit.days is None)
    if state.mentioned_day and points and not any(c.on == "day" for c in found):
        return (*found, on_day(state.mentioned_day))
    return found


def _without_pointing(stated: Sequence[Constraint], values: Values, state: State) -> tuple[Constraint, ...]:
    """Return the constraints without the days that only point back ("that day", "two days later")."""
    pointing = [s for s in values.shifts if s.days]
    base = bool(state.readback or state.offered or state.booked)
    spans = [(v.start, v.end) for v in pointing] + [
        (m.start, m.end)
        for m in values.marks
        if m.key in ("same_day", "day_before", "day_after", "week_after", "week_before")
    ]
    asked = state.asks("day") and any(c.others for c in state.wish.visit.constraints)
    if state.offered or asked:
        spans += [(m.start, m.end) for m in values.marks if m.key in (*PLACES, "last")]
        base = True
    texts = {
        values.text[d.start : d.end]
        for d in values.days
        if any(s <= d.start < e or d.start <= s < d.end for s, e in spans) and not _is_known_date(d.date, state)
    }
    return tuple(c for c in stated if not (base and c.on == "day" and c.said in texts))


def _is_known_date(day: dt.date, state: State) -> bool:
    """Tell whether a date is one of those that the desk named: "the 2nd" of Tuesday the 2nd and Tuesday the 9th."""
    named = {s.day for s in state.offered} | {d for c in state.wish.visit.constraints for d in c.others}
    firsts = {v.first for c in state.wish.visit.on("day") for v in c.values if isinstance(v, Days)}
    return day in named | firsts


def _begun(visit: Visit, state: State, values: Values, slot: Slot | None) -> Visit:
    """Return the visit from which a message goes on: what was read back, or the day that all offers share.

    Where the offers are for another day than was asked for, that one is what is talked about from then on.
    """
    if slot:
        return visit
    if state.readback and not state.asks("cancel"):
        return adopted(visit, state.readback)
    days = {s.day for s in state.offered if s.day}
    if not days or values.days or not (values.times or values.shifts or values.people):
        return visit
    wished = visit.on("day")
    if visit.days is None or not any(c.holds(day) for c in wished for day in days):
        return replace(visit.without("day"), constraints=(*visit.without("day").constraints, _one_of_days(days)))
    return visit


def _one_of_days(days: set[dt.date]) -> Constraint:
    return Constraint("day", tuple(Days(day, day) for day in sorted(days)))


def _withdrawn(values: Values, state: State) -> tuple[On, ...]:
    kinds: dict[str, On] = {"any_time": "time", "any_day": "day", "anyone": "staff"}
    said = {"time": bool(values.times), "day": bool(values.days), "staff": bool(values.people)}
    found = [on for key, on in kinds.items() if values.says(key) and not said[on]]
    if values.says("whichever") and state.asks("staff"):
        found.append("staff")
    return tuple(found)


def _chosen_day(visit: Visit, state: State, values: Values) -> Visit:
    """Return the visit with the reading that is meant of those the desk asked about; what is not said is the first."""
    for constraint in visit.constraints:
        if not constraint.others or constraint not in state.wish.visit.constraints:
            continue
        chosen = _placed(constraint, values)
        settled = replace(constraint, values=(chosen,) if chosen else constraint.values, others=())
        kept = tuple(settled if c is constraint else c for c in visit.constraints)
        visit = replace(visit, constraints=kept) if state.asks(constraint.on) else visit
    return visit


def _placed(constraint: Constraint, values: Values) -> Days | Times | None:
    """Return the reading of a constraint that is named by its place, or by the part of the day it lies in."""
    first = constraint.values[0]
    if isinstance(first, Days):
        days = sorted({first.first, *(d for d in constraint.others if isinstance(d, dt.date))})
        placed = by_place([Slot(day.isoformat(), day=day) for day in days], values)
        return Days(placed.day, placed.day) if placed and placed.day else None
    if isinstance(first, Times) and first.first:
        clocks = [first.first, *(t for t in constraint.others if isinstance(t, dt.time))]
        part = next((t for t in values.times if t.relation == "part"), None)
        inside = [c for c in clocks if part and (part.time or dt.time.min) <= c <= (part.until or dt.time.max)]
        return Times(inside[0], inside[0]) if len(inside) == 1 else None
    return None


def _unlike(visit: Visit, state: State, values: Values) -> Visit:
    """Return the visit with nobody of those who were offered, where somebody else is asked for."""
    if not values.says("someone_else"):
        return visit
    offered = {s.staff for s in (*state.offered, *([state.readback] if state.readback else [])) if s.staff}
    found = visit.without("staff")
    return merged(found, tuple(Constraint("staff", (one,), allow=False) for one in sorted(offered)))


def _named(visit: Visit, state: State, values: Values) -> tuple[Visit, tuple[Doubt, ...]]:
    """Return the visit with the service that is named, and doubts where a name fits several."""
    doubts = list[Doubt]()
    several = _unclear(values.people, state)
    if several:
        doubts.append(Doubt("staff", several))
    parts = stretches(values)
    hit = parts[0].service
    if len(parts) == 1 and hit is None and values.services:
        hit = values.services[-1]
    if hit and len(hit.ids) == 1:
        visit = replace(visit, service=hit.ids[0])
    elif hit and visit.service not in hit.ids:
        doubts.append(Doubt("service", hit.ids))
    known = [i for hit in values.people if len(hit.ids) > 1 for i in hit.ids if i in state.spoken_of]
    if len(known) == 1:
        visit = merged(visit, (Constraint("staff", (known[0],)),))
    return visit, tuple(doubts)


def _unclear(people: Sequence[Hit], state: State) -> tuple[str, ...]:
    for hit in people:
        if len(hit.ids) > 1 and len([i for i in hit.ids if i in state.spoken_of]) != 1:
            return hit.ids
    return ()


def _others(
    visit: Visit, state: State, message: Message, today: dt.date, parts: Sequence[object], meaning: Meaning
) -> tuple[Visit, ...]:
    """Return the further visits of a message: each other service, the same once more, whoever comes along."""
    values = message.values
    found = list[Visit]()
    for part in stretches(values)[1:]:
        assert part.service
        stated = constraints_of(values, today, (*message.aside, *_outside(part.start, part.end, values)), None)
        days = () if any(c.on == "day" for c in stated) else visit.on("day")
        found.append(Visit(part.service.ids[0], None, (*days, *stated)))
    count = count_of(values) if len(parts) == 1 else 1
    kin = kin_of(values)
    along = meaning.does("people", least=0.6) and kin and count == 1
    for _ in range(count - 1 + bool(along)):
        found.append(replace(visit.without("time", "order"), whom=kin))
    return tuple(found)


def _contacts(wish: Wish, values: Values) -> Wish:
    return replace(
        wish,
        name=values.name.text if values.name else wish.name,
        phone=values.phone.text if values.phone else wish.phone,
        email=values.email.text if values.email else wish.email,
    )


def _changed(before: Wish, after: Wish) -> frozenset[Field]:
    old, new = before.visit, after.visit
    found: dict[Field, bool] = {
        "service": old.service != new.service,
        "staff": _on(old, "staff") != _on(new, "staff"),
        "day": _on(old, "day") != _on(new, "day"),
        "time": _on(old, "time") != _on(new, "time") or _on(old, "order") != _on(new, "order"),
        "name": before.name != after.name,
        "phone": before.phone != after.phone,
        "email": before.email != after.email,
    }
    return frozenset(name for name, differs in found.items() if differs)


def _on(visit: Visit, what: On) -> set[tuple[object, ...]]:
    return {(c.values, c.allow, c.choice, c.others) for c in visit.constraints if c.on == what}


def _which_offer(state: State, values: Values) -> tuple[Doubt, ...]:
    """Return the doubt that a time leaves which is offered on several days."""
    exact = {t.time for t in values.times if t.relation in ("at", "around")}
    same = [s for s in state.offered if s.time in exact]
    return (Doubt("offer", tuple(s.id for s in same)),) if len({s.day for s in same}) > 1 and not values.days else ()


def _aim(state: State, meaning: Meaning) -> Aim | None:
    """Return what the conversation is about after a message."""
    wanted: dict[Aim, float] = {
        "book": meaning.likeliest("book", "class"),
        "move": meaning.likeliest("move"),
        "cancel": meaning.likeliest("cancel", "not_coming"),
    }
    best = max(wanted, key=lambda aim: wanted[aim])
    if state.after == "list" and not state.appointments and wanted["book"] >= _LIKELY:
        return "book"  # what there is not cannot be moved
    if state.aim == "move" and best == "book" and not (meaning.adding or meaning.named):
        return "move"
    if wanted[best] >= _LIKELY:
        changes = best == "move" and (state.offered or state.readback) and state.aim == "book"
        return state.aim if changes else best
    return state.aim or ("book" if meaning.does("available") else None)
