"""Who is told by e-mail: with the row's own values, once, and never what is not so any more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import httpx2
import pytest
from icalendar import Calendar

from tests.chat import LINKS
from tests.desk import Desk, furnish, opened
from tests.mail import MailServer, mail_server, text_of
from tests.whatsapp.sending import eventually, received, town
from truebook.booking import actions, free
from truebook.booking.model import Appointment, Customer
from truebook.connectors.mail import bounce
from truebook.delivery.bouncing import bounced
from truebook.delivery.outgoing import Outgoing, outgoing
from truebook.jobs import AppointmentChanged, MailDue, SignInAsked
from truebook.kernel import clock
from truebook.ledger import alerts
from truebook.ledger.told import told
from truebook.tenants import sessions, users, vault

pytestmark = pytest.mark.anyio
CARLA = Customer("Carla Müller", None, "carla@home.test")
OPEN = "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"


@dataclass
class Office:
    """A desk, and the mail server that its letters go to."""

    desk: Desk
    server: MailServer
    out: Outgoing

    async def book(self, which: int = 0, customer: Customer = CARLA) -> Appointment:
        now = clock.now()
        days = now.date() + timedelta(days=1), now.date() + timedelta(days=8)
        slots = await free.find(self.desk.db, self.desk.scope, self.desk.services["Haircut"], None, *days, now=now)
        wish = self.desk.wish(slots[which].start, staff=None, customer=customer)
        return await actions.book(self.desk.db, self.desk.scope, wish, now=now)

    async def work(self) -> None:
        """Do what is to be told and mailed, once."""
        for note in await self.rows("SELECT id FROM outbox ORDER BY created_at"):
            await self.out.messenger.tell(AppointmentChanged(self.desk.account, note[0]))
        for message in await self.rows("SELECT id FROM messages WHERE provider = 'email' ORDER BY created_at"):
            await self.out.mailer.send(MailDue(self.desk.account, message[0]))

    async def rows(self, query: str) -> list[tuple]:
        async with self.desk.db.transaction(self.desk.scope) as tx:
            return await tx.rows(query)


@asynccontextmanager
async def office(url: str) -> AsyncIterator[Office]:
    async with opened(url) as db, mail_server() as server, httpx2.AsyncClient() as http:
        desk = await furnish(db, zone="Europe/Vienna")
        yield Office(desk, server, outgoing(db, LINKS, vault.read(vault.made()), http, server.post))


async def test_what_is_booked_moved_and_cancelled_is_told_with_its_event(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        await o.work()
        other = await o.book(40, Customer("Bob"))
        await actions.cancel(o.desk.db, o.desk.scope, other.id, now=clock.now())
        moved = await actions.move(o.desk.db, o.desk.scope, booked.id, other.start, now=clock.now())
        await o.work()
        await actions.cancel(o.desk.db, o.desk.scope, booked.id, now=clock.now())
        await o.work()
        await o.work()
        assert [to for to, _ in o.server.taken] == ["carla@home.test"] * 3
        letters = [message for _, message in o.server.taken]
        assert [one["Subject"].partition(":")[0] for one in letters] == ["Booked", "Moved", "Cancelled"]
        for one, start, method, status in zip(
            letters, [booked.start, moved.start, moved.start], ["REQUEST", "REQUEST", "CANCEL"],
            ["CONFIRMED", "CONFIRMED", "CANCELLED"], strict=True,
        ):  # fmt: skip
            assert booked.code in text_of(one)
            assert f"{start.astimezone(clock.zone('Europe/Vienna')):%H:%M}" in text_of(one)
            event = event_of(one, method)
            assert (event["UID"], event["STATUS"], event["DTSTART"].dt.astimezone(UTC)) == (
                f"{booked.id}@truebook", status, start,
            )  # fmt: skip
            assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:desk@post.test", "mailto:carla@home.test")
        versions = [event_of(one)["SEQUENCE"] for one in letters]
        assert versions == sorted(set(versions))
        assert len({one["Message-ID"] for one in letters}) == 3
        assert len({one["References"] for one in letters}) == 1
        news = await told(o.desk.db, o.desk.scope, booked.id)
        assert [(one.topic, one.way, one.state) for one in news] == [
            ("booked", "email", "told"), ("moved", "email", "told"), ("cancelled", "email", "told"),
        ]  # fmt: skip


def event_of(message: EmailMessage, method: str | None = None) -> Calendar:
    (shown,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    (kept,) = message.iter_attachments()
    assert kept.get_filename() == "appointment.ics"
    calendar = Calendar.from_ical(shown.get_content())
    assert Calendar.from_ical(kept.get_content()) == calendar
    if method:
        assert shown["Content-Type"].params["method"] == calendar["METHOD"] == method
    return calendar.walk("VEVENT")[0]


async def test_what_is_not_so_any_more_when_it_would_leave_is_not_said(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        o.server.outage = "busy"
        await o.work()
        await actions.cancel(o.desk.db, o.desk.scope, booked.id, now=clock.now())
        o.server.outage = None
        await o.work()
        assert [one["Subject"].partition(":")[0] for _, one in o.server.taken] == ["Cancelled"]
        news = await told(o.desk.db, o.desk.scope, booked.id)
        assert [(one.topic, one.state) for one in news] == [("booked", "not_needed"), ("cancelled", "told")]


async def test_a_passing_refusal_is_tried_again_and_a_final_one_is_an_alert(database: str) -> None:
    async with office(database) as o:
        await o.book()
        o.server.outage = "busy"
        await o.work()
        assert ("mail_due",) in [row[:1] for row in await o.rows(OPEN)]
        o.server.outage = "refuses"
        await o.work()
        await o.work()
        assert await o.rows("SELECT outcome, failure_code FROM message_attempts ORDER BY number") == [
            ("failed", "451"), ("failed", "550"),
        ]  # fmt: skip
        (alert,) = await alerts.waiting(o.desk.db, o.desk.scope)
        assert alert.kind == "not_told"
        assert "no such user" in alert.words


async def test_a_letter_of_which_nobody_knows_is_not_sent_again(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        o.server.outage = "lost_answer"
        await o.work()
        o.server.outage = None
        await o.work()
        assert len(o.server.taken) == 1
        (news,) = await told(o.desk.db, o.desk.scope, booked.id)
        assert news.state == "unknown"


async def test_a_worker_that_died_over_a_letter_leaves_it_unknown(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        (note,) = await o.rows("SELECT id FROM outbox")
        await o.out.messenger.tell(AppointmentChanged(o.desk.account, note[0]))
        (message,) = await o.rows("SELECT id FROM messages")
        due = MailDue(o.desk.account, message[0])
        async with o.desk.db.transaction(o.desk.scope) as tx:
            assert await o.out.mailer._prepare(tx, due) is not None
        await o.out.mailer.send(due)
        assert o.server.taken == []
        (news,) = await told(o.desk.db, o.desk.scope, booked.id)
        assert news.state == "unknown"


async def test_whoever_is_not_reached_by_whatsapp_is_told_by_mail(database: str) -> None:
    async with mail_server() as server, town(database, post=server.post) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        read_back = await t.said(carla, "a haircut with Anna next monday at 10:00")
        await t.tapped(carla, read_back, "Yes")
        ((booked,),) = await t.rows("SELECT id FROM appointments")
        await t.run("UPDATE appointments SET customer_email = 'carla@home.test' WHERE id = %s", booked)
        await t.run("UPDATE conversations SET heard_at = now() - interval '2 days'")
        await actions.cancel(t.desk.db, t.desk.scope, booked, now=datetime.now(UTC))

        async def mailed() -> bool:
            return bool(server.taken)

        await eventually(mailed)
        assert len(received(carla)) == 2
        (news,) = [one for one in await told(t.desk.db, t.desk.scope, booked) if one.topic == "cancelled"]
        assert [(one.way, one.outcome) for one in news.attempts] in (
            [("whatsapp", "failed"), ("email", "sent")], [("whatsapp", "failed"), ("email", "sending")],
        )  # fmt: skip
        assert not [one for one in await alerts.waiting(t.desk.db, t.desk.scope) if one.kind == "not_told"]


async def test_a_sign_in_link_is_made_when_it_is_sent_and_works_once(database: str) -> None:
    async with office(database) as o:
        await users.found_or_added(o.desk.db, o.desk.scope, "alice@salon.test")
        await sessions.send_link(o.desk.db, "Alice@salon.test ", now=clock.now())
        await sessions.send_link(o.desk.db, "nobody@salon.test", now=clock.now())
        ((name, job),) = await o.rows(OPEN)
        assert name == "sign_in_asked"
        event = SignInAsked(o.desk.account, users_id(job), job["asked_at"])
        await o.out.doorkeeper.answer(event)
        late = SignInAsked(event.tenant, event.user, (clock.now() - timedelta(hours=1)).isoformat())
        await o.out.doorkeeper.answer(late)
        ((to, letter),) = o.server.taken
        assert to == "alice@salon.test"
        token = text_of(letter).partition("/sign-in/")[2].split()[0]
        person = await sessions.by_link(o.desk.db, token, now=clock.now())
        assert person.email == "alice@salon.test"


def users_id(job: dict[str, str]):
    from uuid import UUID

    return UUID(job["user"])


BOUNCE = """From: MAILER-DAEMON@post.test
To: desk@post.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; post.test

