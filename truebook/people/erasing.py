"""Erasing a person (I18): first shown what goes and what stays without a name, then gone from everywhere at once.

Appointments stay, for the calendar must not get holes nobody knows of: whoever was there is nameless, and history,
which is only ever added to, is rewritten by one function of the owner's that can do nothing else.
"""

from datetime import datetime
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Conflict
from truebook.people import blotting, quarantine, traces
from truebook.people.traces import Traces
from truebook.tenants.customers import CUSTOMERS
from truebook.tenants.records import note

NAMELESS = "–"
"""Whom an appointment is for whose customer was erased."""
REWRITE = "SELECT erase_from_history(%s, %s, %s)"
"""Called for the person, and without appointments for each who was merged into them: they have entries too."""
UNNAME = """
UPDATE appointments SET customer_id = NULL, customer_name = %(nameless)s, customer_phone = NULL, customer_email = NULL,
  notes = NULL, conversation_id = CASE WHEN conversation_id = ANY(%(chats)s::uuid[]) THEN NULL
                                                       ELSE conversation_id END
WHERE tenant_id = %(tenant)s AND id = ANY(%(visits)s::uuid[])
"""
UNNAME_GUESTS = """
UPDATE appointment_segments SET guest_name = NULL
WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[]) AND guest_name IS NOT NULL
"""
NOBODY_TO_TELL = """
UPDATE outbox SET status = 'not_needed', last_error = NULL
WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[]) AND status = 'queued'
"""
UNNAME_SERIES = """
UPDATE appointment_series SET customer_id = NULL, customer_name = '', notes = NULL
WHERE tenant_id = %(tenant)s AND customer_id = %(customer)s
"""
PROVIDER_IDS = """
SELECT provider_message_id FROM messages
WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[]) AND provider_message_id IS NOT NULL
UNION SELECT t.provider_message_id FROM message_attempts t
JOIN messages m ON m.account_id = %(tenant)s AND m.id = t.message_id
WHERE t.account_id = %(tenant)s AND m.conversation_id = ANY(%(chats)s::uuid[]) AND t.provider_message_id IS NOT NULL
"""
"""A provider's id of a message has the number it came from within."""
UPDATES = """
SELECT id, payload::text FROM webhook_updates u WHERE account_id = %(tenant)s
  AND EXISTS (SELECT FROM unnest(%(numbers)s::text[]) n WHERE strpos(u.payload::text, n) > 0)
"""
"""What may be about them: whether it is, `blotting` knows."""
FORGET_UPDATES = """
DELETE FROM webhook_updates u WHERE account_id = %(tenant)s AND (id = ANY(%(updates)s::uuid[])
  OR EXISTS (SELECT FROM unnest(%(ids)s::text[]) i WHERE strpos(u.key, i) > 0))
"""
FORGET_ALERTS = """
DELETE FROM alerts WHERE account_id = %(tenant)s AND (subject = ANY(%(chats)s::uuid[]) OR subject IN (
  SELECT id FROM messages WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[])))
"""
FORGET_JOBS = """
DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND args ->> 'tenant' = %(tenant)s::uuid::text AND (
  (args ->> 'conversation')::uuid = ANY(%(chats)s::uuid[]) OR args ->> 'message' IN (
    SELECT id::text FROM messages WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[]))
  OR args ->> 'outbox' IN (
    SELECT id::text FROM outbox WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[])))
"""
FORGET_STOPS = "DELETE FROM mail_stops WHERE account_id = %(tenant)s AND address = ANY(%(numbers)s::text[])"
FORGET_CONSENTS = """
DELETE FROM whatsapp_consents WHERE account_id = %(tenant)s AND appointment_id = ANY(%(visits)s::uuid[])
"""
FORGET_WAITING = """
DELETE FROM waitlist_entries WHERE tenant_id = %(tenant)s AND (customer_id = %(customer)s
  OR customer_phone = ANY(%(numbers)s::text[]) OR lower(customer_email) = ANY(%(numbers)s::text[]))
"""
FORGET_PACE = "DELETE FROM send_pace WHERE account_id = %(tenant)s AND key = ANY(%(chats)s::uuid[])"
FORGET_CHATS = "DELETE FROM conversations WHERE account_id = %(tenant)s AND id = ANY(%(chats)s::uuid[])"
"""With a chat go its messages, attempts, tellings, questions, offers, codes and identities."""


async def foresee(db: Database, scope: Scope, customer_id: UUID) -> Traces:
    """Return where a customer is, and so what erasing takes away; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await traces.of_customer(tx, customer_id)


async def erase(db: Database, scope: Scope, customer_id: UUID) -> Traces:
    """Erase a customer everywhere, in one transaction; return what was there. Raises NotFound where there is none."""
    async with CUSTOMERS.changing(db, scope) as tx:
        found = await traces.of_customer(tx, customer_id, lock=True)
        await wipe(tx, found)
        await CUSTOMERS.erase(tx, customer_id)
        return found


async def remove(db: Database, scope: Scope, customer_id: UUID, *, version: int | None = None) -> None:
    """Take somebody out of the list to whom nothing points.

    Raises NotFound where there is none, Conflict where the caller has seen another version, or where there is anything
    else of theirs: without the customer nothing would lead there any more.
    """
    async with CUSTOMERS.changing(db, scope) as tx:
        await CUSTOMERS.seen(tx, customer_id, version, lock=True)
        found = await traces.of_customer(tx, customer_id, lock=True)
        if found.visits or found.chats or found.waiting or found.series:
            raise Conflict(
                "there are appointments, conversations or places on the waitlist of this customer: "
                "erase them, or merge them into another",
                field="id",
            )
        await wipe(tx, found)
        await CUSTOMERS.erase(tx, customer_id)


async def wipe(tx: Transaction, found: Traces) -> None:
    """Take what was found of a person out of everything, inside a transaction of the caller's; their row stays."""
    customer = found.customer.id if found.customer else None
    params = {
        "tenant": tx.tenant, "customer": customer, "visits": found.visit_ids, "chats": list(found.chats),
        "nameless": NAMELESS, "numbers": list(found.numbers),
    }  # fmt: skip
    ids = [row[0] for row in await tx.rows(PROVIDER_IDS, params)]
    await tx.run(REWRITE, (found.visit_ids, customer, NAMELESS))
    for one in found.gone:
        await tx.run(REWRITE, ([], one, NAMELESS))
    for statement in (
        UNNAME,
        UNNAME_GUESTS,
        UNNAME_SERIES,
        FORGET_JOBS,
        NOBODY_TO_TELL,
        FORGET_ALERTS,
        FORGET_PACE,
        FORGET_STOPS,
        FORGET_CONSENTS,
    ):
        await tx.run(statement, params)
    rule = blotting.pattern(found.numbers, ())
    updates = [key for key, text in await tx.rows(UPDATES, params) if rule and rule.search(text)]
    await tx.run(FORGET_UPDATES, {**params, "ids": ids, "updates": updates})
    await tx.run(FORGET_CHATS, params)
    await blotting.blot(tx, found)
    await quarantine.forget_person(tx, found.numbers)
    if customer is not None:
        await tx.run(FORGET_WAITING, params)


async def unname(db: Database, scope: Scope, before: datetime, *, limit: int = 500) -> int:
    """Erase old appointments and chats that belong to nobody in the list; return how many there were."""
    async with db.transaction(scope) as tx:
        found = await traces.of_nobody(tx, before, NAMELESS, limit)
        await wipe(tx, found)
        if found.visits or found.chats:
            await note(tx, "erase the old", "customer", None, {"appointments": len(found.visits)})
        return len(found.visits) + len(found.chats)
