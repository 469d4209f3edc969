"""Send somebody who works with the desk a link that signs them in, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from truebook.connectors.mail.letter import Letter
from truebook.connectors.mail.post import Post, Refused
from truebook.db import Database, Scope
from truebook.jobs import SignInAsked
from truebook.kernel import clock, ids, log
from truebook.kernel.errors import Unavailable
from truebook.language import wording
from truebook.tenants import accounts, sessions
from truebook.tenants.users import USERS

LIFE = timedelta(minutes=30)
LATE = timedelta(minutes=15)
"""After this nobody waits for the link any more: whoever still wants one asks again."""
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Lets people in who can read the mail of their address."""

    db: Database
    base_url: str
    post: Post | None

    async def answer(self, event: SignInAsked) -> None:
        """Make a link and send it; where the mail server cannot take it now, the job is tried again."""
        now = clock.now()
        if self.post is None or now > datetime.fromisoformat(event.asked_at) + LATE:
            logger.warning("a sign-in link could not be sent in time", tenant=str(event.tenant))
            return
        scope = Scope(event.tenant, "system", f"sign-in:{event.user}")
        user = await USERS.get(self.db, scope, event.user)
        account = await accounts.get(self.db, scope, event.tenant)
        token = await sessions.link(self.db, scope, user.id, now=now, life=LIFE)
        language, link = account.languages[0], f"{self.base_url}/sign-in/{token}"
        subject = wording.say(language, "mail_sign_in_subject", business=account.name)
        minutes = int(LIFE.total_seconds() // 60)
        text = wording.say(language, "mail_sign_in", business=account.name, link=link, minutes=minutes)
        letter = Letter(str(ids.uuid7()), user.email, user.name or "", account.name, subject, f"{text}\n", language)
        result = await self.post.send(letter, now)
        if isinstance(result, Refused):
            if result.passing:
                raise Unavailable("the mail server does not take letters at the moment")
            logger.error("a sign-in link was refused", tenant=str(event.tenant), code=result.code)
