"""Series by chat: every week at the same time, read back as a whole, booked and cancelled as a whole."""

from typing import Any

import pytest

from tests.assistant.salon import carla, speaks, take
from tests.assistant.scripted import Made, play, visits
from tests.desk import Desk

pytestmark = pytest.mark.anyio
FIVE = {"service": "Haircut", "staff": "Anna", "starts_on": "2031-12-09", "at": "17:00"}
TEN: Made = ("bookSeries", {**FIVE, "count": 10})


async def test_ten_tuesdays_are_read_back_with_what_cannot_be_had_and_booked_with_one_yes(desk: Desk) -> None:
    await take(desk, "Haircut", "Anna", 23, "16:45")
    chat = await carla(desk)
    said = await play(chat, "every tuesday at 5pm, ten times", TEN)
    assert said == (
        "Haircut with Anna, every Tuesday, 17:00, 9 times from Tuesday 9 December to Tuesday 10 February, "
        "45 minutes, €35 each. 17:00 on Tuesday 23 December is already taken. Shall I book them all?"
    )
    assert len(await visits(desk)) == 1
    assert "✓" not in await play(chat, "yes", ("bookSeries", {**FIVE, "count": 9}))
    assert "✓" not in await play(chat, "not sure", TEN)
    said = await play(chat, "yes", TEN)
    assert said.startswith(
        "Booked ✓ 9 times Haircut with Anna, every Tuesday, 17:00 (Europe/Vienna), Tuesday 9 December"
    )
    assert said.split("Codes ")[1].count("-") == 9
    booked = [one for one in await visits(desk) if "17:00" in one]
    assert len(booked) == 9
    assert not any("12-23" in one for one in booked)
    told = await play(chat, "what do I have?", ("myAppointments", {}))
    assert told == ("You have Haircut with Anna, 17:00, 9 times from Tuesday 9 December to Tuesday 10 February.")


async def test_where_one_date_has_gone_meanwhile_none_is_booked_or_as_many_as_can_be(desk: Desk) -> None:
    three = {**FIVE, "count": 3}
    for mode, made in (("all", 0), ("possible", 2)):
        chat = await carla(desk)
        await play(chat, "every tuesday at 5pm, three times", ("bookSeries", {**three, "mode": mode}))
        if mode == "all":
            await take(desk, "Haircut", "Anna", 16, "17:00")
            said = await play(chat, "yes", ("bookSeries", {**three, "mode": mode}))
            assert said.startswith("17:00 was taken a moment ago; nothing is booked.")
        else:
            said = await play(chat, "yes", ("bookSeries", {**three, "mode": mode}))
            assert said.startswith("Booked ✓ 2 times Haircut with Anna")
            assert "17:00 on Tuesday 16 December is already taken." in said
        assert len(await visits(desk)) == 1 + made


async def test_one_date_those_that_follow_or_all_are_cancelled(desk: Desk) -> None:
    chat = await carla(desk)
    four: Made = ("bookSeries", {**FIVE, "count": 4})
    await play(chat, "every tuesday at 5pm, four times", four)
    await play(chat, "yes", four)
    ids: list[str] = []

    def following(returned: dict[str, Any]) -> Made:
        ids[:] = [one["id"] for one in returned["appointments"]]
        return "cancelSeries", {"appointment_id": ids[2], "which": "following"}

    await play(chat, "cancel the second", ("myAppointments", {"purpose": "cancel"}))
    said = await play(chat, "from the third on", ("myAppointments", {"purpose": "cancel"}), following)
    assert (
        said
        == "2 times Haircut with Anna, Tuesday 23 December to Tuesday 30 December, 17:00: shall I cancel all of them?"
    )
    assert "✓" not in await play(chat, "yes", ("cancelSeries", {"appointment_id": ids[2], "which": "all"}))
    await play(chat, "hm", ("cancelSeries", {"appointment_id": ids[2], "which": "following"}))
    said = await play(chat, "yes", ("cancelSeries", {"appointment_id": ids[2], "which": "following"}))
    assert said.startswith("Cancelled ✓ 2 times Haircut with Anna, Tuesday 23 December to Tuesday 30 December, 17:00.")
    assert [one.split(":")[0] for one in await visits(desk)] == ["confirmed", "confirmed", "cancelled", "cancelled"]
    async with desk.db.transaction(desk.scope) as tx:
        assert await tx.rows("SELECT status FROM outbox WHERE topic = 'cancelled'") == [("sent",), ("sent",)]
    stranger = await carla(desk, name="Eve", phone="+436609999999")
    assert "✓" not in await play(stranger, "yes", ("cancelSeries", {"appointment_id": ids[0], "which": "all"}))
    await play(chat, "all of it", ("cancelSeries", {"appointment_id": ids[0], "which": "all"}))
    await play(chat, "yes", ("cancelSeries", {"appointment_id": ids[0], "which": "all"}))
    assert {one.split(":")[0] for one in await visits(desk)} == {"cancelled"}


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "haircut with anna on thursday at 10, but just once, not every week"),
        ("de", "Haarschnitt bei Anna am Donnerstag um 10, nicht jede Woche"),
        ("es", "corte con Anna el jueves a las 10, no cada semana"),
        ("fr", "coupe avec Anna jeudi à 10h, pas chaque semaine"),
        ("it", "taglio con Anna giovedì alle 10, non ogni settimana"),
        ("nl", "knipbeurt bij Anna donderdag om 10 uur, niet elke week"),
        ("pt", "corte com a Anna na quinta às 10h, não toda semana"),
    ],
)
async def test_not_every_week_is_once(desk: Desk, language: str, wish: str) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    await chat.say(wish)
    assert chat.last is not None
    assert chat.last.acts[-1]["kind"] == "read_back", chat.last.text


async def test_the_price_of_each_stands_beside_it(desk: Desk) -> None:
    await speaks(desk, "nl")
    wish = "knipbeurt bij Anna elke donderdag om 10 uur, drie keer, op naam van Jan de Wit"
    answer = await (await carla(desk)).say(wish)
    assert "\N{NO-BREAK SPACE}35 per keer" in answer and "Jan per keer" not in answer


async def test_a_series_that_is_declined_for_one_date_is_looked_for_as_that(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("a haircut with Anna every tuesday at 5pm from 9 december, 3 times")
    said = await chat.say("Not every week, I only want a single one on 16 December. Please cancel the series.")
    assert "Tuesday 16 December, 17:00" in said and "times" not in said
