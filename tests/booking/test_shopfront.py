"""What a process remembers of a business for its page is never older than the rows, whoever changes them and how."""

from datetime import timedelta

import pytest

from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook.booking import shopfront, timetable
from truebook.booking.shopfront import KNOWN, Shopfront
from truebook.booking.timetable import Course
from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound
from truebook.tenants import pools
from truebook.tenants.accounts import change_account, close_account
from truebook.tenants.pools import POOLS
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

pytestmark = pytest.mark.anyio
SLUG = "salon-alice"


async def look(db: Database, slug: str = SLUG) -> Shopfront:
    return await shopfront.find(db, slug, Scope(None, "web", "test"), now=NOW)


async def test_a_business_is_read_once(database: str) -> None:
    async with opened(database) as db:
        await furnish(db)
        first = await look(db)
        known = db.kept[KNOWN].get(SLUG, KNOWN)
        again = await look(db)
        assert again.offered is first.offered and again.state == first.state
        assert db.kept[KNOWN].get(SLUG, KNOWN) is known


async def rename(db: Database, desk: Desk) -> None:
    await change_account(db, desk.scope, desk.account, {"name": "Alice's"})


async def embed(db: Database, desk: Desk) -> None:
    await change_account(db, desk.scope, desk.account, {"framed_by": ["https://alice.example"]})


async def price(db: Database, desk: Desk) -> None:
    await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"price_minor": 100})


async def leave(db: Database, desk: Desk) -> None:
    await STAFF.change(db, desk.scope, desk.staff["Anna"], {"is_active": False})


async def unlearn(db: Database, desk: Desk) -> None:
    await set_services(db, desk.scope, desk.staff["Anna"], [])


async def teach(db: Database, desk: Desk) -> None:
    seats = await POOLS.add(db, desk.scope, name="Mat", kind="seat")
    await pools.add_units(db, desk.scope, seats.id, 4)
    course = Course(desk.services["Colour"], desk.staff["Anna"], seats.id, 4)
    await timetable.add(db, desk.scope, course, MONDAY + timedelta(hours=2), now=NOW)


@pytest.mark.parametrize("change", [rename, embed, price, leave, unlearn, teach], ids=lambda one: str(one.__name__))
async def test_what_another_process_changes_shows_at_once(database: str, change: object) -> None:
    async with opened(database) as here, opened(database) as there:
        desk = await furnish(here)
        before = await look(here)
        assert callable(change)
        await change(there, desk)
        after = await look(here)
        assert (after.account, after.offered, after.taught) != (before.account, before.offered, before.taught)
        assert after.state != before.state


async def test_a_place_on_the_web_that_was_passed_on_is_somebody_elses(database: str) -> None:
    async with opened(database) as here, opened(database) as there:
        alice = await furnish(here)
        bob = await furnish(here, "salon-bob")
        assert (await look(here)).account.id == alice.account
        await change_account(there, alice.scope, alice.account, {"slug": "salon-old"})
        await change_account(there, bob.scope, bob.account, {"slug": SLUG})
        assert (await look(here)).account.id == bob.account
        assert (await look(here, "salon-old")).account.id == alice.account


async def test_a_business_that_was_closed_is_not_there(database: str) -> None:
    async with opened(database) as here, opened(database) as there:
        desk = await furnish(here)
        await look(here)
        await close_account(there, desk.scope, desk.account)
        with pytest.raises(NotFound):
            await look(here)
