"""What sounds like one thing and is another: names, a complaint, a week, a place in a class."""

from datetime import date, datetime, time

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Asked, Desk, Named, Offered, Slot, State
from truebook.language.values.counting import counted

pytestmark = pytest.mark.unit

NOW = datetime(2026, 12, 1, 10)  # a Tuesday
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
SERVICES = (
    Named("pilates", "Pilates"),
    Named("colour", "Colour", ("Farbe", "color", "couleur", "coloration", "colore", "kleuring", "coloração")),
)


LESSON = Slot("lesson", "colour", "anna", date(2026, 12, 8), time(8))


def desk(language: str) -> State:
    return begin(Desk(SERVICES, (Named("anna", "Anna"),), time(9), time(19), LANGUAGES), language=language)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Josie Blackett and Jo Pym"),
        ("en", "Tom Ashby and Liz Green"),
        ("en", "josie blackett and jo pym"),
        ("en", "Gregorio Mena, Irene Mena"),
        ("de", "Philippa Storr und Beryl Storr"),
        ("de", "Solène Quillent und Léa Quillent"),
        ("es", "Gertrud Moser y Hannelore Moser"),
        ("fr", "Femke Hoorn et Sanne Hoorn"),
        ("it", "Rüdiger Kassel e Liesl Kassel"),
        ("nl", "Fulvio Gatti en Ornella Gatti"),
        ("pt", "Giles Prewett e Ada Finch"),
    ],
)
def test_names_that_were_asked_for_are_of_no_language(language: str, names: str) -> None:
    asked = heard_assistant(desk(language), [Asked("name")], NOW)
    assert heard_customer(asked, names, NOW).language == language


def test_whoever_goes_on_in_another_language_is_followed() -> None:
    asked = heard_assistant(desk("en"), [Asked("name")], NOW)
    assert heard_customer(asked, "Ich heiße Gertrud Moser und möchte bitte auf Deutsch schreiben", NOW).language == "de"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "die Woche drauf bitte"),
        ("de", "lieber die Woche danach"),
        ("de", "geht es auch die Woche davor?"),
    ],
)
def test_the_week_after_is_no_series(language: str, text: str) -> None:
    assert not counted(text, language).again


def test_so_many_a_week_are_one() -> None:
    assert counted("zweimal die Woche", "de").weekly


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The colour Anna did last week has gone orange, I am livid and I want it redone for free"),
        ("en", "You were supposed to call me on friday and nobody called. This is the second time."),
        ("de", "Die Farbe von letzter Woche ist total verpfuscht, ich bin stinksauer, das gehört gratis ausgebessert"),
        ("de", "Ihr wolltet am Freitag zurückrufen, niemand hat angerufen!"),
        ("es", "El color de la semana pasada es un desastre, estoy furiosa, quiero que lo hagan de nuevo"),
        (
            "fr",
            "Bonjour, la coloration faite par Anna la semaine dernière a complètement viré au orange, je suis furieuse, "
            "je veux que ce soit refait gratuitement !",
        ),
        ("it", "Il colore di venerdì scorso è un disastro, sono furiosa, rivoglio i soldi"),
        ("nl", "De kleuring van vorige week is helemaal verpest, ik ben woedend en wil mijn geld terug"),
        ("pt", "A coloração da semana passada é um desastre, estou furiosa, quero o meu dinheiro de volta"),
    ],
)
def test_who_was_wronged_is_not_offered_days(language: str, text: str) -> None:
    heard = heard_customer(desk(language), text, NOW)
    assert heard.meaning.complaint and heard.meaning.does("complain")
    assert heard.meaning.likeliest("book", "move") == 0
    assert heard.wish.visit.service is None and heard.wish.visit.constraints == ()


@pytest.mark.parametrize(
    "text",
    [
        "actually scrap that 55 quid is a bit steep, put me on the pilates instead",
        "put me on the pilates instead",
        "put me on pilates on tuesday",
    ],
)
def test_to_be_put_on_a_class_is_no_waiting_list(text: str) -> None:
    heard = heard_customer(heard_assistant(desk("en"), [Offered((LESSON,))], NOW), text, NOW)
    assert not heard.meaning.does("waitlist", "join") and heard.wish.visit.service == "pilates"


def test_a_waiting_list_that_is_named_is_one() -> None:
    assert heard_customer(desk("en"), "put me on the waiting list for pilates", NOW).meaning.does("waitlist", "join")
