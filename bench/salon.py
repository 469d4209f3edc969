"""A business to storm: people, chairs, a laser, rooms, mats and two classes on them; open day and night."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import timetable
from truebook.booking.errors import Refusal
from truebook.booking.model import Customer, Wanted, Wish
from truebook.db import Database, Scope
from truebook.kernel import clock, ids
from truebook.tenants import accounts, hours, pools, requirements
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.pools import POOLS
from truebook.tenants.requirements import Requirement
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services


@dataclass
class Salon:
    """A business to fight for: four members of staff, three chairs, a laser, two rooms, twelve mats; always open.

    Two classes share twelve seats and have a teacher each.
    """

    db: Database
    scope: Scope
    first: datetime
    services: dict[str, UUID] = field(default_factory=dict)
    staff: list[UUID] = field(default_factory=list)
    units: dict[str, list[UUID]] = field(default_factory=dict)
    teachers: list[UUID] = field(default_factory=list)
    seats: UUID = field(default_factory=ids.uuid7)
    courses: list[UUID] = field(default_factory=list)
    called_off: set[UUID] = field(default_factory=set)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def visit(self, rnd: random.Random) -> Wish:
        """Return a wish for colour, cut and laser: eight claims of eight at most different resources."""
        start = self.first + timedelta(days=rnd.randrange(5), minutes=15 * rnd.randrange(28))
        parts = tuple(Wanted(self.services[one]) for one in ("Colour", "Cut", "Laser"))
        return Wish(parts[0].service_id, start, Customer("Carla"), segments=parts, same_staff=False)

    def one(self, service: str, start: datetime, staff: UUID | None = None) -> Wish:
        return Wish(self.services[service], start, Customer("Carla"), staff)

    async def course(self, rnd: random.Random) -> UUID:
        """Put another class on the calendar, at an hour where there are teacher and seats for it."""
        while True:
            start = self.first + timedelta(days=rnd.randrange(5), hours=rnd.randrange(10, 20))
            wanted = timetable.Course(self.services["Class"], rnd.choice(self.teachers), self.seats, 6)
            with suppress(Refusal):
                return (await timetable.add(self.db, self.scope, wanted, start, now=clock.now())).id


async def furnish(db: Database) -> Salon:
    """Open the salon."""
    account = await accounts.open_account(db, "bench", name="Storm", slug=f"storm-{ids.uuid7().hex}")
    scope = Scope(account.id, "bench", "storm")
    first = clock.at((clock.now() + timedelta(days=2)).date(), 8 * 60, clock.zone("UTC"))
    salon = Salon(db, scope, first)
    lengths = {"Colour": 80, "Cut": 30, "Laser": 15, "Yoga": 60, "Class": 60}
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
        offered = [salon.services[name] for name in roles]
        await set_services(db, scope, salon.staff[-1], offered)
    for n in range(12):  # twelve mats, each of them somebody's for the hour
        mat = await STAFF.add(db, scope, name=f"Mat {n}")
        await set_services(db, scope, mat.id, [salon.services["Yoga"]])
    for n in range(2):
        salon.teachers.append((await STAFF.add(db, scope, name=f"Teacher {n}")).id)
        await set_services(db, scope, salon.teachers[-1], [salon.services["Class"]])
    salon.seats = (await POOLS.add(db, scope, name="Seat", kind="seat")).id
    await pools.add_units(db, scope, salon.seats, 12)
    await hours.put(db, scope, Hours(None, 15, 0, 90, 0, tuple(Opening(day, 0, 1440) for day in range(7))))
    salon.courses = [await salon.course(random.Random(n)) for n in range(2)]
    return salon


def _staff(*busy: tuple[int, int]) -> Requirement:
    return Requirement("stylist", None, busy)


def _unit(role: str, pool: UUID, minutes: int) -> Requirement:
    return Requirement(role, pool, ((0, minutes),))
