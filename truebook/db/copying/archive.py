"""Every row of a database in one file, with what its secrets are sealed and its links signed with; and back."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from truebook.db import migrations
from truebook.db.copying import tables, target
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, Unavailable

FORM = 1
"""The form of the file: what is written here can be read by whoever knows this number."""
MANIFEST = "manifest.json"
PIECE = 1 << 16


def back_up(
    url: str, file: Path, secrets: dict[str, bytes], *, say: Callable[[str], None] = lambda _: None
) -> tuple[int, int]:
    """Write every row into a new file, as of one moment; return how many tables and rows that were.

    `secrets` are files of the data folder, by name. The file is its owner's alone, and is there whole or not at all.
    """
    revision = target.revision_of(url)
    with _made(file) as archive, tables.looking(url) as source:
        every = tables.ordered(source)
        found = tables.contents(source, every)
        for one in every:
            say(f"{one.name}: {found[one.name][0]:,} rows")
            with archive.open(f"tables/{one.name}", "w", force_zip64=True) as member:
                for piece in tables.read(source, one):
                    member.write(piece)
        for name, held in secrets.items():
            archive.writestr(f"secrets/{name}", held)
        order = [{"name": one.name, "columns": one.columns, "rows": found[one.name][0], "sum": found[one.name][1]}
                 for one in every]  # fmt: skip
        told = {"form": FORM, "revision": revision, "made_at": clock.now().isoformat(), "tables": order}
        archive.writestr(MANIFEST, json.dumps(told, indent=1))
    return len(every), sum(rows for rows, _ in found.values())


def restore(url: str, file: Path, *, say: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Write every row of a file into an empty database, and bring it to today's schema; all of it or nothing."""
    with _opened(file) as archive:
        told = _manifest(archive, file)
        target.prepare(url, told["revision"])
        wanted = {one["name"]: (int(one["rows"]), str(one["sum"])) for one in told["tables"]}
        with tables.filling(url) as new:
            every = tables.ordered(new)
            for one in every:
                say(f"{one.name}: {wanted[one.name][0]:,} rows")
                tables.write(new, one, _pieces(archive, one.name))
            tables.compare(wanted, tables.contents(new, every))
    migrations.upgrade(url)
    return len(wanted), sum(rows for rows, _ in wanted.values())


def secrets_in(file: Path) -> dict[str, bytes]:
    """Return the secrets that a backup holds, by the names of their files."""
    with _opened(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("secrets/")]
        return {Path(name).name: archive.read(name) for name in names}


def manifest_of(file: Path) -> dict[str, Any]:
    """Return what a backup says of itself: form, revision, made_at, tables."""
    with _opened(file) as archive:
        return _manifest(archive, file)


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Invalid("file", f"{file} is no backup of Truebook.") from error
    if told.get("form") != FORM:
        raise Invalid("file", f"{file} was written by a newer Truebook: use that version.")
    return told


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(f"tables/{name}") as member:
        while piece := member.read(PIECE):
            yield piece


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError) as error:
        raise Invalid("file", f"{file} is no backup of Truebook, or is damaged.") from error
    except OSError as error:
        raise Unavailable(f"{file} cannot be read: {error.strerror}.") from error


@contextmanager
def _made(file: Path) -> Iterator[zipfile.ZipFile]:
    """Lend a new archive that gets its name once it is whole; what is there already is never written over."""
    if file.exists():
        raise Invalid("file", f"{file} is there already: give another name.")
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.unlink(missing_ok=True)
        held: IO[bytes] = os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w+b")
        with held:
            with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
                yield archive
            held.flush()
            os.fsync(held.fileno())
        file.hardlink_to(beside)
    except FileExistsError as error:
        raise Invalid("file", f"{file} is there already: give another name.") from error
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)
