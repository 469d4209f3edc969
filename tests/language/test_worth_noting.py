"""What the professional ought to know is noted by itself: medicines, pains, ages, classes, and who is new to it."""

import pytest

from tests.language.conversations import read_back, say

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
"""


@pytest.mark.parametrize("line", NOTED.strip().splitlines())
def test_it_is_noted_in_their_own_words(line: str) -> None:
    assert ", ".join(say(read_back(line[:2]), line[3:]).wish.notes) == line[3:]


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
