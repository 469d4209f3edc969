"""Where somebody is at an hour is no wish for it, and the "un" of "un pomeriggio" is no one o'clock."""

from datetime import date, time

import pytest

from tests.language.conversations import NOW, desk
from truebook.language.dialogue import begin, heard_customer
from truebook.language.wish import Times

FROM_FOUR = Times(time(16), None)


def _times(language: str, text: str) -> Times | None:
    return heard_customer(begin(desk(language)), text, NOW).wish.visit.times


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "at 1 he's still at school, I said from 4 on"),
        ("de", "Um 13 Uhr ist er noch in der Schule, ich sagte ab 16 Uhr"),
        ("es", "a las 13 está todavía en el cole, decía a partir de las 16"),
        ("fr", "à 13h il est encore à l'école, je disais à partir de 16h"),
        ("it", "Alle 13 è ancora a scuola, dicevo dalle 16 in su."),
        ("nl", "om 13 uur zit hij nog op school, ik zei vanaf 16 uur"),
        ("pt", "às 13 ainda está na escola, eu disse a partir das 16"),
    ],
)
def test_an_hour_at_which_somebody_is_elsewhere_is_not_wished_for(language: str, text: str) -> None:
    assert _times(language, text) == FROM_FOUR


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "einen Haarschnitt nächste Woche, ein Nachmittag ab vier"),
        ("es", "un corte la semana que viene, una tarde a partir de las cuatro"),
        ("fr", "une coupe la semaine prochaine, un après-midi à partir de 16h"),
        ("it", "un taglio la settimana prossima, un pomeriggio dalle quattro in poi"),
        ("pt", "um corte na próxima semana, uma tarde a partir das quatro"),
    ],
)
def test_the_article_of_a_part_of_the_day_is_no_hour(language: str, text: str) -> None:
    assert _times(language, text) == FROM_FOUR


@pytest.mark.parametrize(("language", "text"), [("it", "un taglio all'una"), ("es", "un corte a la una de la tarde")])
def test_one_o_clock_is_still_one(language: str, text: str) -> None:
    assert _times(language, text) == Times(time(13), time(13))


def test_an_hour_or_so_is_around_it() -> None:
    assert _times("nl", "knippen donderdag om een uur of drie") == Times(time(15), time(15))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut, afternoons please, in the mornings she has physio"),
        ("de", "Haarschnitt, am besten nachmittags, vormittags hat sie Physiotherapie"),
        ("es", "un corte, mejor por la tarde, por la mañana tiene rehabilitación"),
        ("fr", "une coupe, plutôt l'après-midi, le matin elle a sa kiné"),
        ("it", "un taglio, meglio il pomeriggio, la mattina ha fisioterapia"),
        ("nl", "knippen, liefst 's middags, 's ochtends heeft ze fysio"),
        ("pt", "um corte, de preferência à tarde, de manhã ela tem fisioterapia"),
    ],
)
def test_a_part_of_the_day_with_something_else_in_it_cannot_be(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    (wanted,), (barred,) = visit.on("time")[0].values, visit.on("time", allow=False)[0].values
    assert isinstance(wanted, Times) and isinstance(barred, Times) and wanted.first and barred.last
    assert barred.last <= wanted.first


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wednesday 17:40 is a bit late, have you got a haircut on friday around three?"),
        ("de", "Mittwoch 17.40 ist etwas spät. Hätten Sie am Freitag einen Haarschnitt so gegen drei?"),
        ("es", "el miércoles a las 17:40 es un poco tarde, ¿un corte el viernes sobre las tres?"),
        ("fr", "mercredi 17h40 c'est un peu tard, une coupe vendredi vers 15h ?"),
        ("it", "mercoledì alle 17:40 è un po' tardi, un taglio venerdì verso le 15?"),
        ("nl", "woensdag 17.40 is wat laat, knippen op vrijdag rond drie uur?"),
        ("pt", "quarta às 17:40 é um pouco tarde, um corte na sexta por volta das 15h?"),
    ],
)
def test_the_day_of_an_hour_that_cannot_be_is_not_wished_for(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    assert visit.day == date(2026, 12, 4)
    assert [one.first for one in visit.on("time")[0].values if isinstance(one, Times)] == [time(15)]
