"""A mailbox behind IMAP, as strict as it must be: one folder, a password, flags, and only what RFC 9051 lets one say."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from truebook.connectors.mail import mailbox
from truebook.connectors.mail.mailbox import Mailbox


@dataclass
class ImapServer:
    """Letters by their number, and which of them were read."""

    letters: dict[int, bytes] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    folder: str = "INBOX"
    password: str = "se cret"
    logins: int = 0

    def add(self, raw: bytes) -> int:
        number = 10 + len(self.letters)  # UIDs are no positions
        self.letters[number] = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return number

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(text: bytes) -> None:
            writer.write(text + b"\r\n")

        say(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
        is_in, has_chosen = False, False
        while line := (await reader.readline()).rstrip(b"\r\n").decode():
            tag, command, *rest = line.split(" ", 2)
            told = rest[0] if rest else ""
            match command.upper():
                case "CAPABILITY":
                    say(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN")
                case "LOGIN":
                    self.logins += 1
                    is_in = told in (f'desk "{self.password}"', f'"desk" "{self.password}"')
                    if not is_in:
                        say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password".encode())
                        continue
                case "SELECT" if is_in:
                    has_chosen = told == f'"{self.folder}"'
                    if not has_chosen:
                        say(f"{tag} NO [NONEXISTENT] there is no such folder".encode())
                        continue
                    say(f"* {len(self.letters)} EXISTS".encode())
                    say(b"* OK [UIDVALIDITY 1] ok")
                case "UID" if has_chosen:
                    if not self._by_uid(told, say, writer):
                        say(f"{tag} BAD not understood".encode())
                        continue
                case "LOGOUT":
                    say(b"* BYE")
                    say(f"{tag} OK".encode())
                    break
                case _:
                    say(f"{tag} BAD not now".encode())
                    continue
            say(f"{tag} OK done".encode())
        writer.close()

    def _by_uid(self, told: str, say, writer: asyncio.StreamWriter) -> bool:  # type: ignore[no-untyped-def]
        if told == "SEARCH UNSEEN HEADER Content-Type multipart/report":
            found = [
                number for number, raw in self.letters.items()
                if number not in self.read and BytesHeaderParser().parsebytes(raw).get_content_type() == "multipart/report"
            ]  # fmt: skip
            say(f"* SEARCH {' '.join(map(str, found))}".rstrip().encode())
            return True
        if asked := re.fullmatch(r"FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", told):
            raw = self.letters[int(asked[1])][: int(asked[2])]
            writer.write(f"* 1 FETCH (UID {asked[1]} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
            return True
        if asked := re.fullmatch(r"STORE ([\d,]+) \+FLAGS\.SILENT \(\\Seen\)", told):
            self.read |= set(map(int, asked[1].split(",")))
            return True
        return False


@asynccontextmanager
async def imap_server(folder: str = "INBOX") -> AsyncIterator[tuple[ImapServer, Mailbox]]:
    """Lend a server, and the mailbox that settings would name."""
    held = ImapServer(folder=folder)
    server = await asyncio.start_server(held.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    where = "" if folder == "INBOX" else f"/{folder}"
    try:
        yield held, mailbox.read(f"imap://desk:se%20cret@127.0.0.1:{port}{where}")
    finally:
        server.close()
