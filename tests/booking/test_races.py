"""Races for the same time, the same appointment, the same key: one winner, honest losers, no deadlock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.desk import MONDAY, NOW, WEEK, Desk, furnish
from truebook.booking import actions, upkeep
from truebook.booking.errors import HoldExpired, SlotTaken, Stale, WrongStatus
from truebook.booking.model import Appointment, Customer, Span
from truebook.booking.store import Key
from truebook.db import Database, Scope, Transaction
from truebook.tenants import hours
from truebook.tenants.accounts import change_account
from truebook.tenants.blackouts import BLACKOUTS
from truebook.tenants.hours import OVERRIDES, Hours
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

pytestmark = pytest.mark.anyio
TEN = MONDAY.replace(hour=10)
HOUR = timedelta(hours=1)


@asynccontextmanager
async def busy_desk(url: str) -> AsyncIterator[Desk]:
    async with Database(url, size=20, patience=30.0) as db:
        desk = await furnish(db)
        await db.pool.resize(20, 20)
        await db.pool.wait(30)  # twenty connections are there before the race begins
        yield desk


async def all_at_once(acts: list[Coroutine[Any, Any, Appointment]]) -> list[Any]:
    return list(await asyncio.gather(*acts, return_exceptions=True))


async def active(desk: Desk) -> list[tuple[Any, ...]]:
    """Return staff, hour and status of what blocks a time, by staff and hour."""
    async with desk.db.transaction(desk.scope) as tx:
        return await tx.rows(
            "SELECT r.name, extract(hour FROM c.starts_at)::int, a.status FROM claims c"
            " JOIN resources r ON r.id = c.resource_id JOIN appointments a ON a.id = c.appointment_id ORDER BY 1, 2"
        )


async def test_of_many_who_want_one_time_exactly_one_gets_it(database: str) -> None:
    async with busy_desk(database) as desk:
        wishes = [desk.wish(TEN, customer=Customer(f"C{n}", f"+43660{n:07}")) for n in range(128)]
        outcomes = await all_at_once([actions.book(desk.db, desk.scope, wish, now=NOW) for wish in wishes])
        assert sum(isinstance(one, Appointment) for one in outcomes) == 1
        assert sum(isinstance(one, SlotTaken) for one in outcomes) == 127
        assert all(one.nearest for one in outcomes if isinstance(one, SlotTaken))
        assert desk.db.pool.get_stats()["pool_size"] >= 16
        assert await active(desk) == [("Anna", 10, "confirmed")]


async def test_overlapping_times_never_meet(database: str) -> None:
    async with busy_desk(database) as desk:
        starts = [TEN + timedelta(minutes=15 * (n % 12)) for n in range(96)]
        outcomes = await all_at_once(
            [actions.book(desk.db, desk.scope, desk.wish(start, staff=None), now=NOW) for start in starts]
        )
        made = [one for one in outcomes if isinstance(one, Appointment)]
        assert {type(one) for one in outcomes} == {Appointment, SlotTaken}
        assert not any(
            a.id != b.id and a.staff_id == b.staff_id and Span(a.start, a.end).overlaps(Span(b.start, b.end))
            for a in made
            for b in made
        )


async def test_anyone_means_everyone_is_asked(database: str) -> None:
    async with busy_desk(database) as desk:
        outcomes = await all_at_once(
            [actions.book(desk.db, desk.scope, desk.wish(TEN, staff=None), now=NOW) for _ in range(24)]
        )
        assert {one.staff_name for one in outcomes if isinstance(one, Appointment)} == {"Anna", "Ben"}
        assert sum(isinstance(one, SlotTaken) for one in outcomes) == 22


async def test_two_who_want_to_swap_both_keep_what_they_have(database: str) -> None:
    async with busy_desk(database) as desk:
        first = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW)
        second = await actions.book(desk.db, desk.scope, desk.wish(TEN + HOUR), now=NOW)
        for _ in range(10):
            outcomes = await all_at_once(
                [
                    actions.move(db, desk.scope, one.id, other.start, now=NOW)
                    for db, one, other in ((desk.db, first, second), (desk.db, second, first))
                ]
            )
            assert [type(one) for one in outcomes] == [SlotTaken, SlotTaken]
        assert await active(desk) == [("Anna", 10, "confirmed"), ("Anna", 11, "confirmed")]


async def test_moves_and_bookings_race_for_one_time(database: str) -> None:
    async with busy_desk(database) as desk:
        moving = [
            await actions.book(desk.db, desk.scope, desk.wish(TEN + n * HOUR, staff=staff), now=NOW)
            for n in range(3)
            for staff in ("Anna", "Ben")
        ]
        wanted, anna = TEN + 4 * HOUR, desk.staff["Anna"]
        moves = [actions.move(desk.db, desk.scope, one.id, wanted, staff_id=anna, now=NOW) for one in moving]
        bookings = [actions.book(desk.db, desk.scope, desk.wish(wanted), now=NOW) for _ in range(30)]
        outcomes = await all_at_once([*moves, *bookings])
        winners = [one for one in outcomes if isinstance(one, Appointment)]
        assert len(winners) == 1
        assert {type(one) for one in outcomes} == {Appointment, SlotTaken}
        assert all(one.nearest for one in outcomes if isinstance(one, SlotTaken))
        left = 6 - sum(winner.id == one.id for winner in winners for one in moving)
        assert len(await active(desk)) == left + 1


async def test_the_old_time_is_free_if_and_only_if_the_new_one_is_taken(database: str) -> None:
    async with busy_desk(database) as desk:
        for day in range(4):
            start = TEN + timedelta(days=day)
            one = await actions.book(desk.db, desk.scope, desk.wish(start), now=NOW)
            moved, booked, blocked = await all_at_once(
                [
                    actions.move(desk.db, desk.scope, one.id, start + HOUR, now=NOW),
                    actions.book(desk.db, desk.scope, desk.wish(start), now=NOW),
                    actions.book(desk.db, desk.scope, desk.wish(start + HOUR), now=NOW),
                ]
            )
            assert isinstance(moved, Appointment) != isinstance(blocked, Appointment)
            assert isinstance(moved, Appointment) or isinstance(booked, SlotTaken)


async def test_one_key_at_one_moment_has_one_outcome(database: str) -> None:
    async with busy_desk(database) as desk:
        keys = [Key("same", b"a" * 32)] * 32
        outcomes = await all_at_once([actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=k) for k in keys])
        assert len({one.id for one in outcomes}) == 1
        later = desk.wish(TEN)
        outcomes = await all_at_once(
            [actions.book(desk.db, desk.scope, later, now=NOW, key=Key("no", b"b" * 32)) for _ in range(32)]
        )
        assert {type(one) for one in outcomes} == {SlotTaken}
        moves = [
            actions.move(desk.db, desk.scope, (await first(desk)), TEN + HOUR, now=NOW, key=Key("move", b"c" * 32))
            for _ in range(8)
        ]
        assert {(one.start, one.version) for one in await all_at_once(moves)} == {(TEN + HOUR, 2)}


async def first(desk: Desk) -> Any:
    async with desk.db.transaction(desk.scope) as tx:
        row = await tx.row("SELECT id FROM appointments")
        assert row is not None
        return row[0]


async def test_a_hold_that_runs_out_is_either_confirmed_or_given_away(database: str) -> None:
    async with busy_desk(database) as desk:
        before, over = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)
        for n in range(12):
            start = TEN + timedelta(days=n % 5, hours=n // 5)
            held = await actions.hold(desk.db, desk.scope, desk.wish(start), now=NOW)
            acts: list[Coroutine[Any, Any, Appointment]] = [
                actions.confirm(desk.db, desk.scope, held.id, now=before),
                actions.book(desk.db, desk.scope, desk.wish(start), now=over),
                actions.hold(desk.db, desk.scope, desk.wish(start), now=over),
            ]
            outcomes = await all_at_once(acts[n % 3 :] + acts[: n % 3])
            assert sum(isinstance(one, Appointment) for one in outcomes) == 1, outcomes
            assert {type(one) for one in outcomes} <= {Appointment, SlotTaken, WrongStatus, HoldExpired}


async def test_sweepers_and_bookings_do_not_lock_each_other_out(database: str) -> None:
    async with busy_desk(database) as desk:
        over = NOW + timedelta(minutes=11)
        for n in range(20):
            staff, hour = ("Anna", "Ben")[n % 2], n // 4
            await actions.hold(
                desk.db, desk.scope, desk.wish(TEN + hour * HOUR + timedelta(days=n // 2 % 2), staff=staff), now=NOW
            )
        sweeps = [upkeep.sweep(desk.db, desk.scope, now=over) for _ in range(6)]
        bookings = [
            actions.book(desk.db, desk.scope, desk.wish(TEN + timedelta(minutes=20), "Colour", staff=None), now=over)
            for _ in range(12)
        ]
        outcomes = await asyncio.gather(*sweeps, *bookings, return_exceptions=True)
        assert {type(one) for one in outcomes} <= {int, Appointment, SlotTaken}


async def test_cancelling_and_moving_at_once_ends_cancelled(database: str) -> None:
    async with busy_desk(database) as desk:
        for n in range(10):
            one = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW)
            acts: list[Coroutine[Any, Any, Appointment]] = [
                actions.cancel(desk.db, desk.scope, one.id, now=NOW),
                actions.move(desk.db, desk.scope, one.id, TEN + HOUR, now=NOW),
            ]
            outcomes = await all_at_once(acts if n % 2 else acts[::-1])
            kinds = {type(one) for one in outcomes}
            assert kinds in ({Appointment}, {Appointment, WrongStatus})
            assert await active(desk) == []


async def test_of_many_who_have_seen_one_version_one_changes_it(database: str) -> None:
    async with busy_desk(database) as desk:
        one = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW)
        outcomes = await all_at_once(
            [actions.move(desk.db, desk.scope, one.id, TEN + n * HOUR, now=NOW, version=1) for n in range(1, 6)]
        )
        assert sorted(type(one).__name__ for one in outcomes) == ["Appointment", *["Stale"] * 4]
        assert all(one.data == {"version": 2} for one in outcomes if isinstance(one, Stale))


# ---------------------------------------------------------------------- settings change while somebody books
class Hesitant(Database):
    """A desk whose transactions wait at the door of COMMIT until they are told to go."""

    def __init__(self, url: str) -> None:
        super().__init__(url, size=2, patience=30.0)
        self.ready, self.go = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def transaction(self, scope: Scope, *, lock: str | None = None) -> AsyncIterator[Transaction]:
        async with super().transaction(scope, lock=lock) as tx:
            yield tx
            await tx.row("SELECT 1")  # all that was sent has been done
            self.ready.set()
            await self.go.wait()

    async def at_the_door(self, task: asyncio.Task[Any]) -> None:
        """Return when a transaction waits; fail if the task it belongs to ends instead."""
        await asyncio.wait({task, asyncio.ensure_future(self.ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
        assert self.ready.is_set(), task


Change = Callable[[Database, Desk], Awaitable[Any]]
SUNDAYS = Hours(None, 15, 0, 90, 0, tuple(replace(opening, weekday=0) for opening in WEEK[:1]))
CHANGES: dict[str, tuple[Change, str]] = {
    "day off": (lambda db, d: BLACKOUTS.add(db, d.scope, starts_on=TEN.date(), ends_on=TEN.date()), "blackout"),
    "own day off": (
        lambda db, d: BLACKOUTS.add(db, d.scope, starts_on=TEN.date(), ends_on=TEN.date(), staff_id=d.staff["Anna"]),
        "blackout",
    ),
    "special hours": (lambda db, d: OVERRIDES.add(db, d.scope, date=TEN.date(), intervals=hours.minutes([])), "closed"),
    "hours": (lambda db, d: hours.put(db, d.scope, SUNDAYS), "closed"),
    "own hours": (lambda db, d: hours.put(db, d.scope, replace(SUNDAYS, staff_id=d.staff["Anna"])), "closed"),
    "services": (lambda db, d: set_services(db, d.scope, d.staff["Anna"], []), "not_offered"),
    "service": (lambda db, d: SERVICES.change(db, d.scope, d.services["Haircut"], {"is_active": False}), "not_offered"),
    "staff": (lambda db, d: STAFF.change(db, d.scope, d.staff["Anna"], {"is_active": False}), "not_found"),
    "zone": (lambda db, d: change_account(db, d.scope, d.account, {"timezone": "Asia/Tokyo"}), "closed"),
}


async def until_blocked(url: str, tasks: list[asyncio.Task[Any]]) -> None:
    """Return when somebody waits for a lock; fail if a task ends instead."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as eye:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while not (await (await eye.execute(waiting)).fetchone() or (0,))[0]:
            assert not any(task.done() for task in tasks), tasks


