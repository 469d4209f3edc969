"""How a chat is opened, on every channel."""

from uuid import UUID

from truebook.db import Transaction
from truebook.kernel import ids

OPEN = """
INSERT INTO conversations (account_id, id, customer_id, channel, address, line) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (account_id, channel, address) WHERE address IS NOT NULL DO UPDATE
SET last_activity_at = excluded.last_activity_at RETURNING id
"""


async def opened(
    tx: Transaction, channel: str, address: str | None, customer_id: UUID | None = None, line: str | None = None
) -> UUID:
    """Return the chat at an address of a channel, opened if there is none; without an address always a new one.

    A chat on WhatsApp has none: numbers pass from one person to another, and only identities say whose a chat is.
    `line`: a digest by which chats that were begun from the same line on the same day are known (`proof`).
    """
    row = await tx.row(OPEN, (tx.tenant, ids.uuid7(), customer_id, channel, address, line))
    assert row is not None
    return UUID(str(row[0]))
