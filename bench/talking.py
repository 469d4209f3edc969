"""What a chat costs: processor time a turn over REST, worker included, and how many turns a second many chats get.

Everything is as it runs: `truebook serve` and `truebook work` over the database, the offline engine, HTTP from here.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import httpx2

from bench.figures import Figure
from bench.place import data_folder, database
from bench.processes import cpu_seconds, family_cpu_seconds
from bench.serving import App, serving, stopped, truebook
from truebook.db import Database
from truebook.db.server import Server
from truebook.rehearsal import businesses
from truebook.tenants import access

ALONE, AT_ONCE, ROUNDS = 8, 32, 2
"""Conversations one after the other; at once, and how many each then holds."""
LINES = (
    "hi, can I get a haircut on {day} in the afternoon?",
    "how much is that?",
    "{time} please",
    "yes",
    "thanks, bye",
)
ON_AND_ON = (
    "do you have anything on {day}?",
    "how much is a haircut?",
    "a bit later please",
    "who would that be with?",
    "and the day after?",
    "hmm, let me think",
)
"""A round of somebody who never decides."""
EARLY, LATE, LONG = range(1, 4), range(7, 10), 3
"""Rounds around turn 6 (turns 7 to 24: none before is like them) and up to turn 60 (43 to 60), and conversations."""
number = count()


def measure(server: Server) -> list[Figure]:
    """Hold conversations, one by one and then many at once."""
    with database(server) as url, data_folder() as data:
        key = asyncio.run(_open(url))
        with (
            serving(url, TRUEBOOK_DATA=str(data)) as app,
            stopped(truebook("work", DATABASE_URL=url, TRUEBOOK_DATA=str(data))) as worker,
        ):
            return asyncio.run(_talk(app, worker.pid, server.pid, key))


async def _open(url: str) -> str:
    async with Database(url, size=2) as db:
        return await access.issue(db, await businesses.set_up(db, businesses.named("salon"), "bench"), "bench")


async def _talk(app: App, worker: int, server: int, key: str) -> list[Figure]:
    limits = httpx2.Limits(max_connections=AT_ONCE)
    async with httpx2.AsyncClient(
        base_url=f"http://127.0.0.1:{app.port}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=60,
        limits=limits,
    ) as client:  # fmt: skip
        await _conversation(client)  # loads what is loaded once
        used, asked, begun = app.cpu() + cpu_seconds(worker), family_cpu_seconds(server), time.perf_counter()
        for _ in range(ALONE):
            await _conversation(client)
        turns = ALONE * len(LINES)
        each = (app.cpu() + cpu_seconds(worker) - used) / turns * 1000
        database_too = each + (family_cpu_seconds(server) - asked) / turns * 1000
        wait = (time.perf_counter() - begun) / turns * 1000
        longer = await _turn_60_against_6(client, lambda: app.cpu() + cpu_seconds(worker))
        begun = time.perf_counter()
        await asyncio.gather(*(_several(client) for _ in range(AT_ONCE)))
        rate = AT_ONCE * ROUNDS * len(LINES) / (time.perf_counter() - begun)
    return [
        Figure("processor time of a chat turn over REST", f"{each:.0f} ms", "≤ 35 ms", each <= 35),
        Figure("the same, the database's included", f"{database_too:.0f} ms", "≤ 35 ms", database_too <= 35),
        Figure("a chat turn over REST, alone", f"{wait:.0f} ms"),
        Figure("processor time of turn 60 of a conversation", f"{longer:.2f} × turn 6", "≤ 1.2 ×", longer <= 1.2),
        Figure(f"{AT_ONCE} conversations at once", f"{rate:.0f} turns/s", "≥ 35 turns/s", rate >= 35),
    ]


async def _turn_60_against_6(client: httpx2.AsyncClient, used: Callable[[], float]) -> float:
    """Return what rounds of turns take late in a conversation, against the same rounds early in it."""
    taken = {EARLY: 0.0, LATE: 0.0}
    for _ in range(LONG):
        opened = await client.post("/chat/sessions", json={"name": f"Customer {next(number)}"})
        path = f"/chat/sessions/{opened.json()['id']}/messages"
        for round_ in range(LATE.stop):
            before, day = used(), datetime.now(UTC) + timedelta(days=2 + next(number) % 60)
            for line in ON_AND_ON:
                (await client.post(path, json={"text": line.format(day=f"{day:%d %B}")})).raise_for_status()
            for when in taken:
                taken[when] += (used() - before) if round_ in when else 0
    return taken[LATE] / taken[EARLY]


async def _several(client: httpx2.AsyncClient) -> None:
    for _ in range(ROUNDS):
        await _conversation(client)


async def _conversation(client: httpx2.AsyncClient) -> None:
    """Ask, choose what is offered, agree: each on a day of its own, as far as there are any."""
    day = datetime.now(UTC) + timedelta(days=2 + next(number) % 60)
    opened = await client.post("/chat/sessions", json={"name": f"Customer {next(number)}"})
    path, time_ = f"/chat/sessions/{opened.json()['id']}/messages", "14:00"
    for line in LINES:
        answer = await client.post(path, json={"text": line.format(day=f"{day:%d %B}", time=time_)})
        answer.raise_for_status()
        time_ = next(iter(answer.json()["buttons"]), time_)
