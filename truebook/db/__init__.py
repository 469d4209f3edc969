"""PostgreSQL: the embedded server, the pool, the one way to open a transaction, migrations and health."""

from truebook.db.transaction import Answer, CommitUnknown, Database, NotCommitted, Scope, Transaction

__all__ = ["Answer", "CommitUnknown", "Database", "NotCommitted", "Scope", "Transaction"]
