"""The embedded server: start, stop, start again."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.postgres import Copies, data_folder
from tests.server.steps import execute, value
from truebook.db import server
from truebook.db.server import journal, owner, processes
from truebook.kernel.errors import Unavailable


def test_a_database_of_ones_own_is_empty_and_writable(database: str) -> None:
    execute(database, "CREATE TABLE note (words text)")
    assert value(database, "SELECT count(*) FROM note") == 0


def test_several_databases_at_a_time_do_not_disturb_each_other(copies: Copies) -> None:
    with copies.fresh() as alice, copies.fresh() as bob:
        for _ in range(3):
            with copies.fresh() as passing:
                execute(passing, "CREATE TABLE note (words text)")
        execute(alice, "CREATE TABLE note (words text)")
        execute(bob, "CREATE TABLE note (words text)")


def test_rows_survive_a_stop_and_a_start() -> None:
    said: list[str] = []
    with data_folder() as data:
        with server.start(data, say=said.append) as first:
            execute(first.url(), "CREATE TABLE note AS SELECT 'kept' AS words")
        assert not first.alive
        with server.start(data, say=said.append) as second:
            assert value(second.url(), "SELECT words FROM note") == "kept"
            assert second.pid != first.pid
    starting = f"starting PostgreSQL {second.version} …"
    assert said == ["creating the database (once) …", starting, starting]


def test_the_server_is_durable_private_and_the_same_on_every_machine() -> None:
    wanted = {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "work_mem": "5MB",
    }
    with data_folder() as data, server.start(data, settings={"work_mem": "5MB"}) as running:
        assert {name: value(running.url(), f"SHOW {name}") for name in wanted} == wanted
        assert value(running.url(), "SELECT upper('äß')") == "Äß"
        assert running.address.folder.stat().st_mode & 0o077 == 0


def test_only_the_main_thread_may_start_it_as_the_server_dies_with_its_thread() -> None:
    with data_folder() as data, ThreadPoolExecutor(1) as threads:
        with pytest.raises(RuntimeError, match="main thread"):
            threads.submit(server.start, data).result()
        assert not any(data.iterdir())


def test_a_server_that_does_not_start_says_why_and_leaves_the_data_free() -> None:
    with data_folder() as data:
        with pytest.raises(Unavailable, match="no_such_setting"):
            server.start(data, settings={"no_such_setting": "1"})
        with server.start(data) as running:
            assert running.alive


def test_the_tools_find_the_database() -> None:
    with data_folder() as data, server.start(data) as running:
        execute(running.url(), "CREATE TABLE note (words text)")
        dumped = subprocess.run(
            [running.binaries / "pg_dump", "--schema-only"],
            env=os.environ | running.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
    assert "CREATE TABLE public.note" in dumped.stdout


def test_others_learn_where_the_server_is_while_it_runs() -> None:
    with data_folder() as data:
        assert server.running(data) is None
        with server.start(data) as running:
            assert server.running(data) == running.address
        assert server.running(data) is None
    assert server.running(data) is None


def test_a_long_path_gets_a_short_socket_and_leaves_nothing_behind() -> None:
    with data_folder() as folder:
        folder.chmod(0o711)
        data = folder / ("long" * 30)
        with server.start(data) as running:
            place = running.address.folder
            assert data not in place.parents
            assert value(running.url(), "SELECT 1") == 1
        assert not place.exists()
        assert not (data / "run").is_symlink()


@pytest.mark.unit
def test_processes_are_found_without_proc_too(monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("ps"):
        pytest.skip("there is no ps here")
    seen = processes.command(os.getpid())
    monkeypatch.setattr(processes, "PROC", Path("/there is no proc"))
    assert seen is not None
    assert processes.command(os.getpid()) == seen
    assert processes.command(2**22 + 1) is None


@pytest.mark.unit
def test_the_last_logs_are_kept() -> None:
    with data_folder() as data:
        for number in range(8):
            with journal.open_new(data, owner.of(data)) as log:
                log.write(b"%d" % number)
        kept = {file.name: file.read_text() for file in (data / "log").iterdir()}
    assert kept == {"postgres.log": "7"} | {f"postgres.log.{age}": str(7 - age) for age in range(1, 5)}


@pytest.mark.unit
def test_urls_quote_what_stands_in_the_path() -> None:
    address = server.Address(Path("/da ta/ü?&"))
    assert conninfo_to_dict(address.url("a/b")) == {
        "host": "/da ta/ü?&",
        "port": "5432",
        "user": "postgres",
        "dbname": "a/b",
    }
