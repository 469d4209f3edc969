"""Who wants to be told on WhatsApp of which appointment: said on the booking page, in which words, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.db import Database, Scope, Transaction

TAKE_BACK = "DELETE FROM whatsapp_consents WHERE account_id = %s AND appointment_id = %s"
GIVE = """
INSERT INTO whatsapp_consents (account_id, appointment_id, phone, wording, language) VALUES (%s, %s, %s, %s, %s)
"""
READ = "SELECT phone, wording, language, given_at FROM whatsapp_consents WHERE account_id = %s AND appointment_id = %s"

END = "DELETE FROM whatsapp_consents WHERE account_id = %s AND phone = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes to being told on WhatsApp: at which number, in answer to which words, and when it was given."""

    phone: str
    wording: str
    language: str
    given_at: datetime


async def keep(
    db: Database, scope: Scope, appointment_id: UUID, phone: str | None, wording: str | None, language: str
) -> None:
    """Keep what was said last: yes to a `wording`, or (None) no yes."""
    async with db.transaction(scope) as tx:
        await tx.run(TAKE_BACK, (tx.tenant, appointment_id))
        if phone and wording:
            await tx.run(GIVE, (tx.tenant, appointment_id, phone, wording, language))


async def end(tx: Transaction, numbers: Sequence[str]) -> None:
    """Forget what was agreed to at numbers (digits only) that have another owner now, who agreed to nothing."""
    await tx.run(END, (tx.tenant, [f"+{one}" for one in numbers]))


async def of(tx: Transaction, appointment_id: UUID) -> Consent | None:
    """Return the yes that was given with an appointment, if one was."""
    row = await tx.row(READ, (tx.tenant, appointment_id))
    return Consent(*row) if row else None
