"""Storms on the desk's own actions: many fight for few people, chairs and units; an audit counts what must never be.

`python -m bench.storms 600` for ten minutes each, `python -m bench.storms 60 visits seats` for some.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import psycopg

from bench.place import database, running_server
from bench.salon import Salon, furnish
from truebook.booking import actions, blocks, classes, repeats, series, turns, waitlist
from truebook.booking.errors import InTheWay, Refusal, SlotTaken
from truebook.booking.model import Customer, Span
from truebook.db import Database
from truebook.kernel import clock
from truebook.kernel.errors import Unavailable

CLIENTS = 16
AUDIT = {
    "overlapping claims": """SELECT count(*) FROM claims a JOIN claims b ON a.tenant_id = b.tenant_id
        AND a.resource_id = b.resource_id AND (a.starts_at, a.ctid) < (b.starts_at, b.ctid)
        AND a.ends_at > b.starts_at""",
    "half visits": """SELECT count(*) FROM appointments a WHERE status IN ('held', 'pending', 'confirmed')
        AND (SELECT sum(s.claims) FROM appointment_segments s
              WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.id)
            IS DISTINCT FROM
            (SELECT count(*) FROM claims c WHERE c.tenant_id = a.tenant_id AND c.appointment_id = a.id)""",
    "claims of what is over": """SELECT count(*) FROM claims c JOIN appointments a ON a.tenant_id = c.tenant_id
        AND a.id = c.appointment_id WHERE a.status IN ('cancelled', 'no_show')""",
    "deadlocks": "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
}
"""What must never be, at the end of a storm or during it."""


Lasts = Callable[[Counter[str]], bool]
"""Tells from what has happened whether a storm goes on."""
Storm = Callable[[Salon, random.Random, Counter[str], Lasts], Awaitable[None]]


async def visits(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Book and cancel visits of three segments and eight claims."""
    mine: list[UUID] = []
    while lasts(count):
        try:
            mine.append((await actions.book(salon.db, salon.scope, salon.visit(rnd), now=clock.now())).id)
            count["booked"] += 1
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1
        if len(mine) > 1:
            await actions.cancel(salon.db, salon.scope, mine.pop(0), now=clock.now())
            count["cancelled"] += 1


