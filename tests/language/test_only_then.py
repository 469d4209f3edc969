"""When people can come at all: from when on they are free, how early is early, which week is this one, which days are
none; and a day that is told by what was offered, or is booked."""

from datetime import date, datetime, time

import pytest

from tests.language.conversations import desk
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Booked, Offered, Slot, State
from truebook.language.wish import Constraint, Days, On, Times

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 29, 21)  # a Sunday
FRIDAY = "12-04..12-04"
EARLY = "06:00-10:00"  # where the day begins at nine
OFFERS = ((30, 9, 0), (1, 17, 30), (10, 19, 0))


def slots() -> tuple[Slot, ...]:
    days = [date(2026, 11 if day == 30 else 12, day) for day, _, _ in OFFERS]
    return tuple(
        Slot(f"{n}", "cut", "anna", day, time(hour, minute), 45)
        for n, (day, (_, hour, minute)) in enumerate(zip(days, OFFERS, strict=True))
    )


def offered(language: str) -> State:
    return heard_assistant(begin(desk(language)), [Offered(slots())], NOW)


def booked(language: str) -> State:
    return heard_assistant(begin(desk(language)), [Booked(slots()[2])], NOW)


def told(state: State, text: str, on: On, *, allow: bool = True) -> str:
    visit = heard_customer(state, text, NOW).wish.visit
    return shown(visit.constraints, on, allow=allow)


def shown(constraints: tuple[Constraint, ...], on: On, *, allow: bool = True) -> str:
    values = [v for c in constraints if c.on == on and c.allow == allow for v in c.values]
    days = [f"{v.first:%m-%d}..{v.last:%m-%d}" for v in values if isinstance(v, Days)]
    hours = [f"{v.first or '':.5}-{v.last or '':.5}" for v in values if isinstance(v, Times)]
    return " ".join([*days, *[hour.replace("None", "") for hour in hours]])


def clocks(state: State, text: str) -> str:
    visit = heard_customer(state, text, NOW).wish.visit
    windows = [v for c in visit.on("time") for v in c.values if isinstance(v, Times)]
    return " ".join("-".join(one.isoformat("minutes") if one else "" for one in (v.first, v.last)) for v in windows)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut for my wife, it's a birthday surprise :) she can only do friday afternoons"),
        ("de", "ein Haarschnitt für meine Frau, eine Geburtstagsüberraschung ;-) sie kann nur Freitagnachmittag"),
        ("es", "un corte para mi mujer, es su cumpleaños :) solo puede el viernes por la tarde"),
        ("fr", "une coupe pour ma femme, c'est son anniversaire :) elle ne peut que le vendredi après-midi"),
        ("it", "un taglio per mia moglie, è il suo compleanno :) può solo il venerdì pomeriggio"),
        ("nl", "knippen voor mijn vrouw, ze is jarig :) ze kan alleen vrijdagmiddag"),
        ("pt", "um corte para a minha mulher, é surpresa de aniversário :) Ela só pode sexta-feira à tarde"),
    ],
)
def test_when_alone_somebody_can_come_is_the_wish_and_no_reason(language: str, text: str) -> None:
    assert told(begin(desk(language)), text, "day") == FRIDAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on tuesday, I only get out of the office at half five"),
        ("de", "einen Haarschnitt am Dienstag, ich komme erst um halb sechs aus dem Büro"),
        ("es", "un corte el martes, no salgo de la oficina hasta las cinco y media"),
        ("fr", "une coupe mardi, je ne sors du bureau qu'à 17h30"),
        ("it", "un taglio martedì, esco dall'ufficio solo alle 17:30"),
        ("nl", "knippen dinsdag, ik kom pas om half zes van kantoor"),
        ("pt", "um corte na terça, só saio do escritório às 17h30"),
    ],
)
def test_when_somebody_gets_out_is_the_beginning(language: str, text: str) -> None:
    assert clocks(begin(desk(language)), text) == "17:45-"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At four he's just getting out of school, is there anything from five?"),
        ("de", "Um vier geht nicht, da kommt er grad aus der Schule. Lieber ab fünf, Dienstag oder Mittwoch"),
        ("es", "A las cuatro no llega, que sale a esa hora del colegio. Mejor a partir de las cinco"),
        ("fr", "À quatre heures elle sort de l'école, vous avez quelque chose à partir de cinq heures ?"),
        ("it", "Alle quattro esce da scuola, c'è qualcosa dalle cinque in poi?"),
        ("nl", "Om vier uur komt hij net uit school, is er iets vanaf vijf uur?"),
        ("pt", "Às quatro ele sai da escola, há alguma coisa a partir das cinco?"),
    ],
)
def test_beside_the_hour_that_is_wished_for_the_reason_is_none(language: str, text: str) -> None:
    assert clocks(offered(language), text) == "17:00-"


