"""The calendar in a real browser: what is dragged is what the server says, what happens elsewhere shows up here."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.desk import Desk, furnish, opened
from tests.web.conftest import Tab
from tests.web.test_desk import DAY, HOSTILE, booked
from tests.web.test_in_a_browser import barriers
from truebook.assistant import handover
from truebook.assistant.incoming import inbox
from truebook.booking import actions, views
from truebook.booking.model import Appointment, Customer, Wanted, Wish
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import sessions
from truebook.tenants.staff import STAFF, set_services
from truebook.tenants.users import USERS

pytestmark = pytest.mark.slow
REFUSED = "Failed to load resource: the server responded with a status of 409 (Conflict)"


def meanwhile(url: str, work: Callable[[Database], Awaitable[Any]]) -> Any:
    """Do something in the database from another thread: the browser keeps this one's event loop."""

    async def opening() -> Any:
        async with opened(url) as db:
            return await work(db)

    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, opening()).result()


@pytest.fixture
def salon(tab: Tab, database: str) -> Desk:
    """A salon whose owner is signed in in the tab."""

    async def made(db: Database) -> tuple[Desk, str]:
        desk = await furnish(db, zone="Europe/Vienna")
        user = await USERS.add(db, desk.scope, email="alice@salon.example", role="owner")
        return desk, await sessions.link(db, desk.scope, user.id, now=clock.now())

    desk, token = meanwhile(database, made)
    tab.page.goto(f"/sign-in/{token}")
    tab.page.click("form button")
    tab.page.wait_for_url("**/desk")
    return desk


@contextmanager
def answered(tab: Tab) -> Iterator[None]:
    """Wait for the notice about what is done within, which an older one is not."""
    tab.page.evaluate("document.querySelector('#notice .toast')?.classList.add('old')")
    yield
    tab.page.wait_for_selector("#notice .toast:not(.old)")


BOXES = """([name, to]) => {
  const block = [...document.querySelectorAll(".placed a.ap")].find((one) => one.textContent.includes(name));
  const column = document.querySelector(`.placed .column[aria-label='${to}'] .col`);
  return [block, column, document.querySelector(".placed .scale")].map((one) => one.getBoundingClientRect().toJSON());
}"""
"""All at once: the day may be put in anew between one look and the next."""


def drag(tab: Tab, name: str, *, to: str, hours: float) -> None:
    """Drag somebody's appointment into another column, and down by some hours."""
    tab.page.wait_for_selector(f".placed a.ap:has-text('{name}')")
    block, column, scale = tab.page.evaluate(BOXES, [name, to])
    opens, closes = (int(tab.page.get_attribute("#day", f"data-{name}") or 0) for name in ("opens", "closes"))
    hour = scale["height"] / ((closes - opens) / 60)
    with answered(tab):
        tab.page.mouse.move(block["x"] + 40, block["y"] + 10)
        tab.page.mouse.down()
        tab.page.mouse.move(column["x"] + 40, block["y"] + 30, steps=4)
        tab.page.mouse.move(column["x"] + 40, block["y"] + 10 + hours * hour, steps=4)
        tab.page.mouse.up()


OTHERS = [f"/desk/{path}" for path in ("requests", "inbox", "questions", "reports", "health", "checks", "feeds")]
SETTINGS = [
    f"/desk/settings{path}"
    for path in (
        "", "/services", "/services/new", "/hours", "/days", "/assistant", "/assistant/model", "/page", "/whatsapp",
        "/keys",
    )
]  # fmt: skip


def persons(one: Appointment) -> list[str]:
    """Return the pages about the customer of an appointment."""
    return [f"/desk/customers/{one.customer.id}{path}" for path in ("", "/merge", "/export", "/erase")]


def test_a_drag_moves_is_undone_and_never_moves_onto_another(tab: Tab, salon: Desk, database: str) -> None:
    one = meanwhile(database, lambda db: booked(db, salon))
    meanwhile(database, lambda db: booked(db, salon, 14, "Ben", "Dora"))
    tab.page.goto(f"/desk?day={DAY}")

    def row() -> Any:
        return meanwhile(database, lambda db: views.appointment(db, salon.scope, one.id))

    drag(tab, "Carla", to="Ben", hours=2)
    assert (row().staff_name, row().start) == ("Ben", datetime.combine(DAY, time(11), UTC))
    with answered(tab):
        tab.page.keyboard.press("z")
    tab.page.wait_for_selector(f".column[aria-label='Anna'] #ap-{one.id}")
    assert (row().staff_name, row().start) == ("Anna", one.start)
    drag(tab, "Carla", to="Ben", hours=4)
    assert "already taken" in tab.page.inner_text("#notice")
    assert tab.page.locator(f".column[aria-label='Anna'] #ap-{one.id}").get_attribute("data-at") == "600"
    assert (row().staff_name, row().start) == ("Anna", one.start)
    tab.complaints.remove(REFUSED)


