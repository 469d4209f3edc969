"""Learning: one ridge regression per act over the features of the examples, all at once.

It is solved over the examples instead of the features (the kernel is the matrix of how alike two examples are): one
system of linear equations, a second or two a language, and the same numbers every time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.examples import Example
from truebook.language.acts import ACTS
from truebook.language.acts.features import features

PENALTY = 0.2

Matrix = NDArray[np.float64]
Row = Mapping[int, float]


@dataclass(frozen=True)
class Learned:
    """What was learned: how much each example counts for each act, and the examples themselves."""

    rows: Sequence[Row]
    parts: Matrix  # examples x acts

    def weights(self) -> dict[int, Matrix]:
        """Return the weights of each feature, one an act."""
        table: dict[int, Matrix] = {}
        for row, part in zip(self.rows, self.parts, strict=True):
            for feature, value in row.items():
                table[feature] = table.get(feature, 0.0) + value * part
        return table


def rows_of(examples: Sequence[Example]) -> list[Row]:
    """Return the features of each example."""
    return [features(example.text, example.after) for example in examples]


def answers(examples: Sequence[Example]) -> Matrix:
    """Return 1 where an example does an act, else 0."""
    return np.array([[float(act in example.acts) for act in ACTS] for example in examples])


def alike(rows: Sequence[Row]) -> Matrix:
    """Return the inner product of each two rows."""
    found = np.zeros((len(rows), len(rows)))
    columns: dict[int, tuple[list[int], list[float]]] = {}
    for at, row in enumerate(rows):
        for feature, value in row.items():
            places, values = columns.setdefault(feature, ([], []))
            places.append(at)
            values.append(value)
    for places, values in columns.values():
        if len(places) == 1:
            found[places[0], places[0]] += values[0] ** 2
        else:
            found[np.ix_(places, places)] += np.outer(values, values)
    return found


def solved(kernel: Matrix, wanted: Matrix) -> Matrix:
    """Return how much each example counts for each act, so that the wanted acts come out."""
    return np.asarray(np.linalg.solve(kernel + PENALTY * np.eye(len(kernel)), wanted), dtype=np.float64)
