"""WhatsApp's two speeds: how soon a webhook is answered, and how long one busy business keeps others waiting.

The webhooks come from outside at a steady pace; the queue of the busy business is worked off by a real worker, against
the simulator with its real limits.
"""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import httpx2
import uvicorn

from bench import businesses
from bench.businesses import ACCOUNT, identity
from bench.figures import Figure, percentile
from bench.place import database
from bench.serving import serving
from truebook import worker
from truebook.assistant.conversation import Assistant
from truebook.assistant.offline.model import Offline
from truebook.booking.links import Links
from truebook.connectors.whatsapp.signature import HEADER, sign
from truebook.db import Database, Scope
from truebook.db.server import Server
from truebook.delivery.outgoing import outgoing
from truebook.jobs import AnswerDue, MessageDue, publish
from truebook.kernel import ids
from truebook.simulator.graph import Account
from truebook.simulator.server import Number, Simulator
from truebook.tenants import numbers, vault
from truebook.tenants.numbers import Connection, Made
from truebook.tenants.vault import Vault

SECONDS, A_SECOND, MOST = 10, 50, 20
QUEUED, CHATS = 10_000, 2_000
SECRET, TOKEN = "app-secret", "EAAG-token"
QUEUE = """
WITH chats AS (
  INSERT INTO conversations (account_id, id, channel, address, number_id, heard_at)
  SELECT %(tenant)s, gen_random_uuid(), 'whatsapp', 'bench ' || n, %(number)s, now()
  FROM generate_series(1, %(chats)s) n RETURNING id),
known AS (
  INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id)
  SELECT %(tenant)s, 'phone', '43660' || lpad(row_number() OVER ()::text, 7, '0'), id FROM chats),
queued AS (
  INSERT INTO messages (account_id, conversation_id, role, content, kind, provider, delivery)
  SELECT %(tenant)s, id, 'assistant', 'Hello', 'reply', 'whatsapp', 'queued' FROM chats, generate_series(1, %(each)s))
SELECT id FROM chats
"""


def measure(server: Server) -> list[Figure]:
    """Answer webhooks for some seconds; then let one business have thousands of messages waiting, and another one."""
    with database(server) as url:
        businesses.furnish(url)
        box = vault.made()
        answered, failed, used = asyncio.run(_webhooks(url, box))
        waited, own, alone = asyncio.run(_fairness(url, vault.read(box)))
    half, slow = percentile(answered, 50) * 1000, percentile(answered, 99) * 1000
    return [
        Figure(
            f"a webhook of up to {MOST} updates, {A_SECOND} a second",
            f"p50 {half:.0f} ms, p99 {slow:.0f} ms, {failed} failed",
            "≤ 50 ms, ≤ 250 ms, 0",
            half <= 50 and slow <= 250 and not failed,
        ),
        Figure("CPU of the app for such a webhook", f"{used * 1000:.1f} ms", "≤ 10 ms", used <= 0.01),
        Figure(
            f"the next message beside {QUEUED:,} of another business",
            f"{waited:.1f} s ({waited / max(alone, 0.01):.1f} × alone)",
            "≤ 5 s",
            waited <= 5,
        ),
        Figure(
            f"an answer beside {QUEUED:,} of its own business",
            f"{own:.1f} s ({own / max(alone, 0.01):.1f} × alone)",
            "≤ 5 s",
            own <= 5,
        ),
    ]


async def _connected(url: str, box: Vault, business: int, graph: str | None = None) -> Made:
    async with Database(url, size=2) as db:
        new = Connection(f"10{business:010}", f"20{business:010}", TOKEN, SECRET, None, graph)
        return await numbers.connect(db, Scope(identity(ACCOUNT + business), "bench"), box, new)


async def _webhooks(url: str, keys: str) -> tuple[list[float], int, float]:
    """Return how long each webhook took, how many failed, and what one cost the app, in seconds.

    Each is sent at its time, whether the ones before are answered or not.
    """
    made = await _connected(url, vault.read(keys), 0)
    with serving(url, TRUEBOOK_KEYS=keys) as app:
        address = f"http://127.0.0.1:{app.port}/webhooks/whatsapp/{made.hook}"
        async with httpx2.AsyncClient() as http, asyncio.TaskGroup() as group:
            begun, before = time.perf_counter(), app.cpu()
            sent = []
            for turn in range(SECONDS * A_SECOND):
                await asyncio.sleep(max(0.0, begun + turn / A_SECOND - time.perf_counter()))
                body = _webhook(turn)
                sent.append(group.create_task(_post(http, address, body)))
        used = (app.cpu() - before) / len(sent)
    took = [task.result() for task in sent]
    return [seconds for status, seconds in took if status == 200], sum(status != 200 for status, _ in took), used


