"""Who works with the desk is told on WhatsApp as well: at once or in the morning, within the window and outside of it."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.chat import LINKS
from tests.mail import MailServer, mail_server, text_of
from tests.whatsapp.sending import Town, eventually, received, town
from truebook.booking import actions, free
from truebook.booking.model import Appointment, Customer
from truebook.delivery.noticing import Noticing
from truebook.jobs import AppointmentChanged, MessageDue
from truebook.kernel import clock, ids
from truebook.ledger import alerts, notices
from truebook.onboarding.texts import BODIES, template
from truebook.simulator.phones import Person
from truebook.simulator.review import reviewed
from truebook.tenants import users
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio
APPROVED = """
INSERT INTO whatsapp_templates (account_id, number_id, name, language, status, category)
VALUES (%s, %s, 'desk_news', 'en', 'APPROVED', 'UTILITY')
"""
ATTEMPTS = """
SELECT a.form, a.outcome FROM message_attempts a JOIN messages m ON m.id = a.message_id WHERE m.kind = 'notice'
ORDER BY a.started_at
"""


async def owner(t: Town, **chosen: notices.Cadence) -> Person:
    """Let the number be proven, and Alice hear on WhatsApp of everything; return her phone, which never wrote."""
    await t.run("UPDATE whatsapp_numbers SET status = 'connected'")
    alice = await users.found_or_added(t.desk.db, t.desk.scope, "alice@salon.test")
    await USERS.change(t.desk.db, t.desk.scope, alice.id, {"phone": "+436607654321"})
    await notices.choose(t.desk.db, t.desk.scope, alice.id, chosen, whatsapp=set(notices.TOPICS))
    return t.sim.world.add("Alice", phone="436607654321")


async def approved(t: Town) -> None:
    """Let the template be approved, at Meta and here."""
    made = reviewed(template("desk_news", "en", "https://desk.test"))
    t.sim.world.templates["desk_news", "en"] = made
    await t.run(APPROVED, t.desk.account, t.made.id)


async def booked(t: Town, which: int = 0) -> Appointment:
    now = clock.now()
    days = now.date() + timedelta(days=1), now.date() + timedelta(days=8)
    slots = await free.find(t.desk.db, t.desk.scope, t.desk.services["Haircut"], None, *days, now=now)
    wish = t.desk.wish(slots[which].start, staff=None, customer=Customer("Carla Huber", "+436601111111"))
    made = await actions.book(t.desk.db, t.desk.scope, wish, now=now)
    await note_all(t)
    return made


async def note_all(t: Town) -> None:
    for (one,) in await t.rows("SELECT id FROM outbox ORDER BY created_at"):
        async with t.desk.db.transaction(t.desk.scope) as tx:
            await notices.note_change(tx, AppointmentChanged(t.desk.account, one).outbox)


async def worked(t: Town, server: MailServer | None = None, *, later: timedelta = timedelta()) -> int:
    noticing = Noticing(t.desk.db, LINKS, server.post if server else None)
    done = await noticing.work(t.desk.scope, now=clock.now() + later)
    for (chat,) in await t.rows("SELECT DISTINCT conversation_id FROM messages WHERE kind = 'notice'"):
        await t.sender.send(MessageDue(t.desk.account, UUID(str(chat))))
    return done


async def test_outside_the_window_an_owner_is_told_by_the_approved_template_once(database: str) -> None:
    async with town(database, works=False) as t:
        alice = await owner(t, booked="now", alert="now")
        await approved(t)
        await booked(t)
        await booked(t, 40)
        async with t.desk.db.transaction(t.desk.scope) as tx:
            await alerts.alert(tx, "mistake", ids.uuid7(), "The sky falls.")
        assert await worked(t) == 1
        assert await worked(t) == 0

        async def came() -> bool:
            return len(received(alice)) == 1

        await eventually(came)
        (news,) = received(alice)
        assert news.kind == "template"
        assert news.text.count("New: ") == 2
        assert "Carla Huber" in news.text
        assert "Please look: The sky falls." in news.text
        assert [one.get("url") for one in news.choices] == ["desk"]
        # who has written to nobody is nobody's customer, and what names customers is kept nowhere
        assert await t.rows("SELECT customer_id FROM conversations") == [(None,)]
        ((kept,),) = await t.rows("SELECT content FROM messages WHERE kind = 'notice'")
        assert "Carla" not in kept


async def test_within_the_window_it_is_plain_text_and_a_digest_is_one_message(database: str) -> None:
    async with town(database, works=False) as t:
        alice = await owner(t, moved="now")
        await t.run("UPDATE whatsapp_numbers SET status = 'connected'")
        one = await booked(t)
        other = await booked(t, 40)
        await t.run("DELETE FROM notices WHERE topic <> 'booked'")
        assert await worked(t) == 0  # once a day
        alice.heard_at = clock.now()
        await actions.cancel(t.desk.db, t.desk.scope, other.id, now=clock.now())
        await actions.move(t.desk.db, t.desk.scope, one.id, other.start, now=clock.now())
        await note_all(t)
        noticing = Noticing(t.desk.db, LINKS, None)
        assert await noticing.work(t.desk.scope, now=clock.now()) == 1
        await t.run("UPDATE conversations SET heard_at = now()")
        assert await worked(t) == 0

        async def came(count: int) -> bool:
            return len(received(alice)) == count

        await eventually(lambda: came(1))
        assert received(alice)[0].text.startswith("Moved: ")
        assert await worked(t, later=timedelta(days=1)) == 1
        await eventually(lambda: came(2))
        assert received(alice)[1].text.count("– ") == 3
        assert {form for form, _ in await t.rows(ATTEMPTS)} == {"free"}


async def test_what_cannot_be_told_there_goes_by_mail(database: str) -> None:
    async with mail_server() as server, town(database, works=False) as t:
        await owner(t, booked="now")
        await booked(t)
        assert await worked(t, server) == 1  # no template is approved, and nobody has written
        assert [form for form, _ in await t.rows(ATTEMPTS)] == ["template"]
        assert server.taken == []
        assert await worked(t, server) == 1
        ((to, letter),) = server.taken
        assert to == "alice@salon.test"
        assert "Carla Huber" in text_of(letter)
        assert await t.rows("SELECT FROM alerts") == []  # an alert about news would be news again
        await t.run("UPDATE whatsapp_numbers SET status = 'stopped'")
        await booked(t, 40)
        assert await worked(t, server) == 1
        assert len(server.taken) == 2
        assert await worked(t, server) == 0


def test_its_wording_is_one_that_is_not_refused() -> None:
    for language in BODIES:
        made = reviewed(template("desk_news", language, "https://desk.test"))
        assert set(made["fields"]) == {"business", "news"}
