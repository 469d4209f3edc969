"""What a passkey signs: a challenge of ours, for what it was made for, some minutes long, once, at our own address."""

import json

import pytest
from webauthn.helpers import bytes_to_base64url

from tests.desk import opened
from tests.web.browsing import HOME, LINKS, browser
from tests.web.people import house
from truebook.channels.web import challenges
from truebook.kernel import clock

pytestmark = pytest.mark.anyio


def answer(challenge: str) -> str:
    """Return what a browser would send for a challenge, signed by nobody."""
    told = bytes_to_base64url(json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": HOME}).encode())
    response = {"clientDataJSON": told, "authenticatorData": "AAAA", "signature": "AAAA"}
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response})


async def test_an_answer_is_refused_unless_it_is_to_a_challenge_of_ours(database: str) -> None:
    async with opened(database) as db, house(db) as here, browser(db) as nobody:
        options = (await nobody.get("/sign-in/passkey")).json()
        assert options["rpId"] == "desk.test" and options["userVerification"] == "required"
        until = clock.now() + challenges.LIFE
        for_another = bytes_to_base64url(f"salt.{LINKS.ticket('passkey add somebody salt', until)}".encode())
        strange = ("", "{}", "[" * 5000, answer("AAAA"), answer(for_another), answer(options["challenge"]))
        for credential in strange:
            refused = await nobody.post("/sign-in/passkey", data={"credential": credential})
            assert refused.status_code == 422 and "opens nothing here" in refused.text, credential[:60]
            added = await here.alice.send("/desk/me/passkeys", credential=credential, name="x")
            assert added.status_code == 422 and "could not be kept" in added.text
        mine = (await here.alice.page.get("/desk/me/passkeys/options")).json()
        assert mine["authenticatorSelection"]["residentKey"] == "required"
        elsewhere = await nobody.get("/sign-in/passkey", headers={"Host": "evil.test"})
        assert elsewhere.status_code == 404, "another address than the desk's own has none"
