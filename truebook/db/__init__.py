"""PostgreSQL: the embedded server, the pool, the one way to open a transaction, migrations and health."""
