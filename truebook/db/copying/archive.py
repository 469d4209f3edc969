"""Every row of a database in one file, with what its secrets are sealed and its links signed with; and back."""

import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Final, Literal

import psycopg
from pydantic import BaseModel, ConfigDict, NonNegativeInt, StringConstraints

from truebook.db import migrations
from truebook.db.copying import tables, target
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, Unavailable
from truebook.kernel.shown import visible

FORM: Final = 1
"""The form of the file: what is written here can be read by whoever knows this number."""
MANIFEST = "manifest.json"
SECRETS = ("secret", "keys")
"""Files of the data folder without which links in receipts and sealed tokens are lost; no other goes into a backup."""
PIECE = 1 << 16
LARGEST_MANIFEST = 1 << 20
LARGEST_SECRET = 1 << 16
"""Bytes that are read into memory at once: a few KB are usual."""
WRITTEN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGE = (zipfile.BadZipFile, EOFError, zlib.error, struct.error, ValueError, OverflowError, RuntimeError)
"""What reading a damaged archive ends in; RuntimeError: encrypted, or of a kind that is never written."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Revision = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class Told(BaseModel):
    """What is written in a backup, and is read exactly so."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ToldTable(Told):
    """A table: its columns, and how many rows there are, with the sum of their digests."""

    name: Name
    columns: list[Name]
    rows: NonNegativeInt
    sum: str


class Form(BaseModel):
    """All that every form of the manifest has."""

    model_config = ConfigDict(strict=True, extra="ignore")

    form: NonNegativeInt


class Manifest(Told):
    """What a backup says of itself."""

    form: Literal[1]
    revision: Revision
    made_at: str
    tables: list[ToldTable]


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
        order = [
            ToldTable(name=one.name, columns=list(one.columns), rows=found[one.name][0], sum=found[one.name][1])
            for one in every
        ]
        told = Manifest(form=FORM, revision=revision, made_at=clock.now().isoformat(), tables=order)
        archive.writestr(MANIFEST, told.model_dump_json(indent=1))
    return len(every), sum(rows for rows, _ in found.values())


def restore(url: str, file: Path, *, say: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Write every row of a file into an empty database, and bring it to today's schema; all of it or nothing."""
    with _opened(file) as archive:
        told = _manifest(archive, file)
        target.prepare(url, told.revision)
        wanted = {one.name: (one.rows, one.sum) for one in told.tables}
        with tables.filling(url) as new:
            every = tables.ordered(new)
            if {one.name: one.columns for one in every} != {one.name: tuple(one.columns) for one in told.tables}:
                raise Invalid("file", f"{file} does not hold the tables of its revision: it is damaged.")
            for one in every:
                say(f"{one.name}: {wanted[one.name][0]:,} rows")
                try:
                    tables.write(new, one, _pieces(archive, file, one.name))
                except (psycopg.DataError, psycopg.IntegrityError) as error:
                    raise Invalid(
                        "file", f"{file} is damaged: not all that it holds of {one.name} are rows."
                    ) from error
            tables.compare(wanted, tables.contents(new, every))
    migrations.upgrade(url)
    return len(wanted), sum(rows for rows, _ in wanted.values())


def secrets_in(file: Path) -> dict[str, bytes]:
    """Return the secrets that a backup holds, by the names of their files.

    Raises Invalid unless the file is a backup that this Truebook reads, with nothing in it that no backup has.
    """
    with _opened(file) as archive:
        _manifest(archive, file)
        there = [name for name in SECRETS if f"secrets/{name}" in archive.namelist()]
        return {name: _small(archive, file, f"secrets/{name}", LARGEST_SECRET) for name in there}


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    held = _small(archive, file, MANIFEST, LARGEST_MANIFEST)
    with _reading(file):
        if Form.model_validate_json(held).form > FORM:
            raise Invalid("file", f"{file} was written by a newer Truebook: use that version.")
        told = Manifest.model_validate_json(held)
    migrations.refuse_newer(told.revision)
    own = {MANIFEST, *(f"secrets/{name}" for name in SECRETS), *(f"tables/{one.name}" for one in told.tables)}
    there = Counter(archive.namelist())
    if others := [name for name, times in there.items() if name not in own or times > 1]:
        raise Invalid(
            "file", f"{file} holds what no backup of Truebook has: {visible(others[0])}. Nothing was restored."
        )
    if lacking := [one.name for one in told.tables if f"tables/{one.name}" not in there]:
        raise Invalid("file", f"{file} is damaged: the rows of {lacking[0]} are not in it.")
    return told


def _pieces(archive: zipfile.ZipFile, file: Path, name: str) -> Iterator[bytes]:
    with _member(archive, file, f"tables/{name}") as member:
        while True:
            with _reading(file):
                piece = member.read(PIECE)
            if not piece:
                return
            yield piece


def _small(archive: zipfile.ZipFile, file: Path, name: str, largest: int) -> bytes:
    """Return a member that is read at once; raise Invalid where it is larger than such a thing can be."""
    with _member(archive, file, name) as member, _reading(file):
        held = member.read(largest + 1)
    if len(held) > largest:
        raise Invalid("file", f"{file} is no backup of Truebook: {name} is too large.")
    return held


@contextmanager
def _member(archive: zipfile.ZipFile, file: Path, name: str) -> Iterator[IO[bytes]]:
    with _reading(file):
        if archive.getinfo(name).compress_type not in WRITTEN:
            raise zipfile.BadZipFile("packed as no backup is")
        member = archive.open(name)
    with member:
        yield member


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    with _reading(file):
        archive = zipfile.ZipFile(file)
    with archive:
        yield archive


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Turn what reading a file that is no backup, or a damaged one, ends in into a sentence that names it."""
    try:
        yield
    except (*DAMAGE, KeyError) as error:
        raise Invalid("file", f"{file} is no backup of Truebook, or is damaged.") from error
    except OSError as error:
        raise Unavailable(f"{file} cannot be read: {error.strerror or error}.") from error


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
