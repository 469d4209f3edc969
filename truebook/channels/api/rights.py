"""How far a key must reach for a route: one table, by what the route is about."""

from fastapi.routing import APIRoute

from truebook.tenants.access import May

CHANGES: dict[str, May] = {
    "slots": "read",  # their questions are too long for an address
    "appointments": "book",
    "blocks": "book",
    "classes": "book",
    "series": "book",
    "waitlist": "book",
    "customers": "book",
    "conversations": "book",
    "questions": "book",
    "alerts": "book",
    "test chat": "book",
}
"""What it takes to change something, by tag; whatever is not named is a setting, and takes a key that may manage."""
GUARDED = frozenset({"keys"})
"""What even to look at takes a key that may manage."""
LOOKING = frozenset({"preview_series"})
"""Routes that change nothing, though they are POST."""
GRAVE = frozenset({"erase_customer", "delete_customer", "merge_customers", "import_customers", "export_customer"})
"""Routes that take a key that may manage, though what they are about does not: all of a person, or a whole list."""


def needed(method: str, route: APIRoute) -> May:
    """Return what a key must be able to do for a route."""
    tag = str(route.tags[0])
    if tag in GUARDED or route.name in GRAVE:
        return "manage"
    return "read" if method == "GET" or route.name in LOOKING else CHANGES.get(tag, "manage")
