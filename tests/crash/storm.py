"""What breaks: kill -9 and SIGSTOP of everything, cuts around COMMIT and around the send, and WhatsApp's own moods."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, timedelta

import httpx2
import psycopg

from tests.crash.customers import API, Crowd
from tests.crash.town import Process, Town
from tests.fault import Moment, paused, restarted
from truebook.kernel import clock

Fault = Callable[[Town, random.Random], Awaitable[None]]
CUT_PATIENCE = 5.0
REST = 0.85
"""Seconds between two faults, in the middle: a storm so dense that little is done but to recover."""
MOODS = (
    ("doubled",),
    ("shuffled",),
    ("doubled", "shuffled"),
    ("lost_answer",),
    ("failing",),
    ("unavailable",),
    ("slow",),
)


async def killed(one: Process) -> None:
    one.tell(signal.SIGKILL)
    await asyncio.sleep(0.3)
    await one.ready()


async def hung(one: Process, seconds: float = 1.5) -> None:
    one.tell(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    one.tell(signal.SIGCONT)


async def postgres_killed(town: Town, dice: random.Random) -> None:
    town.moved(await restarted(town.server, town.folder, signal.SIGKILL))


async def cut(town: Town, wire: int, moment: Moment, only_with: bytes = b"") -> None:
    """Cut a wire around the next COMMIT that goes over it (of a transaction that says something)."""
    one = town.wires[wire]
    cuts, one.only_with, one.moment = one.cuts, only_with, moment
    with suppress(TimeoutError):
        async with asyncio.timeout(CUT_PATIENCE):
            while one.cuts == cuts:
                await asyncio.sleep(0.01)
    one.moment, one.only_with = None, b""


async def strike(town: Town, moment: str, pids: list[int]) -> None:
    """Let the answer to the next message be lost, exactly before or after it is taken; and whoever sent it die."""
    await said(town, "/strikes", {"moment": moment, "pids": pids})
    if pids:
        with suppress(TimeoutError):
            async with asyncio.timeout(CUT_PATIENCE):
                while all(one.running and one.running.poll() is None for one in town.workers):
                    await asyncio.sleep(0.02)
        await asyncio.gather(*(one.ready() for one in town.workers))


async def silenced(town: Town) -> None:
    """Let an answer be lost after the send, and no status of it get through for a while: both apps hang."""
    await said(town, "/strikes", {"moment": "after", "pids": []})
    async with httpx2.AsyncClient() as http:
        with suppress(TimeoutError):
            async with asyncio.timeout(CUT_PATIENCE):
                while await armed(town, http):
                    await asyncio.sleep(0.01)
    await asyncio.gather(*(hung(one, 5) for one in town.apps))


async def armed(town: Town, http: httpx2.AsyncClient) -> bool:
    with suppress(httpx2.HTTPError, ValueError):
        return bool((await http.get(f"{town.simulator}/open", timeout=2)).json()["armed"])
    return True


async def mood(town: Town, *on: str) -> None:
    """Let WhatsApp be difficult for a while."""
    await said(town, "/outages", list(on))
    await asyncio.sleep(4)
    await said(town, "/outages", [])


async def said(town: Town, path: str, body: object) -> None:
    async with httpx2.AsyncClient() as http:
        while True:
            with suppress(httpx2.HTTPError):
                await http.post(town.simulator + path, json=body, timeout=5)
                return
            await asyncio.sleep(0.1)


FAULTS: dict[str, Fault] = {
    "an app is killed": lambda town, dice: killed(dice.choice(town.apps)),
    "an app hangs": lambda town, dice: hung(dice.choice(town.apps)),
    "a worker is killed": lambda town, dice: killed(dice.choice(town.workers)),
    "a worker hangs": lambda town, dice: hung(dice.choice(town.workers)),
    "WhatsApp is killed": lambda town, dice: killed(town.whatsapp),
    "WhatsApp hangs": lambda town, dice: hung(town.whatsapp),
    "PostgreSQL is killed": postgres_killed,
    "PostgreSQL hangs": lambda town, dice: paused(town.server),
    "cut before COMMIT": lambda town, dice: cut(town, dice.randrange(len(town.wires)), "before commit"),
    "cut after COMMIT": lambda town, dice: cut(town, dice.randrange(len(town.wires)), "after commit"),
    "cut before a booking's COMMIT": lambda town, dice: cut(town, 0, "before commit", b"INSERT INTO claims"),
    "cut after a booking's COMMIT": lambda town, dice: cut(town, 0, "after commit", b"INSERT INTO claims"),
    "cut before a webhook's COMMIT": lambda town, dice: cut(town, 0, "before commit", b"INSERT INTO webhook_updates"),
    "cut after a webhook's COMMIT": lambda town, dice: cut(town, 0, "after commit", b"INSERT INTO webhook_updates"),
    "cut before a turn's COMMIT": lambda town, dice: cut(town, -1, "before commit", b"INSERT INTO messages"),
    "cut after a turn's COMMIT": lambda town, dice: cut(town, -1, "after commit", b"INSERT INTO messages"),
    "the workers die before the send": lambda town, dice: strike(town, "before", [one.pid for one in town.workers]),
    "the workers die after the send": lambda town, dice: strike(town, "after", [one.pid for one in town.workers]),
    "the answer is lost before the send": lambda town, dice: strike(town, "before", []),
    "the answer is lost after the send": lambda town, dice: strike(town, "after", []),
    "the answer is lost, and no status comes": lambda town, dice: silenced(town),
    **{f"WhatsApp: {' and '.join(one)}": (lambda town, dice, one=one: mood(town, *one)) for one in MOODS},
}


async def storm(
    crowd: Crowd, seed: int, said: Counter[str], faults: dict[str, Fault] = FAULTS, rest: float = REST
) -> None:
    """Let one fault after the other happen, in an order of its own each round, until everybody has what they want."""
    dice = random.Random(seed)
    while faults and not crowd.over:
        for name in dice.sample(sorted(faults), len(faults)):
            if crowd.over:
                return
            await faults[name](crowd.town, dice)
            said[name] += 1
            await asyncio.sleep(dice.uniform(0.2, 2 * rest - 0.2))


async def near(crowd: Crowd) -> None:
    """Let some appointments be so near that their customers are reminded while things break."""
    town, owner = crowd.town, crowd.town.businesses[0]
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {owner.key}"}, timeout=10) as http:
        while not crowd.over:
            now = clock.now().astimezone(UTC)
            start = (now + timedelta(minutes=32)).replace(second=0, microsecond=0)
            start += timedelta(minutes=-start.minute % 15)
            offset = int((start - now) / timedelta(minutes=1)) - 1
            place = f"{town.url_of(0)}{API.rpartition('/')[0]}/telling"
            with suppress(httpx2.HTTPError):
                if (await http.patch(place, json={"remind_before": [offset]})).status_code == 200:
                    town.soon = start.strftime("%Y-%m-%dT%H:%MZ")
            for _ in range(240):
                if crowd.over:
                    return
                await asyncio.sleep(0.5)


async def calm(crowd: Crowd, http: httpx2.AsyncClient, patience: float) -> None:
    """Wait, with everything well again, until nothing is left to do; jobs of dead workers are taken up meanwhile.

    Raises TimeoutError where nothing has moved for so many seconds.
    """
    crowd.calm = True
    for wire in crowd.town.wires:
        wire.moment = None
        wire.mend()
    await crowd.town.all_ready()
    await said(crowd.town, "/outages", [])
    quiet, before, until = 0, (), time.monotonic() + patience
    while quiet < 3:
        left = await left_to_do(crowd.town, http)
        quiet = 0 if left else quiet + 1
        if left != before:  # a slow machine may take its time, as long as less is left
            before, until = left, time.monotonic() + patience
        if time.monotonic() > until:
            raise TimeoutError(f"nothing moves any more: {left}")
        await asyncio.sleep(0.5)


LEFT = """
SELECT (SELECT count(*) FROM truebook.procrastinate_jobs j WHERE (j.status = 'doing' OR j.status = 'todo'
    AND (j.scheduled_at IS NULL OR j.scheduled_at < now() + interval '1 minute')) AND j.queue_name <> 'chores'
    AND j.task_name <> 'delivery_open'),
  (SELECT count(*) FROM truebook.outbox WHERE status = 'queued' AND available_at < now())
"""
REVIVE = """
SELECT truebook.procrastinate_retry_job_v2(j.id, now(), NULL, NULL, NULL) FROM truebook.procrastinate_jobs j
LEFT JOIN truebook.procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND coalesce(w.last_heartbeat, '-infinity') < now() - interval '13 seconds'
"""
"""What the chore `revive_stalled` does after half a minute, a little sooner: a worker says every ten seconds that it lives."""


async def left_to_do(town: Town, http: httpx2.AsyncClient) -> tuple[int, ...]:
    """Return what is still under way: jobs, news, webhooks; nothing where there is none."""

    def look() -> tuple[int, ...]:
        with psycopg.connect(town.server.url("desk"), autocommit=True) as connection:
            connection.execute("SET search_path = truebook")
            connection.execute(REVIVE.encode())
            return connection.execute(LEFT.encode()).fetchone() or ()

    found = (*await asyncio.to_thread(look), (await http.get(f"{town.simulator}/open")).json()["open"])
    return found if any(found) else ()