@pytest.mark.parametrize("name", CHANGES)
async def test_a_booking_waits_for_settings_that_are_being_changed(database: str, name: str) -> None:
    change, code = CHANGES[name]
    async with busy_desk(database) as desk, Hesitant(database) as slow:
        changing = asyncio.create_task(change(slow, desk))
        await slow.at_the_door(changing)
        booking = asyncio.create_task(actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW))
        await until_blocked(database, [booking, changing])
        slow.go.set()
        await changing
        with pytest.raises(Exception) as refused:
            await booking
        assert getattr(refused.value, "code", refused.value) == code
        assert await active(desk) == []


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("staff", ["Anna", None])
async def test_settings_wait_for_a_booking_that_is_being_made(database: str, name: str, staff: str | None) -> None:
    change, _ = CHANGES[name]
    async with busy_desk(database) as desk, Hesitant(database) as slow:
        booking = asyncio.create_task(actions.book(slow, desk.scope, desk.wish(TEN, staff=staff), now=NOW))
        await slow.at_the_door(booking)
        changing = asyncio.create_task(change(desk.db, desk))
        await until_blocked(database, [booking, changing])
        slow.go.set()
        assert (await booking).status == "confirmed"
        await changing
        assert await active(desk) == [("Anna", 10, "confirmed")]


