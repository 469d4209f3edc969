"""One logistic regression per act, all at once, with a penalty on long weights.

It is solved over the examples instead of the features (the kernel is the matrix of how alike two examples are), with
a fixed number of accelerated gradient steps: a second or two a language, and the same numbers every time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.examples import Example
from truebook.language.acts import ACTS
from truebook.language.acts.features import features

PENALTY = 0.005
STEPS = 200

Matrix = NDArray[np.float64]
Row = Mapping[int, float]


@dataclass(frozen=True)
class Fitted:
    """What was learned: how much each example counts for each act, and the examples themselves."""

    rows: Sequence[Row]
    parts: Matrix  # examples x acts
    bias: Matrix

    def weights(self) -> dict[int, Matrix]:
        """Return the weights of each feature, one an act."""
        table: dict[int, Matrix] = {}
        for row, part in zip(self.rows, self.parts, strict=True):
            for feature, value in row.items():
                table[feature] = table.get(feature, 0.0) + value * part
        return table

    def scores(self, rows: Sequence[Row]) -> Matrix:
        """Return the score of each row for each act."""
        return alike(rows, self.rows) @ self.parts + self.bias


def rows_of(examples: Sequence[Example]) -> list[Row]:
    """Return the features of each example."""
    return [features(example.text, example.after) for example in examples]


def answers(examples: Sequence[Example]) -> Matrix:
    """Return 1 where an example does an act, else 0."""
    return np.array([[float(act in example.acts) for act in ACTS] for example in examples])


def alike(these: Sequence[Row], those: Sequence[Row]) -> Matrix:
    """Return the inner product of each of these with each of those."""
    found = np.zeros((len(these), len(those)))
    left, right = _columns(these), _columns(those)
    for feature in sorted(left.keys() & right.keys()):
        (rows, values), (others, their_values) = left[feature], right[feature]
        found[np.ix_(rows, others)] += np.outer(values, their_values)
    return found


def _columns(rows: Sequence[Row]) -> dict[int, tuple[list[int], list[float]]]:
    """Return, for each feature, which rows have it and how much of it."""
    columns: dict[int, tuple[list[int], list[float]]] = {}
    for at, row in enumerate(rows):
        for feature, value in row.items():
            places, values = columns.setdefault(feature, ([], []))
            places.append(at)
            values.append(value)
    return columns


def fit(rows: Sequence[Row], wanted: Matrix, kernel: Matrix | None = None) -> Fitted:
    """Return what rows teach about the wanted acts."""
    kernel = alike(rows, rows) if kernel is None else kernel
    rate = wanted.mean(axis=0).clip(1e-3, 0.5)
    bias = np.log(rate / (1 - rate))
    step = 1 / (np.linalg.norm(kernel, 2) / 4 + PENALTY)
    parts = ahead = np.zeros_like(wanted)
    pace = 1.0
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(-(kernel @ ahead + bias))) - wanted
        moved = ahead - step * (wrong + PENALTY * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - parts)
        parts, pace = moved, faster
    return Fitted(rows, parts, bias)
