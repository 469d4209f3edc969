"""The server's log: a file per start, the last few kept."""

from pathlib import Path
from typing import IO

from truebook.db.server.owner import Owner

KEPT = 5


def open_new(data: Path, user: Owner) -> IO[bytes]:
    """Open a new log in the data directory's folder `log`, moving the older ones one number up."""
    folder = data / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    user.give(folder)
    names = [folder / "postgres.log", *(folder / f"postgres.log.{number}" for number in range(1, KEPT))]
    for older, newer in zip(reversed(names), [*reversed(names[:-1])], strict=False):
        if newer.exists():
            newer.replace(older)
    log = names[0].open("xb")
    user.give(names[0])
    return log


def tail(log: Path, lines: int = 5) -> str:
    """Return a log's last lines."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
