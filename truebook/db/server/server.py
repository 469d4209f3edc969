"""Start a server as our own child, wait until it answers, and stop it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import psycopg
from psycopg import sql

from truebook.db.server import address as addresses
from truebook.db.server import binaries as programs
from truebook.db.server import cluster as clusters
from truebook.db.server import home, journal, postmaster
from truebook.db.server.address import DATABASE, Address
from truebook.db.server.binaries import Binaries
from truebook.db.server.lock import Lock
from truebook.db.server.owner import Owner, environment
from truebook.db.server.settings import arguments
from truebook.kernel.errors import Unavailable

NOTHING: Mapping[str, str] = MappingProxyType({})
PATIENCE = 300.0
"""Seconds a server may take to answer (after a crash it first replays its log) or to stop."""


class Server:
    """A running PostgreSQL, child of this process. Use it as a context manager, or call stop()."""

    def __init__(
        self, process: subprocess.Popen[bytes], binaries: Binaries, address: Address, afterwards: ExitStack
    ) -> None:
        self._process = process
        self._binaries = binaries
        self._afterwards = afterwards
        self.address = address

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the server still runs."""
        return self._process.poll() is None

    @property
    def binaries(self) -> Path:
        """The folder with psql, pg_dump and pgbench of the server's version."""
        return self._binaries.folder

    @property
    def version(self) -> str:
        """PostgreSQL's version, such as 18.6."""
        return self._binaries.version

    def url(self, database: str = DATABASE) -> str:
        """Return the libpq URL of a database."""
        return self.address.url(database)

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """Return the variables that make psql, pg_dump or pgbench use a database."""
        return self.address.environment(database)

    def stop(self) -> None:
        """Shut the server down: open transactions are rolled back, what is committed is kept. May be called again."""
        if self.alive:
            self._process.send_signal(signal.SIGINT)
            if not self.ends_within(PATIENCE):
                self._process.send_signal(signal.SIGQUIT)  # at once; the next start replays the log
                self._process.wait()
        self._afterwards.close()

    def ends_within(self, seconds: float) -> bool:
        """Wait a while; tell whether the server has ended."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


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
    with ExitStack() as undo:
        lock = Lock(data, user)
        undo.callback(lock.release)
        binaries = open_cluster(data, user, fsync=fsync, say=say)
        address = addresses.settle(data, user)
        undo.callback(addresses.clear, data)
        say(f"starting PostgreSQL {binaries.version} …")
        options = arguments(address, settings, fsync=fsync)
        program: list[str | Path] = [binaries.program("postgres"), "-D", home.cluster_of(data), *options]
        with journal.open_new(data) as log:
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


def wait_until_ready(server: Server, log: Path, say: Callable[[str], None]) -> None:
    """Wait until the server answers and has our database; raise Unavailable with its last words if it ends."""
    deadline = time.monotonic() + PATIENCE
    pause = 0.005
    while not answers(server):
        if server.ends_within(pause):
            raise Unavailable(f"PostgreSQL did not start. Its log {log} ends with:\n{journal.tail(log)}")
        if time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL does not answer after {PATIENCE:.0f} s. Its log: {log}")
        if pause < 0.1 <= pause * 1.3:
            say("waiting for PostgreSQL to recover …")
        pause = min(pause * 1.3, 0.1)


def answers(server: Server) -> bool:
    """Tell whether the server answers; if so, see to it that our database is there."""
    if not server.address.socket.exists():
        return False
    try:
        connection = psycopg.connect(server.url("postgres"), autocommit=True)
    except psycopg.OperationalError:  # it is starting up
        return False
    with connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    return True
