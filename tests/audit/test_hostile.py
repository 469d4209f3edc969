"""Databases whose owners lie in wait for whoever audits them: their code does not run, and their names stay names."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from rich.console import Console

from tests.audit.conftest import as_role, run
from tests.postgres import Copies
from truebook.audit import Limits, Options, Report, Unreadable, audit, fix
from truebook.audit.report import show, written

Load = Callable[[str, str], str]
RUNS = "EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'tee {witness}');"
"""What an owner's function may do to an auditor with rights: run a program on the server."""

EVIL = f"""
CREATE FUNCTION public.evil() RETURNS text LANGUAGE plpgsql AS $$ BEGIN {RUNS} RETURN 'x'; END $$;
CREATE FUNCTION public.evil(text) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN {RUNS} RETURN true; END $$;
"""
LATER = f"""
CREATE OR REPLACE FUNCTION public.later(text) RETURNS boolean IMMUTABLE LANGUAGE plpgsql
AS $$ BEGIN {RUNS} RETURN true; END $$;
CREATE OR REPLACE FUNCTION public.named(text) RETURNS text IMMUTABLE LANGUAGE plpgsql
AS $$ BEGIN {RUNS} RETURN $1; END $$;
"""
HARMLESS = """
CREATE FUNCTION public.later(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION public.named(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
"""
"""Functions that are harmless while the table is made, and not any more when somebody looks at it."""

TRAPS = {
    "default": EVIL + "CREATE TABLE t (id int PRIMARY KEY, name text DEFAULT public.evil());",
    "read-only switched off": EVIL
    + "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT set_config('default_transaction_read_only', 'off', false), "
    "b text DEFAULT public.evil());",
    "a program of PostgreSQL's own": "CREATE TABLE t (id int PRIMARY KEY, a xml DEFAULT query_to_xml("
    "'COPY (SELECT 1) TO PROGRAM ''tee {witness}''', true, true, ''));",
    "CHECK NOT VALID": EVIL + "CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t VALUES (1, 'a');"
    "ALTER TABLE t ADD CONSTRAINT c CHECK (public.evil(name)) NOT VALID;",
    "operator": EVIL
    + f"CREATE FUNCTION public.same(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN {RUNS} RETURN true; "
    "END $$; CREATE OPERATOR public.= (FUNCTION = public.same, LEFTARG = varchar, RIGHTARG = varchar);"
    "CREATE TABLE t (id varchar(36) PRIMARY KEY, t_id varchar(36), status varchar(9)); INSERT INTO t VALUES ('a', 'b');",
    "function": f"CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE plpgsql AS $$ BEGIN {RUNS} RETURN 'x'; "
    "END $$; CREATE FUNCTION public.trim(varchar) RETURNS text LANGUAGE sql AS 'SELECT public.lower($1)';"
    "CREATE TABLE t (id varchar(36) PRIMARY KEY, t_id varchar(36), email varchar(99), phone varchar(20));"
    "INSERT INTO t VALUES ('a', 'b', 'C@d', '+1');",
    "cast": f"CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE FUNCTION public.say(mood) RETURNS text LANGUAGE plpgsql "
    f"AS $$ BEGIN {RUNS} RETURN 'x'; END $$; CREATE CAST (mood AS text) WITH FUNCTION public.say(mood) AS IMPLICIT;"
    "CREATE TABLE t (id int PRIMARY KEY, status mood); INSERT INTO t VALUES (1, 'good');",
    "domain": EVIL + "CREATE DOMAIN word AS text; CREATE TABLE t (id int PRIMARY KEY, name word DEFAULT 'x');"
    "ALTER DOMAIN word ADD CHECK (public.evil(VALUE)) NOT VALID;",
    "view": EVIL + "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW appointments AS SELECT id, public.evil() FROM t;",
    "generated column": HARMLESS
    + "CREATE TABLE t (id int PRIMARY KEY, name text, twice text GENERATED ALWAYS AS (public.named(name)) STORED);"
    "INSERT INTO t VALUES (1, 'a');" + LATER,
    "index expression": HARMLESS + "CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t VALUES (1, 'a');"
    "CREATE INDEX i ON t (id) WHERE public.later('x');" + LATER,
    "statistics": HARMLESS + "CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t VALUES (1, 'a');"
    "CREATE STATISTICS s ON (public.named('x')), id FROM t;" + LATER,
    "exclusion": HARMLESS
    + "CREATE EXTENSION btree_gist; CREATE TABLE t (id int PRIMARY KEY, staff_id int, d tstzrange,"
    "EXCLUDE USING gist (staff_id WITH =, d WITH &&) WHERE (public.later('x')));" + LATER,
    "event trigger": f"CREATE FUNCTION public.greet() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN {RUNS} END $$;"
    "CREATE EVENT TRIGGER g ON login EXECUTE FUNCTION public.greet();",
    "foreign table": "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw;"
    "CREATE TABLE t (id text); CREATE FOREIGN TABLE u () INHERITS (t) SERVER s OPTIONS (program 'tee {witness}');",
    "partition": "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw;"
    "CREATE TABLE t (id text) PARTITION BY LIST (id);"
    "CREATE FOREIGN TABLE u PARTITION OF t DEFAULT SERVER s OPTIONS (program 'tee {witness}');",
}


