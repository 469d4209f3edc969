"""Tell those who work with the desk what they chose to hear of: one letter or message a person, read from the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from truebook.booking.links import Links
from truebook.connectors.mail.letter import Letter
from truebook.connectors.mail.post import Post, Refused, Unknown
from truebook.db import Database, Scope, Transaction
from truebook.delivery import news
from truebook.kernel import clock, ids, log
from truebook.language.wording.voice import Voice
from truebook.ledger import notices, phones
from truebook.ledger.notices import Notice
from truebook.ledger.words import Words, write
from truebook.tenants.users import USERS, User

AT_ONCE = 500
STALE = timedelta(days=2)
"""What is older is news to nobody: no mail server was there, or none that took letters."""
AGAIN = timedelta(minutes=5)
STOPPING = timedelta(days=365)
BUSINESS = "SELECT name, languages[1], timezone FROM accounts WHERE id = %s"
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Noticing:
    """Writes to those who work with the desk."""

    db: Database
    links: Links
    post: Post | None

    async def work(self, scope: Scope, *, now: datetime) -> int:
        """Send what a business's people are to hear of now; return how many letters and messages that were.

        A letter that may have gone out already is sent again rather than lost: it is no promise to a customer.
        """
        async with self.db.reading(scope) as tx:
            waiting = await notices.due(tx, now, limit=AT_ONCE)
        sent = 0
        for (_, way), group in groupby(waiting, key=lambda one: (one.user, one.way)):
            heard = list(group)
            if way == "whatsapp" and (done := await self._message(scope, heard, now)) is not None:
                sent += done
            elif self.post is not None:
                sent += await self._write(scope, self.post, heard, now)
        return sent

    async def _message(self, scope: Scope, heard: list[Notice], now: datetime) -> bool | None:
        """Write to somebody on WhatsApp, whose ledger sends it; None where the business has no number for that."""
        async with self.db.transaction(scope) as tx:
            user: User = await USERS.read(tx, heard[0].user)
            chat = await phones.chat_with(tx, user.phone) if user.phone else None
            if chat is None:
                return None
            fresh = await self._fresh(tx, heard, now)
            if not fresh:
                return False
            business, voice = await _speaking(tx, now)
            message = ids.uuid7()
            text = voice.say("notice_several", count=len(fresh), business=business)  # the lines are made when it leaves
            await write(tx, Words(message, chat, text, "notice", metadata={news.NOTICES: str(message)}))
            await notices.written(tx, fresh, message)
            return True

    async def _write(self, scope: Scope, post: Post, heard: list[Notice], now: datetime) -> bool:
        async with self.db.transaction(scope) as tx:
            fresh = await self._fresh(tx, heard, now)
            letter = await self._letter(tx, fresh, now) if fresh else None
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

    async def _fresh(self, tx: Transaction, heard: Sequence[Notice], now: datetime) -> list[Notice]:
        """Return the notices that are still news; those that are not are done with."""
        _, voice = await _speaking(tx, now)
        fresh = [one for one in heard if one.at > now - STALE]
        if fresh and not await news.lines(tx, voice, fresh):
            fresh = []
        if stale := [one for one in heard if one not in fresh]:
            await notices.done(tx, stale, "stale")
        return fresh

    async def _letter(self, tx: Transaction, heard: Sequence[Notice], now: datetime) -> Letter:
        """Return one letter with a line for each notice."""
        user: User = await USERS.read(tx, heard[0].user)
        business, voice = await _speaking(tx, now)
        told = await news.lines(tx, voice, heard)
        subject = told[0] if len(told) == 1 else voice.say("notice_several", count=len(heard), business=business)
        text = "\n".join(f"– {line}" for line in told)
        return Letter(
            str(ids.uuid7()), user.email, user.name or "", business, subject,
            f"{text}\n\n{self.links.base_url}/desk\n", voice.language,
            unsubscribe=self.links.stopping("notices", tx.tenant, user.id, now + STOPPING),
        )  # fmt: skip


async def _speaking(tx: Transaction, now: datetime) -> tuple[str, Voice]:
    """Return the business's name and its own voice."""
    name, language, zone = await tx.row(BUSINESS, (tx.tenant,)) or ("", "en", "UTC")
    return name, Voice(language, now.astimezone(clock.zone(zone)))
