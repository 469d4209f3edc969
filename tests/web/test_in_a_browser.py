"""What only a browser shows: nothing is blocked, nothing complains, everybody can use it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.conftest import Tab

pytestmark = pytest.mark.slow
PAGES = ("/", "/nothing")


def barriers(tab: Tab) -> list[str]:
    """Return what axe finds, of any impact."""
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in Axe().run(tab.page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_pages_before_the_door(tab: Tab, scheme: str) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        tab.page.goto(path)
        assert barriers(tab) == [], path
    tab.complaints.remove("Failed to load resource: the server responded with a status of 404 (Not Found)")


def test_icons_are_drawn(tab: Tab) -> None:
    tab.page.goto("/")
    drawn = tab.page.eval_on_selector(".door .i use", "one => one.getBoundingClientRect().width")
    assert drawn > 0, "the icons' file was not let in"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(tab: Tab, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 700})
    tab.page.goto("/?lang=de")
    assert tab.page.evaluate("document.documentElement.scrollWidth") == width
