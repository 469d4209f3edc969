"""Writing down what was learned, small: weights in one byte, the faint ones left out."""

import json
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
    return _packed(head, kept)


def _packed(head: Mapping[str, Any], table: Mapping[int, Mapping[int, int]]) -> bytes:
    """Return the bytes of a file: head, and feature → act → weight (-127 to 127)."""
    keys = sorted(table)
    pairs = [sorted(table[key].items()) for key in keys]
    told = json.dumps({**head, "features": len(keys)}, sort_keys=True, ensure_ascii=False)
    parts = (
        _little(array("I", keys)),
        bytes(map(len, pairs)),
        bytes(act for each in pairs for act, _ in each),
        array("b", [value for each in pairs for _, value in each]).tobytes(),
    )
    return b"\n".join((told.encode(), b"".join(parts)))


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
