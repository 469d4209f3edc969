"""The app in a process of its own, exactly as `truebook serve` runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError, URLError

from bench.processes import cpu_seconds


@dataclass(frozen=True, slots=True)
class App:
    """A running app."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Return the CPU seconds it has used so far."""
        return cpu_seconds(self.pid)


@contextmanager
def serving(url: str, **settings: str) -> Iterator[App]:
    """Lend one app process over a database, with settings besides those it has by itself."""
    port = free_port()
    with stopped(truebook("serve", DATABASE_URL=url, TRUEBOOK_PORT=str(port), **settings)) as process:
        wait_until_ready(port, process)
        yield App(port, process.pid)


@contextmanager
def stopped(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Lend a process and stop it afterwards."""
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def truebook(command: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a command of truebook."""
    return subprocess.Popen(
        [sys.executable, "-m", "truebook", command], env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )


def wait_until_ready(port: int, process: subprocess.Popen[bytes], patience: float = 60.0) -> None:
    """Ask /readyz until it says yes."""
    deadline = time.monotonic() + patience
    while not _ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the app did not become ready")
        time.sleep(0.01)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (HTTPError, URLError, OSError):
        return False
