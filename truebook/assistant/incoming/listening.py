"""Voice notes become text before they are answered, where somebody hears; the recording itself is kept nowhere."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import httpx2

from truebook import limits
from truebook.connectors.transcription import Transcriber
from truebook.connectors.twilio.client import URL as TWILIO
from truebook.connectors.twilio.client import Twilio
from truebook.connectors.whatsapp.graph import URL, Graph
from truebook.db import Database, Scope
from truebook.jobs import MessageReceived
from truebook.kernel import log
from truebook.kernel.errors import Unavailable
from truebook.limits import Exceeded, Limit
from truebook.tenants import bots, numbers
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

MOST = 5
"""Notes of one chat that are heard at once."""
OF_A_CHAT = Limit("voice notes of a chat", burst=20, every=300.0)
OF_A_BUSINESS = Limit("voice notes of a business", burst=500, every=60.0)
"""Hearing costs money: whoever sends more is asked for text."""
LARGEST = 2 * 2**20
"""Bytes of a note: a quarter of an hour of what WhatsApp records."""
WAITING = """
SELECT m.id, m.metadata ->> 'media', v.number_id, v.language FROM messages m
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE m.account_id = %s AND m.conversation_id = %s AND m.role = 'user' AND m.metadata ->> 'unread' = 'audio'
  AND m.metadata ? 'media' AND m.turn_id IS NULL AND m.withdrawn_at IS NULL AND v.number_id IS NOT NULL
  AND v.status = 'active'
  AND NOT EXISTS (SELECT FROM messages a WHERE a.account_id = m.account_id AND a.reply_to = m.id)
ORDER BY m.created_at, m.id LIMIT %s
"""
HEARD = """
UPDATE messages SET content = %s, metadata = (metadata - 'unread' - 'media') || '{"heard": true}'
WHERE account_id = %s AND id = %s AND metadata ->> 'unread' = 'audio'
"""
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears voice notes; without a transcriber nobody does, and the polite sentence is said."""

    db: Database
    vault: Vault
    http: httpx2.AsyncClient
    transcriber: Transcriber | None = None
    outside: httpx2.AsyncClient | None = None
    """For addresses that owners name: it reaches what is public only."""

    async def hear(self, event: MessageReceived) -> None:
        """Write down what is said in the notes that wait in a chat; what cannot be heard stays as it is."""
        scope = Scope(event.tenant, "system", f"message:{event.message}")
        async with self.db.reading(scope) as tx:
            waiting = await tx.rows(WAITING, (tx.tenant, event.conversation, MOST))
            number = await numbers.of(tx, waiting[0][2]) if waiting else None
        ear = await self._ear(scope) if number else None
        if number is None or ear is None:
            return
        heard = [row for row in waiting if await self._may_hear(event)]
        texts = await asyncio.gather(*(self._text(ear, number, row[1], row[3]) for row in heard))
        async with self.db.transaction(scope) as tx:
            for row, text in zip(heard, texts, strict=True):
                if text:
                    await tx.run(HEARD, (text, tx.tenant, UUID(str(row[0]))))

    async def _may_hear(self, event: MessageReceived) -> bool:
        try:
            await limits.take(self.db, OF_A_CHAT, str(event.conversation))
            await limits.take(self.db, OF_A_BUSINESS, str(event.tenant))
        except Exceeded as often:
            logger.warning("a voice note is not heard: too many", limit=often.data["limit"])
            return False
        return True

    async def _ear(self, scope: Scope) -> Transcriber | None:
        """Return who hears for a business: its own server, else the installation's, else nobody."""
        own = await bots.hearing_of(self.db, scope)
        if own is None or self.outside is None or scope.tenant is None:
            return self.transcriber
        return Transcriber(self.outside, own.url, own.model, own.key(self.vault, scope.tenant))

    async def _text(self, transcriber: Transcriber, number: Number, media: str, language: str | None) -> str | None:
        token = number.token(self.vault)
        try:
            if number.provider == "twilio":
                twilio = Twilio(self.http, number.messaging_account_id, token, number.graph_url or TWILIO)
                audio, kind = await twilio.media(media, most=LARGEST)
            else:
                audio, kind = await Graph(self.http, number.graph_url or URL).media(media, token, most=LARGEST)
            return await transcriber.text_of(audio, kind, language) or None
        except Unavailable as error:
            logger.warning("a voice note could not be heard", problem=error.message)
            return None
