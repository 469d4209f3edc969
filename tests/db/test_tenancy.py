"""No row crosses from one business to another: shown for every table in the catalog, with both kinds of role.

Alice and Bob are two businesses with a row in every table; the app works as the app role, or as the one plain role
that owns everything.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
import pytest
from psycopg import errors, sql

from tests.db import rows
from tests.db.roles import plain_database
from tests.desk import MONDAY, NOW, furnish, opened
from truebook.booking import actions, queries
from truebook.db import migrations, spreading
from truebook.db.connection import connect
from truebook.db.health.role import STEP_DOWN
from truebook.tenants import access, accounts

ALICE = UUID("0190a11c-0000-7000-8000-00000000000a")
BOB = UUID("0190b0b0-0000-7000-8000-00000000000b")


@dataclass
class Town:
    """A database with two businesses: as the app sees it, and as an administrator does."""

    app: psycopg.Connection
    admin: psycopg.Connection
    url: str
    tables: list[str] = field(default_factory=list)

    @contextmanager
    def acting(self, tenant: UUID | None, *, operator: bool = False) -> Iterator[psycopg.Connection]:
        """Act for a business, in a transaction that is rolled back."""
        with self.app.transaction(force_rollback=True):
            self.app.execute(rows.SCOPE, (str(tenant or ""), "operator" if operator else ""))
            yield self.app

    def seen(self, table: str) -> list[UUID]:
        """Return whose rows of a table can be seen; of the operator's own tables, which."""
        column = "source_fingerprint" if table == "import_runs" else "run_id"
        column = column if table in rows.IMPORTS else rows.owner_column(table)
        return [row[0] for row in self.app.execute(sql.SQL("SELECT {} FROM {}").format(*names(column, table)))]


def names(*texts: str) -> list[sql.Identifier]:
    return [sql.Identifier(text) for text in texts]


@pytest.fixture(params=["app role", "plain role"])
def town(request: pytest.FixtureRequest, database: str, server_url: str) -> Iterator[Town]:
    """A town in which the app works as one kind of role or the other."""
    if request.param == "app role":
        with built(database, database) as town:
            yield town
        return
    with plain_database(server_url) as plain:
        migrations.upgrade(plain.url)
        with built(plain.url, plain.admin_url) as town:
            yield town


@contextmanager
def built(url: str, admin_url: str) -> Iterator[Town]:
    with connect(url) as app, connect(admin_url) as admin:
        app.execute(STEP_DOWN)
        for connection in (app, admin):
            connection.execute("SET search_path = truebook")
        for tenant in (ALICE, BOB):
            rows.fill(app, tenant)
        yield Town(app, admin, url, rows.tables(app))


def test_every_table_has_a_row_of_each(town: Town) -> None:
    for table in town.tables:
        count = town.admin.execute(sql.SQL("SELECT count(*) FROM {}").format(*names(table))).fetchone()
        assert count is not None and count[0] >= 2, f"{table}: give it a row in tests/db/rows.py"


def test_a_business_sees_its_own_rows_and_no_others(town: Town) -> None:
    for me in (ALICE, BOB):
        with town.acting(me):
            for table in town.tables:
                assert set(town.seen(table)) == (set() if table in rows.IMPORTS else {me}), table


def test_without_a_business_nothing_is_visible(town: Town) -> None:
    with town.acting(None):
        assert [table for table in town.tables if town.seen(table)] == []
    with town.app.transaction():
        assert [table for table in town.tables if town.seen(table)] == []


def test_the_operator_sees_the_directory_and_nobodys_appointments(town: Town) -> None:
    with town.acting(None, operator=True):
        assert {table for table in town.tables if town.seen(table)} == set(rows.DIRECTORY)


def test_no_row_can_be_written_for_another_business(town: Town) -> None:
    for table in town.tables:
        columns = sql.SQL(", ").join(names(*writable(town, table)))
        column = sql.SQL("NULL::uuid") if table in rows.IMPORTS else sql.Identifier(rows.owner_column(table))
        theirs = town.admin.execute(
            sql.SQL("SELECT to_jsonb(t)::text FROM {} t WHERE {} IS NOT DISTINCT FROM %s::uuid LIMIT 1").format(
                sql.Identifier(table), column
            ),
            (None if table in rows.IMPORTS else BOB,),
        ).fetchone()
        assert theirs is not None
        copy = sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)")
        with town.acting(ALICE), pytest.raises(errors.InsufficientPrivilege):
            town.app.execute(copy.format(table=sql.Identifier(table), columns=columns), theirs)


