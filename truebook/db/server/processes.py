"""What the system says of other processes. A pid alone proves nothing: pids are given out again."""

import subprocess
from pathlib import Path

PROC = Path("/proc/self")


def command(pid: int) -> str | None:
    """Return the command line of a living process, or None if there is none with this pid."""
    if PROC.exists():
        return _from_proc(pid)
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip() or None


def _from_proc(pid: int) -> str | None:
    try:
        raw = PROC.with_name(str(pid)).joinpath("cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return raw.replace(b"\0", b" ").decode(errors="replace").strip() or None  # empty: a zombie


def at_work_in(folder: Path) -> list[int]:
    """Return the living PostgreSQL processes whose working directory is known to be a folder."""
    pids = [int(entry.name) for entry in PROC.parent.iterdir() if entry.name.isdigit()] if PROC.exists() else []
    return [pid for pid in pids if (command(pid) or "").startswith("postgres: ") and works_in(pid, folder)]


def works_in(pid: int, folder: Path) -> bool:
    """Tell whether folder is known to be the working directory of a process."""
    try:
        return PROC.with_name(str(pid)).joinpath("cwd").samefile(folder)
    except OSError:
        return False
