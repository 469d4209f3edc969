"""API keys over HTTP: listed without what opens anything, issued, and revoked at once."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi.routing import APIRoute

from tests.api.http import API, Shop, bearer_of, client, monday, serving, shop
from truebook import limits
from truebook.app import build
from truebook.channels.api import rights
from truebook.channels.api.keys import Keyring
from truebook.db import Database
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.tenants import access
from truebook.tenants.access import Caller, Unauthorized

pytestmark = pytest.mark.anyio
OWN = f"{API}/account/keys"


def of(desk: Shop) -> str:
    """Return where the operator finds the keys of Alice's business."""
    return f"{API}/accounts/{desk.desk.account}/keys"


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


async def named(caller: httpx2.AsyncClient, path: str) -> dict[str, dict[str, Any]]:
    """Return the keys of a list by their names."""
    answer = await caller.get(path)
    assert answer.status_code == 200, answer.text
    return {one["name"]: one for one in answer.json()["items"]}


async def test_a_key_is_listed_and_nothing_in_the_list_opens_anything(database: str) -> None:
    async with shop(database) as desk:
        issued = await desk.alice.post(OWN, json={"name": "Till"})
        secret = issued.json().pop("key")
        for caller, path in ((desk.bob, OWN), (desk.operator, of(desk))):
            listed = await caller.get(path)
            assert [one["name"] for one in listed.json()["items"]] == ["Alice", "Bob", "Till"]
            assert secret not in listed.text
            for one in listed.json()["items"]:
                assert set(one) == {
                    "id", "name", "role", "prefix", "created_at", "revoked_at", "may", "issued_by", "expires_at",
                    "last_used_at", "made_by",
                }  # fmt: skip
                assert (one["role"], one["revoked_at"], len(one["prefix"])) == ("owner", None, 8)
        shown = {name: value for name, value in issued.json().items() if name != "key"}
        assert listed.json()["items"][2] == shown and secret.startswith(shown["prefix"])


async def test_an_issued_key_says_where_it_is_and_opens_the_business(database: str) -> None:
    async with shop(database) as desk:
        for caller, path in ((desk.alice, OWN), (desk.operator, of(desk))):
            issued = await caller.post(path, json={"name": "Till"})
            place, body = issued.headers["location"], issued.json()
            assert (issued.status_code, place) == (201, f"{path}/{body['id']}")
            assert (await caller.get(place)).json() == {name: body[name] for name in body if name != "key"}
            assert (body["may"], body["last_used_at"]) == ("book", None)
            assert (await desk.nobody.get(f"{API}/account", headers=bearer(body["key"]))).status_code == 200
            assert (await caller.get(place)).json()["last_used_at"]


async def test_a_revoked_key_is_refused_at_once_and_stays_in_the_list(database: str) -> None:
    async with shop(database) as desk:
        keys = await named(desk.alice, OWN)
        assert (await desk.bob.get(OWN)).status_code == 200
        for _ in range(2):
            assert (await desk.alice.delete(f"{OWN}/{keys['Bob']['id']}")).status_code == 204
            assert (await desk.bob.get(OWN)).status_code == 401
        revoked = (await named(desk.alice, OWN))["Bob"]
        assert revoked["revoked_at"] and {**revoked, "revoked_at": None, "last_used_at": None} == keys["Bob"]
        assert (await desk.alice.delete(f"{OWN}/{keys['Bob']['id']}")).status_code == 204
        assert (await named(desk.alice, OWN))["Bob"] == revoked
        assert (await desk.charlie.get(OWN)).status_code == 200


async def test_an_operator_revokes_a_businesss_key(database: str) -> None:
    async with shop(database) as desk:
        alice = (await named(desk.operator, of(desk)))["Alice"]["id"]
        assert (await desk.alice.get(OWN)).status_code == 200
        for _ in range(2):
            assert (await desk.operator.delete(f"{of(desk)}/{alice}")).status_code == 204
        assert (await desk.alice.get(OWN)).status_code == 401
        assert (await named(desk.operator, of(desk)))["Alice"]["revoked_at"]


