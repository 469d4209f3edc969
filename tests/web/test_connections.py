"""What the business is connected to: its WhatsApp number, its model, its own site, and the keys of its programs."""

import re
from typing import Any

import httpx2
import pytest

from tests.desk import opened
from tests.web.browsing import HOME, LINKS
from tests.web.people import CSRF, house
from tests.web.test_desk import HOSTILE, version
from tests.whatsapp.sending import IDS, PHONE, SECRET, TOKEN, town
from tests.whatsapp.twilio import ACCOUNT, SENDER, FakeTwilio
from tests.whatsapp.twilio import TOKEN as TWILIOS
from truebook.app import build
from truebook.kernel import clock
from truebook.kernel.settings import Settings
from truebook.onboarding.connect import Onboarding
from truebook.onboarding.texts import names
from truebook.tenants import access, accounts, bots, numbers, sessions, vault
from truebook.tenants.access import Unauthorized
from truebook.tenants.numbers import Connection
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio
HERE = "/desk/settings"


async def test_a_key_is_shown_once_opens_the_business_and_is_revoked(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        made = (await here.alice.send(f"{HERE}/keys", name=HOSTILE, may="read", life="30")).text
        key = re.search(r"tb_[\w-]+(?=</bdi></p>)", made)
        assert key is not None and "<script>alert" not in made
        caller = await access.identify(db, key[0])
        assert (caller.tenant, caller.may, caller.expires_at is not None) == (here.desk.account, "read", True)
        listed = (await here.alice.page.get(f"{HERE}/keys")).text
        assert "&lt;script&gt;alert" in listed and key[0] not in listed
        (row,) = await access.listing(db, here.desk.scope)
        assert (await here.charlie.send(f"{HERE}/keys/{row.id}/revoke")).status_code == 404
        assert (await here.alice.send(f"{HERE}/keys/{row.id}/revoke")).status_code == 303
        with pytest.raises(Unauthorized):
            await access.identify(db, key[0])
        for field, value in (("name", ""), ("may", "everything"), ("life", "9999")):
            fields = {"name": "Till", "may": "book", "life": "", field: value}
            refused = await here.alice.send(f"{HERE}/keys", **fields)
            assert (refused.status_code, f'id="wrong-{field}"' in refused.text) == (422, True), field
        assert len(await access.listing(db, here.desk.scope)) == 1


async def test_the_booking_page_links_out_and_is_shown_where_it_may(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        seen = version((await here.alice.page.get(f"{HERE}/page")).text)
        fields = {
            "imprint_url": "salon.example/imprint", "privacy_url": "https://salon.example/privacy?a=1",
            "framed_by": "https://www.Salon.example/book/\nhttp://localhost:8080", "tight_offers": "1",
            "confirms_by_code": "1", "series_dates": "12",
        }  # fmt: skip
        assert (await here.alice.send(f"{HERE}/page", version=seen, **fields)).status_code == 303
        account = await accounts.get(db, here.desk.scope, here.desk.account)
        assert account.framed_by == ["https://www.salon.example", "http://localhost:8080"] and account.tight_offers
        assert (account.confirms_by_code, account.series_dates) == (True, 12)
        page = await here.nobody.get(f"/{account.slug}")
        assert (
            "frame-ancestors https://www.salon.example http://localhost:8080" in page.headers["content-security-policy"]
        )
        assert 'href="https://salon.example/imprint"' in page.text
        wrongs = {"imprint_url": "javascript://x.y", "privacy_url": "nowhere", "framed_by": "https://a b;c"}
        for field, value in wrongs.items():
            refused = await here.alice.send(f"{HERE}/page", **{**fields, field: value})
            assert (refused.status_code, f'id="wrong-{field}"' in refused.text) == (422, True), field
        assert (await accounts.get(db, here.desk.scope, here.desk.account)).version == account.version


async def test_the_assistant_gets_a_model_of_its_own_and_gives_it_back(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        page = f"{HERE}/assistant/model"
        own = {"model": "own", "provider": "anthropic", "name": "claude-x", "key": "", "url": "", "day_tokens": "5000"}
        seal = vault.read(vault.made())
        app = build(Settings(), db, LINKS, seal)
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://desk.test", cookies=here.alice.page.cookies
        ) as alice:

            async def send(**fields: str) -> httpx2.Response:
                return await alice.post(page, data={"csrf": here.alice.csrf, **fields})

            refused = await send(**own)
            assert refused.status_code == 422 and 'id="wrong-model"' in refused.text, "without a key it is nobody's"
            assert (await send(**{**own, "key": "sk-secret"})).status_code == 303
            bot = await bots.active(db, here.desk.scope)
            assert bot is not None
            choice = await bots.model_of(db, here.desk.scope, bot.id)
            assert (choice.model, choice.day_tokens) == ("anthropic:claude-x", 5000)
            assert choice.key(seal, here.desk.account) == "sk-secret"
            shown = (await alice.get(page)).text
            assert "claude-x" in shown and "sk-secret" not in shown
            assert "anthropic:claude-x" in (await alice.get(f"{HERE}/assistant")).text
            assert (await send(**{**own, "name": "claude-y"})).status_code == 303, "the key stays"
            for field, value in (("provider", "x"), ("name", ""), ("url", "http://10.0.0.1"), ("day_tokens", "7")):
                refused = await send(**{**own, field: value})
                assert (refused.status_code, f'id="wrong-{field}"' in refused.text) == (422, True), field
            async with db.transaction(here.desk.scope) as tx:
                days = "INSERT INTO model_days (account_id, day, tokens) VALUES (%s, (now() AT TIME ZONE 'UTC')::date - %s, %s)"
                for ago, tokens in ((0, 1234), (29, 40000), (30, 900000)):
                    await tx.run(days, (tx.tenant, ago, tokens))
            shown = (await here.alice.page.get(page)).text
            assert "Used: 1,234 tokens today, 41,234 in the last 30 days." in shown
            assert (await send(model="")).status_code == 303
            assert await bots.model_of(db, here.desk.scope, bot.id) == bots.ModelChoice()


async def test_a_number_is_connected_in_the_browser(database: str) -> None:
    async with town(database) as t:
        user = await USERS.add(t.desk.db, t.desk.scope, email="alice@salon.example", role="owner")
        (graph,) = (await t.rows("SELECT graph_url FROM whatsapp_numbers"))[0]

        class AtTheSimulator(Onboarding):
            async def connect(self, scope: Any, new: Connection, *, pin: str | None = None) -> Any:
                here = Connection(
                    new.number_id, new.messaging_account_id, new.access_token, new.app_secret, graph_url=graph
                )
                return await super().connect(scope, here, pin=pin)

        app = build(Settings(), t.desk.db, LINKS, t.vault)
        app.state.onboarding = AtTheSimulator(t.desk.db, t.vault, t.sender.http, "https://desk.example")
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://desk.test") as alice:
            await alice.post(f"/sign-in/{await sessions.link(t.desk.db, t.desk.scope, user.id, now=clock.now())}")
            mark = CSRF.search((await alice.get(f"{HERE}/whatsapp")).text)
            assert mark is not None
            good = {
                "csrf": mark[1], "number_id": IDS[0], "messaging_account_id": IDS[1], "access_token": TOKEN,
                "app_secret": SECRET, "pin": "",
            }  # fmt: skip
            for field, value in (("number_id", "+43 1"), ("access_token", "short"), ("pin", "12")):
                refused = await alice.post(f"{HERE}/whatsapp", data={**good, field: value})
                assert (refused.status_code, f'id="wrong-{field}"' in refused.text) == (422, True), field
                assert SECRET not in refused.text
            strange = await alice.post(f"{HERE}/whatsapp", data={**good, "access_token": "EAAGunknown"})
            assert (strange.status_code == 422 and "nothing was kept" in strange.text.lower()) or "Meta" in strange.text
            made = await alice.post(f"{HERE}/whatsapp", data=good)
            assert made.status_code == 200, made.text[:2000]
            (number,) = await numbers.every(t.desk.db, t.desk.scope)
            assert (
                f"https://desk.example/webhooks/whatsapp/{number.hook}" in made.text and number.status == "connecting"
            )
            verify = re.search(r"Verify token</dt><dd[^>]*><bdi[^>]*>([\w-]+)", made.text)
            assert verify is not None
            again = (await alice.get(f"{HERE}/whatsapp")).text
            assert verify[1] not in again and TOKEN not in again and PHONE in again
            templates = len(names("en"))
            assert f"{templates} templates, {templates} approved" in again


async def test_a_sender_at_twilio_is_connected_in_the_browser(database: str) -> None:
    transport = httpx2.ASGITransport(FakeTwilio().app())
    async with opened(database) as db, house(db) as here, httpx2.AsyncClient(transport=transport) as twilio:
        seal, page = vault.read(vault.made()), f"{HERE}/whatsapp/twilio"
        app = build(Settings(), db, LINKS, seal)
        app.state.onboarding = Onboarding(db, seal, twilio, "https://desk.example")
        good = {"csrf": here.alice.csrf, "account_sid": ACCOUNT, "auth_token": TWILIOS, "phone": SENDER}
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app), base_url=HOME, cookies=here.alice.page.cookies
        ) as alice:
            for field, value in (("account_sid", "AC1"), ("auth_token", "x"), ("phone", "12")):
                refused = await alice.post(page, data={**good, field: value})
                assert (refused.status_code, f'id="wrong-{field}"' in refused.text) == (422, True), field
            refused = await alice.post(page, data={**good, "auth_token": "another-token"})
            assert refused.status_code == 422 and 'id="wrong-auth_token"' in refused.text
            assert await numbers.every(db, here.desk.scope) == []
            made = await alice.post(page, data=good)
            (number,) = await numbers.every(db, here.desk.scope)
            assert f"https://desk.example/webhooks/twilio/{number.hook}" in made.text and TWILIOS not in made.text
