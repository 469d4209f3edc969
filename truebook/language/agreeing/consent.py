"""Consent, a closed rule: a plain yes to exactly what was read back, and nothing learned can make it one.

Every word of the message must be known as part of a plain yes, or name what was read back just as it stood. What the
model reads in the message can only speak against it. Only where the very same is asked for the second time are words
forgiven that no list has, beside a yes and if nothing that is known speaks against it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from truebook.language.acts import Heard, likeliest
from truebook.language.agreeing.yeses import widened
from truebook.language.lists import lists_of
from truebook.language.lists.marks import PLACES, Mark, phrases, places_of
from truebook.language.spans import clear_of, within
from truebook.language.state import Slot
from truebook.language.text import plain
from truebook.language.values.counting import number_words
from truebook.language.values.said import Values

_AGAINST = ("refuse", "doubt", "withdraw", "not_coming")
STRONG = 0.85
FAINT, _LIKELY = 0.25, 0.45
_TERSE = 6  # words of one that is no plain yes, but in which one is said
_SHORT = 7  # words of a yes that is taken where it is asked again
_PAIR = 2  # who "both of us" are
_NEAR = 4  # words from "with" to whom it is
_WHETHER = {"en": "if", "de": "wenn ob", "es": "si", "fr": "si", "it": "se", "nl": "als of", "pt": "se"}
OTHERS = (*PLACES, *"last later earlier later_one earlier_one someone_else any_other".split())
"""What points at another one: "give me the second one"."""
_REMARKS = frozenset("agree tell note thank greet bye smalltalk choose book other_person coming offtopic".split())
TURNS = frozenset(
    "no not_before not_after hedge without cancels cancel yes_cancel changes later earlier keep alone adding also "
    "otherwise but rather soonest latest same_time same_day someone_else any_other reason cannot_come any_time any_day "
    "after_work".split()
)  # small words after a yes that take something of it back, or want more
HARD_STOP = re.compile(r"[.!;\n]")
_STOP = re.compile(r"[.,:!;\n–-]")
_WAYS = {"book": ("yes_book",), "move": ("yes_move", "yes_book"), "cancel": ("yes_cancel",)}
Purpose = Literal["book", "move", "cancel"]


def agrees(slot: Slot, purpose: Purpose, values: Values, acts: Sequence[Heard], *, again: bool = False) -> bool:
    """Tell whether a message accepts a read-back exactly as it stood.

    purpose is what it asked for: "book it" is a yes to a new time, and none to "shall I cancel it?". again: the very
    same was read back just before, and the customer was told that nothing is done yet.
    """
    values = widened(values, slot.whom, slot.guest or "")
    if likeliest(acts, *_AGAINST) >= STRONG or not restates(slot, values):
        return False
    conditional = any(h.act == "agree" and h.topic == "if" and h.probability >= STRONG for h in acts)
    if conditional and not (values.spans and not values.says("hedge")):  # "sí, a las tres y media con Anna" is none
        return False
    if _is_plain_yes(slot, purpose, values):
        return True
    return again and _is_yes_besides(purpose, values, acts)


def is_plain(slot: Slot, purpose: Purpose, values: Values, *, firm: bool = False) -> bool:
    """Tell whether a message says no more than yes to a read-back, by its words alone; firm: and more than an "ok"."""
    values = widened(replace(values, name=None), slot.whom, slot.guest or "")
    return restates(slot, values) and _is_plain_yes(slot, purpose, values, firm=firm)


def restates(slot: Slot, values: Values) -> bool:
    """Tell whether every day, time, person, service and customer that a message names is that of the slot."""
    days = all(_is(slot.day, (d.date, *d.alternatives)) and d.until is None for d in values.days)
    exact = ("at", "around")
    times = all(t.relation in exact and _is(slot.time, (t.time, *t.alternatives)) for t in values.times)
    people = all(slot.staff in hit.ids for hit in values.people)
    services = all(slot.service is None or slot.service in hit.ids for hit in values.services)
    told, known = values.name, {*plain(f"{slot.whom} {slot.guest or ''}").split()}
    name = not (told and slot.whom) or (told.text != "" and {*plain(told.text).split()} <= known)  # UNKNOWN is ""
    fewer = slot.people > 1 and values.says("alone")  # "yes, just for me" to two places
    more = values.says("for_all") and _PAIR not in slot.counts  # "yes, for both of us" to one
    return days and times and people and services and name and not (fewer or more or values.shifts or values.code)


def yes_until(slot: Slot, values: Values, purpose: Purpose) -> int:
    """Return how many words a message begins with, up to a stop or an "and", that are a yes to a read-back, and more
    than an "ok"; full praise is one where nothing but a number or an address is asked: "Perfect. Your number?"."""
    values, listed = widened(values), lists_of("consent", values.language)
    reaching = places_of(phrases(values.words, listed["reach"])) | values.places("filler")
    keys = ("yes", *_WAYS[purpose])
    longer = (mark for mark in values.marked(*keys) if mark.last > mark.first)  # the "maar" of "doe maar" is no "but"
    joints = values.places("and", "but") - {at for mark in longer for at in range(mark.first, mark.last + 1)}
    for n in range(len(values.words) - 1, 0, -1):
        gap = values.text[values.words[n - 1].end : values.words[n].start]
        stops = _STOP.search(gap) or n in joints
        reaches = HARD_STOP.search(gap) and reaching.issuperset(range(n, len(values.words)))
        firm = not (reaches and phrases(values.words[:n], listed["full"]))
        says_yes = stops and n - 1 not in joints and says_only(keys, values, until=n, firm=firm)
        rest = [(values.words[n].start, len(values.text))]
        said = replace(values.outside(rest), services=tuple(clear_of(values.services, rest)))
        if says_yes and restates(slot, said):
            return n
    return 0


def whether(values: Values) -> set[int]:
    """Return the places of each "if", of a condition or a question; the "se" of "chama-se" is none."""
    own, text = _WHETHER[values.language].split(), values.text
    return {at for at, word in enumerate(values.words) if word.text in own and text[: word.start][-1:] != "-"}


def speaks_against(heard: Heard) -> bool:
    return heard.act not in _REMARKS or (heard.act, heard.topic) == ("agree", "if")


def _is(known: object, readings: tuple[object, ...]) -> bool:
    return known is not None and known in readings


def _is_plain_yes(slot: Slot, purpose: Purpose, values: Values, *, firm: bool = False) -> bool:
    """Tell whether all words are those of a plain yes, one at least of the yes itself, or names of the slot."""
    if _is_sign(values):
        return True
    keys = ("yes", *_WAYS[purpose])
    if has_odd_signs(values) or _of_another_sort(keys, values):
        return False
    if _is_ironic(values) or _brings_somebody(values):
        return False
    return "?" not in values.text and says_only(keys, _with_numbers(slot, values), _names(slot), firm=firm)


def _with_numbers(slot: Slot, values: Values) -> Values:
    """Return the values with the numbers that were read back as words of no weight: the bare hour of "yes, 10 with
    Anna", how many "all three" are, and how many come; "both" of two answers "shall I book them?" with yes."""
    words, numbers = values.words, number_words(values.language)
    for_whom, every, small = values.places("for_whom"), values.places("all"), values.small("skip", "whose")
    hours = set[int]()
    if slot.time is not None and not slot.time.minute:
        hours = {slot.time.hour, (slot.time.hour - 1) % 12 + 1}
    counts, said = slot.counts, list[int]()
    for at, word in enumerate(words):
        before = at - 1
        while before > 0 and words[before].text in small and before not in every:  # "tous les trois"
            before -= 1
        right = counts if before in every else {slot.people} - {1} if at - 1 in for_whom else hours
        if numbers.get(word.text) in right:
            said += [at, *({at - 1, *({at - 2} if at - 1 in every else ())} & for_whom)]  # "sí, para las tres"
    pair = values.marked("both") if _PAIR in counts else ()
    if _PAIR in counts:  # "for both of us"
        said += values.places("for_all")
    three = values.places("three_of_us") if _PAIR + 1 in counts else frozenset[int]()  # "sì, per tutte e tre"
    said += [*three, *({at - 1 for at in three} & for_whom)]
    said += values.places("of_us") if said else ()
    counting = lists_of("counting", values.language)
    ends = {*said, *(mark.last for mark in pair)}
    said += [at for at, w in enumerate(words) if at - 1 in ends and w.text in counting["people"] | counting["times"]]
    marks = (Mark("filler", at, at, words[at].start, words[at].end) for at in said)
    return replace(values, marks=(*values.marks, *(replace(mark, key="yes_book") for mark in pair), *marks))


