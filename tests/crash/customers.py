"""People who book while everything breaks: by REST as careful clients do, and on WhatsApp as people do.

Each writes down what it asked and what it was answered, before it goes on. That log is held against the rows.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import httpx2

from tests.crash.town import NAMES, QUARTER, Business, Town
from truebook.kernel import clock

API = "/api/v1/appointments"
Json = dict[str, Any]
A_DAY = 24 * 60 // (2 * QUARTER)
FAR, NEAR = 40, 3
"""Days ahead from which on clients book, and people on WhatsApp."""
WHATSAPP_DAYS = 30
PATIENT = 120.0
"""Seconds for which an outcome may stay unknown, while things go on breaking, before that is called wrong."""
SILENCE = 150.0
"""Seconds after which somebody on WhatsApp asks again."""
STEPS = 10


@dataclass
class Crowd:
    """Everybody who books, and how many have."""

    town: Town
    wanted: int
    chats_wanted: int
    first: int = 0
    first_chat: int = 0
    booked: int = 0
    chats: int = 0
    calm: bool = False
    stop: bool = False
    thorough: float = 1.0
    """Which part of the bookings is looked at through the other app, asked for again, moved or cancelled."""
    today: date = field(default_factory=lambda: clock.now().date())

    def __post_init__(self) -> None:
        self.numbers, self.people = count(self.first), count(self.first_chat)

    @property
    def over(self) -> bool:
        return self.stop or (self.booked >= self.wanted and self.chats >= self.chats_wanted)


def slot(crowd: Crowd, number: int) -> tuple[int, str]:
    """Return which member of staff, and which start: no two numbers have the same. The first day is kept in the log."""
    place, staff = divmod(number, len(NAMES))
    day, half = divmod(place, A_DAY)
    start = datetime.combine(crowd.today + timedelta(days=FAR + day), datetime.min.time(), UTC)
    return staff, (start + timedelta(minutes=2 * QUARTER * half)).strftime("%Y-%m-%dT%H:%MZ")


def later(start: str, minutes: int) -> str:
    return (datetime.fromisoformat(start) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%MZ")


class Client:
    """A careful client of the API: it has a key for everything, and asks again what is unknown."""

    def __init__(self, crowd: Crowd, http: httpx2.AsyncClient) -> None:
        self.crowd, self.http, self.log = crowd, http, crowd.town.log

    async def work(self) -> None:
        while not self.crowd.over and self.crowd.booked < self.crowd.wanted:
            await self.book(next(self.crowd.numbers))

    async def book(self, number: int) -> None:
        """Book, against a rival now and then, and look at once whether it is so; then do something else with it."""
        crowd, dice = self.crowd, random.Random(number)
        business = crowd.town.businesses[number % 2]
        staff, start = slot(crowd, 2 * number)
        wish = self.wish(business, staff, start, number)
        if business is crowd.town.businesses[0] and crowd.town.soon and dice.random() < 0.1:
            wish = {**wish, "start": crowd.town.soon, "staff_id": business.staff[number // 2 % len(NAMES)]}
        wishes = {f"c-{number}": wish}
        if dice.random() < 0.2:  # somebody wants the same time, or half of it
            wishes[f"r-{number}"] = {**wish, "start": later(wish["start"], dice.choice((0, QUARTER)))}
        rivals = [self.settled(business, n, "POST", API, key, one) for n, (key, one) in enumerate(wishes.items())]
        for (key, wished), one in zip(wishes.items(), await asyncio.gather(*rivals), strict=True):
            if one is None:
                continue
            crowd.booked += 1
            if dice.random() < crowd.thorough:
                await self.see(business, key, one, wished)
                await self.go_on(business, number, one, dice)

    def wish(self, business: Business, staff: int, start: str, number: int) -> Json:
        phones = self.crowd.town.phones
        reachable = business is self.crowd.town.businesses[0] and phones and number % 20 == 0
        phone = phones[number // 20 % len(phones)] if reachable else f"+43664{1_000_000 + number}"
        return {
            "service_id": business.service, "staff_id": business.staff[staff], "start": start,
            "customer": {"name": f"Client {number}", "phone": phone},
        }  # fmt: skip

    async def see(self, business: Business, key: str, made: Json, wish: Json) -> None:
        """Look at what was booked through the other app, as a stranger, and by the same key once more."""
        number = int(key[2:])
        if (seen := await self.once(business, number + 1, "GET", f"{API}/{made['id']}")) is not None:
            self.log.note("seen", key=key, status=seen.status_code, id=made["id"])
        stranger = next(one for one in self.crowd.town.businesses if one is not business)
        if number % 10 == 0 and (seen := await self.once(stranger, number, "GET", f"{API}/{made['id']}")) is not None:
            self.log.note("strange", key=key, status=seen.status_code)
        if number % 3 == 0 and (again := await self.once(business, number + 1, "POST", API, key, wish)) is not None:
            self.log.note("replayed", key=key, status=again.status_code, id=_id(again))
        if number % 7 == 0:
            other = {**wish, "notes": "something else"}
            if (again := await self.once(business, number, "POST", API, key, other)) is not None:
                self.log.note("reused", key=key, status=again.status_code, id=_id(again))

    async def go_on(self, business: Business, number: int, made: Json, dice: random.Random) -> None:
        """Move it, cancel it, or let it be."""
        place = f"{API}/{made['id']}"
        if (what := dice.random()) < 0.15:
            _, start = slot(self.crowd, 2 * number + 1)
            await self.settled(
                business, number, "POST", f"{place}/move", f"m-{number}", {"start": start}, of=made["id"]
            )
        elif what < 0.3:
            await self.settled(business, number, "POST", f"{place}/cancel", f"x-{number}", {}, of=made["id"])
        elif what < 0.4:  # two who know nothing of each other
            _, start = slot(self.crowd, 2 * number + 1)
            await asyncio.gather(
                self.settled(business, number, "POST", f"{place}/cancel", f"x-{number}", {}, of=made["id"]),
                self.settled(
                    business, number + 1, "POST", f"{place}/move", f"m-{number}", {"start": start}, of=made["id"]
                ),
            )

    async def settled(
        self, business: Business, app: int, method: str, path: str, key: str, body: Json, of: str | None = None
    ) -> Json | None:
        """Ask until it is known what came of it, and write that down; every other client believes "nothing changed"."""
        self.log.note("asked", key=key, business=str(business.id), method=path.rpartition("/")[2], body=body, of=of)
        begun = asyncio.get_running_loop().time()
        while True:
            answer = await self.once(business, app, method, path, key, body)
            app += 1
            waited = asyncio.get_running_loop().time() - begun
            if answer is not None and answer.status_code in (200, 201):
                told = {**answer.json(), "status_code": answer.status_code}
                self.log.note(
                    "acked", key=key, id=told["id"], code=told["code"], start=told["start"], status=told["status"],
                    staff=told["staff"]["id"], phone=told["customer"]["phone"], waited=waited, of=of,
                )  # fmt: skip
                return told
            if answer is not None and answer.status_code < 500:
                self.log.note("refused", key=key, status=answer.status_code, code=answer.json().get("code"))
                return None
            code = answer.json().get("code") if answer is not None else None
            if answer is not None and code not in ("outcome_unknown", None) and int(key[2:]) % 5 == 0:
                self.log.note("unchanged", key=key, status=answer.status_code, code=code)
                return None
            if waited > PATIENT and self.crowd.calm:
                self.log.note("never known", key=key)
                return None
            await asyncio.sleep(0.2)

    async def once(
        self, business: Business, app: int, method: str, path: str, key: str | None = None, body: Json | None = None
    ) -> httpx2.Response | None:
        """Send one request; None where nobody answered."""
        headers = {"Authorization": f"Bearer {business.key}", **({"Idempotency-Key": key} if key else {})}
        try:
            return await self.http.request(
                method, self.crowd.town.url_of(app) + path, json=body, headers=headers, timeout=15
            )
        except httpx2.HTTPError:
            return None


def _id(answer: httpx2.Response) -> str | None:
    return answer.json().get("id") if answer.status_code < 300 else None


class Person:
    """Somebody on WhatsApp, who wants a beard trim."""

    def __init__(self, crowd: Crowd, http: httpx2.AsyncClient, number: int) -> None:
        self.crowd, self.http, self.number = crowd, http, number
        self.dice = random.Random(f"person {number}")
        self.id, self.phone, self.seen, self.words = f"p{number}", f"43660{1_000_000 + number}", 0, count()

    async def live(self) -> None:
        """Book, and change one's mind now and then."""
        await self.insist("POST", "/people", {"person": self.id, "name": self.name, "phone": self.phone})
        booked = await self.talk(self.wish(), "Booked ✓")
        self.crowd.town.log.note("chatted", person=self.id, booked=booked)
        if not booked:
            return
        self.crowd.chats += 1
        if len(self.crowd.town.phones) < 200:
            self.crowd.town.phones.append(f"+{self.phone}")
        match self.dice.randrange(4):
            case 0:
                await self.talk("please cancel my appointment", "Cancelled ✓")
            case 1:
                await self.talk(f"can we make it {self.time()} on the same day instead?", "Moved ✓")

    @property
    def name(self) -> str:
        return f"{NAMES[self.number % len(NAMES)]} Huber"

    def wish(self) -> str:
        day = self.crowd.today + timedelta(days=NEAR + self.dice.randrange(WHATSAPP_DAYS))
        return f"a beard trim with {self.dice.choice(NAMES)} on {day:%d %B %Y} at {self.time()}"

    def time(self) -> str:
        return f"{self.dice.randrange(9, 18)}:{self.dice.randrange(4) * QUARTER:02}"

    async def talk(self, words: str, until: str) -> bool:
        """Say something, and tap what is offered, until it is so; tell whether it came to that."""
        await self.say({"text": words})
        for _ in range(STEPS):
            if self.crowd.stop:
                return False
            came = await self.hear()
            if not came:
                await self.say({"text": words})
            elif any(until in one["text"] for one in came):
                return True
            elif choices := [one for one in came[-1]["choices"] if not one["title"].startswith("Talk to")]:
                yes = next((one for one in choices if one["title"].startswith("Yes")), choices[0])
                await self.say({"bubble": came[-1]["id"], "choice": yes["id"]})
        return False

    async def say(self, what: Json) -> None:
        await self.insist("POST", f"/people/{self.id}/wamid.{self.id}.{self.crowd.first_chat}.{next(self.words)}", what)

    async def hear(self) -> list[Json]:
        """Return what came to the phone since one looked; nothing after a long silence."""
        until = asyncio.get_running_loop().time() + SILENCE
        while asyncio.get_running_loop().time() < until and not self.crowd.stop:
            if came := (await self.insist("GET", f"/people/{self.id}?after={self.seen}", None)).json():
                self.seen += len(came)
                return list(came)
        return []

    async def insist(self, method: str, path: str, body: Json | None) -> httpx2.Response:
        """Do something with the phone, however often WhatsApp is away meanwhile."""
        while True:
            try:
                answer = await self.http.request(method, self.crowd.town.simulator + path, json=body, timeout=15)
            except httpx2.HTTPError:
                await asyncio.sleep(0.3)
            else:
                if answer.status_code < 500:
                    return answer


async def people(crowd: Crowd, http: httpx2.AsyncClient) -> None:
    """Let one person after the other come."""
    while not crowd.over and crowd.chats < crowd.chats_wanted:
        await Person(crowd, http, next(crowd.people)).live()


def everybody(crowd: Crowd, http: httpx2.AsyncClient, clients: int, chats: int) -> list[Awaitable[None]]:
    made: list[Callable[[], Awaitable[None]]] = [Client(crowd, http).work] * clients
    return [*(one() for one in made), *(people(crowd, http) for _ in range(chats))]
