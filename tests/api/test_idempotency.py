"""Idempotency-Key on every change: it takes effect once, and a repeated request shows the same, or the same refusal."""

import asyncio
from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute

from tests.api.http import API, Shop, monday, shop
from tests.db.roles import run
from truebook.app import build
from truebook.channels.api import idempotency
from truebook.kernel.settings import Settings
from truebook.tenants import repeats

pytestmark = pytest.mark.anyio
PERM = {"name": "Perm", "duration_minutes": 30}


def keyed(text: str) -> dict[str, str]:
    return {"Idempotency-Key": text}


async def services(desk: Shop) -> list[str]:
    return [one["name"] for one in (await desk.alice.get(f"{API}/services")).json()["items"]]


async def test_what_was_made_is_made_once_and_shown_as_it_is_now(database: str) -> None:
    async with shop(database) as desk:
        first = await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))
        again = await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))
        assert (first.status_code, again.status_code, again.headers["idempotency-replayed"]) == (201, 201, "true")
        assert again.json() == first.json() and again.headers["location"] == first.headers["location"]
        place = first.headers["location"]
        for _ in range(2):
            changed = await desk.alice.patch(place, json={"price_minor": 1}, headers=keyed("b"))
            assert (changed.status_code, changed.json()["version"]) == (200, 2)
        assert (await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))).json()["price_minor"] == 1
        assert (await services(desk)).count("Perm") == 1
        for _ in range(2):
            assert (await desk.alice.delete(place, headers=keyed("c"))).status_code == 204
        assert (await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))).status_code == 404
        fresh = await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("d"))
        assert fresh.status_code == 201 and "idempotency-replayed" not in fresh.headers


async def test_a_key_belongs_to_one_request_of_one_caller(database: str) -> None:
    async with shop(database) as desk:
        assert (await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))).status_code == 201
        other: list[tuple[httpx2.AsyncClient, str, Any]] = [
            (desk.alice, f"{API}/services", {**PERM, "duration_minutes": 45}),
            (desk.alice, f"{API}/staff", {"name": "Perm"}),
            (desk.bob, f"{API}/services", PERM),
        ]
        for who, path, body in other:
            refused = await who.post(path, json=body, headers=keyed("a"))
            assert (refused.status_code, refused.json()["code"]) == (422, "key_reused"), refused.text
        assert (await desk.charlie.post(f"{API}/services", json=PERM, headers=keyed("a"))).status_code == 201
        for odd in ("", "x" * 201, "\u00e9"):
            answer = await desk.alice.post(f"{API}/services", json=PERM, headers={b"idempotency-key": odd.encode()})
            assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key"), odd


async def test_a_refused_key_never_leads_to_anything_else(database: str) -> None:
    async with shop(database) as desk:
        taken = {"name": "Haircut", "duration_minutes": 30}
        first = await desk.alice.post(f"{API}/services", json=taken, headers=keyed("a"))
        assert first.status_code == 409
        await desk.alice.patch(f"{API}/services/{desk.desk.services['Haircut']}", json={"name": "Cut"})
        again = await desk.alice.post(f"{API}/services", json=taken, headers=keyed("a"))
        assert (again.status_code, again.json()) == (409, first.json())
        assert (await desk.alice.post(f"{API}/services", json=taken, headers=keyed("b"))).status_code == 201
        who = {"name": "Carla", "phone": "+43 660 1234567"}
        window = {"start": f"{monday()}T10:00", "end": f"{monday()}T12:00"}
        wanted = {"service_id": str(desk.desk.services["Haircut"]), "customer": who, "windows": [window]}
        entry = (await desk.alice.post(f"{API}/waitlist", json=wanted)).json()["id"]
        early = [await desk.alice.post(f"{API}/waitlist/{entry}/take", headers=keyed("c")) for _ in range(2)]
        assert [one.status_code for one in early] == [409, 409] and early[0].json() == early[1].json()


async def test_the_same_sent_many_times_at_once_takes_effect_once(database: str) -> None:
    async with shop(database) as desk:
        answers = await asyncio.gather(
            *(desk.alice.post(f"{API}/customers", json={"name": "Carla"}, headers=keyed("a")) for _ in range(6))
        )
        settled = [one for one in answers if one.status_code != 409]  # who came before its answer was noted
        assert {one.status_code for one in settled} == {201} and len({one.json()["id"] for one in settled}) == 1
        items = (await desk.alice.get(f"{API}/customers")).json()["items"]
        assert len(items) == 1


async def test_what_took_effect_is_not_done_again_though_its_answer_was_lost(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise RuntimeError("the process ended here")

    async with shop(database) as desk:
        with monkeypatch.context() as here, pytest.raises(RuntimeError):
            here.setattr(repeats, "settle", lost)
            await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))
        again = await desk.alice.post(f"{API}/services", json=PERM, headers=keyed("a"))
        assert (again.status_code, "took effect already" in again.json()["detail"]) == (409, True)
        assert (await services(desk)).count("Perm") == 1


async def test_an_operator_opens_a_business_once(database: str) -> None:
    async with shop(database) as desk:
        new = {"name": "Studio Dora", "slug": "studio-dora"}
        made = [await desk.operator.post(f"{API}/accounts", json=new, headers=keyed("a")) for _ in range(2)]
        assert [one.status_code for one in made] == [201, 201] and made[0].json() == made[1].json()
        place = made[0].headers["location"]
        keys = [await desk.operator.post(f"{place}/keys", json={"name": "Dora"}, headers=keyed("b")) for _ in range(2)]
        assert [one.status_code for one in keys] == [201, 201] and keys[0].json()["id"] == keys[1].json()["id"]
        assert "key" in keys[0].json() and "key" not in keys[1].json()  # it can be read once
        assert (await desk.operator.delete(place, headers=keyed("c"))).status_code == 204


async def test_nothing_of_anybody_is_kept_with_a_key(database: str) -> None:
    async with shop(database) as desk:
        carla = {"name": "Carla Gschwandtner", "phone": "+43 660 7654321"}
        for _ in range(2):
            await desk.alice.post(f"{API}/customers", json=carla, headers=keyed("a"))
        async with desk.desk.db.reading(desk.desk.scope) as tx:
            rows = await tx.rows("SELECT k::text FROM kept_requests k")
        assert len(rows) == 1 and "Gschwandtner" not in rows[0][0] and "7654321" not in rows[0][0]
        run(database, "UPDATE truebook.kept_requests SET expires_at = now()")


def test_every_change_has_a_key_or_a_reason() -> None:
    changes = [
        (route.name, method)
        for route in build(Settings()).routes
        if isinstance(route, APIRoute) and route.path.startswith(API)
        for method in route.methods - {"GET"}
        if not idempotency.applies(route, method)
        and not any(one.alias == "Idempotency-Key" for one in route.dependant.header_params)
    ]
    looking = {"find_visits", "why_no_visit"}
    named = {name for name, _ in changes}
    assert named - looking - {"open_session", "say", "save"} <= idempotency.BY_THEMSELVES, named
