"""The sheet to hang up and the code on it: they lead to the business's own page."""

import re

import pytest
import segno

from tests.desk import furnish, opened
from tests.web.browsing import browser
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio


async def test_the_code_leads_to_the_page_and_the_sheet_speaks_the_readers_language(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"name": '<b>"Salón"</b>'})
        sheet = await page.get("/salon-alice/poster", headers={"accept-language": "es"})
        assert (sheet.status_code, sheet.headers["content-language"]) == (200, "es")
        assert ("Reserve en línea" in sheet.text, "<b>" in sheet.text) == (True, False)
        shown = re.search(r'<bdi dir="ltr">([^<]+)</bdi>', sheet.text)
        drawn = await page.get("/salon-alice/code.svg")
        assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert shown is not None
        (address,) = _codes(shown[1], drawn.text)
        assert (await page.get(address)).status_code == 200
        assert (await page.get("/nobody/poster")).status_code == 404
        assert (await page.get("/nobody/code.svg")).status_code == 404


def _codes(shown: str, drawn: str) -> list[str]:
    """Return the addresses whose code is the drawn one, module by module."""
    return [
        address
        for address in (f"http://{shown}", f"https://{shown}")
        if _modules(segno.make(address, micro=False, error="q").svg_inline(border=4)) == _modules(drawn)
    ]


def _modules(drawn: str) -> str:
    return max(re.findall(r' d="([^"]+)"', drawn), key=len)
