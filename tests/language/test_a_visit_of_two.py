"""A visit of two people that was offered goes to another day as a whole: nobody is lost, and no other one comes."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.language.conversations import NOW, THURSDAY, WEDNESDAY, desk, offered, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.merge import on_day
from truebook.language.state import Offered, Slot, State
from truebook.language.wish import Times, Visit

pytestmark = pytest.mark.unit
FRIDAY = date(2026, 12, 4)
FOUR = Slot("four", "cut", "anna", WEDNESDAY, time(16), parts=("cut", "color"), guests=("Leo", "Mia"), people=2)


def two(language: str) -> State:
    visit, state = Visit("cut", "Leo", (on_day(WEDNESDAY),)), begin(desk(language))
    state = replace(state, wish=replace(state.wish, visit=visit), along=(Visit("color", "Mia"),))
    return heard_assistant(state, [Offered((FOUR, replace(FOUR, id="five", time=time(17))))], NOW)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "thursday at 4, is there room?", THURSDAY),
        ("en", "no no FRIDAY 4 december at 4", FRIDAY),
        ("en", "but I want thursday! when on thursday afternoon is there room for both?", THURSDAY),
        ("de", "ist am Donnerstag um 16 Uhr noch Platz?", THURSDAY),
        ("de", "nein nein FREITAG um 16 Uhr", FRIDAY),
        ("de", "ach, wann hättet ihr am Donnerstag Nachmittag Platz für beide?", THURSDAY),
        ("es", "¿el jueves a las 16 hay sitio?", THURSDAY),
        ("es", "no no el VIERNES a las 16", FRIDAY),
        ("es", "¿el jueves por la tarde cuándo hay sitio para los dos?", THURSDAY),
        ("fr", "jeudi à 16h il y a de la place ?", THURSDAY),
        ("fr", "mais non, VENDREDI 4 à 16h", FRIDAY),
        ("fr", "jeudi après-midi, quand avez-vous de la place pour les deux ?", THURSDAY),
        ("it", "giovedì alle 16 c'è posto?", THURSDAY),
        ("it", "no no VENERDÌ 4 dicembre, alle 16", FRIDAY),
        ("it", "Giovedì pomeriggio quando avete posto per tutti e due?", THURSDAY),
        ("nl", "is er donderdag om 16 uur plek?", THURSDAY),
        ("nl", "nee nee VRIJDAG om 16 uur", FRIDAY),
        ("nl", "wanneer is er donderdagmiddag plek voor allebei?", THURSDAY),
        ("pt", "quinta às 16h tem lugar?", THURSDAY),
        ("pt", "não não SEXTA às 16h", FRIDAY),
        ("pt", "quinta à tarde quando tem lugar para os dois?", THURSDAY),
    ],
)
def test_another_day_is_for_both(language: str, text: str, day: date) -> None:
    state = say(two(language), text)
    assert (state.wish.visit.day, state.wish.visit.whom, state.wish.others) == (day, "Leo", ())
    assert state.wish.visit.times and not state.wish.visit.on("day", allow=False)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "tuesday but not before 4, they get out of school then"),
        ("de", "Dienstag, aber nicht vor 16 Uhr, vorher haben sie Schule"),
        ("es", "el martes pero no antes de las 16, que salen del cole"),
        ("fr", "mardi mais pas avant 16h, ils sortent de l'école"),
        ("it", "martedì ma non prima delle 16 che escono da scuola"),
        ("nl", "dinsdag maar niet voor 16 uur, dan komen ze uit school"),
        ("pt", "terça mas não antes das 16 que saem da escola"),
    ],
)
def test_it_does_not_begin_before_the_limit(language: str, text: str) -> None:
    visit = say(two(language), text).wish.visit
    times = (*visit.on("time"), *visit.on("time", allow=False))
    assert times and all(one.holds(time(16)) and not one.holds(time(14)) for one in times)
    assert not visit.on("staff")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday would be good, but only after work, I'm on until two"),
        ("de", "Freitag wäre gut, aber erst nach der Arbeit, ich hab bis zwei Dienst"),
        ("de", "Freitog warat guat, oba erst nach da Oabeit, i hob bis zwa Dienst"),
        ("es", "el viernes estaría bien, pero después del trabajo, salgo a las dos"),
        ("fr", "vendredi ce serait bien, mais après le travail, je finis à 14h"),
        ("it", "venerdì andrebbe bene, ma dopo il lavoro, finisco alle due"),
        ("nl", "vrijdag zou goed zijn, maar pas na het werk, ik werk tot twee"),
        ("pt", "sexta seria bom, mas só depois do trabalho, saio às duas"),
    ],
)
def test_a_day_with_a_limit_is_a_wish_however_unsure(language: str, text: str) -> None:
    state = say(offered(language), text)
    assert (state.wish.visit.day, state.wish.visit.times) == (FRIDAY, Times(time(14, 15), None))
    assert {"day", "time"} <= state.meaning.changed


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I'll let you know on friday"), ("de", "ich muss noch schauen, am Freitag weiß ich's")],
)
def test_when_somebody_knows_is_no_wish(language: str, text: str) -> None:
    assert not say(offered(language), text).meaning.changed
