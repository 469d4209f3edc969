"""Bookings while everything breaks: `python -m tests.faults [BOOKINGS]` (`make faults`), and a short run in the suite.

What was said of each booking is held against the rows afterwards: whoever was told "booked" has exactly that row; whoever
was told that nothing was changed has none; what nobody knew is known once the same was asked again.
"""

import asyncio
import contextlib
import hashlib
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import psycopg

from tests.desk import MONDAY, NOW, Desk, furnish
from tests.fault import Wire, paused, restarted, wired
from tests.postgres import data_folder
from truebook.booking import actions
from truebook.booking.errors import OutcomeUnknown, Refusal
from truebook.booking.store import Key
from truebook.db import Database, migrations, server
from truebook.db.server import Server
from truebook.kernel import log
from truebook.kernel.errors import Fact
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

PEOPLE, STAFF_COUNT, A_DAY = 24, 30, 32
DISK = "700m"
PATIENT = 120.0
"""Seconds for which an outcome may stay unknown before the run calls that wrong."""
TRUTH = """
SELECT notes::integer, array_agg(id), array_agg(to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'))
FROM truebook.appointments WHERE status = 'confirmed' GROUP BY notes
"""
OVERLAPS = """
SELECT count(*) FROM truebook.claims a JOIN truebook.claims b ON a.resource_id = b.resource_id
 AND a.appointment_id < b.appointment_id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""


@dataclass
class World:
    """A server, the wire to it, and what was said of each booking, by its number."""

    data: Path
    server: Server
    wire: Wire
    wanted: int
    numbers: "count[int]" = field(default_factory=count)
    booked: dict[int, tuple[UUID, str]] = field(default_factory=dict)
    unchanged: dict[int, str] = field(default_factory=dict)
    """Bookings of which was said that nothing was changed, and how it was said."""
    said: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    """How often each fault has happened."""
    back_at: float | None = None
    slowest: tuple[float, str] = (0.0, "")
    """The longest time from the database's answering again to the next booking, and after which fault."""
    last: str = ""

    @property
    def over(self) -> bool:
        return self.rounds > 0 and len(self.booked) >= self.wanted


def place_of(number: int) -> tuple[int, datetime]:
    """Return which member of staff, and when: no two numbers have the same."""
    place, staff = divmod(number, STAFF_COUNT)
    day, slot = divmod(place, A_DAY)
    return staff, MONDAY + timedelta(days=day // 5 * 7 + day % 5, hours=1, minutes=15 * slot)


async def book(world: World, desk: Desk, staff: list[UUID], number: int) -> None:
    """Book as a client with a key does: what is unknown is asked again until it is known.

    Of what was not, every other "nothing was changed" is believed.
    """
    who, start = place_of(number)
    wish = replace(desk.wish(start, "Trim", staff=None, notes=str(number)), staff_id=staff[who])
    key = Key(f"fault-{number}", hashlib.sha256(str(number).encode()).digest())
    until, open_ = time.monotonic() + PATIENT, False
    while time.monotonic() < until:
        try:
            made = await actions.book(desk.db, desk.scope, wish, now=NOW, key=key)
        except OutcomeUnknown:
            world.said["unknown, asked again"] += 1
            open_ = True
        except Refusal as refusal:
            world.said[f"refused: {refusal.code}"] += 1
            world.unchanged[number] = repr(refusal)
            return
        except (Fact, psycopg.Error) as error:
            world.said[f"not done: {type(error).__name__}"] += 1
            if number % 2 and not open_:  # else it says what came of this request, and not of the one before
                world.unchanged[number] = f"{error!r} <- {error.__cause__!r} <- {_root(error)!r}"
                return
        else:
            world.said["booked"] += 1
            world.booked[number] = (made.id, made.start.strftime("%Y-%m-%dT%H:%M"))
            if world.back_at is not None:
                world.slowest = max(world.slowest, (time.monotonic() - world.back_at, world.last))
                world.back_at = None
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"booking {number} stayed unknown for {PATIENT:.0f} s")


