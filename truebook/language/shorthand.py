"""Words as they are typed in haste, written out before anything is understood: "jvoudrai", "ki", "x favor", "2moro".

A closed list a language, and letters that stand for a sound or for other letters in a dialect: a "k" for a "qu", an "o"
for an "a" (`lists/shorthand.toml`). A strange word is written out only where known ones come of it; a name stays.
"""

import re
from functools import cache
from itertools import islice

from truebook.language import kinds
from truebook.language.languages import data, ours
from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.ordinary import is_strange, ordinary
from truebook.language.lists.timewords import spelled
from truebook.language.names import given_names
from truebook.language.remembering import remembers
from truebook.language.temporal.spelling import fold, variants
from truebook.language.text import either, plain
from truebook.language.values.counting import number_words
from truebook.language.words import table

_HOURS = 24
_BARRING = ("but", "not_after")
_CHANGES = 3  # letters that may be other ones in a word
_TRIED = 400  # spellings of a word with so many changes that are looked at
_EDGES = r"(?<![\w@.+'’-]){}(?:(?<=['’])|(?![\w@'’-]))"
_WORD = re.compile(_EDGES.format(r"[^\W\d_]{4,}"))
_HOUR_AND_MINUTES = re.compile(r"(?<![\d:.,])([01]?\d|2[0-3]) [ey] (30|45)(?![\d:.,]\d|\w)")
_BEGINS = re.compile(r"(?:^|[.!?\n])\s*$")


def written_out(text: str, language: str, *, names: bool = False) -> str:
    """Return a text with its shorthand written out; what is no shorthand stays as it stands, and so does every strange
    word where names are told."""
    language = ours(language)
    listed, meanings = _listed(language)
    text = listed.sub(lambda m: m[0] if _is_name(m) else meanings[m[0].lower()], text)
    return text if names else _WORD.sub(lambda m: m[0] if _is_name(m) else sounded(m[0], language), text)


def hours_written_out(text: str, language: str, *, open_: bool, people: int = 1) -> str:
    """Return a text with an "at" before bare numbers that are hours: "ten at the earliest", "el viernes 11, las dos";
    open_: with the one that is meant instead, where an hour is what is talked about: "dieci no, undici". people: how
    many come: "el viernes, las dos" are both of them then.
    """
    language, folded = ours(language), fold(text)
    if len(folded) != len(text):
        return text
    (at,) = lists_of(LIMITS, language)["hour"]
    text = _HOUR_AND_MINUTES.sub(r"\1:\2", text) if open_ else text  # "10 e 30 va bene"
    folded = fold(text)
    if open_ and (instead := _instead(language).fullmatch(folded)):
        return f"{at} {text[instead.start('meant') : instead.end('meant')]}"
    found = (*_hours(language), *([_denied(language), _run_together(language)] if open_ else []))
    numbers = {one for one, number in number_words(language).items() if number == people > 1}
    places = {m.span("at") for one in found for m in one.finditer(folded)}
    places = {(a, b) for a, b in places if a == b or folded[b:].split()[0].strip(",.;!?") not in numbers}
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]}{at} {text[end:]}"
    return text


@cache
def _number(language: str) -> str:
    return either(one for one, n in number_words(language).items() if n <= _HOURS)


