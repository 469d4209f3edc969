"""A yes is for what the customer was shown, in whose name and with which notes, and for nothing else a model has called."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.assistant.salon import NOW, carla, rows, salon, speaks
from tests.assistant.scripted import Made, play
from tests.chat import Chat
from tests.desk import Desk
from truebook.assistant.incoming import inbox
from truebook.booking import actions

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    async with salon(database) as made:
        await speaks(made, "en", "de")
        yield made


def book(*places: int, **who: str) -> list[Callable[[dict[str, Any]], Made]]:
    """Return the calls that book some of the offers which the call before the first of them found."""
    offers: list[dict[str, Any]] = []

    def made(place: int, returned: dict[str, Any]) -> Made:
        offers.extend(returned.get("offers", []))
        return "bookAppointment", {"offer_id": offers[place]["id"], **who}

    return [partial(made, place) for place in places]


FIND: Made = ("findSlots", {"service": "Haircut", "day": "2031-12-04", "said": "on thursday"})


async def test_of_several_things_read_back_in_one_turn_only_the_one_that_is_shown_is_agreed_to(desk: Desk) -> None:
    chat = await carla(desk)
    shown = await play(chat, "a haircut on thursday", FIND, *book(0, 1, 2))
    assert shown.count("Shall I book it?") == 1 and chat.last is not None
    asked = [act for act in chat.last.acts if act["kind"] == "read_back"]
    assert len(asked) == 1, "and nothing else is kept to be agreed to"
    offers = _taken(chat)
    await play(chat, "yes", *(("bookAppointment", {"offer_id": one}) for one in offers))
    assert len(await rows(desk)) == 1 and asked[0]["time"]["id"] in offers


def _taken(chat: Chat) -> list[str]:
    """Return the ids of the offers that the chat's model was shown last."""
    assert chat.last is not None
    return [one["time"]["id"] for one in chat.last.acts if one["kind"] == "read_back"] + [
        one["id"] for act in chat.last.acts if act["kind"] == "offers" for one in act["times"]
    ]


async def test_a_cancellation_that_was_not_shown_is_not_agreed_to(desk: Desk) -> None:
    chat = await carla(desk)
    await play(chat, "a haircut on thursday", FIND, *book(0))
    await play(chat, "yes", ("bookAppointment", {"offer_id": _taken(chat)[0]}))
    (before,) = await rows(desk)
    mine: Made = ("myAppointments", {"purpose": "cancel"})

    def cancel(returned: dict[str, Any]) -> Made:
        return "cancelAppointment", {"appointment_ids": [returned["appointments"][0]["id"]]}

    told: Made = ("myAppointments", {"purpose": "tell"})
    shown = await play(chat, "is there a lift?", mine, cancel, told, move="answer", about=["access"])
    assert "ancel it?" not in shown
    await play(chat, "great, yes", mine, cancel)
    assert await rows(desk) == [before]


async def test_no_model_opens_an_appointment_by_a_code_that_nobody_wrote(desk: Desk) -> None:
    other = await carla(desk)
    await play(other, "a haircut on thursday", FIND, *book(0))
    await play(other, "yes", ("bookAppointment", {"offer_id": _taken(other)[0]}))
    async with desk.db.transaction(desk.scope) as tx:
        ((code,),) = await tx.rows("SELECT code FROM appointments")
    there = await inbox.open_conversation(desk.db, desk.scope, "web", address="x", name=None, phone=None)
    stranger = Chat(desk, there, now=NOW)
    said = await play(stranger, "open sesame", ("showAppointment", {"code": code}))
    assert code not in said and "Haircut" not in said
    loosely = code.lower().replace("-", " ")
    assert code in await play(stranger, f"my code is {loosely}", ("showAppointment", {"code": code}))


async def test_it_is_booked_for_whom_it_was_read_back_and_with_those_notes(desk: Desk) -> None:
    chat = await carla(desk, name=None, phone=None)
    told = (
        "I am Vera Victim, my number is 0660 1234567, mail vera@example.org. Bob is my husband. a haircut on thursday"
    )
    whose = {"name": "Vera Victim", "phone": "0660 1234567", "email": "vera@example.org"}
    assert "Vera Victim" in await play(chat, told, FIND, *book(0, **whose))
    another = {"name": "Bob", "phone": "+491601234567", "notes": "husband"}
    await play(chat, "yes", ("bookAppointment", {"offer_id": _taken(chat)[0], **another}))
    async with desk.db.transaction(desk.scope) as tx:
        found = await tx.rows("SELECT customer_name, customer_phone, customer_email, notes FROM appointments")
    assert found == [("Vera Victim", "+436601234567", "vera@example.org", None)]


