"""The same desk behind Twilio: numbered text or Content resources, both signatures, lost answers looked up in its list."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from tests.api.http import API, client
from tests.chat import LINKS
from tests.desk import furnish
from tests.whatsapp.test_voice_notes import RECORDING, Ear
from tests.whatsapp.twilio import ACCOUNT, CARLA, SANDBOX, SENDER, TOKEN, Branch, branch, number_of, written
from truebook.app import build
from truebook.assistant.incoming.listening import Listener
from truebook.booking import proof
from truebook.connectors.transcription import Transcriber
from truebook.connectors.twilio.signature import HEADER, SETTINGS, Keys, fits, sign
from truebook.db import Scope, health
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.onboarding.caretaker import Caretaker
from truebook.onboarding.connect import Onboarding
from truebook.onboarding.texts import names
from truebook.tenants import access
from truebook.tenants.numbers import Connection

pytestmark = pytest.mark.anyio
OUTCOMES = "SELECT outcome, provider, failure_code FROM message_attempts ORDER BY started_at, number"
WISH = "I need a haircut with Anna next monday morning"


async def without_resources(lent: Branch) -> None:
    """Connect, and let nothing be set up at Twilio."""
    await lent.connect()
    async with lent.desk.db.transaction(lent.desk.scope) as tx:
        await tx.run("DELETE FROM whatsapp_templates WHERE account_id = %s", (tx.tenant,))


async def test_a_booking_by_numbers_where_nothing_is_set_up(database: str) -> None:
    async with branch(database) as lent:
        await without_resources(lent)
        (offers,) = await lent.say(WISH)
        assert offers["choices"] == [] and "\n2. " in offers["body"]
        (read_back,) = await lent.say("2")
        wanted = offers["body"].split("\n2. ")[1].splitlines()[0].rpartition(", ")[2]
        assert wanted in read_back["body"] and "\n1. Yes" in read_back["body"]
        (receipt,) = await lent.say("1.")
        assert receipt["body"].startswith("Booked ✓")
        assert await lent.rows("SELECT customer_name, customer_phone FROM appointments") == [("Carla", "+436601234567")]
        for state in ("read", "delivered", "sent"):
            await lent.status(receipt["sid"], state)
        assert (await lent.rows(OUTCOMES))[-1] == ("read", "twilio", None)
        assert (await number_of(lent)).status == "connected"


async def test_a_booking_by_buttons_and_a_list(database: str) -> None:
    async with branch(database) as lent:
        made = await lent.connect()
        assert made.problems == []
        (offers,) = await lent.say(WISH)
        assert len(offers["choices"]) > 3
        first = offers["choices"][0]
        (read_back,) = await lent.say(first["title"], ListId=first["id"], ListTitle=first["title"])
        yes = read_back["choices"][0]
        assert yes["title"] == "Yes"
        (receipt,) = await lent.say("Yes", ButtonPayload=yes["id"], ButtonText="Yes", MessageType="button")
        assert receipt["body"].startswith("Booked ✓")


async def test_outside_the_window_the_approved_resource_is_sent(database: str) -> None:
    async with branch(database) as lent:
        await lent.connect()
        await lent.say("a haircut with Anna next monday at 10:00")
        await lent.say("yes")
        async with lent.desk.db.transaction(lent.desk.scope) as tx:
            await tx.run(
                "UPDATE conversations SET heard_at = now() - interval '2 days' WHERE account_id = %s", (tx.tenant,)
            )
            await tx.run("UPDATE appointments SET status = 'cancelled' WHERE tenant_id = %s", (tx.tenant,))
            ((appointment,),) = await tx.rows("SELECT id FROM appointments")
            message = await lent.out.messenger.write(tx, "cancelled", await _read(tx, appointment))
        await lent.work()
        last = lent.twilio.sent[-1]
        assert "is cancelled, as recorded in our book" in last["body"] and last["choices"][0]["title"] == "Details"
        ((form,),) = await lent.rows("SELECT form FROM message_attempts WHERE message_id = %s", message)
        assert form == "template"


async def _read(tx, appointment):
    from truebook.booking import queries

    return await queries.appointment(tx, appointment)


async def test_a_voice_note_is_fetched_with_the_account_and_heard(database: str) -> None:
    ear = Ear()
    async with branch(database) as lent, httpx2.AsyncClient(transport=httpx2.ASGITransport(ear.app())) as to_ear:
        await without_resources(lent)
        transcriber = Transcriber(to_ear, "http://ear.test/v1", "whisper-1", "key")
        lent.listener = Listener(lent.desk.db, lent.vault, lent.to_twilio, transcriber)
        lent.twilio.media["ME1"] = RECORDING
        place = f"http://twilio.test/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media"
        note = {"NumMedia": "1", "MediaContentType0": "audio/ogg", "MessageType": "audio"}
        (read_back,) = await lent.say("", **note, MediaUrl0=f"{place}/ME1")
        assert "Haircut with Anna" in read_back["body"]
        ((content, metadata),) = await lent.rows("SELECT content, metadata FROM messages WHERE role = 'user'")
        assert (content, metadata["heard"]) == ("a haircut with Anna next monday at 10", True)
        assert "media" not in metadata
        for elsewhere in (f"{place}/ME404", "http://169.254.169.254/latest/meta-data", "http://twilio.test.evil/x"):
            (polite,) = await lent.say("", **note, MediaUrl0=elsewhere)
            assert "only read text" in polite["body"]
        assert ear.asked == 1


async def test_a_code_goes_out_by_the_authentication_resource(database: str) -> None:
    async with branch(database) as lent:
        await lent.connect()
        await lent.say("hello")
        held = await lent.held()
        await proof.ask(lent.desk.db, lent.desk.scope, held, now=clock.now())
        async with lent.desk.db.transaction(lent.desk.scope) as tx:
            await tx.run("UPDATE conversations SET heard_at = now() - interval '2 days'")
        await lent.work()
        last = lent.twilio.sent[-1]
        assert last["body"] == f"{proof.code(LINKS, held)} is your verification code."
        assert last["choices"][0]["title"] == "Copy code"


@pytest.mark.parametrize("lose", ["before", "after"])
async def test_a_lost_answer_is_looked_up_and_never_sent_blindly(database: str, lose: str) -> None:
    async with branch(database) as lent:
        await without_resources(lent)
        lent.way.lose = lose
        assert len(await lent.say("hello")) == (1 if lose == "after" else 0)
        assert (await lent.rows(OUTCOMES)) == [("unknown", "twilio", None)]
        await lent.work(late=True)
        assert len(lent.twilio.sent) == 1
        taken = [("accepted", "twilio", None)]
        assert await lent.rows(OUTCOMES) == (taken if lose == "after" else [("failed", "twilio", None), *taken])


async def test_a_status_says_what_failed_and_a_bad_token_stops_the_number(database: str) -> None:
    async with branch(database) as lent:
        await without_resources(lent)
        (answer,) = await lent.say("hello")
        await lent.status(answer["sid"], "undelivered", ErrorCode="63024", ErrorMessage="Invalid message recipient")
        await lent.status(answer["sid"], "failed", ErrorCode="63024")
        assert await lent.rows(OUTCOMES) == [("failed", "twilio", "63024")]
        await lent.work(late=True)
        ((words,),) = await lent.rows("SELECT words FROM alerts")
        assert "63024" in words
        async with lent.desk.db.transaction(lent.desk.scope) as tx:
            wrong = lent.vault.seal("old token", tx.tenant, "access token")
            await tx.run("UPDATE whatsapp_numbers SET access_token = %s WHERE account_id = %s", (wrong, tx.tenant))
        body = written("again")
        signed = {HEADER: sign("old token", lent.url, list(body.items()))}
        assert (await lent.http.post(lent.url, data=body, headers=signed)).status_code == 204
        await lent.work()
        stopped = await number_of(lent)
        assert stopped.status == "stopped" and "copy the primary one" in (stopped.stopped_because or "")
        assert "copy the primary one" in str([one.problem for one in health.examine(database)])


async def test_who_did_not_sign_is_refused_and_what_is_unknown_is_not(database: str) -> None:
    async with branch(database) as lent:
        await lent.connect(app_secret="shared key")
        form = written("  hello ", Surprise="new", Empty="")
        assert await lent.post(form) == 204
        assert await lent.post(form) == 204
        assert await lent.post({**form, "Body": "other"}, **{HEADER: sign(TOKEN, lent.url, list(form.items()))}) == 403
        assert await lent.post(form, **{HEADER: ""}) == 403
        assert await lent.post(form, lent.url[:-3] + "xyz") == 403
        rule = sign("shared key", lent.url, list(form.items()), algorithm="HMAC_SHA256")
        assert await lent.post(form, **{HEADER: rule, SETTINGS: "key=abc,algorithm=HMAC_SHA256"}) == 204
        assert await lent.post(form, **{SETTINGS: "key=abc,algorithm=HMAC_MD5"}) == 403
        body = json.dumps(written("by JSON", MessageSid="SM" + "f" * 32)).encode()
        where = f"{lent.url}?bodySHA256={hashlib.sha256(body).hexdigest()}"
        headers = {HEADER: sign(TOKEN, where), "Content-Type": "application/json"}
        assert (await lent.http.post(where, content=body, headers=headers)).status_code == 204
        assert (await lent.http.post(where, content=body + b" ", headers=headers)).status_code == 403
        assert (
            await lent.post({"MessageSid": "SM1", "MessageStatus": "teleported", "From": f"whatsapp:{SENDER}"}) == 204
        )
        await lent.work()
        assert [row[0] for row in await lent.rows("SELECT content FROM messages WHERE role = 'user'")] == [
            "  hello ", "by JSON",
        ]  # fmt: skip


async def test_a_person_without_a_number_can_talk(database: str) -> None:
    async with branch(database) as lent:
        await without_resources(lent)
        hidden = {
            "From": "whatsapp:AT.13491208655302741918",
            "WaId": "",
            "ExternalUserId": "whatsapp:AT.13491208655302741918",
        }
        (answer,) = await lent.say("hello", **hidden)
        assert answer["to"] == hidden["From"] != CARLA


async def test_templates_are_looked_after(database: str) -> None:
    async with branch(database) as lent:
        lent.twilio.review = "received"
        await lent.connect()
        seen = "SELECT count(*) FROM whatsapp_templates WHERE status = %s"
        assert await lent.rows(seen, "PENDING") == [(len(names("en")),)]
        for one in lent.twilio.contents.values():
            if one["approval_requests"]["status"] == "received":
                one["approval_requests"]["status"] = "approved"
        await lent.connect()
        assert await Caretaker(lent.desk.db, lent.vault, lent.owner.http).work(lent.desk.scope) == 1
        assert await lent.rows(seen, "PENDING") == [(0,)]
        assert len(lent.twilio.contents) == len(names("en")) + 13


@pytest.mark.unit
def test_the_address_counts_with_its_query_and_with_or_without_the_usual_port() -> None:
    pairs = [("Digits", "1234"), ("To", "+18005551212"), ("CallSid", "CA1"), ("Empty", "")]
    for told in ("https://desk.test/hook?foo=1&bar=2", "https://desk.test:443/hook?foo=1&bar=2"):
        given = sign("12345", told, pairs)
        assert fits(Keys("12345"), "https://desk.test/hook?foo=1&bar=2", pairs, b"", given, None)
        assert not fits(Keys("12345"), "https://desk.test/hook?foo=1", pairs, b"", given, None)
        assert not fits(Keys("12346"), told, pairs, b"", given, None)
    shared = sign("shared", "https://desk.test/", pairs, algorithm="HMAC_SHA256")
    assert not fits(Keys("12345"), "https://desk.test/", pairs, b"", shared, "key=k,algorithm=HMAC_SHA256")
    assert ACCOUNT


async def test_a_number_that_the_account_does_not_have_is_not_connected(database: str) -> None:
    """Anybody has an account at Twilio; what proves a number is that the account's list of senders has it, online."""
    async with branch(database) as lent:
        lent.twilio.senders |= {"+14155550101": "OFFLINE", "+14155550102": "ONLINE:UPDATING"}
        for phone, why in (
            ("+14155550199", f"no WhatsApp sender with that number; it has: +14155550101, +14155550102, {SENDER}"),
            ("+14155550101", "not online at Twilio yet, but OFFLINE"),
            (SANDBOX, "all accounts share"),
        ):
            with pytest.raises(Invalid) as refused:
                await lent.connect(number_id=phone)
            assert refused.value.field == "phone" and why in refused.value.message
        assert await lent.rows("SELECT FROM whatsapp_numbers") == [] and lent.twilio.contents == {}
        await lent.connect(number_id="+14155550102")
        await lent.connect()
        assert len(await lent.rows("SELECT FROM whatsapp_numbers")) == 2


