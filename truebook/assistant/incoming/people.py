"""Who writes on WhatsApp: several identifiers, all of them optional, lead to one person's one conversation.

Whatever comes together is linked in both directions; nobody is ever taken for somebody else because of a name. A number
that comes with another user id than before has another owner: they get a chat of their own, know nothing of what was
booked under the number until they give a code, and the desk is told.
"""

from datetime import datetime
from uuid import UUID

from truebook.connectors.whatsapp.heard import Heard, Sender
from truebook.connectors.whatsapp.phones import variants
from truebook.db import Transaction
from truebook.kernel import ids, phones
from truebook.kernel.errors import Invalid
from truebook.ledger import alerts, chats, consents
from truebook.ledger.phones import alone

ANOTHERS = """
EXISTS (SELECT FROM whatsapp_identities o WHERE o.account_id = i.account_id
  AND o.conversation_id = i.conversation_id AND o.kind = 'user')
"""
"""Whether the chat that an identity `i` leads to is that of a certain user id."""
FIND = f"""
SELECT conversation_id FROM whatsapp_identities i
WHERE account_id = %(tenant)s AND ((kind = 'user' AND value = %(user)s) OR (kind = 'parent' AND value = %(parent)s)
  OR (kind = 'phone' AND value = ANY(%(phones)s) AND (%(user)s::text IS NULL OR NOT {ANOTHERS})))
ORDER BY CASE kind WHEN 'user' THEN 0 WHEN 'parent' THEN 1 ELSE 2 END, seen_at DESC LIMIT 1
"""
KNOWN = """
SELECT conversation_id FROM whatsapp_identities i WHERE account_id = %(tenant)s AND value = ANY(%(by)s)
  AND (kind <> 'phone' OR NOT EXISTS (SELECT FROM whatsapp_identities o WHERE o.account_id = i.account_id
    AND o.conversation_id = i.conversation_id AND o.kind = 'user' AND o.value <> ALL(%(named)s)))
ORDER BY CASE kind WHEN 'user' THEN 0 WHEN 'parent' THEN 1 ELSE 2 END, seen_at DESC LIMIT 1
"""
"""The chat that some of somebody's identifiers lead to; a number leads to none of a user who is not `named` with it:
it may have had its next owner when we hear that it was given up."""
LINK = """
INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id) VALUES (%s, %s, %s, %s)
ON CONFLICT (account_id, kind, value) DO UPDATE SET conversation_id = excluded.conversation_id,
  seen_at = excluded.seen_at
"""
LOSE = f"""
DELETE FROM whatsapp_identities i WHERE account_id = %s AND kind = 'phone' AND value = ANY(%s) AND conversation_id <> %s
  AND {ANOTHERS} RETURNING conversation_id
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
SOMEBODY_ELSES = """
SELECT EXISTS (SELECT FROM conversations v JOIN whatsapp_identities i ON i.account_id = v.account_id
    AND i.conversation_id = v.id AND i.kind = 'user'
    WHERE v.account_id = %(tenant)s AND v.customer_id = %(customer)s AND v.id <> %(chat)s)
  AND EXISTS (SELECT FROM whatsapp_identities WHERE account_id = %(tenant)s AND conversation_id = %(chat)s
    AND kind = 'user')
"""
"""Whether a customer is known to be another user than whoever has a chat."""
ANOTHER_USERS = f"""
SELECT EXISTS (SELECT FROM whatsapp_identities i WHERE account_id = %(tenant)s AND kind = 'phone'
    AND value = ANY(%(numbers)s) AND conversation_id <> %(chat)s AND {ANOTHERS})
  AND EXISTS (SELECT FROM whatsapp_identities WHERE account_id = %(tenant)s AND conversation_id = %(chat)s
    AND kind = 'user')
"""
"""Whether a number is certainly that of another user than whoever has a chat."""
KNOWN_ELSEWHERE = """
SELECT EXISTS (SELECT FROM whatsapp_identities WHERE account_id = %(tenant)s AND kind = 'phone'
    AND value = ANY(%(numbers)s) AND conversation_id <> %(chat)s)
  OR EXISTS (SELECT FROM customers c WHERE c.account_id = %(tenant)s AND c.phone = ANY(%(phones)s)
    AND c.id IS DISTINCT FROM (SELECT customer_id FROM conversations WHERE account_id = %(tenant)s AND id = %(chat)s))
