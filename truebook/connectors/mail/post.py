"""Hand a letter to the mail server, and say what is known of it then.

Nothing is known where the connection breaks after the letter was sent and before the server said that it has it.
"""

import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib import SMTPException, SMTPRecipientRefused, SMTPResponseException, SMTPSenderRefused

from truebook.connectors.mail.letter import Letter, address, written
from truebook.kernel.errors import Invalid

Secrecy = Literal["tls", "starttls", "none"]
PORTS: dict[str, int] = {"smtp": 587, "smtps": 465}
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Where nobody listens in between."""
PATIENCE = 30.0
"""Seconds for each answer of the server."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has the letter."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The letter was not taken. `passing`: another time it may be."""

    code: int | None
    failure: str
    passing: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can know whether the server has the letter."""


Result = Taken | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server, and whom letters come from."""

    host: str
    port: int
    sender: Address
    secrecy: Secrecy
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trusted: ssl.SSLContext | None = field(default=None, repr=False)

    async def send(self, letter: Letter, now: datetime) -> Result:
        """Hand a letter over."""
        try:
            message = written(letter, self.sender, now)
        except Invalid as invalid:
            return Refused(None, invalid.message, passing=False)
        client = aiosmtplib.SMTP(
            hostname=self.host, port=self.port, username=self.user, password=self.password, timeout=PATIENCE,
            use_tls=self.secrecy == "tls", start_tls=self.secrecy == "starttls", tls_context=self.trusted,
        )  # fmt: skip
        try:
            return await self._hand_over(client, message, address(letter.to))
        finally:
            client.close()

    async def _hand_over(self, client: aiosmtplib.SMTP, message: EmailMessage, to: Address) -> Result:
        try:
            await client.connect()
            wide = not to.username.isascii()
            if wide and not client.supports_extension("smtputf8"):
                return Refused(None, "the mail server cannot send to an address with such letters", passing=False)
            options = ["SMTPUTF8", "BODY=8BITMIME"] if wide else []
            await client.mail(self.sender.addr_spec, options=options, encoding="utf-8" if wide else "ascii")
            await client.rcpt(to.addr_spec, encoding="utf-8" if wide else "ascii")
        except (SMTPRecipientRefused, SMTPSenderRefused) as refused:
            return _refused(refused)
        except SMTPResponseException as refused:  # at the door: it is about us, and not about this letter
            return Refused(refused.code, f"the mail server lets nobody in: {refused.message}", passing=True)
        except (SMTPException, OSError) as error:
            return Refused(None, f"the mail server cannot be reached: {error}", passing=True)
        try:
            await client.data(message.as_bytes())
        except SMTPResponseException as refused:
            return _refused(refused)
        except (SMTPException, OSError):
            return Unknown()
        return Taken()


def _refused(refused: SMTPResponseException) -> Refused:
    return Refused(refused.code, f"the mail server refused it: {refused.message}"[:500], passing=refused.code < 500)


def read(url: str, sender: str | None) -> Post:
    """Return the mail server that settings name; raise Invalid naming the variable that cannot be used.

    `smtps://` is secret from the start, `smtp://` becomes so before anything is said, except on this very machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
        host = parts.hostname or ""
    except (KeyError, ValueError):
        host, port = "", 0
    if not host:
        raise Invalid("TRUEBOOK_MAIL_URL", "TRUEBOOK_MAIL_URL must be smtps://USER:PASSWORD@HOST or smtp://…")
    if not sender:
        raise Invalid("TRUEBOOK_MAIL_FROM", "TRUEBOOK_MAIL_FROM must say whom e-mails come from, such as desk@salon.at")
    try:
        known = address(parseaddr(sender)[1])
    except Invalid as invalid:
        raise Invalid("TRUEBOOK_MAIL_FROM", f"TRUEBOOK_MAIL_FROM is no e-mail address: {sender!r}") from invalid
    secrecy: Secrecy = "tls" if parts.scheme == "smtps" else "none" if host in HERE else "starttls"
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return Post(host, port, known, secrecy, user, password)
