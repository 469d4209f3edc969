"""The wheel, installed by somebody who has no checkout: everything it needs at run time is in it."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import httpx2
import pytest

from tests.test_newcomer import SLOW, free_port, ready

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The programs of a new environment that holds the wheel, and finds the locked packages where they lie."""
    wheels, place = tmp_path / "wheels", tmp_path / "environment"
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
    subprocess.run([sys.executable, "-m", "pip", *build], check=True, cwd=tmp_path)
    venv.create(place, with_pip=False)
    packages = next(place.glob("lib/python*/site-packages"))
    install = ("--python", str(place / "bin/python"), "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run([sys.executable, "-m", "pip", *install, *wheels.iterdir()], check=True, cwd=tmp_path)
    (packages / "locked.pth").write_text(sysconfig.get_paths()["purelib"])  # whose own .pth files are not followed
    return place / "bin"


def test_the_wheel_opens_a_desk_from_any_folder(elsewhere: Path, database: str, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        "PATH": f"{elsewhere}:{os.environ['PATH']}", "TRUEBOOK_DATA": str(tmp_path / "data"),
        "TRUEBOOK_PORT": str(port), "DATABASE_URL": database,
    }  # fmt: skip

    def called(*words: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["truebook", *words], cwd=tmp_path, env=environment, input=said, capture_output=True, text=True, timeout=SLOW,
            check=False,
        )  # fmt: skip

    where = subprocess.run(
        [elsewhere / "python", "-c", "import truebook; print(truebook.__file__)"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(elsewhere.parent)), where.stdout
    assert called("--version").stdout.startswith("Truebook 0.")
    with subprocess.Popen(
        ["truebook", "up"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as desk:
        try:
            ready(f"http://127.0.0.1:{port}", desk)
            for page in ("/", "/docs", "/docs/swagger-ui-bundle.js", "/salon-lina", "/sign-in"):
                assert httpx2.get(f"http://127.0.0.1:{port}{page}", follow_redirects=True).status_code == 200, page
            talk = called("chat", "--name", "Carla", said="ein Haarschnitt morgen um drei, bitte\n")
            assert (talk.returncode, "desk  " in talk.stdout) == (0, True), talk.stderr
        finally:
            desk.terminate()
            told, _ = desk.communicate(timeout=SLOW)
    assert desk.returncode == 0
    assert "    truebook chat" in told and ".venv" not in told, told
