"""Writing down what was learned, small: weights in one byte, the faint ones left out."""

from pathlib import Path

import numpy as np

from training.fit import Learned
from training.held_back import Calibration
from truebook.language.acts import ACTS
from truebook.language.acts import weights as stored

_LARGEST = 127
_FAINT = 3  # of 127: what is smaller is left out


def folder() -> Path:
    """Return where the weights lie."""
    return Path(stored.__file__).parent / stored.FOLDER


def written(learned: Learned, calibration: Calibration, learned_from: str) -> bytes:
    """Return the bytes of a weights file; learned_from says what it was learned from."""
    table = learned.weights()
    step = max(float(np.abs(row).max()) for row in table.values()) / _LARGEST
    kept: dict[int, dict[int, int]] = {}
    for feature, row in table.items():
        whole = np.rint(row / step).astype(int)
        strong = {int(act): int(whole[act]) for act in np.flatnonzero(np.abs(whole) >= _FAINT)}
        if strong:
            kept[feature] = strong
    head = {
        "acts": list(ACTS),
        "bend": calibration.bend,
        "learned_from": learned_from,
        "offsets": [round(float(offset), 3) for offset in calibration.offsets],
        "scale": float(f"{calibration.slope * step:.6g}"),
    }
    return stored.packed(head, kept)
