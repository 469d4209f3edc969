"""A command that is killed half way leaves nothing behind that is in the way: the same is typed again, and is done."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.db.test_dump import contents, lived_in
from truebook.db import copying, migrations

pytestmark = [pytest.mark.slow, pytest.mark.anyio]
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


def begun(*words: str, url: str, folder: Path) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), "DATABASE_URL": url, "TRUEBOOK_DATA": str(folder / "data")}
    return subprocess.Popen(
        [sys.executable, "-m", "truebook", *words],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def killed_when(process: subprocess.Popen[bytes], url: str, sight: str) -> None:
    """Kill a command as soon as a query of its own on this database is a sight to be killed at."""
    until = time.monotonic() + PATIENCE
    query = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~* %s
    """
    with psycopg.connect(url, autocommit=True) as watching:
        while watching.execute(query, (sight,)).fetchone() == (0,):
            assert process.poll() is None and time.monotonic() < until, process.communicate()[0]
        process.kill()
    process.communicate()


def done(*words: str, url: str, folder: Path) -> None:
    process = begun(*words, url=url, folder=folder)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def holding(url: str, table: str) -> psycopg.Connection:
    """Return a connection for whose lock whoever reads a table has to wait."""
    connection = psycopg.connect(url)
    connection.execute(f"LOCK TABLE truebook.{table} IN ACCESS EXCLUSIVE MODE".encode())
    return connection


def test_migrate(empty: str, tmp_path: Path) -> None:
    migrations.upgrade(empty, "0020")
    for sight in ("CREATE TABLE", "ALTER TABLE", "CREATE (OR REPLACE )?FUNCTION"):
        process = begun("migrate", url=empty, folder=tmp_path)
        try:
            killed_when(process, empty, sight)
        except AssertionError:
            assert process.returncode == 0  # it was faster than the eye
    done("migrate", url=empty, folder=tmp_path)
    done("migrate", "--check", url=empty, folder=tmp_path)
    done("doctor", url=empty, folder=tmp_path)


async def test_backup(database: str, empty: str, tmp_path: Path) -> None:
    await lived_in(database)
    before, file = contents(database), tmp_path / "desk.backup"
    with holding(database, "messages"):
        killed_when(begun("backup", str(file), url=database, folder=tmp_path), database, "messages")
    assert not file.exists(), "half a backup looks like one"
    done("backup", str(file), url=database, folder=tmp_path)
    copying.restore(empty, file)
    assert contents(empty) == before


@pytest.mark.parametrize("command", ["restore", "move-database"])
async def test_what_is_brought_over(command: str, database: str, empty: str, tmp_path: Path) -> None:
    await lived_in(database)
    before, file = contents(database), tmp_path / "desk.backup"
    copying.back_up(database, file, {})
    at, what = (empty, str(file)) if command == "restore" else (database, empty)
    for sight in ("CREATE TABLE", "COPY"):
        process = begun(command, what, url=at, folder=tmp_path)
        try:
            killed_when(process, empty, sight)
        except AssertionError:
            assert process.returncode == 0
            break
    else:
        _gone(empty)
        done(command, what, url=at, folder=tmp_path)
    assert contents(empty) == before == contents(database)


def _gone(url: str) -> None:
    """Wait until the server has noticed that whoever was killed is no more."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url, autocommit=True) as watching:
        while watching.execute(others).fetchone() != (0,):
            time.sleep(0.05)
