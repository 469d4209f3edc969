"""The webhook: a signature over the bytes, then everything in them stored once with its job, then 200.

403 for a bad signature, 503 where it cannot be stored (Meta tries again), 200 for what nobody knows (it would try again
for seven days).
"""

import hmac
from dataclasses import dataclass

import psycopg
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from truebook.connectors.whatsapp import signature
from truebook.connectors.whatsapp.updates import Update, split
from truebook.db import CommitUnknown, Database, NotCommitted, Scope
from truebook.kernel import ids, log
from truebook.kernel.errors import Unavailable
from truebook.ledger import updates
from truebook.ledger.updates import Arrived
from truebook.tenants import numbers
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

PATH = "/webhooks/whatsapp"
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The installation's own Meta app, for numbers without one: its secret and its verify token."""

    secret: bytes | None = None
    verify: str | None = None


def routes(vault: Vault, app: App) -> APIRouter:
    """Return the routes of the webhook; `app` is what the path without a hook stands for."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH, response_model=None)
    @router.get(PATH + "/{hook}", response_model=None)
    async def shake_hands(request: Request, hook: str | None = None) -> Response:
        """Show Meta that this address is ours: whoever knows the verify token gets the challenge back."""
        asked = request.query_params
        given, challenge = asked.get("hub.verify_token", ""), asked.get("hub.challenge", "")
        if asked.get("hub.mode") != "subscribe" or not await _is_ours(request.app.state.db, app, hook, given):
            return PlainTextResponse("not here", 403)
        return PlainTextResponse(challenge if challenge.isalnum() else "", 200)

    @router.post(PATH, response_model=None)
    @router.post(PATH + "/{hook}", response_model=None)
    async def receive(request: Request, hook: str | None = None) -> Response:
        """Store what a webhook brings, once."""
        db: Database = request.app.state.db
        body = await request.body()
        try:
            number = await numbers.by_hook(db, hook) if hook else None
            secrets = _secrets(vault, app, number, hook)
            if not signature.fits(secrets, body, request.headers.get(signature.HEADER)):
                return PlainTextResponse("the signature does not fit", 403)
            await _store(db, number, split(body))
        except (Unavailable, CommitUnknown, NotCommitted, psycopg.Error):
            logger.exception("a webhook could not be stored")
            return PlainTextResponse("not now", 503, {"Retry-After": "1"})
        return PlainTextResponse("", 200)

    return router


async def _is_ours(db: Database, app: App, hook: str | None, given: str) -> bool:
    if hook is None:
        return bool(app.verify) and hmac.compare_digest(str(app.verify).encode(), given.encode())
    number = await numbers.by_hook(db, hook)
    return number is not None and hmac.compare_digest(bytes(number.verify_token), ids.digest(given))


def _secrets(vault: Vault, app: App, number: Number | None, hook: str | None) -> list[bytes]:
    """Return what may have signed: the number's own app, or the installation's where it has none."""
    own = number.secrets(vault) if number else []
    installation = [app.secret] if app.secret and (number is not None or hook is None) else []
    return own or installation


async def _store(db: Database, hooked: Number | None, found: list[Update]) -> None:
    """Store updates business by business. Under a hook only its own business's numbers count, whoever signed.

    What is about a whole messaging account concerns each of its numbers.
    """
    known = {hooked.number_id: hooked} if hooked and hooked.provider == "whatsapp" else {}
    if named := sorted({one.number for one in found if one.number} - known.keys()):
        known |= await numbers.by_provider_ids(db, "whatsapp", named)
    told = sorted({one.account for one in found if one.account and not one.number})
    of_accounts = await numbers.by_messaging_accounts(db, told) if told else []
    batches: dict[str, tuple[Number, list[Arrived]]] = {}
    for one in found:
        if one.number:
            meant = [known[one.number]] if one.number in known else []
        else:
            meant = [number for number in of_accounts if number.messaging_account_id == one.account]
        ours = [number for number in meant if _may_speak_for(hooked, number)]
        if not ours:
            logger.info("an update for a number that is not ours", kind=one.kind)
        for number in ours:
            _, batch = batches.setdefault(number.number_id, (number, []))
            batch.append(Arrived(one.kind, one.key, one.at, one.payload))
    for number, batch in batches.values():
        scope = Scope(number.account_id, "whatsapp", f"webhook:{number.hook[:6]}")
        await updates.store(db, scope, number.id, batch)


def _may_speak_for(hooked: Number | None, number: Number) -> bool:
    """Tell whether what was signed for a hook may concern a number: its own business's, by the same app."""
    if hooked is None:
        return number.app_secret is None
    return hooked.account_id == number.account_id
