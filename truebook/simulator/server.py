"""The simulator as an app: the Graph API, and a page that looks like a phone with what it needs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from truebook.simulator.graph import DECISIONS, Account, Graph
from truebook.simulator.hands import Hands
from truebook.simulator.phones import Outages, Person, World
from truebook.simulator.webhooks import Webhooks

PAGE = Path(__file__).with_name("phone.html")
PATIENCE = 20.0
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""What this machine calls itself. Another name that leads here may be somebody's page (DNS rebinding)."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """The number that the simulator runs: as the desk was told of it, and where the desk listens."""

    number_id: str
    account_id: str
    token: str
    phone: str
    secret: str
    webhook: str


class OwnPages:
    """Refuses what a page of another site sends from the developer's browser: it would write as a customer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it came from elsewhere."""
        if scope["type"] == "http" and (problem := _problem(Request(scope))):
            await JSONResponse({"problem": problem}, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _problem(request: Request) -> str | None:
    """Return why a request is refused: another site's page sent it, or reads it by a name that leads here."""
    host, told = request.headers.get("host", ""), request.headers
    if request.url.path.startswith("/phone") or request.url.path == "/":
        if (request.url.hostname or "") not in HERE:
            return "this is only for this machine"
        if "origin" in told and told["origin"].partition("://")[2] != host:
            return "that page is of another site"
        if request.method == "POST" and told.get("content-type", "").partition(";")[0].strip() != "application/json":
            return "send JSON, and call it so"
    return None


class Simulator:
    """A whole WhatsApp with one business and as many people as are made."""

    def __init__(self, number: Number, http: httpx2.AsyncClient) -> None:
        self.world = World()
        self.webhooks = Webhooks(
            http, number.webhook, number.secret, number.number_id, number.account_id, number.phone, self.world.outages
        )
        self.account = Account(number.number_id, number.account_id, number.token, self.webhooks)
        self.graph = Graph(self.world, {number.number_id: self.account})
        self.hands = Hands(self.world, self.webhooks)

    def app(self) -> Starlette:
        """Return the app."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            yield
            await self.webhooks.close()

        routes = [
            Route("/", self.page),
            Route("/phone/state", self.state),
            Route("/phone/people", self.add, methods=["POST"]),
            Route("/phone/templates", self.decide, methods=["POST"]),
            Route("/phone/portfolio", self.move, methods=["POST"]),
            Route("/phone/{person}/{action}", self.act, methods=["POST"]),
            Route("/phone/outages", self.switch, methods=["POST"]),
            *self.graph.routes(),
        ]
        return Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(OwnPages)])

    async def page(self, request: Request) -> Response:
        """Show the phone."""
        return HTMLResponse(PAGE.read_text(encoding="utf-8"))

    async def state(self, request: Request) -> Response:
        """Return everything the page shows; waits until something is newer than what it has."""
        seen = request.query_params.get("seen", "")
        if seen.isdigit():
            async with self.world.changed:
                try:
                    await asyncio.wait_for(
                        self.world.changed.wait_for(lambda: self.world.revision != int(seen)), PATIENCE
                    )
                except TimeoutError:
                    pass
        return JSONResponse(
            {
                "revision": self.world.revision,
                "people": [shown(one) for one in self.world.people.values()],
                "outages": asdict(self.world.outages),
                "templates": [
                    {"name": name, "language": language, "status": one["status"], "category": one["category"]}
                    for (name, language), one in self.world.templates.items()
                ],
                "webhooks": [{"what": one.what, "answers": one.answers} for one in reversed(self.webhooks.log[-30:])],
                "business": self.webhooks.phone,
                "limit": self.world.limit,
                "reached": len(self.world.reached),
            }
        )

    async def add(self, request: Request) -> Response:
        """Make a person."""
        given = await request.json()
        name = str(given.get("name") or "").strip()[:100]
        if not name:
            return JSONResponse({"problem": "give a name"}, 422)
        phone = "".join(sign for sign in str(given.get("phone") or "") if sign.isdigit()) or None
        person = self.world.add(name, phone=phone, username=str(given.get("username") or "") or None)
        await self.world.touch()
        return JSONResponse(shown(person), 201)

    async def act(self, request: Request) -> Response:
        """Do something with a person's phone."""
        person = self.world.people.get(request.path_params["person"])
        given = await request.json()
        if person is None:
            return JSONResponse({"problem": "there is no such person"}, 404)
        match request.path_params["action"]:
            case "type" if str(given.get("text") or "").strip():
                await self.hands.type(person, str(given["text"]))
            case "tap":
                if await self.hands.tap(person, str(given.get("bubble")), str(given.get("choice"))) is None:
                    return JSONResponse({"problem": "there is nothing like that to tap"}, 404)
            case "send":
                kind = str(given.get("type"))
                await self.hands.send(person, {"type": kind, kind: {"id": "1", "mime_type": "x/y"}}, f"[{kind}]")
            case "edit":
                await self.hands.edit(person, str(given.get("bubble")), str(given.get("text")))
            case "take-back":
                await self.hands.take_back(person, str(given.get("bubble")))
            case "react":
                await self.hands.react(person, str(given.get("bubble")), str(given.get("emoji")))
            case "change":
                for name in ("has_blocked", "looks", "shows_number"):
                    if name in given:
                        setattr(person, name, bool(given[name]))
                if given.get("phone"):
                    await self.hands.change_number(person, str(given["phone"]).lstrip("+"))
                if given.get("silent_for_a_day"):
                    person.heard_at = None
            case _:
                return JSONResponse({"problem": "that cannot be done"}, 422)
        await self.world.touch()
        return JSONResponse(shown(person))

    async def decide(self, request: Request) -> Response:
        """Decide about a template: approve, reject, pause, disable; or change what it is charged as."""
        given = await request.json()
        made = self.world.templates.get((str(given.get("name")), str(given.get("language"))))
        if made is None or given.get("what") not in (*DECISIONS, "utility", "marketing"):
            return JSONResponse({"problem": "there is no such template, or nothing like that can be decided"}, 422)
        await self.graph.decide(made, given["what"], self.webhooks)
        return JSONResponse({"status": made["status"], "category": made["category"]})

    async def move(self, request: Request) -> Response:
        """Let another portfolio own the number."""
        self.world.change_portfolio()
        await self.world.touch()
        return JSONResponse({"portfolio": self.world.portfolio})

    async def switch(self, request: Request) -> Response:
        """Switch outages on or off."""
        given = await request.json()
        for one in fields(Outages):
            if one.name in given:
                setattr(self.world.outages, one.name, bool(given[one.name]))
        await self.world.touch()
        return JSONResponse(asdict(self.world.outages))


def shown(person: Person) -> Json:
    """Return a person as the page shows them."""
    return {
        "id": person.id, "name": person.name, "phone": person.phone, "username": person.username,
        "shows_number": person.shows_number, "has_blocked": person.has_blocked, "looks": person.looks,
        "open": person.window_is_open, "typing": person.sees_typing,
        "chat": [{**asdict(one), "at": one.at.isoformat(), "token": None} for one in person.chat[-100:]],
    }  # fmt: skip
