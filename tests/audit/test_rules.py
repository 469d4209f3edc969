"""Every rule finds its fault in a database that has it, and says nothing about one that has not."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.audit.conftest import DATABASES, run, section
from truebook.audit import Options, Report, audit
from truebook.audit.registry import RULES

Load = Callable[[str, str], str]
CASES = [(rule.id, engine) for rule in RULES.values() for engine in rule.engines]


def found(report: Report, rule: str) -> list[str]:
    return [finding.place for finding in report.findings if finding.rule == rule]


def options(rule: str, engine: str, load: Load) -> Options:
    """Return what a rule needs beside the database: the canary a stage, parity another database."""
    other = section("parity", engine, "sound") if rule == "parity" else None
    return Options(canary=rule == "canary-died", against=load(engine, other) if other else None)


def spoil(rule: str, url: str) -> None:
    """Do the damage that SQL alone cannot do."""
    if rule == "invalid-index":
        with pytest.raises(psycopg.errors.UniqueViolation):
            run(url, "CREATE UNIQUE INDEX CONCURRENTLY visits_day ON visits (day)")
    if rule == "file-damaged":
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.executescript(
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE INDEX visits_name ON visits (id)' "
            "WHERE name = 'visits_name';"
        )
        connection.close()


@pytest.mark.parametrize(("rule", "engine"), CASES)
def test_a_rule_finds_its_fault(rule: str, engine: str, load: Load) -> None:
    sql = section(rule, engine, "faulty")
    if sql is None and section(rule, "postgresql12", "faulty"):
        pytest.skip("the fault exists on PostgreSQL 12 only; test_postgres12 has it")
    assert sql, f"databases/{rule}.sql has no faulty database for {engine}"
    url = load(engine, sql)
    spoil(rule, url)
    assert found(audit(url, options(rule, engine, load)), rule)


@pytest.mark.parametrize(("rule", "engine"), CASES)
def test_a_rule_leaves_a_sound_database_alone(rule: str, engine: str, load: Load) -> None:
    sql = section(rule, engine, "sound")
    assert sql, f"databases/{rule}.sql has no sound database for {engine}"
    report = audit(load(engine, sql), options(rule, engine, load))
    assert not found(report, rule)
    assert not [note for note in report.notes if note.startswith("not checked")]


def test_every_test_database_belongs_to_a_rule() -> None:
    assert {path.stem for path in DATABASES.glob("*.sql")} == set(RULES)


def test_ids_are_plain_and_every_rule_says_how_to_mend() -> None:
    for rule in RULES.values():
        assert rule.id.replace("-", "").isalpha()
        assert "Fix:" in (rule.judge.__doc__ or ""), rule.id


def test_a_comment_in_the_schema_allows_a_finding(load: Load, tmp_path: Path) -> None:
    sql = "CREATE TABLE readings (sensor text NOT NULL);"
    assert found(audit(load("postgresql", sql)), "no-primary-key")
    spoken = sql + "COMMENT ON TABLE readings IS 'audit: allow no-primary-key, it is a log';"
    report = audit(load("postgresql", spoken))
    assert not found(report, "no-primary-key")
    assert report.allowed == 1
    assert not found(audit(load("sqlite", sql.replace("(", "( /* audit: allow no-primary-key */ "))), "no-primary-key")


def test_code_about_two_tables_is_held_against_the_words_of_both(load: Load) -> None:
    """A trigger of the one that writes into the other says words of both, and neither list is drifting."""
    sql = """
    CREATE TABLE visits (id integer PRIMARY KEY, status text NOT NULL CHECK (status IN ('held', 'over')));
    CREATE TABLE offers (id integer PRIMARY KEY, status text NOT NULL CHECK (status IN ('made', 'gone')));
    CREATE FUNCTION settle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.status = 'over' THEN UPDATE offers SET status = 'gone' WHERE status = 'made'; END IF; RETURN NULL; END $$;
    CREATE TRIGGER settle AFTER UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION settle();
    """
    assert not found(audit(load("postgresql", sql)), "status-drift")
    wrong = sql.replace("status = 'gone' WHERE", "status = 'lost' WHERE")
    assert found(audit(load("postgresql", wrong)), "status-drift")
