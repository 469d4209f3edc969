"""Visits of several services and people, changes of what an appointment consists of, and places in classes, by chat.

A scripted model drives the real path: it calls the tools a test tells it to, and the rows are judged. Every shape is
read back as a whole, and done as a whole or not at all.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.assistant.salon import NOW, VIENNA, carla, take
from tests.assistant.scripted import Made, first_offer, play, read_back_of, visits
from tests.desk import Desk
from truebook.booking import classes, timetable
from truebook.booking.sessions import Session
from truebook.booking.timetable import Course
from truebook.tenants.pools import POOLS, add_units
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio


FRIDAY = {"day": "2031-12-05", "at": "10:00", "said": "friday at 10"}
BOTH: Made = ("findSlots", {"service": "Haircut", **FRIDAY, "also": [{"service": "Colour"}]})


async def test_two_services_are_one_visit_with_one_yes_and_one_receipt(desk: Desk) -> None:
    chat = await carla(desk)
    said = await play(chat, "a haircut and a colour on friday at 10", BOTH, first_offer)
    assert said == ("Haircut and Colour with Anna, Friday 5 December, 10:00, 135 minutes, €114. Shall I book it?")
    assert await visits(desk) == []
    offer = read_back_of(chat)["time"]["id"]
    said = await play(chat, "yes please", ("bookAppointment", {"offer_id": offer}))
    assert said.startswith("Booked ✓ Friday 5 December, 10:00 (Europe/Vienna), Haircut and Colour with Anna. Code ")
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00 + Colour Anna 12-05 10:45"]


async def test_each_with_whom_they_wish(desk: Desk) -> None:
    chat = await carla(desk)
    also = [{"service": "Beard trim", "staff": "Ben"}, {"service": "Haircut", "guest": "Mia", "together": True}]
    search = ("findSlots", {"service": "Haircut", "staff": "Anna", **FRIDAY, "also": also})
    said = await play(
        chat, "friday at 10: haircut with anna, beard with ben, and one for Mia at once", search, first_offer
    )
    assert said.startswith(
        "Haircut with Anna (10:00), Beard trim with Ben (10:45) and Haircut with Anna (for Mia, 10:45), Friday"
    )
    await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    assert await visits(desk) == [
        "confirmed: Haircut Anna 12-05 10:00 + Beard trim Ben 12-05 10:45 + Haircut Anna Mia 12-05 10:45"
    ]


async def test_what_went_meanwhile_leaves_nothing_half(desk: Desk) -> None:
    chat = await carla(desk)
    await play(chat, "a haircut and a colour on friday at 10", BOTH, first_offer)
    offer = read_back_of(chat)["time"]["id"]
    await take(desk, "Colour", "Anna", 5, "10:45")
    said = await play(chat, "yes", ("bookAppointment", {"offer_id": offer}))
    assert said.startswith("10:00 was taken a moment ago; nothing is booked. ")
    assert await visits(desk) == ["confirmed: Colour Anna 12-05 10:45"]


async def test_a_cut_becomes_a_colour_and_then_both_as_one_change(desk: Desk) -> None:
    chat = await carla(desk)
    await play(chat, "haircut friday at 10", ("findSlots", {**BOTH[1], "also": []}), first_offer)
    said = await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    code = said.split("Code ")[1][:7]

    async def change(service: str, also: list[dict[str, str]]) -> str:
        mine: dict[str, str] = {}

        def search(returned: dict[str, Any]) -> Made:
            mine["id"] = returned["appointments"][0]["id"]
            wish = {"service": service, "also": also, "staff": "Anna", **FRIDAY}
            return "findSlots", {**wish, "moving": mine["id"], "changing": True}

        def pick(returned: dict[str, Any]) -> Made:
            return "moveAppointment", {"appointment_id": mine["id"], "offer_id": returned["offers"][0]["id"]}

        asked = await play(chat, "change it", ("myAppointments", {"purpose": "move"}), search, pick)
        offer = read_back_of(chat)["time"]["id"]
        assert (await visits(desk))[0].count("+") == asked.split(" to ")[0].count(" and ")
        stolen = await play(chat, "no", ("bookAppointment", {"offer_id": offer}))
        assert "✓" not in stolen
        await play(chat, "well", ("myAppointments", {"purpose": "move"}), search, pick)
        offer = read_back_of(chat)["time"]["id"]
        return await play(chat, "yes", ("moveAppointment", {"appointment_id": mine["id"], "offer_id": offer}))

    said = await change("Colour", [])
    assert said.startswith(f"Changed ✓ Now Friday 5 December, 10:00 (Europe/Vienna), Colour with Anna. Code {code}.")
    assert await visits(desk) == ["confirmed: Colour Anna 12-05 10:00"]
    await change("Colour", [{"service": "Haircut"}])
    assert await visits(desk) == ["confirmed: Colour Anna 12-05 10:00 + Haircut Anna 12-05 11:30"]
    await change("Colour", [])
    assert await visits(desk) == ["confirmed: Colour Anna 12-05 10:00"]


async def test_a_change_to_what_the_business_approves_is_asked_for_and_never_told_as_changed(desk: Desk) -> None:
    chat = await carla(desk)
    await play(chat, "haircut friday at 10", ("findSlots", {**BOTH[1], "also": []}), first_offer)
    await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    await SERVICES.change(desk.db, desk.scope, desk.services["Colour"], {"needs_approval": True})
    mine: dict[str, str] = {}

    def search(returned: dict[str, Any]) -> Made:
        mine["id"] = returned["appointments"][0]["id"]
        wish = {"service": "Colour", "also": [], "staff": "Anna", **FRIDAY}
        return "findSlots", {**wish, "moving": mine["id"], "changing": True}

    def pick(returned: dict[str, Any]) -> Made:
        return "moveAppointment", {"appointment_id": mine["id"], "offer_id": returned["offers"][0]["id"]}

    said = await play(chat, "a colour instead", ("myAppointments", {"purpose": "move"}), search, pick)
    assert said.startswith("The business has to agree to that first; what is booked now is given up for the request. ")
    offer = read_back_of(chat)["time"]["id"]
    said = await play(chat, "yes", ("moveAppointment", {"appointment_id": mine["id"], "offer_id": offer}))
    assert said.startswith("Requested, not yet confirmed: Friday 5 December, 10:00 (Europe/Vienna), Colour with Anna.")
    assert await visits(desk) == ["pending: Colour Anna 12-05 10:00"]


async def test_more_places_in_a_class_that_the_business_approves_are_asked_for_and_fewer_are_not(desk: Desk) -> None:
    await yoga(desk)
    chat = await carla(desk)
    search = ("findSlots", {"service": "Beard trim", **FRIDAY, "at": "09:00", "seats": 2, "said": "friday at 9"})
    await play(chat, "two places on friday at 9", search, first_offer)
    await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    await SERVICES.change(desk.db, desk.scope, desk.services["Beard trim"], {"needs_approval": True})

    async def places(seats: int) -> tuple[str, str]:
        def change(returned: dict[str, Any]) -> Made:
            return "changePlaces", {"appointment_id": returned["appointments"][0]["id"], "seats": seats}

        asked = await play(chat, f"{seats} places", ("myAppointments", {}), change)
        return asked, await play(chat, "yes", ("myAppointments", {}), change)

    asked, said = await places(1)
    assert "has to agree" not in asked and said.startswith("Changed ✓ Now Friday")
    asked, said = await places(3)
    assert "has to agree" in asked and said.startswith("Requested, not yet confirmed: Friday")
    assert await visits(desk) == ["pending: " + " + ".join(["Beard trim Ben 12-05 09:00"] * 3)]


async def test_places_in_a_class_that_was_moved_after_they_were_read_back_are_asked_for_anew(desk: Desk) -> None:
    _, saturday = await yoga(desk)
    chat = await carla(desk)
    search = ("findSlots", {"service": "Beard trim", **FRIDAY, "at": "09:00", "seats": 2, "said": "friday at 9"})
    await play(chat, "two places on friday at 9", search, first_offer)
    await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))

    def one(returned: dict[str, Any]) -> Made:
        return "changePlaces", {"appointment_id": returned["appointments"][0]["id"], "seats": 1}

    asked = await play(chat, "only one place", ("myAppointments", {}), one)
    assert "Friday" in asked and asked.endswith("?")
    ((mine,),) = await desk.db.rows(desk.scope, "SELECT id FROM appointments", {})
    await classes.change(desk.db, desk.scope, mine, saturday.id, now=NOW)
    asked = await play(chat, "yes", ("myAppointments", {}), one)
    assert "Saturday" in asked and "nothing was changed" in asked and asked.endswith("?")
    assert await visits(desk) == ["confirmed: " + " + ".join(["Beard trim Ben 12-06 10:00"] * 2)]
    said = await play(chat, "yes", ("myAppointments", {}), one)
    assert said.startswith("Changed ✓ Now Saturday")


async def yoga(desk: Desk, seats: int = 3) -> tuple[Session, Session]:
    """Put haircutting for beginners, a class with Anna, on the calendar: Friday at 9 and Saturday at 10."""
    pool = await POOLS.add(desk.db, desk.scope, name="chairs", kind="seat")
    await add_units(desk.db, desk.scope, pool.id, seats)
    course = Course(desk.services["Beard trim"], desk.staff["Ben"], pool.id)
    starts = [datetime(2031, 12, day, hour, tzinfo=VIENNA).astimezone(UTC) for day, hour in ((5, 9), (6, 10))]
    one, other = [await timetable.add(desk.db, desk.scope, course, start, now=NOW) for start in starts]
    return one, other


async def test_places_in_a_class_are_booked_changed_and_left(desk: Desk) -> None:
    await yoga(desk)
    chat = await carla(desk)
    search = ("findSlots", {"service": "Beard trim", **FRIDAY, "at": "09:00", "seats": 2, "said": "friday at 9"})
    said = await play(chat, "two places on friday at 9", search, first_offer)
    assert said.startswith("Beard trim with Ben, 2 places, Friday 5 December, 09:00, 20 minutes, €36.")
    said = await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    assert said.startswith("Booked ✓ Friday 5 December, 09:00 (Europe/Vienna), Beard trim with Ben, 2 places. Code ")
    assert await visits(desk) == ["confirmed: Beard trim Ben 12-05 09:00 + Beard trim Ben 12-05 09:00"]
    other = await carla(desk, name="Dora", phone="+436601111111")
    said = await play(other, "two for me on friday at 9", search)
    assert said.startswith("Beard trim, Friday 5 December: there are not enough places left.")
    assert "Saturday 6 December: Beard trim with Ben, 2 places at 10:00" in said
    mine: dict[str, str] = {}

    def saturday(returned: dict[str, Any]) -> Made:
        mine["id"] = returned["appointments"][0]["id"]
        return "findSlots", {"service": "Beard trim", "day": "2031-12-06", "said": "saturday", "moving": mine["id"]}

    def pick(returned: dict[str, Any]) -> Made:
        return "moveAppointment", {"appointment_id": mine["id"], "offer_id": returned["offers"][0]["id"]}

    await play(chat, "rather saturday", ("myAppointments", {"purpose": "move"}), saturday, pick)
    offer = read_back_of(chat)["time"]["id"]
    said = await play(chat, "yes", ("moveAppointment", {"appointment_id": mine["id"], "offer_id": offer}))
    assert said.startswith("Moved ✓ Now Saturday 6 December, 10:00 (Europe/Vienna), Beard trim with Ben, 2 places.")
    await play(chat, "cancel it", ("cancelAppointment", {"appointment_ids": [mine["id"]]}))
    await play(chat, "yes", ("cancelAppointment", {"appointment_ids": [mine["id"]]}))
    assert await visits(desk) == ["cancelled: Beard trim Ben 12-06 10:00 + Beard trim Ben 12-06 10:00"]


async def test_an_offer_for_changing_one_appointment_is_for_nothing_else(desk: Desk) -> None:
    """The liar books what was meant as a change, moves another appointment with it, and agrees to half a visit."""
    chat = await carla(desk)
    await play(chat, "haircut friday at 10", ("findSlots", {**BOTH[1], "also": []}), first_offer)
    await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    three = {"service": "Haircut", **FRIDAY, "at": "15:00", "said": "friday at 3 pm"}
    await play(chat, "another on friday at 3 pm", ("findSlots", three), first_offer)
    await play(chat, "yes", ("bookAppointment", {"offer_id": read_back_of(chat)["time"]["id"]}))
    before = await visits(desk)
    ids: list[str] = []

    def search(returned: dict[str, Any]) -> Made:
        ids.extend(one["id"] for one in returned["appointments"])
        return "findSlots", {
            "service": "Colour",
            "moving": ids[0],
            "changing": True,
            **FRIDAY,
        }

    await play(chat, "change it", ("myAppointments", {"purpose": "move"}), search)
    assert chat.last is not None
    offer = chat.last.acts[-1]["times"][0]["id"]
    for lie in (
        ("bookAppointment", {"offer_id": offer}),
        ("moveAppointment", {"appointment_id": ids[1], "offer_id": offer}),
        ("findSlots", {"service": "Colour", "moving": ids[0]}),
    ):
        assert "✓" not in await play(chat, "yes", lie)
    saturday = {"day": "2031-12-06", "at": "09:00", "said": "saturday at 9"}
    await play(chat, "both on saturday at 9", ("findSlots", {**BOTH[1], **saturday}), first_offer)
    single = ("findSlots", {"service": "Haircut", **saturday})
    assert "✓" not in await play(chat, "yes", single, first_offer)
    assert await visits(desk) == before
