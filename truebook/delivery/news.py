"""News to those who work with the desk, in lines: each as its row stands when it is read."""

from collections.abc import Sequence
from uuid import UUID

from truebook.booking import queries
from truebook.db import Transaction
from truebook.language.wording.voice import Voice
from truebook.ledger.notices import Notice

NOTICES = "notices"
"""What the metadata of a message on WhatsApp says whose words are such lines: which message they were noted for."""
MOST = 50
CHANGE = "SELECT topic, appointment_id FROM outbox WHERE tenant_id = %s AND id = %s"
WAITS = """
SELECT coalesce(c.name, v.username, c.phone, ''), (SELECT m.content FROM messages m WHERE m.account_id = %(tenant)s
  AND m.conversation_id = v.id AND m.role = 'user' ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
FROM messages s JOIN conversations v ON v.account_id = %(tenant)s AND v.id = s.conversation_id
LEFT JOIN customers c ON c.account_id = %(tenant)s AND c.id = v.customer_id
WHERE s.account_id = %(tenant)s AND s.id = %(message)s
"""
ALERT = "SELECT words FROM alerts WHERE account_id = %s AND id = %s"


async def lines(tx: Transaction, voice: Voice, heard: Sequence[Notice]) -> list[str]:
    """Return a line for each notice that still is about anything, and one for those that are too many."""
    found = [line for one in heard[:MOST] if (line := await _line(tx, voice, one))]
    more = len(heard) - MOST
    return [*found, *([f"… +{more}"] if found and more > 0 else [])]


async def _line(tx: Transaction, voice: Voice, one: Notice) -> str | None:
    """Return a notice in a line, as its row stands now."""
    if one.topic == "alert":
        row = await tx.row(ALERT, (tx.tenant, one.about))
        return f"{voice.say('notice_alert')}: {row[0]}" if row else None
    if one.topic == "waiting":
        row = await tx.row(WAITS, {"tenant": tx.tenant, "message": one.about})
        return voice.say("notice_waiting", name=row[0], words=(row[1] or "")[:200]) if row else None
    return await _change(tx, voice, one.about)


async def _change(tx: Transaction, voice: Voice, outbox: UUID) -> str | None:
    row = await tx.row(CHANGE, (tx.tenant, outbox))
    if row is None:
        return None
    appointment = await queries.appointment(tx, row[1])
    local, who = appointment.local_start, appointment.customer
    when = f"{voice.full_date(local.date())}, {voice.clock(local.time())}"
    what = voice.what(appointment.service_name or "", appointment.staff_name or "")
    key = {"booked": "notice_booked", "requested": "notice_requested", "moved": "mail_moved"}.get(
        row[0], "page_cancelled"
    )
    return ", ".join(filter(None, [f"{voice.say(key)}: {when}", what, who.name, who.phone or who.email]))
