"""When the database is gone, or the connection breaks at the worst moment: what HTTP says then."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx2
import psycopg
import pytest
from psycopg import sql

from tests.api.http import API, client, monday, shop
from tests.fault import Moment, wired
from tests.postgres import name_in
from truebook.app import build
from truebook.db import Database
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.anyio
APPOINTMENTS = f"{API}/appointments"


async def test_without_a_database_everything_says_try_again(database: str, server_url: str) -> None:
    async with shop(database, patience=0.3) as desk:
        made = await desk.booked()
        admit(server_url, database, "false")
        for answer in (
            await desk.alice.get(f"{APPOINTMENTS}/{made['id']}"),
            await desk.alice.post(APPOINTMENTS, json=desk.wanted("12:00")),
            await desk.alice.patch(f"{API}/account", json={"name": "New"}),
            await desk.nobody.get(APPOINTMENTS, headers={"Authorization": "Bearer tb_new"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert int(answer.headers["retry-after"]) > 0
        assert (await desk.nobody.get("/healthz")).status_code == 200
        ready = await desk.nobody.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (503, False)
        admit(server_url, database, "true")
        assert (await eventually(lambda: desk.alice.get(f"{APPOINTMENTS}/{made['id']}"))).json() == made


@pytest.mark.parametrize("moment", ["before commit", "after commit", "after the answer"])
async def test_an_unknown_outcome_is_neither_booked_nor_failed(database: str, moment: Moment) -> None:
    async with shop(database) as desk, wired(database) as (url, wire), Database(url, size=2, patience=0.3) as db:
        key = desk.alice.headers["authorization"].removeprefix("Bearer ")
        alice = client(httpx2.ASGITransport(build(Settings(), db)), key)
        once = {"Idempotency-Key": "once"}
        await alice.get(APPOINTMENTS)
        wire.moment, wire.stays_cut = moment, True
        answer = await alice.post(APPOINTMENTS, json=desk.wanted(), headers=once)
        assert wire.cuts == 1
        assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown"), answer.text
        assert int(answer.headers["retry-after"]) > 0
        assert "same Idempotency-Key" in answer.json()["detail"]
        assert "booked" not in answer.text.lower()
        wire.mend()
        repeated = await eventually(lambda: alice.post(APPOINTMENTS, json=desk.wanted(), headers=once))
        assert (repeated.status_code, repeated.json()["version"]) == (201, 1)
        listed = await alice.get(APPOINTMENTS, params={"from": str(monday()), "to": str(monday())})
        assert listed.json()["items"] == [repeated.json()]
        await alice.aclose()


def admit(server_url: str, database: str, allowed: str) -> None:
    """Let the app connect to a database, or let nobody in and throw everybody out."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        name = sql.Identifier(name_in(database))
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(name, sql.SQL(allowed)))
        if allowed == "false":
            out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(out, (name_in(database),))


async def eventually(ask: Callable[[], Awaitable[httpx2.Response]]) -> httpx2.Response:
    """Do what Retry-After asks for, a few times."""
    for _ in range(20):
        answer = await ask()
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(int(answer.headers["retry-after"]) / 4)
    return answer
