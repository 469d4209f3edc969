"""The stream that says when something has changed: it ends with the session, also where it never is silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from tests.desk import opened
from tests.web.people import house
from truebook.channels.web.desk import live
from truebook.kernel import clock
from truebook.tenants import sessions

pytestmark = pytest.mark.anyio


class Always(asyncio.Event):
    """Something changes all the time."""

    def clear(self) -> None:
        """Stay set."""


class Busy:
    """What a very busy business calls out."""

    left = False

    @asynccontextmanager
    async def listening(self, *_: object) -> AsyncIterator[asyncio.Event]:
        changed = Always()
        changed.set()
        yield changed


async def test_a_stream_ends_with_its_session_however_much_changes(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT", 0.01)
    monkeypatch.setattr(live, "PAUSE", 0.001)
    async with opened(database) as db, house(db) as here:
        token = await sessions.link(db, here.desk.scope, here.anna.user_id, now=clock.now())
        session = await sessions.use_link(db, token, now=clock.now())
        person, _ = await sessions.identify(db, session, now=clock.now())
        who: Any = SimpleNamespace(db=db, person=person)
        busy: Any = Busy()
        stream = live._told(busy, who, session, talk=False)
        assert [await anext(stream), await anext(stream)][1].startswith("event: changed")
        await sessions.end_all(db, here.desk.scope, here.anna.user_id, now=clock.now())
        async with asyncio.timeout(120):
            async for _ in stream:
                pass
