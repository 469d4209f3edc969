"""Every statement that the code keeps, and what PostgreSQL makes of it: its own parse tree."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import psycopg

import truebook
from truebook.db.steps import MARK, Steps

STATEMENT = re.compile(r"\s*(SELECT|WITH|INSERT INTO|UPDATE|DELETE FROM)\b")
PARAMETER = re.compile(r"%\((\w+)\)s|%s|%%")
PIECE = re.compile(r"[{}()]|(?:\\.|[^\s{}()\\])+")
TYPES = "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'looked_at'"
TREE = "SELECT prosqlbody::text FROM pg_proc WHERE proname = 'looked_at'"
ELSEWHERE = ("truebook.audit", "truebook.db.migrations", "truebook.db.health", "truebook.db.copying", "truebook.legacy")
"""What asks other databases, or looks after a whole one."""


@dataclass
class Node:
    """A node of a parse tree: its kind, and each of its fields as the pieces and nodes that it has."""

    kind: str
    fields: dict[str, list[Any]] = field(default_factory=dict)

    def all(self, stop: str = "") -> Iterator["Node"]:
        """Yield the node and all below it, but for what lies below nodes of a kind."""
        yield self
        for values in self.fields.values():
            yield from below(values, stop)


def below(values: list[Any], stop: str = "") -> Iterator[Node]:
    """Yield every node in what a field has."""
    for value in values:
        if isinstance(value, Node):
            if value.kind != stop:
                yield from value.all(stop)
        elif isinstance(value, list):
            yield from below(value, stop)


@cache
def kept() -> dict[str, str]:
    """Return every statement that the code keeps, with the module that it is in."""
    found: dict[str, str] = {}
    for info in pkgutil.walk_packages(truebook.__path__, "truebook."):
        if not info.name.startswith(ELSEWHERE) and not info.name.endswith("__main__"):
            found |= {text: info.name for text in _texts(importlib.import_module(info.name)) if STATEMENT.match(text)}
    return found


def _texts(module: Any) -> Iterator[str]:
    """Yield the texts of a module: its constants as they were put together, and those within functions."""
    for value in vars(module).values():
        if isinstance(value, Steps):
            yield from (MARK.sub("1", step) for step in value.steps.values())
        elif isinstance(value, dict):
            yield from (one for one in value.values() if isinstance(one, str))
        elif isinstance(value, str):
            yield value
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def typed(connection: psycopg.Connection, text: str) -> tuple[str, list[str]] | None:
    """Return a statement with $1, $2 … and the types of these; None for what is only a piece of one."""
    names: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        return "%" if match[0] == "%%" else f"${names.setdefault(match[1] or str(len(names)), len(names) + 1)}"

    statement = PARAMETER.sub(numbered, text.strip().rstrip(";"))
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(f"PREPARE looked_at AS {statement}".encode())
            row = connection.execute(TYPES).fetchone()
    except (psycopg.ProgrammingError, psycopg.DataError):
        return None
    finally:
        connection.execute("DEALLOCATE ALL")
    assert row is not None
    return statement, row[0]


def tree(connection: psycopg.Connection, text: str) -> Node | None:
    """Return a statement's parse tree, or None for what is only a piece of one."""
    if (found := typed(connection, text)) is None:
        return None
    statement, types = found
    with connection.transaction(force_rollback=True):
        head = f"CREATE FUNCTION pg_temp.looked_at({', '.join(types)}) RETURNS void LANGUAGE sql BEGIN ATOMIC"
        connection.execute(f"{head} {statement}; END".encode())
        row = connection.execute(TREE).fetchone()
    assert row is not None
    return Node("", {"all": _parsed(iter(PIECE.findall(row[0])))})


def _parsed(pieces: Iterator[str], end: str = "") -> list[Any]:
    """Read pieces up to the bracket that ends them."""
    found: list[Any] = []
    for piece in pieces:
        if piece == end:
            break
        if piece == "(":
            found.append(_parsed(pieces, ")"))
        elif piece == "{":
            found.append(_node(_parsed(pieces, "}")))
        else:
            found.append(piece)
    return found


def _node(found: list[Any]) -> Node:
    node, name = Node(found[0]), ""
    for one in found[1:]:
        if isinstance(one, str) and one.startswith(":"):
            name = one[1:]
            node.fields[name] = []
        else:
            node.fields[name].append(one)
    return node
