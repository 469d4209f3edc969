"""What those who work with the desk are to hear of: noted once with its cause, at once or for the next morning."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Invalid
from truebook.tenants.records import note as entered
from truebook.tenants.users import USERS

Topic = Literal["booked", "moved", "cancelled", "waiting", "alert"]
Cadence = Literal["now", "daily", "never"]
Way = Literal["email", "whatsapp"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
MORNING = "07:00"
"""When the day's notices are sent, by the business's clock."""

CADENCE = """
coalesce(c.cadence, CASE WHEN u.role = 'staff' THEN 'never' WHEN p.topic IN ('waiting', 'alert') THEN 'now'
                         ELSE 'daily' END)
"""
"""What somebody chose, or what goes with their role: owners hear of alerts at once, of bookings once a day."""
CHOICES = f"""
SELECT p.topic, {CADENCE}, coalesce(c.way, 'email') FROM unnest(%s::text[]) AS p(topic)
JOIN users u ON u.account_id = %s AND u.id = %s
LEFT JOIN notice_choices c ON c.account_id = u.account_id AND c.user_id = u.id AND c.topic = p.topic
"""
CHOOSE = """
INSERT INTO notice_choices (account_id, user_id, topic, cadence, way) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (account_id, user_id, topic) DO UPDATE SET cadence = excluded.cadence, way = excluded.way
"""
NOTE = f"""
INSERT INTO notices (account_id, user_id, topic, about, due_at)
SELECT u.account_id, u.id, p.topic, %(about)s, CASE WHEN {CADENCE} = 'now' THEN clock_timestamp() ELSE
  ((now() AT TIME ZONE a.timezone)::date + time '{MORNING}'
    + CASE WHEN (now() AT TIME ZONE a.timezone)::time < '{MORNING}' THEN interval '0' ELSE interval '1 day' END)
  AT TIME ZONE a.timezone END
FROM users u JOIN accounts a ON a.id = u.account_id CROSS JOIN (SELECT %(topic)s::text AS topic) p
LEFT JOIN notice_choices c ON c.account_id = %(tenant)s AND c.user_id = u.id AND c.topic = p.topic
WHERE u.account_id = %(tenant)s AND {CADENCE} <> 'never' AND %(actor)s <> 'user:' || u.id
  AND (u.role <> 'staff' OR EXISTS (SELECT FROM staff s JOIN appointment_segments g
    ON g.tenant_id = %(tenant)s AND g.staff_id = s.id
    WHERE s.account_id = %(tenant)s AND s.user_id = u.id AND g.appointment_id = %(appointment)s))
ON CONFLICT DO NOTHING
"""
CHANGED = """
SELECT o.topic, o.appointment_id, coalesce((SELECT h.actor FROM appointment_history h WHERE h.tenant_id = o.tenant_id
  AND h.appointment_id = o.appointment_id AND h.version = o.appointment_version ORDER BY h.changed_at LIMIT 1), '')
FROM outbox o WHERE o.tenant_id = %s AND o.id = %s AND o.topic IN ('booked', 'requested', 'moved', 'cancelled')
"""
DUE = """
SELECT n.user_id, n.topic, n.about, n.created_at,
  CASE WHEN n.by_mail OR u.phone IS NULL THEN 'email' ELSE coalesce(c.way, 'email') END AS way
FROM notices n JOIN users u ON u.account_id = %(tenant)s AND u.id = n.user_id
LEFT JOIN notice_choices c ON c.account_id = %(tenant)s AND c.user_id = n.user_id AND c.topic = n.topic
WHERE n.account_id = %(tenant)s AND n.state = 'waiting' AND n.due_at <= %(now)s
ORDER BY n.user_id, way, n.created_at, n.about LIMIT %(limit)s
"""
WRITTEN = """
SELECT user_id, topic, about, created_at, 'whatsapp' FROM notices WHERE account_id = %s AND message_id = %s
ORDER BY created_at, about
"""
WRITE = """
UPDATE notices SET state = 'sent', message_id = %s WHERE account_id = %s AND user_id = %s AND state = 'waiting'
  AND (topic, about) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))
"""
INSTEAD = """
UPDATE notices SET state = 'waiting', by_mail = true, due_at = statement_timestamp()
WHERE account_id = %s AND message_id = %s AND state = 'sent' RETURNING about
"""
DONE = """
UPDATE notices SET state = %s, failure = %s WHERE account_id = %s AND user_id = %s AND state = 'waiting'
  AND (topic, about) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))
"""
LATER = """
UPDATE notices SET due_at = %s WHERE account_id = %s AND user_id = %s AND state = 'waiting'
  AND (topic, about) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))
