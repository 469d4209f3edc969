"""Set a demo business up, once and whole, however often and however suddenly a desk is started."""

import asyncio
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from truebook.db import Database
from truebook.demos import clinic, salon, studio, tutor
from truebook.demos.demo import DAYS, Call, Demo
from truebook.kernel import clock, ids
from truebook.kernel.errors import Conflict, NotFound, Unavailable
from truebook.kernel.settings import Settings
from truebook.tenants import access, accounts
from truebook.tenants.accounts import Account

DEMOS: dict[str, Demo] = {"salon": salon.DEMO, "clinic": clinic.DEMO, "studio": studio.DEMO, "tutor": tutor.DEMO}
DEFAULT = "salon"
API = "/api/v1"
ONE_AT_A_TIME = "SELECT WHERE pg_try_advisory_xact_lock(hashtextextended('truebook demo ' || %s, 0))"
PAUSE = 0.2
"""Seconds until it is looked again whether another process is done with it."""
LISTED = {"limit": 200}


async def furnish(db: Database, name: str = DEFAULT) -> Account:
    """Return a demo business, set up if there is none yet; one that was begun and not finished is finished.

    What an owner has changed since is left alone.
    """
    demo = DEMOS[name]
    while (account := await _whole(db, demo)) is None:
        async with db.transaction(access.OPERATOR) as tx:
            mine = await tx.row(ONE_AT_A_TIME, (demo.slug,)) is not None
            if mine and await _whole(db, demo) is None:
                await _set_up(db, demo)
        if not mine:
            await asyncio.sleep(PAUSE)
    return account


async def _whole(db: Database, demo: Demo) -> Account | None:
    """Return the demo business if it has its address, which comes last."""
    try:
        account = await accounts.by_slug(db, demo.slug)
    except NotFound:
        return None
    return account if account.address else None


async def _set_up(db: Database, demo: Demo) -> None:
    """Make the calls, with keys of the operator's and the owner's that open nothing afterwards."""
    import httpx2  # noqa: PLC0415 - with the app a second, which a desk that has its demo need not wait for

    from truebook import app  # noqa: PLC0415

    key_id = ids.uuid7()
    operator = await access.issue(db, access.OPERATOR, "demo", key_id=key_id)
    transport = httpx2.ASGITransport(app.build(Settings(), db))
    try:
        async with httpx2.AsyncClient(transport=transport, base_url="http://demo") as client:
            account = await _account(db, client, operator, demo)
            path = f"/accounts/{account.id}/keys"
            key = (await _ask(client, operator, "POST", path, {"name": "demo", "may": "manage"}))["key"]
            await _Owner(client, key, ZoneInfo(account.timezone)).make(demo)
    finally:
        await access.revoke(db, access.OPERATOR, key_id)


async def _account(db: Database, client: Any, operator: str, demo: Demo) -> Account:
    try:
        return await accounts.by_slug(db, demo.slug)
    except NotFound:
        pass
    try:
        await _ask(client, operator, "POST", "/accounts", demo.account)
    except Conflict:  # an older process, which did not wait for its turn
        pass
    return await accounts.by_slug(db, demo.slug)


async def _ask(client: Any, key: str, method: str, path: str, body: Any = None, **params: Any) -> Any:
    """Make a call; return what is answered, or raise why not."""
    headers = {"Authorization": f"Bearer {key}"}
    answer = await client.request(method, API + path, json=body, params=params or None, headers=headers)
    if answer.status_code == 409:
        raise Conflict(answer.text)
    if answer.status_code >= 400:
        raise Unavailable(f"the demo business cannot be set up: {method} {path} is answered {answer.text}")
    return answer.json()


class _Owner:
    """Sets a business up as its owner would; what is there already from an interrupted start is not made twice."""

    def __init__(self, client: Any, key: str, zone: ZoneInfo) -> None:
        self.client, self.key = client, key
        tomorrow = clock.now().astimezone(zone).date() + timedelta(days=1)
        ahead = [tomorrow + timedelta(days=n) for n in range(7)]
        self.known = {DAYS[day.isoweekday() % 7]: day.isoformat() for day in ahead}

    async def make(self, demo: Demo) -> None:
        for call in demo.calls:
            path, body = self._filled(call.path), self._filled(call.body)
            found = await self._found(call, path, body)
            made = found if found is not None else await self._ask(call.method, path, body)
            if call.named:
                self.known[call.named] = made["id"]
        await self._ask("PATCH", "/account", {"address": demo.address})

    async def _ask(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        return await _ask(self.client, self.key, method, path, body, **params)

    async def _found(self, call: Call, path: str, body: Any) -> Any:
        """Return what a call would make, where it is there already."""
        if call.method != "POST":
            return None
        if path.endswith("/units"):
            there = (await self._ask("GET", path))["items"]
            return there if len(there) >= body["count"] else None
        if path == "/classes/series":
            day = body["start"][:10]
            there = (await self._ask("GET", "/classes", **{"from": day, "to": day}))["items"]
            return next((one for one in there if one["start"].startswith(body["start"])), None)
        there = (await self._ask("GET", path, **LISTED))["items"]
        return next((one for one in there if one["name"] == body["name"]), None)

    def _filled(self, value: Any) -> Any:
        """Return a path or a body with ids and dates in place of the names in braces."""
        if isinstance(value, str):
            return value.format(**self.known) if "{" in value else value
        if isinstance(value, dict):
            return {name: self._filled(one) for name, one in value.items()}
        return [self._filled(one) for one in value] if isinstance(value, list | tuple) else value
