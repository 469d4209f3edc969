"""Where the commands write: results to standard output, progress and errors to standard error."""

import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from truebook.kernel.shown import visible


def out(line: str | Text = "") -> None:
    """Write a line of a command's result."""
    Console(highlight=False, soft_wrap=True).print(line, markup=False)


def tell(line: str) -> None:
    """Tell what takes a moment, or what went wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(line, markup=False)


def plain(text: str) -> str:
    """Return other people's text for a line with markup: it is no markup, and does nothing to the terminal."""
    return escape(visible(text))


def raw(text: str) -> None:
    """Write text for a program to read, as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()


def called() -> str:
    """Return how people call this program here: by its name where that is found, else by the path they used."""
    own = Path(sys.argv[0])
    if shutil.which("truebook") or own.name != "truebook":
        return "truebook"
    return str(own.relative_to(Path.cwd()) if own.is_relative_to(Path.cwd()) else own)
