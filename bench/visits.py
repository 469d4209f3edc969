"""The free times of a visit, worked out in memory, against those of one service, both in one run.

Five people with the same hours, three chairs and a laser over 31 days, two fifths of it booked; three segments that
need two resources each, with anyone. What hours allow is remembered in both, what is taken is new each time.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from bench.figures import Figure, middle
from truebook.booking import availability, planning
from truebook.booking.model import Diary, Hours, Policy, Role, Service, Taken, ticks
from truebook.booking.visits import Part, Resource, Visit
from truebook.db.server import Server

ROUNDS, AT_LEAST = 9, 0.05
FIRST, NOW = date(2030, 3, 4), datetime(2030, 3, 2, tzinfo=UTC)
LAST = FIRST + timedelta(days=30)
CHAIRS, LASERS = UUID(int=1001), UUID(int=1002)
OFFERED = tuple(UUID(int=2000 + n) for n in range(4))
HOURS = Hours(ZoneInfo("Europe/Vienna"), dict.fromkeys(range(7), ((540, 780), (840, 1080))), {}, ())


def measure(server: Server) -> list[Figure]:
    """Look for one service and for visits in turn; the server is not asked."""
    rnd = random.Random(1)
    resources = [_resource(rnd, n, None) for n in range(5)]
    resources += [_resource(rnd, 10 + n, CHAIRS) for n in range(3)] + [_resource(rnd, 20, LASERS)]
    whole, half = ((0, 45),), ((0, 30),)
    plain, colour = _service(0, 45), _service(1, 80, ((0, 30), (60, 80)), CHAIRS)
    cut, laser = _service(2, 30, half, CHAIRS), _service(3, 20, ((0, 20),), LASERS)
    three = (Part(colour), Part(cut), Part(laser))
    wishes = [
        ("a visit of three segments and six resources, anyone", Visit(three, same_staff=False)),
        ("· one member of staff throughout", Visit(three)),
        ("· one plain service, five staff", Visit((Part(plain),))),
        (
            "· two people side by side",
            Visit((Part(_service(1, 45, whole, CHAIRS)), Part(cut, None, "Mia", True)), False),
        ),
    ]
    diaries = [
        Diary(one.id, one.name, one.hours, one.policy, one.taken)
        for one in resources
        if one.hours is not None and one.policy is not None
    ]

    def today() -> int:
        return len(list(availability.slots(plain, diaries, FIRST, LAST, NOW)))

    def looks(visit: Visit) -> Callable[[], int]:
        return lambda: len(list(islice(planning.find(visit, resources, FIRST, LAST, NOW), 20)))

    tried = [looks(visit) for _, visit in wishes]
    rounds = [[_seconds(one) for one in (today, *tried)] for _ in range(ROUNDS)]
    figures = []
    for n, (name, _) in enumerate(wishes, 1):
        ratio = middle([took[n] / took[0] for took in rounds])
        told = f"{ratio:.2f} × one service's slots, {middle([took[n] for took in rounds]) * 1e3:.1f} ms"
        figures.append(Figure(name + ", 31 days, first 20", told))
    return figures


def _resource(rnd: random.Random, n: int, pool: UUID | None) -> Resource:
    hours, policy = (HOURS, Policy()) if pool is None else (None, None)
    starts, ends = [], []
    for day in range(31):
        minute = 480
        while minute < 1080:
            length = rnd.choice((15, 30, 45, 60))
            if rnd.random() < 0.4:
                begin = ticks(datetime(2030, 3, 4, tzinfo=UTC) + timedelta(days=day, minutes=minute))
                starts.append(begin)
                ends.append(begin + length * 60_000_000)
            minute += length
    taken = Taken(tuple(starts), tuple(ends), tuple(starts), tuple(ends))
    return Resource(UUID(int=n + 1), f"R{n}", pool, hours, policy, taken, frozenset(OFFERED if pool is None else ()))


def _service(n: int, length: int, busy: tuple[tuple[int, int], ...] = (), pool: UUID | None = None) -> Service:
    roles = (Role("stylist", None, busy), Role("place", pool, ((0, length),))) if pool else ()
    return Service(OFFERED[n], f"S{n}", length, roles=roles)


def _seconds(work: Callable[[], int]) -> float:
    began, times = time.perf_counter(), 0
    while time.perf_counter() - began < AT_LEAST:
        if not work():
            raise RuntimeError("nothing was found")
        times += 1
    return (time.perf_counter() - began) / times
