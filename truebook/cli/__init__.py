"""The command line: up, chat, serve, work, migrate, doctor, info, audit, import."""

import sys

import typer

from truebook.cli import audit, chat, doctor, info, legacy, migrate, serve, up
from truebook.cli.terminal import tell
from truebook.kernel import log
from truebook.kernel.errors import Fact

app = typer.Typer(
    name="truebook",
    help="The appointment desk that never lies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (up.up, chat.chat, serve.serve, serve.work, migrate.migrate, doctor.doctor, info.info, audit.audit):
    app.command()(command)
app.add_typer(legacy.app, name="import")


@app.callback()
def root() -> None:
    """The appointment desk that never lies."""
    log.configure(level="WARNING")


def main() -> None:
    """Run the command line. What is so and cannot be helped here is said in one line: no traceback, exit code 2."""
    try:
        app()
    except Fact as fact:
        tell(f"truebook: {fact.message}")
        sys.exit(2)
