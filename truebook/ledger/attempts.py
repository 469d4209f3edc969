"""Sending is a ledger, not a call: each attempt is committed before its request leaves, and settled by what comes back.

A provider that cannot be asked what became of a request (WhatsApp) is never sent the same again while that is unknown:
the first status that carries the attempt's token settles it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from truebook.db import Transaction
from truebook.kernel.errors import Conflict, NotFound
from truebook.ledger.outcomes import REPORTED, Outcome, Reported, later, overall

Provider = Literal["whatsapp", "twilio", "email"]
Form = Literal["free", "template", "mail"]
TOKEN = re.compile(r"tb1\.([0-9a-f-]{36})\.([1-9]\d{0,5})", re.ASCII)

LOCK = "SELECT delivery FROM messages WHERE account_id = %s AND id = %s FOR NO KEY UPDATE"
TRIED = """
SELECT number, outcome, provider FROM message_attempts WHERE account_id = %s AND message_id = %s ORDER BY number
"""
BEGIN = """
INSERT INTO message_attempts (account_id, message_id, number, provider, form) VALUES (%s, %s, %s, %s, %s)
"""
BY_PROVIDER_ID = """
SELECT message_id, number FROM message_attempts WHERE account_id = %s AND provider = %s AND provider_message_id = %s
"""
SETTLE = """
UPDATE message_attempts SET outcome = %(outcome)s,
  provider_message_id = coalesce(provider_message_id, %(provider_id)s),
  category = coalesce(%(category)s, category), answered_at = coalesce(answered_at, %(answered)s),
  failure_code = CASE WHEN %(outcome)s = 'failed' THEN coalesce(%(code)s, failure_code) ELSE failure_code END,
  failure = CASE WHEN %(outcome)s = 'failed' THEN coalesce(%(failure)s, failure) ELSE failure END
WHERE account_id = %(tenant)s AND message_id = %(message)s AND number = %(number)s
"""
NOTE = """
INSERT INTO message_statuses (account_id, message_id, number, status, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (account_id, message_id, number, status) DO UPDATE SET at = least(message_statuses.at, excluded.at)
"""
SHOW = "UPDATE messages SET delivery = %s, provider = %s WHERE account_id = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Token:
    """The one name of an attempt, which goes out with its request and comes back with every status."""

    message: UUID
    number: int

    def __str__(self) -> str:
        return f"tb1.{self.message}.{self.number}"


def read_token(text: str | None) -> Token | None:
    """Return the attempt that a token names; None for anything else."""
    found = TOKEN.fullmatch(text or "")
    try:
        return Token(UUID(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Report:
    """What a provider says of an attempt: in its answer, or in a status that may come before the answer."""

    status: Reported | Literal["unknown"]
    at: datetime
    provider_id: str | None = None
    category: str | None = None
    code: str | None = None
    failure: str | None = None


async def begin(tx: Transaction, message_id: UUID, provider: Provider, form: Form) -> Token:
    """Note that a message is about to be sent; the request may leave once this is committed.

    Raises NotFound for a message that is gone, Conflict after an earlier attempt by the same provider that has not
    failed for certain: it may have arrived.
    """
    if await tx.row(LOCK, (tx.tenant, message_id)) is None:
        raise NotFound("there is no such message")
    tried = await tx.rows(TRIED, (tx.tenant, message_id))
    if any(row[1] != "failed" and row[2] == provider for row in tried):
        raise Conflict("an attempt before this one may have arrived", field="message")
    number = len(tried) + 1
    await tx.run(BEGIN, (tx.tenant, message_id, number, provider, form))
    await tx.run(SHOW, (overall([*(row[1] for row in tried), "sending"]), provider, tx.tenant, message_id))
    return Token(message_id, number)


async def named(
    tx: Transaction, provider: Provider, *, token: str | None = None, provider_id: str | None = None
) -> Token | None:
    """Return the attempt that a status speaks of: by its token, else by the provider's own id; None if not known."""
    if (found := read_token(token)) is not None:
        return found
    row = await tx.row(BY_PROVIDER_ID, (tx.tenant, provider, provider_id))
    return Token(row[0], row[1]) if row else None


async def settle(tx: Transaction, token: Token, report: Report) -> Outcome | None:
    """Enter a report; return how far the message has come by all its attempts, or None where there is no such attempt.

    Reports may come in any order and more than once: all end in the same state.
    """
    if await tx.row(LOCK, (tx.tenant, token.message)) is None:
        return None
    tried = await tx.rows(TRIED, (tx.tenant, token.message))
    known: dict[int, Outcome] = {row[0]: row[1] for row in tried}
    if token.number not in known:
        return None
    known[token.number] = outcome = later(known[token.number], report.status)
    await tx.run(SETTLE, _settled(tx, token, outcome, report))
    if report.status in REPORTED:
        await tx.run(NOTE, (tx.tenant, token.message, token.number, report.status, report.at))
    reached = overall(known.values())
    last = next(row[2] for row in tried if known[row[0]] == reached)
    await tx.run(SHOW, (reached, last, tx.tenant, token.message))
    return reached


def _settled(tx: Transaction, token: Token, outcome: Outcome, report: Report) -> dict[str, Any]:
    return {
        "tenant": tx.tenant, "message": token.message, "number": token.number, "outcome": outcome,
        "provider_id": report.provider_id, "category": report.category, "code": report.code,
        "failure": report.failure, "answered": None if report.status == "unknown" else report.at,
    }  # fmt: skip
