"""Control signs: they have no shape, and mean something to terminals and files, so no text is kept with them.

Source: Unicode 16, general categories Cc (C0, DEL, C1), Zl, Zp. Signs of direction are text: names have them.
"""

import re

LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""A pattern for text of several lines: of the control signs it may hold tab, line feed and carriage return."""
LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""A pattern for a line: it holds no control sign."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile("[\t\n\r\u2028\u2029]+")
LOST = "\ufffd"
"""What stands for a sign that could not be kept."""


def control(text: str) -> str | None:
    """Return how the first control sign of a text is called, such as U+001B; None where it has none but line breaks."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def kept(text: str) -> str:
    """Return a text that cannot be refused as it can be kept: without control signs and halves of surrogate pairs."""
    return _CONTROL.sub(LOST, text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def line(text: str) -> str:
    """Return a text in one line: breaks are blanks."""
    return _BREAKS.sub(" ", text)
