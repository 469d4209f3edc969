"""A program that runs a server, to be killed and interrupted by tests: `python -m tests.server.parent DATA`.

It prints a line of JSON when the server answers, and another one when Ctrl-C has reached it.
"""

import json
import signal
import sys
import time
from pathlib import Path

import psycopg

from truebook.db import server


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def main() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background ignores it
    with server.start(Path(sys.argv[1])) as running:
        try:  # the interrupt may come as soon as the line can be read
            tell(pid=running.pid, url=running.url(), binaries=str(running.binaries))
            time.sleep(120)
        except KeyboardInterrupt:
            with psycopg.connect(running.url()) as connection:
                tell(answer=connection.execute("SELECT 42").fetchone())


if __name__ == "__main__":
    main()
