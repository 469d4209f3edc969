"""Several bookings in one message are cut where each side stands by itself, and nowhere else."""

from datetime import date, datetime, time

import pytest
from truebook.language.several import cut, heard_one_by_one

from truebook.language.dialogue import Asked, Desk, Named, Offered, ReadBack, Slot, State, begin, heard_assistant
from truebook.language.state import Wish

pytestmark = pytest.mark.unit
NOW = datetime(2031, 12, 2, 9)  # a Tuesday
HAIRCUT = Named("Haircut", "Haircut", ("cut", "Haarschnitt", "corte", "coupe", "taglio", "knipbeurt"))
COLOUR = Named("Colour", "Colour", ("Farbe", "tinte", "couleur", "colore", "kleuring", "coloração"))
TRIM = Named("Beard trim", "Beard trim", ("Bart",))
STAFF = tuple(Named(name, name) for name in ("Anna", "Ben", "Clara"))
THREE = Slot("three", "Haircut", "Anna", date(2031, 12, 4), time(15))


def state(language: str = "en") -> State:
    return begin(Desk((HAIRCUT, COLOUR, TRIM), STAFF, time(9), time(18), (language,)))


def wishes(before: State, text: str) -> list[str]:
    after, others = heard_one_by_one(before, text, NOW)
    return [told(one) for one in (after.wish, *others)]


def told(wish: Wish) -> str:
    parts = (wish.service, wish.staff, wish.day and f"{wish.day:%m-%d}", wish.time and f"{wish.time:%H:%M}")
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a haircut for me on Friday at 10 and a colour on Saturday at 11", ["Haircut 12-05 10:00", "Colour 12-06 11:00"]),
        ("two haircuts, Friday 10 and Friday 11", ["Haircut 12-05 10:00", "Haircut 12-05 11:00"]),
        ("2 haircuts on friday, 10:00 and 10:45", ["Haircut 12-05 10:00", "Haircut 12-05 10:45"]),
        ("two haircuts on friday at 10", ["Haircut 12-05 10:00", "Haircut 12-05"]),
        ("a haircut friday at 10 and another one for my son at 11", ["Haircut 12-05 10:00", "Haircut 12-05 11:00"]),
        ("a haircut with anna friday at 10, a colour with clara at 12", ["Haircut Anna 12-05 10:00", "Colour Clara 12-05 12:00"]),
        ("a haircut with anna friday at 10 and a colour on saturday", ["Haircut Anna 12-05 10:00", "Colour 12-06"]),
        ("a haircut and a colour on friday at 10", ["Haircut 12-05 10:00", "Colour 12-05"]),
        ("a haircut with anna and a colour with clara, monday at 2 pm", ["Haircut Anna 12-08 14:00", "Colour Clara 12-08"]),
        ("a haircut friday at 10 and a beard trim right after", ["Haircut 12-05 10:00", "Beard trim 12-05"]),
        ("a haircut and a colour please", ["Haircut", "Colour"]),
        ("Book me a haircut on Friday at 10. Also a colour on Saturday at 11.", ["Haircut 12-05 10:00", "Colour 12-06 11:00"]),
        ("haircut friday at 10, colour saturday at 11 and a beard trim on monday at 3 pm",
         ["Haircut 12-05 10:00", "Colour 12-06 11:00", "Beard trim 12-08 15:00"]),
    ],
)  # fmt: skip
def test_several_bookings_are_several_wishes(text: str, meant: list[str]) -> None:
    assert wishes(state(), text) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "einen Haarschnitt am Freitag um 10 und eine Farbe am Samstag um 11"),
        ("de", "Am Freitag um 10 einen Haarschnitt und am Samstag um 11 eine Farbe bitte"),
        ("es", "un corte el viernes a las 10 y un tinte el sábado a las 11"),
        ("fr", "une coupe vendredi à 10h et une couleur samedi à 11h"),
        ("it", "un taglio venerdì alle 10 e un colore sabato alle 11"),
        ("nl", "een knipbeurt vrijdag om 10 uur en een kleuring zaterdag om 11 uur"),
        ("pt", "um corte na sexta às 10h e uma coloração no sábado às 11h"),
    ],
)
def test_in_every_language(language: str, text: str) -> None:
    assert wishes(state(language), text) == ["Haircut 12-05 10:00", "Colour 12-06 11:00"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut friday at 10 and one for my son at 11"),
        ("de", "einen Haarschnitt am Freitag um 10 und einen für meinen Sohn um 11"),
        ("es", "un corte el viernes a las 10 y otro para mi hijo a las 11"),
        ("fr", "une coupe vendredi à 10h et un autre pour mon fils à 11h"),
        ("it", "un taglio venerdì alle 10 e uno per mio figlio alle 11"),
        ("nl", "een knipbeurt vrijdag om 10 uur en een voor mijn zoon om 11 uur"),
        ("pt", "um corte na sexta às 10h e outro para meu filho às 11h"),
    ],
)
def test_once_more_in_every_language(language: str, text: str) -> None:
    assert wishes(state(language), text) == ["Haircut 12-05 10:00", "Haircut 12-05 11:00"]