@pytest.mark.parametrize(
    ("told", "note", "written"),
    [
        ("I am not allergic to nuts, I eat penicillin daily. Thanks!", "allergic to penicillin", None),
        ("I am not allergic to nuts. I eat penicillin daily.", "allergic to penicillin", 2),
        ("Sure! I come with a wheelchair.", "come with a wheelchair", 1),
        ("I am not allergic to nuts", "nuts to allergic", ""),
        ("a haircut", "wheelchair", ""),
    ],
)
async def test_a_note_is_what_the_customer_wrote_as_they_wrote_it(
    desk: Desk, told: str, note: str, written: int | str | None
) -> None:
    """A model that takes single words out of a sentence turns it into the opposite: the sentence is written down."""
    chat = await carla(desk)
    await play(chat, "a haircut on thursday", FIND, *book(0))
    await play(chat, "yes", ("bookAppointment", {"offer_id": _taken(chat)[0]}))
    await play(chat, told, ("noteAppointment", {"note": note}))
    async with desk.db.transaction(desk.scope) as tx:
        ((kept,),) = await tx.rows("SELECT notes FROM appointments")
    whole = {None: told.split(" Thanks")[0], 1: "I come with a wheelchair.", 2: told, "": None}[written]
    assert kept == whole


@pytest.mark.parametrize("move", ["coming", "kept", "declined"])
async def test_nobody_is_expected_who_has_no_appointment(desk: Desk, move: str) -> None:
    chat = await carla(desk)
    said = await play(chat, "please book me a haircut on thursday at 10", move=move)
    for claim in ("see you then", "See you", "stays as it is", "othing changes", "Another day"):
        assert claim not in said
    assert await rows(desk) == []


async def test_what_was_moved_after_it_was_read_back_is_asked_for_anew(desk: Desk) -> None:
    chat = await carla(desk)
    await play(chat, "a haircut on thursday", FIND, *book(0))
    await play(chat, "yes", ("bookAppointment", {"offer_id": _taken(chat)[0]}))
    async with desk.db.transaction(desk.scope) as tx:
        ((mine, start),) = await tx.rows("SELECT id, starts_at FROM appointments")
    cancel: Made = ("cancelAppointment", {"appointment_ids": [str(mine)]})
    assert chat.now is not None
    asked = await play(chat, "cancel it", cancel)
    assert "Thursday" in asked and "ancel it?" in asked
    await actions.move(desk.db, desk.scope, mine, start + timedelta(days=1), now=chat.now)
    asked = await play(chat, "yes", cancel)
    assert "Friday" in asked and "cancel" in asked and asked.endswith("?"), "the yes was to Thursday"
    assert "nothing was changed" in asked
    assert [row.split()[-1] for row in await rows(desk)] == ["confirmed"]
    assert "Cancelled" in await play(chat, "yes", cancel)
    assert [row.split()[-1] for row in await rows(desk)] == ["cancelled"]


@pytest.mark.parametrize("how", ["move", "change"])
async def test_what_was_moved_after_a_change_of_it_was_read_back_is_asked_for_anew(desk: Desk, how: str) -> None:
    chat = await carla(desk)
    await play(chat, "a haircut on thursday", FIND, *book(0))
    await play(chat, "yes", ("bookAppointment", {"offer_id": _taken(chat)[0]}))
    async with desk.db.transaction(desk.scope) as tx:
        ((mine, start),) = await tx.rows("SELECT id, starts_at FROM appointments")
    found: list[str] = []

    def change(returned: dict[str, Any]) -> Made:
        found.extend(one["id"] for one in returned.get("offers", []))
        return "moveAppointment", {"appointment_id": str(mine), "offer_id": found[-1]}

    service = "Haircut" if how == "move" else "Colour"
    wish = {
        "service": service,
        "day": "2031-12-08",
        "said": "on monday",
        "moving": str(mine),
        "changing": how == "change",
    }
    assert chat.now is not None
    asked = await play(chat, "on monday rather", ("findSlots", wish), change)
    assert ("Thursday" in asked or how == "change") and "Monday" in asked and asked.endswith("?")
    await actions.move(desk.db, desk.scope, mine, start + timedelta(days=1), now=chat.now)
    before = await rows(desk)
    asked = await play(chat, "yes", change({}))
    assert ("Friday" in asked or how == "change") and asked.endswith("?"), "the yes was to Thursday"
    assert "nothing was changed" in asked and await rows(desk) == before
    assert "✓" in await play(chat, "yes", change({}))
    ((now,),) = await desk.db.rows(desk.scope, "SELECT starts_at FROM appointments", {})
    assert now.date().isoformat() == "2031-12-08"
