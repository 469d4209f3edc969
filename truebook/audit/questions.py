"""Narrow, read-only questions to a database, and what to do where it refuses to answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from truebook.audit import values
from truebook.audit.model import Column, Database, Table, literal
from truebook.audit.sources.source import GUARDED, ProbeFailed, Progress, Row, Source


def silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass
class Questions:
    """A database that can be asked. What it refuses to answer stands in `notes`, never in an exception."""

    source: Source
    database: Database
    progress: Progress = silent
    notes: list[str] = field(default_factory=list)

    def rows(self, sql: str) -> list[Row]:
        """Return the answer to a question; where the database refuses, note it and return nothing."""
        try:
            return self.source.rows(sql)
        except ProbeFailed as failure:
            if failure.code == GUARDED:  # the source has said so, once
                return []
            self.notes.append(f"not checked ({failure.message.splitlines()[0]}): {sql[:160]}")
            return []

    def value(self, sql: str) -> Any:
        """Return the first value of the answer, or None."""
        found = self.rows(sql)
        return found[0][0] if found else None

    def failure(self, sql: str) -> ProbeFailed | None:
        """Run a question only to see whether it fails."""
        try:
            self.source.rows(sql)
        except ProbeFailed as failure:
            return failure
        return None

    def sample(self, table: Table) -> str:
        """Return what to put after FROM to look at a table (a sample of a big one)."""
        return f"{self.source.sample(table)} AS t"

    def of(self, table: Table) -> str:
        """Return the words that own up to sampling, for the end of an evidence line."""
        return " (in a sample)" if self.source.sampled(table) else ""

    def count(self, table: Table, condition: str) -> int:
        """Return how many (sampled) rows meet the condition."""
        if not table.rows:
            return 0
        return int(self.value(f"SELECT count(*) FROM {self.sample(table)} WHERE {condition}") or 0)

    def texts(self, table: Table, column: Column, where: str = "true", limit: int = 1000) -> list[str]:
        """Return distinct values of a column as text."""
        if not table.rows:
            return []
        condition = f"{column.sql} IS NOT NULL AND {where}"
        found = self.rows(
            f"SELECT DISTINCT CAST({column.sql} AS text) FROM {self.sample(table)} WHERE {condition} ORDER BY 1 "
            f"LIMIT {limit}"
        )
        return [row[0] for row in found]

    def keys(self, table: Table, condition: str, limit: int = 3) -> list[str]:
        """Return sample keys of the rows that meet the condition."""
        column = table.key or table.columns[0]
        found = self.rows(
            f"SELECT CAST({column.sql} AS text) FROM {self.sample(table)} WHERE {condition} ORDER BY 1 LIMIT {limit}"
        )
        return [row[0] for row in found]

    def tally(self, table: Table, column: Column, limit: int = 40) -> dict[str, int]:
        """Return the most frequent values of a column with their counts."""
        if not table.rows:
            return {}
        found = self.rows(
            f"SELECT CAST({column.sql} AS text), count(*) FROM {self.sample(table)} WHERE {column.sql} IS NOT NULL "
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {limit}"
        )
        return {str(value): count for value, count in found}

    def present(self, parent: Table, ids: Iterable[str]) -> list[str]:
        """Return those keys of a table that are among the ids, in any spelling of a UUID (an index look-up)."""
        key = parent.key
        wanted = {spelling for one in ids for spelling in _spellings(key, one)} if key and parent.rows else set()
        if key is None or not wanted:
            return []
        listed = ", ".join(literal(value) for value in sorted(wanted))
        found = self.rows(f"SELECT CAST({key.sql} AS text) FROM {parent.sql} WHERE {key.sql} IN ({listed})")
        return [row[0] for row in found]

    @property
    def is_postgres(self) -> bool:
        """Tell whether this is PostgreSQL."""
        return self.database.engine == "postgresql"


def _spellings(key: Column, value: str) -> set[str]:
    """Return the ways in which an id may stand in a key of that kind; none where it cannot."""
    if key.kind == "uuid":
        return values.spellings(value) if values.is_uuid(value) else set()
    if key.kind == "integer":
        return {value} if value.isdigit() and len(value) < 10 else set()
    return values.spellings(value) if values.is_uuid(value) else {value}
