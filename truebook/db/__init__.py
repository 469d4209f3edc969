"""PostgreSQL: the embedded server, the pool, the one way to open a transaction, migrations and health."""

from truebook.db.database import Database
from truebook.db.ending import CommitUnknown, NotCommitted
from truebook.db.steps import Steps
from truebook.db.transaction import Answer, Claim, Claimed, Scope, Transaction

__all__ = ["Answer", "Claim", "Claimed", "CommitUnknown", "Database", "NotCommitted", "Scope", "Steps", "Transaction"]
