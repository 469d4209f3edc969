"""`truebook import legacy` as an operator meets it."""

import json
import re
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from tests.legacy import old
from tests.legacy.running import read
from truebook.cli import app


@pytest.fixture
def url(tmp_path: Path) -> str:
    return str(old.sqlite_of(tmp_path / "old.db", old.script("both_generations_sqlite.sql")))


def run(*arguments: str, database: str = "", data: Path = Path("/nonexistent")) -> Result:
    """Run the command as if typed, 200 columns wide."""
    target = {"DATABASE_URL": database} if database else {"TRUEBOOK_DATA": str(data)}
    return CliRunner().invoke(
        app, ["import", "legacy", *arguments], env={"COLUMNS": "200", "DATABASE_URL": None, **target}
    )


def account(output: str) -> dict[str, list[int]]:
    """Return the printed account of rows: table → rows, imported, new, quarantine."""
    lines = re.findall(r"^(\w+) +([\d, ]+?) +✓", output, re.MULTILINE)
    return {table: [int(number) for number in numbers.split()] for table, numbers in lines}


def test_without_a_reading_it_shows_both_and_stops(url: str, database: str) -> None:
    result = run(url, database=database)
    assert result.exit_code == 2
    assert "Mon 05 May 2025 08:00" in result.output and "Mon 05 May 2025 10:00" in result.output  # Röbi, both ways
    assert f"truebook import legacy {url} --times local --dry-run" in result.output
    assert read(database, "SELECT FROM import_runs") == []


def test_a_database_older_than_accounts_says_what_else_to_name(tmp_path: Path) -> None:
    url = str(old.sqlite_of(tmp_path / "old.db", old.script("first_generation_sqlite.sql")))
    asked = run(url, data=tmp_path / "none")
    assert asked.exit_code == 2
    assert f"truebook import legacy {url} --times local --business NAME --zone Area/City --dry-run" in asked.output
    refused = run(url, "--times", "local", "--dry-run", data=tmp_path / "none")
    assert refused.exit_code == 2 and "say with --business NAME whose it is" in refused.output


def test_the_whole_way(url: str, database: str, tmp_path: Path) -> None:
    rehearsal = run(url, "--times", "local", "--dry-run", database=database)
    assert rehearsal.exit_code == 0 and "Nothing was written" in rehearsal.output
    assert read(database, "SELECT FROM accounts") == []
    done = run(url, "--times", "local", "--report", str(tmp_path / "report.json"), database=database)
    assert done.exit_code == 0, done.output
    assert account(done.output) == account(rehearsal.output)
    assert account(done.output)["all"] == [27, 18, 18, 9]
    assert "at the same time as another appointment" in done.output
    assert "payments, 3 rows" in done.output and "users.phone, filled in 1 row" in done.output
    report = json.loads((tmp_path / "report.json").read_text())
    assert len(report["quarantine"]) == 9 and report["dry_run"] is False
    again = run(url, "--times", "local", database=database)
    assert account(again.output)["all"] == [27, 18, 0, 9]
    assert read(database, "SELECT FROM import_runs") == [{}]  # a run that adds nothing leaves no trace


def test_a_rehearsal_needs_no_truebook_and_makes_none(url: str, tmp_path: Path) -> None:
    result = run(url, "--dry-run", data=tmp_path / "none")
    assert result.exit_code == 0, result.output
    assert account(result.output)["all"] == [27, 18, 18, 9]
    assert not (tmp_path / "none").exists()


def test_the_promises_nobody_kept_are_listed_with_whom_to_ask(tmp_path: Path) -> None:
    chat = {"id": 1, "account_id": "a", "session_type": "whatsapp", "whatsapp_number": "+436601234567"}
    said = {
        "id": 1,
        "session_id": 1,
        "role": "assistant",
        "content": "You are booked!",
        "timestamp": "2025-05-05 10:00:00",
    }
    tables = {
        "accounts": [{"id": "a", "name": "A", "timezone": "UTC"}],
        "test_chat_sessions": [chat],
        "chat_messages": [said],
    }
    result = run(str(old.sqlite_with(tmp_path / "old.db", tables)), "--dry-run", data=tmp_path / "none")
    assert "Promised, but not booked" in result.output
    assert re.search(r"1 +\+436601234567 +Mon 05 May 2025 10:00 +You are booked!", result.output)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nowhere/old.db"], "there is no file"),
        (["mysql://old"], "no database this import can read"),
        (["URL", "--times", "local", "--business", "Nobody"], "there is no business 'Nobody' in the old database"),
        (["URL", "--times", "local", "--zone", "Vienna"], "not an IANA time zone"),
        ([__file__], "cannot be read as a SQLite database"),
        (["postgresql://postgres@localhost:1/old"], "cannot be reached"),
        (["postgresql://me:secret@[/old"], "the URL cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(arguments: list[str], said: str, url: str, tmp_path: Path) -> None:
    result = run(*(url if word == "URL" else word for word in arguments), "--dry-run", data=tmp_path / "none")
    assert result.exit_code == 2 and "Not imported." in result.output
    assert said in result.output.replace("\n", " ") and "Traceback" not in result.output
    assert "secret" not in result.output


def test_times_that_all_say_their_zone_need_no_reading(tmp_path: Path, database: str) -> None:
    visit = {
        "id": 1,
        "account_id": "a",
        "customer_name": "C",
        "datetime": 1746432000000,
        "duration": 30,
        "status": "booked",
    }
    tables = {"accounts": [{"id": "a", "name": "A", "timezone": "UTC"}], "appointments": [visit]}
    result = run(str(old.sqlite_with(tmp_path / "old.db", tables)), database=database)
    assert result.exit_code == 0 and account(result.output)["appointments"] == [1, 1, 1, 0]


def test_a_table_that_may_not_be_read_stops_the_import_before_anything_is_lost(server_url: str, database: str) -> None:
    with old.postgres_of(server_url, old.script("first_generation_postgres.sql")) as url:
        with psycopg.connect(url) as connection:
            connection.execute("DROP ROLE IF EXISTS legacy_reader")
            connection.execute("CREATE ROLE legacy_reader LOGIN")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO legacy_reader")
            connection.execute("REVOKE SELECT ON chat_messages FROM legacy_reader")
        reader = url.replace("postgres@", "legacy_reader@")
        result = run(reader, "--times", "local", "--business", "Dojo", "--zone", "Asia/Tokyo", database=database)
        with psycopg.connect(url) as connection:
            connection.execute("DROP OWNED BY legacy_reader; DROP ROLE legacy_reader")
    assert result.exit_code == 1 and "Not finished." in result.output
    assert "permission denied for table chat_messages" in result.output
    assert read(database, "SELECT FROM accounts") == []


def test_a_damaged_file_is_not_taken_for_a_short_one(tmp_path: Path, database: str) -> None:
    rows = [{"id": f"{number}", "name": "x" * 500, "timezone": "UTC"} for number in range(100)]
    path = old.sqlite_with(tmp_path / "old.db", {"accounts": rows})
    damaged = bytearray(path.read_bytes())
    damaged[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(damaged)
    result = run(str(path), database=database)
    assert result.exit_code in (1, 2) and "malformed" in result.output
    assert read(database, "SELECT FROM accounts") == []
