"""What the desk says: every language has every sentence, with the same gaps, and understands its own buttons."""

import string
from datetime import date, datetime, time

import pytest

from truebook.language import wording
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.languages import LANGUAGES
from truebook.language.names import Named
from truebook.language.state import Asked, Desk, Meaning, ReadBack, Slot
from truebook.language.wording.voice import Voice

OTHERS = [code for code in LANGUAGES if code != "en"]
ENGLISH = wording.table("en")
NOW = datetime(2031, 12, 2, 9)
ONCE = {
    "or",
    "and",
    "comma",
    "with",
    "minutes",
    "today",
    "tomorrow",
    "yes",
    "another_time",
    "keep_it",
    "person",
    "choices",
}
"""Small words, which may come as often as they like."""


MAY_LEAVE_OUT = {"greet"}
"""What may be said with or without its value: whose desk it is."""


def gaps(way: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(way) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_with_the_same_gaps(language: str) -> None:
    table = wording.table(language)
    assert set(table) == set(ENGLISH)
    for key, ways in table.items():
        known = set.union(*(gaps(way) for way in ENGLISH[key]))
        assert all(gaps(way) == known or (key in MAY_LEAVE_OUT and gaps(way) < known) for way in ways), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_can_be_asked_in_another_way(language: str) -> None:
    table = wording.table(language)
    single = {key for key, ways in table.items() if len(ways) == 1 and ways[0].endswith(("?", "? {which}"))}
    assert single <= {"too_late", "stop_ask"}  # the second stands on a page, where nothing is said twice
    assert all(len(set(ways)) == len(ways) for ways in table.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_understands_its_own_buttons(language: str) -> None:
    table = wording.table(language)
    assert pressed(language, table["yes"][0], "booking").agreed
    assert pressed(language, table["yes"][0], "cancel").agreed
    assert pressed(language, table["keep_it"][0], "cancel").no
    assert pressed(language, table["another_time"][0], "booking").does("more")
    assert not pressed(language, table["another_time"][0], "booking").agreed
    assert pressed(language, table["person"][0], "").does("person")
    acts = ("book", "move", "cancel")
    pressing = [pressed(language, choice, "") for choice in table["choices"]]
    assert all(meaning.does(act) for meaning, act in zip(pressing, acts, strict=True))


def pressed(language: str, button: str, question: str) -> Meaning:
    """Return what a button means after a read-back (or at any time, without a question)."""
    desk = Desk((Named("Cut", "Cut"),), (Named("Anna", "Anna"),), time(9), time(18), (language,))
    state = begin(desk)
    if question:
        slot = Slot("x", "Cut", "Anna", date(2031, 12, 3), time(15, 30))
        state = heard_assistant(state, [ReadBack(slot), Asked(question)], NOW)  # type: ignore[arg-type]
    return heard_customer(state, button, NOW).meaning


def test_a_sentence_is_said_in_another_way_than_the_one_before() -> None:
    first = Voice("de", NOW).say("lost_1")
    assert Voice("de", NOW, first).say("lost_1") != first


@pytest.mark.parametrize(
    ("language", "guest", "said"),
    [
        ("en", "daughter", "for your daughter"),
        ("de", "mann", "für Ihren Mann"),
        ("de", "Tochter", "für Ihre Tochter"),
        ("es", "hijo", "para su hijo"),
        ("fr", "fille", "pour votre fille"),
        ("it", "moglie", "per sua moglie"),
        ("nl", "vriend", "voor uw vriend"),
        ("pt", "filha", "para a sua filha"),
        ("de", "Mia", "für Mia"),
    ],
)
def test_whom_a_visit_is_for_is_told_as_one_speaks_of_them(language: str, guest: str, said: str) -> None:
    assert Voice(language, NOW).for_guest(guest) == said
