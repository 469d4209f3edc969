"""Two who are wished for in one message come each on the days that are told of them, or one on another day."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tests.language.conversations import desk
from truebook.language.dialogue import begin, heard_customer
from truebook.language.names import Named
from truebook.language.wish import Days, Times, Visit

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 30, 8)  # a Monday
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 12, day) for day in (1, 2, 3))
SERVICES = (
    Named("maths", "Maths lesson", ("maths", "Mathe", "matemáticas", "matematica", "wiskunde", "matemática")),
    Named("english", "English lesson", ("English", "Englisch", "inglés", "anglais", "inglese", "Engels", "inglês")),
)


def heard(language: str, text: str) -> tuple[Visit, ...]:
    wish = heard_customer(begin(replace(desk(language), services=SERVICES)), text, NOW).wish
    return (wish.visit, *wish.others)


def days(visit: Visit, *, allow: bool = True) -> list[date]:
    return [one.first for c in visit.on("day", allow=allow) for one in c.values if isinstance(one, Days)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my son Tom needs help with maths and my daughter Lena with English. Tom can do tuesdays after 4, Lena wednesdays"),
        ("de", "Tom braucht Mathe am Dienstag nach 16 Uhr und Lena Englisch am Mittwoch"),
        ("de", "Mathe für Tom und Englisch für Lena; Tom kann am Dienstag ab 16 Uhr, Lena nur am Mittwoch"),
        ("es", "matemáticas para Tom e inglés para Lena. Tom puede el martes a partir de las 16, Lena el miércoles"),
        ("fr", "des maths pour Tom mardi après 16h et de l'anglais pour Lena mercredi"),
        ("it", "matematica per Tom e inglese per Lena. Tom può martedì dopo le 16, Lena mercoledì"),
        ("nl", "wiskunde voor Tom en Engels voor Lena. Tom kan dinsdag na 16 uur, Lena woensdag"),
        ("pt", "matemática para o Tom e inglês para a Lena. O Tom pode na terça depois das 16h, a Lena na quarta"),
    ],
)  # fmt: skip
def test_each_on_the_days_told_of_them(language: str, text: str) -> None:
    first, second = heard(language, text)
    assert [(one.service, one.whom, days(one)) for one in (first, second)] == [
        ("maths", "Tom", [TUESDAY]),
        ("english", "Lena", [WEDNESDAY]),
    ]
    assert [c.values for c in first.on("time")] == [(Times(time(16), None),)] and not second.on("time")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "maths for Tom, thursday after 5. English for Lena on another day"),
        ("de", "Mathe für Tom am Donnerstag nach 17 Uhr, und Englisch für Lena an einem anderen Tag"),
        ("es", "matemáticas para Tom el jueves después de las 17, e inglés para Lena otro día"),
        ("fr", "des maths pour Tom jeudi après 17h, et de l'anglais pour Lena un autre jour"),
        ("it", "matematica per Tom giovedì dopo le 17, inglese per Lena un altro giorno"),
        ("nl", "wiskunde voor Tom donderdag na 17 uur, en Engels voor Lena op een andere dag"),
        ("pt", "matemática para o Tom na quinta depois das 17h, e inglês para a Lena noutro dia"),
    ],
)
def test_on_another_day(language: str, text: str) -> None:
    first, second = heard(language, text)
    assert (first.whom, days(first), second.whom, days(second)) == ("Tom", [THURSDAY], "Lena", [])
    assert (first.days_after, second.days_after) == (0, 1)


def test_both_on_one_day_stay_together() -> None:
    first, second = heard("en", "maths for Tom and English for Lena, both on tuesday")
    assert days(first) == days(second) == [TUESDAY]