def _webhook(turn: int) -> bytes:
    statuses = [
        {"id": f"wamid.{turn}.{n}", "status": "delivered", "timestamp": "1900000000", "recipient_id": "436601234567"}
        for n in range(turn % MOST + 1)
    ]
    value = {"metadata": {"phone_number_id": f"10{0:010}"}, "statuses": statuses}
    entry = {"id": f"20{0:010}", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


async def _post(http: httpx2.AsyncClient, address: str, body: bytes) -> tuple[int, float]:
    begun = time.perf_counter()
    headers = {"Content-Type": "application/json", HEADER: sign(SECRET.encode(), body)}
    answer = await http.post(address, content=body, headers=headers, timeout=30)
    return answer.status_code, time.perf_counter() - begun


async def _fairness(url: str, box: Vault) -> tuple[float, float, float]:
    """Return, in seconds: a message of another business beside the busy one's, an answer of its own, and one alone."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx2.AsyncClient())
        sim = Simulator(Number(f"10{1:010}", f"20{1:010}", TOKEN, "+15550783881", SECRET, "http://127.0.0.1:9"), http)
        sim.world.outages.no_webhooks = True
        other = Account(f"10{2:010}", f"20{2:010}", TOKEN, sim.webhooks)
        sim.graph.accounts[other.number_id] = other
        server = uvicorn.Server(uvicorn.Config(sim.app(), port=0, log_config=None, access_log=False))
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        graph = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        made = {business: await _connected(url, box, business, graph) for business in (1, 2)}
        db = await stack.enter_async_context(Database(url, size=10))
        out = outgoing(db, Links("http://desk.bench", b"secret"), box, http)
        app = worker.build(db, Assistant(db, Offline(), out.messenger.links), out)
        working = asyncio.create_task(worker.work(app))
        try:
            alone = await _timed(db, made[2], 2, "alone")
            await _fill(db, made[1])
            await asyncio.sleep(2)
            beside = await _timed(db, made[2], 2, "beside")
            own = await _timed(db, made[1], 1, "answer", AnswerDue)
            async with db.reading(Scope(identity(ACCOUNT + 1), "bench")) as tx:
                left = await tx.row("SELECT count(*) FROM messages WHERE delivery = 'queued'")
            assert left and left[0] > QUEUED / 2, "nothing was left to wait behind"
            return beside, own, alone
        finally:
            working.cancel()
            server.should_exit = True
            await asyncio.gather(working, task, return_exceptions=True)


async def _fill(db: Database, made: Made) -> None:
    tenant = identity(ACCOUNT + 1)
    async with db.transaction(Scope(tenant, "bench")) as tx:
        params = {"tenant": tenant, "number": made.id, "chats": CHATS, "each": QUEUED // CHATS}
        for (chat,) in await tx.rows(QUEUE, params):
            await publish(tx, MessageDue(tenant, chat))


async def _timed(db: Database, made: Made, business: int, name: str, due: type[MessageDue] = MessageDue) -> float:
    """Queue one message and return how long it takes until it was tried."""
    tenant = identity(ACCOUNT + business)
    chat, message = ids.uuid7(), ids.uuid7()
    async with db.transaction(Scope(tenant, "bench")) as tx:
        await tx.run(
            "INSERT INTO conversations (account_id, id, channel, address, number_id, heard_at)"
            " VALUES (%s, %s, 'whatsapp', %s, %s, now())",
            (tenant, chat, name, made.id),
        )
        await tx.run(
            "INSERT INTO messages (account_id, id, conversation_id, role, content, kind, provider, delivery)"
            " VALUES (%s, %s, %s, 'assistant', 'Hello', 'reply', 'whatsapp', 'queued')",
            (tenant, message, chat),
        )
        await tx.run(
            "INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id) VALUES (%s, 'phone', %s, %s)",
            (tenant, f"4366099{len(name):05}", chat),
        )
        await publish(tx, due(tenant, chat))
    begun = time.perf_counter()
    await _until(lambda: _tried(db, tenant, message))
    return time.perf_counter() - begun


async def _until(look: Callable[[], Any]) -> None:
    async with asyncio.timeout(120):
        while not await look():
            await asyncio.sleep(0.02)


async def _tried(db: Database, tenant: UUID, message: UUID) -> bool:
    async with db.reading(Scope(tenant, "bench")) as tx:
        return await tx.row("SELECT FROM message_attempts WHERE message_id = %s", (message,)) is not None
