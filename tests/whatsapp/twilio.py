"""Salon Alice with a sender at Twilio, and a Twilio as strict as the real one: no sockets, the worker's part by hand."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.chat import LINKS
from tests.desk import Desk, furnish
from truebook.app import build
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming.listening import Listener
from truebook.assistant.incoming.webhooks import Incoming
from truebook.assistant.offline.model import Offline
from truebook.booking import actions, free
from truebook.booking.model import Appointment, Customer
from truebook.connectors.twilio.signature import HEADER, sign
from truebook.db import Database
from truebook.delivery.outgoing import Outgoing, outgoing
from truebook.jobs import EVENTS, MessageReceived
from truebook.jobs.publish import event
from truebook.kernel import clock
from truebook.kernel.settings import Settings
from truebook.onboarding.connect import Onboarding
from truebook.tenants import numbers, vault
from truebook.tenants.numbers import Connection
from truebook.tenants.vault import Vault

ACCOUNT, TOKEN, SENDER, SANDBOX = "AC" + "0" * 32, "auth-token", "+14155550188", "+14155238886"
CARLA = "whatsapp:+436601234567"
FIELDS = {"From", "To", "Body", "ContentSid", "ContentVariables", "StatusCallback"}
Json = dict[str, Any]


@dataclass
class FakeTwilio:
    """Takes what Twilio takes and refuses what it refuses. `sent`: the messages it has, the oldest first."""

    sent: list[Json] = field(default_factory=list)
    contents: dict[str, Json] = field(default_factory=dict)
    callbacks: dict[str, str] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    senders: dict[str, str] = field(default_factory=lambda: {SANDBOX: "ONLINE", SENDER: "ONLINE"})
    review: str = "approved"
    counter: Any = field(default_factory=lambda: count(1))

    def app(self) -> Starlette:
        account = "/2010-04-01/Accounts/{account}"
        return Starlette(routes=[
            Route(account + "/Messages.json", self.make, methods=["POST"]),
            Route(account + "/Messages.json", self.list),
            Route(account + "/Messages/{sid}/Media/{medium}", self.file),
            Route(account + ".json", self.account),
            Route("/v1/Content", self.content, methods=["POST"]),
            Route("/v1/Content/{sid}/ApprovalRequests/whatsapp", self.approve, methods=["POST"]),
            Route("/v1/ContentAndApprovals", self.reviews),
            Route("/v2/Channels/Senders", self.sender_list),
        ])  # fmt: skip

    def _refused(self, request: Request) -> Response | None:
        expected = httpx2.BasicAuth(ACCOUNT, TOKEN)._auth_header
        if request.headers.get("authorization") != expected:
            return _error(20003, "Authenticate", 401)
        return None

    async def make(self, request: Request) -> Response:
        if no := self._refused(request):
            return no
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        form = dict(pairs)
        if unknown := set(form) - FIELDS:
            return _error(20001, f"Unknown parameters {unknown}")
        if form.get("From") != f"whatsapp:{SENDER}":
            return _error(63007, "Twilio could not find a Channel with the specified From address")
        if not re.fullmatch(r"whatsapp:(\+\d{7,15}|[A-Z]{2}\.[A-Za-z0-9]+)", form.get("To", "")):
            return _error(21211, "Invalid 'To' Phone Number")
        if ("Body" in form) == ("ContentSid" in form):
            return _error(21619, "A text message body or a ContentSid must be specified, and not both")
        if len(form.get("Body", "x")) > 1600 or not form.get("Body", "x"):
            return _error(21617, "The concatenated message body exceeds the 1600 character limit")
        body, choices = form.get("Body", ""), []
        if "ContentSid" in form:
            content = self.contents.get(form["ContentSid"])
            if content is None:
                return _error(21655, "The ContentSid is invalid")
            try:
                body, choices = _rendered(content, json.loads(form.get("ContentVariables", "{}")))
            except ValueError as wrong:
                return _error(21656, f"The ContentVariables parameter is invalid: {wrong}")
        sid = f"SM{next(self.counter):032x}"
        made = format_datetime(clock.now())
        message = {"sid": sid, "status": "queued", "to": form["To"], "from": form["From"], "body": body,
                   "direction": "outbound-api", "date_created": made, "error_code": None}  # fmt: skip
        self.sent.append({**message, "choices": choices})
        self.callbacks[sid] = form["StatusCallback"]
        return JSONResponse(message, 201)

    async def list(self, request: Request) -> Response:
        if no := self._refused(request):
            return no
        wanted = request.query_params
        found = [one for one in self.sent if (one["to"], one["from"]) == (wanted["To"], wanted["From"])]
        return JSONResponse({"messages": list(reversed(found))})

    async def file(self, request: Request) -> Response:
        if no := self._refused(request):
            return no
        found = self.media.get(request.path_params["medium"])
        return Response(found, media_type="audio/ogg") if found else _error(20404, "not found", 404)

    async def account(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse({"sid": ACCOUNT, "status": "active"})

    async def sender_list(self, request: Request) -> Response:
        """Page through the account's senders, the channel being a must: a page of one, so that there are several."""
        if no := self._refused(request):
            return no
        wanted = request.query_params
        if wanted.get("Channel") != "whatsapp" or not set(wanted) <= {"Channel", "PageSize", "Page", "PageToken"}:
            return _error(20001, "Channel is required")
        page, known = int(wanted.get("Page", "0")), list(self.senders.items())
        shown = [
            {"sid": f"XE{page:032x}", "sender_id": f"whatsapp:{phone}", "status": status, "webhook": None}
            for phone, status in known[page : page + 1]
        ]
        url = request.url.remove_query_params(["Page"])
        after = str(url.include_query_params(Page=page + 1)) if page + 1 < len(known) else None
        meta = {"key": "senders", "page": page, "page_size": 1, "url": str(request.url), "next_page_url": after}
        return JSONResponse({"meta": meta, "senders": shown})

    async def content(self, request: Request) -> Response:
        if no := self._refused(request):
            return no
        given = await request.json()
        if not {"language", "types"} <= set(given) <= {"language", "types", "friendly_name", "variables"}:
            return _error(20001, "Invalid content")
        sid = f"HX{next(self.counter):032x}"
        self.contents[sid] = {**given, "sid": sid, "approval_requests": {"status": "unsubmitted"}}
        return JSONResponse(self.contents[sid], 201)

    async def approve(self, request: Request) -> Response:
        if no := self._refused(request):
            return no
        content, given = self.contents[request.path_params["sid"]], await request.json()
        if set(given) != {"name", "category"} or not re.fullmatch(r"[a-z0-9_]+", given["name"]):
            return _error(20001, "Invalid approval request")
        (shown,) = content["types"].values()
        if not set(re.findall(r"{{(\d+)}}", str(shown))) <= set(content.get("variables", {})):
            return _error(20001, "every variable needs a sample")
        content["approval_requests"] = {"status": self.review, "category": given["category"], "rejection_reason": ""}
        return JSONResponse({**content["approval_requests"], "name": given["name"]}, 201)

    async def reviews(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse({"contents": list(self.contents.values())})


def _error(code: int, words: str, status: int = 400) -> Response:
    return JSONResponse({"code": code, "message": words, "status": status}, status)


def _rendered(content: Json, variables: dict[str, str]) -> tuple[str, list[Json]]:
    """Return what a resource shows; raise ValueError for what Twilio or WhatsApp would refuse."""
    ((kind, shown),) = content["types"].items()
    wanted = set(re.findall(r"{{(\d+)}}", json.dumps(shown)))
    if kind == "whatsapp/authentication":
        if content["approval_requests"].get("category") != "AUTHENTICATION" or set(variables) != {"1"}:
            raise ValueError("a code is one variable of an approved template")
        return f"{variables['1']} is your verification code.", [
            {"id": "", "title": shown["actions"][0]["copy_code_text"]}
        ]
    if wanted != set(variables) or not all(isinstance(one, str) and one for one in variables.values()):
        raise ValueError(f"{wanted} and {set(variables)}")
    filled = json.loads(re.sub(r"{{(\d+)}}", lambda found: json.dumps(variables[found[1]])[1:-1], json.dumps(shown)))
    if kind == "twilio/list-picker":
        choices = [{"id": one["id"], "title": one["item"]} for one in filled["items"]]
        most, longest = 24, max(len(one["description"]) for one in filled["items"])
        if longest > 72 or len(filled["button"]) > 20:
            raise ValueError("too long")
    else:
        choices = [{"id": one.get("id", ""), "title": one["title"]} for one in filled.get("actions", ())]
        most = 20 if "variables" not in content else 25
    if any(len(one["title"]) > most or len(one["id"]) > 200 for one in choices) or len(filled["body"]) > 1024:
        raise ValueError("too long")
    if len({one["title"] for one in choices}) < len(choices):
        raise ValueError("two alike")
    return filled["body"], choices


class Losing(httpx2.AsyncBaseTransport):
    """Lets answers be lost, before or after the request was taken."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self.inner, self.lose = inner, ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        lose, self.lose = (self.lose, "") if request.method == "POST" else ("", self.lose)
        if lose == "before":
            raise httpx2.ReadError("lost")
        answer = await self.inner.handle_async_request(request)
        if lose == "after":
            raise httpx2.ReadError("lost")
        return answer


@dataclass
class Branch:
    """The salon, its Twilio, and the way between them."""

    desk: Desk
    twilio: FakeTwilio
    way: Losing
    http: httpx2.AsyncClient
    owner: Onboarding
    out: Outgoing
    vault: Vault
    url: str = ""
    ran: set[int] = field(default_factory=set)
    listener: Listener | None = None
    to_twilio: httpx2.AsyncClient = field(default_factory=httpx2.AsyncClient)

    async def connect(self, **more: Any) -> Any:
        account = {"messaging_account_id": ACCOUNT, "access_token": TOKEN, "graph_url": "http://twilio.test"}
        new = Connection(**{"number_id": SENDER, **account, **more}, provider="twilio")
        made = await self.owner.connect_twilio(self.desk.scope, new)
        self.url = made.callback_url
        return made

    async def post(self, form: dict[str, str], url: str | None = None, **headers: str) -> int:
        """Send a signed form to the desk; return the status of the answer."""
        where = url or self.url
        signed = {HEADER: sign(TOKEN, where, list(form.items())), **headers}
        return (await self.http.post(where, data=form, headers=signed)).status_code

    async def say(self, body: str, **more: str) -> list[Json]:
        """Write as Carla; return what came."""
        before = len(self.twilio.sent)
        assert await self.post(written(body, **more)) == 204
        await self.work()
        return self.twilio.sent[before:]

    async def status(self, sid: str, state: str, **more: str) -> None:
        form = {"MessageSid": sid, "MessageStatus": state, "AccountSid": ACCOUNT, "From": f"whatsapp:{SENDER}", **more}
        assert await self.post(form, self.twilio.callbacks[sid]) == 204
        await self.work()

    async def work(self, *, late: bool = False) -> None:
        """Do the jobs that wait; `late`: also those whose time comes later, such as a look at what was lost."""
        db = self.desk.db
        incoming = Incoming(db)
        handlers: dict[str, Any] = {
            "updates_stored": incoming.work, "message_received": self._answer, "message_due": self.out.sender.send,
            "answer_due": self.out.sender.send, "code_asked": self.out.prover.send,
            "appointment_changed": self.out.messenger.tell, **({"delivery_open": self.out.sender.follow} if late else {}),
        }  # fmt: skip
        while jobs := [one for one in await self.rows(JOBS) if one[0] not in self.ran and one[1] in handlers]:
            for number, task, arguments in jobs:
                self.ran.add(number)
                told = {name: value for name, value in arguments.items() if name != "request"}
                await handlers[task](event(EVENTS[task], told))

    async def _answer(self, event: MessageReceived) -> None:
        if self.listener is not None:
            await self.listener.hear(event)
        await Assistant(self.desk.db, Offline(), LINKS).answer(event)

    async def held(self) -> Appointment:
        """Hold a time for Carla, as the booking page does."""
        now = clock.now()
        days = now.date() + timedelta(days=1), now.date() + timedelta(days=8)
        slots = await free.find(self.desk.db, self.desk.scope, self.desk.services["Haircut"], None, *days, now=now)
        wish = self.desk.wish(slots[0].start, staff=None, customer=Customer("Carla", "+436601234567"))
        return await actions.hold(self.desk.db, self.desk.scope, wish, now=now)

    async def rows(self, query: str, *params: Any) -> list[tuple]:
        async with self.desk.db.transaction(self.desk.scope) as tx:
            return await tx.rows(query, params)


JOBS = "SELECT id, task_name, args FROM procrastinate_jobs ORDER BY id"
sids = count(1)


def written(body: str, **more: str) -> dict[str, str]:
    """Return the form of a message of Carla's, as Twilio sends it."""
    return {
        "MessageSid": f"SM{next(sids):032x}", "AccountSid": ACCOUNT, "From": CARLA, "To": f"whatsapp:{SENDER}",
        "Body": body, "NumMedia": "0", "ProfileName": "Carla", "WaId": "436601234567", "SmsStatus": "received", **more,
    }  # fmt: skip


@asynccontextmanager
async def branch(url: str) -> AsyncIterator[Branch]:
    """Lend the salon, which has nothing at Twilio yet."""
    async with Database(url, size=8) as db:
        desk, keys, twilio = await furnish(db, zone="Europe/Vienna"), vault.read(vault.made()), FakeTwilio()
        way = Losing(httpx2.ASGITransport(twilio.app()))
        settings = Settings(public_url="http://desk.test")
        async with (
            httpx2.AsyncClient(transport=way) as to_twilio,
            httpx2.AsyncClient(transport=httpx2.ASGITransport(build(settings, db, LINKS, keys))) as http,
        ):
            owner = Onboarding(db, keys, to_twilio, "http://desk.test")
            yield Branch(
                desk, twilio, way, http, owner, outgoing(db, LINKS, keys, to_twilio), keys, to_twilio=to_twilio
            )


async def number_of(lent: Branch) -> numbers.Number:
    (found,) = await numbers.every(lent.desk.db, lent.desk.scope)
    return found
