"""The power fails while the embedded server books: what was acknowledged is there, and the rest is whole.

Nothing on this machine can take its power away, so the disk is made by hand that may be left: of what was written, only
that is sure to be there which was fsynced. Data files were at the checkpoint; of each page written since, the old one is
left, the new one, or the sectors of one before the other's, as dice fall; files made since may never have come to be. Of
the journal everything is there up to where the server said it had been fsynced, and nothing of what follows. On that
disk the server starts again.
"""

import asyncio
import os
import random
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.desk import MONDAY, NOW, Desk, furnish
from tests.postgres import data_folder
from tests.server.steps import at_work_on, execute, until, value
from truebook.booking import actions
from truebook.booking.errors import OutcomeUnknown
from truebook.db import Database, health, migrations, server
from truebook.db.server import home
from truebook.kernel.errors import Unavailable

pytestmark = pytest.mark.slow
PAGE, SECTOR, SEGMENT = 8192, 512, 16 * 2**20
FLUSHED = "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint"
NOT_PAGES = ("pg_control", "postmaster.pid", "postmaster.opts")
HALVES = """
SELECT count(*) FROM truebook.appointments a
WHERE NOT EXISTS (SELECT FROM truebook.claims c WHERE (c.tenant_id, c.appointment_id) = (a.tenant_id, a.id))
   OR NOT EXISTS (SELECT FROM truebook.appointment_segments s WHERE (s.tenant_id, s.appointment_id) = (a.tenant_id, a.id))
   OR NOT EXISTS (SELECT FROM truebook.appointment_history h WHERE h.appointment_id = a.id)
"""
BROKEN = "SELECT count(*) FROM pg_class, LATERAL bt_index_check(oid, true) WHERE relkind = 'i' AND relam = 403"


@dataclass
class Power:
    """What was acknowledged before the power failed, and how far the journal had been fsynced by then."""

    acknowledged: set[UUID]
    flushed: int


async def book_until_the_power_fails(url: str, desk: Desk, pid: int, after: int) -> Power:
    """Book with eight at once; kill the server in the middle of it, once so many are acknowledged."""
    acknowledged: set[UUID] = set()
    starts = iter([MONDAY + timedelta(days=n // 8, hours=1 + n % 8) for n in range(400) if n // 8 % 7 < 5])
    failed = asyncio.Event()

    async def customer(staff: str) -> None:
        for start in starts:
            try:
                booked = await actions.book(desk.db, desk.scope, desk.wish(start, staff=staff), now=NOW)
                acknowledged.add(booked.id)
            except (Unavailable, OutcomeUnknown):
                return
            if len(acknowledged) >= after:
                failed.set()

    async with asyncio.TaskGroup() as town:
        for n in range(8):
            town.create_task(customer(("Anna", "Ben")[n % 2]))
        await failed.wait()
        known = set(acknowledged)
        power = Power(known, int(str(await asyncio.to_thread(value, url, FLUSHED))))
        os.kill(pid, signal.SIGKILL)
    return power


def left(disk: Path, before: Path, flushed: int, dice: random.Random) -> None:
    """Turn a cluster's files into what may be left of them on the disk."""
    for path in [one for one in disk.rglob("*") if one.is_file()]:
        inside = path.relative_to(disk)
        if inside.parts[0] == "pg_wal":
            if len(path.name) == 24:
                cut(path, flushed)
        elif path.name == "pg_control":
            path.write_bytes((before / inside).read_bytes())
        elif path.name not in NOT_PAGES and inside.parts[0] in ("base", "global", "pg_xact", "pg_multixact"):
            old = (before / inside).read_bytes() if (before / inside).exists() else b""
            new = path.read_bytes()
            if old != new:
                path.write_bytes(b"".join(torn(old, new, dice)))


def cut(segment: Path, flushed: int) -> None:
    """Take from a segment of the journal what lies behind an address."""
    number = int(segment.name[8:16], 16) * (2**32 // SEGMENT) + int(segment.name[16:24], 16)
    keep = min(max(flushed - number * SEGMENT, 0), SEGMENT)
    with segment.open("r+b") as file:
        file.seek(keep)
        file.write(b"\0" * (SEGMENT - keep))


def torn(old: bytes, new: bytes, dice: random.Random) -> Iterator[bytes]:
    """Return pages: each as it was, as it was to be, or begun; a file that grew may have kept its old length."""
    end = dice.choice((len(old), len(new))) if len(new) >= len(old) else len(old)
    for first in range(0, end, PAGE):
        was, is_to_be = old[first : first + PAGE], new[first : first + PAGE]
        if len(was) < PAGE:  # a new page: it is there, or it is empty
            yield dice.choice((is_to_be, b"\0" * len(is_to_be)))
            continue
        there = SECTOR * dice.choice((0, PAGE // SECTOR, dice.randrange(1, PAGE // SECTOR)))
        yield (is_to_be[:there] + was[there:]) if len(is_to_be) == PAGE else was


@contextmanager
def copied(folder: Path, to: Path) -> Iterator[None]:
    """Lend a copy of a folder with owners and rights; of files that live only while the server does there is none."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(".s.*", "postmaster.pid"))
    for one in [folder, *folder.rglob("*")]:
        if (there := to / one.relative_to(folder)).exists():
            os.chown(there, one.stat().st_uid, one.stat().st_gid)
    try:
        yield
    finally:
        shutil.rmtree(to)


def booked(url: str) -> set[UUID]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM truebook.appointments WHERE status = 'confirmed'")}


@pytest.mark.parametrize("seed", range(3))
def test_what_was_acknowledged_outlives_the_power(seed: int) -> None:
    dice = random.Random(seed)

    async def run(url: str, pid: int) -> tuple[Power, int]:
        async with Database(url, size=8) as db:
            desk = await furnish(db)
            await actions.book(db, desk.scope, desk.wish(MONDAY + timedelta(days=56, hours=1)), now=NOW)
            await asyncio.to_thread(execute, url, "CHECKPOINT")
            checkpoint = int(str(await asyncio.to_thread(value, url, FLUSHED)))
            shutil.copytree(cluster, before, ignore=shutil.ignore_patterns(".s.*", "pg_wal"))
            return await book_until_the_power_fails(url, desk, pid, dice.randrange(20, 120)), checkpoint

    with data_folder() as data, data_folder() as aside:
        cluster, before = home.cluster_of(data), aside / "before"
        with server.start(data) as running:
            migrations.upgrade(running.url())
            power, checkpoint = asyncio.run(run(running.url(), running.pid))
        until(lambda: not at_work_on(data), "every process of the server is gone")
        shutil.move(cluster, aside / "killed")
        for flushed in (checkpoint, power.flushed):
            with copied(aside / "killed", cluster):
                left(cluster, before, flushed, dice)
                with server.start(data) as again:
                    there = booked(again.url())
                    if flushed == checkpoint:  # so much is lost where nothing since was fsynced: what is cut is gone
                        assert len(there) == 1 and not power.acknowledged & there
                    else:
                        assert power.acknowledged <= there
                    assert value(again.url(), HALVES) == 0
                    assert [one for one in health.examine(again.url()) if not one.ok] == []
                    execute(again.url(), "CREATE EXTENSION amcheck")
                    execute(again.url(), BROKEN)
