"""PostgreSQL: the embedded server, the pool, the one way to open a transaction, migrations and health."""

from truebook.db.transaction import CommitUnknown, Database, NotCommitted, Scope, Transaction

__all__ = ["CommitUnknown", "Database", "NotCommitted", "Scope", "Transaction"]
