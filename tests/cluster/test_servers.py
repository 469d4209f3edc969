"""Servers of a cluster that crash or hand their rows over while people book; and how many of them a booking concerns."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.cluster.nodes import Nodes, run
from tests.desk import MONDAY, NOW, Desk, furnish
from tests.postgres import name_in
from truebook.booking import actions, free, views
from truebook.booking.errors import OutcomeUnknown, Refusal
from truebook.db import Database
from truebook.kernel.errors import Fact

pytestmark = pytest.mark.anyio
PEOPLE = 6
SLOTS = 10
"""Appointments of 45 minutes that a day has room for, from nine to half past four."""
TRUTH = """
SELECT notes, count(*), sum((SELECT count(*) FROM truebook.claims c WHERE c.tenant_id = a.tenant_id AND c.appointment_id = a.id))
FROM truebook.appointments a WHERE tenant_id = %s AND status = 'confirmed' GROUP BY notes
"""
OVERLAPS = """
SELECT count(*) FROM truebook.claims a JOIN truebook.claims b ON a.tenant_id = b.tenant_id AND a.resource_id = b.resource_id
 AND a.appointment_id < b.appointment_id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.tenant_id = %s
"""
PLACE = """
SELECT s.shardid, n.nodename, n.nodeport FROM pg_dist_shard s JOIN pg_dist_placement p USING (shardid)
JOIN pg_dist_node n ON n.groupid = p.groupid
WHERE s.shardid = get_shard_id_for_distribution_column('truebook.claims', %s)
"""
VICTIM = """
SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name LIKE 'citus_internal%%'
  AND pid <> pg_backend_pid() LIMIT 1
"""


@dataclass
class Told:
    """What was said of each booking, by its number."""

    booked: set[int] = field(default_factory=set)
    unchanged: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    said: Counter[str] = field(default_factory=Counter)


def start_of(number: int) -> datetime:
    day, slot = divmod(number, SLOTS)
    return MONDAY + timedelta(days=day // 5 * 7 + day % 5, hours=1, minutes=45 * slot)


async def book(desk: Desk, told: Told, number: int) -> None:
    """Book once, and believe what is said."""
    try:
        await actions.book(desk.db, desk.scope, desk.wish(start_of(number), notes=str(number)), now=NOW)
    except OutcomeUnknown:
        told.unknown.add(number)
    except (Refusal, Fact, psycopg.Error) as error:
        told.unchanged.add(number)
        told.said[type(error).__name__] += 1
    else:
        told.booked.add(number)


async def booking(desk: Desk, told: Told, numbers: list[int], done: asyncio.Event) -> None:
    while numbers and not done.is_set():
        await book(desk, told, numbers.pop())


async def judged(url: str, desk: Desk, told: Told) -> None:
    """Hold what was said against the rows: told booked means one row with its claim, told unchanged means none."""
    with psycopg.connect(url, autocommit=True) as admin:
        rows = {int(notes): (count, claims) for notes, count, claims in admin.execute(TRUTH, (desk.account,))}
        overlaps = admin.execute(OVERLAPS, (desk.account,)).fetchone()
    assert overlaps == (0,)
    assert set(rows.values()) <= {(1, 1)}
    assert told.booked <= set(rows), f"lost: {told.booked - set(rows)}"
    assert not told.unchanged & set(rows), f"said to have changed nothing: {told.unchanged & set(rows)}"
    assert set(rows) <= told.booked | told.unknown


async def test_a_worker_that_crashes_in_mid_booking_makes_no_answer_untrue(nodes: Nodes, database: str) -> None:
    """Its server is killed with everything on it, and comes back by itself; meanwhile nobody is told what is not so."""
    told, done, crashes = Told(), asyncio.Event(), 0
    async with Database(database, size=PEOPLE, patience=3) as db:
        desk = await furnish(db)
        numbers = list(range(600))
        people = [asyncio.create_task(booking(desk, told, numbers, done)) for _ in range(PEOPLE)]
        for wanted in (20, 40, 60):
            while len(told.booked) < wanted:
                await asyncio.sleep(0.02)
            crashes += await asyncio.to_thread(crash, place_of(nodes, database, desk.account), name_in(database))
        while len(told.booked) < 80:
            await asyncio.sleep(0.02)
        done.set()
        await asyncio.gather(*people)
    assert crashes == 3
    assert told.said, "nobody noticed that a server was gone"
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute("SELECT recover_prepared_transactions()")
    await judged(database, desk, told)


def place_of(nodes: Nodes, database: str, tenant: UUID) -> str:
    """Return the URL of the server that has a business's rows."""
    with psycopg.connect(database, autocommit=True) as admin:
        row = admin.execute(PLACE, (tenant,)).fetchone()
    assert row is not None
    return nodes.workers[nodes.addresses.index((row[1], row[2]))]


