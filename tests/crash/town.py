"""A whole installation in pieces that can be killed: PostgreSQL, two apps, two workers, WhatsApp, and a wire to each.

All of it lives in one folder, so that a run can be ended and gone on with: the cluster, what customers heard
(`customers.jsonl`), and WhatsApp's diary.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx2
import psycopg
import psycopg.conninfo

from tests.crash.whatsapp import IDS, PHONE, SECRET, TOKEN
from tests.desk import Desk, furnish
from tests.fault import Wire, wired
from tests.test_newcomer import free_port
from truebook.db import Database, migrations, server
from truebook.db.server import Server
from truebook.simulator.diary import Diary
from truebook.tenants import access, hours, numbers, telling, vault
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.numbers import Connection
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

ROOT = Path(__file__).parents[2]
LOG = "customers.jsonl"
NAMES = (
    "Agnes", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Karin", "Lukas", "Maria",
    "Nadia", "Oskar", "Paula", "Robert", "Sonja", "Thomas", "Ursula", "Viktor", "Wanda", "Xaver", "Yvonne", "Zoe",
    "Albert", "Bettina", "Cornelia", "Daniel", "Emil",
)  # fmt: skip
QUARTER = 15


@dataclass
class Process:
    """One process of the installation, a session of its own as a service is; it is started anew when it has died."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    root: Path
    place: str
    running: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        errors = open(Path(self.environment["TRUEBOOK_DATA"]) / f"{self.name}.err", "ab")  # noqa: SIM115
        self.running = subprocess.Popen(
            [sys.executable, *self.arguments], cwd=self.root, env=self.environment, stdout=errors, stderr=errors,
            start_new_session=True,
        )  # fmt: skip
        errors.close()

    async def ready(self, patience: float = 120) -> None:
        """Wait until it answers; one that could not start, for want of a database, is started again."""
        async with asyncio.timeout(patience), httpx2.AsyncClient() as http:
            while True:
                if self.running is None or self.running.poll() is not None:
                    await self.start()
                with suppress(httpx2.HTTPError):
                    if (await http.get(self.place, timeout=2)).status_code == 200:
                        return
                await asyncio.sleep(0.1)

    def tell(self, number: signal.Signals) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(number)

    def end(self) -> None:
        if self.running is not None:
            self.tell(signal.SIGCONT)
            self.tell(signal.SIGKILL)
            self.running.wait()

    @property
    def pid(self) -> int:
        assert self.running is not None
        return self.running.pid


@dataclass
class Business:
    """A business as its API clients know it."""

    id: UUID
    key: str
    service: str
    staff: list[str]


@dataclass
class Town:
    """The installation, and what its customers heard."""

    folder: Path
    server: Server
    wires: list[Wire]
    apps: list[Process]
    workers: list[Process]
    whatsapp: Process
    businesses: list[Business]
    log: Diary
    soon: str = ""
    """A start so near that it is about to be reminded of."""
    phones: list[str] = field(default_factory=list)
    """Numbers of people who have written, and so can be reached."""

    @property
    def data(self) -> Path:
        return self.folder

    @property
    def processes(self) -> list[Process]:
        return [*self.apps, *self.workers, self.whatsapp]

    def url_of(self, app: int) -> str:
        return self.apps[app % len(self.apps)].place.removesuffix("/healthz")

    @property
    def simulator(self) -> str:
        return self.whatsapp.place.removesuffix("/open")

    def moved(self, running: Server) -> None:
        """Lead every wire to the server as it runs now."""
        self.server = running
        for wire in self.wires:
            wire.url = running.url("desk")

    async def all_ready(self) -> None:
        await asyncio.gather(*(one.ready() for one in self.processes))


