"""Structured logs: one line of JSON per event on a server, a coloured line in a terminal. No personal data."""

import logging
import sys
from typing import Any

import structlog


def configure(*, level: str = "INFO", json: bool | None = None) -> None:
    """Send all logging, structlog's and the standard library's, to standard error at the given level."""
    as_json = not sys.stderr.isatty() if json is None else json
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
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


QUIETER = {"psycopg": logging.ERROR, "psycopg.pool": logging.WARNING}
"""Loggers that warn of what is raised as well: a transaction that ends in an error is no news beside the error."""


def get(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    return structlog.stdlib.get_logger(name)
