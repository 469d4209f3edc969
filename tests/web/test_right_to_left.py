"""Right to left is a switch: the booking page in Arabic, with very long names, on the smallest phone."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po
from playwright.sync_api import expect

from tests.desk import Desk, furnish, opened
from tests.web.conftest import Tab
from tests.web.test_booking_in_a_browser import tell_who
from tests.web.test_in_a_browser import barriers
from truebook.channels.web import pages, words
from truebook.language.wording import speak
from truebook.tenants import accounts
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF

pytestmark = pytest.mark.slow
ARABIC = {
    "What would you like?": "ماذا تودّ أن تحجز؟",
    "With whom?": "مع من؟",
    "Anyone": "أيّ شخص",
    "first free %(when)s": "أول وقت متاح %(when)s",
    "next free %(when)s": "الوقت المتاح التالي %(when)s",
    "When suits you?": "متى يناسبك؟",
    "Morning": "صباحًا",
    "Afternoon": "بعد الظهر",
    "Evening": "مساءً",
    "closed": "مغلق",
    "full": "ممتلئ",
    "change": "تغيير",
    "Add more": "إضافة",
    "Who is coming?": "من سيأتي؟",
    "Your name": "اسمك",
    "How can we reach you?": "كيف نتواصل معك؟",
    "Telephone": "الهاتف",
    "E-mail": "البريد الإلكتروني",
    "Check and book": "مراجعة ثم حجز",
    "Shall I book it?": "هل أحجز هذا الموعد؟",
    "Yes, book it": "نعم، احجز",
    "Another time": "وقت آخر",
    "What": "ماذا",
    "Price": "السعر",
    "For": "لـ",
}
LONG = "عبد الرحمن بن محمد بن عبد العزيز الأندلسي الطويل جدًّا Maximilian-Alexander-von-Hohenstein-Wolkersdorf"


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages with one language more, which the desk does not speak yet."""
    catalog = Catalog(locale="ar")
    for said, told in ARABIC.items():
        catalog.add(said, told)
    for path in words.LOCALE.glob("*.po"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "ar.po").open("wb") as file:
        write_po(file, catalog)
    known = speak.table
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    monkeypatch.setattr(speak, "table", lambda language: known("en" if language == "ar" else language))
    caches = (words.languages, words.catalog, pages._environment)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


@pytest.fixture
def salon(database: str) -> None:
    """A business whose names are long, in both directions."""

    async def open_it() -> None:
        async with opened(database) as db:
            desk: Desk = await furnish(db, zone="Europe/Vienna")
            await accounts.change_account(
                db, desk.scope, desk.account, {"name": LONG, "address": LONG, "languages": ["en"]}
            )
            await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"name": LONG, "description": LONG})
            await STAFF.change(db, desk.scope, desk.staff["Anna"], {"name": LONG})

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, open_it()).result()


@pytest.mark.usefixtures("arabic", "salon")
def test_the_booking_page_in_arabic(tab: Tab) -> None:
    page = tab.page
    page.set_viewport_size({"width": 320, "height": 700})

    def fine(step: str) -> None:
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert barriers(tab) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") == 320, step

    page.goto("/salon-alice?lang=ar")
    expect(page.locator("h1")).to_have_text("ماذا تودّ أن تحجز؟")
    name, arrow = page.locator(".pick b >> nth=0").bounding_box(), page.locator(".pick > .i >> nth=0").bounding_box()
    assert name and arrow and arrow["x"] < name["x"], "what leads on is at the left"
    fine("what")
    page.click(".pick >> nth=0")
    page.click(".pick.who >> nth=1")
    expect(page.locator("#zone")).to_have_attribute("data-told", "")
    days = [page.locator(f".day >> nth={n}").bounding_box() for n in range(2)]
    assert days[0] and days[1] and days[1]["x"] < days[0]["x"], "later days are further left"
    page.click(".day:not(.none) >> nth=-1")
    expect(page.locator(".day[aria-current] >> nth=-1")).to_be_in_viewport()
    fine("when")
    page.click(".time >> nth=-1")
    expect(page.locator("#name")).to_be_focused()
    fine("who")
    tell_who(page)
    expect(page.locator("h1")).to_have_text("هل أحجز هذا الموعد؟")
    fine("check")
    page.click("button.go")
    expect(page.locator(".pill.booked")).to_be_visible()
    fine("receipt")
