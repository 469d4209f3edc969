"""What a trial lesson is in is told to the team, and is no lesson of its own."""

from datetime import time

import pytest

from tests.language.conversations import NOW
from truebook.language.dialogue import begin, heard_customer
from truebook.language.names import Named
from truebook.language.state import Desk

pytestmark = pytest.mark.unit
SERVICES = (
    Named("maths", "Maths lesson", ("Mathe", "maths", "maths lesson")),
    Named("trial", "Trial lesson", ("trial", "Probestunde", "clase de prueba", "cours d'essai", "lezione di prova", "proefles")),
    Named("english", "English lesson", ("english", "Englisch", "inglés", "anglais", "inglese", "Engels")),
)  # fmt: skip


def desk(language: str) -> Desk:
    return Desk(SERVICES, (Named("nora", "Nora"),), time(9), time(19), (language,))


@pytest.mark.parametrize(
    ("language", "text", "subject"),
    [
        ("de", "ich hätte gern eine Probestunde für meinen Sohn, er braucht Hilfe in Mathe", "Mathe"),
        ("de", "Nur die Probestunde bitte, Mathe halt. Mittwoch am Nachmittag", "Mathe"),
        ("fr", "un cours d'essai, c'est pour l'anglais, jeudi", "l'anglais"),
        ("it", "lezione di prova, inglese, venerdì", "inglese"),
        ("nl", "een proefles, voor Engels dan", "Engels"),
    ],
)
def test_a_subject_is_noted(language: str, text: str, subject: str) -> None:
    heard = heard_customer(begin(desk(language)), text, NOW)
    assert (heard.wish.visit.service, heard.wish.others, heard.wish.notes) == ("trial", (), (subject,))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a trial lesson for my daughter, no maths"),
        ("de", "Probestunde am Donnerstag, kein Mathe"),
        ("es", "la clase de prueba, no inglés"),
    ],
)
def test_what_is_denied_is_no_subject(language: str, text: str) -> None:
    heard = heard_customer(begin(desk(language)), text, NOW)
    assert (heard.wish.visit.service, heard.wish.notes) == ("trial", ())


@pytest.mark.parametrize(
    "text", ["a trial lesson on friday and a maths lesson on monday", "a trial and a maths lesson"]
)
def test_a_lesson_beside_a_trial_is_one_more(text: str) -> None:
    heard = heard_customer(begin(desk("en")), text, NOW)
    assert [heard.wish.visit.service, *(one.service for one in heard.wish.others)] == ["trial", "maths"]


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "een privéles yoga dinsdag, wat kost dat?"), ("de", "Einzelstunde Yoga am Dienstag")]
)
def test_a_private_lesson_is_in_something(language: str, text: str) -> None:
    services = (Named("yoga", "Yoga"), Named("private", "Private lesson", ("privéles", "Einzelstunde")))
    studio = Desk(services, (Named("sara", "Sara"),), time(9), time(19), (language,))
    assert heard_customer(begin(studio), text, NOW).wish.visit.service == "private"


@pytest.mark.parametrize(
    ("language", "trial", "text", "subject"),
    [
        ("nl", "een proefles dinsdag om 17 uur", "het is voor Engels", "Engels"),
        ("en", "a trial on tuesday", "17:00. my son struggles with maths, is that ok?", "maths"),
        ("de", "Probestunde am Dienstag", "um 17 Uhr. mein Sohn hat Probleme mit Mathe, passt das?", "Mathe"),
        (
            "es",
            "una clase de prueba el martes",
            "a las 17. mi hijo tiene problemas con inglés, ¿sirve para eso?",
            "inglés",
        ),
    ],
)
def test_a_subject_told_later_changes_no_lesson(language: str, trial: str, text: str, subject: str) -> None:
    heard = heard_customer(begin(desk(language)), trial, NOW)
    later = heard_customer(heard, text, NOW)
    assert later.wish.visit.service == "trial" and subject in "".join(later.wish.notes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wednesday after half past three, maths please. I'm her dad"),
        ("de", "Mittwoch nach halb vier, Mathe bitte. Ich bin ihr Papa"),
        ("nl", "woensdag na half vier, Engels graag"),
    ],
)
def test_a_subject_alone_is_that_of_the_trial(language: str, text: str) -> None:
    heard = heard_customer(
        begin(desk(language)), {"en": "a trial", "de": "Probestunde", "nl": "proefles"}[language], NOW
    )
    later = heard_customer(heard, text, NOW)
    assert (later.wish.visit.service, later.wish.others, len(later.wish.notes)) == ("trial", (), 1)
    assert later.wish.visit.times and later.wish.visit.times.first == time(15, 30)
