"""One message, taken apart before the conversation gives it its meaning: values, clauses, acts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from truebook.language.acts import After, Heard, read
from truebook.language.agreeing.consent import says_only
from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import phrases
from truebook.language.meaning.clauses import Clause, begins_as_condition, begins_as_question, clauses, masked
from truebook.language.meaning.noting import says
from truebook.language.text import plain, sentences
from truebook.language.values.said import Values
from truebook.language.visits.company import may_come
from truebook.language.wording import pressed

PRESSED = {
    "yes": ("agree", ""), "another_time": ("more", ""), "keep_it": ("refuse", ""), "person": ("person", ""),
    "choice_0": ("book", ""), "choice_1": ("move", ""), "choice_2": ("cancel", ""),
}  # fmt: skip
"""What our own buttons mean: that is known and not learned."""
ANYWHERE = ("book", "move", "cancel", "lookup", "available", "ask", "person", "late", "complain", "bye", "thank")
"""What means the same wherever it is said."""
_ELSEWHERE = 0.92  # what that is worth beside what was learned for this place
_CERTAIN = 0.99  # how sure two services with "swap" are a change of one to the other
_CLOSED = 0.9  # how sure a message of nothing but "yes" is one
_AWAY = 0.55  # how sure the model must be that a clause has nothing to do with us
_WORTH_NAMING = 2  # words of a clause that is said back as not understood
_LIKELY = 0.45  # how sure a question beside a yes is about a fact
_ASKED = 0.5  # how sure a question is one for the owner that is none of those we know
_SETTLED = ("offer", "readback", "receipt")  # after which whoever asks for places left is no longer looking
_FEW = 3  # words of a clause that only goes on
MOST_DAYS = 60  # numbers above it are no days, and no minutes
_FAINT = 0.3  # below it an act is as good as none
_OURS = ("book", "move", "cancel", "choose", "tell", "available", "agree")
_SURE = 0.6  # how sure a clause is a question about a fact, so that the day in it is only asked about
_WISHES = tuple(
    "book move cancel choose available more correct class every people late refuse doubt withdraw not_coming".split()
)
_LIMITING = ("after", "before", "done")  # what an hour is where it limits: "from ten on because of the bus" asks no way
_CLEARLY = 0.1  # how much likelier a wish to be reminded is than any other, so that its day is no day for a visit
_FOR_STAFF = ("waitlist", "note", "remind")  # what is only told; of the waiting list, beside another booking
_ASKS_BY_WORDS = ("payment", "price", "who", "places", "access")
_SOUNDS_LIKE = ("more", "available", "services", "class")  # what a question that we do not know is easily taken for
_FACTS = ("address", "parking", "payment", "included", "children", "animals", "access", "bring", "policy")
"""What the owner told: an answer to another question is worse than none, so it must be surely asked."""
_NO_FACT = tuple(
    "book move cancel lookup choose available more class every people services same waitlist late person note remind "
    "smalltalk offtopic instruct complain doubt".split()
)  # what a question may be that asks for no fact
_OF_A_TIME = ("price", "length", "services")  # asked of an appointment at a time: "how much is a cut on friday at 10?"


@dataclass(frozen=True, slots=True)
class Message:
    """What a message holds and does; aside: stretches whose days are no wish: other talk, questions about a fact."""

    values: Values
    clauses: tuple[Clause, ...]
    acts: tuple[Heard, ...]
    aside: tuple[tuple[int, int], ...]
    unheard: tuple[str, ...]
    asked: bool


def hear(values: Values, after: After, *, tells_foreign: bool) -> Message:
    """Take a message apart; after is what the desk had said before it."""
    if (button := pressed(values.text)) in PRESSED:
        return Message(values, (), (Heard(*PRESSED[button], 1.0),), (), (), asked=False)
    parts = clauses(values)
    language = values.language
    whole = read(masked(values), after, language)
    each = [whole] if len(parts) < 2 else [read(part.masked, after, language) for part in parts]
    if says_only(("day_before", "no"), values):  # "no, the day before" wants no reminder
        whole, *each = (tuple(h for h in one if h.act != "remind") for one in (whole, *each))
    only_if = [len(parts) > 1 and not part.asked and begins_as_condition(values, part.start) for part in parts]
    each = [tuple(h for h in one if not (if_ and h.act == "ask")) for one, if_ in zip(each, only_if, strict=False)]
    questions = [() if only_if[place] else _asks(values, parts, each, place, after) for place in range(len(parts))]
    asked = tuple(_asked_about(values, parts, each, after))
    asked += tuple((part.start, part.end) for part in parts if _asks_for_more(values, part))  # whoever it names, too
    aside = (*asked, *_if_taken(values, parts), *(_aside(values, parts, each) if tells_foreign else ()))
    wishes = [part.masked for part in parts if (part.start, part.end) not in asked] if asked else [masked(values)]
    acts = _joined([whole, *each, *_anywhere(wishes, after, language), _told_by_words(values)])
    acts = tuple(one for one in acts if one.act != "ask") if any(only_if) else acts
    acts = _with_questions(acts, questions, each)
    rules = tuple(_unmeant(values, parts))
    acts = _waiting(tuple(h for h in acts if not any(falls(h) for falls in rules)), values)
    return Message(values, parts, acts, aside, _unheard(values, parts, each), any(p.asked for p in parts))


def _with_questions(
    acts: tuple[Heard, ...], questions: Sequence[tuple[Heard, ...]], each: Sequence[tuple[Heard, ...]]
) -> tuple[Heard, ...]:
    """Return acts with what each clause asks; what only a question for the owner sounded like is not wished for."""
    if any(questions):
        acts = _joined([tuple(h for h in acts if h.act != "ask"), *questions])
    else:
        acts = tuple(h for h in acts if h.act != "ask" or h.topic not in ("other", *_FACTS))
    opened = [any(h.topic == "other" for h in asks) for asks in questions]
    if not any(opened):
        return acts
    rest = [heard for heard, is_open in zip(each, opened, strict=True) if not is_open]
    wished_for = [tuple(h for h in heard if h.act in _SOUNDS_LIKE) for heard in rest]
    return _joined([tuple(h for h in acts if h.act not in _SOUNDS_LIKE), *wished_for])


def _unmeant(values: Values, parts: Sequence[Clause]) -> Iterator[Callable[[Heard], bool]]:
    """Yield which acts fall, whatever was heard, for what the words of a message tell."""
    goes = any(one.relation == "done" for one in values.times)
    if (goes and not any(part.asked for part in parts)) or _asks_a_time(values, parts):
        yield lambda h: h.topic == "other" and h.probability < _SURE
    until = [part for part in parts if _asks_until_when(values, part)]
    only_asks = until and not any(_within(values.marked("cancels"), part) for part in parts if part not in until)
    if only_asks or (values.services and goes and not values.says("cancels")):  # "knippen, ik moet om 4 uur weg"
        yield lambda h: h.act in ("cancel", "not_coming", "withdraw")
    if {hit.start for hit in values.services} & {mark.start for mark in values.marked("sees")}:  # "talk to the doctor"
        yield lambda h: h.act == "person"
    if values.services and not values.says("waitlist"):  # "put me on the pilates" is a booking
        yield lambda h: (h.act, h.topic) == ("waitlist", "join") and h.probability < _CLOSED


def _waiting(acts: tuple[Heard, ...], values: Values) -> tuple[Heard, ...]:
    """Return acts with a wish for the waiting list that is said in so many words, and without what it sounds like."""
    joins, leaves, takes = (_likeliest(acts, topic) for topic in ("join", "leave", "take"))
    if not values.says("waitlist") or joins < max(leaves, takes):
        return acts
    list_at = values.marked("waitlist")[0].start
    otherwise = any(mark.start < list_at for mark in values.marked("otherwise"))  # "is four free? if not, the list"
    waits = Heard("waitlist", "otherwise" if otherwise else "join", _CERTAIN)
    theirs = values.places("cancels") <= values.places("waitlist")  # "if anybody cancels, let me know"
    dropped = {"waitlist", "remind", *(("cancel", "not_coming") if theirs else ())}
    unasked = ("other", "services", *(("places",) if otherwise else ()))  # "if it is full, the list"
    return _joined([tuple(h for h in acts if h.act not in dropped and h.topic not in unasked), (waits,)])


def facts_asked(question: Values, *, outright: bool) -> tuple[str, ...] | None:
    """Return the topics of a question that stands alone, as far as they are heard; None where it rather wishes.

    outright: that something is asked is said in so many words; then it is no doubt.
    """
    parts, language = clauses(question), question.language
    each = [read(part.masked, "nothing", language) for part in parts]
    asks = (_asks(question, parts, each, place, "nothing") for place in range(len(parts)))
    wished = (h for h in read(masked(question), "nothing", language) if h.act != "ask")
    acts = _joined([tuple(wished), *asks])
    wishes = {*_WISHES, "waitlist", "person"} - ({"doubt"} if outright else set())
    asked = max((h.probability for h in acts if h.act in ("ask", "remind")), default=0.0)
    if any(h.act in wishes and h.probability >= max(_FAINT, asked * (1.0 if outright else _LIKELY)) for h in acts):
        return None
    told = tuple(h.topic or h.act for h in acts if h.act == "ask" or (h.act == "remind" and h.probability >= _ASKED))
    facts = tuple(topic for topic in told if topic in _FACTS)
    named = phrases(question.words, lists_of("consent", language)["question"])
    return facts if facts and named else told  # "the other question, about parking, can anyone answer that?"


def _if_taken(values: Values, parts: Sequence[Clause]) -> tuple[tuple[int, int], ...]:
    """Return the clauses that only say what is not wished for: "if the 2nd is taken, the 9th and the 16th"."""
    taken = phrases(values.words, lists_of(LIMITS, values.language)["taken"])
    told = [values.words[at].start for at in taken]
    found = [p for p in parts if begins_as_condition(values, p.start) and any(p.start <= at < p.end for at in told)]
    return tuple((p.start, p.end) for p in found if any(not p.start <= day.start < p.end for day in values.days))


def _likeliest(acts: Sequence[Heard], topic: str) -> float:
    return max((h.probability for h in acts if h.act == "waitlist" and h.topic == topic), default=0.0)


def _asks_a_time(values: Values, parts: Sequence[Clause]) -> bool:
    """Tell whether all that a message asks is for a day or a time, or no more than "would that do?"."""
    asked = [part for part in parts if part.asked]
    goes_on = bool(values.marked("later", "earlier")) or (bool(asked) and asked[0] is not parts[0])
    if goes_on and len(asked) == 1 and len(asked[0].masked.split()) <= _FEW:
        return True  # "later, like 12?", "friday at ten. would that be ok?"
    return bool(asked) and all(any(part.start <= at < part.end for at in values.whens) for part in asked)


def _anywhere(wishes: Sequence[str], after: After, language: str) -> Iterator[tuple[Heard, ...]]:
    """Yield the requests and questions of a message as they would be read at the beginning of a conversation.

    "Can you make an appointment for me?" is a booking wherever it stands, also where hardly anybody says it.
    """
    for wish in wishes if after not in ("nothing", "reminder") else ():
        found = read(wish, "nothing", language)
        yield tuple(replace(h, probability=h.probability * _ELSEWHERE) for h in found if h.act in ANYWHERE)


def _asks(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], place: int, after: After
) -> tuple[Heard, ...]:
    """Return what a clause asks: the topic surely meant, or else one for the owner; nothing, where it asks for no fact.

    Nothing that is asked is passed over, and none of it is answered by what was only likely to be meant.
    """
    part = parts[place]
    bare = [read(part.masked, after, values.language)] if len(parts) < 2 else []  # without its mark
    found = _joined([each[place], *bare, *_anywhere([part.masked], after, values.language)])
    asks = [heard for heard in found if heard.act == "ask"]
    best = asks[0] if asks else Heard("ask", "other", 0.0)
    by_words = {
        topic: mark for topic in _ASKS_BY_WORDS for mark in values.marked(f"asks_{topic}") if _within([mark], part)
    }
    if _asks_until_when(values, part):
        return (Heard("ask", "policy", _CERTAIN),)
    if "price" in by_words and not part.asked and _within(values.marked("praise"), part):
        return ()  # "il prezzo ok"
    if "payment" in by_words:  # "si paga col bancomat?"
        by_words.pop("price", None)
    said = list(by_words)
    if not part.asked and _within(values.marked("whichever"), part):
        return ()  # "who is free is all the same to me"
    if said and (best.topic in _ASKS_BY_WORDS or best.probability < _SURE):  # "free parking?"
        return tuple(Heard("ask", topic, _CERTAIN) for topic in said)
    shifted = any(h.act in ("move", "more") and h.probability > best.probability for h in found)
    shifted = shifted and _within(values.marked("earlier", "later"), part)  # "dá pra ser uma hora antes?"
    moved = shifted or _within(values.shifts, part)
    timed = moved or _within([*values.days, *values.times, *values.marked("same_time")], part)
    amount = amount_named(values)
    sums = _is_asked(values, parts, place) and (_within(values.marked("in_all"), part) or amount > MOST_DAYS) and amount
    if sums and (best.topic == "other" or best.probability < _SURE):
        return (Heard("ask", "price", _CERTAIN),)  # "sind die 114 für beides?"
    if (best.topic in ("other", "who") or best.probability < _SURE) and not timed and _asks_for_more(values, part):
        return (Heard("ask", "services", _CERTAIN),)
    over = not part.asked and _within([one for one in values.times if one.relation == "done"], part)
    goes_on = timed and (len(part.masked.split()) <= _FEW or moved)
    if best.topic == "other" and (over or goes_on):
        return ()  # "si può sabato?", "geht das eine Stunde später auch?", "um zwölf muss ich weg" ask nothing
    if best.topic == "other" and _names_only_ours(values, part):
        return ()  # "do you have a trial lesson?", "is that with Anna then?" are answered by what is offered
    asked = _is_asked(values, parts, place)
    if not asked and best.topic in ("other", *_FACTS) and _only_tells(values, parts, each, place, found):
        return ()
    if best.probability >= _SURE:
        return tuple(_beside(values, part, after)) or (best,)
    if asked:
        open_ = not any(h.act in _NO_FACT and h.probability >= _ASKED for h in found)
    else:
        silent = not any(h.act not in ("ask", "tell") and h.probability >= _FAINT for h in found)
        open_ = silent and begins_as_question(values, part.start)
    open_ = open_ and not timed and len(part.masked.split()) >= _FEW
    if open_ or (best.topic in _FACTS and best.probability >= _ASKED):
        return (Heard("ask", "other", max(_ASKED, best.probability)),)
    return (best,) if best.probability >= _ASKED else ()


def _names_only_ours(values: Values, part: Clause) -> bool:
    """Tell whether a clause names a service or somebody of the desk, and nothing else but everyday words."""
    ours = [hit for hit in (*values.services, *values.people) if part.start <= hit.start < part.end]
    known = lists(values.language)
    small = known["common"] | known["filler"] | known["courtesy"]
    words = values.between(part.start, part.end)
    rest = [word for word in words if not any(hit.start <= word.start < hit.end for hit in ours)]
    return bool(ours) and all(word.text in small for word in rest)


def _asks_until_when(values: Values, part: Clause) -> bool:
    """Tell whether it is asked until when one may cancel, or change what is booked."""
    changes = _within(values.marked("cancels", "changes"), part)
    return part.asked and changes and _within(values.marked("asks_until"), part)


def _only_tells(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], place: int, found: Sequence[Heard]
) -> bool:
    """Tell whether a clause without a question mark asks nothing: a wish that is told rather than asked, or a few words
    beside one ("extra"); a wish to know is none."""
    part = parts[place]
    if begins_as_question(values, part.start) or says("know", values.text[part.start : part.end], values.language):
        return False
    asks = max((h.probability for h in found if h.act == "ask"), default=0.0)
    beside = len(part.masked.split()) < _FEW and any(_wishes(acts) >= _ASKED for acts in each if acts != each[place])
    return beside or any(h.act in _NO_FACT and h.probability > asks for h in found)


def _wishes(acts: Sequence[Heard]) -> float:
    return max((h.probability for h in acts if h.act in _WISHES), default=0.0)


def _asks_for_more(values: Values, part: Clause) -> bool:
    """Tell whether it is asked if something else is done here, or by somebody: "macht die Nora auch Latein"."""
    does = [mark for mark in values.marked("offers") if part.start <= mark.start < part.end]
    also = [mark for mark in values.marked("also") if part.start <= mark.start < part.end]
    leads = bool(does) and values.joined(part.start, does[0].start, "and")
    known = [*((mark.start, mark.end) for mark in values.marks), *((hit.start, hit.end) for hit in values.people)]
    words = [word for word in values.words if part.start <= word.start < part.end]
    other = any(not any(start <= word.start < end for start, end in known) for word in words)
    return bool(does and also and other) and (part.asked or leads) and not _within(values.services, part)


def amount_named(values: Values) -> int:
    """Return the largest number that is said and is no day and no time: "152, right?"."""
    spans = [*values.spans, *((one.start, one.end) for one in (values.phone, values.code) if one)]
    free = (w.text for w in values.words if not any(a <= w.start < b for a, b in spans))
    return max((int(number) for one in free if (number := one.rstrip("€$£")).isdecimal()), default=0)


def _beside(values: Values, part: Clause, after: After) -> Iterator[Heard]:
    """Yield what is asked on either side of an "and" of one question, where each side surely asks: "how long is it and
    must I fast?".
    """
    cuts = [mark.start for mark in values.marked("and") if part.start < mark.start < part.end]
    halves = [read(masked(values, a, b), after, values.language) for a, b in pairwise([part.start, *cuts, part.end])]
    for found in halves if cuts else ():
        yield from (h for h in found[:1] if h.act == "ask" and h.probability >= _SURE)


def _is_asked(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause has a question mark, its own or that of a word after it: "I'd pay there, possible?".

    A "yes?" or "ok?" after it asks for no fact.
    """
    follows = parts[place + 1] if place + 1 < len(parts) else None
    tag = follows is not None and follows.asked and len(follows.masked.split()) < _FEW
    return parts[place].asked or (tag and not _within(values.marked("yes"), parts[place + 1]))


