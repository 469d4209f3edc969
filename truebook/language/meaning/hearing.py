"""One message, taken apart before the conversation gives it its meaning: values, clauses, acts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from truebook.language.acts import After, Heard, likeliest, read
from truebook.language.agreeing.consent import says_only
from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import phrases
from truebook.language.meaning.clauses import Clause, begins_as_condition, begins_as_question, clauses, masked
from truebook.language.meaning.noting import without_joints
from truebook.language.meaning.questions import (
    ASKED,
    CERTAIN,
    FACTS,
    FAINT,
    SURE,
    anywhere,
    asks_a_time,
    asks_for_more,
    asks_of,
    asks_the_usual,
    is_in,
    joined,
    leads_to_a_price,
    rule_asked,
    told_with,
    wished,
    worried_of,
)
from truebook.language.text import plain, sentences
from truebook.language.values.said import Values
from truebook.language.visits.company import may_come
from truebook.language.wording import pressed

PRESSED = {
    "yes": ("agree", ""), "another_time": ("more", ""), "keep_it": ("refuse", ""), "person": ("person", ""),
    "choice_0": ("book", ""), "choice_1": ("move", ""), "choice_2": ("cancel", ""),
}  # fmt: skip
"""What our own buttons mean: that is known and not learned."""
_CLOSED = 0.9  # how sure a message of nothing but "yes" is one
_NAMED = 2  # words of a clause that names a service and no more: "and {service}"
_AWAY = 0.55  # how sure the model must be that a clause has nothing to do with us
_WORTH_NAMING = 2  # words of a clause that is said back as not understood
_SETTLED = ("offer", "readback", "receipt")  # after which whoever asks for places left is no longer looking
_BOOKED = ("receipt", "list", "else")  # after which nothing stands open that a time could belong to
_OURS = ("book", "move", "cancel", "choose", "tell", "available", "agree")
_LIMITING = ("after", "before", "done")  # what an hour is where it limits: "from ten on because of the bus" asks no way
_CLEARLY = 0.1  # how much likelier a wish to be reminded is than any other, so that its day is no day for a visit
_FOR_STAFF = ("waitlist", "note", "remind")  # what is only told; of the waiting list, beside another booking
_SOUNDS_LIKE = tuple("more available services class move".split())  # what a question we do not know is taken for
_COMPARES = 0.35  # how sure a clause only asks about the services that it names
_WANTS = ("book", "move", "available", "choose", "correct", "services")
_OF_A_TIME = ("price", "length", "services")  # asked of an appointment at a time: "how much is a cut on friday at 10?"


@dataclass(frozen=True, slots=True)
class Message:
    """What a message holds and does; aside: stretches whose days are no wish: other talk, questions about a fact;
    wonders: the words that ask what is on no topic of ours; usual: a price is asked of another service than the one
    that is talked about; compares: the services that it names are only asked about."""

    values: Values
    clauses: tuple[Clause, ...]
    acts: tuple[Heard, ...]
    aside: tuple[tuple[int, int], ...]
    unheard: tuple[str, ...]
    asked: bool
    wonders: str = ""
    usual: bool = False
    compares: bool = False


def hear(values: Values, after: After, *, tells_foreign: bool) -> Message:
    """Take a message apart; after is what the desk had said before it."""
    if (button := pressed(values.text)) in PRESSED:
        return Message(values, (), (Heard(*PRESSED[button], 1.0),), (), (), asked=False)
    parts = clauses(values)
    language = values.language
    whole = read(masked(values), after, language)
    each = [whole] if len(parts) < 2 else [read(part.masked, after, language) for part in parts]
    each = [() if _only_names_what_costs(values, parts, place) else one for place, one in enumerate(each)]
    each = [() if _refuses_nothing(values, parts, place) else one for place, one in enumerate(each)]
    if says_only(("day_before", "no"), values):  # "no, the day before" wants no reminder
        whole, *each = (tuple(h for h in one if h.act != "remind") for one in (whole, *each))
    only_if = [len(parts) > 1 and not part.asked and begins_as_condition(values, part.start) for part in parts]
    each = [tuple(h for h in one if not (if_ and h.act == "ask")) for one, if_ in zip(each, only_if, strict=False)]
    questions = [() if only_if[place] else asks_of(values, parts, each, place, after) for place in range(len(parts))]
    asked = tuple(_asked_about(values, parts, each, after))
    asked += tuple((part.start, part.end) for part in parts if asks_for_more(values, part))  # whoever it names, too
    aside = (*asked, *_if_taken(values, parts), *(_aside(values, parts, each) if tells_foreign else ()))
    aside += _only_asked_about(values, parts, questions, each, after)
    wishes = [part.masked for part in parts if (part.start, part.end) not in asked] if asked else [masked(values)]
    acts = joined([whole, *each, *anywhere(wishes, after, language), _told_by_words(values)])
    acts = joined([acts, _wished_beside_a_question(values, parts, each)])
    acts = tuple(one for one in acts if one.act != "ask") if any(only_if) else acts
    acts = _with_questions(acts, questions, each)
    if values.says("anyone") and not any(questions):  # "could that be at once, whoever does it?"
        acts = tuple(h for h in acts if h.topic != "who")
    rules = tuple(_unmeant(values, parts))
    acts = _waiting(tuple(h for h in acts if not any(falls(h) for falls in rules)), values)
    wonders = _wonders(values, parts, each, questions)
    priced = [place for place, asks in enumerate(questions) if any(h.topic == "price" for h in asks)]
    usual = any(asks_the_usual(values, parts, place) for place in priced)
    unheard, asks = _unheard(values, parts, each), any(part.asked for part in parts)
    return Message(values, parts, acts, aside, unheard, asks, wonders, usual, _only_compares(values, parts, each))


def _only_compares(values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]]) -> bool:
    """Tell whether a message only asks about the services that it names: "is that any good, or is a colour better?"."""
    naming = [(part, acts) for part, acts in zip(parts, each, strict=True) if is_in(values.services, part)]
    others = [acts for part, acts in zip(parts, each, strict=True) if (part, acts) not in naming]
    whens = any(part.start <= at < part.end for part, _ in naming for at in values.whens)
    asked = all(part.asked or begins_as_question(values, part.start) for part, _ in naming)
    asked = asked and all(_COMPARES <= likeliest(acts, "ask") > wished(acts) for _, acts in naming)
    wants = likeliest((h for acts in others for h in acts), *_WANTS)
    return bool(naming) and asked and not whens and wants < FAINT


def _only_names_what_costs(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause only names a service of which the next asks the price: "and a colour, how much is it?"."""
    return leads_to_a_price(values, parts, place, most=_NAMED) and "{service}" in parts[place].masked


