"""Opening a business of one's own, in one form, with a ticket from the terminal."""

from datetime import timedelta

import pytest

from tests.desk import opened
from tests.web.browsing import LINKS, browser
from truebook.booking import free
from truebook.channels.web import set_up
from truebook.db import Scope
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.tenants import accounts, hours, opening
from truebook.tenants.kinds import OFFERS, WEEKS
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
WANTED = {
    "name": "Schöne Köpfe & Söhne", "kind": "hairdresser", "language": "de", "timezone": "Europe/Vienna",
    "email": "Lina@koepfe.example", "people": "Lina\nMax\n",
}  # fmt: skip


def ticket(hours: float = 1) -> str:
    return LINKS.ticket(set_up.PURPOSE, clock.now() + timedelta(hours=hours))


async def test_a_business_is_open_after_one_form_and_its_owner_is_in(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        assert "Step 1 of 4" in (await page.get(f"/set-up/{ticket()}")).text
        assert (await page.post(f"/set-up/{ticket()}", data=WANTED)).headers["location"] == "/desk/open"
        open_now = (await page.get("/desk/open")).text
        assert "Your booking page is live. The first free time is " in open_now and "/schone-kopfe-sohne" in open_now
        desk = (await page.get("/desk")).text
        assert "Schöne Köpfe &amp; Söhne" in desk and 'aria-label="Lina"' in desk and 'aria-label="Max"' in desk
        account = await accounts.by_slug(db, "schone-kopfe-sohne")
        scope, now = Scope(account.id, "test"), clock.now()
        services = await SERVICES.page(db, scope)
        assert [one.name for one in services] == ["Haarschnitt", "Färben", "Bart trimmen"]
        first = now.date() + timedelta(days=1)
        assert await free.find(db, scope, services[0].id, None, first, first + timedelta(days=7), now=now)
        assert (await page.post(f"/set-up/{ticket()}", data=WANTED)).status_code == 303
        assert (await accounts.by_slug(db, "schone-kopfe-sohne-2")).name == account.name


async def test_four_steps_keep_what_was_told_on_the_way_there_and_back(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        own = f"/set-up/{ticket()}"
        business = {name: WANTED[name] for name in ("name", "kind", "language", "timezone")}
        first = await page.post(own, data={"step": "1", **business, "timezone": "Wien"})
        assert first.status_code == 422 and "Step 1 of 4" in first.text and 'aria-invalid="true"' in first.text
        second = await page.post(own, data={"step": "1", **business})
        assert "Step 2 of 4" in second.text and 'name="kind" value="hairdresser"' in second.text
        people = {"step": "2", **business, "people": "Lina\nMax", "email": "lina@koepfe.example"}
        third = await page.post(own, data=people)
        assert "Step 3 of 4" in third.text and "Haarschnitt" in third.text and "Lina\nMax" in third.text
        back = await page.post(own, data={**people, "step": "3", "back": "1"})
        assert "Step 2 of 4" in back.text and "lina@koepfe.example" in back.text
        offers = {**people, "step": "3", "offer": ["0", "2"], "minutes_0": "40", "minutes_2": "20"}
        week = {"from_1": ["09:00", "13:00"], "to_1": ["12:00", "17:30"]}
        for wrong in ({"offer": []}, {"minutes_0": "4"}, {"minutes_2": ""}, {"from_1": "", "to_1": ""}):
            refused = await page.post(own, data={**offers, **week, **wrong})
            assert refused.status_code == 422 and 'role="alert"' in refused.text, wrong
            assert "Step 3 of 4" in refused.text and await accounts.listing(db) == []
        assert (await page.post(own, data={**offers, **week})).headers["location"] == "/desk/open"
        account = await accounts.by_slug(db, "schone-kopfe-sohne")
        scope = Scope(account.id, "test")
        services = await SERVICES.page(db, scope)
        assert [(one.name, one.duration_minutes) for one in services] == [("Haarschnitt", 40), ("Bart trimmen", 20)]
        kept = await hours.get(db, scope, None)
        assert [(one.weekday, one.opens_minute, one.closes_minute) for one in kept.week] == [
            (1, 540, 720), (1, 780, 1050),
        ]  # fmt: skip


async def test_a_link_is_for_one_business_and_not_for_any_number(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        one = ticket()
        answers = [await page.post(f"/set-up/{one}", data=WANTED) for _ in range(set_up.OPENED.burst + 1)]
        assert [each.status_code for each in answers] == [303] * set_up.OPENED.burst + [429]
        assert "Forgotten the password" not in answers[-1].text
        assert len(await accounts.listing(db)) == set_up.OPENED.burst
        assert (await page.post(f"/set-up/{ticket(2)}", data=WANTED)).status_code == 303


async def test_what_cannot_be_used_is_named_and_nothing_is_opened(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        for field, value in (
            ("name", ""), ("name", "日本"), ("email", "lina"), ("email", ""), ("timezone", "Vienna"), ("people", ""),
            ("people", "Lina\nlina"), ("kind", "circus"), ("language", "xx"),
        ):  # fmt: skip
            answer = await page.post(f"/set-up/{ticket()}", data={**WANTED, field: value})
            assert answer.status_code == 422, (field, value)
            assert field in ("kind", "language") or 'aria-invalid="true"' in answer.text, (field, value)
        assert await accounts.listing(db) == []


async def test_without_a_good_ticket_there_is_no_such_page(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        other = LINKS.ticket("something else", clock.now() + timedelta(hours=1))
        for wrong in (ticket(-1), other, "1.x", "x", f"{ticket()}x", f"9{ticket()}"):
            assert (await page.get(f"/set-up/{wrong}")).status_code == 404, wrong
            assert (await page.post(f"/set-up/{wrong}", data=WANTED)).status_code == 404, wrong


@pytest.mark.unit
def test_every_kind_has_services_and_hours() -> None:
    assert set(OFFERS) == set(WEEKS) == set(set_up.KINDS)
    assert all(OFFERS.values()) and all(WEEKS.values())


@pytest.mark.unit
def test_a_name_becomes_an_address() -> None:
    names = {"Salon Lina": "salon-lina", "  Größe & Co. ": "grosse-co", "Desk": "desk-desk", "a" * 99: "a" * 60}
    assert {name: opening.slug_of(name) for name in names} == names
    with pytest.raises(Invalid, match="letter"):
        opening.slug_of("日本")
