"""The quick look for /readyz: one round trip each time, and the whole checkup now and then, beside the requests."""

import asyncio
import time
from weakref import WeakKeyDictionary

import psycopg

from truebook.db.database import Database
from truebook.db.health.checkup import examine
from truebook.db.health.finding import Finding, judge
from truebook.db.migrations import ledger
from truebook.db.transaction import Scope
from truebook.kernel.errors import Unavailable

FRESH = 15.0
"""Seconds for which the whole checkup's outcome is taken for true."""
QUICK = "SELECT version_num, current_setting('transaction_read_only') = 'on' FROM truebook.alembic_version"
HEALTH = Scope(None, "health")


class Readiness:
    """What is known of one process's database."""

    def __init__(self, db: Database) -> None:
        self._url = db.direct
        self._known: list[Finding] = []
        self._looked_at: float | None = None
        self._looking: asyncio.Task[None] | None = None

    async def problems(self, db: Database) -> list[Finding]:
        """Return the fatal findings: of a look that is taken now, and of the last checkup."""
        now = await _look(db)
        if now:
            return now
        if self._looked_at is None or time.monotonic() - self._looked_at > FRESH:
            self._looking = self._looking or asyncio.create_task(self._check_up())
        if self._looked_at is None and self._looking:
            await asyncio.shield(self._looking)
        return self._known

    async def _check_up(self) -> None:
        try:
            findings = await asyncio.to_thread(examine, self._url, queued=False)
            self._known = [finding for finding in findings if not finding.ok and finding.fatal]
        except Unavailable as error:
            self._known = [judge("database", error.message, "")]
        finally:
            self._looked_at, self._looking = time.monotonic(), None


async def ready(db: Database) -> list[Finding]:
    """Return what keeps this process from working, empty when it is ready.

    Takes one round trip; what needs longer is remembered for 15 seconds and refreshed beside the requests.
    """
    return await _READINESS.setdefault(db, Readiness(db)).problems(db)


_READINESS: WeakKeyDictionary[Database, Readiness] = WeakKeyDictionary()


async def _look(db: Database) -> list[Finding]:
    """Ask the database, in one round trip, whether it answers, can be written to and has the right schema."""
    try:
        row = await db.glance(HEALTH, QUICK, {})
    except Unavailable as error:
        return [judge("database", error.message, "Is PostgreSQL running?")]
    except psycopg.Error as error:
        return [judge("database", error.diag.message_primary or str(error), "Run: truebook doctor")]
    revision, read_only = row or (None, False)
    found = (
        judge("writable", "the database accepts no changes" if read_only else None, "Is DATABASE_URL the primary?"),
        judge("migrations", f"the schema is at {revision}" if revision != ledger.head() else None, "truebook migrate"),
    )
    return [finding for finding in found if not finding.ok]
