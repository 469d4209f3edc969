"""Erasing a person (I18): afterwards no dump of the database holds anything of them, and the calendar has no hole."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.api.http import API, Shop, monday, shop
from tests.db import rows
from tests.db.roles import plain_database
from tests.desk import Desk, furnish, opened
from truebook.assistant.incoming import inbox
from truebook.booking import actions, series, waitlist
from truebook.booking.errors import SlotTaken
from truebook.booking.model import Customer, Span, Wanted, Wish
from truebook.booking.waitlist import Waiting
from truebook.db import Database, migrations
from truebook.kernel import clock, ids
from truebook.ledger import alerts, words
from truebook.people import blotting, erasing, finding, retention
from truebook.tenants import accounts, questions
from truebook.tenants.customers import CUSTOMERS

pytestmark = pytest.mark.anyio
ZARA = Customer("Zarathustra Q.", "+436609998877", "zara@secret.example")
HERS = (
    "zarathustra", "9998877", "0660 999 88 77", "zara@secret", "zaras-handle", "guestara", "notesara", "wamid.zara",
    "her own words", "asked about zaras",
)  # fmt: skip
"""What nothing may be left of, in lower case."""
NORA = Customer("Nora", "+436601112233")


def dump(url: str) -> dict[str, list[str]]:
    """Return every row of every table there is, as text in lower case: what COPY would write."""
    with psycopg.connect(url) as admin:
        admin.execute("SET LOCAL row_security = off")
        tables = admin.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        return {
            table: [
                str(row[0]).lower()
                for row in admin.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table)))
            ]
            for schema, table in tables
            if table not in ("limits", "api_keys")  # counters, and when a key was used: every call moves them
        }


def left(url: str) -> dict[str, list[str]]:
    """Return, by table, what is left of her."""
    found = {table: [one for row in kept for one in HERS if one in row] for table, kept in dump(url).items()}
    return {table: hits for table, hits in found.items() if hits}


async def at(hour: int, week: int = 0) -> datetime:
    return clock.at(monday() + timedelta(days=7 * week), hour * 60, ZoneInfo("Europe/Madrid"))


async def lived(db: Database, desk: Desk) -> dict[str, UUID]:
    """Let Zara do everything a customer can do, and Nora book for both of them in a chat of her own."""
    scope, now = desk.scope, clock.now()
    haircut, anna, ben = desk.services["Haircut"], desk.staff["Anna"], desk.staff["Ben"]
    made: dict[str, UUID] = {}
    chat = await inbox.open_conversation(db, scope, "web", address="zaras-handle", name=ZARA.name, phone=ZARA.phone)
    wish = Wish(haircut, await at(9), ZARA, anna, "notesara", "web", chat)
    first = await actions.book(db, scope, wish, now=now)
    made["visit"] = first.id
    moved = await actions.move(db, scope, first.id, await at(10), now=now)
    guests = (Wanted(haircut, anna), Wanted(haircut, ben, "Guestara", together=True))
    with_guest = await actions.book(db, scope, replace(wish, start=await at(12), segments=guests), now=now)
    gone = await actions.book(db, scope, replace(wish, start=await at(14), conversation_id=None), now=now)
    await actions.cancel(db, scope, gone.id, now=now)
    plan = series.Plan(replace(wish, start=await at(16)), "FREQ=WEEKLY;COUNT=2", monday() + timedelta(days=7), 960)
    await series.book(db, scope, plan, "possible", ZoneInfo("Europe/Madrid"), now=now)
    await waitlist.join(
        db, scope, ZARA, Waiting(haircut, anna, (Span(await at(10), await at(11)),), chat), now=now
    )  # fmt: skip
    typed = Waiting(haircut, None, (Span(await at(11), await at(12)),), stranger=True)
    await waitlist.join(db, scope, replace(ZARA, email=None), typed, now=now)
    norachat = await inbox.open_conversation(db, scope, "web", address="nora", name=NORA.name, phone=NORA.phone)
    made["noras"] = (
        await actions.book(
            db, scope, Wish(haircut, await at(15), NORA, ben, source="web", conversation_id=norachat), now=now
        )
    ).id
    for_her = Wish(haircut, await at(9), replace(ZARA, email=None), ben, source="web", conversation_id=norachat)
    await actions.book(db, scope, for_her, now=now)
    await inbox.receive(db, scope, chat, "her own words")
    await inbox.receive(db, scope, norachat, "also for Zarathustra Q., 0660 999 88 77, thanks")
    record = next(one for one in await CUSTOMERS.page(db, scope) if one.phone == ZARA.phone)
    made["zara"] = record.id
    await CUSTOMERS.change(db, scope, record.id, {"email": ZARA.email, "notes": "notesara"})
    async with db.transaction(scope) as tx:
        told = words.Telling("moved", moved.id, moved.version, moved.start)
        reply = UUID(int=7)
        said = words.Words(reply, chat, "Zarathustra Q., you are moved", "move", [told], {"tool": {"name": ZARA.name}})
        await words.write(tx, said)
        other = words.Words(UUID(int=8), norachat, "Booked for Zarathustra Q.", "receipt", metadata={"n": [ZARA.phone]})
        await words.write(tx, other)
        await questions.keep(tx, chat, "parking", "asked about zaras car")
        await alerts.alert(tx, "not_told", reply, f"{ZARA.name} was not told")
        await tx.run(
            "INSERT INTO message_attempts (account_id, message_id, number, provider, form, provider_message_id)"
            " VALUES (%s, %s, 1, 'whatsapp', 'free', 'wamid.zara')",
            (tx.tenant, reply),
        )
        await tx.run(
            "INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id)"
            " VALUES (%(t)s, 'phone', '436609998877', %(c)s), (%(t)s, 'user', 'zaras-handle-at-meta', %(c)s)",
            {"t": tx.tenant, "c": chat},
        )
        await tx.run("INSERT INTO mail_stops (account_id, address) VALUES (%s, %s)", (tx.tenant, ZARA.email))
        for table in ("kept_requests", "idempotency_keys"):
            await tx.run(
                f"INSERT INTO {table} (account_id, key, request_hash, refusal) VALUES (%s, 'k', sha256('x'), %s)",
                (tx.tenant, Jsonb({"code": "in_the_way", "appointments": [{"customer": ZARA.phone}]})),
            )
        await tx.run(
            "INSERT INTO send_pace (account_id, key, due_at) VALUES (%s, %s, now())", (tx.tenant, chat)
        )  # fmt: skip
    async with db.transaction(replace(scope, operator=True)) as tx:
        row = await tx.row(
            "INSERT INTO whatsapp_numbers (account_id, number_id, messaging_account_id, hook, verify_token, access_token)"
            " VALUES (%s, '1', '1', 'hook-hook-hook-hook', sha256('x'), 'sealed') RETURNING id",
            (tx.tenant,),
        )
        assert row is not None
        await tx.run(
            "INSERT INTO webhook_updates (account_id, number_id, batch, kind, key, payload, state) VALUES"
            " (%(t)s, %(n)s, gen_random_uuid(), 'status', 'status wamid.zara sent', '{}', 'done'),"
            " (%(t)s, %(n)s, gen_random_uuid(), 'message', 'm', '{\"from\": \"436609998877\"}', 'parked')",
            {"t": tx.tenant, "n": row[0]},
        )
    return {**made, "chat": chat, "guest": with_guest.id, "noras chat": norachat}


def whole(url: str, appointment_id: UUID) -> tuple[Any, Any]:
    """Return an appointment as it is, and as its history says."""
    with psycopg.connect(url) as admin:
        admin.execute("SET LOCAL row_security = off; SET LOCAL search_path = truebook; SET LOCAL timezone = 'UTC'")
        row = admin.execute(rows.WHOLE + " FROM appointments a WHERE a.id = %s", (appointment_id,)).fetchone()
        last = admin.execute(
            "SELECT row_data FROM appointment_history WHERE appointment_id = %s ORDER BY version DESC, changed_at DESC",
            (appointment_id,),
        ).fetchone()
        assert row is not None and last is not None
        return row[0], last[0]


async def test_nothing_of_her_is_left_in_the_database(database: str) -> None:
    async with shop(database) as here:
        made = await lived(here.desk.db, here.desk)
        before, hers = dump(database), left(database)
        assert {
            "customers", "appointments", "appointment_history", "appointment_segments", "conversations", "messages",
            "appointment_series", "whatsapp_identities", "webhook_updates", "message_attempts", "open_questions",
            "alerts", "audit_log", "mail_stops", "kept_requests", "idempotency_keys",
        } <= hers.keys(), "she was not everywhere before"  # fmt: skip
        jobs = [row for row in before["procrastinate_jobs"] if str(made["chat"]) in row]
        assert jobs and str(here.desk.db.kept)
        where = f"{API}/customers/{made['zara']}"
        await _is_shown_first(here, where)
        erased = await here.alice.post(f"{where}/erase")
        assert erased.status_code == 200 and len(erased.json()["appointments"]) == 6
        assert left(database) == {}
        after = dump(database)
        assert [row for row in after["procrastinate_jobs"] if str(made["chat"]) in row] == []
        assert not [one for one in HERS if one in str(here.desk.db.kept).lower()]
        assert (await here.alice.get(where)).status_code == 404
        assert (await here.alice.post(f"{where}/erase")).status_code == 404
        noras = [row for row in before["appointments"] if str(made["noras"]) in row]
        assert noras and [row for row in after["appointments"] if str(made["noras"]) in row] == noras
        said = [row for row in after["messages"] if str(made["noras chat"]) in row]
        assert len(said) == 2 and any("also for …, …, thanks" in row for row in said), said


async def _is_shown_first(here: Shop, where: str) -> None:
    """The preview changes nothing, and the export holds everything that is to go."""
    seen = dump(here.desk.db.url)
    foreseen = (await here.alice.get(f"{where}/erasure")).json()
    assert len(foreseen["appointments"]) == 6 and len(foreseen["upcoming"]) == 5
    assert (foreseen["guests"], foreseen["conversations"], foreseen["waitlist_entries"]) == (1, 1, 2)
    exported = json.dumps((await here.alice.get(f"{where}/export")).json(), ensure_ascii=False).lower()
    assert [one for one in HERS if one not in exported and one != "0660 999 88 77"] == []
    assert '"nora"' not in exported
    assert dump(here.desk.db.url) == seen


ZARA2 = {"name": "Zarathustra Q.", "email": "zara@secret.example", "phone": "+436609998877"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to A@B.co.", "write to …."),
        ("<a@b.co>, mailto:a@b.co; ?to=a@b.co", "<…>, mailto:…; ?to=…"),
        ("first\na@b.co", "first\n…"),
        (r'{"text": "first\na@b.co\u003ca@b.co"}', r'{"text": "first\n…\u003c…"}'),
        ("anna.a@b.co, x+a@b.co, xa@b.co, x-a@b.co", None),
        ("a@b.com, a@b.co.uk, a@b.co-op.example", None),
    ],
)
def test_an_address_is_found_whole_and_in_no_longer_one(text: str, left: str | None) -> None:
    rule = blotting.pattern(("a@b.co",), ())
    assert rule and blotting.blotted(text, rule) == (left or text)


async def test_erasing_an_address_takes_nothing_of_longer_ones(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        her = await CUSTOMERS.add(db, desk.scope, name="A", email="a@b.co")
        chat = await inbox.open_conversation(
            db, desk.scope, "web", address="somebody", name="Nora", phone="+436601112233"
        )
        async with db.transaction(replace(desk.scope, operator=True)) as tx:
            for text in ("anna.a@b.com is mine", "I am for a@b.co here"):
                await words.write(tx, words.Words(ids.uuid7(), chat, text, "reply"))
            await tx.run(
                "WITH n AS (INSERT INTO whatsapp_numbers (account_id, number_id, messaging_account_id, hook, verify_token,"
                " access_token) VALUES (%(t)s, '1', '1', 'hook-hook-hook-hook', sha256('x'), 'sealed') RETURNING id)"
                " INSERT INTO webhook_updates (account_id, number_id, batch, kind, key, payload, state)"
                " SELECT %(t)s, n.id, gen_random_uuid(), 'message', p, jsonb_build_object('text', p), 'parked'"
                " FROM n, unnest(ARRAY['anna.a@b.com', 'of a@b.co', E'by\na@b.co']) p",
                {"t": tx.tenant},
            )
        await erasing.erase(db, desk.scope, her.id)
        async with db.reading(desk.scope) as tx:
            assert await tx.rows("SELECT key FROM webhook_updates") == [("anna.a@b.com",)]
            said = await tx.rows("SELECT content FROM messages WHERE conversation_id = %s ORDER BY content", (chat,))
            assert said == [("I am for … here",), ("anna.a@b.com is mine",)]


async def test_who_was_merged_away_is_erased_with_who_stays(database: str) -> None:
    """Twice: into somebody who was merged in turn; the log of both is exported, and then says nothing."""
    async with shop(database) as here:
        made = [
            (await here.alice.post(f"{API}/customers", json=body)).json()["id"]
            for body in (ZARA2, {"name": "Zarathustra Q.", "phone": "+436601010101"}, {"name": "Stays"})
        ]
        changed = await here.alice.patch(f"{API}/customers/{made[0]}", json={"notes": "notesara"})
        assert changed.status_code == 200
        await alert_about(here, "not for 0660 999 88 77 or zara@secret.example")
        for keep, gone in ((made[1], made[0]), (made[2], made[1])):
            merged = await here.alice.post(f"{API}/customers/{keep}/merge", json={"customer_id": gone})
            assert merged.status_code == 200, merged.text
        exported = (await here.alice.get(f"{API}/customers/{made[2]}/export")).json()
        assert {one["entity_id"] for one in exported["settings_log"]} == set(made)
        assert (await here.alice.post(f"{API}/customers/{made[2]}/erase")).status_code == 200
        assert left(database) == {}


async def alert_about(here: Shop, text: str) -> None:
    async with here.desk.db.transaction(here.desk.scope) as tx:
        await alerts.alert(tx, "not_told", UUID(int=9), text)


async def test_a_customer_to_whom_anything_points_is_not_deleted_but_erased(database: str) -> None:
    async with shop(database) as here:
        made = await lived(here.desk.db, here.desk)
        where, before = f"{API}/customers/{made['zara']}", dump(database)
        refused = await here.alice.delete(where)
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict"), refused.text
        assert "erase" in refused.json()["detail"] and "merge" in refused.json()["detail"]
        assert dump(database) == before
        assert (await here.alice.delete(where, headers={"If-Match": '"900"'})).status_code == 412
        assert (await here.alice.post(f"{where}/erase")).status_code == 200
        again = (await here.alice.post(f"{API}/customers", json={**ZARA2, "notes": "notesara"})).json()["id"]
        assert (await here.alice.delete(f"{API}/customers/{again}")).status_code == 204
        assert left(database) == {}, "to whom nothing points is deleted, and the log says nothing of them"
        described = (await here.alice.get(f"{API}/openapi.json")).json()["paths"][f"{API}/customers/{{id}}"]["delete"]
        assert "erase" in described["description"]


async def test_history_gives_the_nameless_row_and_the_time_stays_taken(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db, zone="Europe/Madrid")
        made = await lived(db, desk)
        found = await erasing.erase(db, desk.scope, made["zara"])
        for one in found.visits:
            row, last = whole(database, one.id)
            assert row == last, one
            assert row["customer_name"] == erasing.NAMELESS and row["customer_phone"] is None
        with pytest.raises(SlotTaken):
            wish = Wish(desk.services["Haircut"], await at(10), NORA, desk.staff["Anna"])
            await actions.book(db, desk.scope, wish, now=clock.now())
        again = Wish(desk.services["Haircut"], await at(9, 3), ZARA, desk.staff["Anna"])
        assert (await actions.book(db, desk.scope, again, now=clock.now())).customer.id != made["zara"]


async def test_an_installation_with_one_plain_role_erases_too_and_its_history_cannot_be_rewritten(
    server_url: str,
) -> None:
    with plain_database(server_url) as plain:
        migrations.upgrade(plain.url)
        async with opened(plain.url) as db:
            desk = await furnish(db, zone="Europe/Madrid")
            made = await lived(db, desk)
            async with db.transaction(desk.scope) as tx:
                changed = await tx.rows("UPDATE appointment_history SET actor = 'nobody' RETURNING id")
            assert changed == []
            await erasing.erase(db, desk.scope, made["zara"])
        assert left(plain.admin_url) == {}


async def test_whoever_was_not_there_for_as_long_as_the_business_says_is_erased(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db, zone="Europe/Madrid")
        made = await lived(db, desk)
        nameless = Wish(desk.services["Haircut"], await at(11, 2), Customer("Guestara"), desk.staff["Anna"])
        await actions.book(db, desk.scope, nameless, now=clock.now())
        later = clock.now() + timedelta(days=500)
        assert await retention.keep_to(db, desk.scope, now=later) == 0, "nobody said for how long"
        await accounts.change_account(db, desk.scope, desk.account, {"retention_months": 18})
        assert await retention.keep_to(db, desk.scope, now=later) == 0
        await accounts.change_account(db, desk.scope, desk.account, {"retention_months": 12})
        async with db.transaction(desk.scope) as tx:
            await tx.run(
                "UPDATE customers SET created_at = now() + interval '400 days' WHERE id <> %s", (made["zara"],)
            )
        assert await retention.keep_to(db, desk.scope, now=later) == 2
        assert left(database) == {}
        assert [one.name for one in await finding.find(db, desk.scope, "", now=later)] == ["Nora"]


@pytest.mark.unit
def test_months_are_counted_back_to_days_that_there_are() -> None:
    for now, months, then in (("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 13, "2024-12-15")):
        assert retention.back(datetime.fromisoformat(now), months) == datetime.fromisoformat(then)
