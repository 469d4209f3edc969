"""The two blue ticks and "typing": shown while an answer is made, and never in its way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from starlette.responses import Response

from tests.whatsapp.sending import Town, eventually, received, town
from truebook.connectors.whatsapp import graph
from truebook.jobs import MessageReceived
from truebook.simulator.graph import Cut
from truebook.simulator.strict import Bad

pytestmark = pytest.mark.anyio


@dataclass
class Patient:
    """One who hears nothing, and lets no turn begin before some phone shows that somebody is typing."""

    town: Town

    async def hear(self, _: MessageReceived) -> None:
        async def typing() -> bool:
            return any(one.sees_typing for one in self.town.sim.world.people.values())

        await eventually(typing)


async def test_whoever_wrote_sees_that_it_was_read_and_somebody_is_typing_until_the_answer(database: str) -> None:
    async with town(database, hears=Patient) as t:  # type: ignore[arg-type]
        carla = t.sim.world.add("Carla", phone="436601234567")
        await t.said(carla, "hello")
        assert [one.ticks for one in carla.chat if one.mine] == ["read"]
        assert not carla.sees_typing
        assert await t.rows("SELECT status FROM whatsapp_numbers") == [("connected",)]


async def refuses(_: Any) -> Response:
    raise Bad(131009, "Parameter value is not valid: message_id")


async def fails(_: Any) -> Response:
    return Response("Internal Server Error", 500)


async def breaks(_: Any) -> Response:
    return Cut()


class Hangs:
    """Answers no mark before the desk has done all that it has to do."""

    def __init__(self) -> None:
        self.over = asyncio.Event()

    async def __call__(self, _: Any) -> Response:
        await self.over.wait()
        return Cut()


@pytest.mark.parametrize("mark", [refuses, fails, breaks, Hangs()])
async def test_a_mark_that_does_not_get_through_is_in_nobodys_way(
    database: str, mark: Callable[[Any], Awaitable[Response]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "BEST_EFFORT", httpx2.Timeout(300))
    async with town(database) as t:
        monkeypatch.setattr(t.sim.graph, "_read", mark)
        carla = t.sim.world.add("Carla", phone="436601234567")
        try:
            await t.said(carla, "hello")
            assert "35" in (await t.said(carla, "what does a haircut cost?")).text
            assert len(received(carla)) == 2
            assert [one.ticks for one in carla.chat if one.mine] == ["sent", "sent"]
            assert await t.rows("SELECT DISTINCT outcome <> 'failed' FROM message_attempts") == [(True,)]
            assert await t.rows("SELECT FROM alerts") == []
        finally:
            if isinstance(mark, Hangs):
                mark.over.set()


async def test_without_a_number_or_a_token_the_answer_is_made_all_the_same(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        await t.said(carla, "hello")
        await t.run("UPDATE whatsapp_numbers SET access_token = 'not sealed by anybody'")
        await t.sim.hands.type(carla, "what does a haircut cost?")

        async def made() -> bool:
            said = await t.rows("SELECT content FROM messages WHERE role = 'assistant' ORDER BY created_at DESC")
            return "35" in said[0][0]

        await eventually(made)
