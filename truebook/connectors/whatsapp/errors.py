"""What an error of the Cloud API means for whoever sends: by its code, never by HTTP status, title or wording.

Source: Meta, "Error codes" (August 2026), and what users of the API report of each.
"""

from typing import Literal

Class = Literal["retry", "number", "pair", "long", "window", "template", "final", "ours", "operator"]
CODES: dict[Class, frozenset[int]] = {
    "retry": frozenset({1, 2, 131000, 131016, 131057}),
    "number": frozenset({4, 80007, 130429, 429}),
    "pair": frozenset({131056}),
    "long": frozenset({131048, 131049, 131064}),
    "window": frozenset({131047}),
    "template": frozenset({132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 131063}),
    "final": frozenset({131026, 131021, 130403, 131050, 130472, 131062, 131053, 137000, 131030}),
    "ours": frozenset({100, 131008, 131009, 131051}),
    "operator": frozenset({0, 3, 10, 33, 190, 368, 131005, 131042, 131031, 130497, 131037, 131045, 133010}),
}
"""retry: the same again, later; number, pair: this number, this chat pauses; long: do not hammer, tell somebody;
window: only a template may be sent; template: another language or way; final: not to this person, never by this way;
ours: a mistake in what was sent; operator: nothing can be sent until somebody does something."""
RIGHTS = range(200, 300)
CLICK: dict[int, str] = {
    0: "The access token is no good any more: make a new one for the system user and connect again.",
    190: "The access token is no good any more: make a new one for the system user and connect again.",
    10: "The token lacks a right: assign the WhatsApp account to the system user with full control.",
    131005: "The token lacks a right: assign the WhatsApp account to the system user with full control.",
    33: "This number is not there any more: look at WhatsApp Manager, and connect again.",
    131042: "Add a payment method: business.facebook.com, Billing.",
    368: "Meta has restricted the account: look at WhatsApp Manager, Account quality.",
    131031: "Meta has restricted the account: look at WhatsApp Manager, Account quality.",
    130497: "Meta has restricted the account: look at WhatsApp Manager, Account quality.",
    131037: "The display name waits for approval: look at WhatsApp Manager, Phone numbers.",
    131045: "The number is not registered: connect it again.",
    133010: "The number is not registered: connect it again.",
}
"""What somebody has to do where nothing can be sent."""


def class_of(code: int | None, *, template: bool = False) -> Class:
    """Return what a code means; 131008 and 131009 on a template blame the template. A new code is looked at by us."""
    if code is None:
        return "ours"
    if code in RIGHTS:
        return "operator"
    if template and code in (131008, 131009):
        return "template"
    return next((name for name, codes in CODES.items() if code in codes), "ours")


def advice(code: int | None) -> str:
    """Return what to do about an error that only the business or the operator can mend."""
    return CLICK.get(code or 0, "Look at WhatsApp Manager and the app's settings, and connect again.")