async def test_a_key_reaches_as_far_as_its_role(database: str) -> None:
    async with shop(database) as desk:
        made = {}
        for may in ("read", "book", "manage"):
            issued = await desk.alice.post(OWN, json={"name": may, "may": may})
            made[may] = bearer(issued.json()["key"])
        tried = {
            "read": ("GET", "/appointments", None, {"from": str(monday()), "to": str(monday())}),
            "book": ("POST", "/appointments", desk.wanted(), None),
            "manage": ("POST", "/services", {"name": "Wash", "duration_minutes": 30}, None),
        }
        for reach, (who, headers) in enumerate(made.items()):
            for needed, (name, (method, path, body, query)) in enumerate(tried.items()):
                answer = await desk.nobody.request(method, API + path, json=body, params=query, headers=headers)
                if reach < needed:
                    said = answer.json()
                    assert (answer.status_code, said["code"], said["data"]) == (403, "forbidden", {"needed": name})
                else:
                    assert answer.status_code in (200, 201, 409), (who, name, answer.text)
            if who != "read":  # what the assistant says, and a person's whole row, take more than working with them
                where = f"{API}/questions/{uuid4()}/settle"
                answered = await desk.nobody.post(where, json={"answer": "Pay at evil.example"}, headers=headers)
                put_aside = await desk.nobody.post(where, json={}, headers=headers)
                deleted = await desk.nobody.delete(f"{API}/customers/{uuid4()}", headers=headers)
                known = 404 if who == "manage" else 403
                assert (answered.status_code, put_aside.status_code, deleted.status_code) == (known, 404, known), who
            keys = await desk.nobody.get(OWN, headers=headers)
            assert keys.status_code == (200 if who == "manage" else 403)


def test_every_route_says_how_far_a_key_must_reach() -> None:
    routes = [one for one in build(Settings()).routes if isinstance(one, APIRoute) and one.include_in_schema]
    tags = {str(one.tags[0]) for one in routes} - {"health"}
    settings = {
        "services", "pools", "staff", "hours", "overrides", "blackouts", "bots", "users", "account", "accounts",
        "whatsapp", "keys", "telling", "reports",
    }  # fmt: skip
    assert tags == set(rights.CHANGES) | settings
    assert {one.name for one in routes} > rights.LOOKING | rights.GRAVE


async def test_a_key_issues_and_revokes_nothing_above_itself(database: str) -> None:
    async with shop(database) as desk:
        soon = (clock.now() + timedelta(days=1)).replace(second=0, microsecond=0)
        short = await desk.alice.post(OWN, json={"name": "Short", "may": "manage", "expires_at": soon.isoformat()})
        thief = bearer(short.json()["key"])
        for later in (None, (soon + timedelta(minutes=1)).isoformat()):
            refused = await desk.nobody.post(OWN, json={"name": "x", "expires_at": later}, headers=thief)
            assert (refused.status_code, refused.json()["field"]) == (422, "expires_at")
        past = await desk.alice.post(OWN, json={"name": "x", "expires_at": "2020-01-01T10:00Z"})
        assert (past.status_code, past.json()["field"]) == (422, "expires_at")
        keys = await named(desk.alice, OWN)
        for above in ("Alice", "Bob"):  # who issued it, and one who reaches as far
            refused = await desk.nobody.delete(f"{OWN}/{keys[above]['id']}", headers=thief)
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        till = (await desk.alice.post(OWN, json={"name": "Till"})).json()["id"]
        assert (await desk.nobody.delete(f"{OWN}/{till}", headers=thief)).status_code == 204
        async with Database(database, size=1) as db:
            book = ids.uuid7()
            await access.issue(db, desk.desk.scope, "Booker", key_id=book, may="book")
            with pytest.raises(Invalid, match="cannot issue one that may manage"):
                await access.issue(db, desk.desk.scope, "x", may="manage", issued_by=book)