def crash(worker: str, name: str) -> int:
    """Kill a process of a server by force, upon which it ends all of them and recovers; wait until it answers."""
    with psycopg.connect(worker, autocommit=True) as admin:
        row = admin.execute(VICTIM, (name,)).fetchone()
        if row is None:
            return 0
        try:
            admin.execute(f"COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; kill -9 {row[0]}'".encode())
            while True:
                admin.execute("SELECT pg_sleep(0.05)")
        except psycopg.OperationalError:
            pass
    while True:
        try:
            psycopg.connect(worker, connect_timeout=5).close()
            return 1
        except psycopg.OperationalError:
            continue


async def test_a_business_that_moves_to_another_server_loses_and_doubles_nothing(nodes: Nodes, database: str) -> None:
    told, done = Told(), asyncio.Event()
    async with Database(database, size=PEOPLE) as db:
        desk = await furnish(db)
        numbers = list(range(600))
        people = [asyncio.create_task(booking(desk, told, numbers, done)) for _ in range(PEOPLE)]
        while len(told.booked) < 10:
            await asyncio.sleep(0.02)
        for _ in range(2):
            here = place_of(nodes, database, desk.account)
            await asyncio.to_thread(move, nodes, database, desk.account)
            assert place_of(nodes, database, desk.account) != here
        enough = len(told.booked) + 10
        while len(told.booked) < enough:
            await asyncio.sleep(0.02)
        done.set()
        await asyncio.gather(*people)
    await judged(database, desk, told)


def move(nodes: Nodes, database: str, tenant: UUID) -> None:
    """Move a business's rows, with those that lie beside, to another server while they are in use: who writes waits."""
    with psycopg.connect(database, autocommit=True) as admin:
        row = admin.execute(PLACE, (tenant,)).fetchone()
        assert row is not None
        shard, host, port = row
        other = next(one for one in nodes.addresses if one != (host, port))
        admin.execute(
            "SELECT citus_move_shard_placement(%s, %s, %s, %s, %s, 'block_writes')", (shard, host, port, *other)
        )


async def test_what_a_desk_does_all_day_concerns_one_server(database: str) -> None:
    """The coordinator refuses here whatever it would have to ask more than one shard."""
    async with Database(database) as db:
        desk = await furnish(db)
    run(database, f"ALTER DATABASE {name_in(database)} SET citus.multi_task_query_log_level = 'error'")
    async with Database(database, size=4) as db:
        async with db.pool.connection() as connection:
            with pytest.raises(psycopg.errors.InternalError, match="multi-task"):
                await connection.execute("SELECT count(*) FROM truebook.claims")
        search = (desk.services["Haircut"], desk.staff["Anna"], MONDAY.date(), MONDAY.date())
        before = await free.find(db, desk.scope, *search, now=NOW)
        made = await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
        assert len(await free.find(db, desk.scope, *search, now=NOW)) < len(before)
        await actions.move(db, desk.scope, made.id, MONDAY.replace(hour=12), now=NOW)
        assert (await views.appointment(db, desk.scope, made.id)).start.hour == 12
        await actions.cancel(db, desk.scope, made.id, now=NOW)
        assert await free.find(db, desk.scope, *search, now=NOW) == before