def test_no_row_can_be_given_to_another_business(town: Town) -> None:
    for table in mine(town):
        give = sql.SQL("UPDATE {} SET {} = %s").format(*names(table, rows.owner_column(table)))
        with town.acting(ALICE) as app:
            try:
                changed = app.execute(give, (BOB,)).rowcount
            except (errors.InsufficientPrivilege, errors.CheckViolation):
                continue
            assert changed == 0, table


def test_rows_of_another_business_can_be_neither_changed_nor_deleted(town: Town) -> None:
    for table in mine(town):
        column = rows.owner_column(table)
        touch = sql.SQL("UPDATE {} SET {} = {} WHERE {} = %s").format(*names(table, column, column, column))
        delete = sql.SQL("DELETE FROM {} WHERE {} = %s").format(*names(table, column))
        for statement in (touch, delete):
            with town.acting(ALICE) as app:
                try:
                    changed = app.execute(statement, (BOB,)).rowcount
                except errors.InsufficientPrivilege:  # nobody may, not even of their own
                    continue
                assert changed == 0, table


FOREIGN_KEYS = """
SELECT c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
       ARRAY(SELECT attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, i)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY i)
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'truebook'::regnamespace
  AND c.conrelid::regclass::text NOT LIKE 'procrastinate%' ORDER BY 1
"""


def test_every_foreign_key_carries_the_business_with_it(town: Town) -> None:
    for name, table, _, columns in town.admin.execute(FOREIGN_KEYS).fetchall():
        if table not in rows.IMPORTS:
            assert rows.owner_column(table) in columns or name == "appointments_account_id_fkey", name


def test_a_foreign_key_refuses_the_ids_of_another_business(town: Town) -> None:
    """Shown as the administrator, whom row-level security does not bind: it is the key itself that refuses."""
    refused = []
    for name, table, target, columns in town.admin.execute(FOREIGN_KEYS).fetchall():
        if len(columns) < 2:
            continue
        mine, theirs = rows.owner_column(table), rows.of(BOB, target)
        point = sql.SQL(
            "UPDATE {t} SET {c} = %s WHERE ctid = (SELECT ctid FROM {t} WHERE {m} = %s AND {c} IS NOT NULL LIMIT 1)"
        ).format(t=sql.Identifier(table), c=sql.Identifier(columns[1]), m=sql.Identifier(mine))
        with pytest.raises(errors.ForeignKeyViolation), town.admin.transaction():
            town.admin.execute(point, (theirs, ALICE))
        refused.append(name)
    assert len(refused) >= 38


INDEXES = r"""
SELECT k.relname, i.indexrelid::regclass::text, 'the tenant is not first in this index' FROM pg_class k
  JOIN pg_index i ON i.indrelid = k.oid JOIN pg_attribute a ON a.attrelid = k.oid AND a.attname = %(columns)s::jsonb ->> k.relname
  WHERE k.relnamespace = 'truebook'::regnamespace AND i.indkey[0] <> a.attnum
    AND i.indexrelid <> 'appointments_account_idx'::regclass
    AND i.indexrelid::regclass::text NOT LIKE '%%\_due\_idx'  -- by which the clock finds whose turn it is
UNION ALL SELECT k.relname, f.conname, 'no index for this foreign key' FROM pg_class k
  JOIN pg_constraint f ON f.conrelid = k.oid AND f.contype = 'f'
  WHERE %(columns)s::jsonb ? k.relname AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.oid
                      AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)
ORDER BY 1, 2
"""


def test_every_table_could_be_spread_over_servers_by_business(town: Town) -> None:
    assert spreading.unfit(town.admin) == []


