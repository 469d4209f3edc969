"""Migrations: up, down and up again, by several processes, on busy tables, with every kind of role."""

import re
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from tests.db.programs import program, schema
from tests.db.roles import Plain, as_role, plain_database, role, run
from tests.db.servers import served_by
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from tests.server.steps import value
from truebook.booking import actions, queries
from truebook.db import health, migrations
from truebook.db.connection import connect
from truebook.db.migrations import ledger, runner, script, turn
from truebook.kernel.errors import Invalid, Unavailable

ROOT = Path(__file__).parents[2]
TEN = MONDAY.replace(hour=10)


async def populate(url: str) -> Desk:
    """Furnish a desk and book twice."""
    async with opened(url) as db:
        desk = await furnish(db)
        for hours in (0, 1):
            await actions.book(db, desk.scope, desk.wish(TEN.replace(hour=10 + hours)), now=NOW)
    return desk


@pytest.mark.unit
def test_the_ledger_and_alembic_know_the_same_head() -> None:
    from alembic.script import ScriptDirectory

    history = ScriptDirectory.from_config(runner._config())
    assert [revision.revision for revision in history.walk_revisions()] == ledger.revisions()[::-1]
    assert history.get_heads() == [migrations.head()]


@pytest.mark.anyio
async def test_up_down_and_up_again_keeps_what_it_can(database: str, empty: str) -> None:
    desk = await populate(database)
    migrations.downgrade(database, "0002")
    assert value(database, "SELECT count(*) FROM truebook.procrastinate_jobs") == 2
    migrations.downgrade(database, "0001")
    assert value(database, "SELECT to_regclass('truebook.procrastinate_jobs')") is None
    assert value(database, "SELECT count(*) FROM truebook.appointments") == 2
    assert migrations.upgrade(database)
    assert value(database, "SELECT count(*) FROM truebook.appointments") == 2
    assert value(database, "SELECT count(*) FROM truebook.appointment_history") == 2
    async with opened(database) as db:
        booked = await actions.book(db, desk.scope, desk.wish(TEN.replace(hour=14)), now=NOW)
        async with db.transaction(desk.scope) as tx:
            assert await queries.appointment(tx, booked.id) == booked
    assert [finding for finding in health.examine(database) if not finding.ok] == []
    migrations.upgrade(empty)
    assert schema(database) == schema(empty)


@pytest.mark.anyio
async def test_down_to_nothing_and_up_is_as_good_as_new(database: str, empty: str) -> None:
    await populate(database)
    migrations.downgrade(database, "base")
    assert value(database, "SELECT count(*) FROM pg_class WHERE relnamespace = 'truebook'::regnamespace") == 2
    migrations.upgrade(database)
    assert value(database, "SELECT count(*) FROM truebook.appointments") == 0
    migrations.upgrade(empty)
    assert schema(database) == schema(empty)


def test_an_unknown_target_is_refused_with_the_known_ones(empty: str) -> None:
    with pytest.raises(Invalid, match="no revision 0000; these are: 0001, 0002"):
        migrations.upgrade(empty, "0000")
    assert migrations.upgrade(empty, "0002")
    assert value(empty, "SELECT version_num FROM truebook.alembic_version") == "0002"


def test_a_schema_of_a_newer_truebook_is_left_alone(database: str) -> None:
    run(database, "UPDATE truebook.alembic_version SET version_num = '9999'")
    for migrate in (lambda: migrations.upgrade(database), lambda: migrations.downgrade(database, "0001")):
        with pytest.raises(Unavailable, match="a newer Truebook was here"):
            migrate()
    assert value(database, "SELECT version_num FROM truebook.alembic_version") == "9999"


@pytest.mark.parametrize(
    "gone",
    [
        "INDEX truebook.appointments_phone_idx",
        "TABLE truebook.audit_log",
        "TRIGGER appointments_touch ON truebook.appointments",
        "TRIGGER services_settings_changed ON truebook.services",
        "POLICY tenant_isolation ON truebook.customers",
    ],
)
def test_a_ledger_that_promises_what_is_not_there_is_not_believed(database: str, gone: str) -> None:
    run(database, f"DROP {gone}")
    with pytest.raises(Unavailable, match="recorded, but these objects are not in the database") as refused:
        migrations.upgrade(database)
    assert len(refused.value.data["missing"]) in (1, 2)


MIGRATE = """
import sys
from truebook.db import migrations
print("applied" if migrations.upgrade(sys.argv[1], say=lambda line: print(line, flush=True)) else "nothing to do")
"""


