"""What a message means in its place in the talk: what it agrees to, takes, asks, and is about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from truebook.language.acts import Heard
from truebook.language.agreeing import consent
from truebook.language.agreeing.deeds import deeds
from truebook.language.lists import lists_of
from truebook.language.lists.marks import phrases
from truebook.language.lists.ordinary import is_strange
from truebook.language.meaning.hearing import Message
from truebook.language.meaning.questions import MOST_DAYS, amount_named
from truebook.language.pointing.choosing import (
    POINTS,
    appointments_meant,
    fits_day,
    numbered,
    picked,
    places_named,
    spared,
    told_by,
)
from truebook.language.pointing.correcting import corrects
from truebook.language.pointing.references import away_of, without_pointing
from truebook.language.spans import clear_of
from truebook.language.state import Aim, Doubt, Meaning, Slot, State
from truebook.language.text import sentences
from truebook.language.values.constraints import constraints_of
from truebook.language.values.said import Values
from truebook.language.visits.company import company, is_for_me
from truebook.language.visits.ordering import asks_which_way, order_of
from truebook.language.visits.party import brings, comes_too, in_turn, kin_of, party_of
from truebook.language.visits.several import comes_alone, left_out, only_of, reminds, stretches

LIKELY, SURE, CERTAIN = 0.5, 0.6, 0.75
T = TypeVar("T")
_BESIDES = ("adding", "also", "both", "all")
_FEW_WORDS = 5
_LONG = 4  # letters of a word that may be what is asked about
_FAINT = 0.25  # a choice is only read back, so a faint one is enough


def meaning_of(state: State, message: Message) -> Meaning:
    """Return what a message means, before it is known what it changes."""
    values = message.values
    days = without_pointing(values, state).days
    dates = [
        next((s.day for s in state.shown if fits_day(day, s.day, values)), day.date)
        for day in days
        if day.until is None
    ]
    again = _comes_again(state, values)
    acts = (act for act in message.acts if act.act != "move")
    found = Meaning(acts=(Heard("book", "", CERTAIN), *acts) if again else message.acts)
    agreed = state.readback is not None and consent.agrees(
        state.readback, purpose_of(state), values, message.acts, again=state.asked_again
    )
    either, joins = message.asked and asks_which_way(values), brings_to_a_class(state, values)
    party = party_of(values, found.likeliest("people"), besides=joins)
    plain = agreed and "?" not in values.text and not values.says("asking")
    asks = () if plain else _asks(state, message)  # "fechado" asks for no hours
    asked = [(clause.start, clause.end) for clause in message.clauses if clause.asked and asks]
    told = values.outside(asked)  # "what would only the cut be?" leaves nothing out
    meant = appointments_meant(state, values) if state.appointments else ()
    declined = values.bare and any(mark.key == "no" and mark.first == 0 for mark in values.marks)
    refuses = found.does("refuse") or found.does("withdraw")
    talks = found.does("smalltalk", least=SURE) and found.does("agree", "")  # "não perguntei isso, pode marcar"
    declined = declined and not talks
    refuses = declined or (refuses and not (corrects(values) or reminds(values) or _only_chooses(state, found, values)))
    refuses = refuses and not values.says("not_only")
    doubts = found.does("doubt", least=SURE)
    yes = agreed or found.does("agree", "") or found.does("choose", "this") or consent.says_only(("yes",), values)
    return replace(
        found,
        agreed=agreed,
        yes=yes and not (refuses or doubts),
        no=refuses and not agreed,
        asks=asks,
        meant=tuple(a.id for a in meant),
        unheard=message.unheard,
        wonders=message.wonders,
        usual=message.usual,
        question=message.asked or bool(asks),
        words=len(values.words),
        named=values.named,
        places=places_named(values),
        person=_only([hit.ids[0] for hit in values.people if len(hit.ids) == 1]),
        on_day=_only(dates),
        away=away_of(values),
        days=tuple((day.date, day.until or day.date) for day in days),
        dates=_dates(values),
        clocks=tuple(one.time for one in values.times if one.time and one.relation in ("at", "around")),
        but=values.says("but"),
        elsewhere=bool(message.aside),
        prefers=values.says("rather") and bool(values.days or values.times or values.people or values.services),
        keeps=values.says("keep"),
        everything=values.says("all") and not values.says("following") and len(places_named(values)) < 2,
        series=values.says("series"),
        following=values.says("following"),
        less=left_out(told),
        spared=spared(values),
        told_by=told_by(values),
        tells_to_move={mark.key for mark in deeds(values.words, values.language)} == {"yes_move"},
        only=frozenset(hit.ids[0] for hit in only_of(told)),
        alone=comes_alone(told),
        party=(party.others if party.me else ()) or (("",) if joins else ()),
        adding=_adds(values) or joins or again or (state.after == "receipt" and _goes_on(found, values)),
        besides=(yes or values.says(*_BESIDES)) and not values.says("rather"),
        pointing=_points(values),
        of_mine=values.says("appointment") and not values.says("it"),
        same_time=not either and (values.says("at_once") or (_at_one_time(values) and not values.says("in_turn"))),
        in_turn=not either and (in_turn(values) or (values.says("right_after") and len(stretches(values)) > 1)),
        instead=values.says("changes", "hedge"),
        leads_in=(order := order_of(values, ())) is not None and order.before,
        in_all=asks_the_sum(values),
        does_what=values.says("asks_who"),
        code=values.code.text if values.code else None,
    )


def _at_one_time(values: Values) -> bool:
    """Tell whether a message wants several at the same time: in these words, or "both at 10:45"."""
    ends = [mark.end for mark in values.marked("both", "for_all")]
    hours = [one.start for one in values.times if one.relation == "at"]
    both = len(hours) == 1 and any(values.joined(end, hours[0], "skip", "filler") for end in ends if end <= hours[0])
    return values.says("same_time") or both


def asks_the_sum(values: Values) -> bool:
    """Tell whether a message asks for the price of several things together, where it asks for one."""
    asked = values.says("asks_price") and values.says("all")
    amount = amount_named(values, 0, len(values.text)) if "?" in values.text else 0
    return values.says("in_all") or asked or amount > MOST_DAYS  # "152, right?"


def _dates(values: Values) -> frozenset[int]:
    """Return the numbers behind an article that have no meaning yet: of an appointment's day they may be the date."""
    small = values.places("whose", "skip", "filler")
    led = [word for at, word in enumerate(values.words) if word.text.isdigit() and at - 1 in small]
    return frozenset(int(word.text) for word in clear_of(led, values.spans) if len(word.text) < _LONG)


