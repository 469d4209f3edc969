"""Visits of several segments, people and resources: the search finds what trying everything finds, and says why not."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.booking import naive_visits as naive
from tests.booking.diaries import Busy, side_by_side
from truebook.booking import planning
from truebook.booking.errors import Refusal
from truebook.booking.model import Blackout, Hours, Policy, Role, Service, Span
from truebook.booking.visits import Part, Plan, Resource, Visit

pytestmark = pytest.mark.unit
MONDAY = date(2030, 1, 7)
ZERO = datetime(2030, 1, 7, tzinfo=UTC)
WORLDS = 500


def identity(name: str) -> UUID:
    return UUID(bytes=name.encode().ljust(16, b"."))


def at(minute: int) -> datetime:
    return ZERO + timedelta(minutes=minute)


def resource(thing: naive.Thing) -> Resource:
    """The same as the product knows it."""
    return Resource(
        identity(thing.name),
        thing.name,
        identity(thing.pool) if thing.pool else None,
        hours=Hours(
            ZoneInfo("UTC"),
            dict.fromkeys(range(7), thing.hours),
            {},
            tuple(Blackout(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day)) for day in sorted(thing.off)),
        )
        if thing.hours is not None
        else None,
        policy=Policy(thing.step, thing.notice, thing.horizon) if thing.step else None,
        taken=side_by_side(
            [Busy(Span(at(a), at(b)), Span(at(c), at(d))) for (a, b), (c, d) in zip(thing.own, thing.kept, strict=True)]
        ),
        offers=frozenset(map(identity, thing.offers)),
    )


def visit(paper: naive.Paper) -> Visit:
    return Visit(
        tuple(
            Part(
                Service(
                    identity(want.care.name),
                    want.care.name,
                    want.care.length,
                    want.care.before,
                    want.care.after,
                    roles=tuple(
                        Role(name, identity(pool) if pool else None, busy) for name, pool, busy in want.care.roles
                    ),
                ),
                identity(want.staff) if want.staff else None,
                want.guest,
                want.together,
            )
            for want in paper.wants
        ),
        paper.same_staff,
    )


STAFF = ((0, 30),), ((0, 10), (20, 30)), ((-10, 30),), ((0, 20), (25, 40)), ((5, 15),)
"""Whole, with processing time, with a buffer before, beyond the end, in the middle of half an hour."""
CHAIR = ((0, 30),), ((-5, 35),), ((30, 40),)


def care(rnd: random.Random, name: str) -> naive.Care:
    roles: list[tuple[str, str | None, naive.Spans]] = []
    if rnd.random() < 0.5:
        roles.append(("stylist", None, rnd.choice(STAFF)))
        if rnd.random() < 0.2:
            roles.append(("assistant", None, rnd.choice(STAFF)))
    if rnd.random() < 0.5:
        roles.append(("chair", "chairs", rnd.choice(CHAIR)))
    if rnd.random() < 0.2:
        roles.append(("laser", "lasers", ((0, 10), (15, 30))))
    return naive.Care(name, 30, rnd.choice((0, 0, 5, 10)), rnd.choice((0, 0, 5, 15)), tuple(roles))


def world(rnd: random.Random) -> naive.Paper:
    """A small business, three days of its book, and a wish of one to three segments for one or two people."""
    cares = [care(rnd, name) for name in ("cut", "wash", "colour")]
    shared = (rnd.choice((15, 20, 30)), rnd.choice((0, 60, 700)), rnd.choice((0, 1, 5)))
    usual = rnd.choice((((600, 720),), ((600, 660), (675, 780)), ((1380, 1440), (0, 90))))

    def taken() -> tuple[naive.Spans, naive.Spans]:
        own, kept, minute = [], [], 540
        while minute < 2 * naive.DAY + 800:
            length = rnd.choice((10, 15, 30))
            if rnd.random() < 0.18:
                before, after = rnd.choice((0, 0, 5)), rnd.choice((0, 0, 5))
                own.append((minute, minute + length))
                kept.append((minute - before, minute + length + after))
            minute += length + 10
        rnd.shuffle(both := list(zip(own, kept, strict=True)))
        return tuple(one for one, _ in both), tuple(one for _, one in both)

    def staff(n: int) -> naive.Thing:
        step, notice, horizon = shared if rnd.random() < 0.7 else (rnd.choice((10, 15, 45)), 30, 2)
        hours = usual if rnd.random() < 0.7 else ((605, 725),)
        off = frozenset({rnd.choice((0, 1))}) if rnd.random() < 0.2 else frozenset()
        offers = frozenset(one.name for one in cares if rnd.random() < 0.85)
        return naive.Thing(f"staff{n}", None, hours, off, step, notice, horizon, *taken(), offers)

    def unit(pool: str, n: int) -> naive.Thing:
        hours = ((610, 720),) if rnd.random() < 0.2 else None
        return naive.Thing(f"{pool}{n}", pool, hours, frozenset(), 0, 0, 0, *taken())

    things = [staff(n) for n in range(rnd.randint(1, 3))]
    things += [unit("chairs", n) for n in range(rnd.randint(1, 2))]
    things += [unit("lasers", n) for n in range(rnd.choice((1, 1, 1, 0)))]
    wants = tuple(
        naive.Want(
            rnd.choice(cares),
            f"staff{rnd.randint(0, 2)}" if rnd.random() < 0.15 else None,
            rnd.choice((None, None, "Mia")),
            rnd.random() < 0.3,
        )
        for _ in range(rnd.randint(1, 3))
    )
    return naive.Paper(things, wants, rnd.random() < 0.6, rnd.choice((0, 300, 620, 1500)))


@pytest.mark.parametrize("part", range(10))
def test_the_search_finds_what_trying_everything_finds(part: int) -> None:
    found_any = 0
    for seed in range(part * WORLDS // 10, (part + 1) * WORLDS // 10):
        paper = world(random.Random(seed))
        resources, wish = [resource(thing) for thing in paper.things], visit(paper)
        plans = [*planning.find(wish, resources, MONDAY, MONDAY + timedelta(days=1), at(paper.now))]
        expected = [minute for minute in range(0, 2 * naive.DAY, 5) if paper.ways(minute, on_grid=True)]
        assert [plan.start for plan in plans] == [at(minute) for minute in expected], f"world {seed}"
        starts = planning.starts(wish, resources, MONDAY, MONDAY + timedelta(days=1), at(paper.now))
        assert [*starts] == [at(minute) for minute in expected], f"world {seed}"
        for plan in plans:
            is_one_of_the_ways(paper, plan, on_grid=True)
        found_any += bool(plans)
    assert found_any >= WORLDS // 10 // 4


@pytest.mark.parametrize("part", range(5))
def test_one_start_is_had_or_refused_for_the_reason_that_trying_everything_gives(part: int) -> None:
    codes = set()
    for seed in range(part * WORLDS // 5, (part + 1) * WORLDS // 5):
        rnd = random.Random(seed)
        paper = world(rnd)
        resources, wish = [resource(thing) for thing in paper.things], visit(paper)
        for _ in range(8):
            minute = rnd.randrange(580, 760) + naive.DAY * rnd.choice((0, 0, 1))
            expected = paper.why_not(minute)
            codes.add(expected[0] if expected else None)
            try:
                plan = planning.choose(wish, resources, at(minute), at(paper.now))
            except Refusal as refusal:
                assert expected is not None, f"world {seed}: {minute} is free, but {refusal.code}"
                assert refusal.code == expected[0], f"world {seed} at {minute}"
                if expected[1] and refusal.data.get("role"):
                    assert (refusal.data["segment"], refusal.data["role"]) == expected[1:], f"world {seed} at {minute}"
            else:
                assert expected is None, f"world {seed}: {minute} was given, but {expected}"
                is_one_of_the_ways(paper, plan, on_grid=False)
    assert codes >= {None, "not_offered", "notice", "blackout", "closed", "booked", "buffer"}


def is_one_of_the_ways(paper: naive.Paper, plan: Plan, on_grid: bool) -> None:
    """Check who does what against all ways to share it out, and the claims minute by minute."""
    start = (plan.start - ZERO) // timedelta(minutes=1)
    jobs = naive.jobs(paper.wants)
    seats = {(n, seat.role): seat.resource_name for n, segment in enumerate(plan.segments) for seat in segment.seats}
    who = tuple(seats[job.part, job.role] for job in jobs)
    assert who in [tuple(one.name for one in way) for way in paper.ways(start, on_grid)]
    begins = naive.beginnings(paper.wants)
    for segment, want, begin in zip(plan.segments, paper.wants, begins, strict=True):
        assert (segment.start, segment.end) == (at(start + begin), at(start + begin + want.care.length))
    held: dict[UUID, dict[int, int]] = {}
    for n, segment in enumerate(plan.segments):
        assert list(segment.claims) == sorted(segment.claims, key=lambda claim: (claim.resource_id, claim.start))
        for claim in segment.claims:
            mine = held.setdefault(claim.resource_id, {})
            for minute in range(
                (claim.start - ZERO) // timedelta(minutes=1), (claim.end - ZERO) // timedelta(minutes=1)
            ):
                assert minute not in mine, "two claims of a visit overlap"
                mine[minute] = n
    for name in set(who):
        filled = [job for job, one in zip(jobs, who, strict=True) if one == name]
        wanted = {minute for job in filled for minute in naive.later(job.work | job.besides, start)}
        kept = held.pop(identity(name))
        assert set(kept) == wanted, "a resource is kept for what it has to do, no more and no less"
        for job in filled:
            assert {kept[minute] for minute in naive.later(job.work, start)} == {job.part}
    assert not held