def _refuses_nothing(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause only asks of what is told before it, whatever it sounds like: "it takes longer, no?", "I'll
    bring my mother, não faz mal?"."""
    if place == 0 or not parts[place].asked:
        return False
    inside = {*range(values.before(parts[place].start), values.before(parts[place].end))}
    return inside <= values.places("no") or worried_of(values, parts, place)


def _wonders(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], questions: Sequence[tuple[Heard, ...]]
) -> str:
    """Return the clauses that ask what is on no topic of ours, as they were written, without an "and" before them; a
    "is that bad?" with what it is asked of, and of one that asks for their own appointments nothing."""
    told = dict[int, str]()
    for place, (part, acts, asks) in enumerate(zip(parts, each, questions, strict=True)):
        if likeliest(acts, "lookup") < ASKED and any(h.topic == "other" for h in asks):
            start = parts[place - 1].start if told_with(values, parts, place) else part.start
            rest = parts[place + 1 :][: 0 if part.asked else 1]  # "how long is it, until the results are there?"
            end = max([part.end, *(one.end for one in rest if one.asked and not questions[place + 1])])
            told[start] = without_joints(values.text[start:end], values.language).strip(" ¿?!.,;")
    return " – ".join(told.values())


def _wished_beside_a_question(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]]
) -> tuple[Heard, ...]:
    """Return the booking that a clause of its own wishes for, beside a question: "I need a cut. Must I wash it?"."""
    if not any(part.asked for part in parts):
        return ()
    for part, acts in zip(parts, each, strict=True):
        best = max(acts, key=lambda h: h.probability, default=None) if not part.asked else None
        wishes = best is not None and best.act == "book" and best.probability >= ASKED
        if wishes and is_in(values.services, part):
            return (Heard("book", "", _CLOSED),)
    return ()


def _with_questions(
    acts: tuple[Heard, ...], questions: Sequence[tuple[Heard, ...]], each: Sequence[tuple[Heard, ...]]
) -> tuple[Heard, ...]:
    """Return acts with what each clause asks; what only a question for the owner sounded like is not wished for."""
    if any(questions):
        acts = joined([tuple(h for h in acts if h.act != "ask"), *questions])
    else:
        acts = tuple(h for h in acts if h.act != "ask" or h.topic not in ("other", *FACTS))
    opened = [any(h.topic == "other" for h in asks) for asks in questions]
    if not any(opened):
        return acts
    rest = [heard for heard, is_open in zip(each, opened, strict=True) if not is_open]
    wished_for = [tuple(h for h in heard if h.act in _SOUNDS_LIKE) for heard in rest]
    return joined([tuple(h for h in acts if h.act not in _SOUNDS_LIKE), *wished_for])


