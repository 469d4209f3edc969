"""Names of staff and services in what customers write."""

import re
from dataclasses import replace

import pytest

from truebook.language.lists import lists
from truebook.language.lists.ordinary import ordinary
from truebook.language.names import Directory, Named, Surroundings
from truebook.language.values import contact

pytestmark = pytest.mark.unit

STAFF = Directory(
    (
        Named("anna", "Anna Berger"),
        Named("ben", "Dr. Benedikt Maier", ("Ben",)),
        Named("chen", "Prof. Li Chen"),
        Named("wei", "Wei Chen, MD"),
        Named("may", "May"),
        Named("hill", "Hill Street Salon"),
    )
)
SERVICES = Directory(
    (
        Named("cut", "Haircut", ("trim", "hair cut")),
        Named("kids", "Kids haircut"),
        Named("color", "Colour", ("dye", "highlights")),
        Named("massage", "Back massage"),
    )
)


def around(answer: bool = False, everyday: bool = False) -> Surroundings:
    table = lists("en")
    return Surroundings(
        table["common"],
        table["trade"],
        ordinary("en"),
        contact.at_end("en", "staff_before"),
        contact.at_end("en", "place_before"),
        own=contact.at_end("en", "name_before", "kin"),
        answer=answer,
        everyday=everyday,
    )


def people(text: str, answer: bool = False) -> list[tuple[str, ...]]:
    return [tuple(sorted(hit.ids)) for hit in STAFF.find(text, around(answer))]


def services(text: str) -> list[tuple[str, ...]]:
    return [tuple(sorted(hit.ids)) for hit in SERVICES.find(text, around(everyday=True))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("with Anna please", "anna"),
        ("is anna berger in on friday?", "anna"),
        ("Berger Anna would be fine", "anna"),
        ("with A. Berger", "anna"),
        ("could I see Ana Berger", "anna"),
        ("with frau Berger", "anna"),
        ("Dr Maier at nine", "ben"),
        ("doctor maier", "ben"),
        ("I'd like Ben", "ben"),
        ("dr. benedickt maier", "ben"),
        ("professor Li Chen", "chen"),
        ("Anna's next opening", "anna"),
    ],
)
def test_staff_is_found_however_it_is_written(text: str, expected: str) -> None:
    assert people(text) == [(expected,)]


def test_a_shared_surname_fits_both() -> None:
    assert people("with Dr. Chen") == [("chen", "wei")]


@pytest.mark.parametrize(
    "text",
    [
        "see you in may",
        "I live in Pleasant Hill",
        "up the hill",
        "a salon on a street",
        "my name is Anna",
        "this is for my daughter Anna",
        "bergers are tasty",
        "are you open on sunday?",
    ],
)
def test_other_words_are_not_staff(text: str) -> None:
    assert people(text) == []


def test_a_common_word_is_a_name_when_it_answers_with_whom() -> None:
    assert people("may", answer=True) == [("may",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a haircut tomorrow", "cut"),
        ("i need a hair cut", "cut"),
        ("hiarcut please", "cut"),
        ("just a trim", "cut"),
        ("a kids haircut", "kids"),
        ("do you do highlights", "color"),
        ("back masage on friday", "massage"),
    ],
)
def test_services_are_found_misspelt_and_by_synonym(text: str, expected: str) -> None:
    assert services(text) == [(expected,)]


def test_a_hit_says_where_the_name_stands() -> None:
    text = "tomorrow with Anna Berger at 5"
    [hit] = STAFF.find(text, around())
    assert text[hit.start : hit.end] == "Anna Berger"


def test_an_empty_directory_finds_nothing() -> None:
    assert Directory(()).find("Anna", around()) == []


def test_surroundings_by_default_know_no_own_name() -> None:
    bare = Surroundings(frozenset(), frozenset(), frozenset(), re.compile("(?!)"), re.compile("(?!)"))
    assert [h.ids for h in STAFF.find("my name is Anna Berger", bare)] == [("anna",)]


@pytest.mark.parametrize(
    ("language", "service", "text"), [("es", "mechas", "Sí, muchas gracias"), ("en", "trim", "i'll be there on time")]
)
def test_a_word_of_the_language_is_no_other_one_misspelt(language: str, service: str, text: str) -> None:
    things = replace(around(everyday=True), ordinary=ordinary(language), things=True)
    assert not Directory((Named("x", service),)).find(text, things)
