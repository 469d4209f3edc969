"""Rebuilds an SQLite table with a changed definition: the only way SQLite has to change defaults and constraints."""

from collections.abc import Sequence

from truebook.audit.findings import Edit
from truebook.audit.model import Table, quoted
from truebook.audit.sources import ddl


def rebuilt(table: Table, edits: Sequence[Edit]) -> tuple[str, ...]:
    """Return the statements that put a table with the edits in the place of the old one, its rows, indexes, triggers.

    To be run in one transaction with foreign keys off, as SQLite's documentation of ALTER TABLE prescribes.
    """
    new = f"truebook_new_{table.name}"
    columns = ", ".join(column.sql for column in table.columns if not column.computed)
    return (
        f"CREATE TABLE {quoted(new)} {edited(table.definition, edits)};",
        f"INSERT INTO {quoted(new)} ({columns}) SELECT {columns} FROM {quoted(table.name)};",
        f"DROP TABLE {quoted(table.name)};",
        f"ALTER TABLE {quoted(new)} RENAME TO {quoted(table.name)};",
        *(f"{index.definition};" for index in table.indexes if index.definition),
        *(f"{trigger.definition};" for trigger in table.triggers),
    )


def edited(definition: str, edits: Sequence[Edit]) -> str:
    """Return what follows the name in a CREATE TABLE, from bracket to options, with the edits made."""
    found = ddl.tokens(definition)
    start = found.index("(")
    end = ddl.balanced(found, start)
    parts = ddl.split(found[start + 1 : end - 1])
    for edit in edits:
        if edit.column:
            parts = [_with_default(part, edit) if _name(part) == edit.column else part for part in parts]
        else:
            parts.append(f"\n  {edit.constraint}")
    options = "".join(found[end:]).rstrip().rstrip(";")
    return "(" + ",".join(_closed(part) for part in parts) + ")" + options


def _name(part: str) -> str:
    """Return the first word of a column's definition."""
    words = [token for token in ddl.tokens(part) if not ddl.is_blank(token)]
    return ddl.plain(words[0]) if words else ""


def _closed(part: str) -> str:
    """End a part that ends in a line comment, so that what follows is not swallowed."""
    last = ddl.tokens(part)[-1:] or [""]
    return part + "\n" if last[0].startswith("--") else part


def _with_default(part: str, edit: Edit) -> str:
    """Return a column's definition with another default."""
    found = ddl.tokens(part)
    words = [at for at, token in enumerate(found) if not ddl.is_blank(token)]
    at = next((at for at in words if found[at].lower() == "default"), None)
    if at is None:
        return f"{_closed(part)} DEFAULT ({edit.default})"
    value = next(place for place in words if place > at)
    if found[value] in "+-":
        value = next(place for place in words if place > value)
    end = ddl.balanced(found, value) if found[value] == "(" else value + 1
    return "".join([*found[: at + 1], f" ({edit.default})", *found[end:]])
