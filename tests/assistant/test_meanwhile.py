"""What is asked and wished for while times are offered or read back: the waiting list, a call, places left, what is
booked already. It is taken or answered, and the open question goes on."""

import pytest

from tests.assistant.salon import NOW, carla, rows, take, talk
from tests.assistant.test_giving_back import left, yoga
from tests.assistant.test_notes import WISH, YES
from tests.chat import chat as opened_chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
ENTRIES = "SELECT windows::text FROM waitlist_entries WHERE status = 'waiting'"
QUESTIONS = "SELECT question FROM open_questions"


async def asked(desk: Desk, query: str) -> list[tuple[str, ...]]:
    async with desk.db.transaction(desk.scope) as tx:
        return [tuple(row) for row in await tx.rows(query)]


WAIT = [
    ("en", "no, not at ten. please put me on the waiting list for thursday after 4"),
    ("en", "just let me know if something comes free on thursday after 4"),
    ("de", "nein, bitte auf die Warteliste für Donnerstag ab 16 Uhr"),
    ("de", "sagen Sie mir bitte Bescheid, wenn am Donnerstag nach 16 Uhr etwas frei wird"),
    ("es", "no, apúnteme en la lista de espera para el jueves después de las 16"),
    ("fr", "non, mettez-moi plutôt sur la liste d'attente pour jeudi après 16h"),
    ("it", "no, mi metta in lista d'attesa per giovedì dopo le 16"),
    ("nl", "nee, zet me liever op de wachtlijst voor donderdag na 16 uur"),
    ("pt", "não, quero ficar na lista de espera para quinta depois das 16h"),
]


@pytest.mark.parametrize(("language", "line"), WAIT)
async def test_the_waiting_list_is_joined_while_a_read_back_is_open(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert chat.last and "joinWaitlist" in chat.last.tools, said
    await chat.say(YES[language])
    (windows,) = await asked(desk, ENTRIES)
    assert "2031-12-04 15:00" in windows[0] or "2031-12-04 16:00" in windows[0]
    assert await rows(desk) == []


OTHERWISE = [
    ("en", "is there nothing on thursday at 11? if not, put me on the waiting list"),
    ("de", "geht Donnerstag um 11 Uhr? Wenn nicht, dann auf die Warteliste bitte"),
    ("es", "¿hay algo el jueves a las 11? si no, apúnteme en la lista de espera"),
    ("fr", "jeudi à 11h c'est possible ? sinon mettez-moi sur la liste d'attente"),
    ("it", "c'è qualcosa giovedì alle 11? altrimenti mi metta in lista d'attesa"),
    ("nl", "kan het donderdag om 11 uur? zo niet, zet me dan op de wachtlijst"),
    ("pt", "há alguma coisa quinta às 11h? se não, ponha-me na lista de espera"),
]


@pytest.mark.parametrize(("language", "line"), OTHERWISE)
async def test_the_waiting_list_is_only_for_what_cannot_be_had(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-04 11:00 confirmed"], said


@pytest.mark.parametrize(("language", "line"), OTHERWISE)
async def test_what_is_taken_is_waited_for_where_that_was_said(desk: Desk, language: str, line: str) -> None:
    for staff in ("Anna", "Ben", "Clara"):
        await take(desk, "Haircut", staff, 4, "11:00")
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert chat.last and "joinWaitlist" in chat.last.tools, said


MORNING = {
    "en": "a haircut on friday morning",
    "de": "einen Haarschnitt am Freitag Vormittag",
    "es": "un corte el viernes por la mañana",
    "fr": "une coupe vendredi matin",
    "it": "un taglio venerdì mattina",
    "nl": "knippen vrijdagochtend",
    "pt": "um corte na sexta de manhã",
}


@pytest.mark.parametrize(("language", "line"), [one for one in WAIT if "ten" not in one[1]])
async def test_the_waiting_list_is_joined_while_times_are_offered(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, MORNING[language], line)
    assert chat.last and "joinWaitlist" in chat.last.tools, said
    await chat.say(YES[language])
    assert len(await asked(desk, ENTRIES)) == 1


CALLS = [
    ("en", "can somebody ring me monday at 10 about the bill? 0660 7654321", "monday at 10"),
    ("de", "rufen Sie mich bitte am Montag um 10 wegen der Rechnung an, 0660 7654321", "Montag um 10"),
    ("es", "que me llamen el lunes a las 10 por la factura, 0660 7654321", "lunes a las 10"),
    ("fr", "rappelez-moi lundi à 10h pour la facture, 0660 7654321", "lundi à 10h"),
    ("it", "mi richiamate lunedì alle 10 per la fattura? 0660 7654321", "lunedì alle 10"),
    ("nl", "bel me maandag om 10 uur over de rekening, 0660 7654321", "maandag om 10 uur"),
    ("pt", "liguem-me segunda às 10 por causa da fatura, 0660 7654321", "segunda às 10"),
]


@pytest.mark.parametrize(("language", "line", "when"), CALLS)
async def test_when_to_be_called_is_no_wish_for_a_visit(desk: Desk, language: str, line: str, when: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language])
    said = await chat.say(line)
    assert when in said and "+436607654321" in said.replace(" ", ""), said
    assert await asked(desk, QUESTIONS) == [(line,)]
    await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "forget it, i'll phone on monday"),
        ("de", "lassen wir das, ich rufe am Montag an"),
        ("es", "déjelo, ya les llamo el lunes"),
        ("fr", "laissez, je vous appelle lundi"),
        ("it", "lasci stare, vi chiamo lunedì"),
        ("nl", "laat maar, ik bel maandag"),
        ("pt", "deixe, vou telefonar na segunda"),
    ],
)
async def test_whoever_will_call_wishes_for_nothing_on_that_day(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, MORNING[language], line)
    assert "?" not in said and chat.last and not chat.last.buttons, said
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "is my appointment still standing?"),
        ("en", "hang on, what did i book?"),
        ("en", "it's friday at 10, right?"),
        ("it", "c'è ancora il taglio di venerdì, vero?"),
        ("en", "i already have the appointment on friday, don't i"),
        ("de", "steht mein Termin jetzt?"),
        ("de", "den Termin am Freitag hab ich ja schon"),
        ("es", "¿la cita del viernes sigue en pie?"),
        ("es", "ya tengo la cita del viernes"),
        ("fr", "mon rendez-vous est bien réservé ?"),
        ("fr", "j'ai déjà le rendez-vous de vendredi"),
        ("it", "la visita di venerdì alle 10 c'è o non c'è?"),
        ("it", "ho già l'appuntamento di venerdì"),
        ("nl", "staat mijn afspraak er nog?"),
        ("nl", "de afspraak van vrijdag heb ik al"),
        ("pt", "a marcação de sexta está de pé?"),
        ("pt", "já tenho a marcação de sexta"),
    ],
)
async def test_what_stands_is_told_from_the_row(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language])
    said = await chat.say(question)
    assert "10:00" in said or "10h" in said, said
    assert chat.last and [act["kind"] for act in chat.last.acts] == ["listing"], said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "is friday at 10 with anna free for a haircut?"),
        ("de", "ist Freitag 10 Uhr bei Anna für einen Haarschnitt frei?"),
    ],
)
async def test_ones_own_appointment_is_not_taken_by_somebody(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language])
    said = await chat.say(line)
    assert chat.last and chat.last.acts[-1]["kind"] == "listing", said


