"""The whole checkup, in the order in which one thing rests on another."""

from collections.abc import Callable, Iterator

import psycopg

from truebook.db.connection import connect
from truebook.db.health import business, claims, models, pooler, queues, role, schema, server, whatsapp
from truebook.db.health.canary import account, canary
from truebook.db.health.finding import Finding, judge
from truebook.kernel.errors import Unavailable

Check = Callable[[psycopg.Connection], Finding]

SERVER: tuple[Check, ...] = (
    server.fsync, server.full_page_writes, server.synchronous_commit, server.writable, server.new_ids,
)  # fmt: skip
LEDGER: tuple[Check, ...] = (role.step_down, schema.migrated)
SCHEMA: tuple[Check, ...] = (
    schema.extension, schema.promises, schema.row_level_security, schema.guards, schema.defaults, role.bound,
    role.rights, canary,
)  # fmt: skip
QUEUES: tuple[Check, ...] = (
    claims.agreed, queues.stalled, queues.waiting, queues.given_up, queues.untold, queues.never_told,
    *whatsapp.LOOKS, whatsapp.clock, models.well,
)  # fmt: skip


def examine(url: str, *, queued: bool = True, tenant: str | None = None, listens: str | None = None) -> list[Finding]:
    """Look at everything, and at one business as well if its slug is given.

    Without `queued` only what is fatal is looked at. `listens`: over which URL the desk listens, where it is not this
    one: it must be no pooler's either. Raises Unavailable when the database cannot be reached or is too
    old, NotFound for an unknown slug.
    """
    with connect(url) as connection:
        return list(_examine(connection, url, QUEUES if queued else (), tenant, listens))


def schema_findings(url: str) -> list[Finding]:
    """Look only whether the schema is there and whole."""
    with connect(url) as connection:
        found = [_run(schema.migrated, connection)]
        return found + [_run(check, connection) for check in SCHEMA[:3] if found[0].ok]


def refuse_if_broken(url: str) -> None:
    """Raise Unavailable, with each reason and its fix, if Truebook must not start on this database."""
    broken = [finding for finding in examine(url, queued=False) if not finding.ok and finding.fatal]
    if broken:
        reasons = "\n".join(f"  - {finding.problem}. {finding.fix}" for finding in broken)
        raise Unavailable(
            f"Truebook does not start on this database:\n{reasons}", findings=[finding.name for finding in broken]
        )


def _examine(
    connection: psycopg.Connection, url: str, queues: tuple[Check, ...], tenant: str | None, listens: str | None
) -> Iterator[Finding]:
    version = connection.info.parameter_status("server_version") or "?"
    yield judge(f"PostgreSQL {version.split()[0]}", None, "")
    own = pooler.direct(connection, url)
    yield own if not own.ok or listens in (None, url) else _listens(listens)
    if not own.ok:
        return  # what follows sets things on the connection, which would be somebody else's then
    yield from (_run(check, connection) for check in SERVER)
    ledger = [_run(check, connection) for check in LEDGER]
    yield from ledger
    if not all(finding.ok for finding in ledger):
        return  # what follows would only say the same again
    yield from (_run(check, connection) for check in SCHEMA)
    if tenant is not None:
        one = account(connection, tenant)
        yield canary(connection, one)
        yield business.services(connection, one)
        yield business.opening_hours(connection, one)
    yield from (_run(check, connection) for check in queues)


def _listens(url: str) -> Finding:
    with connect(url) as connection:
        return pooler.direct(connection, url)


def _run(check: Check, connection: psycopg.Connection) -> Finding:
    """Run a check; one that the database does not let finish has found something out as well."""
    try:
        return check(connection)
    except psycopg.Error as error:
        if connection.closed:
            raise Unavailable("The connection to the database was lost during the checkup. Try again.") from error
        said = error.diag.message_primary or str(error)
        return judge(
            check.__name__.replace("_", " "), f"this could not be looked at: {said}", "See the other findings."
        )
