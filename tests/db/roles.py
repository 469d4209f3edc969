"""Roles and databases of a test's own: roles belong to the whole server, so each has a name nobody else uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.postgres import on

PASSWORD = "plain-words"


@dataclass(frozen=True)
class Plain:
    """A database, seen by the plain role that owns it and by the administrator."""

    role: str
    url: str
    admin_url: str


@contextmanager
def role(admin_url: str, *attributes: str) -> Iterator[str]:
    """Lend the name of a role that can log in, with attributes such as CREATEROLE."""
    name = f"plain_{uuid4().hex[:12]}"
    run(admin_url, f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' {' '.join(attributes)}")
    try:
        yield name
    finally:
        run(admin_url, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


@contextmanager
def plain_database(server_url: str, *attributes: str) -> Iterator[Plain]:
    """Lend an empty database that belongs to a role with these attributes."""
    with role(server_url, *attributes) as name:
        database = f"{name}_db"
        run(server_url, f"CREATE DATABASE {database} OWNER {name} TEMPLATE template1")
        try:
            admin_url = on(server_url, database)
            yield Plain(name, as_role(admin_url, name), admin_url)
        finally:
            run(server_url, f"DROP DATABASE {database} WITH (FORCE)")


def as_role(url: str, name: str) -> str:
    """Return the URL of the same database for another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{name}:{PASSWORD}@{host}").geturl()


def with_setting(url: str, name: str, value: str) -> str:
    """Return the URL with a server setting for its connections."""
    return f"{url}{'&' if '?' in url else '?'}options={quote(f'-c {name}={value}')}"


def run(url: str, *statements: str) -> None:
    """Run statements, each in a transaction of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement))  # type: ignore[arg-type]
