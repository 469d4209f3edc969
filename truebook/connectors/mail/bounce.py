"""News of the mail servers' own: a letter that was taken could not be delivered after all.

Sources: RFC 3464 (delivery status notifications), RFC 3462 (multipart/report).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from truebook.kernel import log

logger = log.get(__name__)
ID = re.compile(r"<([^<>@\s]+)@[^<>@\s]+>")
LONGEST = 2**20
"""Bytes of a notification that are read."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that did not arrive: its id as it was sent, the status (RFC 3463) and what the server said of it."""

    letter: str
    status: str
    words: str


def read(raw: bytes) -> Bounce | None:
    """Return what a notification says of one of our letters; None for anything else, and for a mere delay.

    Anybody may have written it: one that goes too deep, or that cannot be made sense of in any other way, is no
    report of ours. An error would bring it back at every look, before all that came after it.
    """
    try:
        return _read(raw)
    except Exception as error:  # a parser of letters promises no kinds of errors: RecursionError is one
        logger.warning("a delivery report cannot be read", kind=type(error).__name__)
        return None


def _read(raw: bytes) -> Bounce | None:
    message = message_from_bytes(raw[:LONGEST], policy=compat32)
    if message.get_content_type() != "multipart/report":
        return None
    failed = next((one for one in _recipients(message) if str(one.get("Action", "")).strip().lower() == "failed"), None)
    letter = next(_ids(message), None)
    if failed is None or letter is None:
        return None
    status = " ".join(str(failed.get("Status", "")).split())[:20]
    words = str(failed.get("Diagnostic-Code") or "no reason was given").rpartition(";")[2]
    return Bounce(letter, status, " ".join(words.split())[:400])


def _recipients(message: Message) -> Iterator[Message]:
    """Return the parts of the delivery status that are about a recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from (block for block in part.walk() if block is not part and "Action" in block)


def _ids(message: Message) -> Iterator[str]:
    """Return the ids of the letter that came back with the notification, whole or by its headers alone."""
    for part in message.walk():
        if part is message:
            continue
        found = str(part.get("Message-ID") or "")
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
            found = next((line for line in text.splitlines() if line.lower().startswith("message-id:")), "")
        if named := ID.search(found):
            yield named[1]
