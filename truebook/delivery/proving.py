"""Send whoever books on a page the code by which they show that the address they gave is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from truebook.booking import proof, views
from truebook.booking.links import Links
from truebook.connectors.mail.letter import Letter
from truebook.connectors.mail.post import Post, Refused
from truebook.db import Database, Scope
from truebook.jobs import CodeAsked
from truebook.kernel import clock, ids, log
from truebook.kernel.errors import Unavailable
from truebook.language import wording
from truebook.tenants import accounts

LATE = timedelta(minutes=10)
"""After this the time is not held any longer."""
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Prover:
    """Sends codes by e-mail, where there is a mail server."""

    db: Database
    links: Links
    post: Post | None

    async def send(self, event: CodeAsked) -> None:
        """Send a held time's code; where the mail server cannot take it now, the job is tried again."""
        now = clock.now()
        if self.post is None or now > datetime.fromisoformat(event.asked_at) + LATE:
            logger.warning("a code could not be sent in time", tenant=str(event.tenant))
            return
        scope = Scope(event.tenant, "system", f"code:{event.appointment}")
        one = await views.appointment(self.db, scope, event.appointment)
        if one.status != "held" or one.customer.email is None:
            return
        account = await accounts.get(self.db, scope, event.tenant)
        language, code = account.languages[0], proof.code(self.links, one)
        subject = wording.say(language, "mail_code_subject", business=account.name, code=code)
        text = wording.say(language, "mail_code", business=account.name, code=code)
        letter = Letter(
            str(ids.uuid7()), one.customer.email, one.customer.name, account.name, subject, f"{text}\n", language
        )
        result = await self.post.send(letter, now)
        if isinstance(result, Refused):
            if result.passing:
                raise Unavailable("the mail server does not take letters at the moment")
            logger.error("a code was refused", tenant=str(event.tenant), code=result.code)
