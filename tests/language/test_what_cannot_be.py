"""Whoever tells what stands in the way of a day, or of an hour, takes it for nothing, and bars it."""

from datetime import date, time

import pytest

from tests.language.conversations import NOW, THURSDAY, WEDNESDAY, after, desk, say
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Asked, Offered, ReadBack, Slot, State
from truebook.language.wish import Days, Times

pytestmark = pytest.mark.unit

EARLY, LATE = Slot("early", "cut", "anna", WEDNESDAY, time(9)), Slot("late", "cut", "ben", THURSDAY, time(17, 15))
CUT = {"en": "haircut please", "de": "Haarschnitt bitte", "es": "un corte por favor", "fr": "une coupe svp",
       "it": "un taglio per favore", "nl": "knippen graag", "pt": "um corte por favor"}  # fmt: skip


def offered(language: str) -> State:
    return after(Offered((EARLY, LATE)), language=language, said=(CUT[language],))


def read_back(language: str) -> State:
    picked = heard_customer(offered(language), "17:15", NOW)
    return heard_assistant(picked, [ReadBack(LATE), Asked("booking")], NOW)


def barred(state: State) -> set[date]:
    days = (v for c in state.wish.visit.on("day", allow=False) for v in c.values if isinstance(v, Days))
    return {day.first for day in days}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "thursday I'm at my mum's"),
        ("en", "thursdays are terrible for me"),
        ("de", "Donnerstag ist die Oma da"),
        ("de", "wart, am Donnerstag kommt der Installateur"),
        ("es", "y a mi los jueves me viene fatal q tengo al nieto"),
        ("es", "espera que el jueves nos vamos al pueblo"),
        ("fr", "ah non jeudi y'a la réunion des parents"),
        ("fr", "jeudi j'ai les enfants"),
        ("it", "giovedì parto"),
        ("it", "aspetti, giovedì ho il dentista"),
        ("nl", "donderdag is mijn man jarig"),
        ("nl", "wacht, donderdag zijn we weg"),
        ("pt", "espera, na quinta é o aniversário da minha mulher"),
        ("pt", "na quinta também não posso, tenho reunião"),
    ],
)
def test_what_stands_in_the_way_of_a_day_bars_it(language: str, text: str) -> None:
    for state in (offered(language), read_back(language)):
        heard = say(state, text)
        assert barred(heard) == {THURSDAY} and not heard.meaning.picked and not heard.meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "thursday is good"),
        ("en", "thursday, that's my day off"),
        ("de", "Donnerstag, da hab ich frei"),
        ("de", "Donnerstag passt"),
        ("es", "el jueves me va bien"),
        ("fr", "jeudi ça roule"),
        ("it", "giovedì va bene"),
        ("nl", "donderdag graag"),
        ("pt", "na quinta dá"),
    ],
)
def test_a_day_that_suits_is_taken(language: str, text: str) -> None:
    assert say(offered(language), text).meaning.picked == "late"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut this week. Wednesdays are terrible for me though"),
        ("de", "Haarschnitt diese Woche bitte, Mittwoch ist bei mir ganz schlecht"),
        ("es", "quiero un corte esta semana, los miércoles me vienen fatal"),
        ("it", "vorrei un taglio questa settimana, il mercoledì per me è un casino"),
        ("nl", "knippen deze week, woensdag komt me slecht uit"),
        ("pt", "queria um corte esta semana, às quartas é-me complicado"),
    ],
)
def test_a_day_that_is_disliked_is_barred_from_the_first(language: str, text: str) -> None:
    heard = say(begin(desk(language)), text)
    assert barred(heard) == {WEDNESDAY} and heard.wish.visit.days is not None and not heard.wish.visit.days.one


@pytest.mark.parametrize(
    ("language", "text", "begins"),
    [
        ("en", "haircut thursday please, i'm stuck at the office till 5", time(17)),
        ("de", "Haarschnitt am Donnerstag, bin bis viere in da orbeit", time(16)),
        ("it", "un taglio giovedì, fino alle 17 sono in ufficio", time(17)),
        ("nl", "knippen donderdag, ik zit tot vier uur op mijn werk", time(16)),
        ("pt", "um corte na quinta, estou na escola até às 5", time(17)),
    ],
)
def test_until_when_somebody_is_elsewhere(language: str, text: str, begins: time) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert visit.days == Days(THURSDAY, THURSDAY)
    slots = [Slot("one", "cut", "anna", THURSDAY, time(hour, 30)) for hour in range(9, 19)]
    assert next(one.time for one in slots if one.meets(visit.constraints)) == begins.replace(minute=30)


@pytest.mark.parametrize(
    ("language", "text", "window"),
    [
        ("de", "Haarschnitt, egal wann, nur nicht zu früh", Times(time(10), None)),
        ("en", "haircut whenever, nothing too early", Times(time(10), None)),
        ("fr", "une coupe, pas trop tôt", Times(time(10), None)),
        ("nl", "knippen, liefst niet te laat", Times(None, time(17))),
        ("es", "un corte, no muy tarde", Times(None, time(17))),
        ("en", "haircut after the school run", Times(time(9), None)),
    ],
)
def test_not_too_early_and_not_too_late(language: str, text: str, window: Times) -> None:
    assert say(begin(desk(language)), text).wish.visit.times == window


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "that's too early for me"),
        ("de", "na so früh kumm i ned weg"),
        ("es", "tan temprano no puedo"),
        ("fr", "c'est trop tôt pour moi"),
        ("it", "così presto non riesco"),
        ("nl", "zo vroeg lukt me niet"),
        ("pt", "tão cedo não consigo"),
    ],
)
def test_what_is_too_early_is_wished_for_later(language: str, text: str) -> None:
    times = say(after(Offered((EARLY,)), language=language, said=(CUT[language],)), text).wish.visit.times
    assert times and times.first and times.first > time(9)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in the morning please"),
        ("de", "vormittags bitte"),
        ("es", "por la mañana, gracias"),
        ("fr", "le matin s'il vous plaît"),
        ("it", "la mattina grazie"),
        ("nl", "in de ochtend graag"),
        ("pt", "de manhã, por favor"),
    ],
)
def test_a_time_with_a_please_is_wished_for(language: str, text: str) -> None:
    visit = say(offered(language), text).wish.visit
    assert [c.allow for c in visit.on("time")] == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on thursday at 5pm, if thursday is full then friday at the same time"),
        ("de", "Haarschnitt am Donnerstag um 17 Uhr, falls der Donnerstag schon voll ist, Freitag zur selben Zeit"),
        ("fr", "une coupe jeudi à 17h, si jeudi est complet, vendredi à la même heure"),
        ("it", "un taglio giovedì alle 17, se giovedì è già pieno, venerdì alla stessa ora"),
        ("nl", "knippen donderdag om 17 uur, als donderdag vol is dan vrijdag zelfde tijd"),
    ],
)
def test_a_day_that_may_be_full_is_the_first_choice(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    days = [c for c in visit.constraints if c.on == "day"]
    assert [(c.choice, c.values[0].first) for c in days] == [(1, THURSDAY), (2, date(2026, 12, 4))]
