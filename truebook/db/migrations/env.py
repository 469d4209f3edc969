"""Alembic's entry: one transaction per revision, on the connection that `migrate` hands over."""

from alembic import context

SETTINGS = {"version_table_schema": "truebook", "transaction_per_migration": True}

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", as_sql=True, **SETTINGS)  # type: ignore[arg-type]
else:
    context.configure(connection=context.config.attributes["connection"], **SETTINGS)  # type: ignore[arg-type]

with context.begin_transaction():
    context.run_migrations()
