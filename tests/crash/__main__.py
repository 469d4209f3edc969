"""`make crash`, or `python -m tests.crash [BOOKINGS] [--chats N] [--minutes M] [--folder F] [--seed S] [--clients C]
[--people P] [--rest R] [--thorough T] [--bugs]`.

Book while everything breaks, and hold what was said against the rows. With a folder a run goes on where its last piece
ended. A long one rests between the faults, and looks closely at a part of the bookings only: what was acknowledged is held
against the rows at the end all the same. `--bugs` plants the eight bugs instead, one after the other, and fails where one is not caught.
"""

import argparse
import asyncio
from pathlib import Path

from tests.crash.bugs import BUGS, planted
from tests.crash.run import Report, piece
from tests.crash.storm import REST
from tests.postgres import data_folder
from truebook.kernel import log


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    asked.add_argument("bookings", nargs="?", type=int, default=2_000)
    asked.add_argument("--chats", type=int, default=60, help="bookings on WhatsApp, besides")
    asked.add_argument("--minutes", type=float, default=15, help="then this piece ends, whatever is left")
    asked.add_argument("--folder", type=Path, help="go on with what lies there, and leave it there")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--clients", type=int, default=16, help="who book over REST at once")
    asked.add_argument("--people", type=int, default=8, help="who chat on WhatsApp at once")
    asked.add_argument("--rest", type=float, default=REST, help="seconds between two faults, in the middle")
    asked.add_argument(
        "--thorough", type=float, default=1.0, help="part of the bookings that are read, repeated, changed"
    )
    asked.add_argument("--bugs", action="store_true")
    given = asked.parse_args()
    log.configure(level="ERROR")
    if given.bugs:
        for bug in BUGS:
            caught = planted(bug)
            print(f"{bug.name}: {caught[0] if caught else 'NOT CAUGHT'}", flush=True)
            assert caught, bug.name
        return
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        _tell(asyncio.run(_piece(given.folder, given)))
        return
    with data_folder() as folder:
        _tell(asyncio.run(_piece(folder, given)))


async def _piece(folder: Path, given: argparse.Namespace) -> Report:
    return await piece(
        folder, given.bookings, given.chats, minutes=given.minutes, seed=given.seed,
        clients=given.clients, people=given.people, rest=given.rest, thorough=given.thorough,
    )  # fmt: skip


def _tell(report: Report) -> None:
    for what, number in sorted(report.happened.items()):
        print(f"{number:>7}  {what}")
    for line in report.wrong:
        print(line)
    print(f"{len(report.wrong):>7}  promises broken")
    assert not report.wrong


if __name__ == "__main__":
    main()
