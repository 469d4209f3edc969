"""What machines that watch are told."""

import re

import pytest

from tests.api.http import API, Shop, monday, shop
from tests.db.roles import run

pytestmark = pytest.mark.anyio


async def test_readiness_names_what_is_wrong_and_how_to_mend_it(database: str) -> None:
    async with shop(database) as desk:
        ready = await desk.nobody.get("/readyz")
        # the tests' own server runs without fsync unless DATABASE_URL names a better one
        assert ready.json()["ready"] is (ready.status_code == 200)
        assert [one["name"] for one in ready.json()["problems"]] in ([], ["fsync"])
        assert all(one["problem"] and one["fix"] for one in ready.json()["problems"])


async def figure_of(desk: Shop, name: str) -> float | None:
    text = (await desk.nobody.get("/metrics")).text
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


async def test_figures_tell_what_waits_for_a_worker_and_for_how_long(database: str) -> None:
    labels = '{status="todo",task="appointment_changed"}'
    async with shop(database) as desk:
        assert await figure_of(desk, f"truebook_jobs{labels}") is None
        await desk.booked()
        assert await figure_of(desk, f"truebook_jobs{labels}") == 1
        assert await figure_of(desk, 'truebook_pool_connections{state="open"}') >= 1
        assert await figure_of(desk, 'truebook_promises_open{promise="news to tell"}') == 1
        assert await figure_of(desk, 'truebook_promises_open{promise="promises past their deadline"}') is None
        late = "INSERT INTO truebook.alerts (account_id, kind, subject, words) SELECT id, 'untold', id, '' FROM truebook.accounts"
        run(database, late)
        assert await figure_of(desk, 'truebook_promises_open{promise="promises past their deadline"}') == 2
        run(database, "UPDATE truebook.procrastinate_events SET at = at - interval '1 hour'")
        assert 3600 <= (await figure_of(desk, f"truebook_jobs_oldest_seconds{labels}") or 0) < 3700
        assert await figure_of(desk, "truebook_database_up") == 1
        run(database, "ALTER TABLE truebook.procrastinate_jobs RENAME TO gone")
        assert await figure_of(desk, "truebook_database_up") == 0
        assert await figure_of(desk, f"truebook_jobs{labels}") is None


async def test_figures_count_bookings_and_refusals_and_name_nobody(database: str) -> None:
    async with shop(database) as desk:

        async def figure(name: str) -> float:
            return await figure_of(desk, name) or 0

        booked = 'truebook_bookings_total{action="book",channel="api",outcome="done"}'
        refused = 'truebook_refusals_total{channel="api",code="booked"}'
        requests = 'truebook_http_requests_total{method="GET",route="/api/v1/appointments/{id}",status="200"}'
        before = [await figure(name) for name in (booked, refused, requests)]
        made = await desk.booked()
        await desk.alice.post(f"{API}/appointments", json=desk.wanted())
        await desk.alice.get(f"{API}/appointments/{made['id']}")
        await desk.alice.get(f"{API}/nothing/{made['id']}", headers={"X-Name": "Carla"})
        after = [await figure(name) for name in (booked, refused, requests)]
        assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1]
        text = (await desk.nobody.get("/metrics")).text
        for personal in (made["id"], made["code"], "Carla", "6601234567", str(monday()), str(desk.desk.account)):
            assert personal not in text


async def test_a_broken_database_is_alive_but_not_ready_and_says_why(database: str) -> None:
    run(database, "ALTER TABLE truebook.customers NO FORCE ROW LEVEL SECURITY")
    async with shop(database) as there:
        assert (await there.nobody.get("/healthz")).json() == {"status": "alive"}
        answer = await there.nobody.get("/readyz")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        problems = [one["problem"] for one in answer.json()["problems"]]
        assert "one business could see another's rows in: customers" in problems
