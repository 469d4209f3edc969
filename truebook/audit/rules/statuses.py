"""Words from a small list: what the CHECK allows, what the code writes, and what the rows hold."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from truebook.audit import names
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Check, Column, Table, literal
from truebook.audit.registry import rule

_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_LIST = re.compile(r"\bIN\s*\(|= ANY|=\s*'", re.IGNORECASE)
_OTHER = re.compile(r"<>|!=|~|\bLIKE\b|\bNOT\b|\bAND\b|\blength\b", re.IGNORECASE)
_SOURCES = (".py", ".js", ".ts", ".tsx", ".jsx", ".rb", ".php", ".go", ".java", ".cs", ".sql", ".rs", ".kt")


def allowed(inspection: Inspection, table: Table, column: Column) -> frozenset[str]:
    """Return the words a CHECK or an enum allows in a column; empty where nothing limits it."""
    if column.kind == "enum":
        return frozenset(inspection.database.enums.get(column.type.strip('"').rpartition(".")[2], ()))
    return next((words for check in table.checks if (words := _listed(check, column))), frozenset())


def _listed(check: Check, column: Column) -> frozenset[str]:
    if check.columns != (column.name,) or not _LIST.search(check.expression) or _OTHER.search(check.expression):
        return frozenset()
    return frozenset(_LITERAL.findall(check.expression))


def _choices(inspection: Inspection) -> Iterator[tuple[Table, Column]]:
    for table in inspection.database.tables:
        for column in table.columns:
            if column.kind in ("text", "enum") and names.is_choice(column.name):
                yield table, column


@rule("status-drift", Severity.ERROR)
def status_drift(inspection: Inspection) -> Iterator[Finding]:
    """Code, CHECK and data disagree on the words of a status: rows are missed by queries, or writes are refused.

    Compared are the allowed words (CHECK, enum), the default, the words in the rows, and the words that views,
    functions, policies, partial indexes and (with `--code DIR`) the application write or ask for.

    Fix: settle on one list, convert the rows, then let a CHECK hold it.
    """
    for table, column in _choices(inspection):
        words = allowed(inspection, table, column)
        held = {} if column.kind == "enum" else inspection.tally(table, column)
        evidence = [*_strangers(words, held), *_twins(held), *_unknown_to_rows(words, held, column)]
        evidence += _code_words(inspection, table, column, words or frozenset(held))
        if evidence:
            yield Finding(
                table.label,
                column.name,
                f"{table.label}.{column.name}: what is allowed, what is written and what is stored are not the "
                "same words.",
                tuple(evidence),
                advice=f"UPDATE {table.sql} SET {column.sql} = '…' WHERE {column.sql} = '…';  -- then CHECK (… IN (…))",
            )


def _strangers(words: frozenset[str], held: dict[str, int]) -> Iterator[str]:
    """Yield the stored words that are not allowed."""
    if words:
        yield from (f"stored {count} ×, but not allowed: '{word}'" for word, count in held.items() if word not in words)


def _twins(held: dict[str, int]) -> Iterator[str]:
    """Yield the stored words that differ in case or blanks only."""
    same: dict[str, list[str]] = defaultdict(list)
    for word in held:
        same[word.strip().lower()].append(word)
    yield from (
        f"one word in several spellings: {', '.join(map(repr, sorted(found)))}"
        for found in same.values()
        if len(found) > 1
    )


def _unknown_to_rows(words: frozenset[str], held: dict[str, int], column: Column) -> Iterator[str]:
    """Yield the default where no CHECK limits the column and nearly no row keeps it."""
    default = _LITERAL.search(column.default or "")
    total = sum(held.values())
    if not words and default and total >= 5 and held.get(default.group(1), 0) <= 0.2 * total:
        yield f"default '{default.group(1)}' is what {held.get(default.group(1), 0)} of {total} rows hold"


def _code_words(inspection: Inspection, table: Table, column: Column, known: frozenset[str]) -> Iterator[str]:
    """Yield the words that code compares the column with or assigns to it, and that are not known."""
    pattern = re.compile(
        rf"\b{re.escape(column.name)}\b[\"')\s]*(?:::\w+\)*)?\s*(?:=>|:=|===?|!==?|<>|=|:)\s*['\"](\w[\w -]*)['\"]"
    )
    for place, text in _code(inspection, table):
        others = _others(inspection, table, column, place, text)
        for word in dict.fromkeys(pattern.findall(text)):
            if known and word not in known and word not in others:
                yield f"written in {place}, but {'not allowed' if known else 'unknown'}: '{word}'"


def _others(inspection: Inspection, table: Table, column: Column, place: str, text: str) -> frozenset[str]:
    """Return the words that columns of the same name allow in the other tables that a piece of code is about.

    It is about those it names, and a trigger's function about those that have the trigger.
    """
    function = place.removeprefix("function ").rpartition(".")[2]
    words: frozenset[str] = frozenset()
    for other in inspection.database.tables:
        twin = None if other is table else other.column(column.name)
        is_meant = re.search(rf"\b{re.escape(other.name)}\b", text) or any(
            trigger.function == function for trigger in other.triggers
        )
        if twin and is_meant:
            words |= allowed(inspection, other, twin)
    return words


def _code(inspection: Inspection, table: Table) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of code that speaks of the table, in the database and beside it."""
    for function in inspection.database.functions:
        if re.search(rf"\b{re.escape(table.name)}\b", function.body):
            yield f"function {function.name}", function.body
    for name, view in inspection.database.views.items():
        if re.search(rf"\b{re.escape(table.name)}\b", view):
            yield f"view {name}", view
    yield from ((f"index {index.name}", index.predicate) for index in table.indexes if index.predicate)
    if inspection.code:
        yield from _files(inspection.code, table)


def _files(folder: Path, table: Table) -> Iterator[tuple[str, str]]:
    wanted = re.compile(
        rf"\b({re.escape(table.name)}|{re.escape('_'.join(names.thing(table.name)))}e?)\b", re.IGNORECASE
    )
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SOURCES and path.is_file() and "node_modules" not in path.parts:
            text = path.read_text(errors="replace")
            if wanted.search(text):
                yield str(path.relative_to(folder)), text


@rule("status-unchecked", Severity.WARNING)
def status_unchecked(inspection: Inspection) -> Iterator[Finding]:
    """A status column takes any word: nothing keeps a typing error from becoming a state of its own.

    Fix: settle on the list of words and let a CHECK hold it.
    """
    for table, column in _choices(inspection):
        if column.kind == "enum" or any(column.name in check.columns for check in table.checks):
            continue
        if names.last(column.name) in names.STATES and not table.foreign_key_on(column.name):
            held = inspection.tally(table, column)
            words = ", ".join(literal(word) for word in held)
            yield Finding(
                table.label,
                column.name,
                f"{table.label}.{column.name} takes any text; no CHECK says which words there are.",
                (", ".join(f"'{word}' × {count}" for word, count in held.items()) or "no rows yet",),
                advice=f"ALTER TABLE {table.sql} ADD CHECK ({column.sql} IN ({words or '…'})) NOT VALID;",
                severity=None if len(held) > 1 else Severity.HINT,
            )
