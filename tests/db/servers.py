"""Servers of a version of the test's choice."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from tests.postgres import data_folder, fast_place
from truebook.db import server
from truebook.db.server import Server, binaries, cluster, home
from truebook.db.server.starting import NOTHING


@contextmanager
def served_by(major: int, settings: Mapping[str, str] = NOTHING) -> Iterator[Server]:
    """Run a server of a major version; skip the test where this machine has none."""
    found = [f for place in binaries.folders() if (f := binaries.inspect(place)) and f.major == major]
    if not found:
        pytest.skip(f"there is no PostgreSQL {major} on this machine (Debian: apt-get install postgresql)")
    with data_folder(fast_place()) as data:
        cluster.make(home.cluster_of(data), found[0], home.settle(data), fsync=False)
        with server.start(data, fsync=False, settings=settings) as running:
            yield running
