"""Ordinary talk on every kind of business: what a good receptionist says, and nothing besides."""

import pytest

from tests.assistant.salon import carla, speaks, talk
from tests.chat import chat
from tests.desk import Desk
from tests.test_demos import ahead, open_demo, talks

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a place in pilates on {day}, if it's full put me on the waiting list"),
        ("de", "Ein Platz im Pilates am {day}, falls voll bitte auf die Warteliste"),
        ("es", "una plaza en pilates el {day}, si está lleno apúntame en la lista de espera"),
        ("fr", "une place en pilates le {day}, si c'est complet mettez-moi sur liste d'attente"),
        ("it", "un posto a pilates il {day}, se è pieno mi metta in lista d'attesa"),
        ("nl", "een plek bij pilates op {day}, als het vol is zet me op de wachtlijst"),
        ("pt", "um lugar no pilates dia {day}, se estiver cheio ponha-me na lista de espera"),
    ],
)
async def test_the_waiting_list_is_only_for_a_class_that_is_full(database: str, language: str, text: str) -> None:
    async with open_demo(database, "studio") as (desk, _):
        await speaks(desk, language)
        (row,) = await talks(desk, text.format(day=f"{ahead(3):%Y-%m-%d}"), "")
        assert row.startswith("confirmed: Pilates Tomás")


async def test_what_is_free_of_charge_is_said_so_with_how_long_it_takes(database: str) -> None:
    async with open_demo(database, "tutor") as (desk, _):
        assert await talk(await carla(desk), "what does the trial lesson cost and how long does it take?") == (
            "Trial lesson: free, 30 minutes."
        )
        assert ", 30 minutes, free." in await talk(await carla(desk), "a trial lesson tomorrow at 4pm")


@pytest.mark.parametrize(
    ("language", "wish", "question"),
    [
        ("en", "cut and beard with Ben on friday at 4pm", "how much is that?"),
        ("en", "cut and beard with Ben on friday at 4pm", "how much for both?"),
        ("pt", "corte e barba com o Ben na sexta às 16", "qual é o preço dos dois?"),
    ],
)
async def test_the_price_of_a_visit_of_two_services_is_that_of_both(
    desk: Desk, language: str, wish: str, question: str
) -> None:
    await speaks(desk, language)
    assert "53" in (await talk(await carla(desk), wish, question)).splitlines()[0]


@pytest.mark.parametrize("question", ["when are you open on fridays?", "what time do you close on friday?"])
async def test_the_hours_of_a_day_are_the_businesses_own_and_no_rota(desk: Desk, question: str) -> None:
    assert await talk(await carla(desk), question) == "On Friday 5 December we are open 09:00–18:00."


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "what time is the pilates class on {day}?"),
        ("de", "um wie viel Uhr ist der Pilateskurs am {day}?"),
        ("es", "¿a qué hora es la clase de pilates del {day}?"),
        ("nl", "hoe laat is de pilatesles op {day}?"),
    ],
)
async def test_when_a_class_is_told_to_who_has_none(database: str, language: str, question: str) -> None:
    async with open_demo(database, "studio") as (desk, _):
        await speaks(desk, language)
        told = await talk(await chat(desk), question.format(day=f"{ahead(3):%Y-%m-%d}"))
        assert "19:30" in told and "?" in told
