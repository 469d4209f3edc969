"""The commands of `truebook`, one file each."""

import sys

import typer

from truebook.cli.commands import Commands
from truebook.cli.terminal import tell
from truebook.kernel import log, settings
from truebook.kernel.errors import Fact

app = typer.Typer(
    name="truebook",
    cls=Commands,
    help="The appointment desk that never lies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def root() -> None:
    """The appointment desk that never lies."""
    log.configure(level=settings.read().log_level)


def main() -> None:
    """Run the command line. What is so and cannot be helped here is said in one line: no traceback, exit code 2."""
    try:
        app()
    except Fact as fact:
        tell(f"truebook: {fact.message}")
        sys.exit(2)
