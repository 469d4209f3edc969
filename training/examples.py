"""The examples that the acts are learned from: one plain file a language, one example a line.

text ⟶ act, act:topic | after: what the desk had said | by: writer
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from truebook.language.acts import ACTS, AFTER, After
from truebook.language.acts.features import features

FOLDER = Path(__file__).resolve().parents[1] / "truebook" / "language" / "examples"
VALUES = frozenset(
    "day time window span length count place service staff name phone email code".split()
)  # fmt: skip

_PROBES = ("Ok, {day} then?", "näher am Büro, wenn's geht 👍", "somewhat longer than anything that anybody ever wrote")
_LINE = re.compile(r"(?P<text>.+?) ⟶ (?P<acts>[^|]+?) \| after: (?P<after>\w+) \| by: (?P<by>\w+)")
_VALUE = re.compile(r"\{(\w*)\}?")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence, what it does, what the desk had said before it, and who wrote it."""

    text: str
    acts: tuple[str, ...]
    after: After
    by: str


def read_file(language: str) -> list[Example]:
    """Return the examples of a language; ValueError names the first line that is not one."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [_parsed(line, f"{language}.txt:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _parsed(line: str, place: str) -> Example:
    try:
        return parsed(line)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def parsed(line: str) -> Example:
    """Return the example that a line holds; ValueError says what is wrong with it."""
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"not 'text ⟶ acts | after: state | by: writer': {line}")
    acts = tuple(act.strip() for act in found["acts"].split(","))
    _known("act", acts, ACTS)
    _known("state", (found["after"],), AFTER)
    _known("value", _VALUE.findall(found["text"]), VALUES)
    return Example(found["text"], acts, cast(After, found["after"]), found["by"])


def _known(what: str, given: Sequence[str], known: Sequence[str] | frozenset[str]) -> None:
    for one in given:
        if one not in known:
            raise ValueError(f"no such {what}: {one}")


def digest(language: str) -> str:
    """Return the fingerprint of all that the weights of a language are made of: examples, acts and features."""
    seen = [sorted(features(example, "offer").items()) for example in _PROBES]
    told = (FOLDER / f"{language}.txt").read_bytes() + repr((ACTS, seen)).encode()
    return sha256(told).hexdigest()
