"""The waiting list by chat: joined with windows, left, and what comes free taken, each with a yes to what was read back."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.assistant.salon import VIENNA
from tests.assistant.scripted import Made, play, visits
from tests.chat import Chat, chat, deliver
from tests.desk import Desk
from truebook.booking import actions, turns, waitlist
from truebook.booking.model import Customer, Span, Wish
from truebook.kernel import clock
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
TAKE: Made = ("takeWaitlistOffer", {})
LEAVE: Made = ("leaveWaitlist", {})


def thursday() -> date:
    """Return a Thursday at least three days ahead."""
    day = clock.now().date() + timedelta(days=3)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def joining(window: str = "10:00-10:15") -> Made:
    limits = [{"on": "time", "values": [window], "said": f"at {window}"}]
    return "joinWaitlist", {"service": "Haircut", "staff": "Anna", "day": str(thursday()), "limits": limits}


async def entries(desk: Desk) -> list[str]:
    async with desk.db.transaction(desk.scope) as tx:
        return [row[0] for row in await tx.rows("SELECT status FROM waitlist_entries ORDER BY joined_at")]


async def at_ten(desk: Desk) -> Wish:
    start = datetime.combine(thursday(), time(10), VIENNA)
    return Wish(desk.services["Haircut"], start, Customer("Bob"), desk.staff["Anna"])


async def free_again(desk: Desk) -> None:
    """Let the waiting list offer what is free on that day, and tell of it."""
    start = datetime.combine(thursday(), time(), VIENNA)
    await turns.offer(desk.db, desk.scope, Span(start, start + timedelta(days=1)), now=clock.now())
    await deliver(desk)


async def waits(desk: Desk, **more: str | None) -> Chat:
    """Return a chat of somebody who waits for Thursday at ten, while Bob has it."""
    talk = await chat(desk, **more)
    said = await play(talk, f"put me on the list on {thursday()} at 10:00-10:15", joining())
    assert said.startswith("I would put you on the waiting list: Haircut with Anna (Thursday")
    assert said.endswith(", 10:00–11:00). Shall I?")
    said = await play(talk, "yes", joining())
    assert said.startswith("You are on the waiting list: Haircut with Anna (Thursday")
    return talk


async def test_what_comes_free_is_offered_in_the_chat_and_taken_with_a_yes(desk: Desk) -> None:
    bob = await actions.book(desk.db, desk.scope, await at_ten(desk), now=clock.now())
    anonymous = await waits(desk, name="Dora", phone=None)
    assert await entries(desk) == ["waiting"]
    assert "No time is kept for you any more" in await play(anonymous, "yes", TAKE)
    await actions.cancel(desk.db, desk.scope, bob.id, now=clock.now())
    await free_again(desk)
    eve = await chat(desk, name="Eve", phone="+436609999999")
    assert "✓" not in await play(eve, "yes", TAKE)
    said = await play(anonymous, "yes please", TAKE)
    assert said.startswith("Booked ✓ Thursday")
    assert "10:00 (Europe/Vienna), Haircut with Anna. Code " in said
    assert [one.split(":")[0] for one in await visits(desk)] == ["cancelled", "confirmed"]
    assert await entries(desk) == ["booked"]


async def test_a_number_that_is_typed_shows_nobody_what_its_owner_waits_for(desk: Desk) -> None:
    await actions.book(desk.db, desk.scope, await at_ten(desk), now=clock.now())
    await waits(desk)  # Carla, by her number
    eve = await chat(desk, name="Eve", phone=None)
    call = (joining("12:00-12:15")[0], {**joining("12:00-12:15")[1], "phone": "+43 660 1234567"})
    await play(eve, f"put me on the list on {thursday()} at 12:00-12:15, my number is +43 660 1234567", call)
    said = await play(eve, "yes", call)
    assert "12:00–13:00" in said and "10:00" not in said
    assert await entries(desk) == ["waiting", "waiting"]


async def test_a_question_in_between_has_it_read_back_once_more(desk: Desk) -> None:
    talk = await waits(desk)
    await free_again(desk)
    await play(talk, "how much is it?")
    assert "is kept for you until" in await play(talk, "yes", TAKE)
    assert [one.split(":")[0] for one in await visits(desk)] == ["held"]
    assert (await play(talk, "yes", TAKE)).startswith("Booked ✓")


async def test_the_list_is_left_with_a_yes_and_a_place_is_nobody_elses(desk: Desk) -> None:
    await actions.book(desk.db, desk.scope, await at_ten(desk), now=clock.now())
    talk = await waits(desk)
    eve = await chat(desk, name="Eve", phone="+436609999999")
    assert await play(eve, "what do I wait for?", ("myWaitlist", {})) == "You are not on our waiting list."
    assert await play(eve, "off", LEAVE) == "You are not on our waiting list."
    assert (await play(talk, "off the list", LEAVE)).endswith("shall I take you off the waiting list?")
    assert await entries(desk) == ["waiting"]
    assert "off the waiting list:" not in await play(talk, "no", LEAVE)
    await play(talk, "off the list", LEAVE)
    assert (await play(talk, "yes", LEAVE)).startswith("You are off the waiting list: Haircut with Anna")
    assert await entries(desk) == ["withdrawn"]


async def test_an_offer_is_not_told_to_a_test_chat_in_which_nobody_asked(desk: Desk) -> None:
    bob = await actions.book(desk.db, desk.scope, await at_ten(desk), now=clock.now())
    start = datetime.combine(thursday(), time(10), VIENNA)
    wanted = waitlist.Waiting(desk.services["Haircut"], desk.staff["Anna"], (Span(start, start + timedelta(hours=1)),))
    who = Customer("Waltraud Waits", "+436601234567")
    await waitlist.join(desk.db, desk.scope, who, wanted, now=clock.now())
    tried = await chat(desk, name="Waltraud Waits")  # staff try how it is for her
    await actions.cancel(desk.db, desk.scope, bob.id, now=clock.now())
    await free_again(desk)
    assert await entries(desk) == ["offered"]
    async with desk.db.transaction(desk.scope) as tx:
        assert await tx.rows("SELECT content FROM messages WHERE role = 'assistant'") == []
        query = "SELECT o.status, a.conversation_id FROM outbox o JOIN appointments a ON a.id = o.appointment_id"
        assert await tx.rows(f"{query} WHERE o.topic = 'offered'") == [("not_needed", None)]
    assert "is kept for you until" in await play(tried, "is anything kept for me?", TAKE), "who asks is told"


@pytest.mark.parametrize("approved", [False, True], ids=["booked", "asked for"])
async def test_what_was_taken_elsewhere_is_not_called_not_booked(desk: Desk, approved: bool) -> None:
    if approved:
        await SERVICES.change(desk.db, desk.scope, desk.services["Haircut"], {"needs_approval": True})
    talk = await waits(desk)
    await free_again(desk)
    async with desk.db.transaction(desk.scope) as tx:
        ((held, code),) = await tx.rows("SELECT id, code FROM appointments WHERE status = 'held'")
    await actions.confirm(desk.db, desk.scope, held, now=clock.now(), by_customer=True)
    said = await play(talk, "yes", TAKE)
    assert code in said and "nothing is booked" not in said
    assert said.startswith("Requested" if approved else "You have"), said
    assert [one.split(":")[0] for one in await visits(desk)] == ["pending" if approved else "confirmed"]
