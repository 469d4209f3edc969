"""The learned weights of a language, as they lie on disk.

A file is a line of JSON (acts, calibration, what it was learned from) and then three arrays: the hashes of the
features, how many weights each of them has, and the weights, a byte for the act and a signed byte for how much.
"""

import json
import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

FOLDER = "weights"
_LANE = 32  # bits of a row for each act: the sum of some thousands of whole weights has room
_PARTS = 840  # of a feature's weight, which are counted whole


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of one language: feature → (act, weight) pairs, and the calibration of their sums.

    acts: each with its topic, "" where it has none.
    """

    acts: tuple[tuple[str, str], ...]
    offsets: tuple[float, ...]
    scale: float
    bend: float
    starts: Mapping[int, tuple[int, int]]
    acts_of: bytes
    values: Sequence[int]

    def row(self, features: Mapping[int, float]) -> int:
        """Return what features weigh for all acts as one number, a lane of bits an act: rows may be added up."""
        whole, known = 0, self.starts
        for feature, weight in features.items():
            if feature in known:
                whole += _in_parts(weight) * _row(self, feature)
        return whole

    def sums(self, row: int) -> list[float]:
        """Return what a row weighs for each act, in the order of acts."""
        lanes = ((row + self._signs) ^ self._signs).to_bytes(len(self.acts) * _LANE // 8, "little")
        return [lane / _PARTS for lane in struct.unpack(f"<{len(self.acts)}i", lanes)]

    @cached_property
    def _signs(self) -> int:
        return sum(1 << (_LANE * act + _LANE - 1) for act in range(len(self.acts)))

    def scores(self, sums: Sequence[float], length: float) -> list[float]:
        """Return the score of each act: the logarithm of its odds, bent down above even ones (`training/held_back`).

        length: the common measure of the features that were summed up.
        """
        scale = self.scale / length
        odds = (offset + scale * total for offset, total in zip(self.offsets, sums, strict=True))
        return [self.bend * one if one > 0 else one for one in odds]


@lru_cache(maxsize=64)
def _in_parts(weight: float) -> int:
    return round(weight * _PARTS)


@lru_cache(maxsize=1 << 15)
def _row(learned: Weights, feature: int) -> int:
    """Return the row of one feature."""
    start, end = learned.starts[feature]
    pairs = zip(learned.acts_of[start:end], learned.values[start:end], strict=True)
    return sum(value << _LANE * act for act, value in pairs)


@lru_cache
def weights(language: str) -> Weights:
    """Return the weights of a language code; FileNotFoundError where nothing was learned."""
    path = files("truebook.language.acts") / FOLDER / f"{language}.bin"
    return unpacked(path.read_bytes())


def header(data: bytes) -> dict[str, Any]:
    """Return what a file says of itself."""
    head: dict[str, Any] = json.loads(data[: data.index(b"\n")])
    return head


def unpacked(data: bytes) -> Weights:
    """Return the weights that a file holds."""
    head = header(data)
    count = head["features"]
    body = data[data.index(b"\n") + 1 :]
    keys = array("I")
    keys.frombytes(body[: 4 * count])
    if sys.byteorder == "big":
        keys.byteswap()
    lengths = body[4 * count : 5 * count]
    ends = list(accumulate(lengths))
    total = ends[-1] if ends else 0
    rest = body[5 * count :]
    values = array("b")
    values.frombytes(rest[total : 2 * total])
    return Weights(
        acts=tuple((act, topic) for act, _, topic in (name.partition(":") for name in head["acts"])),
        offsets=tuple(head["offsets"]),
        scale=head["scale"],
        bend=head["bend"],
        starts={key: (end - n, end) for key, n, end in zip(keys, lengths, ends, strict=True)},
        acts_of=rest[:total],
        values=values,
    )
