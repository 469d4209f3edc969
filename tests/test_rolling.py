"""Two apps and two workers behind a proxy are restarted one after the other while people book: nobody notices."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from tests.api.http import API, bearer_of, monday, shop
from tests.desk import Desk
from tests.test_newcomer import SLOW, free_port

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ROOT = Path(__file__).parents[1]


@dataclass
class Process:
    """One process of the installation, that can be told to end and started anew."""

    command: str
    environment: dict[str, str]
    port: int
    log: Path
    """What it says."""
    running: asyncio.subprocess.Process | None = None

    @property
    def watch(self) -> str:
        return f"http://{self.environment['TRUEBOOK_WATCH']}"

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "truebook", self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        place = f"http://127.0.0.1:{self.port}/healthz" if self.command == "serve" else f"{self.watch}/healthz"
        async with asyncio.timeout(SLOW), httpx2.AsyncClient() as http:
            while True:
                code = self.running.returncode
                assert code is None, f"{self.command} has ended with {code}: {self.log.read_text()[-2000:]}"
                with suppress(httpx2.TransportError):
                    if (await http.get(place)).status_code == 200:
                        return
                await asyncio.sleep(0.05)

    async def end(self) -> int:
        assert self.running is not None
        if self.running.returncode is None:
            self.running.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.running.wait(), SLOW)


@dataclass
class Proxy:
    """What a proxy does: asks who is ready, sends each request to one of them, and never the same one twice."""

    ports: list[int]
    ready: set[int] = field(default_factory=set)
    turn: int = 0

    async def look(self, port: int) -> None:
        """Ask one of them again and again; one that is slow to say so is as ready as it was."""
        async with httpx2.AsyncClient(timeout=10) as http:
            while True:
                try:
                    fit = (await http.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
                except httpx2.TimeoutException:
                    continue
                except httpx2.TransportError:
                    fit = False
                (self.ready.add if fit else self.ready.discard)(port)
                await asyncio.sleep(0.1)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one request there and its answer back."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
            )
            body = await reader.readexactly(length)
            choice = sorted(self.ready)
            self.turn += 1
            back, there = await asyncio.open_connection("127.0.0.1", choice[self.turn % len(choice)])
            there.write(head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) + body)
            writer.write(await back.read())
            await writer.drain()
            there.close()
        except (OSError, ZeroDivisionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def installation(url: str, folder: Path) -> AsyncIterator[tuple[str, Proxy, list[Process]]]:
    """Lend the address of the proxy, the proxy, and the processes behind it."""
    shared = {
        **{name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ},
        "PYTHONPATH": str(ROOT), "DATABASE_URL": url, "TRUEBOOK_DATA": str(folder), "TRUEBOOK_DRAIN": "3",
    }  # fmt: skip
    made = []
    for command in ("serve", "serve", "work", "work"):
        port = free_port()
        own = {"TRUEBOOK_PORT": str(port), "TRUEBOOK_WATCH": f"127.0.0.1:{free_port()}"}
        made.append(Process(command, {**shared, **own}, port, folder / f"{command}-{port}.log"))
    proxy = Proxy([one.port for one in made if one.command == "serve"])
    for one in made:
        await one.start()
    looking = [asyncio.create_task(proxy.look(port)) for port in proxy.ports]
    server = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    while len(proxy.ready) < 2:
        await asyncio.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", proxy, made
    finally:
        for one in looking:
            one.cancel()
        server.close()
        for one in made:
            await one.end()


async def people(place: str, key: str, desk: Desk, done: asyncio.Event) -> Counter[str]:
    """Book, each something else, until told to stop; count what came back."""
    seen: Counter[str] = Counter()
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(base_url=place, headers=headers, timeout=SLOW) as http:
        for number in range(10_000):
            if done.is_set():
                return seen
            day, minute = divmod(number, 32)
            start = f"{monday() + timedelta(days=day // 5 * 7 + day % 5)}T{9 + minute // 4:02}:{minute % 4 * 15:02}"
            staff = str(desk.staff["Anna" if number % 2 else "Ben"])
            wanted = {
                "service_id": str(desk.services["Haircut"]), "staff_id": staff, "start": start,
                "customer": {"name": "Carla", "phone": "+436601234567"},
            }  # fmt: skip
            try:
                answer = await http.post(f"{API}/appointments", json=wanted)
            except httpx2.TransportError as error:
                seen[type(error).__name__] += 1
            else:
                seen[str(answer.status_code)] += 1
            await asyncio.sleep(0.03)
    return seen


async def test_a_rolling_restart_under_bookings_fails_nobody(database: str, tmp_path: Path) -> None:
    async with shop(database) as desk, installation(database, tmp_path) as (place, proxy, processes):
        done = asyncio.Event()
        booking = asyncio.create_task(people(place, bearer_of(desk.alice), desk.desk, done))
        for one in processes:
            assert await one.end() == 0
            await one.start()
            while one.command == "serve" and one.port not in proxy.ready:  # whoever rolls waits for that
                await asyncio.sleep(0.05)
        done.set()
        seen = await booking
        assert set(seen) <= {"201", "409"} and seen["201"] > 20, seen
        async with desk.desk.db.reading(desk.desk.scope) as tx:
            row = await tx.row("SELECT count(*) FROM appointments WHERE status = 'confirmed'")
        assert row == (seen["201"],)
