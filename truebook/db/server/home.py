"""The data directory: where it is by default, and making one that the server's user can reach."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from truebook.db.server import owner
from truebook.db.server.owner import Owner
from truebook.kernel.errors import Unavailable

FOR_ROOT = Path("/var/lib/truebook")
"""Root's home is closed to the user the server runs as."""


def default_data() -> Path:
    """Return the platform's folder for Truebook's data; for root one that other users can reach."""
    if os.geteuid() == 0:
        return FOR_ROOT
    return platformdirs.user_data_path("truebook", appauthor=False)


def cluster_of(data: Path) -> Path:
    """Return where in a data directory PostgreSQL keeps its own."""
    return data / "cluster"


def exists(data: Path) -> bool:
    """Tell whether a data directory holds a database. Raises Unavailable if it cannot even be looked at."""
    with blamed(data):
        return cluster_of(data).exists()


def settle(data: Path) -> Owner:
    """Make the data directory if there is none; return who runs its server. Raises Unavailable if it cannot be used."""
    with blamed(data):
        data.mkdir(parents=True, exist_ok=True)
        user = owner.of(cluster_of(data), data)
        if not any(data.iterdir()):
            data.chmod(0o711 if user.other else 0o700)
    refuse_closed(data, user)
    return user


@contextmanager
def blamed(data: Path) -> Iterator[None]:
    """Turn an error of the file system into one that says which data directory cannot be used, and why."""
    try:
        yield
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise Unavailable(
            f"The data directory {data} cannot be used ({what}). Choose another one with TRUEBOOK_DATA.",
            folder=str(data),
        ) from error


def refuse_closed(data: Path, user: Owner) -> None:
    """Raise Unavailable if user cannot enter the data directory."""
    closed = user.blocked(data)
    if closed is None:
        return
    raise Unavailable(
        f"The database server runs as {user.name} (PostgreSQL refuses root), who cannot enter {closed}. "
        f"Choose another place for the data, for instance TRUEBOOK_DATA={FOR_ROOT}.",
        folder=str(closed),
        user=user.name,
    )
