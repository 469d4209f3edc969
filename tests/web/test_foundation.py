"""What every page has: strict headers, assets that may be kept for ever, a language, and errors that are pages."""

import re
from pathlib import Path

import pytest

from tests.desk import furnish, opened
from tests.web.browsing import browser
from truebook.channels.web import assets, pages
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.anyio
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
ADDRESSES = re.compile(r'(?:src|href)="(/static/[^"#]+)')


@pytest.mark.parametrize("template", sorted(pages.TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_anything_inline(template: Path) -> None:
    assert not INLINE.search(template.read_text(encoding="utf-8"))


def test_inline_things_are_seen() -> None:
    assert all(INLINE.search(text) for text in ("<style>", "<script>", "<p style=''>", "<a onclick='x'>"))
    assert not INLINE.search('<script type="module" src="/static/swap.js"></script>')


async def test_every_page_is_strict_and_loads_only_what_is_there(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        for path in ("/", "/nothing-here", "/salon/AAA-AAA/x"):
            shown = await page.get(path)
            policy = shown.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
            assert shown.headers["X-Content-Type-Options"] == "nosniff"
            assert shown.headers["Cache-Control"] == "private, no-store"
            loaded = ADDRESSES.findall(shown.text)
            assert loaded
            for address in loaded:
                file = await page.get(address)
                assert (file.status_code, "immutable" in file.headers["Cache-Control"]) == (200, True), address


async def test_https_is_remembered_where_there_is_some(database: str) -> None:
    async with opened(database) as db:
        async with browser(db) as page:
            assert "Strict-Transport-Security" not in (await page.get("/")).headers
        async with browser(db, Settings(public_url="https://desk.example")) as page:
            assert "Strict-Transport-Security" in (await page.get("/")).headers


async def test_a_file_is_packed_for_those_who_can_and_nothing_else_is_served(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        address = assets.url("parts.css")
        assert (await page.get(address)).headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in (await page.get(address, headers={"Accept-Encoding": "identity"})).headers
        for other in ("/static/parts.css", "/static/..%2fpages.py", "/static/pages.py"):
            assert (await page.get(other)).status_code == 404


async def test_pages_speak_the_readers_language(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        german = await page.get("/", headers={"Accept-Language": "xx, de-AT;q=0.9, en;q=0.5"})
        assert (german.headers["Content-Language"], 'lang="de"' in german.text) == ("de", True)
        assert (await page.get("/", headers={"Accept-Language": "de;q=nonsense, *;q=0"})).headers[
            "Content-Language"
        ] == "en"
        assert not page.cookies
        assert (await page.get("/?lang=de")).headers["Content-Language"] == "de"
        assert (await page.get("/")).headers["Content-Language"] == "de", "what was chosen is remembered"
        assert (await page.get("/?lang=zz")).headers["Content-Language"] == "de"


async def test_errors_are_pages_for_people_and_problems_for_programs(database: str) -> None:
    async with opened(database) as db:
        await furnish(db)
        async with browser(db) as page:
            assert "<h1>" in (await page.get("/nothing")).text
            for program in (
                await page.get("/nothing/there", headers={"Accept": "*/*"}),
                await page.get("/api/v1/nothing"),
            ):
                assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")