@pytest.fixture
def witness() -> Iterator[Path]:
    """A file that does not exist, in a folder where the server could make it."""
    with tempfile.TemporaryDirectory(prefix="tb-witness-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder) / "ran"


@pytest.mark.parametrize("trap", TRAPS)
def test_nobody_s_code_runs(trap: str, postgres_url: str, witness: Path) -> None:
    """The auditor here is a superuser: whatever ran would have started a program."""
    run(postgres_url, TRAPS[trap].replace("{witness}", str(witness)))
    witness.unlink(missing_ok=True)
    try:
        report = audit(postgres_url)
    finally:
        with psycopg.connect(postgres_url, options="-c event_triggers=off", autocommit=True) as connection:
            connection.execute("DROP EVENT TRIGGER IF EXISTS g")
    assert not witness.exists()
    assert report.engine == "postgresql"
    assert not [note for note in report.notes if note.startswith("not checked")]


def test_the_traps_would_have_sprung(postgres_url: str, witness: Path) -> None:
    """The witness is one: where the code runs, the file is there."""
    run(postgres_url, TRAPS["default"].replace("{witness}", str(witness)))
    run(postgres_url, "SELECT public.evil()")
    assert witness.exists()


def test_what_was_not_looked_at_is_said(postgres_url: str, witness: Path) -> None:
    run(postgres_url, TRAPS["index expression"].replace("{witness}", str(witness)))
    assert [note for note in audit(postgres_url).notes if "public.later(text)" in note and "--run-code" in note]


def test_policies_of_a_tenant_do_not_run_for_an_auditor_who_is_bound_by_them(postgres_url: str, witness: Path) -> None:
    run(
        postgres_url,
        EVIL.replace("{witness}", str(witness)).replace("LANGUAGE plpgsql", "SECURITY DEFINER LANGUAGE plpgsql")
        + "CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t VALUES (1, 'a');"
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (public.evil(name));",
    )
    name = f"auditor_{os.getpid()}"
    run(postgres_url, f"CREATE ROLE {name} LOGIN; GRANT SELECT ON t TO {name}")
    try:
        audit(as_role(postgres_url, name))
    finally:
        run(postgres_url, f"DROP OWNED BY {name}; DROP ROLE {name}")
    assert not witness.exists()


def test_their_code_runs_where_it_is_asked_for_and_never_for_somebody_with_rights(postgres_url: str) -> None:
    run(
        postgres_url,
        "CREATE FUNCTION public.make_id() RETURNS uuid LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no id today'; "
        "END $$; CREATE TABLE notes (id uuid PRIMARY KEY DEFAULT public.make_id());",
    )
    willing = Options(Limits(run_code=True))
    with pytest.raises(Unreadable, match="no superuser"):
        audit(postgres_url, willing)
    name = f"auditor_{os.getpid()}"
    run(postgres_url, f"CREATE ROLE {name} LOGIN; GRANT SELECT ON notes TO {name}")
    try:
        found = {finding.rule for finding in audit(as_role(postgres_url, name), willing).findings}
    finally:
        run(postgres_url, f"DROP OWNED BY {name}; DROP ROLE {name}")
    assert "default-fails" in found
    assert "default-fails" not in {finding.rule for finding in audit(postgres_url).findings}


def test_a_question_is_one_statement_and_leaves_nothing_behind(postgres_url: str) -> None:
    from truebook.audit.sources import connect
    from truebook.audit.sources.source import ProbeFailed

    source = connect(postgres_url, Limits())
    with pytest.raises(ProbeFailed):
        source.rows("SELECT 1; SELECT 2")
    source.rows("SELECT set_config('search_path', 'public', false)")
    assert source.rows("SHOW search_path") == [("pg_catalog, pg_temp",)]
    source.close()


NAMES = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=14).filter(
    lambda name: name.strip() and len(name.encode()) < 50
)
BARBS = st.sampled_from(["'", '"', "';--", '";--', "\n; ", "*/", "--", "$$", "%s", "\\'", "{0}", "', '', true, '{}');"])
HOSTILE = st.builds(lambda start, barb, end: (start + barb + end)[:20], NAMES, BARBS, NAMES).filter(
    lambda name: len(name.encode()) < 60
)