def _points(values: Values) -> bool:
    """Tell whether a message points at something: "it", "that one"; "one of them" does not say which."""
    ones = [(mark.start, mark.end) for mark in values.marked("one") if mark.last > mark.first + 1]
    return any(not any(a < mark.start and mark.end <= b for a, b in ones) for mark in values.marked("it"))


def _only(found: Sequence[T]) -> T | None:
    return found[0] if len(set(found)) == 1 else None


def _asks(state: State, message: Message) -> tuple[str, ...]:
    """Return the topics of side questions; what neither looks like a question nor surely is one is none."""
    values = message.values
    least = LIKELY if "?" in values.text or values.says("asking") else CERTAIN
    noted = Meaning(acts=message.acts).likeliest("note")
    if noted >= SURE and "?" not in values.text:  # "tell her I'll bring the dog" asks nothing about dogs
        least = max(least, noted)
    asks = [h.topic for h in message.acts if h.act == "ask" and h.probability >= least]
    reminds = Meaning(acts=message.acts).does("remind")
    another = values.says("someone_else") or comes_too(values) or brings_to_a_class(state, values)
    ordered = bool(message.asked and asks_which_way(values) and state.offered and len(state.offered[0].parts) > 1)
    if not (asks or reminds or another) and message.asked and _is_about_something_else(message):
        asks = ["other"]
    told = "?" not in values.text
    unasked = {
        "other": reminds or another or ordered or (told and _wants_no_other(values)),  # "could somebody else do it?"
        "price": told and values.says("latest", "soonest"),  # "cuanto más tarde mejor"
        "who": told and values.says("anyone", "whichever"),  # "with whoever is free"
        "address": bool(state.readback or state.offered) and _is_about_somebody(values),
    }
    asks = [topic for topic in asks if not unasked.get(topic)]
    asks += [*(["remind"] if reminds else []), *(["order"] if ordered else [])]
    whom = values.says("gender") and "who" not in asks  # whether a name is a man's, nobody has told us
    if whom and message.asked:  # "which of them is a woman?"
        asks = [*(topic for topic in asks if topic != "other"), "other"]
    return tuple([*asks, "whom"] if whom else asks)


