"""`truebook migrate --distribute`: what stands in the way is said, what was begun is gone on with, nothing is lost."""

import asyncio
import signal
import subprocess
import sys

import psycopg
import pytest

from tests.cluster.nodes import Nodes, few_shards, run
from tests.desk import MONDAY, NOW, furnish, opened
from tests.postgres import on
from truebook.booking import actions, views
from truebook.db import health, migrations, spreading
from truebook.db.connection import connect
from truebook.kernel.errors import Unavailable

KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'truebook'::regnamespace AND conrelid::regclass::text !~ '(commits_together|_[0-9]{6})$' ORDER BY 1, 2
"""
SPREAD = "SELECT logicalrelid::regclass::text, partmethod FROM pg_dist_partition ORDER BY 1"
DISTRIBUTE = "from truebook.cli import main; main()"


def failed(url: str) -> list[tuple[str, str]]:
    with connect(url) as connection:
        return [(one.name, one.fix) for one in spreading.obstacles(connection) if not one.ok]


def test_a_desk_that_was_there_before_citus_is_spread_once_nothing_stands_in_the_way(nodes: Nodes) -> None:
    name = "test_obstacles"
    nodes.everywhere(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    nodes.everywhere(f"CREATE DATABASE {name}")
    try:
        url = on(nodes.coordinator, name)
        assert failed(url) == [("schema", "Bring it up to date first: truebook migrate")]
        migrations.upgrade(url)
        assert [one for one, _ in failed(url)] == ["Citus"]
        with pytest.raises(Unavailable, match="CREATE EXTENSION citus"):
            spreading.distribute(url)
        run(url, "CREATE EXTENSION citus")
        assert [one for one, _ in failed(url)] == ["coordinator"]
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT citus_set_coordinator_host(%s, %s)", nodes.coordinator_address)
        assert [one for one, _ in failed(url)] == ["workers"]
        for worker in nodes.workers:
            run(on(worker, name), "CREATE EXTENSION citus")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT citus_add_node(%s, %s)", nodes.addresses[0])
        assert failed(url) == []
        booked = book_one(url)
        assert spreading.distribute(few_shards(url)) > 0
        assert book_one(url, "praxis-bob") != booked
        assert [one for one in health.examine(url) if not one.ok and one.name != "fsync"] == []
    finally:
        nodes.drop(name)


def test_who_is_killed_in_the_middle_goes_on_and_nothing_is_lost(nodes: Nodes) -> None:
    with nodes.empty() as url:
        migrations.upgrade(url)
        booked = book_one(url)
        with psycopg.connect(url) as connection:
            before = connection.execute(KEYS).fetchall()
        for table in ("claims", "staff", "foreign keys"):
            kill_when_it_says(table, url)
        spreading.distribute(few_shards(url))
        assert spreading.distribute(url) == 0
        with psycopg.connect(url) as connection:
            assert connection.execute(KEYS).fetchall() == before
            kinds = [kind for _, kind in connection.execute(SPREAD)]
            assert kinds.count("h") == len(spreading.places.spread(connection))
            assert kinds.count("n") == len(spreading.places.EVERYBODYS) + 1
            assert connection.execute("SELECT to_regclass('truebook.keys_put_aside')").fetchone() == (None,)
        assert book_one(url, "praxis-bob") != booked
        assert [one for one in health.examine(url) if not one.ok and one.name != "fsync"] == []


def kill_when_it_says(word: str, url: str) -> None:
    """Begin to spread, and kill it where it says that it comes to something."""
    process = subprocess.Popen(
        [sys.executable, "-c", DISTRIBUTE, "migrate", "--distribute"],
        env={"DATABASE_URL": few_shards(url), "PATH": "/usr/bin:/bin", "PYTHONPATH": "."}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    said = []
    assert process.stderr is not None
    with process.stderr as lines:
        for line in lines:
            said.append(line)
            if word in line:
                process.send_signal(signal.SIGKILL)
                break
    assert process.wait() == -signal.SIGKILL, said


def book_one(url: str, slug: str = "salon-alice") -> object:
    async def book() -> object:
        async with opened(url) as db:
            desk = await furnish(db, slug)
            made = await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
            return (await views.appointment(db, desk.scope, made.id)).id

    return asyncio.run(book())


def test_nobody_is_at_work_meanwhile(nodes: Nodes) -> None:
    with nodes.empty() as url:
        migrations.upgrade(url)
        app = url.replace("postgres@", "truebook_app@")
        with psycopg.connect(app), pytest.raises(Unavailable, match="Stop every app and worker"):
            spreading.distribute(url)
