"""A weekday lies in the week that the message names, days that cannot be are none, and "the first of those" is no date."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tests.language.conversations import desk, say
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Offered, Slot, State
from truebook.language.wish import Days, Times

pytestmark = pytest.mark.unit
MONDAY = datetime(2026, 11, 30, 8)
NEXT, AFTER_NEXT = date(2026, 12, 7), date(2026, 12, 14)


def heard(language: str, text: str) -> State:
    return heard_customer(begin(desk(language)), text, MONDAY)


def allowed(state: State, first: date, number: int = 7) -> list[int]:
    """Return which days from one on are possible, by how many days later they are."""
    visit = state.wish.visit
    wanted = [one for c in visit.on("day") if c.choice == 1 for one in c.values if isinstance(one, Days)]
    barred = [one for c in visit.on("day", allow=False) for one in c.values if isinstance(one, Days)]
    every = [(at, date.fromordinal(first.toordinal() + at)) for at in range(number)]
    return [at for at, day in every if any(w.holds(day) for w in wanted) and not any(b.holds(day) for b in barred)]


@pytest.mark.parametrize(
    ("language", "text", "monday", "expected"),
    [
        ("en", "a haircut nxt week, weds or thurs, after 4.30 cos of work", NEXT, [2, 3]),
        ("en", "a haircut, only weds or thurs next week, and not before half 4", NEXT, [2, 3]),
        ("de", "Haarschnitt in der übernächsten Woche, Dienstag bis Donnerstag", AFTER_NEXT, [1, 2, 3]),
        ("de", "Haarschnitt nächste wochn am mittwoch nochmittog", NEXT, [2]),
        ("es", "un corte el martes o el miércoles de la semana que viene", NEXT, [1, 2]),
        ("fr", "une coupe vendredi la semaine pro, apres 15h", NEXT, [4]),
        ("fr", "une coupe mardi ou mercredi de la semaine prochaine, sinon vendredi", NEXT, [1, 2]),
        ("it", "un taglio tra due settimane, martedì o giovedì", AFTER_NEXT, [1, 3]),
        ("nl", "knippen, volgende week dinsdag of donderdag", NEXT, [1, 3]),
        ("pt", "corte de tarde, de terça a sexta, daqui a duas semanas", AFTER_NEXT, [1, 2, 3, 4]),
    ],
)
def test_weekdays_lie_in_the_week_that_is_named(language: str, text: str, monday: date, expected: list[int]) -> None:
    state = heard(language, text)
    assert allowed(state, monday) == expected
    assert allowed(state, MONDAY.date(), (monday - MONDAY.date()).days) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, or monday next week"),
        ("de", "Haarschnitt am Freitag oder nächste Woche Montag"),
        ("es", "un corte el viernes o el lunes de la semana que viene"),
    ],
)
def test_a_day_before_the_week_stays_where_it_is(language: str, text: str) -> None:
    assert allowed(heard(language, text), MONDAY.date(), 14) == [4, 7]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "a haircut next week, but monday and thursday I can't", [1, 2, 4, 5, 6]),
        ("en", "a haircut next week; tuesday is out, and on wednesdays I mind the grandchildren", [0, 3, 4, 5, 6]),
        ("de", "Haarschnitt nächste Woche, Montag und Donnerstag gehen leider nicht", [1, 2, 4, 5, 6]),
        ("es", "un corte la semana que viene, pero martes y viernes no me van bien", [0, 2, 3, 5, 6]),
        (
            "fr",
            "une coupe la semaine prochaine, mais ni lundi ni mardi, le mercredi je garde mes petits-enfants et le"
            " samedi je ne suis pas là",
            [3, 4, 6],
        ),
        ("it", "un taglio la settimana prossima, di mattina, però lunedì e giovedì non posso", [1, 2, 4, 5, 6]),
        ("nl", "knippen volgende week, na vieren, en dinsdag en vrijdag lukken niet", [0, 2, 3, 5, 6]),
        ("pt", "corte na próxima semana, de tarde, só que segunda e sábado eu não posso, tá?", [1, 2, 3, 4, 6]),
    ],
)
def test_all_days_that_cannot_be_are_none(language: str, text: str, expected: list[int]) -> None:
    assert allowed(heard(language, text), NEXT) == expected


@pytest.mark.parametrize(
    ("language", "text", "monday", "expected"),
    [
        ("en", "a haircut on saturday, not this week or next but the one after", AFTER_NEXT, [5]),
        ("de", "Haarschnitt nicht nächste Woche, sondern die danach, am Mittwoch", AFTER_NEXT, [2]),
        ("es", "un corte no la semana que viene sino la siguiente", AFTER_NEXT, [*range(7)]),
        ("fr", "une coupe, pas la semaine prochaine mais celle d'après", AFTER_NEXT, [*range(7)]),
        ("it", "un taglio, non la settimana prossima ma quella dopo. Lunedì no", AFTER_NEXT, [1, 2, 3, 4, 5, 6]),
        ("nl", "knippen, niet volgende week maar die erna", AFTER_NEXT, [*range(7)]),
        ("pt", "corte, não na próxima semana mas na seguinte. Segunda e terça não", AFTER_NEXT, [2, 3, 4, 5, 6]),
    ],
)
def test_the_week_after_one_that_is_not_wanted(language: str, text: str, monday: date, expected: list[int]) -> None:
    state = heard(language, text)
    assert allowed(state, monday) == expected
    assert allowed(state, MONDAY.date(), (monday - MONDAY.date()).days) == []


def test_a_quarter_past_is_no_date() -> None:
    visit = heard("es", "un corte diez y cuarto del día dieciocho").wish.visit
    assert (visit.day, visit.on("time")[0].values) == (date(2026, 12, 18), (Times(time(10, 15), time(10, 15)),))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "16:30 on the first of those days, with Anna"),
        ("de", "Um 16:30 am ersten dieser Tage, wenn ich bitten darf"),
        ("es", "Pues a las 16:30 el primero de esos días con Anna"),
        ("fr", "le premier de ces jours-là, à 16h30"),
        ("it", "Alle 16:30 con Anna, il primo di questi giorni"),
        ("nl", "16:30 bij Anna op de eerste van die dagen, top"),
        ("pt", "às 16:30 com a Anna no primeiro desses dias"),
        ("fr", "16h30 avec Anna, ça me convient"),
    ],
)
def test_the_first_of_those_days_is_an_offer(language: str, text: str) -> None:
    slots = tuple(
        Slot(one, "cut", "anna", date(2026, 12, day), time(hour, 30))
        for one, day, hour in (("first", 9, 16), ("second", 10, 17), ("third", 11, 11))
    )
    offered = heard_assistant(begin(desk(language)), [Offered(slots)], MONDAY)
    assert say(offered, text).meaning.picked == "first"


@pytest.mark.parametrize(
    ("language", "text", "monday", "expected"),
    [
        ("it", "un taglio, fra mercoledì e venerdì. La settimana prossima, e di mattina", NEXT, [2, 3, 4]),
        ("it", "mercoledì, giovedì o venerdì della settimana prossima un taglio", NEXT, [2, 3, 4]),
        ("it", "un taglio nella settimana del 14 dicembre, da martedì a giovedì", AFTER_NEXT, [1, 2, 3]),
        ("de", "Haarschnitt in der Woche vom 14. Dezember, Dienstag oder Mittwoch", AFTER_NEXT, [1, 2]),
        ("es", "corte la semana del 14 de diciembre, martes o jueves", AFTER_NEXT, [1, 3]),
        ("fr", "coupe la semaine du 14 décembre, mardi ou jeudi", AFTER_NEXT, [1, 3]),
        ("nl", "knippen in de week van 14 december, dinsdag of donderdag", AFTER_NEXT, [1, 3]),
        ("pt", "corte na semana de 14 de dezembro, terça ou quinta", AFTER_NEXT, [1, 3]),
    ],
)
def test_so_do_stretches_and_the_week_of_a_date(language: str, text: str, monday: date, expected: list[int]) -> None:
    state = heard(language, text)
    assert allowed(state, monday) == expected
    assert allowed(state, MONDAY.date(), (monday - MONDAY.date()).days) == []


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "a haircut in 3-4 days", date(2026, 12, 3)),
        ("de", "Haarschnitt so in 3-4 Tagen", date(2026, 12, 3)),
        ("es", "corte en 2-3 semanas", date(2026, 12, 14)),
    ],
)
def test_three_to_four_days_are_no_date(language: str, text: str, day: date) -> None:
    assert heard(language, text).wish.visit.day == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wednesday 16:30 is late for her"),
        ("de", "Mittwoch 16:30 ist ihr zu spät"),
        ("fr", "16h30 c'est tard pour elle"),
        ("pt", "Quarta às 16:30 é tarde para ela"),
    ],
)
def test_an_hour_that_is_late_for_somebody_is_not_taken(language: str, text: str) -> None:
    early = Slot("early", "cut", "anna", date(2026, 12, 9), time(10))
    slots = (early, replace(early, id="late", time=time(16, 30)))
    state = say(heard_assistant(begin(desk(language)), [Offered(slots)], MONDAY), text)
    assert state.meaning.picked is None and state.wish.visit.on("time", allow=False)