def _root(error: BaseException) -> BaseException | None:
    """Return what an error came from in the end."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return error


async def person(world: World, desk: Desk, staff: list[UUID]) -> None:
    while not world.over:
        await book(world, desk, staff, next(world.numbers))


async def cut(world: World, moment: str) -> None:
    world.wire.moment = moment  # type: ignore[assignment]
    cuts = world.wire.cuts
    while world.wire.cuts == cuts and not world.over:
        await asyncio.sleep(0.01)


async def restart(world: World, how: signal.Signals | None) -> None:
    world.server = await restarted(world.server, world.data, how)
    world.wire.url = world.server.url("desk")


async def commanded(world: World, *statements: str) -> None:
    def run() -> None:
        with psycopg.connect(world.server.url("desk"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    await asyncio.to_thread(run)


async def read_only(world: World) -> None:
    reload = "SELECT pg_reload_conf()"
    await commanded(world, "ALTER SYSTEM SET default_transaction_read_only = on", reload)
    await asyncio.sleep(0.5)
    free = "SET default_transaction_read_only = off"
    await commanded(world, free, "ALTER SYSTEM RESET default_transaction_read_only", reload)


async def backends_ended(world: World) -> None:
    await commanded(world, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


async def out_of_connections(world: World) -> None:
    """Take every connection that the server gives, after those that are there were ended."""
    await backends_ended(world)
    held = []
    with contextlib.suppress(psycopg.OperationalError):
        for _ in range(200):
            held.append(await psycopg.AsyncConnection.connect(world.server.url("desk")))
    await asyncio.sleep(0.5)
    for one in held:
        await one.close()


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """Lend an empty data directory on a disk of its own that can be filled, where this machine lets us make one."""
    with data_folder() as folder:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "truebook", folder], capture_output=True, check=False
        )  # fmt: skip
        try:
            yield folder / "data" if made.returncode == 0 else folder
        finally:
            if made.returncode == 0:
                subprocess.run(["umount", "-l", folder], check=True)


def can_be_filled(data: Path) -> bool:
    """Tell whether a data directory lies on a disk of its own."""
    return data.parent.is_mount()


def fill(data: Path) -> Path:
    """Leave no byte free on the disk of a data directory; return the file that takes them."""
    filler = data.parent / "filler"
    with contextlib.suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(2**20))
            file.flush()
    return filler


async def disk_full(world: World) -> None:
    """Leave no byte of the disk free while the log goes on; then make room, and start what has ended itself over it."""
    if not can_be_filled(world.data):
        return
    filler = fill(world.data)
    with contextlib.suppress(psycopg.Error):
        await commanded(world, "CREATE TABLE public.filling AS SELECT repeat('x', 2000) FROM generate_series(1, 50000)")
    await asyncio.sleep(0.5)
    filler.unlink(missing_ok=True)
    while not await _is_there(world):
        if not world.server.alive:
            await restart(world, None)
        await asyncio.sleep(0.05)
    world.said["disk: full"] += 1


async def _is_there(world: World) -> bool:
    try:
        await commanded(world, "DROP TABLE IF EXISTS public.filling")
    except psycopg.Error:
        return False
    return True


Fault = Callable[[World], Awaitable[None]]
FAULTS: dict[str, Fault] = {
    "the wire is cut before COMMIT": lambda world: cut(world, "before commit"),
    "the wire is cut after COMMIT": lambda world: cut(world, "after commit"),
    "the wire is cut after the answer": lambda world: cut(world, "after the answer"),
    "every connection is ended": backends_ended,
    "the server takes no changes": read_only,
    "the server has no connection left": out_of_connections,
    "the server hangs": lambda world: paused(world.server),
    "the server is restarted": lambda world: restart(world, None),
    "the server is killed": lambda world: restart(world, signal.SIGKILL),
    "the disk is full": disk_full,
}


async def break_things(world: World) -> None:
    """Let one fault after the other happen until enough was booked."""
    while not world.over:
        for name, fault in FAULTS.items():
            if world.over:
                return
            before = len(world.booked)
            await fault(world)
            world.said[f"fault: {name}"] += 1
            await _answers(world)
            world.back_at, world.last = time.monotonic(), name
            while len(world.booked) < before + PEOPLE // 3 and not world.over:
                await asyncio.sleep(0.02)
        world.rounds += 1


async def _answers(world: World) -> None:
    """Wait until the database answers, and takes changes."""
    while True:
        try:
            await commanded(world, "CREATE TEMPORARY TABLE probe ()")
        except psycopg.Error:
            await asyncio.sleep(0.01)
        else:
            return


def wrong(world: World) -> list[str]:
    """Return what was said that is not so."""
    with psycopg.connect(world.server.url("desk")) as connection:
        rows = {number: list(zip(ids, starts, strict=True)) for number, ids, starts in connection.execute(TRUTH)}
        overlaps = connection.execute(OVERLAPS).fetchone()
    lost = [number for number, said in world.booked.items() if said not in rows.get(number, [])]
    double = [number for number, found in rows.items() if len(found) > 1]
    untrue = [f"{number} {rows[number]} {said}" for number, said in world.unchanged.items() if number in rows]
    unsaid = [number for number in rows if number not in world.booked and number not in world.unchanged]
    found = {"lost": lost, "double": double, "said unchanged, yet there": untrue, "there, yet not said": unsaid}
    return [f"{len(numbers)} {name}: {numbers[:5]}" for name, numbers in found.items() if numbers] + (
        [] if overlaps == (0,) else [f"overlaps: {overlaps}"]
    )


async def run(data: Path, bookings: int) -> World:
    """Book so many times on a server of one's own, while it breaks."""
    started = server.start(data)
    with psycopg.connect(started.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE desk")
    migrations.upgrade(started.url("desk"))
    async with wired(started.url("desk")) as (url, wire):
        world = World(data, started, wire, bookings)
        try:
            async with Database(url, size=PEOPLE) as db:
                desk = await furnish(db, max_advance_days=730)
                trim = await SERVICES.add(db, desk.scope, name="Trim", duration_minutes=15)
                desk.services["Trim"] = trim.id
                staff = [(await STAFF.add(db, desk.scope, name=f"Staff {n}")).id for n in range(STAFF_COUNT)]
                for one in staff:
                    await set_services(db, desk.scope, one, [trim.id])
                await asyncio.gather(break_things(world), *(person(world, desk, staff) for _ in range(PEOPLE)))
            found = wrong(world)
            assert not found, "\n".join(found)
        finally:
            world.server.stop()
        return world


def main(bookings: int) -> None:
    log.configure(level="ERROR")
    with small_disk() as data:
        world = asyncio.run(run(data, bookings))
        if not can_be_filled(data):
            print("no disk can be made here that may be filled: that fault is left out")
    for what, number in sorted(world.said.items()):
        print(f"{number:>7}  {what}")
    seconds, fault = world.slowest
    print(f"{seconds:>7.2f}  seconds at most from the database's answering again to the next booking (after: {fault})")
    print("      0  lost, double or untrue")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
