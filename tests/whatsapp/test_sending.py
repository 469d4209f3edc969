"""The whole path against a strict WhatsApp: lists and buttons, lost answers, closed windows, every class of refusal."""

import asyncio

import pytest

from tests.whatsapp.sending import eventually, received, town
from truebook.jobs import DeliveryOpen, MessageDue
from truebook.kernel import ids
from truebook.ledger.words import Words, write
from truebook.tenants import telling

pytestmark = pytest.mark.anyio
OUTCOMES = "SELECT outcome, form, failure_code FROM message_attempts ORDER BY started_at"
APPROVED = """
INSERT INTO whatsapp_templates (account_id, number_id, name, language, status, category)
VALUES (%s, %s, %s, %s, 'APPROVED', 'UTILITY')
"""


async def test_a_booking_by_list_and_button_and_a_move_by_text(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        offers = await t.said(carla, "I need a haircut with Anna next monday morning")
        assert offers.choices
        assert all(one["title"] for one in offers.choices)
        read_back = await t.tapped(carla, offers, offers.choices[0]["title"])
        assert [one["title"] for one in read_back.choices] == ["Yes", "Another time"]
        receipt = await t.tapped(carla, read_back, "Yes")
        assert "Booked" in receipt.text
        ((customer, phone),) = await t.rows("SELECT customer_name, customer_phone FROM appointments")
        assert (customer, phone) == ("Carla", "+436601234567")
        asked = await t.said(carla, "could we make it 2 pm the same day?")
        moved = await t.tapped(carla, asked, "Yes")
        assert "oved" in moved.text

        async def all_read() -> bool:
            return {row[0] for row in await t.rows(OUTCOMES)} == {"read"}

        await eventually(all_read)
        # one message a turn, each attempted once
        assert len(await t.rows(OUTCOMES)) == len(received(carla)) == 5


async def test_who_hides_the_number_is_asked_for_it_where_the_business_wants_it(database: str) -> None:
    async with town(database) as t:
        await t.run("UPDATE accounts SET address = '1 High Street' WHERE id = %s", t.desk.account)
        await telling.change(t.desk.db, t.desk.scope, {"ask_number": True})
        dana = t.sim.world.add("Dana", username="dana.k")
        read_back = await t.said(dana, "a haircut with Anna next monday at 10:00")
        await t.tapped(dana, read_back, "Yes")

        async def asked() -> bool:
            return len(received(dana)) == 3

        await eventually(asked)
        receipt, asks = received(dana)[1:]
        link = "https://www.google.com/maps/search/?api=1&query=1+High+Street"
        assert receipt.text.endswith(f"\n\N{ROUND PUSHPIN} 1 High Street\n{link}")
        assert asks.kind == "contact"
        thanks = await t.tapped(dana, asks, "Share my number")
        assert thanks.text.startswith("Thank you")
        assert await t.rows("SELECT customer_phone FROM appointments") == [(f"+{dana.phone}",)]
        assert "Tuesday" in (await t.said(dana, "and a colour with Ben on tuesday at 10:00?")).text
        assert len(received(dana)) == 5


async def test_an_old_offer_that_is_tapped_is_judged_as_it_is_now(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        offers = await t.said(carla, "I need a haircut with Anna next monday morning")
        await t.said(carla, "what does it cost?")
        read_back = await t.tapped(carla, offers, offers.choices[0]["title"])
        clock = offers.choices[0]["title"].rpartition(", ")[2]
        assert clock in read_back.text
        assert read_back.choices[0]["title"] == "Yes"


async def test_a_lost_answer_is_settled_by_its_status_and_never_sent_again(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        t.sim.world.outages.lost_answer = True
        await t.said(carla, "hello")

        async def settled() -> bool:
            return [row[0] for row in await t.rows(OUTCOMES)] == ["read"]

        await eventually(settled)
        await asyncio.sleep(0)
        assert len(received(carla)) == 1


@pytest.mark.parametrize("outage", ["lost_answer", "failing"])
async def test_without_a_status_it_stays_unknown_and_a_person_is_told(database: str, outage: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        setattr(t.sim.world.outages, outage, True)
        await t.sim.hands.type(carla, "hello")

        t.sim.world.outages.no_webhooks = True

        async def unknown() -> bool:
            return [row[0] for row in await t.rows(OUTCOMES)] == ["unknown"] and len(received(carla)) == 1

        await eventually(unknown)
        ((message, conversation),) = await t.rows("SELECT id, conversation_id FROM messages WHERE role = 'assistant'")
        await t.sender.send(MessageDue(t.desk.account, conversation))
        await t.sender.follow(DeliveryOpen(t.desk.account, message))
        await t.sender.follow(DeliveryOpen(t.desk.account, message))
        assert len(received(carla)) == 1
        assert await t.rows("SELECT kind, subject FROM alerts WHERE resolved_at IS NULL") == [
            ("unknown_outcome", message)
        ]
        t.sim.world.outages.no_webhooks = False
        bubble = received(carla)[0]
        t.sim.graph.status(t.sim.account, carla, bubble, "delivered")

        async def resolved() -> bool:
            return not await t.rows("SELECT FROM alerts WHERE resolved_at IS NULL")

        await eventually(resolved)


async def test_statuses_in_any_order_before_the_answer_end_the_same(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", username="carla.w")
        t.sim.world.outages.shuffled = t.sim.world.outages.doubled = t.sim.world.outages.version_23 = True
        for words in ("hello", "what do you offer?", "thanks"):
            await t.said(carla, words)

        async def all_read() -> bool:
            return [row[0] for row in await t.rows(OUTCOMES)] == ["read"] * 3

        await eventually(all_read)
        assert len(received(carla)) == 3


async def test_a_closed_window_takes_the_approved_template(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        read_back = await t.said(carla, "a haircut with Anna next monday at 10:00")
        await t.tapped(carla, read_back, "Yes")
        await t.run(APPROVED, t.desk.account, t.made.id, "appointment_cancelled", "en")
        t.sim.world.templates["appointment_cancelled", "en"] = {
            "status": "APPROVED", "category": "UTILITY", "replies": [], "link": "Details",
            "fields": ["business", "date", "time", "service"],
            "text": "Your appointment at {{business}} on {{date}} at {{time}} for {{service}} is cancelled, as recorded.",
        }  # fmt: skip
        carla.heard_at = None  # the simulator knows better than we do, and says so with 131047
        from truebook.booking import actions
        from truebook.kernel import clock

        ((appointment,),) = await t.rows("SELECT id FROM appointments")
        before = len(received(carla))
        await actions.cancel(t.desk.db, t.desk.scope, appointment, now=clock.now())

        async def told() -> bool:
            return len(received(carla)) > before and received(carla)[-1].kind == "template"

        await eventually(told)
        assert "is cancelled, as recorded" in received(carla)[-1].text
        assert [row[1:] for row in await t.rows(OUTCOMES)][-2:] == [("free", "131047"), ("template", None)]


async def test_without_a_template_the_customer_is_visibly_not_told(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        await t.said(carla, "hello")
        await t.run("UPDATE conversations SET heard_at = now() - interval '2 days'")
        ((conversation,),) = await t.rows("SELECT id FROM conversations")
        async with t.desk.db.transaction(t.desk.scope) as tx:
            await write(tx, Words(message := ids.uuid7(), conversation, "We are closed today.", "person"))

        async def failed() -> bool:
            return await t.rows("SELECT delivery FROM messages WHERE id = %s", message) == [("failed",)]

        await eventually(failed)
        assert await t.rows("SELECT kind, subject FROM alerts") == [("not_told", message)]
        assert len(received(carla)) == 1


async def test_an_operators_error_stops_the_number_and_keeps_the_queue(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        t.sim.account.token = "another"
        await t.sim.hands.type(carla, "hello")

        async def stopped() -> bool:
            return (await t.rows("SELECT status FROM whatsapp_numbers")) == [("stopped",)]

        await eventually(stopped)
        assert await t.rows("SELECT delivery FROM messages WHERE role = 'assistant'") == [("queued",)]
        ((kind, words),) = await t.rows("SELECT kind, words FROM alerts")
        assert kind == "number_stopped"
        assert "make a new one" in words


async def test_what_passes_is_tried_again(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        t.sim.world.outages.unavailable = True
        await t.sim.hands.type(carla, "hello")

        async def refused() -> bool:
            return [row[0] for row in await t.rows(OUTCOMES)][:1] == ["failed"]

        await eventually(refused)
        t.sim.world.outages.unavailable = False

        async def arrived() -> bool:
            return len(received(carla)) == 1

        await eventually(arrived)
        assert [row[2] for row in await t.rows(OUTCOMES)] == ["2", None]


async def test_somebody_who_is_not_there_is_final(database: str) -> None:
    async with town(database) as t:
        carla = t.sim.world.add("Carla", phone="436601234567")
        await t.sim.hands.type(carla, "hello")
        del t.sim.world.people[carla.id]

        async def failed() -> bool:
            return [row[::2] for row in await t.rows(OUTCOMES)] == [("failed", "131026")]

        await eventually(failed)
        ((message,),) = await t.rows("SELECT id FROM messages WHERE role = 'assistant'")
        await t.sender.follow(DeliveryOpen(t.desk.account, message))
        assert await t.rows("SELECT kind, subject FROM alerts") == [("not_told", message)]


async def test_what_comes_a_day_late_is_answered_as_what_it_is(database: str) -> None:
    """The window had closed before anybody heard of it: the answer waits, and a template says so."""
    async with town(database) as t:
        await t.run(APPROVED, t.desk.account, t.made.id, "message_waiting", "en")
        t.sim.world.templates["message_waiting", "en"] = {
            "status": "APPROVED", "category": "UTILITY", "replies": [], "link": None, "fields": ["business"],
            "text": "You asked {{business}} about an appointment and our answer is ready. Reply to read it.",
        }  # fmt: skip
        carla = t.sim.world.add("Carla", phone="436601234567")
        t.sim.world.outages.old = True
        waits = await t.said(carla, "what does a haircut cost?")
        assert (waits.kind, "our answer is ready" in waits.text) == ("template", True)
        assert await t.rows("SELECT heard_at < now() - interval '25 hours' FROM conversations") == [(True,)]
        t.sim.world.outages.old = False
        await t.sim.hands.type(carla, "yes?")

        async def read() -> bool:
            return any("35" in one.text for one in received(carla))

        await eventually(read)
        assert [row[1] for row in await t.rows(OUTCOMES)][:2] == ["template", "free"]
