"""How a revision runs its hand-written SQL: as it stands, on the real connection, or printed for `--sql`."""

import re
from pathlib import Path

from alembic import context, op

PIECE = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|;|[^-/'"$;]+|.""", re.DOTALL
)


def script(revision_file: str, *, suffix: str = ".sql") -> str:
    """Return the SQL that lies beside a revision file."""
    return Path(revision_file).with_suffix(suffix).read_text(encoding="utf-8")


def run(sql: str) -> None:
    """Run statements without any parameter syntax in between, or print them when only the script is wanted.

    One by one: the coordinator of a cluster hands on the text that it got, and the others take one statement each.
    """
    if context.is_offline_mode():
        context.get_context().impl.static_output(sql.rstrip().removesuffix(";") + ";")
        return
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    for statement in statements(sql):
        connection.execute(statement)


def statements(sql: str) -> list[str]:
    """Return the statements of a script, each with the comments before it; none for what is comments only."""
    found, is_empty = [""], True
    for piece in (match[0] for match in PIECE.finditer(sql)):
        if piece == ";":
            found.append("")
            is_empty = True
        else:
            found[-1] += piece
            is_empty = is_empty and (piece.isspace() or piece.startswith(("--", "/*")))
    return found[:-1] if is_empty else found
