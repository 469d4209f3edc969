"""Passkeys, made and used by a real browser with an authenticator that is made of software."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession

from tests.desk import Desk
from tests.web.conftest import Tab
from tests.web.test_calendar_in_a_browser import meanwhile
from tests.web.test_calendar_in_a_browser import salon as salon
from truebook.db import Database
from truebook.tenants import passkeys

FAILED = "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"


@pytest.fixture
def device(tab: Tab) -> Iterator[CDPSession]:
    """A phone that knows its owner's finger."""
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("WebAuthn.enable")
    yield session
    session.detach()


def unlocked(device: CDPSession) -> str:
    """Add an authenticator to the browser and return its id."""
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made: str = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return made


@pytest.mark.slow
def test_a_passkey_is_made_opens_the_desk_and_is_taken_away(
    tab: Tab, salon: Desk, device: CDPSession, database: str
) -> None:
    page, authenticator = tab.page, unlocked(device)
    page.goto("/desk/me")
    page.fill("#passkey", "Alice's phone")
    page.click("text=Make a passkey")
    page.wait_for_selector("text=not used yet")
    page.click("text=Sign out >> nth=0")
    page.wait_for_url("**/sign-in")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/desk")
    page.goto("/desk/me")
    assert "last used" in page.inner_text(".lines")
    seen = device.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [one["rpId"] for one in seen] == ["localhost"]
    page.click("text=Remove Alice's phone")
    page.wait_for_selector("#passkey")
    assert meanwhile(database, _count) == 0
    page.click("text=Sign out >> nth=0")
    page.wait_for_url("**/sign-in")
    page.click("text=Sign in with a passkey")
    page.wait_for_selector("text=That passkey opens nothing here")
    tab.complaints.remove(FAILED)


async def _count(db: Database) -> int:
    (row,) = await db.rows(passkeys.OPERATOR, "SELECT count(*) FROM passkeys", {})
    return int(row[0])