def _within(found: Sequence[Any], part: Clause) -> bool:
    return any(part.start <= one.start < part.end for one in found)


def _told_by_words(values: Values) -> tuple[Heard, ...]:
    """Return what a message does that says no more than yes, no, or "appointment": that needs no learning."""
    for key, act in (("yes", "agree"), ("no", "refuse"), ("appointment", "book")):
        if says_only((key,), values) and "?" not in values.text:
            return (Heard(act, "", _CLOSED),)
    if values.says("asks_mine"):
        return (Heard("lookup", "", _CERTAIN),)
    named = {hit.ids for hit in values.services}
    if values.says("changes") and len(named) == 2 and not values.says("and"):  # "swap my cut for a colour"
        return (Heard("move", "", _CERTAIN),)
    if values.says("cancels") and (values.says("series") or values.says("following")):
        return (Heard("cancel", "", _CLOSED),)
    return ()


def _joined(readings: Sequence[tuple[Heard, ...]]) -> tuple[Heard, ...]:
    """Return the acts of a message: of each act the most probable reading, the likeliest first."""
    best: dict[tuple[str, str], Heard] = {}
    for heard in (one for reading in readings for one in reading):
        key = (heard.act, heard.topic)
        if key not in best or heard.probability > best[key].probability:
            best[key] = heard
    return tuple(sorted(best.values(), key=lambda h: -h.probability))


