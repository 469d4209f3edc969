"""Loads the structure out of an SQL script: schemas, types, tables, keys. Nothing else in it runs.

Defaults, checks and computed columns are left out, since they call functions that are not here, and types of
extensions that are missing are stood in for by text: names and types are all that is looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import errors, sql

_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$|E?'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|\w+|\s+|::|.""", re.DOTALL
)
_DATA = re.compile(r"^COPY [^;]*FROM stdin;.*?^\\\.$", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_COMMANDS = re.compile(r"^\\.*$", re.MULTILINE)
_WANTED = re.compile(
    r"SET search_path|CREATE (SCHEMA|TYPE|DOMAIN|SEQUENCE|(UNLOGGED )?TABLE|UNIQUE INDEX)|ALTER TABLE", re.IGNORECASE
)
_ALTERS = re.compile(r"ALTER TABLE .*\b(ADD|ATTACH PARTITION)\b", re.IGNORECASE | re.DOTALL)
_AFTER_DEFAULT = frozenset("not null primary unique check references constraint generated collate".split())
_MISSING_TYPE = re.compile(r'type "([^"]+)" does not exist')


@dataclass
class Loaded:
    """How many statements were taken over, and which were refused and why."""

    taken: int = 0
    refused: list[str] = field(default_factory=list)


def load(url: str, script: Path) -> Loaded:
    """Run the structure in a script in an empty database."""
    loaded = Loaded()
    text = _COMMANDS.sub("", _DATA.sub("", script.read_text(encoding="utf-8", errors="replace")))
    with psycopg.connect(url, autocommit=True, options="-c check_function_bodies=off") as connection:
        waiting = [statement for statement in _statements(text) if _is_wanted(statement)]
        for statement in [*waiting, *(one for one in waiting if one.upper().startswith("ALTER"))]:
            _run(connection, statement, loaded)
    return loaded


def _is_wanted(statement: str) -> bool:
    return bool(_WANTED.match(statement)) and (
        not statement.upper().startswith("ALTER") or bool(_ALTERS.match(statement))
    )


def _run(connection: psycopg.Connection, statement: str, loaded: Loaded) -> None:
    try:
        connection.execute(statement.encode())
        loaded.taken += 1
    except errors.UndefinedObject as problem:
        missing = _MISSING_TYPE.search(str(problem))
        if missing is None:
            loaded.refused.append(f"{_first(problem)}: {statement[:80]}")
            return
        name = missing[1].removesuffix("[]").rpartition(".")[2]
        connection.execute(sql.SQL("CREATE DOMAIN {} AS text").format(sql.Identifier(name)))
        _run(connection, statement, loaded)
    except (errors.DuplicateObject, errors.DuplicateTable, errors.InvalidTableDefinition):
        pass  # what came in at the first of two passes
    except psycopg.Error as problem:
        loaded.refused.append(f"{_first(problem)}: {statement[:80]}")


def _first(problem: psycopg.Error) -> str:
    return str(problem).splitlines()[0]


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script without comments, and those that make tables without expressions."""
    found: list[str] = []
    for match in _TOKEN.finditer(script):
        token = match[0]
        if token.startswith(("--", "/*")):
            continue
        if token == ";":
            yield "".join(_without_expressions(found)).strip()
            found = []
        else:
            found.append(token)


def _without_expressions(found: list[str]) -> Iterator[str]:
    """Yield the tokens of a statement without DEFAULT, CHECK and GENERATED … AS (…)."""
    place = 0
    while place < len(found):
        word = found[place].lower()
        if word == "default":
            place = _after_default(found, place + 1)
        elif word == "check":
            yield "CHECK (true) "
            place = _after_bracket(found, found.index("(", place))
        elif word == "generated" and "(" in found[place:] and _is_computed(found, place):
            place = _after_bracket(found, found.index("(", place))
            while place < len(found) and found[place].lower() in (" ", "stored", "virtual"):
                place += 1
        else:
            yield found[place]
            place += 1


def _is_computed(found: list[str], place: int) -> bool:
    return "identity" not in [token.lower() for token in found[place : found.index("(", place)]]


def _after_default(found: list[str], place: int) -> int:
    """Return the place after the expression that begins here."""
    depth, begun = 0, False
    while place < len(found):
        token = found[place]
        if depth == 0 and begun and (token in (",", ")") or token.lower() in _AFTER_DEFAULT):
            return place
        begun = begun or not token.isspace()
        depth += (token in "([") - (token in ")]")
        place += 1
    return place


def _after_bracket(found: list[str], place: int) -> int:
    depth = 0
    for at in range(place, len(found)):
        depth += (found[at] == "(") - (found[at] == ")")
        if depth == 0:
            return at + 1
    return len(found)
