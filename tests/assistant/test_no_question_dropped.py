"""No question of a message is passed over: it is answered from the rows, or noted for the team, and that is said."""

import pytest

from tests.assistant.salon import carla, rows, speaks, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("language", "wish", "line", "noted"),
    [
        (
            "en",
            "a haircut with anna on friday at 10",
            "yes please! does she do curls too?",
            "does she do curls too",
        ),
        ("de", "Haarschnitt bei Anna am Freitag um 10", "ja bitte! macht sie auch Locken?", "macht sie auch Locken"),
        (
            "pt",
            "um corte com a Anna na sexta às 10h",
            "sim, pode marcar! ela faz cachos também?",
            "ela faz cachos também",
        ),
        ("it", "un taglio con Anna venerdì alle 10", "sì, prenoti! fa anche i boccoli?", "fa anche i boccoli"),
    ],
)
async def test_what_else_somebody_does_is_noted_and_booked(
    desk: Desk, language: str, wish: str, line: str, noted: str
) -> None:
    await speaks(desk, language)
    said = await talk(await carla(desk), wish, line)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"] and noted in said


async def test_both_questions_beside_a_pick_are_answered(desk: Desk) -> None:
    line = "the first one. what does it cost? and can my mum sit in with me or is it just for the one"
    said = await talk(await carla(desk), "a haircut with anna on friday", line)
    assert "€35" in said and "“can my mum sit in with me or is it just for the one”" in said
    assert said.endswith("Shall I book it?")


async def test_whether_it_is_open_then_is_told_of_the_day_just_named(desk: Desk) -> None:
    line = "a haircut with anna on friday please, but not on Tuesday the 9th, that's a holiday, are you even open then?"
    said = await talk(await carla(desk), line)
    assert said.startswith("On Tuesday 9 December we are open 09:00–18:00.")


async def test_which_takes_longer_is_told_of_both(desk: Desk) -> None:
    wish = "a haircut for my daughter and a colour for me on friday at 10, at the same time"
    said = await talk(await carla(desk), wish, "my colour will take longer than hers though, won't it?")
    assert "Haircut: 45 minutes." in said and "Colour: 90 minutes." in said


async def test_nobody_is_listed_where_it_is_all_the_same_who_does_it(desk: Desk) -> None:
    await speaks(desk, "de")
    said = await talk(await carla(desk), "Einen Haarschnitt am Freitag. Ginge das um zehn, bei wem ist egal?")
    assert "Anna, Ben" not in said and "10:00" in said


async def test_a_sigh_before_a_yes_books(desk: Desk) -> None:
    await speaks(desk, "de")
    await talk(
        await carla(desk), "Haarschnitt bei Anna am Freitag um 10", "Na gut, sie kann ja warten. Ja, bitte eintragen."
    )
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


async def test_who_is_brought_along_leaves_a_move_agreed_to(desk: Desk) -> None:
    wish = "a haircut with anna on friday at 10"
    line = "Yes, lovely. I'll bring my husband along, if that's okay?"
    said = await talk(await carla(desk), wish, "yes", "can we make it 11?", line)
    assert await rows(desk) == ["Haircut Anna 12-05 11:00 confirmed"] and "I'll bring my husband along" in said
