"""A connection lost around COMMIT: found out and said, or said to be unknown; and the same key tells it later."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.desk import MONDAY, NOW, Desk, furnish
from tests.fault import Moment, Wire, wired
from truebook.booking import actions
from truebook.booking.errors import OutcomeUnknown, SlotTaken
from truebook.booking.store import Key
from truebook.db import Database
from truebook.kernel.errors import Unavailable
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
TEN = MONDAY.replace(hour=10)
KEY = Key("k", b"a" * 32)


@asynccontextmanager
async def wired_desk(url: str) -> AsyncIterator[tuple[Desk, Wire]]:
    async with wired(url) as (through, wire), Database(through, size=4, patience=1.0) as db:
        yield await furnish(db), wire


async def rows(desk: Desk) -> list[str]:
    async with desk.db.transaction(desk.scope) as tx:
        return [row[0] for row in await tx.rows("SELECT status FROM appointments ORDER BY id")]


async def test_a_commit_that_never_arrived_is_unavailable_and_changed_nothing(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        wire.moment = "before commit"
        with pytest.raises(Unavailable):
            await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert (wire.cuts, await rows(desk)) == (1, [])
        booked = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert (booked.status, await rows(desk)) == ("confirmed", ["confirmed"])


async def test_a_commit_whose_answer_was_lost_is_found_out(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        wire.moment = "after commit"
        booked = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert (wire.cuts, booked.status, await rows(desk)) == (1, "confirmed", ["confirmed"])
        assert await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY) == booked


@pytest.mark.parametrize("moment", ["ended in commit", "ended after the answer"])
async def test_a_server_that_says_goodbye_around_commit_has_not_said_that_nothing_was_changed(
    database: str, moment: Moment
) -> None:
    async with wired_desk(database) as (desk, wire):
        for number in range(10):  # what arrives together is not the same each time
            wire.moment = moment
            wish = desk.wish(TEN + timedelta(days=number % 5, hours=number // 5))
            booked = await actions.book(desk.db, desk.scope, wish, now=NOW, key=Key(f"k{number}", b"a" * 32))
            assert (wire.cuts, booked.status, len(await rows(desk))) == (number + 1, "confirmed", number + 1)


@pytest.mark.parametrize(("moment", "then"), [("before commit", []), ("after commit", ["confirmed"])])
async def test_it_is_unknown_while_the_database_stays_away(database: str, moment, then: list[str]) -> None:
    async with wired_desk(database) as (desk, wire):
        wire.moment, wire.stays_cut = moment, True
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown) as unknown:
            await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert time.monotonic() - began < 5
        assert unknown.value.xid is not None
        wire.mend()
        assert await until_reached(lambda: rows(desk)) == then
        booked = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert await rows(desk) == ["confirmed"]
        assert (booked.id == unknown.value.appointment_id) == bool(then)


async def test_what_is_committed_but_cannot_be_read_back_is_never_called_unchanged(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        wire.moment, wire.stays_cut = "after the answer", True
        with pytest.raises(OutcomeUnknown) as unknown:
            await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        wire.mend()
        booked = await until_reached(lambda: actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY))
        assert booked.id == unknown.value.appointment_id
        assert await rows(desk) == ["confirmed"]


@pytest.mark.parametrize("moment", ["before commit", "after commit", "after the answer"])
@pytest.mark.parametrize("change", ["move", "cancel", "confirm"])
async def test_changes_are_found_out_as_well(database: str, change: str, moment) -> None:
    async with wired_desk(database) as (desk, wire):
        place = actions.hold if change == "confirm" else actions.book
        before = await place(desk.db, desk.scope, desk.wish(TEN), now=NOW)
        args = (TEN + timedelta(hours=1),) if change == "move" else ()
        act = getattr(actions, change)
        wire.moment = moment
        try:
            after = await act(desk.db, desk.scope, before.id, *args, now=NOW, key=KEY)
        except Unavailable:
            assert moment == "before commit"
            after = await act(desk.db, desk.scope, before.id, *args, now=NOW, key=KEY)
        except OutcomeUnknown:
            assert moment == "after the answer"
            after = await act(desk.db, desk.scope, before.id, *args, now=NOW, key=KEY)
        assert (after.id, after.version, wire.cuts) == (before.id, 2, 1)


@pytest.mark.parametrize("change", ["book", "cancel"])
async def test_the_fate_of_somebody_elses_transaction_is_not_taken_for_ones_own(
    database: str, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def committed(*_: object) -> str:
        return "committed"

    async with wired_desk(database) as (desk, wire):
        before = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW)
        # a server that was killed gives the same number again, to whoever comes next
        monkeypatch.setattr(Database, "fate", committed)
        wire.moment = "before commit"
        with pytest.raises(Unavailable, match="nothing was changed"):
            if change == "book":
                await actions.book(desk.db, desk.scope, desk.wish(TEN + timedelta(hours=2)), now=NOW, key=KEY)
            else:
                await actions.cancel(desk.db, desk.scope, before.id, now=NOW, key=KEY)
        assert await rows(desk) == ["confirmed"]


async def test_a_refusal_that_may_not_be_kept_is_not_told(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        first = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW)
        wire.moment = "before commit"  # of the refusal: the booking itself is rolled back
        with pytest.raises(Unavailable):
            await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        await actions.cancel(desk.db, desk.scope, first.id, now=NOW)
        booked = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert booked.status == "confirmed"


async def test_a_replay_is_known_even_if_its_own_commit_is_lost(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        booked = await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        wire.moment = "before commit"
        assert await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY) == booked
        assert wire.cuts == 1


async def test_a_refusal_is_told_even_if_the_nearest_times_cannot_be_read(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW)
        wire.moment, wire.stays_cut = "after the answer", True
        with pytest.raises(SlotTaken) as refused:
            await actions.book(desk.db, desk.scope, desk.wish(TEN), now=NOW, key=KEY)
        assert refused.value.nearest == ()


async def test_a_database_out_of_reach_is_said_soon_and_found_again(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        await asyncio.gather(*(rows(desk) for _ in range(8)))  # several connections lie idle
        wire.stays_cut = True
        wire.cut()
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await rows(desk)
        assert time.monotonic() - began < 3
        wire.mend()
        assert await until_reached(lambda: rows(desk)) == []
        assert await asyncio.gather(*(rows(desk) for _ in range(8))) == [[]] * 8


async def test_connections_that_died_while_idle_are_replaced_unnoticed(database: str) -> None:
    async with wired_desk(database) as (desk, wire):
        await asyncio.gather(*(rows(desk) for _ in range(8)))
        wire.cut()
        await asyncio.sleep(0)
        assert await asyncio.gather(*(rows(desk) for _ in range(8))) == [[]] * 8


async def test_a_session_ended_by_the_administrator_is_unavailable(database: str) -> None:
    async with wired_desk(database) as (desk, _), Database(database) as other:
        with pytest.raises(Unavailable):
            async with desk.db.transaction(desk.scope) as tx:
                pid = await tx.row("SELECT pg_backend_pid()")
                await SERVICES.write(tx, {"name": "Shave", "duration_minutes": 15})
                async with other.pool.connection() as admin:
                    await admin.execute("RESET ROLE")
                    await admin.execute("SELECT pg_terminate_backend(%s)", pid)
                await tx.row("SELECT 1")
        assert len(await SERVICES.page(desk.db, desk.scope)) == 2


async def until_reached(act):
    """Try again until the database is reached, as a client would; a pool must not need more than a few seconds."""
    deadline = time.monotonic() + 8
    while True:
        try:
            return await act()
        except Unavailable:
            assert time.monotonic() < deadline
