"""Find services and people of a desk in what a customer writes: misspelt, shortened, turned around, with titles."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import OSA

from truebook.language.languages import data
from truebook.language.remembering import remembers
from truebook.language.text import plain, words

TITLES = words(
    """dr drs doctor doc doktor doctora prof professor professora md dds dmd phd psyd msc bsc lmft lcsw mft pt rn
    facs mr mrs ms miss sir herr frau hr fr mag dipl ing med dent monsieur madame mme mlle senor senora sr sra srta
    dott dottor dottoressa mevrouw meneer mw dhr inc llc gmbh"""
)
_JOINING = words(
    "and und y e et en the der die das dem den of von & at in for on el la los las le les il lo gli de del des du het"
)
_REMEMBERED = 2000
"""Words of customers of which a directory remembers the names they may stand for."""
_MEANT = 3  # letters from which on a word means something of its own
_LONG = 8  # letters of a word that is more likely misspelt than another one, be it written in an example
_ONE_WRONG, _TWO_WRONG = 0.85, 0.75  # how like a name a word is of which one letter is wrong, or two
_STOPS = tuple(",.;:!?")  # beside a part of a name, where it ends: "with Anna, I've …" is nobody called "Anna I've"
_VISIT = re.compile(r"s?(?:termin|afspraak|afspraakje)$")  # what a compound with it is an appointment for
_STEM = 4
_OTHER_HALF = 3  # letters that the rest of a compound has at the least
_NO_CHANCE = 3  # words of a name, one after the other: be each of them an everyday one, that is no chance
_TOKEN = re.compile(r"(?:(?<!\w)(?:d|qu|all|dell|dall)['’](?=\w))?(\w+(?:['’\".&]\w+)*)", re.UNICODE)
"""A word; what is only written in one with it is none of it: "d'Anna", "dall'Anna"."""
_LISTED = re.compile(r"(?<!\w)(and|n|und|y|e|et|en|plus|più)(?!\w)|[,;+&/]", re.IGNORECASE)
"""What stands between two things; within one only where its name is written so: "cut and blow-dry"."""


_THE_ONE_OF = re.compile(r"(?<!\w)(?:el|la|lo|una?|uno|o|a|uma?|celle|celui|quell[ao]) d(?:[eiao]|el|ell[ao])?$")
"""What leads to the word by which a service is told from others: "la de prueba", "quella di prova"."""

_Place = tuple[int, str, float]
"""The place of a word, the word of a name that it may stand for, and how like that it is."""


@cache
def given_names() -> frozenset[str]:
    """Return first names, plain."""
    return frozenset(data("truebook.language.lists", "given")["names"].split())


@dataclass(frozen=True, slots=True)
class Named:
    """A service or a member of staff, with the other names customers use."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the text (characters start to end) that names one of ids; more than one id: it fits several."""

    ids: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tells a name from other words in one language and one message."""

    common: frozenset[str]  # words that are no name on their own
    trade: frozenset[str]  # words of shop signs ("salon", "dental"): the name is not a person's
    ordinary: frozenset[str]  # words of the language: none of them is another one misspelt
    before: re.Pattern[str]  # words directly before a name, or before the word by which a service is told
    place: re.Pattern[str]  # words directly before a town
    everyday: bool = False  # the names are everyday words themselves (services)
    answer: bool = False  # the message answers "with whom?" or "which?"
    own: re.Pattern[str] = re.compile(r"(?!)")  # words directly before the customer's own name
    own_answer: bool = False  # the message answers "what is your name?"
    other_answer: bool = False  # it answers another question: a part of a name is none
    things: bool = False  # names of services: no person, no town and no shop is called so

    def for_things(self) -> "Surroundings":
        """Return the same surroundings for the names of services: everyday words, and words of shop signs."""
        return replace(self, trade=frozenset(), everyday=True, things=True, before=_THE_ONE_OF)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class _Match:
    entry: int
    first: int
    last: int
    weight: float
    coverage: float
    complete: bool
    distinct: bool  # holds a word that no other name of the desk has
    likeness: float  # of the words as they were written
    found: frozenset[str]  # the words of the name that were matched
    words: frozenset[str]  # all words of the name


class Directory:
    """The names of a desk, indexed."""

    def __init__(self, named: Iterable[Named], titles: frozenset[str] = TITLES) -> None:
        names = [(n.id, name, core) for n in named for name in (n.name, *n.synonyms) if (core := _core(name, titles))]
        self._names = [(one, core) for one, _, core in names]
        self._listing = [_LISTED.search(name) is not None for _, name, _ in names]
        self._counts = Counter(w for _, core in self._names for w in set(core))
        self._holders: dict[str, list[int]] = defaultdict(list)
        for i, (_, core) in enumerate(self._names):
            for word in set(core):
                self._holders[word].append(i)
        self._alike: dict[str, dict[str, float]] = {}

    def find(self, text: str, surroundings: Surroundings) -> list[Hit]:
        """Return the names in text, in text order, none overlapping another."""
        tokens = list(_tokens(text))
        cuts = [m.start() for m in _LISTED.finditer(text)] if surroundings.things else []
        found = self._matches(tokens, surroundings, cuts)
        matches = [m for m in found if _convincing(m, tokens, text, surroundings)]
        return sorted(self._choose(matches, tokens), key=lambda h: h.start)

    def _matches(self, tokens: list[_Token], around: Surroundings, cuts: list[int]) -> Iterator[_Match]:
        seen: dict[int, list[_Place]] = defaultdict(list)
        for position, token in enumerate(tokens):
            right = around.common | around.trade if len(token.word) >= _LONG else around.ordinary
            is_right = token.word in right or token.word.removesuffix("s") in right
            for word, likeness in self._like(token.word, is_right).items():
                if likeness == _TWO_WRONG and token.word in around.ordinary:
                    continue  # "prefiero" is no "prelievo"
                for entry in self._holders[word]:
                    seen[entry].append((position, word, likeness))
        for entry, places in seen.items():
            for run in _runs(places, tokens, [] if self._listing[entry] else cuts):
                yield self._weigh(entry, _trimmed(run))

    def _like(self, word: str, is_right: bool) -> dict[str, float]:
        """Return the words of the directory that word may stand for, with their likeness (0..1).

        is_right: it is a word of the language as it stands ("muchas"), and no other one misspelt ("mechas").
        """
        if word in self._counts:
            return {word: 1.0}
        if word[:-1] in self._counts and word.endswith("s"):
            return {word[:-1]: 0.97}
        if is_right or word in TITLES:
            return {}
        alike = self._alike.get(word)
        if alike is None:
            every = {w: s for w in self._counts if (s := _likeness(word, w)) > 0}
            best = max(every.values(), default=0.0)
            alike = {w: s for w, s in every.items() if s >= best - 0.05}
            if len(self._alike) >= _REMEMBERED:
                self._alike.clear()
            self._alike[word] = alike  # several conversations may ask at once
        return alike

    def _weigh(self, entry: int, run: list[_Place]) -> _Match:
        core = self._names[entry][1]
        found: dict[str, float] = {}
        for _, word, likeness in run:
            found[word] = max(found.get(word, 0.0), likeness)
        weight = sum(self._worth(w) * s for w, s in found.items())
        coverage = weight / sum(self._worth(w) for w in set(core))
        complete = all(w in found for w in core if len(w) > 1)
        distinct = any(len(self._holders[w]) == 1 for w in found)
        ends, words = (run[0][0], run[-1][0]), (frozenset(found), frozenset(core))
        return _Match(entry, *ends, weight, coverage, complete, distinct, min(found.values()), *words)

    def _worth(self, word: str) -> float:
        return (0.3 if len(word) == 1 else 1.0) * (1 + math.log(len(self._names) / self._counts[word]))

    def _choose(self, matches: list[_Match], tokens: list[_Token]) -> Iterator[Hit]:
        left = sorted(matches, key=lambda m: (-round(m.weight, 3), not m.complete, -m.coverage))
        while left:
            best = left[0]
            rivals = [m for m in left if _same_claim(m, best)]
            ids = tuple(dict.fromkeys(self._names[m.entry][0] for m in rivals))
            yield Hit(ids, tokens[best.first].start, tokens[best.last].end)
            left = [m for m in left if m.last < best.first or m.first > best.last]


@remembers(512)
def directory(named: tuple[Named, ...], titles: frozenset[str] = TITLES) -> Directory:
    """Return the names of a desk, indexed; the same for all its conversations. titles: words that no name has."""
    return Directory(named, titles)


def _convincing(match: _Match, tokens: list[_Token], text: str, around: Surroundings) -> bool:
    """Tell whether match is a name here, not just words that occur in one."""
    part = tokens[match.first : match.last + 1]
    prefix = plain(text[: part[0].start])
    announced = not around.things and (bool(around.before.search(prefix)) or prefix.rsplit(" ", 1)[-1] in TITLES)
    announced = announced or (_is_a_sentence(part, text) and not (around.things or around.own_answer))
    within = text[: part[0].start].rstrip()[-1:] not in ("", *_STOPS)  # "heeft Ben een plekje?", but not "Ben ik er?"
    usual = frozenset() if around.everyday else around.common | around.trade
    rare = any(len(w) > 1 and not w.isdigit() and w not in usual for w in match.found)
    a_sign = not around.everyday and bool(match.words & around.trade)
    a_town = bool(around.place.search(prefix)) and not announced
    likely = announced or around.answer or (any(t.capital for t in part) and not a_sign and not around.things)
    long_enough = around.everyday and len(part[0].word) >= 6
    if len(part) == 1 and match.likeness < 0.97 and (around.own_answer or not (likely or long_enough)):
        return False
    if not around.things and ((around.own.search(prefix) and not announced) or (around.own_answer and not announced)):
        return False
    if match.complete and around.things:
        return rare
    if match.complete:
        all_capital = len(part) > 1 and all(t.capital or _light(t.word) for t in part)
        named = within and part[0].capital and not a_sign and not a_town
        whole = all_capital or named or len(match.found) >= _NO_CHANCE
        return (rare and not (a_town and not a_sign)) or announced or around.answer or whole
    if (around.other_answer and not announced) or (around.things and match.found <= around.common):
        return False  # the "fare" of "fare la barba" alone names nothing
    before, after = text[: part[0].start].rstrip()[-1:], text[part[-1].end :].lstrip()[:1]
    other = a_town or (before not in _STOPS and _continues(tokens, match.first - 1, around))
    other = other or (after not in _STOPS and _continues(tokens, match.last + 1, around))
    pointed = around.things and match.distinct and bool(around.before.search(prefix.rstrip()))
    distinct = len(part) > 1 and match.distinct and (around.answer or any(t.capital for t in part if t.start > 0))
    likely = likely or pointed
    return (rare or distinct) and not other and match.coverage >= (0.3 if likely else 0.5 if distinct else 0.6)


def _is_a_sentence(part: list[_Token], text: str) -> bool:
    """Tell whether a name stands between two stops, with others before it: "Baard. Ben. Dinsdag."."""
    before, after = text[: part[0].start].rstrip(), text[part[-1].end :].lstrip()
    return part[0].capital and before[-1:] in _STOPS and after[:1] in _STOPS and bool(before and after)


def _continues(tokens: list[_Token], neighbour: int, around: Surroundings) -> bool:
    """Tell whether the word beside a partial match makes it another name ("Santa Rosa" is not Santa Clara)."""
    if not 0 < neighbour < len(tokens):
        return False
    token = tokens[neighbour]
    return token.capital and len(token.word) > 1 and token.word not in around.common and token.word not in TITLES


def _core(name: str, titles: frozenset[str]) -> tuple[str, ...]:
    every = [w for t in _TOKEN.finditer(name) if (w := plain(t[1]).replace(" ", ""))]
    core = tuple(w for w in every if w not in titles and w not in _JOINING)
    return core or tuple(every)


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if word := plain(found[1]):
            yield _Token(word.replace(" ", ""), found.start(1), found.end(), found[1][0].isupper())


def _likeness(word: str, name: str) -> float:
    """Return how likely a word was meant to be a name that it is not: 0 not at all."""
    if word in (name + "s", name + "es") or name in (word + "s", word + "es"):
        return 0.97
    if (stem := _VISIT.sub("", word)) != word:  # "Farbtermin", "knipafspraak"
        return 0.97 if len(stem) >= _STEM and name.startswith(stem) else 0.0
    shorter, longer = sorted((len(word), len(name)))
    if shorter > _MEANT and sorted(word) == sorted(name) and OSA.distance(word, name) == 1:
        return 0.97  # "braba": two letters changed places
    apart = longer - shorter >= _OTHER_HALF  # "bárbaro" holds no "barba"
    part_of = 0.7 if shorter >= 5 and apart and (word in name or name in word) else 0.0
    too_short = shorter < 3 or (shorter < 4 and (word[0], word[-1]) != (name[0], name[-1]))
    if too_short or longer - shorter > 2:
        return part_of
    allowed = 1 if shorter < 8 else 2
    distance = OSA.distance(word, name, score_cutoff=allowed)
    wrong = distance > allowed or (len(name) < 6 and word[0] != name[0])
    return part_of if wrong else _ONE_WRONG if distance == 1 else _TWO_WRONG


def _runs(places: list[_Place], tokens: list[_Token], cuts: list[int]) -> Iterator[list[_Place]]:
    """Yield stretches of places without foreign words between them (titles, initials and joining words may be).

    cuts: where a stretch ends whatever stands there.
    """
    run: list[_Place] = []
    for place in sorted(places):
        between = (tokens[run[-1][0]].end, tokens[place[0]].start) if run else (0, 0)
        foreign = run and not all(_light(tokens[i].word) for i in range(run[-1][0] + 1, place[0]))
        if foreign or any(between[0] <= cut < between[1] for cut in cuts):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _trimmed(run: list[_Place]) -> list[_Place]:
    """Return run without a first word that comes again ("an apartment at Hill Apartments"), or a short last one, the
    second "di" of "lezione di prova di matematica"."""
    while len(run) > 1 and any(word == run[0][1] for _, word, _ in run[1:]):
        run = run[1:]
    while len(run) > 1 and len(run[-1][1]) < _MEANT and any(word == run[-1][1] for _, word, _ in run[:-1]):
        run = run[:-1]
    return run


def _light(word: str) -> bool:
    return len(word) == 1 or word in TITLES or word in _JOINING


def _same_claim(match: _Match, best: _Match) -> bool:
    """Tell whether match explains the same words as well as best does."""
    overlap = match.first <= best.last and best.first <= match.last
    return overlap and match.complete == best.complete and match.weight >= best.weight - 0.001