UNFIT = {
    "a key without the tenant": "CREATE TABLE late (account_id uuid, id uuid PRIMARY KEY)",
    "nobody's": "CREATE TABLE late (id uuid PRIMARY KEY)",
    "unique for all": "CREATE TABLE late (account_id uuid, id uuid, word text UNIQUE, PRIMARY KEY (account_id, id))",
    "a sequence": "CREATE TABLE late (account_id uuid, id serial, PRIMARY KEY (account_id, id))",
    "a key that sets NULL": "ALTER TABLE staff ADD FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL",
    "a key that lacks the tenant": (
        "CREATE TABLE late (account_id uuid, id uuid, PRIMARY KEY (account_id, id));"
        " ALTER TABLE claims ADD CONSTRAINT c UNIQUE (tenant_id, block_id);"
        " CREATE UNIQUE INDEX i ON late(account_id) ;"
        " ALTER TABLE blocks ADD COLUMN other uuid UNIQUE; ALTER TABLE late ADD FOREIGN KEY (id) REFERENCES blocks(other)"
    ),
    "everybody's points at a business's": (
        "ALTER TABLE users ADD COLUMN staff_id uuid, ADD FOREIGN KEY (account_id, staff_id) REFERENCES staff(account_id, id)"
    ),
    "a trigger that makes jobs": "PERFORM procrastinate_defer_job_v1()",
    "a trigger that writes everybody's": "UPDATE truebook.accounts SET name = name",
    "a trigger that calls out": "PERFORM pg_notify('a', 'b')",
    "a trigger that inserts what it selects": "INSERT INTO looks (account_id) SELECT NEW.account_id",
}
TRIGGER = """
CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {}; RETURN NULL; END';
CREATE TRIGGER late AFTER INSERT ON staff FOR EACH ROW EXECUTE FUNCTION late()
"""


@pytest.mark.parametrize("change", UNFIT.values(), ids=UNFIT)
def test_what_could_not_be_spread_is_named(town: Town, change: str) -> None:
    with town.admin.transaction(force_rollback=True):
        statement = change if change.startswith(("CREATE", "ALTER")) else TRIGGER.format(change.replace("'", "''"))
        town.admin.execute(statement.encode())
        assert spreading.unfit(town.admin)


def test_every_index_and_key_begins_with_the_business(town: Town) -> None:
    columns = {
        table: column for table, column in spreading.places.spread(town.admin).items() if table != "calendar_feeds"
    }
    assert town.admin.execute(INDEXES, {"columns": json.dumps(columns)}).fetchall() == []


async def replayed(url: str) -> None:
    async with opened(url) as db:
        desk = await furnish(db)
        booked = await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
        await actions.move(db, desk.scope, booked.id, MONDAY.replace(hour=12), now=NOW)
        await actions.cancel(db, desk.scope.because("the customer called"), booked.id, now=NOW)
        async with db.transaction(desk.scope) as tx:
            changes = await queries.history(tx, booked.id)
            row = await tx.row(f"{rows.WHOLE} FROM appointments a WHERE id = %s", (booked.id,))
        assert [change["version"] for change in changes] == [1, 2, 3]
        assert row == (changes[-1]["row"],)
        assert (changes[-1]["actor"], changes[-1]["cause"]) == ("owner:salon-alice", "the customer called")
        assert changes[0]["row"]["starts_at"] != changes[1]["row"]["starts_at"]
        first, moved, cancelled = (change["row"]["claims"] for change in changes)
        assert [len(one) for one in (first, moved, cancelled)] == [1, 1, 0]
        assert first[0]["starts_at"] == changes[0]["row"]["segments"][0]["starts_at"] != moved[0]["starts_at"]


@pytest.mark.anyio
async def test_replaying_the_history_of_an_appointment_gives_the_row(town: Town) -> None:
    await replayed(town.url)


def test_history_can_be_read_but_neither_written_nor_changed(town: Town) -> None:
    add = (
        "INSERT INTO appointment_history (tenant_id, appointment_id, version, op, row_data)"
        " SELECT tenant_id, appointment_id, 9, 'UPDATE', '{}' FROM appointment_history"
    )
    with town.acting(ALICE), pytest.raises(errors.InsufficientPrivilege):
        town.app.execute(add)
    for statement in ("UPDATE appointment_history SET actor = 'nobody'", "DELETE FROM appointment_history"):
        assert refused(town, statement)


def test_the_settings_log_can_be_added_to_but_not_changed(town: Town) -> None:
    for statement in ("UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log"):
        assert refused(town, statement)
    with town.acting(ALICE) as app:
        app.execute(
            "INSERT INTO audit_log (tenant_id, actor, action, entity) VALUES (%s, 'anna', 'add', 'x')", (ALICE,)
        )


def refused(town: Town, statement: str) -> bool:
    """Tell whether a statement is refused, or finds no row that it may touch."""
    with town.acting(ALICE) as app:
        try:
            return app.execute(statement.encode()).rowcount == 0
        except errors.InsufficientPrivilege:
            return True


