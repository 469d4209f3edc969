"""How much memory the embedded server may take."""

from pathlib import Path

import pytest

from truebook.db.server import settings

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("megabytes", "expected"), [(100, "64MB"), (512, "128MB"), (1024, "256MB"), (2048, "512MB"), (65536, "512MB")]
)
def test_a_quarter_of_memory_within_reason(megabytes: int, expected: str) -> None:
    assert settings.buffers(megabytes * 2**20) == expected


def test_a_container_s_limit_counts(tmp_path: Path) -> None:
    machine = settings.memory(tmp_path / "missing")
    limit = tmp_path / "memory.max"
    for said, expected in (("max\n", machine), (f"{2**28}\n", 2**28), (f"{2**60}\n", machine)):
        limit.write_text(said)
        assert settings.memory(limit) == expected
