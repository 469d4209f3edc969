"""Everything that is kept about a person, handed out whole: every row as it stands, without keys that are only ours."""

from datetime import datetime
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope
from truebook.people import quarantine, traces

PARTS = {
    "customer": "SELECT to_jsonb(t) FROM customers t WHERE account_id = %(tenant)s AND id = %(customer)s",
    "appointments": """
        SELECT to_jsonb(t) || jsonb_build_object('segments', (
                 SELECT coalesce(jsonb_agg(to_jsonb(s) - '{tenant_id,appointment_id,claims}'::text[] ORDER BY position),
                                 '[]')
                 FROM appointment_segments s WHERE s.tenant_id = %(tenant)s AND s.appointment_id = t.id))
        FROM appointments t WHERE tenant_id = %(tenant)s AND id = ANY(%(visits)s::uuid[]) ORDER BY starts_at, id""",
    "appointment_history": """
        SELECT to_jsonb(t) - 'db_user' FROM appointment_history t
        WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[]) ORDER BY changed_at, id""",
    "told": """
        SELECT to_jsonb(t) FROM outbox t
        WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[]) ORDER BY created_at, id""",
    "conversations": """
        SELECT to_jsonb(t) FROM conversations t
        WHERE account_id = %(tenant)s AND id = ANY(%(chats)s::uuid[]) ORDER BY id""",
    "messages": """
        SELECT to_jsonb(t) FROM messages t
        WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[]) ORDER BY created_at, id""",
    "message_attempts": """
        SELECT to_jsonb(t) FROM message_attempts t
        JOIN messages m ON m.account_id = %(tenant)s AND m.id = t.message_id
        WHERE t.account_id = %(tenant)s AND m.conversation_id = ANY(%(chats)s::uuid[]) ORDER BY t.started_at""",
    "message_statuses": """
        SELECT to_jsonb(t) FROM message_statuses t
        JOIN messages m ON m.account_id = %(tenant)s AND m.id = t.message_id
        WHERE t.account_id = %(tenant)s AND m.conversation_id = ANY(%(chats)s::uuid[]) ORDER BY t.at""",
    "whatsapp_identities": """
        SELECT to_jsonb(t) FROM whatsapp_identities t
        WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[]) ORDER BY kind, value""",
    "questions": """
        SELECT to_jsonb(t) FROM open_questions t
        WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[]) ORDER BY created_at, id""",
    "waitlist": """
        SELECT to_jsonb(t) FROM waitlist_entries t
        WHERE tenant_id = %(tenant)s AND customer_id = %(customer)s ORDER BY joined_at, id""",
    "series": """
        SELECT to_jsonb(t) - '{key,request_hash}'::text[] FROM appointment_series t
        WHERE tenant_id = %(tenant)s AND customer_id = %(customer)s ORDER BY created_at, id""",
    "whatsapp_consents": """
        SELECT to_jsonb(t) FROM whatsapp_consents t
        WHERE account_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[]) ORDER BY given_at""",
    "mail_stops": "SELECT to_jsonb(t) FROM mail_stops t WHERE account_id = %(tenant)s AND address = ANY(%(numbers)s)",
    "settings_log": """
        SELECT to_jsonb(t) FROM audit_log t
        WHERE tenant_id = %(tenant)s AND entity = 'customer' AND entity_id = ANY(%(persons)s) ORDER BY at, id""",
}  # fmt: skip
OURS = ("tenant_id", "account_id")


async def compile_for(db: Database, scope: Scope, customer_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Return everything about a customer as JSON, by table; raise NotFound where there is no such customer."""
    async with db.reading(scope) as tx:
        found = await traces.of_customer(tx, customer_id)
        params = {
            "tenant": tx.tenant, "customer": customer_id, "visits": found.visit_ids, "chats": list(found.chats),
            "numbers": list(found.numbers), "persons": [customer_id, *found.gone],
        }  # fmt: skip
        parts = {name: [_shown(row[0]) for row in await tx.rows(query, params)] for name, query in PARTS.items()}
        kept = await quarantine.of_person(tx, found.numbers)
        parts["import_quarantine"] = [one.json() for one in kept]
    customer = parts.pop("customer")[0]
    return {"exported_at": now.isoformat(), "customer": customer, **parts}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in OURS}
