"""`--fix`: the steps, how they are run, and what the audit says afterwards."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.audit.conftest import run, section, shared
from truebook.audit import Limits, Options, Report, Severity, audit, fix
from truebook.audit.findings import Order, Step
from truebook.audit.registry import RULES

Load = Callable[[str, str], str]
CANARY = Options(canary=True)


def rules(report: Report, least: Severity = Severity.WARNING) -> set[str]:
    return {finding.rule for finding in report.findings if finding.level >= least}


def mend(url: str) -> Report:
    """Run the whole fix and return the audit after it."""
    for outcome in fix.apply(url, fix.plan(audit(url, CANARY), url, Limits())):
        assert outcome.problem == "", outcome
    return audit(url, CANARY)


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            return file.execute(sql).fetchall()
    with psycopg.connect(url) as connection:
        return connection.execute(sql.encode()).fetchall()


MENDED = [
    "default-fails",
    "default-breaks-check",
    "id-default-missing",
    "missing-foreign-key",
    "orphaned-rows",
    "key-type-mismatch",
    "misspelt-reference",
    "constraint-not-valid",
    "definer-search-path",
    "duplicate-index",
    "hot-query-unindexed",
    "invalid-index",
    "sequence-behind",
    "unique-across-tenants",
]


BY_HAND_ON_SQLITE = ("default-breaks-check", "key-type-mismatch")
MENDED_ON = [
    (rule, engine)
    for rule in MENDED
    for engine in RULES[rule].engines
    if engine == "postgresql" or rule not in BY_HAND_ON_SQLITE
]


@pytest.mark.parametrize(("rule", "engine"), MENDED_ON)
def test_a_fault_a_machine_may_mend_is_mended(rule: str, engine: str, load: Load) -> None:
    url = load(engine, section(rule, engine, "faulty") or "")
    if rule == "invalid-index":
        with pytest.raises(psycopg.errors.UniqueViolation):
            run(url, "CREATE UNIQUE INDEX CONCURRENTLY visits_day ON visits (day)")
        run(url, "DELETE FROM visits WHERE id = 2")
    assert rule in rules(audit(url))
    assert rule not in rules(mend(url))


@pytest.mark.parametrize("engine", ["postgresql", "sqlite"])
def test_the_legacy_database_is_mended_without_losing_a_row(engine: str, load: Load) -> None:
    name = {"sqlite": "legacy_sqlite.sql", "postgresql": "legacy_postgres.sql"}[engine]
    url = load(engine, shared("data", "legacy", name))
    tables = ("accounts", "users", "services", "appointments", "availability_configs", "blackout_dates",
              "bot_configs", "test_chat_sessions", "chat_messages")  # fmt: skip
    before = {table: rows(url, f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    report = mend(url)
    gone = dict(rows(url, "SELECT source_table, count(*) FROM truebook_quarantine WHERE NOT stays GROUP BY 1"))
    after = {table: rows(url, f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    assert {table: after[table] + gone.get(table, 0) for table in tables} == before  # type: ignore[operator]
    assert not rules(report) & set(MENDED)
    assert not [f for f in report.findings if f.rule == "canary-died"]


def test_an_orphan_and_what_hangs_on_it_go_to_quarantine_whole(load: Load) -> None:
    url = load(
        "postgresql",
        "CREATE TABLE owners (id integer PRIMARY KEY);"
        "CREATE TABLE pets (id integer PRIMARY KEY, owner_id integer NOT NULL, name text);"
        "CREATE TABLE visits (id integer PRIMARY KEY, pet_id integer NOT NULL REFERENCES pets (id) ON DELETE CASCADE);"
        "CREATE TABLE photos (id integer PRIMARY KEY, pet_id integer REFERENCES pets (id) ON DELETE SET NULL);"
        "INSERT INTO owners VALUES (1); INSERT INTO pets VALUES (1, 1, 'Rex'), (2, 9, 'Tom');"
        "INSERT INTO visits VALUES (1, 1), (2, 2); INSERT INTO photos VALUES (1, 2)",
    )
    mend(url)
    kept = rows(url, "SELECT source_table, stays, row_data FROM truebook_quarantine ORDER BY id")
    assert kept == [
        ("photos", True, {"id": 1, "pet_id": 2}),
        ("visits", False, {"id": 2, "pet_id": 2}),
        ("pets", False, {"id": 2, "name": "Tom", "owner_id": 9}),
    ]
    assert rows(url, "SELECT id, pet_id FROM photos") == [(1, None)]
    back = (
        "INSERT INTO pets SELECT (jsonb_populate_record(NULL::pets, row_data)).* FROM "
        "truebook_quarantine WHERE source_table = 'pets'"
    )
    run(url, "ALTER TABLE pets DROP CONSTRAINT pets_owner_id_fkey")
    run(url, back)
    assert rows(url, "SELECT name FROM pets ORDER BY 1") == [("Rex",), ("Tom",)]


def test_an_optional_reference_is_emptied_and_the_row_stays(load: Load) -> None:
    url = load(
        "sqlite",
        "CREATE TABLE services (id text NOT NULL PRIMARY KEY); CREATE TABLE visits (id integer PRIMARY KEY, "
        "service_id text);"
        "INSERT INTO services VALUES ('cut'); INSERT INTO visits VALUES (1, 'cut'), (2, 'gone')",
    )
    mend(url)
    assert rows(url, "SELECT id, service_id FROM visits") == [(1, "cut"), (2, None)]
    ((stays, data),) = rows(url, "SELECT stays, row_data FROM truebook_quarantine")
    assert (stays, json.loads(str(data))) == (1, {"id": 2, "service_id": "gone"})


def test_a_commit_that_kept_nothing_is_not_believed(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("BEGIN")
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("INSERT INTO nowhere VALUES (1)")
        with pytest.raises(fix.NotCommitted, match="ROLLBACK"):
            fix.commit(connection)


def test_a_step_waits_for_a_lock_and_tries_again(postgres_url: str) -> None:
    run(postgres_url, "CREATE TABLE visits (id integer PRIMARY KEY)")
    step = Step('ALTER TABLE "public"."visits" ADD COLUMN name text;', Order.DEFAULT)
    with psycopg.connect(postgres_url) as holder:
        holder.execute("LOCK TABLE visits")
        (outcome,) = fix.apply(postgres_url, [step], wait=lambda attempt: holder.rollback())
    assert (outcome.problem, outcome.attempts) == ("", 2)


def test_a_step_gives_up_where_the_lock_is_never_let_go(postgres_url: str) -> None:
    run(postgres_url, "CREATE TABLE visits (id integer PRIMARY KEY)")
    step = Step('ALTER TABLE "public"."visits" ADD COLUMN name text;', Order.DEFAULT)
    asked: list[int] = []
    with psycopg.connect(postgres_url) as holder:
        holder.execute("LOCK TABLE visits")
        (outcome,) = fix.apply(postgres_url, [step], wait=asked.append)
    assert "lock timeout" in outcome.problem
    assert asked == [1, 2, 3, 4, 5]


def test_an_index_that_failed_before_is_dropped_and_built_again(postgres_url: str) -> None:
    run(postgres_url, "CREATE TABLE visits (id integer PRIMARY KEY, day date)")
    run(postgres_url, "INSERT INTO visits VALUES (1, '2025-01-01'), (2, '2025-01-01')")
    sql = 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "visits_day_key" ON "public"."visits" ("day");'
    step = Step(sql, Order.INDEX, alone=True)
    (failed,) = fix.apply(postgres_url, [step])
    assert "could not create unique index" in failed.problem
    run(postgres_url, "DELETE FROM visits WHERE id = 2")
    (done,) = fix.apply(postgres_url, [step])
    assert done.problem == ""
    assert rows(postgres_url, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'visits_day_key'::regclass") == [
        (True,)
    ]


def test_a_failing_step_leaves_no_trace_and_does_not_stop_the_others(load: Load) -> None:
    steps = [
        Step("INSERT INTO visits VALUES (1);\nINSERT INTO visits VALUES (1);", Order.DEFAULT),
        Step("INSERT INTO visits VALUES (2);", Order.DEFAULT),
    ]
    for engine in ("postgresql", "sqlite"):
        url = load(engine, "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY)")
        assert [bool(outcome.problem) for outcome in fix.apply(url, steps)] == [True, False]
        assert rows(url, "SELECT id FROM visits") == [(2,)]


def test_a_rebuilt_table_keeps_rows_indexes_triggers_and_comments(load: Load, tmp_path: Path) -> None:
    url = load(
        "sqlite",
        "CREATE TABLE rooms (id text NOT NULL PRIMARY KEY);"
        "CREATE TABLE visits (id text NOT NULL PRIMARY KEY DEFAULT (gen_random_uuid()), -- made, by (hand\n"
        "  room_id text NOT NULL, kind text NOT NULL DEFAULT 'a,b' CHECK (kind IN ('a,b', 'c')) -- the end\n);"
        "CREATE INDEX by_room ON visits (room_id);"
        "CREATE TRIGGER watch AFTER INSERT ON visits BEGIN UPDATE rooms SET id = id; SELECT 1; END;"
        "INSERT INTO rooms VALUES ('r'); INSERT INTO visits (id, room_id) VALUES ('v', 'r')",
    )
    report = mend(url)
    assert not rules(report) & {"default-fails", "missing-foreign-key", "canary-died"}
    assert rows(url, "SELECT * FROM visits") == [("v", "r", "a,b")]
    names = rows(url, "SELECT name FROM sqlite_master WHERE tbl_name = 'visits' AND sql IS NOT NULL ORDER BY 1")
    assert names == [("by_room",), ("visits",), ("watch",)]
    assert len(list(tmp_path.glob("*.before-fix"))) == 1


def test_the_migration_is_a_script_that_does_the_same(load: Load) -> None:
    url = load("postgresql", section("missing-foreign-key", "postgresql", "faulty") or "")
    report = audit(url)
    script = fix.migration(fix.plan(report, url, Limits()), report)
    assert "NOT VALID;" in script
    assert script.index("NOT VALID;") < script.index("VALIDATE CONSTRAINT")
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in script.split(";\n"):
            connection.execute(statement.encode())
    assert "missing-foreign-key" not in rules(audit(url))


CIRCLE = """
CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE folders (id integer PRIMARY KEY, owner_id integer NOT NULL, up integer REFERENCES folders (id) ON DELETE {});
INSERT INTO owners VALUES (1);
INSERT INTO folders VALUES (1, 1, NULL), (2, 9, 1), (3, 1, 2);
"""


def test_rows_that_a_cascade_would_erase_in_a_circle_are_left_to_a_person(load: Load) -> None:
    url = load("postgresql", CIRCLE.format("CASCADE"))
    report = mend(url)
    assert "missing-foreign-key" in rules(report)
    assert rows(url, "SELECT id FROM folders ORDER BY 1") == [(1,), (2,), (3,)]


def test_rows_of_the_same_table_that_lose_their_parent_are_kept_as_they_were(load: Load) -> None:
    url = load("postgresql", CIRCLE.format("SET NULL"))
    assert "missing-foreign-key" not in rules(mend(url))
    assert rows(url, "SELECT id, up FROM folders ORDER BY 1") == [(1, None), (3, None)]
    kept = rows(url, "SELECT stays, row_data ->> 'id', row_data ->> 'up' FROM truebook_quarantine ORDER BY id")
    assert kept == [(True, "3", "2"), (False, "2", "1")]


def test_a_table_on_which_very_much_hangs_is_left_to_a_person_quickly(load: Load) -> None:
    tables = [
        "CREATE TABLE owners (id integer PRIMARY KEY)",
        "CREATE TABLE t0 (id integer PRIMARY KEY, owner_id integer NOT NULL)",
    ]
    for number in range(1, 25):
        columns = ", ".join(f"t{above}_id integer NOT NULL REFERENCES t{above} (id)" for above in range(number))
        tables.append(f"CREATE TABLE t{number} (id integer PRIMARY KEY, {columns})")
    url = load("postgresql", ";".join([*tables, "INSERT INTO owners VALUES (1); INSERT INTO t0 VALUES (1, 9)"]))
    (finding,) = [one for one in audit(url).findings if one.rule == "missing-foreign-key"]
    assert finding.fix == ()