def brings_to_a_class(state: State, values: Values) -> bool:
    """Tell whether somebody is brought along to a class: they have a place of their own in it."""
    named = {one for hit in values.services for one in hit.ids} or {*filter(None, (state.wish.visit.service,))}
    return bool(named & state.desk.classes) and brings(values)


def _wants_no_other(values: Values) -> bool:
    """Tell whether a message says that no other appointment is wanted than the one that is booked."""
    known = lists_of("standing", values.language)
    return bool(phrases(values.words, known["another"]))


def _is_about_something_else(message: Message) -> bool:
    """Tell whether a question has a word that nobody has ever said to a desk: "do you have gluten free shampoo?"."""
    values, asked = message.values, [clause for clause in message.clauses if clause.asked]
    inside = [word for clause in asked for word in values.between(clause.start, clause.end)]
    words = [word.text for word in inside if len(word.text) >= _LONG]
    known = values.name or values.code or values.phone or not values.bare
    return not known and any(is_strange(word, values.language) for word in words)


def _is_about_somebody(values: Values) -> bool:
    """Tell whether a few words name somebody whom nobody here knows: "where's finns?" asks for no address."""
    strange = any(is_strange(word.text, values.language) for word in values.words)
    return len(values.words) <= _FEW_WORDS and strange


def _adds(values: Values) -> bool:
    """Tell whether one more is asked for; "also" alone may as well ask for another time of the same."""
    named = [hit.start for hit in values.services] + [mark.start for mark in values.marked("appointment")]
    whole = [(a, b) for a, b in sentences(values.text) if any(a <= mark.start < b for mark in values.marked("also"))]
    also = any(a <= at < b for at in named for a, b in whole)  # not "a meeting came up. Is saturday possible, too?"
    besides = kin_of(values) is not None and not is_for_me(values)  # who tells what both have adds nothing
    more = values.says("adding", "not_only", "right_after")
    return also or more or besides or reminds(values)


def _comes_again(state: State, values: Values) -> bool:
    """Tell whether whoever has a place in a class, and changes nothing, asks for another day too: "can I come on monday
    as well?"."""
    booked = state.booked.service if state.booked and state.after == "receipt" else None
    changes = any(values.says(key) for key in ("rather", "changes", "cancels", "no", "correcting", "not_before"))
    also = values.says("also") and bool(values.days) and not (changes or deeds(values.words, values.language))
    return booked in state.desk.classes and also and {hit.ids for hit in values.services} <= {(booked,)}


def _goes_on(found: Meaning, values: Values) -> bool:
    """Tell whether a message goes on with another day and hour, "and thursday at seven", or surely wishes for one more:
    "can I also sign up for next friday?"."""
    books = found.likeliest("book")
    whole = bool(values.days and values.times) and 0 in values.places("and") and "?" not in values.text
    more = bool(values.days) and values.says("also") and books >= SURE
    return (whole or more) and books > found.likeliest("move")


