"""A machine's clock that is put forward by an hour, or back: nothing is given twice, and nobody is told twice."""

from datetime import timedelta

import pytest

from tests.delivery.test_mailing import office
from tests.delivery.test_reminders import DAY, reminded, three_days_ahead
from tests.desk import MONDAY, NOW, furnish, opened
from truebook.booking import actions, upkeep, views
from truebook.booking.errors import Refusal
from truebook.kernel import clock
from truebook.tenants import sessions
from truebook.tenants.access import Unauthorized
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


async def test_a_time_that_was_held_is_given_to_one_of_two_whichever_way_the_clock_goes(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        wish = desk.wish(MONDAY.replace(hour=10))
        held = await actions.hold(db, desk.scope, wish, now=NOW, length=timedelta(minutes=10))
        with pytest.raises(Refusal):
            await actions.book(db, desk.scope, wish, now=NOW - HOUR)  # it is held, and an hour longer
        booked = await actions.book(db, desk.scope, wish, now=NOW + HOUR)  # by that clock it has run out
        for now in (NOW, NOW - HOUR):  # and back: who held it is told that it is gone
            with pytest.raises(Refusal):
                await actions.confirm(db, desk.scope, held.id, now=now)
            assert await upkeep.sweep(db, desk.scope, now=now) == 0
        there = await views.listing(db, desk.scope, NOW - DAY, NOW + 30 * DAY, limit=9)
        assert [one.id for one in there if one.status == "confirmed"] == [booked.id]


async def test_nobody_is_reminded_twice_nor_not_at_all(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o)
        due = booked.start - DAY
        assert await reminded(o, due - HOUR) == []
        assert len(await reminded(o, due)) == 1
        for now in (due - HOUR, due, due + HOUR):
            assert await reminded(o, now) == []


async def test_a_link_that_was_used_stays_used(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        user = await USERS.add(db, desk.scope, email="anna@salon.example", role="owner")
        now = clock.now()
        token = await sessions.link(db, desk.scope, user.id, now=now)
        await sessions.use_link(db, token, now=now + HOUR)
        for later in (now, now - HOUR, now + HOUR):
            with pytest.raises(Unauthorized):
                await sessions.use_link(db, token, now=later)
