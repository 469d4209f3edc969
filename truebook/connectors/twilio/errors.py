"""What an error of Twilio's means for whoever sends. Source: Twilio, "Error and warning dictionary" (2026)."""

from truebook.connectors.whatsapp.errors import Class

CODES: dict[Class, frozenset[int]] = {
    "retry": frozenset({20500, 20503, 30008}),
    "number": frozenset({20429, 63018, 14107, 30001}),
    "window": frozenset({63016}),
    "template": frozenset({63027, 63028, 63040, 63041, 63042, 21655, 21656}),
    "final": frozenset({63003, 63024, 63032, 63033, 63049, 21211, 21614, 21610, 30003, 30005, 30006}),
    "operator": frozenset({20003, 20005, 20404, 21606, 63007, 63013, 63020, 63038, 90010, 30002}),
}
"""63016: also a template that was sent as plain text; 63013: a policy of WhatsApp's was broken."""
CLICK: dict[int, str] = {
    20003: "The auth token is no good any more: copy the primary one from the Twilio console and connect again.",
    63007: "The number is no WhatsApp sender of this account: see Twilio console, Messaging, Senders.",
    63013: "WhatsApp says that a policy was broken: see Twilio console, Monitor, Errors.",
    63038: "Twilio's daily limit is reached: upgrade the account, or wait a day.",
}


def class_of(code: int | None, status: int = 0) -> Class:
    """Return what a code means; a new one is looked at by us."""
    if status == 429:
        return "number"
    if status in (401, 403) and code is None:
        return "operator"
    return next((name for name, codes in CODES.items() if code in codes), "ours")


def advice(code: int | None) -> str:
    """Return what to do about an error that only the business or the operator can mend."""
    return CLICK.get(code or 0, "See Twilio console, Monitor, Errors, and connect the number again.")
