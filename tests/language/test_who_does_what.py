"""Of two who come together, each gets what is said of them, from whom it is said: by name, "she", or "the little one"."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.language.conversations import NOW, desk, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.merge import on_day
from truebook.language.names import Named
from truebook.language.state import Asked, Offered, ReadBack, Slot, State
from truebook.language.wish import Visit

pytestmark = pytest.mark.unit
SATURDAY = date(2026, 12, 5)
SERVICES = (
    Named("cut", "Haircut", ("cut", "Haarschnitt", "corte", "coupe", "taglio", "taglia i capelli", "knippen")),
    Named("colour", "Colour", ("Farbe", "tinte", "couleur", "colore", "kleuren", "cor")),
)
STAFF = tuple(Named(name.casefold(), name) for name in ("Anna", "Ben", "Clara"))
KIN = {"en": "daughter", "de": "Tochter", "es": "hija", "fr": "fille", "it": "figlia", "nl": "dochter", "pt": "filha"}


def begun(language: str) -> State:
    return begin(replace(desk(language), services=SERVICES, staff=STAFF))


def two(language: str, *, guest: str | None = None, theirs_first: bool = False, read: bool = False) -> State:
    """Return the state in which a colour and a cut for one who comes along were offered twice, or read back."""
    whom = guest or KIN[language]
    parts = [("colour", ""), ("cut", whom)]
    parts = parts[::-1] if theirs_first else parts
    (what, first), (besides, second) = parts
    state = replace(begun(language), along=(Visit(besides, second or None),))
    state = replace(state, wish=replace(state.wish, visit=Visit(what, first or None, (on_day(SATURDAY),))))
    early = Slot("early", what, "anna", SATURDAY, time(9), parts=(what, besides), guests=(first, second), people=2)
    late = replace(early, id="late", time=time(10, 30))
    acts = [ReadBack(late), Asked("booking")] if read else [Offered((early, late))]
    return heard_assistant(state, acts, NOW)


def staff(state: State, *, whom: str | None) -> list[str]:
    """Return who is wished for, for what is the customer's own (None), or somebody else's."""
    parts = (state.wish.visit, *state.along)
    return [str(one) for part in parts if part.whom == whom for c in part.on("staff") for one in c.values]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My daughter and I would like to come in on Saturday, she needs a haircut and I'd love a colour"),
        ("en", "it's for me and my daughter: I'll have a colour, she just a cut"),
        ("de", "Ich komme mit meiner Tochter am Samstag, ich Farbe, sie nur Haarschnitt"),
        ("es", "cita para mi hija y para mí: yo tinte y ella solo corte"),
        ("fr", "pour ma fille et moi samedi : elle une coupe, moi une couleur"),
        ("it", "vorrei prenotare per me e mia figlia sabato mattina: io colore, lei solo un taglio, ha 9 anni"),
        ("nl", "zaterdag voor mij en mijn dochter: ik kleuren, zij knippen"),
        ("pt", "é para mim e para a minha filha, ela corte e eu cor"),
    ],
)
def test_she_is_who_was_told_of(language: str, text: str) -> None:
    wish = say(begun(language), text).wish
    assert {(one.service, one.whom) for one in (wish.visit, *wish.others)} == {
        ("colour", None),
        ("cut", KIN[language]),
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "she'd like Clara, I don't mind who I get"),
        ("en", "Clara cuts my little one's hair, please"),
        ("de", "die Kleine will unbedingt zur Clara"),
        ("es", "la peque quiere a Clara sí o sí"),
        ("fr", "la petite veut absolument Clara"),
        ("it", "la piccola vuole assolutamente Clara"),
        ("nl", "de kleine wil per se Clara"),
        ("pt", "a pequena quer mesmo a Clara"),
    ],
)
def test_whom_somebody_else_wants_is_theirs(language: str, text: str) -> None:
    heard = say(two(language), text)
    assert (staff(heard, whom=KIN[language]), staff(heard, whom=None)) == (["clara"], [])
    assert heard.meaning.picked is None  # two times were offered, and none was named
    heard = say(two(language, theirs_first=True), text)
    assert staff(heard, whom=KIN[language]) == ["clara"]


@pytest.mark.parametrize("theirs_first", [False, True])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sofia wants Clara, and I'd like Anna"),
        ("de", "Sofia zur Clara, ich zur Anna"),
        ("es", "Clara le corta el pelo a Sofia y yo el tinte con Anna"),
        ("fr", "la couleur avec Anna et la coupe avec Clara"),
        ("it", "io il colore con Anna, Sofia il taglio con Clara, quando si può"),
        ("it", "Clara fa il taglio a Sofia, e il colore per me lo fa Anna"),
        ("nl", "het kleuren bij Anna en het knippen bij Clara"),
        ("pt", "Sofia com a Clara e eu com a Anna"),
    ],
)
def test_each_from_whom_they_want(language: str, text: str, theirs_first: bool) -> None:
    heard = say(two(language, guest="Sofia", theirs_first=theirs_first), text)
    assert (staff(heard, whom="Sofia"), staff(heard, whom=None)) == (["clara"], ["anna"])


def test_the_other_way_round_is_about_people_where_they_are_named() -> None:
    text = "no no al contrario, Clara taglia i capelli alla bimba e io il colore. Mi chiamo Francesca Moretti"
    heard = say(replace(two("it"), asked=frozenset({"name"})), text)
    assert (heard.wish.name, staff(heard, whom="figlia"), staff(heard, whom=None)) == (
        "Francesca Moretti",
        ["clara"],
        [],
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is it cheaper for a child of nine?"),
        ("de", "ist es für ein Kind mit 9 nicht billiger?"),
        ("es", "¿para una niña de 9 años no es más barato?"),
        ("fr", "c'est moins cher pour une enfant de 9 ans ?"),
        ("it", "per una bimba di 9 anni il taglio non costa meno?"),
        ("nl", "is het voor een kind van 9 niet goedkoper?"),
        ("pt", "para uma criança de 9 anos não é mais barato?"),
    ],
)
def test_who_comes_along_is_nobody_new(language: str, text: str) -> None:
    heard = say(two(language, guest="Giulia", read=True), text)
    assert [one.whom for one in (heard.wish.visit, *heard.along, *heard.wish.others)] == [None, "Giulia"]


def test_a_teacher_is_no_guest() -> None:
    wish = say(begun("es"), "me han recomendado el corte. ¿Las clases de Ben sirven para principiantes?").wish
    assert wish.visit.whom is None


@pytest.mark.parametrize(
    ("language", "first", "text"),
    [
        ("en", "a haircut for my daughter", "I'm Karen Whitfield, and my daughter is Molly"),
        ("de", "ein Haarschnitt für meine Tochter", "Ich bin Karen Whitfield, und meine Tochter heißt Molly"),
        ("fr", "une coupe pour ma fille", "Je suis Karen Whitfield, et ma fille est Molly"),
        ("nl", "knippen voor mijn dochter", "Ik ben Karen Whitfield, en mijn dochter is Molly"),
    ],
)
def test_whoever_is_told_by_name_is_no_further_one(language: str, first: str, text: str) -> None:
    wish = say(say(begun(language), first), text).wish
    assert (wish.name, wish.visit.whom, wish.others) == ("Karen Whitfield", "Molly", ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a cut for me, cut and colour for my daughter"),
        ("en", "me and my daughter on friday: she wants cut and colour and I just want a cut"),
        ("de", "ich und meine Tochter am Freitag, sie Haarschnitt und Farbe, ich nur Haarschnitt"),
        ("es", "para mi hija corte y tinte y para mí solo corte"),
        ("fr", "ma fille veut une coupe et une couleur et moi juste une coupe"),
        ("it", "per mia figlia taglio e colore e per me solo il taglio"),
        ("nl", "mijn dochter wil knippen en kleuren en ik alleen knippen"),
        ("pt", "para a minha filha corte e cor e para mim só o corte"),
    ],
)
def test_two_services_of_one_and_one_of_both_are_three_parts(language: str, text: str) -> None:
    wish = say(begun(language), text).wish
    parts = {(one.service, one.whom) for one in (wish.visit, *wish.others)}
    assert parts == {("cut", None), ("cut", KIN[language]), ("colour", KIN[language])}
