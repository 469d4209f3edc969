"""The audit of a hundred tables, as `python -m bench.audit` measures it in processes of its own."""

import re
import subprocess
import sys

from bench.audit import MEGABYTES, SECONDS
from bench.figures import Figure
from truebook.db.server import Server


def measure(_: Server) -> list[Figure]:
    """Run it and read what it prints."""
    done = subprocess.run([sys.executable, "-m", "bench.audit"], stdout=subprocess.PIPE, text=True, check=False)
    seconds, megabytes = re.search(r"([\d.]+) s ", done.stdout), re.search(r"(\d+) MB", done.stdout)
    if seconds is None or megabytes is None:
        raise RuntimeError(f"the audit could not be measured: {done.stdout}")
    return [
        Figure(
            "audit of 100 tables",
            f"{float(seconds[1]):.1f} s, {megabytes[1]} MB",
            f"< {SECONDS} s, < {MEGABYTES} MB",
            done.returncode == 0,
        )
    ]
