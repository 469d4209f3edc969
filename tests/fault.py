"""A wire between the desk and PostgreSQL that can be cut at the worst moment: just before COMMIT, or just after it."""

import asyncio
import os
import signal
import struct
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import psycopg.conninfo

from truebook.db import server
from truebook.db.server import Server
from truebook.kernel.errors import Unavailable

Moment = Literal["before commit", "after commit", "after the answer", "ended in commit", "ended after the answer"]
"""When a wire is cut; in the last two it is the server that ends a connection, and says so: instead of its answer to
COMMIT, as it can where it is told to just then, or right after it."""
Look = Callable[[bytes, bytes], bool]
CHUNK = 1 << 16
SURVIVORS = 180.0
"""Seconds for which a backend may outlive its killed server."""
GOODBYE = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"


@dataclass
class Wire:
    """Forwards PostgreSQL's protocol, message by message, and is as strict as a real cable: cut is cut."""

    url: str
    moment: Moment | None = None
    """When to cut next; then it is None again."""
    stays_cut: bool = False
    """Whether the cut leaves the server out of reach, until `mend`."""
    only_with: bytes = b""
    """Cut only in a transaction in which this stood in a statement."""
    cuts: int = 0
    refused: int = 0
    """Connections that were wanted while the server was out of reach."""
    is_down: bool = False
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """Cut every connection at once; nothing that is under way arrives."""
        self.cuts += 1
        self.moment = None
        self.is_down = self.stays_cut
        for writer in self.open:
            writer.transport.abort()

    def mend(self) -> None:
        self.is_down = self.stays_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect one client to the server."""
        if self.is_down:
            self.refused += 1
            writer.transport.abort()
            return
        try:
            from_server, to_server = await dial(self.url)
        except OSError:  # there is no server just now
            writer.transport.abort()
            return
        self.open |= {writer, to_server}
        line = Line(self)
        try:
            await asyncio.gather(
                line.forward(reader, to_server, line.of_client), line.forward(from_server, writer, line.of_server)
            )
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open -= {writer, to_server}
            writer.transport.abort()
            to_server.transport.abort()


class Line:
    """One connection through the wire: knows which statement is which, and sees COMMIT come and its answer go."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.started = False
        self.statements: dict[bytes, bytes] = {}
        self.committing = self.concerned = self.answered = self.ending = False

    async def forward(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, look: Look) -> None:
        """Pass on whole messages, as many at once as have come: a desk sends some hundred a booking."""
        came = b""
        while chunk := await source.read(CHUNK):
            came += chunk
            begun = at = 0
            while (whole := self.message(came, at, look)) is not None:
                kind, start, end = whole
                if look(kind, came[start:end]):
                    target.write(came[begun:at])
                    await target.drain()
                    self.wire.cut()
                    return
                if self.ending:
                    self.wire.cuts += 1
                    said = came[begun : at if self.wire.moment == "ended in commit" else end]
                    self.wire.moment = None
                    target.write(said + b"E" + struct.pack("!I", len(GOODBYE) + 4) + GOODBYE)
                    target.close()
                    return
                at = end
                if self.answered:
                    target.write(came[begun:at])
                    await target.drain()
                    self.wire.cut()
                    return
            target.write(came[begun:at])
            await target.drain()
            came = came[at:]
        raise ConnectionError("the other side has ended")

    def message(self, came: bytes, at: int, look: Look) -> tuple[bytes, int, int] | None:
        """Return the kind of the message that begins here, and where its body begins and ends; None where more must come."""
        first = look == self.of_client and not self.started  # the one that opens a connection has no kind
        head = at if first else at + 1
        if len(came) < head + 4:
            return None
        end = head + int.from_bytes(came[head : head + 4], "big")
        if len(came) < end:
            return None
        self.started |= first
        return came[at:head], head + 4, end

    def of_client(self, kind: bytes, body: bytes) -> bool:
        """Look at a message to the server; tell whether to cut the wire instead of passing it on."""
        if kind not in (b"P", b"Q", b"B"):
            return False
        parts = body.split(b"\0", 2)
        if kind == b"P":
            self.statements[parts[0]] = parts[1]
        sent = parts[0] if kind == b"Q" else self.statements.get(parts[1], b"") if kind == b"B" else b""
        if sent.startswith(b"BEGIN"):
            self.concerned = False
        self.concerned |= self.wire.only_with in sent
        if sent == b"COMMIT" and self.concerned:
            self.committing = True
            return self.wire.moment == "before commit"
        return False

    def of_server(self, kind: bytes, body: bytes) -> bool:
        """Look at a message from the server; tell whether to cut the wire instead of passing it on."""
        if kind == b"C" and self.committing and body == b"COMMIT\0":
            self.committing = False
            self.answered = self.wire.moment == "after the answer"
            self.ending = self.wire.moment in ("ended in commit", "ended after the answer")
            return self.wire.moment == "after commit"
        return False


async def dial(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = psycopg.conninfo.conninfo_to_dict(url)
    host, port = str(parts.get("host") or "localhost"), int(parts.get("port") or 5432)
    if host.startswith("/"):
        return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
    return await asyncio.open_connection(host, port)


@asynccontextmanager
async def wired(url: str) -> AsyncIterator[tuple[str, Wire]]:
    """Lend the URL of a wire to the server at url, and the wire."""
    wire = Wire(url)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    through = {"host": "127.0.0.1", "port": server.sockets[0].getsockname()[1], "sslmode": "disable"}
    try:
        yield psycopg.conninfo.make_conninfo(url, **through, gssencmode="disable"), wire
    finally:
        wire.cut()
        server.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(server.wait_closed(), 5)


async def restarted(running: Server, data: Path, how: signal.Signals | None) -> Server:
    """Stop the server, or kill it with all that it had in memory, and start it on the same files.

    On a busy machine a backend may outlive a killed server for a minute, and PostgreSQL starts no other beside it.
    """
    if how is None:
        running.stop()
    else:
        os.kill(running.pid, how)
        while running.alive:
            await asyncio.sleep(0.01)
        running.stop()
    await asyncio.sleep(0.3)
    until = time.monotonic() + SURVIVORS
    while True:
        try:
            return server.start(data)
        except Unavailable:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(1)


async def paused(running: Server) -> None:
    """Let the server hang for a second, answering nothing and closing nothing."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    everybody = [running.pid, *map(int, children)]
    for how in (signal.SIGSTOP, signal.SIGCONT):
        for pid in everybody:
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        await asyncio.sleep(1 if how == signal.SIGSTOP else 0)
