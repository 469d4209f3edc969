"""A change of several tables that is sent as one statement, or table by table where these lie on several servers."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from psycopg.rows import TupleRow

if TYPE_CHECKING:
    from truebook.db.transaction import Transaction

MARK = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


class Steps:
    """Statements that change a table each, and a last expression that is answered.

    They see nothing of each other, except by marks: `{name}` stands for how many rows an earlier step got (it needs a
    RETURNING), `{name.column}` for a number in its only row. A mark makes a step wait for the one that it names;
    without, nothing is said about which is first where one statement does it all. Table by table they go in their
    order: each may need for its foreign keys what those before have written.

    One statement takes the server, the driver and the way between them a third of the time that several take. But a
    coordinator of several servers takes one insert at a time, each to where its rows lie.
    """

    def __init__(self, answer: str, **steps: str) -> None:
        self.answer = f"SELECT {answer}"
        self.steps = steps
        parts = ",\n".join(f"{name} AS ({sql.strip()})" for name, sql in steps.items())
        self.whole = _marked(f"WITH {parts}\n{self.answer}", lambda name, column: f"(SELECT {column} FROM {name})")

    async def run(self, tx: "Transaction", params: dict[str, Any]) -> TupleRow:
        """Take all steps; return the row of the answer."""
        if tx.spread:
            row = await self._one_by_one(tx, params)
        else:
            row = await tx.row(self.whole, params)
        assert row is not None
        return row

    async def _one_by_one(self, tx: "Transaction", params: dict[str, Any]) -> TupleRow | None:
        got: dict[tuple[str, str], str] = {}

        def known(name: str, column: str) -> str:
            return got.get((name, column), "NULL")

        for name, sql in self.steps.items():
            cursor = await tx.connection.execute(_marked(sql, known), params)
            if "RETURNING" not in sql:
                continue
            rows = await cursor.fetchall()
            got[name, "count(*)"] = str(len(rows))
            if rows and cursor.description:
                named = zip((column.name for column in cursor.description), rows[0], strict=True)
                got |= {(name, column): str(value) for column, value in named}
        return await tx.row(_marked(self.answer, known), params)


def _marked(sql: str, meaning: Callable[[str, str], str]) -> str:
    return MARK.sub(lambda mark: meaning(mark[1], mark[2] or "count(*)"), sql)
