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
from truebook.db import Database, Scope, migrations
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
        assert {one["source_id"] for one in exported["import_quarantine"]} == {"a1", "a2"}
        assert "0660 777 777" in json.dumps(exported)
        await erasing.erase(db, scope, whose)
    assert kept(database) == {"a1": False, "a2": False, "a3": True, "b1": True, "c1": True}
    emptied = read(database, "SELECT reason FROM import_quarantine WHERE row_data = '{}'")
    assert not [row for row in emptied if ":" in row["reason"]], emptied
    assert new_rows(await bring(path, database)) == 0
    assert kept(database) == {"a1": False, "a2": False, "a3": True, "b1": True, "c1": True}


REFUSED = {"id": "carol", "name": "Carol's Clinic"}
"""A business without a time zone: in quarantine, and all its rows with it."""
SHARED = {
    "accounts": [ALICE, BOB, REFUSED],
    "users": [{"id": "u3", "email": "q@old.example", "password_hash": "secret", "account_id": "carol"}],
    "test_chat_sessions": [
        {"id": f"s{number}", "session_type": "test", "account_id": whose}
        for number, whose in enumerate(("alice", "bob", "carol", "gone"), 1)
    ],
    "appointments": [
        visit("v1", "Quarantina", "0660 777 777", account_id="alice"),
        visit("v2", "Quarantina", "0660 777 777", account_id="bob"),
        visit("v3", "Quarantina", "+43660777777", account_id="carol"),
    ],
    "chat_messages": [
        {"id": f"m{number}", "session_id": chat, "role": "nobody", "content": "It is +43660777777 who writes"}
        for number, chat in enumerate(("s1", "s2", "s3", "s4", "lost"), 1)
    ],
}
"""An old database of three businesses; every row that speaks of a person goes to quarantine."""
WHOLE = dict.fromkeys(("carol", "m1", "m2", "m3", "m4", "m5", "s3", "s4", "u3", "v1", "v2", "v3"), True)


async def test_rows_in_quarantine_of_one_business_are_none_of_another_s(tmp_path: Path, database: str) -> None:
    await bring(str(old.sqlite_with(tmp_path / "old.db", SHARED)), database)
    assert kept(database) == WHOLE
    gone: dict[str, bool] = {}
    async with opened(database) as db:
        for name, own in (("Salon Alice", {"m1", "v1"}), ("Bob's Barber", {"m2", "v2"})):
            scope = business(database, name)
            whose = await known(db, scope)
            exported = await dossier.compile_for(db, scope, whose, now=clock.now())
            assert {one["source_id"] for one in exported["import_quarantine"]} == own, name
            await erasing.erase(db, scope, whose)
            gone |= dict.fromkeys(own, False)
            assert kept(database) == {**WHOLE, **gone}, name


async def test_a_business_s_time_limit_empties_none_of_another_s_rows(tmp_path: Path, database: str) -> None:
    await bring(str(old.sqlite_with(tmp_path / "old.db", SHARED)), database)
    scope = business(database, "Salon Alice")
    async with opened(database) as db:
        assert scope.tenant is not None
        await accounts.change_account(db, scope, scope.tenant, {"retention_months": 2})
        await retention.keep_to(db, scope, now=clock.now() + timedelta(days=100))
    assert kept(database) == {**WHOLE, "m1": False, "v1": False}


async def test_what_a_refused_business_left_is_its_own_once_it_is_taken_over(tmp_path: Path, database: str) -> None:
    path = str(old.sqlite_with(tmp_path / "old.db", SHARED))
    await bring(path, database)
    await bring(path, database, Options(zone="Europe/Vienna"))
    scope = business(database, "Carol's Clinic")
    async with opened(database) as db:
        exported = await dossier.compile_for(db, scope, await known(db, scope), now=clock.now())
    assert {one["source_id"] for one in exported["import_quarantine"]} == {"m3", "v3"}


async def test_of_rows_kept_before_it_was_noted_whose_they_are_that_is_found_out(tmp_path: Path, database: str) -> None:
    path = str(old.sqlite_with(tmp_path / "old.db", SHARED))
    await bring(path, database)
    noted = owners(database)
    migrations.downgrade(database, "0057")
    migrations.upgrade(database)
    found = owners(database)
    assert {key for key in found if found[key] != noted[key]} == {"carol", "m1", "m2", "m3", "s3", "u3", "v3"}
    assert not [key for key in found if found[key] not in (noted[key], None)]
    await bring(path, database)
    assert owners(database) == noted


def owners(database: str) -> dict[str, UUID | None]:
    """Return whose each row in quarantine is."""
    return {row["source_id"]: row["account_id"] for row in read(database, "SELECT * FROM import_quarantine")}


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
