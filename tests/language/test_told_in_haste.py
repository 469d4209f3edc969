"""Days and hours as people tell them in haste: what must be, what it is instead, when a month ends, when a shop opens."""

from datetime import date, time

import pytest

from tests.language.conversations import THURSDAY, desk, say
from tests.language.test_what_cannot_be import offered, read_back
from truebook.language.dialogue import begin
from truebook.language.wish import Days

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thursday has to be 5 though"),
        ("de", "Donnerstag ginge aber nur um 17 Uhr"),
        ("es", "el jueves tendría que ser a las 17"),
        ("fr", "jeudi ce serait forcément à 17h"),
        ("it", "giovedì però deve essere alle 17"),
        ("nl", "donderdag moet het dan wel 17 uur zijn"),
        ("pt", "quinta tem de ser às 17"),
    ],
)
def test_the_hour_that_it_must_be_is_wished_for(language: str, text: str) -> None:
    heard = say(offered(language), text)
    assert (heard.wish.visit.day, heard.wish.visit.time) == (THURSDAY, time(17)) and not heard.meaning.picked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no no, the 10th not the 3rd"),
        ("de", "nein nein, der 10. nicht der 3."),
        ("es", "no no, el 10 no el 3"),
        ("fr", "non non, le 10 pas le 3"),
        ("it", "no no, il 10 non il 3"),
        ("nl", "nee nee, de 10e niet de 3e"),
        ("pt", "não não, dia 10 não dia 3"),
    ],
)
def test_the_day_that_is_meant_takes_the_place_of_the_other(language: str, text: str) -> None:
    assert say(read_back(language), text).wish.visit.day == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut towards month end"),
        ("de", "Haarschnitt zum Monatsende hin"),
        ("es", "un corte a fin de mes"),
        ("fr", "une coupe fin du mois"),
        ("it", "un taglio a fine mese"),
        ("nl", "knippen eind van de maand"),
        ("pt", "um corte no fim do mês"),
    ],
)
def test_at_the_end_of_the_month(language: str, text: str) -> None:
    assert say(begin(desk(language)), text).wish.visit.days == Days(date(2026, 12, 21), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut thursday as soon as you open"),
        ("de", "Haarschnitt Donnerstag sobald ihr aufsperrt"),
        ("es", "un corte el jueves nada más abrir"),
        ("it", "un taglio giovedì appena aprite"),
        ("nl", "knippen donderdag zodra jullie opengaan"),
        ("pt", "um corte na quinta assim que abrirem"),
    ],
)
def test_as_soon_as_the_shop_opens(language: str, text: str) -> None:
    heard = say(begin(desk(language)), text)
    times = heard.wish.visit.times
    assert times and (times.first, times.last) == (time(9), time(10)) and not heard.meaning.asks
