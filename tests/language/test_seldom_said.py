"""What is said seldom, and is understood all the same: each of these rules had no sentence that held it."""

from datetime import date, time

import pytest

from tests.language.conversations import NOW, THREE, desk, offered, read_back, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.names import Named
from truebook.language.state import Booked, Desk, Slot, State
from truebook.language.values.counting import counted
from truebook.language.wish import Days, Times

pytestmark = pytest.mark.unit


def said(language: str, *texts: str) -> State:
    state = begin(desk(language))
    for text in texts:
        state = say(state, text)
    return state


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, after two, before five"),
        ("de", "einen Haarschnitt am Freitag, nach zwei, vor fünf"),
        ("es", "un corte el viernes, después de las dos, antes de las cinco"),
        ("fr", "une coupe vendredi, après 14h, avant 17h"),
        ("it", "un taglio venerdì, dopo le 14, prima delle 17"),
        ("nl", "knippen op vrijdag, na 14 uur, voor 17 uur"),
        ("pt", "um corte na sexta, depois das 14h, antes das 17h"),
    ],
)
def test_two_ends_are_one_window(language: str, text: str) -> None:
    assert said(language, text).wish.visit.times == Times(time(14), time(17))


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "a haircut on friday in the afternoon", "but before four please"),
        ("de", "einen Haarschnitt am Freitag Nachmittag", "aber vor 16 Uhr bitte"),
        ("nl", "knippen op vrijdagmiddag", "maar voor 16 uur"),
    ],
)
def test_a_limit_lies_in_the_part_of_the_day_that_was_told(language: str, first: str, then: str) -> None:
    part, limited = said(language, first).wish.visit.times, said(language, first, then).wish.visit.times
    assert part and part.first and limited == Times(part.first, time(16))


@pytest.mark.parametrize(
    ("language", "text", "service"),
    [
        ("de", "ich hätte gern einen Colourtermin", "color"),
        ("nl", "graag een knipafspraak", "cut"),
        ("en", "I'd like some haircuts", "cut"),
    ],
)
def test_a_service_in_one_word_with_the_appointment(language: str, text: str, service: str) -> None:
    assert said(language, text).wish.visit.service == service


@pytest.mark.parametrize(
    ("language", "text", "times", "row"),
    [
        ("en", "pilates, 10x please", 10, None),
        ("de", "10mal bitte", 10, None),
        ("de", "zehnmal bitte", 10, None),
        ("en", "a double lesson on friday", None, 2),
        ("de", "eine Doppelstunde am Freitag", None, 2),
    ],
)
def test_what_is_counted_in_one_word(language: str, text: str, times: int | None, row: int | None) -> None:
    found = counted(text, language)
    assert (found.times, found.row) == (times, row)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("anything later in the week?", Days(date(2026, 12, 3), date(2026, 12, 6))),
        ("later in the month would be better", Days(date(2026, 12, 9), date(2026, 12, 31))),
    ],
)
def test_what_is_left_of_a_week_and_of_a_month(text: str, days: Days) -> None:
    assert say(read_back(), text).wish.visit.days == days


def test_somebody_with_a_service_of_their_own_beside_an_offer() -> None:
    heard = say(offered(), "the first one, and my son, Kevin, needs a colour as well")
    assert (heard.wish.visit.whom, [(one.service, one.whom) for one in heard.wish.others]) == (
        None,
        [("color", "Kevin")],
    )


def test_what_a_trial_is_in_once_it_is_booked_is_told_the_team() -> None:
    lessons = Desk((Named("trial", "Trial lesson"), Named("en", "English lesson")), (Named("anna", "Anna"),))
    booked = heard_assistant(begin(lessons), [Booked(Slot("t", "trial", "anna", THREE.day, time(15)))], NOW)
    heard = say(booked, "it's for English, you've got that down?")
    assert (heard.meaning.note, heard.wish.others) == ("it's for English, you've got that down?", ())
