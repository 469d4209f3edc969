"""What was promised and is not kept yet, in figures over all businesses."""

from typing import NamedTuple

import psycopg

from truebook.db.database import Database
from truebook.db.health.backlog import WATCH
from truebook.kernel.errors import Unavailable

OPEN = "SELECT promise, number, oldest FROM promises_open()"


class Promises(NamedTuple):
    """Promises of one kind; `oldest`: for how many seconds the oldest has been open."""

    kind: str
    number: int
    oldest: float


async def promises(db: Database) -> list[Promises] | None:
    """Return the promises that are not kept yet, by kind; None where the database cannot be asked."""
    try:
        return [Promises(*row) for row in await db.rows(WATCH, OPEN, {})]
    except (Unavailable, psycopg.Error):
        return None
