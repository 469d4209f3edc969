"""Twilio's webhook: the signature over our public address and the form, then what it tells is stored with its job.

Answered with nothing: text in the answer would be sent to the customer.
"""

from urllib.parse import parse_qsl

import psycopg
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from truebook.connectors.twilio import form, signature
from truebook.connectors.twilio.form import ATTEMPT
from truebook.connectors.twilio.signature import Keys
from truebook.db import CommitUnknown, Database, NotCommitted, Scope
from truebook.kernel import clock, log
from truebook.kernel.errors import Unavailable
from truebook.ledger import updates
from truebook.ledger.updates import Arrived
from truebook.tenants import numbers
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

PATH = "/webhooks/twilio/{hook}"
logger = log.get(__name__)


def routes(vault: Vault, base_url: str) -> APIRouter:
    """Return the route of the webhook; `base_url` is the address that Twilio was told, whatever a proxy shows."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH, response_model=None)
    async def receive(request: Request, hook: str) -> Response:
        """Store what a webhook tells, once."""
        db: Database = request.app.state.db
        body = await request.body()
        try:
            number = await numbers.by_hook(db, hook)
            if number is None or number.provider != "twilio" or not _is_signed(vault, base_url, number, request, body):
                return PlainTextResponse("the signature does not fit", 403)
            await _store(db, number, request, body)
        except (Unavailable, CommitUnknown, NotCommitted, psycopg.Error):
            logger.exception("a webhook could not be stored")
            return PlainTextResponse("not now", 503, {"Retry-After": "1"})
        return Response(status_code=204)

    return router


def _is_signed(vault: Vault, base_url: str, number: Number, request: Request, body: bytes) -> bool:
    query = request.scope["query_string"].decode("latin-1")
    url = f"{base_url}{request.url.path}" + (f"?{query}" if query else "")
    shared = next((one.decode() for one in number.secrets(vault)), None)
    keys, headers = Keys(number.token(vault), shared), request.headers
    pairs = _pairs(request, body)
    return signature.fits(keys, url, pairs, body, headers.get(signature.HEADER), headers.get(signature.SETTINGS))


def _pairs(request: Request, body: bytes) -> list[tuple[str, str]] | None:
    """Return the fields of a form as they were sent, empty ones and spaces as well; None where it is none."""
    if "application/json" in request.headers.get("content-type", ""):
        return None
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)


async def _store(db: Database, number: Number, request: Request, body: bytes) -> None:
    pairs = _pairs(request, body)
    told = dict(pairs) if pairs is not None else form.fields(body, "json")
    found = form.read(told, request.query_params.get(ATTEMPT), clock.now())
    if found is None or found.number != number.number_id:
        logger.info("an update that tells nothing new, or is for a number that is not ours")
        return
    scope = Scope(number.account_id, "whatsapp", f"webhook:{number.hook[:6]}")
    await updates.store(db, scope, number.id, [Arrived(found.kind, found.key, found.at, found.payload)])
