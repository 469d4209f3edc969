"""How the installation's WhatsApp numbers are, in figures: one query, since whoever watches asks often."""

from typing import Any

import psycopg

from truebook.db.database import Database
from truebook.db.transaction import Scope
from truebook.kernel.errors import Unavailable

DIRECTORY = Scope(None, "health", operator=True)
LINES = """
SELECT count(*), count(*) FILTER (WHERE status = 'connected'), count(*) FILTER (WHERE status = 'stopped'),
  count(*) FILTER (WHERE quality = 'RED'), count(*) FILTER (WHERE is_funded = false),
  extract(epoch FROM now() - max(last_webhook_at))::double precision,
  extract(epoch FROM now() - min(looked_at) FILTER (WHERE status <> 'stopped'))::double precision
FROM whatsapp_numbers
"""
NAMES = ("numbers", "connected", "stopped", "of_red_quality", "without_payment", "last_webhook_seconds", "seen_seconds")


async def lines(db: Database) -> dict[str, Any] | None:
    """Return how many numbers there are and how they are, and the ages of the last webhook and of the oldest look.

    None where the database cannot be asked.
    """
    try:
        row = await db.glance(DIRECTORY, LINES, {})
    except (Unavailable, psycopg.Error):
        return None
    return dict(zip(NAMES, row, strict=True)) if row else None
