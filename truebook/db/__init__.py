"""PostgreSQL: the embedded server, the pool, the tenant's transaction, the schema and its health."""