@asynccontextmanager
async def town(folder: Path, root: Path = ROOT, *, sql: str = "", processes: int = 2) -> AsyncIterator[Town]:
    """Lend an installation of the product that lies in `root`; `sql` is what a planted bug does to the database."""
    new = not (folder / "businesses.json").exists()
    running = server.start(folder)
    if new:
        with psycopg.connect(running.url("postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS desk")
            connection.execute("CREATE DATABASE desk")
    migrations.upgrade(running.url("desk"))
    ports = [free_port() for _ in range(1 + 2 * processes)]
    businesses = await _furnished(folder, running.url("desk"), ports[0], new=new)
    if sql:
        with psycopg.connect(running.url("desk"), autocommit=True) as connection:
            connection.execute(sql.encode())
    async with AsyncExitStack() as stack:
        wires, made = [], []
        for number in range(2 * processes):
            through, wire = await stack.enter_async_context(wired(running.url("desk")))
            url = _plain(through)
            wires.append(wire)
            command, port = ("serve", "work")[number // processes], ports[1 + number]
            shared = {
                **{name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ},
                "PYTHONPATH": str(root), "DATABASE_URL": url, "TRUEBOOK_DATA": str(folder), "TRUEBOOK_KEYS": _keys(folder),
                "TRUEBOOK_SECRET": "crash", "TRUEBOOK_RATE": "100000", "PYTHONDONTWRITEBYTECODE": "1",
                "TRUEBOOK_LOG": "ERROR",
            }  # fmt: skip
            own = {"TRUEBOOK_PORT": str(port)} if command == "serve" else {"TRUEBOOK_WATCH": f"127.0.0.1:{port}"}
            place = f"http://127.0.0.1:{port}/healthz"
            arguments = ["-m", "truebook", command]
            made.append(Process(f"{command}-{number}", arguments, {**shared, **own}, root, place))
        arguments = ["-m", "tests.crash.whatsapp", str(folder), str(ports[0])]
        plain = {**made[0].environment, "PYTHONPATH": str(ROOT)}
        phone = Process("whatsapp", arguments, plain, ROOT, f"http://127.0.0.1:{ports[0]}/open")
        lent = Town(
            folder, running, wires, made[:processes], made[processes:], phone, businesses,
            Diary(folder / LOG),
        )  # fmt: skip
        _address(folder, lent)
        try:
            await lent.all_ready()
            yield lent
        finally:
            for one in lent.processes:
                one.end()
            lent.server.stop()


def _plain(conninfo: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(conninfo)
    return f"postgresql://{parts.get('user')}@{parts['host']}:{parts['port']}/{parts['dbname']}?sslmode=disable"


def _keys(folder: Path) -> str:
    path = folder / "vault.key"
    if not path.exists():
        path.write_text(vault.made())
    return path.read_text()


def _address(folder: Path, lent: Town) -> None:
    """Tell WhatsApp where its webhooks go: to one app and the other in turn."""
    hook = json.loads((folder / "businesses.json").read_text())["hook"]
    places = [f"{lent.url_of(number)}/webhooks/whatsapp/{hook}" for number in range(len(lent.apps))]
    (folder / "webhooks.json").write_text(json.dumps(places))


async def _furnished(folder: Path, url: str, port: int, *, new: bool) -> list[Business]:
    """Open two businesses, the first with a number at WhatsApp; or come back to those of an earlier piece."""
    async with Database(url, size=4) as db:
        path = folder / "businesses.json"
        if new:
            made = [await _business(db, slug) for slug in ("salon-alice", "praxis-charlie")]
            graph = f"http://127.0.0.1:{port}"
            connection = Connection(*IDS, TOKEN, SECRET, PHONE, graph)
            number = await numbers.connect(db, made[0].scope, vault.read(_keys(folder)), connection)
            keys = [await access.issue(db, one.scope, "crash") for one in made]
            kept = [
                {"id": str(one.account), "key": key, "service": str(one.services["Haircut"]),
                 "staff": [str(who) for who in one.staff.values()]}
                for one, key in zip(made, keys, strict=True)
            ]  # fmt: skip
            path.write_text(json.dumps({"hook": number.hook, "businesses": kept}))
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("UPDATE truebook.whatsapp_numbers SET graph_url = %s", (f"http://127.0.0.1:{port}",))
        kept = json.loads(path.read_text())["businesses"]
        return [Business(UUID(one["id"]), one["key"], one["service"], one["staff"]) for one in kept]


async def _business(db: Database, slug: str) -> Desk:
    """Open a business that never closes, with thirty people and one service of half an hour."""
    desk = await furnish(db, slug)
    trim = await SERVICES.add(db, desk.scope, name="Beard trim", duration_minutes=2 * QUARTER)
    desk.services, desk.staff = {"Haircut": trim.id}, {}
    for name in NAMES:
        person = await STAFF.add(db, desk.scope, name=name)
        desk.staff[name] = person.id
        await set_services(db, desk.scope, person.id, [trim.id])
    week = tuple(Opening(weekday, 0, 1440) for weekday in range(7))
    rules = {"slot_minutes": QUARTER, "min_notice_minutes": 0, "max_advance_days": 730, "cancel_notice_minutes": 0}
    await hours.put(db, desk.scope, Hours(staff_id=None, week=week, **rules))
    await telling.change(db, desk.scope, {"quiet_from": None, "quiet_until": None, "remind_before": [20160]})
    return desk
