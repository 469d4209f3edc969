"""What goes wrong on the way: a crash half-way, a refused row, two imports at once, a row that vanishes."""

import contextlib
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.legacy import old
from tests.legacy.running import ALICE, BOB, bring, fates, new_rows, quiet, read, reasons
from truebook.db import Database, NotCommitted, Scope, Transaction
from truebook.kernel import sqlite as kernel_sqlite
from truebook.kernel.errors import Unavailable
from truebook.legacy import ledger, load, move, source
from truebook.legacy.options import Options
from truebook.legacy.report import RowsLost

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(tmp_path: Path) -> str:
    visits = [_visit(number, "alice" if number % 3 else "bob") for number in range(30)]
    chats = [{"id": 1, "account_id": "alice", "session_type": "test"}]
    said = [{"id": number, "session_id": 1, "role": "user", "content": f"hi {number}"} for number in range(20)]
    tables = {"accounts": [ALICE, BOB], "appointments": visits, "test_chat_sessions": chats, "chat_messages": said}
    return str(old.sqlite_with(tmp_path / "old.db", tables))


def _visit(number: int, account: str) -> dict[str, Any]:
    when = f"2025-05-{number + 1:02} 10:00"
    return {
        "id": f"v{number}",
        "account_id": account,
        "customer_name": f"C{number}",
        "datetime": when,
        "duration": 30,
        "status": "booked",
    }


async def test_after_a_crash_the_next_run_goes_on(url: str, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "BATCH", 5)
    looked: list[str] = []

    def stumble(table: str) -> None:
        looked.append(table)
        if len(looked) == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await bring(url, database, tick=stumble)
    half = len(read(database, "SELECT FROM appointments"))
    assert 0 < half < 30
    report = await bring(url, database)
    assert fates(report)["appointments"] == (30, 30, 0)
    assert report.lines["appointments"].imported_now == 30 - half
    assert len(read(database, "SELECT FROM appointments")) == 30


async def test_a_row_the_database_refuses_is_quarantined_and_the_others_go_in(url: str, database: str) -> None:
    """A rule the plan cannot know: here one that somebody added to the target."""
    with psycopg.connect(database) as connection:
        connection.execute("ALTER TABLE truebook.appointments ADD CONSTRAINT odd CHECK (customer_name <> 'C7')")
    report = await bring(url, database)
    assert fates(report)["appointments"] == (30, 29, 1)
    assert reasons(report) == {"appointments/v7": "refused"}
    assert "odd" in read(database, "SELECT reason FROM import_quarantine")[0]["reason"]
    assert new_rows(await bring(url, database)) == 0
    assert len(read(database, "SELECT FROM import_quarantine")) == 1  # refused again, and not kept twice


async def test_a_slot_taken_in_truebook_since_is_not_taken_twice(url: str, database: str) -> None:
    first = await bring(url, database)
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM truebook.import_id_map WHERE source_id = 'v1'")  # as if v1 had come later
    report = await bring(url, database)
    assert first.quarantine == [] and reasons(report) == {"appointments/v1": "overlap"}


async def test_a_swallowed_error_is_not_taken_for_a_commit(
    url: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a caught error COMMIT answers ROLLBACK; nothing may be counted as imported then."""

    async def careless(tx: Transaction, *_: Any) -> None:
        with contextlib.suppress(psycopg.errors.DivisionByZero):
            await tx.row("SELECT 1/0")

    monkeypatch.setattr(ledger, "remember", careless)
    with pytest.raises((NotCommitted, psycopg.Error)):
        await bring(url, database)
    assert read(database, "SELECT FROM accounts") == []


async def test_two_imports_at_once(url: str, database: str) -> None:
    async with Database(database, size=2) as target:
        with source.at(url) as legacy, psycopg.connect(database) as other:
            other.execute("SELECT pg_advisory_lock(%s)", (move.LOCK,))
            with pytest.raises(move.Busy):
                await move.bring(legacy, Options(), target, quiet)


SWALLOW = """
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  DELETE FROM truebook.{table} WHERE ctid = (SELECT ctid FROM truebook.{table} LIMIT 1);
  RETURN NULL;
END $$
"""


@pytest.mark.parametrize("table", ["appointments", "messages", "accounts"])
async def test_a_row_that_vanishes_is_noticed(table: str, url: str, database: str) -> None:
    """A trigger that silently swallows an insert's row after the fact: the command must not say that all is well."""
    with psycopg.connect(database, options="-c search_path=truebook") as connection:
        connection.execute(SWALLOW.format(table=table))
        connection.execute(
            f"CREATE CONSTRAINT TRIGGER swallow AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION swallow()"
        )
    with pytest.raises(RowsLost):
        await bring(url, database)


async def test_an_account_that_does_not_add_up_fails_loudly(
    url: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = source.Sqlite.count
    monkeypatch.setattr(source.Sqlite, "count", lambda self, table: count(self, table) + (table == "appointments"))
    with pytest.raises(RowsLost, match=r"appointments: 31 rows, 30 imported \+ 0 in quarantine"):
        await bring(url, database)


async def test_each_business_sees_its_own_rows_only(url: str, database: str) -> None:
    await bring(url, database)
    businesses = {row["name"]: row["id"] for row in read(database, "SELECT id, name FROM accounts")}
    seen = {}
    async with Database(database, size=1) as target:
        for name, account in businesses.items():
            async with target.transaction(Scope(account, "test")) as tx:
                seen[name] = (
                    await tx.row("SELECT count(*) FROM appointments"),
                    await tx.row("SELECT count(*) FROM messages"),
                )
            async with target.transaction(Scope(account, "test")) as tx:
                assert await tx.row("SELECT count(*) FROM import_id_map") == (0,)
    assert seen == {"Salon Alice": ((20,), (20,)), "Bob's Barber": ((10,), (0,))}


async def test_the_source_is_not_touched(url: str, database: str) -> None:
    before = Path(url).read_bytes()
    await bring(url, database)
    assert Path(url).read_bytes() == before
    assert sorted(path.name for path in Path(url).parent.iterdir()) == ["old.db"]


GENERATED = """
CREATE TABLE accounts (id TEXT, name TEXT, timezone TEXT,
  one TEXT GENERATED ALWAYS AS (hex(zeroblob(4000000))) VIRTUAL, two TEXT AS (hex(zeroblob(4000000))));
INSERT INTO accounts (id, name, timezone) VALUES ('alice', 'Salon Alice', 'Europe/Vienna');
CREATE VIEW endless (id, name) AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i FROM n;
CREATE VIRTUAL TABLE services USING fts5(id, name, content='endless', content_rowid='id');
"""


async def test_what_a_file_would_have_computed_is_not_read(tmp_path: Path, database: str) -> None:
    """Generated columns and virtual tables are as long as whoever made the file likes."""
    path = str(old.sqlite_of(tmp_path / "old.db", GENERATED))
    with source.at(path) as legacy:
        assert "services" not in legacy.tables
        (row,) = legacy.rows("accounts")
        assert row.values == {"id": "alice", "name": "Salon Alice", "timezone": "Europe/Vienna"}
    assert fates(await bring(path, database))["accounts"] == (1, 1, 0)


def test_a_value_that_asks_for_too_much_memory_ends_in_a_sentence(tmp_path: Path) -> None:
    path = old.sqlite_with(tmp_path / "old.db", {"accounts": [{**ALICE, "name": bytes(kernel_sqlite.LONGEST + 1)}]})
    with source.at(str(path)) as legacy, pytest.raises(Unavailable, match="cannot be read to its end"):
        list(legacy.rows("accounts"))
