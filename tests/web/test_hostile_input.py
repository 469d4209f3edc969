"""Whatever a stranger writes into an address or a form is answered, never by an error of ours."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from tests.desk import Desk, furnish, opened
from tests.web.browsing import LINKS, browser
from truebook import limits
from truebook.app import build
from truebook.booking import actions, free
from truebook.channels.web.booking import chat
from truebook.kernel import clock
from truebook.kernel.settings import Settings
from truebook.limits import Allowance, Limit

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
HOSTILE = (
    "\0", "a\0b", "\ud800", "\x85\u2028\r\nx", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "-1", "1e999",
    "9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59-23:59", "٣", "9" * 400, str(uuid4()), "%", "'\"<x>", "../..",
)  # fmt: skip
FIELDS = (
    "s", "g", "who", "day", "tz", "seats", "apart", "start", "key", "to", "version", "name", "by", "phone", "email",
    "notes", "span", "part", "weeks", "edit", "do", "code", "c", "text", "lang", "q", "next", "add", "not", "desk",
    "password", "credential", "slug", "ticket", "zone", "language", "kind", "step",
)  # fmt: skip
PARTED = ("s", "day", "tz", "start", "to", "weeks")
"""The fields of which something is made: they are tried one by one, in an otherwise good form."""


def anonymous() -> list[tuple[str, str]]:
    """Return every page that asks for nobody's session: method and path."""
    return [
        (method, route.path)
        for route in build(Settings(), links=LINKS).routes
        if isinstance(route, APIRoute) and not route.path.startswith(("/desk", "/api/", "/static"))
        for method in sorted(route.methods)
    ]


async def unlimited(_: Any, limit: Limit, __: str) -> Allowance:
    """Let everybody do everything: what is looked at is the answer."""
    return Allowance(limit, 1, 0.0)


async def fields_of(desk: Desk) -> tuple[dict[str, str], dict[str, str]]:
    """Return ids for the paths, and the fields of a good form."""
    now = clock.now()
    first = now.date() + timedelta(days=1)
    slots = await free.find(
        desk.db, desk.scope, desk.services["Haircut"], None, first, first + timedelta(days=7), now=now
    )
    made = await actions.book(desk.db, desk.scope, desk.wish(slots[-1].start), now=now)
    good = {
        "s": str(desk.services["Haircut"]), "who": "any", "day": first.isoformat(), "name": "Nora", "by": "email",
        "email": "nora@home.test", "span": "week", "part": "any", "start": slots[0].start.isoformat(),
        "to": slots[1].start.isoformat(), "text": "hello", "weeks": "4",
    }  # fmt: skip
    ids = {"slug:business": "salon-alice", "code": made.code, "token": LINKS.token("salon-alice", made.code)}
    return ids, good


def filled(path: str, ids: dict[str, str], instead: str | None = None) -> str:
    """Return a path with its ids, or with something else in the place of each."""
    parts = []
    for part in path.split("/"):
        name = part.strip("{}").removesuffix("}.ics") if part.startswith("{") else ""
        parts.append(
            part
            if not name
            else quote(instead.encode("utf-8", "surrogatepass") if instead else ids.get(name, str(uuid4())))
        )
    return "/".join(parts)


async def test_no_input_of_a_stranger_is_answered_by_an_error_of_ours(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "take", unlimited)
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    async with opened(database) as db, browser(db) as page:
        ids, good = await fields_of(await furnish(db))
        wrong, asked = [], 0

        async def ask(method: str, where: str, fields: dict[str, str]) -> None:
            nonlocal asked
            asked += 1
            told = "&".join(f"{name}={quote(one.encode('utf-8', 'surrogatepass'))}" for name, one in fields.items())
            page.cookies.clear()
            try:
                if method == "POST":
                    form = {"Content-Type": "application/x-www-form-urlencoded"}
                    answer = await page.post(where, content=told, headers=form)
                else:
                    answer = await page.request(method, f"{where}?{told}")
            except Exception as error:
                wrong.append((method, where, fields, repr(error)[:200]))
                return
            if answer.status_code == 500:
                wrong.append((method, where, fields, 500))

        for method, path in anonymous():
            for one in HOSTILE:
                if "{" in path:
                    await ask(method, filled(path, ids, one), {})
                for name in PARTED if "{slug" in path else ():
                    await ask(method, filled(path, ids), {**good, name: one})
                await ask(method, filled(path, ids), dict.fromkeys(FIELDS, one))
        assert asked > 1000
        assert wrong == [], f"{len(wrong)} of {asked}"
