"""Once something is booked: what that is can be asked, it can be meant, and it can do; none of that wishes for more."""

from dataclasses import replace
from datetime import time

import pytest

from tests.language.conversations import NOW, THURSDAY, desk, read_back, say
from truebook.language.dialogue import heard_assistant
from truebook.language.meaning.meant import only_doubts
from truebook.language.names import Named
from truebook.language.state import Booked, Desk, Slot, State
from truebook.language.visits.parting import parting

pytestmark = pytest.mark.unit
CUT = Slot("b", "cut", "anna", THURSDAY, time(16))
COLOURS = ("Farbe", "color", "couleur", "colore", "kleur", "cor")


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk know what a colour is called in every language."""

    def furnished(*languages: str) -> Desk:
        cut, _ = desk().services
        return replace(desk(*languages), services=(cut, Named("color", "Colour", COLOURS)))

    monkeypatch.setattr("tests.language.conversations.desk", furnished)


def booked(language: str) -> State:
    return heard_assistant(read_back(language), [Booked(CUT)], NOW)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "that appointment is colour, isn't it?"),
        ("en", "I mean the one I've already booked"),
        ("en", "is the one on thursday with Anna the colour one?"),
        ("de", "der Termin ist eh Farbe, oder?"),
        ("de", "is des am Donnerstag die Farbe, gell?"),
        ("de", "ich mein den, den ich schon gebucht hab, ist das Farbe?"),
        ("es", "la cita es de color, no?"),
        ("es", "no no, digo la que ya tengo reservada el jueves, si es de color"),
        ("fr", "le rendez-vous, c'est bien la couleur, non ?"),
        ("fr", "je parle de celui que j'ai déjà réservé"),
        ("it", "è di colore l'appuntamento, vero?"),
        ("it", "intendo quello che ho già prenotato, se è colore"),
        ("nl", "die afspraak is toch kleur, hè?"),
        ("nl", "ik bedoel de afspraak die ik al geboekt heb, is dat kleur?"),
        ("pt", "a consulta é de cor, não é?"),
        ("pt", "quero dizer a que já marquei, é de cor?"),
    ],
)
def test_what_is_booked_is_asked_about(language: str, text: str) -> None:
    before, state = booked(language), say(booked(language), text)
    assert [act.act for act in state.meaning.acts] == ["lookup"]
    assert state.wish == before.wish


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is colour free on thursday?"),
        ("en", "the one I've booked, can I move it to friday?"),
        ("en", "like the one I booked, but on the 10th"),
        ("en", "the one I booked, can I bring a friend?"),
        ("en", "the one I've booked, how long does it take?"),
        ("de", "den Termin, den ich gebucht hab, bitte absagen"),
        ("es", "¿cuándo es color?"),
        ("es", "y el viernes hay color, no?"),
        ("fr", "et la couleur, c'est combien ?"),
        ("it", "e il colore con Anna?"),
        ("nl", "is er vrijdag kleur?"),
        ("pt", "e cor?"),
    ],
)
def test_a_wish_or_another_question_is_none_of_these(language: str, text: str) -> None:
    assert [act.act for act in say(booked(language), text).meaning.acts] != ["lookup"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes, and it's a colour, right?"),
        ("de", "ja, und das ist eh Farbe, oder?"),
        ("es", "sí, y es de color, ¿verdad?"),
        ("nl", "Ja, en het is toch wel kleur hè, geen knippen"),
    ],
)
def test_a_yes_that_asks_what_it_is_books_nothing_and_wishes_for_nothing_more(language: str, text: str) -> None:
    state = say(read_back(language), text)
    assert (state.meaning.agreed, state.meaning.asks, state.wish.others) == (False, ("other",), ())
    assert state.wish.visit.service == "cut"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don't need another one, the one on friday will do"),
        ("de", "ich will keine zweite, die am Freitag reicht mir"),
        ("es", "no, otra clase no hace falta, con la del viernes me vale"),
        ("fr", "je n'en veux pas d'autre, celui de vendredi me suffit"),
        ("it", "non ne voglio un'altra, mi basta quella di venerdì"),
        ("nl", "ik hoef er geen andere bij, die van vrijdag is genoeg"),
        ("pt", "não quero outra, a de sexta chega"),
    ],
)
def test_no_other_one_is_wanted(language: str, text: str) -> None:
    said = parting(text, language)
    assert said.another and said.enough


@pytest.mark.parametrize(("language", "text"), [("en", "I don't want another day"), ("es", "no quiero otra hora")])
def test_another_day_is_no_other_one(language: str, text: str) -> None:
    assert not parting(text, language).another


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and don't forget the colour please"),
        ("en", "please remember the colour"),
        ("de", "und d'Farbe ned vergessn bitte"),
        ("de", "vergessen Sie die Farbe nicht"),
        ("es", "y no se olvide del color"),
        ("fr", "n'oubliez pas la couleur"),
        ("it", "non dimentichi il colore"),
        ("nl", "en vergeet de kleur niet"),
        ("pt", "e não se esqueça da cor"),
    ],
)
def test_what_is_not_to_be_forgotten_comes_to_it(language: str, text: str) -> None:
    state = say(read_back(language), text)
    assert (state.wish.visit.service, [one.service for one in state.wish.others]) == ("cut", ["color"])
    assert state.meaning.adding and not (state.meaning.no or state.meaning.agreed)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "no, forget the colour, just the cut"), ("de", "vergiss die Farbe"), ("nl", "vergeet de kleur maar")],
)
def test_what_is_to_be_forgotten_is_not_wanted(language: str, text: str) -> None:
    assert say(read_back(language), text).meaning.less == {"color"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "don't forget the colour"), ("de", "vergessen Sie bitte die Farbe nicht"), ("pt", "não esqueça a cor")],
)
def test_what_is_not_to_be_forgotten_gives_nothing_up(language: str, text: str) -> None:
    said = parting(text, language)
    assert (said.clause, said.done) == ("", False)


OF_THREE = replace(CUT, people=3)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how many of us did you put down?"),
        ("en", "so are we 3 or 4 now?"),
        ("en", "it's with Anna isn't it"),
        ("de", "für wie viele ist das jetzt gebucht?"),
        ("de", "haben Sie uns zu dritt eingetragen?"),
        ("es", "¿nos has puesto a las tres?"),
        ("es", "¿para cuántas personas está?"),
        ("fr", "on est combien au final ?"),
        ("fr", "vous avez bien noté trois personnes ?"),
        ("fr", "c'est avec Anna ?"),
        ("it", "per quante persone è?"),
        ("nl", "voor hoeveel personen staat het nu?"),
        ("pt", "quantas vagas ficaram?"),
        ("pt", "é com a Anna, certo?"),
    ],
)
def test_for_how_many_and_with_whom_it_is_can_be_asked(language: str, text: str) -> None:
    before = heard_assistant(read_back(language), [Booked(OF_THREE)], NOW)
    state = say(before, text)
    assert state.meaning.likeliest("lookup") >= 0.5 and state.meaning.note is None
    assert state.wish == before.wish


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wait hang on"),
        ("de", "Moment mal"),
        ("es", "a ver, un segundo"),
        ("fr", "attendez deux secondes"),
        ("it", "un secondo"),
        ("nl", "wacht even"),
        ("pt", "só um instante"),
    ],
)
def test_whoever_is_not_ready_yet_is_given_time(language: str, text: str) -> None:
    state = say(booked(language), text)
    assert only_doubts(state, state.meaning) and not state.meaning.changed


@pytest.mark.parametrize(
    ("language", "text", "one_more"),
    [
        ("en", "and wednesday the 9th at 4pm", True),
        ("en", "wednesday the 9th at 4pm would be better", False),
        ("de", "und am 9. um 16 Uhr", True),
        ("de", "und doch lieber am 9. um 16 Uhr", False),
        ("es", "y el miércoles 9 a las 16", True),
        ("fr", "et mercredi 9 à 16h", True),
        ("it", "e mercoledì 9 alle 16", True),
        ("it", "e mercoledì 9 alle 16 invece?", False),
        ("nl", "en woensdag 9 december om 16 uur", True),
        ("pt", "e quarta dia 9 às 16h", True),
    ],
)
def test_an_and_with_a_day_and_an_hour_is_one_more(language: str, text: str, one_more: bool) -> None:
    assert say(booked(language), text).meaning.adding is one_more


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mia can't do thursday after all, do you have anything on friday?"),
        ("de", "Lea kann am Donnerstag doch nicht. Geht's Freitag auch?"),
        ("es", "Marta no puede el jueves, ¿hay hueco el viernes?"),
        ("it", "giovedì Paola non riesce, venerdì c'è posto?"),
        ("nl", "Eva kan donderdag toch niet, kan het vrijdag?"),
        ("pt", "a Bia acabou de me falar que quinta ela não consegue. Sexta tem?"),
    ],
)
def test_a_day_that_somebody_cannot_come_moves_what_is_booked(language: str, text: str) -> None:
    meaning = say(booked(language), text).meaning
    assert meaning.likeliest("move") > meaning.likeliest("book") and not meaning.adding
