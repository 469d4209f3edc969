"""Names, phone numbers and addresses that customers give of themselves: in any order, with or without words around."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from truebook.kernel import phones
from truebook.language.lists import in_any, lists
from truebook.language.lists.marks import Mark
from truebook.language.lists.ordinary import never_names, ordinary
from truebook.language.names import TITLES, given_names
from truebook.language.text import either, plain
from truebook.language.values.written import (
    ARTICLES,
    MOST_WORDS,
    NAME,
    OWNS,
    PARTICLES,
    Found,
    around,
    bare,
    begins,
    is_led,
    is_word_of_a_name,
    parts_of,
    runs,
    whole,
)

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w:/.-])(?:\+|00)?\(?\d[\d\s()/.-]{5,18}\d(?![\w:/-])")
_DATED = re.compile(r"\d[./-]\d\d?[./-]\d{4}|^\d{1,2}[.:]\d\d\b|\b20\d\d-\d\d")
_FEWEST_DIGITS = 7
_LONGEST_ADDRESS = 254
_STOPS = re.compile(r"[,.!?;\n()]")
_PARTED = re.compile(r"[,.!?;\n)]|\d\s|\s[-–]+\s")
_FULL = 2  # words of a full name
_TWICE = re.compile(r"\W*(?:[^\W\d_]{1,2} )?([^\W\d_]{2,}), (?=\1 [^\W\d_])", re.IGNORECASE)  # "Jo, Jo Marsh"
_SURNAMES_TOO = frozenset("bueno bello bravo claro justo young long short good best wise gut schön".split())
"""Small words that are a surname behind a first name."""
_LIGHT = frozenset(("skip", "filler", "and", "for_whom", "whose", "name_before", "named", "me"))
"""Lists whose words may be part of a name: "van", "y"."""
_SURNAME_FIRST = r"([^\W\d_a-zß-ÿ][\w'’-]+), ?([^\W\d_a-zß-ÿ][\w'’-]+)"
_TURNED = re.compile(rf"(?:^|[:.!]\s+){_SURNAME_FIRST}(?=\s*(?:[.!]|,\s*,,|,,|$))")
_TURNED_BESIDE = re.compile(r"(?:^|[,.:!])\s*([^\W\d_][\w'’-]{2,}), ?([^\W\d_][\w'’-]+)(?=\s*(?:$|[,.!]))")
_TURNED_HERE = re.compile(rf"\s*:?\s*{_SURNAME_FIRST}(?=\s*(?:[.!]|$|, +[a-zß-ÿ]))")
_TITLED = re.compile(rf"[^\W\d_]+\.? ((?:(?:{'|'.join(sorted(PARTICLES))}) )+)$")
_ENDS_LARGE = re.compile(r"(?<![\w'’-])[^\W\d_a-zß-ÿ][\w'’-]*\s+$")  # "Anouk van Rijn-de Boer"
_HARD_STOP = re.compile(r"(?<=\w\w)[.!?;\n]")


def email(text: str) -> Found | None:
    """Return the e-mail address in text."""
    found = _EMAIL.search(text)
    return Found(found.group().rstrip("."), found.start(), found.end()) if found else None


def phone(text: str, country: str | None, language: str = "") -> Found | None:
    """Return the phone number in text: as E.164 where the country and the language say how, else as it was written.

    Dates and times are none.
    """
    for found in _PHONE.finditer(text):
        written = found.group().strip()
        if sum(c.isdigit() for c in written) >= _FEWEST_DIGITS and not _DATED.search(written):
            return Found(phones.spoken(written, country, language) or written, found.start(), found.end())
    return None


def addresses(text: str) -> frozenset[str]:
    """Return what stands in a text as a word of its own and may be an e-mail address, in small letters."""
    return frozenset(one.strip(".,;:!?()<>[]\"'").removeprefix("mailto:") for one in text.lower().split() if "@" in one)


def address(written: str | None) -> str | None:
    """Return an e-mail address if that is what was written, and no more than a mail server takes."""
    found = _EMAIL.fullmatch((written or "").strip().rstrip("."))
    return found.group().lower() if found and len(found.group()) <= _LONGEST_ADDRESS else None


@cache
def at_end(language: str, *keys: str) -> re.Pattern[str]:
    """Return what finds a phrase of some lists at the end of a plain text: directly before a name."""
    return re.compile(rf"(?<!\w)(?:{either(in_any(language, *keys))})(?: (?:the|der|dem|den|die|el|la|il|le|de|o|a))?$")


def name(text: str, language: str, said: Sequence[Mark], masked: str, asked: bool, value: int | None) -> Found | None:
    """Return the customer's own name: after "my name is", beside a number, or the whole answer where it was asked for.

    masked is the text without the names of services and staff, its days and times as commas; value: where the first of
    those stands. In another sentence than the first it is no reason to take an answer for something else ("Dana. are we
    all done at 4?").
    """
    first = _HARD_STOP.search(text)
    busy = value is not None and not (first and first.start() < value)
    beside = _beside_number(masked, language)
    masked = _without_numbers(masked)
    ends = [mark.end for mark in said if mark.key in ("named", "name_before")]
    announced = [_TURNED_HERE.match(masked, end) for end in ends]
    beside_it = (one for one in _TURNED_BESIDE.finditer(masked) if value is not None and _is_turned(one, language))
    if turned := _surname_first([*announced, *([_TURNED.search(masked)] if asked else beside_it)], language):
        return turned
    others = [mark.start for mark in said if mark.key in ("kin", "their_name")]  # "mia sorella è Ornella Sannino"
    theirs = {m.start for m in said if any(at <= m.start and not _STOPS.search(masked, at, m.start) for at in others)}
    starts = [mark.end for mark in said if mark.key in ("named", "name_before") and mark.start not in theirs]
    starts = [*starts, *([0] if asked and not _STOPS.search(text.strip(" .!?")) else [])]
    if full := next(filter(None, (whole(text, masked, at, language) for at in starts)), None):
        return full
    led = [
        m for m in said if m.key == "name_before" and (m.start not in theirs or _is_of_me(m, masked, said, language))
    ]
    outright = {mark.start for mark in said if mark.key == "named"}
    told = [(mark, one) for mark in led if (one := _leading(masked, mark.end, language, False))]
    own = next((one for _, one in told if len(one.text.split()) >= _FULL), None)  # "Leo, and I am Ann Lee"
    alone = own or _standing_alone(masked, language, said) or beside
    alone = alone or (_in_full_after_all(masked, language, said) if asked else None)
    first_name = next((one for m, one in told if m.start in outright and plain(one.text) in given_names()), None)
    if asked and first_name and alone and first_name.text not in alone.text and alone.start < first_name.start:
        return first_name  # "Leo Lee, my name is Ann"
    if asked and alone:
        return alone
    for mark in said:
        if mark.key == "name_after" and (found := _before_here(masked, text, mark, language)):
            return found
    for mark in led:
        free = (asked and not busy) or mark.start in outright
        found = _leading(masked, mark.end, language, free)
        small = found and found.text.islower() and around(found, masked)[1] and not _is_likely(found, masked, language)
        small = small or (found and _is_town(found, masked, language))
        if found and (mark.start in outright or not small):  # "I'm calling for my mother"
            return found
    if asked and not busy and (found := _answering(masked, language)):
        return found
    found = beside or _standing_alone(masked, language, said) or _uncommon(masked, language, said, asked)
    return found or _signed(masked, language) or _only_a_first_name(masked, language)


def _in_full_after_all(text: str, language: str, said: Sequence[Mark]) -> Found | None:
    """Return the full name that follows a short one in another part of an answer: "Fred, well, Frederick Lamb"."""
    found = _uncommon(text, language, said, True)
    lead = around(found, text)[0].split() if found else []
    others = in_any(language, "for_whom", "with_whom", "kin")
    apart = found and (_STOPS.search(text, 0, found.start) or any(m.key == "but" for m in said if m.end <= found.start))
    return found if apart and not others & {*lead} else None


def _is_town(name: Found, text: str, language: str) -> bool:
    """Tell whether what may be a name rather tells where somebody is: "I'm in Madrid for a week"."""
    led = at_end(language, "place_before").search(around(name, text)[0])
    return led is not None and plain(name.text.split()[0]) not in given_names()


def _is_of_me(lead: Mark, masked: str, said: Sequence[Mark], language: str) -> bool:
    """Tell whether what leads to a name goes on to the customer's own: "she's Ann Lee and I am Bea", "e sou o Rui"."""
    mine = any(m.key == "me" and (m.last + 1 == lead.first or lead.first <= m.first <= lead.last) for m in said)
    joined = any(m.key == "and" and m.last + 1 == lead.first for m in said)
    return mine or (joined and plain(masked[lead.start : lead.end]) not in lists(language)["is_called"])


def _only_a_first_name(masked: str, language: str) -> Found | None:
    """Return the first name that is all of a message or, with a capital, of its last part: "alle 15 Mario"."""
    polite = lists(language)["courtesy"]
    for start in {m.end() for m in _PARTED.finditer(masked)} | {0}:
        found = [one for one in NAME.finditer(masked, start) if plain(one.group()) not in polite]
        one = found[0] if len(found) == 1 else None
        if one and plain(one.group()) in given_names() - ordinary(language) and (one.group()[0].isupper() or not start):
            return Found(one.group(), *one.span())
    return None


def _before_here(masked: str, text: str, mark: Mark, language: str) -> Found | None:
    """Return the name that stands right before a "here": "hi, Moira Kelly here"; a single one is all of its part."""
    one = next((run for run in runs(masked[: mark.start], language) if not masked[run.end : mark.start].strip()), None)
    after = text[mark.end :].lstrip()[:1]
    if one is None or after == "?":
        return None
    ends, full = after in (*",.!\n", ""), len(one.text.split()) >= _FULL
    polite = _is_polite(around(one, masked)[0], language)
    return one if (ends or polite if full else ends and polite) else None


def _signed(text: str, language: str) -> Found | None:
    """Return the name with a capital that ends a message after nothing but thanks and wishes: "Thanks, Moira"."""
    one = next((run for run in runs(text, language) if not text[run.end :].strip(" .,!\n")), None)
    if one is None or not one.text[:1].isupper():
        return None
    start = max((m.end() for m in re.finditer(r"[.!?;\n]", text[: one.start])), default=0)
    lead = plain(text[start : one.start])
    return one if lead and _is_polite(lead, language) else None


def _is_polite(lead: str, language: str) -> bool:
    polite = in_any(language, "courtesy", "filler") - in_any(language, "with_whom", "for_whom")
    return all(word in polite or word in TITLES or word in ARTICLES for word in lead.split())


def _surname_first(turned: Sequence[re.Match[str] | None], language: str) -> Found | None:
    """Return the name that is told with the surname before a comma: "As I wrote: Moll, Ilse." is Ilse Moll."""
    known = never_names(language)
    for found in turned:
        if found and all(is_word_of_a_name(one) and plain(one) not in known for one in found.groups()):
            return Found(f"{found[2]} {found[1]}", found.start(1), found.end(2))
    return None


def _is_turned(found: re.Match[str], language: str) -> bool:
    """Tell whether two words beside a day or a time are a surname and a first name: "tuesday at 8, brandt, holger"."""
    surname, first = found.groups()
    alike = surname[:1].isupper() == first[:1].isupper()  # but not "keratin, balayage"
    known = (ordinary(language), lists(language)["courtesy"], given_names())
    return alike and plain(first) in given_names() and not any(plain(surname) in one for one in known)


def surname_first(text: str, language: str) -> str:
    """Return the name that a text begins with, where its surname stands before a comma: "Swoboda, Franz"."""
    found = _TURNED_HERE.match(text)
    return f"{found[2]} {found[1]}" if found and _is_turned(found, language) else ""


def is_outright(said: Sequence[Mark]) -> bool:
    """Tell whether a message says in so many words what the name is: enough to change one that is known."""
    return any(mark.key == "named" for mark in said)


def _standing_alone(text: str, language: str, said: Sequence[Mark]) -> Found | None:
    """Return the full name that is all of a part of a message, or stands after "for": "5 pm, Tom Harris"."""
    led = (m for m in _for_two_words(language).finditer(text) if text[m.end()].isupper())
    led = (m for m in led if m[0].strip() not in PARTICLES or not _ENDS_LARGE.search(text, 0, m.start()))
    cuts = [*_STOPS.finditer(text), *led]
    edges = [0, *sorted(one.end() for one in cuts), len(text) + 1]
    parts = [text[start : end - 1] for start, end in pairwise(edges)]
    found = list[tuple[bool, Found]]()
    for start, part in reversed(list(zip(edges, parts, strict=False))):
        full = _without_polite(part.strip(" \"'"), language)
        if full and _is_full_name(full, text, language):
            at = text.index(full, start)
            told = [m for m in said if m.key not in _LIGHT and plain(text[m.start : m.end]) not in _SURNAMES_TOO]
            if not any(mark.start < at + len(full) and at < mark.end for mark in told):
                kin = any(mark.key == "kin" and start <= mark.start < at for mark in said)
                found.append((kin, Found(full, at, at + len(full))))
    return min(found, key=lambda one: one[0])[1] if found else None  # "Ann Lee, my sister is Bea Lee"


@cache
def _for_two_words(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(lists(language)['for_whom'])})\s+(?=[^\W\d_]\S*\s+[^\W\d_])")


