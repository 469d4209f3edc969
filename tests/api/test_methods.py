"""What HTTP asks of every resource (RFC 9110): HEAD beside GET, and Allow with all the methods a path knows."""

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import httpx2
import pytest
from starlette.routing import Route

from tests.api.http import API, serving, shop
from truebook.app import build
from truebook.booking.links import Links
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.anyio
APP = build(Settings(), links=Links("http://desk.test", b"secret"))


PASSING = ("ratelimit", "x-request-id")
"""Headers that are another in every answer."""
IN_PLACE = {
    "slug": "salon-alice", "code": "222-222", "token": "x", "position": "1", "number": "1", "name": "x", "ticket": "x",
    "by": "week", "what": "reminders",
}  # fmt: skip
"""What stands in a path in place of its parameters; of any other an id."""


def methods() -> Iterator[tuple[str, set[str]]]:
    """Yield every path of the app and the methods its routes know: a name such as /blocks/resolve may be an id too."""
    routes = [route for route in APP.routes if isinstance(route, Route)]
    for path in sorted({route.path_format for route in routes}):
        known = {
            method
            for route in routes
            if route.path_format == path or route.path_regex.match(path)
            for method in route.methods or ()
        }
        yield path, known | ({"HEAD"} if "GET" in known else set())


@pytest.mark.parametrize(("path", "known"), [*methods()], ids=lambda one: one if isinstance(one, str) else "")
async def test_a_method_that_a_path_does_not_know_is_told_all_that_it_knows(path: str, known: set[str]) -> None:
    url = re.sub(r"\{(\w+)\}", lambda one: IN_PLACE.get(one[1]) or str(uuid4()), path)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(APP), base_url="http://desk") as anybody:
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"} - known:
            refused = await anybody.request(method, url)
            assert refused.status_code == 405, (method, url)
            assert refused.headers["allow"] == ", ".join(sorted(known)), (method, url)


async def test_head_is_get_without_the_body(database: str) -> None:
    async with shop(database) as desk:
        for path in (f"{API}/services/{desk.desk.services['Haircut']}", f"{API}/staff", f"{API}/hours", "/healthz"):
            get, head = await desk.alice.get(path), await desk.alice.head(path)
            assert (head.status_code, head.content) == (200, b"")
            told = [{k: v for k, v in one.headers.items() if k not in PASSING} for one in (head, get)]
            assert told[0] == told[1]
        assert (await desk.nobody.head(f"{API}/staff")).status_code == 401
        missing = await desk.alice.head(f"{API}/staff/{uuid4()}")
        assert (missing.status_code, missing.content) == (404, b"")


def test_over_a_socket_too(database: str) -> None:
    with serving(database) as port, closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        for _ in range(2):  # a body that nobody expects would be read as the beginning of the next answer
            connection.request("HEAD", "/healthz")
            answer = connection.getresponse()
            assert (answer.status, answer.read(), answer.headers["content-length"]) == (200, b"", "18")
