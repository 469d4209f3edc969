"""Somebody whom a customer takes for one of the team, where nobody of the team is called so: "a cut with Julia", "is
Dr Stein in on Thursday?"."""

from collections.abc import Collection
from dataclasses import replace

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Word, phrases, words_of
from truebook.language.lists.ordinary import ordinary
from truebook.language.names import given_names
from truebook.language.spans import spans, within
from truebook.language.state import Meaning, State
from truebook.language.text import plain
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.values.written import ARTICLES

_TEAM = "team"  # the lists of how somebody of a team is named


def asks_for_nobody(state: State, meaning: Meaning, text: str, listening: Listening) -> Meaning:
    """Return the meaning of a message with whom it takes for one of the team, where nobody there is called so.

    state: what the message came to; that this one does not work here answers what else it asks about them.
    """
    known = lists_of(_TEAM, state.language)
    if not phrases(words_of(text, state.language), known["at"] | known["with"] | known["doctor"] | known["works"]):
        return meaning
    named = (state.desk.name, state.wish.name, state.wish.visit.whom, *(one.whom for one in state.along))
    others = {word for one in named for word in plain(one or "").split()}
    joins = state.wish.visit.service in state.desk.classes
    whom = not_here(values_of(text, state.language, listening), others, joins=joins)
    if whom is None:
        return meaning
    asks = tuple(topic for topic in meaning.asks if topic not in ("other", "who", "hours"))
    return replace(meaning, not_here=whom, asks=("nobody", *asks))


def not_here(values: Values, others: Collection[str], *, joins: bool) -> str | None:
    """Return whom a message takes for one of the team, as it writes them; None where it names nobody like that.

    others: words of names of those who come, or are known to be somebody else. joins: whoever is named behind a "with"
    may as well come along, as to a class.
    """
    for at, word in enumerate(values.words):
        if _is_a_name(at, values) and word.text not in others:
            first = _first_title(at, values)
            if _is_of_the_team(first, at, values, joins=joins):
                return values.text[values.words[first].start : _last_of_name(at, values).end]
    return None


def _is_a_name(at: int, values: Values) -> bool:
    """Tell whether a word is a first name, or stands behind a title, and is no service, day or member of the team."""
    word = values.words[at]
    if word.text in _titles(values.language):
        return False
    if within(word.start, [*values.spans, *spans((values.name, values.email))]):
        return False
    capital = values.text[word.start].isupper()
    titled = _first_title(at, values) < at
    if titled and word.text not in lists(values.language)["common"]:
        return capital or word.text not in ordinary(values.language)
    return capital and word.text in given_names()


def _first_title(at: int, values: Values) -> int:
    """Return the place of the first title before a word, else that of the word."""
    while at > 0 and values.words[at - 1].text in _titles(values.language):
        at -= 1
    return at


def _titles(language: str) -> frozenset[str]:
    known = lists_of(_TEAM, language)
    return known["doctor"] | known["polite"]


def _last_of_name(at: int, values: Values) -> Word:
    """Return the last word of a name that begins at a place: a surname with its capital may follow."""
    words = values.words
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or values.text[words[at].end : following.start].strip():
        return words[at]
    free = not within(following.start, values.spans)
    named = values.text[following.start].isupper() and following.text not in ordinary(values.language)
    return following if free and named else words[at]


def _is_of_the_team(first: int, at: int, values: Values, *, joins: bool) -> bool:
    """Tell whether a name, with its titles, stands where one of the team does."""
    known, words = lists_of(_TEAM, values.language), values.words
    titles = {word.text for word in words[first:at]}
    led = {key: _led_by(first, values, known[key]) for key in ("at", "with")}
    theirs = lists_of("counting", values.language)["for"] - known["at"] - known["with"]
    if _begins_alike(at, values) or (not titles and _led_by(first, values, theirs) is not None):
        return False  # "with Julia and me", "the beard for Paul"
    if titles and (led["at"] is not None or led["with"] is not None):
        return True
    if led["at"] is not None and words[at].text in given_names():
        return True
    if led["with"] is not None and not joins and _right_behind_a_service(led["with"], values):
        return True
    start, end = values.clause(words[at].start)
    if any(start <= hit.start < end for hit in values.people):  # "can Franz go to Anna?" is about a guest
        return False
    asked = values.text[end : end + 1] == "?"
    asks = any(start <= words[place].start < end for place in phrases(words, known["works"]))
    return asked and (bool(titles & known["doctor"]) or (asks and first == at and led["with"] is None))


def _led_by(first: int, values: Values, wanted: frozenset[str]) -> int | None:
    """Return where a phrase begins that stands right before a place, an article between them or not."""
    before = {last: begin for begin, last in phrases(values.words, wanted).items()}
    skipped = first > 1 and values.words[first - 1].text in ARTICLES
    return before.get(first - 1, before.get(first - 2) if skipped else None)


def _right_behind_a_service(at: int, values: Values) -> bool:
    """Tell whether a word stands right behind a service, or behind "an appointment"."""
    behind = [hit.end for hit in values.services] + [mark.end for mark in values.marked("appointment")]
    start = values.words[at].start
    return any(end <= start and values.joined(end, start, "skip") for end in behind)


def _begins_alike(at: int, values: Values) -> bool:
    """Tell whether the customer is named along with somebody: then they come together."""
    ands, me = values.places("and"), values.places("me")
    return at + 1 in ands and at + 2 in me
