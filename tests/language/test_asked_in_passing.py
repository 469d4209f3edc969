"""What is asked in passing, beside a pick or a yes: by somebody else, as a condition, of a day that may be a holiday."""

from datetime import date, time

import pytest

from tests.language.conversations import NOW, THURSDAY, WEDNESDAY, offered, read_back, say
from truebook.assistant.offline.changes import asks_of_read_back
from truebook.language.dialogue import heard_assistant
from truebook.language.meaning.noting import asked_outright
from truebook.language.state import Asked, Booked, ReadBack, Slot, State

pytestmark = pytest.mark.unit

COLOUR = Slot("b", "color", "ben", WEDNESDAY, time(9))
CUT = Slot("r", "cut", "anna", THURSDAY, time(10))


def _second(language: str) -> State:
    """Return the state in which a colour was booked and a cut read back with that."""
    return heard_assistant(read_back(language), [Booked(COLOUR), ReadBack(CUT), Asked("booking")], NOW)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes book it. my wife is asking if you also do eyebrows"),
        ("de", "ja gerne, und meine Mutter will wissen ob ihr auch Wimpern macht"),
        ("es", "Sí, resérvelo. Mi hermana pregunta si hay aparcamiento"),
        ("fr", "Oui, réservez. Et Élise voudrait aussi savoir si Ben fait les franges"),
        ("it", "Sì, prenoti. Mio marito chiede se Ben fa anche le sfumature"),
        ("nl", "ja graag. mijn moeder vraagt of jullie ook permanenten"),
        ("pt", "Sim, pode marcar. A minha mãe quer saber se fazem permanente"),
    ],
)
def test_what_somebody_else_wants_to_know_leaves_a_yes_one(language: str, text: str) -> None:
    state = say(read_back(language), text)
    assert state.meaning.agreed and state.meaning.asks
    assert (state.wish.visit.staff, state.wish.visit.whom, state.wish.others) == ("anna", None, ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my sister asks if she can come too"),
        ("de", "mein Mann fragt ob er mitkommen kann"),
        ("es", "mi hermana pregunta si puede venir también"),
        ("fr", "Oui. Il faut que je demande si mon patron est d'accord"),
    ],
)
def test_what_they_ask_of_themselves_stays(language: str, text: str) -> None:
    assert asked_outright(text, language) == text


@pytest.mark.parametrize(
    ("language", "text", "asks"),
    [
        ("en", "the second one works if there's parking nearby", "parking"),
        ("de", "die zweite nehm ich, wenn's nicht länger als eine halbe Stunde dauert", "length"),
        ("es", "la segunda, siempre que se pueda pagar con tarjeta", "payment"),
        ("fr", "la deuxième, s'il y a un parking", "parking"),
        ("nl", "de tweede, als ik mijn hond mag meenemen", "animals"),
        ("en", "the second if my boss lets me go", ""),
    ],
)
def test_a_fact_that_is_a_condition_is_asked(language: str, text: str, asks: str) -> None:
    meaning = say(offered(language), text).meaning
    assert (meaning.picked, meaning.asks) == ("half", (asks,) if asks else ())


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "yes, if I can pay by card"), ("de", "ja, wenn man dort parken kann"), ("fr", "oui, s'il y a un parking")],
)
def test_a_yes_with_a_condition_is_none_and_is_answered(language: str, text: str) -> None:
    meaning = say(read_back(language), text).meaning
    assert meaning.yes and meaning.asks and not meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is the 8th a holiday, are you open then?"),
        ("de", "der 8. ist doch feiertag, habts ihr da offen?"),
        ("es", "el martes que viene es fiesta no? el 8"),
        ("fr", "mardi 8 c'est férié, vous êtes ouverts ?"),
        ("nl", "8 december is toch een feestdag?"),
    ],
)
def test_a_day_that_may_be_a_holiday_is_only_asked_about(language: str, text: str) -> None:
    state = say(offered(language), text)
    assert (state.meaning.asks, state.meaning.on_day) == (("hours",), date(2026, 12, 8))
    assert not state.meaning.changed and state.meaning.picked is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yep that one too"),
        ("de", "Ja, den auch bitte"),
        ("es", "Sí, esa también"),
        ("fr", "Oui, celle-là aussi"),
        ("it", "Sì, anche quello"),
        ("nl", "ja die ook"),
        ("pt", "Sim, essa também"),
    ],
)
def test_a_yes_to_the_second_one_too(language: str, text: str) -> None:
    assert say(_second(language), text).meaning.agreed


@pytest.mark.parametrize(
    ("text", "about_it"),
    [
        ("ok and the haircut on thursday is booked right?", True),
        ("and that one, is it in the book already?", True),
        ("and the colour, is that booked?", False),
        ("what do I have booked with you?", False),
    ],
)
def test_whether_what_waits_for_a_yes_is_booked(text: str, about_it: bool) -> None:
    state = say(_second("en"), text)
    assert asks_of_read_back(state) == about_it and not state.meaning.agreed
    assert state.meaning.likeliest("lookup") > 0.5


def test_what_is_asked_of_the_one_that_is_booked_takes_nothing_back() -> None:
    state = say(_second("en"), "yes great. must I not eat before the colour?")
    assert state.meaning.agreed and state.meaning.asks == ("other",)
