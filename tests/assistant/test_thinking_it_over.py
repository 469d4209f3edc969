"""Doubt, "forget it", what may have to be cancelled, and what only the team can see to: nothing is pushed, and nothing
dropped."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_meanwhile import QUESTIONS, asked
from tests.assistant.test_notes import WISH, YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BOOKED = ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "i think so?? let me check with my husband first"),
        ("de", "hm, ich muss erst meine Frau fragen"),
        ("es", "espera un momento, que miro la agenda"),
        ("fr", "je réfléchis et je vous redis ça demain"),
        ("it", "boh forse sì, non sono sicura"),
        ("nl", "even overleggen met mijn man, ik laat het weten"),
        ("pt", "tenho de ver primeiro com o meu marido"),
    ],
)
async def test_whoever_thinks_it_over_is_not_asked_for_another_time(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert "?" not in said and await rows(desk) == [], said
    said = await chat.say(YES[language])  # that is no yes to it: it is read back once more
    assert await rows(desk) == [] and "?" in said, said
    await chat.say(YES[language])
    assert await rows(desk) == BOOKED


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "actually you know what forget it, dont book anything"),
        ("de", "ach, vergessen Sie es"),
        ("es", "no, déjalo"),
        ("fr", "non, laissez tomber"),
        ("it", "no guardi lasci perdere, ho cambiato idea"),
        ("nl", "nee laat maar"),
        ("pt", "não, deixa pra lá"),
    ],
)
async def test_forget_it_asks_nothing_more(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), WISH[language], line)
    assert "?" not in said and await rows(desk) == [], said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "heads up i might have to cancel, will know by tomorrow"),
        ("de", "falls es schneit müsste ich absagen"),
        ("fr", "je vais peut-être devoir annuler..."),
        ("it", "forse devo disdire, vi faccio sapere"),
    ],
)
async def test_what_may_have_to_be_cancelled_stays(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line)
    assert "?" not in said and await rows(desk) == BOOKED, said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Could you send the invoice to my company please"),
        ("it", "mi serve la fattura con partita iva"),
        ("it", "mi mandate una mail di conferma?"),
        ("pt", "passei o telefone errado, o certo é 11 98888 7766"),
        ("de", "mein Name ist falsch geschrieben, ich heiße Meyer mit ey"),
    ],
)
async def test_what_only_the_team_can_see_to_is_passed_on(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line)
    assert await asked(desk, QUESTIONS) == [(line,)] and "?" not in said, said
    assert await rows(desk) == BOOKED


async def test_every_week_is_from_what_was_just_booked_on(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["de"], "ja", "kann ich das jede Woche um die Zeit haben?", "3 mal", "ja")
    assert await rows(desk) == [
        "Haircut Anna 12-05 10:00 confirmed",
        "Haircut Anna 12-12 10:00 confirmed",
        "Haircut Anna 12-19 10:00 confirmed",
        "Haircut Anna 12-26 10:00 confirmed",
    ]


async def test_a_move_offers_no_time_at_which_it_stands(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["en"], "yes", "can i come in the morning that day instead?")
    acts = [act for act in (chat.last.acts if chat.last else []) if act["kind"] == "offers"]
    offered = [one for act in acts for one in act["times"]]
    times = [(one["staff"], one["start"]) for one in offered]
    assert offered and ("Anna", "2031-12-05T09:00:00Z") not in times, times


async def test_somebody_else_does_it_at_the_same_time(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH["es"], "sí", "¿se puede cambiar a otra persona? misma hora")
    assert "10:00" in said and "Anna" in said, said
    await chat.say("sí")
    (row,) = await rows(desk)
    assert "12-05 10:00 confirmed" in row and "Anna" not in row
