"""Connecting a number over REST: proven by Meta, by a message that came in, and for its owner only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from tests.desk import furnish
from tests.whatsapp.sending import IDS, PHONE, SECRET, TOKEN, Town, eventually, received, town
from truebook.app import build
from truebook.connectors.whatsapp.management import misfit
from truebook.db import health
from truebook.kernel.settings import Settings
from truebook.ledger import alerts
from truebook.onboarding.caretaker import Caretaker
from truebook.onboarding.connect import Onboarding
from truebook.onboarding.texts import BODIES, LABELS, names, template
from truebook.simulator.review import reviewed
from truebook.tenants import access, numbers
from truebook.tenants.numbers import Connection

API = "/api/v1"
GOOD = {"is_valid": True, "expires_at": 0, "scopes": ["whatsapp_business_messaging", "whatsapp_business_management"]}


@asynccontextmanager
async def owners(t: Town) -> AsyncIterator[tuple[httpx2.AsyncClient, httpx2.AsyncClient]]:
    """Lend clients of the owner and of a stranger, with Meta where the simulator is."""
    other = await furnish(t.desk.db, "praxis-charlie")
    app = build(Settings(), t.desk.db, None, t.vault)
    graph = (await t.rows("SELECT graph_url FROM whatsapp_numbers"))[0][0]

    class AtTheSimulator(Onboarding):
        async def connect(self, scope: Any, new: Connection, *, pin: str | None = None) -> Any:
            here = Connection(
                new.number_id, new.messaging_account_id, new.access_token, new.app_secret, graph_url=graph
            )
            return await super().connect(scope, here, pin=pin)

    app.state.onboarding = AtTheSimulator(t.desk.db, t.vault, t.sender.http, "https://desk.example")
    keys = [await access.issue(t.desk.db, scope, "key") for scope in (t.desk.scope, other.scope)]
    clients = [
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url="http://desk.test",
            headers={"Authorization": f"Bearer {key}"},
        )
        for key in keys
    ]
    async with clients[0], clients[1]:
        yield clients[0], clients[1]


WANTED = {"number_id": IDS[0], "messaging_account_id": IDS[1], "access_token": TOKEN, "app_secret": SECRET}


@pytest.mark.anyio
async def test_a_number_is_connected_once_a_message_has_come_in(database: str) -> None:
    async with town(database) as t, owners(t) as (alice, charlie):
        answer = await alice.post(f"{API}/whatsapp/numbers", json=WANTED)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert made["callback_url"].startswith("https://desk.example/webhooks/whatsapp/")
        assert made["problems"] == []
        assert t.sim.account.registered
        assert t.sim.account.subscribed
        hook = made["callback_url"].rpartition("/")[2]
        t.sim.webhooks.url = t.sim.webhooks.url.rpartition("/")[0] + f"/{hook}"
        assert await t.sim.webhooks.shake_hands(made["verify_token"])
        (listed,) = (await alice.get(f"{API}/whatsapp/numbers")).json()["items"]
        assert (listed["status"], listed["phone"]) == ("connecting", PHONE)
        assert TOKEN not in str(await t.rows("SELECT * FROM whatsapp_numbers"))
        await t.said(t.sim.world.add("Carla"), "hello")
        (listed,) = (await alice.get(f"{API}/whatsapp/numbers")).json()["items"]
        assert listed["status"] == "connected"
        assert listed["last_webhook_at"]
        assert len(await t.rows("SELECT FROM whatsapp_templates WHERE status = 'APPROVED'")) == len(names("en"))
        assert (await charlie.get(f"{API}/whatsapp/numbers")).json() == {"items": []}
        stolen = await charlie.post(f"{API}/whatsapp/numbers", json=WANTED)
        assert (stolen.status_code, stolen.json()["code"]) == (404, "not_found")


@pytest.mark.anyio
async def test_a_token_that_does_not_fit_changes_nothing(database: str) -> None:
    async with town(database) as t, owners(t) as (alice, _):
        before = await t.rows("SELECT access_token, status FROM whatsapp_numbers")
        answer = await alice.post(f"{API}/whatsapp/numbers", json={**WANTED, "access_token": "EAAG-somebody-elses"})
        assert answer.status_code == 422
        assert "access_token" in answer.text
        for wrong in ({"number_id": "12"}, {"pin": "12"}, {"access_token": ""}, {"surprise": 1}):
            assert (await alice.post(f"{API}/whatsapp/numbers", json={**WANTED, **wrong})).status_code == 422
        assert await t.rows("SELECT access_token, status FROM whatsapp_numbers") == before


@pytest.mark.anyio
async def test_a_stopped_number_goes_on_where_it_was_stopped(database: str) -> None:
    async with town(database) as t, owners(t) as (alice, charlie):
        carla = t.sim.world.add("Carla", phone="436601234567")
        t.sim.account.token = "EAAG-new-token"
        await t.sim.hands.type(carla, "hello")

        async def stopped() -> bool:
            return [one.kind for one in await alerts.waiting(t.desk.db, t.desk.scope)] == ["number_stopped"]

        await eventually(stopped)
        (finding,) = [one for one in health.examine(database) if one.name == "WhatsApp numbers"]
        assert "make a new one" in finding.problem
        (shown,) = (await alice.get(f"{API}/alerts")).json()["items"]
        assert (await charlie.get(f"{API}/alerts")).json() == {"items": []}
        assert (await charlie.post(f"{API}/alerts/{shown['id']}/resolve")).status_code == 404
        answer = await alice.post(f"{API}/whatsapp/numbers", json={**WANTED, "access_token": "EAAG-new-token"})
        assert answer.status_code == 201

        async def arrived() -> bool:
            return len(received(carla)) == 1

        await eventually(arrived)
        assert (await alice.get(f"{API}/alerts")).json() == {"items": []}
        assert (await alice.post(f"{API}/alerts/{shown['id']}/resolve")).status_code == 404


@pytest.mark.anyio
async def test_an_alert_is_dealt_with_once(database: str) -> None:
    async with town(database, works=False) as t, owners(t) as (alice, charlie):
        async with t.desk.db.transaction(t.desk.scope) as tx:
            assert await alerts.alert(tx, "template", t.made.id, "look at this")
            assert not await alerts.alert(tx, "template", t.made.id, "look at this")
        (shown,) = (await alice.get(f"{API}/alerts")).json()["items"]
        assert (await charlie.post(f"{API}/alerts/{shown['id']}/resolve")).status_code == 404
        assert (await alice.post(f"{API}/alerts/{shown['id']}/resolve")).status_code == 204
        assert (await alice.get(f"{API}/alerts")).json() == {"items": []}


@pytest.mark.anyio
async def test_a_reminder_that_became_marketing_is_an_alert(database: str) -> None:
    async with town(database) as t:
        value = {
            "message_template_name": "appointment_reminder", "message_template_language": "en",
            "previous_category": "UTILITY", "new_category": "MARKETING",
        }  # fmt: skip
        t.sim.webhooks.tell(value, "category", field_name="template_category_update")

        async def seen() -> bool:
            return [one.kind for one in await alerts.waiting(t.desk.db, t.desk.scope)] == ["template"]

        await eventually(seen)
        assert await t.rows("SELECT name, category FROM whatsapp_templates") == [("appointment_reminder", "MARKETING")]


@pytest.mark.anyio
async def test_a_number_of_another_business_stays_theirs(database: str) -> None:
    async with town(database, works=False) as t:
        other = await furnish(t.desk.db, "praxis-charlie")
        assert await numbers.every(t.desk.db, other.scope) == []


@pytest.mark.unit
@pytest.mark.parametrize("language", list(BODIES))
def test_every_template_keeps_metas_rules(language: str) -> None:
    for name in names(language):
        made = reviewed(template(name, language, "https://desk.example"))
        assert made["status"] == "APPROVED"
        assert set(made["fields"]) == set(reviewed(template(name, "en", "https://desk.example"))["fields"])
        body = template(name, language, "https://desk.example")["components"][0]
        assert len(body.get("text", "")) <= 1024
    assert all(len(one) <= 20 for one in LABELS[language].values())


@pytest.mark.unit
@pytest.mark.parametrize(
    ("rights", "says"),
    [
        ({}, "does not know"),
        ({**GOOD, "expires_at": 1900000000}, "expires"),
        ({**GOOD, "scopes": ["whatsapp_business_messaging"]}, "lacks whatsapp_business_management"),
        ({**GOOD, "scopes": None}, "lacks"),
    ],
)
def test_a_token_must_live_and_have_its_rights(rights: dict[str, Any], says: str) -> None:
    assert says in (misfit(rights) or "")


@pytest.mark.unit
def test_a_good_token_fits() -> None:
    assert misfit(GOOD) is None


@pytest.mark.anyio
async def test_once_a_day_meta_is_asked_how_templates_and_numbers_are(database: str) -> None:
    async with town(database, works=False) as t:
        t.sim.world.templates["appointment_reminder", "en"] = {"status": "APPROVED", "category": "MARKETING"}
        caretaker = Caretaker(t.desk.db, t.vault, t.sender.http)
        assert await caretaker.work(t.desk.scope) == 1
        assert await t.rows("SELECT name, category FROM whatsapp_templates") == [("appointment_reminder", "MARKETING")]
        assert [one.kind for one in await alerts.waiting(t.desk.db, t.desk.scope)] == ["template"]
        assert await t.rows("SELECT status FROM whatsapp_numbers") == [("connecting",)]


@pytest.mark.anyio
async def test_what_was_delivered_is_counted_and_near_the_end_of_the_free_ones_somebody_is_told(database: str) -> None:
    async with town(database, works=False) as t, owners(t) as (alice, charlie):
        await t.run(
            "INSERT INTO conversations (account_id, id, channel, address, number_id)"
            " VALUES (%s, %s, 'whatsapp', 'x', %s)", t.desk.account, t.made.id, t.made.id,
        )  # fmt: skip
        caretaker = Caretaker(t.desk.db, t.vault, t.sender.http)
        for count, kinds in ((799, []), (1, ["allowance"])):
            await t.run(
                "WITH said AS (INSERT INTO messages (account_id, conversation_id, role, content, provider, delivery)"
                " SELECT %s, %s, 'assistant', 'x', 'whatsapp', 'read' FROM generate_series(1, %s) RETURNING id)"
                " INSERT INTO message_attempts (account_id, message_id, number, provider, form, outcome, category)"
                " SELECT %s, id, 1, 'whatsapp', 'free', 'read', 'service' FROM said",
                t.desk.account, t.made.id, count, t.desk.account,
            )  # fmt: skip
            await caretaker.work(t.desk.scope)
            assert [one.kind for one in await alerts.waiting(t.desk.db, t.desk.scope)] == kinds
        (item,) = (await alice.get(f"{API}/whatsapp/usage")).json()["items"]
        assert (item["category"], item["count"], item["number"]) == ("service", 800, str(t.made.id))
        assert (await charlie.get(f"{API}/whatsapp/usage")).json()["items"] == []


WELL = ("WhatsApp quality", "WhatsApp payment", "WhatsApp webhooks", "clock")


@pytest.mark.anyio
async def test_what_a_number_lacks_is_named_and_shown(database: str) -> None:
    def ill() -> dict[str, str]:
        return {one.name: one.problem for one in health.examine(database) if one.name in WELL and not one.ok}

    async with town(database, works=False) as t, owners(t) as (alice, _):
        caretaker = Caretaker(t.desk.db, t.vault, t.sender.http)
        await caretaker.work(t.desk.scope)
        (shown,) = (await alice.get(f"{API}/whatsapp/numbers")).json()["items"]
        seen = ("GREEN", "TIER_250", True, "whatsapp")
        assert (shown["quality"], shown["sending_limit"], shown["is_funded"], shown["provider"]) == seen
        assert ill() == {}
        assert set(WELL) <= {one.name for one in health.examine(database)}
        t.sim.world.outages.no_payment = True
        await caretaker.work(t.desk.scope)
        await t.run("UPDATE whatsapp_numbers SET quality = 'RED', status = 'connected'")
        await t.run(
            "WITH chat AS (INSERT INTO conversations (account_id, channel, address, number_id)"
            " VALUES (%s, 'whatsapp', 'x', %s) RETURNING id), said AS (INSERT INTO messages (account_id,"
            " conversation_id, role, content, provider, delivery) SELECT %s, id, 'assistant', 'x', 'whatsapp',"
            " 'accepted' FROM chat RETURNING id) SELECT id FROM said",
            t.desk.account, t.made.id, t.desk.account,
        )  # fmt: skip
        await t.run(
            "INSERT INTO message_attempts (account_id, message_id, number, provider, form, outcome, started_at)"
            " SELECT account_id, id, 1, 'whatsapp', 'free', 'accepted', now() - interval '1 hour' FROM messages"
        )
        await t.run(
            "INSERT INTO webhook_updates (account_id, number_id, batch, kind, key, at, payload) SELECT %s, %s, %s,"
            " 'status', 's:' || n, clock_timestamp() + interval '5 minutes', '{}' FROM generate_series(1, 5) n",
            t.desk.account, t.made.id, t.made.id,
        )  # fmt: skip
        found = ill()
        assert set(found) == set(WELL)
        assert "is RED" in found["WhatsApp quality"] and "300 s behind" in found["clock"]
        told = (await alice.get("http://desk.test/readyz")).json()["whatsapp"]
        assert (told["numbers"], told["connected"], told["of_red_quality"], told["without_payment"]) == (1, 1, 1, 1)
        assert told["last_webhook_seconds"] is None and told["seen_seconds"] >= 0
