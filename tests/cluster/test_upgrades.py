"""A cluster is brought up to date, and goes back, as one server does."""

import importlib

import pytest

from tests.cluster.nodes import Nodes, few_shards
from truebook.db import migrations, spreading
from truebook.db.connection import connect

OBSTACLES = importlib.import_module("truebook.db.spreading.obstacles")
FIRST = "0052"
"""The revision that could be spread first."""


def test_each_revision_since_goes_there_and_back(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    with nodes.empty() as url:
        migrations.upgrade(url, FIRST)
        with monkeypatch.context() as older:
            older.setattr(OBSTACLES, "head", lambda: FIRST)
            older.setattr("truebook.db.migrations.promised.missing", lambda _: [])
            assert spreading.distribute(few_shards(url)) > 0
        since = [one for one in migrations.revisions() if one >= FIRST]
        for revision in [*since[1:], *reversed(since[:-1]), since[-1]]:
            (migrations.downgrade if revision < _current(url) else migrations.upgrade)(url, revision)
            assert _current(url) == revision
        with connect(url) as connection:
            assert [one for one in spreading.obstacles(connection) if not one.ok] == []
        assert spreading.distribute(url) == 0


def _current(url: str) -> str:
    with connect(url) as connection:
        return migrations.current(connection) or ""
