"""A mail server on this machine, as strict as those of the world, that keeps what it takes and fails as it is told."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from typing import Literal

from truebook.connectors.mail.post import Post

Outage = Literal["refuses", "busy", "lost_answer", "lets_nobody_in", "hangs_up", "dislikes_it"]
SENDER = Address("", "desk", "post.test")
ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")


@dataclass
class MailServer:
    """What it took, as (envelope's recipient, message), and how it fails. `broken`: what clients did wrong."""

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    outage: Outage | None = None
    tls: ssl.SSLContext | None = None
    broken: list[str] = field(default_factory=list)

    @property
    def post(self) -> Post:
        return Post("127.0.0.1", self.port, SENDER, "none")

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk with one client, a command after the other, in the order that RFC 5321 wants."""
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("421 closed for today" if self.outage == "lets_nobody_in" else "220 post.test ESMTP")
        greeted, sender, recipient = False, "", ""
        while line := await reader.readline():
            command = self._line(line)
            verb = command[:4].upper()
            if verb == "EHLO":
                greeted = True
                offers = ["STARTTLS"] if self.tls else []
                names = ["post.test", "8BITMIME", "SIZE 1000000", *offers]
                for name in names[:-1]:
                    writer.write(f"250-{name}\r\n".encode())
                await say(f"250 {names[-1]}")
            elif command.upper() == "STARTTLS" and self.tls:
                await say("220 go ahead")
                await writer.start_tls(self.tls)
                greeted = False
            elif verb == "QUIT":
                await say("221 bye")
                return
            elif not greeted:
                await say("503 say EHLO first")
            elif verb == "MAIL" and (found := re.fullmatch(r"MAIL FROM:<([^<>\s]+)>(?: BODY=8BITMIME)?", command)):
                sender = found[1]
                await say("250 ok")
            elif verb == "RCPT" and sender and (found := re.fullmatch(r"RCPT TO:<([^<>\s]+@[^<>\s]+)>", command)):
                if self.outage in ("refuses", "busy"):
                    await say("550 5.1.1 no such user" if self.outage == "refuses" else "451 4.7.1 greylisted")
                elif self.outage == "hangs_up":
                    return
                else:
                    recipient = found[1]
                    await say("250 ok")
            elif verb == "DATA" and recipient:
                await say("354 go on")
                body = await self._body(reader)
                if self.outage == "dislikes_it":
                    await say("554 5.7.1 it looks like spam")
                    continue
                self._take(recipient, body)
                if self.outage == "lost_answer":
                    return
                await say("250 queued")
                sender = recipient = ""
            else:
                await say("500 that was not understood")

    def _line(self, line: bytes) -> str:
        if not line.endswith(b"\r\n") or len(line) > 512:
            self.broken.append(f"no command: {line!r}")
        return line.decode("ascii", "replace").strip()

    async def _body(self, reader: asyncio.StreamReader) -> bytes:
        lines: list[bytes] = []
        while (line := await reader.readuntil(b"\n")) != b".\r\n":
            if not line.endswith(b"\r\n") or len(line) > 1000 or not line.isascii():
                self.broken.append(f"no line of a message: {line!r}")
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _take(self, recipient: str, body: bytes) -> None:
        message = message_from_bytes(body, _class=EmailMessage, policy=SMTPUTF8)
        for name in ONCE:
            if len(message.get_all(name, [])) != 1:
                self.broken.append(f"{name} stands there {len(message.get_all(name, []))} times")
        for part in message.walk():
            if part.defects:
                self.broken.append(f"defects: {part.defects}")
        self.taken.append((recipient, message))


@asynccontextmanager
async def mail_server(**how: object) -> AsyncIterator[MailServer]:
    """Lend a mail server on a port of its own; at the end it must have had nothing to complain of."""
    server = MailServer(**how)  # type: ignore[arg-type]
    async with await asyncio.start_server(server.talk, "127.0.0.1", 0) as listening:
        server.port = listening.sockets[0].getsockname()[1]
        yield server
    assert server.broken == []


def text_of(message: EmailMessage) -> str:
    """Return what a person reads."""
    part = message.get_body(("plain",))
    assert part is not None
    return part.get_content()
