"""Every page of the desk by the app's own route table: each role, each foreign id, and hostile names everywhere.

A route that is added is tried without anybody thinking of it; one with a new kind of id asks for one here.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tests.desk import opened
from tests.people.test_erasing import dump
from tests.web.browsing import LINKS
from tests.web.people import House, house, signed_in
from tests.web.test_desk import DAY, HOSTILE
from tests.web.tour import filled, one_of_everything
from truebook.app import build
from truebook.channels.web.visitors import May
from truebook.db import Database
from truebook.kernel.settings import Settings
from truebook.tenants.roles import MAY, Right

pytestmark = pytest.mark.anyio
GOES_ON = ("/desk/live",)
"""What never ends by itself."""


def right_of(route: APIRoute) -> Right | None:
    """Return the right that a route asks for, found among its dependencies."""

    def rights(one: Dependant) -> Iterator[Right]:
        if isinstance(one.call, May):
            yield one.call.right
        for below in one.dependencies:
            yield from rights(below)

    return next(rights(route.dependant), None)


def desk_routes() -> list[tuple[str, str, Right]]:
    """Return every page of the desk: method, path and right. None is open."""
    found = []
    for route in build(Settings(), links=LINKS).routes:
        if isinstance(route, APIRoute) and route.path.startswith("/desk"):
            right = right_of(route)
            assert right is not None, f"{route.path} asks for no right"
            found += [(method, route.path, right) for method in sorted(route.methods)]
    return found


async def furnished(db: Database, here: House) -> dict[str, Any]:
    """Fill Alice's salon with one of everything, hostile names all over; return the ids by the names routes give them."""
    return await one_of_everything(db, here.desk, here.alice.user_id, here.anna.user_id, DAY, lambda _: HOSTILE)


def of_tenant(url: str, tenant: UUID) -> dict[str, list[str]]:
    """Return every row that belongs to a business."""
    return {table: sorted(row for row in rows if str(tenant) in row) for table, rows in dump(url).items()}


async def test_every_page_asks_who_is_there_and_what_they_may(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        ids = await furnished(db, here)
        admin = await signed_in(db, here.desk, "bob@salon.example", "admin")
        for method, path, right in desk_routes():
            where = filled(path, ids)
            nobody = await here.nobody.request(method, where)
            assert (nobody.status_code, nobody.headers["location"][:8]) == (303, "/sign-in"), (method, path)
            for role, who in (("staff", here.anna), ("admin", admin)):
                if role in MAY[right]:
                    continue
                refused = await who.page.request(method, where, data={"csrf": who.csrf} if method == "POST" else None)
                assert refused.status_code == 403, (role, method, path)
            if method == "POST":
                unmarked = await here.alice.page.post(where, data={"csrf": "0" * 32})
                assert unmarked.status_code == 403, (path, "a form of somebody else's page")
        await admin.page.aclose()


async def test_foreign_ids_lead_nowhere_and_change_nothing(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        ids = await furnished(db, here)
        before = of_tenant(database, here.desk.account)
        for method, path, _ in desk_routes():
            if not re.search(r"{\w+_id", path):
                continue
            where, unknown = filled(path, ids), filled(path, {**ids, **dict.fromkeys(ids, uuid4()), "by": "service"})
            sent = {"csrf": here.charlie.csrf} if method == "POST" else None
            refused = await here.charlie.page.request(method, where, data=sent)
            same = await here.charlie.page.request(method, unknown, data=sent)
            assert refused.status_code == same.status_code in (404, 422), (method, path, refused.status_code)
        assert of_tenant(database, here.desk.account) == before


async def test_hostile_names_are_only_ever_text(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        ids = await furnished(db, here)
        for method, path, _ in desk_routes():
            if method != "GET" or path in GOES_ON:
                continue
            shown = await here.alice.page.get(filled(path, ids), params={"day": str(DAY), "q": HOSTILE})
            assert shown.status_code == 200, (path, shown.status_code)
            if "text/html" in shown.headers["content-type"]:
                assert "<script>alert" not in shown.text and '" onload=x' not in shown.text, path