async def seats(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Sell the twelve mats of a few evenings, again and again: never more than twelve."""
    while lasts(count):
        evening = salon.first + timedelta(days=rnd.randrange(3), hours=9)
        try:
            made = await actions.book(salon.db, salon.scope, salon.one("Yoga", evening), now=clock.now())
            count["booked"] += 1
        except SlotTaken:
            count["refused"] += 1
            continue
        if rnd.random() < 0.7:
            await actions.cancel(salon.db, salon.scope, made.id, now=clock.now())
            count["cancelled"] += 1


async def swaps(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Move visits over one another, all at once, a third of them to where another one is."""
    mine = []
    for _ in range(3):
        try:
            mine.append(await actions.book(salon.db, salon.scope, salon.visit(rnd), now=clock.now()))
        except Refusal:
            count["no room"] += 1
    while mine and lasts(count):
        one = rnd.choice(mine)
        to = rnd.choice(mine).start if rnd.random() < 0.3 else salon.visit(rnd).start
        try:
            await actions.move(salon.db, salon.scope, one.id, to, now=clock.now())
            count["moved"] += 1
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1


async def units(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Close chairs and people for an hour while visits are booked that need them."""
    everything = [*salon.staff, *salon.units["Chair"], *salon.units["Room"]]
    while lasts(count):
        start = salon.visit(rnd).start
        if rnd.random() < 0.8:
            try:
                made = await actions.book(salon.db, salon.scope, salon.visit(rnd), now=clock.now())
                count["booked"] += 1
                if rnd.random() < 0.8:
                    await actions.cancel(salon.db, salon.scope, made.id, now=clock.now())
            except Refusal as refusal:
                count[f"refused: {refusal.code}"] += 1
            continue
        try:
            end = start + timedelta(hours=1)
            block = await blocks.add(
                salon.db, salon.scope, rnd.choice(everything), start, end, kind="away", now=clock.now()
            )
        except InTheWay:
            count["block in the way"] += 1
            continue
        count["blocked"] += 1
        await blocks.remove(salon.db, salon.scope, block.id)


async def capacity(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Make two classes larger and smaller, move and cancel them, while their places are sold."""
    while lasts(count):
        place, dice = rnd.randrange(len(salon.courses)), rnd.random()
        course = salon.courses[place]
        try:
            if dice < 0.70:
                made = await classes.book(
                    salon.db, salon.scope, course, Customer("Carla"), now=clock.now(), seats=rnd.randint(1, 3)
                )
                count["booked"] += 1
                if rnd.random() < 0.6:
                    await actions.cancel(salon.db, salon.scope, made.id, now=clock.now())
            elif dice < 0.90:
                await classes.resize(salon.db, salon.scope, course, rnd.randint(4, 12))
                count["resized"] += 1
            elif dice < 0.98:
                start = salon.first + timedelta(days=rnd.randrange(3), hours=rnd.randrange(10, 20))
                await classes.move(salon.db, salon.scope, course, start, now=clock.now())
                count["moved"] += 1
            else:
                await classes.cancel(salon.db, salon.scope, course, now=clock.now())
                count["called off"] += 1
                if course not in salon.called_off:  # of two who call it off one puts another in its place
                    salon.called_off.add(course)
                    salon.courses[place] = await salon.course(rnd)
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1


async def waiting(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Fill the evenings and free them, while people wait, are offered what is freed, take it or let it go."""
    evenings = [salon.first + timedelta(days=day, hours=9) for day in range(2)]
    mine: list[UUID] = []
    while lasts(count):
        evening, dice = rnd.choice(evenings), rnd.random()
        span = Span(evening, evening + timedelta(hours=1))
        try:
            if dice < 0.45:
                mine.append((await actions.book(salon.db, salon.scope, salon.one("Yoga", evening), now=clock.now())).id)
                count["booked"] += 1
            elif dice < 0.65 and mine:
                await actions.cancel(salon.db, salon.scope, mine.pop(0), now=clock.now())
                count["cancelled"] += 1
            elif dice < 0.80:
                who = Customer("Carla", f"+4366012{rnd.randrange(10**5):05}")
                wanted = waitlist.Waiting(salon.services["Yoga"], None, (span,))
                await waitlist.join(salon.db, salon.scope, who, wanted, now=clock.now())
                count["joined"] += 1
            elif dice < 0.90:
                count["offered"] += len(await turns.offer(salon.db, salon.scope, span, now=clock.now()))
            elif offered := await waitlist.listing(salon.db, salon.scope, status="offered"):
                entry = rnd.choice(offered).id
                if rnd.random() < 0.6:
                    mine.append((await turns.take(salon.db, salon.scope, entry, now=clock.now())).id)
                    count["taken"] += 1
                else:
                    await turns.let_go(salon.db, salon.scope, entry)
                    count["let go"] += 1
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1


async def weekly(salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Book the same hour of six days, all or as far as possible, move the rest of a series and cancel it."""
    mine: list[repeats.Series] = []
    while lasts(count):
        dice, minute = rnd.random(), 15 * rnd.randrange(32, 56)
        try:
            if dice < 0.5:
                wish = salon.one("Cut", repeats.NEVER, rnd.choice(salon.staff) if rnd.random() < 0.5 else None)
                plan = series.Plan(wish, "FREQ=DAILY;COUNT=6", salon.first.date(), minute)
                mode: series.Mode = "all" if rnd.random() < 0.5 else "possible"
                mine.append(await series.book(salon.db, salon.scope, plan, mode, salon.zone, now=clock.now()))
                count["booked"] += 1
                count["refused dates"] += sum(day.status == "refused" for day in mine[-1].days)
            elif mine and dice < 0.75:
                since, to = salon.first.date() + timedelta(days=rnd.randrange(4)), series.Other(minute=minute)
                await series.move(salon.db, salon.scope, rnd.choice(mine).id, since, to, now=clock.now())
                count["moved"] += 1
            elif mine:
                gone = mine.pop(rnd.randrange(len(mine)))
                since = salon.first.date() + timedelta(days=rnd.randrange(2))
                await series.cancel(salon.db, salon.scope, gone.id, since, now=clock.now())
                count["cancelled"] += 1
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1


STORMS: dict[str, Storm] = {
    "visits": visits,
    "seats": seats,
    "swaps": swaps,
    "units": units,
    "capacity": capacity,
    "waiting": waiting,
    "weekly": weekly,
}


def for_seconds(seconds: float) -> Lasts:
    """Let a storm last a while, counted from when it is asked first."""
    end: float | None = None

    def lasts(_: Counter[str]) -> bool:
        nonlocal end
        end = end or time.monotonic() + seconds
        return time.monotonic() < end

    return lasts


async def rage(url: str, storm: Storm, lasts: Lasts, clients: int = CLIENTS) -> Counter[str]:
    """Let a storm rage over a salon of its own; return what happened, what must never be among it."""
    count: Counter[str] = Counter()
    async with Database(url, size=clients, patience=30.0) as db:
        salon = await furnish(db)
        await asyncio.gather(*(_steadfast(storm, salon, random.Random(n), count, lasts) for n in range(clients)))
    with psycopg.connect(url, options="-c search_path=truebook") as connection:
        for name, query in AUDIT.items():
            row = connection.execute(query).fetchone()  # type: ignore[call-overload]
            count[name] = row[0]
    return count


async def _steadfast(storm: Storm, salon: Salon, rnd: random.Random, count: Counter[str], lasts: Lasts) -> None:
    """Go on where a starved machine says to try again: a wait for a lock that was given up; deadlocks are counted."""
    while lasts(count):
        try:
            await storm(salon, rnd, count, lasts)
        except Unavailable:
            count["told to try again"] += 1


def main(seconds: float, names: list[str]) -> None:
    """Let the named storms rage, or all, and print what each came to."""
    with running_server() as server:
        for name in names or STORMS:
            with database(server) as url:
                count = asyncio.run(rage(url, STORMS[name], for_seconds(seconds)))
            broken = {what: count.pop(what) for what in AUDIT}
            told = ", ".join(f"{number} {what}" for what, number in sorted(count.items()))
            print(f"{name:8} {told}\n         {', '.join(f'{n} {what}' for what, n in broken.items())}", flush=True)
            if any(broken.values()):
                sys.exit(1)


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 10, sys.argv[2:])
