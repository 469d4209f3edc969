"""Which user the server runs as (PostgreSQL refuses root), what that user can reach, and running programs as them."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from truebook.kernel.errors import Unavailable

NAME = "truebook"
"""The system user whom root has run the server. Nothing else runs as this user: whoever does, owns the database."""
SHARED = ("root", "nobody")
"""Users whom others run as, too."""
MAKING = (
    ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
     "--shell", "/usr/sbin/nologin", NAME),
    ("adduser", "-S", "-D", "-H", NAME),
)  # fmt: skip
"""How a system user is made, on most systems and on busybox's."""
LEASH = Path(__file__).with_name("leash.py")
PASSED_ON = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
FIRST_CLOSED = 'for path; do test "$how" "$path" || { echo "$path"; exit 1; }; done'


@dataclass(frozen=True)
class Owner:
    """The user the server runs as."""

    name: str
    uid: int
    gid: int

    @property
    def other(self) -> bool:
        """Whether that is another user than ours, which happens only when we are root."""
        return self.uid != os.geteuid()

    def give(self, path: Path) -> None:
        """Make path belong to this user."""
        if self.other:
            os.chown(path, self.uid, self.gid)

    def take_over(self, folder: Path) -> None:
        """Make a folder and everything in it belong to this user, if it belongs to another."""
        if not self.other or not folder.exists() or folder.stat().st_uid == self.uid:
            return
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(Path(place) / name, self.uid, self.gid, follow_symlinks=False)
        self.give(folder)  # last, so that what was interrupted is begun again

    def leashed(self, program: Iterable[str | Path], at_our_death: signal.Signals) -> list[str]:
        """Return the command that runs program as this user and sends it a signal when our process dies."""
        numbers = (os.getpid(), self.uid, self.gid, int(at_our_death))
        return [sys.executable, "-I", "-S", str(LEASH), *map(str, numbers), *map(str, program)]

    def run(self, program: Iterable[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run program as this user to its end; it does not outlive us."""
        return subprocess.run(
            self.leashed(program, signal.SIGKILL),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=environment(),
            cwd="/",
            start_new_session=True,
            check=False,
        )

    def blocked(self, path: Path) -> Path | None:
        """Return the first folder on the way to (and including) path that this user cannot enter."""
        return self._closed("-x", [*reversed(path.parents), path])

    def unreadable(self, *files: Path) -> Path | None:
        """Return the first of some files that this user cannot read."""
        return self._closed("-r", files)

    def _closed(self, how: str, paths: Iterable[Path]) -> Path | None:
        script = f"how={how}; {FIRST_CLOSED}"
        found = self.run(["/bin/sh", "-c", script, "sh", *paths]).stdout.removesuffix("\n")
        return Path(found) if found else None


def of(*folders: Path) -> Owner:
    """Return who runs the server: ourselves; for root the first user of their own who owns one of folders, or truebook.

    Raises Unavailable where there is no such user and none can be made.
    """
    if os.geteuid():
        return known(os.geteuid()) or Owner(f"user {os.geteuid()}", os.geteuid(), os.getegid())
    for folder in folders:
        if folder.exists() and (user := known(folder.stat().st_uid)) and user.name not in SHARED:
            return user
    return _of_our_own()


def _of_our_own() -> Owner:
    """Return the system user who runs the server for root, made where there is none."""
    for command in MAKING:
        if not _exists() and shutil.which(command[0]):
            subprocess.run(command, capture_output=True, check=False)  # another process may be faster
    if not _exists():
        raise Unavailable(
            "PostgreSQL refuses to run as root, and there is no system user of its own to run it as: "
            f"make one (useradd --system {NAME}), start Truebook as another user, or set DATABASE_URL."
        )
    entry = pwd.getpwnam(NAME)
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _exists() -> bool:
    try:
        pwd.getpwnam(NAME)
    except KeyError:
        return False
    return True


def known(uid: int) -> Owner | None:
    """Return the user with an id if the system knows one, which initdb demands; containers invent other ids."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Owner(entry.pw_name, uid, entry.pw_gid)


def environment() -> dict[str, str]:
    """Return the little that the server's programs see of our environment: no PG… variable, no key, no secret."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"LC_ALL": "C"}
