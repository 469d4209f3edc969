"""What those who come along are called: "my son is called Jonas", "my sons Max and Leo", "Tochter Mia"."""

import re
from collections.abc import Iterator
from itertools import takewhile

from truebook.language.lists import lists
from truebook.language.names import given_names
from truebook.language.spans import spans, within
from truebook.language.text import plain
from truebook.language.values.contact import surname_first
from truebook.language.values.said import Values
from truebook.language.values.written import ARTICLES, PARTICLES, capitalised, runs
from truebook.language.wording import one_of_many

OF_NOBODY = re.compile(r"['’]s$")
"""What tells that something is theirs."""
OF_ALL = ("'", "’")
"""What ends a plural of whom something is: "kids' cuts"."""
_ARTICLES = ARTICLES | {"da", "de"}  # and those of dialect: "mei Bua, da Kevin"
_HARD_STOP = re.compile(r"[.!?;\n]")


def called(values: Values, first: int, place: int) -> list[str]:
    """Return what those who come along are called: by name where they are told, "my son is called Jonas", "my sons Max
    and Leo"."""
    word, known = values.words[place], lists(values.language)["kin"]
    mark = next((m for m in values.marked("is_called") if m.first in (place + 1, place + 2)), None)
    if mark and (place + 1 in values.places("me") or _HARD_STOP.search(values.text, word.end, mark.start)):
        mark = None  # "how much is it for a child? I am Ann Lee"
    for told in values.marked("their_name") if mark is None else ():
        if told.first > place and not any(one.text in known for one in values.words[place + 1 : told.first]):
            mark = mark or told
    names = list(names_after(mark.end if mark else word.end, values)) or first_name(values, place + 1)
    if mark and not names and values.words[mark.last + 1 :][:1] and values.words[mark.last + 1].text in given_names():
        names = first_name(values, mark.last + 1)
    called = OF_NOBODY.sub("", values.text[values.words[first].start : word.end])
    return names or [one_of_many(values.language).get(called.casefold(), called)]


def first_name(values: Values, place: int) -> list[str]:
    """Return a first name right beside what somebody is called, though others' names are known words: "Tochter Mia"."""
    if place >= len(values.words) or values.text[values.words[place - 1].end : values.words[place].start].strip():
        return []
    word, known = values.words[place], lists(values.language)
    things = (*values.spans, *spans(values.marked("appointment", "elsewhere")))
    name = values.written(word)
    small = word.text in known["common"] | known["kin"] | known["courtesy"]
    taken = small or within(word.start, things)
    return [OF_NOBODY.sub("", name)] if name[:1].isupper() and not taken else []


def _is_of_a_name(word: str) -> bool:
    return word[:1].isupper() or word in PARTICLES


def names_after(start: int, values: Values) -> Iterator[str]:
    """Yield the names that begin at a place of a message, with their capitals: "Arun" of "Arun (12)", "Max and Leo".

    Behind a comma a name must be all up to the next stop.
    """
    taken = {at for first, last in values.spans for at in range(first, last)}
    text = "".join(";" if at in taken else one for at, one in enumerate(values.text))[start:]
    joints, last = lists(values.language)["and"], 0
    if turned := surname_first(text, values.language):
        yield turned
        return
    for run in runs(text, values.language):
        gap, stops = text[last : run.start].strip(), text[run.end : run.end + 1] in (*".!?,;()\n", "")
        comma, article = gap.startswith(","), plain(gap) in _ARTICLES  # "meinen Neffen, den Leo"
        with_article = plain(gap).rpartition(" ")  # "o Max e o Leo"
        and_ = with_article[0] if with_article[2] in _ARTICLES else plain(gap)
        joined = gap == "&" or and_ in joints if last else not comma or stops
        joined = joined and (bool(last) or gap in ("", ",") or article)
        first, *_ = run.text.split()
        if not joined or not (first[:1].isupper() or plain(first) in given_names()):
            return
        words = run.text.split() if first.islower() else takewhile(_is_of_a_name, run.text.split())
        yield capitalised(OF_NOBODY.sub("", " ".join(words)))
        last = run.end
