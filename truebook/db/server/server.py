"""A server that runs: where it is reached, its tools, and its end."""

import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from truebook.db.server.address import DATABASE, Address
from truebook.db.server.binaries import Binaries

PATIENCE = 300.0
"""Seconds a server may take to write its last checkpoint."""


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
