"""Over a real socket: large bodies are refused without being kept, and the app opens its own database."""

import http.client
import json
import resource
from contextlib import closing, suppress

import anyio
import pytest

from tests.api.http import API, serving
from tests.desk import furnish, opened
from truebook.app import build
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.tenants import access

MEGABYTES = 50


async def prepare(url: str) -> str:
    async with opened(url) as db:
        desk = await furnish(db)
        return await access.issue(db, desk.scope, "owner")


def post(port: int, key: str, body: bytes, *, chunked: bool) -> tuple[int, dict[str, object]]:
    """Post a body, announced or in chunks, and return the answer even if the server stops listening."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    pieces = (body[at : at + 65536] for at in range(0, len(body), 65536))
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", f"{API}/services", pieces if chunked else body, headers, encode_chunked=chunked)
        with closing(connection.getresponse()) as answer:
            return answer.status, json.loads(answer.read())


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
def test_large_bodies_are_refused_and_not_kept(database: str, chunked: bool) -> None:
    key = anyio.run(prepare, database)
    body = b" " * (MEGABYTES * 1_000_000)
    with serving(database) as port:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        status, problem = post(port, key, body, chunked=chunked)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert (status, problem["code"]) == (413, "content_too_large")
        assert grown < MEGABYTES * 1024 / 2
        small = json.dumps({"name": "Perm", "duration_minutes": 30}).encode()
        assert post(port, key, small, chunked=chunked)[0] == 201


def test_without_a_database_the_app_does_not_start() -> None:
    async def start() -> None:
        app = build(Settings())
        async with app.router.lifespan_context(app):
            pass

    with pytest.raises(Invalid, match="DATABASE_URL"):
        anyio.run(start)
