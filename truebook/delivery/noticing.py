"""Write to those who work with the desk what they chose to hear of: one letter a person, read from the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from truebook.booking import queries
from truebook.booking.links import Links
from truebook.connectors.mail.letter import Letter
from truebook.connectors.mail.post import Post, Refused, Unknown
from truebook.db import Database, Scope, Transaction
from truebook.kernel import clock, ids, log
from truebook.language.voice import Voice
from truebook.ledger import notices
from truebook.ledger.notices import Notice
from truebook.tenants.users import USERS, User

AT_ONCE = 500
STALE = timedelta(days=2)
"""What is older is news to nobody: no mail server was there, or none that took letters."""
AGAIN = timedelta(minutes=5)
MOST_LINES = 50
STOPPING = timedelta(days=365)
BUSINESS = "SELECT name, languages[1], timezone FROM accounts WHERE id = %s"
CHANGE = "SELECT topic, appointment_id FROM outbox WHERE tenant_id = %s AND id = %s"
WAITS = """
SELECT coalesce(c.name, v.username, c.phone, ''), (SELECT m.content FROM messages m WHERE m.account_id = v.account_id
  AND m.conversation_id = v.id AND m.role = 'user' ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
FROM messages s JOIN conversations v ON v.account_id = s.account_id AND v.id = s.conversation_id
LEFT JOIN customers c ON c.account_id = v.account_id AND c.id = v.customer_id
WHERE s.account_id = %s AND s.id = %s
"""
ALERT = "SELECT words FROM alerts WHERE account_id = %s AND id = %s"
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Noticing:
    """Writes to those who work with the desk."""

    db: Database
    links: Links
    post: Post | None

    async def work(self, scope: Scope, *, now: datetime) -> int:
        """Send what a business's people are to hear of now; return how many letters went out.

        A letter that may have gone out already is sent again rather than lost: it is no promise to a customer.
        """
        if self.post is None:
            return 0
        async with self.db.reading(scope) as tx:
            waiting = await notices.due(tx, now, limit=AT_ONCE)
        sent = 0
        for _, group in groupby(waiting, key=lambda one: one.user):
            sent += await self._write(scope, self.post, list(group), now)
        return sent

    async def _write(self, scope: Scope, post: Post, heard: list[Notice], now: datetime) -> bool:
        fresh = [one for one in heard if one.at > now - STALE]
        async with self.db.transaction(scope) as tx:
            if stale := [one for one in heard if one not in fresh]:
                await notices.done(tx, stale, "stale")
            letter = await self._letter(tx, fresh, now) if fresh else None
            if fresh and letter is None:
                await notices.done(tx, fresh, "stale")
        if letter is None:
            return False
        result = await post.send(letter, now)
        async with self.db.transaction(scope) as tx:
            match result:
                case Refused(passing=True) | Unknown():
                    await notices.put_off(tx, fresh, now + AGAIN)
                case Refused():
                    logger.error("somebody who works with the desk cannot be written to", user=str(fresh[0].user))
                    await notices.done(tx, fresh, "failed", result.failure)
                case _:
                    await notices.done(tx, fresh, "sent")
                    return True
        return False

    async def _letter(self, tx: Transaction, heard: Sequence[Notice], now: datetime) -> Letter | None:
        """Return one letter with a line for each notice; None where none of them is about anything any more."""
        user: User = await USERS.read(tx, heard[0].user)
        business, language, zone = await tx.row(BUSINESS, (tx.tenant,)) or ("", "en", "UTC")
        voice = Voice(language, now.astimezone(clock.zone(zone)))
        lines = [line for one in heard[:MOST_LINES] if (line := await _line(tx, voice, one))]
        if not lines:
            return None
        more = len(heard) - MOST_LINES
        subject = lines[0] if len(lines) == 1 else voice.say("notice_several", count=len(heard), business=business)
        text = "\n".join([*(f"– {line}" for line in lines), *([f"… +{more}"] if more > 0 else [])])
        return Letter(
            str(ids.uuid7()), user.email, user.name or "", business, subject,
            f"{text}\n\n{self.links.base_url}/desk\n", voice.language,
            unsubscribe=self.links.stopping("notices", tx.tenant, user.id, now + STOPPING),
        )  # fmt: skip


async def _line(tx: Transaction, voice: Voice, one: Notice) -> str | None:
    """Return a notice in a line, as its row stands now."""
    if one.topic == "alert":
        row = await tx.row(ALERT, (tx.tenant, one.about))
        return f"{voice.say('notice_alert')}: {row[0]}" if row else None
    if one.topic == "waiting":
        row = await tx.row(WAITS, (tx.tenant, one.about))
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
