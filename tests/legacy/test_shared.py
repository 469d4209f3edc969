"""Every row of both shared old databases is accounted for, and ends where it should."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tests.legacy import old
from tests.legacy.running import VISITS, bring, fates, new_rows, read, reasons, rehearse
from truebook.legacy.options import Options
from truebook.legacy.report import Line
from truebook.legacy.times import Reading

pytestmark = pytest.mark.anyio

SQLITE = {
    "accounts": (3, 2, 1),
    "users": (4, 2, 2),
    "bot_configs": (2, 1, 1),
    "services": (4, 2, 2),
    "availability_configs": (3, 1, 2),
    "blackout_dates": (3, 2, 1),
    "test_chat_sessions": (3, 2, 1),
    "appointments": (9, 5, 4),
    "chat_messages": (4, 3, 1),
}
SQLITE_REASONS = {
    "accounts/default-account": "no-zone",
    "users/user-3": "same-email",
    "users/user-4": "orphan",
    "bot_configs/6A7B8C9D0E1F2A3B4C5D6E7F8A9B0C1D": "no-business",
    "services/11112222333344445555666677778888": "no-duration",
    "services/33334444555566667777888899990000": "orphan",
    "availability_configs/B0000000000000000000000000000002": "schedule",
    "availability_configs/B0000000000000000000000000000003": "orphan",
    "blackout_dates/C0000000000000000000000000000003": "orphan",
    "test_chat_sessions/3": "orphan",
    "appointments/A0000000000000000000000000000002": "overlap",
    "appointments/A0000000000000000000000000000006": "no-business",
    "appointments/A0000000000000000000000000000007": "orphan",
    "appointments/A0000000000000000000000000000008": "business-refused",
    "chat_messages/4": "orphan",
}
POSTGRES = {
    "accounts": (3, 2, 1),
    "users": (3, 2, 1),
    "bot_configs": (2, 1, 1),
    "services": (3, 1, 2),
    "availability_configs": (2, 1, 1),
    "blackout_dates": (2, 1, 1),
    "test_chat_sessions": (2, 1, 1),
    "appointments": (5, 1, 4),
    "chat_messages": (2, 1, 1),
}


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return str(old.sqlite_of(tmp_path / "old.db", old.script("legacy_sqlite.sql")))


@pytest.fixture
def postgres_url(server_url: str) -> Iterator[str]:
    with old.postgres_of(server_url, old.script("legacy_postgres.sql")) as url:
        yield url


async def test_every_row_of_the_sqlite_file_is_accounted_for(sqlite_url: str, database: str) -> None:
    report = await bring(sqlite_url, database)
    assert fates(report) == SQLITE
    assert reasons(report) == SQLITE_REASONS
    kept = read(database, "SELECT source_table || '/' || source_id AS row, reason, row_data FROM import_quarantine")
    assert {row["row"] for row in kept} == set(SQLITE_REASONS)
    gina = next(row for row in kept if row["row"].endswith("07"))
    assert gina["row_data"]["customer_name"] == "Gina" and gina["row_data"]["duration"] == -30
    assert gina["reason"].startswith("orphan: ")


async def test_every_row_of_the_postgres_database_is_accounted_for(postgres_url: str, database: str) -> None:
    report = await bring(postgres_url, database)
    assert fates(report) == POSTGRES
    found = reasons(report)
    assert (
        found["appointments/a0000000-0000-4000-8000-000000000003"] == "duration"
    )  # its account was found by its hex id
    assert found["appointments/a0000000-0000-4000-8000-000000000004"] == "orphan"
    assert found["appointments/a0000000-0000-4000-8000-000000000005"] == "no-business"
    assert found["services/11112222-3333-4444-5555-666677778888"] == "no-duration"
    assert found["users/user-3"] == "same-email"


async def test_a_rehearsal_gives_the_same_account_and_writes_nothing(sqlite_url: str, database: str) -> None:
    assert fates(await rehearse(sqlite_url, None)) == SQLITE
    assert fates(await rehearse(sqlite_url, database)) == SQLITE
    assert read(database, "SELECT FROM accounts UNION ALL SELECT FROM import_runs") == []


@pytest.mark.parametrize("engine", ["sqlite_url", "postgres_url"])
async def test_a_second_run_adds_nothing(engine: str, request: pytest.FixtureRequest, database: str) -> None:
    url = request.getfixturevalue(engine)
    first = await bring(url, database)
    snapshot = contents(database)
    second = await bring(url, database)
    assert fates(second) == fates(first)
    assert new_rows(second) == 0 and new_rows(first) == sum(rows for rows, _, _ in fates(first).values())
    assert contents(database) == snapshot


async def test_a_row_that_changed_since_is_told_of_and_not_brought_again(sqlite_url: str, database: str) -> None:
    await bring(sqlite_url, database)
    with sqlite3.connect(sqlite_url) as connection:
        connection.execute("UPDATE appointments SET status = 'cancelled' WHERE customer_name = 'Anna'")
    report = await bring(sqlite_url, database)
    assert report.changed == [("appointments", "A0000000000000000000000000000001")]
    assert new_rows(report) == 0
    assert read(database, "SELECT status FROM appointments WHERE customer_name = 'Anna'") == [{"status": "confirmed"}]


async def test_a_moved_file_is_recognised(sqlite_url: str, database: str, tmp_path: Path) -> None:
    await bring(sqlite_url, database)
    elsewhere = Path(sqlite_url).rename(tmp_path / "moved.db")
    assert new_rows(await bring(str(elsewhere), database)) == 0


async def test_a_zone_given_later_lets_the_waiting_business_in(sqlite_url: str, database: str) -> None:
    await bring(sqlite_url, database)
    report = await bring(sqlite_url, database, Options(zone="Europe/Vienna"))
    assert report.lines["accounts"].imported_now == 1 and report.lines["appointments"].imported_now == 1
    hugo = read(database, f"{VISITS} WHERE customer_name = 'Hugo'")[0]
    assert hugo["starts_at"] == datetime(2025, 12, 2, 13, tzinfo=UTC) and hugo["status"] == "no_show"
    assert hugo["customer_phone"] == "+436608888888" and hugo["service_id"] is None
    resolved = read(database, "SELECT source_id FROM import_quarantine WHERE resolved_at IS NOT NULL ORDER BY 1")
    assert [row["source_id"] for row in resolved] == ["A0000000000000000000000000000008", "default-account"]


async def test_what_came_in_is_what_was_meant(sqlite_url: str, database: str) -> None:
    await bring(sqlite_url, database)
    rows = {row["customer_name"]: row for row in read(database, VISITS)}
    anna, cora, eva, dirk, ida = (rows[name] for name in ("Anna", "Cora", "Eva", "Dirk", "Ida"))
    susi = UUID("703409ee-1105-41c0-9a7e-fb5b3612a135")
    assert anna["id"] == UUID("a0000000-0000-0000-0000-000000000001") != ida["id"]
    assert anna["starts_at"] == datetime(2025, 11, 3, 9, tzinfo=UTC)  # 10:00 on the wall in Vienna
    assert (anna["status"], anna["customer_phone"], anna["service_name"]) == (
        "confirmed",
        "+436601234567",
        "Haarschnitt",
    )
    assert cora["starts_at"] == datetime(2025, 11, 3, 9, 50, tzinfo=UTC)  # epoch milliseconds are an instant
    assert cora["tenant_id"] == susi and cora["service_id"] == anna["service_id"]
    assert dirk["starts_at"] == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)  # 02:30 does not exist: 03:30
    assert eva["starts_at"] == datetime(2025, 10, 26, 0, 30, tzinfo=UTC) and eva["status"] == "confirmed"
    assert {row["source"] for row in rows.values()} == {"import"}
    assert {row["actor"] for row in read(database, "SELECT actor FROM appointment_history")} == {"import"}
    assert {row["status"] for row in read(database, "SELECT status FROM outbox")} == {"not_needed"}
    blackouts = read(database, "SELECT starts_on::text, is_recurring FROM blackout_dates ORDER BY 1")
    assert [tuple(row.values()) for row in blackouts] == [("2025-12-24", True), ("2025-12-25", False)]
    assert read(database, "SELECT weekday, opens_minute, closes_minute FROM availability_rules") == [
        {"weekday": 1, "opens_minute": 540, "closes_minute": 1020}
    ]
    assert read(database, "SELECT price_minor, currency FROM services WHERE name = 'Haarschnitt'") == [
        {"price_minor": 3550, "currency": "EUR"}
    ]
    whatsapp = read(database, "SELECT address, language FROM conversations WHERE channel = 'whatsapp'")
    assert [row["address"] for row in whatsapp] == ["+436601234567"]


async def test_the_reading_decides_what_a_stored_clock_means(postgres_url: str, database: str) -> None:
    await bring(postgres_url, database, Options(reading=Reading.LOCAL))
    assert read(database, "SELECT starts_at FROM appointments")[0]["starts_at"] == datetime(2025, 11, 3, 9, tzinfo=UTC)


async def test_read_as_utc_the_stored_clock_is_the_instant(postgres_url: str, database: str) -> None:
    await bring(postgres_url, database, Options(reading=Reading.UTC))
    assert read(database, "SELECT starts_at FROM appointments")[0]["starts_at"] == datetime(2025, 11, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("engine", ["sqlite_url", "postgres_url"])
async def test_the_promise_without_a_row_is_listed(engine: str, request: pytest.FixtureRequest) -> None:
    report = await rehearse(request.getfixturevalue(engine), None)
    (promise,) = report.promises
    assert promise.found_by == "metadata" and promise.why.lower().endswith("99")
    assert promise.said == "Ihr Termin ist gebucht!"


async def test_both_engines_into_one_truebook(sqlite_url: str, postgres_url: str, database: str) -> None:
    """The SQLite file and the PostgreSQL database name the same business: it is joined, nothing is written twice."""
    await bring(sqlite_url, database)
    report = await bring(postgres_url, database)
    assert report.lines["accounts"].imported == 2
    found = reasons(report)
    assert found["users/user-1"] == "same-email" and found["services/089de75e-c79b-f6e4-b00e-4159135d545f"] == "refused"
    assert found["appointments/a0000000-0000-4000-8000-000000000001"] == "overlap"  # Anna's, which is there already
    assert new_rows(await bring(postgres_url, database)) == 0


async def test_one_business_alone(sqlite_url: str, database: str) -> None:
    report = await bring(sqlite_url, database, Options(businesses=("praxis nord",)))
    assert [row["name"] for row in read(database, "SELECT name FROM accounts")] == ["Praxis Nord"]
    line = report.lines["appointments"]
    assert (line.rows, line.imported, line.quarantined, line.left_out) == (9, 2, 0, 7)
    everybody = await bring(sqlite_url, database)
    assert fates(everybody) == SQLITE and everybody.lines["appointments"].imported_now == 3
    again = await bring(sqlite_url, database, Options(businesses=("praxis nord",)))
    assert again.lines["appointments"] == Line("appointments", 9, 2, 0, 0, 0, 7)


def contents(database: str) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table of Truebook."""
    tables = read(
        database, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'truebook'::regnamespace"
    )
    names = sorted(row["relname"] for row in tables)
    return {
        name: read(database, f"SELECT to_jsonb(t) AS row FROM {name} t ORDER BY to_jsonb(t)::text") for name in names
    }
