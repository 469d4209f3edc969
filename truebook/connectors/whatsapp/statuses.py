"""A status of a message that was sent: how far it came, what it costs, why it failed."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from truebook.connectors.whatsapp.updates import Json

Status = Literal["accepted", "held", "sent", "delivered", "read", "played", "failed"]
KNOWN = ("sent", "delivered", "read", "played", "failed")


@dataclass(frozen=True, slots=True)
class Said:
    """What a status says. `id` is the provider's, `token` ours, `code` and `failure` tell why it failed."""

    id: str
    status: Status
    token: str | None = None
    category: str | None = None
    code: str | None = None
    failure: str | None = None


def read(payload: Json) -> Said | None:
    """Return what a status' payload says; None for one nobody knows."""
    status = payload.get("status")
    if not isinstance(status, dict) or status.get("status") not in KNOWN:
        return None
    errors = status.get("errors")
    error = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return Said(
        id=str(status.get("id") or ""),
        status=cast("Status", status["status"]),
        token=_text(status.get("biz_opaque_callback_data")),
        category=_text(_dict(status.get("pricing")).get("category")),
        code=str(error["code"])[:40] if isinstance(error.get("code"), int | str) else None,
        failure=explained(error) if error else None,
    )


def explained(error: Json) -> str:
    """Return what Meta says about an error in its own words, as long as a person may want to read."""
    data = error.get("error_data")
    details = _text(data.get("details")) if isinstance(data, dict) else _text(data)
    return (details or _text(error.get("message")) or _text(error.get("title")) or "no reason was given")[:500]


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