def adds_to_offer(state: State, values: Values) -> bool:
    """Tell whether one more service is wished for beside the one that is offered, or read back: "a trim as well?"."""
    here = {state.wish.visit.service, *(slot.service for slot in state.offered)}
    known = bool(state.wish.visit.service) and bool(state.offered or state.readback or state.asks("name"))
    new = bool(values.services) and len(ids := values.services[-1].ids) == 1 and ids[0] not in here
    besides = values.says("also", "adding") or reminds(values)
    besides = besides or (values.says("right_after") and not values.times)
    kin = company(values)
    meanwhile = values.says("at_once", "same_time", "same_day")
    meanwhile = meanwhile or (bool(kin) and min(values.places("and"), default=kin[0].first) < kin[0].first)
    besides = besides or (meanwhile and bool(kin))  # "and can someone cut my daughter's hair?"
    return known and new and besides and not left_out(values)


def only_complains(meaning: Meaning, values: Values) -> bool:
    """Tell whether a message complains, and wishes for nothing in the same breath."""
    wanted = meaning.likeliest("book", "move", "cancel", "available", "lookup")
    sorry = meaning.likeliest("complain")
    return sorry >= SURE and sorry > wanted and not values.days and not values.times


def only_doubts(state: State, meaning: Meaning) -> bool:
    """Tell whether a message only says that somebody has to think something over, or is not ready yet: "I'll let you
    know tomorrow", "wait, one second"."""
    wishes = meaning.likeliest("book", "move", "cancel", "available", "more", "choose", "correct", "refuse")
    doubt = meaning.likeliest("doubt")
    open_ = bool(state.shown) or state.booked is not None
    faint = doubt < SURE and doubt < meaning.likeliest("agree")  # "book it, you can let me know the rest later"
    return (
        open_
        and doubt >= LIKELY
        and doubt > wishes
        and not faint
        and not (meaning.agreed or meaning.prefers or meaning.party)
    )


def tells_from_when(values: Values) -> bool:
    """Tell whether a day is named, and behind a "but" from when on, or in which part of it: that is a wish, however
    unsure it sounds: "friday would be good, but only after work"."""
    limits = [one.start for one in values.times if one.relation != "at"]
    turns = [(day.end, mark.start, at) for day in values.days for mark in values.marked("but") for at in limits]
    return any(end <= but <= limit for end, but, limit in turns)


def wants_others(state: State, meaning: Meaning) -> bool:
    """Tell whether a message asks what else there is, on the days of what is shown or on no day: "what else is there on
    friday?"."""
    shown = {slot.day for slot in state.shown}
    elsewhere = shown and any(not any(first <= day <= last for day in shown if day) for first, last in meaning.days)
    more = meaning.likeliest("more")
    told = meaning.clocks or meaning.person or meaning.named or meaning.no or meaning.picked or meaning.agreed
    told = told or (meaning.yes and meaning.but and not meaning.question)  # "yes, but there is one more thing"
    other = meaning.likeliest("lookup", "ask", "agree", "move", "choose")  # "yes, but an hour later" takes it
    return more >= max(SURE, other) and not (told or elsewhere)


def purpose_of(state: State) -> consent.Purpose:
    """Return what a read-back asked a yes for."""
    return "cancel" if state.asks("cancel") else "move" if state.asks("move") else "book"


def _only_chooses(state: State, meaning: Meaning, values: Values) -> bool:
    """Tell whether a message surely takes an hour of what was offered, and nothing in it denies anything."""
    exact = {t.time for t in values.times if t.relation == "at"}
    denials = values.says("no", "not_before", "not_after", "nothing", "but")
    return meaning.does("choose", least=SURE) and not denials and bool(exact & {slot.time for slot in state.offered})


