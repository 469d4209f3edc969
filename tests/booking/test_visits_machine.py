"""Visits, moves, blocks and closings at random against a book on paper that knows minutes, and tries everything."""

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.booking.lives import live
from tests.desk import MONDAY, NOW
from truebook.booking import actions, blocks
from truebook.booking.errors import Refusal, WrongStatus
from truebook.booking.model import Appointment, Customer, Wanted, Wish
from truebook.db import Database, Scope
from truebook.kernel import ids
from truebook.tenants import accounts, hours, pools, requirements
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.pools import POOLS
from truebook.tenants.requirements import Requirement
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

NEEDS: dict[str, tuple[int, dict[str, tuple[tuple[int, int], ...]]]] = {
    "Cut": (30, {"staff": ((0, 30),), "chair": ((0, 30),)}),
    "Colour": (60, {"staff": ((0, 20), (40, 60)), "chair": ((0, 60),)}),
    "Wash": (20, {"staff": ((0, 20),)}),
}
"""What each service needs, in minutes from its start: its length, and its roles."""
STEPS = settings(
    max_examples=settings.default.max_examples // 5,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
SLOTS = st.integers(0, 23)
Minutes = frozenset[int]


class Life(RuleBasedStateMachine):
    """A salon of two people and two chairs, for a few hours of one day."""

    runner: asyncio.Runner
    db: Database

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    @initialize()
    def open(self) -> None:
        self.run(self._open())
        self.visits: dict[UUID, tuple[tuple[str, ...], int, tuple[UUID, ...]]] = {}
        self.over: dict[UUID, tuple[tuple[str, ...], int, tuple[UUID, ...]]] = {}
        self.busy: dict[UUID, dict[UUID, Minutes]] = {}  # by holder, then by resource

    async def _open(self) -> None:
        account = await accounts.open_account(self.db, "test", name="Salon", slug=f"salon-{ids.uuid7().hex}")
        self.scope = Scope(account.id, "test", "test")
        chair = await POOLS.add(self.db, self.scope, name="Chair", kind="equipment")
        self.chairs = [one.id for one in await pools.add_units(self.db, self.scope, chair.id, 2)]
        self.services: dict[str, UUID] = {}
        for name, (minutes, roles) in NEEDS.items():
            made = await SERVICES.add(self.db, self.scope, name=name, duration_minutes=minutes)
            self.services[name] = made.id
            needed = [Requirement(role, chair.id if role == "chair" else None, busy) for role, busy in roles.items()]
            await requirements.put(self.db, self.scope, made.id, needed)
        self.staff = []
        for name in ("Anna", "Ben"):
            self.staff.append((await STAFF.add(self.db, self.scope, name=name)).id)
            await set_services(self.db, self.scope, self.staff[-1], list(self.services.values()))
        always = tuple(Opening(day, 0, 1440) for day in range(7))
        await hours.put(self.db, self.scope, Hours(None, 5, 0, 90, 0, always))

    # ------------------------------------------------------------------------------------------------ on paper
    def ways(
        self, names: tuple[str, ...], start: int, whom: tuple[UUID | None, ...], same: bool, without: UUID | None
    ) -> Iterator[dict[UUID, Minutes]]:
        """Yield what would be busy, for every way in which a visit could be had."""
        taken = [
            (who, minutes) for holder, held in self.busy.items() if holder != without for who, minutes in held.items()
        ]
        for people in product(*([one] if one else self.staff for one in whom)):
            if same and len(set(people)) > 1:
                continue
            for seats in product(self.chairs, repeat=len(names)):
                found: dict[UUID, set[int]] = {}
                clash, at = False, start
                for name, person, chair in zip(names, people, seats, strict=True):
                    minutes, roles = NEEDS[name]
                    for role, ranges in roles.items():
                        held = {at + n for begin, until in ranges for n in range(begin, until)}
                        clash |= bool(found.setdefault(person if role == "staff" else chair, set()) & held)
                        found[person if role == "staff" else chair] |= held
                    at += minutes
                if not clash and not any(found.get(who, set()) & minutes for who, minutes in taken):
                    yield {who: frozenset(minutes) for who, minutes in found.items() if minutes}

    def claimed(self, one: UUID) -> dict[UUID, Minutes]:
        async def read() -> list[tuple[Any, ...]]:
            async with self.db.transaction(self.scope) as tx:
                return await tx.rows(
                    "SELECT resource_id, starts_at, ends_at FROM claims WHERE appointment_id = %s OR block_id = %s",
                    (one, one),
                )

        held: dict[UUID, set[int]] = {}
        for who, begin, until in self.run(read()):
            held.setdefault(who, set()).update(
                range(*((int((at - MONDAY).total_seconds()) // 60) for at in (begin, until)))
            )
        return {who: frozenset(minutes) for who, minutes in held.items()}

    def judge(self, made: Appointment | None, ways: list[dict[UUID, Minutes]], why: object) -> None:
        """A visit is had if and only if there is a way, and then in one of the ways."""
        assert (made is not None) == bool(ways), (why, ways)
        if made is not None:
            held = self.claimed(made.id)
            assert held in ways
            self.busy[made.id] = held

    # ------------------------------------------------------------------------------------------- what is done
    @rule(
        names=st.lists(st.sampled_from(list(NEEDS)), min_size=1, max_size=3).map(tuple), slot=SLOTS, same=st.booleans()
    )
    def book(self, names: tuple[str, ...], slot: int, same: bool) -> None:
        parts = tuple(Wanted(self.services[one]) for one in names)
        wish = Wish(
            parts[0].service_id,
            MONDAY + timedelta(minutes=10 * slot),
            Customer("Carla"),
            segments=parts,
            same_staff=same,
        )
        ways = list(self.ways(names, 10 * slot, (None,) * len(names), same, None))
        made = self.attempt(actions.book(self.db, self.scope, wish, now=NOW))
        self.judge(made if isinstance(made, Appointment) else None, ways, made)
        if isinstance(made, Appointment):
            self.visits[made.id] = (names, 10 * slot, tuple(one.staff_id for one in made.segments if one.staff_id))

    def attempt(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            return self.run(work)
        except Refusal as refusal:
            return refusal

    @precondition(lambda self: self.visits)
    @rule(which=st.integers(0, 99), slot=SLOTS)
    def move(self, which: int, slot: int) -> None:
        one = list(self.visits)[which % len(self.visits)]
        names, _, people = self.visits[one]
        ways = list(self.ways(names, 10 * slot, people, False, one))
        moved = self.attempt(actions.move(self.db, self.scope, one, MONDAY + timedelta(minutes=10 * slot), now=NOW))
        self.judge(moved if isinstance(moved, Appointment) else None, ways, moved)
        if isinstance(moved, Appointment):
            self.visits[one] = (names, 10 * slot, people)

    @precondition(lambda self: self.visits)
    @rule(which=st.integers(0, 99))
    def cancel(self, which: int) -> None:
        one = list(self.visits)[which % len(self.visits)]
        self.run(actions.cancel(self.db, self.scope, one, now=NOW))
        self.over[one] = self.visits.pop(one)
        del self.busy[one]
        assert isinstance(self.attempt(actions.cancel(self.db, self.scope, one, now=NOW)), WrongStatus)

    @precondition(lambda self: self.over)
    @rule(which=st.integers(0, 99))
    def reopen(self, which: int) -> None:
        one = list(self.over)[which % len(self.over)]
        names, start, people = self.over[one]
        ways = list(self.ways(names, start, people, False, None))
        again = self.attempt(actions.reopen(self.db, self.scope, one, now=NOW))
        self.judge(again if isinstance(again, Appointment) else None, ways, again)
        if isinstance(again, Appointment):
            self.visits[one] = self.over.pop(one)

    @rule(which=st.integers(0, 3), slot=SLOTS, length=st.sampled_from([10, 60]))
    def block(self, which: int, slot: int, length: int) -> None:
        who = [*self.staff, *self.chairs][which]
        minutes = frozenset(range(10 * slot, 10 * slot + length))
        free = not any(held.get(who, frozenset()) & minutes for held in self.busy.values())
        start = MONDAY + timedelta(minutes=10 * slot)
        end = start + timedelta(minutes=length)
        made = self.attempt(blocks.add(self.db, self.scope, who, start, end, kind="away", now=NOW))
        assert isinstance(made, blocks.Block) == free, made
        if isinstance(made, blocks.Block):
            self.busy[made.id] = {who: minutes}

    @precondition(lambda self: set(self.busy) - set(self.visits))
    @rule(which=st.integers(0, 99))
    def unblock(self, which: int) -> None:
        there = [one for one in self.busy if one not in self.visits]
        one = there[which % len(there)]
        self.run(blocks.remove(self.db, self.scope, one))
        del self.busy[one]

    @invariant()
    def the_claims_are_the_paper(self) -> None:
        if hasattr(self, "busy"):
            for one, held in self.busy.items():
                assert self.claimed(one) == held
            assert all(self.claimed(one) == {} for one in self.over)


@pytest.mark.slow
def test_a_visit_is_had_if_and_only_if_there_is_a_way(database: str) -> None:
    live(Life, database, STEPS)
