"""Webhooks: who may send them, and that each thing in them takes effect once."""

import json

import pytest

from tests.desk import furnish
from tests.whatsapp.desk import salon
from tests.whatsapp.shapes import ACCOUNT, NUMBER, envelope, message, person, sent, signed, status, text
from truebook.kernel.errors import NotFound
from truebook.ledger import attempts, updates
from truebook.tenants import numbers
from truebook.tenants.numbers import Connection

pytestmark = pytest.mark.anyio
UPDATES = "SELECT kind, state FROM webhook_updates ORDER BY kind, state"


async def test_the_signature_is_over_the_very_bytes(database: str) -> None:
    async with salon(database) as shop:
        payload = envelope(text("Grüß Gott / 😀 @"))
        assert await shop.post(payload, secret="another") == 403
        body = sent(payload)
        again = json.dumps(json.loads(body)).encode()
        path = f"/webhooks/whatsapp/{shop.made.hook}"
        assert again != body
        assert (await shop.http.post(path, content=again, headers=signed(body))).status_code == 403
        for header in ("", "sha256=", "sha256=ä", "sha1=00", signed(body)["X-Hub-Signature-256"].upper()):
            answer = await shop.http.post(path, content=body, headers={"X-Hub-Signature-256": header.encode()})
            assert answer.status_code == 403
        assert (await shop.http.post(path, content=body)).status_code == 403
        assert await shop.rows(UPDATES) == []
        assert await shop.post(payload) == 200
        assert await shop.rows(UPDATES) == [("message", "stored")]


async def test_two_secrets_are_good_while_one_is_rotated(database: str) -> None:
    async with salon(database) as shop:
        new = Connection(NUMBER, ACCOUNT, "token", "new secret")
        made = await numbers.connect(shop.desk.db, shop.desk.scope, shop.vault, new)
        assert await shop.post(envelope(text("a")), secret="new secret", hook=made.hook) == 200
        assert await shop.post(envelope(text("b")), secret="app secret", hook=made.hook) == 200
        assert await shop.post(envelope(text("c")), secret="third", hook=made.hook) == 403
        async with shop.desk.db.transaction(shop.desk.scope) as tx:
            await tx.run("UPDATE whatsapp_numbers SET old_app_secret_until = old_app_secret_until - interval '1 day'")
        assert await shop.post(envelope(text("d")), secret="app secret", hook=made.hook) == 403, (
            "a day later it is over"
        )
        assert await shop.post(envelope(text("e")), secret="new secret", hook=made.hook) == 200


async def test_the_handshake(database: str) -> None:
    async with salon(database) as shop:
        for path, token in ((f"/{shop.made.hook}", shop.made.verify_token), ("", "its token")):
            asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
            answer = await shop.http.get(f"/webhooks/whatsapp{path}", params=asked)
            assert (answer.status_code, answer.text) == (200, "1158201444")
            for wrong in ({"hub.verify_token": "x"}, {"hub.mode": "other"}):
                answer = await shop.http.get(f"/webhooks/whatsapp{path}", params={**asked, **wrong})
                assert answer.status_code == 403
        assert (await shop.http.get("/webhooks/whatsapp/no-such-hook-0000")).status_code == 403


async def test_every_entry_change_message_and_status_is_stored_once(database: str) -> None:
    async with salon(database) as shop:
        first, second = text("one"), text("two", person("436609999999", "AT.2", "Dora"))
        payload = envelope({**first, **status("wamid.x", "sent")}, second, {"errors": [{"code": 131000}]})
        payload["entry"] += envelope(text("three"))["entry"]
        payload["entry"].append({"id": ACCOUNT, "time": 1, "changes": [{"field": "account_update", "value": {}}]})
        for _ in range(3):
            assert await shop.post(payload) == 200
        stored = await shop.rows(UPDATES)
        assert stored == [
            ("account", "stored"),
            *[("message", "stored")] * 3,
            ("other", "stored"),
            ("status", "stored"),
        ]
        assert await shop.rows("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'updates_stored'") == [(1,)]
        await shop.work()
        assert sorted(await shop.said()) == ["one", "three", "two"]
        assert await shop.post(payload) == 200
        await shop.work()
        assert sorted(await shop.said()) == ["one", "three", "two"]
        assert await shop.rows("SELECT count(*) FROM webhook_updates WHERE payload = '{}'") == [(5,)]


async def test_nobody_speaks_for_another_business(database: str) -> None:
    async with salon(database) as shop:
        other = await furnish(shop.desk.db, "praxis-charlie")
        theirs = Connection("999", "888", "token", "their secret")
        made = await numbers.connect(shop.desk.db, other.scope, shop.vault, theirs)
        # signed by the stranger's own app, for a number that is not theirs; and for the installation's path
        assert await shop.post(envelope(text("x")), secret="their secret", hook=made.hook) == 200
        assert await shop.post(envelope(text("y")), secret="the installation's", hook="") == 200
        assert await shop.post(envelope(text("z"), number="0000"), secret="the installation's", hook="") == 200
        assert await shop.rows(UPDATES) == []
        with pytest.raises(NotFound):
            await numbers.connect(
                shop.desk.db, other.scope, shop.vault, Connection(NUMBER, ACCOUNT, "stolen", "their secret")
            )


