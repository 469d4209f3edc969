"""Which provider a number is at, and how messages go out by it."""

from collections.abc import Mapping

import httpx2

from truebook.connectors.twilio.client import CONTENT, AtTwilio, Twilio
from truebook.connectors.twilio.client import URL as TWILIO
from truebook.connectors.whatsapp.graph import URL, Graph
from truebook.connectors.whatsapp.line import AtMeta, Line
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

PATH = "/webhooks/twilio"


def line_of(
    number: Number, vault: Vault, http: httpx2.AsyncClient, base_url: str, contents: Mapping[tuple[str, str], str]
) -> Line:
    """Return a number at its provider; `contents` are its Content resources, by name and language."""
    token = number.token(vault)
    if number.provider == "twilio":
        where = number.graph_url
        twilio = Twilio(http, number.messaging_account_id, token, where or TWILIO, where or CONTENT)
        return AtTwilio(twilio, number.number_id, f"{base_url}{PATH}/{number.hook}", contents)
    return AtMeta(Graph(http, number.graph_url or URL), number.number_id, token)
