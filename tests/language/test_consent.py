"""Consent is a closed rule: what looks like a yes and is none books nothing, in seven languages.

The sentences lie in `consent/<language>.txt`: "+" is a plain yes to the read-back, "-" only looks like one.
"""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.languages import LANGUAGES
from truebook.language.state import Asked, Desk, Named, ReadBack, Slot

pytestmark = pytest.mark.unit

NOW = datetime(2026, 12, 1, 10)  # a Tuesday
FRIDAY = Slot("friday", "cut", "anna", date(2026, 12, 4), time(15, 30))
SERVICES = (
    Named("cut", "Haircut", ("Haarschnitt", "corte", "coupe", "taglio", "knippen")),
    Named("colour", "Colour", ("Farbe", "color", "couleur", "colore", "kleuren", "coloração")),
)
STAFF = (Named("anna", "Anna"), Named("ben", "Ben"))


@cache
def sentences(language: str, sign: str) -> list[str]:
    lines = (Path(__file__).parent / "consent" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line[2:] for line in lines if line.startswith(f"{sign} ")]


def agreed(text: str, language: str, whom: str = "", people: int = 1) -> bool:
    """Tell whether text agrees to "Haircut with Anna, Friday, 15:30. Shall I book it?", read back for somebody."""
    state = begin(Desk(SERVICES, STAFF, time(9), time(19), (language,)))
    asked = heard_assistant(state, [ReadBack(replace(FRIDAY, whom=whom, people=people)), Asked("booking")], NOW)
    return heard_customer(asked, text, NOW).meaning.agreed


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_looks_like_a_yes_is_none(language: str) -> None:
    assert [text for text in sentences(language, "-") if agreed(text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_yes_is_one(language: str) -> None:
    assert [text for text in sentences(language, "+") if not agreed(text, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("en", "yes, it's Maria Lopez", "Maria Lopez"),
        ("en", "yes do book that for me, Tom Baker", "Tom Baker"),
        ("de", "passt, Huber Franz mein Name", "Franz Huber"),
        ("de", "ja ok, auf den Namen Berger", "Eva Berger"),
        ("es", "sí, soy Marta Ruiz", "Marta Ruiz"),
        ("fr", "volontiers, au nom de Dupont", "Luc Dupont"),
        ("it", "a nome Bianchi, sì", "Bianchi"),
        ("nl", "ja, ik ben Kees de Vries", "Kees de Vries"),
        ("pt", "claro, em nome de Souza", "Rui Souza"),
    ],
)
def test_whoever_agrees_may_say_who_they_are_and_nobody_else(language: str, text: str, whom: str) -> None:
    assert agreed(text, language, whom)
    assert not agreed(text, language, "Carla")
    assert not agreed(text, language)


@pytest.mark.parametrize(
    ("language", "both", "one"),
    [
        ("en", "yes, book it for both of us please", "yes, just for me"),
        ("de", "ja bitte buchen, für uns zwei", "ja, nur für mich"),
        ("es", "sí, resérvela para los dos", "sí, solo para mí"),
        ("fr", "oui, pour nous deux", "oui, juste pour moi"),
        ("it", "sì, per noi due", "sì, solo per me"),
        ("nl", "ja graag, voor ons beiden", "ja, alleen voor mij"),
        ("pt", "sim, marque para nós dois", "sim, só para mim"),
    ],
)
def test_a_yes_for_two_is_one_where_two_were_read_back(language: str, both: str, one: str) -> None:
    assert agreed(both, language, people=2) and not agreed(one, language, people=2)
    assert not agreed(both, language, people=3)


def test_there_are_enough_of_them() -> None:
    assert all(len(sentences(language, "-")) >= 70 and len(sentences(language, "+")) >= 20 for language in LANGUAGES)
    assert sum(len(set(sentences(language, "-"))) for language in LANGUAGES) >= 500
