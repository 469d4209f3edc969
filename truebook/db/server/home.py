"""The data directory: where it is by default, and making one that the server's user can reach."""

import os
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


def settle(data: Path) -> Owner:
    """Make the data directory if there is none; return who runs its server. Raises Unavailable if it cannot be used."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        user = owner.of(cluster_of(data), data)
        if not any(data.iterdir()):
            data.chmod(0o711 if user.other else 0o700)
    except OSError as error:
        raise Unavailable(
            f"The data directory {data} cannot be used: {error.strerror}. Choose another one with TRUEBOOK_DATA.",
            folder=str(data),
        ) from error
    refuse_closed(data, user)
    return user


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
