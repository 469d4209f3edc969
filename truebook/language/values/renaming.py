"""Another name than the one that is known: "not Meier, Maier", "Kelly with two l", "the surname is Reid".

Whoever says what a name is not, or writes one nearly like it, corrects it; one word of it takes the place of the word
that it is like, or that was denied.
"""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from truebook.language.lists import lists
from truebook.language.lists.marks import Mark, Word
from truebook.language.names import given_names
from truebook.language.text import either, plain
from truebook.language.values.contact import at_end
from truebook.language.values.written import (
    ARTICLES,
    PARTICLES,
    STOPS,
    Found,
    around,
    bare,
    is_word_of_a_name,
    parts_of,
    parts_of_name,
    runs,
    whole,
    with_surname,
)
from truebook.language.words import table

_DENIALS = ("not_before", "no", "not_after")
_LIGHT = ("courtesy", "filler", "yes", "yes_book", "no", "target", "for_whom")
"""Lists of the words that may stand beside a name which is all that is said."""
_ABOUT = ("surname", "naming", "full_name")
_LEADS = (*_ABOUT, *_DENIALS, "named", "name_before", "is_called")
_IS = frozenset("is ist".split())
_SMALL = ("nl", "de", "es", "pt")
"""Languages that write the particles of a surname small behind a first name."""
_FULL = 2  # words of a full name
_QUOTES = " :\"'’‘“”„«»"
_ALIKE = 2  # letters in which the right spelling may differ
_SAID = frozenset("said gesagt sagte dije dicho dit detto zei gezegd disse".split())
_AS = frozenset("as als como come comme".split())
_KISSES = re.compile(r"(?<=\w)[ ,.]+x+[.!]*$", re.IGNORECASE)
_SPELLED = re.compile(r"[,:.–-]\s*([^\W\d_a-zß-ÿ][\w'’-]+)[\s.!]*$")
_SHORT = 4  # letters of a word in which only one may
UNKNOWN = Found("", 0, 0)
"""The name that is known is wrong, and the right one was not told."""


def renamed(
    masked: str, known: str, words: Sequence[Word], said: Sequence[Mark], language: str, *, read_back: bool
) -> Found | None:
    """Return the name that a message tells instead of the known one; None where it tells none.

    masked: the text without the names of services and staff, its days and times as commas; read_back: the known name
    was just read back.
    """
    if outright := _in_full(masked, words, said, language):
        return outright if outright.text != known else None
    old = parts_of_name(known)
    at = re.search(rf"(?<!\w){re.escape(known)}(?!\w)", masked)
    if at and (longer := with_surname(Found(known, *at.span()), masked, language)).text != known:
        return longer  # "put Hannah Price as the name"
    denied = _denied(masked, words, said, frozenset(plain(known).split()))
    no = [mark for mark in said if mark.key in _DENIALS]
    about = any(mark.key in _ABOUT for mark in said)
    every = [*runs(masked, language), *_surnames(masked, said, language)]
    large = any(run.text[:1].isupper() for run in every)  # whoever writes names large writes all of them so
    theirs = ("kin", "their_name")
    leads = (*theirs, *(() if denied else _DENIALS))  # neither "my boy Rory" nor "não tínhamos dito" is the customer
    ends = [mark.end for mark in said if mark.key in leads]
    told = (one for one in every if not any(e <= one.start and not masked[e : one.start].strip() for e in ends))
    one_of = {plain(one) for one in table(language).article.split("|")}  # "the x is just a kiss" names nobody
    told = (one for one in told if one.text[:1].isupper() or not one_of & {*plain(masked[: one.start]).split()[-1:]})
    heard = (_without(run, old, denied, about=about, less=bool(no)) for run in told)
    found = [one for one in heard if one and not (large and one.text.islower())]
    texts = [one.text.casefold() for one in found]
    found = [one for one, own in zip(found, texts, strict=True) if not any(own in t and own != t for t in texts)]
    for one in found:
        new, surname = parts_of_name(one.text), _is_surname(one, masked, said, language)
        alone = len(new) == 1 and (surname or _is_said(one, masked, said, language))
        place = _place(new[0], old, denied) if alone else None
        if alone and surname and place is None:
            return Found(_joined([*(old[:-1] or old), new[0]], language), one.start, one.end)
        if place is not None:
            return Found(" ".join([*old[:place], new[0], *old[place + 1 :]]), one.start, one.end)
        full = len(new) >= _FULL and (bool(denied) or about or _is_alike(one.text, known))
        told_so = _is_told(one, masked, said, language) or _is_all_of_a_part(one, old, masked, said, language)
        if full or (read_back and told_so) or (about and alone):
            return one
    wrong = no or any(mark.key == "is_called" for mark in said) or any(word.text in _IS for word in words)
    if any(mark.key == "full_name" for mark in said) and len(old) < _FULL:
        return UNKNOWN
    nothing_else = about and wrong and read_back and not any(m.key in ("yes", "praise", "asking") for m in said)
    nothing_else = nothing_else and plain(known) not in plain(masked)  # "Ann Lee, that's my name" says it again
    return UNKNOWN if nothing_else and "?" not in masked and not {"named", "me"} & {m.key for m in said} else None