@pytest.mark.parametrize(
    "text",
    [
        "a haircut on friday at 10",
        "a haircut with Anna, friday, 10 o'clock, please",
        "a haircut or a colour on friday at 10",
        "haircut friday 10am, or saturday 11am",
        "a haircut on friday at 10, and if that is not free saturday at 11",
        "a haircut between 10 and 12 on friday",
        "a haircut friday at 10, no wait, a colour saturday at 11",
        "a haircut friday at 10, actually a colour saturday at 11",
        "how much is a haircut on friday at 10 and a colour on saturday at 11?",
        "do you do haircut and colour?",
        "cancel my haircut on friday at 10 and book a colour on saturday at 11",
        "I had a haircut last week and want a colour on saturday at 11",
        "I have a haircut on friday and would like a colour on saturday",
        "I'd like a haircut on friday. Preferably a cut with Anna at 10.",
        "are you free friday at 10 and saturday at 11?",
        "I have a meeting on friday at 10 and need a haircut at 11",
        "two people told me to get a haircut on friday at 10",
        "a haircut at 10, " * 20,
    ],
)
def test_anything_else_stays_whole(text: str) -> None:
    assert cut(state(), text, NOW) == (text,)


def test_a_service_that_is_known_need_not_be_named_again() -> None:
    before, _ = heard_one_by_one(state(), "what does a haircut cost?", NOW)
    assert wishes(before, "ok, on saturday at 10 and a beard trim after that") == [
        "Haircut 12-06 10:00",
        "Beard trim 12-06",
    ]
    assert wishes(before, "ok, on saturday at 10, a beard trim") == ["Beard trim 12-06 10:00"]


def read_back() -> State:
    return heard_assistant(state(), [ReadBack(THREE), Asked("booking")], NOW)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("yes, and a colour on saturday at 11", "Colour 12-06 11:00"),
        ("yes please. Also a colour on saturday at 11", "Colour 12-06 11:00"),
        ("yes and a beard trim", "Beard trim 12-04"),
        ("yes, and another one on friday at 11", "Haircut Anna 12-05 11:00"),
    ],
)
def test_a_yes_and_another_booking_is_a_yes(text: str, other: str) -> None:
    after, others = heard_one_by_one(read_back(), text, NOW)
    assert after.meaning.agreed
    assert [told(one) for one in others] == [other]


@pytest.mark.parametrize(
    "text",
    [
        "yes, a colour on saturday at 11", "yes and make it a colour", "yes, but a colour", "no, and a colour too",
        "yes and saturday at 11", "ok and a colour instead", "yes and a haircut on saturday at 11", "and a colour",
    ],
)  # fmt: skip
def test_whatever_else_comes_with_a_yes_is_no_yes(text: str) -> None:
    after, _ = heard_one_by_one(read_back(), text, NOW)
    assert not after.meaning.agreed


def test_a_choice_and_another_booking_is_a_choice() -> None:
    before = heard_assistant(state(), [Offered((THREE, Slot("four", "Haircut", "Anna", THREE.day, time(16))))], NOW)
    after, others = heard_one_by_one(before, "the second one and a beard trim after that", NOW)
    assert after.meaning.picked == "four"
    assert [told(one) for one in others] == ["Beard trim 12-04"]
