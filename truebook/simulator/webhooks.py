"""What the simulator tells a desk: signed over bytes that no JSON library writes the same way, until it is heard."""

import asyncio
import json
import random
import secrets
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
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def tell(self, value: Json, what: str, *, field_name: str = "messages") -> None:
        """Deliver a change, in the background."""
        if self.outages.no_webhooks:
            return
        metadata = {"display_phone_number": self.phone.lstrip("+"), "phone_number_id": self.number_id}
        change = {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": field_name}
        entry = {"id": self.account_id, "changes": [change]}
        body = written({"object": "whatsapp_business_account", "entry": [entry]})
        delivery = Delivery(what)
        if self.diary is not None:
            self.diary.note("told", webhook=delivery.id, body=body.decode(), about=what)
        for _ in range(2 if self.outages.doubled else 1):
            self.deliver(body, delivery)

    def deliver(self, body: bytes, delivery: Delivery) -> None:
        """Deliver what was written once, in the background, until it is heard."""
        task = asyncio.create_task(self._deliver(body, delivery))
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
