"""A throw-away PostgreSQL for tests: on a socket, in a temporary folder, as somebody who is not root."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg


class Server:
    """A running server made of the binaries in a folder; `stop` leaves nothing behind."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.user = "nobody" if os.getuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="tb-pg-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.made = 0
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c max_connections=30"
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder}/log", f"--options={settings}")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), f"--pgdata={self.folder}/data", *arguments]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
        done = subprocess.run(
            command, cwd="/", env=environment, user=self.user, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """Make an empty database and return its address."""
        self.made += 1
        name = f"test_{self.made}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")
        shutil.rmtree(self.folder)
