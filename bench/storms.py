"""Storms on the desk's own actions: many fight for few people, chairs and units; an audit counts what must never be.

`python -m bench.storms 600` for ten minutes each, `python -m bench.storms 60 visits seats` for some.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import psycopg

from bench.place import database, running_server
from truebook.booking import actions, blocks
from truebook.booking.errors import InTheWay, Refusal, SlotTaken
from truebook.booking.model import Customer, Wanted, Wish
from truebook.db import Database, Scope
from truebook.kernel import clock, ids
from truebook.tenants import accounts, hours, pools, requirements
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.pools import POOLS
from truebook.tenants.requirements import Requirement
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

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


@dataclass
class Salon:
    """A business to fight for: four members of staff, three chairs, a laser, two rooms, twelve mats; always open."""

    db: Database
    scope: Scope
    first: datetime
    services: dict[str, UUID] = field(default_factory=dict)
    staff: list[UUID] = field(default_factory=list)
    units: dict[str, list[UUID]] = field(default_factory=dict)

    def visit(self, rnd: random.Random) -> Wish:
        """Return a wish for colour, cut and laser: eight claims of eight at most different resources."""
        start = self.first + timedelta(days=rnd.randrange(5), minutes=15 * rnd.randrange(28))
        parts = tuple(Wanted(self.services[one]) for one in ("Colour", "Cut", "Laser"))
        return Wish(parts[0].service_id, start, Customer("Carla"), segments=parts, same_staff=False)

    def one(self, service: str, start: datetime, staff: UUID | None = None) -> Wish:
        return Wish(self.services[service], start, Customer("Carla"), staff)


Storm = Callable[[Salon, random.Random, Counter[str], float], Awaitable[None]]


async def visits(salon: Salon, rnd: random.Random, count: Counter[str], until: float) -> None:
    """Book and cancel visits of three segments and eight claims."""
    mine: list[UUID] = []
    while time.monotonic() < until:
        try:
            mine.append((await actions.book(salon.db, salon.scope, salon.visit(rnd), now=clock.now())).id)
            count["booked"] += 1
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1
        if len(mine) > 1:
            await actions.cancel(salon.db, salon.scope, mine.pop(0), now=clock.now())
            count["cancelled"] += 1


async def seats(salon: Salon, rnd: random.Random, count: Counter[str], until: float) -> None:
    """Sell the twelve mats of a few evenings, again and again: never more than twelve."""
    while time.monotonic() < until:
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


async def swaps(salon: Salon, rnd: random.Random, count: Counter[str], until: float) -> None:
    """Move visits over one another, all at once, a third of them to where another one is."""
    mine = []
    for _ in range(3):
        try:
            mine.append(await actions.book(salon.db, salon.scope, salon.visit(rnd), now=clock.now()))
        except Refusal:
            count["no room"] += 1
    while mine and time.monotonic() < until:
        one = rnd.choice(mine)
        to = rnd.choice(mine).start if rnd.random() < 0.3 else salon.visit(rnd).start
        try:
            await actions.move(salon.db, salon.scope, one.id, to, now=clock.now())
            count["moved"] += 1
        except Refusal as refusal:
            count[f"refused: {refusal.code}"] += 1


async def units(salon: Salon, rnd: random.Random, count: Counter[str], until: float) -> None:
    """Close chairs and people for an hour while visits are booked that need them."""
    everything = [*salon.staff, *salon.units["Chair"], *salon.units["Room"]]
    while time.monotonic() < until:
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


STORMS: dict[str, Storm] = {"visits": visits, "seats": seats, "swaps": swaps, "units": units}


async def rage(url: str, storm: Storm, seconds: float, clients: int = CLIENTS) -> Counter[str]:
    """Let a storm rage over a salon of its own; return what happened, what must never be among it."""
    count: Counter[str] = Counter()
    async with Database(url, size=clients, patience=30.0) as db:
        salon = await furnish(db)
        until = time.monotonic() + seconds
        await asyncio.gather(*(storm(salon, random.Random(n), count, until) for n in range(clients)))
    with psycopg.connect(url, options="-c search_path=truebook") as connection:
        for name, query in AUDIT.items():
            row = connection.execute(query).fetchone()  # type: ignore[call-overload]
            count[name] = row[0]
    return count


async def furnish(db: Database) -> Salon:
    """Open the salon."""
    account = await accounts.open_account(db, "bench", name="Storm", slug=f"storm-{ids.uuid7().hex}")
    scope = Scope(account.id, "bench", "storm")
    first = clock.at((clock.now() + timedelta(days=2)).date(), 8 * 60, clock.zone("UTC"))
    salon = Salon(db, scope, first)
    lengths = {"Colour": 80, "Cut": 30, "Laser": 15, "Yoga": 60}
    for name, minutes in lengths.items():
        salon.services[name] = (await SERVICES.add(db, scope, name=name, duration_minutes=minutes)).id
    made = {}
    for name, kind, size in (("Chair", "equipment", 3), ("Laser", "equipment", 1), ("Room", "room", 2)):
        made[name] = (await POOLS.add(db, scope, name=name, kind=kind)).id
        salon.units[name] = [one.id for one in await pools.add_units(db, scope, made[name], size)]
    roles = {
        "Colour": [_staff((0, 30), (60, 80)), _unit("chair", made["Chair"], 80)],
        "Cut": [_staff((0, 30)), _unit("chair", made["Chair"], 30)],
        "Laser": [_staff((0, 15)), _unit("laser", made["Laser"], 15), _unit("room", made["Room"], 15)],
    }
    for name, needed in roles.items():
        await requirements.put(db, scope, salon.services[name], needed)
    for n in range(4):
        salon.staff.append((await STAFF.add(db, scope, name=f"Anna {n}")).id)
        offered = [one for name, one in salon.services.items() if name != "Yoga"]
        await set_services(db, scope, salon.staff[-1], offered)
    for n in range(12):  # twelve mats, each of them somebody's for the hour
        mat = await STAFF.add(db, scope, name=f"Mat {n}")
        await set_services(db, scope, mat.id, [salon.services["Yoga"]])
    await hours.put(db, scope, Hours(None, 15, 0, 90, 0, tuple(Opening(day, 0, 1440) for day in range(7))))
    return salon


def _staff(*busy: tuple[int, int]) -> Requirement:
    return Requirement("stylist", None, busy)


def _unit(role: str, pool: UUID, minutes: int) -> Requirement:
    return Requirement(role, pool, ((0, minutes),))


def main(seconds: float, names: list[str]) -> None:
    """Let the named storms rage, or all, and print what each came to."""
    with running_server() as server:
        for name in names or STORMS:
            with database(server) as url:
                count = asyncio.run(rage(url, STORMS[name], seconds))
            broken = {what: count.pop(what) for what in AUDIT}
            told = ", ".join(f"{number} {what}" for what, number in sorted(count.items()))
            print(f"{name:8} {told}\n         {', '.join(f'{n} {what}' for what, n in broken.items())}", flush=True)
            if any(broken.values()):
                sys.exit(1)


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 10, sys.argv[2:])
