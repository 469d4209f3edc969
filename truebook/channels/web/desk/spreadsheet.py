"""Tables for spreadsheets: CSV in which no cell is taken for a formula, whatever somebody is called."""

import csv
import io
from collections.abc import Iterable, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a cell a formula where it comes first; the wide ones are read as the plain ones by some programs."""


def table(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180), with a mark by which spreadsheets know that it is UTF-8."""
    kept = io.StringIO()
    kept.write("\ufeff")
    writer = csv.writer(kept, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return kept.getvalue()


def cell(value: object) -> str:
    """Return a value as it may stand in a cell: numbers as they are, a text that looks like a formula as a text."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text
