"""One server per data directory: a lock that the kernel frees however its holder ends, and a note of who holds it."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from truebook.db.server import processes
from truebook.db.server.address import Address
from truebook.db.server.owner import Owner
from truebook.kernel.errors import Unavailable

NAME = "lock"


class Held(Unavailable):
    """Another process uses this data directory. data: folder, pid, command (the last two None while it starts)."""

    code = "data_held"


class Lock:
    """The right to run the server of a data directory; ours until released or until our process ends."""

    def __init__(self, data: Path, user: Owner) -> None:
        """Take the lock of a data directory; raise Held if another process has it."""
        self._file = os.open(data / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _lock_patiently(self._file):
            note = _read(self._file)
            os.close(self._file)
            raise held(data, note.get("pid"))
        os.fchown(self._file, user.uid, user.gid)
        self.note(pid=os.getpid())

    def note(self, **facts: Any) -> None:
        """Write down for other processes who holds the lock."""
        os.truncate(self._file, 0)
        os.pwrite(self._file, json.dumps(facts).encode(), 0)

    def release(self) -> None:
        """Give the lock back; the file stays, as removing it would let two holders in."""
        os.truncate(self._file, 0)
        os.close(self._file)


def held(data: Path, pid: int | None) -> Held:
    """Return the error that says which process uses a data directory."""
    command = processes.command(pid) if pid else None
    who = f"process {pid} ({command})" if command else "another process, which is just starting or ending"
    return Held(f"The data directory {data} is in use by {who}.", folder=str(data), pid=pid, command=command)


def running(data: Path) -> Address | None:
    """Return where the server of a data directory can be reached, if a living process runs one."""
    try:
        file = os.open(data / NAME, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        note = {} if _lock(file) else _read(file)
    finally:
        os.close(file)
    return Address(Path(note["socket"]), note["user"]) if "socket" in note else None


def _lock_patiently(file: int) -> bool:
    """Lock file unless it stays locked: `running` in another process holds it for an instant."""
    for pause in (0.01, 0.05, 0.1):
        if _lock(file):
            return True
        time.sleep(pause)
    return _lock(file)


def _lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(file: int) -> dict[str, Any]:
    written = os.pread(file, 4096, 0)
    return json.loads(written) if written else {}
