"""A series for which no hour is named: what is free on its first date is offered, and a pick goes on with all of it."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("wish", "yes"),
    [
        ("beard trim every friday for three weeks, first one this friday, any time from four on", "yes please"),
        ("Bart trimmen jeden Donnerstag am Nachmittag, dreimal hintereinander", "ja, alle drei"),
        ("una barba todos los jueves por la tarde, tres veces", "sí, por favor"),
        ("une coupe tous les jeudis, trois fois", "oui"),
        ("un taglio ogni giovedì, tre volte", "sì"),
        ("elke donderdag een baard, drie keer", "ja graag"),
        ("corte todas as quintas, três vezes", "sim"),
    ],
)
async def test_times_are_offered_and_a_pick_is_for_all_of_it(desk: Desk, wish: str, yes: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish)
    assert chat.last is not None
    assert [act["kind"] for act in chat.last.acts] == ["offers"], chat.last.text
    await chat.say(chat.last.buttons[0])
    assert chat.last.acts[-1]["kind"] == "series_read_back", chat.last.text
    await chat.say(yes)
    assert len(await rows(desk)) == 3


async def test_who_was_asked_for_does_all_of_it(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "haircut with ben every thursday, three times")
    assert chat.last is not None
    assert "with Ben" in await chat.say(chat.last.buttons[1])