def test_a_visit_has_one_outline_and_moves_as_one(tab: Tab, salon: Desk, database: str) -> None:
    async def made(db: Database) -> Appointment:
        parts = (
            Wanted(salon.services["Colour"], salon.staff["Anna"]),
            Wanted(salon.services["Haircut"], salon.staff["Ben"]),
        )
        start = datetime.combine(DAY, time(9), UTC)
        wish = Wish(parts[0].service_id, start, Customer("Vera", None), segments=parts, same_staff=False)
        return await actions.book(db, salon.scope, wish, now=clock.now())

    one = meanwhile(database, made)
    tab.page.goto(f"/desk?day={DAY}")
    tab.page.wait_for_selector(f".ties path[data-id='{one.id}']", state="attached")
    boxes = [tab.page.locator(each).bounding_box() for each in (f"#ap-{one.id}", f"#ap-{one.id}-2", ".ties path")]
    first, second, line = (box for box in boxes if box)
    ends = (second["x"] + second["width"], second["y"] + second["height"])
    assert 0 < first["x"] - line["x"] < 8 and 0 < first["y"] - line["y"] < 8, "one outline around all of it"
    assert 0 < line["x"] + line["width"] - ends[0] < 8 and 0 < line["y"] + line["height"] - ends[1] < 8
    drag(tab, "Vera", to="Anna", hours=1)
    after = meanwhile(database, lambda db: views.appointment(db, salon.scope, one.id))
    assert [(part.staff_name, part.start.hour) for part in after.segments] == [("Anna", 10), ("Ben", 11)]


def test_what_is_booked_elsewhere_shows_up(tab: Tab, salon: Desk, database: str) -> None:
    tab.page.goto(f"/desk?day={DAY}")
    tab.page.wait_for_selector("#live.on")
    meanwhile(database, lambda db: booked(db, salon, name=HOSTILE))
    shown = tab.page.wait_for_selector(".placed a.ap")
    assert shown is not None and "<script>" in shown.inner_text()


