"""Who may do what: one table, which every page of the desk names a line of, and which tests read."""

from typing import Literal

from truebook.kernel.errors import Fact

Role = Literal["owner", "admin", "staff"]
Right = Literal["calendar", "all calendars", "customers", "conversations", "reports", "settings", "users", "keys"]

MAY: dict[Right, frozenset[Role]] = {
    "calendar": frozenset({"owner", "admin", "staff"}),  # staff: their own column and the customers in it
    "all calendars": frozenset({"owner", "admin"}),
    "customers": frozenset({"owner", "admin"}),
    "conversations": frozenset({"owner", "admin"}),
    "reports": frozenset({"owner", "admin"}),
    "settings": frozenset({"owner", "admin"}),
    "users": frozenset({"owner"}),
    "keys": frozenset({"owner"}),  # a key may let in whomever it likes
}


class NotAllowed(Fact):
    """Somebody who is signed in, but whose role does not reach that far."""

    code = "not_allowed"


def may(role: Role, right: Right) -> bool:
    """Tell whether somebody with a role has a right."""
    return role in MAY[right]
