"""What a process remembers of the settings is never older than the settings, whoever changes them and how."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from tests.booking.test_races import CHANGES
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook.booking import actions, free
from truebook.booking.diaries import SETTINGS
from truebook.booking.model import Slot
from truebook.db import Database
from truebook.kernel.errors import NotFound
from truebook.kernel.memory import Memory
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
DAY = MONDAY.date()


@asynccontextmanager
async def two_processes(url: str) -> AsyncIterator[tuple[Desk, Database]]:
    """Lend a desk, and the database as another process has it open."""
    async with opened(url) as here, opened(url) as there:
        yield await furnish(here), there


async def free_times(desk: Desk, staff: str | None = "Anna") -> list[Slot]:
    whom = desk.staff[staff] if staff else None
    return await free.find(desk.db, desk.scope, desk.services["Haircut"], whom, DAY, DAY, now=NOW)


async def test_settings_are_read_once(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        first = await free_times(desk)
        known = db.kept[SETTINGS].get(desk.scope.tenant, SETTINGS)
        assert await free_times(desk) == first
        await actions.book(db, desk.scope, desk.wish(first[0].start), now=NOW)
        assert await free_times(desk) != first
        assert db.kept[SETTINGS].get(desk.scope.tenant, SETTINGS) is known


@pytest.mark.parametrize("name", CHANGES)
async def test_what_another_process_changes_holds_at_once(database: str, name: str) -> None:
    change, code = CHANGES[name]
    async with two_processes(database) as (desk, there):
        before = await free_times(desk)
        await change(there, desk)
        if code == "not_found":
            with pytest.raises(NotFound):
                await free_times(desk)
        else:
            assert await free_times(desk) != before


BY_HAND = {
    "accounts": "UPDATE accounts SET timezone = 'Asia/Tokyo'",
    "services": "UPDATE services SET duration_minutes = 120 WHERE name = 'Haircut'",
    "staff": "UPDATE staff SET name = 'Annemarie' WHERE name = 'Anna'",
    "staff_services": "DELETE FROM staff_services",
    "availability_configs": "UPDATE availability_configs SET slot_minutes = 60",
    "availability_rules": "UPDATE availability_rules SET closes_minute = closes_minute - 60 WHERE closes_minute > 600",
    "date_overrides": "INSERT INTO date_overrides (account_id, date) SELECT id, '{day}' FROM accounts",
    "blackout_dates": "INSERT INTO blackout_dates (account_id, starts_on, ends_on)"
    " SELECT id, '{day}', '{day}' FROM accounts",
}


@pytest.mark.parametrize("table", BY_HAND)
async def test_what_an_administrator_changes_by_hand_holds_at_once(database: str, table: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        before = await free_times(desk)
        with psycopg.connect(database, options="-c search_path=truebook") as admin:
            admin.execute(BY_HAND[table].format(day=DAY))  # type: ignore[arg-type]
            assert await free_times(desk) == before  # not committed yet
            admin.commit()
            assert await free_times(desk) != before


async def test_a_change_that_is_rolled_back_and_one_that_is_not_are_told_apart(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        before = await free_times(desk)
        with psycopg.connect(database, options="-c search_path=truebook") as admin:
            for _ in range(2):
                admin.execute("UPDATE services SET duration_minutes = 240")
                admin.rollback()
                assert await free_times(desk) == before
            admin.execute("UPDATE services SET duration_minutes = 90")
            admin.commit()
        assert {slot.end - slot.start for slot in await free_times(desk)} == {(before[0].end - before[0].start) * 2}


async def test_noting_a_change_of_settings_is_no_change_of_the_account(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"duration_minutes": 15})
        async with db.reading(desk.scope) as tx:
            assert await tx.row("SELECT a.version, v.version <> 0 FROM accounts a, settings_versions v") == (1, True)


async def test_a_business_sees_nothing_of_what_is_remembered_of_another(database: str) -> None:
    async with opened(database) as db:
        alice, bob = await furnish(db), await furnish(db, "praxis-bob")
        await free_times(alice)
        with pytest.raises(NotFound):
            await free.find(db, bob.scope, alice.services["Haircut"], None, DAY, DAY, now=NOW)


async def test_no_more_is_remembered_than_there_is_room_for(database: str) -> None:
    async with opened(database) as db:
        db.kept[SETTINGS] = Memory(8_000, 8_000)  # one of them weighs some thousands
        for number in range(5):
            desk = await furnish(db, f"salon-{number}")
            assert await free_times(desk)
            assert 0 < db.kept[SETTINGS].weight <= 8_000
