"""What the simulator tells a desk: signed over bytes that no JSON library writes the same way, until it is heard."""

import asyncio
import json
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, repeat
from typing import Any

import httpx2

from truebook.connectors.whatsapp.signature import HEADER, sign
from truebook.kernel import clock
from truebook.simulator.diary import Diary
from truebook.simulator.phones import Outages

Json = dict[str, Any]
PAUSES = (0.0, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between deliveries until one is answered with 200: Meta's seven days, in a minute."""
GATHERING, MOST = 0.4, 1000
"""Seconds that changes are gathered for one delivery where that is switched on, and how many of them at most."""
ANOTHERS = "100000000000009"
"""A number of the same app that this desk does not know: in batches its changes come along."""


@dataclass(slots=True)
class Delivery:
    """A webhook and how its deliveries were answered."""

    what: str
    answers: list[int | str] = field(default_factory=list)
    id: str = field(default_factory=lambda: secrets.token_hex(8))


@dataclass
class Webhooks:
    """Delivers webhooks of one number to one address."""

    http: httpx2.AsyncClient
    url: str
    secret: str
    number_id: str
    account_id: str
    phone: str
    outages: Outages
    diary: Diary | None = None
    log: list[Delivery] = field(default_factory=list)
    tasks: set[asyncio.Future[None]] = field(default_factory=set)
    gathered: list[tuple[Json, str]] = field(default_factory=list)
    last_second: int = 0

    def tell(self, value: Json, what: str, *, field_name: str = "messages") -> None:
        """Deliver a change, in the background: by itself, or with what else happens in these moments."""
        if self.outages.no_webhooks:
            return
        change = self._change(value, field_name)
        if not self.outages.batched:
            self._send([change], what)
            return
        self.gathered.append((change, what))
        if len(self.gathered) == 1:
            self.keep(asyncio.create_task(self._later()))

    def _change(self, value: Json, field_name: str, number_id: str | None = None) -> Json:
        """Return a change; what is about the whole account names no number."""
        if field_name != "messages":
            return {"value": value, "field": field_name}
        metadata = {"display_phone_number": self.phone.lstrip("+"), "phone_number_id": number_id or self.number_id}
        return {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": field_name}

    async def _later(self) -> None:
        """Deliver what was gathered, in one webhook, with something for a number that the desk does not know."""
        await asyncio.sleep(GATHERING)
        batch, self.gathered[:MOST] = self.gathered[:MOST], []
        foreign = {"statuses": [{"id": "wamid.of-another", "status": "sent", "timestamp": seconds()}]}
        changes = [*(change for change, _ in batch), self._change(foreign, "messages", ANOTHERS)]
        random.shuffle(changes)
        self._send(changes, ", ".join(what for _, what in batch))
        if self.gathered:
            self.keep(asyncio.create_task(self._later()))

    def _send(self, changes: Sequence[Json], what: str) -> None:
        body = written({"object": "whatsapp_business_account", "entry": self._entries(changes)})
        delivery = Delivery(what)
        if self.diary is not None:
            self.diary.note("told", webhook=delivery.id, body=body.decode(), about=what)
        for _ in range(2 if self.outages.doubled else 1):
            self.deliver(body, delivery)

    def _entries(self, changes: Sequence[Json]) -> list[Json]:
        """Return entries of up to three changes each; only what is about the account tells its time there."""
        plain = [one for one in changes if one["field"] == "messages"]
        entries: list[Json] = [
            {"id": self.account_id, "changes": plain[first : first + 3]} for first in range(0, len(plain), 3)
        ]
        return entries + [
            {"id": self.account_id, "time": self._next_second(), "changes": [one]}
            for one in changes
            if one not in plain
        ]

    def _next_second(self) -> int:
        """Return the time of news of the account: no two have the same, else a desk takes the second for the first."""
        self.last_second = max(int(seconds()), self.last_second + 1)
        return self.last_second

    def deliver(self, body: bytes, delivery: Delivery) -> None:
        """Deliver what was written once, in the background, until it is heard."""
        self.keep(asyncio.create_task(self._deliver(body, delivery)))

    def keep(self, task: asyncio.Future[None]) -> None:
        """Hold on to what goes on in the background until it is over."""
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _deliver(self, body: bytes, delivery: Delivery) -> None:
        self.log.append(delivery)
        del self.log[:-200]
        headers = {"Content-Type": "application/json", HEADER: sign(self.secret.encode(), body)}
        for pause in chain(PAUSES[:5], repeat(PAUSES[4])) if self.diary is not None else PAUSES:
            await asyncio.sleep(pause + (random.random() * 0.4 if self.outages.shuffled else 0))
            try:
                answer = await self.http.post(self.url, content=body, headers=headers, timeout=10)
                delivery.answers.append(answer.status_code)
            except httpx2.HTTPError as error:
                delivery.answers.append(type(error).__name__)
            if delivery.answers[-1] == 200:
                if self.diary is not None:
                    self.diary.note("heard", webhook=delivery.id)
                return

    async def shake_hands(self, verify_token: str) -> bool:
        """Ask the desk whether the address is its own, as Meta does when one is saved."""
        challenge = "1158201444"
        asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        try:
            answer = await self.http.get(self.url, params=asked, timeout=10)
        except httpx2.HTTPError:
            return False
        return answer.status_code == 200 and answer.text == challenge

    async def close(self) -> None:
        """Give up what was not delivered yet."""
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def written(payload: Json) -> bytes:
    """Return JSON as Meta writes it: escaped unicode, escaped slashes, no spaces."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode()


def seconds(at: datetime | None = None) -> str:
    """Return a moment (now) as Meta writes it in messages and statuses."""
    return str(int((at or clock.now()).timestamp()))
