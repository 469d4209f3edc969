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


def planned(connection: psycopg.Connection, statement: str, types: list[str]) -> str:
    """Return what the server says to a statement with any values of its types; nothing where it can be planned."""
    said = ""
    for turn in range(6):
        tried = [ANYTHING.get(of, ("1", "{}")) for of in types]
        values = [
            f"'{'{}' if of.endswith('[]') else of_it[turn % len(of_it)]}'"
            for of, of_it in zip(types, tried, strict=True)
        ]
        asked = NUMBER.sub(lambda found: f"{values[int(found[1]) - 1]}::{types[int(found[1]) - 1]}", statement)  # noqa: B023
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(f"EXPLAIN {asked}".encode())
            return ""
        except psycopg.errors.DataError as error:
            said = str(error)
        except psycopg.Error as error:
            return str(error)
    return said


def test_each_is_planned(database: str) -> None:
    with psycopg.connect(database, options="-c search_path=truebook") as connection:
        found = {text: made for text in statements.kept() if (made := statements.typed(connection, text))}
        assert len(found) > 400, "the statements are not found any more"
        refused = {text: said for text, made in found.items() if (said := planned(connection, *made))}
    assert refused == {}
