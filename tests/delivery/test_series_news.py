"""A series made at the desk is told as a whole, once; what is booked of it later is told by itself."""

from datetime import timedelta

import pytest

from tests.delivery.test_mailing import CARLA, office
from tests.mail import text_of
from truebook.booking import actions, series
from truebook.booking.model import Customer
from truebook.booking.series import Other, Plan
from truebook.delivery.notify import StillBooking
from truebook.jobs import SeriesBooked
from truebook.kernel import clock

pytestmark = pytest.mark.anyio


async def test_a_series_is_one_letter_and_a_date_that_comes_later_another(database: str) -> None:
    async with office(database) as o:
        zone, now = clock.zone("Europe/Vienna"), clock.now()
        monday = now.date() + timedelta(days=7 - now.date().weekday())
        first = clock.at(monday, 600, zone)
        taken = o.desk.wish(first + timedelta(days=7), customer=Customer("Dora"))
        await actions.book(o.desk.db, o.desk.scope, taken, now=now)
        plan = Plan(o.desk.wish(first, customer=CARLA), "FREQ=WEEKLY;COUNT=3", monday, 600)
        made = await series.book(o.desk.db, o.desk.scope, plan, "possible", zone, now=now, tells=True)
        event = SeriesBooked(o.desk.account, made.id)
        for _ in range(2):
            await o.out.messenger.tell_series(event)
            await o.work()
        ((to, letter),) = o.server.taken
        codes = [one.code for one in made.days if one.code]
        assert (to, len(codes)) == ("carla@home.test", 2)
        assert all(code in text_of(letter) for code in codes)
        assert "2 times" in text_of(letter) and "every Monday" in text_of(letter)
        await series.move(o.desk.db, o.desk.scope, made.id, monday, Other(minute=660), now=now)
        later = await series.resume(o.desk.db, o.desk.scope, made.id, now=now, retry=True)
        start = next(one.start for one in later.days if one.on == monday + timedelta(days=7))
        assert start == clock.at(monday + timedelta(days=7), 660, zone)
        await o.out.messenger.tell_series(event)
        await o.work()
        (letter,) = [one for one in map(text_of, (letter for _, letter in o.server.taken)) if later.days[1].code in one]
        assert "1 time" in letter


async def test_a_series_under_way_is_not_told_yet(database: str) -> None:
    async with office(database) as o:
        zone, now = clock.zone("Europe/Vienna"), clock.now()
        monday = now.date() + timedelta(days=7 - now.date().weekday())
        plan = Plan(o.desk.wish(clock.at(monday, 600, zone), customer=CARLA), "FREQ=WEEKLY;COUNT=2", monday, 600)
        made = await series.book(o.desk.db, o.desk.scope, plan, "possible", zone, now=now, tells=True)
        async with o.desk.db.transaction(o.desk.scope) as tx:
            await tx.run("UPDATE series_occurrences SET status = 'wanted', appointment_id = NULL")
        with pytest.raises(StillBooking):
            await o.out.messenger.tell_series(SeriesBooked(o.desk.account, made.id))
