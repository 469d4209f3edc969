"""What is done by the clock finds the businesses for which something is due, and no others, over an index."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.chat import LINKS
from tests.db.roles import run
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook import chores
from truebook.booking import actions, views
from truebook.db import Database, Scope, health
from truebook.delivery.notify import Messenger
from truebook.delivery.reminding import Reminding

pytestmark = pytest.mark.anyio
LONG_AGO = timedelta(days=-3000)


async def holding(desk: Desk, hour: int, length: timedelta) -> UUID:
    """Hold a time; with a negative length the hold has run out already."""
    made = await actions.hold(desk.db, desk.scope, desk.wish(MONDAY.replace(hour=hour)), now=NOW, length=length)
    return made.id


async def served(db: Database, due: dict[str, datetime]) -> list[UUID]:
    """Return for whom a chore would be done."""
    seen: list[UUID] = []

    async def work(scope: Scope) -> None:
        assert scope.tenant is not None
        seen.append(scope.tenant)

    await chores.whoever_is_due(db, "test", due, work)
    return sorted(seen)


async def test_only_those_are_asked_for_whom_something_is_due(database: str) -> None:
    async with opened(database) as db:
        desks = [await furnish(db, f"salon-{number}") for number in range(4)]
        now = datetime.now(UTC)
        assert await served(db, {"holds": now, "keys": now, "offers": now, "news": now - timedelta(days=1)}) == []
        await holding(desks[0], 10, LONG_AGO)
        await holding(desks[0], 12, LONG_AGO)
        await holding(desks[2], 10, LONG_AGO)
        await holding(desks[3], 10, timedelta(days=3000))
        assert await served(db, {"holds": now}) == sorted([desks[0].account, desks[2].account])
        await actions.book(db, desks[1].scope, desks[1].wish(MONDAY.replace(hour=15)), now=NOW)
        async with db.transaction(desks[1].scope) as tx:
            await tx.run("UPDATE outbox SET available_at = now() - interval '2 days'")
        assert await served(db, {"news": now - timedelta(days=1)}) == [desks[1].account]


async def test_what_fails_for_one_business_in_whatever_way_is_done_for_the_others(database: str) -> None:
    async with opened(database) as db:
        desks = [await furnish(db, f"salon-{number}") for number in range(3)]
        for desk in desks:
            await holding(desk, 10, LONG_AGO)
        done: list[UUID | None] = []

        async def work(scope: Scope) -> None:
            if scope.tenant == desks[0].account:
                raise ValueError("a row that nobody foresaw")
            await asyncio.sleep(0)
            done.append(scope.tenant)

        await chores.whoever_is_due(db, "test", {"holds": datetime.now(UTC)}, work)
        assert set(done) == {desks[1].account, desks[2].account}


async def test_reminders_and_promises_ask_only_those_for_whom_there_is_something_to_do(database: str) -> None:
    async with opened(database) as db:
        desks = [await furnish(db, f"salon-{number}") for number in range(3)]
        kinds = (
            "reminders",
            "notices",
            "claims",
            "promises",
            "ahead",
            "numbers",
            "waiting",
            "old notices",
            "retention",
        )
        now = datetime.now(UTC)
        for what in kinds:
            assert await served(db, {what: now}) == [], what
        one = desks[1]
        booked = await actions.book(db, one.scope, one.wish(MONDAY.replace(hour=15)), now=NOW)
        now = datetime.now(UTC)
        due = {what: await served(db, {what: now}) for what in kinds}
        assert {what for what, found in due.items() if found == [one.account]} == {
            "reminders", "claims", "promises", "ahead",
        }  # fmt: skip
        reminding = Reminding(db, Messenger(db, LINKS))
        await reminding.remind(one.scope, now=now)
        assert await served(db, {"reminders": now}) == []  # planned, and not due yet
        assert await served(db, {"reminders": booked.start}) == [one.account]
        await actions.move(db, one.scope, booked.id, MONDAY.replace(hour=16), now=NOW)
        assert await served(db, {"reminders": datetime.now(UTC)}) == [one.account]
        async with db.transaction(one.scope) as tx:
            await tx.run("UPDATE accounts SET retention_months = 3")
        assert await served(db, {"retention": now}) == [one.account]


async def test_more_than_a_page_of_them_is_served_and_each_once(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "PAGE", 2)
    async with opened(database) as db:
        desks = [await furnish(db, f"salon-{number}") for number in range(5)]
        for desk in desks:
            await holding(desk, 10, LONG_AGO)
        assert await served(db, {"holds": datetime.now(UTC)}) == sorted(desk.account for desk in desks)


async def test_many_are_swept_in_one_transaction_and_one_that_fails_keeps_nobody_from_it(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(database) as db:
        desks = [await furnish(db, f"salon-{number}") for number in range(4)]
        held = [(desk, await holding(desk, 10, LONG_AGO)) for desk in desks]
        bad = desks[1].account
        run(
            database,
            "CREATE FUNCTION public.no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE division_by_zero; END'",
            "CREATE TRIGGER no BEFORE UPDATE ON truebook.appointments FOR EACH ROW"
            f" WHEN (NEW.tenant_id = '{bad}') EXECUTE FUNCTION public.no()",
        )
        await chores.sweep(db, datetime.now(UTC))
        statuses = [(await views.appointment(db, desk.scope, each)).status for desk, each in held]
        assert statuses == ["cancelled", "held", "cancelled", "cancelled"]
        assert caplog.text.count("a chore failed") == 1


async def test_two_workers_at_once_give_everything_back_once(database: str) -> None:
    async with opened(database) as one, opened(database) as other:
        desks = [await furnish(one, f"salon-{number}") for number in range(3)]
        held = [(desk, await holding(desk, hour, LONG_AGO)) for desk in desks for hour in (10, 12, 15)]
        now = datetime.now(UTC)
        await asyncio.gather(chores.sweep(one, now), chores.sweep(other, now))
        found = [await views.appointment(one, desk.scope, each) for desk, each in held]
        assert {(each.status, each.version) for each in found} == {("cancelled", 2)}  # each of them once


async def test_open_promises_of_all_businesses_are_counted_and_nobody_is_named(database: str) -> None:
    async with opened(database) as db:
        assert await health.promises(db) == []
        for number in range(2):
            desk = await furnish(db, f"salon-{number}")
            await holding(desk, 10, LONG_AGO)
            await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=15)), now=NOW)
        found = {one.kind: (one.number, one.oldest > 0) for one in await health.promises(db) or ()}
        assert found == {"holds to give back": (2, True), "news to tell": (2, True)}


async def test_nobody_looks_across_businesses_but_the_function(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await holding(desk, 10, LONG_AGO)
        async with db.transaction(Scope(None, "test")) as tx:
            await tx.run("SELECT set_config('truebook.scope', 'due', true)")
            for table in ("accounts", "appointments", "outbox", "idempotency_keys", "offers", "messages"):
                assert await tx.row(f"SELECT count(*) FROM {table}") == (0,), table
            assert await tx.rows("SELECT businesses_due('holds', now(), NULL, 9)") == [(desk.account,)]
            assert await tx.row("SELECT current_setting('truebook.scope')") == ("due",)


def test_what_is_due_is_found_over_an_index(database: str) -> None:
    with psycopg.connect(database, autocommit=True, options="-c search_path=truebook") as connection:
        connection.execute("SET enable_seqscan = off")
        for what in (
            "holds", "news", "keys", "offers", "updates", "requests", "reminders", "notices", "claims", "promises",
            "ahead", "numbers", "waiting", "old notices", "retention",
        ):  # fmt: skip
            before = whole_tables(connection)
            connection.execute("SELECT businesses_due(%s, now(), NULL, 500)", (what,))
            connection.execute("SELECT pg_stat_force_next_flush()")
            assert whole_tables(connection) == before, what


def whole_tables(connection: psycopg.Connection) -> int:
    """Return how often a table of businesses' was read whole."""
    connection.execute("SELECT pg_stat_clear_snapshot()")
    row = connection.execute("SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE schemaname = 'truebook'").fetchone()
    assert row is not None
    return int(row[0])
