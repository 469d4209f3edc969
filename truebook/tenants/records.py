"""The settings tables have one shape, so they have one way in: add, get, page, change, remove, each one transaction."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import Any, Generic, TypeVar
from uuid import UUID

from psycopg import errors, sql
from psycopg.types.json import Jsonb

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from truebook.tenants import locks

T = TypeVar("T")


class Records(Generic[T]):
    """A settings table whose rows are frozen dataclasses of one kind; the dataclass's fields are the columns.

    With `decides`, a change decides what can be booked, so bookings of the business wait until it is done. `json` names
    the columns that hold lists as JSON. `most` bounds what a business may have of them, since all of it is read for
    every change; who has so many is told at the field that names one. `let_go` is a statement that takes the business
    and the row's id, and ends what points at a row that is about to go.
    """

    def __init__(
        self,
        table: str,
        kind: type[T],
        *,
        noun: str,
        key: str = "account_id",
        decides: bool = False,
        json: tuple[str, ...] = (),
        most: tuple[str, int] | None = None,
        let_go: str | None = None,
    ) -> None:
        self.table = sql.Identifier(table)
        self.kind = kind
        self.noun = noun
        self.key = sql.Identifier(key)
        self.decides = decides
        self.json = json
        self.most = most
        self.let_go = let_go
        self.names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        self.columns = sql.SQL(", ").join(map(sql.Identifier, self.names))

    async def add(self, db: Database, scope: Scope, **values: Any) -> T:
        """Write a new row and return it."""
        async with self.changing(db, scope) as tx:
            return await self.write(tx, values)

    async def write(self, tx: Transaction, values: Mapping[str, Any]) -> T:
        """Write a new row inside a transaction of the caller's; raise Invalid where there are too many already."""
        await self._bound(tx)
        row = {"id": ids.uuid7(), **values}
        query = sql.SQL("INSERT INTO {} ({}, {}) VALUES (%s, {}) RETURNING {}").format(
            self.table,
            self.key,
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join([sql.Placeholder()] * len(row)),
            self.columns,
        )
        made = await tx.row(query, [tx.tenant, *self._adapted(row)])
        assert made is not None
        await note(tx, f"add {self.noun}", self.noun, row["id"], row)
        return self.kind(*made)

    async def get(self, db: Database, scope: Scope, row_id: UUID) -> T:
        """Return one row; raise NotFound where there is none."""
        async with db.reading(scope) as tx:
            return await self.read(tx, row_id)

    async def read(self, tx: Transaction, row_id: UUID, *, lock: bool = False) -> T:
        """Return one row inside a transaction of the caller's, locked against changes if asked for."""
        query = sql.SQL("SELECT {} FROM {} WHERE {} = %s AND id = %s").format(self.columns, self.table, self.key)
        return self._found(await tx.row(query + sql.SQL(" FOR UPDATE" if lock else ""), (tx.tenant, row_id)))

    async def page(self, db: Database, scope: Scope, *, after: UUID | None = None, limit: int = 100) -> list[T]:
        """Return at most limit rows in order of their ids (which is the order they were made in), after a cursor."""
        query = sql.SQL("SELECT {} FROM {} WHERE {} = %s AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s")
        async with db.reading(scope) as tx:
            rows = await tx.rows(query.format(self.columns, self.table, self.key), (tx.tenant, after, after, limit))
        return [self.kind(*row) for row in rows]

    async def change(
        self, db: Database, scope: Scope, row_id: UUID, values: Mapping[str, Any], *, version: int | None = None
    ) -> T:
        """Change some columns and return the row; raise Conflict where the caller has seen another version."""
        async with self.changing(db, scope) as tx:
            return await self.rewrite(tx, row_id, values, version=version)

    async def rewrite(
        self, tx: Transaction, row_id: UUID, values: Mapping[str, Any], *, version: int | None = None
    ) -> T:
        """Change some columns inside a transaction of the caller's."""
        if not values:
            return await self.seen(tx, row_id, version)
        query = sql.SQL("UPDATE {} SET {} WHERE {} = %s AND id = %s AND ({} OR version = %s) RETURNING {}").format(
            self.table,
            sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values),
            self.key,
            sql.SQL("%s::integer IS NULL"),
            self.columns,
        )
        made = await tx.row(query, [*self._adapted(values), tx.tenant, row_id, version, version])
        if made is None:
            await self.read(tx, row_id)
            raise Conflict(f"the {self.noun} was changed meanwhile", field="If-Match")
        await note(tx, f"change {self.noun}", self.noun, row_id, values)
        return self.kind(*made)

    async def remove(self, db: Database, scope: Scope, row_id: UUID, *, version: int | None = None) -> None:
        """Delete a row; raise NotFound where there is none, Conflict where the caller has seen another version."""
        async with self.changing(db, scope) as tx:
            if version is not None:
                await self.seen(tx, row_id, version, lock=True)
            await self.erase(tx, row_id)

    async def erase(self, tx: Transaction, row_id: UUID) -> None:
        """Delete a row inside a transaction of the caller's; raise NotFound where there is none."""
        if self.let_go is not None:
            await tx.run(self.let_go, (tx.tenant, row_id))
        query = sql.SQL("DELETE FROM {} WHERE {} = %s AND id = %s RETURNING {}")
        self._found(await tx.row(query.format(self.table, self.key, self.columns), (tx.tenant, row_id)))
        await note(tx, f"remove {self.noun}", self.noun, row_id, {})

    async def seen(self, tx: Transaction, row_id: UUID, version: int | None, *, lock: bool = False) -> T:
        """Return a row of which the caller has seen this version (or did not say); raise Conflict otherwise."""
        row = await self.read(tx, row_id, lock=lock)
        if version is not None and version != row.version:  # type: ignore[attr-defined]
            raise Conflict(f"the {self.noun} was changed meanwhile", field="If-Match")
        return row

    @asynccontextmanager
    async def changing(self, db: Database, scope: Scope) -> AsyncIterator[Transaction]:
        """Open a transaction that changes settings; the database's refusals become facts that name the field."""
        async with Named(self.noun), db.transaction(scope, lock=locks.ALONE if self.decides else None) as tx:
            yield tx

    async def _bound(self, tx: Transaction) -> None:
        if self.most is None:
            return
        field, most = self.most
        query = sql.SQL("SELECT FROM {} WHERE {} = %s OFFSET %s LIMIT 1").format(self.table, self.key)
        if await tx.row(query, (tx.tenant, most - 1)) is not None:
            raise Invalid(field, f"{most} are the most that a business has of this: {self.noun}", limit=most)

    def _adapted(self, values: Mapping[str, Any]) -> list[Any]:
        """Return values as their columns take them: what is named as JSON, and every object, as JSON."""
        return [Jsonb(value) if name in self.json else _adapt(value) for name, value in values.items()]

    def _found(self, row: tuple[Any, ...] | None) -> T:
        if row is None:
            raise NotFound(f"there is no such {self.noun}")
        return self.kind(*row)


