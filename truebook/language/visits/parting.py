"""Less of what is booked, or more of it: how many places are given back, how many are left, whose they are.

"Cancel 2 of my 6 places", "4 places instead of 6", "we are only one now", "take out my sister's, mine stays".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Word, phrases, places_of, words_of
from truebook.language.lists.ordinary import is_strange
from truebook.language.lists.timewords import spelled
from truebook.language.names import given_names
from truebook.language.remembering import remembers
from truebook.language.values.counting import UNITS, number_words

_STOPS = re.compile(r"[!?;\n]|(?<!\d)\.|,(?=\s)")
_NEAR = 2  # words between a number and the word that says what becomes of it
_KINDS = "gone out left into of instead noun mine theirs more joins cancel done stands unbooked holds".split()
_SETS = {"two": 2, "three": 3, "four": 4}
Marks = dict[str, dict[int, int]]
"""By kind, where phrases stand: the first word of each, and the last."""


@dataclass(frozen=True, slots=True)
class Parting:
    """How many are given back, may be left, or come in, as far as a message says it; `words` are those of the message.

    `whose`: somebody's place goes, while nobody is counted: which one, the booking's own guests may tell. `clause` is
    the clause that gives something up, `done` says that this is all, `stands` that something is booked already,
    `unbooked` that nothing is, `holds` asks or says that it is still so, `enough` that it will do, `unchanged` that
    nothing of it changes, `another` that no other one is wanted, `onward` that the next one of its kind is,
    `denied` that it is not to be cancelled.
    """

    gone: int | None = None
    left: tuple[int, ...] = ()
    more: int | None = None
    whose: bool = False
    words: frozenset[str] = frozenset()
    clause: str = ""
    done: bool = False
    stands: bool = False
    unbooked: bool = False
    holds: bool = False
    enough: bool = False
    unchanged: bool = False
    another: bool = False
    onward: bool = False
    denied: bool = False

    def __bool__(self) -> bool:
        """Tell whether a message says anything of it."""
        return self.whose or bool(self.left) or self.gone is not None or self.more is not None

    def of(self, there: int) -> int | None:
        """Return how many are left of so many, or come to be; None where that is not said, or makes no sense."""
        left = next((number for number in self.left if number != there), None)
        if left is not None or self.left:
            return left
        if self.more is not None:
            return there + self.more
        gone = self.gone if self.gone is not None else 1 if self.whose else 0
        return there - gone if 0 < gone < there else None


NOTHING = Parting()


@remembers(4096)
def parting(text: str, language: str) -> Parting:
    """Return what a message says of less, or more, of a booking; days, times and codes count nothing."""
    said = words_of(text, language)
    own = lists_of("parting", language)
    words = frozenset(word.text for word in said)
    known, standing = lists(language), lists_of("standing", language)
    marks = {kind: phrases(said, own[kind]) for kind in _KINDS}
    marks |= {"noun": marks["noun"] | phrases(said, known["kin"]), "enough": phrases(said, standing["enough"])}
    found: dict[str, list[int]] = {"gone": [], "left": [], "more": []}
    for at, word in enumerate(said):
        number = number_words(language).get(word.text)
        alone = text[word.end :].strip()[:1] in ("", *",.!?;:)")
        role = "left" if number and _for_another(at, said, marks, language) else _role(at, marks, alone=alone)
        if number and role:
            found[role].append(number)
    kin, mine = known["kin"] & words, bool(marks["mine"])
    goes = bool(marks["gone"] or marks["out"])
    somebody = mine or bool(marks["theirs"] or kin or _named_out(said, marks, language))
    sets = [number for kind, number in _SETS.items() if phrases(said, own.get(kind, frozenset()))]
    if not any(found.values()):
        found["left"] = sets or ([1] if phrases(said, known["alone"]) else [])
        joins = marks["joins"] or any(_distance(at, marks["more"]) in (0, 1) for at in phrases(said, known["kin"]))
        found["more"] = [1] if joins and not found["left"] else []
    whose = not any(found.values()) and ((goes and somebody) or (mine and bool(kin or marks["theirs"])))
    gone, more = next(iter(found["gone"]), None), next(iter(found["more"]), None)
    somebodys = places_of(phrases(said, known["waitlist"]))
    given_up = {*marks["cancel"]} - somebodys  # "if anybody cancels, tell me" gives nothing up
    denials = phrases(said, own["denied"]).items()  # nor does "don't just cancel it"; "no, cancel it" does
    denied = any(not _STOPS.search(text, said[one].start, said[last].end) for one, last in denials)
    given_up = set() if denied else given_up
    first = min(given_up, default=_apart(text, said, own.get("apart", frozenset())))
    joints = [one.start - 1 for one in said if one.text in known["and"]]
    clause = "" if first is None else _clause(text, said[first].start, joints)
    done = bool(marks["done"]) or _only_ends(said, own["ends"], language)
    if _reminds(text, said, language):
        clause, done = "", False
    told = [bool(marks[kind]) for kind in ("stands", "unbooked", "holds")]
    told += [bool(phrases(said, standing[key])) for key in ("enough", "unchanged")]
    units = spelled(language, "weekdays", *(f"units.{unit}" for unit in UNITS))  # "the next week" is no class
    pairs = (standing["another"], standing["when"]), (own["onward"], units)
    told += [*(_says_before_none(phrase, words, said) for phrase, words in pairs), denied]
    return Parting(gone, tuple(found["left"]), more, whose, words, clause, done, *told)


def _reminds(text: str, said: Sequence[Word], language: str) -> bool:
    """Tell whether something is not to be forgotten: that gives nothing up."""
    known = lists(language)
    denials = known["no"] | known["not_before"] | known["not_after"]
    clauses = [_clause(text, said[at].start, ()) for at in phrases(said, known["forget"])]
    return any(word.text in denials for clause in clauses for word in words_of(clause, language))


def _says_before_none(phrase: frozenset[str], words: frozenset[str], said: Sequence[Word]) -> bool:
    """Tell whether a phrase stands before none of some words: "no other one", but "no other day" is none of those."""
    texts = [*(one.text for one in said), ""]
    return any(texts[last + 1] not in words for last in phrases(said, phrase).values())


def _only_ends(said: Sequence[Word], ends: frozenset[str], language: str) -> bool:
    """Tell whether a message says that nothing is wanted after all, and beside it no more than a no and thanks."""
    known, found = lists(language), phrases(said, ends)
    around = places_of(phrases(said, known["no"]), phrases(said, known["filler"]), found)
    rest = [one.text for at, one in enumerate(said) if at not in around]
    return bool(found) and all(word in known["courtesy"] for word in rest)


def _named_out(said: Sequence[Word], marks: Marks, language: str) -> bool:
    """Tell whether somebody who is called by their name does not come, or is taken out: "Puri can't make it"."""
    before = {one.text for at in marks["out"] for one in said[max(0, at - _NEAR) : at]}
    small = spelled(language, "the") | {"a"}  # "quita a la Marta"
    taken = {next((one.text for one in said[at + 1 :] if one.text not in small), "") for at in marks["gone"].values()}
    return bool(taken & given_names()) or any(one in given_names() or is_strange(one, language) for one in before)


def _apart(text: str, said: Sequence[Word], verbs: frozenset[str]) -> int | None:
    """Return where a verb begins whose last part ends its clause: "sagen Sie den am 30. bitte ab"."""
    for verb in verbs:
        begins, ends = verb.split()
        for at, word in enumerate(said):
            last = next((one for one in said[at + 1 :] if one.text == ends), None) if word.text == begins else None
            ends_it = last and text[last.end :].strip()[:1] in ("", *",.!?;")
            if last and ends_it and not _STOPS.search(text, word.end, last.start):
                return at
    return None


def _clause(text: str, at: int, joints: Sequence[int]) -> str:
    """Return the clause that a character stands in; an "and" begins another one."""
    stops = [-1, *(match.start() for match in _STOPS.finditer(text)), *joints, len(text)]
    begin = max(stop for stop in stops if stop < at)
    end = min(stop for stop in stops if stop >= at)
    return text[begin + 1 : end].strip()


def _for_another(at: int, said: Sequence[Word], marks: Marks, language: str) -> bool:
    """Tell whether a number takes the place of another, and is no hour: "3 instead of 4"."""
    last = marks["instead"].get(at + 1, len(said))
    other = last + 1 < len(said) and said[last + 1].text in number_words(language)
    return other and not (at and said[at - 1].text in spelled(language, "at"))


def _role(at: int, marks: Marks, *, alone: bool) -> str | None:
    """Return what becomes of a number: what stands before it says so, else what is said around places.

    A number that counts no places, and goes on otherwise, is an hour or a day.
    """
    before = {kind: _distance(at, places) for kind, places in marks.items()}
    counts = at + 1 in marks["noun"] or at + 1 in marks["more"]
    led_by = ("left", "of", "gone", "out", "instead", "enough")
    if not (counts or alone or any(at + 1 in marks[kind] for kind in led_by)):
        return None
    if before["of"] == 0 or before["instead"] == 0:
        return None
    if marks["noun"].get(at + 1, at) + 1 in marks["gone"]:  # "just one place less"
        return "gone"
    if before["into"] == 0 and (counts or marks["noun"]):
        return "left"
    if at + 1 in marks["more"]:  # "we're one more"
        return "more"
    if before["left"] == 0 or at + 1 in marks["enough"] or (at + 1 in marks["instead"] and marks["noun"]):
        return "left"
    if counts and marks["more"] and min(abs(at - place) for place in marks["more"]) <= _NEAR:
        return "more"
    near = {kind: far for kind in ("gone", "left") if (far := before[kind]) is not None and far <= _NEAR}
    if near and (counts or min(near.values()) == 0):
        return min(near, key=lambda kind: near[kind])
    if not counts:
        return None
    return "gone" if marks["gone"] or marks["out"] else "left" if marks["left"] or marks["instead"] else None


def _distance(at: int, places: dict[int, int]) -> int | None:
    """Return how many words lie between a phrase that ends before a place and that place."""
    return min((at - 1 - last for last in places.values() if last < at), default=None)
