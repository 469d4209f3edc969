"""Several things in one message, or one after the other: each keeps what is said of it, and what waits is not lost."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tests.language.test_who_does_what import KIN, two
from truebook.language import kinds
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.merge import on_day
from truebook.language.names import Named
from truebook.language.state import Asked, Desk, Offered, ReadBack, Slot, State
from truebook.language.wish import Days, Visit

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 30, 8)  # a Monday
WEDNESDAY = date(2026, 12, 2)
CALLED = ("Haircut", "Beard", "Blood test", "Consultation", "Maths", "Yoga", "Pilates")
SERVICES = tuple(Named(name, name, kinds.names(name)) for name in CALLED)
STAFF = (Named("Ben", "Ben"), Named("Eva", "Eva"))


def desk(language: str) -> State:
    return begin(Desk(SERVICES, STAFF, time(8), time(19), (language,)), language=language)


def say(state: State, text: str) -> State:
    return heard_customer(state, text, NOW)


def read(language: str, service: str, *later: Visit, offered: bool = False) -> State:
    """Return the state in which a service on Wednesday at 8 was read back, or offered, while others wait."""
    slot = Slot("one", service, "Eva", WEDNESDAY, time(8))
    visit = Visit(service, None, (on_day(WEDNESDAY),))
    state = replace(desk(language), later=later)
    state = replace(state, wish=replace(state.wish, visit=visit))
    other = replace(slot, id="other", time=time(14))
    return heard_assistant(state, [Offered((slot, other))] if offered else [ReadBack(slot), Asked("booking")], NOW)


def days(visit: Visit) -> list[tuple[date, date]]:
    return [(one.first, one.last) for c in visit.on("day") for one in c.values if isinstance(one, Days)]


def december(*numbers: int) -> list[tuple[date, date]]:
    return [(date(2026, 12, number), date(2026, 12, number)) for number in numbers]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "diese Woche die Blutabnahme und nächste die Beratung"),
        ("en", "the blood test this week and next the consultation"),
        ("es", "esta semana la analítica y la que viene la consulta"),
        ("fr", "la prise de sang cette semaine et la prochaine la consultation"),
        ("it", "questa settimana il prelievo e la prossima la visita medica"),
        ("nl", "deze week de bloedafname en volgende het consult"),
        ("pt", "esta semana as análises e na próxima a consulta"),
    ],
)
def test_each_has_a_week_of_its_own(language: str, text: str) -> None:
    wish = say(desk(language), text).wish
    (other,) = wish.others
    assert (wish.visit.service, other.service) == ("Blood test", "Consultation")
    assert days(other) == [(date(2026, 12, 7), date(2026, 12, 13))]


def test_what_is_only_wished_for_rather_is_of_its_own_visit() -> None:
    text = "pilates para mí y mi hermana el viernes si puede ser, y otra de yoga para mí sola la semana que viene"
    wish = say(desk("es"), text).wish
    assert (wish.visit.service, days(wish.visit)) == ("Pilates", december(4))
    assert [(one.service, one.whom, days(one)[0][0]) for one in wish.others] == [("Yoga", None, date(2026, 12, 7))]


@pytest.mark.parametrize("offered", [False, True])
@pytest.mark.parametrize(
    ("language", "text", "on"),
    [
        ("de", "die Beratung dann am Donnerstag nach fünf", [10]),
        ("en", "the consultation should be on thursday or friday, after work", [10, 11]),
        ("es", "y la consulta NO esta semana, la otra. el lunes 7 o el martes 8 por la tarde", [7, 8]),
        ("fr", "la consultation plutôt le jeudi en fin de journée", [10]),
        ("nl", "en het consult liefst dinsdag of donderdag na 16 uur", [8, 10]),
        ("pt", "e a consulta só depois das 17h, na terça", [8]),
    ],
)
def test_what_waits_is_told_of_while_another_stands(language: str, text: str, on: list[int], *, offered: bool) -> None:
    week = Visit("Consultation", None, (replace(on_day(date(2026, 12, 7)), values=(Days(*_week(7)),)),))
    before = read(language, "Blood test", week, offered=offered)
    heard = say(before, text)
    (waits,) = heard.later
    assert heard.meaning.of_next and heard.wish.visit == before.wish.visit
    assert days(waits) == december(*on) and waits.on("time")


def _week(monday: int) -> tuple[date, date]:
    return date(2026, 12, monday), date(2026, 12, monday + 6)


@pytest.mark.parametrize(
    ("language", "text"), [("es", "no, la consulta primero"), ("de", "doch lieber zuerst die Beratung")]
)
def test_what_is_to_come_first_takes_its_place(language: str, text: str) -> None:
    heard = say(read(language, "Blood test", Visit("Consultation")), text)
    assert not heard.meaning.of_next


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "und de zwoa aundan? i moan am 3. und am 8. oda so, nochmittog"),
        ("en", "and the 3rd and the 8th as well, in the afternoon"),
        ("es", "y también el jueves 3 y el martes 8 por la tarde"),
        ("fr", "et aussi le 3 et le 8 décembre à 17h"),
        ("it", "e anche giovedì 3 e martedì 8"),
        ("nl", "en ook nog donderdag 3 en dinsdag 8 december"),
        ("pt", "e também na quinta dia 3 e na terça dia 8"),
    ],
)
def test_further_days_stand_beside_the_one_that_was_read_back(language: str, text: str) -> None:
    wish = say(read(language, "Maths", Visit("Maths"), Visit("Maths")), text).wish
    assert [days(one) for one in (wish.visit, *wish.others)] == [december(2), december(3), december(8)]


def test_days_of_those_that_are_only_counted_leave_what_is_offered() -> None:
    before = read("de", "Maths", Visit("Maths"), Visit("Maths"), offered=True)
    heard = say(before, "und die zwei anderen am 3. und am 8. nachmittags")
    assert heard.wish.visit == before.wish.visit
    assert [days(one) for one in heard.later] == [december(3), december(8)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "na na, ned nur hoarschnitt. Bartschnitt a no, alles auf amoi"),
        ("en", "not just the cut, the beard as well"),
        ("es", "no solo el corte, también la barba"),
        ("fr", "pas seulement la coupe, la barbe aussi"),
        ("it", "solo il taglio no, anche la barba"),
        ("nl", "niet alleen knippen, ook de baard"),
        ("pt", "não só o corte, a barba também"),
    ],
)
def test_not_only_the_one_adds_the_other(language: str, text: str) -> None:
    heard = say(read(language, "Haircut"), text)
    assert (heard.wish.visit.service, [one.service for one in heard.wish.others]) == ("Haircut", ["Beard"])
    assert not heard.meaning.less


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "hoar schneidn und bort a glei"),
        ("de", "Haare und Bart bitte"),
        ("en", "hair and beard please"),
        ("es", "pelo y barba"),
        ("fr", "me couper les cheveux et me raser"),
        ("it", "capelli e barba"),
        ("nl", "haar en baard"),
        ("pt", "cabelo e barba"),
    ],
)
def test_hair_beside_a_beard_is_a_cut(language: str, text: str) -> None:
    wish = say(desk(language), text).wish
    assert {one.service for one in (wish.visit, *wish.others)} == {"Haircut", "Beard"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "den Bart mein ich, nicht noch einmal Haare"),
        ("en", "I mean the beard, not my hair again"),
    ],
)
def test_one_instead_of_the_other_does_not(language: str, text: str) -> None:
    wish = say(read(language, "Haircut"), text).wish
    assert (wish.visit.service, wish.others) == ("Beard", ())


@pytest.mark.parametrize("theirs_first", [False, True])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "nein, für mich ist es eine Farbe, kein Haarschnitt"),
        ("en", "no, for me it's a colour, not a cut"),
        ("es", "no, para mí es tinte, no corte"),
        ("fr", "Non, pour moi c'est une couleur, pas une coupe !"),
        ("it", "no, per me è il colore, non il taglio"),
        ("nl", "nee, voor mij is het kleuren, niet knippen"),
        ("pt", "não, para mim é a cor, não o corte"),
    ],
)
def test_what_is_mine_is_corrected_alone(language: str, text: str, *, theirs_first: bool) -> None:
    heard = say(two(language, theirs_first=theirs_first, read=True), text)
    assert {(one.service, one.whom) for one in (heard.wish.visit, *heard.along)} == {
        ("colour", None),
        ("cut", KIN[language]),
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ich heiße Hanna Bauer. Die Kleine, der Haarschnitt, das ist die Zoe."),
        ("fr", "Hanna Bauer, c'est mon nom. La petite, la coupe, c'est Zoe."),
        ("it", "Hanna Bauer è il mio nome. La piccola, il taglio, è Zoe."),
    ],
)
def test_a_guest_is_named_in_a_sentence_of_their_own(language: str, text: str) -> None:
    state = two(language, theirs_first=True, read=True)
    for known in (None, "Hanna Bauer"):
        heard = say(replace(state, wish=replace(state.wish, name=known)), text)
        assert (heard.wish.name, heard.wish.visit.whom) == ("Hanna Bauer", "Zoe")
        assert [one.service for one in heard.along] == ["colour"]


def test_where_somebody_is_from_is_nobody() -> None:
    text = "mire es que soy nueva en Berlín y mi médico de España me ha dicho que me haga una analítica"
    assert say(desk("es"), text).wish.visit.whom is None
