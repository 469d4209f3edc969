"""Customers who wait for a person's answer: they are not forgotten."""

from datetime import datetime

from truebook.db import Transaction
from truebook.ledger import alerts

WAITING = """
SELECT v.id, coalesce(c.name, v.username, c.phone, 'Somebody'), w.since FROM conversations v
LEFT JOIN customers c ON c.account_id = %(tenant)s AND c.id = v.customer_id
CROSS JOIN LATERAL (
  SELECT min(m.created_at) AS since FROM messages m WHERE m.account_id = %(tenant)s AND m.conversation_id = v.id
    AND m.role = 'user' AND m.withdrawn_at IS NULL AND m.created_at > coalesce((SELECT max(p.created_at)
      FROM messages p WHERE p.account_id = %(tenant)s AND p.conversation_id = v.id AND p.kind = 'person'),
      '-infinity')) w
WHERE v.account_id = %(tenant)s AND v.status = 'handed_over' AND w.since < %(before)s ORDER BY w.since, v.id LIMIT 100
"""
"""The assistant's own promise of a person is no answer: only a person's words are."""
ANSWERED = """
UPDATE alerts x SET resolved_at = statement_timestamp() FROM conversations v
WHERE x.account_id = %(tenant)s AND x.kind = 'waiting' AND x.resolved_at IS NULL
  AND v.account_id = %(tenant)s AND v.id = x.subject AND (v.status <> 'handed_over' OR EXISTS (
    SELECT FROM messages p WHERE p.account_id = %(tenant)s AND p.conversation_id = v.id AND p.kind = 'person'
      AND p.created_at > x.created_at))
"""


async def remember(tx: Transaction, before: datetime) -> None:
    """Raise an alert for everybody who has waited for a person since before a moment, and take back answered ones."""
    await tx.run(ANSWERED, {"tenant": tx.tenant})
    for chat, name, since in await tx.rows(WAITING, {"tenant": tx.tenant, "before": before}):
        words = f"{name} has waited for a person's answer since {since:%Y-%m-%d %H:%M} UTC."
        await alerts.alert(tx, "waiting", chat, words)
