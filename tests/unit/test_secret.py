"""The secret that signs links: one for all processes, never empty, never readable by others."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from truebook import desk
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.unit


def test_of_many_that_start_at_once_all_sign_alike(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: desk.links_of(Settings(), tmp_path / "data").secret, range(32)))
    assert len(set(made)) == 1
    assert len(made[0]) > 32
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret"]
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    assert desk.links_of(Settings(secret="given"), tmp_path / "data").secret == b"given"
    assert not (tmp_path / "data").exists()


def test_an_empty_file_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    with pytest.raises(Unavailable, match="is empty"):
        desk.links_of(Settings(), tmp_path)


def test_where_no_secret_can_be_kept_nothing_starts(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="TRUEBOOK_SECRET is not set"):
        desk.links_of(Settings(), tmp_path / "file")
