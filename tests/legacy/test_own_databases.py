"""Both generations of each table, on both engines: before accounts, after them, and caught half-way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.legacy import old
from tests.legacy.running import VISITS, bring, fates, new_rows, read, reasons, rehearse
from truebook.kernel.errors import Invalid
from truebook.legacy.options import Options

pytestmark = pytest.mark.anyio
STUDIO = Options(businesses=("Studio Ulrike",), zone="Europe/Vienna")
DOJO = Options(businesses=("Dojo",), zone="Asia/Tokyo")


@pytest.fixture
def first_sqlite(tmp_path: Path) -> str:
    return str(old.sqlite_of(tmp_path / "old.db", old.script("first_generation_sqlite.sql")))


@pytest.fixture
def first_postgres(server_url: str) -> Iterator[str]:
    with old.postgres_of(server_url, old.script("first_generation_postgres.sql")) as url:
        yield url


@pytest.fixture
def both_sqlite(tmp_path: Path) -> str:
    return str(old.sqlite_of(tmp_path / "old.db", old.script("both_generations_sqlite.sql")))


async def test_before_accounts_on_sqlite(first_sqlite: str, database: str) -> None:
    report = await bring(first_sqlite, database, STUDIO)
    assert fates(report) == {
        "bot_configs": (2, 2, 0),
        "services": (3, 3, 0),
        "availability_configs": (1, 1, 0),
        "blackout_dates": (2, 1, 1),
        "test_chat_sessions": (2, 2, 0),
        "appointments": (6, 3, 3),
        "chat_messages": (5, 4, 1),
    }
    assert reasons(report) == {
        "blackout_dates/C1000000000000000000000000000002": "date",
        "appointments/F0000000000000000000000000000004": "time",  # 03/06: March or June
        "appointments/F0000000000000000000000000000005": "overlap",  # pending yields to confirmed, though it is older
        "appointments/F0000000000000000000000000000006": "status",
        "chat_messages/5": "role",
    }
    assert read(database, "SELECT name, slug, timezone, locale FROM accounts") == [
        {"name": "Studio Ulrike", "slug": "studio-ulrike", "timezone": "Europe/Vienna", "locale": "de-AT"}
    ]
    services = read(database, "SELECT name, price_minor, is_active FROM services ORDER BY price_minor NULLS FIRST")
    assert [tuple(row.values()) for row in services] == [
        ("Beratung", None, True),  # 'ab 20' is no price
        ("Massage", 4550, True),
        ("massage", 5000, False),
    ]
    rows = {row["customer_name"]: row for row in read(database, VISITS)}
    assert rows["Uli"]["service_id"] and rows["Uli"]["starts_at"] == datetime(2024, 6, 3, 7, tzinfo=UTC)
    assert rows["Vera"]["starts_at"] == datetime(2024, 6, 3, 10, tzinfo=UTC)  # it says Z itself
    assert (rows["Vera"]["service_name"], rows["Vera"]["service_id"]) == ("Handauflegen", None)
    assert rows["Vera"]["customer_phone"] == "anonym"
    assert rows["+436761112223"]["status"] == "cancelled"
    assert [promise.key for promise in report.promises] == ["3"]
    assert new_rows(await bring(first_sqlite, database, STUDIO)) == 0


async def test_before_accounts_somebody_must_say_whose_it_is(first_sqlite: str, database: str) -> None:
    with pytest.raises(Invalid, match="--business"):
        await bring(first_sqlite, database)
    with pytest.raises(Invalid, match="--zone"):
        await bring(first_sqlite, database, Options(businesses=("Studio",)))
    assert read(database, "SELECT FROM import_runs UNION ALL SELECT FROM accounts") == []


async def test_before_accounts_on_postgres(first_postgres: str, database: str) -> None:
    report = await bring(first_postgres, database, DOJO)
    assert fates(report) == {
        "services": (2, 1, 1),
        "availability_configs": (2, 2, 0),
        "blackout_dates": (2, 1, 1),
        "test_chat_sessions": (1, 1, 0),
        "appointments": (5, 2, 3),
        "chat_messages": (3, 3, 0),
    }
    tail = {key[-3:]: value for key, value in reasons(report).items() if key.startswith("appointments")}
    assert tail == {"003": "time", "004": "time", "005": "duration"}
    rows = {row["customer_name"]: row for row in read(database, VISITS)}
    assert rows["Aiko"]["starts_at"] == datetime(2024, 8, 5, 0, tzinfo=UTC)  # 09:00 in Tokyo
    assert (rows["Aiko"]["duration_minutes"], rows["Aiko"]["customer_phone"]) == (50, "+819012345678")
    assert (rows["Ben"]["duration_minutes"], rows["Ben"]["status"]) == (60, "no_show")
    assert read(database, "SELECT price_minor FROM services") == [{"price_minor": 1200}]  # yen have no cents
    rules = read(
        database,
        "SELECT weekday, opens_minute / 60 AS h, closes_minute / 60 AS c FROM availability_rules ORDER BY 1, 2",
    )
    assert [tuple(row.values()) for row in rules] == [(1, 9, 18), (2, 9, 17), (4, 10, 12), (4, 13, 18)]
    assert [promise.key[-1] for promise in report.promises] == ["2"]  # its appointment is in quarantine
    assert "quarantine" in report.promises[0].why
    assert new_rows(await bring(first_postgres, database, DOJO)) == 0


async def test_caught_between_the_generations(both_sqlite: str, database: str) -> None:
    report = await bring(both_sqlite, database)
    assert fates(report) == {
        "accounts": (1, 1, 0),
        "users": (3, 2, 1),
        "bot_configs": (2, 2, 0),
        "services": (4, 3, 1),
        "test_chat_sessions": (5, 3, 2),
        "appointments": (8, 4, 4),
        "chat_messages": (4, 3, 1),
    }
    found = reasons(report)
    assert found["appointments/a2"] == found["appointments/a3"] == "not-text"
    assert found["appointments/a4"] == "duration"
    assert [found[key] for key in found if "~" in key] == ["overlap"]  # the two equal rows without an id
    assert found["test_chat_sessions/3"] == "no-number" and found["test_chat_sessions/4"] == "channel"
    assert report.strange == {"_knex_temp_alter042": 2, "payments": 3}
    assert report.unread == {"users.phone": 1}
    raw = read(database, "SELECT row_data FROM import_quarantine WHERE source_id = 'a2'")[0]["row_data"]
    assert raw["customer_name"] == {"bytes": "fffe00"}
    settings = read(database, "SELECT settings, is_active FROM bot_configs ORDER BY name")
    assert settings[0]["settings"] == {"escalation_rules": "call the boss"} and settings[0]["is_active"]
    assert not settings[1]["is_active"]
    assert len(read(database, "SELECT FROM conversations WHERE channel = 'whatsapp'")) == 1  # two chats, one number
    assert [row["role"] for row in read(database, "SELECT role FROM users ORDER BY email")] == ["admin", "owner"]
    assert report.promises == []  # "confirmed" was said within a minute of Röbi's row
    assert new_rows(await bring(both_sqlite, database)) == 0


@pytest.mark.parametrize(
    ("name", "options"), [("first_generation_sqlite.sql", STUDIO), ("both_generations_sqlite.sql", Options())]
)
async def test_a_rehearsal_foretells_the_import(name: str, options: Options, tmp_path: Path, database: str) -> None:
    url = str(old.sqlite_of(tmp_path / "old.db", old.script(name)))
    foretold = await rehearse(url, database, options)
    done = await bring(url, database, options)
    assert fates(foretold) == fates(done) and reasons(foretold) == reasons(done)
    assert foretold.notes == done.notes and foretold.promises == done.promises
