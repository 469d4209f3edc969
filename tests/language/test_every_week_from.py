"""What comes again and where it begins: "every week from the 14th"; and words with "every" that mean no series."""

import datetime as dt

import pytest

from tests.language.conversations import desk
from truebook.language.dialogue import begin, heard_customer
from truebook.language.values.counting import counted
from truebook.language.wish import Days

NOW = dt.datetime(2026, 11, 29, 10)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut every week from the 14th"),
        ("de", "jede Woche ab 14. Dezember einen Haarschnitt"),
        ("es", "un corte cada semana desde el 14"),
        ("fr", "une coupe chaque semaine à partir du 14"),
        ("it", "un taglio ogni settimana dal 14"),
        ("nl", "elke week vanaf de 14e knippen"),
        ("pt", "um corte todas as semanas a partir do dia 14"),
        ("en", "a haircut every monday from 14 december at 10"),
        ("de", "jeden Montag ab dem 14. Dezember einen Haarschnitt"),
        ("es", "un corte cada lunes desde el 14 de diciembre"),
        ("nl", "elke maandag vanaf 14 december knippen"),
    ],
)
def test_every_week_from_a_day_begins_on_it(language: str, text: str) -> None:
    state = heard_customer(begin(desk(language)), text, NOW)
    assert state.wish.visit.day == dt.date(2026, 12, 14)
    assert counted(text, language).again


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut each for me and my son on friday"),
        ("de", "auf jeden Fall vor elf, Haarschnitt am Freitag"),
        ("de", "vormittags bin ich immer im Büro, Haarschnitt am Freitag"),
        ("es", "en todo caso el viernes, un corte"),
        ("fr", "une coupe vendredi, en tout cas avant onze heures"),
        ("it", "essendo impegnato ogni mattina, un taglio venerdì"),
        ("it", "in ogni caso venerdì, un taglio"),
        ("nl", "in elk geval vrijdag, knippen"),
        ("pt", "em todo o caso na sexta, um corte"),
        ("fr", "c'est la même personne, toutes les deux avec Clara"),
        ("fr", "nous venons tous les deux"),
    ],
)
def test_every_is_not_always_a_series(language: str, text: str) -> None:
    assert not counted(text, language).again


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut before christmas, until 20 december I have time"),
        ("de", "ein Haarschnitt, bis 20. Dezember hab ich Zeit"),
        ("es", "un corte hasta el 20 de diciembre"),
        ("fr", "une coupe jusqu'au 20 décembre"),
        ("it", "un taglio fino al 20 dicembre"),
        ("nl", "knippen, tot 20 december"),
        ("pt", "um corte até 20 de dezembro"),
    ],
)
def test_until_a_date_is_no_hour(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    assert visit.times is None
    assert any(one.last == dt.date(2026, 12, 20) for c in visit.on("day") for one in c.values)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut twice a week until christmas"),
        ("de", "einen Haarschnitt zweimal pro Woche bis Weihnachten"),
        ("es", "un corte dos veces por semana hasta Navidad"),
        ("fr", "une coupe deux fois par semaine jusqu'à Noël"),
        ("it", "un taglio due volte alla settimana fino a Natale"),
        ("nl", "knippen, twee keer per week tot kerst"),
        ("pt", "um corte duas vezes por semana até ao Natal"),
    ],
)
def test_so_often_a_week_until_a_day_ends_on_it(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    assert [(one.first, one.last) for c in visit.on("day") for one in c.values] == [(NOW.date(), dt.date(2026, 12, 25))]
    assert counted(text, language).weekly


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "could he have a haircut every tuesday and thursday at 5pm until the 17th?"),
        ("de", "könnte er bis zum 17. jeden Dienstag und Donnerstag um 17 Uhr einen Haarschnitt haben?"),
        ("nl", "kan hij tot de 17e elke dinsdag en donderdag om 17 uur geknipt worden?"),
    ],
)
def test_a_series_on_two_weekdays_keeps_both_though_its_end_is_one_of_them(language: str, text: str) -> None:
    days = heard_customer(begin(desk(language)), text, NOW).meaning.days
    assert {first.weekday() for first, _ in days} == {1, 3} and len(days) == 3


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut every monday until the end of the year"),
        ("de", "jeden Montag bis Jahresende einen Haarschnitt"),
        ("de", "montags einen Haarschnitt bis Ende des Jahres"),
        ("es", "un corte los lunes hasta fin de año"),
        ("es", "un corte todos los lunes hasta final de año"),
        ("fr", "une coupe tous les lundis jusqu'à la fin de l'année"),
        ("it", "un taglio ogni lunedì fino a fine anno"),
        ("it", "un taglio tutti i lunedì fino alla fine dell'anno"),
        ("nl", "elke maandag knippen tot het einde van het jaar"),
        ("pt", "um corte todas as segundas até ao fim do ano"),
    ],
)
def test_until_the_end_of_the_year_begins_with_the_first_of_its_days(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    named = [one for c in visit.on("day") for one in c.values if isinstance(one, Days)]
    assert {(named[0].first, named[-1].last)} == {(dt.date(2026, 11, 30), dt.date(2026, 12, 31))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut every thursday in december"),
        ("de", "jeden Donnerstag im Dezember einen Haarschnitt"),
        ("es", "un corte todos los jueves de diciembre"),
        ("fr", "une coupe tous les jeudis de décembre"),
        ("it", "un taglio ogni giovedì di dicembre"),
        ("nl", "elke donderdag in december knippen"),
        ("pt", "um corte todas as quintas de dezembro"),
    ],
)
def test_every_weekday_of_a_month_goes_on_to_its_end(language: str, text: str) -> None:
    visit = heard_customer(begin(desk(language)), text, NOW).wish.visit
    assert visit.days == Days(dt.date(2026, 12, 3), dt.date(2026, 12, 31))