@cache
def _hours(language: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds hours without an "at", and where it belongs."""
    known, number = lists_of(LIMITS, language), _number(language)
    bounds = known["or_later"] | known["or_earlier"]
    limits = either(one for one in bounds if one.split()[0] not in lists(language)["or"])
    found = [rf"(?:^|[,.;!] ?)(?P<at>)(?:{number})(?= (?:{limits})\b)"]
    but, barred = (either(one for one in lists(language)[key] if key == "but" or " " in one) for key in _BARRING)
    found.append(rf"(?:^|[,.;!] ?|\b(?:{but}) )(?P<at>)(?:{number})(?= (?:{barred})\b)")  # "but nine is too early"
    if article := either(known.get("the_hour", ())):
        days = either(fold(variant) for day in table(language).weekdays for variant in variants(day))
        found.append(rf"(?<!\w)(?:{days})(?: \d\d?)?,? (?P<at>(?:{article}) )(?:{number})(?=\W*(?:$|[,.;!?]))")
    if ones := "|".join(lists(language).get("pronoun", ())):
        the = "|".join(spelled(language, "the"))
        found.append(rf"\b(?:{the}) (?P<at>)(?:1?\d|2[0-4])(?= (?:{ones})\b)")  # "the 10 one"
    return tuple(map(re.compile, found))


@cache
def _denied(language: str) -> re.Pattern[str]:
    """Return what finds a bare hour that does not suit: "6 doesn't work for me", "zwei geht nicht"."""
    denials = "|".join("['’]?".join(one).replace("['’]? ['’]?", " ") for one in lists(language)["not_after"])
    return re.compile(rf"(?:^|[,.;!] ?)(?P<at>)(?:{_number(language)})(?= (?:{denials})\b)")


@cache
def _run_together(language: str) -> re.Pattern[str]:
    """Return what finds an hour and its minutes without a mark between, that begins a part of an answer: "945 then"."""
    praise = either(map(fold, lists(language)["praise"]))
    clock = r"(?:(?:1?\d|2[0-3])(?:05|[1-5][05])|(?:[7-9]|1\d|2[0-3])00)"
    return re.compile(rf"(?:^|[,.;!?] |\b(?:{praise}) )(?P<at>){clock}(?=[,!.]?$|,? (?!euro|min)[^\W\d_])")


@cache
def _instead(language: str) -> re.Pattern[str]:
    """Return what finds a message of one hour that is denied, and another: "dieci no, undici", "not ten, eleven"."""
    one, known = _number(language), lists(language)
    no = either(word for word in known["no"] | known["not_before"] if " " not in word)
    return re.compile(rf"\W*(?:(?:{one}) (?:{no})|(?:{no}) (?:{one}))\W+(?P<meant>{one})\W*")


def _is_name(found: re.Match[str]) -> bool:
    """Tell whether a word has a capital within a sentence."""
    text = found.string
    return found[0][0].isupper() and not text.isupper() and not _BEGINS.search(text[: found.start()])


@remembers(8192)
def sounded(word: str, language: str) -> str:
    """Return the known words that a strange one sounds like: "obsogn" like "absagen", "jpourrai" like "je pourrai"; the
    fewer changes the better."""
    bare, reached = plain(word), [word.lower()]
    if not is_strange(bare, language) or bare in given_names() or bare in _valued(language):
        return word
    for _ in range(_CHANGES):
        sounds = ((one, at, meant) for one in reached for at, meant in _sounds(language))
        places = ((one, *m.span(), meant) for one, at, meant in sounds for m in at.finditer(one))
        reached = [f"{one[:start]}{meant}{one[end:]}" for one, start, end, meant in islice(places, _TRIED)]
        for one in reached:
            if all(known in ordinary(language) or known in _valued(language) for known in map(plain, one.split())):
                return one
    return word


@cache
def _sounds(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (one.rsplit("=", 1) for one in data("truebook.language.lists", "shorthand")["sounds"][language].split())
    return tuple((re.compile(written), meant.replace("_", " ")) for written, meant in pairs)


@cache
def _valued(language: str) -> frozenset[str]:
    """Return the words of days and hours, and those that services are called by."""
    times = spelled(language, "weekdays", "weak_weekdays", "months", "relative_days", "parts", "units", "numbers")
    return frozenset(word for one in (*times, *kinds.called()) for word in plain(one).split())


@cache
def _listed(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the shorthand of a language, and what each of it means."""
    listed = data("truebook.language.lists", "shorthand")[language]
    meanings = {one: meant for meant, others in listed.items() for one in others.replace("\n", "").split("|")}
    every = either(meanings)
    return re.compile(_EDGES.format(f"(?:{every})"), re.IGNORECASE), meanings
