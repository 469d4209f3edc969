"""The wider words of a yes, a closed list a language (`lists/consent.toml`), and slips of the finger in them.

They count only where a read-back is answered. A word that leads to a yes ("that is really …") counts right before one
only, and one that stands before a day ("see you on …") right before a day only; a misspelt word is a word of a yes only
where no list and no example knows it as it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from truebook.language.agreeing.deeds import deeds, verbs
from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Mark, Word, marks, phrases
from truebook.language.lists.ordinary import is_strange
from truebook.language.spans import covered, within
from truebook.language.text import plain
from truebook.language.values.said import Values

_AS = {
    "yes": "yes", "yes_book": "yes_book", "beside": "filler", "asks": "asking", "questions": "questions",
    "ironic": "hedge", "about": "about",
}  # fmt: skip
_SHORTEST = 4  # letters of a word that is taken for another one, one letter apart


def widened(values: Values, whom: str = "", guest: str = "") -> Values:
    """Return the values of an answer to a read-back, its misspelt words mended and the wider words of a yes marked.

    whom: the customer's name, which may stand beside a yes. guest: whom it is for, where that is somebody else; then
    "for her" may stand there as well.
    """
    language = values.language
    words = tuple(_mended(values))
    said = [*values.marks]
    if words != values.words:
        changed = {at for at, (old, new) in enumerate(zip(values.words, words, strict=True)) if old != new}
        said += [m for m in marks(words, language) if changed & set(range(m.first, m.last + 1))]
    named = {at for at, word in enumerate(words) if within(word.start, values.spans)}
    said += deeds(words, language, named)
    listed = lists_of("consent", language)
    said += [_mark(key, at, words) for name, key in _AS.items() for at in phrases(words, listed[name]).items()]
    days = {at for at, word in enumerate(words) if any(d.start <= word.start < d.end for d in values.days)}
    said += [_mark("filler", at, words) for at in phrases(words, listed["until"]).items() if at[1] + 1 in days]
    ends = [at for at in phrases(words, listed["lastly"]).items() if at[1] == len(words) - 1]
    said = [m for m in said if not any(first <= (m.last if m.key == "hedge" else m.first) for first, _ in ends)]
    said += [_mark("filler", at, words) for at in ends]
    said += _reached(values, words, listed["mine"])
    said += _own_name(words, whom, listed["own"])
    if guest:
        theirs = [_mark("filler", at, words) for at in phrases(words, listed["theirs"]).items()]
        said = [m for m in said if not any(one.first <= m.first and m.last <= one.last for one in theirs)] + theirs
        said += _own_name(words, guest, frozenset())
    said += _leading([_mark("filler", at, words) for at in phrases(words, listed["leads"]).items()], said)
    greeted = [(words[a].start, words[b].end) for a, b in (*phrases(words, listed["beside"]).items(), *ends)]
    spoken = tuple(one for one in values.days if not covered(one, greeted))
    said = [m for m in said if m.key != "yes" or not any(s <= m.start and m.end <= e != m.end for s, e in greeted)]
    said.sort(key=lambda mark: mark.first)
    said_so = [(words[a].start, words[b].end) for a, b in phrases(words, listed["yes"]).items() if b > a]
    times = tuple(one for one in values.times if not covered(one, said_so))
    people = tuple(one for one in values.people if not covered(one, said_so))
    return replace(values, words=words, days=spoken, times=times, people=people, marks=tuple(said))  # "ben oui"


def _mark(key: str, at: tuple[int, int], words: tuple[Word, ...]) -> Mark:
    return Mark(key, *at, words[at[0]].start, words[at[1]].end)


def _reached(values: Values, words: tuple[Word, ...], leads: frozenset[str]) -> Iterator[Mark]:
    """Yield the number and the address that stand beside a yes, and the words that say whose they are: "my number is
    0664 ..."."""
    for told in filter(None, (values.phone, values.email)):
        places = [at for at, word in enumerate(words) if told.start <= word.start < told.end]
        before = [at for at in phrases(words, leads).items() if at[1] + 1 in places[:1]]
        yield from (_mark("filler", at, words) for at in (*before, *zip(places[:1], places[-1:], strict=True)))


def _own_name(words: tuple[Word, ...], whom: str, leads: frozenset[str]) -> Iterator[Mark]:
    """Yield the customer's own name, and the words around it that only say so: "it's Carla", "Carla here"."""
    name = frozenset(plain(whom).split())
    places = {at for at, word in enumerate(words) if word.text in name}
    yield from (_mark("filler", (at, at), words) for at in places)
    for at in phrases(words, leads).items() if places else ():
        if at[1] + 1 in places or at[0] - 1 in places:
            yield _mark("filler", at, words)


def _leading(leads: list[Mark], said: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the words that lead to a yes, one behind another."""
    reached = {mark.first for mark in said if mark.key in ("yes", "yes_book")}
    for mark in reversed(leads):
        if mark.last + 1 in reached:
            reached.add(mark.first)
            yield mark


def _mended(values: Values) -> Iterator[Word]:
    """Yield the words of a message, those mended that are a slip of one letter or of a finger that stayed too long."""
    known = _of_a_yes(values.language)
    for word, following in zip_longest(values.words, values.words[1:]):
        inside = values.text[: word.start].rstrip(" ")[-1:] not in ("", ".", "!", "?", "\n")
        full = following and values.text[following.start].isupper() and following.text not in known  # "Ann Lee, yes"
        name = (inside or full) and values.text[word.start].isupper()
        if word.text in known or name or not word.text.isalpha() or not is_strange(word.text, values.language):
            yield word
        elif meant := _drawn_out(values.language).get(_squeezed(word.text)):
            yield replace(word, text=meant)
        else:
            near = sorted(one for one in known if _is_slip(word.text, one))
            yield replace(word, text=near[0]) if near else word


def _squeezed(word: str) -> str:
    return "".join(letter for at, letter in enumerate(word) if word[at - 1 : at] != letter)


def _is_slip(typed: str, meant: str) -> bool:
    """Tell whether two words are one letter apart: one missing, one too many, another one, or two changed about."""
    if min(len(typed), len(meant)) < _SHORTEST or typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), len(typed))
    rest, other = typed[same:], meant[same:]
    turned = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return turned or rest[1:] == other or rest == other[1:] or rest[1:] == other[1:]


@cache
def _drawn_out(language: str) -> dict[str, str]:
    return {_squeezed(word): word for word in sorted(_of_a_yes(language))}


@cache
def _of_a_yes(language: str) -> frozenset[str]:
    phrases = {*lists(language)["yes"], *lists(language)["filler"], *lists_of("consent", language)["yes"]}
    listed = frozenset(word for one in phrases | lists_of("consent", language)["beside"] for word in one.split())
    return listed | verbs(language)
