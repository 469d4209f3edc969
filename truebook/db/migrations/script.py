"""How a revision runs its hand-written SQL: as it stands, on the real connection, or printed for `--sql`."""

from pathlib import Path

from alembic import context, op


def script(revision_file: str, *, suffix: str = ".sql") -> str:
    """Return the SQL that lies beside a revision file."""
    return Path(revision_file).with_suffix(suffix).read_text(encoding="utf-8")


def run(sql: str) -> None:
    """Run statements without any parameter syntax in between, or print them when only the script is wanted."""
    if context.is_offline_mode():
        context.get_context().impl.static_output(sql.rstrip().removesuffix(";") + ";")
        return
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.execute(sql)