def _of_another_sort(keys: Sequence[str], values: Values) -> bool:
    """Tell whether we are told to do something else than what was asked for: "cancel it" to "shall I book it?"."""
    asked = {(mark.first, mark.last) for mark in values.marked(*keys)}
    ways = {key for ways in _WAYS.values() for key in ways} - {*keys}
    return any((mark.first, mark.last) not in asked for mark in values.marked(*ways))


def _brings_somebody(values: Values) -> bool:
    """Tell whether somebody is named behind "with" or "for", an article or two apart: "sim, com a minha filha"."""
    led = {place + away for place in values.places("with_whom", "for_whom") for away in range(1, _NEAR)}
    articles = values.places("whose", "skip", "with_whom", "for_whom")
    kin = [mark.first for mark in values.marked("kin") if mark.first in led]
    return any(at - 1 in articles for at in kin)


def _is_ironic(values: Values) -> bool:
    """Tell whether words of a yes are none together: "yeah, right"."""
    said = values.marked("yes")
    doubts = [mark for mark in values.marks if mark.key == "hedge" and mark.last > mark.first]
    whole = [(yes.first, yes.last) for yes in said]  # "pois sim" is ironic, "pois sim fica combinado" is not
    doubts = [d for d in doubts if not any(a <= d.first and d.last <= b and b - a > d.last - d.first for a, b in whole)]
    return any(yes.first >= doubt.first and yes.last <= doubt.last for doubt in doubts for yes in said)


