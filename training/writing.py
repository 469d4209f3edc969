"""Writing down what was learned, small: weights in one byte, the faint ones left out."""

from pathlib import Path

import numpy as np

from training.fit import Fitted
from truebook.language.acts import ACTS
from truebook.language.acts import weights as stored

_LARGEST = 127
_FAINT = 3  # of 127: what is smaller is left out


def folder() -> Path:
    """Return where the weights lie."""
    return Path(stored.__file__).parent / stored.FOLDER


def written(fitted: Fitted, learned_from: str, slope: float = 1.0, offset: float = 0.0) -> bytes:
    """Return the bytes of a weights file; learned_from says what it was learned from."""
    table = fitted.weights()
    step = max(float(np.abs(row).max()) for row in table.values()) / _LARGEST
    kept: dict[int, dict[int, int]] = {}
    for feature, row in table.items():
        whole = np.rint(row / step).astype(int)
        strong = {int(act): int(whole[act]) for act in np.flatnonzero(np.abs(whole) >= _FAINT)}
        if strong:
            kept[feature] = strong
    head = {
        "acts": list(ACTS),
        "bias": [round(float(b), 4) for b in fitted.bias],
        "learned_from": learned_from,
        "offset": round(offset, 4),
        "slope": round(slope, 4),
        "step": step,
    }
    return stored.packed(head, kept)
