"""An open transaction: who acts in it, and how to ask it something."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg import sql as psql
from psycopg.rows import TupleRow

from truebook.kernel.errors import Fact

Sql = str | psql.SQL | psql.Composed
Answer = Callable[[], Awaitable[TupleRow | None]]
"""Waits for the first row of a query that was sent already."""


def set_local(setting: str, value: str) -> psql.Composed:
    """Return the statement that sets something until the transaction ends; it goes along to other servers."""
    return psql.SQL("SET LOCAL {} = {}").format(psql.Identifier(*setting.split(".")), psql.Literal(value))


class Claimed(Fact):
    """Somebody did the same under the same key meanwhile: what was done here is rolled back, theirs counts."""

    code = "claimed"


@dataclass(slots=True)
class Claim:
    """A request that is to take effect once. The first transaction that changes something for it keeps its key."""

    key: str
    request: bytes
    made: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Who acts, for which tenant, and why: what every transaction carries and every history row keeps.

    Without a tenant the transaction sees the operator's directory (accounts, channels, keys) and nobody's appointments.
    """

    tenant: UUID | None
    actor: str
    cause: str = ""
    operator: bool = False
    claim: Claim | None = field(default=None, compare=False)

    def because(self, cause: str) -> "Scope":
        """Return the same scope with another cause."""
        return Scope(self.tenant, self.actor, cause, self.operator, self.claim)


@dataclass(slots=True)
class Transaction:
    """An open transaction of one tenant. Statements are plain SQL with %s or %(name)s parameters."""

    connection: AsyncConnection[TupleRow]
    scope: Scope
    kept: dict[Any, Any]
    """The database's own `kept`."""
    xid: int | None = None
    change: UUID | None = None
    """On a cluster: the history row of the change. Its servers count their transactions each for itself."""
    look: tuple[str, dict[str, Any]] | None = None
    """A query of one row, to be asked in a transaction of its own as soon as this one is committed."""
    seen: TupleRow | None = None
    """What `look` found; None also where it could not be asked any more."""
    spread: bool = False
    """Whether businesses' rows lie on several servers, of which this is the coordinator."""

    @property
    def tenant(self) -> UUID:
        """The tenant, in code that cannot run without one."""
        assert self.scope.tenant is not None
        return self.scope.tenant

    async def carry(self, setting: str, value: str) -> None:
        """Set what triggers and policies read, for the rest of the transaction and wherever its rows lie."""
        await self.connection.execute(set_local(setting, value), prepare=False)

    async def ask(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> "Answer":
        """Send a query together with what follows; return what waits for its first row."""
        return (await self.connection.execute(sql, params)).fetchone

    async def run(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> None:
        """Send a statement whose rows nobody reads; if it fails, the next read or the end of the block raises."""
        await self.connection.execute(sql, params)

    async def row(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> TupleRow | None:
        """Return the first row, or None."""
        return await (await self.connection.execute(sql, params)).fetchone()

    async def rows(
        self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None, *, binary: bool = False
    ) -> list[TupleRow]:
        """Return all rows; in binary form they are read faster, but not of every type."""
        return await (await self.connection.execute(sql, params, binary=binary)).fetchall()
