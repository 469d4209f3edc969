"""Any model that speaks OpenAI's protocol can answer: the same tools, the same gate, the same closed composer.

And where it is not good enough, the offline engine answers in the very same turn.
"""

import ipaddress
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from structlog.testing import capture_logs

from tests.assistant.openai_server import (
    WISHED,
    Manner,
    Server,
    babbling,
    calling,
    cut,
    decide,
    endless,
    refusing,
    running,
    saying,
    silent,
    slow,
    trickling,
    well,
)
from tests.chat import PATIENT, Chat, chat
from tests.desk import NOW, Desk, furnish, opened
from truebook.assistant.models import llm
from truebook.assistant.models.bounds import Bounds
from truebook.assistant.models.patience import Patience
from truebook.assistant.offline.model import Offline
from truebook.connectors import outside
from truebook.db import health
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.anyio
LINE = "a haircut with Anna on Tuesday at 10, please"
ANOTHER = "a haircut with Anna on Tuesday at 11, please"
READ_BACK = "Haircut with Anna, Tuesday 8 January, 10:00, 45 minutes, €35. Shall I book it?"


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    async with opened(database) as db:
        yield await furnish(db)


async def with_model(desk: Desk, server: Server, **more: Any) -> Chat:
    model = llm.model(Settings(model="compatible:some-model", model_url=server.url, model_key="test"))
    return await chat(desk, now=NOW, model=model, **more)


async def day(desk: Desk) -> dict[str, Any]:
    """Return what the day has cost so far, and how its turns ended."""
    async with desk.db.reading(desk.scope) as tx:
        row = await tx.row("SELECT tokens, reserved, requests, outcomes FROM model_days")
    assert row is not None
    return {"tokens": row[0], "reserved": row[1], "requests": row[2], **next(iter(row[3].values()))}


async def rows(desk: Desk) -> list[str]:
    async with desk.db.reading(desk.scope) as tx:
        return [row[0] for row in await tx.rows("SELECT status FROM appointments")]


async def test_a_model_behind_a_base_url_books_through_the_same_gate(desk: Desk) -> None:
    with running() as server:
        talk = await with_model(desk, server)
        first = await talk.say(LINE)
        assert "Tuesday 8 January, 10:00" in first
        assert "Shall I book it?" in first
        assert "All booked" not in first
        second = await talk.say("yes please")
        assert second.startswith("Booked ✓ Tuesday 8 January, 10:00 (UTC), Haircut with Anna. Code ")
        assert "tomorrow at nine" not in second
        assert server.refused == []
        kept = await day(desk)
        assert (kept["answered"], kept["requests"], kept["reserved"]) == (2, len(server.asked), 0)
        assert kept["tokens"] == 2 * len(server.asked)


IMPATIENT = Patience(request=0.5, turn=0.8)
NO_CHOICE = '{"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": []}'
LOOP = calling(lambda messages: [("listServices", {})])
HALF = calling(lambda messages: [("findSlots", '{"service": "Hairc')])
NO_SUCH_TOOL = calling(lambda messages: [("grantDiscount", {"percent": 100})])
NO_SUCH_OFFER = calling(lambda messages: [("bookAppointment", {"offer_id": "0190a11c-0000-7000-8000-00000000000a"})])
MANY = calling(lambda messages: [("listServices", {}), *[WISHED] * 20])
UNWELL: dict[str, tuple[Manner, str]] = {
    "silent": (silent, "slow"),
    "trickling": (trickling, "slow"),
    "slow, but never too slow": (slow(0.3), "slow"),
    "too many requests": (refusing(429), "failed"),
    "too many requests, for an hour": (refusing(429, Retry_After="3600"), "failed"),
    "ill": (refusing(500), "failed"),
    "a bad key": (refusing(401), "failed"),
    "an unknown model": (refusing(404), "failed"),
    "elsewhere": (refusing(307, Location="http://127.0.0.1:9/v1/chat/completions"), "failed"),
    "cut in the middle": (cut, "failed"),
    "a page": (babbling("<html><body>Welcome to nginx!</body></html>"), "failed broke"),
    "nothing": (babbling(""), "failed broke"),
    "half an answer": (babbling('{"id": "1", "choices": [{"mess'), "failed broke"),
    "another answer": (babbling('{"hello": "world"}'), "failed broke"),
    "a number": (babbling("42"), "failed broke"),
    "no choice": (babbling(NO_CHOICE), "failed broke"),
    "without end": (endless, "babbled"),
    "up to its limit": (saying("la la la", finish="length", written=1000), "babbled"),
    "beyond its limit": (saying("la la la", written=5000), "babbled"),
    "words instead of tools": (saying("Your appointment is booked for tomorrow at nine!"), "broke"),
    "in a circle": (LOOP, "circled"),
    "half a tool call": (HALF, "broke circled"),
    "a tool that is none": (NO_SUCH_TOOL, "broke circled"),
    "an offer that is none": (NO_SUCH_OFFER, "broke circled"),
    "too many calls": (MANY, "broke"),
}


