"""How many messages were delivered, by number, month and what the provider charges them as.

Since October 2026 free-form messages and utility templates are charged when delivered; 1,000 free-form ones a number
and month are widely reported to be free (not on Meta's own page when this was written).
"""

from dataclasses import dataclass
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.ledger import alerts

FREE = 1000
WARNED_AT = 800
"""80 % of the free ones."""
DELIVERED = """
SELECT v.number_id, to_char(a.started_at AT TIME ZONE b.timezone, 'YYYY-MM') AS month, coalesce(a.category, 'unknown'),
       count(*)
FROM message_attempts a JOIN accounts b ON b.id = a.account_id
JOIN messages m ON m.account_id = a.account_id AND m.id = a.message_id
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE a.account_id = %s AND a.provider = 'whatsapp' AND a.outcome IN ('delivered', 'read', 'played')
  AND a.started_at > now() - interval '13 months' AND v.number_id IS NOT NULL
GROUP BY 1, 2, 3 ORDER BY 2 DESC, 1, 3
"""
THIS_MONTH = """
SELECT count(*), to_char(now(), 'YYYY-MM') FROM message_attempts a
JOIN messages m ON m.account_id = a.account_id AND m.id = a.message_id
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE a.account_id = %s AND v.number_id = %s AND a.provider = 'whatsapp' AND a.category = 'service'
  AND a.outcome IN ('delivered', 'read', 'played') AND a.started_at >= date_trunc('month', now())
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Messages that arrived. `category` is the provider's: service, utility, marketing …"""

    number: UUID
    month: str
    category: str
    count: int


async def delivered(db: Database, scope: Scope) -> list[Delivered]:
    """Return what arrived in the last year, the latest month first."""
    async with db.reading(scope) as tx:
        return [Delivered(*row) for row in await tx.rows(DELIVERED, (tx.tenant,))]


async def warn(tx: Transaction, number_id: UUID) -> None:
    """Tell a person when most of a number's free messages of the month are used up, and take it back in the next."""
    count, month = await tx.row(THIS_MONTH, (tx.tenant, number_id)) or (0, "")
    if count < WARNED_AT:
        await alerts.settled(tx, "allowance", number_id)
        return
    words = (
        f"{count} of about {FREE:,} free WhatsApp messages of {month} were delivered: without a payment method at Meta "
        "further ones are accepted and do not arrive."
    )
    await alerts.alert(tx, "allowance", number_id, words)