def _asked_about(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], after: After
) -> Iterator[tuple[int, int]]:
    """Yield the stretches that only ask about a day or a person, or only tell the staff something."""
    told, books = False, any(h.act == "book" and h.probability >= _SURE for acts in each for h in acts)
    kept = (*_OF_A_TIME, "hours") if books else _OF_A_TIME  # "are you open on sunday? I'd need a haircut"
    for part, acts in zip(parts, each, strict=False):
        asks = max((h.probability for h in acts if h.act == "ask" and h.topic not in kept), default=0.0)
        tells = max((h.probability for h in acts if h.act in _FOR_STAFF[after != "readback" :]), default=0.0)
        wishes = _wishes(acts)
        goes_on = told and wishes < _FAINT and not any(part.start <= start < part.end for start, _ in values.spans)
        service = _within(values.services, part)
        told = goes_on or (tells >= _ASKED and wishes < (_ASKED if tells >= _SURE else _FAINT) and not service)
        reminds = max((h.probability for h in acts if h.act == "remind"), default=0.0)
        told = told or reminds >= max(_ASKED, wishes + _CLEARLY)
        places = after in _SETTLED and _within(values.marked("asks_places"), part)
        bare = not part.asked and len(part.masked.split()) == 1  # a name between two commas asks nothing about anybody
        asked = part.asked or _within(values.marked("asking"), part)
        limits = _within([one for one in values.times if one.relation in _LIMITING], part)
        limits = limits or _within(values.marked("otherwise", "half", "quarter", "three_quarters"), part)
        brings = may_come(values, range(values.before(part.start), values.before(part.end)))
        if told or places or (_SURE <= asks > wishes and (asked or not (limits or bare)) and not brings):
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
        away = max((h.probability for h in acts if h.act in ("offtopic", "instruct")), default=0.0)
        near = max((h.probability for h in acts if h.act in _OURS), default=0.0)
        if away >= _AWAY and near < _FAINT:
            found.append((part.start, part.end))
    return tuple(found)


def _is_answered_for(values: Values, part: Clause, acts: Sequence[Heard]) -> bool:
    """Tell whether a clause is a question or a refusal: what stands beside it belongs to it, or tells why."""
    if part.asked or any(h.act in ("ask", "refuse", "withdraw") and h.probability >= _ASKED for h in acts):
        return True
    return _within([*filter(None, (values.name,)), *values.marked("no", "not_after", "cannot_come")], part)


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
        silent = all(h.act == "unclear" or h.probability < _FAINT for h in acts)
        long_enough = len(values.text[part.start : part.end].split()) >= _WORTH_NAMING
        polite = all(plain(w) in courtesy for w in part.masked.split())
        if silent and long_enough and not polite and not any(part.start <= at < part.end for at in held):
            found.append(values.text[part.start : part.end].strip())
    return tuple(found)
