"""What the system says a process has used (Linux)."""

import os
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process, its own and the kernel's on its behalf."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """Return the memory of a process: its own pages, and its share of those it shares with others (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"the system does not tell the memory of {pid}")


def family_cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and of its children that live."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return cpu_seconds(pid) + sum(cpu_seconds(int(child)) for child in children)
