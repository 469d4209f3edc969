"""PostgreSQL's own data directory: made once, and bound to the major version that made it."""

import sys
from pathlib import Path

from truebook.db.server.address import USER
from truebook.db.server.binaries import Binaries
from truebook.db.server.owner import Owner
from truebook.db.server.whole import made_whole
from truebook.kernel.errors import Unavailable


def made_by(cluster: Path) -> int | None:
    """Return the major version of PostgreSQL that made a cluster, or None if there is no cluster yet."""
    try:
        return int((cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def make(cluster: Path, binaries: Binaries, user: Owner, *, fsync: bool) -> None:
    """Make a cluster; raise Unavailable with initdb's last words if that fails."""
    hasty = [] if fsync else ["--no-sync"]
    with made_whole(cluster) as new:
        user.give(new)
        done = user.run([binaries.program("initdb"), "-D", new, *options(binaries.major), *hasty])
        if done.returncode:
            raise Unavailable(f"The database could not be created in {cluster}: {last_words(done.stderr)}")


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


def last_words(output: str) -> str:
    """Return the last line a program wrote."""
    lines = output.strip().splitlines()
    return lines[-1] if lines else "it said nothing"
