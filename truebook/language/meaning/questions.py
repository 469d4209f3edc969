"""What a clause asks: a fact that the desk knows, one for the owner, or nothing; how surely, and by which words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from truebook.language.acts import After, Heard, likeliest, read
from truebook.language.lists import in_any, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.lists.ordinary import rare_words
from truebook.language.meaning.clauses import Clause, begins_as_question, clauses, masked, tells_why
from truebook.language.meaning.noting import says
from truebook.language.spans import blanked, clear_of, spans
from truebook.language.text import sentences
from truebook.language.values.said import Values

_A_VALUE = re.compile(r"\{\w+\}")
_ANYWHERE = ("book", "move", "cancel", "lookup", "available", "ask", "person", "late", "complain", "bye", "thank")
"""What means the same wherever it is said."""
_ELSEWHERE = 0.92  # what that is worth beside what was learned for this place
_LIKELY = 0.5  # how sure a question beside a yes is about a fact
MOST_DAYS = 60  # numbers above it are no days, and no minutes
_WISHES = tuple(
    "book move cancel choose available more correct class every people late refuse doubt withdraw not_coming".split()
)
_ASKS_BY_WORDS = ("payment", "price", "who", "places", "access", "services", "length")
FACTS = ("address", "parking", "payment", "included", "children", "animals", "access", "bring", "policy")
"""What the owner told: an answer to another question is worse than none, so it must be surely asked."""
_NO_FACT = tuple(
    "book move cancel lookup choose available more class every people services same waitlist late person note remind "
    "smalltalk offtopic instruct complain doubt greet".split()
)  # what a question may be that asks for no fact
CERTAIN = 0.99  # how sure two services with "swap" are a change of one to the other
ASKED = 0.5  # how sure a question is one for the owner that is none of those we know
_SURELY = 0.8  # how sure a question with an "earlier" is one for the owner, and no wish for another time
_FEW = 3  # words of a clause that only goes on
_A_THING = 4  # words of one that only names what the next one asks about
FAINT = 0.3  # below it an act is as good as none
SURE = 0.6  # how sure a clause is a question about a fact, so that the day in it is only asked about


def facts_asked(question: Values, *, outright: bool) -> tuple[str, ...] | None:
    """Return the topics of a question that stands alone, as far as they are heard; None where it rather wishes.

    outright: that something is asked is said in so many words; then it is no doubt.
    """
    parts, language = clauses(question), question.language
    if rules := [topic for part in parts for topic in rule_asked(question, part)]:
        return tuple(rules)
    each = [read(part.masked, "nothing", language) for part in parts]
    asks = (asks_of(question, parts, each, place, "nothing") for place in range(len(parts)))
    others = (h for h in read(masked(question), "nothing", language) if h.act != "ask")
    acts = joined([tuple(others), *asks])
    wishes = {*_WISHES, "waitlist", "person"} - ({"doubt"} if outright else set())
    asked = likeliest(acts, "ask", "remind")
    if likeliest(acts, *wishes) >= max(FAINT, asked * (1.0 if outright else _LIKELY)):
        return None
    told = tuple(h.topic or h.act for h in acts if h.act == "ask" or (h.act == "remind" and h.probability >= ASKED))
    facts = tuple(topic for topic in told if topic in FACTS)
    named = phrases(question.words, lists_of("consent", language)["question"])
    return facts if facts and named else told  # "the other question, about parking, can anyone answer that?"


def told_with(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a question is about what is told before it in the same sentence: "I'll bring my wife, if I may?"."""
    short = len(parts[place].masked.split()) <= _FEW and parts[place].asked and not parts[max(place - 1, 0)].asked
    return worried_of(values, parts, place) or (short and _is_one_sentence(values, parts, place))


def brings_somebody(values: Values, start: int, end: int) -> bool:
    """Tell whether a stretch of a message says that somebody is brought along: "I'm taking my husband along"."""
    brings = phrases(values.between(start, end), lists_of("company", values.language)["brings"])
    return bool(brings) and any(start <= mark.start < end for mark in values.marked("kin"))


