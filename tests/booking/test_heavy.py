"""Nobody can fill the process or hold it up: what is remembered is weighed, and long computing happens elsewhere."""

import asyncio
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import pytest

from tests.booking.diaries import diary, resource, service, taken
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook.booking import actions, availability, free, planning, rules
from truebook.booking.errors import TooMuch
from truebook.booking.model import Blackout, Diary, Policy, Slot
from truebook.booking.visits import Part, Visit
from truebook.kernel import apart
from truebook.kernel.errors import Unavailable
from truebook.kernel.memory import Memory

FIRST = date(2030, 1, 7)
BEFORE = datetime(2030, 1, 6, tzinfo=UTC)


@pytest.mark.unit
def test_the_longest_unused_goes_first_and_of_whoever_has_too_much_their_own() -> None:
    memory = Memory(100, 60)
    for key in range(5):
        memory.keep("greedy", key, key, 20)
    assert [memory.get("greedy", key) for key in range(5)] == [None, None, 2, 3, 4]
    memory.keep("modest", "one", 1, 40)
    memory.keep("third", "one", 1, 20)  # greedy has been away longest
    assert (memory.get("greedy", 2), memory.get("greedy", 3), memory.get("modest", "one")) == (None, 3, 1)
    memory.keep("third", "two", 2, 61)
    assert memory.get("third", "two") is None
    memory.keep("modest", "one", 2, 10)
    assert memory.weight == 70
    memory.forget("greedy")
    assert memory.weight == 30


@pytest.mark.unit
def test_a_hundred_and_fifty_requests_for_slots_are_remembered_within_bounds() -> None:
    """Four people over two months, a different length and range each time."""
    people = [diary(policy=Policy(max_advance_days=700), staff=UUID(int=n)) for n in range(4)]
    tracemalloc.start()
    try:
        for number in range(150):
            first = FIRST + timedelta(days=number % 7)
            found = availability.slots(service(30 + number), people, first, first + timedelta(days=61), BEFORE)
            assert len(list(islice(found, 100))) == 100
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rules.WORKED.weight <= rules.WORKED.most
    assert held < rules.WORKED.share * 1.25  # it is one business that asked, and what is weighed is what it weighs


@pytest.mark.unit
def test_thousands_of_days_off_are_gone_through_once() -> None:
    looked = 0

    class Counted(tuple[Blackout, ...]):
        def __iter__(self) -> Iterator[Blackout]:
            nonlocal looked
            looked += 1
            return super().__iter__()

    off = Counted(
        Blackout(date(2000, 1, 1) + timedelta(days=n % 300), date(2000, 12, 1), yearly=True) for n in range(999)
    )
    one = diary()
    one = replace(one, hours=replace(one.hours, blackouts=off))
    assert not [*availability.slots(service(), [one], FIRST, FIRST + timedelta(days=61), BEFORE)]
    assert looked == 1


@pytest.mark.unit
def test_a_search_that_takes_too_long_says_so() -> None:
    """Twelve people at once for eleven who could, each busy at some other time: there are too many ways to try."""
    staff = [
        resource(diary(staff=UUID(int=n), busy=[taken(datetime(2030, 1, 7, 9 + n % 8, tzinfo=UTC), 5)]))
        for n in range(40)
    ]
    parts = tuple(Part(service(5 + n), None, f"guest {n % 20}", n > 0) for n in range(39))
    days = FIRST, FIRST + timedelta(days=61)
    with pytest.raises(TooMuch) as refused:
        [*planning.find(Visit(parts, same_staff=False), staff, *days, BEFORE)]
    assert refused.value.field == "segments"


class Slow:
    """A search for slots that only ends once somebody else was answered, and remembers in which thread it ran."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.answered, self.thread = threading.Event(), threading.Event(), 0
        self.real = availability.slots
        monkeypatch.setattr(availability, "slots", self)

    def __call__(self, what: Any, people: list[Diary], first: date, last: date, now: datetime) -> Iterator[Slot]:
        if last - first > timedelta(days=30):
            self.thread = threading.get_ident()
            self.begun.set()
            assert self.answered.wait(10), "nobody else was answered meanwhile"
        return self.real(what, people, first, last, now)


async def many_people(desk: Desk) -> None:
    async with desk.db.transaction(desk.scope) as tx:
        for number in range(20):
            await tx.run(
                "WITH made AS (INSERT INTO staff (account_id, name) VALUES (%s, %s) RETURNING account_id, id)"
                " INSERT INTO staff_services (account_id, staff_id, service_id) SELECT account_id, id, %s FROM made",
                (desk.account, f"Person {number}", desk.services["Haircut"]),
            )


@pytest.mark.anyio
async def test_a_heavy_request_holds_nobody_up(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await many_people(desk)
        slow, day, haircut = Slow(monkeypatch), MONDAY.date(), desk.services["Haircut"]
        heavy = asyncio.create_task(free.find(db, desk.scope, haircut, None, day, day + timedelta(days=61), now=NOW))
        assert await asyncio.to_thread(slow.begun.wait, 10)
        light = await free.find(db, desk.scope, haircut, desk.staff["Anna"], day, day, now=NOW)
        await actions.book(db, desk.scope, desk.wish(light[0].start), now=NOW)
        slow.answered.set()
        assert await heavy
        assert slow.thread != threading.get_ident()


@pytest.mark.anyio
async def test_one_business_computes_one_thing_at_a_time_and_not_without_end() -> None:
    go, running = threading.Event(), 0

    def work() -> int:
        nonlocal running
        running += 1
        at_once = running
        go.wait(10)
        running -= 1
        return at_once

    asked = [asyncio.create_task(apart.compute("greedy", work)) for _ in range(apart.WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await apart.compute("greedy", work)
    other = asyncio.create_task(apart.compute("modest", lambda: "served"))
    assert await other == "served"
    go.set()
    assert set(await asyncio.gather(*asked)) == {1}
    assert await apart.compute("greedy", work) == 1


@pytest.mark.anyio
async def test_the_nearest_time_far_away_is_found_on_both_sides(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db, max_advance_days=300)
        anna = desk.staff["Anna"]
        async with db.transaction(desk.scope) as tx:
            await tx.run(
                "INSERT INTO blackout_dates (account_id, starts_on, ends_on) VALUES (%s, %s, %s), (%s, %s, %s)",
                (desk.account, "2030-01-09", "2030-03-10", desk.account, "2030-03-12", "2030-07-01"),
            )
        wished = datetime(2030, 2, 20, 10, tzinfo=UTC)
        found = await free.nearest(db, desk.scope, (desk.wish(wished).parts[0],), wished, NOW)
        assert {slot.start.date() for slot in found} == {date(2030, 3, 11)}
        assert found[0].staff_id == anna
        wished = datetime(2030, 1, 25, 10, tzinfo=UTC)
        found = await free.nearest(db, desk.scope, (desk.wish(wished).parts[0],), wished, NOW)
        assert {slot.start.date() for slot in found} == {date(2030, 1, 8)}
