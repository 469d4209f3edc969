"""Every question of a message is heard, and a yes, a pick or a name beside one is taken all the same."""

from datetime import date

import pytest

from tests.language.conversations import HALF_PAST, NOW, THREE, desk, offered, read_back, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.state import Asked, Booked, Offered, ReadBack, State

pytestmark = pytest.mark.unit
EIGHTH = date(2026, 12, 8)


def _name_asked(language: str) -> State:
    return heard_assistant(offered(language), [Offered((THREE,)), Asked("name")], NOW)


def _moving(language: str) -> State:
    booked = heard_assistant(read_back(language), [Booked(HALF_PAST)], NOW)
    return heard_assistant(say(booked, "3"), [ReadBack(THREE), Asked("move")], NOW)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "15:30 works. what does it cost? and can my mum come in with me or is it just for the one"),
        ("de", "15:30 passt. Was kostet das? Und darf mein Mann mit rein oder geht das nur alleine"),
        ("es", "a las 15:30. ¿cuánto es? ¿y puede entrar mi madre conmigo o es solo para uno?"),
        ("fr", "15h30 ça marche. c'est combien ? et est-ce que ma sœur peut m'accompagner ou c'est pour une personne"),
        ("it", "15:30 va bene. quanto costa? e può venire dentro mia madre?"),
        ("nl", "15:30 is goed. wat kost het? en kan mijn man mee naar binnen of is het alleen voor mij"),
        ("pt", "15:30 está bem. quanto custa? e a minha mãe pode entrar comigo?"),
        ("en", "15:30 then. how much? and is my dad allowed to wait inside"),
    ],
)
def test_each_of_two_questions_beside_a_pick_is_heard(language: str, text: str) -> None:
    meaning = say(offered(language), text).meaning
    assert meaning.picked == "half" and {*meaning.asks} == {"price", "other"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3pm is fine. But is it online or at your place? Finn is 12 years old"),
        ("de", "15 Uhr passt. Aber ist das online oder bei euch? Emil ist 9 Jahre alt"),
        ("es", "a las 15 está bien. Pero ¿es en línea o en persona? Hugo tiene 12 años"),
        ("fr", "15h ça va. Mais c'est en ligne ou chez vous ? Zoé a 12 ans"),
        ("it", "Alle 15 va bene. Ma si fa in linea o di persona? Pietro ha 8 anni"),
        ("nl", "15 uur is goed. Maar is dat op afstand of bij jullie? Daan is 8 jaar oud"),
        ("pt", "às 15 está bem. Mas é à distância ou presencial? O Tiago tem 12 anos"),
    ],
)
def test_a_question_before_what_the_team_is_told_keeps_its_mark(language: str, text: str) -> None:
    assert say(_name_asked(language), text).meaning.asks == ("other",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "lena bauer. und wie ist das mit meiner freundin?"),
        ("en", "tom hill. and what about my friend?"),
        ("es", "rosa pinto. ¿y lo de mi amiga?"),
        ("nl", "sanne bakker. en hoe zit het met mijn vriendin?"),
    ],
)
def test_a_name_beside_a_question_is_taken(language: str, text: str) -> None:
    heard = say(_name_asked(language), text)
    assert (heard.wish.name or "").casefold() == text[: text.index(".")] and heard.meaning.asks == ("other",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "tomorrow, but not the 8th, that's a public holiday, are you even open then?"),
        ("en", "3 please. I meant Tuesday the 8th, will you be open that day?"),
        ("de", "15 Uhr. Am 8. ist ja Feiertag, habt ihr da überhaupt offen?"),
        ("es", "el día 8 es fiesta, ¿abren ese día?"),
        ("fr", "le 8 décembre c'est férié, vous êtes ouverts ce jour-là ?"),
        ("it", "l'8 dicembre è festa, siete aperti quel giorno?"),
        ("nl", "8 december is een feestdag, zijn jullie dan wel open?"),
        ("pt", "dia 8 é feriado, vocês abrem nesse dia?"),
    ],
)
def test_whether_it_is_open_is_asked_of_the_day_just_named(language: str, text: str) -> None:
    meaning = say(offered(language), text).meaning
    assert (meaning.asks, meaning.on_day) == (("hours",), EIGHTH)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my colour will take longer than her cut though, no?"),
        ("de", "Aber mit Farbe brauch ich ja länger als er, oder?"),
        ("it", "il mio colore dura più del suo taglio, no?"),
        ("nl", "mijn kleur duurt toch langer dan haar knipbeurt?"),
    ],
)
def test_which_takes_longer_asks_how_long_and_refuses_nothing(language: str, text: str) -> None:
    meaning = say(read_back(language), text).meaning
    assert meaning.asks == ("length",) and not meaning.no


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday at ten with Ben, is that possible yes or no?"),
        ("de", "Freitag um zehn bei Ben, geht das ja oder nein?"),
        ("fr", "Vendredi matin avec Ben, c'est possible oui ou non ?"),
        ("de", "Freitag um zehn. Ginge das, wer es macht ist egal?"),
    ],
)
def test_whether_a_time_can_be_had_is_answered_by_the_offer(language: str, text: str) -> None:
    heard = say(offered(language), text)
    assert not heard.meaning.asks and "day" in heard.meaning.changed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "330 and put it under the same name"),
        ("en", "oh gone already? 330 then"),
        ("de", "schon weg? 1530 dann"),
        ("fr", "super 1530"),
        ("nl", "1530 graag"),
        ("pt", "1530 pode ser"),
    ],
)
def test_an_hour_without_a_mark_is_a_pick(language: str, text: str) -> None:
    meaning = say(offered(language), text).meaning
    assert meaning.picked == "half" and not meaning.asks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Oh well, he can wait. Yes, book it please."),
        ("de", "Na gut, dann wartet er halt. Ja, buchen Sie das."),
        ("es", "Bueno, que espere. Sí, resérvela."),
        ("fr", "Bon, elle attendra. Oui, réservez."),
        ("it", "Va bene, aspetterà lei. Sì, prenoti pure."),
        ("nl", "Nou goed, ze kan wel wachten. Ja, boek maar."),
        ("pt", "Pronto, ela espera por mim. Sim, pode marcar."),
    ],
)
def test_a_sigh_before_a_yes_leaves_it_one(language: str, text: str) -> None:
    assert say(read_back(language), text).meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes, and my back is bad, no problem?"),
        ("pt", "Trago a minha mãe, não faz mal?"),
        ("it", "Porto mia figlia, non c'è problema?"),
    ],
)
def test_a_denial_that_asks_refuses_nothing(language: str, text: str) -> None:
    meaning = say(_moving(language), text).meaning
    assert not meaning.no and meaning.asks == ("other",)


