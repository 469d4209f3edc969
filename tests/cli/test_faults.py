"""No command answers what an operator can cause with a traceback: every command there is, each fault."""

import asyncio
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer

from tests.db.pooler import pooled
from tests.db.roles import as_role, role, run, with_setting
from tests.delivery.test_mailing import BOUNCE
from tests.desk import furnish, opened
from tests.faults import fill, small_disk
from tests.legacy.old import sqlite_with
from tests.postgres import Copies, data_folder, name_in
from truebook import cli
from truebook.db import migrations, server
from truebook.kernel import log

ROOT = Path(__file__).parents[2]
SALON = ("--business", "salon-alice")
COMMANDS: dict[str, tuple[str, ...]] = {
    "up": ("up",),
    "chat": ("chat",),
    "serve": ("serve",),
    "work": ("work",),
    "migrate": ("migrate",),
    "migrate --check": ("migrate", "--check"),
    "doctor": ("doctor",),
    "doctor --tenant": ("doctor", "--tenant", "salon-alice"),
    "backup": ("backup", "{folder}/desk.backup"),
    "restore": ("restore", "{folder}/desk.backup"),
    "move-database": ("move-database", "postgresql://nobody@127.0.0.1:1/new"),
    "move-database into it": ("move-database", "{url}"),
    "info": ("info",),
    "key": ("key",),
    "key --list": ("key", "--list", *SALON),
    "link": ("link", "anna@example.org", *SALON),
    "keys rotate": ("keys", "rotate"),
    "whatsapp connect": ("whatsapp", "connect", "--business", "nobody", "--number", "1234567", "--account", "1234567"),
    "whatsapp twilio": ("whatsapp", "twilio", "--business", "nobody", "--account", "AC1", "--phone", "+14155238886"),
    "whatsapp list": ("whatsapp", "list", *SALON),
    "mail bounced": ("mail", "bounced"),
    "mail returned": ("mail", "returned"),
    "rehearse": ("rehearse", "--business", "nobody"),
    "simulate whatsapp": ("simulate", "whatsapp", "--business", "nobody", "--port", "18432"),
    "audit": ("audit", "{url}"),
    "import legacy": ("import", "legacy", "{folder}/old.db"),
    "import legacy from it": ("import", "legacy", "{url}"),
}
NOBODY = "0190a1b2-0000-7000-8000-000000000001"
SECRETS = {"WHATSAPP_TOKEN": "EAAG-token", "WHATSAPP_APP_SECRET": "app-secret", "TWILIO_AUTH_TOKEN": "auth-token"}
LOOKS = {"key --list", "whatsapp list", "backup", "mail bounced", "audit", "info"}
MAY_WORK = {
    "read-only": {"migrate", "migrate --check", "doctor", *LOOKS},
    "no rights": {"audit"},
    "another database": {"migrate", "chat", "audit", "import legacy"},
    "an old schema": {"migrate", "chat", "backup", "audit", "import legacy"},
    "a newer schema": {"audit", "mail bounced"},
    "a pooler": {"migrate", "migrate --check", "import legacy", "audit", "key", "link", "keys rotate", *LOOKS},
    "killed": {"audit", "mail bounced"},
}
"""What a fault keeps from nothing; whatever else it keeps from its work has to say so, and end."""


