"""What a customer wants the team to know: "please write down that …", an allergy, a wheelchair, in their own words.

The stretch that says it is taken out of the message, so that the rest is heard as if it stood alone; unless it holds
a day, a time or a word that takes something back: then nothing is taken out, and no yes is made of what is left.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from truebook.language.acts import likeliest, read
from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Word, phrases, places_of, words_of
from truebook.language.lists.ordinary import rare_words
from truebook.language.spans import Span
from truebook.language.text import THAT, plain

LONGEST = 300
_OF_A_DATE = "".join(rf"(?<!\b{led} \d)(?<!\b{led} \d\d)" for led in ("am", "den", "dem", "der", "vom", "zum", "bis"))
_DOT = rf"{_OF_A_DATE}\.(?! (?:Klasse|Schulstufe)\b)"  # "in der 3. Klasse", "am 11. hat er Schularbeit"
_ENDS = re.compile(rf"(?:[!?;\n]|{_DOT})+|,(?=\s)(?![^()]*\))")
_BRACKET = re.compile(r"\([^()]*\)?")
_THAT = re.compile(rf"(?:\s*(?:bitte|bescheid|de|por favor|s'il vous plaît|please)\b)*[\s,]*{THAT}", re.IGNORECASE)
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ('"', '"'))
_STOP = re.compile(rf"[!?;\n]|{_DOT}")
_MINUTES = 10  # that somebody may be late, without our asking
_WRITTEN = frozenset(
    "sms text mail email whatsapp message mensaje mensagem bericht appje nachricht messaggio veille".split()
)
"""Whoever wants to be reminded in writing wants no call."""
_REACH = 7  # words within which "me … bellen" stands
_ADDED = 5  # words of what is only added to a note: "scissors only"
_QUESTION = 12  # words of a message that only asks something short
_OWN = frozenset("i ich je ik eu io yo".split())
_SUBJECT = 4  # words of somebody else who wants to know something
_LEAD = 5  # words before which a wish to know something is said
_TEAM = "team"
_SIGNS = (*".,!?;:-–…\n",)
_LED = re.compile(r"\s*[.,:;!?–…-]+\s*(?=\S)")
_TELLS = ("note", "unclear", "other_person", "smalltalk")  # acts with which nothing is wished for, nor asked
_DOES = 0.3  # how sure another act is done with what stands behind a note
_FEWEST = 2  # words of a note, where it stands after the words that ask for it
_SOUNDS = frozenset(
    "hm|hmm|ah|oh|eh|äh|ähm|euh|uh|um|uhm|please|pls|bitte|por favor|sil vous plait|per favore|graag|aub".split("|")
)
"""With which people begin to speak, and which is only polite."""
_LAST = frozenset("is ist".split())  # "dass es entzündet ist"


@dataclass(frozen=True, slots=True)
class Note:
    """What the team is to know; `said` is the stretch that says it, and `rest` the message without that, or the whole
    of it where a question goes on from there: "I never did yoga, is that bad?".

    `asked`: whether it was written down is the question; then it is whatever was said of it. `by_itself`: nobody asked
    for it to be written down.
    """

    text: str
    said: str
    rest: str
    asked: bool = False
    by_itself: bool = False


def noted(
    text: str, language: str, staff: frozenset[str] = frozenset(), with_whom: frozenset[str] = frozenset()
) -> Note | None:
    """Return what a message wants to be written down, or asks whether it was; None where it is about nothing such.

    staff: words by which people of the team are called: "tell Clara that ..." is for the team, with whom it is for.
    with_whom: those of the person whom the customer comes to, who need not be named in it.
    """
    known = lists_of("noting", language)
    words = [replace(word, text=_TEAM) if word.text in staff else word for word in words_of(text, language)]
    joints, may = lists(language)["and"] | lists(language)["but"], lists_of("company", language)["may"]
    for start, end in _clauses(text, words, language):
        inside = [word for word in words if start <= word.start < end]
        asks, about = _first(_unnamed(inside, text, language), known["ask"]), _first(_numbered(inside), known["about"])
        stop = _STOP.search(text, end)
        until = stop.start() if stop else len(text)
        sentence = [word for word in words if start <= word.start < until]
        wondered = _first(inside, known["asked"])
        named = bool(_first(inside, lists(language)["naming"]) and _first(sentence, known["stands"]))
        named = named and text[end : end + 1] == "?" and not _first(sentence, may)  # "is Rita's name on it, too?"
        kept = about and _first(sentence, known["kept"])  # "is the wheelchair still in there?"
        asked = text[until : until + 1] == "?" and bool(asks or kept or named or _first(sentence, known["asked"]))
        if asked and (asks or about or wondered or named):
            lead = wondered or asks
            told = _told(text, sentence, lead, known["light"] | joints, (start, until), with_whom) if lead else ""
            begins = max((m.end() for m in _STOP.finditer(text, 0, start)), default=0)
            before = _trimmed(text, [one for one in words if begins <= one.start < start], known["light"] | joints)
            if wondered and rare_words(before, language) and not rare_words(told, language):
                start, told = begins, before  # "and the knee, did you note that?"
            if told and _is_booking(told, language):
                return None
            told = told or text[start:until].strip(" ¿?!.,;:")
            return _note(text, told, (start, until), words, language, asked=True)
        question = text[until : until + 1] == "?"
        leads = question and 0 in phrases(inside, lists(language)["asking"] | may)  # "can Nora do verbs, and ...?"
        wanted = (asks or (about and not leads)) and text[end : end + 1] != "?"
        light = (known["light"] if asks else _SOUNDS) | joints
        told = _told(text, inside, asks, light, (start, end), with_whom) if wanted else ""
        writes = asks and all(word.text != _TEAM for word in inside[asks[0] : asks[1] + 1])
        if _says_something(told, language) and not (writes and _is_booking(told, language)):
            found = replace(_note(text, told, (start, end), words, language), by_itself=not asks)
            return replace(found, rest=text) if question and not asks else found
    return None


def _says_something(told: str, language: str) -> bool:
    """Tell whether a note is more than a few words of every day: neither "por aquí" nor "tiene 13" says anything."""
    return len(words_of(told, language)) > _FEWEST or bool(rare_words(told, language))


def _is_booking(told: str, language: str) -> bool:
    """Tell whether whoever is to be written down is the customer: "inscrivez-moi", "notieren Sie mich für Freitag"."""
    words, known = words_of(told, language), lists(language)
    under = 0 in phrases(words, known["under"] | lists_of("standing", language)["counted"])
    return under or words[0].text in known["object"] or {one.text for one in words} <= known["me"]


def told_along(text: str, language: str) -> Note | None:
    """Return what the team is told along with a yes in words of a closed list: "yes, I'll be five minutes late"."""
    words, known = words_of(text, language), lists_of("consent", language)
    told, late, come = (phrases(words, known[key]) for key in ("note", "late", "come"))
    if not told and not (late and come):  # whoever is not coming late says that it is too late
        return None
    told = told or late
    inside = places_of(told, late, come, phrases(words, known["round"]))
    inside |= {at for at, word in enumerate(words) if word.text.isdecimal() and int(word.text) <= _MINUTES}
    first = last = next(iter(told))
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    cut = (words[first].start, words[last].end)
    if told is late and text[cut[1] :].lstrip().startswith("?"):
        return None
    return _note(text, text[slice(*cut)], cut, words, language, asked=False)


def wants_call(text: str, language: str) -> Note | None:
    """Return the stretch of a message that asks for a call, and the rest; None where it asks for none."""
    known = lists_of("noting", language)
    return _clause_with(known["call"] | _apart(known["rings"], text, language), text, language, without=_WRITTEN)


def calls_us(text: str, language: str) -> Note | None:
    """Return the stretch in which customers say that they will call, and the rest; None where they do not."""
    return _clause_with(lists(language)["phones_us"], text, language)


def _apart(pairs: frozenset[str], text: str, language: str) -> frozenset[str]:
    """Return what is said of pairs of words with a few others between: "me van de week even bellen"."""
    words = [word.text for word in words_of(text, language)]
    begin, ends = zip(*(pair.split() for pair in pairs), strict=True)
    found = set[str]()
    for first in (at for at, word in enumerate(words) if word in begin):
        behind = words[first : first + _REACH]
        found |= {" ".join(behind[: at + 1]) for at, word in enumerate(behind) if word in ends}
    return frozenset(found)


def _clause_with(
    wanted: frozenset[str], text: str, language: str, *, without: frozenset[str] = frozenset()
) -> Note | None:
    """Return the first stretch with a phrase that is wanted, and none of some words."""
    words = words_of(text, language)
    for start, end in _clauses(text, words, language):
        inside = [word for word in words if start <= word.start < end]
        if _first(_unnamed(inside, text, language), wanted) and not any(word.text in without for word in inside):
            return _note(text, text[start:end].strip(" .,;:"), (start, end), words, language)
    return None


def asks_for_number(text: str, language: str) -> bool:
    """Tell whether a message only asks whether the customer's own number is kept: "did you get my number down?"."""
    known, words = lists_of("noting", language), words_of(text, language)
    own, keeps = _first(words, known["number"]), _first(words, known["keeps"])
    asked = text.rstrip().endswith("?") or 0 in phrases(words, lists(language)["asking"])
    told = any(word.text.isdecimal() for word in words)
    return bool(own and keeps) and asked and not told and len(words) <= _QUESTION