def _is_yes_besides(purpose: Purpose, values: Values, acts: Sequence[Heard]) -> bool:
    """Tell whether a short message begins with a plain yes, or holds one, and nothing known in it speaks against that.

    What follows may be words that no list has ("oui, correct", "sí, hija, apúntame"). That is enough only where it is
    asked for the second time.
    """
    listed, keys = lists_of("consent", values.language), ("yes", *_WAYS[purpose])
    begins = 0 in phrases(values.words, listed["plainly"])
    praise = _praise(values)
    outright = any((mark.first, mark.last) not in praise for mark in values.marked(*keys))
    said = begins or (outright and len(values.words) <= _TERSE)  # "joya, anotame"
    if not said or stalls(values):
        return False
    if "?" in values.text or len(values.words) > _SHORT or has_odd_signs(values):
        return False
    if _of_another_sort(keys, values) or _brings_somebody(values):
        return False
    harmless = {"also", "keep"} if begins and purpose == "book" else {"also"}  # "oui, on garde ça"
    against = {*TURNS, *OTHERS, "asking"} - harmless
    if any(mark.key in against for mark in values.marks) or whether(values) - {0}:
        return False
    if likeliest(acts, "bye") >= STRONG:  # "c'est bon, merci, au revoir"
        return False
    somebody = {mark.first - 1 for mark in values.marked("kin")} & values.places("whose")
    return not somebody and likeliest(h for h in acts if speaks_against(h)) < FAINT


def says_only(
    keys: tuple[str, ...],
    values: Values,
    names: frozenset[str] = frozenset(),
    *,
    until: int | None = None,
    firm: bool = False,
) -> bool:
    """Tell whether a message, up to a word, only says yes (or no), perhaps politely and with values: nothing else.

    firm: an "ok" or "great" alone is not enough.
    """
    spans = values.spans
    words = values.words[:until]
    marks = [mark for mark in values.marks if mark.last < len(words)]
    also = ("filler", "all") if "yes_book" in keys else ("filler",)  # "yes, all of them" books no more than was told
    covered = {place for mark in marks if mark.key in (*keys, *also) for place in range(mark.first, mark.last + 1)}
    praise = _praise(values)
    told = [mark for mark in marks if mark.key in keys and not within(mark.start, spans)]
    said = any(not (firm and (mark.first, mark.last) in praise) for mark in told)
    rest = [word for place, word in enumerate(words) if place not in covered and not within(word.start, spans)]
    return said and all(word.text in names or _decorates(word.text) for word in rest)


def stalls(values: Values) -> bool:
    """Tell whether words are said with which people hold back."""
    listed = lists_of("consent", values.language)
    return any(phrases(values.words, listed[key]) for key in ("stalls", "unsettled"))


def _praise(values: Values) -> set[tuple[int, int]]:
    """Return the first and the last word of each praise, which is not by itself a yes."""
    return {(mark.first, mark.last) for mark in values.marked("praise")}


def _decorates(word: str) -> bool:
    """Tell whether a word only decorates: "xx", "xoxo"."""
    return set(word) <= {"x", "o"} and len(word) > 1


_SIGNS = frozenset("👍👌✅🆗🙌💯🙏")
_REFUSING = frozenset(
    "👎🙅❌🚫🤔😡😠😬🤷✋🛑😕😒🙄😂🤣❓❔❗🤨😐😑😶😏🤐😷🤒🤕🤢🤮🥴😴💤😟🙁☹😣😖😫😩😤🤬😳😱😨😰😥🤯"
    "🫤🫠🙃🤡🤥👀🤞💔💩🖕⛔⚠⏰⏱⏲⌚⌛⏳🔙🔚🔜🔃🔄🔁↩↪⏩⏪⏭⏮⬅➡⬆⬇🆚"
)
"""Signs that hold back, doubt, or wish for another time; any other only decorates: "jaaa top 🎁"."""
_CLOCKS = range(0x1F550, 0x1F568)


def _names(slot: Slot) -> frozenset[str]:
    return frozenset(plain(f"{slot.service or ''} {slot.staff or ''}").split())


def has_odd_signs(values: Values) -> bool:
    return any(c in _REFUSING or ord(c) in _CLOCKS for c in values.text)


def _is_sign(values: Values) -> bool:
    """Tell whether the message is only a thumb up or the like."""
    rest = [c for c in values.text if not c.isspace() and c not in "\ufe0f.!" and not "\U0001f3fb" <= c <= "\U0001f3ff"]
    return bool(rest) and all(c in _SIGNS for c in rest) and set(rest) != {"🙏"}