async def test_what_a_revoked_key_issued_is_revoked_with_it(database: str) -> None:
    async with shop(database) as desk:
        child = (await desk.bob.post(OWN, json={"name": "Child", "may": "manage"})).json()
        grandchild = await desk.nobody.post(OWN, json={"name": "Grandchild"}, headers=bearer(child["key"]))
        bob = (await named(desk.alice, OWN))["Bob"]["id"]
        assert child["issued_by"] == bob
        assert (await desk.alice.delete(f"{OWN}/{bob}", params={"keep_issued": "true"})).status_code == 204
        still = await desk.nobody.get(f"{API}/account", headers=bearer(grandchild.json()["key"]))
        assert still.status_code == 200
        assert (await desk.alice.delete(f"{OWN}/{bob}")).status_code == 204
        for key in (child["key"], grandchild.json()["key"]):
            assert (await desk.nobody.get(f"{API}/account", headers=bearer(key))).status_code == 401


async def test_nothing_escapes_that_is_issued_while_its_issuer_is_revoked(database: str) -> None:
    async with shop(database) as desk, Database(database, size=4) as db:
        bob = UUID((await named(desk.alice, OWN))["Bob"]["id"])
        scope = desk.desk.scope

        async def issue() -> None:
            with suppress(Unauthorized):
                while True:
                    await access.issue(db, scope, "Escaped", issued_by=bob)

        issuing = asyncio.gather(issue(), issue())
        await asyncio.sleep(0)
        while "Escaped" not in {one.name for one in await access.listing(db, scope)}:
            pass
        await access.revoke(db, scope, bob)
        await issuing
        keys = await access.listing(db, scope)
        assert {one.name for one in keys if one.revoked_at is None} == {"Alice"}


async def test_a_key_that_has_run_out_opens_nothing_though_it_was_believed(database: str) -> None:
    async with shop(database) as desk, Database(database, size=1) as db:
        ends = clock.now() + timedelta(seconds=0.6)
        key = await access.issue(db, desk.desk.scope, "Short", expires_at=ends)
        assert (await desk.nobody.get(f"{API}/account", headers=bearer(key))).status_code == 200
        await asyncio.sleep(max(0, (ends - clock.now()).total_seconds()))
        assert (await desk.nobody.get(f"{API}/account", headers=bearer(key))).status_code == 401


