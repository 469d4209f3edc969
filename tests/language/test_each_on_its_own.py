"""Two or more in one wish: each has the hour, the day and the person that is told of it, and none is lost later."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.language.test_while_one_stands import NOW, WEDNESDAY, days, december, desk, read, say
from truebook.language.dialogue import heard_assistant
from truebook.language.merge import at_time, on_day
from truebook.language.state import Offered, Slot, State
from truebook.language.wish import Visit

pytestmark = pytest.mark.unit
FRIDAY = date(2026, 12, 4)


def told(visit: Visit) -> tuple[str | None, time | None]:
    return visit.whom, visit.time


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("de", "Zwei Haarschnitte am Freitag: ich um 10 bei Ben und mein Sohn um 11 bei Eva", "Sohn"),
        ("en", "two haircuts on friday: mine at 10, my son's at 11", "son"),
        ("es", "dos cortes el viernes: el mío a las 10 y el de mi hija a las 11", "hija"),
        ("fr", "deux coupes vendredi : la mienne à 10h, celle de ma fille à 11h", "fille"),
        ("it", "due tagli venerdì: il mio alle 10, quello di mio figlio alle 11", "figlio"),
        ("nl", "twee knipbeurten vrijdag: ik om tien uur, mijn man om elf uur", "man"),
        ("pt", "dois cortes na sexta, o meu às 10 e o do meu filho às 11", "filho"),
    ],
)
def test_each_of_two_has_their_own_hour(language: str, text: str, whom: str) -> None:
    wish = say(desk(language), text).wish
    assert [told(one) for one in (wish.visit, *wish.others)] == [(None, time(10)), (whom, time(11))]
    assert [days(one) for one in (wish.visit, *wish.others)] == [december(4)] * 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Haarschnitt am Freitag, drei Uhr der Lukas, viertel fünf ich, beide bei der Eva"),
        ("en", "haircuts on friday, 3pm Lukas, 4:15pm me, both with Eva"),
        ("nl", "knippen vrijdag, 15 uur Lukas, 16.15 uur ik, allebei bij Eva"),
    ],
)
def test_names_beside_their_hours(language: str, text: str) -> None:
    wish = say(desk(language), text).wish
    assert [told(one) for one in (wish.visit, *wish.others)] == [("Lukas", time(15)), (None, time(16, 15))]
    assert {one.staff for one in (wish.visit, *wish.others)} == {"Eva"}


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("de", "Haarschnitt am Freitag ab drei, erst mein Sohn und dann ich", "Sohn"),
        ("en", "a haircut for my boy first and then for me, friday from 3", "boy"),
        ("es", "corte para mi hijo y luego para mí, el viernes por la tarde", "hijo"),
        ("fr", "une coupe pour mon fils puis pour moi, vendredi après 15h", "fils"),
        ("it", "prima mio figlio e poi io, taglio venerdì pomeriggio", "figlio"),
        ("nl", "knippen vrijdag, eerst mijn zoon en daarna ik", "zoon"),
        ("pt", "um corte para o meu filho e depois para mim, sexta à tarde", "filho"),
    ],
)
def test_whoever_is_named_first_comes_first(language: str, text: str, whom: str) -> None:
    heard = say(desk(language), text)
    assert [one.whom for one in (heard.wish.visit, *heard.wish.others)] == [whom, None]
    assert heard.meaning.in_turn


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mittwoch Haarschnitt und Freitag Bart, jeweils ab 15 Uhr"),
        ("en", "a haircut on wednesday and the beard on friday, both after 3pm"),
        ("es", "el miércoles corte y el viernes barba, después de las 15"),
        ("fr", "mercredi une coupe et vendredi la barbe, pas avant 15h"),
        ("it", "un taglio mercoledì e la barba venerdì, dopo le 15"),
        ("nl", "woensdag knippen en vrijdag de baard, niet voor 15 uur"),
        ("pt", "corte na quarta e barba na sexta, depois das 15h"),
    ],
)
def test_a_limit_set_apart_is_of_both(language: str, text: str) -> None:
    wish = say(desk(language), text).wish
    assert [days(one) for one in (wish.visit, *wish.others)] == [december(2), december(4)]
    assert [one.time for one in (wish.visit, *wish.others)] == [time(15)] * 2


def test_an_hour_is_of_the_one_that_it_stands_with() -> None:
    wish = say(desk("de"), "Haarschnitt am Mittwoch und Bart am Freitag um 17 Uhr").wish
    assert [one.time for one in (wish.visit, *wish.others)] == [None, time(17)]


def maths(language: str) -> State:
    """Return the state in which Wednesday at 8 was read back while Friday at 16:00 waits."""
    return read(language, "Maths", Visit("Maths", None, (on_day(FRIDAY), at_time(time(16)))))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "am Freitag lieber um 17 Uhr"),
        ("de", "und den zweiten bitte um 17 Uhr"),
        ("en", "actually make the friday one at 5pm"),
        ("en", "wednesday is fine but friday at 5pm please"),
        ("es", "la del viernes mejor a las 17"),
        ("fr", "et l'autre plutôt à 17h"),
        ("it", "l'altra meglio alle 17"),
        ("nl", "de tweede liever om 17 uur"),
        ("pt", "a de sexta melhor às 17h"),
    ],
)
def test_an_hour_told_of_the_one_that_waits_leaves_the_other(language: str, text: str) -> None:
    heard = say(maths(language), text)
    assert heard.meaning.of_next and days(heard.wish.visit) == december(2)
    assert [(one.day, one.time) for one in heard.later] == [(FRIDAY, time(17))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "dann nur der Mittwoch"),
        ("en", "just the wednesday one then"),
        ("es", "de momento resérvame solo el miércoles"),
        ("fr", "finalement seulement mercredi"),
    ],
)
def test_only_the_one_that_stands(language: str, text: str) -> None:
    heard = say(maths(language), text)
    assert heard.later == () and days(heard.wish.visit) == december(2)


@pytest.mark.parametrize(
    ("language", "text", "on"),
    [
        ("de", "die ersten beiden", (1, 2)),
        ("en", "the first and the last one please", (1, 3)),
        ("en", "tuesday and thursday, both", (1, 3)),
        ("es", "el martes a las 14 y el jueves a las 19, las dos", (1, 3)),
        ("fr", "le premier et le troisième", (1, 3)),
        ("it", "prendo martedì e mercoledì", (1, 2)),
        ("nl", "de eerste en de laatste graag", (1, 3)),
        ("pt", "a primeira e a terceira", (1, 3)),
    ],
)
def test_two_of_what_is_offered(language: str, text: str, on: tuple[int, int]) -> None:
    hours = {1: time(14), 2: time(16, 30), 3: time(19)}
    slots = tuple(Slot(str(day), "Maths", "Eva", date(2026, 12, day), clock) for day, clock in hours.items())
    state = replace(desk(language), later=(Visit("Maths"),))
    state = replace(state, wish=replace(state.wish, visit=Visit("Maths")))
    wish = say(heard_assistant(state, [Offered(slots)], NOW), text).wish
    found = [(one.day, one.time) for one in (wish.visit, *wish.others)]
    assert found == [(date(2026, 12, day), hours[day]) for day in on]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ich bin nächste Woche in Madrid und will einmal Yoga machen, Mittwochabend?"),
        ("en", "I'm in Madrid next week and want to do yoga once. Wednesday evening?"),
        ("es", "estaré en Madrid del 7 al 13 de diciembre y me gustaría una clase de yoga el miércoles"),
        ("fr", "Je suis à Madrid du 7 au 13 décembre, un seul cours de yoga, mercredi soir si possible"),
        ("nl", "Ik ben volgende week in Madrid en wil een keer yoga doen. Is er iets woensdagavond?"),
    ],
)
def test_one_wish_is_one(language: str, text: str) -> None:
    wish = say(desk(language), text).wish
    assert (days(wish.visit), wish.others, wish.name) == (december(9), (), None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "ja passt, und für mich selber um viertel zehn"),
        ("en", "yes, and for myself at quarter past nine please"),
        ("es", "sí, y para mí a las 9 y cuarto"),
        ("fr", "oui. et pour moi à 9h15"),
        ("it", "sì, e per me alle 9 e un quarto"),
        ("nl", "ja graag, en voor mijzelf om kwart over negen"),
        ("pt", "sim, e para mim às 9 e um quarto"),
    ],
)
def test_a_yes_to_a_guests_goes_on_to_ones_own(language: str, text: str) -> None:
    state = read(language, "Haircut")
    assert state.readback
    visit = replace(state.wish.visit, whom="Lukas")
    state = replace(state, wish=replace(state.wish, visit=visit), readback=replace(state.readback, guest="Lukas"))
    heard = say(state, text)
    assert heard.meaning.agreed and heard.wish.visit.whom == "Lukas"
    assert [(one.whom, one.day) for one in heard.wish.others] == [(None, WEDNESDAY)]
