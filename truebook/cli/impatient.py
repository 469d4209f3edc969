"""A request must have come in whole within some time: who sends half of one, and waits, is hung up on."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = 30.0
"""Seconds from a request's first byte (or from connecting) to its last; a megabyte takes that long at 270 kbit/s."""


class Impatient(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits for ever for the rest of a request."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._hurry()

    def data_received(self, data: bytes) -> None:
        """Wait from the first byte of a request on; between two requests the time-out of idle connections counts."""
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._hurry()
        super().data_received(data)

    def on_message_complete(self) -> None:
        """Stop waiting: the request is whole."""
        self._calm()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: nobody is there."""
        self._calm()
        super().connection_lost(exc)

    def _hurry(self) -> None:
        self._deadline = self.loop.call_later(PATIENCE, self.transport.close)

    def _calm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
