"""One message, taken apart before the conversation gives it its meaning: values, clauses, acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from truebook.language.acts import After, Heard, read
from truebook.language.bounds import LIMITS
from truebook.language.clauses import Clause, clauses, masked
from truebook.language.consent import says_only
from truebook.language.lists import lists, lists_of
from truebook.language.marks import phrases
from truebook.language.text import plain, sentences
from truebook.language.values import Values
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
_ASKED = 0.5  # how sure a question is one that stands beside another in one clause
_SETTLED = ("offer", "readback", "receipt")  # after which whoever asks for places left is no longer looking
_FEW = 3  # words of a clause that only goes on
_FAINT = 0.3  # below it an act is as good as none
_OURS = ("book", "move", "cancel", "choose", "tell", "available", "agree")
_SURE = 0.6  # how sure a clause is a question about a fact, so that the day in it is only asked about
_WISHES = tuple(
    "book move cancel choose available more correct class every people late refuse doubt withdraw not_coming".split()
)
_LIMITING = ("after", "before")  # what an hour is where it limits: "from ten on because of the bus" asks no way
_FOR_STAFF = (
    "waitlist",
    "note",
    "remind",
)  # what is only told; of the waiting list, where something else is to be booked
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
    asked = tuple(_asked_about(values, parts, each, after))
    aside = (*asked, *(_aside(values, parts, each) if tells_foreign else ()))
    wishes = [part.masked for part in parts if (part.start, part.end) not in asked] if asked else [masked(values)]
    acts = _joined(
        [whole, *each, *_anywhere(wishes, after, language), _told_by_words(values), *_asked_on(values, parts, after)]
    )
    acts = tuple(h for h in acts if h.topic != "other" or not _asks_a_time(values, parts))
    if values.services and not values.says("waitlist"):  # "put me on the pilates" is a booking
        acts = tuple(h for h in acts if (h.act, h.topic) != ("waitlist", "join") or h.probability >= _CLOSED)
    joins, *others = (_likeliest(acts, topic) for topic in ("join", "leave", "take"))
    if values.says("waitlist") and joins >= max(others):
        list_at = values.marked("waitlist")[0].start
        otherwise = any(mark.start < list_at for mark in values.marked("otherwise"))  # "is four free? if not, the list"
        waits = Heard("waitlist", "otherwise" if otherwise else "join", _CERTAIN)
        acts = _joined([tuple(h for h in acts if h.act != "waitlist"), (waits,)])
    return Message(values, parts, acts, aside, _unheard(values, parts, each), any(p.asked for p in parts))


def facts_asked(question: Values, *, outright: bool) -> tuple[Heard, ...] | None:
    """Return what a question asks that stands alone, as far as it is heard; None where it rather wishes.

    outright: that something is asked is said in so many words; then it is no doubt.
    """
    acts = _joined([read(masked(question), "nothing", question.language), _told_by_words(question)])
    wishes = {*_WISHES, "waitlist", "person", "lookup"} - ({"doubt"} if outright else set())
    asked = max((h.probability for h in acts if h.act == "ask"), default=0.0)
    if any(h.act in wishes and h.probability >= max(_FAINT, asked * (1.0 if outright else _LIKELY)) for h in acts):
        return None
    return tuple(h for h in acts if h.act == "ask" and h.probability >= _LIKELY)


def _likeliest(acts: Sequence[Heard], topic: str) -> float:
    return max((h.probability for h in acts if h.act == "waitlist" and h.topic == topic), default=0.0)


def _asks_a_time(values: Values, parts: Sequence[Clause]) -> bool:
    """Tell whether all that a message asks is for a day or a time, or no more than "would that do?"."""
    asked = [part for part in parts if part.asked]
    named = [*(day.start for day in values.days), *(clock.start for clock in values.times)]
    goes_on = bool(values.marked("later", "earlier")) or (bool(asked) and asked[0] is not parts[0])
    if goes_on and len(asked) == 1 and len(asked[0].masked.split()) <= _FEW:
        return True  # "later, like 12?", "friday at ten. would that be ok?"
    return bool(asked) and all(any(part.start <= at < part.end for at in named) for part in asked)


def _anywhere(wishes: Sequence[str], after: After, language: str) -> Iterator[tuple[Heard, ...]]:
    """Yield the requests and questions of a message as they would be read at the beginning of a conversation.

    "Can you make an appointment for me?" is a booking wherever it stands, also where hardly anybody says it.
    """
    for wish in wishes if after not in ("nothing", "reminder") else ():
        found = read(wish, "nothing", language)
        yield tuple(replace(h, probability=h.probability * _ELSEWHERE) for h in found if h.act in ANYWHERE)


def _asked_on(values: Values, parts: Sequence[Clause], after: After) -> Iterator[tuple[Heard, ...]]:
    """Yield what is asked on either side of an "and" within a question: "how much is it and do you take cards?".

    What is asked beside something else and not understood is one for the owner: nothing is passed over.
    """
    asking = "?" in values.text or values.says("asking")
    wished = [start for start, _ in values.spans] + [shift.start for shift in values.shifts]
    wished += [mark.start for mark in values.marked("same_time")]
    for part in parts if asking else ():
        cuts = [m.start for m in values.marked("and") if part.start < m.start < part.end]
        for start, end in pairwise([part.start, *cuts, part.end]) if cuts or len(parts) > 1 else ():
            found = read(masked(values, start, end), after, values.language)
            likely = max((h.probability for h in found if h.act != "tell"), default=0.0)
            question = _begins_as_question(values, start, end) if cuts else part.asked
            if question and likely < _FAINT and not any(start <= at < end for at in wished):
                yield (Heard("ask", "other", _ASKED),)
            elif cuts:
                yield tuple(h for h in found if h.act == "ask" and h.probability >= _ASKED)


def _begins_as_question(values: Values, start: int, end: int) -> bool:
    first = _first(values, start)
    if "?" not in values.text and first in phrases(values.words, lists_of(LIMITS, values.language)["because"]):
        return False  # the "perché" that tells why
    return any(start <= m.start and m.end <= end and m.first == first for m in values.marked("asking"))


def _first(values: Values, start: int) -> int:
    """Return the place of the first word from a character on that is no "and"."""
    small = values.places("and")
    return next((n for n, w in enumerate(values.words) if w.start >= start and n not in small), len(values.words))


def _told_by_words(values: Values) -> tuple[Heard, ...]:
    """Return what a message does that says no more than yes, no, or "appointment": that needs no learning."""
    for key, act in (("yes", "agree"), ("no", "refuse"), ("appointment", "book")):
        if says_only((key,), values) and "?" not in values.text:
            return (Heard(act, "", _CLOSED),)
    if values.says("asks_mine"):
        return (Heard("lookup", "", _CERTAIN),)
    asks = [topic for topic in ("price", "who", "places") if values.says(f"asks_{topic}")]
    if asks:
        return tuple(Heard("ask", topic, _CERTAIN) for topic in asks)
    named = {hit.ids for hit in values.services}
    if values.says("changes") and len(named) == 2 and not values.says("and"):  # "swap my cut for a colour"
        return (Heard("move", "", _CERTAIN),)
    if values.says("have_one") and values.says("cannot_come"):
        return (Heard("not_coming", "", _CERTAIN), Heard("cancel", "", _CLOSED))
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
    told = False
    for part, acts in zip(parts, each, strict=False):
        asks = max((h.probability for h in acts if h.act == "ask" and h.topic not in _OF_A_TIME), default=0.0)
        few = len(part.masked.split()) <= _FEW  # "the day before" alone wants no reminder
        staff = [act for act in _FOR_STAFF[after != "readback" :] if act != "remind" or not few]
        tells = max((h.probability for h in acts if h.act in staff), default=0.0)
        wishes = max((h.probability for h in acts if h.act in _WISHES), default=0.0)
        values_within = any(part.start <= start < part.end for start, _ in values.spans)
        goes_on = told and not values_within and wishes < _FAINT
        service = any(part.start <= hit.start < part.end for hit in values.services)
        told = goes_on or (tells >= _ASKED and wishes < (_ASKED if tells >= _SURE else _FAINT) and not service)
        places = after in _SETTLED and any(part.start <= m.start < part.end for m in values.marked("asks_places"))
        bare = not part.asked and len(part.masked.split()) == 1  # a name between two commas asks nothing about anybody
        asked = part.asked or any(part.start <= m.start < part.end for m in values.marked("asking"))
        limits = any(part.start <= one.start < part.end and one.relation in _LIMITING for one in values.times)
        if told or places or (_SURE <= asks > wishes and (asked or not (limits or bare))):
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
    if values.name and part.start <= values.name.start < part.end:
        return True
    return any(part.start <= mark.start < part.end for mark in values.marked("no", "not_after", "cannot_come"))


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
