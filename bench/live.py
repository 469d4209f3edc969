"""Many desks open at once on one process: how soon a booking made elsewhere is on those that it concerns."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx2

from bench.figures import Figure, middle
from bench.place import database
from bench.serving import App, serving
from truebook.booking import actions
from truebook.booking.model import Customer, Wish
from truebook.channels.web.desk import calendar
from truebook.db import Database, Scope
from truebook.db.server import Server
from truebook.kernel import clock
from truebook.tenants import accounts, hours, sessions
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services
from truebook.tenants.users import USERS

DESKS, EACH, ROUNDS = 200, 5, 7
"""Desks that are open, how many of them one business has, and how often is looked."""
SOON_MS = 1000


@dataclass
class Business:
    """A business with a member of staff and a service, and the cookie of its owner's session."""

    scope: Scope
    owner: UUID
    service: UUID
    staff: UUID
    cookie: str = ""


@dataclass
class Open:
    """A desk in a browser: it hears that something has changed, and fetches its day."""

    business: Business
    heard: asyncio.Event
    at: float = 0.0


def measure(server: Server) -> list[Figure]:
    """Open the desks of 40 businesses, and then all of one; book beside the app each time."""
    with database(server) as url, serving(url, TRUEBOOK_RATE="100000") as app:
        many = asyncio.run(_watched(url, app, DESKS // EACH))
        one = asyncio.run(_watched(url, app, 1))
    heard, shown, _ = many
    told, half, last = one
    return [
        Figure(
            f"a booking elsewhere is shown: {DESKS} desks of {DESKS // EACH} businesses, by the slowest",
            f"{shown:.0f} ms", f"≤ {SOON_MS} ms", shown <= SOON_MS,
        ),
        Figure("· it is heard", f"{heard:.0f} ms"),
        Figure(f"· {DESKS} desks of one business: heard by the slowest", f"{told:.0f} ms"),
        Figure(
            "· · shown, when each of them asks at once: middle, slowest", f"{half:.0f} ms, {last:.0f} ms",
            f"≤ {SOON_MS} ms", last <= SOON_MS,
        ),
    ]  # fmt: skip


async def _watched(url: str, app: App, businesses: int) -> tuple[float, float, float]:
    """Return, in ms after COMMIT: when the slowest heard of a booking; when the middle and the slowest show it.

    Of many businesses the second is the slowest, since a booking concerns but a few desks.
    """
    home = f"http://127.0.0.1:{app.port}"
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
    async with Database(url, size=4) as db, httpx2.AsyncClient(base_url=home, timeout=120, limits=limits) as client:
        there = [await _opened(db, client, f"b{businesses}-{n}") for n in range(businesses)]
        desks = [Open(there[n % businesses], asyncio.Event()) for n in range(DESKS)]
        listening = [asyncio.create_task(_listen(app, one)) for one in desks]
        await asyncio.gather(*(one.heard.wait() for one in desks))
        rounds = [await _round(db, client, desks, there[0], turn) for turn in range(ROUNDS + 1)][1:]
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    heard, half, last = (middle([each[n] for each in rounds]) for n in range(3))
    return (heard, last, last) if businesses > 1 else (heard, half, last)


async def _opened(db: Database, client: httpx2.AsyncClient, slug: str) -> Business:
    account = await accounts.open_account(db, "bench", name=slug, slug=slug, timezone="UTC")
    scope = Scope(account.id, "bench", "bench")
    owner = await USERS.add(db, scope, email=f"{slug}@salon.example", role="owner", name="Olivia")
    service = await SERVICES.add(db, scope, name="Haircut", duration_minutes=30, price_minor=3500)
    person = await STAFF.add(db, scope, name="Anna")
    await set_services(db, scope, person.id, [service.id])
    await hours.put(db, scope, Hours(None, 15, 0, 90, 0, tuple(Opening(day, 0, 1440) for day in range(7))))
    answer = await client.post(f"/sign-in/{await sessions.link(db, scope, owner.id, now=clock.now())}")
    found = Business(scope, owner.id, service.id, person.id, answer.cookies["truebook"])
    client.cookies.clear()
    return found


async def _listen(app: App, desk: Open) -> None:
    """Hold a stream open, as a browser does, and say when something has changed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", app.port)
    try:
        cookie = f"Cookie: truebook={desk.business.cookie}"
        writer.write(f"GET /desk/live HTTP/1.1\r\nHost: 127.0.0.1:{app.port}\r\n{cookie}\r\n\r\n".encode())
        async for line in reader:
            if line.startswith((b"retry:", b"event: changed")):
                desk.at = time.perf_counter()
                desk.heard.set()
        raise RuntimeError("a stream ended")
    finally:
        writer.close()


async def _round(
    db: Database, client: httpx2.AsyncClient, desks: list[Open], business: Business, turn: int
) -> tuple[float, float, float]:
    """Book, and return how long it took until the slowest heard of it, the middle and the slowest show it."""
    mine = [one for one in desks if one.business is business]
    for one in mine:
        one.heard.clear()
    start = clock.at((clock.now() + timedelta(days=2)).date(), 600 + 30 * turn, clock.zone("UTC"))
    name = f"Customer {turn} of {business.cookie[:6]}"
    wish = Wish(business.service, start, Customer(name), business.staff, source="staff")
    await actions.book(db, business.scope, wish, now=clock.now())
    begun = time.perf_counter()

    async def shown(one: Open) -> float:
        await one.heard.wait()
        page = await client.get(
            f"/desk?day={start.date()}",
            headers={"Cookie": f"truebook={business.cookie}", "Accept": "text/html", "Swap": calendar.DAYS},
        )
        if name not in page.text:
            raise RuntimeError("a desk does not show what was booked")
        return (time.perf_counter() - begun) * 1000

    took = sorted(await asyncio.gather(*map(shown, mine)))
    heard = max(one.at - begun for one in mine) * 1000
    return heard, took[len(took) // 2], took[-1]
