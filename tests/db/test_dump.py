"""Dump and restore: every row comes back, appointments of the past included, and the desk goes on booking."""

import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.db import rows
from tests.db.programs import folder, program, schema
from tests.db.roles import Plain, run
from tests.db.servers import served_by
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from tests.server.steps import value
from truebook.booking import actions
from truebook.db import health, migrations

pytestmark = pytest.mark.anyio
TEN = MONDAY.replace(hour=10)


async def lived_in(url: str) -> Desk:
    """Furnish a desk with appointments to come, and ones of long ago that are still confirmed, or completed."""
    async with opened(url) as db:
        desk = await furnish(db)
        booked = [await actions.book(db, desk.scope, desk.wish(TEN.replace(hour=9 + n)), now=NOW) for n in range(6)]
        await actions.cancel(db, desk.scope, booked[0].id, now=NOW)
    shift = ", ".join(f"{c} = {c} - interval '20 years'" for c in ("starts_at", "ends_at"))
    run(
        url,
        *(
            f"SET truebook.allow_past = on; UPDATE truebook.{table} SET {shift} WHERE extract(hour FROM starts_at) < 13"
            for table in ("claims", "appointment_segments", "appointments")
        ),
        "UPDATE truebook.appointments SET status = 'completed' WHERE extract(hour FROM starts_at) = 11",
    )
    return desk


def contents(url: str) -> dict[str, tuple[int, str]]:
    """Return how many rows each table has, and a digest of them."""
    with psycopg.connect(url) as connection:
        digest = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM truebook.{} t"
        found = {}
        for table in [*rows.tables(connection), "alembic_version", *migrations.promised.JOB_TABLES]:
            row = connection.execute(sql.SQL(digest).format(sql.Identifier(table))).fetchone()
            assert row is not None
            found[table] = (row[0], row[1])
        return found


async def test_a_restored_database_has_every_row_and_goes_on(database: str, empty: str, tmp_path: Path) -> None:
    desk = await lived_in(database)
    program(database, "pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}")
    program(empty, "pg_restore", "--exit-on-error", tmp_path / "dump")
    assert contents(empty) == contents(database)
    assert contents(empty)["appointments"][0] == 6
    assert (
        value(empty, "SELECT count(*) FROM truebook.appointments WHERE starts_at < now() AND status = 'confirmed'") == 2
    )
    assert schema(empty) == schema(database)
    assert [finding for finding in health.examine(empty) if not finding.ok] == []
    assert not migrations.upgrade(empty)
    async with opened(empty) as db:
        booked = await actions.book(db, desk.scope, desk.wish(TEN.replace(hour=9)), now=NOW)
    assert booked.status == "confirmed"


async def test_rows_alone_can_be_restored_into_a_migrated_database(database: str, empty: str, tmp_path: Path) -> None:
    await lived_in(database)
    migrations.upgrade(empty)
    options = ("--data-only", "--disable-triggers", "--exclude-table-data=truebook.alembic_version")
    program(database, "pg_dump", "--format=custom", *options, f"--file={tmp_path / 'dump'}")
    program(empty, "pg_restore", "--exit-on-error", "--data-only", "--disable-triggers", tmp_path / "dump")
    assert contents(empty) == contents(database)


async def test_a_plain_role_cannot_dump_what_it_may_not_see_without_noticing(plain: Plain, tmp_path: Path) -> None:
    """FORCE row-level security binds the owner: pg_dump as that role must fail, not write an empty backup."""
    migrations.upgrade(plain.url)
    await lived_in(plain.url)
    with pytest.raises(AssertionError, match="row-level security"):
        program(plain.url, "pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}")
    program(plain.admin_url, "pg_dump", "--format=custom", f"--file={tmp_path / 'whole'}")
    listed = program_list(plain.admin_url, tmp_path / "whole")
    assert "TABLE DATA truebook appointments" in listed


def program_list(url: str, dump: Path) -> str:
    """Return the table of contents of a dump."""
    return subprocess.run(
        [folder(url) / "pg_restore", "--list", dump], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.slow
async def test_rows_move_from_the_oldest_postgresql_to_the_embedded_one(tmp_path: Path) -> None:
    """What is advised where the PostgreSQL that made the data directory is gone."""
    with served_by(15) as oldest, served_by(18) as newest:
        old, new = oldest.url(), newest.url()
        migrations.upgrade(old)
        await lived_in(old)
        options = ("--data-only", "--disable-triggers", "--exclude-table-data=truebook.alembic_version")
        program(old, "pg_dump", "--format=custom", *options, f"--file={tmp_path / 'dump'}")
        migrations.upgrade(new)
        program(new, "pg_restore", "--exit-on-error", "--data-only", "--disable-triggers", tmp_path / "dump")
        assert contents(new) == contents(old)
        assert [finding for finding in health.examine(new) if not finding.ok] == []
