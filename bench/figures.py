"""A figure: what was measured, what came out, and what should."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `reached` is None for a figure that is only told."""

    name: str
    measured: str
    target: str = ""
    reached: bool | None = None


def middle(values: list[float]) -> float:
    """Return the median of the rounds."""
    return median(values)


def percentile(values: list[float], percent: float) -> float:
    """Return the value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def table(figures: list[Figure]) -> str:
    """Return figures as a table in plain text, which is a table in Markdown too."""
    said = {True: "yes", False: "no", None: ""}
    head = ("figure", "measured", "target", "reached")
    rows = [head, *((one.name, one.measured, one.target, said[one.reached]) for one in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    lines.insert(1, f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    return "\n".join(lines)
