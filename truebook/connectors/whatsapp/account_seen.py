"""What Meta reports of a whole account or number: restrictions, bans, departures, and that they are over.

Source: Meta, "Webhooks › account_update", "phone_number_quality_update" (2026).
"""

from dataclasses import dataclass
from typing import Any, Literal

from truebook.connectors.whatsapp.updates import Json

STOPPING = frozenset(
    {"ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "DISABLED_UPDATE", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED",
     "PARTNER_REMOVED"}
)  # fmt: skip
RESUMING = frozenset({"ACCOUNT_RECONNECTED", "ACCOUNT_RESTORED"})
BANS = {"SCHEDULE_FOR_DISABLE": "stop", "DISABLE": "stop", "REINSTATE": "resume"}


@dataclass(frozen=True, slots=True)
class Change:
    """What follows of a report: nothing can be sent until somebody does something, or it can be again."""

    what: Literal["stop", "resume"]
    words: str


def read(payload: Json) -> Change | None:
    """Return what an update says of an account; None where nothing follows of it."""
    value = payload.get("value")
    if payload.get("field") != "account_update" or not isinstance(value, dict):
        return None
    event = str(value.get("event") or "").upper()
    ban = value.get("ban_info")
    state = str(ban.get("waba_ban_state") or "").upper() if isinstance(ban, dict) else ""
    if event == "DISABLED_UPDATE" and BANS.get(state) == "resume":
        return Change("resume", "Meta has taken the ban back")
    if event in RESUMING:
        return Change("resume", "Meta has connected the account again")
    if event not in STOPPING:
        return None
    return Change("stop", f"Meta reports {event}{_details(value, state)}: see WhatsApp Manager, Account quality.")


def _details(value: Json, state: str) -> str:
    told: list[str] = [state] if state else []
    restrictions: Any = value.get("restriction_info")
    for one in restrictions if isinstance(restrictions, list) else ():
        if isinstance(one, dict) and isinstance(one.get("restriction_type"), str):
            told.append(one["restriction_type"])
    for name in ("violation_info", "disconnection_info"):
        info = value.get(name)
        if isinstance(info, dict):
            told += [text for text in info.values() if isinstance(text, str)]
    return f" ({', '.join(told)[:300]})" if told else ""
