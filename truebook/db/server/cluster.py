"""PostgreSQL's own data directory: made once, in one step, and bound to the major version that made it."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from truebook.db.server.address import USER
from truebook.db.server.binaries import Binaries
from truebook.db.server.owner import Owner
from truebook.kernel.errors import Unavailable

UNFINISHED = "cluster-new-"


def made_by(cluster: Path) -> int | None:
    """Return the major version of PostgreSQL that made a cluster, or None if there is no cluster yet."""
    try:
        return int((cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def make(cluster: Path, binaries: Binaries, user: Owner, *, fsync: bool) -> None:
    """Make a cluster beside its place and move it there when it is whole, so that a crash leaves none or all of it."""
    for left_over in cluster.parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=cluster.parent))
    user.give(new)
    done = user.run(
        [binaries.program("initdb"), "-D", new, *options(binaries.major), *([] if fsync else ["--no-sync"])]
    )
    if done.returncode:
        shutil.rmtree(new, ignore_errors=True)
        raise Unavailable(f"The database could not be created in {cluster.parent}: {last_words(done.stderr)}")
    new.rename(cluster)
    persist(cluster.parent)


def options(major: int) -> list[str]:
    """Return initdb's options: checksums, UTF-8, and texts that sort the same on every machine."""
    if major >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        locale = ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]
    return [
        "--data-checksums",
        "--encoding=UTF8",
        *locale,
        "--lc-messages=C",
        "--text-search-config=simple",
        f"--username={USER}",
        "--auth=trust",
    ]


def persist(folder: Path) -> None:
    """Make sure that the names in folder survive a power cut."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def last_words(output: str) -> str:
    """Return the last line a program wrote."""
    lines = output.strip().splitlines()
    return lines[-1] if lines else "it said nothing"