def test_about_beside_a_limit_leaves_it_one() -> None:
    assert clocks(begin(desk("en")), "a haircut thursday, so from about 5pm") == "17:00-"
    assert clocks(begin(desk("de")), "Haarschnitt Donnerstag ab ungefähr 17 Uhr") == "17:00-"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut in the mornings before work"),
        ("de", "einen Haarschnitt, am liebsten in der Früh"),
        ("es", "un corte, antes de trabajar"),
        ("fr", "une coupe avant le travail"),
        ("it", "un taglio, la mattina presto se si può"),
        ("nl", "knippen, voor het werk"),
        ("pt", "um corte, antes do trabalho"),
    ],
)
def test_early_is_when_the_day_begins_here(language: str, text: str) -> None:
    assert clocks(begin(desk(language)), text) == EARLY


def test_an_hour_before_work_is_one_of_the_morning() -> None:
    assert clocks(begin(desk("en")), "a haircut in the mornings before work, like 7ish?") == "07:00-07:00"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "a haircut this week", "11-30..12-06"),
        ("it", "un taglio questa settimana", "11-30..12-06"),
        ("en", "a haircut early this week", "11-30..12-01"),
        ("de", "Haarschnitt Anfang der Woche", "11-30..12-01"),
    ],
)
def test_on_a_sunday_this_week_is_the_one_that_begins(language: str, text: str, wanted: str) -> None:
    assert told(begin(desk(language)), text, "day") == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "tomorrow is a bit short notice"),
        ("de", "morgen ist mir etwas zu kurzfristig"),
        ("es", "mañana es un poco justo"),
        ("fr", "demain c'est un peu court"),
        ("it", "domani è un po' presto"),
        ("nl", "morgen is wat kort dag"),
        ("pt", "amanhã é muito em cima da hora"),
    ],
)
def test_a_day_that_is_short_notice_is_barred_and_not_taken(language: str, text: str) -> None:
    state = heard_customer(offered(language), text, NOW)
    assert state.meaning.picked is None
    assert shown(state.wish.visit.constraints, "day", allow=False) == "11-30..11-30"


def test_the_other_day_of_those_offered_is_taken_beside_a_barred_one() -> None:
    assert heard_customer(offered("en"), "monday's a bit soon, tuesday is fine", NOW).meaning.picked == "1"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("nein, so 11:15 bitte", ""),
        ("i bräucht an Termin zum Haarschnitt so 10 Uhr am Dienstag", "12-01..12-01"),
        ("Haarschnitt am So 11 Uhr", "12-06..12-06"),
        ("Haarschnitt so 6.12. um 11 Uhr", "12-06..12-06"),
    ],
)
def test_so_is_a_sunday_only_where_it_is_written_as_one(text: str, day: str) -> None:
    assert told(begin(desk("de")), text, "day") == day


@pytest.mark.parametrize("text", ["geht aa um hoiba ocht?", "hoiba ochte waar guat", "um hoib acht bitte"])
def test_hours_in_dialect(text: str) -> None:
    assert clocks(offered("de"), text) in ("07:30-07:30", "19:30-19:30")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tuesday 17:30 is perfect, and Thursday 19:00 is a bit late but ok, we take both"),
        ("de", "Dienstag 17:30 passt. Und Donnerstag um 19 Uhr, wir nehmen beide"),
        ("fr", "Mardi à 17h30 c'est parfait. Et jeudi 19h c'est un peu tard, bon, on prend les deux"),
        ("it", "Martedì 17:30 perfetto, e giovedì alle 19, li prendiamo entrambi"),
    ],
)
def test_a_further_day_is_the_one_that_was_offered(language: str, text: str) -> None:
    (other,) = heard_customer(offered(language), text, NOW).wish.others
    assert shown(other.constraints, "day") == "12-10..12-10"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Colour please, on the same day as the haircut"),
        ("de", "Colour bitte, am selben Tag wie der Haarschnitt"),
        ("it", "Colour per favore, lo stesso giorno del taglio"),
        ("fr", "Colour, le même jour que la coupe"),
    ],
)
def test_the_same_day_as_what_is_booked(language: str, text: str) -> None:
    state = heard_customer(booked(language), text, NOW)
    assert (state.wish.visit.service, state.wish.others) == ("color", ())
    assert shown(state.wish.visit.constraints, "day") == "12-10..12-10"


def test_both_of_two_people_are_no_hour() -> None:
    assert clocks(offered("es"), "No no, de momento vamos las dos") == ""
    assert clocks(begin(desk("fr")), "une coupe, il lui faudrait une ou deux heures, après 16h") == "16:00-"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "she's in school till four, anything after 5?"),
        ("de", "er hat bis vier Schule, geht was ab fünf?"),
        ("fr", "il finit à 16h, vous auriez après 17h ?"),
    ],
)
def test_until_when_somebody_is_away_is_no_end_of_what_is_wished_for(language: str, text: str) -> None:
    assert clocks(offered(language), text) == "17:00-"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "nothing in the mornings?"),
        ("es", "¿entonces por la mañana no hay nada?"),
        ("de", "in der Früh gibt's nix?"),
    ],
)
def test_a_question_for_mornings_bars_none(language: str, text: str) -> None:
    state = heard_customer(offered(language), text, NOW)
    assert not [c for c in state.wish.visit.constraints if c.on == "time" and not c.allow]
    assert clocks(offered(language), text)
