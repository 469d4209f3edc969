"""Start the server of a data directory as our own child."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

from truebook.db.server import address as addresses
from truebook.db.server import binaries as programs
from truebook.db.server import cluster as clusters
from truebook.db.server import home, journal, postmaster, whole
from truebook.db.server.binaries import Binaries
from truebook.db.server.lock import Lock
from truebook.db.server.owner import Owner, environment
from truebook.db.server.readiness import wait_until_ready
from truebook.db.server.server import Server
from truebook.db.server.settings import arguments

NOTHING: Mapping[str, str] = MappingProxyType({})


def start(
    data: Path,
    *,
    settings: Mapping[str, str] = NOTHING,
    fsync: bool = True,
    say: Callable[[str], None] = lambda line: None,
) -> Server:
    """Start the server of a data directory, which is made if there is none; return it when it answers.

    settings are PostgreSQL's and override ours; without fsync a crash may lose data (for tests). say is told what takes
    a moment. Call it from the main thread: the server dies with the thread that started it. Raises Held if another
    process runs that server, Unavailable if there is no server to run or it does not start.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("start the server from the main thread")
    data = data.expanduser().resolve()
    user = home.settle(data)
    with home.blamed(data), ExitStack() as undo:
        lock = Lock(data, user)
        undo.callback(lock.release)
        whole.sweep(data)
        binaries = open_cluster(data, user, fsync=fsync, say=say)
        address = addresses.settle(data, user)
        undo.callback(addresses.clear, data)
        say(f"starting PostgreSQL {binaries.version} …")
        options = arguments(address, settings, fsync=fsync)
        program: list[str | Path] = [binaries.program("postgres"), "-D", home.cluster_of(data), *options]
        with journal.open_new(data, user) as log:
            process = spawn(user.leashed(program, signal.SIGINT), log.fileno())
        server = Server(process, binaries, address, undo.pop_all())
    try:
        wait_until_ready(server, Path(log.name), say)
        lock.note(pid=os.getpid(), socket=str(address.folder), user=address.user)
    except BaseException:
        server.stop()
        raise
    return server


def open_cluster(data: Path, user: Owner, *, fsync: bool, say: Callable[[str], None]) -> Binaries:
    """See to it that there is a cluster which no server uses; return the binaries that fit it."""
    cluster = home.cluster_of(data)
    postmaster.stop_orphan(cluster)
    user.take_over(cluster)
    version = clusters.made_by(cluster)
    binaries = programs.within_reach(programs.find(version), user, data)
    if version is None:
        say("creating the database (once) …")
        clusters.make(cluster, binaries, user, fsync=fsync)
    return binaries


def spawn(command: list[str], log: int) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that Ctrl-C reaches us and not it."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=environment(),
        cwd="/",
        start_new_session=True,
    )
