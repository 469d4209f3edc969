"""Messages as the Cloud API takes them, cut to its limits while they are built: one label too long refuses them all.

Lengths are counted in UTF-16 units, which are never fewer than characters, and text is cut between graphemes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import regex

Json = dict[str, Any]
BODY, INTERACTIVE_BODY = 4096, 1024
BUTTONS, BUTTON, BUTTON_ID = 3, 20, 256
ROWS, ROW, DESCRIPTION, ROW_ID = 10, 24, 72, 200
PARAMETER, NEWS = 60, 600
NEWS_NAME = "news"
"""The parameter that holds several lines' worth."""
GRAPHEME = regex.compile(r"\X")


class Choice(NamedTuple):
    """Something to tap: what comes back, what stands on it, what stands below it (in a list only)."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class To:
    """Whom a message goes to: their number where it is known (Meta prefers it), else their id at the business."""

    wa_id: str | None
    user_id: str | None = None


def text(to: To, body: str) -> Json:
    """Return a plain text message."""
    return {**_head(to), "type": "text", "text": {"body": cut(body, BODY), "preview_url": False}}


def buttons(to: To, body: str, choices: Sequence[Choice]) -> Json:
    """Return a text with up to three buttons."""
    shown = [
        {"type": "reply", "reply": {"id": cut(one.id, BUTTON_ID), "title": title}}
        for one, title in zip(choices, titles(choices[:BUTTONS], BUTTON), strict=False)
    ]
    return _interactive(to, "button", body, {"buttons": shown})


def menu(to: To, body: str, choices: Sequence[Choice], *, opens: str) -> Json:
    """Return a text with a list of up to ten rows behind one button, which is called `opens`."""
    rows = []
    for one, title in zip(choices, titles(choices[:ROWS], ROW), strict=False):
        below = {"description": cut(one.description, DESCRIPTION)} if one.description.strip() else {}
        rows.append({"id": cut(one.id, ROW_ID), "title": title, **below})
    return _interactive(to, "list", body, {"button": cut(opens, BUTTON), "sections": [{"rows": rows}]})


def contact(to: To, body: str) -> Json:
    """Return a text with the button by which people share their number."""
    return _interactive(to, "request_contact_info", body, {"name": "request_contact_info"})


def template(
    to: To, name: str, language: str, body: Mapping[str, str], replies: Sequence[str], link: str | None
) -> Json:
    """Return a template with its named parameters, the payloads of its quick replies, and the end of its link."""
    parameters = [{"type": "text", "parameter_name": key, "text": parameter(value, key)} for key, value in body.items()]
    components: list[Json] = [{"type": "body", "parameters": parameters}] if parameters else []
    for index, payload in enumerate(replies):
        tapped = [{"type": "payload", "payload": payload}]
        components.append({"type": "button", "sub_type": "quick_reply", "index": str(index), "parameters": tapped})
    if link is not None:
        end = [{"type": "text", "text": link}]
        components.append({"type": "button", "sub_type": "url", "index": str(len(replies)), "parameters": end})
    what = {"name": name, "language": {"code": language}, "components": components}
    return {**_head(to), "type": "template", "template": what}


def code(to: To, name: str, language: str, digits: str) -> Json:
    """Return an authentication template: Meta's own text, with the code in it and behind its button."""
    told = [{"type": "text", "text": digits}]
    components = [
        {"type": "body", "parameters": told},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": told},
    ]
    what = {"name": name, "language": {"code": language}, "components": components}
    return {**_head(to), "type": "template", "template": what}


def parameter(value: str, name: str = "") -> str:
    """Return a text as a template's parameter may hold it: on one line, not too long, never empty."""
    return cut(" ".join(value.split()), NEWS if name == NEWS_NAME else PARAMETER) or "–"


def cut(value: str, longest: int) -> str:
    """Return text of at most so many UTF-16 units, cut between graphemes; what is cut ends in an ellipsis."""
    value = value.strip()
    if units(value) <= longest:
        return value
    kept, room = "", longest - 1
    for grapheme in GRAPHEME.findall(value):
        room -= units(grapheme)
        if room < 0:
            break
        kept += grapheme
    return kept.rstrip() + "…"


def units(value: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def titles(choices: Sequence[Choice], longest: int) -> list[str]:
    """Return the titles of choices, cut, none empty and no two the same: either would refuse the message."""
    made: list[str] = []
    for one in choices:
        title, number = cut(one.title, longest) or "–", 2
        while title in made:
            title, number = f"{cut(one.title, longest - len(str(number)) - 1)} {number}", number + 1
        made.append(title)
    return made


def _interactive(to: To, kind: str, body: str, action: Json) -> Json:
    what = {"type": kind, "body": {"text": cut(body, INTERACTIVE_BODY)}, "action": action}
    return {**_head(to), "type": "interactive", "interactive": what}


def _head(to: To) -> Json:
    whom = {"to": f"+{to.wa_id}"} if to.wa_id else {"recipient": to.user_id}
    return {"messaging_product": "whatsapp", "recipient_type": "individual", **whom}
