"""How a business tells its customers: when it reminds them, when it keeps quiet, and what it adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Conflict
from truebook.tenants.records import Named, note


@dataclass(frozen=True, slots=True)
class Telling:
    """A row of the table telling_settings.

    `remind_before`: minutes before an appointment. Between `quiet_from` and `quiet_until`, on the business's own clock,
    nobody is reminded. `notes`: by language, what is added to a reminder. What was due before `since` is not sent.
    What staff change is told after `undo_seconds`; `told_within_minutes`: when what nobody was told becomes an alert;
    `waits_minutes`: when somebody who waits for a person does. `ask_number`: whoever books under a user name is asked.
    """

    remind_before: list[int]
    quiet_from: time | None
    quiet_until: time | None
    notes: dict[str, str]
    undo_seconds: int
    told_within_minutes: int
    waits_minutes: int
    ask_number: bool
    since: datetime
    version: int


COLUMNS = """
remind_before, quiet_from, quiet_until, notes, undo_seconds, told_within_minutes, waits_minutes, ask_number, since,
version
"""
READ = f"SELECT {COLUMNS} FROM telling_settings WHERE account_id = %s"
BEGIN = "INSERT INTO telling_settings (account_id) VALUES (%s) ON CONFLICT DO NOTHING"
FORGET_PLANS = "DELETE FROM reminders WHERE account_id = %s AND state = 'waiting'"
PLAN_ANEW = """
SELECT look(tenant_id, id, '{remind}', now()) FROM appointments
WHERE tenant_id = %s AND status = 'confirmed' AND starts_at > now()
"""


async def read(tx: Transaction) -> Telling:
    """Return how the business tells, as it stands or as it is from the first look on."""
    row = await tx.row(READ, (tx.tenant,))
    if row is None:
        await tx.run(BEGIN, (tx.tenant,))
        row = await tx.row(READ, (tx.tenant,))
    assert row is not None
    return Telling(*row)


async def get(db: Database, scope: Scope) -> Telling:
    """Return how the business tells."""
    async with db.transaction(scope) as tx:
        return await read(tx)


async def change(db: Database, scope: Scope, values: Mapping[str, Any], *, version: int | None = None) -> Telling:
    """Change how the business tells; reminders that wait are planned anew.

    Raises Conflict where the caller has seen another version, Invalid for what is not possible.
    """
    async with Named("way of telling"), db.transaction(scope) as tx:
        before = await read(tx)
        if version not in (None, before.version):
            raise Conflict("how the business tells was changed meanwhile", field="If-Match")
        if values:
            query = sql.SQL("UPDATE telling_settings SET {} WHERE account_id = %s").format(
                sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values)
            )
            adapted = [Jsonb(value) if isinstance(value, dict) else value for value in values.values()]
            await tx.run(query, (*adapted, tx.tenant))
            await tx.run(FORGET_PLANS, (tx.tenant,))
            await tx.run(PLAN_ANEW, (tx.tenant,))
            await note(tx, "change telling", "telling", None, {name: str(value) for name, value in values.items()})
        return await read(tx)
