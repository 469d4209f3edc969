"""Several days in one message: lists with a month or none, an hour for each of them, and the day that is left."""

from datetime import date, time

import pytest

from tests.language.conversations import desk, say
from truebook.language.dialogue import begin
from truebook.language.wish import Days, Times, Visit, Wish

pytestmark = pytest.mark.unit


def told(text: str, language: str) -> Wish:
    return say(begin(desk(language)), text).wish


def days(visit: Visit) -> list[str]:
    found = [v for c in visit.constraints if c.on == "day" and c.allow for v in c.values]
    return [f"{one.first:%m-%d}" for one in found if isinstance(one, Days) and one.one]


def clocks(visit: Visit) -> list[time | None]:
    return [v.first for c in visit.constraints if c.on == "time" for v in c.values if isinstance(v, Times)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut, any of these: the 3rd, 10th or 17th"),
        ("en", "a haircut on the 3rd, 10th, 17th"),
        ("en", "haircut December 3, 10 or 17"),
        ("en", "haircut 3 Dec, 10 Dec, or 17 Dec"),
        ("de", "Haarschnitt am 3., 10. oder 17."),
        ("de", "Haarschnitt 3., 10. oder 17. Dezember"),
        ("de", "einen Haarschnitt am dritten, zehnten oder siebzehnten"),
        ("de", "Haarschnitt Do 3., Do 10. oder Do 17. Dezember"),
        ("es", "un corte el 3, 10 o 17"),
        ("es", "un corte los días 3, 10, 17 de diciembre"),
        ("es", "un corte el jueves 3, 10 o 17"),
        ("fr", "une coupe le 3, 10, 17 décembre"),
        ("fr", "une coupe, le 3, le 10 ou le 17"),
        ("it", "un taglio il 3, 10 o 17"),
        ("it", "un taglio il 3, il 10 oppure il 17 dicembre"),
        ("nl", "knippen op 3, 10 of 17 december"),
        ("nl", "knippen de 3e, 10e of 17e"),
        ("pt", "um corte dia 3, 10 ou 17"),
        ("pt", "um corte nos dias 3, 10, 17 de dezembro"),
    ],
)
def test_each_number_of_a_list_is_a_day(language: str, text: str) -> None:
    assert days(told(text, language).visit) == ["12-03", "12-10", "12-17"]


def test_a_list_goes_on_in_the_next_month() -> None:
    assert days(told("a haircut on the 17th, 28th or 4th", "en").visit) == ["12-17", "12-28", "01-04"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut for 2, 3 or 4 people"),
        ("en", "a haircut for my kids, 8, 10 and 12 years old"),
        ("de", "Haarschnitt für 2, 3 oder 4 Personen"),
        ("es", "un corte a las 3, 4 o 5"),
        ("fr", "une coupe à 10, 11 ou 12 heures"),
        ("it", "un taglio alle 10, 11 o 12"),
        ("nl", "knippen om 10, 11 of 12 uur"),
        ("pt", "um corte às 10, 11 ou 12"),
    ],
)
def test_people_and_hours_are_no_days(language: str, text: str) -> None:
    assert days(told(text, language).visit) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircuts 3 Dec at 3 and 8 Dec at 5"),
        ("de", "Haarschnitt Donnerstag 3.12. um 15 Uhr und Dienstag 8.12. um 17 Uhr"),
        ("es", "un corte el jueves 3 a las 15 y el martes 8 a las 17"),
        ("fr", "une coupe jeudi 3 à 15h et mardi 8 à 17h"),
        ("it", "un taglio giovedì 3 alle 15, martedì 8 alle 17"),
        ("nl", "knippen donderdag 3 december om 15 uur en dinsdag 8 december om 17 uur"),
        ("pt", "um corte na quinta dia 3 às 15 e na terça dia 8 às 17"),
    ],
)
def test_days_with_an_hour_each_are_several_visits(language: str, text: str) -> None:
    wish = told(text, language)
    assert [(days(one), clocks(one)) for one in (wish.visit, *wish.others)] == [
        (["12-03"], [time(15)]),
        (["12-08"], [time(17)]),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut thursday at 3 or friday at 5"),
        ("de", "Haarschnitt Donnerstag um 15 Uhr oder Freitag um 17 Uhr"),
        ("es", "un corte el jueves a las 15 o el viernes a las 17"),
        ("it", "un taglio giovedì alle 15 oppure venerdì alle 17"),
    ],
)
def test_one_or_the_other_keeps_its_own_hour(language: str, text: str) -> None:
    options = told(text, language).visit.options()
    found = [(days(Visit(constraints=one)), clocks(Visit(constraints=one))) for one in options]
    assert [(d[:1], c[:1]) for d, c in found] == [(["12-03"], [time(15)]), (["12-04"], [time(17)])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can I move my cut from tuesday to thursday"),
        ("de", "ich muss von Dienstag auf Donnerstag verschieben"),
        ("es", "¿puedo pasar mi cita del martes al jueves?"),
        ("fr", "je voudrais déplacer mon rendez-vous de mardi à jeudi"),
        ("it", "vorrei spostare l'appuntamento da martedì a giovedì"),
        ("nl", "kan de afspraak van dinsdag naar donderdag verzet worden"),
        ("pt", "queria mudar a marcação de terça para quinta"),
    ],
)
def test_the_day_that_a_move_leaves_is_no_wish(language: str, text: str) -> None:
    assert told(text, language).visit.days == Days(date(2026, 12, 3), date(2026, 12, 3))


def test_the_hour_that_a_move_leaves_is_no_wish() -> None:
    assert clocks(told("can you move it from 3 to 4", "en").visit) == [time(16)]
    visit = told("please move my appointment from Monday at 3 to Thursday at 4", "en").visit
    assert (days(visit), clocks(visit)) == (["12-03"], [time(16)])
    assert days(told("move friday to 3 pm", "en").visit) == ["12-04"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "um corte dia 3, 10 ou 17 à tarde"),
        ("fr", "une coupe les 3, 10 ou 17 au matin"),
        ("es", "un corte el 3, el 10 o el 17 por la tarde"),
    ],
)
def test_a_part_of_the_day_after_a_list_makes_no_hour_of_it(language: str, text: str) -> None:
    assert days(told(text, language).visit) == ["12-03", "12-10", "12-17"]


def test_days_joined_by_and_are_no_stretch() -> None:
    assert days(told("un corte el jueves y el viernes", "es").visit) == ["12-03", "12-04"]
    visit = told("a haircut next week except tuesday and wednesday", "en").visit
    wanted = [v for c in visit.constraints if c.on == "day" and c.allow for v in c.values]
    assert wanted == [Days(date(2026, 12, 7), date(2026, 12, 13))]


def test_am_is_no_half_of_the_day_in_german() -> None:
    assert clocks(told("Haarschnitt um 3 am Freitag", "de").visit) == [time(15)]
