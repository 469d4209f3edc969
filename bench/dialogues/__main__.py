"""Print every score of the language understanding, in one run: `python -m bench.dialogues`.

The scorers and their data live beside the checkout (../shared, or the folder named by TRUEBOOK_SHARED).
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bench.dialogues import scorers

OTHERS = "de,es,pt,fr,it,nl"
NAMES = {
    "de": "German", "es": "Spanish", "pt": "Portuguese", "fr": "French", "it": "Italian", "nl": "Dutch",
}  # fmt: skip
WIDTHS = (44, 7, 7, 9)


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure, and how good it is meant to be; without a target it only informs."""

    measure: str
    count: float
    value: float
    target: float | None = None
    better: Literal["higher", "lower"] = "higher"

    @property
    def reached(self) -> bool:
        """Tell whether the figure is as good as it is meant to be."""
        if self.target is None:
            return True
        return self.value >= self.target if self.better == "higher" else self.value <= self.target


def measured() -> Iterator[tuple[str, list[Row]]]:
    """Yield the title and the rows of each part of the table, as soon as it is measured."""
    yield "Booking dialogues (SGD)", _booking(scorers.booking())
    words = scorers.booking("--no-acts")
    yield "The same, from the assistant's words alone", [Row("joint", words["turns"], words["joint"])]
    star = scorers.star()
    yield "Chats between two people (STAR)", [Row("final state right", star["dialogues"], star["state"], 0.82)]
    yield "Intents (SMCalFlow), F1", _intents(scorers.intents())
    yield "Dates and times, English", [*_english()]
    yield "Dates and times (Recognizers, Duckling)", [*_other_languages()]


def _booking(found: scorers.Figures) -> list[Row]:
    turns, dialogues = found["turns"], found["dialogues"]
    return [
        Row("joint: provider, day and time right", turns, found["joint"], 0.96),
        Row("joint on turns that change them", turns, found["changed"], 0.92),
        Row("final booking exact", dialogues, found["final"], 0.97),
        Row("wrong bookings", dialogues, found["wrong"], 0.003, "lower"),
        Row("milliseconds a turn", turns, found["ms"], 5, "lower"),
    ]


def _intents(found: scorers.Figures) -> list[Row]:
    each = [Row(name, found["cases"], f1) for name, f1 in found.items() if name not in ("macro", "cases")]
    return [Row("mean of all", found["cases"], found["macro"], 0.90), *each]


def _english() -> Iterator[Row]:
    for source, name, right, wrong in (
        ("smcalflow", "SMCalFlow", 0.97, None),
        ("sgd", "SGD", None, None),
        ("recognizers", "Recognizers", 0.75, 0.05),
        ("duckling", "Duckling", 0.75, 0.05),
    ):
        yield from _right_and_wrong(name, scorers.datetimes(source)["ALL"], right, wrong)


def _other_languages() -> Iterator[Row]:
    found = scorers.datetimes("recognizers", "duckling", languages=OTHERS)
    for language, name in NAMES.items():
        yield from _right_and_wrong(name, found[language], 0.70, 0.06)
    yield Row("milliseconds a reading", found["ALL"]["cases"], found["ALL"]["ms"], 1, "lower")


def _right_and_wrong(name: str, found: scorers.Figures, right: float | None, wrong: float | None) -> list[Row]:
    return [
        Row(f"{name}: right", found["cases"], found["joint"], right),
        Row(f"{name}: wrong", found["cases"], found["wrong"], wrong, "lower"),
    ]


def line(row: Row) -> str:
    """Return a row as a line of the table; a missed target is marked."""
    sign = "≥" if row.better == "higher" else "≤"
    target = "" if row.target is None else f"{sign} {row.target:.3f}"
    cells = (f"  {row.measure}", f"{row.count:.0f}", f"{row.value:.3f}", target)
    return _aligned(*cells) + ("" if row.reached else "  missed")


def _aligned(first: str, *rest: str) -> str:
    name, *others = WIDTHS
    numbers = (f"{cell:>{width}}" for cell, width in zip(rest, others, strict=True))
    return f"{first:<{name}}{''.join(numbers)}".rstrip()


def main() -> None:
    """Print the table; without the data, say so."""
    if not scorers.present():
        print(f"The scorers are not here: {scorers.shared()} (set TRUEBOOK_SHARED to the folder that holds them).")
        return
    print(_aligned("measure", "cases", "got", "reach"))
    for title, rows in measured():
        print(f"\n{title}", *map(line, rows), sep="\n", flush=True)
    print("\nRecorded customers against the whole desk", flush=True)
    subprocess.run([sys.executable, "-m", "bench.dialogues.replay"], cwd=scorers.ROOT, check=True)


if __name__ == "__main__":
    main()
