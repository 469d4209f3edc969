"""A revision meets people who look first and write then: it waits for them, and none of them is thrown out for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from truebook.db import migrations
from truebook.db.connection import connect

TABLES = ("accounts", "appointments", "conversations", "messages", "services", "staff", "tellings", "waitlist_entries")
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = to_regclass(%s)"


class Writer:
    """One who reads a table, and writes it in the same transaction once somebody waits for it."""

    def __init__(self, url: str, table: str) -> None:
        self.url, self.table, self.halt = url, f"truebook.{table}", threading.Event()
        self.written, self.thrown_out = 0, 0

    def work(self) -> None:
        with connect(self.url) as eye, connect(self.url) as connection:
            while not self.halt.is_set():
                try:
                    with connection.transaction():
                        connection.execute(f"SELECT count(*) FROM {self.table}".encode())
                        if self.somebody_waits(eye):
                            connection.execute(f"DELETE FROM {self.table} WHERE false".encode())
                            self.written += 1
                except psycopg.errors.DeadlockDetected:
                    self.thrown_out += 1
                except psycopg.errors.UndefinedTable:
                    self.halt.wait(0.05)

    def somebody_waits(self, eye: psycopg.Connection) -> bool:
        for _ in range(40):
            if eye.execute(WAITING, (self.table,)).fetchone() != (0,):
                return True
            if self.halt.wait(0.002):
                break
        return False


@contextmanager
def writing(url: str) -> Iterator[list[Writer]]:
    writers = [Writer(url, table) for table in TABLES]
    threads = [threading.Thread(target=one.work) for one in writers]
    for one in threads:
        one.start()
    try:
        yield writers
    finally:
        for each in writers:
            each.halt.set()
        for one in threads:
            one.join()


@pytest.mark.slow
def test_no_writer_is_thrown_out_for_a_revision(empty: str) -> None:
    migrations.upgrade(empty, "0011")
    thrown_out: dict[str, int] = {}
    for revision in [one for one in migrations.revisions() if one > "0011"]:
        with writing(empty) as writers:
            migrations.upgrade(empty, revision)
        thrown_out |= {f"{revision} {one.table}": one.thrown_out for one in writers if one.thrown_out}
    assert thrown_out == {}, thrown_out
