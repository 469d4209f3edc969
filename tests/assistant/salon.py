"""Salon Lina, the demo business, on Tuesday 2 December 2031 at 9 in the morning; and its rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.chat import Chat, chat
from tests.desk import Desk, opened
from truebook import demos
from truebook.booking import actions
from truebook.booking.model import Customer, Wish
from truebook.db import Scope
from truebook.tenants import catalogue, hours
from truebook.tenants.accounts import ACCOUNTS
from truebook.tenants.hours import Hours, Opening

NOW = datetime(2031, 12, 2, 8, 0, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")
ROWS = """
SELECT service_name, staff_name, to_char(a.starts_at AT TIME ZONE 'Europe/Vienna', 'MM-DD HH24:MI'), status
FROM appointments a JOIN appointment_segments s ON s.appointment_id = a.id
ORDER BY a.starts_at, created_at
"""


@asynccontextmanager
async def salon(url: str) -> AsyncIterator[Desk]:
    """Lend the demo business in a database."""
    async with opened(url) as db:
        account = await demos.furnish(db)
        desk = Desk(db, account.id, Scope(account.id, "owner", "test"))
        shop = await catalogue.read(db, desk.scope)
        desk.services = {one.name: one.id for one in shop.services}
        desk.staff = {one.name: one.id for one in shop.staff}
        yield desk


async def carla(desk: Desk, **more: Any) -> Chat:
    """Begin a conversation as Carla."""
    return await chat(desk, now=NOW, **more)


async def talk(chat: Chat, *lines: str) -> str:
    """Say lines one after the other; return the last answer."""
    answer = ""
    for line in lines:
        answer = await chat.say(line)
    return answer


async def rows(desk: Desk) -> list[str]:
    """Return every appointment in a few words: "Haircut Anna 12-03 15:30 confirmed"."""
    async with desk.db.transaction(desk.scope) as tx:
        return [" ".join(row) for row in await tx.rows(ROWS)]


async def take(desk: Desk, service: str, staff: str, day: int, clock: str) -> None:
    """Let somebody else book a time in December 2031."""
    hour, minute = map(int, clock.split(":"))
    start = datetime(2031, 12, day, hour, minute, tzinfo=VIENNA).astimezone(UTC)
    wish = Wish(desk.services[service], start, Customer("Bob"), desk.staff[staff])
    await actions.book(desk.db, desk.scope, wish, now=NOW)


async def opens(desk: Desk, first: int, last: int) -> None:
    """Open from first to last hour on every day of the week."""
    week = tuple(Opening(day, first * 60, last * 60) for day in range(7))
    await hours.put(desk.db, desk.scope, Hours(None, 15, 60, 90, 120, week))


async def speaks(desk: Desk, *languages: str) -> None:
    """Let the business speak these languages."""
    await ACCOUNTS.change(desk.db, desk.scope, desk.account, {"languages": list(languages)})