@pytest.mark.parametrize(("manner", "reasons"), UNWELL.values(), ids=UNWELL)
async def test_a_model_that_is_unwell_is_replaced_in_the_same_turn(desk: Desk, manner: Manner, reasons: str) -> None:
    with running(manner) as server, capture_logs() as logged:
        talk = await with_model(desk, server, patience=IMPATIENT if reasons == "slow" else PATIENT)
        assert await talk.say(LINE) == READ_BACK
        (line,) = [one for one in logged if one["event"] == "the offline engine answers in the model's place"]
        assert line["reason"] in reasons.split()
        assert line["model"] == "compatible:some-model"
        assert LINE not in str(logged)
        kept = await day(desk)
        assert (kept[line["reason"]], kept["reserved"]) == (1, 0)
        talk.model = Offline()
        assert (await talk.say("yes")).startswith("Booked ✓ Tuesday 8 January, 10:00")
        assert await rows(desk) == ["confirmed"]
        assert server.refused == []


async def test_ids_of_tool_calls_that_are_missing_or_given_twice_are_mended(desk: Desk) -> None:
    for call_id in ("", "call_0"):
        with running(calling(lambda messages: [decide(messages)], call_id=call_id)) as server:
            talk = await with_model(desk, server)
            assert "Shall I book it?" in await talk.say(LINE)
            assert server.refused == []


async def test_what_the_model_has_done_is_told_and_not_done_again(desk: Desk) -> None:
    """It books, as agreed, and breaks down: the offline engine goes on from there."""
    with running() as server:
        talk = await with_model(desk, server)
        await talk.say(LINE)

        def breaks_down(handler: Any, content: str) -> None:
            booked = '\\"status\\":\\"booked\\"' in content or "final_result" in content
            refusing(500)(handler, content) if booked else well(handler, content)

        server.manner = breaks_down
        assert (await talk.say("yes please")).startswith("Booked ✓ Tuesday 8 January, 10:00")
        assert await rows(desk) == ["confirmed"]
        assert (await day(desk))["failed"] == 1
        assert talk.last is not None
        assert talk.last.tools == ["bookAppointment"]


async def test_after_three_failures_it_is_left_alone_and_tried_again_later(desk: Desk) -> None:
    def name(url: str) -> str:
        (found,) = [one for one in health.examine(url) if one.name == "language models"]
        return found.problem

    with running(refusing(500)) as server:
        talk = await with_model(desk, server)
        for _ in range(5):
            await talk.say("what does a haircut cost?")
        assert len(server.asked) == 3
        assert (await day(desk))["resting"] == 2
        assert "5 of 5 turns" in name(desk.db.url)
        assert "salon-alice: compatible:some-model (failed, left alone until " in name(desk.db.url)

        await its_rest_is_over(desk)
        await talk.say("what does a haircut cost?")  # one turn tries, and it is still ill: twice as long a rest
        await talk.say("what does a haircut cost?")
        assert len(server.asked) == 4

        await its_rest_is_over(desk)
        server.manner = well
        await talk.say(LINE)
        asked = len(server.asked)
        await talk.say("yes please")
        assert len(server.asked) > asked > 4
        assert (await day(desk))["answered"] == 2