def test_the_desk_is_worked_by_keys(tab: Tab, salon: Desk, database: str) -> None:
    one = meanwhile(database, lambda db: booked(db, salon))
    page = tab.page
    page.goto(f"/desk?day={DAY}")
    page.focus(f"#ap-{one.id}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert page.evaluate("document.activeElement.textContent") == "Carla"
    page.keyboard.press("m")
    assert page.locator("#to").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="hidden")
    page.wait_for_function(f"document.activeElement.id === 'ap-{one.id}'")
    page.keyboard.press("n")
    page.wait_for_selector("#service")
    page.wait_for_function("document.activeElement.id === 'service'")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="hidden")
    page.keyboard.press("t")
    page.wait_for_url(lambda url: f"day={DAY}" not in url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_desk(tab: Tab, salon: Desk, database: str, scheme: str) -> None:
    one = meanwhile(database, lambda db: booked(db, salon))
    tab.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for width in (1280, 320):
        tab.page.set_viewport_size({"width": width, "height": 800})
        for path in (
            f"/desk?day={DAY}", f"/desk?day={DAY}&view=week", f"/desk?day={DAY}&view=month", "/desk/me", "/desk/users", "/desk/customers", "/desk/customers/import", *persons(one), *SETTINGS, *OTHERS,
            f"/desk/appointments/{one.id}", f"/desk/new?day={DAY}",
        ):  # fmt: skip
            tab.page.goto(path)
            tab.page.wait_for_load_state()
            assert barriers(tab) == [], (path, width)
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_today_is_readable_among_the_days_of_another_month(tab: Tab, salon: Desk) -> None:
    tab.page.goto("/desk?view=month")
    tab.page.wait_for_load_state()
    tab.page.evaluate("document.querySelector('.month .today').classList.add('outside')")
    assert barriers(tab) == []


def test_without_a_script_the_day_is_a_list_and_everything_is_a_link_or_a_form(chromium: Any, database: str) -> None:
    from tests.web.conftest import serving

    async def made(db: Database) -> str:
        desk = await furnish(db, zone="Europe/Vienna")
        user = await USERS.add(db, desk.scope, email="alice@salon.example", role="owner")
        await booked(db, desk)
        return await sessions.link(db, desk.scope, user.id, now=clock.now())

    token = meanwhile(database, made)
    with serving(database) as address:
        context = chromium.new_context(base_url=address, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"/sign-in/{token}")
        page.click("form button")
        page.goto(f"/desk?day={DAY}")
        page.click("a.ap")
        page.click("summary:has-text('Move')")
        page.fill("#to", f"{DAY}T14:00")
        page.click("text=Move it there")
        assert "14:00" in page.inner_text("a.ap")
        context.close()


def test_what_is_said_shows_up_and_what_is_being_typed_stays(tab: Tab, salon: Desk, database: str) -> None:
    async def opened_chat(db: Database) -> UUID:
        chat = await inbox.open_conversation(db, salon.scope, "web", address="x", name="Nora", phone=None)
        await handover.turn_over(db, salon.scope, chat, "handed_over")
        return chat

    chat = meanwhile(database, opened_chat)
    tab.page.goto(f"/desk/inbox/{chat}")
    tab.page.wait_for_selector("#live.on")
    tab.page.fill("#text", "half an answer")
    meanwhile(database, lambda db: inbox.receive(db, salon.scope, chat, "are you there?"))
    tab.page.wait_for_selector("#said >> text=are you there?")
    assert tab.page.input_value("#text") == "half an answer"
    assert tab.page.inner_text("#side a[href='/desk/inbox'] b") == "1"
    tab.page.click("text=Send")
    tab.page.wait_for_selector("#said >> text=half an answer")


def test_hours_are_dragged_and_another_stretch_is_added(tab: Tab, salon: Desk) -> None:
    page = tab.page
    page.goto("/desk/settings/hours")
    bar = page.locator(".weekday").first.locator(".bars rect").first.bounding_box()
    assert bar is not None
    page.mouse.move(bar["x"] + bar["width"] - 2, bar["y"] + 8)
    page.mouse.down()
    page.mouse.move(bar["x"] + bar["width"] + bar["width"] / 8, bar["y"] + 8, steps=3)  # of eight hours
    page.mouse.up()
    assert page.locator("[name=to_1]").first.input_value() == "18:00"
    page.locator(".weekday").first.locator("[data-more]").click()
    page.locator("[name=from_1]").nth(1).fill("19:00")
    page.locator("[name=to_1]").nth(1).fill("20:00")
    page.click("text=Save")
    page.wait_for_url("**saved=1")
    assert page.locator(".weekday").first.locator(".bars rect").count() == 2


def test_an_edge_is_dragged_and_the_length_is_undone(tab: Tab, salon: Desk, database: str) -> None:
    one = meanwhile(database, lambda db: booked(db, salon))

    def length() -> int:
        row = meanwhile(database, lambda db: views.appointment(db, salon.scope, one.id))
        return int((row.end - row.start).total_seconds() // 60)

    page = tab.page
    page.goto(f"/desk?day={DAY}")
    page.wait_for_selector(".placed a.ap:has-text('Carla')")
    block, column, scale = page.evaluate(BOXES, ["Carla", "Anna"])
    opens, closes = (int(page.get_attribute("#day", f"data-{name}") or 0) for name in ("opens", "closes"))
    until = column["y"] + (11 * 60 + 10 - opens) * scale["height"] / (closes - opens)
    with answered(tab):
        page.mouse.move(block["x"] + 40, block["y"] + block["height"] - 3)
        page.mouse.down()
        page.mouse.move(block["x"] + 40, until - 20, steps=4)
        page.mouse.move(block["x"] + 40, until, steps=4)
        assert page.inner_text(".ghost") == "10:00–11:10", "while it is dragged it says until when"
        page.mouse.up()
    assert length() == 70 and page.get_attribute(f"#ap-{one.id}", "data-for") == "70"
    with answered(tab):
        page.keyboard.press("z")
    assert length() == 45 and page.get_attribute(f"#ap-{one.id}", "data-for") == "45"


SPOTS = """(name) => {
  const hour = (block) => {
    const top = block.getBoundingClientRect().y;
    const near = (one) => Math.abs(one.getBoundingClientRect().y + 8 - top);
    return [...document.querySelectorAll(".scale time")].sort((a, b) => near(a) - near(b))[0].textContent;
  };
  return [...document.querySelectorAll(".placed a.ap")].filter((one) => one.textContent.includes(name))
    .map((one) => [one.closest(".col").dataset.day, hour(one), one.querySelector("time").textContent]);
}"""
"""For each appointment of somebody: in which day's column it stands, beside which hour, and which it says."""


@pytest.mark.parametrize("sunday", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_week_in_which_the_clock_is_changed(tab: Tab, salon: Desk, database: str, sunday: date) -> None:
    zone = clock.zone("Europe/Vienna")
    days = [sunday - timedelta(days=1), sunday, sunday + timedelta(days=1)]

    async def made(db: Database) -> list[Appointment]:
        free = ("hours", "notice", "horizon")
        starts = [clock.at(day, 600, zone) for day in days]
        starts += [clock.at(days[1], 0, zone) + timedelta(hours=n) for n in (2, 3)]  # two o'clock, or three, or two
        wishes = [salon.wish(start, customer=Customer("Carla", None), overrides=free) for start in starts]
        return [await actions.book(db, salon.scope, one, now=clock.now()) for one in wishes]

    rows = meanwhile(database, made)
    page = tab.page
    page.goto(f"/desk?day={sunday}&view=week")
    page.wait_for_selector(".placed a.ap")
    page.evaluate("document.querySelector('#day').scrollTop = 0")
    spring = sunday.month == 3
    nights = ["03:00", "04:00"] if spring else ["02:00", "02:00"]
    want = [(str(days[0]), "10:00"), *((str(sunday), one) for one in (*nights, "10:00"))]
    found = page.evaluate(SPOTS, "Carla")
    assert [(day, said) for day, _, said in found] == want, "a week ends on its Sunday"
    assert all(beside == said for _, beside, said in found), "each stands beside the hour that it says"
    boxes = [page.locator(f"#ap-{one.id}").bounding_box() for one in rows[3:]]
    first, second = (box for box in boxes if box)
    apart = first["x"] + first["width"] <= second["x"] or first["y"] + first["height"] <= second["y"]
    assert apart, "both can be seen, those of an hour that comes twice as well"
    page.goto(f"/desk?day={days[2]}&view=week")
    page.wait_for_selector(".placed a.ap")
    assert [(day, said) for day, _, said in page.evaluate(SPOTS, "Carla")] == [(str(days[2]), "10:00")]
    page.goto(f"/desk?day={sunday}")
    page.wait_for_selector(".placed a.ap >> nth=2")
    page.locator(f"#ap-{rows[1].id}").scroll_into_view_if_needed()
    drag_on = page.locator(f"#ap-{rows[1].id}").bounding_box()
    scale = page.locator(".placed .scale").bounding_box()
    assert drag_on and scale
    opens, closes = (int(page.get_attribute("#day", f"data-{name}") or 0) for name in ("opens", "closes"))
    hour = scale["height"] / ((closes - opens) / 60)
    with answered(tab):
        page.mouse.move(drag_on["x"] + 40, drag_on["y"] + 10)
        page.mouse.down()
        page.mouse.move(drag_on["x"] + 40, drag_on["y"] + 40, steps=3)
        page.mouse.move(drag_on["x"] + 40, drag_on["y"] + 10 + hour, steps=3)
        page.mouse.up()
    if page.locator("#notice .toast.refused").count():  # on a Sunday nobody is open: staff are asked first
        with answered(tab):
            page.click("#notice [name=anyway]")
        tab.complaints.remove(REFUSED)
    moved = meanwhile(database, lambda db: views.appointment(db, salon.scope, rows[1].id))
    assert moved.start.astimezone(zone).time() == time(11)


def test_a_day_is_printed_on_one_sheet(tab: Tab, salon: Desk, database: str) -> None:
    async def made(db: Database) -> None:
        for name in ("Carla", "David", "Emma"):
            person = await STAFF.add(db, salon.scope, name=name)
            await set_services(db, salon.scope, person.id, list(salon.services.values()))
            salon.staff[name] = person.id
        for staff in salon.staff:
            for hour in (9, 10, 12, 14, 16):
                await booked(db, salon, hour, staff, f"Customer of {staff} at {hour}")

    meanwhile(database, made)
    page = tab.page
    for view, width in (("day", 595), ("week", 842)):
        page.goto(f"/desk?day={DAY}&view={view}")
        page.wait_for_selector(".placed a.ap >> nth=24")
        printed = page.pdf(prefer_css_page_size=True, format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, view
        box = re.search(rb"/MediaBox\s*\[\s*0 0 (\d+)", printed)
        assert box and abs(int(box[1]) - width) < 4, "a week lies on its side"
