"""A person who is asked for always comes; a wish to be called and a complaint are passed on, and the desk says so."""

from datetime import timedelta

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.assistant.test_notes import WISH, YES
from tests.chat import LINKS, Chat
from tests.chat import chat as chat_of
from tests.desk import Desk
from truebook.assistant import attention, handover
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.offline.model import Offline
from truebook.jobs import MessageReceived

pytestmark = pytest.mark.anyio
OPEN = "SELECT question FROM open_questions ORDER BY created_at, id"
BOOKED = ["Haircut Anna 12-05 10:00 confirmed"]


async def kept(desk: Desk) -> list[str]:
    async with desk.db.transaction(desk.scope) as tx:
        return [row[0] for row in await tx.rows(OPEN)]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "hm, could i talk to someone about this?"),
        ("de", "ich möchte bitte mit einem Menschen sprechen"),
        ("es", "quiero hablar con alguien"),
        ("fr", "Pourriez-vous me passer une personne, je vous prie ?"),
        ("it", "vorrei parlare con una persona"),
        ("nl", "kan ik met iemand praten alsjeblieft"),
        ("pt", "queria falar com uma pessoa"),
    ],
)
async def test_a_person_asked_for_wins_over_an_open_read_back(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], WISH[language], line)
    assert await inbox.handed_over(desk.db, desk.scope, chat.conversation), said
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "and can someone call me back about my invoice on 0660 7654321"),
        ("de", "und bitte rufen Sie mich wegen der Rechnung zurück, 0660 7654321"),
        ("es", "y que me llame alguien por la factura al 0660 7654321"),
        ("fr", "et que quelqu'un me rappelle pour la facture au 0660 7654321"),
        ("it", "e mi richiami qualcuno per la fattura allo 0660 7654321"),
        ("nl", "en laat iemand mij terugbellen over de rekening op 0660 7654321"),
        ("pt", "e que alguém me ligue por causa da fatura para 0660 7654321"),
    ],
)
async def test_a_yes_with_a_wish_to_be_called_books_and_passes_it_on(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], f"{YES[language]}, {line}")
    assert await rows(desk) == BOOKED, said
    assert "+43 660 7654321" in said and await kept(desk) == [f"{YES[language]}, {line}"]


@pytest.mark.parametrize(
    ("language", "line", "regret"),
    [
        ("en", "last time i was kept waiting, that was outrageous.", "I am sorry about that"),
        ("de", "letztes Mal hab ich eine Stunde gewartet, eine Frechheit.", "Das tut mir leid"),
        ("es", "la última vez estuve una hora esperando, es inaceptable.", "Lo siento mucho"),
        ("fr", "la dernière fois j'ai attendu une heure, c'est inadmissible.", "J’en suis désolé"),
        ("it", "l'ultima volta ho aspettato un'ora, è inaccettabile.", "Mi dispiace"),
        ("nl", "vorige keer heb ik een uur gewacht, schandalig.", "Dat spijt me"),
        ("pt", "da última vez esperei uma hora, é inaceitável.", "Lamento"),
    ],
)
async def test_a_complaint_beside_a_wish_is_regretted_and_passed_on(
    desk: Desk, language: str, line: str, regret: str
) -> None:
    chat = await carla(desk)
    said = await chat.say(f"{line} {WISH[language]}")
    assert regret in said and said.endswith("?"), said
    assert len(await kept(desk)) == 1
    await chat.say(YES[language])
    assert await rows(desk) == BOOKED


async def test_the_number_they_are_known_by_is_said(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH["en"], "yes", "please call me back")
    assert "+43 660 1234567" in said and await kept(desk) == ["please call me back"]


