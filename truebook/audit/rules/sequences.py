"""Sequences that hand out ids which are taken, or which will run out (PostgreSQL)."""

from collections.abc import Iterator

from truebook.audit.findings import Finding, Order, Severity, Step
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Sequence, Table, literal
from truebook.audit.registry import POSTGRESQL, rule

_LIMITS = {"smallint": 32_767, "integer": 2_147_483_647}


def _fed(inspection: Inspection) -> Iterator[tuple[Sequence, Table, Column]]:
    """Yield the sequences with the tables and columns they feed."""
    for sequence in inspection.database.sequences:
        table = inspection.database.by_label.get(sequence.table)
        column = table.column(sequence.column) if table else None
        if table and column:
            yield sequence, table, column


@rule("sequence-behind", Severity.ERROR, POSTGRESQL)
def sequence_behind(inspection: Inspection) -> Iterator[Finding]:
    """A sequence stands behind the ids in its table: the next INSERT gets an id that is taken.

    Typical after an import that brought its own ids.

    Fix: set the sequence to the highest id.
    """
    for sequence, table, column in _fed(inspection):
        highest = inspection.value(f"SELECT max({column.sql}) FROM {table.sql}") if sequence.increment > 0 else None
        coming = sequence.start if sequence.last is None else sequence.last + sequence.increment
        if highest is not None and coming <= highest:
            sql = f"SELECT setval({literal(sequence.name)}, (SELECT max({column.sql}) FROM {table.sql}));"
            yield Finding(
                table.label,
                column.name,
                f"The next {table.label}.{column.name} will be {coming}, but {highest} is already taken: INSERTs "
                "collide.",
                (f"sequence {sequence.name} at {sequence.last}, max({column.name}) = {highest}",),
                fix=(Step(sql, Order.SEQUENCE),),
            )


@rule("sequence-near-end", Severity.WARNING, POSTGRESQL)
def sequence_near_end(inspection: Inspection) -> Iterator[Finding]:
    """A sequence, or the column it feeds, has used most of its numbers: one day every INSERT fails.

    A warning from half, an error from nine tenths.

    Fix: make column and sequence bigint, well before.
    """
    for sequence, table, column in _fed(inspection):
        limit = min(sequence.maximum, _LIMITS.get(column.type, sequence.maximum))
        used = (sequence.last or 0) / limit
        if used >= 0.5:
            yield Finding(
                table.label,
                column.name,
                f"{used:.0%} of the numbers for {table.label}.{column.name} are used up.",
                (f"{sequence.last:,} of {limit:,}",),
                advice=f"ALTER SEQUENCE {sequence.name} AS bigint;\nALTER TABLE {table.sql} ALTER COLUMN "
                f"{column.sql} TYPE bigint;",
                severity=Severity.ERROR if used >= 0.9 else None,
            )
