"""By which names a desk is asked: an answer repeats none, and what is for this machine alone hears no other's."""

import httpx2
import pytest

from tests.desk import furnish, opened
from tests.web.browsing import browser
from truebook.channels.api.hosts import may_be_ours
from truebook.kernel.settings import Settings
from truebook.simulator.server import Number, Simulator

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "my-pc", "my-pc.local", "desk.test.", ""]
)
def test_addresses_and_names_of_ones_own_house_are_ours(host: str) -> None:
    assert may_be_ours(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "a.local.de"]
)
def test_a_name_that_somebody_can_own_may_be_theirs(host: str) -> None:
    assert not may_be_ours(host)


async def test_a_desk_for_this_machine_alone_answers_to_no_name_of_others(database: str) -> None:
    evil = {"Host": "evil.example"}
    async with opened(database) as db, browser(db, Settings()) as here, browser(db) as public:
        await furnish(db)
        for path in ("/salon-alice", "/metrics", "/docs", "/api/v1/services"):
            assert (await here.get(path, headers=evil)).status_code == 421, path
            assert (await here.get(path, headers={"Host": "127.0.0.1:8000"})).status_code != 421, path
        assert (await public.get("/salon-alice", headers=evil)).status_code == 200, "there the proxy decides"


async def test_a_slash_too_many_leads_nowhere_else(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        await furnish(db)
        led = await page.get("/salon-alice/?tz=Europe/Vienna", headers={"Host": "evil.example"})
        assert (led.status_code, led.headers["location"]) == (307, "/salon-alice?tz=Europe/Vienna")
        assert led.headers["cache-control"] == "no-store"
        for path in ("//evil.example/", "/\\evil.example/", "/%5Cevil.example/", "/%0D%0Ax:1/"):
            there = (await page.get(f"http://desk.test{path}")).headers.get("location", "/")
            assert there.startswith("/") and not there.startswith(("//", "/\\")), path


async def test_no_other_sites_page_writes_as_a_customer_of_the_simulator() -> None:
    async with httpx2.AsyncClient() as http:
        app = Simulator(Number("1", "2", "token", "+15550100", "secret", ""), http).app()
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8001") as phone:
            wanted = {"json": {"name": "Eve"}}
            assert (await phone.post("/phone/people", **wanted)).status_code == 201
            for told in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example:8001"}):
                assert (await phone.post("/phone/people", **wanted, headers=told)).status_code == 403, told
            plain = {"content": '{"name": "Eve"}', "headers": {"Content-Type": "text/plain"}}
            assert (await phone.post("/phone/people", **plain)).status_code == 403
            assert (await phone.get("/phone/state", headers={"Host": "evil.example"})).status_code == 403
            own = {"Origin": "http://127.0.0.1:8001"}
            assert (await phone.post("/phone/people", **wanted, headers=own)).status_code == 201
