"""Too often is a 429 that names the limit; every answer tells what is left."""

import httpx2
import pytest

from tests.api.http import API, Shop, bearer_of, client, shop
from tests.chat import chat
from truebook.app import build
from truebook.assistant.incoming import inbox
from truebook.channels.api import keys
from truebook.kernel.settings import Settings
from truebook.limits import Limit

pytestmark = pytest.mark.anyio


def strict(desk: Shop, *callers: httpx2.AsyncClient) -> list[httpx2.AsyncClient]:
    """Return clients of an app that allows a key ten requests at once and one more an hour."""
    app = build(Settings(), desk.desk.db)
    app.state.keyring.limit = Limit("key", burst=10, every=3600)
    return [client(httpx2.ASGITransport(app), bearer_of(one)) for one in callers]


async def test_every_answer_tells_what_is_left(database: str) -> None:
    async with shop(database) as desk:
        (alice,) = strict(desk, desk.alice)
        answers = [await alice.get(f"{API}{path}") for path in ("/account", "/staff", "/services/nothing")]
        assert [one.headers["ratelimit-policy"] for one in answers] == ['"key";q=10;w=36000'] * 3
        assert [one.headers["ratelimit"] for one in answers] == [
            '"key";r=9;t=3600',
            '"key";r=8;t=7200',
            '"key";r=7;t=10800',
        ]
        assert answers[-1].status_code == 422


async def test_a_key_that_asks_too_often_is_told_so_and_no_other_key(database: str) -> None:
    async with shop(database) as desk:
        alice, bob = strict(desk, desk.alice, desk.bob)
        answers = [await alice.get(f"{API}/account") for _ in range(12)]
        assert [one.status_code for one in answers] == [200] * 10 + [429] * 2
        refused = answers[-1]
        body = refused.json()
        assert (body["code"], body["data"]["limit"]) == ("too_many", "key")
        assert 3000 < int(refused.headers["retry-after"]) <= 3600
        assert refused.headers["ratelimit"].startswith('"key";r=0;')
        assert (await bob.get(f"{API}/account")).status_code == 200


async def test_who_guesses_keys_is_stopped_and_a_living_key_from_there_is_not(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "STRANGERS", Limit("address", burst=3, every=3600))
    async with shop(database) as desk:
        guesser = client(httpx2.ASGITransport(build(Settings(), desk.desk.db)), "tb_guessed")
        answers = [await guesser.get(f"{API}/account") for _ in range(5)]
        assert [one.status_code for one in answers] == [401, 401, 401, 429, 429]
        assert answers[-1].json()["data"]["limit"] == "address"
        assert (await desk.alice.get(f"{API}/account")).status_code == 200


async def test_a_conversation_has_a_limit_and_no_other_has_it_too(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "CONVERSATION", Limit("conversation", burst=2, every=3600))
    async with shop(database) as desk:
        one, other = await chat(desk.desk), await chat(desk.desk, phone=None)
        await one.say("hello")
        await one.say("hello")
        with pytest.raises(inbox.limits.Exceeded):
            await one.say("hello")
        await other.say("hello")
        async with desk.desk.db.transaction(desk.desk.scope) as tx:
            assert await tx.row("SELECT count(*) FROM messages WHERE role = 'user'") == (3,)
