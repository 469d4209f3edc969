"""Who writes on WhatsApp: several identifiers, all of them optional, lead to one person's one conversation.

Whatever comes together is linked in both directions; nobody is ever taken for somebody else because of a name.
"""

from datetime import datetime
from uuid import UUID

from truebook.connectors.whatsapp.heard import Heard, Sender
from truebook.connectors.whatsapp.phones import variants
from truebook.db import Transaction
from truebook.kernel import ids, phones
from truebook.kernel.errors import Invalid

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s || %s, 0))"
FIND = """
SELECT conversation_id, kind FROM whatsapp_identities
WHERE account_id = %s AND ((kind = 'user' AND value = %s) OR (kind = 'parent' AND value = %s)
                           OR (kind = 'phone' AND value = ANY(%s)))
ORDER BY CASE kind WHEN 'user' THEN 0 WHEN 'parent' THEN 1 ELSE 2 END, seen_at DESC
"""
KNOWN = """
SELECT conversation_id FROM whatsapp_identities WHERE account_id = %s AND value = ANY(%s)
ORDER BY CASE kind WHEN 'user' THEN 0 WHEN 'parent' THEN 1 ELSE 2 END, seen_at DESC LIMIT 1
"""
OPEN = """
INSERT INTO conversations (account_id, id, customer_id, channel, address) VALUES (%s, %s, %s, 'whatsapp', %s)
ON CONFLICT (account_id, channel, address) WHERE address IS NOT NULL DO UPDATE
SET last_activity_at = excluded.last_activity_at RETURNING id
"""
LINK = """
INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id) VALUES (%s, %s, %s, %s)
ON CONFLICT (account_id, kind, value) DO UPDATE SET conversation_id = excluded.conversation_id,
  seen_at = excluded.seen_at
"""
UNLINK = "DELETE FROM whatsapp_identities WHERE account_id = %s AND conversation_id = %s AND value = ANY(%s)"
HEARD = """
UPDATE conversations SET number_id = %(number)s, username = coalesce(%(username)s, username), last_activity_at = now(),
  heard_at = greatest(heard_at, %(at)s), customer_id = coalesce(%(customer)s, customer_id)
WHERE account_id = %(tenant)s AND id = %(id)s
"""
CUSTOMER = """
SELECT c.id, c.phone FROM conversations v JOIN customers c ON c.account_id = v.account_id AND c.id = v.customer_id
WHERE v.account_id = %s AND v.id = %s
"""
BY_PHONE = "SELECT id FROM customers WHERE account_id = %s AND phone = ANY(%s) ORDER BY created_at, id LIMIT 1"
ADD_CUSTOMER = "INSERT INTO customers (account_id, id, name, phone) VALUES (%s, %s, %s, %s)"
GIVE_PHONE = "UPDATE customers SET phone = %s WHERE account_id = %s AND id = %s"


async def chat_of(tx: Transaction, number_id: UUID, sender: Sender, at: datetime) -> UUID:
    """Return the conversation with whoever wrote, opened if there is none; raise Invalid where nobody is named."""
    named = _identifiers(sender)
    if not named:
        raise Invalid("from", "the message names nobody who wrote it")
    await tx.run(LOCK, (str(tx.tenant), named[0][1]))
    phones = list(variants(sender.wa_id)) if sender.wa_id else []
    found = await tx.row(FIND, (tx.tenant, sender.user_id, sender.parent_id, phones))
    conversation = found[0] if found else await _open(tx, sender)
    customer = await _customer(tx, conversation, sender)
    for kind, value in named:
        await tx.run(LINK, (tx.tenant, kind, value, conversation))
    params = {"number": number_id, "username": sender.username, "at": at, "customer": customer, "tenant": tx.tenant}
    await tx.run(HEARD, {**params, "id": conversation})
    return UUID(str(conversation))


async def known_chat(tx: Transaction, person: Sender) -> UUID | None:
    """Return the conversation that somebody has, or None; nothing is opened and nothing is linked."""
    phones = list(variants(person.wa_id)) if person.wa_id else []
    row = await tx.row(FIND, (tx.tenant, person.user_id, person.parent_id, phones))
    return UUID(str(row[0])) if row else None


async def rename(tx: Transaction, heard: Heard) -> None:
    """Follow somebody who changed their number or id: the old ones lead nowhere, what they booked stays theirs."""
    old = {one for before in heard.before for one in variants(before)}
    found = await tx.row(KNOWN, (tx.tenant, list(old)))
    if found is None:
        return
    kept = _identifiers(heard.sender)
    await tx.run(UNLINK, (tx.tenant, found[0], list(old - {value for _, value in kept})))
    for kind, value in kept:
        await tx.run(LINK, (tx.tenant, kind, value, found[0]))
    if heard.sender.wa_id:
        await _give_phone(tx, found[0], heard.sender.wa_id)


async def share_phone(tx: Transaction, conversation: UUID, wa_id: str) -> None:
    """Keep the phone number that somebody shared because they were asked for it."""
    await tx.run(LINK, (tx.tenant, "phone", wa_id, conversation))
    customer = await _customer(tx, conversation, Sender(wa_id=wa_id))
    if customer is not None:
        await tx.run(
            "UPDATE conversations SET customer_id = %s WHERE account_id = %s AND id = %s",
            (customer, tx.tenant, conversation),
        )


def _identifiers(sender: Sender) -> list[tuple[str, str]]:
    known = (("user", sender.user_id), ("parent", sender.parent_id), ("phone", sender.wa_id))
    return [(kind, value) for kind, value in known if value]


async def _open(tx: Transaction, sender: Sender) -> UUID:
    address = _identifiers(sender)[0][1]
    row = await tx.row(OPEN, (tx.tenant, ids.uuid7(), None, address))
    assert row is not None
    return UUID(str(row[0]))


async def _customer(tx: Transaction, conversation: UUID, sender: Sender) -> UUID | None:
    """Return the customer that a conversation is to have; None where the one it has is right."""
    has = await tx.row(CUSTOMER, (tx.tenant, conversation))
    if sender.wa_id is None:
        return None if has else await _add(tx, sender.name, None)
    known = await tx.row(BY_PHONE, (tx.tenant, [f"+{one}" for one in variants(sender.wa_id)]))
    if known is not None:
        return UUID(str(known[0])) if has is None or has[1] is None else None
    if has is None:
        return await _add(tx, sender.name, phones.kept(f"+{sender.wa_id}"))
    if has[1] is None:
        await tx.run(GIVE_PHONE, (phones.kept(f"+{sender.wa_id}"), tx.tenant, has[0]))
    return None


async def _add(tx: Transaction, name: str | None, phone: str | None) -> UUID:
    customer = ids.uuid7()
    await tx.run(ADD_CUSTOMER, (tx.tenant, customer, name, phone))
    return customer


async def _give_phone(tx: Transaction, conversation: UUID, wa_id: str) -> None:
    """Let a customer be known by a new number, unless somebody else is."""
    has = await tx.row(CUSTOMER, (tx.tenant, conversation))
    known = await tx.row(BY_PHONE, (tx.tenant, [f"+{one}" for one in variants(wa_id)]))
    if has is not None and known is None and (number := phones.kept(f"+{wa_id}")):
        await tx.run(GIVE_PHONE, (number, tx.tenant, has[0]))
