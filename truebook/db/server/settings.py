"""The settings the server is started with, as arguments, so that no file has to be edited or migrated."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from truebook.db.server.address import PORT, Address

NAME = "truebook"
"""The server's cluster_name: tells our servers from one that somebody started by hand on the same data."""

DEFAULTS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "track_commit_timestamp": "off",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    "log_error_verbosity": "terse",  # details and statements hold names and phone numbers
    "log_min_error_statement": "panic",
}
RECKLESS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "truebook.throwaway": "on",  # says so, or the health check would refuse to start on it
}


def arguments(address: Address, wished: Mapping[str, str], *, fsync: bool) -> Iterator[str]:
    """Yield the server's arguments: the defaults, without fsync the reckless ones, then what is wished."""
    fixed = {"cluster_name": NAME, "unix_socket_directories": str(address.folder), "port": str(PORT)}
    ours = {**DEFAULTS, "shared_buffers": buffers(memory())}
    for name, value in {**ours, **({} if fsync else RECKLESS), **wished, **fixed}.items():
        yield "-c"
        yield f"{name}={value}"


def buffers(memory: int) -> str:
    """Return how much of so many bytes of memory the server keeps its pages in: a quarter, within reason.

    With a million appointments the pages that bookings touch take 300 MB; memory that is never needed is never taken.
    """
    return f"{min(max(memory // 4 // 2**20, 64), 512)}MB"


def memory(limit: Path = Path("/sys/fs/cgroup/memory.max")) -> int:
    """Return the bytes of memory that there are for this process: the machine's, or those of its container."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(machine, int(limit.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit: "max"
        return machine
