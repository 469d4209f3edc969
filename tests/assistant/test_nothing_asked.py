"""What is told is no question: no "I do not know" to it. What is asked is answered by what was asked for, or passed on."""

import tomllib
from importlib.resources import files

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.assistant.test_questions import HAIRCUT, passed_on
from tests.chat import chat as opened_chat
from tests.desk import Desk
from truebook.assistant.answers.business import fact_about, pertinent
from truebook.tenants.bots import Fact
from truebook.tenants.questions import QUESTIONS

pytestmark = pytest.mark.anyio

TOLD = [
    ("en", "a haircut with Anna tomorrow morning please, early, I have the dog with me after and need to be at work"),
    (
        "de",
        "guten tag ich bräuchte am donnerstag früh einen haarschnitt so zeitig wie möglich ich muss danach gleich weg",
    ),
    ("es", "hola necesito un corte el jueves por la mañana lo antes posible que luego entro a trabajar"),
    ("fr", "bonjour il me faudrait une coupe jeudi matin le plus tôt possible car après je suis de garde"),
    ("it", "ciao mi serve un taglio giovedi mattina il prima che potete che poi lavoro"),
    (
        "nl",
        "goedemorgen, ik wil graag knippen donderdag, liefst een beetje in de loop van de ochtend want dan heb ik de auto",
    ),
    ("pt", "ola preciso de um corte quinta de manhã o mais cedo que puderem que depois trabalho"),
]


@pytest.mark.parametrize(("language", "line"), TOLD)
async def test_a_wish_with_its_reason_asks_nothing(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, line)
    assert not passed_on(said, language), said
    assert await QUESTIONS.page(desk.db, desk.scope) == []
    assert chat.last and chat.last.buttons, said


LATER = [
    ("en", "actually i get off early, could it be an hour earlier?"),
    ("de", "doch früher fertig, ginge das auch eine Stunde früher?"),
    ("es", "al final salgo antes, ¿podría ser una hora antes?"),
    ("fr", "finalement je sors plus tôt, ça irait une heure plus tôt ?"),
    ("it", "alla fine esco prima, si può fare un'ora prima?"),
    ("nl", "ik ben toch eerder klaar, kan het een uur eerder?"),
    ("pt", "opa afinal saio mais cedo, dá pra ser uma hora antes?"),
]


@pytest.mark.parametrize(("language", "line"), LATER)
async def test_whether_it_can_be_earlier_is_looked_for_and_not_passed_on(desk: Desk, language: str, line: str) -> None:
    wish, yes = HAIRCUT[language]
    chat = await carla(desk)
    said = await talk(chat, wish.replace("10", "11"), yes, line)
    assert not passed_on(said, language), said
    assert "10:00" in said
    assert await QUESTIONS.page(desk.db, desk.scope) == []


CARDS = [
    ("en", "do i pay there by card?", "by card"),
    ("de", "kostet das was extra mit Karte?", "Karte"),
    ("es", "¿se paga allí con tarjeta?", "tarjeta"),
    ("fr", "ça se paie par carte ?", "carte"),
    ("it", "ah e si paga lì col bancomat?", "carta"),
    ("nl", "betaal je daar met pin?", "kaart"),
    ("pt", "paga-se aí com multibanco?", "cartão"),
]


@pytest.mark.parametrize(("language", "line", "told"), CARDS)
async def test_how_it_is_paid_is_not_how_much(desk: Desk, language: str, line: str, told: str) -> None:
    wish, yes = HAIRCUT[language]
    said = await talk(await carla(desk), wish, yes, line)
    assert told in said and "35" not in said, said


@pytest.mark.parametrize(("asked", "left"), [("kann man mit Karte zahlen?", 0), ("wie zahle ich?", 1)])
async def test_what_the_owner_told_of_paying_answers_nothing_about_cards_where_it_names_none(
    asked: str, left: int
) -> None:
    told = (Fact("payment", "Wir rechnen mit der Kasse ab.", "de"),)
    assert len(pertinent(told, asked, "de")) == left


@pytest.mark.parametrize(
    ("language", "asked", "left"),
    [
        ("en", "is the homework marked online?", "Homework is marked online the day after."),
        ("en", "are lessons online?", "Lessons are at ours, or online."),
        ("de", "ist das online?", "Die Stunden sind vor Ort, oder online."),
        ("en", "do you have a dog?", None),
        ("en", "and do I have to fill in something before the maths?", None),
    ],
)
async def test_of_what_the_owner_told_besides_only_the_nearest_answers(
    language: str, asked: str, left: str | None
) -> None:
    told = (
        Fact("other", "Lessons are at ours, or online.", "en"),
        Fact("other", "Die Stunden sind vor Ort, oder online.", "de"),
        Fact("other", "Homework is marked online the day after.", "en"),
        Fact("other", "Before a maths lesson, please bring the last test.", "en"),
    )
    assert [one.text for one in pertinent(told, asked, language, ["Maths", "maths lesson"])] == ([left] if left else [])