def migrating(url: str) -> "subprocess.Popen[str]":
    """Start another process that migrates."""
    return subprocess.Popen(
        [sys.executable, "-c", MIGRATE, url], cwd=ROOT, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
    )


def test_of_two_processes_one_applies_and_the_other_waits_and_skips(empty: str) -> None:
    with connect(empty) as first:
        first.execute("SELECT pg_advisory_lock(%s)", (turn.LOCK,))
        both = [migrating(empty) for _ in range(2)]
        for process in both:
            assert process.stdout is not None
            assert "another process is migrating" in process.stdout.readline()
    said = [process.communicate(timeout=60)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(lines[-1] for lines in said) == ["applied", "nothing to do"]
    assert value(empty, "SELECT version_num FROM truebook.alembic_version") == migrations.head()


def test_a_busy_table_is_asked_for_again_and_nobody_queues_behind(database: str) -> None:
    busy, outcome = connect(database), []
    with busy.transaction():
        busy.execute("SELECT count(*) FROM truebook.appointments")
        going_down = threading.Thread(target=lambda: outcome.append(migrations.downgrade(database, "base")))
        going_down.start()
        wait_for_a_waiting_lock(database)
        with connect(database) as reader:
            reader.execute("SET statement_timeout = '3s'")  # it may wait for the 500 ms of one attempt, not longer
            reader.execute("SELECT count(*) FROM truebook.appointments")
        assert going_down.is_alive()
    busy.close()
    going_down.join(30)
    assert outcome == [None]
    assert value(database, "SELECT to_regclass('truebook.appointments')") is None


def wait_for_a_waiting_lock(url: str) -> None:
    with connect(url) as observer:
        for _ in range(1000):
            row = observer.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
            if row != (0,):
                return
            observer.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits for a lock")


def test_a_table_that_stays_busy_ends_in_a_sentence_and_changes_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "ATTEMPTS", 2)
    with connect(database) as busy, busy.transaction():
        busy.execute("SELECT count(*) FROM truebook.appointments")
        with pytest.raises(Unavailable, match="A table was in use the whole time"):
            migrations.downgrade(database, "base")
    assert value(database, "SELECT to_regclass('truebook.appointments')") is not None


@pytest.mark.anyio
async def test_one_plain_role_is_enough(plain: Plain) -> None:
    assert migrations.upgrade(plain.url)
    desk = await populate(plain.url)
    async with opened(plain.url) as db:
        bob = await furnish(db, "praxis-bob")
        async with db.transaction(bob.scope) as tx:
            assert await tx.row("SELECT current_user::text, count(*) FROM appointments") == (plain.role, 0)
        async with db.transaction(desk.scope) as tx:
            assert await tx.row("SELECT count(*) FROM appointments") == (2,)
    assert value(plain.url, "SELECT count(*) FROM truebook.appointments") == 0
    assert value(plain.admin_url, "SELECT count(*) FROM truebook.appointments") == 2


@pytest.mark.anyio
async def test_a_superuser_steps_down_to_the_app_role(database: str) -> None:
    desk = await populate(database)
    async with opened(database) as db:
        async with db.transaction(desk.scope) as tx:
            assert await tx.row("SELECT current_user::text") == ("truebook_app",)
        stranger = await furnish(db, "praxis-bob")
        async with db.transaction(stranger.scope) as tx:
            assert await tx.row("SELECT count(*) FROM appointments") == (0,)


@pytest.mark.slow
@pytest.mark.parametrize("major", [15, 18])
@pytest.mark.anyio
async def test_a_role_that_may_create_roles_makes_those_it_needs(major: int) -> None:
    """On a server of its own: where the two roles exist already, they are somebody else's."""
    with (
        served_by(major) as server,
        plain_database(server.url("postgres"), "CREATEROLE") as deployer,
    ):
        migrations.upgrade(deployer.url)
        owner = "SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = 'truebook'"
        assert value(deployer.url, owner) == "truebook_owner"
        await populate(deployer.url)
        assert [finding for finding in health.examine(deployer.url) if not finding.ok] == []


def test_a_role_without_rights_is_told_which_grant_it_needs(empty: str) -> None:
    with role(empty) as stranger:
        with pytest.raises(Unavailable, match=f"GRANT CREATE ON DATABASE .* TO {stranger}"):
            migrations.upgrade(as_role(empty, stranger))
        assert value(empty, "SELECT to_regnamespace('truebook')") is None


