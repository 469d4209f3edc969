"""Wishes at the edges: approval, anyone, notice, times far away, clocks that disagree, ids that are not there."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook.booking import actions, free
from truebook.booking.errors import (
    Away,
    Closed,
    NotOffered,
    SlotTaken,
    Stale,
    TooFar,
    TooLateToCancel,
    TooSoon,
    WrongStatus,
)
from truebook.booking.model import Customer, Wanted
from truebook.booking.store import Key
from truebook.kernel import clock, ids
from truebook.kernel.errors import NotFound
from truebook.tenants import hours
from truebook.tenants.blackouts import BLACKOUTS
from truebook.tenants.hours import OVERRIDES, Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import set_services

pytestmark = pytest.mark.anyio
TEN = MONDAY.replace(hour=10)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def told(desk: Desk, appointment_id: UUID) -> list[str]:
    async with desk.db.transaction(desk.scope) as tx:
        query = "SELECT topic FROM outbox WHERE appointment_id = %s ORDER BY appointment_version"
        return [row[0] for row in await tx.rows(query, (appointment_id,))]


async def test_what_needs_approval_is_requested_and_then_booked(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"needs_approval": True})
        asked = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        assert asked.status == "pending"
        with pytest.raises(SlotTaken):
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        approved = await actions.approve(db, desk.scope, asked.id, now=NOW)
        assert (approved.status, await told(desk, asked.id)) == ("confirmed", ["requested", "booked"])
        with pytest.raises(WrongStatus):
            await actions.approve(db, desk.scope, asked.id, now=NOW)


async def test_what_a_customer_moves_or_changes_is_a_request_again(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"needs_approval": True})
        asked = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        await actions.approve(db, desk.scope, asked.id, now=NOW)
        moved = await actions.move(db, desk.scope, asked.id, TEN + HOUR, now=NOW, by_customer=True)
        assert (moved.status, moved.start) == ("pending", TEN + HOUR)
        await actions.approve(db, desk.scope, asked.id, now=NOW)
        assert (await actions.move(db, desk.scope, asked.id, TEN, now=NOW)).status == "confirmed"  # the team's own
        assert await told(desk, asked.id) == ["requested", "booked", "requested", "booked", "moved"]
        colour = await actions.book(db, desk.scope, desk.wish(TEN + 3 * HOUR, "Colour"), now=NOW)
        assert colour.status == "confirmed"
        other = (Wanted(desk.services["Haircut"], desk.staff["Anna"]),)
        changed = await actions.move(db, desk.scope, colour.id, colour.start, now=NOW, by_customer=True, parts=other)
        assert (changed.status, changed.service_name) == ("pending", "Haircut")


async def test_a_hold_does_not_jump_over_the_approval(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"needs_approval": True})
        held = await actions.hold(db, desk.scope, desk.wish(TEN), now=NOW)
        asked = await actions.confirm(db, desk.scope, held.id, now=NOW)
        assert (asked.status, asked.hold_expires_at) == ("pending", None)
        with pytest.raises(WrongStatus):  # the button pressed twice approves nothing
            await actions.confirm(db, desk.scope, held.id, now=NOW)
        assert (await actions.approve(db, desk.scope, held.id, now=NOW)).status == "confirmed"
        assert await told(desk, held.id) == ["requested", "booked"]


async def test_anyone_is_shared_out_fairly(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        made = [await actions.book(db, desk.scope, desk.wish(TEN + n * HOUR, staff=None), now=NOW) for n in range(6)]
        assert [one.staff_name for one in made] == ["Anna", "Ben"] * 3


async def test_a_refused_move_names_the_nearest_times_as_if_the_old_one_were_free(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        one = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        await actions.book(db, desk.scope, desk.wish(TEN + HOUR), now=NOW)
        key = Key("move", b"a" * 32)
        for _ in range(2):  # refused, and refused again by the key: both times with what is free now
            with pytest.raises(SlotTaken) as refused:
                await actions.move(db, desk.scope, one.id, TEN + HOUR, now=NOW, key=key)
            near = [slot.start - TEN for slot in refused.value.nearest]
            assert near == [0 * MINUTE, 15 * MINUTE, 105 * MINUTE]
        with pytest.raises(Stale) as stale:
            await actions.move(db, desk.scope, one.id, TEN + 3 * HOUR, now=NOW, version=7)
        assert stale.value.nearest == ()


async def test_who_does_not_offer_it_leads_to_who_does(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await set_services(db, desk.scope, desk.staff["Ben"], [])
        with pytest.raises(NotOffered) as refused:
            await actions.book(db, desk.scope, desk.wish(TEN, staff="Ben"), now=NOW)
        assert [(slot.staff_name, slot.start - TEN) for slot in refused.value.nearest] == [
            ("Anna", -15 * MINUTE), ("Anna", 0 * MINUTE), ("Anna", 15 * MINUTE),
        ]  # fmt: skip
        await set_services(db, desk.scope, desk.staff["Anna"], [])
        with pytest.raises(NotOffered) as refused:
            await actions.book(db, desk.scope, desk.wish(TEN, staff=None), now=NOW)
        assert refused.value.nearest == ()


@pytest.mark.parametrize(
    ("start", "kind", "nearest"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), TooSoon, MONDAY + HOUR),
        (NOW - 400 * DAY, TooSoon, MONDAY + HOUR),
        (NOW + 300 * DAY, TooFar, MONDAY + 88 * DAY + 8 * HOUR),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), TooFar, MONDAY + 88 * DAY + 8 * HOUR),
        (datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-12 * HOUR)), TooFar, MONDAY + 88 * DAY + 8 * HOUR),
    ],
)
async def test_times_far_away_are_refused_with_the_nearest_there_are(database: str, start, kind, nearest) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        with pytest.raises(kind) as refused:
            await actions.book(db, desk.scope, desk.wish(start), now=NOW)
        found = [slot.start for slot in refused.value.nearest]
        assert len(found) == 3
        assert abs(found[0] - nearest) <= HOUR


async def test_days_at_the_ends_of_the_calendar_have_no_free_times(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        service = desk.services["Haircut"]
        for first, last in ((date.min, date.min), (date.max, date.max), (date.max, date.min)):
            assert await free.find(db, desk.scope, service, None, first, last, now=NOW) == []
        everything = await free.find(db, desk.scope, service, None, date.min, date.max, now=NOW)
        assert everything[0].start == MONDAY + HOUR
        with pytest.raises(NotFound):
            await free.find(db, desk.scope, UUID(int=1), None, date.min, date.min, now=NOW)


async def test_customers_are_bound_by_the_notice_and_staff_are_not(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db, cancel_notice_minutes=24 * 60)
        one = await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
        late = TEN - 24 * HOUR + MINUTE
        for attempt in (
            actions.cancel(db, desk.scope, one.id, now=late, by_customer=True),
            actions.move(db, desk.scope, one.id, TEN + HOUR, now=late, by_customer=True),
        ):
            with pytest.raises(TooLateToCancel) as refused:
                await attempt
            assert refused.value.data == {"minutes": 24 * 60}
        held = await actions.hold(db, desk.scope, desk.wish(TEN, staff="Ben"), now=late)
        assert (await actions.cancel(db, desk.scope, held.id, now=late, by_customer=True)).status == "cancelled"
        assert await told(desk, held.id) == []
        assert (await actions.cancel(db, desk.scope, one.id, now=late)).status == "cancelled"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize("offset", [-12, 0, 14])
async def test_special_days_hold_in_whatever_offset_a_time_is_written(database: str, zone: str, offset: int) -> None:
    """The day off is the business's, three days away from what UTC or the writer's calendar may call it at worst."""
    async with opened(database) as db:
        desk = await furnish(db, zone=zone)
        every_day = tuple(Opening(weekday, 0, 1440) for weekday in range(7))
        await hours.put(db, desk.scope, Hours(None, 15, 0, 90, 0, every_day))
        long = await SERVICES.add(db, desk.scope, name="Retreat", duration_minutes=1440)
        await set_services(db, desk.scope, desk.staff["Anna"], [long.id])
        desk.services["Retreat"] = long.id
        day = date(2030, 1, 16)
        await BLACKOUTS.add(db, desk.scope, starts_on=day, ends_on=day)
        await OVERRIDES.add(db, desk.scope, date=day + 7 * DAY, intervals=hours.minutes([]))
        tz = clock.zone(zone)
        for shift, kind in ((0, Away), (7, Closed)):
            for minute in (-1439, -1, 0, 1439):
                start = clock.at(day + timedelta(days=shift), 0, tz) + minute * MINUTE
                written = start.astimezone(timezone(offset * HOUR))
                with pytest.raises(kind):
                    await actions.book(db, desk.scope, desk.wish(written, "Retreat"), now=NOW)
            before = clock.at(day + timedelta(days=shift - 1), 0, tz)
            booked = await actions.book(db, desk.scope, desk.wish(before, "Retreat"), now=NOW)
            assert booked.end == clock.at(day + timedelta(days=shift), 0, tz)


async def test_a_clock_that_runs_behind_the_database_s_is_too_soon_and_no_accident(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        always = tuple(Opening(weekday, 0, 1440) for weekday in range(7))
        await hours.put(db, desk.scope, Hours(None, 15, 0, 90, 0, always))
        slow = clock.now() - HOUR
        with pytest.raises(TooSoon):
            await actions.book(db, desk.scope, desk.wish(slow + MINUTE), now=slow)
        one = await actions.book(db, desk.scope, desk.wish(slow + 5 * HOUR), now=slow)
        with pytest.raises(TooSoon):
            await actions.move(db, desk.scope, one.id, slow + MINUTE, now=slow)


async def test_ids_that_are_not_there_are_not_found(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        for wish in (
            desk.wish(TEN, customer=Customer("Carla", id=UUID(int=1))),
            desk.wish(TEN, conversation_id=UUID(int=1)),
        ):
            with pytest.raises(NotFound):
                await actions.book(db, desk.scope, wish, now=NOW)
        with pytest.raises(NotFound):
            await actions.move(db, desk.scope, UUID(int=1), TEN, now=NOW)


async def test_a_code_that_is_taken_is_drawn_again(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        drawn = iter(["222-222", "222-222", "222-222", "333-333"])
        monkeypatch.setattr(ids, "code", lambda: next(drawn))
        made = [await actions.book(db, desk.scope, desk.wish(TEN + n * HOUR), now=NOW) for n in range(2)]
        assert [one.code for one in made] == ["222-222", "333-333"]
        assert [await told(desk, one.id) for one in made] == [["booked"], ["booked"]]
