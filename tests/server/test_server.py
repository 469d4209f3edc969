"""The embedded server: start, stop, start again."""

import psycopg

from tests.postgres import data_folder
from truebook.db import server


def value(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_a_database_of_ones_own_is_empty_and_writable(database: str) -> None:
    execute(database, "CREATE TABLE note (words text)")
    assert value(database, "SELECT count(*) FROM note") == 0


def test_rows_survive_a_stop_and_a_start() -> None:
    said: list[str] = []
    with data_folder() as data:
        with server.start(data, say=said.append) as first:
            execute(first.url(), "CREATE TABLE note AS SELECT 'kept' AS words")
        assert not first.alive
        with server.start(data, say=said.append) as second:
            assert value(second.url(), "SELECT words FROM note") == "kept"
            assert second.pid != first.pid
    starting = f"starting PostgreSQL {second.version} …"
    assert said == ["creating the database (once) …", starting, starting]