def test_a_role_that_may_not_act_as_the_owner_is_told_so(database: str) -> None:
    migrations.downgrade(database, "0002")
    with role(database) as stranger:
        run(database, f"GRANT USAGE ON SCHEMA truebook TO {stranger}")
        run(database, f"GRANT SELECT ON truebook.alembic_version TO {stranger}")
        with pytest.raises(Unavailable, match=f"GRANT it to {stranger}|GRANT it TO {stranger}"):
            migrations.upgrade(as_role(database, stranger))
        run(database, "DROP SCHEMA truebook CASCADE")


def test_the_printed_sql_makes_the_same_schema(plain: Plain, server_url: str) -> None:
    program(plain.url, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", stdin=migrations.sql())
    with plain_database(server_url) as other:
        migrations.upgrade(other.url)
        assert schema(plain.admin_url, plain.role) == schema(other.admin_url, other.role)
    assert not migrations.upgrade(plain.url)
    assert [finding for finding in health.examine(plain.url) if not finding.ok] == []


def test_bringing_up_to_date_what_is_up_to_date_needs_no_right_and_no_alembic(database: str) -> None:
    assert not migrations.upgrade(database)
    seen = subprocess.run(
        [sys.executable, "-c", f"{MIGRATE}print('alembic' in sys.modules)", database],
        cwd=ROOT, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert seen.stdout.splitlines() == ["nothing to do", "False"]


def test_a_migration_that_fails_leaves_the_last_good_revision(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations.upgrade(empty, "0001")
    run(empty, "CREATE TABLE truebook.procrastinate_jobs (in_the_way text)")
    with pytest.raises(psycopg.errors.DuplicateTable):
        migrations.upgrade(empty)
    assert value(empty, "SELECT version_num FROM truebook.alembic_version") == "0001"
    run(empty, "DROP TABLE truebook.procrastinate_jobs")
    assert migrations.upgrade(empty)


SPREAD_SINCE = "0053"
"""Since this revision businesses' tables may lie on several servers when a revision comes."""
ALTER = re.compile(r"ALTER TABLE (?:IF EXISTS )?(?:ONLY )?[\w.]+\s+(.*)", re.DOTALL)
COMMENTS = re.compile(r"--[^\n]*")
OUTER_COMMA = re.compile(r",(?![^(]*\))")


def refused(statement: str) -> bool:
    """Tell whether a coordinator refuses a change of a table: a constraint must be added alone, and not with a column."""
    found = ALTER.search(" ".join(COMMENTS.sub("", statement).split()))
    if found is None:
        return False
    parts = [part.strip() for part in OUTER_COMMA.split(found[1])]
    alone = [part for part in parts if re.match(r"(ADD|DROP|VALIDATE) CONSTRAINT\b", part)]
    inline = [part for part in parts if re.search(r"^ADD COLUMN .*\b(CHECK|REFERENCES|UNIQUE|PRIMARY KEY)\b", part)]
    return bool(inline) or (bool(alone) and len(parts) > 1)


@pytest.mark.unit
def test_every_revision_can_be_run_on_a_cluster() -> None:
    assert refused("ALTER TABLE truebook.alerts DROP CONSTRAINT a, ADD CONSTRAINT a CHECK (kind IN ('a','b'))")
    assert refused("-- why\nALTER TABLE truebook.alerts ADD COLUMN a text CHECK (a <> '')")
    assert not refused("ALTER TABLE truebook.alerts ADD CONSTRAINT a CHECK (kind IN ('a', 'b'))")
    assert not refused("ALTER TABLE truebook.alerts ADD COLUMN a text, ADD COLUMN b numeric(3, 1)")
    files = [file for file in ledger.VERSIONS.glob("*.sql") if file.name >= SPREAD_SINCE]
    assert len(files) >= 10
    bad = {file.name: [one for one in script.statements(file.read_text()) if refused(one)] for file in sorted(files)}
    assert {name: found for name, found in bad.items() if found} == {}


@pytest.mark.unit
def test_a_script_is_taken_apart_at_the_ends_of_its_statements() -> None:
    function = "CREATE FUNCTION f() RETURNS void AS $x$ BEGIN; -- $$ ; '\nEND; $x$ LANGUAGE plpgsql"
    text = f"-- a; b\nSELECT 'it''s; one';\n{function};\nSELECT \"a;b\" /* ; */ - 1;\n-- the end;\n"
    first, second, third = script.statements(text)
    assert first == "-- a; b\nSELECT 'it''s; one'"
    assert second.strip() == function
    assert third.strip() == 'SELECT "a;b" /* ; */ - 1'
    assert script.statements("SELECT 1") == ["SELECT 1"]
