"""The review of a template, as strict as Meta's: what of it is stored, or which rule it breaks."""

from typing import Any

from truebook.simulator.strict import Bad

Json = dict[str, Any]


def reviewed(body: Json) -> Json:
    """Return a template as it is stored after its review; raise Bad for one that breaks a rule."""
    fields: list[str] = []
    replies: list[str] = []
    link = None
    components = {one.get("type"): one for one in body.get("components", ())}
    words = str(components.get("BODY", {}).get("text", ""))
    if body.get("category") == "AUTHENTICATION":
        return _authentication(body, components)
    if body.get("parameter_format") != "NAMED" or not words:
        raise Bad(100, "(#100) Invalid parameter: components")
    if words.startswith("{{") or words.endswith("}}"):
        raise Bad(2388299, "Variables can't be at the start or end of the template")
    if "}}{{" in words or "}} {{" in words:
        raise Bad(2388293, "too many variables for the length of the message")
    fields = [part.partition("}}")[0] for part in words.split("{{")[1:]]
    examples = components["BODY"].get("example", {}).get("body_text_named_params", [])
    if {one.get("param_name") for one in examples} != set(fields):
        raise Bad(2388047, "every variable needs an example")
    for button in components.get("BUTTONS", {}).get("buttons", ()):
        if len(str(button.get("text", ""))) > 25:
            raise Bad(2388040, "a button's text has at most 25 characters")
        if button.get("type") == "QUICK_REPLY":
            replies.append(button["text"])
        elif not str(button.get("url", "")).endswith("{{1}}") or not button.get("example"):
            raise Bad(2388047, "the variable of an address stands at its end, and has an example")
        else:
            link = button["text"]
    wanted = body.get("category")
    return {
        "name": body["name"], "language": body["language"], "status": "APPROVED", "category": wanted, "text": words,
        "fields": fields, "replies": replies, "link": link,
    }  # fmt: skip


def _authentication(body: Json, components: dict[str, Json]) -> Json:
    """Return a template of a code as it is stored: its text is Meta's, and a button copies the code."""
    buttons = components.get("BUTTONS", {}).get("buttons", ())
    if "text" in components.get("BODY", {}) or set(components) - {"BODY", "FOOTER", "BUTTONS"}:
        raise Bad(100, "(#100) the text of an authentication template is fixed")
    if [(one.get("type"), one.get("otp_type")) for one in buttons] != [("OTP", "COPY_CODE")]:
        raise Bad(100, "(#100) an authentication template has one button, of type OTP")
    if not 1 <= int(components.get("FOOTER", {}).get("code_expiration_minutes", 1)) <= 90:
        raise Bad(100, "(#100) code_expiration_minutes must be 1 to 90")
    return {
        "name": body["name"], "language": body["language"], "status": "APPROVED", "category": "AUTHENTICATION",
        "text": "{{code}} is your verification code. For your security, do not share this code.",
        "fields": ["code"], "replies": [], "link": str(buttons[0].get("text") or "Copy code"),
    }  # fmt: skip