def wants_to_know(text: str, language: str) -> bool:
    """Tell whether a text begins with a wish to be told something: "but I would still like to know whether ..."."""
    told = phrases(words_of(text, language), lists_of("noting", language)["know"])
    return min(told, default=_LEAD) < _LEAD


def conditions(text: str, language: str) -> list[Span]:
    """Return where a text tells what the team wants to know of by itself: "I've never done yoga"."""
    words = words_of(text, language)
    found = phrases(_numbered(words), lists_of("noting", language)["about"])
    return [(words[first].start, words[last].end) for first, last in found.items()]


def goes_on(text: str, said: str, language: str) -> list[Span]:
    """Return where the stretches stand that follow another one in a text, in order."""
    after = text.index(said) + len(said)
    return [(start, end) for start, end in _clauses(text, words_of(text, language), language) if start >= after]


def without_lead_ins(text: str, language: str) -> str:
    """Return a text without what only leads in a question of its own, or asks whether anybody is there: "One more
    thing: can I ...?", "And tell me, ...?", "Hello, are you there? ..."."""
    words, known = words_of(text, language), lists_of("noting", language)["leads_in"]
    joints = lists(language)["and"] | lists(language)["but"]
    for first, last in phrases(words, known).items():
        while first and words[first - 1].text in joints:
            first -= 1
        before, rest = text[: words[first].start].rstrip(" ¿"), text[words[last].end :]
        led = _LED.match(rest) if not before or before.endswith(_SIGNS) else None
        if led and "?" in rest:
            asked = rest[led.end() :]
            return without_lead_ins(f"{before[:-1]}. {asked}" if before else asked, language)
    return text


