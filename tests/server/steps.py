"""Steps that the tests of the server share."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from truebook.db.server import processes

ROOT = Path(__file__).parents[2]
INSTALLED = Path(psycopg.__file__).parents[1]
"""For a Python outside the virtual environment, when another user cannot run the one inside."""
PYTHON = (sys.executable,)
Parent = subprocess.Popen[str]


def value(url: str, query: str) -> object:
    """Return the one value that a query finds."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def execute(url: str, statement: str) -> None:
    """Run a statement and commit it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def parent(data: Path, python: Sequence[str] = PYTHON, *, stderr: bool = False, **env: str) -> Iterator[Parent]:
    """Run a program that starts the server of data, in a process group of its own; kill it at the end.

    Its server must then go by itself.
    """
    program = subprocess.Popen(
        [*python, "-m", "tests.server.parent", str(data)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{INSTALLED}", "PYTHONDONTWRITEBYTECODE": "1"} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if stderr else None,
        text=True,
        start_new_session=True,
    )
    with program:
        try:
            yield program
        finally:
            program.kill()
    until(lambda: not at_work_on(data), "the parent's server is gone", 5)


def told(program: Parent) -> dict[str, Any]:
    """Return the next thing a parent tells; fail, with how it ended, where it says nothing more."""
    assert program.stdout is not None
    line = program.stdout.readline()
    assert line, f"the parent ended with {program.wait(60)}"
    facts: dict[str, Any] = json.loads(line)
    return facts


def until(happens: Callable[[], bool], what: str, seconds: float = 10) -> None:
    """Wait until something happens; fail if it does not."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    """Tell whether there is no living process with this pid."""
    return processes.command(pid) is None


def at_work_on(data: Path) -> list[str]:
    """Return the command lines of the PostgreSQL programs that work on a data directory."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    commands = [processes.command(pid) or "" for pid in pids]
    return [line for line in commands if f"{data}/" in line and "postgres" in line]
