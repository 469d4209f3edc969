"""truebook backup, restore and move-database: every row in a file, back, or in another database."""

from pathlib import Path
from typing import Annotated

import typer

from truebook.cli import info
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import called, out, tell
from truebook.db import copying
from truebook.kernel import settings as environment
from truebook.kernel.errors import Conflict, Unavailable


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; nothing is written over.")],
    without_secrets: Annotated[
        bool, typer.Option("--without-secrets", help="Leave out what signs links and seals tokens.")
    ] = False,
) -> None:
    """Write every row into a file, as of one moment; the desk may go on meanwhile."""
    settings = environment.read()
    with database_url(settings) as url:
        held = {} if without_secrets else _held(data_folder(settings))
        tables, rows = copying.back_up(url, file.expanduser(), held, say=tell)
    out(f"{rows:,} rows of {tables} tables are in {file}.")
    if held:
        out("It holds the secrets of this installation too: keep it where nobody else can read it.")


def restore(file: Annotated[Path, typer.Argument(help="A file that `truebook backup` has written.")]) -> None:
    """Write every row of a backup into an empty database, and look that each has come over."""
    settings, file = environment.read(), file.expanduser()
    folder = data_folder(settings)
    secrets = copying.secrets_in(file)
    _expect_stopped(folder)
    _expect_no_others(folder, secrets)
    with database_url(settings, create=True) as url:
        tables, rows = copying.restore(url, file, say=tell)
    for name, held in secrets.items():
        _keep(folder / name, held)
    out(f"{rows:,} rows of {tables} tables are back, every one checked.")
    out(f"Next: {called()} doctor")


def move_database(
    url: Annotated[str, typer.Argument(help="An empty database, as postgresql://user:password@host/database")],
) -> None:
    """Copy every row into another database, and look that each has come over; the old one stays as it is."""
    settings = environment.read()
    folder = data_folder(settings)
    _expect_stopped(folder)
    with database_url(settings) as old:
        tables, rows = copying.move(old, url, say=tell)
    out(f"{rows:,} rows of {tables} tables are there, every one checked; the old database is as it was.")
    out("Next: set DATABASE_URL to the new database, wherever Truebook runs, and start it.")
    if not settings.secret and not settings.keys:
        out(f"Keep TRUEBOOK_DATA={folder}: what signs links and seals tokens stays there.")


def _held(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in copying.SECRETS if (folder / name).exists()}


def _expect_stopped(folder: Path) -> None:
    if note := info.running(folder):
        raise Unavailable(f"The desk runs (process {note.get('pid')}): stop it first, or what is booked now is lost.")


def _expect_no_others(folder: Path, secrets: dict[str, bytes]) -> None:
    """Raise Conflict where the data folder has secrets of another installation."""
    for name, held in secrets.items():
        path = folder / name
        if path.exists() and path.read_bytes() != held:
            raise Conflict(f"{path} is another installation's: restore into another folder (TRUEBOOK_DATA).")


def _keep(path: Path, held: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(held)
