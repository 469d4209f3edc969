"""The one place that learns whether a transaction committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, AsyncCursor, errors
from psycopg.rows import TupleRow

from truebook.db.transaction import Transaction
from truebook.kernel.errors import Fact


class CommitUnknown(Fact):
    """The connection broke while COMMIT was under way: nobody may call the outcome done or failed.

    `xid` is the transaction's id, by which the server can be asked what became of it (`Database.fate`); `change` as in
    `Transaction`.
    """

    code = "outcome_unknown"

    def __init__(self, xid: int | None, change: UUID | None = None) -> None:
        super().__init__("the connection was lost while the change was being committed")
        self.xid = xid
        self.change = change


class NotCommitted(Fact):
    """COMMIT answered something else: the server rolled back a transaction in which an error had been swallowed."""

    code = "not_committed"


class Ending:
    """The end of a transaction: COMMIT, sent with what is still under way, and the server's own word on it."""

    def __init__(self, connection: AsyncConnection[TupleRow]) -> None:
        self.connection = connection
        self.asked = False
        self.answer: AsyncCursor[TupleRow] | None = None

    async def commit(self) -> None:
        """Send COMMIT."""
        self.asked = True
        self.answer = await self.connection.execute("COMMIT")

    @contextmanager
    def judged(self, tx: Transaction) -> Iterator[None]:
        """Let the block end well if, and only if, the server has said COMMIT; raise what is known instead."""
        try:
            yield
        except errors.PipelineAborted as error:
            if self.asked:
                raise NotCommitted("an error had been swallowed: the database changed nothing") from error
            raise
        except psycopg.OperationalError as error:
            if self._committed:
                return  # only the look afterwards has failed
            if self.asked and _lost(self.connection, error):
                raise CommitUnknown(tx.xid, tx.change) from error
            raise
        if not self._committed:
            raise NotCommitted(f"the database answered {self._tag} to COMMIT: nothing was changed")

    @property
    def _tag(self) -> str | None:
        return self.answer.statusmessage if self.answer else None

    @property
    def _committed(self) -> bool:
        return self._tag == "COMMIT"


def _lost(connection: AsyncConnection[TupleRow], error: psycopg.Error) -> bool:
    """Tell whether an error means that the connection is gone, rather than that the server has refused something."""
    return connection.closed or error.sqlstate is None or error.diag.severity_nonlocalized in ("FATAL", "PANIC")
