"""What the Cloud API refuses: unknown fields, missing and over-long values, two equal titles, wrong templates.

Written from Meta's own pages, apart from what builds our messages, so that a mistake in one does not hide in the other.
"""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
TOP = {"messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"}
TYPES = {"text", "interactive", "template", "location", "reaction"}


class Bad(Exception):
    """A message that is refused at once: with a code and what Meta would say."""

    def __init__(self, code: int, details: str, status: int = 400) -> None:
        super().__init__(details)
        self.code, self.details, self.status = code, details, status


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a message would show: its text, what can be tapped under it, and the button that opens a list."""

    kind: str
    text: str
    choices: tuple[Json, ...] = ()
    opens: str | None = None
    template: tuple[str, str] | None = None


def parse(body: Any, templates: dict[tuple[str, str], Json]) -> Parsed:
    """Return what a message shows; raise Bad for one that Meta would refuse."""
    if not isinstance(body, dict) or body.get("messaging_product") != "whatsapp":
        raise Bad(100, "(#100) The parameter messaging_product is required.")
    kind = body.get("type")
    if kind not in TYPES:
        raise Bad(131009 if kind else 131008, "Parameter value is not valid: type")
    known(body, TOP | {kind}, "message")
    if body.get("recipient_type", "individual") != "individual":
        raise Bad(131009, "recipient_type must be individual")
    if not (body.get("to") or body.get("recipient")):
        raise Bad(131008, "Required parameter is missing: to or recipient")
    if len(str(body.get("biz_opaque_callback_data", ""))) > 512:
        raise Bad(131009, "biz_opaque_callback_data has more than 512 characters")
    what = body.get(kind)
    if not isinstance(what, dict):
        raise Bad(131008, f"Required parameter is missing: {kind}")
    match kind:
        case "text":
            known(what, {"body", "preview_url"}, "text")
            return Parsed("text", text(what, "body", 4096))
        case "interactive":
            return _interactive(what)
        case "template":
            return _template(what, templates)
        case _:
            return Parsed(kind, str(what.get("name") or what.get("emoji") or ""))


def read_mark(body: Json) -> tuple[str, bool]:
    """Return which message was read, and whether somebody is typing; raise Bad for what Meta would refuse."""
    known(body, {"messaging_product", "status", "message_id", "typing_indicator"}, "message")
    if body.get("messaging_product") != "whatsapp":
        raise Bad(100, "(#100) The parameter messaging_product is required.")
    typing = body.get("typing_indicator")
    if typing is not None and typing != {"type": "text"}:
        raise Bad(131009, "Parameter value is not valid: typing_indicator")
    return text(body, "message_id", 512), typing is not None


def known(value: Json, names: set[str], where: str) -> None:
    """Raise Bad for a field that nobody knows: Meta refuses it, also where it is only misspelt."""
    for name in value:
        if name not in names:
            raise Bad(100, f'(#100) Unexpected key "{name}" on param "{where}".')


def text(value: Json, name: str, longest: int, shortest: int = 1) -> str:
    """Return a text; raise Bad where it is missing, empty or too long."""
    found = value.get(name)
    if found is None:
        raise Bad(131008, f"Required parameter is missing: {name}")
    if not isinstance(found, str) or not shortest <= len(found.strip()) or len(found) > longest:
        raise Bad(131009, f"{name} must have {shortest} to {longest} characters")
    return found


def _interactive(what: Json) -> Parsed:
    known(what, {"type", "header", "body", "footer", "action"}, "interactive")
    kind, action, body = what.get("type"), what.get("action"), what.get("body")
    if not isinstance(action, dict) or not isinstance(body, dict):
        raise Bad(131008, "Required parameter is missing: action or body")
    shown = text(body, "text", 1024)
    if kind == "button":
        known(action, {"buttons"}, "action")
        choices = [_button(one) for one in _list(action, "buttons", 3)]
        return Parsed("buttons", shown, _unlike(choices))
    if kind == "list":
        known(action, {"button", "sections"}, "action")
        return Parsed("list", shown, _unlike(_rows(action)), text(action, "button", 20))
    if kind == "cta_url":
        given = action.get("parameters") or {}
        return Parsed("link", shown, ({"id": "", "title": text(given, "display_text", 20), "url": given.get("url")},))
    if kind == "request_contact_info":
        return Parsed("contact", shown, ({"id": "contact", "title": "Share my number"},))
    raise Bad(131009, f"interactive type {kind!r} is not valid")


def _button(one: Json) -> Json:
    known(one, {"type", "reply"}, "button")
    reply = one.get("reply")
    if one.get("type") != "reply" or not isinstance(reply, dict):
        raise Bad(131009, "buttons of free-form messages are reply buttons")
    known(reply, {"id", "title"}, "reply")
    found = text(reply, "id", 256)
    if found != found.strip():
        raise Bad(131009, "a button's id may not begin or end with a space")
    return {"id": found, "title": text(reply, "title", 20)}


def _rows(action: Json) -> list[Json]:
    sections = _list(action, "sections", 10)
    rows: list[Json] = []
    for section in sections:
        known(section, {"title", "rows"}, "section")
        if len(sections) > 1:
            text(section, "title", 24)
        for row in _list(section, "rows", 10):
            known(row, {"id", "title", "description"}, "row")
            below = text(row, "description", 72) if "description" in row else ""
            rows.append({"id": text(row, "id", 200), "title": text(row, "title", 24), "description": below})
    if len(rows) > 10:
        raise Bad(131009, f"a list has at most 10 rows in all, this one {len(rows)}")
    return rows


def _unlike(choices: list[Json]) -> tuple[Json, ...]:
    for name in ("id", "title"):
        if len({one[name] for one in choices}) < len(choices):
            raise Bad(131009, f"two choices have the same {name}")
    return tuple(choices)


def _list(value: Json, name: str, most: int) -> list[Json]:
    found = value.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Bad(131008, f"Required parameter is missing: {name}")
    if not 1 <= len(found) <= most:
        raise Bad(131009, f"{name} must be 1 to {most}")
    return found


def _template(what: Json, templates: dict[tuple[str, str], Json]) -> Parsed:
    known(what, {"name", "language", "components"}, "template")
    language = what.get("language")
    code = language.get("code") if isinstance(language, dict) else None
    if not code:
        raise Bad(131008, "Required parameter is missing: language.code")
    name = text(what, "name", 512)
    stored = templates.get((name, str(code)))
    if stored is None or stored["status"] in ("REJECTED", "PENDING"):
        raise Bad(132001, f"template name ({name}) does not exist in {code}", 404)
    if stored["status"] in ("PAUSED", "DISABLED"):
        raise Bad(132015 if stored["status"] == "PAUSED" else 132016, f"template {name} is {stored['status']}")
    given = what.get("components", [])
    if stored["category"] == "AUTHENTICATION":
        return _code(given, stored, (name, str(code)))
    values = _parameters(given, "body")
    if set(values) != set(stored["fields"]):
        raise Bad(132000, f"body: number of parameters ({len(values)}) does not match ({len(stored['fields'])})")
    shown = str(stored["text"])
    for field, value in values.items():
        shown = shown.replace("{{" + field + "}}", value)
    replies = [one for one in given if one.get("type") == "button" and one.get("sub_type") == "quick_reply"]
    links = [one for one in given if one.get("type") == "button" and one.get("sub_type") == "url"]
    if len(replies) != len(stored["replies"]) or len(links) != int(bool(stored["link"])):
        raise Bad(131008, "button: Required parameter is missing")
    tapped = [str(one["parameters"][0]["payload"])[:256] for one in replies]
    choices = [
        {"id": payload, "title": title, "quick": True} for payload, title in zip(tapped, stored["replies"], strict=True)
    ]
    if links:
        choices.append({"id": "", "title": stored["link"], "url": str(links[0]["parameters"][0]["text"])})
    return Parsed("template", shown, tuple(choices), template=(name, str(code)))


def _code(given: Any, stored: Json, template: tuple[str, str]) -> Parsed:
    """Return what a template of a code shows: the same code stands in its text and behind its button."""
    told = [
        [str(one.get("text") or "") for one in component.get("parameters", ()) if "parameter_name" not in one]
        for component in given
    ]
    places = [(one.get("type"), one.get("sub_type"), one.get("index")) for one in given]
    if places != [("body", None, None), ("button", "url", "0")]:
        raise Bad(132000, "a code stands in the body and in the button")
    if told[0] != told[1] or len(told[0]) != 1 or not 4 <= len(told[0][0]) <= 15:
        raise Bad(132018, "the code is the same in both, and has at most 15 characters")
    shown = str(stored["text"]).replace("{{code}}", told[0][0])
    return Parsed("template", shown, ({"id": "", "title": stored["link"], "url": told[0][0]},), template=template)


def _parameters(components: Any, kind: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for component in components if isinstance(components, list) else ():
        if component.get("type") != kind:
            continue
        for one in component.get("parameters", ()):
            if "parameter_name" not in one:
                raise Bad(132000, "a named template wants parameter_name")
            value = text(one, "text", 1024)
            if "\n" in value or "\t" in value or "     " in value:
                raise Bad(132018, "a parameter has a line break, a tab or more than four spaces")
            values[str(one["parameter_name"])] = value
    return values