"""
"""Whether a number is another chat's or another customer's."""
BY_PHONE = "SELECT id FROM customers WHERE account_id = %s AND phone = ANY(%s) ORDER BY created_at, id LIMIT 1"
ADD_CUSTOMER = "INSERT INTO customers (account_id, id, name, phone) VALUES (%s, %s, %s, %s)"
GIVE_PHONE = "UPDATE customers SET phone = %s WHERE account_id = %s AND id = %s"
REASSIGNED = (
    "+{number} belongs to somebody else on WhatsApp now. They have a chat of their own and are shown nothing of what "
    "was booked under the number. If it is the same person, make the two customers one; else take the number out."
)


async def chat_of(tx: Transaction, number_id: UUID, sender: Sender, at: datetime) -> UUID:
    """Return the conversation with whoever wrote, opened if there is none; raise Invalid where nobody is named."""
    named = _identifiers(sender)
    if not named:
        raise Invalid("from", "the message names nobody who wrote it")
    await alone(tx, *(value for _, value in named))
    conversation = await known_chat(tx, sender) or await chats.opened(tx, "whatsapp", None)
    await _link(tx, conversation, sender)
    customer = await _customer(tx, conversation, sender)
    params = {"number": number_id, "username": sender.username, "at": at, "customer": customer, "tenant": tx.tenant}
    await tx.run(HEARD, {**params, "id": conversation})
    return conversation


async def known_chat(tx: Transaction, person: Sender) -> UUID | None:
    """Return the conversation that somebody has, or None; nothing is opened and nothing is linked."""
    phones = list(variants(person.wa_id)) if person.wa_id else []
    params = {"tenant": tx.tenant, "user": person.user_id, "parent": person.parent_id, "phones": phones}
    row = await tx.row(FIND, params)
    return UUID(str(row[0])) if row else None


async def rename(tx: Transaction, heard: Heard) -> None:
    """Follow somebody who changed their number or id: the old ones lead nowhere, what they booked stays theirs."""
    old = {one for before in heard.before for one in variants(before)}
    now = [value for _, value in _identifiers(heard.sender)]
    named = {"tenant": tx.tenant, "named": [*old, *now]}
    found = await tx.row(KNOWN, {**named, "by": list(old)})
    if found is None:
        return
    for (early,) in await tx.rows(KNOWN, {**named, "by": now}):  # who wrote before we heard of it was no other owner
        await alerts.settled(tx, "number_reassigned", early)
    gone = list(old - set(now))
    await tx.run(UNLINK, (tx.tenant, found[0], gone))
    await consents.end(tx, gone)
    await _link(tx, found[0], heard.sender)
    if heard.sender.wa_id:
        await _give_phone(tx, found[0], heard.sender.wa_id)


async def share_phone(tx: Transaction, conversation: UUID, wa_id: str) -> None:
    """Let somebody be known by the number that they shared because they were asked for it, unless somebody else is.

    A number of another chat or customer stays theirs: here it is contact data, and proves nothing.
    """
    await alone(tx, wa_id)
    numbers = list(variants(wa_id))
    params = {"tenant": tx.tenant, "chat": conversation, "numbers": numbers, "phones": [f"+{one}" for one in numbers]}
    elses = await tx.row(KNOWN_ELSEWHERE, params)
    if elses and elses[0]:
        return
    await tx.run(LINK, (tx.tenant, "phone", wa_id, conversation))
    has = await tx.row(CUSTOMER, (tx.tenant, conversation))
    if has and has[1] is None:
        await tx.run(GIVE_PHONE, (phones.kept(f"+{wa_id}"), tx.tenant, has[0]))


async def is_anothers(tx: Transaction, conversation: UUID, wa_id: str) -> bool:
    """Tell whether a number is that of somebody who is certainly another user than whoever has a chat."""
    params = {"tenant": tx.tenant, "chat": conversation, "numbers": list(variants(wa_id))}
    row = await tx.row(ANOTHER_USERS, params)
    return bool(row and row[0])


def _identifiers(sender: Sender) -> list[tuple[str, str]]:
    known = (("user", sender.user_id), ("parent", sender.parent_id), ("phone", sender.wa_id))
    return [(kind, value) for kind, value in known if value]


async def _link(tx: Transaction, conversation: UUID, sender: Sender) -> None:
    """Let all identifiers lead to a chat; a number that was another user's is no longer, and the desk is told."""
    for kind, value in _identifiers(sender):
        if kind == "phone" and sender.user_id and await tx.rows(LOSE, (tx.tenant, list(variants(value)), conversation)):
            await consents.end(tx, variants(value))
            await alerts.alert(tx, "number_reassigned", conversation, REASSIGNED.format(number=value))
        await tx.run(LINK, (tx.tenant, kind, value, conversation))


async def _customer(tx: Transaction, conversation: UUID, sender: Sender) -> UUID | None:
    """Return the customer that a conversation is to have; None where the one it has is right."""
    has = await tx.row(CUSTOMER, (tx.tenant, conversation))
    if sender.wa_id is None:
        return None if has else await _add(tx, sender.name, None)
    known = await tx.row(BY_PHONE, (tx.tenant, [f"+{one}" for one in variants(sender.wa_id)]))
    if known is not None:
        whose = {"tenant": tx.tenant, "customer": known[0], "chat": conversation}
        elses = await tx.row(SOMEBODY_ELSES, whose)
        if elses and elses[0]:
            return None if has else await _add(tx, sender.name, None)
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
