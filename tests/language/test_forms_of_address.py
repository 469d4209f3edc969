"""What somebody calls the desk is nobody's name, and a guest who was misnamed is called as they say."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from tests.language.test_who_comes import SERVICES, STAFF, values
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Desk, ReadBack, Slot
from truebook.language.visits.company import company
from truebook.language.wish import Visit

pytestmark = pytest.mark.unit
NOW = datetime(2031, 12, 2, 9)
SLOT = Slot("one", "cut", "anna", datetime(2031, 12, 5).date(), time(10))


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        ("en", "naw mate thats only the cut", []),
        ("en", "a cut on friday, mate", []),
        ("en", "need a cut for me and my boy mate, saturday at 10", ["boy"]),
        ("en", "and my mate needs a cut too", ["mate"]),
        ("en", "alright pal, a cut for me and one for ma lad Dougie", ["Dougie"]),
        ("de", "Chef, einen Haarschnitt für mich und meinen Sohn", ["Sohn"]),
        ("es", "hola jefe, un corte para mí y otro para mi hijo", ["hijo"]),
        ("es", "no hija un corte el viernes", []),
        ("it", "ragazzi, un taglio per me e uno per mia figlia Giulia", ["Giulia"]),
        ("pt", "Bom dia menina, era um corte para o meu filho Duarte", ["Duarte"]),
        ("pt", "Filha, quero um corte na quarta", []),
        ("pt", "um corte na quarta, menina!", []),
        ("nl", "hoi schat, knippen voor Bram en voor mij", ["Bram"]),
        ("fr", "une coupe pour moi et une pour Éloi", ["Éloi"]),
    ],
)
def test_whoever_is_addressed_does_not_come(language: str, text: str, people: list[str]) -> None:
    assert [one.name for one in company(values(language, text))] == people


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "it's not Rory, it's Corey"),
        ("en", "his name is Corey"),
        ("en", "his name is Mark"),
        ("en", "she's called Hope"),
        ("en", "his name is Mark Dale"),
        ("de", "nicht Rory, er heißt Corey"),
        ("es", "no es Rory, se llama Corey"),
        ("fr", "ce n'est pas Rory, c'est Corey"),
        ("it", "no, si chiama Corey, non Rory"),
        ("nl", "niet Rory maar Corey"),
        ("pt", "Não é Rory, o aluno é o Corey"),
        ("pt", "o menino chama-se Corey"),
    ],
)
def test_a_guest_is_called_as_they_are_corrected(language: str, text: str) -> None:
    state = begin(Desk(SERVICES, STAFF, languages=(language,)))
    state = replace(state, wish=replace(state.wish, visit=Visit("cut", "Rory"), name="Carla Moser"))
    heard = heard_customer(heard_assistant(state, [ReadBack(SLOT)], NOW), text, NOW)
    called = next(name for name in ("Mark Dale", "Mark", "Hope", "Corey") if name in text)
    assert (heard.wish.visit.whom, heard.wish.name) == (called, "Carla Moser")
    assert "whom" in heard.meaning.changed and not heard.meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "einen Haarschnitt für den Leo am Freitag um 10"),
        ("es", "un corte para Leo el viernes a las 10"),
        ("nl", "knippen voor Leo vrijdag om 10 uur"),
        ("pt", "um corte para o Leo na sexta às 10h"),
    ],
)
def test_a_first_wish_for_somebody_by_name_is_theirs_unless_it_is_the_customers_own(language: str, text: str) -> None:
    state = begin(Desk(SERVICES, STAFF, languages=(language,)))
    assert heard_customer(state, text, NOW).wish.visit.whom == "Leo"
    known = replace(state, wish=replace(state.wish, name="Leo Maier"))
    assert heard_customer(known, text, NOW).wish.visit.whom is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the pupil is Duarte"),
        ("de", "das Kind heißt Duarte"),
        ("fr", "l'élève s'appelle Duarte"),
        ("nl", "de leerling heet Duarte"),
        ("pt", "O aluno é o Duarte"),
    ],
)
def test_whose_name_is_told_is_whom_it_is_for(language: str, text: str) -> None:
    state = begin(Desk(SERVICES, STAFF, languages=(language,)))
    state = replace(state, wish=replace(state.wish, visit=Visit("cut"), name="Carla Moser"))
    heard = heard_customer(heard_assistant(state, [ReadBack(SLOT)], NOW), text, NOW)
    assert (heard.wish.visit.whom, heard.wish.name) == ("Duarte", "Carla Moser")


def test_a_guest_and_small_words_beside_a_denied_name_are_not_the_customers() -> None:
    state = begin(Desk(SERVICES, STAFF))
    state = replace(state, wish=replace(state.wish, visit=Visit("cut"), name="Callum Reid"))
    line = "no, mate's no a name. cut is for ME, Callum, wi Ben. Then my boy Rory gets a cut an aw wi Anna"
    heard = heard_customer(heard_assistant(state, [ReadBack(SLOT)], NOW), line, NOW)
    assert heard.wish.name == "Callum Reid"


def test_whom_it_was_for_stays_when_two_things_are_named() -> None:
    state = begin(Desk(SERVICES, STAFF, languages=("pt",)))
    state = replace(state, wish=replace(state.wish, visit=Visit("cut", "Duarte")))
    wish = heard_customer(state, "corte na quarta às 16h e depois cor na quinta às 16h", NOW).wish
    assert [one.whom for one in (wish.visit, *wish.others)] == ["Duarte", "Duarte"]
