"""PostgreSQL's own programs (psql, pg_dump, pg_restore), of the version of the server they talk to."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from truebook.db.server import binaries
from truebook.db.server.owner import environment


def program(url: str, name: str, *arguments: str | Path, stdin: str | None = None) -> str:
    """Run a program on the database at url and return its output; fail with its last words."""
    done = subprocess.run(
        [folder(url) / name, *arguments, f"--dbname={url}"],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, f"{name}: {done.stderr}"
    return done.stdout


def folder(url: str) -> Path:
    """Return the folder of the programs that fit the server at url; skip the test where there are none."""
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10000
    fit = [f.folder for place in binaries.folders() if (f := binaries.inspect(place)) and f.major == major]
    if not fit or not (fit[0] / "pg_dump").exists():
        pytest.skip(f"there is no pg_dump of version {major} on this machine")
    return fit[0]


def schema(url: str, owner: str = "") -> str:
    """Return the schema as pg_dump shows it, without what differs between two dumps of the same; owner by a fixed name."""
    dumped = program(url, "pg_dump", "--schema-only", "--schema=truebook", "--extension=btree_gist")
    kept = (line for line in dumped.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))
    text = "\n".join(kept)
    return text.replace(owner, "the_owner") if owner else text