def offer_taken(state: State, message: Message, meaning: Meaning, today: dt.date) -> Slot | None:
    """Return the offer that is taken, none that is barred in the same breath; a yes to several takes up the first,
    which is only read back."""
    values = message.values
    points = values.marked(*POINTS)
    asked = any(p.asked and (not points or p.start <= points[0].start < p.end) for p in message.clauses)
    exact = any(t.relation in ("at", "around") for t in values.times)
    named = points or (values.marked("the_one") and values.days and len(values.words) <= _FEW_WORDS)  # "der am montag"
    others = meaning.does("more", least=SURE) and not exact and (asked or not named)
    if meaning.no or state.asks("cancel") or others or _names_other_services(state, values):
        return None
    accepts = meaning.likeliest("agree", "book") >= LIKELY
    asks = bool(meaning.asks) or (message.asked and not accepts)
    chooses = meaning.does("choose", least=_FAINT) or accepts
    if "who" in meaning.asks and not (exact or named or chooses):
        return None  # "is Dr Huber off on thursday?"
    takes = chooses and not meaning.does("more") and not asks and state.readback is None
    barred = [c for c in constraints_of(values, today, (), None) if not c.allow]
    days = tuple(day for day in values.days if day.until or all(c.on != "day" or c.holds(day.date) for c in barred))
    taken = picked(state, replace(values, days=days or values.days), takes=takes, asks=asks)
    return taken if taken and taken.meets(barred) else None  # "tomorrow is a bit short notice"


def _names_other_services(state: State, values: Values) -> bool:
    """Tell whether a message wants other services than those of the offers, at a time of theirs: "at nine, but both a
    colour and a cut"; one with a time of its own is another visit."""
    parts = [one for one in stretches(values) if one.service and not adds_to_offer(state, values)]
    offered = {service for slot in state.offered for service in (slot.parts or (slot.service,)) if service}
    if only_of(values) and values.named and all(values.named < {*slot.parts} for slot in state.offered):
        return True  # "at nine, but only the cut"
    if not offered or all(set(one.service.ids) & offered for one in parts if one.service):
        return False
    return not any(one.start <= at < one.end for one in parts[1:] for at in values.whens)


def which_offer(state: State, values: Values) -> tuple[Doubt, ...]:
    """Return the doubt that a time leaves which is offered on several days, or a number that is a place and an hour."""
    exact = {t.time for t in values.times if t.relation in ("at", "around")}
    same = [s for s in state.offered if s.time in exact]
    if len(several := numbered(state.offered, values)) > 1:
        return (Doubt("offer", tuple(slot.id for slot in several)),)
    return (Doubt("offer", tuple(s.id for s in same)),) if len({s.day for s in same}) > 1 and not values.days else ()


def aim_of(state: State, meaning: Meaning) -> Aim | None:
    """Return what the conversation is about after a message."""
    wanted: dict[Aim, float] = {
        "book": meaning.likeliest("book", "class"),
        "move": meaning.likeliest("move"),
        "cancel": meaning.likeliest("cancel", "not_coming"),
    }
    best = max(wanted, key=lambda aim: wanted[aim])
    if not (state.booked or state.appointments or state.aim) and meaning.named:  # "is anybody free to cut my hair?"
        best = "book" if meaning.likeliest("book", "available") > wanted[best] else best
    if state.asked_which and meaning.meant:
        return state.aim  # "the one with Ben" names which
    if state.after == "list" and not state.appointments and wanted["book"] >= LIKELY:
        return "book"  # what there is not cannot be moved
    if state.aim == "move" and best == "book" and not (meaning.adding or meaning.named):
        return "move"
    if wanted[best] >= LIKELY or (best == "book" and meaning.named and meaning.does("available")):
        changes = best == "move" and (state.offered or state.readback) and state.aim in ("book", None)
        return "book" if changes else best
    return state.aim or ("book" if meaning.does("available") else None)
