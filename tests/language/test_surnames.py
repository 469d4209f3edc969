"""A surname keeps its "van der", a known name gives way only to what is told as one, and a guest's is not the customer's."""

import pytest

from tests.language.test_names_corrected import SLOT, told
from truebook.language.state import Asked, ReadBack
from truebook.language.values.written import capitalised

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("nl", "Dat snap ik, maar moet ik iets meenemen? Mijn naam is Joost van der Meer.", "Joost van der Meer"),
        ("nl", "kees van der plas, 0612345678", "Kees van der Plas"),
        ("nl", "Kees Van Der Plas. hoeveel kost dat?", "Kees Van Der Plas"),
        ("nl", "op naam van Willem op den Kamp graag", "Willem op den Kamp"),
        ("de", "Auf Friedrich von Stein bitte. Muss ich etwas mitbringen?", "Friedrich von Stein"),
        ("de", "karl-theodor von und zu guttenberg", "Karl-Theodor von und zu Guttenberg"),
        ("de", "dangl franz, 0699 181 22 334", "Dangl Franz"),
        ("de", "Gruber Manfred haaß i", "Gruber Manfred"),
        ("es", "maria del carmen de los santos", "Maria del Carmen de los Santos"),
        ("fr", "moi c'est amélie du pont", "Amélie du Pont"),
        ("fr", "hugues d'armagnac, c'est combien ?", "Hugues d'Armagnac"),
        ("it", "giulia dell'acqua, 347 1908865", "Giulia Dell'Acqua"),
        ("pt", "chamo-me rui das neves. quanto custa?", "Rui das Neves"),
        ("en", "its ewan mcgregor 0660 1234567", "Ewan McGregor"),
        ("en", "Mark Dunne's my name", "Mark Dunne"),
        ("es", "nooo, a ver", None),
        ("de", "hmmm moooment", None),
        ("it", "uffaaa", None),
        ("en", "I'm calling for my mother", None),
    ],
)
def test_an_answer_is_the_whole_name_or_none(language: str, text: str, name: str | None) -> None:
    assert told(language, text, after=Asked("name", SLOT)).wish.name == name


@pytest.mark.parametrize(
    ("language", "known", "text", "name"),
    [
        ("nl", "Joost", "Van der Meer is de achternaam, Joost van der Meer", "Joost van der Meer"),
        ("nl", "Joost", "Joost van der Meer, en mijn nummer is 06 28 11 45 90", "Joost van der Meer"),
        ("nl", "volledige", "Joost van der Meer. Zonder 'volledige'.", "Joost van der Meer"),
        ("nl", "Joost", "nee, de naam klopt niet, dat moet Van der Meer zijn", "Joost van der Meer"),
        ("de", "Karl Huber", "ja, und der Nachname ist Gruber", "Karl Gruber"),
        ("de", "Gruber Manfred", "na na, schreibn S' afoch Manfred Gruber", "Manfred Gruber"),
        ("it", "Luca", "il cognome è De Angelis", "Luca De Angelis"),
        ("it", "Bruno", "Sì, Bruno Marchetti", "Bruno Marchetti"),
        ("pt", "Maria", "o apelido é dos Santos", "Maria dos Santos"),
        ("es", "nooo", "no me llamo nooo, soy Carmen Ortega", "Carmen Ortega"),
        ("en", "Tom", "yes but with my full name please", None),
    ],
)
def test_a_correction_is_taken(language: str, known: str, text: str, name: str | None) -> None:
    state = told(language, text, known=known, after=ReadBack(SLOT))
    assert state.wish.name == name and not state.meaning.agreed


@pytest.mark.parametrize(
    ("language", "known", "text"),
    [
        ("nl", "Joost van der Meer", "ja, maar wel met mijn volledige naam erbij graag"),
        ("nl", "Joost", "ja dan, de achternaam zeg ik wel aan de balie"),
        ("en", "Tom", "the surname I'll tell you at the desk"),
        ("de", "Karl", "den Nachnamen sag ich an der Kassa"),
        ("pt", "Rui", "o apelido digo no balcão"),
        ("fr", "Camille Fournier", "oui, mais j'ai les cheveux très longs, jusqu'à la taille, c'est bon ?"),
        ("es", "Ana Gil", "sí, mi médico de España me ha dicho que venga"),
    ],
)
def test_an_ordinary_word_is_no_correction(language: str, known: str, text: str) -> None:
    assert told(language, text, known=known, after=ReadBack(SLOT)).wish.name == known


@pytest.mark.parametrize(
    ("language", "first", "text", "name", "whom"),
    [
        ("fr", "une coupe pour ma fille", "c'est combien pour un enfant ? Moi c'est Ève Marin", "Ève Marin", "fille"),
        (
            "fr",
            "une coupe pour ma fille",
            "Ève Marin, c'est mon nom. La petite, la coupe, c'est Zoé",
            "Ève Marin",
            "Zoé",
        ),
        ("en", "a haircut for Hannah Moss", "no, Hannah is me, my daughter is called Zoe", "Hannah Moss", "Zoe"),
        ("de", "ein Haarschnitt für Hanna Moser", "Hanna bin ich, meine Tochter heißt Zoe", "Hanna Moser", "Zoe"),
        ("de", "Haarschnitt für meine Tochter", "Emilia Hofer, mein Name ist Karin", "Karin", "Emilia Hofer"),
        ("de", "Haarschnitt bitte", "Gruber Manfred haaß i, da Bua is da Lukas", "Gruber Manfred", "Lukas"),
        ("es", "un corte para mi hija", "Elena Mar es mi nombre. La pequeña es Zoe", "Elena Mar", "Zoe"),
        ("it", "un taglio per mio figlio", "Il piccolo è Leo, io sono Paola De Luca", "Paola De Luca", "Leo"),
        ("nl", "knippen voor mijn zoon", "Daan is de kleine, ik heet Loes van Dijk", "Loes van Dijk", "Daan"),
        ("es", "un corte para mi hermana", "no, para mí sola. Carmen Ruiz", "Carmen Ruiz", None),
    ],
)
def test_the_customer_and_their_guest(language: str, first: str, text: str, name: str, whom: str | None) -> None:
    wish = told(language, text, after=Asked("name", SLOT), first=first).wish
    assert (wish.name, wish.visit.whom) == (name, whom)


def test_the_guest_by_whose_name_it_is_keeps_the_surname() -> None:
    state = told(
        "it", "sì, ma a nome di mio padre, Bruno", first="taglio per mio padre Bruno Marchetti, sono Elisa Mari"
    )
    assert state.wish.name == "Bruno Marchetti"


def test_names_in_small_letters_get_their_capitals() -> None:
    names = ("jan in 't veld", "sean o'brien", "Ana de gil", "anna-lena le roux")
    assert [*map(capitalised, names)] == ["Jan in 't Veld", "Sean O'Brien", "Ana de gil", "Anna-Lena le Roux"]