class Named:
    """Turn what a constraint says into a fact that names the field."""

    def __init__(self, noun: str) -> None:
        self.noun = noun

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        match error:
            case errors.UniqueViolation():
                raise Conflict(f"another {self.noun} has that already", field=_field(error)) from error
            case errors.ForeignKeyViolation():
                raise NotFound(f"the {self.noun} points to something that is not there", field=_field(error)) from error
            case errors.ExclusionViolation():
                raise Invalid(_field(error), "two of these overlap") from error
            case errors.CheckViolation() | errors.NotNullViolation():
                raise Invalid(_field(error), f"that is not possible for a {self.noun}") from error
            case errors.TransactionRollback():
                raise Unavailable("others were changing the same; nothing was changed", retry_after=1) from error
            case errors.DataError():
                raise Invalid("body", f"a value of the {self.noun} cannot be stored") from error
            case _:
                return


FIELDS = {
    "availability_rules_no_overlap": "week",
    "availability_rules_order": "week",
    "blackout_dates_length": "ends_on",
    "blackout_dates_order": "ends_on",
    "bot_configs_one_active": "is_active",
    "date_overrides_account_id_staff_id_date_key": "date",
    "date_overrides_within_a_day": "intervals",
    "services_active_name": "name",
    "staff_active_name": "name",
    "telling_settings_quiet": "quiet_from",
}
"""What a constraint is about whose name does not say it."""


def _field(error: errors.Error) -> str:
    """Return the column a violated constraint is about: as listed, named outright, or in the constraint's own name.

    The detail `Key (account_id, lower(name))=…` would tell as well, but row-level security leaves it out.
    """
    if error.diag.constraint_name in FIELDS:
        return FIELDS[error.diag.constraint_name]
    if error.diag.column_name:
        return error.diag.column_name
    name, table = error.diag.constraint_name or "", error.diag.table_name or ""
    column = name.removeprefix(f"{table}_").removeprefix("account_id_")
    return re.sub("_(check|key|fkey)$", "", column) or "body"


def _adapt(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


async def note(tx: Transaction, action: str, entity: str, entity_id: UUID | None, details: Mapping[str, Any]) -> None:
    """Write into the settings log who changed what."""
    plain = Jsonb({name: _plain(value) for name, value in details.items() if "hash" not in name})
    await tx.run(NOTE, (tx.tenant, ids.uuid7(), tx.scope.actor, action, entity, entity_id, plain))


NOTE = """
INSERT INTO audit_log (tenant_id, id, actor, action, entity, entity_id, details) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, list, dict, type(None))) else str(value)
