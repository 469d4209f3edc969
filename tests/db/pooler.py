"""PgBouncer in transaction mode, with few connections to the server: what is left on one is another's a moment later."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest

from tests.postgres import data_folder

PROGRAM = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
CONFIGURATION = """
[databases]
* = host={host} port={port} user={user}{password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listens}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
server_reset_query =
server_login_retry = 1
logfile = {folder}/log
pidfile = {folder}/pid
"""


@contextmanager
def pooled(url: str, *, size: int = 4) -> Iterator[str]:
    """Lend the URL of the same database through a pooler; skip the test where there is none."""
    if not Path(PROGRAM).exists():
        pytest.skip("there is no PgBouncer on this machine (Debian: apt-get install pgbouncer)")
    with data_folder() as folder, socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        listens = port.getsockname()[1]
        port.close()
        parts = urlsplit(url)
        host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
        file = folder / "pgbouncer.ini"
        password = f" password={parts.password}" if parts.password else ""
        where = {"host": host, "port": parts.port or parse_qs(parts.query).get("port", ["5432"])[0]}
        who = {"user": parts.username, "password": password}
        file.write_text(CONFIGURATION.format(**where, **who, listens=listens, size=size, folder=folder))
        process = subprocess.Popen([PROGRAM, "-q", file], **_as_owner(folder, host))
        try:
            pooled_url = f"postgresql://{quote(parts.username or '')}@127.0.0.1:{listens}{parts.path}"
            _wait(pooled_url, process)
            yield pooled_url
        finally:
            process.terminate()
            process.wait()


def _as_owner(folder: Path, host: str) -> dict[str, int]:
    """Return as whom the pooler runs: it refuses root, and must reach the server's socket."""
    if os.geteuid():
        return {}
    owner = Path(host).stat().st_uid if host.startswith("/") else pwd.getpwnam("nobody").pw_uid
    os.chown(folder, owner, -1)
    return {"user": owner}


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, "the pooler has ended"
            time.sleep(0.02)
    raise AssertionError("the pooler does not answer")
