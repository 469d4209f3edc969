"""The command line: up, chat, serve, work, migrate, doctor, info, audit, import."""

import typer

from truebook.cli.audit import audit
from truebook.kernel import log

app = typer.Typer(
    name="truebook",
    help="The appointment desk that never lies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def root() -> None:
    """The appointment desk that never lies."""
    log.configure(level="WARNING")


app.command()(audit)


def main() -> None:
    """Run the command line."""
    app()
