"""When the database is gone, or the connection breaks at the worst moment: what HTTP says then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import psycopg
import pytest

from tests.api.http import API, client, monday, shop
from tests.postgres import name_in, run
from truebook.app import build
from truebook.db import Database
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.anyio
APPOINTMENTS = f"{API}/appointments"


async def test_without_a_database_everything_says_try_again(database: str, server_url: str) -> None:
    async with shop(database, patience=0.3) as desk:
        made = await desk.booked()
        close(database, server_url)
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
        open_again(database, server_url)
        assert (await eventually(desk.alice, f"{APPOINTMENTS}/{made['id']}")).json() == made


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_an_unknown_outcome_is_neither_booked_nor_failed(database: str, moment: str) -> None:
    async with shop(database) as desk, severed(database) as (url, proxy):
        async with Database(url, size=2, patience=0.3) as db:
            transport = httpx2.ASGITransport(build(Settings(), db))
            alice = client(transport, desk.alice.headers["authorization"].removeprefix("Bearer "))
            key = {"Idempotency-Key": "once"}
            await alice.get(APPOINTMENTS)
            proxy.armed = moment
            answer = await alice.post(APPOINTMENTS, json=desk.wanted(), headers=key)
            assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown"), answer.text
            assert int(answer.headers["retry-after"]) > 0
            assert "same Idempotency-Key" in answer.json()["detail"]
            assert "booked" not in answer.text.lower()
            await alice.aclose()
        repeated = await desk.alice.post(APPOINTMENTS, json=desk.wanted(), headers=key)
        assert (repeated.status_code, repeated.json()["version"]) == (201, 1)
        listed = await desk.alice.get(APPOINTMENTS, params={"from": str(monday()), "to": str(monday())})
        assert listed.json()["items"] == [repeated.json()]


def close(database: str, server_url: str) -> None:
    """Make a database unreachable for the app: throw everybody out and let nobody in."""
    run(server_url, "ALTER DATABASE {} ALLOW_CONNECTIONS false", name_in(database))
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name_in(database),)
        )


def open_again(database: str, server_url: str) -> None:
    run(server_url, "ALTER DATABASE {} ALLOW_CONNECTIONS true", name_in(database))


async def eventually(caller: httpx2.AsyncClient, path: str) -> httpx2.Response:
    """Do what Retry-After asks for, a few times."""
    for _ in range(20):
        answer = await caller.get(path)
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(int(answer.headers["retry-after"]) / 4)
    return answer


class Proxy:
    """Stands before PostgreSQL; once armed it drops every connection at COMMIT, before or after its answer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.armed = ""
        self.down = False
        self.apps: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        if self.down:
            writer.close()
            return
        self.apps.append(writer)
        answers, upstream = await self._upstream()
        back = asyncio.create_task(self._back(answers, writer))
        while data := await reader.read(65536):
            if self.armed and b"COMMIT" in data:
                self.down = True
            upstream.write(data)
            await upstream.drain()
        back.cancel()
        upstream.close()

    async def _back(self, answers: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await answers.read(65536):
            if self.down:
                if self.armed == "after":
                    writer.write(data)
                    await writer.drain()
                for app in self.apps:
                    app.close()
                return
            writer.write(data)
            await writer.drain()

    async def _upstream(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        info = psycopg.conninfo.conninfo_to_dict(self.url)
        host, port = str(info.get("host") or "localhost"), int(info.get("port") or 5432)
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)


@asynccontextmanager
async def severed(url: str) -> AsyncIterator[tuple[str, Proxy]]:
    """Lend a URL that leads to the same database through a proxy that can be armed."""
    proxy = Proxy(url)
    listener = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        info = psycopg.conninfo.conninfo_to_dict(url)
        yield psycopg.conninfo.make_conninfo(**{**info, "host": "127.0.0.1", "port": port, "sslmode": "disable"}), proxy
