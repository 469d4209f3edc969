"""/healthz and /readyz: alive is not yet fit to take bookings."""

import pytest

from tests.api.http import shop
from tests.db.roles import run

pytestmark = pytest.mark.anyio


async def test_a_healthy_database_is_ready(database: str) -> None:
    async with shop(database) as there:
        assert (await there.nobody.get("/healthz")).json() == {"status": "alive"}
        for _ in range(3):
            answer = await there.nobody.get("/readyz")
            assert (answer.status_code, answer.json()) == (200, {"ready": True, "problems": []})


async def test_a_broken_database_is_alive_but_not_ready_and_says_why(database: str) -> None:
    run(database, "ALTER TABLE truebook.customers NO FORCE ROW LEVEL SECURITY")
    async with shop(database) as there:
        assert (await there.nobody.get("/healthz")).status_code == 200
        answer = await there.nobody.get("/readyz")
        assert answer.status_code == 503
        assert "one business could see another's rows in: customers" in answer.json()["problems"]
