"""What the professional ought to know is noted by itself: medicines, pains, ages, classes, and who is new to it."""

from datetime import time

import pytest

from tests.language.conversations import NOW, THREE, THURSDAY, after, desk, offered, read_back, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.state import Asked, Booked, Offered, Slot

pytestmark = pytest.mark.unit

NOTED = """
en I'm on isotretinoin at the moment
en i had a bad reaction last time
en he's in year 8
en she is 12
de ich nehme Blutverdünner
de ich hab's im Kreuz
de sie ist 12, geht in die 7. Klasse
es tomo isotretinoína
es soy principiante, me duele la espalda
es mi hijo está en segundo de la ESO
fr j'ai mal au dos de temps en temps
fr je suis débutante
it ho avuto una reazione l'ultima volta
it Matteo fa la seconda superiore
nl ik heb last van mijn rug
nl hij zit in groep 7
pt tenho dores nas costas
pt ela tem 12 anos
en he gets muddled with long division
en it's fractions and equations
en she is hard of hearing
de schneidts es an bua a ohne waschen
de er hört schlecht
es tengo la espalda hecha polvo
fr il bloque sur les fractions
it ci sente poco
nl ze hoort niet zo goed meer
pt estou com as costas péssimas
"""


@pytest.mark.parametrize("line", NOTED.strip().splitlines())
def test_it_is_noted_in_their_own_words(line: str) -> None:
    assert ", ".join(say(read_back(line[:2]), line[3:]).wish.notes) == line[3:]


@pytest.mark.parametrize(
    ("language", "text", "notes"),
    [
        ("en", "A haircut for my 9 year old on Wednesday at 4:30pm", ("for my 9 year old",)),
        ("pt", "queria marcar um corte para o meu filho Tiago, que tem 11 anos.", ("que tem 11 anos",)),
        ("de", "einen Haarschnitt am Donnerstag, bitte ohne Waschen", ("ohne Waschen",)),
        ("es", "un corte para mi madre, dura de oído, el jueves", ("dura de oído",)),
        ("de", "Können die auch ohne Waschen schneiden, und was kostet das?", ()),
    ],
)
def test_a_note_holds_no_wish_and_no_question(language: str, text: str, notes: tuple[str, ...]) -> None:
    assert say(begin(desk(language)), text).wish.notes == notes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "did Lucy's name go on it as well?"),
        ("de", "Steht da jetzt auch der Name von der Lena dabei?"),
        ("es", "¿Quedó también a nombre de Nuria?"),
        ("fr", "C'est aussi noté au nom d'Inès ?"),
        ("it", "C'è anche il nome di Rita?"),
        ("nl", "Staat de naam van Lotte er ook bij?"),
        ("pt", "Ficou também com o nome da Rita? E temos de levar alguma coisa?"),
    ],
)
def test_whose_name_is_asked_for_is_not_the_customer(language: str, text: str) -> None:
    booked = heard_assistant(read_back(language), [Booked(Slot("b", "cut", "anna", THURSDAY, time(16)))], NOW)
    heard = say(booked, text)
    assert heard.wish.name is None and heard.meaning.note
    assert ("bring" in heard.meaning.asks) == (" E temos" in text)


def test_what_somebody_is_is_nobodys_name() -> None:
    for language, text in (("pt", "Sou principiante, há problema?"), ("de", "i woit zur anna, wos tuat do de clara?")):
        asked = heard_assistant(offered(language), [Offered((THREE,)), Asked("name")], NOW)
        assert say(asked, text).wish.name is None


def test_what_also_wishes_is_noted_and_heard() -> None:
    heard = say(read_back("en"), "hm, my back hurts so can I come on friday instead?")
    assert "day" in heard.meaning.changed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Ik heb nog nooit yoga gedaan, is dat erg?"),
        ("de", "Ich hab noch nie Yoga gemacht, ist das schlimm?"),
        ("fr", "Je n'ai jamais fait de yoga, c'est grave ?"),
    ],
)
def test_a_worry_is_a_question_and_no_complaint(language: str, text: str) -> None:
    meaning = say(read_back(language), text).meaning
    assert meaning.asks == ("other",) and meaning.likeliest("complain") < meaning.likeliest("ask")


