"""A program that books as fast as it can and says so, one line for each booking acknowledged, until it is killed."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.desk import MONDAY, NOW, Desk, furnish
from truebook.booking import actions
from truebook.booking.errors import OutcomeUnknown
from truebook.booking.store import Key
from truebook.db import Database
from truebook.kernel.errors import Unavailable


def wishes() -> Iterator[tuple[datetime, str]]:
    """Yield every time of the coming weeks that can be had, with everybody."""
    for day in range(84):
        for number in range(10):
            for staff in ("Anna", "Ben"):
                if day % 7 < 5:
                    start = MONDAY.replace(hour=9) + timedelta(days=day, minutes=45 * number)
                    yield start, staff


async def book_on(db: Database, desk: Desk, left: Iterator[tuple[datetime, str]]) -> None:
    for start, staff in left:
        text = f"{staff} {start.isoformat()}"
        try:
            made = await actions.book(db, desk.scope, desk.wish(start, staff=staff), now=NOW, key=Key(text, bytes(32)))
        except (Unavailable, OutcomeUnknown):
            return
        print(made.id, made.staff_name, made.start.isoformat(), made.customer.name, flush=True)


async def main(url: str, slug: str) -> None:
    async with Database(url, size=8, patience=0.5) as db:
        desk = await furnish(db, slug)
        print("tenant", desk.account, flush=True)
        left = wishes()
        await asyncio.gather(*(book_on(db, desk, left) for _ in range(8)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
