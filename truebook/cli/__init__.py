"""The command line: up, chat, serve, work, migrate, doctor, info, audit, import."""

import typer

from truebook.cli import legacy
from truebook.kernel import log

app = typer.Typer(
    name="truebook",
    help="The appointment desk that never lies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(legacy.app, name="import")


@app.callback()
def root() -> None:
    """The appointment desk that never lies."""
    log.configure(level="WARNING")


def main() -> None:
    """Run the command line."""
    app()
