"""Note that a letter which a mail server had taken did not arrive: its customer was not told, and a person is."""

import re
from dataclasses import dataclass
from uuid import UUID

from truebook.connectors.mail.bounce import Bounce
from truebook.connectors.mail.mailbox import Mailbox
from truebook.db import Database, Scope, Transaction
from truebook.delivery import failures
from truebook.kernel import clock
from truebook.ledger import attempts
from truebook.ledger.attempts import Report, Token

LETTER = re.compile(r"([0-9a-f-]{36})\.([1-9]\d{0,5})\.([0-9a-f-]{36})", re.ASCII)


def letter_id(tx: Transaction, token: Token) -> str:
    """Return the name of a letter, by which it is known again when it comes back."""
    return f"{token.message}.{token.number}.{tx.tenant}"


@dataclass(frozen=True, slots=True)
class Returns:
    """Looks into the mailbox in which letters come back, where there is one."""

    db: Database
    mailbox: Mailbox | None = None

    async def work(self) -> int:
        """Enter what came back; return how many letters of customers. Raises Unavailable where it cannot look."""
        known = 0

        async def take(one: Bounce) -> None:
            nonlocal known
            known += await bounced(self.db, one)

        if self.mailbox is not None:
            await self.mailbox.look(take)
        return known


async def bounced(db: Database, bounce: Bounce) -> bool:
    """Enter that a letter did not arrive; False where it is none that a customer was sent from here."""
    named = LETTER.fullmatch(bounce.letter)
    if named is None:
        return False
    token, scope = Token(UUID(named[1]), int(named[2])), Scope(UUID(named[3]), "system", "a letter came back")
    failure = f"the letter came back: {bounce.words}"
    async with db.transaction(scope) as tx:
        report = Report("failed", clock.now(), code=bounce.status or None, failure=failure)
        reached = await attempts.settle(tx, token, report)
        if reached == "failed":
            await failures.give_up(tx, token.message)
    return reached is not None