def _trapped(parent: str, child: str, column: str) -> sql.Composed:
    """Return SQL of a database in which nearly every fix applies, with names of somebody's choosing."""
    return sql.SQL(
        "CREATE TABLE {p} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);"
        "CREATE TABLE {c} (id uuid PRIMARY KEY, {k} text, {s} text DEFAULT 'no' CHECK ({s} IN ('a', 'b')));"
        "CREATE INDEX ON {c} ({k}); CREATE INDEX ON {c} ({k});"
        "INSERT INTO {p} (name) VALUES ('x'); INSERT INTO {c} (id, {k}, {s}) SELECT gen_random_uuid(), id::text, 'a' "
        "FROM {p}; INSERT INTO {c} (id, {k}, {s}) SELECT gen_random_uuid(), gen_random_uuid()::text, 'a' "
        "FROM generate_series(1, 3)"
    ).format(
        p=sql.Identifier(parent),
        c=sql.Identifier(child),
        k=sql.Identifier(f"{parent[:-1] or parent}_id"[:60]),
        s=sql.Identifier(column),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(parent=HOSTILE, child=HOSTILE, column=HOSTILE)
def test_names_stay_names(empties: Copies, parent: str, child: str, column: str) -> None:
    """What is written is run statement by statement; nothing but the repairs themselves happens, whatever the names."""
    if len({parent, child, "truebook_quarantine"}) < 3:
        return
    with empties.fresh() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_trapped(parent, child, column))
        report = audit(url)
        steps = fix.plan(report, url, Limits())
        outcomes = list(fix.apply(url, steps))
        assert not [one.problem for one in outcomes if "syntax" in one.problem or "unterminated" in one.problem]
        again = audit(url)
        assert len(again.findings) <= len(report.findings)
        for form in ("html", "json", "markdown", "sarif"):
            assert not _acting(written(report, form))
        for line in fix.migration(steps, report).splitlines():
            assert not line.startswith("--") or not _acting(line)


def _acting(text: str) -> list[str]:
    return [sign for sign in text if not sign.isprintable() and sign not in "\n \u00a0\u200c\u200d"]


