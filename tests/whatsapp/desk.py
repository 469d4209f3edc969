"""Salon Alice with a number at WhatsApp, behind a real app, and the worker's part of it done by hand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx2
import procrastinate

from tests.chat import LINKS
from tests.desk import Desk, furnish
from tests.whatsapp import shapes
from truebook import worker
from truebook.app import build
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming.webhooks import Incoming
from truebook.assistant.offline.model import Offline
from truebook.db import Database
from truebook.delivery.outgoing import outgoing
from truebook.jobs import EVENTS
from truebook.jobs.publish import event
from truebook.kernel.settings import Settings
from truebook.tenants import numbers, vault
from truebook.tenants.numbers import Connection, Made
from truebook.tenants.vault import Vault

PLAIN = Settings(whatsapp_secret="the installation's", whatsapp_verify="its token")
CHATS = """
SELECT v.id, c.name, c.phone FROM conversations v
LEFT JOIN customers c ON c.account_id = v.account_id AND c.id = v.customer_id ORDER BY v.created_at, v.id
"""
SENT = """
WITH sent AS (UPDATE messages SET delivery = 'delivered' WHERE delivery = 'queued' RETURNING account_id, id, created_at)
INSERT INTO message_attempts (account_id, message_id, number, provider, form, outcome, started_at)
SELECT account_id, id, 1, 'whatsapp', 'free', 'delivered', created_at FROM sent RETURNING message_id
"""
SAID = "SELECT role, content FROM messages ORDER BY created_at, id"


@dataclass
class Salon:
    """A desk whose webhooks can be called."""

    desk: Desk
    made: Made
    vault: Vault
    http: httpx2.AsyncClient
    ran: set[int] = field(default_factory=set)
    sends: bool = True
    """Whether what is answered is on the phone at once; else it lies in the queue."""

    async def post(self, payload: dict[str, Any], *, secret: str = "app secret", hook: str | None = None) -> int:
        """Send a webhook; return the status of the answer."""
        body = shapes.sent(payload)
        path = f"/webhooks/whatsapp/{self.made.hook if hook is None else hook}".rstrip("/")
        answer = await self.http.post(path, content=body, headers=shapes.signed(body, secret))
        return answer.status_code

    async def work(self) -> None:
        """Do the jobs that wait, in their order, as if their time had come."""
        handlers: dict[str, Any] = {
            "updates_stored": Incoming(self.desk.db).work,
            "message_received": Assistant(self.desk.db, Offline(), LINKS).answer,
        }
        while jobs := [job for job in await self._jobs() if job[0] not in self.ran]:
            for number, task, arguments in jobs:
                self.ran.add(number)
                if task in handlers:
                    await handlers[task](event(EVENTS[task], arguments))
                if self.sends and task == "message_received":
                    await self.rows(SENT)

    async def _jobs(self) -> list[tuple[int, str, dict[str, str]]]:
        query = "SELECT id, task_name, args FROM procrastinate_jobs ORDER BY id"
        rows = await self.rows(query)
        return [(row[0], row[1], row[2] if isinstance(row[2], dict) else json.loads(row[2])) for row in rows]

    async def hear(self, *values: dict[str, Any]) -> None:
        """Let a webhook come in and everything be done that follows."""
        assert await self.post(shapes.envelope(*values)) == 200
        await self.work()

    async def rows(self, query: str, *params: Any) -> list[tuple]:
        async with self.desk.db.transaction(self.desk.scope) as tx:
            return await tx.rows(query, params)

    async def chats(self) -> list[tuple[str | None, str | None]]:
        """Return name and phone of everybody who has a chat."""
        return [row[1:] for row in await self.rows(CHATS)]

    async def said(self, role: str = "user") -> list[str]:
        return [row[1] for row in await self.rows(SAID) if row[0] == role]


class InTurn(httpx2.AsyncBaseTransport):
    """Gives one request to this app, the next to that one, as a proxy in front of them would."""

    def __init__(self, *apps: Any) -> None:
        self.ways = cycle([httpx2.ASGITransport(one) for one in apps])

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await next(self.ways).handle_async_request(request)


@dataclass
class Pair(Salon):
    """The salon behind two apps, and with two workers, that share nothing but the database."""

    workers: list[procrastinate.App] = field(default_factory=list)

    async def work(self) -> None:
        """Let both workers do what waits, at once, as if its time had come."""
        while await self.rows(BROUGHT_FORWARD):
            await asyncio.gather(*(
                one.run_worker_async(
                    queues=["inbound", "turns"], concurrency=4, wait=False, install_signal_handlers=False,
                    delete_jobs="successful", fetch_job_polling_interval=0.1,
                )
                for one in self.workers
            ))  # fmt: skip


BROUGHT_FORWARD = """
WITH due AS (UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at > now()
  AND queue_name IN ('inbound', 'turns'))
SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND queue_name IN ('inbound', 'turns')
"""


@asynccontextmanager
async def pair(url: str, settings: Settings = PLAIN) -> AsyncIterator[Pair]:
    """Lend the salon as two processes of each kind run it; nobody sends, so what is answered stays in its queue."""
    async with salon(url, settings) as one, Database(url, size=8) as other, httpx2.AsyncClient() as outside:
        dbs = (one.desk.db, other)
        way = InTurn(*(build(settings, db, LINKS, one.vault) for db in dbs))
        async with AsyncExitStack() as open_, httpx2.AsyncClient(transport=way, base_url="http://desk.test") as http:
            workers = [
                worker.build(db, Assistant(db, Offline(), LINKS), outgoing(db, LINKS, one.vault, outside)) for db in dbs
            ]
            for each in workers:
                await open_.enter_async_context(each.open_async())
            yield Pair(one.desk, one.made, one.vault, http, workers=workers)


@asynccontextmanager
async def salon(url: str, settings: Settings = PLAIN) -> AsyncIterator[Salon]:
    """Lend the salon with its number, which has an app of its own."""
    async with Database(url, size=8) as db:
        desk, keys = await furnish(db, zone="Europe/Vienna"), vault.read(vault.made())
        made = await numbers.connect(
            db, desk.scope, keys, Connection(shapes.NUMBER, shapes.ACCOUNT, "token", "app secret", "+15550783881")
        )
        transport = httpx2.ASGITransport(build(settings, db, LINKS, keys))
        async with httpx2.AsyncClient(transport=transport, base_url="http://desk.test") as http:
            yield Salon(desk, made, keys, http)