async def test_a_complaint_alone_is_kept_for_the_team(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("your service was really bad last week, i am very unhappy")
    assert len(await kept(desk)) == 1


@pytest.mark.parametrize(
    ("person", "line", "told"),
    [
        ("i want to talk to a person", "it is about my invoice", "the team has your message"),
        ("ich möchte mit einem Menschen sprechen", "es geht um meine Rechnung", "das Team hat Ihre Nachricht"),
        ("quiero hablar con una persona", "es por mi factura", "el equipo tiene su mensaje"),
        ("je voudrais parler à une personne", "c'est pour ma facture", "l'équipe a bien votre message"),
        ("vorrei parlare con una persona", "è per la mia fattura", "il team ha il suo messaggio"),
        ("ik wil graag een mens spreken", "het gaat over mijn rekening", "het team heeft uw bericht"),
        ("queria falar com uma pessoa", "é por causa da minha fatura", "a equipa tem a sua mensagem"),
    ],
)
async def test_whoever_writes_on_reads_once_that_the_team_has_it_and_still_waits(
    desk: Desk, person: str, line: str, told: str
) -> None:
    chat = await chat_of(desk)
    await chat.say(person)
    assert told in await chat.say(line)
    (waits,) = await handover.chats(desk.db, desk.scope, "handed_over")
    assert waits.waiting == line and waits.waiting_since is not None
    assert (await attention.waiting(desk.db, desk.scope)).chats == 1
    assert await silent(chat, "hello?")
    (still,) = await handover.chats(desk.db, desk.scope, "handed_over")
    assert still.waiting_since == waits.waiting_since and still.waiting == "hello?"
    await handover.reply(desk.db, desk.scope, chat.conversation, "What is the number on it?")
    assert await silent(chat, "77")  # a person talks with them: the desk does not step between
    await handover.turn_over(desk.db, desk.scope, chat.conversation, "active")
    await chat.say(person)
    assert told in await chat.say(line)


async def silent(chat: Chat, text: str) -> bool:
    """Tell whether a message is left to the person, and whoever waits for an answer to it is not kept waiting."""
    message = await inbox.receive(chat.desk.db, chat.desk.scope, chat.conversation, text)
    await Assistant(chat.desk.db, Offline(), LINKS).answer(
        MessageReceived(chat.desk.account, chat.conversation, message)
    )
    return await inbox.reply(chat.desk.db, chat.desk.scope, message) == inbox.SILENT


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "and can Anna call me this week about my hair?"),
        ("de", "und kann mich die Anna diese Woche anrufen wegen der Farbe?"),
        ("es", "¿me podría Anna llamar esta semana?"),
        ("fr", "Anna pourrait me rappeler cette semaine ?"),
        ("it", "Anna mi può richiamare questa settimana?"),
        ("nl", "en kan Anna me van de week even bellen over de kleur?"),
        ("pt", "a Anna pode-me ligar esta semana por causa da cor?"),
    ],
)
async def test_a_call_wished_from_somebody_is_no_other_wish(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], f"{YES[language]}. {line}")
    assert await rows(desk) == BOOKED, said
    assert await kept(desk) == [f"{YES[language]}. {line}"]


async def test_a_number_beside_a_wish_to_be_called_is_read_as_any_other(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH["nl"], f"{YES['nl']}. Bel me terug op 06 41 87 22 53")
    assert "+31 6 41872253" in said


@pytest.mark.parametrize(
    ("language", "person", "told"),
    [
        ("en", "i want to talk to a person", "A person will still answer"),
        ("de", "ich möchte mit einem Menschen sprechen", "Ein Mensch antwortet"),
        ("pt", "queria falar com uma pessoa", "Uma pessoa ainda responde"),
    ],
)
async def test_until_a_person_has_answered_a_whole_wish_is_served(
    desk: Desk, language: str, person: str, told: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, person, WISH[language])
    assert told in said and "?" in said
    (waits,) = await handover.chats(desk.db, desk.scope, "handed_over")
    assert waits.waiting == WISH[language]  # it still waits for the person
    said = await chat.say(YES[language])
    assert "✓" in said and told in said and await rows(desk) == BOOKED
    (still,) = await handover.chats(desk.db, desk.scope, "handed_over")
    assert still.waiting_since == waits.waiting_since
    assert await silent(chat, "thank you" if language == "en" else "ok")


async def test_where_somebody_took_a_chat_over_the_desk_books_nothing(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("hello")
    await handover.turn_over(desk.db, desk.scope, chat.conversation, "handed_over")
    assert await silent(chat, WISH["en"])


@pytest.mark.parametrize(
    ("wish", "yes", "line", "reason"),
    [
        (
            "a haircut with Anna tomorrow at 10:00, I'm Carla",
            "yes",
            "can we move that to friday, about eleven?",
            "yes please, that would be kind, otherwise Anna waits for me for nothing",
        ),
        (
            "Haarschnitt bei Anna morgen um 10:00, ich bin Carla",
            "ja",
            "Kann ich auf Freitag verschieben, so um elf?",
            "Ja bitte, das wäre nett, sonst wartet die Anna umsonst auf mich.",
        ),
    ],
)
async def test_what_is_too_near_to_be_moved_is_said_at_once_and_passed_on(
    desk: Desk, wish: str, yes: str, line: str, reason: str
) -> None:
    chat = await carla(desk)
    await talk(chat, wish, yes)
    chat.now = NOW + timedelta(hours=23, minutes=30)
    assert "2 h" in await talk(chat, line)
    await talk(chat, reason)
    assert await inbox.handed_over(desk.db, desk.scope, chat.conversation)