def _without_polite(part: str, language: str) -> str:
    """Return a part of a message without what leads to a name: "o Rui Pinto", "that is Ann Lee"."""
    words, kept = part.split(), in_any(language, "with_whom", "for_whom")
    polite, small = in_any(language, "courtesy", "name_before"), lists(language)["filler"]
    for word in words:
        one = plain(word)
        light = word.islower() and one.replace(" ", "") in small and one.replace(" ", "") not in kept
        if not (one in polite or one in ARTICLES or light):
            return part[part.index(word) :]
    return ""


def _beside_number(text: str, language: str) -> Found | None:
    """Return the name that stands right before or after a phone number, with nothing between them."""
    number = next((m for m in _PHONE.finditer(text) if sum(map(str.isdigit, m.group())) >= _FEWEST_DIGITS), None)
    if number is None:
        return None
    for run in runs(text, language):
        gap = text[run.end : number.start()] if run.end <= number.start() else text[number.end() : run.start]
        if not gap.strip(" ,:;.–-(") and (run.text[:1].isupper() or " " in run.text):
            return run
    return None


def _uncommon(text: str, language: str, said: Sequence[Mark], asked: bool) -> Found | None:
    """Return two words and more that are no words of the language: "declan moran for me, finn moran for the lad".

    Where no name was asked for they must be all of one part of the message among others, or stand
    after "my name is" or "for".
    """
    mine = lists(language)["me"] | {""}
    whole = []
    for run in runs(text, language):
        cases = {one[:1].isupper() for one in run.text.split() if one.casefold() not in PARTICLES}
        meant = any(m.key not in _LIGHT and m.start < run.end and run.start < m.end for m in said)
        if len(run.text.split()) < _FULL or meant or len(cases) > 1:  # "wenn der Lukas glei drankommt"
            continue
        lead, rest = around(run, text)
        announced = _announcing(language).search(lead) is not None
        if announced and run.text.islower() and at_end(language, "name_before").search(lead):  # "im lowkey panicking"
            called = bool({*plain(run.text).split()} & given_names())
            announced = called or at_end(language, "named").search(lead) is not None
        alone = all(word in lists(language)["courtesy"] for word in lead.split()) and rest == ""
        alone = alone and plain(run.text) != plain(text)  # all of a message: "qwertz uiop"
        if (asked and (_is_likely(run, text, language) or not (lead or rest))) or announced or alone:
            whole.append((not any(word in mine for word in rest.split()[-1:]), run))
    return min(whole, key=lambda one: one[0])[1] if whole else None