def asked_outright(text: str, language: str) -> str:
    """Return a text with what somebody else wants to know asked outright: "my daughter asks if you do fringes"; what
    they ask of themselves ("if she can come") says who comes, and stays."""
    words, known, joints = words_of(text, language), lists_of("noting", language), lists(language)["and"]
    for first, last in phrases(words, known["reports"]).items():
        clause = max(start for start, _ in _clauses(text, words, language) if start <= words[first].start)
        told = [word for word in words if clause <= word.start < words[first].start and word.text not in joints]
        stop = _STOP.search(text, words[last].end)
        end = stop.start() if stop else len(text)
        asked = [word for word in words[last + 1 :] if word.start < end]
        theirs = 0 < len(told) <= _SUBJECT and not {word.text for word in told} & _OWN
        if not theirs or not asked or 0 in phrases(asked, known["they"]):
            continue
        before = text[:clause].rstrip(" ,;:-")
        before += "." if before and before[-1] not in _SIGNS else ""
        return f"{before} {text[words[last].end : end].lstrip(' ,:')}?{text[end + 1 :]}".strip()
    return text


def without_joints(text: str, language: str) -> str:
    """Return a text without the "and" or "but" that it begins with."""
    words, known, end = words_of(text, language), lists(language), 0
    while words and words[0].text in known["and"] | known["but"] and text[words[0].end :][:1] != "-":  # "puis-je"
        end, words = words[0].end, words[1:]
    return text[end:].lstrip(" ,") if words else ""


def says(kind: str, text: str, language: str) -> bool:
    """Tell whether a message holds a phrase of a kind: that it wants a person, or complains."""
    return _first(words_of(text, language), lists_of("noting", language)[kind]) is not None


def tells_of_it(text: str, language: str) -> bool:
    """Tell whether a text goes on to tell what something is, and asks for nothing: "it's the right one"."""
    words, known = words_of(text, language), lists(language)
    begins = {word.text for word in words[:2]}
    verbs = {word for one in known["is_called"] for word in one.split()} | {"its"}
    return bool(begins & verbs) and "?" not in text and words[0].text not in known["yes"]


def _note(text: str, told: str, cut: Span, words: Sequence[Word], language: str, *, asked: bool = False) -> Note:
    start, end = cut
    cut = (end - len(text[start:end].lstrip("?! ")), end)  # the mark of a question before it stays with that
    rest = _without(text, cut, words, language)
    for opens, closes in _PAIRS:  # no half of a pair
        if told.count(opens) != told.count(closes) or (opens == closes and told.count(opens) % 2):
            told = told.replace(opens, "").replace(closes, "")
    return Note(told.strip()[:LONGEST], text[cut[0] : cut[1]], rest, asked)