def test_a_table_that_would_make_somebody_superuser_does_not(postgres_url: str) -> None:
    name = f"climber_{os.getpid()}"
    table = "','',true,'{}');ALTER ROLE " + name + " SUPERUSER;--"
    run(postgres_url, f"CREATE ROLE {name} LOGIN")
    try:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(_trapped("rooms", table, "status"))
        report = audit(postgres_url)
        list(fix.apply(postgres_url, fix.plan(report, postgres_url, Limits())))
        with psycopg.connect(postgres_url) as connection:
            assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (name,)).fetchone() == (
                False,
            )
            kept = connection.execute("SELECT DISTINCT source_table FROM truebook_quarantine").fetchall()
        assert kept == [(table,)]
    finally:
        run(postgres_url, f"DROP ROLE {name}")


HOSTILE_TEXT = "\x1b]0;owned\x07\x1b[2J[/bold]\u202eevil\x9b31m|`<b>"


def test_what_is_shown_can_do_nothing(load: Load) -> None:
    url = load(
        "sqlite",
        f'CREATE TABLE "{HOSTILE_TEXT}" (name text); CREATE TABLE visits (id text, visit_id text);'
        f"INSERT INTO visits VALUES ('{HOSTILE_TEXT}', '{HOSTILE_TEXT}');",
    )
    report = audit(url)
    page = StringIO()
    show(report, Console(file=page, width=100), url)
    for text in (page.getvalue(), *(written(report, form) for form in ("html", "json", "markdown", "sarif"))):
        assert not _acting(text)
    assert "<b>" not in written(report, "html")
    assert "\\x1b]0;owned\\x07" in page.getvalue()
    assert "[/bold]" in page.getvalue()


def test_passwords_are_not_shown() -> None:
    report = Report("shop", "postgresql", "18.0", 1, 1)
    page = StringIO()
    show(report, Console(file=page, width=200), "postgresql://ann:se cret@db/shop?password=hidden")
    assert "cret" not in page.getvalue()
    assert "hidden" not in page.getvalue()
    for malformed in ("postgresql://ann:topsecret@[db/shop", "postgresql://ann:topsecret@127.0.0.1:1/shop"):
        with pytest.raises(Unreadable) as refused:
            audit(malformed)
        assert "topsecret" not in refused.value.message


def test_a_hostile_file_takes_neither_all_the_time_nor_all_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE big (id integer PRIMARY KEY, name text DEFAULT (hex(zeroblob(400000000))));"
        "INSERT INTO big (name) VALUES ('a');"
        "ALTER TABLE big ADD COLUMN status text GENERATED ALWAYS AS (hex(zeroblob(400000000))) VIRTUAL;"
        "CREATE TABLE slow (id integer PRIMARY KEY, name text);"
        "CREATE TRIGGER endless BEFORE INSERT ON slow BEGIN SELECT count(*) FROM ("
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n); END;"
    )
    connection.close()
    report = audit(f"sqlite:///{path}", Options(Limits(timeout=0.2, budget=20), canary=True))
    assert report.tables == 2
    assert report.seconds < 20
    assert [note for note in report.notes if "too big" in note]


def test_the_time_of_a_whole_audit_is_bounded(load: Load) -> None:
    for engine in ("postgresql", "sqlite"):
        url = load(engine, "CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, visit_id integer)")
        with pytest.raises(Unreadable, match="used up"):
            audit(url, Options(Limits(budget=0)))


def test_a_written_script_and_a_kept_copy_overwrite_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE visits (id text NOT NULL PRIMARY KEY DEFAULT (gen_random_uuid()), name text)"
    )
    connection.close()
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "shop.db.before-fix").symlink_to(precious)
    report = audit(f"sqlite:///{path}")
    outcomes = list(fix.apply(f"sqlite:///{path}", fix.plan(report, f"sqlite:///{path}", Limits())))
    assert outcomes
    assert precious.read_text() == "mine"
    assert (tmp_path / "shop.db.before-fix.2").read_bytes()[:6] == b"SQLite"