@cache
def _announcing(language: str) -> re.Pattern[str]:
    """Return what finds what announces a name at the end of a plain text: "my name is", "for", "for my son"."""
    name, whom, whose, kin = (either(lists(language)[key]) for key in ("name_before", "for_whom", "whose", "kin"))
    return re.compile(rf"(?<!\w)(?:{name}|(?:{whom})(?:(?: (?:{whose}))* (?:{kin}))?)$")


def _is_full_name(part: str, text: str, language: str) -> bool:
    """Tell whether a part of a message is two to four words that are nothing but a name, each with a capital."""
    named = parts_of(part)
    words = [bare(one[2]) for one in named]
    if not _FULL <= len(words) <= MOST_WORDS or words[-1].casefold() in PARTICLES:
        return False
    if not all(is_word_of_a_name(word) and word[:1].isupper() for word in words):
        return False
    if any(len(one) > 1 and one.isupper() for one in words) and not text.isupper():
        return False
    known = in_any(language, "common", "courtesy", "trade", "yes", "filler", "kin", "surname")  # "cognome Ferraresi"
    too = frozenset() if plain(named[0][2]) in known else _SURNAMES_TOO
    whose = ((plain(word), one) for word, one in zip(words, named, strict=True))
    return all(word not in known or word in too or is_led(one, words[0], language) for word, one in whose)


