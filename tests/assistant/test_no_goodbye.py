"""A message that says who comes, or that nothing is booked yet, is a wish: no goodbye, and no code is asked for."""

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.assistant.scripted import visits
from tests.assistant.test_giving_back import ONE, yoga
from tests.assistant.test_notes import WISH, YES
from tests.chat import chat as opened_chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
PLACE = {
    "en": "a place in the yoga class on saturday at 10",
    "de": "einen Platz im Yoga am Samstag um 10 Uhr",
    "es": "una plaza de yoga el sábado a las 10",
    "fr": "une place au yoga samedi à 10h",
    "it": "un posto per yoga sabato alle 10",
    "nl": "een plaats bij yoga zaterdag om 10 uur",
    "pt": "um lugar no yoga sábado às 10h",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "that's only the one place though, it's for the two of us"),
        ("en", "no no, it's me and my pal Bronagh"),
        ("de", "das ist nur einer, wir sind aber zu zweit, ich und mein Spezl"),
        ("es", "no no una no somos dos nada más Rosario y yo"),
        ("fr", "c'est tout ? non on est deux, moi et mon pote Malik"),
        ("it", "no solo uno no, siamo in due, io e mia cugina"),
        ("nl", "nee maar één is te weinig, ik en mijn maatje"),
        ("pt", "não, só um não, eu e a minha mana"),
    ],
)
async def test_whoever_tells_who_comes_does_not_leave(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await talk(chat, PLACE[language], line, YES[language])
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"], chat.last


@pytest.mark.parametrize("line", ["just the one, thanks", "no, that's all, thanks"])
async def test_whoever_only_says_that_this_is_all_leaves(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna on friday at 10", "yes", line)
    assert chat.last and not chat.last.acts
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "my sister and I would like two places at yoga on saturday, I'm Rose Hale and my sister is Mary"),
        ("de", "meine Schwester und ich hätten gern zwei Plätze im Yoga am Samstag, meine Schwester heißt Rosa"),
        ("es", "queríamos mi hermana y yo dos sitios para el yoga del sábado soy Maricarmen y mi hermana es Rosario"),
        ("fr", "ma soeur et moi voudrions deux places au yoga samedi, ma soeur s'appelle Rose"),
        ("it", "io e mia sorella vorremmo due posti per yoga sabato, mia sorella si chiama Rosa"),
        ("nl", "mijn zus en ik willen graag twee plekken bij yoga zaterdag, mijn zus heet Roos"),
        ("pt", "a minha irmã e eu queríamos dois lugares no yoga sábado, a minha irmã chama-se Rosa"),
    ],
)
async def test_whoever_is_told_of_twice_is_one(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    await talk(await carla(desk), line, YES[language])
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"]


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "I want to move my appointment", "I haven't booked anything yet! a haircut with Anna on friday at 10"),
        ("de", "ich möchte meinen Termin ändern", "ich hab ja noch nichts gebucht! Haarschnitt bei Anna am Freitag um 10"),
        ("es", "quiero cambiar mi cita", "todavía no he reservado nada, un corte con Anna el viernes a las 10"),
        ("fr", "je veux déplacer mon rendez-vous", "je n'ai encore rien réservé, une coupe avec Anna vendredi à 10h"),
        ("it", "voglio spostare il mio appuntamento", "non ho ancora prenotato niente, un taglio con Anna venerdì alle 10"),
        ("nl", "ik wil mijn afspraak verzetten", "ik heb nog niks geboekt, knippen bij Anna vrijdag om 10 uur"),
        ("pt", "quero mudar o meu horário", "não tenho código, ainda não marquei nada!! corte com a Anna na sexta às 10h"),
    ],
)  # fmt: skip
async def test_who_has_booked_nothing_yet_is_asked_for_no_code(
    desk: Desk, language: str, first: str, then: str
) -> None:
    chat = await opened_chat(desk, name=None, phone=None, now=NOW)
    await talk(chat, first, then, "Carla Zander", YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "wait, did the haircut go through?"),
        ("de", "nichts zu ändern, Freitag um 10 passt genau"),
        ("es", "¿se ha guardado el corte?"),
        ("fr", "rien à changer, vendredi à 10h c'est parfait"),
        ("pt", "nada pra mudar, sexta às 10 tá ótimo, marca"),
    ],
)
async def test_what_is_only_read_back_is_read_back_once_more(desk: Desk, language: str, line: str) -> None:
    wishes = {
        "en": "a haircut with Anna on friday at 10, Zadie Kowalski",
        "de": "Haarschnitt bei Anna am Freitag um 10, Zadie Kowalski",
        "es": "corte con Anna el viernes a las 10, soy Zadie Kowalski",
        "fr": "une coupe avec Anna vendredi à 10h, Zadie Kowalski",
        "pt": "corte com a Anna na sexta às 10h, Zadie Kowalski",
    }
    chat = await opened_chat(desk, name=None, phone=None, now=NOW)
    await talk(chat, wishes[language], line)
    asked = await rows(desk) == [] and chat.last is not None and chat.last.acts[-1]["kind"] == "read_back"
    assert asked or await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"], chat.last
    if asked:
        await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