def _unmeant(values: Values, parts: Sequence[Clause]) -> Iterator[Callable[[Heard], bool]]:
    """Yield which acts fall, whatever was heard, for what the words of a message tell."""
    goes = any(one.relation == "done" for one in values.times)
    if (goes and not any(part.asked for part in parts)) or asks_a_time(values, parts):
        yield lambda h: h.topic == "other" and h.probability < SURE
    until = [part for part in parts if rule_asked(values, part)]
    led = [parts[at - 1] for at, part in enumerate(parts) if at and part in until]  # "and to cancel, how is that done?"
    only_asks = until and not any(is_in(values.marked("cancels"), part) for part in parts if part not in until + led)
    if only_asks or (values.services and goes and not values.says("cancels")):  # "knippen, ik moet om 4 uur weg"
        yield lambda h: h.act in ("cancel", "not_coming", "withdraw")
    if {hit.start for hit in values.services} & {mark.start for mark in values.marked("sees")}:  # "talk to the doctor"
        yield lambda h: h.act == "person"
    if values.services and not values.says("waitlist"):  # "put me on the pilates" is a booking
        yield lambda h: (h.act, h.topic) == ("waitlist", "join") and h.probability < _CLOSED


def _waiting(acts: tuple[Heard, ...], values: Values) -> tuple[Heard, ...]:
    """Return acts with a wish for the waiting list that is said in so many words, and without what it sounds like."""
    joins, others = ([h for h in acts if (h.topic == "join") == joins] for joins in (True, False))
    if not values.says("waitlist") or likeliest(joins, "waitlist") < likeliest(others, "waitlist"):
        return acts
    list_at = values.marked("waitlist")[0].start
    otherwise = any(mark.start < list_at for mark in values.marked("otherwise"))  # "is four free? if not, the list"
    waits = Heard("waitlist", "otherwise" if otherwise else "join", CERTAIN)
    theirs = values.places("cancels") <= values.places("waitlist")  # "if anybody cancels, let me know"
    dropped = {"waitlist", "remind", *(("cancel", "not_coming") if theirs else ())}
    unasked = ("other", "services", *(("places",) if otherwise else ()))  # "if it is full, the list"
    return joined([tuple(h for h in acts if h.act not in dropped and h.topic not in unasked), (waits,)])


def _only_asked_about(
    values: Values,
    parts: Sequence[Clause],
    questions: Sequence[tuple[Heard, ...]],
    each: Sequence[tuple[Heard, ...]],
    after: After,
) -> tuple[tuple[int, int], ...]:
    """Return all of a message whose day or hour is no wish: whether it is open then ("isn't the 8th a holiday?"), or
    once something is booked, a fact beside no more than a part of the day ("black coffee in the morning?")."""
    whole, topics = ((0, len(values.text)),), [{h.topic for h in asks} for asks in questions]
    wishes, open_ = [wished(acts) for acts in each], ["hours" in told for told in topics]
    named = [place for place, part in enumerate(parts) if any(part.start <= at < part.end for at in values.whens)]
    later = [on and wish < FAINT for on, wish in zip([*open_, False][1:], wishes, strict=True)]
    short = [place > 0 and len(part.masked.split()) <= _NAMED for place, part in enumerate(parts)]
    ours = values.shifts or values.services or values.people
    open_day = any(open_) and named and not ours and all(open_[at] or later[at] or short[at] for at in named)
    waits = likeliest((h for acts in each for h in acts), "waitlist")
    wish = max([*wishes, waits + (SURE - FAINT)])  # "tell me if somebody drops out in the morning?"
    facts = wish < SURE and after in _BOOKED and any(told & {"other", *FACTS} for told in topics)
    only = values.times and all(one.relation == "part" for one in values.times) and not (values.days or ours)
    return whole if open_day or (facts and only) else ()


def _if_taken(values: Values, parts: Sequence[Clause]) -> tuple[tuple[int, int], ...]:
    """Return the clauses that only say what is not wished for: "if the 2nd is taken, the 9th and the 16th"."""
    taken = phrases(values.words, lists_of(LIMITS, values.language)["taken"])
    told = [values.words[at].start for at in taken]
    found = [p for p in parts if begins_as_condition(values, p.start) and any(p.start <= at < p.end for at in told)]
    return tuple((p.start, p.end) for p in found if any(not p.start <= day.start < p.end for day in values.days))


