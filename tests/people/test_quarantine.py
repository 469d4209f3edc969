"""What was kept of an old database's rows that could not be taken over: exported, erased with whoever is in it, forgotten."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.desk import opened
from tests.legacy import old
from tests.legacy.running import ALICE, BOB, bring, new_rows, read
from tests.people.test_erasing import dump
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.legacy.options import Options
from truebook.people import dossier, erasing, retention
from truebook.tenants import accounts
from truebook.tenants.customers import CUSTOMERS

pytestmark = pytest.mark.anyio
STUDIO = Options(businesses=("Studio Ulrike",), zone="Europe/Vienna")


def visit(key: str, name: str, phone: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "customer_name": name, "customer_phone": phone, "datetime": "never", "status": "booked", **more}


def kept(database: str) -> dict[str, bool]:
    """Return of each row in quarantine whether anything is kept of it."""
    rows = read(database, "SELECT source_id, row_data <> '{}' AS whole FROM import_quarantine ORDER BY source_id")
    return {row["source_id"]: row["whole"] for row in rows}


def business(database: str, name: str) -> Scope:
    (row,) = [one for one in read(database, "SELECT id, name FROM accounts") if one["name"] == name]
    return Scope(row["id"], "test")


async def known(db: Database, scope: Scope) -> UUID:
    return (await CUSTOMERS.add(db, scope, name="Quarantina", phone="+43660777777", email="q@old.example")).id


async def test_rows_in_quarantine_are_exported_and_erased_with_whoever_is_in_them(
    tmp_path: Path, database: str
) -> None:
    visits = [
        visit("a1", "Quarantina", "0660 777 777", account_id="alice"),
        visit("a2", "Quarantina", "", account_id="alice", notes="write to Q@OLD.example"),
        visit("a3", "Somebody Else", "0660 777 778", account_id="alice"),
        visit("b1", "Quarantina", "+43660777777", account_id="bob"),
        visit("c1", "Quarantina", "43660777777@c.us", account_id="gone"),
    ]
    path = str(old.sqlite_with(tmp_path / "old.db", {"accounts": [ALICE, BOB], "appointments": visits}))
    await bring(path, database)
    scope = business(database, "Salon Alice")
    async with opened(database) as db:
        whose = await known(db, scope)
        exported = await dossier.compile_for(db, scope, whose, now=clock.now())
        assert {one["source_id"] for one in exported["import_quarantine"]} == {"a1", "a2", "c1"}
        assert "0660 777 777" in json.dumps(exported)
        await erasing.erase(db, scope, whose)
    assert kept(database) == {"a1": False, "a2": False, "a3": True, "b1": True, "c1": False}
    emptied = read(database, "SELECT reason FROM import_quarantine WHERE row_data = '{}'")
    assert not [row for row in emptied if ":" in row["reason"]], emptied
    assert new_rows(await bring(path, database)) == 0
    assert kept(database) == {"a1": False, "a2": False, "a3": True, "b1": True, "c1": False}


async def test_a_database_that_knew_one_business_is_that_one_s_alone(tmp_path: Path, database: str) -> None:
    path = str(old.sqlite_with(tmp_path / "old.db", {"appointments": [visit("v1", "Quarantina", "+43660777777")]}))
    await bring(path, database, STUDIO)
    other = str(old.sqlite_with(tmp_path / "other.db", {"accounts": [ALICE]}))
    await bring(other, database)
    async with opened(database) as db:
        for name, left in (("Salon Alice", True), ("Studio Ulrike", False)):
            scope = business(database, name)
            await erasing.erase(db, scope, await known(db, scope))
            assert kept(database) == {"v1": left}, name
    assert not [row for rows in dump(database).values() for row in rows if "660777777" in row]


async def test_quarantine_is_kept_no_longer_than_the_business_says(tmp_path: Path, database: str) -> None:
    visits = [visit("a1", "Q", "1", account_id="alice"), visit("b1", "Q", "1", account_id="bob")]
    path = str(old.sqlite_with(tmp_path / "old.db", {"accounts": [ALICE, BOB], "appointments": visits}))
    await bring(path, database)
    scope, later = business(database, "Salon Alice"), clock.now() + timedelta(days=100)
    async with opened(database) as db:
        assert scope.tenant is not None
        await accounts.change_account(db, scope, scope.tenant, {"retention_months": 4})
        await retention.keep_to(db, scope, now=later)
        assert kept(database) == {"a1": True, "b1": True}
        await accounts.change_account(db, scope, scope.tenant, {"retention_months": 2})
        await retention.keep_to(db, scope, now=later)
    assert kept(database) == {"a1": False, "b1": True}


async def test_of_a_row_that_is_taken_over_after_all_nothing_stays_in_quarantine(tmp_path: Path, database: str) -> None:
    bad = visit("a1", "Quarantina", "+43660777777", account_id="alice")
    tables = {"accounts": [ALICE], "appointments": [bad]}
    path = str(old.sqlite_with(tmp_path / "old.db", tables))
    await bring(path, database)
    assert kept(database) == {"a1": True}
    tables["appointments"] = [{**bad, "datetime": "2025-05-01 10:00", "duration": 30}]
    old.sqlite_with(tmp_path / "old.db", tables)
    await bring(path, database)
    assert kept(database) == {"a1": False}