def worried_of(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause asks whether what is told before it in the same sentence is a problem."""
    part, before = parts[place], parts[max(place - 1, 0)]
    told, short = values.written(before), len(part.masked.split()) <= _FEW
    worry = says("worry", values.written(part), values.language)
    about = says("about", told, values.language) or brings_somebody(values, before.start, before.end)
    worry = worry or bool(short and about)  # "I'm taking my husband along, all right?"
    return worry and part.asked and not before.asked and _is_one_sentence(values, parts, place)


def _is_one_sentence(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause and the one before it are of one sentence."""
    return place > 0 and not {*values.text[parts[place - 1].end : parts[place].start]} & {*".!?;\n"}


def asks_of(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], place: int, after: After
) -> tuple[Heard, ...]:
    """Return what a clause asks: the topic surely meant, or else one for the owner; nothing, where it asks for no fact.

    Nothing that is asked is passed over, and none of it is answered by what was only likely to be meant.
    """
    part = parts[place]
    bare = [read(part.masked, after, values.language)] if len(parts) < 2 else []  # without its mark
    found = joined([each[place], *bare, *anywhere([part.masked], after, values.language)])
    asks = [heard for heard in found if heard.act == "ask"]
    best = asks[0] if asks else Heard("ask", "other", 0.0)
    by_words = {
        topic: mark for topic in _ASKS_BY_WORDS for mark in values.marked(f"asks_{topic}") if is_in([mark], part)
    }
    if rules := rule_asked(values, part):
        return (Heard("ask", rules[0], CERTAIN),)
    if asks_when_it_is_open(values, part):
        return (Heard("ask", "hours", CERTAIN),)
    if best.topic not in FACTS and worried_of(values, parts, place):
        return (Heard("ask", "other", CERTAIN),)
    if best.topic == "length" and phrases(values.words, lists_of("preparing", values.language)["results"]):
        best = Heard("ask", "other", CERTAIN)  # "how long until I get the results?"
    if part.asked and not by_words and best.topic != "included" and _asks_about_it(values, part):
        return (Heard("ask", "other", CERTAIN),)
    named = each[place - 1] if place and leads_to_a_price(values, parts, place - 1) else ()
    apart = next((h for h in (*asks, *named) if h.topic in ("parking", "policy") and h.probability >= _SURELY), None)
    if apart and "price" in by_words and not is_in(values.services, part):
        return (apart,)  # "what does parking cost?", "and the parking, how much is that?"
    priced = "price" in by_words or (best.topic == "price" and best.probability >= ASKED)
    if is_reduced(values, part, priced=priced) and (priced or _is_asked(values, parts, place)):
        return tuple(Heard("ask", topic, CERTAIN) for topic in (*(["price"] if priced else []), "other"))
    talk = likeliest(each[place], "smalltalk") >= SURE
    if "price" in by_words and not part.asked and (talk or is_in(values.marked("praise"), part)):
        return ()  # "il prezzo ok", "non ho chiesto il prezzo"
    if "payment" in by_words:  # "si paga col bancomat?"
        by_words.pop("price", None)
        if not (_is_asked(values, parts, place) or _leads_in(values, part) or best.probability >= ASKED):
            by_words.pop("payment")  # "then I'll bring cash"
    if "access" in by_words and not (_is_asked(values, parts, place) or begins_as_question(values, part.start)):
        by_words.pop("access")  # "we take that step by step" asks for no stairs
    said = list(by_words)
    if not (said or part.asked) and leads_to_a_price(values, parts, place):
        return ()
    if not part.asked and place and tells_why(values, part.start):
        return ()  # "in the morning, because then I have to take her home"
    if is_in(values.marked("whichever"), part) and (not part.asked or "who" in (best.topic, *by_words)):
        return ()  # "who is free is all the same to me", also with the mark of what is asked before it
    if said and (best.topic in _ASKS_BY_WORDS or best.probability < SURE or "services" in said):  # "free parking?"
        besides = (h.topic for h in _beside(values, part, after) if h.topic not in ("other", *FACTS))
        return tuple(Heard("ask", topic, CERTAIN) for topic in dict.fromkeys([*said, *besides]))
    shifted = likeliest(found, "move", "more") > best.probability
    shifted = shifted and is_in(values.marked("earlier", "later"), part)  # "dá pra ser uma hora antes?"
    moved = shifted or is_in(values.shifts, part)
    when = (*values.days, *values.times, *values.marked("same_time", "same_day", "soonest", "latest"))
    timed = moved or is_in(when, part)
    begins = next(start for start, end in sentences(values.text) if start <= part.start < end)  # "he is 81. Is ...?"
    amount = amount_named(values, begins, part.end) if after != "nothing" else 0
    sums = _is_asked(values, parts, place) and (is_in(values.marked("in_all"), part) or amount > MOST_DAYS) and amount
    if sums and (best.topic == "other" or best.probability < SURE):
        return (Heard("ask", "price", CERTAIN),)  # "sind die 114 für beides?"
    if (best.topic in ("other", "who") or best.probability < SURE) and not timed and asks_for_more(values, part):
        return (Heard("ask", "services", CERTAIN), Heard("ask", "other", CERTAIN))  # what of that, the team knows
    offers = part.asked and best.topic in ("other", "services") and is_in(values.marked("offers"), part)
    offers = offers and is_in(values.services, part)
    if offers and not timed and not is_in(values.marked("appointment"), part) and _names_only_ours(values, part):
        return (Heard("ask", "offered", CERTAIN),)  # "do you have a trial lesson?"
    over = not part.asked and is_in([one for one in values.times if one.relation == "done"], part)
    surely = best.probability >= _SURELY  # "must we be there ten minutes before?"
    before = parts[place - 1] if _is_one_sentence(values, parts, place) else part
    since = before.start if any(before.start <= at < before.end for at in values.whens) else part.start
    rest = blanked(values.text, values.spans)[since : part.end]  # "on friday, is that possible or not?"
    everyday = best.probability < FAINT and not rare_words(rest, values.language)
    timed = timed or (everyday and since < part.start)
    goes_on = timed and (len(part.masked.split()) <= _FEW or (moved and not surely) or everyday)
    if best.topic == "other" and (over or goes_on):
        return ()  # "si può sabato?", "geht das eine Stunde später auch?", "um zwölf muss ich weg" ask nothing
    remark = (_tells_when(values, part) and not (part.asked and best.probability >= FAINT)) or _is_remark(
        values, parts, each, place
    )
    if remark and (best.topic == "other" or best.probability < SURE):
        return ()
    if best.topic == "other" and _names_only_ours(values, part):
        return ()  # "a haircut?", "is that with Anna then?" are answered by what is offered
    asked = _is_asked(values, parts, place)
    if best.topic == "other" and not asked and "?" in values.text and not _leads_in(values, part):
        return ()  # "I have a lot of hair. And do you have parking?"
    if not asked and best.topic in ("other", *FACTS) and _only_tells(values, parts, each, place, found):
        return ()
    if best.topic == "works" and not values.services:
        return (Heard("ask", "other", best.probability),)  # "how does the gift card work?"
    if best.probability >= (ASKED if best.topic == "works" else SURE):
        return tuple(_beside(values, part, after)) or (best,)
    if asked:
        open_ = likeliest(found, *_NO_FACT) < ASKED
    else:
        least = {"ask": 2.0, "people": 2.0, "tell": _SURELY}  # "may my friend come or is it for one person"
        silent = not any(h.probability >= least.get(h.act, FAINT) for h in found)  # "como te decía" tells
        open_ = silent and begins_as_question(values, part.start)
    open_ = open_ and not timed and len(part.masked.split()) >= _FEW
    if open_ or (best.topic in FACTS and best.probability >= (ASKED if part.asked else SURE)):
        return (Heard("ask", "other", max(ASKED, best.probability)),)
    return (best,) if best.probability >= ASKED else ()


