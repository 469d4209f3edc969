"""A greeting tells its language, a customer's name tells none."""

import pytest

from truebook.language.idiom import language_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("servus", "es", "de"),
        ("servas", "en", "de"),
        ("hola", "de", "es"),
        ("salut", "de", "fr"),
        ("ciao", "en", "it"),
        ("hallo", "de", "de"),
        ("hallo", "nl", "nl"),
    ],
)
def test_a_bare_greeting_is_of_its_own_language(text: str, spoken: str, language: str) -> None:
    assert language_of(text, spoken, begun=False) == language


@pytest.mark.parametrize("name", ["Renata Lopes", "Giulia Ferrari", "Camille Roux", "Ana Prates Lima", "Lotte de Wit"])
def test_whose_name_stands_behind_it_changes_no_language(name: str) -> None:
    assert language_of(f"haircut on friday, {name}", "en", begun=False) == "en"
    assert language_of(f"ein Haarschnitt am Freitag, {name}", "de", begun=False) == "de"
