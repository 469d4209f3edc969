"""The HTTP load: keep-alive clients with prepared bytes, in a process of its own (`python -m bench.load`).

Reads one JSON line (port, clients, seconds, requests), writes one (answers by status, latencies in ms, CPU seconds).
Each client sends its next request as soon as its answer is in. Without `seconds` every request is sent once.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import uvloop


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: how often which status, the latencies in ms by status, and what the generator itself cost."""

    seconds: float
    latencies: dict[str, list[float]]
    cpu: float
    bodies: list[str]

    def count(self, status: int) -> int:
        return len(self.latencies.get(str(status), ()))

    def per_second(self, status: int) -> float:
        return self.count(status) / self.seconds


def request(method: str, path: str, key: str, body: dict[str, Any] | None = None) -> str:
    """Return a request as it goes over the wire."""
    content = json.dumps(body) if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {key}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(content.encode())}\r\n"
    return f"{head}\r\n{content}"


def send(port: int, requests: list[str], *, clients: int, seconds: float | None = None) -> Answers:
    """Have a process of its own send requests, and return the answers."""
    order = json.dumps({"port": port, "clients": clients, "seconds": seconds, "requests": requests})
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=order, stdout=subprocess.PIPE, text=True, check=True
    )
    return Answers(**json.loads(done.stdout))


class Load:
    """What all clients share: the requests still to be sent, and the answers."""

    def __init__(self, requests: list[bytes]) -> None:
        self.requests = iter(requests)
        self.latencies: dict[str, list[float]] = {}
        self.bodies: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.until: float | None = None

    def next(self) -> bytes | None:
        """Return the next request, or None when it is time to stop."""
        if self.until is not None and time.perf_counter() > self.until:
            return None
        return next(self.requests, None)

    def note(self, status: str, milliseconds: float, body: bytes) -> None:
        """Keep an answer's latency, and the first few bodies of each status."""
        self.latencies.setdefault(status, []).append(milliseconds)
        self.kinds[status] += 1
        if self.kinds[status] <= 3:
            self.bodies.append(body[-600:].decode("utf-8", "replace"))


class Client(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.answer = b""
        self.begun = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    def send(self) -> None:
        """Send the next request, if there is one."""
        wanted = self.load.next()
        if wanted is None:
            self.transport.close()
            return
        self.begun = time.perf_counter()
        self.transport.write(wanted)

    def data_received(self, data: bytes) -> None:
        self.answer += data
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return
        at = self.answer.find(b"content-length: ")
        length = int(self.answer[at + 16 : self.answer.index(b"\r", at)]) if at >= 0 else 0
        if len(self.answer) < end + 4 + length:
            return
        took = (time.perf_counter() - self.begun) * 1000
        self.load.note(self.answer[9:12].decode(), took, self.answer)
        self.answer = b""
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def run(order: dict[str, Any]) -> Answers:
    """Open all connections, then let every client send."""
    load = Load([one.encode() for one in order["requests"]])
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Client(load), "127.0.0.1", order["port"]) for _ in range(order["clients"])
    ]
    clients = [client for _, client in made]
    begun, cpu = time.perf_counter(), time.process_time()
    load.until = begun + order["seconds"] if order["seconds"] else None
    for client in clients:
        client.send()
    await asyncio.gather(*(client.done for client in clients))
    return Answers(time.perf_counter() - begun, load.latencies, time.process_time() - cpu, load.bodies)


def main() -> None:
    """Read the order, send, write the answers."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, most), most))
    order = json.loads(sys.stdin.readline())
    answers = uvloop.run(run(order))
    given = {"seconds": answers.seconds, "latencies": answers.latencies, "cpu": answers.cpu, "bodies": answers.bodies}
    print(json.dumps(given))


if __name__ == "__main__":
    main()
