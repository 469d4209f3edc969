"""What a webhook of Twilio's holds, as an update: a message somebody wrote, or how far one of ours has come.

Messages are told in the shape in which Meta tells them, so that everything that reads them reads these too. Fields are
added without notice, so all are optional and none is missed. Source: Twilio, "Messaging › Webhook request", "Status".
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from truebook.connectors.whatsapp.updates import Update
from truebook.kernel import signs

Json = dict[str, Any]
STATUSES = {"sent": "sent", "delivered": "delivered", "read": "read", "failed": "failed", "undelivered": "failed"}
"""What Twilio calls a status, as Meta calls it; `queued` and `sending` say no more than the answer did."""
PREFIX = "whatsapp:"
ATTEMPT = "attempt"
"""The part of a status' address that names our attempt."""


def fields(body: bytes, kind: str) -> Mapping[str, str]:
    """Return the fields of a JSON body; nothing for what is none."""
    try:
        found = json.loads(body) if "json" in kind else {}
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: str(value) for name, value in pairs if isinstance(value, str | int | float)}


def read(form: Mapping[str, str], attempt: str | None, now: datetime) -> Update | None:
    """Return what a form tells; None for what says nothing new. Twilio gives no time: it is when we had it."""
    sid = signs.kept(form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid") or "")
    account = signs.kept(form.get("AccountSid", ""))
    status = form.get("MessageStatus") or form.get("SmsStatus") or ""
    if not sid:
        return None
    if status == "received" or not status:
        number = bare(form.get("To", ""))
        payload = {"message": _message(form, sid, now), "contact": _contact(form)}
        return Update("message", f"m:{sid}", number, account, now, payload)
    if status not in STATUSES:
        return None
    said: Json = {"id": sid, "status": STATUSES[status]}
    if attempt:
        said["biz_opaque_callback_data"] = attempt
    if code := form.get("ErrorCode"):
        words = signs.kept(form.get("ErrorMessage") or f"Twilio's error {code}")
        said["errors"] = [{"code": code[:20], "message": words}]
    return Update("status", f"s:{sid}:{status}", bare(form.get("From", "")), account, now, {"status": said})


def bare(address: str) -> str:
    """Return an address without its channel: +4366… or US.1349…"""
    return signs.kept(address).removeprefix(PREFIX)


def _contact(form: Mapping[str, str]) -> Json:
    name = signs.kept(form.get("ProfileName", "")).strip()
    return {"profile": {"name": name}} if name else {}


def _message(form: Mapping[str, str], sid: str, now: datetime) -> Json:
    message: Json = {"id": sid, "timestamp": str(int(now.timestamp())), **_sender(form), **_what(form)}
    if about := form.get("OriginalRepliedMessageSid"):
        message["context"] = {"id": signs.kept(about)}
    return message


def _sender(form: Mapping[str, str]) -> Json:
    """Return who wrote, as Meta names them: the number without its plus, and the id at the business."""
    phone = bare(form.get("From", "")) if bare(form.get("From", "")).startswith("+") else form.get("WaId", "")
    user = bare(form.get("ExternalUserId", "")) or ("" if phone else bare(form.get("From", "")))
    parent = bare(form.get("ParentExternalUserId", ""))
    found = {"from": signs.kept(phone).lstrip("+"), "from_user_id": user, "from_parent_user_id": parent}
    return {name: value for name, value in found.items() if value}


def _what(form: Mapping[str, str]) -> Json:
    body = signs.kept(form.get("Body", ""))
    if choice := form.get("ListId"):
        reply = {"id": signs.kept(choice), "title": signs.kept(form.get("ListTitle") or body)}
        return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": reply}}
    if payload := form.get("ButtonPayload"):
        return {
            "type": "button",
            "button": {"payload": signs.kept(payload), "text": signs.kept(form.get("ButtonText") or body)},
        }
    if form.get("NumMedia", "0") not in ("", "0"):
        kind = signs.kept(form.get("MediaContentType0", "")).partition("/")[0]
        known = kind if kind in ("audio", "image", "video") else "document"
        media = {
            "id": signs.kept(form.get("MediaUrl0", "")),
            **({"caption": body} if body and known != "audio" else {}),
        }
        return {"type": known, known: media}
    if form.get("Latitude"):
        return {"type": "location", "location": {"latitude": form["Latitude"], "longitude": form.get("Longitude")}}
    return {"type": "text", "text": {"body": body}}
