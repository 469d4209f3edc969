"""Two databases that should have one schema: development on SQLite, production on PostgreSQL."""

import re
from collections.abc import Callable

from typer.testing import CliRunner

from tests.audit.conftest import section, shared
from truebook.audit import Options, audit
from truebook.cli import app

Load = Callable[[str, str], str]


def differences(here: str, there: str) -> set[tuple[str, str, str, str, str]]:
    report = audit(here, Options(against=there))
    return {(one.table, one.column, one.aspect, one.here, one.there) for one in report.comparisons}


def test_the_table_of_the_old_reports_third_problem(load: Load) -> None:
    """Its four rows: ids are char(36) here and uuid there in two tables, varchar(255) in both in the other two."""
    here = load("sqlite", shared("data", "legacy", "legacy_sqlite.sql"))
    found = differences(here, load("postgresql", shared("data", "legacy", "legacy_postgres.sql")))
    types = {(table, column): (one, other) for table, column, aspect, one, other in found if aspect == "type"}
    assert types["appointments", "id"] == ("char(36)", "uuid")
    assert types["services", "id"] == ("char(36)", "uuid")
    assert ("accounts", "id") not in types
    assert ("users", "id") not in types
    assert types["appointments", "account_id"] == ("varchar(255)", "uuid")
    assert ("services", "id", "default", "hex(randomblob(16))", "legacy_uuid()") in found
    assert ("appointments", "", "rows", "9", "5") in found


def test_the_same_schema_on_both_engines_has_no_difference(load: Load) -> None:
    sql = """
    CREATE TABLE rooms (id text NOT NULL PRIMARY KEY, name varchar(20) NOT NULL UNIQUE,
      open boolean NOT NULL DEFAULT true);
    CREATE TABLE visits (id uuid NOT NULL PRIMARY KEY, room_id text REFERENCES rooms (id) ON DELETE SET NULL,
      at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, status text NOT NULL DEFAULT 'open', price decimal(10,
  2) DEFAULT 0);
    """
    assert differences(load("sqlite", sql), load("postgresql", sql)) == set()


def test_every_aspect_is_compared(load: Load) -> None:
    here = """
    CREATE TABLE only_here (id integer NOT NULL PRIMARY KEY);
    CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, a text, b integer NOT NULL, c text UNIQUE,
      d integer REFERENCES visits (id));
    INSERT INTO visits (id, b) VALUES (1, 1);
    """
    there = "CREATE TABLE visits (id integer NOT NULL, b text, c text, d integer, e text DEFAULT 'x');"
    aspects = {
        (table, column, aspect)
        for table, column, aspect, _, _ in differences(load("sqlite", here), load("sqlite", there))
    }
    assert aspects == {
        ("only_here", "", "table"),
        ("visits", "a", "column"),
        ("visits", "e", "column"),
        ("visits", "id", "default"),
        ("visits", "b", "type"),
        ("visits", "b", "null"),
        ("visits", "c", "unique"),
        ("visits", "", "primary key"),
        ("visits", "", "foreign key"),
        ("visits", "", "rows"),
    }


def test_a_person_sees_the_differences_as_a_table(load: Load) -> None:
    urls = [load("sqlite", section("parity", "sqlite", state) or "") for state in ("faulty", "sound")]
    done = CliRunner().invoke(app, ["audit", urls[0], "--against", urls[1], "--all"], env={"COLUMNS": "150"})
    assert "Here and there" in done.output
    assert re.search(r"visits +│ status +│ default +│ 'booked' +│ 'confirmed'", done.output)
