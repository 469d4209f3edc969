"""The doctor: a healthy database passes, and each thing that can be broken is found and named."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from tests.db.roles import Plain, as_role, role, run, with_setting
from tests.desk import MONDAY, NOW, furnish, opened
from tests.postgres import on
from tests.server.steps import value
from truebook.booking import actions
from truebook.db import health, migrations
from truebook.db.connection import connect, too_old, why_not
from truebook.db.health import Finding
from truebook.kernel.errors import NotFound, Unavailable
from truebook.tenants import accounts


def found(url: str, name: str) -> Finding:
    return next(finding for finding in health.examine(url) if finding.name == name)


def test_a_fresh_database_is_healthy(database: str) -> None:
    findings = health.examine(database)
    assert [finding for finding in findings if not finding.ok] == []
    assert len(findings) == 33
    health.refuse_if_broken(database)


def test_a_plain_roles_database_is_healthy(plain: Plain) -> None:
    migrations.upgrade(plain.url)
    assert [finding for finding in health.examine(plain.url) if not finding.ok] == []


@pytest.mark.parametrize(
    ("breakage", "name", "words"),
    [
        ("ALTER TABLE truebook.staff NO FORCE ROW LEVEL SECURITY", "row-level security", "staff"),
        ("ALTER TABLE truebook.offers DISABLE ROW LEVEL SECURITY", "row-level security", "offers"),
        ("DROP POLICY tenant_isolation ON truebook.messages", "row-level security", "messages"),
        ("CREATE TABLE truebook.note (words text)", "row-level security", "note"),
        ("DROP INDEX truebook.appointment_segments_staff_idx", "promised objects", "appointment_segments_staff_idx"),
        ("DROP TRIGGER appointments_history ON truebook.appointments", "promised objects", "appointments_history"),
        ("ALTER TABLE truebook.appointments DISABLE TRIGGER appointments_not_in_past_ins", "promised objects", "past"),
        ("DROP TABLE truebook.outbox", "promised objects", "table outbox"),
        ("DROP EXTENSION btree_gist CASCADE", "extension btree_gist", "double booking"),
        ("UPDATE truebook.alembic_version SET version_num = '0002'", "migrations", "needs"),
        ("UPDATE truebook.alembic_version SET version_num = '9999'", "migrations", "newer Truebook"),
        ("DROP SCHEMA truebook CASCADE", "migrations", "no Truebook schema yet"),
        ("ALTER FUNCTION pg_catalog.gen_random_uuid() RENAME TO gone", "gen_random_uuid()", "no row can get an id"),
        ("REVOKE INSERT ON truebook.appointments FROM truebook_app", "a canary booking", "permission denied"),
        ("REVOKE INSERT ON truebook.class_sessions FROM truebook_app", "a canary booking", "permission denied"),
        ("REVOKE ALL ON truebook.procrastinate_jobs FROM truebook_app", "a canary booking", "permission denied"),
        ("REVOKE INSERT ON truebook.offers FROM truebook_app", "the app's rights", "offers"),
        ("CREATE TABLE truebook.note (words text)", "the app's rights", "note"),
        ("ALTER TABLE truebook.staff OWNER TO truebook_app", "the app's role", "owns 1 of the tables"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named_and_keeps_the_desk_closed(database: str, breakage: str, name: str, words: str) -> None:
    if name == "the app's role":
        run(database, "GRANT CREATE ON SCHEMA truebook TO truebook_app")
    run(database, breakage)
    finding = found(database, name)
    assert not finding.ok and finding.fatal
    assert words in finding.problem
    assert finding.fix
    with pytest.raises(Unavailable, match="does not start on this database") as refused:
        health.refuse_if_broken(database)
    assert name in refused.value.data["findings"]


def test_a_default_that_cannot_execute_is_found_before_an_appointment_is_lost(database: str) -> None:
    run(
        database,
        "SET check_function_bodies = off; "
        "CREATE FUNCTION truebook.new_id() RETURNS uuid LANGUAGE plpgsql AS 'BEGIN RETURN uuid_of_yesterday(); END'",
        "GRANT EXECUTE ON FUNCTION truebook.new_id() TO PUBLIC",
        "ALTER TABLE truebook.appointments ALTER id SET DEFAULT truebook.new_id()",
    )
    finding = found(database, "column defaults")
    assert "appointments.id" in finding.problem and "uuid_of_yesterday() does not exist" in finding.problem
    assert not found(database, "a canary booking").ok


def test_a_guard_whose_index_would_be_rebuilt_slow_is_a_warning(database: str) -> None:
    for guard in migrations.promised.GUARDS:
        run(database, f"REINDEX INDEX truebook.{guard}")
        assert found(database, "guards against double bookings").ok
        run(database, f"ALTER INDEX truebook.{guard} RESET (buffering)")
        finding = found(database, "guards against double bookings")
        assert guard in finding.problem and not finding.fatal
        health.refuse_if_broken(database)
        run(database, f"ALTER INDEX truebook.{guard} SET (buffering = on)")


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_may_forget_is_refused(database: str, setting: str) -> None:
    if value(database, f"SHOW {setting}") != "off":
        pytest.skip("this server keeps what it is told")
    strict = with_setting(database, "truebook.throwaway", "off")
    assert f"{setting} is off" in found(strict, setting).problem
    with pytest.raises(Unavailable, match=f"{setting} is off"):
        health.refuse_if_broken(strict)


def test_a_server_that_may_not_be_written_to_is_refused(database: str) -> None:
    assert found(with_setting(database, "default_transaction_read_only", "on"), "writable").problem


def test_a_constraint_that_lets_double_bookings_through_kills_the_canary(database: str) -> None:
    run(
        database,
        "ALTER TABLE truebook.claims DROP CONSTRAINT claims_no_double_booking, DROP CONSTRAINT claims_pkey",
        "CREATE INDEX claims_pkey ON truebook.claims (tenant_id)",
        "SET search_path = truebook; ALTER TABLE truebook.claims ADD CONSTRAINT claims_no_double_booking "
        "EXCLUDE USING gist (tenant_id WITH =, appointment_id WITH =, segment WITH =, number WITH =)",
    )
    assert found(database, "promised objects").ok
    assert "the same time could be booked twice" in found(database, "a canary booking").problem


def test_a_role_that_bypasses_row_level_security_is_refused(plain: Plain) -> None:
    migrations.upgrade(plain.url)
    with role(plain.admin_url, "BYPASSRLS") as watcher:
        run(plain.admin_url, f"GRANT {plain.role} TO {watcher}")
        problem = found(as_role(plain.url, watcher), "the app's role").problem
    assert f"{watcher}, who is exempt from row-level security" in problem
    assert "a superuser" in found(plain.admin_url, "the app's role").problem


def test_a_role_that_may_not_step_down_is_told_which_grant_it_lacks(database: str) -> None:
    with role(database) as stranger:
        finding = found(as_role(database, stranger), "stepping down")
        assert finding.fix == f"As an administrator: GRANT truebook_app TO {stranger};"
        run(database, f"GRANT truebook_app TO {stranger}")
        assert [finding for finding in health.examine(as_role(database, stranger)) if not finding.ok] == []


def test_the_canary_leaves_nothing_behind(database: str) -> None:
    tables = [*migrations.promised.TENANT_TABLES, *migrations.promised.JOB_TABLES]
    counts = " + ".join(f"(SELECT count(*) FROM truebook.{table})" for table in tables)
    assert found(database, "a canary booking").ok
    assert value(database, f"SELECT {counts}") == 0


@pytest.mark.anyio
async def test_a_canary_books_for_one_business_without_touching_it(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
    before = value(database, "SELECT count(*) FROM truebook.appointment_history")
    findings = health.examine(database, tenant="salon-alice")
    of_this_business = ["a canary booking for this business", "services", "opening hours"]
    well = [finding.name for finding in findings if finding.ok]
    assert well[well.index(of_this_business[0]) :][:3] == of_this_business
    assert value(database, "SELECT count(*) FROM truebook.appointment_history") == before
    with pytest.raises(NotFound):
        health.examine(database, tenant="nobody")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE truebook.claims SET number = 2", "1 claims beyond what was agreed"),
        ("UPDATE truebook.appointments SET ends_at = ends_at + interval '1 hour'", "1 appointments with other times"),
        (
            "UPDATE truebook.claims SET resource_id = (SELECT id FROM truebook.staff WHERE id <> resource_id)",
            "1 claims of what no role",
        ),
        (
            "UPDATE truebook.appointment_segments SET resources = jsonb_set(resources, '{0,pool_id}', to_jsonb(staff_id))",
            "1 claims of what no role",
        ),
    ],
)
async def test_what_the_guards_do_not_see_is_a_warning(database: str, harm: str, words: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
    assert found(database, "visits and their claims").ok
    run(database, harm)
    finding = found(database, "visits and their claims")
    assert words in finding.problem and not finding.fatal
    health.refuse_if_broken(database)


@pytest.mark.anyio
async def test_a_business_where_nothing_can_be_booked_is_told_why(database: str) -> None:
    async with opened(database) as db:
        await accounts.open_account(db, "test", name="New", slug="new")
        await furnish(db)
    run(
        database,
        "DELETE FROM truebook.staff_services WHERE service_id IN (SELECT id FROM truebook.services WHERE name = 'Colour')",
        "DELETE FROM truebook.availability_rules",
    )

    def told(slug: str) -> list[str]:
        return [finding.problem for finding in health.examine(database, tenant=slug) if not finding.ok]

    assert told("new") == ["there is no service that could be booked"]
    assert told("salon-alice") == ["nobody offers: Colour", "there are no opening hours for: Anna, Ben"]
    health.refuse_if_broken(database)


def change_jobs(url: str, *statements: str) -> None:
    """Run statements on the job tables, whose triggers look for each other in the search path."""
    run(with_setting(url, "search_path", "truebook"), *statements)


JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES ('default', 'x', "


def test_jobs_of_a_dead_worker_are_a_warning(database: str) -> None:
    change_jobs(database, f"{JOB} 'doing', NULL)")
    finding = found(database, "stalled jobs")
    assert "1 job is under way" in finding.problem and not finding.fatal
    health.refuse_if_broken(database)


def test_jobs_of_a_living_worker_are_not(database: str) -> None:
    change_jobs(database, "INSERT INTO procrastinate_workers DEFAULT VALUES")
    change_jobs(database, f"{JOB} 'doing', (SELECT id FROM procrastinate_workers))")
    assert found(database, "stalled jobs").ok
    change_jobs(database, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert not found(database, "stalled jobs").ok


def test_jobs_that_nobody_takes_are_a_warning(database: str) -> None:
    change_jobs(database, f"{JOB} 'todo', NULL)")
    assert found(database, "waiting jobs").ok
    change_jobs(database, "UPDATE procrastinate_events SET at = now() - interval '10 minutes'")
    assert "1 job is waiting" in found(database, "waiting jobs").problem
    change_jobs(database, "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day'")
    assert found(database, "waiting jobs").ok


@pytest.mark.anyio
async def test_customers_nobody_told_are_counted_over_all_businesses(database: str) -> None:
    async with opened(database) as db:
        for slug in ("salon-alice", "praxis-bob"):
            desk = await furnish(db, slug)
            await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
    assert found(database, "messages to send").ok
    run(database, "UPDATE truebook.outbox SET available_at = now() - interval '10 minutes'")
    assert "2 messages" in found(database, "messages to send").problem


@pytest.mark.anyio
async def test_readiness_names_what_broke_since_the_start(database: str) -> None:
    async with opened(database) as db:
        assert await health.ready(db) == []
        run(database, "UPDATE truebook.alembic_version SET version_num = '0001'")
        assert [finding.name for finding in await health.ready(db)] == ["migrations"]
        run(database, f"UPDATE truebook.alembic_version SET version_num = '{migrations.head()}'")
        assert await health.ready(db) == []
    assert [finding.name for finding in await health.ready(db)] == ["database"]


@pytest.mark.anyio
async def test_readiness_looks_deeper_than_the_ledger(database: str) -> None:
    run(database, "DROP INDEX truebook.appointment_segments_staff_idx")
    async with opened(database) as db:
        assert [finding.name for finding in await health.ready(db)] == ["promised objects"]


@pytest.mark.unit
@pytest.mark.parametrize(("number", "ok"), [(140011, False), (90624, False), (150000, True), (180006, True)])
def test_versions_before_15_are_refused_in_one_sentence(number: int, ok: bool) -> None:
    problem = too_old(number)
    assert (problem is None) == ok
    assert ok or (problem and problem.startswith(f"This is PostgreSQL {number // 10000}, and Truebook needs 15"))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            'connection failed: connection to server at "::1", port 1 failed: Connection refused\n\tIs it running?',
            "PostgreSQL cannot be used: Connection refused. Is it running, and",
        ),
        (
            'connection failed: connection to server on "x" failed: FATAL:  password authentication failed for "a"',
            'PostgreSQL cannot be used: password authentication failed for "a". Correct the user',
        ),
        (
            'connection failed: connection to server on socket "/x" failed: FATAL:  database "nothere" does not exist',
            'PostgreSQL cannot be used: database "nothere" does not exist. Create that database',
        ),
        (
            'connection failed: connection to server on socket "/x" failed: FATAL:  the database system is starting up',
            "PostgreSQL cannot be used: the database system is starting up. Try again",
        ),
        ("connection timeout expired", "PostgreSQL cannot be used: connection timeout expired. Is it running"),
    ],
)  # fmt: skip
def test_what_libpq_says_becomes_one_sentence(said: str, sentence: str) -> None:
    assert why_not(said).startswith(sentence)
    assert "\n" not in why_not(said)


@pytest.mark.unit
@pytest.mark.parametrize("url", ["mysql://anna:hush@host/x", "anna:hush@host", "postgresql://anna:hush@host:port/x"])
def test_an_unreadable_url_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(Unavailable) as refused:
        connect(url)
    assert "DATABASE_URL" in refused.value.message and "hush" not in refused.value.message


def test_a_database_that_is_not_there_is_named(database: str) -> None:
    with pytest.raises(Unavailable, match='database "nothere" does not exist'):
        connect(on(database, "nothere"))


def test_findings_are_plain_data(database: str) -> None:
    plain: list[dict[str, Any]] = [asdict(finding) for finding in health.examine(database)]
    assert json.loads(json.dumps(plain)) == plain