async def test_a_place_that_is_to_be_kept_is_a_new_booking(desk: Desk) -> None:
    await yoga(desk)
    chat = await opened_chat(desk, name=None, phone=None, now=NOW)
    await talk(chat, "me guardáis un huequito en el yoga del sábado por la mañana? soy Maite Olazábal", "sí")
    assert await visits(desk) == [f"confirmed: {ONE}"]


async def test_whoever_asks_for_an_appointment_of_theirs_is_still_asked_for_the_code(desk: Desk) -> None:
    chat = await opened_chat(desk, name=None, phone=None, now=NOW)
    assert "code" in await talk(chat, "when is my haircut on friday?")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "scrap Friday with Anna and put me in with Ben for a beard trim on Saturday at 11 instead"),
        ("de", "vergiss den Haarschnitt am Freitag und gib mir lieber einen Bartschnitt bei Ben am Samstag um 11"),
        ("es", "anula lo del viernes y apúntame a la barba con Ben el sábado a las 11"),
        ("fr", "laisse tomber la coupe avec Anna, mets moi plutôt la barbe avec Ben samedi à 11h"),
        ("it", "annulla venerdì con Anna e mettimi la barba con Ben sabato alle 11"),
        ("nl", "annuleer vrijdag bij Anna en zet me bij Ben voor de baard op zaterdag om 11 uur"),
        ("pt", "cancela a sexta com a Anna e marca a barba com o Ben no sábado às 11h"),
    ],
)
async def test_what_goes_is_cancelled_first_and_what_comes_instead_is_booked_then(
    desk: Desk, language: str, line: str
) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language])
    said = await chat.say(line)
    assert chat.last and chat.last.acts[-1]["purpose"] == "cancel", said
    await talk(chat, YES[language], YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 cancelled", "Beard trim Ben 12-06 11:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "all_of_it", "line"),
    [
        ("en", "cancel both", "no!! just the haircut with Anna, not the other one"),
        ("de", "beide absagen", "nein!! nur den Termin bei Anna, nicht den bei Ben"),
        ("es", "cancela las dos", "¡no! solo la de Anna, la de Ben no"),
        ("fr", "annule tout", "non!! juste le rendez-vous avec Anna, pas celui de Ben"),
    ],
)
async def test_a_no_that_says_which_one_goes_keeps_only_the_other(
    desk: Desk, language: str, all_of_it: str, line: str
) -> None:
    chat = await carla(desk)
    beard = {
        "en": "a beard trim with Ben on saturday at 11", "de": "Bart trimmen bei Ben am Samstag um 11",
        "es": "la barba con Ben el sábado a las 11", "fr": "la barbe avec Ben samedi à 11h",
    }  # fmt: skip
    yes = YES[language]
    await talk(chat, WISH[language], yes, beard[language], yes, all_of_it, line)
    assert chat.last and chat.last.acts[-1]["time"]["staff"] == "Anna", chat.last
    await chat.say(yes)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 cancelled", "Beard trim Ben 12-06 11:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "bye", "asked", "told"),
    [
        ("en", "lovely, see you on friday then!", "that's booked, right?", "Yes, it stands."),
        (
            "de",
            "das ist lieb, dann bis Freitag, auf Wiederschaun",
            "Freitag um zehn, das steht doch?",
            "Ja, das steht.",
        ),
        ("es", "genial, nos vemos el viernes", "queda apuntado, ¿no?", "Sí, está reservado."),
        ("fr", "super merci, à vendredi alors", "c'est bien réservé hein ?", "Oui, c'est réservé."),
        ("it", "ottimo, a venerdì allora, buona serata", "è confermato, vero?", "Sì, è confermato."),
        ("nl", "top, tot vrijdag dan!", "het staat toch vast hè?", "Ja, dat staat vast."),
        ("pt", "ótimo, até sexta então!", "está marcado, certo?", "Sim, está marcado."),
    ],
)
async def test_a_goodbye_with_a_day_is_one_and_what_stands_is_said_to_stand(
    desk: Desk, language: str, bye: str, asked: str, told: str
) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language])
    said = await chat.say(bye)
    assert chat.last and not chat.last.acts, said
    assert (await chat.say(asked)).startswith(told)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


