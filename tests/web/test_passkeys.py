"""Passkeys, made and used by a real browser with an authenticator that is made of software."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession

from tests.desk import Desk, opened
from tests.web.browsing import LINKS, browser
from tests.web.conftest import Tab
from tests.web.people import house
from tests.web.test_calendar_in_a_browser import meanwhile
from tests.web.test_calendar_in_a_browser import salon as salon
from truebook.channels.web import challenges
from truebook.db import Database
from truebook.kernel import clock
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


@pytest.mark.anyio
async def test_an_answer_is_good_once_and_only_for_what_was_asked(database: str) -> None:
    async with opened(database) as db, house(db) as here, browser(db) as nobody:
        options = (await nobody.get("/sign-in/passkey")).json()
        assert options["rpId"] == "desk.test" and options["userVerification"] == "required"
        for challenge in (options["challenge"], "AAAA", _of(here.alice.user_id.hex)):
            told = _base64(json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": "http://desk.test"}))
            answer = {
                "id": "AAAA", "rawId": "AAAA", "type": "public-key",
                "response": {"clientDataJSON": told, "authenticatorData": "AAAA", "signature": "AAAA"},
            }  # fmt: skip
            for credential in (json.dumps(answer), "", "{}", "[" * 5000):
                refused = await nobody.post("/sign-in/passkey", data={"credential": credential})
                assert refused.status_code == 422, credential[:50]
                assert (await here.alice.send("/desk/me/passkeys", credential=credential, name="x")).status_code == 422
        assert await _count(db) == 0
        strange = (await nobody.get("/sign-in/passkey", headers={"Host": "evil.test"})).status_code
        assert strange == 404, "another address than the desk's own has none"
        mine = (await here.alice.page.get("/desk/me/passkeys/options")).json()
        assert mine["authenticatorSelection"]["residentKey"] == "required"


def _base64(text: str) -> str:
    from webauthn.helpers import bytes_to_base64url

    return bytes_to_base64url(text.encode())


def _of(purpose: str) -> str:
    """Return a challenge that we signed, for something else."""
    until = clock.now() + challenges.LIFE
    return _base64(f"salt.{LINKS.ticket(re.sub('-', '', purpose), until)}")
