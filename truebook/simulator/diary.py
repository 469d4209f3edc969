"""What happened in the simulator, written down as it happens: one that was killed goes on where it was.

A line is written before anybody is told of what it says; so whatever was answered stands in it.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from truebook.kernel import clock

Json = dict[str, Any]


@dataclass
class Diary:
    """A file with a JSON object a line: `what` happened, `at` which moment, and whatever belongs to it."""

    path: Path
    _file: int = field(init=False)

    def __post_init__(self) -> None:
        self._file = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def note(self, what: str, **facts: Any) -> None:
        """Write a line; the system has it before this returns, so that nothing but its own end can lose it."""
        line = json.dumps({"what": what, "at": clock.now().isoformat(), **facts}, default=_plain)
        os.write(self._file, line.encode() + b"\n")


def entries(path: Path) -> Iterator[Json]:
    """Return what stands in a diary; a last line that was cut off is none."""
    if path.exists():
        for line in path.read_bytes().split(b"\n")[:-1]:
            yield json.loads(line)


def _plain(value: Any) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()
