"""The canary: real INSERTs on a stage, and fair blame."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.audit.conftest import run
from truebook.audit import Limits, Options, Report, audit
from truebook.audit.canary import Canary
from truebook.audit.inspection import Inspection
from truebook.audit.run import picture
from truebook.audit.sources import connect, sqlite_path
from truebook.audit.stage import Refusal, SqliteStage

Load = Callable[[str, str], str]
CANARY = Options(canary=True)


def died(report: Report) -> list[tuple[str, str]]:
    return [(f.place, f.meaning.rpartition(": ")[2]) for f in report.findings if f.rule == "canary-died"]


def notes(report: Report) -> list[str]:
    return [note for note in report.notes if "inconclusive" in note]


def test_a_trigger_that_is_broken_is_to_blame(load: Load) -> None:
    sql = """
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO nowhere VALUES (1);
      RETURN NEW; END $$;
    CREATE TABLE visits (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
    CREATE TRIGGER note AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION note();
    """
    assert died(audit(load("postgresql", sql), CANARY)) == [("visits", "a trigger refuses it.")] * 2
    lite = (
        "CREATE TABLE visits (id integer PRIMARY KEY); CREATE TRIGGER n AFTER INSERT ON visits "
        "BEGIN INSERT INTO nowhere VALUES (1); END;"
    )
    assert died(audit(load("sqlite", lite), CANARY))[0] == ("visits", "a trigger refuses it.")


def test_a_trigger_with_a_rule_of_the_business_is_not_to_blame(load: Load) -> None:
    sql = """
    CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'only on Sundays'; END $$;
    CREATE TABLE visits (id integer PRIMARY KEY, name text NOT NULL);
    CREATE TRIGGER odd BEFORE INSERT ON visits FOR EACH ROW EXECUTE FUNCTION odd();
    """
    report = audit(load("postgresql", sql), CANARY)
    assert died(report) == []
    assert notes(report) == ["canary inconclusive in visits: only on Sundays"]


def test_a_check_that_refuses_what_is_there_already_is_to_blame(load: Load) -> None:
    sql = (
        "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, code text NOT NULL); INSERT INTO "
        "visits VALUES (1, 'old');"
    )
    url = load("postgresql", sql + "ALTER TABLE visits ADD CONSTRAINT new CHECK (code LIKE 'N-%') NOT VALID")
    assert ("visits.code", "a CHECK refuses it.") in died(audit(url, CANARY))


def test_a_check_no_invented_value_can_meet_is_inconclusive(load: Load) -> None:
    sql = "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, code text NOT NULL CHECK (code LIKE 'N-%'));"
    for engine in ("postgresql", "sqlite"):
        report = audit(load(engine, sql), CANARY)
        assert died(report) == []
        assert len(notes(report)) >= 1


def test_a_row_like_another_passes_where_an_invented_one_does_not(load: Load) -> None:
    sql = "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, code text NOT NULL CHECK (code LIKE 'N-%'));"
    report = audit(load("sqlite", sql + "INSERT INTO visits VALUES (1, 'N-7')"))
    assert (died(report), notes(report)) == ([], [])


def test_parents_are_made_first_however_deep(load: Load) -> None:
    sql = """
    CREATE TABLE a_leaf (id integer NOT NULL PRIMARY KEY, twig_id integer NOT NULL REFERENCES b_twig (id));
    CREATE TABLE b_twig (id integer NOT NULL PRIMARY KEY, branch_id integer NOT NULL REFERENCES c_branch (id));
    CREATE TABLE c_branch (id integer NOT NULL PRIMARY KEY, name text NOT NULL UNIQUE);
    """
    report = audit(load("sqlite", sql))
    assert (died(report), notes(report)) == ([], [])


def test_nothing_stays(load: Load) -> None:
    url = load("postgresql", "CREATE TABLE visits (id serial PRIMARY KEY, name text NOT NULL)")
    report = audit(url, CANARY)
    assert died(report) == []
    assert any("sequences" in note for note in report.notes)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM visits").fetchone() == (0,)


def test_without_being_asked_nothing_is_inserted_on_postgresql(load: Load) -> None:
    url = load("postgresql", "CREATE TABLE visits (id serial PRIMARY KEY, name text NOT NULL)")
    audit(url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT is_called FROM visits_id_seq").fetchone() == (False,)


@pytest.mark.parametrize(
    "kind", ["bytea", "interval", "int4range", "text[]", "inet", "time", "numeric(4,2)", "jsonb", "smallint"]
)
def test_values_of_less_common_types_are_plausible(kind: str, postgres_url: str) -> None:
    run(postgres_url, f"CREATE TABLE things (id integer PRIMARY KEY, thing {kind} NOT NULL)")
    report = audit(postgres_url, CANARY)
    assert (died(report), notes(report)) == ([], [])


class CountingStage(SqliteStage):
    """A stage that counts what is tried on it."""

    attempts = 0

    def attempt(self, sql: str) -> Refusal | list[tuple[Any, ...]]:
        self.attempts += 1
        return super().attempt(sql)


def test_a_long_chain_that_cannot_begin_is_given_up_soon(load: Load) -> None:
    """Four rows are tried per table; without a memory of failures a chain of twelve would take four to the twelfth."""
    tables = [
        "CREATE TABLE t0 (id integer NOT NULL PRIMARY KEY, code text NOT NULL CHECK (code LIKE 'never' || code));"
    ]
    for number in range(1, 13):
        above = f"t{number - 1}"
        tables.append(
            f"CREATE TABLE t{number} (id integer NOT NULL PRIMARY KEY, up integer NOT NULL REFERENCES {above} (id));"
        )
    url = load("sqlite", "".join(reversed(tables)))
    with closing(connect(url, Limits())) as source, closing(CountingStage(sqlite_path(url), Limits())) as stage:
        inspection = Inspection(source, picture(source))
        canary = Canary(stage, inspection.database, inspection.links, {})
        falls = [fall for table in inspection.database.tables for fall in canary.sing(table)]
    assert {fall.to_blame for fall in falls} == {""}
    assert stage.attempts < 500
