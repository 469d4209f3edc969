"""Days on which somebody is elsewhere, told with "any other time": they are barred, and nothing else is."""

import datetime as dt

import pytest

from tests.language.conversations import desk
from truebook.language.dialogue import begin, heard_customer
from truebook.language.wish import Constraint, Days

NOW = dt.datetime(2026, 11, 29, 10)
TUESDAY, FRIDAY = dt.date(2026, 12, 1), dt.date(2026, 12, 4)


def constraints(language: str, text: str) -> tuple[Constraint, ...]:
    return heard_customer(begin(desk(language)), text, NOW).wish.visit.constraints


def days(language: str, text: str, *, allow: bool) -> list[dt.date]:
    found = [c for c in constraints(language, text) if c.on == "day" and c.allow is allow]
    return [v.first for c in found for v in c.values if isinstance(v, Days)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut with Anna please. I have a job interview on Tuesday at 9, so any other time than that"),
        ("en", "haircut with anna, I've got the dentist Tuesday morning so any other time is fine"),
        ("en", "haircut with anna next week, I have school on tuesday, otherwise I'm free"),
        ("de", "Haarschnitt bei Anna, am Dienstag um 9 hab ich ein Vorstellungsgespräch, also jede andere Zeit"),
        ("de", "Haarschnitt bei Anna bitte, Dienstag hab ich Schule, sonst immer"),
        ("es", "un corte con Anna, el martes a las 9 tengo una entrevista, cualquier otro momento me va bien"),
        ("fr", "une coupe avec Anna, mardi à 9h j'ai un entretien, n'importe quel autre moment me va"),
        ("it", "un taglio con Anna, martedì alle 9 ho un colloquio, qualsiasi altro momento va bene"),
        ("nl", "knippen bij Anna, dinsdag om 9 heb ik een sollicitatie, elk ander moment is goed"),
        ("pt", "um corte com a Anna, terça às 9 tenho uma entrevista, qualquer outra hora serve"),
    ],
)
def test_a_day_on_which_somebody_is_elsewhere_is_barred(language: str, text: str) -> None:
    assert days(language, text, allow=False) == [TUESDAY]
    assert TUESDAY not in days(language, text, allow=True)
    assert [c for c in constraints(language, text) if c.on == "time"] == []  # the hour was that of the other thing
    assert [c.values for c in constraints(language, text) if c.on == "staff"] == [("anna",)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday at 4 would be best but any other day works too, a haircut"),
        ("de", "am liebsten Freitag, sonst jeder andere Tag, Haarschnitt"),
        ("fr", "une coupe vendredi ou n'importe quel autre jour"),
        ("en", "haircut friday please. any other day I'm at work"),
        ("de", "Haarschnitt am Freitag, alle anderen Tage arbeite ich"),
    ],
)
def test_a_day_that_is_wished_for_is_not(language: str, text: str) -> None:
    assert days(language, text, allow=True) == [FRIDAY]
    assert days(language, text, allow=False) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I know you're on the 2nd floor, a haircut on friday"),
        ("en", "my son is in the 3rd grade, haircut friday"),
        ("de", "seid ihr noch im 2. Stock? Haarschnitt am Freitag"),
        ("es", "os veo en el 2º piso, corte el viernes"),
        ("fr", "vous êtes au 3e étage ? une coupe vendredi"),
    ],
)
def test_the_second_floor_is_no_second_of_the_month(language: str, text: str) -> None:
    assert days(language, text, allow=True) == [FRIDAY]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm at work in the mornings, a haircut on friday"),
        ("de", "vormittags bin ich in der Schule, Haarschnitt am Freitag"),
        ("es", "un corte el viernes, por las mañanas trabajo"),
        ("fr", "une coupe vendredi, le matin je travaille"),
        ("it", "un taglio venerdì, la mattina lavoro"),
        ("nl", "knippen vrijdag, 's ochtends werk ik"),
        ("pt", "um corte na sexta, de manhã trabalho"),
    ],
)
def test_a_part_of_the_day_at_work_is_barred_and_the_day_is_not(language: str, text: str) -> None:
    barred = [c for c in constraints(language, text) if c.on == "time" and not c.allow]
    assert days(language, text, allow=True) == [FRIDAY] and days(language, text, allow=False) == []
    assert len(barred) == 1 and barred[0].holds(dt.time(15)) and not barred[0].holds(dt.time(9))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, only after three, before that I'm at work"),
        ("de", "Haarschnitt am Freitag erst ab drei, vorher bin ich in der Arbeit"),
        ("pt", "um corte na sexta, só depois das 15h, antes estou a trabalhar"),
        ("pt", "um corte na sexta, só depois das 15h porque antes trabalho"),
    ],
)
def test_an_hour_before_which_somebody_is_at_work_is_wished_for(language: str, text: str) -> None:
    wanted = [c for c in constraints(language, text) if c.on == "time"]
    assert len(wanted) == 1 and wanted[0].holds(dt.time(16)) and not wanted[0].holds(dt.time(11))
