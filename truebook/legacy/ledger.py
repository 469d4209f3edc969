"""The importer's own tables: its runs, which old row became which new one, and the quarantine."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb

from truebook.db import Database, Scope, Transaction
from truebook.kernel.ids import uuid7
from truebook.legacy.generations import THINGS
from truebook.legacy.ids import made
from truebook.legacy.known import Known, Tenant
from truebook.legacy.outcome import Imported, Quarantined

PLACES = {
    table: {"test_chat_sessions": "conversations", "chat_messages": "messages"}.get(thing.name, thing.name)
    for thing in THINGS
    for table in thing.tables
}
"""Source table → the table of Truebook in which its rows stand."""
OWNER_OF = {"accounts": "id", "appointments": "tenant_id"}
"""Table of Truebook → the column that says whose the row is, where that is not account_id."""

OPERATOR = Scope(None, "import")
Key = tuple[str, str]


async def begin(database: Database, kind: str, fingerprint: str) -> UUID:
    """Open a run and return its id."""
    run = uuid7()
    async with database.transaction(OPERATOR) as tx:
        await tx.run(
            "INSERT INTO import_runs (id, source_kind, source_fingerprint) VALUES (%s, %s, %s)",
            (run, kind, fingerprint),
        )
    return run


async def finish(database: Database, run: UUID, counts: dict[str, Any]) -> None:
    """Close a run with its account of rows."""
    async with database.transaction(OPERATOR) as tx:
        await tx.run("UPDATE import_runs SET finished_at = now(), counts = %s WHERE id = %s", (Jsonb(counts), run))


async def remember(tx: Transaction, run: UUID, fingerprint: str, outcomes: Iterable[Imported]) -> None:
    """Note which new row each old one became; of one that was in quarantine nothing is kept there any more."""
    rows = [(run, outcome.raw.table, outcome.raw.key, outcome.new_id, outcome.raw.digest) for outcome in outcomes]
    async with tx.connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO import_id_map (run_id, source_table, source_id, new_id, row_digest)"
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )
    await tx.run(
        """UPDATE import_quarantine q SET resolved_at = now(), row_data = '{}', reason = split_part(reason, ':', 1)
           FROM import_runs r, unnest(%s::text[], %s::text[]) AS done(source_table, source_id)
           WHERE r.id = q.run_id AND r.source_fingerprint = %s AND q.resolved_at IS NULL
             AND (q.source_table, q.source_id) = (done.source_table, done.source_id)""",
        ([row[1] for row in rows], [row[2] for row in rows], fingerprint),
    )


async def keep(database: Database, run: UUID, outcomes: Iterable[Quarantined]) -> None:
    """Put rows into quarantine, whole, with the reason and whose they are."""
    rows = [
        (
            run,
            uuid7(),
            outcome.tenant,
            outcome.raw.table,
            outcome.raw.key,
            f"{outcome.reason}: {outcome.detail}",
            Jsonb(outcome.raw.json()),
        )
        for outcome in outcomes
    ]
    async with database.transaction(OPERATOR) as tx, tx.connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO import_quarantine (run_id, id, account_id, source_table, source_id, reason, row_data)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


async def say_whose(database: Database, fingerprint: str, outcomes: Iterable[Quarantined]) -> None:
    """Note whose rows are that lie in quarantine already, where an earlier run could not say it."""
    query = """UPDATE import_quarantine q SET account_id = whose.tenant
               FROM import_runs r, unnest(%s::text[], %s::text[], %s::uuid[]) AS whose(source_table, source_id, tenant)
               WHERE r.id = q.run_id AND r.source_fingerprint = %s AND q.account_id IS NULL
                 AND (q.source_table, q.source_id) = (whose.source_table, whose.source_id)"""
    rows = [(outcome.raw.table, outcome.raw.key, outcome.tenant) for outcome in outcomes if outcome.tenant]
    if not rows:
        return
    async with database.transaction(OPERATOR) as tx:
        await tx.run(query, ([one[0] for one in rows], [one[1] for one in rows], [one[2] for one in rows], fingerprint))


async def imported(database: Database, fingerprint: str) -> dict[Key, tuple[UUID, bytes]]:
    """Return every row of this source that is in Truebook: the id it has there, and the digest of what it was."""
    query = """SELECT m.source_table, m.source_id, m.new_id, m.row_digest
               FROM import_id_map m JOIN import_runs r ON r.id = m.run_id WHERE r.source_fingerprint = %s"""
    async with database.transaction(OPERATOR) as tx:
        return {(table, key): (new, digest) for table, key, new, digest in await tx.rows(query, (fingerprint,))}


async def quarantined(database: Database, fingerprint: str) -> set[Key]:
    """Return every row of this source that waits in quarantine."""
    query = """SELECT q.source_table, q.source_id
               FROM import_quarantine q JOIN import_runs r ON r.id = q.run_id
               WHERE r.source_fingerprint = %s AND q.resolved_at IS NULL"""
    async with database.transaction(OPERATOR) as tx:
        return {(table, key) for table, key in await tx.rows(query, (fingerprint,))}


async def present(database: Database, run: UUID, tenant: UUID, table: str) -> int:
    """Return how many rows of a source table, written for a tenant by a run, can be read in their new place."""
    query = SQL(
        """SELECT count(*) FROM import_id_map m JOIN {} t ON t.id = m.new_id
           WHERE m.run_id = %s AND m.source_table = %s AND t.{} = %s"""
    ).format(Identifier(PLACES[table]), Identifier(OWNER_OF.get(PLACES[table], "account_id")))
    async with database.transaction(Scope(tenant, "import", operator=True)) as tx:
        row = await (await tx.connection.execute(query, (run, table, tenant))).fetchone()
        return int(row[0]) if row else 0


async def known(database: Database, fingerprint: str, accounts: Iterable[UUID]) -> Known:
    """Return what the plan must respect: earlier runs' rows, and whatever the given businesses have already."""
    done = await imported(database, fingerprint)
    found = Known({key: new for key, (new, _) in done.items()}, {key: digest for key, (_, digest) in done.items()})
    async with database.transaction(OPERATOR) as tx:
        found.accounts = dict(await tx.rows("SELECT id, slug FROM accounts"))
    for account in accounts:
        if account in found.accounts:
            found.tenants[account] = await _tenant(database, account)
    return found


async def _tenant(database: Database, account: UUID) -> Tenant:
    async with database.transaction(Scope(account, "import")) as tx:
        busy = await tx.rows(
            "SELECT starts_at, ends_at FROM claims WHERE resource_id = %s",
            (made(str(account), "staff"),),
        )
        conversations = await tx.rows("SELECT channel, address, id FROM conversations WHERE address IS NOT NULL")
        return Tenant(
            customers=dict(await tx.rows("SELECT phone, id FROM customers WHERE phone IS NOT NULL")),
            conversations={(channel, address): new for channel, address, new in conversations},
            emails={email for (email,) in await tx.rows("SELECT email FROM users")},
            services={name for (name,) in await tx.rows("SELECT lower(name) FROM services WHERE is_active")},
            busy=[(start, end) for start, end in busy],
            has_hours=bool(await tx.rows("SELECT FROM availability_configs WHERE is_active AND staff_id IS NULL")),
            has_bot=bool(await tx.rows("SELECT FROM bot_configs WHERE is_active")),
        )
