"""The whole desk as a newcomer meets it: `truebook up`, a chat by pipe, and the appointment over REST and in the database."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest

from tests.postgres import data_folder
from truebook.db import server

pytestmark = pytest.mark.slow
QUIET, LENT = range(10_000, 32_768), set[int]()
CLI = [sys.executable, "-m", "truebook"]
SLOW = 300
"""Seconds after which something hangs: a busy machine is slow, not wrong."""
CARLA = ("--name", "Carla", "--phone", "+43 660 1234567")


@contextmanager
def running(data: Path, port: int, **more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run `truebook up` until the block ends."""
    environment = {**os.environ, "TRUEBOOK_DATA": str(data), "TRUEBOOK_PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    environment |= more
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen([*CLI, "up"], env=environment, **pipes) as desk:
        try:
            ready(f"http://127.0.0.1:{port}", desk)
            yield desk, environment
        finally:
            desk.send_signal(signal.SIGINT)
            desk.communicate(timeout=SLOW)


def ready(url: str, desk: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SLOW
    while time.monotonic() < deadline:
        assert desk.poll() is None, desk.communicate()[0]
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the desk was not ready within {SLOW} s")


def free_port() -> int:
    """Return a port that nobody has, never the same twice.

    It lies below those that the system gives to connections: one of those that somebody leaves for a while, as a process
    that is started anew does, may be taken by a connection meanwhile, or by whoever asks for any port.
    """
    while True:
        port = secrets.choice(QUIET)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in LENT:
                LENT.add(port)
                return port


def calling(info: dict[str, Any]) -> httpx2.Client:
    return httpx2.Client(base_url=info["api"], headers={"Authorization": f"Bearer {info['demo_key']}"}, timeout=SLOW)


def run(environment: dict[str, str], *words: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CLI, *words], env=environment, input=said, capture_output=True, text=True, timeout=SLOW)


def test_a_newcomer_chats_and_finds_the_appointment() -> None:
    port = free_port()
    with data_folder() as data, running(data, port) as (desk, environment):
        info = json.loads(run(environment, "info", "--json").stdout)
        assert (info["running"], info["url"]) == (True, f"http://127.0.0.1:{port}")
        second = run(environment, "up")
        assert (second.returncode, f"Port {port}" in second.stderr) == (2, True)

        other = run({**environment, "TRUEBOOK_PORT": str(free_port())}, "up")
        assert (other.returncode, f"is in use by process {desk.pid} (" in other.stderr) == (2, True)

        said = "a haircut with Anna on Friday at 10, please\n\n" + "x" * 5000 + "\nyes\n"
        talk = run({**environment, "TRUEBOOK_LOG": "INFO"}, "chat", *CARLA, said=said)
        assert talk.returncode == 0, talk.stderr
        assert "Booked ✓ Friday" in talk.stdout
        assert "Not sent: a message has at most 4,096 characters, this one has 5,000." in talk.stdout
        assert '"level": "info"' in talk.stderr
        assert not re.search("Carla|1234567|haircut", talk.stderr)

        with calling(info) as client:
            (appointment,) = client.get("/appointments").json()["items"]
            rest_chat_does_the_same(client)
        assert f"Code {appointment['code']}" in talk.stdout
        assert (appointment["status"], appointment["staff"]["name"]) == ("confirmed", "Anna")
        address = server.running(data)
        assert address is not None
        with psycopg.connect(address.url()) as connection:
            rows = connection.execute("SELECT code, status, customer_name FROM truebook.appointments").fetchall()
            others = (
                "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'truebook' AND pid <> pg_backend_pid()"
            )
            assert connection.execute(others).fetchall() == [("truebook_app",)]  # whom nobody can undo
        assert (appointment["code"], "confirmed", "Carla") in rows
        doctor = run(environment, "doctor", "--tenant", info["demo_account"])
        assert doctor.returncode == 0, doctor.stdout
        os.kill(desk.pid, signal.SIGINT)
        assert desk.wait(SLOW) == 0
        assert json.loads(run(environment, "info", "--json").stdout)["running"] is False


def rest_chat_does_the_same(client: httpx2.Client) -> None:
    """Book in the test chat over REST."""
    session: dict[str, Any] = client.post("/chat/sessions", json={"name": "Dora", "phone": "+43 660 7654321"}).json()
    messages = f"/chat/sessions/{session['id']}/messages"
    first = client.post(messages, json={"text": "a haircut with Ben on Friday at 11"}).json()
    assert (first["status"], first["buttons"]) == ("answered", ["Yes", "Another time"])
    second = client.post(messages, json={"text": "yes please"}).json()
    assert second["text"].startswith("Booked ✓")
    assert second["tools"] == ["bookAppointment"]
    assert [one["role"] for one in client.get(messages).json()["items"]] == ["user", "assistant"] * 2
    booked = client.get("/appointments").json()["items"]
    assert "+436607654321" in [one["customer"]["phone"] for one in booked]


def test_killed_without_warning_nothing_is_left_behind_and_nothing_is_lost() -> None:
    port = free_port()
    with data_folder() as data:
        with running(data, port) as (desk, environment):
            run(environment, "chat", "--name", "Carla", said="a haircut with Anna on Friday at 10, please\nyes\n")
            desk.kill()
            desk.wait(SLOW)
            deadline = time.monotonic() + SLOW
            while server.running(data) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert server.running(data) is None
        with running(data, port) as (_, environment):
            info = json.loads(run(environment, "info", "--json").stdout)
            with calling(info) as client:
                assert [one["status"] for one in client.get("/appointments").json()["items"]] == ["confirmed"]


def test_in_production_no_demo_is_opened_and_no_figure_is_shown(database: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with data_folder() as data, running(data, port, DATABASE_URL=database, TRUEBOOK_PRODUCTION="yes") as (desk, told):
        info = json.loads(run(told, "info", "--json").stdout)
        assert info["running"] and "demo_key" not in info
        assert httpx2.get(f"{url}/metrics").status_code == 401
        assert httpx2.get(info["set_up"]).status_code == 200
        with psycopg.connect(database) as connection:
            assert connection.execute("SELECT count(*) FROM truebook.accounts").fetchone() == (0,)
    assert desk.stdout is not None and desk.returncode == 0
