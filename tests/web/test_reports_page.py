"""Reports and health: figures that can be counted by hand, files without formulas, and what is not well in words."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.desk import opened
from tests.web.people import house
from tests.web.test_desk import DAY, HOSTILE, booked
from truebook.booking import actions
from truebook.channels.web.desk import spreadsheet
from truebook.kernel import clock
from truebook.ledger import alerts
from truebook.reports import figures
from truebook.reports.figures import Figures, Part, Visit
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
MONDAY = date(2030, 1, 7)
FORMULA = "=cmd|' /C calc'!A0"


@pytest.mark.unit
def test_figures_are_counted_by_week_channel_service_and_staff() -> None:
    carla, nora = uuid4(), uuid4()

    def visit(status: str, day: int, who: UUID | None, *parts: Part, new: bool = False) -> Visit:
        return Visit(status, "web" if day % 2 else "whatsapp", MONDAY + timedelta(days=day), who, new, parts)

    cut, colour = Part("Cut", "Anna", 45), Part("Colour", "Ben", 90)
    found = figures.report(
        MONDAY,
        MONDAY + timedelta(days=13),
        [
            visit("completed", 0, carla, cut, colour), visit("no_show", 1, nora, cut, new=True),
            visit("cancelled", 7, nora, cut), visit("confirmed", 8, None, Part("Cut", "Ben", 45)),
        ],
        {("Anna", MONDAY): 480, ("Ben", MONDAY): 240, ("Ben", MONDAY + timedelta(days=7)): 300},
    )  # fmt: skip
    assert found.total == Figures(4, 1, 1, 225, 1020) and found.total.fill == 22
    assert (found.new, found.returning) == (1, 1)
    assert found.by_week == {"2030-01-07": Figures(2, 0, 1, 180, 720), "2030-01-14": Figures(2, 1, 0, 45, 300)}
    assert found.by_service == {"Cut": Figures(4, 1, 1, 135), "Colour": Figures(1, 0, 0, 90)}
    assert found.by_staff == {"Anna": Figures(3, 1, 1, 90, 480), "Ben": Figures(2, 0, 0, 135, 540)}
    assert found.by_channel == {"web": Figures(2, 1, 1, 45), "whatsapp": Figures(2, 0, 0, 180)}


@pytest.mark.unit
def test_no_cell_is_a_formula() -> None:
    text = spreadsheet.table([[FORMULA, "+1", "\t=1", " -2+3", -4, None, 'a"b']])
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        [f"'{FORMULA}", "'+1", "'\t=1", "' -2+3", "-4", "", 'a"b']
    ]


async def test_reports_show_and_hand_out_what_happened(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        scope = here.desk.scope
        await SERVICES.change(db, scope, here.desk.services["Haircut"], {"name": FORMULA})
        await SERVICES.change(db, scope, here.desk.services["Colour"], {"name": HOSTILE})
        gone = await booked(db, here.desk, 10)
        await booked(db, here.desk, 12, "Ben")
        await actions.cancel(db, scope, gone.id, now=clock.now())
        held = here.desk.wish(gone.start, staff="Anna")
        hold = await actions.hold(db, scope, held, now=clock.now())
        await actions.cancel(db, scope, hold.id, now=clock.now())
        days = f"from={DAY}&to={DAY + timedelta(days=6)}"
        shown = (await here.alice.page.get(f"/desk/reports?{days}")).text
        assert "<dt>Booked</dt><dd>2</dd>" in shown and "<dt>Cancelled</dt><dd>1</dd>" in shown
        assert "<dt>How full</dt><dd>1 %</dd>" in shown, "45 minutes of two people's five days of eight hours"
        file = await here.alice.page.get(f"/desk/reports/service.csv?{days}")
        rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
        assert (
            rows[1] == [f"'{FORMULA}", "2", "1", "0", "45", ""] and "attachment" in file.headers["content-disposition"]
        )
        for query in ("from=x", f"from={DAY}&to={DAY - timedelta(days=1)}", "from=2020-01-01&to=2029-01-01"):
            assert (await here.alice.page.get(f"/desk/reports?{query}")).status_code == 422, query
        assert "<dt>Booked</dt><dd>0</dd>" in (await here.charlie.page.get(f"/desk/reports?{days}")).text
        for path in ("/desk/reports", "/desk/reports/week.csv", "/desk/health"):
            assert (await here.anna.page.get(path)).status_code == 403


async def test_health_says_what_is_not_well_and_what_was_dealt_with(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        assert "All is well" in (await here.alice.page.get("/desk/health")).text
        await SERVICES.add(db, here.desk.scope, name=HOSTILE, duration_minutes=30)
        async with db.transaction(here.desk.scope) as tx:
            await alerts.alert(tx, "not_told", uuid4(), f"{HOSTILE} was not told")
        shown = (await here.alice.page.get("/desk/health")).text
        assert "Nobody does: " in shown and "was not told" in shown and "<script>alert" not in shown
        (alert,) = await alerts.waiting(db, here.desk.scope)
        assert (await here.charlie.send(f"/desk/alerts/{alert.id}/resolve")).status_code == 404
        assert (await here.anna.send(f"/desk/alerts/{alert.id}/resolve")).status_code == 403
        assert (await here.alice.send(f"/desk/alerts/{alert.id}/resolve")).status_code == 303
        assert await alerts.waiting(db, here.desk.scope) == []