def commands_of(one: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command that the parser knows."""
    if not hasattr(one, "list_commands"):
        yield words
        return
    for name in one.list_commands(None):
        yield from commands_of(one.get_command(None, name), (*words, name))


@pytest.mark.unit
def test_no_command_is_forgotten_here() -> None:
    known = set(commands_of(typer.main.get_command(cli.app)))
    assert len(known) > 15
    assert {one for one in known if not any(words[: len(one)] == one for words in COMMANDS.values())} == set()


@pytest.fixture(scope="module")
def salons(copies: Copies, server_url: str) -> Iterator[Copies]:
    """What makes databases in which a salon is open."""
    with copies.fresh() as url:
        asyncio.run(_furnish(url))
        with Copies(server_url, name_in(url)) as made:
            yield made


async def _furnish(url: str) -> None:
    async with opened(url) as db:
        await furnish(db)


@contextmanager
def no_server(_: str) -> Iterator[str]:
    yield "postgresql://anna:hush@127.0.0.1:1/desk"


@contextmanager
def an_unknown_user(url: str) -> Iterator[str]:
    yield url.replace("postgres@", "nobody_at_all:hush@")


@contextmanager
def no_rights(url: str) -> Iterator[str]:
    with role(url) as stranger:
        yield as_role(url, stranger)


@contextmanager
def read_only(url: str) -> Iterator[str]:
    yield with_setting(url, "default_transaction_read_only", "on")


@contextmanager
def a_newer_schema(url: str) -> Iterator[str]:
    run(url, "UPDATE truebook.alembic_version SET version_num = '9999'")
    yield url


@contextmanager
def an_old_schema(url: str) -> Iterator[str]:
    run(url, "DROP SCHEMA truebook CASCADE")
    migrations.upgrade(url, "0008")
    yield url


@contextmanager
def another_database(url: str) -> Iterator[str]:
    run(url, "DROP SCHEMA truebook CASCADE", "CREATE TABLE accounts (id integer)")
    yield url


@contextmanager
def a_pooler(url: str) -> Iterator[str]:
    with pooled(url, size=2) as through:
        yield through


@contextmanager
def killed(url: str) -> Iterator[str]:
    """A server that ends every connection soon after it has begun."""
    run(
        url,
        "CREATE FUNCTION public.gone() RETURNS boolean LANGUAGE sql AS 'SELECT pg_terminate_backend(pg_backend_pid())'",
        "ALTER TABLE truebook.alembic_version ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE truebook.alembic_version RENAME TO versions",
        "CREATE VIEW truebook.alembic_version AS SELECT * FROM truebook.versions WHERE public.gone()",
    )
    yield url


MENDS = {("up", "an old schema"), ("up", "another database")}
"""Where a command mends the fault, and goes on until it is told to end."""
FAULTS: dict[str, Any] = {
    "no server": no_server,
    "an unknown user": an_unknown_user,
    "no rights": no_rights,
    "read-only": read_only,
    "an old schema": an_old_schema,
    "a newer schema": a_newer_schema,
    "another database": another_database,
    "a pooler": a_pooler,
    "killed": killed,
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_no_command_answers_a_fault_with_a_traceback(
    fault: str,
    salons: Copies,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong: list[str] = []
    for name in COMMANDS:
        if (name, fault) in MENDS:
            continue
        with ExitStack() as stack:
            url = stack.enter_context(FAULTS[fault](stack.enter_context(salons.fresh())))
            _prepared(monkeypatch, tmp_path, name, url)
            wrong += _called(name, capsys, may_work=name in MAY_WORK.get(fault, ()))
    assert wrong == []


@pytest.mark.slow
def test_a_wrong_password_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with data_folder() as data, server.start(data) as own:
        with psycopg.connect(own.url()) as connection:
            hba = Path(*connection.execute("SHOW hba_file").fetchone() or ())
        hba.write_text(f"local all anna scram-sha-256\nhost all anna all scram-sha-256\n{hba.read_text()}")
        run(own.url(), "CREATE ROLE anna LOGIN PASSWORD 'right'", "SELECT pg_reload_conf()")
        url = as_role(own.url(), "anna").replace("plain-words", "hush")
        wrong: list[str] = []
        for name in COMMANDS:
            _prepared(monkeypatch, tmp_path, name, url)
            said = _called(name, capsys, may_work=name == "info")
            wrong += said
        assert wrong == []


@pytest.mark.slow
def test_a_disk_without_room_for_the_database_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk() as data:
        if not data.parent.is_mount():
            pytest.skip("no disk can be made here that may be filled")
        with server.start(data) as own:
            run(own.url("postgres"), "CREATE DATABASE desk")
            migrations.upgrade(own.url("desk"))
            asyncio.run(_furnish(own.url("desk")))
            wrong: list[str] = []
            filler = fill(data)
            try:
                for name in COMMANDS:
                    _prepared(monkeypatch, tmp_path, name, own.url("desk"))
                    wrong += _called(name, capsys, may_work=True, patience=8)
            finally:
                filler.unlink()
            assert wrong == []


class Closed(io.StringIO):
    """A stream whose reader has gone, or whose disk is full: what is written to it fails when it is passed on."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> None:
        if self.getvalue():
            raise self.error


ENDS: dict[str, OSError | None] = {
    "a broken pipe": BrokenPipeError(32, "Broken pipe"),
    "a full disk": OSError(28, "No space left on device"),
    "no terminal": None,
}


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS)
def test_no_command_breaks_where_nobody_can_be_told(
    end: str, salons: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong: list[str] = []
    for name in COMMANDS:
        with salons.fresh() as url:
            _prepared(monkeypatch, tmp_path, name, url)
            error = ENDS[end]
            for stream in ("stdin", "stdout", "stderr") if error is None else ("stdout",):
                monkeypatch.setattr(sys, stream, Closed(error) if error else None)
            wrong += _called(name, capsys, may_work=True, patience=8, silent=True)
            if error is None:
                for stream in (sys.stdin, sys.stdout, sys.stderr):
                    stream.close()  # the one that leads nowhere
    assert wrong == []


def _prepared(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, url: str) -> None:
    """Let a command see this database and nothing else of ours."""
    place = folder / name
    place.mkdir(exist_ok=True)
    visit = {
        "id": 1,
        "account_id": "a",
        "customer_name": "C",
        "datetime": 1746432000000,
        "duration": 30,
        "status": "booked",
    }
    sqlite_with(place / "old.db", {"accounts": [{"id": "a", "name": "A", "timezone": "UTC"}], "appointments": [visit]})
    monkeypatch.setattr(log, "configure", lambda **_: None)
    letter = BOUNCE.format(action="failed", letter=f"<{NOBODY}.1.{NOBODY}@post.test>")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(letter.encode() if name == "mail bounced" else b"")))
    for variable in [one for one in os.environ if one.startswith(("TRUEBOOK_", "DATABASE_", "PG"))]:
        monkeypatch.delenv(variable)
    own = {"DATABASE_URL": url, "TRUEBOOK_DATA": str(folder / "data"), "TRUEBOOK_PORT": "18431", **SECRETS}
    for variable, value in own.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(sys, "argv", ["truebook", *(one.format(folder=place, url=url) for one in COMMANDS[name])])
    signal.signal(signal.SIGALRM, _still_running)


