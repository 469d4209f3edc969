"""A number that tells how many come is no hour, and the day on which somebody is elsewhere is no wish."""

from datetime import time

import pytest

from tests.language.conversations import NOW, after, desk
from truebook.language.dialogue import begin, heard_customer
from truebook.language.wish import Days, Times

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut for two on thursday"),
        ("en", "two haircuts please"),
        ("de", "hallo, zwei Haarschnitte bitte"),
        ("es", "dos cortes por favor"),
        ("en", "can I get a haircut for three friday"),
        ("de", "Haarschnitt für zwei am Donnerstag"),
        ("es", "corte para dos el jueves"),
        ("fr", "coupe pour deux jeudi"),
        ("it", "taglio per due giovedì"),
        ("nl", "knippen voor twee donderdag"),
        ("pt", "corte para dois na quinta"),
    ],
)
def test_for_two_is_no_hour(language: str, text: str) -> None:
    assert heard_customer(begin(desk(language)), text, NOW).wish.visit.on("time") == ()


@pytest.mark.parametrize(
    "text", ["a haircut for two in the afternoon on thursday", "a haircut for two o'clock thursday"]
)
def test_for_two_in_the_afternoon_is_one(text: str) -> None:
    (found,) = heard_customer(begin(desk("en")), text, NOW).wish.visit.on("time")
    assert found.values == (Times(time(14), time(14)),)


@pytest.mark.parametrize(
    ("language", "said", "text"),
    [
        ("en", "a haircut", "He has football Mondays and Wednesdays so Tuesday then"),
        ("en", "a haircut", "I work Mondays, so Tuesday is better"),
        ("de", "Haarschnitt", "Montag und Mittwoch arbeite ich, also Dienstag"),
        ("fr", "une coupe", "lundi je travaille, donc mardi"),
        ("es", "corte", "los lunes trabajo, así que el martes"),
    ],
)
def test_where_somebody_is_elsewhere_is_no_day(language: str, said: str, text: str) -> None:
    heard = heard_customer(after(language=language, said=(said,)), text, NOW)
    days = [v for c in heard.wish.visit.on("day") for v in c.values if isinstance(v, Days)]
    assert [v.first.weekday() for v in days] == [1], days


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wednesday after half past three, haircut please"),
        ("de", "Mittwoch nach halb vier Haarschnitt bitte"),
        ("es", "el miércoles después de las tres, corte por favor"),
        ("fr", "mercredi après trois heures, coupe s'il vous plaît"),
        ("it", "mercoledì dopo le tre, taglio per favore"),
        ("nl", "woensdag na half vier knippen graag"),
        ("pt", "quarta depois das três, corte por favor"),
    ],
)
def test_an_hour_before_a_service_counts_nobody(language: str, text: str) -> None:
    wish = heard_customer(begin(desk(language)), text, NOW).wish
    assert (wish.visit.service, wish.others) == ("cut", ()) and wish.visit.on("time")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "somos 3 amigas y queremos venir el jueves, ¿hay sitio para las tres?"),
        ("pt", "somos três amigas, há lugar na quinta para as três?"),
        ("fr", "nous sommes trois amies, il y a de la place jeudi pour les trois ?"),
    ],
)
def test_so_many_friends_are_no_hour(language: str, text: str) -> None:
    assert heard_customer(begin(desk(language)), text, NOW).wish.visit.times is None