def _told_by_words(values: Values) -> tuple[Heard, ...]:
    """Return what a message does that says no more than yes, no, or "appointment": that needs no learning."""
    for key, act in (("yes", "agree"), ("no", "refuse"), ("appointment", "book")):
        if says_only((key,), values) and "?" not in values.text:
            return (Heard(act, "", _CLOSED),)
    if values.says("asks_mine"):
        return (Heard("lookup", "", CERTAIN),)
    named = {hit.ids for hit in values.services}
    if values.says("changes") and len(named) == 2 and not values.says("and"):  # "swap my cut for a colour"
        return (Heard("move", "", CERTAIN),)
    if values.says("cancels") and values.says("series", "following"):
        return (Heard("cancel", "", _CLOSED),)
    return ()


def _asked_about(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], after: After
) -> Iterator[tuple[int, int]]:
    """Yield the stretches that only ask about a day or a person, or only tell the staff something."""
    told, books = False, likeliest((h for acts in each for h in acts), "book") >= SURE
    kept = (*_OF_A_TIME, "hours") if books else _OF_A_TIME  # "are you open on sunday? I'd need a haircut"
    for part, acts in zip(parts, each, strict=False):
        asks = likeliest((h for h in acts if h.topic not in kept), "ask")
        tells = likeliest(acts, *_FOR_STAFF[after != "readback" :])
        wishes = wished(acts)
        goes_on = told and wishes < FAINT and not any(part.start <= start < part.end for start, _ in values.spans)
        service = is_in(values.services, part)
        told = goes_on or (tells >= ASKED and wishes < (ASKED if tells >= SURE else FAINT) and not service)
        reminds = likeliest(acts, "remind")
        told = told or reminds >= max(ASKED, wishes + _CLEARLY)
        places = after in _SETTLED and not values.barred and is_in(values.marked("asks_places"), part)
        bare = not part.asked and len(part.masked.split()) == 1  # a name between two commas asks nothing about anybody
        asked = part.asked or is_in(values.marked("asking"), part)
        limits = is_in([one for one in values.times if one.relation in _LIMITING], part)
        limits = limits or is_in(values.marked("otherwise", "half", "quarter", "three_quarters"), part)
        brings = may_come(values, range(values.before(part.start), values.before(part.end)))
        if told or places or (SURE <= asks > wishes and (asked or not (limits or bare)) and not brings):
            yield part.start, part.end


def _aside(values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]]) -> tuple[tuple[int, int], ...]:
    """Return the stretches that are about taxis, films and weather: their days are no wish."""
    ours = [v.start for v in (*values.services, *values.people)] + [m.start for m in values.marked("appointment")]
    because = phrases(values.words, lists_of(LIMITS, values.language)["because"]).values()
    found = []
    for start, end in sentences(values.text):
        named = [m.start for m in values.marked("elsewhere") if start <= m.start < end]
        ends = [values.words[at].end for at in because]
        reason = any(at <= first and values.joined(at, first, "skip") for at in ends for first in named)
        foreign = bool(named) and not reason  # "from ten on, because of the bus"
        if foreign and not any(start <= at < end for at in ours):
            found.append((start, end))
    for part, acts in zip(parts, each, strict=False):
        away, near = likeliest(acts, "offtopic", "instruct"), likeliest(acts, *_OURS)
        if away >= _AWAY and near < FAINT:
            found.append((part.start, part.end))
    return tuple(found)


def _is_answered_for(values: Values, part: Clause, acts: Sequence[Heard]) -> bool:
    """Tell whether a clause is a question or a refusal: what stands beside it belongs to it, or tells why."""
    if part.asked or likeliest(acts, "ask", "refuse", "withdraw") >= ASKED:
        return True
    return is_in([*filter(None, (values.name,)), *values.marked("no", "not_after", "cannot_come")], part)


def _unheard(values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]]) -> tuple[str, ...]:
    """Return the clauses of which nothing could be made: no value, no small word, no act."""
    found, courtesy = [], lists(values.language)["courtesy"]
    held = [start for start, _ in values.spans] + [shift.start for shift in values.shifts]
    held += [one.start for one in (values.name, values.phone, values.email, values.code) if one]
    held += [mark.start for mark in values.marks if mark.key != "skip"]
    told = [_is_answered_for(values, part, acts) for part, acts in zip(parts, each, strict=False)]
    for number, (part, acts) in enumerate(zip(parts, each, strict=False)):
        if any(told[max(number - 1, 0) : number + 2]):
            continue  # "may the dog come along? he's tiny", "Monday is no good, I'm on the road"
        silent = all(h.act == "unclear" or h.probability < FAINT for h in acts)
        long_enough = len(values.written(part).split()) >= _WORTH_NAMING
        polite = all(plain(w) in courtesy for w in part.masked.split())
        if silent and long_enough and not polite and not any(part.start <= at < part.end for at in held):
            found.append(values.written(part).strip())
    return tuple(found)
