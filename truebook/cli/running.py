"""Run a desk: app and worker in one process, or one of the two, until Ctrl-C."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
import uvloop

from truebook import app, desk
from truebook.channels.api import health as watch
from truebook.cli import sockets
from truebook.cli.impatient import Impatient
from truebook.db import Database, health
from truebook.db.connection import as_app
from truebook.kernel.settings import Settings

FINISH = 30
"""Seconds that requests under way have to be finished, when a process is told to end."""


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run until done, or until Ctrl-C or SIGTERM, which end it cleanly."""

    async def until_signal() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await task
        with contextlib.suppress(TimeoutError):  # the runner would wait for ever for a thread that never answers
            await asyncio.wait_for(loop.shutdown_default_executor(), FINISH)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_signal())


def server(settings: Settings, db: Database, data: Path) -> uvicorn.Server:
    """Return the HTTP server over an open database."""
    config = uvicorn.Config(
        app.build(settings, db, desk.links_of(settings, data), desk.vault_of(settings, data)),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        lifespan="on",
        http=Impatient,
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=FINISH,
    )
    return uvicorn.Server(config)


def database(settings: Settings, url: str) -> Database:
    """Return the database as app and worker use it: through the pooler if there is one, and without needless rights."""
    if settings.database_url:
        return Database(settings.database_url, direct=settings.direct_url)
    return Database(as_app(url))


async def serve(settings: Settings, url: str, data: Path) -> None:
    """Answer HTTP requests."""
    db = database(settings, url)
    health.refuse_if_broken(db.direct)
    with sockets.of_desk(settings) as listener:
        async with db, watched(settings, db):
            await listen(server(settings, db, data), [listener], drain=settings.drain)


async def work(settings: Settings, url: str, data: Path) -> None:
    """Run jobs."""
    db = database(settings, url)
    health.refuse_if_broken(db.direct)
    async with db, watched(settings, db):
        await desk.work(settings, db, data)


@asynccontextmanager
async def watched(settings: Settings, db: Database) -> AsyncIterator[None]:
    """Answer those who watch, on a port of their own if one is set, as long as the block runs."""
    if settings.watch is None:
        yield
        return
    with sockets.of_watch(*settings.watch) as listener:
        config = uvicorn.Config(watch.watching(db), log_config=None, access_log=False, lifespan="off", http=Impatient)
        answering = asyncio.ensure_future(listen(uvicorn.Server(config), [listener]))
        try:
            yield
        finally:
            answering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await answering


async def listen(
    http: uvicorn.Server,
    sockets: list[socket.socket] | None = None,
    *,
    until: asyncio.Future[None] | None = None,
    drain: int = 0,
) -> None:
    """Serve until cancelled, or until something else has ended; requests under way are finished.

    When cancelled it says for `drain` seconds that it is not ready any more, and goes on answering, so that whoever
    sends requests here sends them elsewhere; cancelled again, it hurries.
    """
    serving = asyncio.ensure_future(http._serve(sockets))  # serve() would take the signals for itself
    try:
        await asyncio.wait({serving} | ({until} if until else set()), return_when=asyncio.FIRST_COMPLETED)
    finally:
        leave(http)
        try:
            if drain and not serving.done():
                await asyncio.sleep(drain)
        finally:
            http.should_exit = True
            await serving
    if until is not None and until.done():
        until.result()


def leave(http: uvicorn.Server) -> None:
    """Have an app of ours say that it is leaving: not ready, no connection kept, no stream held open."""
    state = getattr(http.config.app, "state", None)
    if state is not None and (notices := getattr(state, "notices", None)) is not None:
        state.leaving = True
        notices.leave()