def test_what_was_not_noted_is_noted_once_it_is_asked_for() -> None:
    asked = say(read_back("en"), "did you note the isotretinoin for anna?")
    assert asked.wish.notes == ("isotretinoin for anna",)


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("de", "Mein Sohn (13, 3. Klasse Gym) braucht einen Haarschnitt", "13, 3. Klasse Gym"),
        ("fr", "une coupe pour moi et une coupe pour elle (elle a 8 ans).", "elle a 8 ans"),
        ("en", "My son (Tom) is allergic to nuts", "My son (Tom) is allergic to nuts"),
        ("pt", "Só quero avisar a Anna do joelho", "Só quero avisar a Anna do joelho"),
        ("fr", "Je voulais juste prévenir Anna pour mon genou", "Je voulais juste prévenir Anna pour mon genou"),
        ("pt", "E o joelho, anotou também? É o direito, operei em 2019.", "joelho. É o direito, operei em 2019"),
        ("en", "And the knee, did you note that? It's the left one", "knee. It's the left one"),
        ("nl", "En de knie, heeft u dat ook genoteerd?", "knie"),
        ("de", "Bitte sagen Sie der Anna, dass er am 11. Schularbeit hat", "er am 11. Schularbeit hat"),
        ("en", "and could you tell him it's L4/L5, a bulging disc", "it's L4/L5, a bulging disc"),
        ("es", "y dile que tengo la espalda fatal, por favor", "tengo la espalda fatal"),
    ],
)
def test_a_note_is_whole_and_holds_what_matters(language: str, text: str, kept: str) -> None:
    heard = say(read_back(language), text)
    assert heard.wish.notes == (kept,) and "price" not in heard.meaning.asks


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("pt", "Pode marcar, mas por favor avise a Anna que fui operada", "fui operada"),
        ("pt", "Sim, mas pode avisar a Anna que estou grávida?", "estou grávida"),
        ("de", "Ja bitte, und sagen Sie der Anna, dass ich ein kaputtes Knie habe", "ich ein kaputtes Knie habe"),
        ("en", "Yes please, but tell Anna that I had surgery", "I had surgery"),
        ("es", "Sí, resérvela, pero avise a Anna de que me operaron", "me operaron"),
        ("fr", "Oui, mais dites à Anna que j'ai mal au genou", "j'ai mal au genou"),
        ("it", "Sì, prenoti, ma dica ad Anna che sono incinta", "sono incinta"),
        ("nl", "Ja graag, maar zeg tegen Anna dat ik zwanger ben", "ik zwanger ben"),
    ],
)
def test_a_yes_beside_a_note_is_a_yes(language: str, text: str, kept: str) -> None:
    heard = say(read_back(language), text)
    assert heard.meaning.agreed and heard.wish.notes == (kept,)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "Não perguntei o preço... Pode marcar."),
        ("de", "Nach dem Preis hab ich nicht gefragt. Ja bitte."),
        ("it", "Non ho chiesto il prezzo. Sì, prenoti pure"),
    ],
)
def test_whoever_did_not_ask_for_the_price_is_not_told_it(language: str, text: str) -> None:
    meaning = say(read_back(language), text).meaning
    assert not meaning.asks and meaning.yes and not meaning.no


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "ist die neun Uhr bei der Anna jetzt für mich eingetragen?"),
        ("es", "¿está apuntado lo del miércoles a las 15:30?"),
        ("es", "dile que sí"),
    ],
)
def test_what_is_no_statement_is_no_note(language: str, text: str) -> None:
    assert not say(read_back(language), text).wish.notes


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "colour on friday but I'm pregnant", "I'm pregnant"),
        ("de", "Haarschnitt am Freitag, aber ich bin schwanger", "ich bin schwanger"),
        ("es", "un corte el viernes pero estoy embarazada", "estoy embarazada"),
        ("fr", "une coupe vendredi mais je suis enceinte", "je suis enceinte"),
    ],
)
def test_a_but_parts_what_is_noted_from_the_wish(language: str, text: str, kept: str) -> None:
    heard = say(after(language=language), text)
    assert heard.wish.notes == (kept,) and heard.wish.visit.on("day")