async def test_nothing_is_said_to_stand_that_does_not(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["en"], "yes")
    assert "it stands" not in await chat.say("that's booked for saturday, right?")


async def test_who_comes_to_the_first_of_two_comes_not_to_the_second(desk: Desk) -> None:
    await yoga(desk)
    chat = await carla(desk)
    line = "me and my pal Bronagh to yoga on saturday at 10, and then just me for a haircut with Anna on the 9th at 10"
    await talk(chat, line, "yes", "yes")
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}", "confirmed: Haircut Anna 12-09 10:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "on friday at 10 with Anna: a haircut for Leo and a colour for Lucia straight after"),
        ("it", "venerdì alle 10 con Anna: Leo taglio e subito dopo Lucia colore"),
    ],
)
async def test_two_who_are_named_with_a_service_each_are_guests(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language], YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna Leo 12-05 10:00 + Colour Anna Lucia 12-05 10:45"], chat.last


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        (
            "en",
            "on friday at 10 with Anna: a haircut for Leo and a colour for Lucia straight after",
            "move Lucia's colour to Saturday at 11, keep Leo's haircut on Friday",
        ),
        (
            "de",
            "am Freitag um 10 bei Anna: einen Haarschnitt für Leo und gleich danach Farbe für Lucia",
            "die Farbe von Lucia verschieben Sie bitte auf Samstag um 11, der Haarschnitt bleibt am Freitag",
        ),
    ],
)
async def test_one_part_of_a_visit_is_taken_out_and_booked_anew(
    desk: Desk, language: str, wish: str, line: str
) -> None:
    chat = await carla(desk)
    yes = YES[language]
    await talk(chat, wish, yes)
    assert len(await visits(desk)) == 1, chat.last
    await talk(chat, line, yes, yes)
    left, moved = await visits(desk)
    assert left == "confirmed: Haircut Anna Leo 12-05 10:00"
    assert moved.startswith("confirmed: Colour ") and moved.endswith(" Lucia 12-06 11:00"), moved


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        (
            "en",
            "friday at 11 at the same time: a haircut with Anna for my son Leo and a colour with Clara for my sister Mia",
            "move Mia's colour to 1pm, Leo stays as he is",
        ),
        (
            "it",
            "venerdì alle 11 alla stessa ora: taglio con Anna per mio figlio Leo e colore con Clara per mia sorella Zoe",
            "il colore di Zoe spostatelo più tardi, alle 13, Leo resta com'è",
        ),
    ],
)
async def test_one_of_two_who_come_at_once_moves_within_the_day(
    desk: Desk, language: str, wish: str, line: str
) -> None:
    chat = await carla(desk)
    yes = YES[language]
    await talk(chat, wish, yes, line, yes, yes)
    other = "Mia" if language == "en" else "Zoe"
    moved = f"confirmed: Colour Clara {other} 12-05 13:00"
    assert await visits(desk) == ["confirmed: Haircut Anna Leo 12-05 11:00", moved]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "two places at yoga on saturday, Bronagh and me"),
        ("en", "yoga on saturday for me and Bronagh please"),
        ("de", "ich und Malik wollen am Samstag ins Yoga"),
    ],
)
async def test_a_name_beside_me_is_somebody_who_comes(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    await talk(await carla(desk), line, YES[language])
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"]


async def test_whoever_says_their_own_name_brings_nobody(desk: Desk) -> None:
    await yoga(desk)
    await talk(await carla(desk), "I'm Maeve and I'd like a place at yoga on saturday", "yes")
    assert await visits(desk) == [f"confirmed: {ONE}"]


@pytest.mark.parametrize(
    ("language", "asks", "line"),
    [("es", "¿qué tengo reservado?", "Genial, hasta el viernes"), ("de", "was hab ich gebucht?", "Super, bis Freitag")],
)
async def test_a_goodbye_with_the_day_of_what_is_booked_wishes_for_nothing(
    desk: Desk, language: str, asks: str, line: str
) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language], asks, line)
    assert chat.last is not None
    assert not chat.last.buttons, chat.last


async def test_a_goodbye_is_until_the_first_of_what_stands(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with Anna on Thursday at 10", "yes")
    await talk(chat, "and a colour with Anna on Saturday at 10 for my sister, please", "yes")
    said = await chat.say("that's all, bye!")
    assert "Thursday" in said and "Saturday" not in said, said
