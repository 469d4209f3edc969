"""No command answers what an operator can cause with a traceback: every command that needs a database, each fault."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.db.pooler import pooled
from tests.db.roles import as_role, role, run, with_setting
from tests.postgres import Copies
from truebook import cli
from truebook.db import migrations
from truebook.kernel import log

ROOT = Path(__file__).parents[2]
COMMANDS: dict[str, tuple[str, ...]] = {
    "migrate": ("migrate",),
    "migrate --check": ("migrate", "--check"),
    "doctor": ("doctor",),
    "doctor --tenant": ("doctor", "--tenant", "salon"),
    "up": ("up",),
    "serve": ("serve",),
    "work": ("work",),
    "chat": ("chat",),
    "key": ("key",),
    "key --list": ("key", "--list", "--business", "salon"),
    "link": ("link", "anna@example.org", "--business", "salon"),
    "keys rotate": ("keys", "rotate"),
    "whatsapp list": ("whatsapp", "list", "--business", "salon"),
    "simulate": ("simulate", "whatsapp", "--port", "1"),
    "backup": ("backup", "{folder}/desk.backup"),
    "restore": ("restore", "{folder}/desk.backup"),
    "move-database": ("move-database", "postgresql://nobody@127.0.0.1:1/new"),
}
MAY_WORK = {
    "read-only": {"migrate", "migrate --check", "doctor", "key --list", "whatsapp list", "backup"},
    "no rights": set[str](),
    "another database": {"migrate", "chat"},
    "an old schema": {"migrate", "chat", "backup"},
    "a pooler": {"migrate", "migrate --check", "backup"},
}
"""What a fault keeps from nothing; whatever else it keeps from its work has to say so, and end."""


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
    copies: Copies,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(log, "configure", lambda **_: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    signal.signal(signal.SIGALRM, _still_running)
    wrong: list[str] = []
    for name, words in COMMANDS.items():
        if (name, fault) in MENDS:
            continue
        with ExitStack() as stack:
            url = stack.enter_context(FAULTS[fault](stack.enter_context(copies.fresh())))
            for variable in [one for one in os.environ if one.startswith(("TRUEBOOK_", "DATABASE_", "PG"))]:
                monkeypatch.delenv(variable)
            monkeypatch.setenv("DATABASE_URL", url)
            monkeypatch.setenv("TRUEBOOK_DATA", str(tmp_path / "data"))
            monkeypatch.setenv("TRUEBOOK_PORT", "18431")
            monkeypatch.setattr(sys, "argv", ["truebook", *(one.format(folder=tmp_path / name) for one in words)])
            (tmp_path / name).mkdir(exist_ok=True)
            wrong += _called(name, fault, capsys)
    assert wrong == []


def _still_running(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)  # which ends even a desk


def _called(name: str, fault: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run a command in this process; return what is wrong with how it ended."""
    signal.alarm(20)
    try:
        cli.main()
    except SystemExit as ended:
        code = ended.code
    except BaseException as error:
        return [f"{name}: {type(error).__name__}: {error}"]
    finally:
        signal.alarm(0)
        said = capsys.readouterr()
    told = said.err + said.out
    if "Traceback" in told or "hush" in told:
        return [f"{name}: {told}"]
    if code not in (1, 2) and not (code in (0, None) and name in MAY_WORK.get(fault, ())):
        return [f"{name}: ended with {code}: {told}"]
    return [] if told.strip() else [f"{name}: said nothing"]


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
