"""Salon Alice over HTTP: her key, a colleague's (Bob), a stranger's (Charlie), an operator's, and none."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx2
import uvicorn

from tests.desk import Desk, furnish
from truebook.app import build
from truebook.cli.impatient import Impatient
from truebook.db import Database
from truebook.kernel import clock, ids
from truebook.kernel.settings import Settings
from truebook.tenants import access

API = "/api/v1"


def monday() -> date:
    """Return a Monday one to two weeks ahead: HTTP runs on the real clock."""
    today = clock.now().date()
    return today + timedelta(days=14 - today.weekday())


@dataclass
class Shop:
    """Two businesses behind one app, and a client for everybody."""

    desk: Desk
    other: Desk
    alice: httpx2.AsyncClient
    bob: httpx2.AsyncClient
    charlie: httpx2.AsyncClient
    operator: httpx2.AsyncClient
    nobody: httpx2.AsyncClient

    def wanted(self, clock_time: str = "10:00", **more: Any) -> dict[str, Any]:
        """Return the JSON of a haircut with Anna on Monday, on the salon's own clock."""
        return {
            "service_id": str(self.desk.services["Haircut"]),
            "staff_id": str(self.desk.staff["Anna"]),
            "start": f"{monday()}T{clock_time}",
            "customer": {"name": "Carla", "phone": "+43 660 1234567"},
            **more,
        }

    async def booked(self, clock_time: str = "10:00", **more: Any) -> dict[str, Any]:
        """Book, and return the appointment as it was answered."""
        answer = await self.alice.post(f"{API}/appointments", json=self.wanted(clock_time, **more))
        assert answer.status_code == 201, answer.text
        appointment: dict[str, Any] = answer.json()
        return appointment


@asynccontextmanager
async def shop(url: str, zone: str = "Europe/Madrid", patience: float = 5.0) -> AsyncIterator[Shop]:
    """Open the salon and a stranger's practice on a database."""
    async with Database(url, size=8, patience=patience) as db:
        desk, other = await furnish(db, zone=zone), await furnish(db, "praxis-charlie")
        own = ids.uuid7()
        keys = {
            "alice": await access.issue(db, desk.scope, "Alice", key_id=own),
            "bob": await access.issue(db, desk.scope, "Bob", issued_by=own),
            "charlie": await access.issue(db, other.scope, "Charlie"),
            "operator": await access.issue(db, access.OPERATOR, "operator"),
            "nobody": "",
        }
        transport = httpx2.ASGITransport(build(Settings(), db))
        clients = {name: client(transport, key) for name, key in keys.items()}
        yield Shop(desk, other, **clients)
        for one in clients.values():
            await one.aclose()


def client(transport: httpx2.ASGITransport, key: str) -> httpx2.AsyncClient:
    """Return a client that sends a key, if there is one."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx2.AsyncClient(transport=transport, base_url="http://desk", headers=headers)


def bearer_of(one: httpx2.AsyncClient) -> str:
    """Return the key that a client sends."""
    return one.headers["authorization"].removeprefix("Bearer ")


@contextmanager
def serving(url: str) -> Iterator[int]:
    """Serve an app that opens the database itself; lend the port."""
    server = uvicorn.Server(
        uvicorn.Config(build(Settings(database_url=url)), port=0, log_level="error", access_log=False, http=Impatient)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