@pytest.mark.anyio
async def test_deleting_an_account_keeps_its_appointments_where_no_tenant_sees_them(town: Town) -> None:
    async with opened(town.url) as db:
        key = await access.issue(db, access.Scope(ALICE, "test"), "a key")
        await accounts.close_account(db, access.Scope(ALICE, "operator", operator=True), ALICE)
        with pytest.raises(access.Unauthorized):
            await access.identify(db, key)
    kept = town.admin.execute(
        "SELECT account_id, a.tenant_id, service_id, staff_id, session_id, customer_id, conversation_id, customer_name"
        " FROM appointments a JOIN appointment_segments s ON s.appointment_id = a.id WHERE id = %s",
        (rows.of(ALICE, "appointments"),),
    ).fetchall()
    assert kept == [(None, ALICE, None, None, None, None, None, "Carla")]
    for tenant, operator in ((BOB, False), (BOB, True), (None, True), (None, False)):
        with town.acting(tenant, operator=operator):
            assert ALICE not in town.seen("appointments")
            assert ALICE not in town.seen("appointment_history")
    with town.acting(None, operator=True):
        assert set(town.seen("accounts")) == {BOB}
    remaining = {table for table in mine(town) if ALICE in all_of(town, table)}
    assert remaining == {"appointments", "appointment_segments", "appointment_history", "audit_log", "outbox"}


PLACE = {"tenant": ALICE}
ADD = """
INSERT INTO appointments (tenant_id, account_id, code, starts_at, ends_at, timezone, customer_name, status)
VALUES (%(tenant)s, %(tenant)s, 'AAA-AAA', {start}, {end}, 'UTC', 'Carla', {status})
"""
SOON, LATER, PAST = "now() + interval '1 day'", "now() + interval '25 hours'", "now() - interval '1 day'"
MUCH_LATER = "now() + interval '50 hours'"


@pytest.mark.parametrize(
    ("start", "end", "status", "constraint"),
    [
        (SOON, SOON, "'confirmed'", "appointments_duration_check"),
        (LATER, SOON, "'confirmed'", "appointments_duration_check"),
        (SOON, f"{SOON} + interval '20 seconds'", "'confirmed'", "appointments_duration_check"),
        (SOON, MUCH_LATER, "'confirmed'", "appointments_duration_check"),
        (SOON, LATER, "'booked'", "appointments_status_check"),
        (SOON, LATER, "'held'", "appointments_hold_expiry"),
        (PAST, SOON, "'confirmed'", "appointments_not_in_past"),
    ],
)  # fmt: skip
def test_an_appointment_that_cannot_be_is_refused(
    town: Town, start: str, end: str, status: str, constraint: str
) -> None:
    with town.acting(ALICE) as app, pytest.raises(errors.CheckViolation) as refused:
        app.execute(ADD.format(start=start, end=end, status=status).encode(), PLACE)
    assert refused.value.diag.constraint_name == constraint
    with town.acting(ALICE) as app:
        app.execute(ADD.format(start=SOON, end=LATER, status="'confirmed'").encode(), PLACE)


def test_a_service_lasts_longer_than_nothing(town: Town) -> None:
    for minutes in (0, -30, 1441):
        with town.acting(ALICE) as app, pytest.raises(errors.CheckViolation):
            app.execute("UPDATE services SET duration_minutes = %s", (minutes,))


def test_a_past_appointment_can_still_be_completed_but_not_moved(town: Town) -> None:
    with town.acting(ALICE) as app:
        app.execute("SET LOCAL truebook.allow_past = 'on'")
        app.execute(ADD.format(start=PAST, end=f"{PAST} + interval '30 minutes'", status="'confirmed'").encode(), PLACE)
        app.execute("SET LOCAL truebook.allow_past = 'off'")
        done = app.execute("UPDATE appointments SET status = 'completed' WHERE code = 'AAA-AAA' RETURNING version")
        assert done.fetchone() == (2,)
        app.execute("UPDATE appointments SET status = 'confirmed' WHERE code = 'AAA-AAA'")
        with pytest.raises(errors.CheckViolation):
            app.execute(
                f"UPDATE appointments SET starts_at = {PAST} - interval '1 hour' WHERE code = 'AAA-AAA'".encode()
            )


def mine(town: Town) -> list[str]:
    """Return the tables in which businesses have rows."""
    return [table for table in town.tables if table not in rows.IMPORTS]


def all_of(town: Town, table: str) -> set[UUID]:
    """Return whose rows there are in a table, whoever may see them."""
    whose = sql.SQL("SELECT DISTINCT {} FROM {}").format(*names(rows.owner_column(table), table))
    return {row[0] for row in town.admin.execute(whose)}


def writable(town: Town, table: str) -> list[str]:
    """Return the columns of a table that can be written to."""
    found = town.admin.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = ''",
        (f"truebook.{table}",),
    )
    return [row[0] for row in found]