async def its_rest_is_over(desk: Desk) -> None:
    async with desk.db.transaction(desk.scope) as tx:
        await tx.run("UPDATE model_circuits SET resting_until = now() - interval '1 second'")


async def test_no_day_costs_more_than_its_budget(desk: Desk) -> None:
    with running() as server:
        talk = await with_model(desk, server, bounds=Bounds(turn=100, day=110))
        assert "Shall I book it?" in await talk.say(LINE)
        spent = (await day(desk))["tokens"]
        for number in range(1, 100):
            if (await day(desk))["tokens"] > 10:
                break
            await talk.say((LINE, ANOTHER)[number % 2])
        asked = len(server.asked)
        assert "Shall I book it?" in await talk.say("a haircut with Ben on Wednesday at 10, please")
        kept = await day(desk)
        assert len(server.asked) == asked
        assert (kept["budget"], kept["reserved"]) == (1, 0)
        assert 0 < spent <= kept["tokens"] <= 110


async def test_no_turn_costs_more_than_its_budget(desk: Desk) -> None:
    with running(calling(lambda messages: [decide(messages)], written=30)) as server:
        talk = await with_model(desk, server, bounds=Bounds(turn=50, day=1000))
        assert await talk.say(LINE) == READ_BACK
        assert (len(server.asked), (await day(desk))["spent"]) == (2, 1)


def test_models_by_name() -> None:
    assert isinstance(llm.model(Settings()), Offline)
    for name in ("nobody:nothing", "openai:", "openai:gpt-5", "compatible:llama"):
        with pytest.raises(Invalid, match="TRUEBOOK_MODEL"):
            llm.model(Settings(model=name))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("openai:gpt-5", "https://api.openai.com/v1/"),
        ("anthropic:claude-haiku-5-5", "https://api.anthropic.com"),
        ("gemini:gemini-3.8-flash", "https://generativelanguage.googleapis.com/v1beta/openai/"),
        ("ollama:llama3.2", "http://127.0.0.1:11434/v1/"),
    ],
)
def test_each_provider_has_its_address(name: str, address: str) -> None:
    found = llm.model(Settings(model=name, model_key="key"))
    assert (found.model_name, found.base_url) == (name.partition(":")[2], address)


@pytest.mark.parametrize(
    "url", ["http://models.example.org/v1", "https://10.0.0.1/v1", "https://[::ffff:127.0.0.1]/v1"]
)
def test_an_owners_address_is_https_and_public(url: str) -> None:
    with pytest.raises(Invalid, match=r"https|public"):
        outside.checked("model_url", url)
    assert outside.checked("model_url", url, {"models.example.org", "10.0.0.1", "::ffff:127.0.0.1"}) == url


async def test_a_name_that_leads_inside_is_not_connected_to() -> None:
    """Whatever it looked like when it was written down, it is the address at the moment of the connection that counts."""
    with running() as server:
        async with outside.client(trusted=()) as client:
            with pytest.raises(httpx2.ConnectError, match="public internet"):
                await client.post(f"http://localhost:{server.server_port}/v1", json={})
        assert server.asked == []
        async with outside.client(trusted={f"localhost:{server.server_port}"}) as client:
            answer = await client.post(f"http://localhost:{server.server_port}/v1", json={"messages": []})
            assert answer.status_code == 400


@pytest.mark.parametrize(
    "address",
    ["64:ff9b:1::7f00:1", "::ffff:0:7f00:1", "::7f00:1", "fec0::1", "192.0.0.8", "64:ff9b::a00:1", "10.0.0.1"],
)
def test_an_address_that_a_network_translates_inwards_is_not_public(address: str) -> None:
    assert not outside.is_public(ipaddress.ip_address(address))
