"""I13: a reminder is sent once, or visibly not; never for what was cancelled or moved, and never after it began."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.http import API, shop
from tests.chat import LINKS
from tests.delivery.test_mailing import Office, office
from tests.mail import text_of
from tests.whatsapp.sending import Town, eventually, newest, received, town
from truebook.booking import actions, views
from truebook.booking.model import Appointment, Customer
from truebook.delivery.notify import Messenger
from truebook.delivery.reminder_times import LEAST, Quiet, due
from truebook.delivery.reminding import Reminding
from truebook.kernel import clock
from truebook.ledger import alerts
from truebook.ledger.told import told
from truebook.simulator.phones import Bubble, Person
from truebook.tenants import telling

pytestmark = pytest.mark.anyio
VIENNA = ZoneInfo("Europe/Vienna")
DAY = timedelta(days=1)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    minutes=st.integers(15, 20160),
    begin=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    until=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_nobody_is_reminded_in_quiet_hours_nor_later_than_is_of_use(
    start: datetime, minutes: int, begin: time, until: time
) -> None:
    start = start.replace(tzinfo=UTC)
    asked = start - timedelta(minutes=minutes)
    moment = due(start, minutes, Quiet(begin, until) if begin != until else None, VIENNA)
    assert moment <= start
    if moment > asked:  # put off to the end of the quiet hours
        assert moment + LEAST <= start
    assert abs(moment - asked) <= DAY
    local = moment.astimezone(VIENNA)
    wall = local.time().replace(tzinfo=None)
    inside = begin < wall < until if begin < until else (wall > begin or wall < until) and begin != until
    skipped = local.utcoffset() != (local - DAY).utcoffset() or local.utcoffset() != (local + DAY).utcoffset()
    assert not inside or skipped  # a day whose clocks change has an hour that is there twice, or not at all


async def three_days_ahead(o: Office, customer: Customer | None = None) -> Appointment:
    """Book for noon, three days ahead or more, so that a day before is no quiet hour."""
    day = clock.now().astimezone(VIENNA).date() + timedelta(days=3)
    while day.weekday() > 4:
        day += DAY
    noon = clock.at(day, 12 * 60, VIENNA)
    wish = o.desk.wish(noon, customer=customer or Customer("Carla", None, "carla@home.test"))
    booked = await actions.book(o.desk.db, o.desk.scope, wish, now=clock.now())
    await o.work()
    o.server.taken.clear()
    return booked


async def reminded(o: Office, now: datetime) -> list[str]:
    """Remind as if it were now; return the subjects of the letters that went out."""
    await o.out.reminding.remind(o.desk.scope, now=now)
    await o.work()
    found = [message["Subject"] for _, message in o.server.taken]
    o.server.taken.clear()
    return found


async def test_a_reminder_is_sent_once_when_it_is_due(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o)
        assert await reminded(o, booked.start - DAY - timedelta(minutes=1)) == []
        (subject,) = await reminded(o, booked.start - DAY)
        assert subject.startswith("Reminder: ")
        assert await reminded(o, booked.start - timedelta(hours=2)) == []
        news = (await told(o.desk.db, o.desk.scope, booked.id))[-1]
        assert (news.topic, news.state, news.start) == ("reminder", "told", booked.start)


async def test_two_workers_send_one(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o)
        now = booked.start - DAY
        await asyncio.gather(*(o.out.reminding.remind(o.desk.scope, now=now) for _ in range(4)))
        assert len(await reminded(o, now)) == 1


async def test_a_move_moves_it_and_a_cancellation_ends_it(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o)
        assert await reminded(o, booked.start - 2 * DAY) == []  # planned
        later = booked.start + timedelta(hours=3)
        await actions.move(o.desk.db, o.desk.scope, booked.id, later, now=clock.now())
        await o.work()
        o.server.taken.clear()
        assert await reminded(o, booked.start - DAY) == []
        assert len(await reminded(o, later - DAY)) == 1
        await telling.change(o.desk.db, o.desk.scope, {"remind_before": [1440, 120]})
        await actions.cancel(o.desk.db, o.desk.scope, booked.id, now=clock.now())
        assert not [one for one in await reminded(o, later - timedelta(hours=2)) if one.startswith("Reminder")]


async def test_what_was_cancelled_after_it_was_written_is_taken_back(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o)
        await o.out.reminding.remind(o.desk.scope, now=booked.start - DAY)
        await actions.cancel(o.desk.db, o.desk.scope, booked.id, now=clock.now())
        await o.work()
        assert [message["Subject"].partition(":")[0] for _, message in o.server.taken] == ["Cancelled"]


async def test_of_several_that_are_due_the_last_is_enough_and_settings_are_followed(database: str) -> None:
    async with office(database) as o:
        notes = {"en": "Please bring your glasses."}
        await telling.change(o.desk.db, o.desk.scope, {"remind_before": [1440, 120], "notes": notes})
        booked = await three_days_ahead(o)
        await o.out.reminding.remind(o.desk.scope, now=booked.start - timedelta(hours=1))
        await o.work()
        ((_, letter),) = o.server.taken
        assert "Please bring your glasses." in text_of(letter)
        o.server.taken.clear()
        await telling.change(o.desk.db, o.desk.scope, {"remind_before": []})

        assert await reminded(o, booked.start - timedelta(minutes=10)) == []


async def test_whoever_booked_later_than_it_was_due_is_not_reminded(database: str) -> None:
    async with office(database) as o:
        await telling.change(o.desk.db, o.desk.scope, {"remind_before": [20160]})
        booked = await three_days_ahead(o)
        assert await reminded(o, booked.start - 2 * DAY) == []


async def test_one_that_nobody_sent_in_time_is_an_alert_and_one_without_a_way_is_seen(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o)
        assert await reminded(o, booked.start + timedelta(minutes=1)) == []
        (alert,) = await alerts.waiting(o.desk.db, o.desk.scope)
        assert booked.code in alert.words
        assert (await told(o.desk.db, o.desk.scope, booked.id))[-1].failure == "no worker ran when it was time"


async def test_without_a_way_it_is_visibly_not_told(database: str) -> None:
    async with office(database) as o:
        booked = await three_days_ahead(o, Customer("Dora", "+436605555555"))
        assert await reminded(o, booked.start - DAY) == []
        news = (await told(o.desk.db, o.desk.scope, booked.id))[-1]
        assert (news.topic, news.state) == ("reminder", "failed")
        assert await alerts.waiting(o.desk.db, o.desk.scope) == []


async def on_whatsapp(t: Town) -> tuple[Person, Appointment, Bubble]:
    """Let Carla book on WhatsApp and be reminded there."""
    carla = t.sim.world.add("Carla", phone="436601234567")
    read_back = await t.said(carla, "a haircut with Anna next monday at 10:00")
    await t.tapped(carla, read_back, "Yes")
    ((booked,),) = await t.rows("SELECT id FROM appointments")
    appointment = await views.appointment(t.desk.db, t.desk.scope, booked)
    await telling.change(t.desk.db, t.desk.scope, {"remind_before": [15], "quiet_from": None, "quiet_until": None})
    before = len(received(carla))
    reminding = Reminding(t.desk.db, Messenger(t.desk.db, LINKS))
    await reminding.remind(t.desk.scope, now=appointment.start - timedelta(minutes=15))
    return carla, appointment, await eventually(lambda: newest(carla, before))


async def test_a_button_says_that_they_come_and_the_desk_knows(database: str) -> None:
    async with town(database) as t:
        carla, booked, bubble = await on_whatsapp(t)
        assert [one["title"] for one in bubble.choices] == ["I will come", "I cannot come"]
        answer = await t.tapped(carla, bubble, "I will come")
        assert "ee you" in answer.text
        now = await views.appointment(t.desk.db, t.desk.scope, booked.id)
        assert now.confirmed_by_customer_at is not None
        moved = await actions.move(t.desk.db, t.desk.scope, booked.id, booked.start + 7 * DAY, now=clock.now())
        assert moved.confirmed_by_customer_at is None


async def test_whoever_cannot_come_is_offered_other_times(database: str) -> None:
    async with town(database) as t:
        carla, booked, bubble = await on_whatsapp(t)
        offers = await t.tapped(carla, bubble, "I cannot come")
        assert offers.choices, offers.text
        read_back = await t.tapped(carla, offers, offers.choices[0]["title"])
        moved = await t.tapped(carla, read_back, "Yes")
        assert "oved" in moved.text
        now = await views.appointment(t.desk.db, t.desk.scope, booked.id)
        assert (now.status, now.start != booked.start) == ("confirmed", True)


@pytest.mark.parametrize(
    ("words", "confirmed"), [("yes, see you then", True), ("ok", True), ("please cancel it", False)]
)
async def test_words_are_understood_as_an_answer_to_it(database: str, words: str, confirmed: bool) -> None:
    async with town(database) as t:
        carla, booked, _ = await on_whatsapp(t)
        answer = await t.said(carla, words)
        now = await views.appointment(t.desk.db, t.desk.scope, booked.id)
        assert (now.confirmed_by_customer_at is not None) is confirmed, answer.text
        assert now.status == "confirmed"  # to cancel is read back first
        if not confirmed:
            assert "ancel" in answer.text


async def test_the_settings_over_rest(database: str) -> None:
    async with shop(database) as desk:
        before = (await desk.alice.get(f"{API}/telling")).json()
        assert (before["remind_before"], before["quiet_from"], before["quiet_until"]) == ([1440], "21:00", "08:00")
        changed = await desk.alice.patch(
            f"{API}/telling", json={"remind_before": [60], "quiet_from": None, "quiet_until": None}
        )
        assert changed.json() == {
            **before,
            "remind_before": [60],
            "quiet_from": None,
            "quiet_until": None,
            "version": 2,
        }
        for wrong, field in [
            ({"remind_before": [5]}, "remind_before.0"),
            ({"quiet_from": "21:00"}, "quiet_from"),
            ({"notes": None}, "notes"),
        ]:
            refused = await desk.alice.patch(f"{API}/telling", json=wrong)
            assert refused.status_code == 422, refused.text
            assert field in refused.text
