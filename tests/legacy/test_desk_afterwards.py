"""An imported business works: its hours, its service and its appointments are those the desk books by."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tests.legacy import old
from tests.legacy.running import ALICE, bring, read
from truebook.booking import actions
from truebook.booking.errors import Closed, SlotTaken
from truebook.booking.model import Customer, Wish
from truebook.db import Database, Scope

pytestmark = pytest.mark.anyio
NOW = datetime(2030, 1, 6, 8, tzinfo=UTC)  # a Sunday


async def test_the_desk_books_around_what_came_over(tmp_path: Path, database: str) -> None:
    visit = {
        "id": "v",
        "account_id": "alice",
        "customer_name": "Carla",
        "customer_phone": "0660 1234567",
        "datetime": "2030-01-07 10:00",
        "duration": 30,
        "status": "booked",
        "appointment_type": "cut",
    }
    tables = {
        "accounts": [ALICE],
        "services": [{"id": "cut", "account_id": "alice", "name": "Cut", "price": 30, "duration_minutes": 30}],
        "availability_configs": [{"id": "h", "account_id": "alice", "weekly_schedule": {"monday": "9:00-12:00"}}],
        "appointments": [visit],
    }
    await bring(str(old.sqlite_with(tmp_path / "old.db", tables)), database)
    account = _only(database, "accounts")
    wish = Wish(_only(database, "services"), datetime(2030, 1, 7, 9, tzinfo=UTC), Customer("Dora", "+436601234568"))
    async with Database(database, size=2) as db:
        scope = Scope(account, "test")
        with pytest.raises(SlotTaken):  # 10:00 on the wall in Vienna is Carla's
            await actions.book(db, scope, wish, now=NOW)
        with pytest.raises(Closed):
            await actions.book(db, scope, _at(wish, 12), now=NOW)
        booked = await actions.book(db, scope, _at(wish, 10), now=NOW)
    assert booked.status == "confirmed"
    assert len(read(database, "SELECT FROM appointments")) == 2


def _at(wish: Wish, hour: int) -> Wish:
    return Wish(wish.service_id, wish.start.replace(hour=hour), wish.customer)


def _only(database: str, table: str) -> UUID:
    (row,) = read(database, f"SELECT id FROM {table}")
    found = row["id"]
    assert isinstance(found, UUID)
    return found