def _in_full(text: str, words: Sequence[Word], said: Sequence[Mark], language: str) -> Found | None:
    """Return the full name that is told outright: "under Wil de Bruin", "not Bruin but Wil de Bruin", "in the name of
    my mother, May Long"."""
    known = lists(language)
    kin = [n for n, word in enumerate(words) if {word.text, word.text.removesuffix("s")} & known["kin"]]
    leads = [m for m in said if m.key in ("named", "naming", "name_before")]
    denied = min((m.first for m in said if m.key in _DENIALS), default=len(words))
    starts = [m.end for m in said if m.key == "but" and m.first > denied]
    starts += [m.end for m in leads if not any(n < m.first and not _parts(text, words[n].end, m.start) for n in kin)]
    for n in kin:  # "my mother's name is May Long" is told of her
        led = [m for m in leads if m.last < n and all(w.text in known["whose"] for w in words[m.last + 1 : n])]
        comma = text.find(",", words[n].end)
        starts += [comma + 1] if led and comma >= 0 and not _parts(text, words[n].end, comma) else []
    found = (whole(text, text, at + len(text[at:]) - len(text[at:].lstrip(" :,")), language) for at in starts)
    return next(filter(None, found), None)


def _parts(text: str, start: int, end: int) -> bool:
    return STOPS.search(text, start, end) is not None


def _denied(text: str, words: Sequence[Word], said: Sequence[Mark], old: frozenset[str]) -> frozenset[str]:
    """Return the words of the known name that stand right after a "not"."""
    pairs = [(mark, words[mark.last + 1]) for mark in said if mark.key in _DENIALS and mark.last + 1 < len(words)]
    told = (word.text for mark, word in pairs if not text[mark.end : word.start].strip(_QUOTES))
    return frozenset(told) & old


def _without(run: Found, old: Sequence[str], denied: frozenset[str], *, about: bool, less: bool) -> Found | None:
    """Return what a run of names says that is new: "torben silke" of whom is not Torben is Silke.

    about, less: it is said to be the name, or something is denied; then a full one may be less of what is known, or
    turned about.
    """
    new = run.text.split()
    while new and plain(new[0]) in denied:
        new = new[1:]
    known, told = " ".join(old).casefold().split(), [one.casefold() for one in new]
    other = len(new) >= _FULL and told != known and (about or (less and set(told) <= set(known)))
    if len("".join(new)) < _FULL or (set(told) <= set(known) and not other):
        return None
    return Found(" ".join(new), run.end - len(" ".join(new)), run.end)


def _is_surname(one: Found, text: str, said: Sequence[Mark], language: str) -> bool:
    """Tell whether a name is told as the surname: it has a "van der", or stands beside the word for it."""
    marks = [mark for mark in said if mark.key == "surname"]
    gaps = [text[mark.end : one.start] if mark.end <= one.start else text[one.end : mark.start] for mark in marks]
    return bool(parts_of(one.text)[0][1]) or any(_joins(gap, language) for gap in gaps)


def _surnames(text: str, said: Sequence[Mark], language: str) -> Iterator[Found]:
    """Yield the surnames with a "van der" that stand beside the word for it: "the surname is van der meer"."""
    for part in parts_of(text):
        for mark in said if part[1] and is_word_of_a_name(bare(part[2])) else ():
            between = text[mark.end : part.start()] if mark.end <= part.start() else text[part.end() : mark.start]
            if mark.key == "surname" and between.strip() and _joins(between, language):
                name = text[part.start() : part.start(2) + len(part[2].rstrip(".:"))]
                yield Found(name, part.start(), part.start() + len(name))


def _joins(between: str, language: str) -> bool:
    """Tell whether nothing but an "is the" stands between a name and what tells of it."""
    known = lists(language)
    small = {word for key in ("is_called", "whose") for one in known[key] for word in one.split()} | ARTICLES | _IS
    return not STOPS.search(between) and all(word in small for word in plain(between).split())


def _is_said(one: Found, text: str, said: Sequence[Mark], language: str) -> bool:
    """Tell whether a word is told as a name, and is no word beside one: it is written as a name, begins its part of a
    message, or stands right behind what leads to names."""
    large = one.text[:1].isupper() and not table(language).capital_nouns
    led = (mark for mark in said if mark.key in _LEADS and mark.end <= one.start)
    named = plain(one.text) in given_names() or not around(one, text)[0]
    return large or named or any(_joins(text[mark.end : one.start], language) for mark in led)


def _joined(parts: Sequence[str], language: str) -> str:
    """Return the parts of a name as one: behind a first name "Van der Meer" is "van der Meer"."""
    *first, last = parts
    led = bool(first) and language in _SMALL and last.split()[0].casefold() in PARTICLES
    return " ".join([*first, last[:1].lower() + last[1:] if led else last])


