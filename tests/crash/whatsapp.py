"""WhatsApp as a process that can be killed: `python -m tests.crash.whatsapp FOLDER PORT`.

It keeps a diary, and when it starts again it goes on where that ends: people, chats, statuses and webhooks that are
owed. Whatever the driver lets somebody write has a name, so that asking twice writes once. And it can strike: let the
processes of the product die, or lose the answer, exactly before or after the next message is taken.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from truebook.simulator.diary import Diary, entries
from truebook.simulator.graph import Cut, Graph
from truebook.simulator.phones import Bubble, Outages, Person
from truebook.simulator.server import Number, Simulator
from truebook.simulator.strict import Parsed
from truebook.simulator.webhooks import Delivery

Json = dict[str, Any]
DIARY = "whatsapp.jsonl"
IDS = ("106540352242922", "102290129340398")
TOKEN, SECRET, PHONE = "EAAG-token", "app-secret", "+15550783881"
PATIENCE = 5.0


@dataclass
class Striking(Graph):
    """The API, which can strike at the next message."""

    strikes: list[Json] = field(default_factory=list)

    async def messages(self, request: Request) -> Response:
        with contextlib.suppress(ValueError):
            if self.strikes and (await request.json()).get("status") != "read":
                return await self.strike(request, self.strikes.pop(0))
        return await super().messages(request)

    async def strike(self, request: Request, strike: Json) -> Response:
        """Take the message or not, and let nobody hear which."""
        if strike["moment"] == "after":
            await super().messages(request)
        for pid in strike["pids"]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return Cut()


class WhatsApp:
    """The simulator with its diary, and what the driver may ask of it."""

    def __init__(self, folder: Path, webhook: list[str], http: httpx2.AsyncClient) -> None:
        self.sim = Simulator(Number(*IDS, TOKEN, PHONE, SECRET, webhook[0]), http)
        self.sim.graph = Striking(self.sim.world, {IDS[0]: self.sim.account})
        self.remembered: dict[str, Bubble] = {}
        self.owed: list[tuple[Person | None, Bubble, Parsed]] = []
        self.unheard: dict[str, tuple[str, str]] = {}
        for entry in entries(folder / DIARY):
            self.remember(entry)
        self.sim.world.diary = self.sim.webhooks.diary = Diary(folder / DIARY)

    def remember(self, entry: Json) -> None:
        """Go on from a line of the diary."""
        world = self.sim.world
        match entry["what"]:
            case "person":
                names = ("name", "phone", "user_id", "username", "shows_number")
                world.people[entry["person"]] = Person(entry["person"], **{name: entry[name] for name in names})
            case "written":
                person, bubble = world.people[entry["person"]], _bubble(entry["bubble"])
                person.chat.append(bubble)
                person.heard_at = bubble.at
                self.remembered[bubble.id] = bubble
            case "taken":
                person = world.people.get(entry["person"] or "")
                shown = Parsed(**{**entry["shown"], "choices": tuple(entry["shown"]["choices"])})
                bubble = _bubble(entry["bubble"])
                if person is not None:
                    person.chat.append(bubble)
                self.owed.append((person, bubble, shown))
            case "carried":
                self.owed = [one for one in self.owed if one[1].id != entry["bubble"]]
            case "told":
                self.unheard[entry["webhook"]] = (entry["about"], entry["body"])
            case "heard":
                self.unheard.pop(entry["webhook"], None)

    def go_on(self) -> None:
        """Do what was owed when it ended."""
        for webhook, (about, body) in self.unheard.items():
            self.sim.webhooks.deliver(body.encode(), Delivery(about, id=webhook))
        for person, bubble, shown in self.owed:
            self.sim.graph.carry(self.sim.account, person, bubble, shown)

    def app(self) -> Starlette:
        return Starlette(routes=[
            Route("/people", self.people, methods=["POST"]),
            Route("/people/{person}/{bubble}", self.write, methods=["POST"]),
            Route("/people/{person}", self.read),
            Route("/strikes", self.strikes, methods=["POST"]),
            Route("/outages", self.outages, methods=["POST"]),
            Route("/open", self.open),
            *self.sim.graph.routes(),
        ])  # fmt: skip

    async def people(self, request: Request) -> Response:
        """Make a person under a name that was given."""
        given = await request.json()
        if given["person"] not in self.sim.world.people:
            made = self.sim.world.add(given["name"], phone=given["phone"], called=given["person"])
            assert made.id == given["person"]
        return JSONResponse({}, 201)

    async def write(self, request: Request) -> Response:
        """Let somebody type, or tap, once."""
        person, name = self.sim.world.people[request.path_params["person"]], request.path_params["bubble"]
        if name not in self.remembered:
            given = await request.json()
            made = await (
                self.sim.hands.tap(person, given["bubble"], given["choice"], named=name)
                if "choice" in given
                else self.sim.hands.type(person, given["text"], named=name)
            )
            if made is None:
                return JSONResponse({}, 404)
            self.remembered[name] = made
        return JSONResponse({}, 201)

    async def read(self, request: Request) -> Response:
        """Return what came to a phone after so many bubbles; wait a while for it."""
        person, after = self.sim.world.people[request.path_params["person"]], int(request.query_params["after"])
        changed = self.sim.world.changed
        with contextlib.suppress(TimeoutError):
            async with changed, asyncio.timeout(PATIENCE):
                await changed.wait_for(lambda: len(_came(person)) > after)
        found = [{"id": one.id, "text": one.text, "choices": one.choices} for one in _came(person)[after:]]
        return JSONResponse(found)

    async def strikes(self, request: Request) -> Response:
        self.sim.graph.strikes.append(await request.json())
        return JSONResponse({})

    async def outages(self, request: Request) -> Response:
        """Switch exactly these on."""
        on = await request.json()
        for name in Outages.__slots__:
            setattr(self.sim.world.outages, name, name in on)
        self.sim.graph.strikes.clear()
        return JSONResponse({})

    async def open(self, request: Request) -> Response:
        """Tell how much is still to be delivered."""
        return JSONResponse({"open": len(self.sim.webhooks.tasks), "armed": len(self.sim.graph.strikes)})


def _came(person: Person) -> list[Bubble]:
    return [one for one in person.chat if not one.mine and one.error is None]


def _bubble(told: Json) -> Bubble:
    return Bubble(**{**told, "at": datetime.fromisoformat(told["at"])})


async def main(folder: Path, port: int) -> None:
    webhooks = json.loads((folder / "webhooks.json").read_text())
    turn = iter(range(10**9))

    async def spread(request: httpx2.Request) -> None:
        """Send one webhook to this app, the next to that one, as a proxy in front of them would."""
        if request.url.path.startswith("/webhooks"):
            target = httpx2.URL(webhooks[next(turn) % len(webhooks)])
            request.url = request.url.copy_with(port=target.port)

    async with httpx2.AsyncClient(event_hooks={"request": [spread]}) as http:
        whatsapp = WhatsApp(folder, webhooks, http)
        whatsapp.go_on()
        config = uvicorn.Config(whatsapp.app(), port=port, log_config=None, access_log=False, lifespan="off")
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
