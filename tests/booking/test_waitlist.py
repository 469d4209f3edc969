"""The waitlist: what comes free is offered in turn, as a hold that is guarded like any booking."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.api.http import monday
from tests.booking.test_races import Hesitant, until_blocked
from tests.chat import chat, deliver
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from tests.test_worker import run_jobs
from truebook.booking import actions, blocks, turns, upkeep, views, waitlist
from truebook.booking.errors import HoldExpired, WrongStatus
from truebook.booking.model import Appointment, Customer, Span
from truebook.booking.turns import Asking
from truebook.booking.waitlist import Entry, Waiting
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio
NINE = MONDAY + timedelta(hours=1)
DAY = Span(NINE, NINE + timedelta(hours=8))
CUT = timedelta(minutes=45)


async def waiting(desk: Desk, number: int, *windows: Span, staff: str = "Anna", **more: Any) -> Entry:
    """Put a customer on the list for a haircut with Anna."""
    who = Customer(f"Customer {number}", f"+43660{1000000 + number}")
    wanted = Waiting(desk.services["Haircut"], desk.staff[staff], windows or (Span(NINE, NINE + CUT),), **more)
    return await waitlist.join(desk.db, desk.scope, who, wanted, now=NOW)


async def full(desk: Desk, count: int = 1) -> list[Appointment]:
    """Book haircuts with Anna from nine, one after the other."""
    return [await actions.book(desk.db, desk.scope, desk.wish(NINE + CUT * n), now=NOW) for n in range(count)]


async def offer(desk: Desk, now: datetime = NOW) -> list[Appointment]:
    return await turns.offer(desk.db, desk.scope, DAY, now=now)


async def states(desk: Desk, *entries: Entry) -> list[tuple[str, int]]:
    found = [await waitlist.get(desk.db, desk.scope, one.id) for one in entries]
    return [(one.status, one.passed) for one in found]


async def freed(desk: Desk) -> int:
    """Return how many jobs say that time was freed, each to be done after a possible undo; and forget them."""
    async with desk.db.transaction(desk.scope) as tx:
        return len(
            await tx.rows(
                "DELETE FROM jobs_owed WHERE account_id = %s AND name = 'time_freed'"
                " AND due_at BETWEEN now() + interval '3 seconds' AND now() + interval '10 seconds' RETURNING id",
                (tx.tenant,),
            )
        )


async def test_whatever_gives_time_back_says_so_and_only_where_somebody_waits(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        booked = (await full(desk))[0]
        await actions.cancel(db, desk.scope, booked.id, now=NOW)
        assert await freed(desk) == 0
        await waiting(desk, 1, DAY)
        first, second, third = await full(desk, 3)
        await actions.cancel(db, desk.scope, first.id, now=NOW)
        assert await freed(desk) == 1
        await actions.move(db, desk.scope, second.id, NINE + timedelta(hours=4), now=NOW)
        assert await freed(desk) == 1
        await actions.move(db, desk.scope, third.id, NINE + timedelta(days=1), now=NOW)
        assert await freed(desk) == 1
        pause = await blocks.add(db, desk.scope, desk.staff["Anna"], NINE, NINE + CUT, kind="break", now=NOW)
        await blocks.remove(db, desk.scope, pause.id)
        assert await freed(desk) == 1
        await actions.hold(db, desk.scope, desk.wish(NINE), now=NOW)
        await upkeep.sweep(db, desk.scope, now=NOW + timedelta(hours=1))
        assert await freed(desk) == 1
        tuesday = await actions.book(db, desk.scope, desk.wish(NINE + timedelta(days=2)), now=NOW)
        await actions.cancel(db, desk.scope, tuesday.id, now=NOW)
        assert await freed(desk) == 0


async def test_four_at_once_offer_one_time_to_the_first(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        booked = (await full(desk))[0]
        entries = [await waiting(desk, n) for n in range(3)]
        assert await offer(desk) == []
        await actions.cancel(db, desk.scope, booked.id, now=NOW)
        made = await asyncio.gather(*(offer(desk) for _ in range(4)))
        (held,) = [one for some in made for one in some]
        assert (held.status, held.start, held.hold_expires_at) == ("held", NINE, NOW + timedelta(minutes=30))
        assert held.customer.phone == entries[0].phone
        assert await states(desk, *entries) == [("offered", 0), ("waiting", 0), ("waiting", 0)]


async def test_four_at_once_serve_all_in_turn(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        blocked = await blocks.add(db, desk.scope, desk.staff["Anna"], *DAY, kind="away", now=NOW)
        entries = [await waiting(desk, n, Span(NINE, NINE + CUT * 4)) for n in range(7)]
        await blocks.remove(db, desk.scope, blocked.id)
        made = await asyncio.gather(*(offer(desk) for _ in range(4)))
        held = sorted((one for some in made for one in some), key=lambda one: one.start)
        assert [one.start for one in held] == [NINE + CUT * n for n in range(4)]
        assert [one.customer.phone for one in held] == [one.phone for one in entries[:4]]
        assert await states(desk, *entries) == [("offered", 0)] * 4 + [("waiting", 0)] * 3


async def test_who_lets_go_comes_after_the_others_and_three_times_ends_it(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        first, second = await waiting(desk, 1, DAY), await waiting(desk, 2, Span(NINE, NINE + CUT))
        await offer(desk)
        assert await states(desk, first, second) == [("offered", 0), ("waiting", 0)]
        assert (await turns.let_go(db, desk.scope, first.id)).passed == 1
        made = await offer(desk)
        assert [(one.customer.phone, one.start) for one in made] == [(second.phone, NINE), (first.phone, NINE + CUT)]
        await upkeep.sweep(db, desk.scope, now=NOW + timedelta(hours=1))  # neither answers
        assert await states(desk, first, second) == [("waiting", 2), ("expired", 1)]  # no other time suits the second
        await offer(desk)
        await turns.let_go(db, desk.scope, first.id)
        assert await states(desk, first) == [("expired", 3)]
        assert await offer(desk) == []
        async with db.reading(desk.scope) as tx:
            assert await tx.row("SELECT count(*) FROM outbox WHERE topic = 'off_list'") == (2,)


async def test_what_is_taken_is_booked_and_leaving_gives_an_offer_back(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        first, second = await waiting(desk, 1), await waiting(desk, 2)
        with pytest.raises(WrongStatus):
            await turns.take(db, desk.scope, first.id, now=NOW)
        await offer(desk)
        await waitlist.leave(db, desk.scope, first.id)
        await waitlist.leave(db, desk.scope, first.id)
        (held,) = await offer(desk)
        taken = await turns.take(db, desk.scope, second.id, now=NOW)
        assert (taken.id, taken.status) == (held.id, "confirmed")
        assert await states(desk, first, second) == [("withdrawn", 0), ("booked", 0)]
        for again in (turns.take(db, desk.scope, second.id, now=NOW), turns.let_go(db, desk.scope, second.id)):
            with pytest.raises(WrongStatus):
                await again
        await waitlist.leave(db, desk.scope, second.id)
        assert (await views.appointment(db, desk.scope, held.id)).status == "confirmed"


async def test_who_leaves_while_they_are_offered_something_gives_it_back(database: str) -> None:
    async with opened(database) as db, Hesitant(database) as slow:
        desk = await furnish(db)
        entry = await waiting(desk, 1)
        offering = asyncio.create_task(turns.offer(slow, desk.scope, DAY, now=NOW))
        await slow.at_the_door(offering)
        leaving = asyncio.create_task(waitlist.leave(db, desk.scope, entry.id))
        await until_blocked(database, [leaving])
        slow.go.set()
        await leaving
        (held,) = await offering
        assert (await waitlist.get(db, desk.scope, entry.id)).status == "withdrawn"
        assert (await views.appointment(db, desk.scope, held.id)).status == "cancelled"
        assert await actions.book(db, desk.scope, desk.wish(NINE), now=NOW)


async def test_an_offer_that_has_run_out_cannot_be_taken(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        entry = await waiting(desk, 1)
        await offer(desk)
        with pytest.raises(HoldExpired):
            await turns.take(db, desk.scope, entry.id, now=NOW + timedelta(minutes=31))


async def test_who_takes_it_at_the_last_moment_keeps_to_the_notice(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db, min_notice_minutes=60)
        await waiting(desk, 1, DAY)
        (held,) = await offer(desk, NINE)
        assert held.start == NINE + timedelta(minutes=90)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("now", "until"),
    [("10:00", "10:30"), ("20:29", "20:59"), ("20:45", "08:30"), ("23:00", "08:30"), ("03:00", "08:30")],
)
def test_nobody_is_asked_to_answer_at_night(now: str, until: str) -> None:
    zone = ZoneInfo("Europe/Vienna")
    moment = datetime.fromisoformat(f"2030-01-07T{now}").replace(tzinfo=zone).astimezone(UTC)
    kept = turns.kept_until(moment, zone, Asking()).astimezone(zone)
    assert f"{kept:%H:%M}" == until and timedelta() < kept - moment < timedelta(hours=13)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("asking", "now", "until"),
    [
        (Asking(timedelta(minutes=90), 0, 0), "23:00", "00:30"),
        (Asking(timedelta(minutes=15), 13 * 60, 15 * 60), "12:40", "12:55"),
        (Asking(timedelta(minutes=15), 13 * 60, 15 * 60), "12:45", "15:15"),
        (Asking(timedelta(minutes=15), 13 * 60, 15 * 60), "14:59", "15:15"),
        (Asking(timedelta(minutes=15), 13 * 60, 15 * 60), "15:00", "15:15"),
    ],
)
def test_how_long_and_when_somebody_is_asked_is_the_business_s(asking: Asking, now: str, until: str) -> None:
    moment = datetime.fromisoformat(f"2030-01-07T{now}").replace(tzinfo=UTC)
    assert f"{turns.kept_until(moment, ZoneInfo('UTC'), asking):%H:%M}" == until


async def test_what_a_business_sets_holds_for_its_offers(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        values = {"waitlist_undo_seconds": 0, "waitlist_hold_minutes": 120, "quiet_from": 0, "quiet_until": 0}
        await accounts.change_account(db, desk.scope, desk.account, values)
        booked = (await full(desk))[0]
        await waiting(desk, 1)
        async with db.transaction(desk.scope) as tx:
            await tx.run("DELETE FROM jobs_owed WHERE account_id = %s", (tx.tenant,))
        await actions.cancel(db, desk.scope, booked.id, now=NOW)
        async with db.reading(desk.scope) as tx:
            due = "SELECT due_at <= now() FROM jobs_owed WHERE account_id = %s AND name = 'time_freed'"
            assert await tx.rows(due, (tx.tenant,)) == [(True,)]
        night = NOW.replace(hour=23)
        (held,) = await offer(desk, night)
        assert held.hold_expires_at == night + timedelta(hours=2)


async def test_windows_that_are_over_are_tidied_and_nobody_waits_for_them(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        later = Span(NINE + timedelta(days=2), NINE + timedelta(days=2, hours=1))
        over, both = await waiting(desk, 1), await waiting(desk, 2, Span(NINE, NINE + CUT), later)
        assert await waitlist.pass_by(db, desk.scope, now=NINE + timedelta(minutes=10)) == 2
        (left, rest) = (await waitlist.get(db, desk.scope, both.id)).windows
        assert (left.start, rest) == (NINE + timedelta(minutes=10), later)
        assert await waitlist.pass_by(db, desk.scope, now=NINE + timedelta(days=1)) == 2
        assert (await waitlist.get(db, desk.scope, both.id)).windows == (later,)
        assert await states(desk, over, both) == [("expired", 0), ("waiting", 0)]
        assert await waitlist.pass_by(db, desk.scope, now=NINE + timedelta(days=1)) == 0


async def test_an_offer_is_told_where_it_was_asked_for(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        customer = await chat(desk)
        entry = await waiting(desk, 1, conversation_id=customer.conversation)
        (held,) = await offer(desk)
        await deliver(desk)
        async with db.reading(desk.scope) as tx:
            (text,) = await tx.row("SELECT content FROM messages ORDER BY created_at DESC LIMIT 1") or ("",)
        assert held.code in text and "8:30" in text
        assert (await waitlist.get(db, desk.scope, entry.id)).status == "offered"


async def test_the_worker_offers_what_is_freed(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        nine = datetime.combine(monday(), time(9), UTC)  # the worker runs on the real clock
        wanted = Waiting(desk.services["Haircut"], None, (Span(nine, nine + CUT),))
        carla = Customer("Carla", "+436601234567")
        entry = await waitlist.join(db, desk.scope, carla, wanted, now=clock.now())  # it is free already
        await run_jobs(db)
        assert await states(desk, entry) == [("offered", 0)]


async def test_who_waits_for_the_same_keeps_their_place(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        first, _ = await waiting(desk, 1), await waiting(desk, 2)
        again = await waiting(desk, 1, Span(NINE + CUT * 2, NINE + CUT * 3))
        assert (again.id, again.joined_at, len(again.windows)) == (first.id, first.joined_at, 2)
        listed = await waitlist.listing(db, desk.scope)
        assert [one.phone for one in listed] == [first.phone, "+436601000002"]


async def test_what_nobody_can_wait_for_is_named(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        for window in (Span(NINE, NINE), Span(NOW - CUT, NOW), Span(NINE, NINE + timedelta(days=900))):
            with pytest.raises(Invalid) as wrong:
                await waiting(desk, 1, DAY, window)
            assert wrong.value.data["field"] == "windows.1.end"
        for service, staff, field in ((uuid4(), None, "service_id"), (desk.services["Haircut"], uuid4(), "staff_id")):
            with pytest.raises(NotFound) as missing:
                await waitlist.join(
                    db, desk.scope, Customer("Carla", "+436601234567"), Waiting(service, staff, (DAY,)), now=NOW
                )
            assert missing.value.data["field"] == field
        assert await waitlist.listing(db, desk.scope) == []
