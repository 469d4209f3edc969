"""The first part of an address is a business's slug, or this installation's own: the two never meet."""

import pytest

from tests.desk import opened
from tests.web.browsing import LINKS
from truebook.app import build
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.tenants import accounts


@pytest.mark.unit
def test_every_first_part_of_our_own_addresses_is_reserved() -> None:
    firsts = {route.path.split("/")[1] for route in build(Settings(), links=LINKS).routes}
    assert {"static", "api", "docs"} <= firsts
    assert {one for one in firsts if one and not one.startswith("{")} <= accounts.RESERVED


@pytest.mark.anyio
async def test_no_business_is_opened_at_an_address_of_ours(database: str) -> None:
    async with opened(database) as db:
        for slug in sorted(accounts.RESERVED):
            with pytest.raises(Invalid, match="address"):
                await accounts.open_account(db, "test", name="A", slug=slug)
        account = await accounts.open_account(db, "test", name="A", slug="desk-lamps")
        scope = accounts.Scope(account.id, "test", "test")
        with pytest.raises(Invalid, match="address"):
            await accounts.change_account(db, scope, account.id, {"slug": "desk"})
