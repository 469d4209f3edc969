"""Who looks at the desk in tests: Alice, who owns the salon, Anna and Ben, who work in it, and Charlie of another."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2

from tests.desk import Desk, furnish
from tests.web.browsing import browser
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import sessions
from truebook.tenants.staff import STAFF
from truebook.tenants.users import USERS

CSRF = re.compile(r'name="csrf" value="([0-9a-f]{32})"')


@dataclass
class Somebody:
    """A browser that is signed in, and the mark its forms carry."""

    page: httpx2.AsyncClient
    user_id: UUID
    csrf: str = ""

    async def send(self, path: str, **fields: Any) -> httpx2.Response:
        """Send a form as its page would."""
        return await self.page.post(path, data={"csrf": self.csrf, **fields})


@dataclass
class House:
    """Two businesses and everybody who works there."""

    desk: Desk
    other: Desk
    alice: Somebody
    anna: Somebody
    charlie: Somebody
    nobody: httpx2.AsyncClient


async def signed_in(db: Database, desk: Desk, email: str, role: str) -> Somebody:
    """Return somebody new, signed in by a link."""
    user = await USERS.add(db, desk.scope, email=email, role=role, name=email.partition("@")[0].title())
    page = browser(db)
    token = await sessions.link(db, desk.scope, user.id, now=clock.now())
    answer = await page.post(f"/sign-in/{token}")
    assert answer.status_code == 303, answer.text
    found = CSRF.search((await page.get("/desk/me")).text)
    assert found is not None
    return Somebody(page, user.id, found[1])


@asynccontextmanager
async def house(db: Database) -> AsyncIterator[House]:
    """Open the salon and a stranger's practice, with everybody signed in."""
    desk, other = await furnish(db, zone="Europe/Vienna"), await furnish(db, "praxis-charlie")
    alice = await signed_in(db, desk, "alice@salon.example", "owner")
    anna = await signed_in(db, desk, "anna@salon.example", "staff")
    await STAFF.change(db, desk.scope, desk.staff["Anna"], {"user_id": anna.user_id})
    charlie = await signed_in(db, other, "charlie@praxis.example", "owner")
    async with browser(db) as nobody:
        yield House(desk, other, alice, anna, charlie, nobody)
    for one in (alice, anna, charlie):
        await one.page.aclose()
