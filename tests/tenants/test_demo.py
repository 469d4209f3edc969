"""The demo business: there is one, and it is whole, however often and however suddenly a desk is started."""

import asyncio

import pytest

from tests.desk import opened
from truebook import demos
from truebook.db import Scope
from truebook.tenants import accounts, catalogue, demo
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio


async def test_desks_that_start_at_once_furnish_one_business(database: str) -> None:
    async with opened(database) as db:
        made = await asyncio.gather(*(demos.furnish(db) for _ in range(4)))
        assert len({account.id for account in made}) == 1
        shop = await catalogue.read(db, Scope(made[0].id, "test"))
        assert [one.name for one in shop.services] == ["Haircut", "Colour", "Beard trim"]
        assert [one.name for one in shop.staff] == ["Anna", "Ben", "Clara"]


async def test_a_start_that_was_interrupted_is_made_up_for(database: str) -> None:
    async with opened(database) as db:
        await accounts.open_account(db, "test", name="Salon Lina", slug=demo.SLUG)
        account = await demos.furnish(db)
        assert len((await catalogue.read(db, Scope(account.id, "test"))).week) == 6


async def test_what_the_owner_changed_is_left_alone(database: str) -> None:
    async with opened(database) as db:
        account = await demos.furnish(db)
        scope = Scope(account.id, "owner")
        for one in await SERVICES.page(db, scope):
            await SERVICES.remove(db, scope, one.id)
        await demos.furnish(db)
        assert await SERVICES.page(db, scope) == []
