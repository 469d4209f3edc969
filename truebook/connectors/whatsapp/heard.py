"""What a message from WhatsApp means to a desk: words to answer, a choice that was tapped, or something else.

Every field is optional: identities are left out when people hide their number, and new types come without notice.
"""

from dataclasses import dataclass
from typing import Any, Literal

from truebook.connectors.whatsapp.updates import Json
from truebook.kernel import signs

What = Literal["words", "tap", "media", "voice", "number", "edit", "withdrawal", "new_identity", "nothing"]
MEDIA = ("image", "video", "document", "sticker", "location", "contacts", "order", "unsupported")
"""Types that get the polite sentence; a caption is taken for the text."""
CARD = "contact_request"
"""The origin of a contact that its owner shared because we asked; any other card proves nothing about the sender."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: each identifier may be missing. `wa_id` is a phone number without its plus."""

    user_id: str | None = None
    parent_id: str | None = None
    wa_id: str | None = None
    name: str | None = None
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One message. `choice` is the id of what was tapped, `about` the id of the message that this one is about."""

    what: What
    sender: Sender
    type: str
    text: str = ""
    choice: str | None = None
    about: str | None = None
    phone: str | None = None
    before: tuple[str, ...] = ()
    media: str | None = None


def read(payload: Json) -> Heard:
    """Return what a message's payload means; `nothing` is kept, counted, and not answered."""
    message, contact = _dict(payload, "message"), _dict(payload, "contact")
    kind, sender = _text(message.get("type")) or "unknown", _sender(message, contact)
    if message.get("group_id"):
        return Heard("nothing", sender, kind)
    about = _text(_dict(message, "context").get("id"))
    match kind:
        case "text":
            return _words(sender, kind, _text(_dict(message, "text").get("body")), about)
        case "button":
            button = _dict(message, "button")
            return Heard("tap", sender, kind, _text(button.get("text")), _text(button.get("payload")), about)
        case "interactive":
            return _interactive(sender, _dict(message, "interactive"), about)
        case "audio":
            return Heard("voice", sender, kind, media=_text(_dict(message, "audio").get("id")), about=about)
        case "contacts" if (phone := _shared_number(message)) is not None:
            return Heard("number", sender, kind, phone=phone, about=about or None)
        case "system":
            return _system(_dict(message, "system"), sender)
        case "edit":
            edit = _dict(message, "edit")
            text = _text(_dict(_dict(edit, "message"), "text").get("body"))
            return Heard("edit", sender, kind, text, about=_text(edit.get("original_message_id")))
        case "revoke":
            return Heard("withdrawal", sender, kind, about=_text(_dict(message, "revoke").get("original_message_id")))
        case _ if kind in MEDIA:
            caption = _text(_dict(message, kind).get("caption"))
            return _words(sender, kind, caption, about) if caption else Heard("media", sender, kind, about=about)
        case _:
            return Heard("nothing", sender, kind)


def echoed(payload: Json) -> tuple[Sender, str]:
    """Return to whom the owner wrote in their own app, and what: a message that goes out past us."""
    message = _dict(payload, "message")
    to = Sender(
        user_id=_text(message.get("to_user_id")) or None,
        parent_id=_text(message.get("to_parent_user_id")) or None,
        wa_id=_digits(message.get("to")),
    )  # fmt: skip
    kind = _text(message.get("type")) or "unknown"
    return to, _text(_dict(message, "text").get("body")) or f"[{kind}]"


def _words(sender: Sender, kind: str, text: str, about: str) -> Heard:
    return Heard("words" if text.strip() else "nothing", sender, kind, text, about=about or None)


def _interactive(sender: Sender, what: Json, about: str) -> Heard:
    kind = _text(what.get("type"))
    if kind in ("button_reply", "list_reply"):
        reply = _dict(what, kind)
        return Heard("tap", sender, kind, _text(reply.get("title")), _text(reply.get("id")), about or None)
    return Heard("media", sender, kind or "interactive", about=about or None)


def _system(system: Json, sender: Sender) -> Heard:
    """A changed number or id: these messages have no contact, and name the person by old and new identifiers."""
    before = (system.get("previous_user_id"), system.get("previous_parent_user_id"), sender.user_id, sender.wa_id)
    now = Sender(
        _text(system.get("user_id")) or None, _text(system.get("parent_user_id")) or None,
        _text(system.get("wa_id")) or None,
    )  # fmt: skip
    return Heard("new_identity", now, _text(system.get("type")), before=tuple(one for one in map(_text, before) if one))


def _sender(message: Json, contact: Json) -> Sender:
    profile = _dict(contact, "profile")
    return Sender(
        user_id=_text(message.get("from_user_id")) or _text(contact.get("user_id")) or None,
        parent_id=_text(message.get("from_parent_user_id")) or _text(contact.get("parent_user_id")) or None,
        wa_id=_digits(message.get("from")) or _digits(contact.get("wa_id")),
        name=signs.line(_text(profile.get("name"))).strip()[:200] or None,
        username=signs.line(_text(profile.get("username"))).strip()[:200] or None,
    )


def _shared_number(message: Json) -> str | None:
    cards = message.get("contacts")
    for card in cards if isinstance(cards, list) else ():
        phones = card.get("phones") if isinstance(card, dict) and card.get("origin") == CARD else None
        for phone in phones if isinstance(phones, list) else ():
            if isinstance(phone, dict) and (found := _digits(phone.get("wa_id")) or _digits(phone.get("phone"))):
                return found
    return None


def _digits(value: Any) -> str | None:
    """Return a phone number's digits, or None: an id that is no number must not be taken for one."""
    text = _text(value).lstrip("+").replace(" ", "").replace("-", "")
    return text if text.isascii() and text.isdigit() and 7 <= len(text) <= 15 else None


def _dict(value: Json, name: str) -> Json:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
