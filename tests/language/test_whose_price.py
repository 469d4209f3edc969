"""Whose price is asked: another service's than the one that is talked about, or one that is another for some."""

import pytest

from tests.language.conversations import desk, offered, say
from truebook.language.dialogue import begin

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "three is fine. And what do regular lessons cost after that?"),
        ("de", "drei Uhr passt. Was kostet eigentlich eine normale Stunde?"),
        ("es", "a las 15. ¿y cuánto cuestan luego las clases?"),
        ("fr", "15h. Et un cours normal, c'est combien ?"),
        ("it", "alle 15. e dopo quanto costa una lezione?"),
        ("nl", "om 15 uur. wat kost een gewone les daarna?"),
        ("pt", "às 15h. e depois quanto custa cada aula?"),
    ],
)
def test_what_comes_after_a_trial_has_another_price(language: str, text: str) -> None:
    meaning = say(offered(language), text).meaning
    assert meaning.usual and meaning.asks == ("price",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut tomorrow, how much is it?"),
        ("de", "einen Haarschnitt am Freitagnachmittag, was kostet der?"),
        ("fr", "une coupe vendredi après-midi, c'est combien ?"),
    ],
)
def test_the_price_of_what_is_wished_for_is_only_that(language: str, text: str) -> None:
    assert not say(begin(desk(language)), text).meaning.usual


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is there a child discount?"),
        ("de", "gibts einen Kinderpreis?"),
        ("pt", "há desconto para estudantes?"),
    ],
)
def test_a_price_that_is_another_for_some_is_asked_of_the_owner(language: str, text: str) -> None:
    assert say(offered(language), text).meaning.asks == ("other",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "quanto costa per un bambino?"),
        ("nl", "ik vroeg naar de prijs voor een kind"),
        ("fr", "ma fille a 9 ans, c'est un tarif enfant ?"),
        ("es", "¿tenéis precio para niños?"),
        ("en", "the first one. how much would it be for my 7 year old?"),
        ("nl", "De eerste. Wat kost het voor een kind van zes?"),
        ("de", "der zweite. Sie ist erst acht, kostet das gleich viel?"),
        ("fr", "la deuxième. Pour un enfant de 5 ans c'est combien ?"),
    ],
)
def test_what_it_costs_for_some_is_told_as_far_as_it_is_known(language: str, text: str) -> None:
    assert say(offered(language), text).meaning.asks == ("price", "other")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "how much is it for my son?"), ("de", "was kostet das für sie?")]
)
def test_the_price_for_ones_own_is_the_price(language: str, text: str) -> None:
    assert say(offered(language), text).meaning.asks == ("price",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "do you do haircuts?"),
        ("de", "Macht ihr auch Haarschnitte?"),
        ("es", "¿hacéis cortes?"),
        ("fr", "vous faites des coupes ?"),
        ("it", "fate il taglio?"),
        ("pt", "vocês fazem corte?"),
    ],
)
def test_whether_a_service_is_offered_gets_a_yes(language: str, text: str) -> None:
    assert say(begin(desk(language)), text).meaning.asks == ("offered",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "are you free for a haircut on saturday?"),
        ("de", "Habt ihr am Samstag einen Haarschnitt frei?"),
        ("en", "how does the haircut work?"),
    ],
)
def test_what_is_asked_of_a_time_or_of_what_it_is_like_does_not(language: str, text: str) -> None:
    assert "offered" not in say(begin(desk(language)), text).meaning.asks
