"""A server that runs, or seems to run, on a cluster: what its pid file says, checked against the living process."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from truebook.db.server import processes
from truebook.db.server.lock import held
from truebook.db.server.settings import NAME

PATIENCE = 60.0
"""Seconds an orphan may take to write its last checkpoint."""
GRACE = 5.0
"""Seconds that what a dead server left may take to end of itself once it is told to."""


def stop_orphan(cluster: Path) -> None:
    """See to it that no server runs on cluster, and that what a dead one left keeps none from starting.

    Whoever calls this holds the data directory's lock, so a server of ours has lost its parent: it is on its way out,
    or told to leave. A server that is not ours was started by hand: raises Held.
    """
    pid = recorded_pid(cluster)
    if pid is None:
        return
    command = server_command(pid, cluster)
    if command is not None:
        if f"cluster_name={NAME}" not in command:
            raise held(cluster.parent, pid)
        stop(pid, cluster)
    end_survivors(cluster)
    disown(cluster)


def recorded_pid(cluster: Path) -> int | None:
    """Return the pid in a cluster's pid file."""
    try:
        return int((cluster / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def server_command(pid: int, cluster: Path) -> str | None:
    """Return the command line of a process if it is a PostgreSQL server on cluster; its pid may be anybody's by now."""
    command = processes.command(pid)
    if command is None or Path(command.split()[0]).name not in ("postgres", "postmaster"):
        return None
    return command if f" {cluster} " in f"{command} " or processes.works_in(pid, cluster) else None


def stop(pid: int, cluster: Path) -> None:
    """Have an orphaned server shut down, and wait for its end; raise Held if it does not come."""
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE
    while server_command(pid, cluster):
        if time.monotonic() > deadline:
            raise held(cluster.parent, pid)
        time.sleep(0.02)


def end_survivors(cluster: Path) -> None:
    """End the processes of a server that was killed itself, and wait until they are gone; raise Held if they stay.

    One that computes does not notice that its server is dead, holds its shared memory, and no other one can start. They
    are told to end as their server would tell them after a crash, then killed; what was committed is in the log.
    """
    for number in (signal.SIGQUIT, signal.SIGKILL):
        deadline = time.monotonic() + GRACE
        for pid in processes.at_work_in(cluster):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        while survivors := processes.at_work_in(cluster):
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        else:
            return
    raise held(cluster.parent, survivors[0])


def disown(cluster: Path) -> None:
    """Put our own pid into a pid file that was left behind.

    PostgreSQL would refuse to start if another process had been given the old pid. Its parent's pid it takes for stale,
    and then goes on to check the file's shared memory for survivors, which removing the file would skip.
    """
    file = cluster / "postmaster.pid"
    try:
        lines = file.read_text().splitlines(keepends=True)
    except FileNotFoundError:
        return
    file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
