"""Classes, their places, sizes and moves at random against a book on paper that only counts."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.booking.lives import live
from tests.booking.test_visits_machine import STEPS
from tests.desk import MONDAY, NOW
from truebook.booking import actions, classes, timetable
from truebook.booking.errors import Refusal
from truebook.booking.model import Appointment, Customer
from truebook.booking.sessions import Session
from truebook.booking.timetable import Course
from truebook.db import Database, Scope
from truebook.kernel import ids
from truebook.kernel.errors import Invalid
from truebook.tenants import accounts, hours, pools
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.pools import POOLS
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

FEWER = settings(STEPS, max_examples=STEPS.max_examples // 2)
MATS = 5
SLOTS = st.integers(0, 5)
WHICH = st.integers(0, 99)
CLAIMED = """
SELECT count(*), count(DISTINCT c.resource_id) FROM claims c
JOIN appointment_segments g ON (g.tenant_id, g.appointment_id, g.position) = (c.tenant_id, c.appointment_id, c.segment)
WHERE g.session_id = %s
"""


@dataclass
class Paper:
    """A class on paper: its hour, how many places it has, and how many each appointment took."""

    slot: int
    seats: int
    taken: dict[UUID, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.seats - sum(self.taken.values())


class Life(RuleBasedStateMachine):
    """A studio with one teacher and five mats, on the hours of one day."""

    runner: asyncio.Runner
    db: Database

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            return self.run(work)
        except (Refusal, Invalid) as refusal:
            return refusal

    @initialize()
    def open(self) -> None:
        self.run(self._open())
        self.paper: dict[UUID, Paper] = {}

    async def _open(self) -> None:
        account = await accounts.open_account(self.db, "test", name="Studio", slug=f"studio-{ids.uuid7().hex}")
        self.scope = Scope(account.id, "test", "test")
        self.mats = (await POOLS.add(self.db, self.scope, name="Mat", kind="seat")).id
        await pools.add_units(self.db, self.scope, self.mats, MATS)
        self.yoga = (await SERVICES.add(self.db, self.scope, name="Yoga", duration_minutes=60)).id
        self.teacher = (await STAFF.add(self.db, self.scope, name="Sara")).id
        await set_services(self.db, self.scope, self.teacher, [self.yoga])
        await hours.put(self.db, self.scope, Hours(None, 5, 0, 90, 0, tuple(Opening(day, 0, 1440) for day in range(7))))

    def one(self, which: int) -> tuple[UUID, Paper]:
        return list(self.paper.items())[which % len(self.paper)]

    def clear(self, slot: int, but: UUID | None = None) -> bool:
        """Tell whether the teacher is free for an hour; classes may begin every half hour."""
        return all(abs(one.slot - slot) >= 2 for key, one in self.paper.items() if key != but)

    @rule(slot=SLOTS, seats=st.integers(0, MATS + 1))
    def add(self, slot: int, seats: int) -> None:
        course = Course(self.yoga, self.teacher, self.mats, seats)
        start = MONDAY + timedelta(minutes=30 * slot)
        made = self.attempt(timetable.add(self.db, self.scope, course, start, now=NOW))
        assert isinstance(made, Session) == (1 <= seats <= MATS and self.clear(slot)), made
        if isinstance(made, Session):
            self.paper[made.id] = Paper(slot, seats)

    @precondition(lambda self: self.paper)
    @rule(which=WHICH, seats=st.integers(1, 3))
    def book(self, which: int, seats: int) -> None:
        key, course = self.one(which)
        made = self.attempt(classes.book(self.db, self.scope, key, Customer("Carla"), now=NOW, seats=seats))
        assert isinstance(made, Appointment) == (seats <= course.free), made
        if isinstance(made, Appointment):
            course.taken[made.id] = seats

    @precondition(lambda self: any(one.taken for one in self.paper.values()))
    @rule(which=WHICH)
    def leave(self, which: int) -> None:
        courses = [one for one in self.paper.values() if one.taken]
        course = courses[which % len(courses)]
        who = list(course.taken)[which % len(course.taken)]
        self.run(actions.cancel(self.db, self.scope, who, now=NOW))
        del course.taken[who]

    @precondition(lambda self: any(one.taken for one in self.paper.values()))
    @rule(which=WHICH, seats=st.integers(1, MATS))
    def reseat(self, which: int, seats: int) -> None:
        courses = [one for one in self.paper.values() if one.taken]
        course = courses[which % len(courses)]
        who = list(course.taken)[which % len(course.taken)]
        before = self.run(actions.read_back(self.db, self.scope, who))
        made = self.attempt(classes.reseat(self.db, self.scope, who, seats, now=NOW))
        assert isinstance(made, Appointment) == (seats - course.taken[who] <= course.free), made
        if isinstance(made, Appointment):
            kept = min(seats, len(before.segments))
            assert [one.held for one in made.segments[:kept]] == [one.held for one in before.segments[:kept]]
            course.taken[who] = seats

    @precondition(lambda self: self.paper)
    @rule(which=WHICH, seats=st.integers(0, MATS + 1))
    def resize(self, which: int, seats: int) -> None:
        key, course = self.one(which)
        made = self.attempt(classes.resize(self.db, self.scope, key, seats))
        assert isinstance(made, Session) == (max(1, course.seats - course.free) <= seats <= MATS), made
        if isinstance(made, Session):
            course.seats = seats

    @precondition(lambda self: self.paper)
    @rule(which=WHICH, slot=SLOTS)
    def move(self, which: int, slot: int) -> None:
        key, course = self.one(which)
        start = MONDAY + timedelta(minutes=30 * slot)
        made = self.attempt(classes.move(self.db, self.scope, key, start, now=NOW))
        assert isinstance(made, Session) == self.clear(slot, key), made
        if isinstance(made, Session):
            course.slot = slot

    @precondition(lambda self: self.paper)
    @rule(which=WHICH)
    def call_off(self, which: int) -> None:
        key, course = self.one(which)
        self.run(classes.cancel(self.db, self.scope, key, now=NOW))
        gone = [self.run(actions.read_back(self.db, self.scope, one)).status for one in course.taken]
        assert set(gone) <= {"cancelled"}
        del self.paper[key]

    @invariant()
    def the_rows_are_the_paper(self) -> None:
        for key, course in getattr(self, "paper", {}).items():
            found = self.run(classes.get(self.db, self.scope, key))
            start = MONDAY + timedelta(minutes=30 * course.slot)
            assert (found.seats, found.free, found.start) == (course.seats, course.free, start)
            taken = course.seats - course.free
            assert self.run(self.claimed(key)) == (taken, taken)

    async def claimed(self, session_id: UUID) -> Any:
        """Return how many places are claimed in a class, and how many mats that is."""
        async with self.db.transaction(self.scope) as tx:
            return await tx.row(CLAIMED, (session_id,))


@pytest.mark.slow
def test_a_class_gives_away_what_it_has_and_no_more(database: str) -> None:
    live(Life, database, FEWER)
