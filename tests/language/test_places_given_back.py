"""How many places are given back, or are left, in other words than "give one back"."""

import pytest

from truebook.language.visits.parting import parting

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "make it 3 instead of 4 please"),
        ("de", "machen Sie drei statt vier draus"),
        ("es", "3 en vez de 4"),
        ("fr", "mettre 3 au lieu de 4 svp"),
        ("it", "3 invece di 4"),
        ("nl", "3 in plaats van 4"),
        ("pt", "3 em vez de 4"),
    ],
)
def test_a_number_for_another_is_what_is_left(language: str, text: str) -> None:
    assert parting(text, language).of(4) == 3


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one place less"),
        ("de", "ein Platz weniger"),
        ("es", "una plaza menos"),
        ("fr", "même heure, juste une place de moins"),
        ("it", "un posto in meno"),
        ("nl", "één plaats minder"),
        ("pt", "um lugar a menos"),
    ],
)
def test_one_less_is_one_given_back(language: str, text: str) -> None:
    assert parting(text, language).of(4) == 3


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "at 3 instead of 4"),
        ("en", "3 o'clock instead of 4"),
        ("fr", "15h au lieu de 16h"),
        ("de", "um 3 statt um 4"),
    ],
)
def test_an_hour_for_another_is_no_number_of_places(language: str, text: str) -> None:
    assert not parting(text, language)


@pytest.mark.parametrize(
    ("language", "text", "there", "become"),
    [
        ("en", "scratch that, we'll be four", 3, 4),
        ("en", "we're one more actually", 3, 4),
        ("en", "someone else is joining us", 2, 3),
        ("de", "wir sind nur mehr zwei", 3, 2),
        ("de", "es kommt noch eine Freundin mit", 2, 3),
        ("de", "drei reichen", 4, 3),
        ("es", "al final somos tres", 4, 3),
        ("es", "se apunta una más", 3, 4),
        ("fr", "Inès vient de dire qu'elle peut plus donc on sera 3", 4, 3),
        ("fr", "finalement on est 4", 3, 4),
        ("it", "viene anche una mia amica, siamo in 4", 3, 4),
        ("it", "ci siamo ridotte a due", 3, 2),
        ("nl", "er komt nog iemand mee", 3, 4),
        ("nl", "we komen met drie", 4, 3),
        ("pt", "a Inês desistiu, fica um lugar a menos", 4, 3),
        ("pt", "vai mais uma amiga", 3, 4),
    ],
)
def test_who_comes_tells_how_many_places_are_left(language: str, text: str, there: int, become: int) -> None:
    assert parting(text, language).of(there) == become
