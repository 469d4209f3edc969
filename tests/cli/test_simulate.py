"""The simulated WhatsApp is asked by the desk before it has finished starting."""

import socket

import pytest

from truebook.cli import simulate

pytestmark = pytest.mark.unit


def test_whoever_asks_before_the_server_runs_waits_and_is_not_turned_away() -> None:
    with simulate.listening(0) as listener, socket.create_connection(listener.getsockname(), timeout=5) as asking:
        asking.sendall(b"GET / HTTP/1.1\r\n\r\n")
        served, _ = listener.accept()
        with served:
            assert served.recv(3) == b"GET"
