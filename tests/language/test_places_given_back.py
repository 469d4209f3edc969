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
