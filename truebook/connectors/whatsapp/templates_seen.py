"""What Meta reports of a template: its review, a pause, a change of its category or its quality."""

from truebook.connectors.whatsapp.updates import Json

FIELDS = ("message_template_status_update", "template_category_update", "message_template_quality_update")
APPROVED = ("APPROVED", "REINSTATED", "UNARCHIVED")


def read(payload: Json) -> Json | None:
    """Return the template as Meta lists it, as far as an update says; None for an update about something else.

    Only its review tells a status: what changes its category or its quality leaves a paused one paused.
    """
    value = payload.get("value")
    if payload.get("field") not in FIELDS or not isinstance(value, dict):
        return None
    event = str(value.get("event") or "").upper()
    found = {
        "name": value.get("message_template_name"),
        "language": value.get("message_template_language"),
        "status": "APPROVED" if event in APPROVED else event or None,
        "category": value.get("new_category") or value.get("message_template_category"),
        "quality_score": {"score": value.get("new_quality_score")},
        "rejected_reason": value.get("reason"),
    }
    return found if found["name"] and found["language"] else None
