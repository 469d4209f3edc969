"""Each business has the model that its owner chose, at the owner's expense or as the operator offers it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from tests.api.http import API, client
from tests.assistant.openai_server import Server, running
from tests.chat import LINKS
from tests.desk import NOW, Desk, furnish, opened
from truebook.app import build
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.models.llm import Engines
from truebook.db import Scope
from truebook.jobs import MessageReceived
from truebook.kernel.settings import Settings
from truebook.tenants import access, bots, vault

pytestmark = pytest.mark.anyio
VAULT = vault.read(vault.made())
LINE = "a haircut with Anna on Tuesday at 10, please"
OWN = {"model": "compatible:mine", "key": "sk-alices-own"}


@dataclass
class Salon:
    desk: Desk
    alice: httpx2.AsyncClient
    path: str
    settings: Settings

    async def answer(self, text: str = LINE) -> str:
        """Answer a message as the worker does."""
        desk, scope = self.desk, self.desk.scope
        _, chat, _ = await inbox.open_test_chat(desk.db, scope, name="Carla", phone=None)
        message = await inbox.receive(desk.db, scope, chat, text, at=NOW)
        engines = Engines(self.settings, VAULT)
        assistant = Assistant(desk.db, engines.usual.model, LINKS, lambda: NOW, engines=engines)
        await assistant.answer(MessageReceived(desk.account, chat, message))
        found = await inbox.answer(desk.db, scope, message)
        assert found is not None
        return found.text

    async def outcomes(self) -> dict[str, Any]:
        async with self.desk.db.reading(self.desk.scope) as tx:
            row = await tx.row("SELECT outcomes FROM model_days")
        return dict(row[0]) if row else {}


@pytest.fixture
def server() -> Any:
    with running() as one:
        yield one


@pytest.fixture
async def salon(database: str, server: Server) -> AsyncIterator[Salon]:
    host = f"127.0.0.1:{server.server_port}"
    settings = Settings(models=("openai:offered",), provider_keys={"openai": "op"}, trusted_hosts=frozenset({host}))
    async with opened(database) as db:
        desk = await furnish(db)
        key = await access.issue(db, desk.scope, "Alice")
        alice = client(httpx2.ASGITransport(build(settings, db, LINKS, VAULT)), key)
        made = await alice.post(f"{API}/bots", json={"name": "Desk", "tone": "casual", "system_prompt": "Mention tea."})
        yield Salon(desk, alice, f"{made.headers['location']}/model", settings)
        await alice.aclose()


async def test_the_owners_model_answers_with_her_key_prompt_and_limits(salon: Salon, server: Server) -> None:
    chosen = await salon.alice.put(
        salon.path, json={**OWN, "url": server.url, "answer_tokens": 300, "day_tokens": 90000}
    )
    assert chosen.status_code == 200, chosen.text
    assert chosen.json() == (await salon.alice.get(salon.path)).json()
    assert (chosen.json()["has_key"], "sk-alices-own" in chosen.text) == (True, False)
    assert "Shall I book it?" in await salon.answer()
    asked = server.asked[0]
    assert (asked["model"], asked["max_tokens"], server.keys[0]) == ("mine", 300, "Bearer sk-alices-own")
    assert "Tone: casual. Mention tea." in asked["messages"][0]["content"]
    assert await salon.outcomes() == {"compatible:mine": {"answered": 1}}
    assert (await salon.alice.delete(salon.path)).status_code == 204
    await salon.answer()
    assert await salon.outcomes() == {"compatible:mine": {"answered": 1}}


async def test_a_key_is_never_sent_to_another_address(salon: Salon, server: Server) -> None:
    """Neither over REST nor by whoever writes the row."""
    await salon.alice.put(salon.path, json={**OWN, "url": "https://models.example.org/v1"})
    again = await salon.alice.put(
        salon.path, json={"model": "compatible:other", "url": "https://models.example.org/v1"}
    )
    assert again.json()["has_key"]
    moved = await salon.alice.put(salon.path, json={"model": "compatible:mine", "url": server.url})
    assert not moved.json()["has_key"]
    await salon.alice.put(salon.path, json={**OWN, "url": "https://models.example.org/v1"})
    async with salon.desk.db.transaction(salon.desk.scope) as tx:
        await tx.run("UPDATE bot_configs SET model_url = %s", (server.url,))
    assert "Shall I book it?" in await salon.answer()
    assert server.asked == []
    assert await salon.outcomes() == {"compatible:mine": {"failed": 1}}


async def test_keys_are_sealed_anew(salon: Salon, server: Server) -> None:
    await salon.alice.put(salon.path, json={**OWN, "url": server.url})
    fresh = vault.read(f"{vault.made('k2')},k1:{encoded(VAULT.keys['k1'])}")
    assert await bots.reseal(salon.desk.db, fresh, salon.desk.account) == 1
    assert await bots.reseal(salon.desk.db, fresh, salon.desk.account) == 0
    scope = Scope(salon.desk.account, "test")
    async with salon.desk.db.reading(scope) as tx:
        row = await tx.row("SELECT id FROM bot_configs")
    assert row is not None
    assert (await bots.model_of(salon.desk.db, scope, row[0])).key(fresh, salon.desk.account) == "sk-alices-own"


def encoded(key: bytes) -> str:
    import base64

    return base64.b64encode(key).decode()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"model": "openai:gpt-5-pro"}, "model"),
        ({"model": "nobody:x", "key": "k"}, "model"),
        ({"model": "compatible:x", "key": "k"}, "url"),
        ({"model": "compatible:x", "url": "http://models.example.org/v1"}, "url"),
        ({"model": "compatible:x", "url": "https://192.168.1.1/v1"}, "url"),
        ({"model": "compatible:x", "url": "https://me:secret@models.example.org/v1"}, "url"),
        ({"model": "openai:x", "key": "with a space"}, "key"),
        ({"model": "offline", "answer_tokens": 0}, "answer_tokens"),
    ],
)
async def test_what_may_not_be_chosen_is_named(salon: Salon, body: dict[str, Any], field: str) -> None:
    refused = await salon.alice.put(salon.path, json=body)
    assert (refused.status_code, refused.json()["field"]) == (422, field)


async def test_what_the_operator_offers_may_be_chosen(salon: Salon) -> None:
    assert (await salon.alice.put(salon.path, json={"model": "openai:offered"})).status_code == 200
    assert (await salon.alice.put(salon.path, json={"model": "offline", "day_tokens": 5000})).status_code == 200
    engines = Engines(Settings(models=("openai:offered",), provider_keys={"openai": "op"}, model_day=7000), VAULT)
    for choice, most in (
        (bots.ModelChoice("openai:offered", day_tokens=9000), 7000),
        (bots.ModelChoice("openai:offered", day_tokens=5000), 5000),
        (bots.ModelChoice(day_tokens=9000), 7000),
    ):
        assert (await engines.of(salon.desk.account, choice)).bounds.day == most
