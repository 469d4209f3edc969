"""Webhooks as Meta sends them: escaped unicode, escaped slashes, keys in an order nobody would guess."""

import json
from itertools import count
from typing import Any

from truebook.connectors.whatsapp.signature import HEADER, sign

NUMBER, ACCOUNT = "106540352242922", "102290129340398"
counter = count(1)


def envelope(*values: dict[str, Any], number: str = NUMBER, field: str = "messages") -> dict[str, Any]:
    """Return a webhook with one change per value."""
    metadata = {"display_phone_number": "15550783881", "phone_number_id": number}
    changes = [
        {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": field} for value in values
    ]
    return {"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT, "changes": changes}]}


def person(wa_id: str | None = "436601234567", user: str | None = "AT.1", name: str = "Carla") -> dict[str, Any]:
    """Return a contact; what is None is left out, as Meta does."""
    known = {"wa_id": wa_id, "user_id": user}
    return {"profile": {"name": name}, **{key: value for key, value in known.items() if value}}


def message(what: dict[str, Any], who: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a value with one message of a person's."""
    who = who or person()
    said = {"id": f"wamid.{next(counter)}", "timestamp": "1900000000", **what, **more}
    for key, name in (("wa_id", "from"), ("user_id", "from_user_id")):
        if key in who:
            said[name] = who[key]
    return {"contacts": [who], "messages": [said]}


def text(body: str, who: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a value with one text."""
    return message({"type": "text", "text": {"body": body}}, who, **more)


def status(wamid: str, state: str, token: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a value with one status."""
    said = {"id": wamid, "status": state, "timestamp": "1900000100", "recipient_id": "436601234567", **more}
    return {"statuses": [{**said, **({"biz_opaque_callback_data": token} if token else {})}]}


def sent(payload: dict[str, Any]) -> bytes:
    """Return the bytes of a webhook as Meta writes them."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode()


def signed(body: bytes, secret: str = "app secret") -> dict[str, str]:
    """Return the headers of a webhook."""
    return {"Content-Type": "application/json", HEADER: sign(secret.encode(), body)}