def _asks_about_it(values: Values, part: Clause) -> bool:
    """Tell whether it is asked what a service asks of those who come: "do I need experience for yoga?", "how many laser
    sessions will I need?"."""
    known, words = lists_of("preparing", values.language), values.between(part.start, part.end)
    asks = phrases(words, known["new"]) or phrases(words, known["how_many"])
    return bool(asks) and is_in(values.services, part) and not any(part.start <= at < part.end for at in values.whens)


def _is_remark(values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], place: int) -> bool:
    """Tell whether a clause only goes on after a question of the same sentence, whose mark it has: "what would it cost,
    I have short hair?", "could we do thursday, same sort of time?"."""
    if not _is_one_sentence(values, parts, place) or not parts[place].asked:
        return False
    asks = likeliest((h for h in each[place - 1] if h.topic != "other"), "ask") >= SURE
    asks = asks or (wished(each[place - 1]) >= SURE and len(parts[place].masked.split()) <= _A_THING)
    asks = (asks or is_in(values.marked("asks_price"), parts[place - 1])) and not begins_as_question(
        values, parts[place].start
    )
    return asks and values.before(parts[place].start) not in values.places("and", "or", "but")


def leads_to_a_price(values: Values, parts: Sequence[Clause], place: int, *, most: int = _A_THING) -> bool:
    """Tell whether a few words, `most` at the most, only name what the next ones ask the price of, or how long it is:
    "and a normal one, how much is it?"."""
    if place + 1 >= len(parts) or len(parts[place].masked.split()) > most:
        return False
    both = values.marked("asks_price", "asks_length")  # "how long is a colour and how much?" asks twice
    return is_in(both, parts[place + 1]) and not is_in(both, parts[place])


