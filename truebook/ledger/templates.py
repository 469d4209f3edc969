"""Which templates the provider has approved, kept here as they are there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.ledger import alerts

Json = dict[str, Any]
PUT = """
INSERT INTO whatsapp_templates (account_id, number_id, name, language, status, category, quality, reason,
  content_sid)
VALUES (%(tenant)s, %(number)s, %(name)s, %(language)s, coalesce(%(status)s, 'PENDING'), %(category)s, %(quality)s,
  %(reason)s, %(sid)s)
ON CONFLICT (account_id, number_id, name, language) DO UPDATE SET
  status = coalesce(%(status)s, whatsapp_templates.status),
  category = coalesce(excluded.category, whatsapp_templates.category),
  quality = coalesce(excluded.quality, whatsapp_templates.quality),
  reason = CASE WHEN %(status)s::text IS NULL THEN whatsapp_templates.reason ELSE excluded.reason END,
  content_sid = coalesce(excluded.content_sid, whatsapp_templates.content_sid), updated_at = excluded.updated_at
RETURNING status, category
"""
OF_NUMBER = "SELECT status, category FROM whatsapp_templates WHERE account_id = %s AND number_id = %s"
BAD = ("REJECTED", "PAUSED", "DISABLED")
"""What Meta says of a template that may not be used."""
OF_TENANT = """
SELECT number_id, name, language, status, category, reason FROM whatsapp_templates
WHERE account_id = %s ORDER BY number_id, name, language
"""


@dataclass(frozen=True, slots=True)
class Template:
    """A template as Meta has it: APPROVED, PENDING, or one of those that may not be used, and why."""

    number_id: UUID
    name: str
    language: str
    status: str
    category: str | None
    reason: str | None

    @property
    def is_bad(self) -> bool:
        """Tell whether customers cannot be told by it."""
        return _bad(self.status, self.category)


async def listing(db: Database, scope: Scope) -> list[Template]:
    """Return the templates of the tenant's numbers."""
    async with db.reading(scope) as tx:
        return [Template(*row) for row in await tx.rows(OF_TENANT, (tx.tenant,))]


def _bad(status: str, category: str | None) -> bool:
    return status in BAD or category == "MARKETING"


async def keep(tx: Transaction, number_id: UUID, one: Json) -> None:
    """Keep what Meta says of a template; one that may not be used, or is no utility any more, is an alert.

    What is said without a status leaves the one it has; the alert is over once no template of the number is bad.
    """
    name, language, status = one.get("name"), one.get("language"), one.get("status")
    if not isinstance(name, str) or not isinstance(language, str):
        return
    score = one.get("quality_score")
    quality = score.get("score") if isinstance(score, dict) else None
    params = {
        "tenant": tx.tenant, "number": number_id, "name": name, "language": language,
        "status": str(status) if status else None,
        "category": one.get("category"), "quality": quality, "reason": one.get("rejected_reason"),
        "sid": one.get("content_sid"),
    }  # fmt: skip
    stands = await tx.row(PUT, params)
    if stands is not None and _bad(*stands):
        words = f"The template {name} ({language}) is {stands[0]} {stands[1] or ''}: customers cannot be told by it."
        await alerts.alert(tx, "template", number_id, words)
    elif not any(_bad(*row) for row in await tx.rows(OF_NUMBER, (tx.tenant, number_id))):
        await alerts.settled(tx, "template", number_id)
