"""A yes that names how many, or whom it is for, just as it was read back."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("wish", "yes"),
    [
        (
            "haircut with anna every friday for three weeks, first one this friday at 16:00",
            "Sounds good, book all three",
        ),
        ("Haarschnitt bei Anna jeden Freitag um 16 Uhr, drei Mal", "ja, alle drei bitte"),
        ("knippen bij Anna elke vrijdag om 16 uur, drie keer", "ja, alle drie graag"),
    ],
)
async def test_all_three_of_a_series_are_booked_once_and_told_once(desk: Desk, wish: str, yes: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish)
    told = await chat.say(yes)
    assert told.count("✓") == 1, told
    assert len(await rows(desk)) == 3


async def test_another_number_is_no_yes(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "haircut with anna every friday at 16:00, three times")
    await chat.say("sounds good, book all four")
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("wish", "yes"),
    [
        ("a haircut for my dad with anna on friday at 11", "yes that's fine for him"),
        ("Haarschnitt für meine Tochter bei Anna am Freitag um 11", "ja für sie passt das"),
        ("un corte para mi madre con Anna el viernes a las 11", "sí, para ella está bien"),
        ("une coupe pour ma fille Zoé avec Anna vendredi à 11h", "oui pour elle c'est parfait"),
        ("un taglio per mia mamma con Anna venerdì alle 11", "sì grazie, per lei va bene così"),
        ("knippen voor mijn vader bij Anna vrijdag om 11 uur", "ja voor hem is dat prima"),
        ("um corte para a minha mãe com a Anna sexta às 11h", "sim, para ela está ótimo"),
    ],
)
async def test_a_yes_for_whom_it_is(desk: Desk, wish: str, yes: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish)
    assert "✓" in await chat.say(yes)
    assert len(await rows(desk)) == 1


@pytest.mark.parametrize("no", ["yes but not for him, for me", "yes, for her", "yes and for her too"])
async def test_for_somebody_else_than_was_read_back_is_none(desk: Desk, no: str) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna on friday at 11")
    await chat.say(no)
    assert await rows(desk) == []
