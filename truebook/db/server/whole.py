"""Folders that are there whole or not at all, however the process that makes them ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_whole(place: Path) -> Iterator[Path]:
    """Lend an empty folder beside place that becomes place when the block ends well; remove what crashes left."""
    prefix = f"{place.name}.new-"
    for left_over in place.parent.glob(f"{prefix}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=prefix, dir=place.parent))
    try:
        yield new
        new.rename(place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    persist(place.parent)


def persist(folder: Path) -> None:
    """Make sure that the names in folder survive a power cut."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
