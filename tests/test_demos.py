"""The four demo businesses: each is set up from nothing over REST, and serves its customers by REST and by chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.api.http import API, client
from tests.assistant.scripted import visits
from tests.chat import chat
from tests.desk import Desk, opened
from truebook import demos
from truebook.app import build
from truebook.booking import turns
from truebook.booking.model import Span
from truebook.db import Scope
from truebook.kernel import clock
from truebook.kernel.settings import Settings
from truebook.tenants import access, accounts, catalogue, demo
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
EN, DE = ("Monday", "Tuesday", "Wednesday", "Thursday"), ("Montag", "Dienstag", "Mittwoch", "Donnerstag")


@asynccontextmanager
async def open_demo(url: str, name: str) -> AsyncIterator[tuple[Desk, httpx2.AsyncClient]]:
    """Lend a demo business in a fresh database, and a client with its owner's key."""
    async with opened(url) as db:
        account = await demos.furnish(db, name)
        desk = Desk(db, account.id, Scope(account.id, "owner", "test"))
        shop = await catalogue.read(db, desk.scope)
        desk.services = {one.name: one.id for one in shop.services}
        desk.staff = {one.name: one.id for one in shop.staff}
        key = await access.issue(db, desk.scope, "test")
        async with client(httpx2.ASGITransport(build(Settings(), db)), key) as owner:
            yield desk, owner


async def ask(owner: httpx2.AsyncClient, method: str, path: str, **more: Any) -> dict[str, Any]:
    answer = await owner.request(method, API + path, **more)
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def booked(owner: httpx2.AsyncClient, *services: Any, **more: Any) -> dict[str, Any]:
    """Book the first time that a visit of some services can be had."""
    segments = [{"service_id": str(one)} for one in services]
    today = clock.now().date()
    days = {"from": str(today), "to": str(today + timedelta(days=14))}
    found = await ask(owner, "POST", "/availability", json={"segments": segments, "limit": 1, **days})
    start = found["items"][0]["start"]
    body = {"segments": segments, "start": start, "customer": {"name": "Rosa"}, **more}
    return await ask(owner, "POST", "/appointments", json=body)


async def talks(desk: Desk, *lines: str, phone: str = "+436601234567") -> list[str]:
    """Say lines in a chat, pressing the first button where a line is empty; return what came of it as rows."""
    before = await visits(desk)
    talk = await chat(desk, phone=phone)
    said = []
    for line in lines:
        press = talk.last.buttons[0] if talk.last and talk.last.buttons else ""
        said.append(await talk.say(line or press))
    made = [one for one in await visits(desk) if one not in before]
    assert made, said
    return made


def ahead(weekday: int) -> date:
    """Return the next such day (0 = Monday) that is three days ahead or more."""
    day = clock.now().date() + timedelta(days=3)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


async def test_the_salon_books_a_cut_and_a_colour_with_chairs_and_the_stylist_free_while_it_sets(database: str) -> None:
    async with open_demo(database, "salon") as (desk, owner):
        made = await booked(owner, desk.services["Haircut"], desk.services["Colour"])
        assert [part["service"]["name"] for part in made["segments"]] == ["Haircut", "Colour"]
        assert {one["role"] for part in made["segments"] for one in part["resources"]} == {"chair"}
        (row,) = await talks(desk, "cut and colour", "", "", "yes")
        assert row.startswith("confirmed: Haircut") and "Colour" in row
        (row,) = await talks(desk, "einen Haarschnitt für mich und meine Tochter", "", "", "ja")
        assert row.count("Haircut") == 2 and "Tochter" in row


async def test_the_clinic_keeps_a_room_and_the_laser_with_the_doctor(database: str) -> None:
    async with open_demo(database, "clinic") as (desk, owner):
        made = await booked(owner, desk.services["Laser treatment"])
        assert {one["role"] for one in made["segments"][0]["resources"]} == {"room", "laser"}
        wanted = {
            "service_id": made["segments"][0]["service"]["id"],
            "start": made["start"],
            "customer": {"name": "Ida"},
        }
        other = next(who for who in ("Dr. Weber", "Dr. Huber") if who != made["staff"]["name"])
        refused = await owner.post(f"{API}/appointments", json={**wanted, "staff_id": str(desk.staff[other])})
        assert (refused.status_code, refused.json()["code"]) == (409, "booked")  # the one laser is in use
        (row,) = await talks(desk, "a laser treatment with Dr. Weber", "", "", "yes")
        assert row.startswith("confirmed: Laser treatment Dr. Weber")
        (row,) = await talks(desk, "eine Blutabnahme bitte", "", "", "ja")
        assert row.startswith("confirmed: Blood test Eva")


