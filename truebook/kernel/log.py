"""Structured logs: one line of JSON per event on a server, a coloured line in a terminal. No personal data.

What happens for a request carries its name, from the edge through the jobs that it causes.
"""

import logging
import sys
from contextlib import AbstractContextManager
from typing import Any

import structlog


class _StandardError(logging.StreamHandler[Any]):
    """Writes to what standard error is at the moment: what it was when logging was set up may be closed by now."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> Any:
        """Standard error."""
        return sys.stderr

    @stream.setter
    def stream(self, _: Any) -> None:
        pass


def configure(*, level: str = "INFO", json: bool | None = None) -> None:
    """Send all logging, structlog's and the standard library's, to standard error at the given level."""
    as_json = not sys.stderr.isatty() if json is None else json
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    _PROCESSORS[:] = [*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = _StandardError()
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIETER.items():
        logging.getLogger(name).setLevel(max(least, root.level))


_PROCESSORS: list[Any] = []
"""One list for good: a logger keeps the one it was first used with, and is to follow when logging is set up anew."""
QUIETER = {
    "psycopg": logging.ERROR,
    "psycopg.pool": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
}
"""Loggers that warn of what is raised as well: a transaction that ends in an error is no news beside the error. And
those that name addresses, in which numbers of customers may stand."""


def during(request: str | None) -> AbstractContextManager[None]:
    """Have every line that is logged meanwhile carry the name of the request that it is done for, if it has one."""
    return structlog.contextvars.bound_contextvars(**({"request": request} if request else {}))


def request() -> str | None:
    """Return the name of the request that this is done for."""
    found = structlog.contextvars.get_contextvars().get("request")
    return None if found is None else str(found)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    return structlog.stdlib.get_logger(name)
