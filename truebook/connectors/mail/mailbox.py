"""The mailbox in which letters come back: news of the mail servers' own, read by IMAP (RFC 9051) and marked as read.

Only delivery reports (`multipart/report`) that nobody has read yet are looked at; every other letter is left as it is,
for whoever reads that mailbox.
"""

import asyncio
import imaplib
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from truebook.connectors.mail import bounce
from truebook.connectors.mail.bounce import LONGEST, Bounce
from truebook.kernel.errors import Invalid, Unavailable

VARIABLE = "TRUEBOOK_BOUNCES_URL"
PORTS = {"imaps": 993, "imap": 143}
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Where nobody listens in between."""
PATIENCE = 30.0
"""Seconds for each answer of the server."""
AT_ONCE = 200
"""Reports that are read at one look; the rest waits for the next."""
UNREAD_REPORTS = ("UNSEEN", "HEADER", "Content-Type", "multipart/report")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox at a mail server. `is_secret`: spoken to by TLS, from the start or (`imap`) before the password."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    from_the_start: bool = True
    is_secret: bool = True
    trusted: ssl.SSLContext | None = field(default=None, repr=False)

    async def look(self, take: Callable[[Bounce], Awaitable[object]]) -> int:
        """Hand every report of a letter that did not arrive to `take`; return how many there were.

        A report is marked as read once it was taken, so one whose taking fails is there again at the next look; what is
        no report of ours (a delay, a receipt) is marked as read as well. Raises Unavailable where the mailbox cannot be
        read.
        """
        found, done = 0, list[str]()
        try:
            for uid, raw in await asyncio.to_thread(self._unread):
                if (report := bounce.read(raw)) is not None:
                    await take(report)
                    found += 1
                done.append(uid)
        finally:
            if done:
                await asyncio.to_thread(self._mark, done)
        return found

    def _unread(self) -> list[tuple[str, bytes]]:
        with self._open() as server:
            uids = _said(server.uid("SEARCH", *UNREAD_REPORTS))[0].split()[:AT_ONCE]
            reports = []
            for uid in (one.decode() for one in uids):
                answer = _said(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LONGEST}>)"))
                raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
                if raw is not None:
                    reports.append((uid, raw))
            return reports

    def _mark(self, uids: list[str]) -> None:
        with self._open() as server:
            _said(server.uid("STORE", ",".join(uids), "+FLAGS.SILENT", r"(\Seen)"))

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        try:
            server = self._connected()
            try:
                server.login(self.user, self.password)
                _said(server.select(f'"{self.folder}"'))
                yield server
            finally:
                with suppress(imaplib.IMAP4.error, OSError):
                    server.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            raise Unavailable(f"the mailbox {self.user} at {self.host} cannot be read: {error}") from error

    def _connected(self) -> imaplib.IMAP4:
        context = self.trusted or ssl.create_default_context()
        if self.from_the_start:
            return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=PATIENCE)
        server = imaplib.IMAP4(self.host, self.port, timeout=PATIENCE)
        if self.is_secret:
            server.starttls(context)
        return server


def _said(answer: tuple[str, list]) -> list:  # type: ignore[type-arg]
    """Return what the server answered; raise the library's own error where it said no."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(str(answer[1])[:200])
    return answer[1]


def read(url: str) -> Mailbox:
    """Return the mailbox that a setting names; raise Invalid where it names none.

    `imaps://` is secret from the start, `imap://` becomes so before the password is said, except on this very machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        parts, port = urlsplit(""), 0
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if not (parts.hostname and user and password) or not folder.isprintable() or set(folder) & set('"\\'):
        raise Invalid(VARIABLE, f"{VARIABLE} must be imaps://USER:PASSWORD@HOST or imaps://USER:PASSWORD@HOST/FOLDER")
    start = parts.scheme == "imaps"
    return Mailbox(
        parts.hostname,
        port,
        user,
        password,
        folder,
        from_the_start=start,
        is_secret=start or parts.hostname not in HERE,
    )
