"""The command line: what there is stands in `commands`."""

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from truebook.cli import failures
from truebook.cli.commands import Commands
from truebook.cli.terminal import out, tell
from truebook.kernel import log, settings, traces

app = typer.Typer(
    name="truebook",
    cls=Commands,
    help="The appointment desk that never lies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(asked: bool) -> None:
    if asked:
        out(f"Truebook {version('truebook')}")
        raise typer.Exit


@app.callback()
def root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """The appointment desk that never lies."""
    chosen = settings.read()
    log.configure(level=chosen.log_level, json=chosen.log_json)
    if lacking := traces.begin(os.environ):
        log.get(__name__).warning(lacking)


def main() -> None:
    """Run the command line. What is so and cannot be helped here is said in one line: no traceback, exit code 2."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever started this has closed it
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115
    try:
        app()
    except Exception as error:
        if (said := failures.sentence(error)) is None:
            raise
        tell(f"truebook: {said}")
        sys.exit(2)