async def test_bookings_do_not_wait_for_each_other(database: str) -> None:
    async with busy_desk(database) as desk, Hesitant(database) as slow:
        booking = asyncio.create_task(actions.book(slow, desk.scope, desk.wish(TEN), now=NOW))
        await slow.at_the_door(booking)
        other = await actions.book(desk.db, desk.scope, desk.wish(TEN + HOUR, customer=Customer("Dora")), now=NOW)
        assert other.status == "confirmed" and not booking.done()
        slow.go.set()
        await booking


async def test_somebody_who_starts_to_offer_it_while_a_booking_waits_is_guarded_too(database: str) -> None:
    """Ben offers nothing when the booking arrives; what it then reads is locked, so his hours cannot change under it."""
    async with busy_desk(database) as desk, Hesitant(database) as offering, Hesitant(database) as booking_slowly:
        for name in ("Anna", "Ben"):
            await set_services(desk.db, desk.scope, desk.staff[name], [])
        ben, cut = desk.staff["Ben"], desk.services["Haircut"]
        change = asyncio.create_task(set_services(offering, desk.scope, ben, [cut]))
        await offering.at_the_door(change)
        wish = desk.wish(TEN, staff=None)
        booking = asyncio.create_task(actions.book(booking_slowly, desk.scope, wish, now=NOW))
        await until_blocked(database, [change, booking])
        offering.go.set()
        await change
        await booking_slowly.at_the_door(booking)
        off = BLACKOUTS.add(desk.db, desk.scope, starts_on=TEN.date(), ends_on=TEN.date(), staff_id=ben)
        day_off = asyncio.create_task(off)
        await until_blocked(database, [booking, day_off])
        booking_slowly.go.set()
        assert (await booking).staff_name == "Ben"
        await day_off
