"""Where the commands write: results to standard output, progress and errors to standard error."""

import sys

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
