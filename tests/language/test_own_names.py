"""The customer's own name: beside other words, before it is asked for, with its "van", and never a stray word."""

from datetime import datetime

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Act, Asked, Desk, Named, Offered, Slot

pytestmark = pytest.mark.unit

NOW = datetime(2026, 12, 1, 10)  # a Tuesday
OFFER = Offered((Slot("one", "cut", "anna", NOW.date(), datetime(2026, 12, 1, 13).time()),))
ASKED = Asked("name")


def name_in(language: str, *said: str, after: Act) -> str | None:
    """Return the name that is known after some messages, each an answer to the same question."""
    state = begin(Desk((Named("cut", "Haircut"),), (Named("anna", "Anna"), Named("ben", "Ben")), languages=(language,)))
    for text in said:
        state = heard_customer(heard_assistant(state, [after], NOW), text, NOW)
    return state.wish.name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "omg ok. Mel. but i asked what time 🙄", "Mel"),
        ("en", "mel", "Mel"),
        ("en", "sure, its Jo Marsh please", "Jo Marsh"),
        ("en", "omg ok", None),
        ("pt", "Thiago Moreira, sou brasileiro, moro em viena", "Thiago Moreira"),
        ("nl", "Saskia van Dam", "Saskia van Dam"),
        ("nl", "Piet van den Berg", "Piet van den Berg"),
        ("nl", "Jan de Vries", "Jan de Vries"),
        ("de", "Ludwig van der Heyden bitte", "Ludwig van der Heyden"),
        ("de", "Huber", "Huber"),
        ("de", "aber nur wenn der Lukas glei danach drankommt, gö", None),
        ("de", "Gerda Moll, gö", "Gerda Moll"),
        ("de", "hahaha", None),
        ("it", "ahahah", None),
        ("pt", "Rui Melo kkkk", "Rui Melo"),
        ("nl", "Kees hoor", "Kees"),
        ("nl", "op naam van De Graaf", "De Graaf"),
        ("en", "It's Sean with an a-u, Shaun", "Shaun"),
        ("en", "everyone calls me Bex but it's Rebecca Stone", "Rebecca Stone"),
        ("fr", "Fred, enfin Frédéric Lambert", "Frédéric Lambert"),
        ("it", "sono Beppe, cioè Giuseppe Rinaldi", "Giuseppe Rinaldi"),
        ("es", "anótame como Nico", "Nico"),
        ("pt", "anota como Zeca", "Zeca"),
    ],
)
def test_an_answer_is_the_name_in_it(language: str, text: str, name: str | None) -> None:
    assert name_in(language, text, after=ASKED) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("it", "alle 13 Mario", "Mario"),
        ("it", "alle 13 con Marta", None),
        ("en", "the first one please - Deepak", "Deepak"),
        ("es", "hola, te habla Rosario Vidal, querría un corte", "Rosario Vidal"),
        ("en", "1 with Ben. Dean Okafor, number you've got already", "Dean Okafor"),
        ("pt", "Paulo Reis, sou brasileiro", "Paulo Reis"),
        ("nl", "doe maar Ben, 13 uur. Naam is Willem de Groot.", "Willem de Groot"),
        ("fr", "13h alors, le nom est Luc Legrand", "Luc Legrand"),
        ("de", "Sabine Moll", "Sabine Moll"),
        ("de", "weder noch, ich will den 21. Dezember NOCH DAZU", None),
        ("en", "yeah. name's liam byrne, not me", "Liam Byrne"),
        ("de", "Guten Abend, Danke Schön", None),
        ("de", "Liebe Grüße", None),
        ("en", "Good Morning, Thank You", None),
    ],
)
def test_a_name_is_heard_before_it_is_asked_for(language: str, text: str, name: str | None) -> None:
    assert name_in(language, text, after=OFFER) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "ich bin Allergiker"), ("de", "Hören Sie, Meine Güte"), ("pt", "sou Brasileiro"), ("en", "i'm Vegan")],
)
def test_a_known_name_stays(language: str, text: str) -> None:
    state = begin(Desk((Named("cut", "Haircut"),), (Named("anna", "Anna"),), languages=(language,)))
    state = heard_customer(heard_assistant(state, [ASKED], NOW), "Claudia Wimmer", NOW)
    assert heard_customer(heard_assistant(state, [OFFER], NOW), text, NOW).wish.name == "Claudia Wimmer"


def test_another_name_is_told_in_so_many_words() -> None:
    state = begin(Desk((Named("cut", "Haircut"),), (Named("anna", "Anna"),)))
    state = heard_customer(heard_assistant(state, [ASKED], NOW), "Kev", NOW)
    assert (
        heard_customer(heard_assistant(state, [OFFER], NOW), "name's liam byrne, not me", NOW).wish.name == "Liam Byrne"
    )
