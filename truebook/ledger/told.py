"""Was the customer told, when, by which way, and did it arrive? Read from the ledger, never from memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from truebook.booking import queries
from truebook.db import Database, Scope, Transaction
from truebook.ledger.outcomes import ARRIVED, OPEN

State = Literal["told", "waiting", "failed", "unknown", "not_needed"]

NEWS = """
SELECT o.topic, o.appointment_version, o.status, o.created_at, o.message_id, o.last_error
FROM outbox o WHERE o.tenant_id = %s AND o.appointment_id = %s ORDER BY o.created_at, o.id
"""
SAID = """
SELECT t.topic, t.version, t.starts_at, m.id, m.kind, m.created_at, coalesce(m.provider, v.channel), m.delivery
FROM tellings t JOIN messages m ON m.account_id = t.account_id AND m.id = t.message_id
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE t.account_id = %s AND t.appointment_id = %s ORDER BY m.created_at, m.id
"""
REMINDED = """
SELECT state, minutes, starts_at, done_at FROM reminders
WHERE account_id = %s AND appointment_id = %s AND state IN ('no_way', 'missed') ORDER BY done_at
"""
TRIED = """
SELECT a.message_id, a.number, a.provider, a.form, a.outcome, a.started_at, a.answered_at, a.category, a.failure_code,
       a.failure, coalesce((SELECT jsonb_object_agg(s.status, s.at) FROM message_statuses s
         WHERE s.account_id = a.account_id AND s.message_id = a.message_id AND s.number = a.number), '{}')
FROM message_attempts a WHERE a.account_id = %s AND a.message_id = ANY(%s) ORDER BY a.started_at, a.number
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send a message; `statuses` are the provider's reports with the provider's times (ISO 8601)."""

    number: int
    way: str
    form: str
    outcome: str
    started_at: datetime
    answered_at: datetime | None
    category: str | None
    failure_code: str | None
    failure: str | None
    statuses: dict[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """One thing that the customer was, or was to be, told about an appointment.

    `start` is the time that the words named. `arrived` is None where nobody can know: on a page it is read there.
    """

    topic: str
    version: int
    state: State
    at: datetime
    start: datetime | None = None
    message: UUID | None = None
    kind: str | None = None
    way: str | None = None
    arrived: bool | None = None
    failure: str | None = None
    attempts: tuple[Attempt, ...] = ()


async def told(db: Database, scope: Scope, appointment_id: UUID) -> list[News]:
    """Return what was told of an appointment, in order; raise NotFound where there is no such appointment."""
    async with db.reading(scope) as tx:
        await queries.appointment(tx, appointment_id)
        owed = await tx.rows(NEWS, (tx.tenant, appointment_id))
        said = await tx.rows(SAID, (tx.tenant, appointment_id))
        unsent = await tx.rows(REMINDED, (tx.tenant, appointment_id))
        attempts = await _attempts(tx, [row[3] for row in said])
    done = [_said(row, attempts.get(row[3], ())) for row in said]
    kept = {one.message for one in done}
    open_news = [_owed(*row) for row in owed if row[4] is None or row[4] not in kept]
    unreminded = [_unreminded(*row) for row in unsent]
    return sorted([*done, *open_news, *unreminded], key=lambda one: (one.at, one.version))


async def _attempts(tx: Transaction, messages: list[UUID]) -> dict[UUID, tuple[Attempt, ...]]:
    found: dict[UUID, tuple[Attempt, ...]] = {}
    for row in await tx.rows(TRIED, (tx.tenant, messages)):
        found[row[0]] = (*found.get(row[0], ()), Attempt(*row[1:]))
    return found


def _said(row: Sequence[Any], attempts: tuple[Attempt, ...]) -> News:
    topic, version, start, message, kind, at, way, delivery = row
    failure = next((one.failure for one in reversed(attempts) if one.failure), None) if delivery == "failed" else None
    return News(topic, version, _state(delivery), at, start, message, kind, way, _arrived(delivery), failure, attempts)


def _state(delivery: str | None) -> State:
    if delivery == "failed":
        return "failed"
    if delivery == "withdrawn":
        return "not_needed"
    if delivery == "unknown":
        return "unknown"
    return "waiting" if delivery == "queued" or delivery in OPEN else "told"


def _arrived(delivery: str | None) -> bool | None:
    if delivery in ARRIVED:
        return True
    return False if delivery in ("failed", "withdrawn") else None


def _owed(topic: str, version: int, status: str, at: datetime, message: UUID | None, error: str | None) -> News:
    """Return news without a message that can be held against it: it waits, was given up, or needs no telling."""
    states: dict[str, State] = {"queued": "waiting", "failed": "failed", "sent": "told"}
    arrived = False if status == "failed" else None
    return News(topic, version, states.get(status, "not_needed"), at, message=message, arrived=arrived, failure=error)


def _unreminded(state: str, minutes: int, start: datetime, at: datetime) -> News:
    """Return a reminder that was not sent: there was no way to the customer, or nobody sent it in time."""
    why = "there is no way to reach them by message" if state == "no_way" else "no worker ran when it was time"
    return News("reminder", 0, "failed", at, start, kind="reminder", arrived=False, failure=why)
