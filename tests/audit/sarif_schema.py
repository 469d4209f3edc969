"""Where SARIF's official schema comes from: a package of npm's registry that carries it, told apart by its hash."""

import json
import shutil
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
HASH = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"


def official(folder: Path) -> dict[str, Any]:
    """Return the schema of SARIF 2.1.0 as OASIS published it; skip the test where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("SARIF's schema comes as an npm package, and there is no npm here")
    command = [npm, "pack", "--silent", "--fetch-retries=0", PACKAGE]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        pytest.skip("SARIF's schema cannot be had: npm does not answer")
    if done.returncode:
        pytest.skip(f"SARIF's schema cannot be had: npm pack says {done.stderr.strip()[-200:]}")
    with tarfile.open(folder / done.stdout.strip()) as archive:
        member = archive.extractfile(MEMBER)
        text = member.read() if member else b""
    assert sha256(text).hexdigest() == HASH
    schema: dict[str, Any] = json.loads(text)
    return schema
