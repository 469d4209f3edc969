"""Ids written in more than one way: hex and dashed, upper and lower case, numbers and slugs."""

from collections import defaultdict
from collections.abc import Iterator

from truebook.audit import remedy
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Table, remark
from truebook.audit.registry import rule
from truebook.audit.sources.source import normalised
from truebook.audit.values import agree, id_format, plural, some


@rule("mixed-id-formats", Severity.WARNING)
def mixed_id_formats(inspection: Inspection) -> Iterator[Finding]:
    """One column holds ids in several spellings: equal ids then compare as different.

    `089DE75E…` (SQLite's `hex(randomblob(16))`), `089de75e-c79b-…` and `089DE75E-C79B-…` may all be one id, and a slug
    among UUIDs cannot be converted at all.

    Fix: convert to the uuid type, or write all ids in one spelling, on both ends in one transaction.
    """
    for table, column in _id_columns(inspection):
        formats: dict[str, list[str]] = defaultdict(list)
        for value in inspection.texts(table, column):
            formats[id_format(value)].append(value)
        if len(formats) > 1 and any(name.startswith(("hex", "dashed")) for name in formats):
            yield Finding(
                table.label,
                column.name,
                f"{table.label}.{column.name} holds ids in {len(formats)} spellings; one id can stand there under "
                "two names.",
                tuple(f"{len(found)} × {name}: {some(found, 2)}" for name, found in sorted(formats.items())),
                advice="-- write all ids in one spelling (lower case with dashes), keys and references together",
            )


def _id_columns(inspection: Inspection) -> Iterator[tuple[Table, Column]]:
    """Yield the text columns that hold ids: keys, and whatever refers to a key."""
    referring = {(link.child.label, link.column.name) for link in inspection.links}
    for table in inspection.database.tables:
        for column in table.columns:
            if column.kind == "text" and (column == table.key or (table.label, column.name) in referring):
                yield table, column


@rule("id-collision", Severity.ERROR)
def id_collision(inspection: Inspection) -> Iterator[Finding]:
    """Two keys become the same once they are converted to one spelling: the conversion would merge or lose a row.

    Fix: decide by hand which of the rows keeps the id; give the other a new one together with its references.
    """
    for table in inspection.database.tables:
        key = table.key
        if key is not None and key.kind == "text" and table.rows:
            yield from _collisions(inspection, table, key)


def _collisions(inspection: Inspection, table: Table, key: Column) -> Iterator[Finding]:
    rest = [column for column in table.primary_key if column != key.name]
    group = ", ".join([normalised(key.sql), *(f'"{column}"' for column in rest)])
    found = inspection.rows(
        f"SELECT min({key.sql}), max({key.sql}), count(*) FROM {inspection.sample(table)} "
        f"WHERE {key.sql} IS NOT NULL GROUP BY {group} HAVING count(*) > 1 ORDER BY 1 LIMIT 100"
    )
    if found:
        yield Finding(
            table.label,
            key.name,
            f"{plural(len(found), 'pair')} of keys in {table.label} {agree(len(found), 'is', 'are')} one id in two "
            "spellings; converted, "
            "they collide.",
            tuple(f"'{first}' and '{last}'" for first, last, _ in found[:3]),
            advice="-- choose by hand which row keeps the id",
        )


@rule("misspelt-reference", Severity.ERROR)
def misspelt_reference(inspection: Inspection) -> Iterator[Finding]:
    """Rows find their parent only in another spelling of its id: joins miss them, although nothing is lost.

    Fix: write the references the way the parent writes its key.
    """
    for link in inspection.links:
        if link.misspelt:
            where = f"{link.parent.label}.{link.key.name}"
            yield Finding(
                link.child.label,
                link.column.name,
                f"{plural(link.misspelt, 'row')} of {link.child.label} {agree(link.misspelt, 'names', 'name')} a "
                f"{where} in another spelling than it has: "
                "a join does not find it.",
                (f"{some(link.misspelt_samples)}{inspection.of(link.child)}",),
                fix=() if link.column.kind == "uuid" else (remedy.respell(link),),
                advice=remark(f"the column cannot hold the parent's spelling; give it the type {link.key.type} first"),
            )