async def test_the_installations_own_app(database: str) -> None:
    async with salon(database) as shop:
        own = Connection("555", "444", "token", None)
        await numbers.connect(shop.desk.db, shop.desk.scope, shop.vault, own)
        assert await shop.post(envelope(text("hi"), number="555"), secret="the installation's", hook="") == 200
        assert await shop.post(envelope(text("hi"), number="555"), secret="guess", hook="") == 403
        assert await shop.rows(UPDATES) == [("message", "stored")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b'{"entry":7}',
        b"[" * 100_000,
        b'{"entry":[{"changes":[{"value":[]}]}]}',
        b"\xff",
    ],
    ids=lambda body: str(body[:20]),
)
async def test_what_nobody_can_read_is_answered_200(database: str, body: bytes) -> None:
    async with salon(database) as shop:
        answer = await shop.http.post(f"/webhooks/whatsapp/{shop.made.hook}", content=body, headers=signed(body))
        assert answer.status_code == 200


async def test_more_than_three_megabytes_are_refused_unread(database: str) -> None:
    async with salon(database) as shop:
        for size, expected in ((3 * 2**20, 200), (3 * 2**20 + 1, 413)):
            body = b" " * size
            path = f"/webhooks/whatsapp/{shop.made.hook}"
            assert (await shop.http.post(path, content=body, headers=signed(body))).status_code == expected


async def test_without_a_database_meta_is_told_to_come_again(database: str) -> None:
    async with salon(database) as shop:
        await shop.desk.db.pool.close()
        assert await shop.post(envelope(text("hello"))) == 503


async def test_what_cannot_be_worked_on_does_not_stop_the_rest(database: str) -> None:
    async with salon(database) as shop:
        nobody = {"messages": [{"id": "wamid.n", "type": "text", "text": {"body": "who?"}}]}
        await shop.hear(nobody, text("hello"))
        assert await shop.said() == ["hello"]
        assert await shop.rows(UPDATES) == [("message", "done"), ("message", "failed")]


async def test_a_status_settles_by_its_token_whatever_the_order(database: str) -> None:
    async with salon(database) as shop:
        shop.sends = False
        await shop.hear(text("hello"))
        ((answer,),) = await shop.rows("SELECT id FROM messages WHERE role = 'assistant'")
        async with shop.desk.db.transaction(shop.desk.scope) as tx:
            token = await attempts.begin(tx, answer, "whatsapp", "free")
        await shop.hear(
            status("wamid.z", "read", str(token), pricing={"category": "service"}),
            status("wamid.z", "sent", contacts=[{"wa_id": "1"}]),
            status("wamid.unknown", "sent"),
        )
        assert await shop.rows("SELECT delivery FROM messages WHERE id = %s", answer) == [("read",)]
        assert await shop.rows("SELECT outcome, provider_message_id, category FROM message_attempts") == [
            ("read", "wamid.z", "service")
        ]
        assert ("status", "parked") in await shop.rows(UPDATES)


async def test_types_nobody_knows_are_kept_quiet(database: str) -> None:
    async with salon(database) as shop:
        for kind in ("reaction", "future_type", "system"):
            await shop.hear(message({"type": kind, kind: {}}))
        await shop.hear(message({"type": "text", "text": {"body": "to the group"}, "group_id": "g"}))
        assert await shop.said() == []


async def test_a_restriction_stops_the_number_and_its_end_lets_it_go_on(database: str) -> None:
    async with salon(database) as s:
        await s.hear(text("hello"))
        bad = {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED"}]}
        for value, status, alerts in ((bad, "stopped", 1), ({"event": "ACCOUNT_RECONNECTED"}, "connected", 0)):
            assert await s.post(envelope(value, field="account_update")) == 200
            await s.work()
            assert await s.rows("SELECT status FROM whatsapp_numbers") == [(status,)]
            open_ones = await s.rows("SELECT words FROM alerts WHERE kind = 'number_stopped' AND resolved_at IS NULL")
            assert len(open_ones) == alerts


async def test_a_status_that_nobody_can_place_is_worked_on_once_somebody_can(database: str) -> None:
    async with salon(database) as s:
        assert await s.post(envelope(status("wamid.early", "delivered"))) == 200
        await s.work()
        assert await s.rows("SELECT state FROM webhook_updates") == [("parked",)]
        async with s.desk.db.transaction(s.desk.scope) as tx:
            await updates.unpark(tx, s.made.id, "wamid.other")
            await updates.unpark(tx, s.made.id, "wamid.early")
        (task,) = await s.rows("SELECT task_name FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        assert task == ("updates_stored",)
        assert await s.rows("SELECT state FROM webhook_updates") == [("stored",)]
