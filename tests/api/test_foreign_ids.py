"""An id of another business's, in whatever field, is told by its field like one that nobody has; nothing is kept."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.http import API, Shop, monday, shop
from tests.api.test_classes import places, pool, yoga
from tests.api.test_series import booking, weekly
from tests.api.test_visits import COLOUR, CUT, chairs, made, visit
from tests.server.steps import value

pytestmark = pytest.mark.anyio
KEPT = (
    "appointments",
    "claims",
    "class_sessions",
    "appointment_series",
    "blocks",
    "waitlist_entries",
    "appointment_history",
)
"""The tables in which something would show."""


async def of_charlie(desk: Shop) -> dict[str, str]:
    """Return ids of the stranger's business, one of each kind."""
    seats = await made(desk.charlie, "/pools", {"name": "Mats", "kind": "seat"})
    await made(desk.charlie, f"/pools/{seats['id']}/units", {"count": 3})
    service, staff = str(desk.other.services["Haircut"]), str(desk.other.staff["Anna"])
    lesson = {"service_id": service, "staff_id": staff, "seats_pool_id": seats["id"], "start": f"{monday()}T10:00"}
    units = (await desk.charlie.get(f"{API}/pools/{seats['id']}/units")).json()["items"]
    one = {"service_id": service, "staff_id": staff, "start": f"{monday()}T12:00", "customer": {"name": "Dora"}}
    return {
        "service_id": service, "staff_id": staff, "seats_pool_id": seats["id"], "room_id": units[0]["id"],
        "class_id": (await made(desk.charlie, "/classes", lesson))["id"],
        "appointment_id": (await made(desk.charlie, "/appointments", {**one, "staff_id": str(desk.other.staff["Ben"])}))["id"],
    }  # fmt: skip


def window() -> dict[str, Any]:
    return {"start": f"{monday()}T09:00", "end": f"{monday()}T12:00"}


def requests(desk: Shop, ids: dict[str, str], mats: str, mine: str, seat: str) -> list[tuple[str, str, Any, str]]:
    """Return what is sent: method, path, body, and the field at which the foreign id stands."""
    service, staff = ids["service_id"], ids["staff_id"]
    own = {"service_id": str(desk.desk.services["Haircut"])}
    ill = {"resource_id": str(desk.desk.staff["Anna"]), **window(), "kind": "away"}
    days = {"from": str(monday()), "to": str(monday())}
    waits = {**own, "customer": {"name": "Carla", "phone": "+43 660 1234567"}, "windows": [window()]}
    day = {"start": f"{monday()}T10:00"}
    path = f"/appointments/{mine}"
    return [
        ("POST", "/appointments", desk.wanted(service_id=service), "service_id"),
        ("POST", "/appointments", desk.wanted(staff_id=staff), "staff_id"),
        ("POST", "/appointments", visit(desk, CUT) | {"segments": [own, {"service_id": service}]}, "segments.1.service_id"),
        ("POST", "/appointments", visit(desk, CUT) | {"segments": [own, {**own, "staff_id": staff}]}, "segments.1.staff_id"),
        ("POST", "/appointments", places(ids["class_id"]), "class_id"),
        ("POST", f"{path}/move", {**day, "staff_id": staff}, "staff_id"),
        ("POST", f"/appointments/{seat}/move", {"class_id": ids["class_id"]}, "class_id"),
        ("POST", f"{path}/segments", {"service_id": service}, "service_id"),
        ("POST", f"{path}/segments", {**own, "staff_id": staff}, "staff_id"),
        ("PATCH", f"{path}/segments/1", {"service_id": service}, "service_id"),
        ("PATCH", f"{path}/segments/1", {"staff_id": staff}, "staff_id"),
        ("POST", "/availability", {"segments": [own, {"service_id": service}], **days}, "segments.1.service_id"),
        ("POST", "/availability", {"segments": [{**own, "staff_id": staff}], **days}, "segments.0.staff_id"),
        ("POST", "/availability/why", {"segments": [own, {**own, "staff_id": staff}], **day}, "segments.1.staff_id"),
        ("POST", "/blocks", {**ill, "resource_id": staff}, "resource_id"),
        ("POST", "/blocks", {**ill, "token_pool_id": ids["seats_pool_id"]}, "token_pool_id"),
        ("POST", "/blocks/resolve", {**ill, "resource_id": staff}, "resource_id"),
        ("POST", "/classes", yoga(desk, mats) | {"service_id": service}, "service_id"),
        ("POST", "/classes", yoga(desk, mats) | {"staff_id": staff}, "staff_id"),
        ("POST", "/classes", yoga(desk, ids["seats_pool_id"]), "seats_pool_id"),
        ("POST", "/classes", yoga(desk, mats, room_id=ids["room_id"]), "room_id"),
        ("POST", "/series", booking(desk, service_id=service), "service_id"),
        ("POST", "/series", booking(desk, "all", staff_id=staff), "staff_id"),
        ("POST", "/series/preview", weekly(desk, staff_id=staff), "staff_id"),
        ("POST", "/waitlist", {**waits, "service_id": service}, "service_id"),
        ("POST", "/waitlist", {**waits, "staff_id": staff}, "staff_id"),
    ]  # fmt: skip


def kept(database: str) -> list[Any]:
    return [value(database, f"SELECT count(*) FROM truebook.{table}") for table in KEPT]


async def test_a_foreign_id_in_any_field_is_named_and_nothing_is_kept(database: str) -> None:
    async with shop(database) as desk:
        mats, theirs = await pool(desk), await of_charlie(desk)
        mine = (await desk.booked("14:00"))["id"]
        ben = {"staff_id": str(desk.desk.staff["Ben"])}
        lesson = await made(desk.alice, "/classes", yoga(desk, mats, "15:00", **ben))
        seat = (await made(desk.alice, "/appointments", places(lesson["id"])))["id"]
        before = kept(database)
        for ids in (theirs, {name: str(uuid4()) for name in theirs}):
            for method, path, body, field in requests(desk, ids, mats, mine, seat):
                refused = await desk.alice.request(method, API + path, json=body)
                assert refused.status_code in (404, 422), (path, body, refused.text)
                assert refused.json().get("field") == field, (path, body, refused.text)
        assert kept(database) == before


async def test_a_visit_past_closing_is_refused_by_the_segment_and_nothing_is_kept(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk)
        before = kept(database)
        refused = await desk.alice.post(f"{API}/appointments", json=visit(desk, CUT, COLOUR, at="15:00"))
        assert (refused.status_code, refused.json()["code"]) == (409, "closed")
        assert refused.json()["data"] == {"segment": 2, "role": "stylist"}
        assert kept(database) == before
