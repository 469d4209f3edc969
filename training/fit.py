"""Learning: one ridge regression per act over the features of the examples, all at once.

It is solved over the examples instead of the features, by one inverse of the matrix of how alike each two examples
are: a few seconds a language, and the same numbers every time.
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
    columns: dict[int, list[tuple[int, float]]] = {}
    for at, row in enumerate(rows):
        for feature, value in row.items():
            columns.setdefault(feature, []).append((at, value))
    places = {feature: np.array([at for at, _ in column]) for feature, column in columns.items()}
    values = {feature: np.array([value for _, value in column]) for feature, column in columns.items()}
    found = np.zeros((len(rows), len(rows)))
    for at, row in enumerate(rows):
        shared = np.concatenate([values[feature] * value for feature, value in row.items()])
        found[at] = np.bincount(np.concatenate([places[feature] for feature in row]), shared, len(rows))
    return found


def inverse(rows: Sequence[Row]) -> Matrix:
    """Return the matrix that turns the acts wanted of each row into how much each row counts for each act."""
    return np.asarray(np.linalg.inv(alike(rows) + PENALTY * np.eye(len(rows))), dtype=np.float64)
