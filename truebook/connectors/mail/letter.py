"""A letter as it is sent: text, with an appointment for the reader's calendar beside it. No name can add a header.

Sources: RFC 5322 (form), RFC 3834 (sent by a program), RFC 8058 (one click and no more of it), RFC 6047 (calendars).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from truebook.kernel.errors import Invalid

LONGEST = 120
"""Signs of a name or a subject that are kept."""
_JOINERS = "\u200c\u200d"
"""Signs without a width that belong to words and emoji."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An appointment for the reader's calendar: `method` is REQUEST or CANCEL, `body` the iCalendar object."""

    method: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be written to whom. `id` is the same whenever the same letter is sent again.

    `thread` is shared by all letters about one thing; `unsubscribe` is an address that ends letters of this kind.
    """

    id: str
    to: str
    to_name: str
    from_name: str
    subject: str
    text: str
    language: str = "en"
    reply_to: str | None = None
    thread: str | None = None
    invitation: Invitation | None = None
    unsubscribe: str | None = None


def address(text: str) -> Address:
    """Return an address such as anna@example.org, its domain as DNS has it; raise Invalid for what cannot be one."""
    name, at, domain = text.strip().rpartition("@")
    try:
        plain = domain.encode("idna").decode()
        found = Address(username=name, domain=plain)
    except (UnicodeError, ValueError) as error:
        raise Invalid("email", "that is no e-mail address") from error
    # a quoted or a spaced name is allowed by the standard, and is only ever somebody's attempt at something else
    if not (at and name and re.fullmatch(r"[^\s\"<>(),:;\\\[\]@\x00-\x1f\x7f]+", name) and "." in plain.strip(".")):
        raise Invalid("email", "that is no e-mail address")
    return found


def written(letter: Letter, sender: Address, now: datetime) -> EmailMessage:
    """Return a letter as it goes over the wire; raise Invalid where its address cannot be one."""
    to = address(letter.to)
    message = EmailMessage(policy=(SMTP if to.username.isascii() else SMTPUTF8).clone(cte_type="7bit"))
    message["From"] = Address(one_line(letter.from_name), sender.username, sender.domain)
    message["To"] = Address(one_line(letter.to_name), to.username, to.domain)
    if letter.reply_to:
        message["Reply-To"] = address(letter.reply_to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = now
    message["Message-ID"] = f"<{letter.id}@{sender.domain}>"
    if letter.thread:
        message["References"] = f"<{letter.thread}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    if letter.invitation:
        _invite(message, letter.invitation)
    return message


def _invite(message: EmailMessage, invitation: Invitation) -> None:
    """Add an appointment twice, as the world wants it: for programs that show it in place, and as a file."""
    text = invitation.body.decode()
    message.add_alternative(text, subtype="calendar", cte="base64", params={"method": invitation.method})
    message.add_attachment(invitation.body, "application", "ics", filename="appointment.ics")


def one_line(text: str) -> str:
    """Return what may stand in a header: one line without signs that act, and not endless."""
    kept = "".join(sign if not _acts(sign) else " " for sign in text.encode("utf-8", "replace").decode())
    return " ".join(kept.split())[:LONGEST].rstrip()


def _acts(sign: str) -> bool:
    return (unicodedata.category(sign)[0] == "C" and sign not in _JOINERS) or sign in "\u2028\u2029"