def _answering(text: str, language: str) -> Found | None:
    """Return the name in an answer to "what is your name?": a part of it with a capital, before one without."""
    table, found = lists(language), list[tuple[bool, bool, bool, Found]]()
    edges = [0, *(one.end() for one in _STOPS.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        name = _leading(text[:end], start, language, True)
        full = name is not None and len(name.text.split()) >= _FULL
        if name and OWNS.search(text[: name.end + 2]):  # "Jan's sister comes too"
            continue
        if name and (_is_likely(name, text, language) or not around(name, text)[1]):
            if not full and plain(name.text) in never_names(language):
                continue  # "Wacht even"
            mine = bool({*around(name, text)[1].split()} & table["me"])
            lower = not name.text[:1].isupper() or plain(name.text) in table["praise"]
            found.append((not full, not mine, lower, name))
    return min(found, key=lambda one: one[:3])[3] if found else None


def _is_likely(name: Found, text: str, language: str) -> bool:
    """Tell whether what may be a name looks like one: all with capitals, a first name among it, or with nothing behind
    it but that it is theirs, or thanks; the "facendo casino" of a reproach does not."""
    table, words, rest = lists(language), name.text.split(), around(name, text)[1].split()
    keys = ("me", "for_whom", "naming", "is_called", "filler", "and", "courtesy", "named", "name_after", "yes")
    mine = bool(rest) and {*rest} <= {word for key in keys for one in table[key] for word in one.split()}
    full = len(words) >= _FULL and all(one[:1].isupper() or one.casefold() in PARTICLES for one in words)
    return full or mine or bool({*plain(name.text).split()} & given_names())


def _without_numbers(text: str) -> str:
    """Return text with commas for its numbers and addresses: they end what stands before them."""
    found = (*_EMAIL.finditer(text), *_PHONE.finditer(text))
    for one in found:
        text = text[: one.start()] + "," * (one.end() - one.start()) + text[one.end() :]
    return text


def _leading(text: str, start: int, language: str, asked: bool) -> Found | None:
    """Return the name that text begins with from start on; without a capital only a first name is one that was not
    asked for, with a surname that ends its part of the message."""
    table, known = lists(language), ordinary(language)
    never = table["common"] | table["yes"] | table["filler"] | table["kin"] | table["courtesy"] | table["naming"]
    start = twice.end() if (twice := _TWICE.match(text, start)) else start
    at, first, last, run = start, start, None, list[str]()
    for part in parts_of(text, start):
        word, gap, at = bare(part[2]), text[at : part.start()], part.end()
        if re.search(r"\d", gap) or (run and gap.strip()) or len(run) == MOST_WORDS:
            break
        rest = text[at:].lstrip()
        ends, large = part[2][-1] == "." or rest[:1] in ("", *",.!?;"), word[:1].isupper()
        follows = bool(run) and run[0].islower() and ends if run else plain(word) in given_names()
        takes = is_word_of_a_name(word) and OWNS.sub("", word).casefold() not in never and (asked or large or follows)
        takes = takes and (large or plain(word) not in known)
        takes = takes and not (run and run[0][:1].isupper() and not large and rest[:1].isupper())  # "Jo Marsh and Al"
        takes = takes or (asked and bool(run) and ends and len(word) == 1 and word.isalpha())  # "priyanka s"
        led = is_led(part, run[0], language) if run else begins(part, language)
        if not (led or (takes and not (run and part[1]))):
            if not run and (word.casefold() in table["filler"] or plain(word) in table["courtesy"] or not word):
                continue
            break
        first = first if run else part.start() if led else part.start(2) + part[2].index(word)
        last = part.start(2) + part[2].rindex(word) + len(OWNS.sub("", word))
        run.append(word)
        if part[2][-1] == ".":
            break
    if last is None:
        return None
    titled = _TITLED.search(text, start, first)  # "mevrouw de Graaf"
    first = titled.start(1) if titled and plain(titled[0]).split()[0] in TITLES else first
    return Found(text[first:last], first, last)
