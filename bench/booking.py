"""Booking over HTTP against pgbench on the same transaction; and the same with a million appointments."""

import asyncio

from bench import businesses, load, yardstick
from bench.businesses import Seat
from bench.figures import Figure, middle, percentile
from bench.load import Answers
from bench.place import database
from bench.serving import App, serving
from bench.yardstick import Run
from truebook.db.server import Server

CLIENTS, SECONDS, ROUNDS = 32, 4, 5
SEATS_OF_A_ROUND = 20_000
FOR_PGBENCH = 64_000
"""Numbers for one round of pgbench's."""


def measure(server: Server) -> list[Figure]:
    """Let pgbench and HTTP clients take turns, every booking a fresh seat of twenty businesses."""
    yards: list[Run] = []
    answers: list[Answers] = []
    busy: list[float] = []
    with database(server) as url:
        businesses.furnish(url)
        text = yardstick.script(asyncio.run(yardstick.record(url)))
        with serving(url) as app:
            book(app, 0, 2)  # warm
            for turn in range(1, ROUNDS + 1):
                yards.append(pgbench(server, url, text, turn))
                before = app.cpu()
                answers.append(book(app, turn, SECONDS))
                busy.append((app.cpu() - before) / answers[-1].count(201) * 1000)
    ours, theirs = middle([one.per_second(201) for one in answers]), middle([one.tps for one in yards])
    share = middle([mine.per_second(201) / yard.tps for mine, yard in zip(answers, yards, strict=True)])
    latencies = [ms for one in answers for ms in one.latencies["201"]]
    cost = sum(one.cpu for one in answers) / sum(one.count(201) for one in answers) * 1000
    return [
        Figure("booking over HTTP, 32 clients, one process", f"{share:.0%} of pgbench", "≥ 50 %", share >= 0.5),
        Figure(
            "· in numbers",
            f"{ours:.0f}/s (p50 {percentile(latencies, 50):.0f} ms, p99 {percentile(latencies, 99):.0f} ms);"
            f" pgbench {theirs:.0f} tps; CPU ms a booking: app {middle(busy):.2f}, load generator {cost:.2f}",
        ),
    ]


def pgbench(server: Server, url: str, text: str, turn: int) -> Run:
    """Book for one round at the database; see that every transaction left a row."""
    before = businesses.count(url)
    run = yardstick.pgbench(server, url, text, clients=CLIENTS, seconds=SECONDS, first=first_of_pgbench(turn))
    made = businesses.count(url) - before
    if made != run.transactions:
        raise RuntimeError(f"pgbench says {run.transactions} bookings, and {made} are there")
    return run


def book(app: App, turn: int, seconds: float) -> Answers:
    """Book fresh seats over HTTP for one round; raise where an answer is anything but 201."""
    first = turn * SEATS_OF_A_ROUND
    answers = load.send(
        app.port, [wish(Seat(first + n)) for n in range(SEATS_OF_A_ROUND)], clients=CLIENTS, seconds=seconds
    )
    if set(answers.latencies) != {"201"}:
        raise RuntimeError(f"not every booking was made: {answers.bodies}")
    return answers


def wish(seat: Seat) -> str:
    """Return the request that books a seat."""
    body = {
        "service_id": str(seat.service),
        "staff_id": str(seat.staff),
        "start": seat.start.isoformat(),
        "customer": {"name": "Carla", "phone": seat.phone},
    }
    return load.request("POST", "/api/v1/appointments", businesses.key(seat.business), body)


def first_of_pgbench(turn: int) -> int:
    """Return the seat from which pgbench books in a round: no other round and no client of HTTP has those."""
    return 300_000 + turn * FOR_PGBENCH
