"""Another name than the known one, told in full: whatever its words mean, and no guest falls with it."""

from dataclasses import replace

import pytest

from tests.language.conversations import read_back, say

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "known", "text", "name"),
    [
        ("nl", "Annelies de Bruin", "Zet het maar op naam van mijn moeder, Wil de Bruin", "Wil de Bruin"),
        ("nl", "Bruin", "Niet Bruin maar Wil de Bruin", "Wil de Bruin"),
        ("nl", "Bruin", "Alleen de naam: mevrouw Wil de Bruin", "Wil de Bruin"),
        ("de", "Eva Kurz", "bitte auf den Namen Max Kurz", "Max Kurz"),
        ("fr", "Ana Petit", "mettez au nom de mon mari, Jean Petit", "Jean Petit"),
        ("en", "Karen", "yes lovely. surname's Whitfield, if you need it", "Karen Whitfield"),
        ("it", "Giulia", "sì grazie, di cognome faccio Ferrante", "Giulia Ferrante"),
        ("de", "Hubert Prohaska", "I kum um 17:30 zum Ben. Und da Kevin kriagt danoch an Schnitt.", "Hubert Prohaska"),
        ("en", "Ann Lee", "my mother's name is May Long", "Ann Lee"),
    ],
)
def test_a_name_told_outright_is_whole(language: str, known: str, text: str, name: str) -> None:
    state = read_back(language)
    assert say(replace(state, wish=replace(state.wish, name=known)), text).wish.name == name


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Oui, c'est bon pour moi"), ("en", "yes that works for me"), ("de", "ja, für mich passt das so")],
)
def test_what_suits_the_customer_stays_the_guests(language: str, text: str) -> None:
    state = read_back(language)
    visit = replace(state.wish.visit, whom="Leo")
    heard = say(replace(state, wish=replace(state.wish, name="Ann Lee", visit=visit)), text)
    assert heard.meaning.agreed and heard.wish.visit.whom == "Leo"
