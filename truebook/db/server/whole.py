"""Folders that are there whole or not at all, however the process that makes them ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".new-"


@contextmanager
def made_whole(place: Path) -> Iterator[Path]:
    """Lend an empty folder beside place that becomes place when the block ends well."""
    new = Path(tempfile.mkdtemp(prefix=f"{place.name}{UNFINISHED}", dir=place.parent))
    try:
        yield new
        new.rename(place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    persist(place.parent)


def sweep(parent: Path) -> None:
    """Remove the unfinished folders that crashes left, or next time if a dying program still writes to them."""
    for left_over in parent.glob(f"*{UNFINISHED}*"):
        shutil.rmtree(left_over, ignore_errors=True)


def persist(folder: Path) -> None:
    """Make sure that the names in folder survive a power cut."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
