"""The memory that `truebook up` takes while nothing happens, and the time until it is ready."""

import time
from statistics import median

from bench.figures import Figure
from bench.place import data_folder
from bench.processes import megabytes
from bench.serving import free_port, stopped, truebook, wait_until_ready
from truebook.db.server import Server

ROUNDS, REST = 3, 5.0


def measure(_: Server) -> list[Figure]:
    """Start the desk on the same data directory again and again; the first time, which makes it, does not count."""
    ready: list[float] = []
    memory: list[float] = []
    with data_folder() as data:
        for turn in range(ROUNDS + 1):
            port, begun = free_port(), time.perf_counter()
            with stopped(truebook("up", TRUEBOOK_DATA=str(data), TRUEBOOK_PORT=str(port), DATABASE_URL="")) as desk:
                wait_until_ready(port, desk)
                if turn:
                    ready.append(time.perf_counter() - begun)
                    time.sleep(REST)
                    memory.append(megabytes(desk.pid))
    return [
        Figure("idle memory of app and worker (PSS)", f"{median(memory):.0f} MB", "≤ 110 MB", median(memory) <= 110),
        Figure("`truebook up` again until /readyz", f"{median(ready):.1f} s", "≤ 3 s", median(ready) <= 3),
    ]