Final-Recipient: rfc822; carla@home.test
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <carla@home.test>: User
 unknown

--b
Content-Type: text/rfc822-headers

From: desk@post.test
Message-ID: {letter}

--b--
"""


async def test_a_letter_that_comes_back_was_not_delivered_and_a_person_is_told(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        await o.work()
        ((_, letter),) = o.server.taken
        delayed = BOUNCE.format(action="delayed", letter=letter["Message-ID"])
        assert bounce.read(delayed.encode()) is None
        assert bounce.read(letter.as_bytes()) is None
        assert bounce.read(b"\xff\x00" * 500) is None
        found = bounce.read(BOUNCE.format(action="failed", letter=letter["Message-ID"]).encode())
        assert found is not None and await bounced(o.desk.db, found)
        (news,) = await told(o.desk.db, o.desk.scope, booked.id)
        assert (news.state, news.arrived) == ("failed", False)
        assert news.failure == "the letter came back: 550 5.1.1 <carla@home.test>: User unknown"
        (alert,) = await alerts.waiting(o.desk.db, o.desk.scope)
        assert (alert.kind, "User unknown" in alert.words) == ("not_told", True)
        assert not await bounced(o.desk.db, replace(found, letter="not-ours"))
        strange = found.letter.replace(str(o.desk.account), str(o.desk.services["Haircut"]))
        assert not await bounced(o.desk.db, replace(found, letter=strange))
