"""migrate, doctor and info as people and scripts call them: what they say, and their exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.roles import as_role, role, run
from tests.desk import furnish, opened
from tests.postgres import data_folder, on
from tests.test_newcomer import free_port
from truebook.cli.commands import COMMANDS
from truebook.db import migrations, server
from truebook.db.migrations import promised
from truebook.tenants import access

ROOT = Path(__file__).parents[2]


def truebook(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line as another process."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "truebook", *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def in_one_line(done: "subprocess.CompletedProcess[str]") -> str:
    """Return what a command that failed said after its progress: one line, and no traceback."""
    assert done.returncode == 2
    *progress, last = done.stderr.strip().splitlines()
    assert last.startswith("truebook: ")
    assert all(line.endswith("…") for line in progress), done.stderr
    return last


def test_migrate_says_what_it_did_and_what_to_type_next(empty: str) -> None:
    missing = truebook("migrate", "--check", DATABASE_URL=empty)
    assert missing.returncode == 1
    assert "✗ migrations: this database has no Truebook schema yet" in missing.stdout
    assert "Run: truebook migrate" in missing.stdout
    applied = truebook("migrate", DATABASE_URL=empty)
    assert applied.returncode == 0
    assert applied.stdout.splitlines() == [
        f"The schema is now at revision {migrations.head()}.",
        "Next: truebook doctor",
    ]
    assert truebook("migrate", DATABASE_URL=empty).stdout.startswith(f"Nothing to do: revision {migrations.head()}")
    checked = truebook("migrate", "--check", DATABASE_URL=empty)
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, "The schema is complete.")


def test_a_dropped_object_is_named_by_check_by_migrate_and_by_the_doctor(database: str) -> None:
    run(database, "DROP INDEX truebook.appointments_phone_idx")
    for command in (("migrate", "--check"), ("doctor",)):
        done = truebook(*command, DATABASE_URL=database)
        assert done.returncode == 1
        assert "index appointments_phone_idx" in done.stdout
    said = in_one_line(truebook("migrate", DATABASE_URL=database))
    assert "index appointments_phone_idx" in said and said.endswith(promised.REMEDY)


def test_nobody_is_sent_to_migrate_a_schema_that_a_newer_truebook_made(database: str) -> None:
    run(database, "UPDATE truebook.alembic_version SET version_num = '9999'")
    said = truebook("doctor", DATABASE_URL=database).stdout
    assert "Use that version of Truebook" in said and "truebook migrate" not in said


def test_the_doctor_ticks_off_every_check(database: str) -> None:
    done = truebook("doctor", DATABASE_URL=database)
    assert done.returncode == 0
    assert done.stdout.count("✓") == 33
    assert "✓ a canary booking" in done.stdout
    assert done.stdout.splitlines()[-1] == "All is well. Next: truebook up"


@pytest.mark.anyio
async def test_a_key_is_the_operators_or_the_owners_of_one_business(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        operator, owner = (
            truebook("key", *words, DATABASE_URL=database).stdout.strip()
            for words in ((), ("--business", "salon-alice"))
        )
        assert (await access.identify(db, operator)).role == "operator"
        assert (await access.identify(db, owner)).tenant == desk.account
    assert in_one_line(truebook("key", "--business", "nobody", DATABASE_URL=database)).endswith("no such account")


@pytest.mark.anyio
async def test_keys_are_listed_and_revoked_by_how_they_begin_or_by_their_id(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        salon = ("--business", "salon-alice")
        till, owner, operator = (
            truebook("key", *words, DATABASE_URL=database).stdout.strip()
            for words in ((*salon, "--name", "Till\n\x1b[2J", "--may", "book", "--expires", "90d"), salon, ())
        )
        listed = truebook("key", "--list", *salon, DATABASE_URL=database).stdout.splitlines()
        assert [(line.split()[1], line.split("  ")[-1]) for line in listed] == [
            (till[:8], r'"Till\n\u001b[2J"'),
            (owner[:8], '"command line"'),
        ]
        assert ["  may book  " in line and "  ends 20" in line for line in listed] == [True, False]
        assert truebook("key", "--expires", "soon", DATABASE_URL=database).returncode == 2
        done = truebook("key", "--revoke", till, *salon, DATABASE_URL=database)
        assert (done.returncode, done.stderr.count(till[:8])) == (0, 1)
        assert truebook("key", "--revoke", listed[1].split()[0], *salon, DATABASE_URL=database).returncode == 0
        for key in (till, owner):
            with pytest.raises(access.Unauthorized):
                await access.identify(db, key)
        after = truebook("key", "--list", *salon, DATABASE_URL=database).stdout.splitlines()
        assert [" revoked 20" in line for line in after] == [True, True]
        assert operator[:8] in truebook("key", "--list", DATABASE_URL=database).stdout
        assert (await access.identify(db, operator)).role == "operator"
        assert [one.revoked_at is None for one in await access.listing(db, desk.scope)] == [False, False]


@pytest.mark.anyio
async def test_a_key_that_cannot_be_told_is_one_line(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        operator = await access.issue(db, access.OPERATOR, "operator")
        for _ in range(2):
            await access.issue(db, desk.scope, "Twin")
    run(database, "UPDATE truebook.api_keys SET prefix = 'tb_twins' WHERE role = 'owner'")
    salon = ("--business", "salon-alice")
    for text in ("tb_none0", operator[:8], "tb_", "%"):
        said = in_one_line(truebook("key", "--revoke", text, *salon, DATABASE_URL=database))
        assert said == f"truebook: There is no key of salon-alice that begins with {text} or has that id."
    said = in_one_line(truebook("key", "--revoke", "tb_twins", *salon, DATABASE_URL=database))
    assert (
        said == "truebook: 2 keys of salon-alice begin with tb_twins: name one of them by its id (truebook key --list)."
    )
    assert in_one_line(truebook("key", "--list", "--business", "nobody", DATABASE_URL=database)).endswith(
        "no such account"
    )
    assert in_one_line(truebook("key", "--name", " ", DATABASE_URL=database)).endswith("not possible for a key")


@pytest.mark.anyio
async def test_the_doctor_books_a_canary_for_one_business(database: str) -> None:
    async with opened(database) as db:
        await furnish(db)
    assert (
        "✓ a canary booking for this business"
        in truebook("doctor", "--tenant", "salon-alice", DATABASE_URL=database).stdout
    )
    unknown = truebook("doctor", "--tenant", "nobody", DATABASE_URL=database)
    assert in_one_line(unknown) == "truebook: There is no business called nobody."


def test_the_doctor_speaks_json(database: str) -> None:
    run(database, "ALTER TABLE truebook.staff NO FORCE ROW LEVEL SECURITY")
    done = truebook("doctor", "--json", DATABASE_URL=database)
    told = json.loads(done.stdout)
    assert (done.returncode, told["healthy"]) == (1, False)
    broken = [finding for finding in told["findings"] if not finding["ok"]]
    assert [finding["name"] for finding in broken] == ["promised objects", "row-level security"]
    assert broken[1]["problem"] == "one business could see another's rows in: staff"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://anna:hush@127.0.0.1:1/x", "Connection refused. Is it running"),
        ("mysql://anna:hush@127.0.0.1/x", "DATABASE_URL cannot be read"),
        ("anna hush", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_line(url: str, words: str) -> None:
    for command in (("doctor",), ("migrate",), ("migrate", "--check")):
        said = in_one_line(truebook(*command, DATABASE_URL=url))
        assert words in said and "hush" not in said


def test_a_database_or_a_right_that_is_missing_is_one_line(empty: str) -> None:
    assert 'database "nothere" does not exist' in in_one_line(truebook("doctor", DATABASE_URL=on(empty, "nothere")))
    with role(empty) as stranger:
        assert "GRANT CREATE ON DATABASE" in in_one_line(truebook("migrate", DATABASE_URL=as_role(empty, stranger)))
    assert 'role "nobody_at_all" does not exist' in in_one_line(
        truebook("doctor", DATABASE_URL=empty.replace("postgres@", "nobody_at_all@"))
    )


def test_the_sql_is_printed_and_nothing_else() -> None:
    printed = truebook("migrate", "--sql", DATABASE_URL="postgresql://nowhere.invalid/x")
    assert printed.returncode == 0
    assert printed.stdout.startswith("-- Truebook's schema")
    assert "CREATE TABLE appointments (" in printed.stdout


def test_without_a_database_url_the_embedded_one_is_started_for_as_long_as_the_command_runs() -> None:
    with data_folder() as data:
        nothing = in_one_line(truebook("doctor", TRUEBOOK_DATA=str(data)))
        assert nothing.endswith(f"There is no database in {data} yet. `truebook up` makes one and starts the desk.")
        assert truebook("migrate", TRUEBOOK_DATA=str(data)).returncode == 0
        assert server.running(data) is None
        assert truebook("doctor", TRUEBOOK_DATA=str(data)).returncode == 0


def test_while_the_desk_runs_its_own_server_is_asked() -> None:
    with data_folder() as data, server.start(data):
        assert truebook("migrate", TRUEBOOK_DATA=str(data)).returncode == 0
        doctor = truebook("doctor", TRUEBOOK_DATA=str(data))
        assert doctor.returncode == 0
        assert "starting" not in doctor.stderr


def test_info_reads_the_note_of_a_living_desk_only(tmp_path: Path) -> None:
    nothing = truebook("info", TRUEBOOK_DATA=str(tmp_path))
    assert (nothing.returncode, nothing.stdout) == (1, f"Nothing runs on {tmp_path}. Start the desk: truebook up\n")
    note = {
        "url": "http://127.0.0.1:8000",
        "docs": "http://127.0.0.1:8000/docs",
        "data": str(tmp_path),
        "demo_key": "tb_x",
    }
    pretender = [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()", "truebook"]
    with subprocess.Popen(pretender, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as desk:
        assert desk.stdout is not None
        desk.stdout.readline()
        (tmp_path / "truebook.json").write_text(json.dumps({**note, "pid": desk.pid}))
        told = truebook("info", "--json", TRUEBOOK_DATA=str(tmp_path))
        assert (told.returncode, json.loads(told.stdout)) == (0, {"running": True, **note, "pid": desk.pid})
        assert "http://127.0.0.1:8000/docs" in truebook("info", TRUEBOOK_DATA=str(tmp_path)).stdout
        desk.communicate(b"")
    gone = truebook("info", "--json", TRUEBOOK_DATA=str(tmp_path))
    assert (gone.returncode, json.loads(gone.stdout)) == (1, {"running": False, "data": str(tmp_path)})


def test_a_setting_that_cannot_be_used_is_one_line() -> None:
    assert "TRUEBOOK_PORT must be a port" in in_one_line(truebook("doctor", TRUEBOOK_PORT="many"))


def test_a_command_that_needs_no_assistant_does_not_load_one() -> None:
    loaded = loaded_by("from truebook.cli.commands import Commands; from truebook.cli import doctor, info, migrate")
    assert {"pydantic_ai", "fastapi", "alembic"} & loaded == set()


def test_a_desk_to_which_nobody_wrote_has_loaded_no_models() -> None:
    loaded = loaded_by("from truebook.cli import up; from truebook import app, worker")
    assert "fastapi" in loaded and "pydantic_ai" not in loaded


def loaded_by(imports: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after some imports."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {imports}; print(*sys.modules)"],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


@pytest.mark.parametrize("place", ["file", "file/below", "x" * 300])
def test_a_data_directory_that_cannot_be_used_is_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    said = in_one_line(truebook("up", TRUEBOOK_DATA=str(tmp_path / place), TRUEBOOK_PORT=str(free_port())))
    assert said.startswith(f"truebook: The data directory {tmp_path / place} cannot be used (")
    assert said.endswith("Choose another one with TRUEBOOK_DATA.")


def test_a_data_directory_that_cannot_even_be_looked_at_is_one_line(tmp_path: Path) -> None:
    assert "File name too long" in in_one_line(truebook("doctor", TRUEBOOK_DATA=str(tmp_path / ("x" * 300))))


def test_an_address_that_is_not_ours_is_not_called_a_port_in_use(tmp_path: Path) -> None:
    said = in_one_line(truebook("up", TRUEBOOK_DATA=str(tmp_path), TRUEBOOK_HOST="192.0.2.1"))
    assert said.endswith("TRUEBOOK_HOST must be an address of this machine.")


def test_a_phone_number_that_cannot_be_is_an_error_of_usage() -> None:
    wrong = truebook("chat", "--phone", "12", COLUMNS="120")
    assert (wrong.returncode, "such as +43 660 1234567" in wrong.stderr) == (2, True)


def test_help_shows_every_command_in_its_order() -> None:
    shown = truebook("--help", COLUMNS="100")
    assert shown.returncode == 0
    assert re.findall(r"^│ ([\w-]+) ", shown.stdout.partition("Commands")[2], re.MULTILINE) == list(COMMANDS)
    assert truebook("frobnicate").returncode == 2