def _tells_when(values: Values, part: Clause) -> bool:
    """Tell whether a clause only tells why an hour is named before it: "after four, when he comes out of school"."""
    leads = phrases(values.words, lists_of("company", values.language)["while"])
    named = any(at < part.start for at in values.whens)
    return named and values.before(part.start) in leads


def _names_only_ours(values: Values, part: Clause) -> bool:
    """Tell whether a clause names a service or somebody of the desk, and nothing else but everyday words."""
    ours = [hit for hit in (*values.services, *values.subjects, *values.people) if part.start <= hit.start < part.end]
    small, said = in_any(values.language, "common", "filler", "courtesy"), values.small("offers", "also", "and")
    words = values.between(part.start, part.end) if ours else ()
    rest = [word.text for word in words if not any(hit.start <= word.start < hit.end for hit in ours)]
    return bool(ours) and all(word in small or word in said for word in rest)


def rule_asked(values: Values, part: Clause) -> tuple[str, ...]:
    """Return the topic where it is asked until when, or how, one may cancel or change what is booked, or none."""
    begins = next(start for start, end in sentences(values.text) if start <= part.start < end)
    gives = [mark for mark in values.marked("cancels", "changes") if begins <= mark.start < part.end]
    if not (part.asked and gives):
        return ()
    if is_in(values.marked("asks_until"), part):
        return ("policy",)
    return ("code",) if is_in(values.marked("asks_how"), part) and not (values.whens or values.services) else ()


def asks_when_it_is_open(values: Values, part: Clause) -> bool:
    """Tell whether a clause asks for the opening hours, and for those of nothing else: "¿cuál es el horario?", but not
    "¿cuál es el horario de la clase?"."""
    marks = [mark for mark in values.marked("asks_hours") if is_in([mark], part)]
    return any(values.joined(mark.end, part.end, "skip", "filler", "and") for mark in marks)


def _only_tells(
    values: Values, parts: Sequence[Clause], each: Sequence[tuple[Heard, ...]], place: int, found: Sequence[Heard]
) -> bool:
    """Tell whether a clause without a question mark asks nothing: a wish that is told rather than asked, or a few words
    beside one ("extra"); a wish to know is none."""
    part = parts[place]
    if _leads_in(values, part):
        return False
    beside = len(part.masked.split()) < _FEW and any(wished(acts) >= ASKED for acts in each if acts != each[place])
    return beside or likeliest(found, *_NO_FACT) > likeliest(found, "ask")


def _leads_in(values: Values, part: Clause) -> bool:
    """Tell whether a clause begins as a question, or says that somebody wants to know."""
    known = says("know", values.written(part), values.language)
    return known or begins_as_question(values, part.start)


def day_asked(values: Values) -> date | None:
    """Return the day that the last question of a message is about: the last one named before its mark, also one that is
    barred: "tomorrow, but not the 8th, that's a holiday, are you even open then?"."""
    asked = [part.end for part in clauses(values) if part.asked][-1:]
    days = [day for day in clear_of(values.days, spans(values.marked("same_day"))) if day.until is None]  # "ce jour-là"
    return next((day.date for day in reversed(days) if any(day.start < end for end in asked)), None)


def asks_for_more(values: Values, part: Clause) -> bool:
    """Tell whether it is asked if something else is done here, or by somebody: "macht die Nora auch Latein"."""
    does = [mark for mark in values.marked("offers") if part.start <= mark.start < part.end]
    also = [mark for mark in values.marked("also") if part.start <= mark.start < part.end]
    leads = bool(does) and values.joined(part.start, does[0].start, "and")
    words = [word for word in values.words if part.start <= word.start < part.end]
    other = clear_of(words, spans(values.marks, values.people))
    return bool(does and also and other) and (part.asked or leads) and not is_in(values.services, part)


