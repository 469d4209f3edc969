"""The testing checklist of the founding audit (October 2025), one test per line of it, in its order and its words."""

import psycopg
import pytest
from psycopg import errors

from tests.api.http import API, monday, shop
from tests.chat import Chat
from tests.db import rows
from tests.db.roles import run
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from tests.server.steps import value
from truebook.assistant.incoming import inbox
from truebook.booking import actions
from truebook.booking.model import Appointment
from truebook.db import Database, Scope, health, migrations
from truebook.kernel import ids
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio
TEN = MONDAY.replace(hour=10)


async def booked(db: Database) -> tuple[Desk, Appointment]:
    """Return a desk with one appointment."""
    desk = await furnish(db)
    return desk, await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)


def test_migrations_run_successfully(empty: str) -> None:
    """Line 1: [ ] Migrations run successfully on production."""
    assert migrations.upgrade(empty)
    assert value(empty, "SELECT version_num FROM truebook.alembic_version") == migrations.head()
    health.refuse_if_broken(empty)


async def test_the_function_gen_random_uuid_works(database: str) -> None:
    """Line 2: [ ] `gen_random_uuid()` function works: alone, and as the default of every id, without any extension."""
    assert value(database, "SELECT gen_random_uuid() <> gen_random_uuid()") is True
    assert value(database, "SELECT count(*) FROM pg_extension WHERE extname = 'pgcrypto'") == 0
    with_default = (
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'truebook' AND column_name = 'id'"
        " AND data_type = 'uuid' AND column_default IS DISTINCT FROM 'gen_random_uuid()'"
    )
    assert value(database, with_default) == 0
    async with opened(database) as db:
        desk = await furnish(db)
        async with db.transaction(desk.scope) as tx:
            made = await tx.row("INSERT INTO staff (account_id, name) VALUES (%s, 'Cleo') RETURNING id", (tx.tenant,))
            assert made is not None
            assert await tx.row("SELECT name FROM staff WHERE id = %s", made) == ("Cleo",)


async def test_new_appointments_can_be_created_via_api(database: str) -> None:
    """Line 3: [ ] New appointments can be created via API, and what the API answers is the row."""
    async with shop(database) as desk:
        made = await desk.booked()
        assert value(database, "SELECT code FROM truebook.appointments WHERE status = 'confirmed'") == made["code"]


async def test_new_appointments_appear_in_the_calendar(database: str) -> None:
    """Line 4: [ ] New appointments appear in calendar: straight after the answer, and their time is free no more."""
    async with shop(database) as desk:
        made = await desk.booked()
        day = {"from": str(monday()), "to": str(monday())}
        listed = (await desk.alice.get(f"{API}/appointments", params=day)).json()["items"]
        assert [one["id"] for one in listed] == [made["id"]]
        wanted = {**day, "service_id": made["service"]["id"], "staff_id": made["staff"]["id"]}
        free = (await desk.alice.get(f"{API}/slots", params=wanted)).json()["items"]
        assert made["start"] not in [slot["start"] for slot in free]


async def test_whatsapp_bookings_work_without_asking_for_the_phone_number(database: str) -> None:
    """Line 5: [ ] WhatsApp bookings work without asking for phone number: the channel knows it, and the row has it."""
    async with opened(database) as db:
        desk = await furnish(db)
        known = {"address": "+436601234567", "name": "Carla", "phone": "+436601234567"}
        conversation = await inbox.open_conversation(db, desk.scope, "whatsapp", **known)
        assert await inbox.open_conversation(db, desk.scope, "whatsapp", **known) == conversation
        talk = Chat(desk, conversation, now=NOW)
        said = [await talk.say("a haircut with Anna on Tuesday at 10, please"), await talk.say("yes")]
        assert not any(word in text.lower() for text in said for word in ("phone", "number"))
        assert value(database, "SELECT customer_phone FROM truebook.appointments WHERE source = 'whatsapp'") == (
            "+436601234567"
        )


MISSING_IN_THE_AUDIT = [
    ("appointment_segments", "service_id", "services"),
    ("appointments", "account_id", "accounts"),
    ("services", "account_id", "accounts"),
    ("availability_configs", "account_id", "accounts"),
    ("blackout_dates", "account_id", "accounts"),
    ("test_chat_sessions", "account_id", "accounts"),
]

FREE = (
    "ALTER TABLE appointments DROP CONSTRAINT appointments_account_is_tenant",
    "UPDATE appointments SET status = 'cancelled'",
    "DELETE FROM claims",
    "DELETE FROM waitlist_entries",
    "DELETE FROM service_requirements",
    "UPDATE appointment_segments SET service_id = NULL, session_id = NULL",
    "DELETE FROM class_sessions",
    "DELETE FROM staff_services",
    "DELETE FROM offers",
    "DELETE FROM availability_rules",
)
"""What would refuse before the key in question does."""


@pytest.mark.parametrize(("table", "column", "target"), MISSING_IN_THE_AUDIT)
def test_foreign_keys_enforce_referential_integrity(database: str, table: str, column: str, target: str) -> None:
    """Line 6: [ ] Foreign keys enforce referential integrity: each of the six that were missing."""
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute("SET search_path = truebook")
        tenant = ids.uuid7()
        rows.fill(admin, tenant)
        nowhere = ids.uuid7()
        for free in FREE:
            admin.execute(free)
        with pytest.raises(errors.ForeignKeyViolation) as refused:
            admin.execute(f"UPDATE {table} SET {column} = %s".encode(), (nowhere,))
        assert refused.value.diag.table_name == table
        assert f'is not present in table "{target}"' in (refused.value.diag.message_detail or "")


async def test_a_service_that_is_not_there_books_nothing(database: str) -> None:
    """Line 6, as a customer meets it: no success is reported, and no row is there."""
    async with opened(database) as db:
        desk = await furnish(db)
        desk.services["Massage"] = ids.uuid7()
        with pytest.raises(NotFound):
            await actions.book(db, desk.scope, desk.wish(TEN, service="Massage"), now=NOW)
    assert value(database, "SELECT count(*) FROM truebook.appointments") == 0


async def test_deleting_an_account_sets_the_account_of_its_appointments_to_null(database: str) -> None:
    """Line 7: [ ] Deleting an account sets appointments.account_id to NULL."""
    async with opened(database) as db:
        desk, appointment = await booked(db)
        await accounts.close_account(db, Scope(desk.account, "operator", operator=True), desk.account)
    with psycopg.connect(database) as admin:
        kept = admin.execute("SELECT id, account_id, customer_name FROM truebook.appointments").fetchall()
    assert kept == [(appointment.id, None, "Carla")]


async def test_a_default_that_cannot_execute_is_never_a_success(database: str) -> None:
    """The founding failure itself: the insert fails, and whoever booked hears of it instead of "booked successfully"."""
    run(
        database,
        "SET check_function_bodies = off; CREATE FUNCTION truebook.broken() RETURNS integer LANGUAGE plpgsql"
        " AS 'BEGIN RETURN version_of_yesterday(); END'",
        "GRANT EXECUTE ON FUNCTION truebook.broken() TO PUBLIC",
        "ALTER TABLE truebook.appointments ALTER version SET DEFAULT truebook.broken()",
    )
    async with opened(database) as db:
        desk = await furnish(db)
        with pytest.raises(errors.UndefinedFunction):
            await actions.book(db, desk.scope, desk.wish(TEN), now=NOW)
    assert value(database, "SELECT count(*) FROM truebook.appointments") == 0
    assert value(database, "SELECT count(*) FROM truebook.outbox") == 0
