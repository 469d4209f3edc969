"""What is not for everybody: figures, what is wrong, documentation; and what a stranger can make us hold or do."""

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from tests.api.http import API, Shop, bearer_of, client, serving, shop
from tests.test_newcomer import free_port
from truebook.app import build
from truebook.cli import impatient, running
from truebook.kernel.settings import Settings, read

pytestmark = pytest.mark.anyio
PUBLIC = Settings(host="0.0.0.0", public_url="https://desk.example")


@asynccontextmanager
async def published(desk: Shop, settings: Settings = PUBLIC) -> AsyncIterator[dict[str, httpx2.AsyncClient]]:
    """Lend clients of a desk that others than its own machine are meant to reach."""
    transport = httpx2.ASGITransport(build(settings, desk.desk.db))
    keys = {"alice": bearer_of(desk.alice), "operator": bearer_of(desk.operator), "nobody": ""}
    clients = {name: client(transport, key) for name, key in keys.items()}
    yield clients
    for one in clients.values():
        await one.aclose()


async def test_figures_and_faults_are_the_operators_where_others_may_come(database: str) -> None:
    async with shop(database) as desk, published(desk) as there:
        statuses = {who: (await one.get("/metrics")).status_code for who, one in there.items()}
        assert statuses == {"nobody": 401, "alice": 403, "operator": 200}
        for who, one in there.items():
            told = (await one.get("/readyz")).json()
            assert ("problems" in told) is (who == "operator")
            assert isinstance(told["ready"], bool)
        assert (await desk.nobody.get("/metrics")).status_code == 200  # a machine of one's own


async def test_documentation_is_for_those_with_a_key_where_others_may_come(database: str) -> None:
    async with shop(database) as desk:
        async with published(desk) as there:
            for path in ("/docs", f"{API}/openapi.json"):
                assert (await there["nobody"].get(path)).status_code == 401
                assert [(await there[who].get(path)).status_code for who in ("alice", "operator")] == [200, 200]
        async with published(desk, replace(PUBLIC, docs=True)) as there:
            assert (await there["nobody"].get("/docs")).status_code == 200
        page = await desk.nobody.get("/docs")
        start = (await desk.nobody.get("/docs/start.js")).text
        assert "persistAuthorization" not in page.text + start
        assert not re.search(r"<script>|<style>| on\w+=", page.text)


@pytest.mark.parametrize(
    ("environment", "private"),
    [
        ({}, True),
        ({"TRUEBOOK_URL": "http://localhost:8000"}, True),
        ({"TRUEBOOK_URL": "https://desk.example"}, False),
        ({"TRUEBOOK_HOST": "0.0.0.0"}, False),
        ({"TRUEBOOK_PRODUCTION": "yes"}, False),
    ],
)
def test_a_desk_is_private_as_long_as_nobody_else_is_meant_to_come(environment: dict[str, str], private: bool) -> None:
    assert read(environment).private is private


async def test_every_answer_says_what_it_is_and_is_framed_by_nobody(database: str) -> None:
    async with shop(database) as desk, published(desk) as there:
        for one, https in ((there["alice"], True), (desk.alice, False)):
            for path in (f"{API}/account", f"{API}/nothing", "/healthz", "/docs", "/docs/swagger-ui.css", "/nowhere"):
                headers = (await one.get(path)).headers
                assert headers["x-content-type-options"] == "nosniff", path
                assert "frame-ancestors 'none'" in headers["content-security-policy"], path
                assert ("strict-transport-security" in headers) is https, path


async def test_a_thousand_faults_are_not_told_one_by_one(database: str) -> None:
    async with shop(database) as desk:
        body = {f"{number}{'x' * 90}": "y" for number in range(5000)}
        refused = await desk.alice.post(f"{API}/services", json=body)
        told = refused.json()
        assert (refused.status_code, len(told["errors"]), told["data"]) == (422, 20, {"more_errors": 4982})
        assert len(refused.content) < 20_000


async def test_nothing_is_read_of_what_comes_without_a_key(database: str) -> None:
    async with shop(database) as desk:
        app, answers = build(Settings(), desk.desk.db), list[dict[str, Any]]()

        async def unread() -> dict[str, Any]:
            raise AssertionError("the body was asked for")

        async def send(message: Any) -> None:
            answers.append(message)

        for path in (f"{API}/appointments", f"{API}/accounts"):
            scope = {
                "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
                "headers": [(b"content-type", b"application/json"), (b"content-length", b"900000")],
                "http_version": "1.1", "scheme": "http", "root_path": "", "server": ("desk", 80),
                "client": ("1.2.3.4", 5), "state": {},
            }  # fmt: skip
            await app(scope, unread, send)
        assert [one["status"] for one in answers if "status" in one] == [401, 401]


HALVES = {
    "half a header": b"GET /healthz HTTP/1.1\r\nHost: des",
    "nothing": b"",
    "half a body": b"POST /api/v1/appointments HTTP/1.1\r\nHost: desk\r\nContent-Length: 1000\r\n\r\n{",
    "half of a second request": b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\nGET /heal",
}


def test_who_sends_half_a_request_is_hung_up_on(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impatient, "PATIENCE", 0.3)
    with serving(database) as port:
        for what, half in HALVES.items():
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(half)
                answer = b""
                while piece := line.recv(65536):  # ends when the other side hangs up
                    answer += piece
                assert (b"200 OK" in answer) is ("second" in what), what


async def test_those_who_watch_have_a_port_of_their_own(database: str) -> None:
    async with shop(database) as desk:
        place = ("127.0.0.1", free_port())
        async with (
            running.watched(replace(PUBLIC, watch=place), desk.desk.db),
            httpx2.AsyncClient(base_url=f"http://127.0.0.1:{place[1]}") as watcher,
        ):
            assert (await watcher.get("/healthz")).json() == {"status": "alive"}
            assert "problems" in (await watcher.get("/readyz")).json()
            assert "truebook_database_up 1.0" in (await watcher.get("/metrics")).text
            assert (await watcher.get(f"{API}/account")).status_code == 404