def _still_running(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)  # which ends even a desk


def _called(
    name: str, capsys: pytest.CaptureFixture[str], *, may_work: bool, patience: int = 20, silent: bool = False
) -> list[str]:
    """Run a command in this process; return what is wrong with how it ended. Whatever runs on is told to end."""
    signal.alarm(patience)
    try:
        cli.main()
        code: Any = 0
        if sys.stdout:
            sys.stdout.flush()
    except SystemExit as ended:
        code = ended.code
    except OSError as error:
        if not silent:
            return [f"{name}: {type(error).__name__}: {error}"]
        code = 1  # as the interpreter says in a line when it ends
    except BaseException as error:
        return [f"{name}: {type(error).__name__}: {error}"]
    finally:
        signal.alarm(0)
        said = capsys.readouterr()
    told = said.err + said.out
    if "Traceback" in told or "hush" in told:
        return [f"{name}: {told}"]
    if code not in (1, 2) and not (code in (0, None) and may_work):
        return [f"{name}: ended with {code}: {told}"]
    return [] if told.strip() or silent else [f"{name}: said nothing"]


@pytest.mark.parametrize(
    ("words", "shell"),
    [
        (("--help",), "true"),  # nobody reads on
        (("migrate", "--sql"), "head -1 >/dev/null"),
    ],
)
def test_a_pipe_that_breaks_is_no_fault(words: tuple[str, ...], shell: str) -> None:
    command = f"{sys.executable} -m truebook {' '.join(words)} | {shell}"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "truebook", "migrate", "--sql"],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr.strip()) == (2, "truebook: That cannot be done: No space left on device.")


def test_the_version_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "truebook", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Truebook 0.")
