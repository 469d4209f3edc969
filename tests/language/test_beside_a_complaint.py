"""A complaint that wishes for something too: the wish is heard, and whoever was complained of is not offered."""

import datetime as dt

import pytest

from tests.language.conversations import desk
from truebook.language.dialogue import begin, heard_customer

NOW = dt.datetime(2026, 11, 29, 10)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I am still furious. Ben hacked my fringe to pieces. So: a haircut this Friday at three."),
        ("it", "Vorrei un taglio venerdì alle tre. L'anno scorso con Ben è stato un disastro!"),
        ("de", "Bei Ben wurde alles verpfuscht. Einen Haarschnitt am Freitag um drei, bitte."),
    ],
)
def test_a_wish_beside_a_complaint_is_heard(language: str, text: str) -> None:
    heard = heard_customer(begin(desk(language)), text, NOW)
    barred = [c.values for c in heard.wish.visit.constraints if c.on == "staff" and not c.allow]
    assert heard.meaning.complaint and heard.wish.visit.service == "cut"
    assert heard.wish.visit.day == dt.date(2026, 12, 4) and barred == [("ben",)]


def test_what_was_bad_is_no_wish() -> None:
    heard = heard_customer(begin(desk("en")), "The haircut on friday was a disaster. I want my money back!", NOW)
    assert heard.meaning.complaint and heard.wish.visit.service is None and heard.wish.visit.day is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Meine Haare sind eine Katastrophe, ich brauche dringend einen Haarschnitt am Freitag"),
        ("es", "tengo el pelo hecho un desastre, necesito un corte el viernes"),
        ("fr", "Mes cheveux sont une catastrophe, il me faut une coupe vendredi"),
        ("it", "i miei capelli sono un disastro, mi serve un taglio venerdì"),
        ("nl", "Mijn haar is een ramp, dat moet nodig knippen. Vrijdag?"),
        ("pt", "o meu cabelo está um desastre, preciso de um corte na sexta"),
    ],
)
def test_what_is_bad_on_the_customer_is_no_complaint_alone(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    assert (visit.service, visit.day) == ("cut", dt.date(2026, 12, 4))