"""
KEPT = timedelta(days=30)
FORGET = "DELETE FROM notices WHERE account_id = %s AND created_at < %s RETURNING about"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that somebody is to hear of. `about`: an outbox note, a message of a chat, or an alert."""

    user: UUID
    topic: Topic
    about: UUID
    at: datetime
    way: Way


@dataclass(frozen=True, slots=True)
class Choice:
    """When somebody hears of a topic, and by which way."""

    cadence: Cadence
    way: Way


async def choices(db: Database, scope: Scope, user_id: UUID) -> dict[Topic, Choice]:
    """Return what somebody hears of, and when; raise NotFound for somebody who does not work there."""
    async with db.reading(scope) as tx:
        await USERS.read(tx, user_id)
        return await _choices(tx, user_id)


async def choose(
    db: Database, scope: Scope, user_id: UUID, chosen: Mapping[Topic, Cadence], *, whatsapp: Set[Topic] | None = None
) -> dict[Topic, Choice]:
    """Let somebody hear of things from now on as they choose; what is not named stays as it is.

    `whatsapp`: of which topics they hear there, and of all others by e-mail. Raises Invalid where they have no number.
    """
    async with USERS.changing(db, scope) as tx:
        user = await USERS.read(tx, user_id)
        if whatsapp and user.phone is None:
            raise Invalid("whatsapp", "give this user a phone number first")
        for topic, before in (await _choices(tx, user_id)).items():
            way = before.way if whatsapp is None else "whatsapp" if topic in whatsapp else "email"
            wanted = Choice(chosen.get(topic, before.cadence), way)
            if topic in chosen or wanted != before:
                await tx.run(CHOOSE, (tx.tenant, user_id, topic, wanted.cadence, wanted.way))
        told = {str(topic): when for topic, when in chosen.items()}
        await entered(
            tx, "choose notices", "user", user_id, told if whatsapp is None else {**told, "whatsapp": sorted(whatsapp)}
        )
        return await _choices(tx, user_id)


async def _choices(tx: Transaction, user_id: UUID) -> dict[Topic, Choice]:
    return {row[0]: Choice(row[1], row[2]) for row in await tx.rows(CHOICES, (list(TOPICS), tx.tenant, user_id))}


async def note(tx: Transaction, topic: Topic, about: UUID, *, appointment: UUID | None = None, actor: str = "") -> None:
    """Note that those who chose so hear of something, except who did it; staff hear of their own appointments only."""
    params = {"tenant": tx.tenant, "topic": topic, "about": about, "appointment": appointment, "actor": actor}
    await tx.run(NOTE, params)


async def note_change(tx: Transaction, outbox: UUID) -> None:
    """Note that a change of an appointment is to be heard of."""
    row = await tx.row(CHANGED, (tx.tenant, outbox))
    if row is not None:
        topic: Topic = "booked" if row[0] == "requested" else row[0]
        await note(tx, topic, outbox, appointment=row[1], actor=row[2])


async def due(tx: Transaction, now: datetime, *, limit: int) -> list[Notice]:
    """Return what is to be heard of now, person by person."""
    return [Notice(*row) for row in await tx.rows(DUE, {"tenant": tx.tenant, "now": now, "limit": limit})]


async def of_message(tx: Transaction, message_id: UUID) -> list[Notice]:
    """Return the notices that a message on WhatsApp tells."""
    return [Notice(*row) for row in await tx.rows(WRITTEN, (tx.tenant, message_id))]


async def written(tx: Transaction, notices: Sequence[Notice], message_id: UUID) -> None:
    """Note that notices to one person are told by a message, whose own way the ledger follows."""
    topics, abouts = [one.topic for one in notices], [one.about for one in notices]
    await tx.run(WRITE, (message_id, tx.tenant, notices[0].user, topics, abouts))


async def by_mail_instead(tx: Transaction, message_id: UUID) -> bool:
    """Let the notices that a message was to tell go by e-mail; False for a message that tells none."""
    return bool(await tx.rows(INSTEAD, (tx.tenant, message_id)))


async def done(
    tx: Transaction, notices: Sequence[Notice], state: Literal["sent", "failed", "stale"], failure: str | None = None
) -> None:
    """Note what became of notices to one person."""
    topics, abouts = [one.topic for one in notices], [one.about for one in notices]
    await tx.run(DONE, (state, failure, tx.tenant, notices[0].user, topics, abouts))


async def put_off(tx: Transaction, notices: Sequence[Notice], until: datetime) -> None:
    """Let notices to one person wait: they could not be sent just now."""
    topics, abouts = [one.topic for one in notices], [one.about for one in notices]
    await tx.run(LATER, (until, tx.tenant, notices[0].user, topics, abouts))


async def forget(db: Database, scope: Scope, *, now: datetime) -> int:
    """Forget what was noted long ago; return how much."""
    async with db.transaction(scope) as tx:
        return len(await tx.rows(FORGET, (tx.tenant, now - KEPT)))