PLACES = [
    ("en", "a place in yoga on saturday at 10", "how many places are left?"),
    ("de", "einen Platz im Yoga am Samstag um 10 Uhr", "wie viele Plätze sind noch frei?"),
    ("es", "una plaza de yoga el sábado a las 10", "¿cuántas plazas quedan?"),
    ("fr", "une place au yoga samedi à 10h", "il reste combien de places ?"),
    ("it", "un posto per yoga sabato alle 10", "quanti posti ci sono ancora?"),
    ("nl", "een plaats bij yoga zaterdag om 10 uur", "hoeveel plekken zijn er nog?"),
    ("pt", "um lugar no yoga sábado às 10h", "quantas vagas ainda há?"),
]


@pytest.mark.parametrize(("language", "wish", "question"), PLACES)
async def test_places_left_are_counted_and_the_thread_goes_on(
    desk: Desk, language: str, wish: str, question: str
) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await chat.say(wish)
    said = await chat.say(question)
    assert "6" in said.split("\n")[0] and "?" in said, said
    await chat.say(YES[language])
    assert await rows(desk) == ["Yoga Clara 12-06 10:00 confirmed"]
    assert "5" in (await chat.say(question)).split("\n")[0]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yoga on saturday, is there still room for two?"),
        ("de", "Yoga am Samstag, ist noch Platz für zwei?"),
        ("es", "yoga el sábado, ¿quedan plazas para dos?"),
        ("fr", "yoga samedi, il reste de la place pour deux ?"),
        ("it", "yoga sabato, ci sono ancora posti per due?"),
        ("nl", "yoga zaterdag, is er nog plek voor twee?"),
        ("pt", "yoga no sábado, ainda há lugar para dois?"),
    ],
)
async def test_room_for_two_is_told_and_two_places_are_read_back(desk: Desk, language: str, line: str) -> None:
    session = await yoga(desk)
    chat = await carla(desk)
    assert "6" in (await chat.say(line)).split("\n")[0]
    await chat.say(YES[language])
    assert await left(desk, session) == 4


@pytest.mark.parametrize(
    "line",
    [
        "a haircut on friday at 10. can i bring the dog along? hes tiny",
        "Haarschnitt am Freitag um 10 bei Anna. Darf der Hund mit? Ist ganz brav",
        "corte el viernes a las 10, ¿puedo llevar al perro? es muy bueno",
        "une coupe vendredi à 10h. je peux venir avec le chien ? il est tout petit",
        "taglio venerdì alle 10. posso portare il cane? è piccolissimo",
        "knippen vrijdag om 10 uur. mag de hond mee? hij is heel lief",
        "corte sexta às 10h. posso levar o cão? ele é pequenino",
    ],
)
async def test_what_belongs_to_a_question_is_not_quoted_alone(desk: Desk, line: str) -> None:
    said = await talk(await opened_chat(desk, name="Carla", now=NOW), line)
    assert not any(sign in said for sign in "“„«"), said
