"""The checks of a business: talks of its test chat that are played again after a change, and how they went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.db import Database, Scope
from truebook.jobs import ChecksAsked, publish
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.rehearsal import saving
from truebook.rehearsal.judging import Verdict
from truebook.tenants.records import note

Outcome = Verdict | Literal["unplayed"]
"""How a check went; `unplayed` where it could not be played at all."""
MOST = 100
"""Checks of one business: each costs as much as a talk does."""
KEEP = "INSERT INTO checks (account_id, id, conversation_id, about, talk) VALUES (%s, %s, %s, %s, %s)"
LIST = """
SELECT id, about, talk, created_at, asked_at, played_at, verdict, said, stands FROM checks
WHERE account_id = %s ORDER BY created_at, id
"""
ASK = "UPDATE checks SET asked_at = %s WHERE account_id = %s RETURNING id"
PLAYED = """
UPDATE checks SET asked_at = NULL, played_at = %(now)s, verdict = %(verdict)s, said = %(said)s, stands = %(stands)s
WHERE account_id = %(tenant)s AND id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `said` are the lines of the last play (who, what), `stands` the appointments that it left."""

    id: UUID
    about: str
    talk: str
    created_at: datetime
    asked_at: datetime | None
    played_at: datetime | None
    verdict: Outcome | None
    said: list[tuple[str, str]]
    stands: list[str]


async def keep(db: Database, scope: Scope, conversation_id: UUID, about: str) -> None:
    """Keep a conversation as a check; raise Invalid where nothing was said, or there are too many."""
    if not about:
        raise Invalid("about", "say what it shows")
    talk = await saving.saved(db, scope, conversation_id, about)
    check_id = ids.uuid7()
    async with db.transaction(scope) as tx:
        if len(await tx.rows(LIST, (tx.tenant,))) >= MOST:
            raise Invalid("about", f"{MOST} checks are the most that a business has")
        await tx.run(KEEP, (tx.tenant, check_id, conversation_id, about, talk))
        await note(tx, "keep check", "check", check_id, {"about": about})


async def listing(db: Database, scope: Scope) -> list[Check]:
    """Return the checks of the scope's business, in the order in which they were kept."""
    async with db.reading(scope) as tx:
        return [Check(*row) for row in await tx.rows(LIST, (tx.tenant,))]


async def remove(db: Database, scope: Scope, check_id: UUID) -> None:
    """Keep a check no more; raise NotFound where there is none of that id."""
    async with db.transaction(scope) as tx:
        if (
            await tx.row("DELETE FROM checks WHERE account_id = %s AND id = %s RETURNING id", (tx.tenant, check_id))
            is None
        ):
            raise NotFound("there is no such check")
        await note(tx, "remove check", "check", check_id, {})


async def ask(db: Database, scope: Scope, *, now: datetime) -> None:
    """Have every check played; raise NotFound where there is none."""
    async with db.transaction(scope) as tx:
        if not await tx.rows(ASK, (now, tx.tenant)):
            raise NotFound("there are no checks")
        await publish(tx, ChecksAsked(tx.tenant))


async def played(
    db: Database, scope: Scope, check_id: UUID, verdict: Outcome, *, now: datetime, said: Any = (), stands: Any = ()
) -> None:
    """Keep how a check went."""
    row = {"id": check_id, "verdict": verdict, "said": Jsonb(list(said)), "stands": Jsonb(list(stands)), "now": now}
    async with db.transaction(scope) as tx:
        await tx.run(PLAYED, {"tenant": tx.tenant, **row})
