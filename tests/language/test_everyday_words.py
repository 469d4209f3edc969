"""Words in haste, in dialect and of everyday: for days, for services, for what is only a remark."""

from datetime import date, time

import pytest

from tests.language.conversations import NOW, after, say
from truebook.language import kinds
from truebook.language.dialogue import begin, heard_customer
from truebook.language.names import Named
from truebook.language.state import Desk, Offered, Slot, State
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit
SERVICES = tuple(
    Named(name.lower().split()[0], name, kinds.names(name))
    for name in ("Haircut", "Colour", "Beard trim", "Blood test")
)
LASER = Named("laser", "Laser")
OFFERS = Offered(
    (
        Slot("a", "cut", "anna", date(2026, 12, 10), time(10)),
        Slot("b", "cut", "anna", date(2026, 12, 11), time(15)),
        Slot("c", "cut", "ben", date(2026, 12, 14), time(9)),
    )
)


def told(text: str, language: str) -> State:
    desk = Desk((*SERVICES, LASER), (Named("anna", "Anna"),), time(9), time(19), (language,), "AT")
    return heard_customer(begin(desk), text, NOW)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "haircut 2moro at 10", 2),
        ("en", "haircut tmrw morn", 2),
        ("en", "haircut thur at 3", 3),
        ("pt", "corte na qarta às 10", 2),
        ("pt", "corte sáb de manhã", 5),
        ("es", "corte el juevs", 3),
        ("es", "corte el miercols por la tarde", 2),
        ("nl", "knippen vrijdg om 10", 4),
        ("nl", "knippen za ochtend", 5),
        ("fr", "coupe demain aprem", 2),
        ("fr", "coupe 2main matin", 2),
        ("fr", "coupe samdi matin", 5),
        ("de", "Haarschnitt Do nachmittag", 3),
        ("de", "Haarschnitt moing um 10", 2),
        ("de", "Haarschnitt Samstach", 5),
        ("it", "taglio gio pome", 3),
        ("it", "taglio dmn alle 10", 2),
    ],
)
def test_a_day_in_haste(language: str, text: str, day: int) -> None:
    assert told(text, language).wish.visit.day == date(2026, 12, day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "money"),
        ("en", "moody"),
        ("es", "clase de mates"),
        ("de", "so früh wie möglich"),
        ("nl", "zo vroeg mogelijk"),
    ],
)
def test_words_that_look_like_a_weekday_are_none(language: str, text: str) -> None:
    assert read(text, Context(NOW, language)).days == ()


@pytest.mark.parametrize(
    ("language", "text", "service"),
    [
        ("en", "need a chop friday", "haircut"),
        ("en", "my mother needs some bloods done", "blood"),
        ("de", "Strähnchen nachfärben am Freitag", "colour"),
        ("de", "Spitzen schneiden", "haircut"),
        ("es", "retocar raíces el viernes", "colour"),
        ("es", "cortarme las puntas", "haircut"),
        ("fr", "les pointes vendredi", "haircut"),
        ("fr", "refaire mes racines", "colour"),
        ("it", "rifare la ricrescita venerdì", "colour"),
        ("nl", "puntjes vrijdag", "haircut"),
        ("pt", "aparar as pontas na sexta", "haircut"),
    ],
)
def test_a_service_in_everyday_words(language: str, text: str, service: str) -> None:
    assert told(text, language).wish.visit.service == service


@pytest.mark.parametrize(
    ("language", "text", "note"),
    [
        ("en", "haircut friday, I'm allergic to latex", "I'm allergic to latex"),
        ("en", "haircut friday, my mother walks with a frame", "my mother walks with a frame"),
        ("de", "Haarschnitt Freitag, ich habe eine Latexallergie", "ich habe eine Latexallergie"),
        ("es", "corte el viernes, tengo alergia al látex", "tengo alergia al látex"),
        ("fr", "une coupe vendredi, je suis allergique au latex", "je suis allergique au latex"),
        ("it", "un taglio venerdì, sono intollerante al lattice", "sono intollerante al lattice"),
        ("nl", "knippen vrijdag, ik heb een latexallergie", "ik heb een latexallergie"),
        ("pt", "um corte na sexta, sou alérgica ao látex", "sou alérgica ao látex"),
    ],
)
def test_what_the_team_is_to_know_is_a_note_and_no_service(language: str, text: str, note: str) -> None:
    wish = told(text, language).wish
    assert (wish.visit.service, wish.notes) == ("haircut", (note,))


@pytest.mark.parametrize(
    ("language", "text", "service"),
    [
        ("en", "a haircut on friday, and please no colour near my left ear", "haircut"),
        ("en", "no haircut, just a colour", "colour"),
        ("de", "Haarschnitt, ich vertrag keine Farbe mit Ammoniak", "haircut"),
        ("de", "keine Farbe, nur Haarschnitt am Freitag", "haircut"),
        ("fr", "pas de couleur, juste une coupe", "haircut"),
        ("it", "niente colore, solo taglio", "haircut"),
        ("nl", "geen kleuring, alleen knippen", "haircut"),
    ],
)
def test_a_service_that_is_not_wanted_is_none(language: str, text: str, service: str) -> None:
    wish = told(text, language).wish
    assert (wish.visit.service, wish.others) == (service, ())


def test_a_no_before_a_comma_is_about_no_service() -> None:
    wish = told("no, a haircut and a colour", "en").wish
    assert [one.service for one in (wish.visit, *wish.others)] == ["haircut", "colour"]


@pytest.mark.parametrize(
    ("language", "text", "picked"),
    [
        ("pt", "o primeiro", "a"),
        ("pt", "pode ser o primeiro horário", "a"),
        ("pt", "o terceiro serve", "c"),
        ("it", "prendo il primo", "a"),
        ("fr", "le troisième svp", "c"),
        ("es", "me quedo con el primero", "a"),
        ("de", "den dritten", "c"),
        ("nl", "doe de eerste maar", "a"),
        ("pt", "dia primeiro", None),
        ("it", "il primo gennaio", None),
        ("fr", "le premier janvier", None),
        ("de", "ersten Jänner", None),
    ],
)
def test_the_first_of_the_offers_is_no_date(language: str, text: str, picked: str | None) -> None:
    assert say(after(OFFERS, language=language), text).meaning.picked == picked


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "haircut friday, Fergus 07911 123456", "+447911123456"),
        ("en", "call me on 0044 7911 123456", "+447911123456"),
        ("en", "+1 (415) 555-2671", "+14155552671"),
        ("fr", "Théophile Ouédraogo, 0612 77 40 93", "+33612774093"),
        ("fr", "00 33 6 12 77 40 93", "+33612774093"),
        ("it", "Tonino Scarpellini 347 190 8865", "+393471908865"),
        ("pt", "Duarte Falcão 912 604 377", "+351912604377"),
        ("pt", "Zulmira (11) 98844-3071", "+5511988443071"),
        ("nl", "Joost 06 2187 4430", "+31621874430"),
        ("es", "Nuria 655 208 914", "+34655208914"),
        ("de", "Renate 0176 12345678", "+4917612345678"),
        ("de", "+43 (0) 676 330 95 18", "+436763309518"),
    ],
)
def test_a_number_is_read_as_people_of_the_language_write_it(language: str, text: str, number: str) -> None:
    assert told(text, language).wish.phone == number, "at a desk in Austria"
