"""Send whoever books on a page the code by which they show that the address or number they gave is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from truebook.booking import proof, views
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.connectors.mail.letter import Letter
from truebook.connectors.mail.post import Post, Refused
from truebook.db import Database, Scope
from truebook.jobs import CodeAsked
from truebook.kernel import clock, ids, log
from truebook.kernel.errors import Unavailable
from truebook.language import wording
from truebook.ledger import phones
from truebook.ledger.words import Words, write
from truebook.tenants import accounts

PROVES = "proves"
"""What the metadata of a message says that is a code: for which held time."""
LATE = timedelta(minutes=10)
"""After this the time is not held any longer."""
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Prover:
    """Sends codes by e-mail, where there is a mail server, and on WhatsApp."""

    db: Database
    links: Links
    post: Post | None

    async def send(self, event: CodeAsked) -> None:
        """Send a held time's code; where the mail server cannot take it now, the job is tried again."""
        now = clock.now()
        if now > datetime.fromisoformat(event.asked_at) + LATE:
            logger.warning("a code could not be sent in time", tenant=str(event.tenant))
            return
        scope = Scope(event.tenant, "system", f"code:{event.appointment}")
        one = await views.appointment(self.db, scope, event.appointment)
        if one.status != "held":
            return
        if one.customer.email is None:
            await self._by_phone(scope, event, one)
        elif self.post is not None:
            await self._by_mail(self.post, scope, event, one, now)

    async def _by_phone(self, scope: Scope, event: CodeAsked, one: Appointment) -> None:
        """Write the message that carries the code on WhatsApp, once for each time it was asked for."""
        language = (await accounts.get(self.db, scope, event.tenant)).languages[0]
        async with self.db.transaction(scope) as tx:
            chat = await phones.chat_with(tx, one.customer.phone) if one.customer.phone else None
            if chat is None:
                return
            message = ids.derived(event.appointment, f"code {event.asked_at}")
            text = wording.say(language, "code_sent")
            await write(tx, Words(message, chat, text, "code", metadata={PROVES: str(one.id)}))

    async def _by_mail(self, post: Post, scope: Scope, event: CodeAsked, one: Appointment, now: datetime) -> None:
        assert one.customer.email is not None
        account = await accounts.get(self.db, scope, event.tenant)
        language, code = account.languages[0], proof.code(self.links, one)
        subject = wording.say(language, "mail_code_subject", business=account.name, code=code)
        text = wording.say(language, "mail_code", business=account.name, code=code)
        letter = Letter(
            str(ids.uuid7()), one.customer.email, one.customer.name, account.name, subject, f"{text}\n", language
        )
        result = await post.send(letter, now)
        if isinstance(result, Refused):
            if result.passing:
                raise Unavailable("the mail server does not take letters at the moment")
            logger.error("a code was refused", tenant=str(event.tenant), code=result.code)