def _told(
    text: str, inside: Sequence[Word], asks: Span | None, light: frozenset[str], clause: Span, with_whom: frozenset[str]
) -> str:
    """Return the words of the note: those after the ones that ask for it, or else those before."""
    if asks is None:
        return _trimmed(text, inside, light)
    to = next((one for one in inside[asks[0] : asks[1] + 1] if one.text == _TEAM), None)
    that = _THAT.match(text, inside[asks[1]].end)
    named = plain(text[to.start : to.end]) if to else _TEAM
    if named != _TEAM and not (that and named in with_whom):
        return _trimmed(text, inside, light)
    after, before = inside[asks[1] + 1 :], inside[: asks[0]]
    colon = text.find(":", inside[asks[1]].end, clause[1])
    after = [word for word in after if colon < 0 or word.start > colon] or after
    told = _trimmed(text, after, light)
    return told if len(told.split()) >= _FEWEST or not before else _trimmed(text, before, light) or told


def _trimmed(text: str, words: Sequence[Word], light: frozenset[str]) -> str:
    """Return the text of some words without the light ones at its edges."""
    kept = list(words)
    while (last := phrases(kept, light).get(0)) is not None:
        kept = kept[last + 1 :]
    light -= _LAST
    while (first := next((a for a, b in phrases(kept, light).items() if b == len(kept) - 1), None)) is not None:
        kept = kept[:first]
    return text[kept[0].start : kept[-1].end] if kept else ""


def _clauses(text: str, words: Sequence[Word], language: str) -> list[Span]:
    """Return where the clauses of a text stand: commas, an "and" and a "but" divide them, a "note that" joins what
    follows, and what is only added to it: "tell Ben he is scared of clippers, scissors only"."""
    joints = [word.start for word in words if word.text in lists(language)["and"] | lists(language)["but"]]
    ends = [match.start() for match in _ENDS.finditer(text)]
    ends += [at for one in _BRACKET.finditer(text) if conditions(one.group(), language) for at in one.span()]
    asks = [words[first].start for first in phrases(words, lists_of("noting", language)["ask"])]
    about = lists_of("noting", language)["about"]
    joined: list[Span] = []
    for start, end in pairwise(sorted({0, *joints, *ends, len(text)})):
        if not text[start:end].strip(" ,.!?;\n"):
            continue
        last = joined[-1] if joined else None
        asking = last and any(last[0] <= at < last[1] for at in asks)
        stops = re.search(r"[.!?;\n,]", text[last[1] : start + 1]) if last else None
        inside = [word.text for word in words if start <= word.start < end]
        goes_on = stops and stops.group() == "," and (_goes_on_telling(text[start:end], inside, language))
        more = not stops and " ".join(inside[1:]) in about  # "it's fractions and equations"
        more = more and bool(_first([word for word in words if last and last[0] <= word.start < last[1]], about))
        if last and ((asking and (not stops or goes_on)) or more):
            joined[-1] = (last[0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on_telling(clause: str, words: Sequence[str], language: str) -> bool:
    """Tell whether a clause behind a comma goes on with what the team is told: a "that ...", a "scissors only", or
    words that do nothing else: "it's L4/L5, a bulging disc"."""
    only, known = lists_of("counting", language)["only"], lists(language)
    if _THAT.match(clause) or not words or any(word.isdecimal() for word in words):
        return bool(_THAT.match(clause))
    adds = words[0] in only | known["not_before"] | known["without"] | known["nothing"] or words[-1] in only
    heard = read(clause.strip(" ,"), "nothing", language)
    does = likeliest(h for h in heard if h.act not in _TELLS and h.topic != "other")
    return (adds and len(words) <= _ADDED) or does < _DOES


def _without(text: str, cut: Span, words: Sequence[Word], language: str) -> str:
    """Return a text without a stretch, and without an "and" that leads nowhere any more."""
    left = text[: cut[0]].strip(" ,;:(\n"), text[cut[1] :].lstrip(" .,;:!?)\n")
    rest = ", ".join(part for part in left if part)
    joints = {word.text for word in words if word.text in lists(language)["and"]}
    kept = rest.split()
    while kept and plain(kept[-1].strip(",.")) in joints:
        kept.pop()
    return " ".join(kept) if len(kept) < len(rest.split()) else rest


def _numbered(words: Sequence[Word]) -> list[Word]:
    """Return words with a 0 for each number, as lists write it: "she is 0"."""
    return [replace(word, text="0") if word.text.isdecimal() else word for word in words]


def _unnamed(words: Sequence[Word], text: str, language: str) -> list[Word]:
    """Return words without the text of those that lead to a name: neither "call me Bex" nor "anota como Zeca" asks for
    anything."""
    leads = [(a, b) for a, b in phrases(words, lists(language)["name_before"]).items() if b + 1 < len(words)]
    named = {at for a, b in leads if text[words[b + 1].start].isupper() for at in range(a, b + 1)}
    return [replace(word, text="") if at in named else word for at, word in enumerate(words)]


def _first(words: Sequence[Word], wanted: frozenset[str]) -> Span | None:
    return next(iter(phrases(words, wanted).items()), None)
