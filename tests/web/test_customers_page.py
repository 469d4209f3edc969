"""The customers' pages: found, changed, merged, handed out and erased; by owner and admin, never by staff or strangers."""

import pytest

from tests.desk import opened
from tests.web.people import house
from tests.web.test_desk import HOSTILE, booked, version
from truebook.booking import views
from truebook.kernel import clock
from truebook.people import finding
from truebook.tenants.customers import CUSTOMERS

pytestmark = pytest.mark.anyio


async def test_somebody_is_found_changed_merged_handed_out_and_erased(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk, name=HOSTILE)
        page, send = here.alice.page, here.alice.send
        listed = (await page.get("/desk/customers")).text
        assert "&lt;script&gt;alert" in listed and "<script>alert" not in listed
        for asked in ("0660 1234", one.code, HOSTILE[:9]):
            assert f"/desk/customers/{one.customer.id}" in (await page.get("/desk/customers", params={"q": asked})).text
        assert "Nobody is found" in (await page.get("/desk/customers?q=Nobody")).text
        assert f'href="/desk/customers/{one.customer.id}"' in (await page.get(f"/desk/appointments/{one.id}")).text
        where = f"/desk/customers/{one.customer.id}"
        shown = (await page.get(where)).text
        assert one.code in shown and "<script>alert" not in shown
        other = await CUSTOMERS.add(db, here.desk.scope, name="Carla M.", phone="+436600000001")
        fields = {
            "version": version(shown),
            "name": "Carla",
            "phone": "0660 7654321",
            "email": "C@x.example",
            "notes": HOSTILE,
        }
        for field, wrong, status in (("phone", "12", 422), ("email", "x", 422), ("phone", "0660 0000001", 409)):
            refused = await send(where, **{**fields, field: wrong})
            assert (refused.status_code, f'value="{wrong}"' in refused.text) == (status, True), field
        assert (await send(where, **fields)).status_code == 303
        assert (await send(where, **fields)).status_code == 409, "an old page"
        kept = await CUSTOMERS.get(db, here.desk.scope, one.customer.id)
        assert (kept.name, kept.phone, kept.email) == ("Carla", "+436607654321", "c@x.example")
        foreseen = (await page.get(f"{where}/merge?other={other.id}")).text
        assert "+436600000001" in foreseen and "1 appointments" not in foreseen
        assert (await send(f"{where}/merge", other=str(other.id))).status_code == 303
        assert "+436600000001" in ((await CUSTOMERS.get(db, here.desk.scope, kept.id)).notes or "")
        assert one.code in (await page.get(f"{where}/export")).text
        file = await page.get(f"{where}/export.json")
        assert (
            file.json()["customer"]["phone"] == "+436607654321" and "attachment" in file.headers["content-disposition"]
        )
        asked = (await page.get(f"{where}/erase")).text
        assert "1 of them is still ahead" in asked and one.code in asked
        assert (await send(f"{where}/erase")).status_code == 422, "it has to be said twice"
        assert (await views.appointment(db, here.desk.scope, one.id)).customer.name == HOSTILE.strip()
        assert (await send(f"{where}/erase", sure="yes")).status_code == 200
        assert (await views.appointment(db, here.desk.scope, one.id)).customer.name == "–"
        assert (await page.get(where)).status_code == 404


async def test_staff_and_strangers_see_and_do_nothing(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        where = f"/desk/customers/{one.customer.id}"
        for path in ("", "/merge", "/export", "/export.json", "/erase"):
            assert (await here.anna.page.get(where + path)).status_code == 403, path
            assert (await here.charlie.page.get(where + path)).status_code == 404, path
        for path in ("", "/merge", "/erase"):
            sent = {"sure": "yes", "other": str(one.customer.id), "name": "x"}
            assert (await here.anna.send(where + path, **sent)).status_code == 403, path
            assert (await here.charlie.send(where + path, **sent)).status_code in (404, 422), path
        assert (await here.anna.page.get("/desk/customers")).status_code == 403
        assert str(one.customer.id) not in (await here.charlie.page.get("/desk/customers?q=Carla")).text
        assert [who.name for who in await finding.find(db, here.desk.scope, "", now=clock.now())] == ["Carla"]
