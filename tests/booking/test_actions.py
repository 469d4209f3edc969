"""The actions, on a real PostgreSQL: what was booked is there, what was refused is not."""

import asyncio
from datetime import timedelta

import pytest

from tests.desk import MONDAY, NOW, furnish, opened
from truebook.booking import actions, queries, upkeep
from truebook.booking.errors import Closed, KeyReused, NotOffered, SlotTaken, Stale, TooFar, TooSoon, WrongStatus
from truebook.booking.model import Appointment
from truebook.booking.store import Key
from truebook.kernel.errors import NotFound
from truebook.tenants.staff import set_services

pytestmark = pytest.mark.anyio
TEN = MONDAY.replace(hour=10)


async def test_a_booking_is_read_back_as_it_was_wished(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        booked = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        assert (booked.status, booked.start, booked.staff_name, booked.service_name) == (
            "confirmed", TEN, "Anna", "Haircut",
        )  # fmt: skip
        assert booked.end - booked.start == timedelta(minutes=45)
        async with db.transaction(desk.scope) as tx:
            assert await queries.appointment(tx, booked.id) == booked
            assert [change["op"] for change in await queries.history(tx, booked.id)] == ["INSERT"]
            told = await tx.rows("SELECT topic, status FROM outbox WHERE appointment_id = %s", (booked.id,))
            assert told == [("booked", "queued")]
            assert await tx.row("SELECT count(*) FROM procrastinate_jobs") == (1,)


async def test_the_same_time_is_refused_with_the_nearest_ones(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        with pytest.raises(SlotTaken) as refused:
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        assert [slot.start.strftime("%H:%M") for slot in refused.value.nearest] == ["09:00", "09:15", "10:45"]


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (TEN.replace(hour=16, minute=30), Closed),
        (TEN - timedelta(days=1), Closed),
        (NOW - timedelta(minutes=1), TooSoon),
        (TEN + timedelta(days=100), TooFar),
        (TEN.replace(year=9999), TooFar),
        (TEN.replace(year=1), TooSoon),
    ],
)
async def test_every_refusal_names_its_reason(database: str, start, kind) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        with pytest.raises(kind):
            await actions.book(db, desk.scope, desk.wish(start), now=NOW)


async def test_staff_who_do_not_offer_it_are_named(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await set_services(db, desk.scope, desk.staff["Ben"], [desk.services["Colour"]])
        with pytest.raises(NotOffered):
            await actions.book(db, desk.scope, desk.wish(TEN, staff="Ben"), now=NOW)
        anyone = await actions.book(db, desk.scope, desk.wish(TEN, staff=None), now=NOW)
        assert anyone.staff_name == "Anna"


async def test_one_key_has_one_outcome(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        key = Key("k1", b"a" * 32)
        first = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW, key=key)
        again = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW, key=key)
        assert first == again
        with pytest.raises(KeyReused):
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW, key=Key("k1", b"b" * 32))


async def test_a_refused_key_never_books_later(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        taken = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        key = Key("k2", b"a" * 32)
        with pytest.raises(SlotTaken):
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW, key=key)
        await actions.cancel(db, desk.scope, taken.id, now=NOW)
        with pytest.raises(SlotTaken):
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW, key=key)


async def test_the_same_key_at_the_same_moment_books_once(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        key = Key("k3", b"a" * 32)
        made = await asyncio.gather(
            *(actions.book(db, desk.scope, desk.wish(TEN, staff=None), now=NOW, key=key) for _ in range(8))
        )
        assert len({one.id for one in made}) == 1


async def test_a_race_for_one_time_has_one_winner(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        outcomes = await asyncio.gather(
            *(actions.book(db, desk.scope, desk.wish(TEN), now=NOW) for _ in range(32)), return_exceptions=True
        )
        assert sum(isinstance(one, Appointment) for one in outcomes) == 1
        assert sum(isinstance(one, SlotTaken) for one in outcomes) == 31


async def test_a_move_frees_the_old_time_and_takes_the_new(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        booked = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        later = TEN + timedelta(minutes=15)  # overlaps its own old time
        moved = await actions.move(db, desk.scope, booked.id, later, now=NOW)
        assert (moved.id, moved.start, moved.code, moved.version) == (booked.id, later, booked.code, 2)
        other = await actions.book(db, desk.scope, desk.wish(TEN + timedelta(hours=2)), now=NOW)
        with pytest.raises(SlotTaken):
            await actions.move(db, desk.scope, moved.id, other.start, now=NOW)
        with pytest.raises(Stale):
            await actions.move(db, desk.scope, moved.id, TEN, now=NOW, version=1)


async def test_a_hold_keeps_the_time_and_gives_it_back(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        held = await actions.hold(db, desk.scope, desk.wish(TEN), now=NOW)
        with pytest.raises(SlotTaken):
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        over = NOW + timedelta(minutes=11)
        booked = await actions.book(db, desk.scope, desk.wish(TEN), now=over)
        assert booked.status == "confirmed"
        with pytest.raises(WrongStatus):
            await actions.confirm(db, desk.scope, held.id, now=over)


async def test_a_hold_becomes_a_booking(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        held = await actions.hold(db, desk.scope, desk.wish(TEN), now=NOW)
        confirmed = await actions.confirm(db, desk.scope, held.id, now=NOW)
        assert (confirmed.id, confirmed.status, confirmed.hold_expires_at) == (held.id, "confirmed", None)
        other = await actions.hold(db, desk.scope, desk.wish(TEN + timedelta(hours=1)), now=NOW)
        assert await upkeep.sweep(db, desk.scope, now=NOW + timedelta(hours=1)) == 1
        async with db.transaction(desk.scope) as tx:
            assert (await queries.appointment(tx, other.id)).status == "cancelled"


async def test_another_business_sees_nothing(database: str) -> None:
    async with opened(database) as db:
        alice, bob = await furnish(db), await furnish(db, "praxis-bob")
        booked = await actions.book(db, alice.scope, alice.wish(TEN), now=NOW)
        for attempt in (
            actions.cancel(db, bob.scope, booked.id, now=NOW),
            actions.move(db, bob.scope, booked.id, TEN, now=NOW),
            actions.book(db, bob.scope, alice.wish(TEN), now=NOW),
        ):
            with pytest.raises(NotFound):
                await attempt
