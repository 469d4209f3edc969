"""The settings: shown first what they leave outside, then kept; nothing is dropped, nobody but owner and admin may."""

from datetime import time, timedelta

import pytest

from tests.desk import opened
from tests.web.people import House, house
from tests.web.test_desk import DAY, HOSTILE, booked, version
from truebook.booking import views
from truebook.tenants import accounts, hours, telling
from truebook.tenants.blackouts import BLACKOUTS
from truebook.tenants.bots import BOTS
from truebook.tenants.hours import OVERRIDES
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, services_by_staff

pytestmark = pytest.mark.anyio
HERE = "/desk/settings"
RULES = {"slot_minutes": "15", "min_notice_minutes": "0", "max_advance_days": "90", "cancel_notice_minutes": "0"}


def week(*spans: tuple[str, str], days: range = range(1, 6)) -> dict[str, list[str]]:
    """Return the fields of a week that is the same from day to day, with room for one more stretch."""
    return {
        f"{side}_{day}": [*(span[n] for span in spans), ""] for day in days for n, side in enumerate(("from", "to"))
    }


async def test_hours_that_leave_an_appointment_outside_are_shown_before_they_are_kept(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one, scope = await booked(db, here.desk, 10, name=HOSTILE), here.desk.scope
        await booked(db, here.desk, 14)
        seen = version((await here.alice.page.get(f"{HERE}/hours")).text)
        fields = {"version": seen, "staff": "", **RULES, **week(("12:00", "13:00"), ("13:30", "17:00"))}
        shown = await here.alice.send(f"{HERE}/hours", **fields)
        assert shown.status_code == 409
        assert "This would leave 1 booked appointment outside" in shown.text and "outside the hours" in shown.text
        assert "&lt;script&gt;alert" in shown.text and str(one.id) in shown.text
        assert len((await hours.get(db, scope, None)).week) == 5, "nothing is kept yet"
        again = await here.alice.send(f"{HERE}/hours", **fields, again="1")
        assert again.status_code == 200 and 'value="13:30"' in again.text
        assert (await here.alice.send(f"{HERE}/hours", **fields, anyway="1")).status_code == 303
        kept = await hours.get(db, scope, None)
        assert [(day.opens_minute, day.closes_minute) for day in kept.week if day.weekday == 1] == [
            (720, 780), (810, 1020),
        ]  # fmt: skip
        after = await views.appointment(db, scope, one.id)
        assert (after.status, after.start) == ("confirmed", one.start), "it stays booked"
        assert (await here.alice.send(f"{HERE}/hours", **fields, anyway="1")).status_code == 422, "an old page"
        for wrong in (week(("12:00", "11:00")), week(("09:00", "12:00"), ("11:00", "13:00")), week(("x", "y"))):
            refused = await here.alice.send(f"{HERE}/hours", **{**fields, **wrong, "version": ""})
            assert refused.status_code == 422 and "none overlap" in refused.text
        refused = await here.alice.send(f"{HERE}/hours", **{**fields, "slot_minutes": "2"})
        assert refused.status_code == 422 and "from 5 to 240" in refused.text


async def test_what_is_booked_stands_below_the_hours(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        weekday = DAY.isoweekday() % 7
        await booked(db, here.desk, 10)
        await booked(db, here.desk, 14)
        shown = (await here.alice.page.get(f"{HERE}/hours")).text
        bars = shown.partition(f'name="to_{weekday}"')[2].partition("</fieldset>")[0]
        assert 'data-from="600" data-to="645"' in bars and 'data-from="840" data-to="885"' in bars
        assert 'role="status" hidden>Booked outside these hours: <b>0</b>' in bars
        assert shown.count("data-from=") == 2, "nothing is booked on the other days"
        ben = (await here.alice.page.get(f"{HERE}/hours?staff={here.desk.staff['Ben']}")).text
        assert "data-from=" not in ben, "it is Anna who is booked"
        await hours.put(db, here.desk.scope, hours.Hours(here.desk.staff["Anna"], 15, 0, 90, 0, ()))
        shown = (await here.alice.page.get(f"{HERE}/hours")).text
        assert "data-from=" not in shown, "the business's hours decide nothing about who has their own"
        hers = (await here.alice.page.get(f"{HERE}/hours?staff={here.desk.staff['Anna']}")).text
        assert 'role="status">Booked outside these hours: <b>2</b>' in hers
        await OVERRIDES.add(db, here.desk.scope, date=DAY, intervals=hours.minutes([]))
        hers = (await here.alice.page.get(f"{HERE}/hours?staff={here.desk.staff['Anna']}")).text
        assert "data-from=" not in hers, "that day has hours of its own"


async def test_somebodys_own_hours_are_given_and_taken_away(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        ben = here.desk.staff["Ben"]
        shown = (await here.alice.page.get(f"{HERE}/hours?staff={ben}")).text
        assert "These are the business" in shown and 'value="09:00"' in shown
        fields = {"staff": str(ben), **RULES, **week(("08:00", "00:00"))}
        assert (await here.alice.send(f"{HERE}/hours", **fields)).status_code == 303
        assert (await hours.get(db, here.desk.scope, ben)).week[0].closes_minute == 1440
        assert (await here.alice.send(f"{HERE}/hours", staff=str(ben), inherit="1")).status_code == 303
        assert "These are the business" in (await here.alice.page.get(f"{HERE}/hours?staff={ben}")).text


async def test_days_off_services_and_staff_name_what_they_leave_outside(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await booked(db, here.desk, 10)
        scope, desk = here.desk.scope, here.desk
        service = f"{HERE}/services/{desk.services['Haircut']}"
        person = f"{HERE}/staff/{desk.staff['Anna']}"
        offer = {"name": "Cut", "minutes": "45", "before": "0", "after": "5", "currency": "eur", "price": "35,50"}
        anna, ben = str(desk.staff["Anna"]), str(desk.staff["Ben"])
        both = list(map(str, desk.services.values()))
        away: list[tuple[str, dict[str, str | list[str]], str]] = [
            (f"{HERE}/days/off", {"first": str(DAY), "last": "", "staff": anna}, "on a day off"),
            (f"{HERE}/days/other", {"date": str(DAY), "from": ["12:00"], "to": ["14:00"]}, "outside the hours"),
            (service, {**offer, "staff": [ben], "is_active": "1"}, "nobody does it then"),
            (service, {**offer, "staff": [anna, ben]}, "nobody does it then"),
            (person, {"name": "Anna", "services": both}, "nobody does it then"),
            (HERE, {"name": "Salon", "timezone": "Asia/Tokyo", "language": "de"}, "outside the hours"),
        ]
        for path, fields, why in away:
            shown = await here.alice.send(path, **fields)
            assert (shown.status_code, why in shown.text) == (409, True), (path, shown.text[:3000])
        assert await BLACKOUTS.page(db, scope) == [] and await OVERRIDES.page(db, scope) == []
        assert (await SERVICES.get(db, scope, desk.services["Haircut"])).name == "Haircut"
        kept = {**offer, "staff": [anna], "is_active": "1", "needs_approval": "1", "name_en": "Trim, Cut"}
        assert (await here.alice.send(service, **kept)).status_code == 303
        cut = await SERVICES.get(db, scope, desk.services["Haircut"])
        assert (cut.name, cut.price_minor, cut.currency, cut.names, cut.needs_approval) == (
            "Cut", 3550, "EUR", {"en": ["Trim", "Cut"]}, True,
        )  # fmt: skip
        assert desk.services["Haircut"] not in (await services_by_staff(db, scope))[desk.staff["Ben"]]
        for field, wrong in (
            ("price", "a lot"),
            ("price", "1e999999999"),
            ("price", "9e999990"),
            ("minutes", "0"),
            ("name", "Colour"),
            ("name", ""),
            ("currency", "E"),
        ):
            refused = await here.alice.send(service, **{**kept, field: wrong})
            assert refused.status_code == 422 and 'class="error"' in refused.text, field
        assert (await here.alice.send(f"{HERE}/services", **{**kept, "name": HOSTILE})).status_code == 303
        listed = (await here.alice.page.get(f"{HERE}/services")).text
        assert "&lt;script&gt;alert" in listed and "<script>alert" not in listed
        assert (await here.alice.send(f"{HERE}/staff", name="Dora", services=both, is_active="1")).status_code == 303
        assert "Dora" in [one.name for one in await STAFF.page(db, scope)]
        off = {"first": str(DAY + timedelta(days=30)), "yearly": "1", "reason": "Party"}
        assert (await here.alice.send(f"{HERE}/days/off", **off)).status_code == 303
        other = {"date": str(DAY + timedelta(days=31)), "from": ["", "10:00"], "to": ["", "12:00"]}
        assert (await here.alice.send(f"{HERE}/days/other", **other)).status_code == 303
        assert (await here.alice.send(f"{HERE}/days/other", **other)).status_code == 422, "that day has other hours"
        days = (await here.alice.page.get(f"{HERE}/days")).text
        assert "Party" in days and "10:00–12:00" in days
        for kind, records in (("off", BLACKOUTS), ("other", OVERRIDES)):
            row = (await records.page(db, scope))[0]
            assert (await here.charlie.send(f"{HERE}/days/{kind}/{row.id}/remove")).status_code == 404
            assert (await here.alice.send(f"{HERE}/days/{kind}/{row.id}/remove")).status_code == 303
        assert await BLACKOUTS.page(db, scope) == [] and await OVERRIDES.page(db, scope) == []


async def test_the_business_and_its_assistant_are_kept(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        seen = version((await here.alice.page.get(HERE)).text)
        fields = {
            "version": seen, "name": "Salon", "timezone": "Europe/Vienna", "language": "de", "languages": ["en", "de"],
            "address": "Main Street 1", "phone": "01 2345678", "retention_months": "24",
        }  # fmt: skip
        assert (await here.alice.send(HERE, **fields)).status_code == 303
        account = await accounts.get(db, here.desk.scope, here.desk.account)
        assert (account.languages, account.phone, account.retention_months) == (["de", "en"], "+4312345678", 24)
        for field, wrong in (("timezone", "Mars"), ("phone", "1"), ("name", ""), ("retention_months", "0")):
            refused = await here.alice.send(HERE, **{**fields, "version": "", field: wrong})
            assert refused.status_code == 422 and 'class="error"' in refused.text, field
        facts = {"topic": ["parking", "other"], "text": ["Behind the house", ""], "fact_language": ["en", ""]}
        assert (await here.alice.send(f"{HERE}/assistant", tone="casual", prompt="Be kind", **facts)).status_code == 303
        bot = (await BOTS.page(db, here.desk.scope))[0]
        assert (bot.tone, bot.facts) == ("casual", [{"topic": "parking", "text": "Behind the house", "language": "en"}])
        assert (await here.alice.send(f"{HERE}/assistant", tone="rude", prompt="")).status_code == 422


async def test_staff_and_strangers_set_nothing(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        for path in ("", "/services", "/services/new", "/staff", "/hours", "/days", "/assistant"):
            assert (await here.anna.page.get(HERE + path)).status_code == 403, path
        for path in ("", "/services", "/staff", "/hours", "/days/off", "/days/other", "/assistant"):
            assert (await here.anna.send(HERE + path, name="x")).status_code == 403, path
        await _a_stranger_meets_nothing(here)
        assert {one.name for one in await STAFF.page(db, here.desk.scope)} == {"Anna", "Ben"}


async def _a_stranger_meets_nothing(here: House) -> None:
    for path in (f"services/{here.desk.services['Haircut']}", f"staff/{here.desk.staff['Anna']}"):
        assert (await here.charlie.page.get(f"{HERE}/{path}")).status_code == 404
        assert (await here.charlie.send(f"{HERE}/{path}", name="Stolen", is_active="1")).status_code == 404
    ours = str(here.desk.staff["Anna"])
    assert (await here.charlie.page.get(f"{HERE}/hours?staff={ours}")).status_code == 404
    assert (await here.charlie.send(f"{HERE}/hours", staff=ours, **RULES)).status_code == 404
    stolen = {"name": "X", "minutes": "5", "before": "0", "after": "0", "currency": "EUR", "staff": ours}
    assert (await here.charlie.send(f"{HERE}/services", **stolen)).status_code == 422
    assert (await here.charlie.send(f"{HERE}/days/off", first=str(DAY), staff=ours)).status_code == 422


async def test_when_customers_are_told_is_set_at_the_desk(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        shown = (await here.alice.page.get(f"{HERE}/messages")).text
        assert 'value="24"' in shown and 'name="quiet_from" value="21:00"' in shown
        fields = {
            "version": version(shown), "remind_before": "48, 0.5", "quiet_from": "20:15", "quiet_until": "07:45",
            "undo_seconds": "30", "told_within_minutes": "20", "waits_minutes": "15",
        }  # fmt: skip
        assert (await here.alice.send(f"{HERE}/messages", **fields)).status_code == 303
        kept = await telling.get(db, here.desk.scope)
        assert (kept.remind_before, kept.quiet_from, kept.quiet_until) == ([2880, 30], time(20, 15), time(7, 45))
        assert (kept.undo_seconds, kept.told_within_minutes, kept.waits_minutes) == (30, 20, 15)
        stale = await here.alice.send(f"{HERE}/messages", **fields)
        assert stale.status_code == 422 and "Somebody else changed this" in stale.text
        fields["version"] = str(kept.version)
        for wrong in (
            {"remind_before": "soon"}, {"remind_before": "1e400"}, {"remind_before": "0.1"}, {"quiet_from": ""},
            {"remind_before": "nan"}, {"quiet_until": "25:00"}, {"undo_seconds": "121"}, {"waits_minutes": "0"},
        ):  # fmt: skip
            refused = await here.alice.send(f"{HERE}/messages", **{**fields, **wrong})
            assert refused.status_code == 422 and 'role="alert"' in refused.text, wrong
        assert await telling.get(db, here.desk.scope) == kept
        none = {**fields, "remind_before": "", "quiet_from": "", "quiet_until": ""}
        assert (await here.alice.send(f"{HERE}/messages", **none)).status_code == 303
        kept = await telling.get(db, here.desk.scope)
        assert (kept.remind_before, kept.quiet_from, kept.quiet_until) == ([], None, None)
        assert (await here.anna.send(f"{HERE}/messages", **fields)).status_code == 403


async def test_what_is_added_to_a_reminder_is_set_by_language(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        fields = {
            "version": (await telling.get(db, here.desk.scope)).version, "remind_before": "24", "quiet_from": "",
            "quiet_until": "", "undo_seconds": "30", "told_within_minutes": "20", "waits_minutes": "15",
            "note_en": "Bring your card.", "note_de": "Bitte die Karte mitbringen.", "note_fr": " ", "note_xx": "x",
        }  # fmt: skip
        assert (await here.alice.send(f"{HERE}/messages", **fields)).status_code == 303
        kept = await telling.get(db, here.desk.scope)
        assert kept.notes == {"en": "Bring your card.", "de": "Bitte die Karte mitbringen."}
        shown = (await here.alice.page.get(f"{HERE}/messages")).text
        assert ">Bitte die Karte mitbringen.</textarea>" in shown
        long = {**fields, "version": kept.version, "note_de": "x" * 301}
        refused = await here.alice.send(f"{HERE}/messages", **long)
        assert refused.status_code == 422 and 'id="wrong-note_de"' in refused.text and "x" * 301 in refused.text
        assert '<details class="folded" open>' in refused.text, "what is wrong is not folded away"
        assert (await telling.get(db, here.desk.scope)).notes == kept.notes


async def test_facts_in_other_languages_are_folded_and_kept(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        facts = {
            "topic": ["parking", "parking", "price"], "text": ["Behind the house", "Hinter dem Haus", "Viel"],
            "fact_language": ["", "de", "de"],
        }  # fmt: skip
        assert (await here.alice.send(f"{HERE}/assistant", tone="casual", prompt="", **facts)).status_code == 303
        shown = (await here.alice.page.get(f"{HERE}/assistant")).text
        open_ones, _, folded = shown.partition('<details class="folded"')
        assert "Behind the house" in open_ones and "Hinter dem Haus" not in open_ones
        assert "Deutsch" in folded.partition("</summary>")[0] and "2 answers" in folded.partition("</summary>")[0]
        assert "Hinter dem Haus" in folded


async def test_how_the_waiting_list_offers_is_set_at_the_desk(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        seen = (await accounts.get(db, here.desk.scope, here.desk.account)).version
        fields = {
            "version": seen, "waitlist_undo_seconds": "60", "waitlist_hold_minutes": "45", "offers_from": "22:30",
            "offers_until": "06:00",
        }  # fmt: skip
        assert (await here.alice.send(f"{HERE}/messages/waiting", **fields)).status_code == 303
        kept = await accounts.get(db, here.desk.scope, here.desk.account)
        assert (kept.waitlist_undo_seconds, kept.waitlist_hold_minutes) == (60, 45)
        assert (kept.quiet_from, kept.quiet_until) == (1350, 360)
        for wrong in ({"offers_from": ""}, {"offers_until": "x"}, {"waitlist_hold_minutes": "4"}):
            refused = await here.alice.send(f"{HERE}/messages/waiting", **{**fields, "version": kept.version, **wrong})
            assert refused.status_code == 422 and 'role="alert"' in refused.text, wrong
        never = {**fields, "version": kept.version, "offers_from": "", "offers_until": ""}
        assert (await here.alice.send(f"{HERE}/messages/waiting", **never)).status_code == 303
        kept = await accounts.get(db, here.desk.scope, here.desk.account)
        assert kept.quiet_from == kept.quiet_until, "then somebody may be asked at any hour"
