"""Where a server can be reached: a socket in a folder that nobody else can enter."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from truebook.db.server.owner import Owner

PORT = 5432
"""Only a part of the socket's name: there is no network port."""
LONGEST = 88
"""Bytes of a folder's path: with the socket's name (`/.s.PGSQL.5432`) they must fit into 104."""
USER = "postgres"
DATABASE = "truebook"


@dataclass(frozen=True)
class Address:
    """A server's socket folder and its superuser."""

    folder: Path
    user: str = USER

    def url(self, database: str = DATABASE) -> str:
        """Return the libpq URL of a database."""
        name, folder = quote(database, safe=""), quote(str(self.folder), safe="")
        return f"postgresql://{self.user}@/{name}?host={folder}&port={PORT}"

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """Return the variables that make psql, pg_dump or pgbench use a database."""
        return {"PGHOST": str(self.folder), "PGPORT": str(PORT), "PGUSER": self.user, "PGDATABASE": database}

    @property
    def socket(self) -> Path:
        """The socket's file."""
        return self.folder / f".s.PGSQL.{PORT}"


def settle(data: Path, user: Owner) -> Address:
    """Make an empty socket folder for the server of a data directory: inside it, or in a shorter place linked there."""
    run = data / "run"
    clear(data)
    if fits(run):
        run.mkdir(mode=0o700)
        folder = run
    else:
        folder = Path(tempfile.mkdtemp(prefix="truebook-", dir=short(user)))
        run.symlink_to(folder)
    user.give(folder)
    return Address(folder)


def clear(data: Path) -> None:
    """Remove the socket folder of a server that runs no more."""
    run = data / "run"
    if run.is_symlink():
        shutil.rmtree(run.readlink(), ignore_errors=True)
        run.unlink()
    elif run.exists():
        shutil.rmtree(run)


def fits(folder: Path) -> bool:
    """Tell whether a socket in folder can have a path that short."""
    return len(os.fsencode(folder)) <= LONGEST


def short(user: Owner) -> str:
    """Return a folder for temporary files with a short path that user can enter."""
    wished = (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp")
    room = len("/truebook-12345678")
    places = (place for place in wished if place and len(os.fsencode(place)) + room <= LONGEST)
    return next(place for place in places if not user.blocked(Path(place)))
