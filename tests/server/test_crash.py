"""What the embedded server survives: kill -9, Ctrl-C, half a first start, what crashes leave behind."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.postgres import data_folder
from tests.server.steps import at_work_on, execute, gone, parent, told, until, value
from truebook.db import server
from truebook.db.server import binaries, home, owner

pytestmark = pytest.mark.slow


def test_kill_9_of_the_parent_stops_the_server_and_keeps_what_was_committed() -> None:
    with data_folder() as data:
        with parent(data) as program:
            facts = told(program)
            execute(facts["url"], "CREATE TABLE note AS SELECT 'committed' AS words")
            with closing(psycopg.connect(facts["url"])) as open_transaction:
                open_transaction.execute("INSERT INTO note VALUES ('never committed')")
                program.kill()
                until(lambda: gone(facts["pid"]), "the server is gone", 3)
        assert at_work_on(data) == []
        with server.start(data) as running:
            assert value(running.url(), "SELECT array_agg(words) FROM note") == ["committed"]


def test_a_start_right_after_kill_9_waits_for_the_old_server() -> None:
    with data_folder() as data:
        for expected in range(1, 4):
            with parent(data) as program:
                url = told(program)["url"]
                execute(url, "CREATE TABLE IF NOT EXISTS note (words text)")
                execute(url, "INSERT INTO note VALUES ('kept')")
                program.kill()
                program.wait()
                with server.start(data) as running:
                    assert value(running.url(), "SELECT count(*) FROM note") == expected


def test_kill_9_of_the_server_itself_is_seen_and_loses_nothing() -> None:
    with data_folder() as data:
        with server.start(data) as running:
            execute(running.url(), "CREATE TABLE note AS SELECT 'kept' AS words")
            os.kill(running.pid, signal.SIGKILL)
            until(lambda: not running.alive, "the death is seen")
        with server.start(data) as again:
            assert value(again.url(), "SELECT words FROM note") == "kept"


def test_what_computes_on_when_the_server_is_killed_is_ended_by_the_next_start() -> None:
    """It does not notice, and holds on to the memory that a server needs for itself."""
    with data_folder() as data, parent(data) as program:
        facts = told(program)
        execute(facts["url"], "CREATE TABLE note AS SELECT 'kept' AS words")
        with closing(psycopg.connect(facts["url"], autocommit=True)) as busy:
            busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
            survivor = busy.info.backend_pid
            try:
                until(lambda: b"DO" in Path(f"/proc/{survivor}/cmdline").read_bytes(), "it computes")
                os.kill(facts["pid"], signal.SIGKILL)
                program.kill()
                program.wait()
                assert not gone(survivor)
                with server.start(data) as running:
                    assert gone(survivor)
                    assert value(running.url(), "SELECT words FROM note") == "kept"
            finally:
                if not gone(survivor):
                    os.kill(survivor, signal.SIGKILL)


def test_ctrl_c_reaches_the_parent_and_not_the_server() -> None:
    with data_folder() as data, parent(data) as program:
        facts = told(program)
        os.killpg(program.pid, signal.SIGINT)
        assert told(program) == {"answer": [42]}
        assert program.wait(60) == 0
        assert gone(facts["pid"])
        assert "database system is shut down" in (data / "log" / "postgres.log").read_text()


@pytest.mark.parametrize("at", ["cluster.new-*", "cluster.new-*/base", "cluster.new-*/global/pg_control", "cluster"])
def test_a_first_start_killed_half_way_does_no_harm(at: str) -> None:
    with data_folder() as data:
        with parent(data) as program:
            until(lambda: any(data.glob(at)), f"{at} is being made")
            program.kill()
        until(lambda: not at_work_on(data), "what it started is gone")
        with server.start(data) as running:
            assert value(running.url(), "SELECT 1") == 1
        assert not list(data.glob("*.new-*"))


def test_a_second_start_says_who_holds_the_data() -> None:
    with data_folder() as data, parent(data) as program:
        told(program)
        with pytest.raises(server.Held, match=f"in use by process {program.pid} .*tests.server.parent") as refused:
            server.start(data)
        assert refused.value.data["pid"] == program.pid


def test_a_pid_that_was_given_to_another_process_is_not_taken_for_a_server() -> None:
    with data_folder() as data:
        with server.start(data) as running:
            execute(running.url(), "CREATE TABLE note AS SELECT 'kept' AS words")
            pid_file = home.cluster_of(data) / "postmaster.pid"
            written = pid_file.read_text()
        user = owner.of(home.cluster_of(data))
        with running_as(user, "/bin/sleep", "60") as stranger:
            until(lambda: Path(f"/proc/{stranger.pid}/comm").read_text() == "sleep\n", "the stranger runs")
            pid_file.write_text(written.replace(str(running.pid), str(stranger.pid), 1))
            user.give(pid_file)
            with server.start(data) as again:
                assert value(again.url(), "SELECT words FROM note") == "kept"
            assert stranger.poll() is None


def test_a_server_that_somebody_started_by_hand_is_left_alone() -> None:
    with data_folder() as data:
        server.start(data).stop()
        with running_on(data) as theirs:
            with pytest.raises(server.Held, match=rf"process {theirs.pid} .*postgres -D"):
                server.start(data)
            assert theirs.poll() is None


def test_an_orphan_that_no_signal_reached_is_stopped_first() -> None:
    """So it is where the kernel sends none when a parent dies."""
    with data_folder() as data:
        server.start(data).stop()
        with running_on(data, "-c", "cluster_name=truebook") as orphan, server.start(data) as running:
            assert orphan.wait(60) == 0
            assert value(running.url(), "SELECT 1") == 1


@contextmanager
def running_as(user: owner.Owner, *program: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program as another user; kill it at the end."""
    with subprocess.Popen(user.leashed(program, signal.SIGKILL), stderr=subprocess.DEVNULL, cwd="/") as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)


@contextmanager
def running_on(data: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server on a data directory without Truebook's knowledge."""
    cluster = home.cluster_of(data)
    postgres = binaries.find(None).program("postgres")
    socket = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={cluster}")
    with running_as(owner.of(cluster), postgres, "-D", cluster, *socket, *options) as process:
        until((cluster / ".s.PGSQL.5432").exists, "the server runs")
        yield process


def test_an_unclean_end_in_the_middle_of_writing_is_recovered() -> None:
    with data_folder() as data:
        with parent(data) as program:
            facts = told(program)
            execute(facts["url"], "CREATE TABLE note (n int)")
            with psycopg.connect(facts["url"], autocommit=True) as connection:
                for n in range(200):
                    connection.execute("INSERT INTO note VALUES (%s)", [n])
            os.kill(facts["pid"], signal.SIGKILL)
            program.kill()
        with server.start(data) as running:
            assert value(running.url(), "SELECT count(*) FROM note") == 200