BRINGS = """
en Yes, lovely. I'll bring my husband along, if that's okay?
de Ja, gern. Ich nehm meine Frau mit, wenn das geht?
es Sí, perfecto. Llevo a mi marido conmigo, ¿se puede?
fr Oui, parfait. Je viens avec ma femme, si c'est possible ?
it Sì, va bene. Porto mio marito, posso?
nl Ja, heel fijn. Ik neem mijn vrouw dan mee, als dat mag?
fr Oui, très bien. J'emmène mon mari, ça va ?
en Yes. I'll bring my brother, okay?
"""


@pytest.mark.parametrize("line", BRINGS.strip().splitlines())
def test_who_is_brought_along_is_asked_beside_a_yes_to_a_move(line: str) -> None:
    meaning = say(_moving(line[:2]), line[3:]).meaning
    assert meaning.agreed and meaning.asks == ("other",)
    meaning = say(read_back(line[:2]), line[3:]).meaning
    assert not meaning.agreed and meaning.asks == ("other",), "whoever comes to a new one may want a place"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ja, wenn ich meine Frau mitbringen darf?"),
        ("en", "Yes. But only if I can bring my husband?"),
        ("en", "Yes. I'll bring my husband if he can make it, otherwise rather Friday?"),
        ("de", "Na gut, vielleicht wartet sie nicht. Ja, buchen."),
    ],
)
def test_a_condition_beside_it_makes_no_yes(language: str, text: str) -> None:
    assert not say(_moving(language), text).meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hi, I'm 81 and my neighbour told me to write here. I need a haircut on friday"),
        ("de", "Ich bin 74 und meine Tochter sagt, ich soll da schreiben. Einen Haarschnitt bitte am Freitag"),
        ("es", "Tengo 78 años y me ha dicho mi hija que escriba por aquí. Necesito un corte"),
        ("es", "Te escribo por mi hijo Tomás, tiene 13. Podría ser un corte el miércoles"),
        ("fr", "J'ai 80 ans et ma fille m'a dit d'écrire ici. Une coupe vendredi"),
        ("nl", "Ik ben 79 en mijn zoon zei dat ik hier kon schrijven. Knippen op vrijdag graag"),
        ("pt", "Tenho 82 anos e a minha neta disse para escrever aqui. Um corte na sexta"),
    ],
)
def test_what_the_team_needs_not_is_no_note(language: str, text: str) -> None:
    assert not say(begin(desk(language)), text).wish.notes


@pytest.mark.parametrize("text", ["...", "👍", " "])
def test_a_message_without_a_clause_is_heard(text: str) -> None:
    assert not say(_moving("en"), text).meaning.no
