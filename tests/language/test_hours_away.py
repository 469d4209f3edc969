"""Where somebody is at an hour is no wish for it, and the "un" of "un pomeriggio" is no one o'clock."""

from datetime import time

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