async def test_another_process_hears_of_a_revoked_key_and_of_a_suspended_business(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truebook.channels.api.keys.FRESH", 3600.0)
    async with shop(database) as desk:
        with serving(database) as port:
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as other:

                async def refused(key: dict[str, str]) -> None:
                    while (await other.get(f"{API}/account", headers=key)).status_code != 401:
                        await asyncio.sleep(0.005)

                bob, alice = bearer(bearer_of(desk.bob)), bearer(bearer_of(desk.alice))
                for key in (bob, alice):
                    assert (await other.get(f"{API}/account", headers=key)).status_code == 200
                async with asyncio.timeout(10):
                    await desk.alice.delete(f"{OWN}/{(await named(desk.alice, OWN))['Bob']['id']}")
                    await refused(bob)
                    await desk.operator.patch(f"{API}/accounts/{desk.desk.account}", json={"status": "suspended"})
                    await refused(alice)


async def test_a_key_may_revoke_itself(database: str) -> None:
    async with shop(database) as desk:
        own = (await named(desk.alice, OWN))["Alice"]["id"]
        assert (await desk.alice.delete(f"{OWN}/{own}")).status_code == 204
        assert (await desk.alice.delete(f"{OWN}/{own}")).status_code == 401


async def test_the_keys_of_others_are_unknown(database: str) -> None:
    async with shop(database) as desk:
        theirs, other = (await named(desk.charlie, OWN))["Charlie"]["id"], of(desk)
        async with Database(database, size=1) as db, db.reading(access.OPERATOR) as tx:
            operators = await tx.row("SELECT id FROM api_keys WHERE role = 'operator'")
        assert operators is not None
        for place, caller in ((OWN, desk.alice), (other, desk.operator)):
            unknown = await caller.delete(f"{place}/{uuid4()}")
            for one in (theirs, operators[0]):
                for method in ("GET", "DELETE"):
                    refused = await caller.request(method, f"{place}/{one}")
                    assert (refused.status_code, refused.json()) == (404, unknown.json())
        nowhere = f"{API}/accounts/{uuid4()}/keys"
        assert (await desk.operator.get(nowhere)).status_code == 404
        assert (await desk.operator.delete(f"{nowhere}/{theirs}")).status_code == 404
        assert (await named(desk.charlie, OWN))["Charlie"]["revoked_at"] is None
        assert (await desk.operator.get(f"{API}/accounts")).status_code == 200


async def test_pages_hold_every_key_once(database: str) -> None:
    async with shop(database) as desk:
        for number in range(3):
            await desk.alice.post(OWN, json={"name": f"Till {number}"})
        for caller, path in ((desk.bob, OWN), (desk.operator, of(desk))):
            names: list[str] = []
            cursor: dict[str, str] = {}
            while True:
                page = (await caller.get(path, params={"limit": "2", **cursor})).json()
                names += [one["name"] for one in page["items"]]
                if not page["next"]:
                    break
                cursor = {"cursor": page["next"]}
            assert names == ["Alice", "Bob", "Till 0", "Till 1", "Till 2"]


async def test_who_issued_and_revoked_a_key_is_in_the_settings_log(database: str) -> None:
    async with shop(database) as desk:
        made = (await desk.alice.post(OWN, json={"name": "Till"})).json()
        for _ in range(2):
            await desk.alice.delete(f"{OWN}/{made['id']}")
        async with Database(database, size=1) as db, db.reading(desk.desk.scope) as tx:
            log = await tx.rows("SELECT action, entity_id::text, details FROM audit_log ORDER BY at, id")
        details = {"name": "Till", "prefix": made["prefix"]}
        assert log[-2:] == [("issue key", made["id"], details), ("revoke key", made["id"], details)]


async def test_another_process_refuses_a_revoked_key_once_its_memory_is_stale(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop(database) as desk, Database(database, size=2) as db:
        monkeypatch.setattr("truebook.channels.api.keys.FRESH", 0.2)
        other = client(httpx2.ASGITransport(build(Settings(), db)), desk.bob.headers["authorization"].split()[1])
        assert (await other.get(OWN)).status_code == 200
        await desk.alice.delete(f"{OWN}/{(await named(desk.alice, OWN))['Bob']['id']}")
        await asyncio.sleep(0.25)
        assert (await other.get(OWN)).status_code == 401
        await other.aclose()


async def test_a_key_that_is_being_looked_up_while_it_is_revoked_is_not_remembered(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Database(database, size=2) as db:
        key, keyring = await access.issue(db, access.OPERATOR, "x"), Keyring(db, limits.a_second("key", 100))
        found, go_on, living = asyncio.Event(), asyncio.Event(), access.identify

        async def slowly(db: Database, key: str) -> Caller:
            caller = await living(db, key)
            found.set()
            await go_on.wait()
            return caller

        monkeypatch.setattr(access, "identify", slowly)
        asked = asyncio.create_task(keyring.identify(key))
        await found.wait()
        [one] = await access.listing(db, access.OPERATOR)
        await access.revoke(db, access.OPERATOR, one.id)
        keyring.forget()
        go_on.set()
        assert (await asked).role == "operator"
        with pytest.raises(Unauthorized):
            await keyring.identify(key)