def _place(word: str, old: Sequence[str], denied: frozenset[str]) -> int | None:
    """Return the place of the word of a name that another one stands for: one like it, or one that was denied."""
    alike = [place for place, one in enumerate(old) if _is_alike(word, one) and word.casefold() != one.casefold()]
    return next(iter([*alike, *(place for place, one in enumerate(old) if plain(one) in denied)]), None)


def _is_alike(one: str, other: str) -> bool:
    most = 1 if min(len(one), len(other)) <= _SHORT else _ALIKE
    return OSA.distance(plain(one), plain(other), score_cutoff=most) <= most


def _bare(word: str) -> str:
    """Return a word plain; with the stop behind it, where there is one."""
    return word if STOPS.search(word[-1:]) else plain(word)


def others_named(masked: str, said: Sequence[Mark], language: str) -> list[Found]:
    """Return the names right before words that tell that somebody else is called so: "Maria Huber is her name", "Zoe is
    my daughter"."""
    joints, found = {mark.first for mark in said if mark.key in ("and", "but")}, list[Found]()
    small = {word for one in lists(language)["is_called"] for word in one.split()}
    for mark in (one for one in said if one.key == "kin"):
        for one in runs(masked[: mark.start], language)[-1:]:  # "Luca è mio figlio", but no "e mio"
            *verb, whose = map(_bare, masked[one.end : mark.start].split() or ("",))
            is_verb = set[str]() < {*verb} <= small and verb[0] not in lists(language)["and"]
            found += [one] if is_verb and plain(whose) in lists(language)["whose"] else []
    for mark in (one for one in said if one.key == "their_name_after"):
        ends = masked[mark.end :].lstrip()[:1] in ("", *".,;!?)\n") or mark.last + 1 in joints
        named = runs(masked[: mark.start], language)[-1:] if ends else []
        found += [one for one in named if not masked[one.end : mark.start].strip()]
    return found


def _is_all_of_a_part(one: Found, old: Sequence[str], text: str, said: Sequence[Mark], language: str) -> bool:
    """Tell whether a full name, with a first name that people have or a word of the known one, is all that a part of a
    message says, a yes or a "for" aside ("Maria Huber, please"), or stands right after a "to" or an "as" ("auf Maria
    Huber eintragen"), or is of the same family; whoever was called "my mother" before is not the customer."""
    words, known, own = one.text.split(), lists(language), {*plain(" ".join(old)).split()} - PARTICLES
    if len(words) < _FULL or not {plain(words[0]), plain(words[-1])} & (given_names() | own):
        return False
    if any(mark.key in ("kin", "their_name") and mark.end <= one.start for mark in said):
        return False
    small = frozenset[str]().union(*(known[key] for key in _LIGHT)) - known["with_whom"]
    lead, rest = (one.split() for one in around(one, text))
    led, family = {*lead[-1:]} & (known["target"] | _AS), {*map(plain, words)} & own
    even = _is_large(one.text) or one.text.islower()  # not "Pepe de la tienda"
    return bool((led and even) or family) or all(word in small for word in lead + rest)


def _is_large(name: str) -> bool:
    """Tell whether every part of a name has its capital, its particles aside."""
    return all(part.split()[-1][:1].isupper() for part in parts_of_name(name))


def _is_told(one: Found, text: str, said: Sequence[Mark], language: str) -> bool:
    """Tell whether a name is told as the customer's: after "under" or "for me"; a full one after a "no", a "for" or an
    "I said"; whoever is only called "my son" is not the customer."""
    table, lead = lists(language), plain(text[: one.start])
    mine = rf"(?:{either(table['for_whom'])}) (?:{either(table['me'])})$"
    large = _is_large(one.text)
    if re.search(mine, lead) or (large and at_end(language, "name_before").search(lead)):
        return True
    if any(mark.key == "kin" and mark.end <= one.start for mark in said):
        return False
    announced = lead.rsplit(" ", 1)[-1] in table["for_whom"] | table["no"] | _SAID
    return len(one.text.split()) >= _FULL and announced and (large or one.text.islower())


def told_once(found: Found, text: str) -> Found:
    """Return a name without the surname that is told before the whole of it ("Keane, Moira Keane"), also where only
    that was found of a text, as it is spelt behind it ("Sean with a u, Shaun"), without kisses ("Mo Rao xx")."""
    again = re.compile(rf"(?:, ?)((?:[^\W\d_][\w'’.-]*\s+){{1,3}}{re.escape(found.text)})(?!\w)", re.IGNORECASE)
    if whole := again.match(text, found.end):
        return Found(whole[1], whole.start(1), whole.end(1))
    spelled = _SPELLED.search(text, found.end)
    if spelled and OSA.distance(spelled[1], found.text) <= _ALIKE:
        return Found(spelled[1], spelled.start(1), spelled.end(1))
    if kisses := _KISSES.search(found.text):
        found = Found(found.text[: kisses.start()], found.start, found.start + kisses.start())
    first, *rest = found.text.split()
    if len(rest) < _FULL or rest[-1].casefold() != first.casefold().rstrip(",.;:-"):
        return found
    return Found(" ".join(rest), found.end - len(" ".join(rest)), found.end)
