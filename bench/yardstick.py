"""The yardstick: pgbench running the very statements of a booking, sent together where the app sends them together."""

import itertools
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from bench.businesses import ACCOUNT, BUSINESSES, CUSTOMER, CUSTOMERS, DAYS, FIRST, PERSON, PHONE, SERVICE, STAFF, Seat
from bench.recording import Awaited, Log, Statement, plain, recording
from truebook.booking import actions, free
from truebook.booking.model import Customer, Wish
from truebook.booking.once import read_back
from truebook.db import Scope
from truebook.db.server import Server
from truebook.kernel import clock

SEAT = Seat(1_900_003)
"""The seat that is booked while the statements are recorded."""
NUMBERS = f"""
\\set i :i + 1
\\set fresh :first + :i * :clients + :client_id
\\set seat {{seat}}
\\set business :seat % {BUSINESSES}
\\set account {ACCOUNT} + :business
\\set service {SERVICE} + :business
\\set person {PERSON} + :seat % {BUSINESSES * STAFF}
\\set who :seat % {BUSINESSES * CUSTOMERS}
\\set customer {CUSTOMER} + :who
\\set phone {PHONE} + :who
\\set turn :seat / {BUSINESSES * STAFF}
\\set start {int(FIRST.timestamp())} + (:turn % {DAYS}) * 86400 + :turn / {DAYS} * 1800
\\set code :fresh
"""
"""Each transaction of a run has a number of its own, however many each client makes: its seat, its ids, its code."""
SESSION = (
    "-c search_path=truebook -c role=truebook_app -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
    " -c timezone=UTC"
)
"""What the app sets for its own sessions (`truebook.db.database.MANNERS`)."""
HASTY = "-c synchronous_commit=off"
IDENTITY = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
CODE = re.compile(r"[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of pgbench came to: transactions a second and in all, latencies in ms, and how many failed."""

    tps: float
    transactions: int
    latencies: list[float]
    failed: int


async def record(url: str) -> Log:
    """Book one seat and return every statement that it took, the reading back included."""
    scope = Scope(SEAT.account, "api/tb_bench", "POST /api/v1/appointments")  # pgbench takes :name for a variable
    wish = Wish(SEAT.service, SEAT.start, Customer("Carla", SEAT.phone), SEAT.staff)
    async with recording(url) as (db, log):
        day = SEAT.start.date()
        await free.find(db, scope, SEAT.service, SEAT.staff, day, day, now=clock.now())
        log.clear()  # a running app knows the settings already
        made = await actions.book(db, scope, wish, now=clock.now())
        booked = list(log)
        await read_back(db, scope, made.id)
    return booked


def script(log: Log, *, seat: str = ":fresh") -> str:
    """Return a recorded booking as a pgbench script that books the seat of an expression."""
    return NUMBERS.format(seat=seat) + "\n".join(_commands(log))


def pgbench(
    server: Server,
    url: str,
    text: str,
    *,
    clients: int,
    seconds: float,
    first: int = 0,
    logged: bool = False,
    durable: bool = True,
) -> Run:
    """Run a script; its transactions are numbered from `first` on, below a million. Raises where one of them fails.

    Unless it is durable, a COMMIT does not wait for the disk.
    """
    database = urlsplit(url).path.removeprefix("/")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "booking.sql")
        file.write_text(text)
        done = subprocess.run(
            [
                server.binaries / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "1",
                "-T", f"{seconds:.0f}", "-D", "i=0", "-D", f"first={first}", "-D", f"clients={clients}", "-f", file,
                *(("--log", f"--log-prefix={folder}/log") if logged else ()),
            ],
            env={**server.environment(database), "PGOPTIONS": SESSION if durable else f"{SESSION} {HASTY}"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"pgbench failed:\n{done.stderr[:2000]}")
        latencies = list(_latencies(Path(folder)))
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    processed = re.search(r"actually processed: (\d+)", done.stdout)
    assert processed is not None
    return Run(tps(done.stdout), int(processed[1]), latencies, int(failed[1]) if failed else 0)


def tps(said: str) -> float:
    """Return the transactions a second from what pgbench says at its end."""
    found = re.search(r"tps = ([\d.]+)", said)
    assert found is not None
    return float(found[1])


def _latencies(folder: Path) -> Iterator[float]:
    for file in folder.glob("log.*"):
        for line in file.read_text().splitlines():
            microseconds = line.split()[2]
            if microseconds.isdigit():
                yield int(microseconds) / 1000


def _commands(log: Log) -> Iterator[str]:
    fresh: dict[UUID, int] = {}
    together: list[str] = []
    for entry in log:
        if isinstance(entry, Awaited):
            yield from together if len(together) == 1 else ("\\startpipeline", *together, "\\endpipeline")
            together = []
        else:
            together.append(_command(entry, fresh))


def _command(statement: Statement, fresh: dict[UUID, int]) -> str:
    """Return a statement with its parameters written into it, the changing ones as pgbench's variables."""
    params = statement.params or ()
    values = {name: _expression(value, fresh) for name, value in params.items()} if isinstance(params, dict) else {}
    positional = iter([] if values else [_expression(value, fresh) for value in params])
    filled = re.sub(
        r"%\((\w+)\)s|%s|%%",
        lambda found: "%" if found[0] == "%%" else values[found[1]] if found[1] else next(positional),
        statement.sql,
    )
    # in a line of its own, and without what pgbench would take for a variable
    return " ".join(re.sub(r"--.*", "", filled).split()) + ";"


def _expression(value: Any, fresh: dict[UUID, int]) -> str:
    value = plain(value)
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return str(value).lower()
        case UUID():
            return f"{_uuid(value, fresh)}::uuid"
        case datetime() if abs(value - SEAT.start).days < 10 and value > clock.now():
            return f"to_timestamp(:start + {(value - SEAT.start).total_seconds():.0f})"
        case datetime():
            return f"'{value.isoformat()}'::timestamptz"
        case date():
            return f"to_timestamp(:start + {(value - SEAT.start.date()).days * 86400})::date"
        case bytes():
            return f"'\\x{value.hex()}'::bytea"
        case list():
            return f"ARRAY[{', '.join(_expression(one, fresh) for one in value)}]"
        case _:
            return _text(str(value), fresh)


def _text(value: str, fresh: dict[UUID, int]) -> str:
    """Return a text as an expression; the ids, codes and numbers in it that change from booking to booking change."""
    if CODE.fullmatch(value):
        return "translate(to_char(:code::integer, 'FM000\"-\"000'), '01', 'AB')"
    if value == SEAT.phone:
        return "('+' || :phone)"
    if value.startswith(("[", "{")):
        value = value.replace(":null", ": null")  # in JSON, where pgbench would see a variable
    parts = re.split(f"({IDENTITY}|{MOMENT})", value)
    quoted = [
        _changing(part, fresh) if odd else "'" + part.replace("'", "''") + "'"
        for odd, part in zip(itertools.cycle((False, True)), parts)
        if part or not value
    ]
    return quoted[0] if len(quoted) == 1 else f"({' || '.join(quoted)})"


def _changing(part: str, fresh: dict[UUID, int]) -> str:
    """Return a part of a text that changes from booking to booking, an id or a moment, as an expression."""
    if re.fullmatch(MOMENT, part):
        return f"{_expression(datetime.fromisoformat(part), fresh)}::text"
    return f"{_uuid(UUID(part), fresh)}::uuid::text"


def _uuid(value: UUID, fresh: dict[UUID, int]) -> str:
    """Return the digits of an id as an expression: one of the business's, or else a fresh one of this booking."""
    known = {SEAT.account: ":account", SEAT.service: ":service", SEAT.staff: ":person"}
    number = known.get(value) or (":customer" if value.int >> 64 == 0 else "")
    if not number:
        number = f"{(6 + fresh.setdefault(value, len(fresh))) * 10**15} + :fresh"
        return f"lpad(({number})::text, 32, '0')"
    return f"lpad({number}, 32, '0')"
