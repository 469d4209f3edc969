"""Salon Alice and the simulator, each behind a real socket, with the worker's part done by hand or by workers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Any, TypeVar
from uuid import UUID

import httpx2
import uvicorn

from tests.chat import LINKS
from tests.desk import Desk, furnish
from truebook import worker
from truebook.app import build
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming.listening import Listener
from truebook.assistant.offline.model import Offline
from truebook.connectors.mail.post import Post
from truebook.connectors.whatsapp.management import Management
from truebook.db import Database
from truebook.delivery.outgoing import Outgoing, outgoing
from truebook.delivery.sending import Sender
from truebook.kernel.settings import Settings
from truebook.ledger.templates import keep
from truebook.onboarding.templates import create_missing
from truebook.simulator.phones import Bubble, Person
from truebook.simulator.server import Number, Simulator
from truebook.tenants import numbers, vault
from truebook.tenants.numbers import Connection, Made
from truebook.tenants.vault import Vault

T = TypeVar("T")
IDS = ("106540352242922", "102290129340398")
TOKEN, SECRET, PHONE = "EAAG-token", "app-secret", "+15550783881"


@dataclass
class Town:
    """A desk, its sender, and the simulator it is connected to."""

    desk: Desk
    sim: Simulator
    sender: Sender
    made: Made
    vault: Vault
    address: str

    async def rows(self, query: str, *params: Any) -> list[tuple]:
        async with self.desk.db.transaction(self.desk.scope) as tx:
            return await tx.rows(query, params)

    async def run(self, query: str, *params: Any) -> None:
        async with self.desk.db.transaction(self.desk.scope) as tx:
            await tx.run(query, params)

    async def said(self, person: Person, words: str) -> Bubble:
        """Type something; return the answer, once it is on the phone."""
        before = len(received(person))
        await self.sim.hands.type(person, words)
        return await eventually(lambda: newest(person, before))

    async def tapped(self, person: Person, bubble: Bubble, title: str) -> Bubble:
        """Tap the choice whose title begins so; return the answer."""
        before = len(received(person))
        choice = next(one for one in bubble.choices if one["title"].startswith(title))
        assert await self.sim.hands.tap(person, bubble.id, choice["id"])
        return await eventually(lambda: newest(person, before))

    async def hand_in(self) -> None:
        """Hand the templates in, as connecting a number does, and keep what became of them."""
        meta = Management(self.sender.http, TOKEN, self.address)
        listed, problems = await create_missing(meta, IDS[1], ["en"], LINKS.base_url)
        assert problems == []
        async with self.desk.db.transaction(self.desk.scope) as tx:
            for one in listed:
                await keep(tx, self.made.id, one)

    async def book(self, person: Person, when: str) -> UUID:
        """Let somebody book a haircut with Anna; return the appointment's id."""
        read_back = await self.said(person, f"a haircut with Anna {when}")
        receipt = await self.tapped(person, read_back, "Yes")
        assert "Booked" in receipt.text
        ((newest,),) = await self.rows("SELECT id FROM appointments ORDER BY created_at DESC, id DESC LIMIT 1")
        return UUID(str(newest))

    async def fall_silent(self) -> None:
        """Let two days pass since anybody wrote."""
        for person in self.sim.world.people.values():
            person.heard_at = None
        await self.run("UPDATE conversations SET heard_at = now() - interval '2 days'")


def received(person: Person) -> list[Bubble]:
    return [one for one in person.chat if not one.mine]


async def newest(person: Person, before: int) -> Bubble | None:
    found = received(person)
    return found[-1] if len(found) > before else None


async def eventually(look: Callable[[], Awaitable[T | None]], patience: float = 90) -> T:
    """Return what is there as soon as it is."""
    async with asyncio.timeout(patience):
        while not (found := await look()):
            await asyncio.sleep(0.02)
        return found


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """Serve an app on a port of its own in this very loop; lend its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="on"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve())
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


def in_turn(places: Sequence[str]) -> Callable[[httpx2.Request], Awaitable[None]]:
    """Return what sends one webhook to this app, the next to that one, as a proxy in front of them would."""
    turn = cycle(httpx2.URL(one).port for one in places)

    async def spread(request: httpx2.Request) -> None:
        if request.url.path.startswith("/webhooks"):
            request.url = request.url.copy_with(port=next(turn))

    return spread


@asynccontextmanager
async def town(
    url: str,
    *,
    works: bool = True,
    post: Post | None = None,
    hears: Callable[[Town], Listener] | None = None,
    processes: int = 1,
) -> AsyncIterator[Town]:
    """Lend the salon connected to the simulator; with a worker that works, or none; and with a mail server, or none.

    `processes`: so many apps, and so many workers, that share nothing but the database.
    """
    async with AsyncExitStack() as held:
        dbs = [await held.enter_async_context(Database(url, size=8)) for _ in range(processes)]
        desk, keys = await furnish(dbs[0], zone="Europe/Vienna"), vault.read(vault.made())
        places = [await held.enter_async_context(serving(build(Settings(), db, LINKS, keys))) for db in dbs]
        http = await held.enter_async_context(httpx2.AsyncClient(event_hooks={"request": [in_turn(places)]}))
        sim = Simulator(Number(*IDS, TOKEN, PHONE, SECRET, ""), http)
        graph = await held.enter_async_context(serving(sim.app()))
        made = await numbers.connect(dbs[0], desk.scope, keys, Connection(*IDS, TOKEN, SECRET, PHONE, graph))
        sim.webhooks.url = f"{places[0]}/webhooks/whatsapp/{made.hook}"
        outs = [outgoing(db, LINKS, keys, http, post) for db in dbs]
        lent = Town(desk, sim, outs[0].sender, made, keys, graph)
        for db, out in zip(dbs, outs, strict=True) if works else ():
            await held.enter_async_context(_worker(db, out, hears(lent) if hears else None))
        yield lent


@asynccontextmanager
async def _worker(db: Database, out: Outgoing, listener: Listener | None) -> AsyncIterator[None]:
    app = worker.build(db, Assistant(db, Offline(), LINKS), out, listener=listener)
    async with app.open_async():
        task = asyncio.create_task(
            app.run_worker_async(
                concurrency=4, wait=True, install_signal_handlers=False, fetch_job_polling_interval=0.1
            )
        )
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