async def test_the_studio_gives_places_in_classes_and_a_waiting_list(database: str) -> None:
    async with open_demo(database, "studio") as (desk, owner):
        classes = (await ask(owner, "GET", "/classes", params={"service_id": str(desk.services["Pilates"])}))["items"]
        assert [one["seats"] for one in classes][:2] == [6, 6]
        body = {"class_id": classes[0]["id"], "seats": 6, "customer": {"name": "Rosa"}}
        full = await ask(owner, "POST", "/appointments", json=body)
        (row,) = await talks(desk, f"two places in the yoga class on {ahead(5)}", "yes", "yes")
        assert row.count("Yoga Sara") == 2
        (row,) = await talks(desk, f"einen Platz im Yogakurs am {ahead(0):%d.%m.}", "ja", "ja")
        assert row.startswith("confirmed: Yoga Sara") and "18:00" in row
        day = classes[0]["start"][:10]
        waiting = await chat(desk, name="Dora", phone="+34600000001")
        assert "not enough places left" in await waiting.say(f"a place in pilates on {day} at 19:30")
        asked = await waiting.say("put me on the waiting list for that")
        assert asked.startswith("I would put you on the waiting list: Pilates")
        assert "You are on the waiting list" in await waiting.say("yes")
        await ask(owner, "POST", f"/appointments/{full['id']}/cancel", json={})
        start = datetime.fromisoformat(classes[0]["start"])
        (held,) = await turns.offer(desk.db, desk.scope, Span(start, start + timedelta(hours=1)), now=clock.now())
        assert (held.start, held.segments[0].session_id) == (start, UUID(classes[0]["id"]))


async def test_the_tutor_gives_lessons_every_week(database: str) -> None:
    async with open_demo(database, "tutor") as (desk, owner):
        made = await booked(owner, desk.services["Trial lesson"])
        assert made["staff"]["name"] == "Nora"
        day = next(n for n in range(4) if n != clock.now().weekday())  # not today, whose hour may be too near
        rows = await talks(desk, f"maths every {EN[day]} at 5pm for ten weeks", "yes")
        assert len(rows) == 10
        assert {row.split()[-1] for row in rows} == {"17:00"}
        rows = await talks(desk, f"jeden {DE[day]} um 16 Uhr Englisch, acht Wochen lang", "ja", phone="+436607654321")
        assert len(rows) == 8


async def test_desks_that_start_at_once_set_up_one_business(database: str) -> None:
    async with opened(database) as db:
        made = await asyncio.gather(*(demos.furnish(db) for _ in range(4)))
        assert len({account.id for account in made}) == 1
        shop = await catalogue.read(db, Scope(made[0].id, "test"))
        assert [one.name for one in shop.services] == ["Haircut", "Colour", "Beard trim"]
        assert [one.name for one in shop.staff] == ["Anna", "Ben", "Clara"]
        async with db.transaction(access.OPERATOR) as tx:
            assert await tx.rows("SELECT FROM api_keys WHERE revoked_at IS NULL AND account_id IS NULL") == []


async def test_a_start_that_was_interrupted_is_made_up_for(database: str) -> None:
    async with opened(database) as db:
        begun = await accounts.open_account(db, "test", name="Salon Lina", slug=demo.SLUG)
        await SERVICES.add(db, Scope(begun.id, "owner"), name="Haircut", duration_minutes=45)
        account = await demos.furnish(db)
        shop = await catalogue.read(db, Scope(account.id, "test"))
        assert (account.id, len(shop.week), len(shop.services)) == (begun.id, 6, 3)


async def test_what_the_owner_changed_is_left_alone(database: str) -> None:
    async with opened(database) as db:
        account = await demos.furnish(db)
        scope = Scope(account.id, "owner")
        for one in await SERVICES.page(db, scope):
            await SERVICES.remove(db, scope, one.id)
        await demos.furnish(db)
        assert await SERVICES.page(db, scope) == []