@pytest.mark.parametrize(
    ("language", "asked", "about"),
    [
        ("en", "do I need to bring a letter from my GP?", "referral"),
        ("de", "Muss ich eine Zuweisung mitbringen?", "Überweisung"),
        ("es", "¿tengo que llevar un volante?", "volante"),
        ("fr", "faut-il apporter un courrier de mon médecin ?", "ordonnance"),
        ("it", "devo portare la ricetta del medico?", "impegnativa"),
        ("nl", "Moet ik een verwijsbrief meenemen?", "verwijzing"),
        ("pt", "tenho de levar uma guia do médico?", "credencial"),
        ("nl", "wat moet ik meenemen?", "verzekeringspas"),
    ],
)
async def test_of_what_to_bring_the_fact_whose_words_fit_best_answers(language: str, asked: str, about: str) -> None:
    told = tuple(
        Fact(one["topic"], one[language], language)
        for one in tomllib.loads(files("truebook.demos").joinpath("facts.toml").read_text())["clinic"]
    )
    left = pertinent(told, asked, language, about=["bring"])
    assert about in (fact_about(left, "bring", language) or "")


UNTIL = [
    ("en", "and say something came up, until when could I still cancel it?"),
    ("de", "und falls was dazwischenkommt, bis wann kann ich den noch absagen?"),
    ("es", "y si me surge algo, ¿hasta cuándo puedo cancelarla?"),
    ("fr", "et si j'ai un empêchement, jusqu'à quand je peux l'annuler ?"),
    ("it", "e se ho un imprevisto, fino a quando posso disdirlo?"),
    ("nl", "En stel dat er toch iets tussenkomt, tot wanneer mag ik het nog afzeggen?"),
    ("pt", "e se me surgir alguma coisa, até quando o posso desmarcar?"),
]


@pytest.mark.parametrize(("language", "line"), UNTIL)
async def test_until_when_one_may_cancel_is_told_and_cancels_nothing(desk: Desk, language: str, line: str) -> None:
    wish, yes = HAIRCUT[language]
    chat = await carla(desk)
    said = await talk(chat, wish, yes, line)
    assert " 2 " in f" {said} " and chat.last and not chat.last.buttons, said
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


FREE = [
    ("en", "haircut with Ben on Friday at 10, is that free?", "Ben is free at 10:00"),
    ("de", "Haarschnitt bei Ben am Freitag um 10 Uhr, ist da frei?", "Ben hat um 10:00 Uhr Zeit"),
    ("es", "un corte con Ben el viernes a las 10, ¿está libre?", "10:00"),
    ("fr", "une coupe avec Ben vendredi à 10h, c'est libre ?", "10:00"),
    ("it", "un taglio con Ben venerdì alle 10, è libero?", "10:00"),
    ("nl", "knippen bij Ben vrijdag om 10 uur, is dat vrij?", "10:00"),
    ("pt", "um corte com o Ben sexta às 10h, está livre?", "10:00"),
]


@pytest.mark.parametrize(("language", "line", "told"), FREE)
async def test_whether_a_time_is_free_is_told_before_the_name_is_asked(
    desk: Desk, language: str, line: str, told: str
) -> None:
    chat = await opened_chat(desk, now=NOW, name=None, phone=None)
    said = await talk(chat, line)
    assert told in said, said


async def test_when_somebody_is_there_is_told_before_it_is_known_for_what(desk: Desk) -> None:
    said = await talk(await carla(desk), "is Ben free at 10 on Friday?")
    assert "Ben 09:00–18:00" in said and "Anna" not in said, said


HOURS = [
    ("en", "what are Ben's hours in the week of 8 December?"),
    ("de", "welche Zeiten hat Ben in der Woche vom 8. Dezember?"),
    ("es", "¿qué horario tiene Ben la semana del 8 de diciembre?"),
    ("fr", "quels sont les horaires de Ben la semaine du 8 décembre ?"),
    ("it", "che orari fa Ben la settimana dell'8 dicembre?"),
    ("nl", "welke uren werkt Ben in de week van 8 december?"),
    ("pt", "que horário faz o Ben na semana de 8 de dezembro?"),
]


@pytest.mark.parametrize(("language", "line"), HOURS)
async def test_somebodys_hours_are_told(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), line)
    assert "Ben" in said and "09:00–18:00" in said, said


ENDS = [
    ("en", "no thanks, leave it"),
    ("de", "nein danke, doch nicht"),
    ("es", "no, gracias, mejor no"),
    ("fr", "non merci, finalement non"),
    ("it", "no grazie, meglio di no"),
    ("nl", "nee dank u, toch maar niet"),
    ("pt", "não quero, obrigado"),
]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("language", "line"), ENDS)
async def test_whoever_wants_nothing_after_all_is_asked_nothing(
    desk: Desk, language: str, line: str, known: bool
) -> None:
    wish, _ = HAIRCUT[language]
    chat = await carla(desk) if known else await opened_chat(desk, now=NOW, name=None, phone=None)
    said = await talk(chat, wish, line)
    assert "?" not in said, said
    assert await rows(desk) == []


OTHER = [
    ("en", "yes, book it. and the other question, about parking, can anyone answer that?", "garage"),
    ("de", "ja, buchen Sie das. und die andere Frage, mit dem Parken, beantwortet mir die wer?", "Garage"),
    ("pt", "sim, pode marcar. e a outra pergunta, do estacionamento, alguém me responde?", "garagem"),
]


@pytest.mark.parametrize(("language", "line", "told"), OTHER)
async def test_the_other_question_beside_a_yes_is_no_other_time(
    desk: Desk, language: str, line: str, told: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, HAIRCUT[language][0], line)
    assert told in said, said
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]
