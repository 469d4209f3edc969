"""Reading databases: harmlessly, within limits, and honest about what was not looked at."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.audit.conftest import as_role, run, section
from tests.postgres import on
from truebook.audit import Limits, Options, Unreadable, audit
from truebook.audit.run import picture
from truebook.audit.sources import connect, sqlite_path
from truebook.audit.sources.source import ProbeFailed

Load = Callable[[str, str], str]
ENGINES = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])


@ENGINES
def test_a_source_cannot_write(engine: str, load: Load) -> None:
    url = load(engine, "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY)")
    with closing(connect(url, Limits())) as source, pytest.raises(ProbeFailed) as refused:
        source.rows(
            "INSERT INTO public.visits VALUES (1) RETURNING id"
            if engine == "postgresql"
            else "INSERT INTO visits VALUES (1) RETURNING id"
        )
    assert refused.value.gave_up


@ENGINES
def test_a_question_that_takes_too_long_is_given_up(engine: str, load: Load) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT max(i) FROM n"
    with closing(connect(load(engine, ""), Limits(timeout=0.2))) as source, pytest.raises(ProbeFailed) as late:
        source.rows(slow)
    assert late.value.gave_up


def test_what_could_not_be_asked_is_noted(postgres_url: str) -> None:
    run(
        postgres_url,
        "CREATE TABLE visits (id integer PRIMARY KEY, duration integer); INSERT INTO visits VALUES (1, 5);"
        "DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    )
    report = audit(as_role(postgres_url, "stranger"))
    assert [note for note in report.notes if "could not be counted" in note and "permission denied" in note]


def test_a_catalog_that_cannot_be_read_is_said_plainly(load: Load) -> None:
    url = load("postgresql", "CREATE TABLE visits (id integer PRIMARY KEY, duration integer CHECK (duration > 0))")
    with psycopg.connect(url) as holder:
        holder.execute("LOCK TABLE visits")
        with pytest.raises(Unreadable, match="statement timeout"):
            audit(url, Options(Limits(timeout=0.3)))
    broken = load("sqlite", "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY)")
    with closing(sqlite3.connect(broken.removeprefix("sqlite:///"))) as file:
        file.executescript("PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 999 WHERE name = 'visits'")
    with pytest.raises(Unreadable):
        audit(broken)


@ENGINES
def test_big_tables_are_judged_by_a_sample_and_the_report_says_so(engine: str, load: Load) -> None:
    rows = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT "
        "INTO visits SELECT i, {} FROM n"
    )
    fill = (
        rows.format("-1") if engine == "sqlite" else "INSERT INTO visits SELECT i, -1 FROM generate_series(1, 5000) i"
    )
    url = load(engine, f"CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, duration integer NOT NULL); {fill}")
    report = audit(url, Options(Limits(sample_above=500)))
    (finding,) = [one for one in report.findings if one.rule == "check-missing"]
    assert "(in a sample)" in finding.evidence[0]
    counted = int(finding.evidence[0].split(" ")[0].replace(",", ""))
    assert 0 < counted < 1500
    assert any("judged by a sample" in note for note in report.notes)
    assert [one.evidence for one in audit(url, Options(Limits(sample_above=500))).findings] == [
        one.evidence for one in report.findings
    ]


def test_a_schema_can_be_chosen_and_odd_names_are_quoted(postgres_url: str) -> None:
    run(
        postgres_url,
        'CREATE SCHEMA "my ""desk"; CREATE TABLE "my ""desk"."the visits" ("the id" integer '
        'PRIMARY KEY, "Dürätion" integer)',
    )
    run(postgres_url, "CREATE TABLE other (id integer PRIMARY KEY, a text)")
    with closing(connect(postgres_url, Limits(schemas=('my "desk',)))) as source:
        assert [table.label for table in picture(source).tables] == ['my "desk.the visits']
    report = audit(postgres_url, Options(canary=True))
    assert report.tables == 2
    assert not [note for note in report.notes if "not checked" in note or "inconclusive" in note]


def test_partitions_count_as_their_table_and_extensions_are_left_out(postgres_url: str) -> None:
    run(
        postgres_url,
        "CREATE EXTENSION pg_stat_statements; CREATE TABLE visits (id integer, day date, PRIMARY KEY (id, day)) "
        "PARTITION BY RANGE (day);"
        "CREATE TABLE visits_25 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    )
    with closing(connect(postgres_url, Limits())) as source:
        database = picture(source)
    assert [table.label for table in database.tables] == ["visits"]
    assert (database.functions, database.views) == ((), {})


def test_rows_hidden_by_row_level_security_are_owned_up_to(postgres_url: str) -> None:
    run(
        postgres_url,
        "CREATE TABLE visits (id integer PRIMARY KEY); ALTER TABLE visits ENABLE ROW LEVEL SECURITY;"
        "DO $$ BEGIN CREATE ROLE peeper LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        "GRANT SELECT ON visits TO peeper",
    )
    report = audit(as_role(postgres_url, "peeper"))
    assert any("Row-level security hides rows of visits" in note for note in report.notes)


def test_progress_is_told(load: Load) -> None:
    told: list[str] = []
    url = load("sqlite", "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, salon_id integer)")
    audit(url, progress=lambda what, done, total: told.append(what))
    assert told[0] == "counting visits"
    assert "missing-foreign-key" in told


def test_a_database_without_an_encoding_is_read_as_well(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS plain_ascii")
        connection.execute(
            "CREATE DATABASE plain_ascii TEMPLATE template0 ENCODING SQL_ASCII LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc"
        )
    url = on(server_url, "plain_ascii")
    run(url, section("missing-foreign-key", "postgresql", "faulty") or "")
    assert "missing-foreign-key" in {finding.rule for finding in audit(url).findings}


def test_a_file_is_found_by_any_of_its_usual_urls(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    for url in (str(path), f"sqlite:///{path}", f"sqlite://{path}", f"sqlite:{path}"):
        assert sqlite_path(url) == path
