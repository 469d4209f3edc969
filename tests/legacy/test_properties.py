"""Whatever rows an old database holds, each is accounted for, and a second run adds nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.legacy import old
from tests.legacy.running import bring, new_rows, rehearse
from tests.postgres import Copies
from truebook.kernel.errors import Invalid
from truebook.legacy import preview, source
from truebook.legacy.options import Options
from truebook.legacy.report import Report

Tables = dict[str, list[dict[str, Any]]]
KEYS = ["slug", "slug", "slug", "1", "A" * 32, "a" * 32, "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"]
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(max_size=5), st.binary(max_size=3)
)
TIMES = ["2025-05-05 10:00", "2025-05-05T10:15", "05.05.2025 10:30", 1746432000000, "2025-03-30 02:30", "x"]
WEEKS = [
    '{"monday": "9:00-17:00"}',
    "{}",
    "{",
    '{"tuesday": {"isAvailable": true, "startTime": "9", "endTime": "5 pm"}}',
]

LIKELY: dict[str, dict[str, list[Any]]] = {
    "accounts": {"id": KEYS, "name": ["Alice", "Bob", ""], "timezone": ["Europe/Vienna", "UTC", None, "Mars"]},
    "users": {"id": KEYS, "account_id": KEYS, "email": ["a@x.test", "A@x.test", "b@x.test", "?"]},
    "bot_configs": {"id": KEYS, "account_id": KEYS, "system_prompt": ["Hi"], "tone": ["casual", "rude"]},
    "services": {"id": KEYS, "account_id": KEYS, "bot_config_id": KEYS, "name": ["Cut", "cut", ""]}
    | {"price": [1, "2,50", "?"], "duration_minutes": [30, 0, None]},
    "availability_configs": {"id": KEYS, "account_id": KEYS, "weekly_schedule": WEEKS, "is_active": [1, "false", "?"]},
    "blackout_dates": {"id": KEYS, "account_id": KEYS, "date": ["2025-12-24", 1766620800000, "?"]},
    "test_chat_sessions": {"id": [1, 2, 3], "account_id": KEYS, "session_type": ["test", "whatsapp", "?"]}
    | {"whatsapp_number": ["+436601234567", "0660 1234567", "+1", None]},
    "appointments": {
        "id": KEYS,
        "account_id": KEYS,
        "customer_name": ["Carla", ""],
        "customer_phone": ["0660 1234567", "?", "+49 nobody"],
    }
    | {"datetime": TIMES, "duration": [30, 0], "status": ["booked", "pending", "cancelled", "?"]}
    | {"appointment_type": [*KEYS, "Cut"], "created_at": TIMES},
    "chat_messages": {"id": KEYS, "session_id": [1, "2", 9], "role": ["user", "assistant", "?"]}
    | {"content": ["You are booked.", "hi"], "metadata": [None, "{}", "{", '{"appointmentId": "1"}']},
}


def rows(columns: dict[str, list[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table: mostly what is likely in each column, now and then anything at all, or no such column."""
    cells = {
        name: st.one_of(st.sampled_from(likely), st.sampled_from(likely), ANYTHING) for name, likely in columns.items()
    }
    return st.lists(st.fixed_dictionaries({}, optional=cells), max_size=5)


HOME = {"id": "slug", "name": "Alice", "timezone": "Europe/Vienna"}
TABLES = {table: rows(columns) for table, columns in LIKELY.items()}
ACCOUNTS = st.one_of(st.just([HOME]), TABLES["accounts"].map(lambda found: [HOME, *found]), TABLES["accounts"])
DATABASES = st.fixed_dictionaries(
    {"accounts": ACCOUNTS}, optional={table: made for table, made in TABLES.items() if table != "accounts"}
)
OPTIONS = st.sampled_from([Options(zone="Europe/Vienna"), Options(), Options(businesses=("Alice",), zone="UTC")])
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def attempted(work: Callable[[], Report]) -> Report | None:
    """Run an import; None where it asks the operator for a choice instead."""

    try:
        return work()
    except Invalid:
        return None


def adds_up(report: Report, tables: Tables) -> None:
    for table, given_rows in tables.items():
        line = report.lines[table]
        assert line.rows == len(given_rows) == line.imported + line.quarantined + line.left_out
    json.dumps(report.json())


@pytest.mark.unit
@settings(relaxed)
@given(tables=DATABASES, options=OPTIONS)
def test_rows_in_are_rows_planned(tables: Tables, options: Options, tmp_path: Path) -> None:
    url = str(old.sqlite_with(tmp_path / "old.db", tables))
    with source.at(url) as legacy:
        seen = preview.look(legacy, options)
    assert seen.unreadable + seen.kinds.total() == len(tables.get("appointments", []))
    report = attempted(lambda: anyio.run(rehearse, url, None, options))
    if report:
        adds_up(report, tables)


@pytest.fixture(scope="module")
def target(copies: Copies) -> Iterator[str]:
    with copies.fresh() as url:
        yield url


@settings(relaxed, max_examples=30)
@given(tables=DATABASES, later=DATABASES, options=OPTIONS, others=OPTIONS)
def test_rows_in_are_rows_committed_and_a_second_run_adds_none(
    tables: Tables, later: Tables, options: Options, others: Options, target: str, tmp_path: Path
) -> None:
    """One Truebook takes in one old database after another, and each again when it and the choices have changed."""
    ledger = [{"id": 1, "name": "001_create.js", "migration_time": str(uuid4())}]
    url = str(old.sqlite_with(tmp_path / "old.db", {**tables, "knex_migrations": ledger}))
    foretold = attempted(lambda: anyio.run(rehearse, url, target, options))
    if foretold is None:
        return
    report = anyio.run(bring, url, target, options)
    adds_up(report, tables)
    assert new_rows(foretold) == new_rows(report)
    again = anyio.run(bring, url, target, options)
    adds_up(again, tables)
    assert new_rows(again) == 0
    old.sqlite_with(Path(url), {**later, "knex_migrations": ledger})
    if changed := attempted(lambda: anyio.run(bring, url, target, others)):
        adds_up(changed, later)
