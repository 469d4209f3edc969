"""Finding customers, and making one of two."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.desk import MONDAY, NOW, furnish, opened
from truebook.booking import actions, views
from truebook.booking.model import Customer
from truebook.kernel.errors import Invalid, NotFound
from truebook.people import finding, listing, merging
from truebook.tenants.customers import CUSTOMERS, CustomerRecord

pytestmark = pytest.mark.anyio


async def test_customers_are_found_by_name_number_address_and_code(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        who = (Customer("Carla 100%", "+436601234567"), Customer("Dora", None, "dora@x.example"), Customer("Only Name"))
        booked = [
            await actions.book(db, desk.scope, desk.wish(MONDAY + timedelta(hours=n + 1), customer=one), now=NOW)
            for n, one in enumerate(who)
        ]

        async def names(text: str) -> list[str | None]:
            return [one.name for one in await finding.find(db, desk.scope, text, now=NOW)]

        assert await names("") == ["Dora", "Carla 100%"]
        for text, expected in (
            ("carl", ["Carla 100%"]), ("100%", ["Carla 100%"]), ("0660 1234", ["Carla 100%"]), ("%", ["Carla 100%"]),
            ("DORA@", ["Dora"]), (booked[0].code.lower().replace("-", " "), ["Carla 100%"]), ("nobody", []), ("_", []),
        ):  # fmt: skip
            assert await names(text) == expected, text
        unknown = await finding.nameless_visits(db, desk.scope, "only")
        assert [one.code for one in unknown] == [booked[2].code]
        listed = await listing.put_in_list(db, desk.scope, booked[2].id)
        assert (listed.name, await names("only")) == ("Only Name", ["Only Name"])
        assert (await listing.put_in_list(db, desk.scope, booked[2].id)).id == listed.id
        assert await finding.nameless_visits(db, desk.scope, "only") == []
        again = await actions.book(
            db,
            desk.scope,
            desk.wish(MONDAY + timedelta(hours=5), customer=Customer("D.", None, "dora@x.example")),
            now=NOW,
        )
        assert again.customer.id == booked[1].customer.id, "known by the address"
        profile = await finding.profile(db, desk.scope, booked[1].customer.id or booked[1].id)
        assert [one.code for one in profile.visits] == [again.code, booked[1].code]


@pytest.mark.unit
def test_what_becomes_of_two() -> None:
    blank = CustomerRecord(MONDAY_ID, None, None, None, None, None, NOW, 1)
    kept = replace(blank, name="Carla", phone="+431", notes="likes tea")
    gone = replace(blank, name="C. M.", phone="+432", email="c@x.example", notes="allergic")
    assert merging.merged(kept, gone) == {
        "name": "Carla", "phone": "+431", "email": "c@x.example", "locale": None, "notes": "likes tea\nallergic\n+432",
    }  # fmt: skip
    assert merging.merged(blank, gone)["phone"] == "+432"


MONDAY_ID = UUID(int=1)


async def test_two_become_one_with_all_their_appointments(database: str) -> None:
    async with opened(database) as db:
        desk, other = await furnish(db), await furnish(db, "praxis-charlie")
        first = await actions.book(db, desk.scope, desk.wish(MONDAY + timedelta(hours=1)), now=NOW)
        wish = desk.wish(MONDAY + timedelta(hours=2), customer=Customer("Carla M.", None, "carla@x.example"))
        second = await actions.book(db, desk.scope, wish, now=NOW)
        keep, gone = first.customer.id, second.customer.id
        assert keep is not None and gone is not None and keep != gone
        foreseen = await merging.foresee(db, desk.scope, keep, gone)
        assert foreseen.moves["appointments"] == 1 and foreseen.values["email"] == "carla@x.example"
        merged = await merging.merge(db, desk.scope, keep, gone)
        assert (merged.name, merged.phone, merged.email) == ("Carla", "+436601234567", "carla@x.example")
        assert (await views.appointment(db, desk.scope, second.id)).customer.id == keep
        assert (await views.appointment(db, desk.scope, second.id)).customer.name == "Carla M."
        with pytest.raises(NotFound):
            await CUSTOMERS.get(db, desk.scope, gone)
        with pytest.raises(Invalid):
            await merging.merge(db, desk.scope, keep, keep)
        with pytest.raises(NotFound):
            await merging.merge(db, other.scope, keep, gone)