def asks_a_time(values: Values, parts: Sequence[Clause]) -> bool:
    """Tell whether all that a message asks is for a day or a time, or no more than "would that do?"."""
    asked = [part for part in parts if part.asked]
    later = bool(asked) and asked[0] is not parts[0] and bool(values.whens or values.shifts)
    goes_on = later or values.says("later", "earlier")
    if goes_on and len(asked) == 1 and len(asked[0].masked.split()) <= _FEW:
        return True  # "later, like 12?", "friday at ten. would that be ok?"
    return bool(asked) and all(any(part.start <= at < part.end for at in values.whens) for part in asked)


def is_reduced(values: Values, part: Clause, *, priced: bool) -> bool:
    """Tell whether a clause is about a price that is another for some: "is it cheaper for students?"; priced: it asks
    for a price."""
    known = lists_of("pricing", values.language)
    some = known["reduced"] | (known["some"] if priced else frozenset())
    return bool(phrases(values.between(part.start, part.end), some))


def asks_the_usual(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause that asks for a price means another service than the one that is talked about, which it
    does not name: "and what does a normal lesson cost after that?", "and a normal lesson, how much is that?"."""
    start, before = parts[place].start, parts[max(place - 1, 0)]
    if not is_in(values.services, before) and leads_to_a_price(values, parts, max(place - 1, 0)):
        start = before.start
    words = clear_of(values.between(start, parts[place].end), values.spans)
    usual = phrases(words, lists_of("pricing", values.language)["usual"])
    return bool(usual) and not is_in(values.services, parts[place])


def amount_named(values: Values, start: int, end: int) -> int:
    """Return the largest number that a stretch names and is no day and no time: "152, right?"."""
    words = clear_of(values.between(start, end), [*values.spans, *spans((values.phone, values.code))])
    return max((int(number) for one in words if (number := one.text.rstrip("€$£")).isdecimal()), default=0)


def _beside(values: Values, part: Clause, after: After) -> Iterator[Heard]:
    """Yield what is asked on either side of an "and" of one question, where each side surely asks: "how long is it and
    must I fast?".
    """
    cuts = [mark.start for mark in values.marked("and") if part.start < mark.start < part.end]
    halves = [read(masked(values, a, b), after, values.language) for a, b in pairwise([part.start, *cuts, part.end])]
    for found in halves if cuts else ():
        yield from (h for h in found[:1] if h.act == "ask" and h.probability >= SURE)


def _is_asked(values: Values, parts: Sequence[Clause], place: int) -> bool:
    """Tell whether a clause has a question mark, its own or that of a word after it: "I'd pay there, possible?".

    A "yes?" or "ok?" after it asks for no fact.
    """
    follows = parts[place + 1] if place + 1 < len(parts) else None
    tag = follows is not None and follows.asked and len(follows.masked.split()) < _FEW
    return parts[place].asked or (tag and not is_in(values.marked("yes"), parts[place + 1]))


def anywhere(wishes: Sequence[str], after: After, language: str) -> Iterator[tuple[Heard, ...]]:
    """Yield the requests and questions of a message as they would be read at the beginning of a conversation.

    "Can you make an appointment for me?" is a booking wherever it stands, also where hardly anybody says it.
    """
    said = [one for one in wishes if len(wishes) == 1 or not _A_VALUE.fullmatch(one)]  # "next week", of several parts
    for wish in said if after not in ("nothing", "reminder") else ():
        found = read(wish, "nothing", language)
        yield tuple(replace(h, probability=h.probability * _ELSEWHERE) for h in found if h.act in _ANYWHERE)


def wished(acts: Sequence[Heard]) -> float:
    return likeliest(acts, *_WISHES)


def is_in(found: Sequence[Any], part: Clause) -> bool:
    return any(part.start <= one.start < part.end for one in found)


def joined(readings: Sequence[tuple[Heard, ...]]) -> tuple[Heard, ...]:
    """Return the acts of a message: of each act the most probable reading, the likeliest first."""
    best: dict[tuple[str, str], Heard] = {}
    for heard in (one for reading in readings for one in reading):
        key = (heard.act, heard.topic)
        if key not in best or heard.probability > best[key].probability:
            best[key] = heard
    return tuple(sorted(best.values(), key=lambda h: -h.probability))
