"""Measure, and print one table: `python -m bench` for everything, `python -m bench slots race` for some of it."""

import sys
from collections.abc import Callable

from bench import (
    auditing,
    booking,
    booking_page,
    chores,
    desk,
    idle,
    isolation,
    live,
    million,
    race,
    rebuilt,
    slots,
    talking,
    visiting,
    visits,
    webhooks,
)
from bench.figures import Figure, table
from bench.place import running_server
from truebook.db.server import Server

MEASUREMENTS: dict[str, Callable[[Server], list[Figure]]] = {
    "booking": booking.measure,
    "page": booking_page.measure,
    "visiting": visiting.measure,
    "million": million.measure,
    "slots": slots.measure,
    "visits": visits.measure,
    "isolation": isolation.measure,
    "race": race.measure,
    "talking": talking.measure,
    "chores": chores.measure,
    "desk": desk.measure,
    "live": live.measure,
    "rebuilt": rebuilt.measure,
    "idle": idle.measure,
    "audit": auditing.measure,
    "webhooks": webhooks.measure,
}


def main(names: list[str]) -> None:
    """Run the named measurements, or all."""
    unknown = set(names) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"There is no measurement {', '.join(sorted(unknown))}; these are: {', '.join(MEASUREMENTS)}.")
    figures: list[Figure] = []
    with running_server() as server:
        for name in names or MEASUREMENTS:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            figures += MEASUREMENTS[name](server)
    print(table(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
