"""Turns findings into a migration of safe steps and runs it: one transaction each, nothing erased, COMMIT checked."""

import itertools
import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from truebook.audit.findings import Edit, Order, Report, Severity, Step
from truebook.audit.model import Database, remark
from truebook.audit.rebuild import rebuilt
from truebook.audit.run import picture
from truebook.audit.sources import Limits, connect, sqlite_path

ATTEMPTS = 6
LOCK_TIMEOUT = "500ms"
PASSING = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
"""Errors that are others' doing and go away by themselves."""
BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ"
"""What is copied to quarantine and what is then deleted must be the very same rows, whoever writes meanwhile."""
Wait = Callable[[int], None]
"""Called before attempt number n is made again."""


class NotCommitted(Exception):
    """COMMIT answered something else than COMMIT: an error was caught on the way, and nothing was kept."""


@dataclass(frozen=True)
class Outcome:
    """What became of a step; `problem` is empty where it was committed."""

    step: Step
    problem: str = ""
    attempts: int = 1


def plan(report: Report, url: str, limits: Limits, least: Severity = Severity.WARNING) -> list[Step]:
    """Return the steps that mend what a machine may of the findings, in an order in which they can run."""
    steps: dict[str, Step] = {}
    for finding in report.findings:
        if finding.level >= least:
            steps |= {step.text: step for step in finding.fix if step.text not in steps}
    found = list(steps.values())
    if report.engine == "sqlite" and any(step.edit for step in found):
        with closing(connect(url, limits)) as source:
            found = list(_merged(found, picture(source)))
    return sorted(found, key=lambda step: (step.order, step.depth))


def _merged(steps: list[Step], database: Database) -> Iterator[Step]:
    """Yield the steps with all edits of one SQLite table as one rebuild of it."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    for step in steps:
        if step.edit:
            edits[step.edit.table].append(step.edit)
        else:
            yield step
    for label, wanted in edits.items():
        yield Step(
            rebuilt(database.by_label[label], wanted), Order.CONSTRAINT, "SQLite changes definitions by rebuilding"
        )


def migration(steps: Sequence[Step], report: Report) -> str:
    """Return the steps as an SQL script that does by hand what `--apply` does."""
    begin = "BEGIN" if report.engine == "sqlite" else BEGIN
    head = [
        remark(f"Mends what a machine may in {report.database} ({report.engine} {report.version})."),
        "-- One transaction a step.",
    ]
    if report.engine == "sqlite":
        head.append("PRAGMA foreign_keys = OFF;")
    else:
        head.append(f"SET lock_timeout = '{LOCK_TIMEOUT}';  -- a step that times out can simply be run again")
    return "\n".join([*head, "", *(_spelt_out(number, step, begin) for number, step in enumerate(steps, start=1))])


def _spelt_out(number: int, step: Step, begin: str) -> str:
    title = remark(f"{number}. {step.order.name.lower()}" + (f": {step.why}" if step.why else ""))
    body = step.text if step.alone else f"{begin};\n{step.text}\nCOMMIT;"
    return f"{title}\n{body}\n"


def pause(attempt: int) -> None:
    """Wait longer from attempt to attempt, so that those who hold the lock get done."""
    time.sleep(0.1 * 2**attempt)


def apply(url: str, steps: Sequence[Step], wait: Wait = pause) -> Iterator[Outcome]:
    """Run the steps and yield what became of each. A step that fails leaves no trace and does not stop the others."""
    yield from _on_postgres(url, steps, wait) if url.startswith("postgres") else _on_sqlite(sqlite_path(url), steps)


def _on_postgres(url: str, steps: Sequence[Step], wait: Wait) -> Iterator[Outcome]:
    with closing(psycopg.connect(url, autocommit=True, application_name="truebook fix")) as connection:
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        for step in steps:
            yield _persistently(connection, step, wait)


def _persistently(connection: psycopg.Connection, step: Step, wait: Wait) -> Outcome:
    """Run a step, again and again while somebody holds the lock it needs."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _once(connection, step)
        except PASSING as error:
            if attempt == ATTEMPTS:
                return Outcome(step, _said(error), attempt)
            wait(attempt)
        except (psycopg.Error, NotCommitted) as error:
            return Outcome(step, _said(error), attempt)
        else:
            return Outcome(step, attempts=attempt)
    raise AssertionError("the last attempt returns")


def _said(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _once(connection: psycopg.Connection, step: Step) -> None:
    if step.alone:
        _drop_leftover(connection, step)
        _run(connection, step)
        return
    connection.execute(BEGIN)
    try:
        _run(connection, step)
    except psycopg.Error:
        connection.execute("ROLLBACK")
        raise
    commit(connection)


def _run(connection: psycopg.Connection, step: Step) -> None:
    """Run the statements one by one; `prepare` has the server refuse a second one inside any of them."""
    for statement in step.statements:
        connection.execute(statement.encode(), prepare=True)


def commit(connection: psycopg.Connection) -> None:
    """Commit, and believe it only when the server says COMMIT; raise NotCommitted."""
    answer = connection.execute("COMMIT").statusmessage
    if answer != "COMMIT":
        raise NotCommitted(f"COMMIT answered {answer}: nothing was kept")


_LEFTOVER = """
SELECT format('DROP INDEX CONCURRENTLY %%I.%%I', n.nspname, c.relname)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid AND position(format('IF NOT EXISTS "%%s" ON', c.relname) IN %s) > 0"""


def _drop_leftover(connection: psycopg.Connection, step: Step) -> None:
    """Drop the invalid index that an earlier attempt of this step left, or IF NOT EXISTS would take it for done."""
    for (sql,) in connection.execute(_LEFTOVER, (step.text,)).fetchall():
        connection.execute(sql.encode())


def _on_sqlite(path: Path, steps: Sequence[Step]) -> Iterator[Outcome]:
    if steps:
        _copied(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for step in steps:
            yield Outcome(step, _in_one_go(connection, step))


def _copied(path: Path) -> Path:
    """Copy the file beside itself under a name that nothing bears yet; what is there is kept, and no link followed."""
    numbers = itertools.chain([""], (f".{number}" for number in itertools.count(2)))
    for copy in (path.with_name(f"{path.name}.before-fix{number}") for number in numbers):
        try:
            with copy.open("xb") as target, path.open("rb") as source:
                shutil.copyfileobj(source, target)
        except FileExistsError:
            continue
        shutil.copystat(path, copy)
        return copy
    raise AssertionError("a free number is found at last")


def _in_one_go(connection: sqlite3.Connection, step: Step) -> str:
    """Run the statements of a step in one transaction and return what went wrong, if anything."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in step.statements:
            connection.execute(statement)
    except sqlite3.Error as error:
        connection.execute("ROLLBACK")
        return str(error)
    connection.execute("COMMIT")
    return "" if not connection.in_transaction else "COMMIT did not end the transaction"