async def test_an_owner_connects_a_sender_over_rest(database: str) -> None:
    """Whoever may book may not, a wrong field is named, and a stranger sees nothing of it."""
    async with branch(database) as lent:
        app = build(Settings(), lent.desk.db, None, lent.vault)

        class AtTheFake(Onboarding):
            async def connect_twilio(self, scope: Scope, new: Connection) -> Any:
                return await lent.owner.connect_twilio(scope, replace(new, graph_url="http://twilio.test"))

        app.state.onboarding = AtTheFake(lent.desk.db, lent.vault, lent.http, "https://desk.example")
        other = await furnish(lent.desk.db, "praxis-charlie")
        owner = await access.issue(lent.desk.db, lent.desk.scope, "owner")
        till = await access.issue(lent.desk.db, lent.desk.scope, "till", may="book")
        charlie = await access.issue(lent.desk.db, other.scope, "Charlie")
        wanted = {"account_sid": ACCOUNT, "auth_token": TOKEN, "phone": SENDER}
        async with client(httpx2.ASGITransport(app), "") as http:

            async def asked(key: str, **changed: str) -> httpx2.Response:
                headers = {"Authorization": f"Bearer {key}"}
                return await http.post(f"{API}/whatsapp/senders", json={**wanted, **changed}, headers=headers)

            assert (await asked(till)).status_code == 403
            assert (await asked(owner, account_sid="AC12")).json()["errors"][0]["field"] == "account_sid"
            refused = await asked(owner, auth_token="somebody-elses")
            assert refused.status_code == 422 and "auth_token" in refused.text, refused.text
            refused = await asked(owner, phone="+14155550199")
            assert refused.status_code == 422 and refused.json()["field"] == "phone", refused.text
            assert await lent.rows("SELECT FROM whatsapp_numbers WHERE provider = 'twilio'") == []
            made = await asked(owner)
            assert made.status_code == 201, made.text
            assert "/webhooks/twilio/" in made.json()["callback_url"] and TOKEN not in made.text
            listed = await http.get(f"{API}/whatsapp/numbers", headers={"Authorization": f"Bearer {charlie}"})
            assert listed.json() == {"items": []}
            assert (await asked(charlie)).status_code == 404
