"""Every statement that the code keeps is one that a coordinator can plan: it is asked of each."""

import re

import psycopg

from tests.db import statements

ANYTHING = {
    "uuid": ("00000000-0000-0000-0000-000000000001",), "text": ("x", "{}", "1"), "jsonb": ("{}", "[]"),
    "date": ("2030-01-01",), "timestamp with time zone": ("2030-01-01",), "time without time zone": ("10:00",),
    "interval": ("1 s",), "boolean": ("true",), "bytea": ("",),
}  # fmt: skip
NUMBER = re.compile(r"\$(\d+)")
TURNS = 6


def filled(statement: str, types: list[str], turn: int) -> str:
    """Return a statement with some value or other for each parameter; in another turn with others."""

    def value(found: re.Match[str]) -> str:
        of = types[int(found[1]) - 1]
        some = ("{}",) if of.endswith(("[]", "multirange")) else ANYTHING.get(of, ("1",))
        return f"'{some[turn % len(some)]}'::{of}"

    return NUMBER.sub(value, statement)


def refused(connection: psycopg.Connection, statement: str, types: list[str]) -> str | None:
    """Return why a statement cannot be planned; None where it can."""
    said = None
    for turn in range(TURNS):
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(f"EXPLAIN {filled(statement, types, turn)}".encode())
            return None
        except psycopg.errors.DataError as error:
            said = str(error)
        except psycopg.Error as error:
            return str(error)
    return said


def test_each_is_planned(database: str) -> None:
    with psycopg.connect(database, options="-c search_path=truebook") as connection:
        found = {text: made for text in statements.kept() if (made := statements.typed(connection, text))}
        assert len(found) > 400, "the statements are not found any more"
        bad = {text: said for text, made in found.items() if (said := refused(connection, *made))}
    assert bad == {}
