"""What waits for a person of the business, in numbers: requests, chats and questions."""

from dataclasses import dataclass

from truebook.db import Database, Scope

WAITING = """
SELECT (SELECT count(*) FROM appointments
        WHERE tenant_id = %(tenant)s AND status = 'pending' AND starts_at > now()),
       (SELECT count(*) FROM conversations v WHERE account_id = %(tenant)s AND status = 'handed_over'
        AND (SELECT m.role FROM messages m WHERE m.account_id = %(tenant)s AND m.conversation_id = v.id
             AND m.role IN ('user', 'assistant') AND NOT m.metadata ? 'holding'
             ORDER BY m.created_at DESC, m.id DESC LIMIT 1) = 'user'),
       (SELECT count(*) FROM open_questions WHERE account_id = %(tenant)s)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests wait for a yes, chats for an answer, and questions for somebody who knows."""

    requests: int = 0
    chats: int = 0
    questions: int = 0


async def waiting(db: Database, scope: Scope) -> Waiting:
    """Return what waits."""
    row = await db.glance(scope, WAITING, {"tenant": scope.tenant})
    return Waiting(*row) if row else Waiting()
