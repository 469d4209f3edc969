"""The Graph API as a desk sees it: its refusals, its limits by real clocks, its statuses in the background."""

import asyncio
import json
import random
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from truebook.kernel import clock
from truebook.simulator.phones import Bubble, Person, World, new_id
from truebook.simulator.review import reviewed
from truebook.simulator.strict import Bad, Parsed, parse, read_mark
from truebook.simulator.webhooks import Webhooks, seconds

Json = dict[str, Any]
Answering = Callable[[Request], Awaitable[Response]]
USAGE = "x-business-use-case-usage"
STATUSES = {190: 401, 130429: 429, 131056: 429, 131000: 500, 2: 503, 132001: 404}
PER_SECOND, PAIR_BURST, PAIR_EVERY = 80, 45, 6.0
SLOWLY = 3.0
PER_HOUR = 5_000
"""Calls that are no messages: what a messaging account with a registered number may make."""
REGAIN = 7
"""Minutes after which a throttled account may call again."""
REVIEW = 10.0
"""Seconds that a review takes where it is a slow one."""
TIERS = {250: "TIER_250", 2_000: "TIER_2K", 10_000: "TIER_10K", 100_000: "TIER_100K", None: "TIER_UNLIMITED"}
DECISIONS = {"approve": "APPROVED", "reject": "REJECTED", "pause": "PAUSED", "disable": "DISABLED"}


@dataclass
class Account:
    """One business's number: its ids, its token, and how much it has sent."""

    number_id: str
    account_id: str
    token: str
    webhooks: Webhooks
    recent: deque[float] = field(default_factory=deque)
    pairs: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: deque[float] = field(default_factory=deque)
    subscribed: bool = False
    registered: bool = False


class Cut(Response):
    """An answer that breaks off in the middle: whoever waits for it learns nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Announce more than is sent."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"500")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"messaging_product":', "more_body": True})
        raise ConnectionResetError("the simulator was told to lose this answer")


@dataclass
class Graph:
    """The API over a world."""

    world: World
    accounts: dict[str, Account]

    def routes(self) -> list[Route]:
        """Return the API's routes, under any version."""
        return [
            Route("/{version}/debug_token", self.debug_token),
            Route("/{version}/{node}/messages", self.metered(self.messages, counts=False), methods=["POST"]),
            Route("/{version}/{node}/register", self.metered(self.register), methods=["POST"]),
            Route("/{version}/{node}/subscribed_apps", self.metered(self.subscribed), methods=["GET", "POST"]),
            Route("/{version}/{node}/message_templates", self.metered(self.templates), methods=["GET", "POST"]),
            Route("/media/{node}", self.file),
            Route("/{version}/{node}", self.metered(self.node)),
        ]

    def metered(self, answer: Answering, *, counts: bool = True) -> Answering:
        """Return what answers a call and tells by a header how much of the account's calls is used up.

        `counts`: whether it is one of the calls that are limited by the hour, which messages are not.
        """

        async def metered(request: Request) -> Response:
            account = self._called(request.path_params["node"])
            if account is None:
                return await answer(request)
            now = time.monotonic()
            while account.calls and account.calls[0] < now - 3600:
                account.calls.popleft()
            full = self.world.outages.throttled or (counts and len(account.calls) >= PER_HOUR)
            if counts and not full:
                account.calls.append(now)
            refusal = Bad(80007, "The WhatsApp Business Account has reached its rate limit.")
            said = refused(refusal) if full else await answer(request)
            if not isinstance(said, Cut):
                said.headers[USAGE] = usage(account, full=full)
            return said

        return metered

    def _called(self, node: str) -> Account | None:
        return next((one for one in self.accounts.values() if node in (one.number_id, one.account_id)), None)

    async def messages(self, request: Request) -> Response:
        """Take a message, or what stands for having read one."""
        outages = self.world.outages
        if outages.unavailable:
            return refused(Bad(2, "API Service", 503))
        try:
            account = self._account(request)
            body = await request.json()
            if isinstance(body, dict) and body.get("status") == "read":
                return await self._read(body)
            shown = parse(body, self.world.templates)
            to = str(body.get("to") or body.get("recipient"))
            if not body.get("to") and to in self.world.strangers:
                raise Bad(131009, "Parameter value is not valid: this user id belongs to another business portfolio")
            self._in_time(account, to)
        except Bad as bad:
            return refused(bad)
        except ValueError:
            return refused(Bad(100, "(#100) the body is no JSON"))
        person = self.world.find(body.get("to"), body.get("recipient"))
        bubble = Bubble(new_id(), False, shown.kind, shown.text, clock.now(), list(shown.choices), shown.opens)
        bubble.ticks, bubble.token = "accepted", body.get("biz_opaque_callback_data")
        whose = person.id if person else None
        self.world.note("taken", person=whose, to=to, bubble=asdict(bubble), shown=asdict(shown))
        early = outages.shuffled
        asyncio.get_running_loop().call_later(0.0 if early else 0.15, self.carry, account, person, bubble, shown)
        if outages.slow or early:
            await asyncio.sleep(SLOWLY if outages.slow else 0.3)
        if outages.lost_answer:
            return Cut()
        if outages.failing:
            return Response("Internal Server Error", 500, media_type="text/plain")
        whom = {"input": to, **({"wa_id": person.phone} if person and body.get("to") else {})}
        message = {"id": bubble.id}
        if shown.template:
            message["message_status"] = "held_for_quality_assessment" if outages.held else "accepted"
        return JSONResponse({"messaging_product": "whatsapp", "contacts": [whom], "messages": [message]})

    async def _read(self, body: Json) -> Response:
        """Show whoever wrote a message that it was read, with those before it, and that somebody is typing."""
        message_id, types = read_mark(body)
        found = next(((who, one) for who, one in self.world.bubbles() if one.mine and one.id == message_id), None)
        if found is None:
            raise Bad(131009, "Parameter value is not valid: message_id")
        person, seen = found
        if person.has_blocked:
            return JSONResponse({"success": True})
        for one in person.chat:
            if one.mine and one.at <= seen.at:
                one.ticks = "read"
        person.typing_at = clock.now() if types else person.typing_at
        self.world.note("seen", person=person.id, bubble=seen.id)
        await self.world.touch()
        return JSONResponse({"success": True})

    def carry(self, account: Account, person: Person | None, bubble: Bubble, shown: Parsed) -> None:
        """Bring a message that was taken to a phone, in the background."""
        task = asyncio.ensure_future(self._carry(account, person, bubble, shown))
        account.webhooks.keep(task)

    async def _carry(self, account: Account, person: Person | None, bubble: Bubble, shown: Parsed) -> None:
        """Bring a message to a phone, and tell the business how far it came."""
        if (error := self._obstacle(person, shown)) is not None:
            bubble.ticks, bubble.error = "failed", error[1]
            if person is not None and not person.has_blocked:
                person.chat.append(bubble)
            self.status(account, person, bubble, "failed", errors=[explained(*error)])
            self.world.note("carried", bubble=bubble.id)
            await self.world.touch()
            return
        if self.world.outages.no_payment or person is None:
            return
        if bubble not in person.chat:
            person.chat.append(bubble)
        person.typing_at = None
        steps = ["sent", "delivered", *(["read"] if person.looks else [])]
        if self.world.outages.shuffled:
            random.shuffle(steps)
        for step in steps:
            if bubble.ticks != "read":
                bubble.ticks = step if step == "read" or bubble.ticks != "delivered" else bubble.ticks
            self.status(account, person, bubble, step, pricing=price(shown))
            await self.world.touch()
            await asyncio.sleep(0.05)
        self.world.note("carried", bubble=bubble.id)

    def _obstacle(self, person: Person | None, shown: Parsed) -> tuple[int, str] | None:
        """Return why a message that was accepted does not arrive: these errors come later, as a status."""
        if person is None:
            return 131026, "Message undeliverable: the recipient is not a WhatsApp user"
        if person.has_blocked:
            return None
        closed = self.world.outages.closed_window or not person.window_is_open
        if shown.template is None and closed:
            return 131047, "Re-engagement message: more than 24 hours have passed since the customer last replied"
        if closed and not self.world.may_reach(person):
            return 131048, "Message failed to send because of restrictions on how many messages can be sent"
        return None

    def status(self, account: Account, person: Person | None, bubble: Bubble, state: str, **more: Any) -> None:
        """Tell the business of a status."""
        said: Json = {"id": bubble.id, "status": state, "timestamp": seconds(), **more}
        if person is not None:
            said["recipient_user_id"] = person.user_id
            if person.shows_number:
                said["recipient_id"] = person.phone
        if self.world.outages.version_23 and state != "failed":
            ends = seconds(clock.now() + timedelta(hours=24))
            said["conversation"] = {"id": "c1", "expiration_timestamp": ends, "origin": {"type": "utility"}}
        if bubble.token:
            said["biz_opaque_callback_data"] = bubble.token
        account.webhooks.tell({"statuses": [said]}, f"{state} {bubble.id[-6:]}")

    def _account(self, request: Request) -> Account:
        """Return the number a request is about; raise Bad for a wrong token or an unknown number."""
        given = request.headers.get("authorization", "")
        account = self.accounts.get(request.path_params["node"])
        if given not in {f"Bearer {one.token}" for one in self.accounts.values()}:
            raise Bad(190, "Invalid OAuth access token - Cannot parse access token", 401)
        if account is None or given != f"Bearer {account.token}":
            raise Bad(33, f"Object with ID '{request.path_params['node']}' does not exist or cannot be loaded")
        return account

    def _in_time(self, account: Account, to: str) -> None:
        """Raise Bad where a number or a pair is faster than its limit, by the real clock."""
        now = time.monotonic()
        while account.recent and account.recent[0] < now - 1:
            account.recent.popleft()
        if len(account.recent) >= PER_SECOND:
            raise Bad(130429, "Rate limit hit: Cloud API message throughput has been reached")
        due = max(account.pairs[to], now - PAIR_BURST * PAIR_EVERY) + PAIR_EVERY
        if due > now + PAIR_EVERY:
            raise Bad(131056, "(Business Account, Consumer Account) pair rate limit hit")
        account.pairs[to] = due
        account.recent.append(now)

    async def debug_token(self, request: Request) -> Response:
        """Tell what a token may do."""
        given = request.query_params.get("input_token")
        account = next((one for one in self.accounts.values() if one.token == given), None)
        scopes = ["whatsapp_business_messaging", "whatsapp_business_management"]
        data: Json = {"is_valid": account is not None, "expires_at": 0, "scopes": scopes if account else []}
        return JSONResponse({"data": data})

    async def register(self, request: Request) -> Response:
        """Register a number with its PIN."""
        try:
            account = self._account(request)
            pin = (await request.json()).get("pin", "")
        except Bad as bad:
            return refused(bad)
        if not (isinstance(pin, str) and pin.isdigit() and len(pin) == 6):
            return refused(Bad(100, "(#100) Param pin must be exactly 6 characters long."))
        account.registered = True
        return JSONResponse({"success": True})

    async def subscribed(self, request: Request) -> Response:
        """Subscribe the app to an account's webhooks, or tell whether it is."""
        account = self._of_account(request)
        if account is None:
            return refused(Bad(190, "Invalid OAuth access token", 401))
        if request.method == "POST":
            account.subscribed = True
            return JSONResponse({"success": True})
        return JSONResponse({"data": [{"whatsapp_business_api_data": {"id": "app"}}] if account.subscribed else []})

    async def templates(self, request: Request) -> Response:
        """List the templates, or review a new one, which is approved at once if it keeps the rules."""
        account = self._of_account(request)
        if account is None:
            return refused(Bad(190, "Invalid OAuth access token", 401))
        if request.method == "GET":
            listed = [
                {"name": name, "language": language, **{key: one[key] for key in ("status", "category")}}
                for (name, language), one in self.world.templates.items()
            ]
            return JSONResponse({"data": listed, "paging": {}})
        try:
            made = reviewed(await request.json())
        except Bad as bad:
            return refused(bad)
        if self.world.outages.slow_review:
            made["status"] = "PENDING"
            asyncio.get_running_loop().call_later(REVIEW, self._review, made, account.webhooks)
        self.world.templates[made["name"], made["language"]] = made
        await self.world.touch()
        return JSONResponse(
            {"id": str(random.randrange(10**15)), "status": made["status"], "category": made["category"]}
        )

    def _review(self, made: Json, webhooks: Webhooks) -> None:
        """Approve what nobody has decided about meanwhile."""
        if made["status"] == "PENDING":
            webhooks.keep(asyncio.ensure_future(self.decide(made, "approve", webhooks)))

    async def decide(self, made: Json, what: str, webhooks: Webhooks) -> None:
        """Decide about a template as Meta does, and tell its business: its status, or what it is charged as."""
        named = {
            "message_template_id": 1, "message_template_name": made["name"],
            "message_template_language": made["language"],
        }  # fmt: skip
        about = f"{made['name']} {made['language']}"
        if what in DECISIONS:
            made["status"] = DECISIONS[what]
            reason = "INCORRECT_CATEGORY" if what == "reject" else "NONE"
            value = {**named, "event": made["status"], "reason": reason, "message_template_category": made["category"]}
            webhooks.tell(value, f"{made['status']} {about}", field_name="message_template_status_update")
        else:
            before, made["category"] = made["category"], what.upper()
            value = {**named, "previous_category": before, "new_category": made["category"]}
            webhooks.tell(value, f"{made['category']} {about}", field_name="template_category_update")
        await self.world.touch()

    async def file(self, request: Request) -> Response:
        """Give a file that somebody sent, to whoever has the token."""
        found = self.world.media.get(request.path_params["node"])
        if found is None or not self._has_token(request):
            return Response(status_code=404)
        return Response(found, media_type="audio/ogg")

    def _has_token(self, request: Request) -> bool:
        return request.headers.get("authorization") in {f"Bearer {one.token}" for one in self.accounts.values()}

    async def node(self, request: Request) -> Response:
        """Tell how a number is, or where a file is."""
        if (media := request.path_params["node"]) in self.world.media and self._has_token(request):
            where = str(request.url_for("file", node=media))
            return JSONResponse({"url": where, "mime_type": "audio/ogg; codecs=opus", "id": media})
        if (owner := self._of_account(request)) is not None:
            paid = {} if self.world.outages.no_payment else {"primary_funding_id": "1"}
            return JSONResponse({"id": owner.account_id, **paid})
        try:
            account = self._account(request)
        except Bad as bad:
            return refused(bad)
        return JSONResponse(
            {
                "id": account.number_id, "display_phone_number": account.webhooks.phone, "verified_name": "Simulator",
                "quality_rating": "GREEN",
                "whatsapp_business_manager_messaging_limit": TIERS.get(self.world.limit, "TIER_250"),
                "status": "CONNECTED" if account.registered else "PENDING",
                "health_status": {"can_send_message": "BLOCKED" if self.world.outages.no_payment else "AVAILABLE"},
            }
        )  # fmt: skip

    def _of_account(self, request: Request) -> Account | None:
        given, node = request.headers.get("authorization", ""), request.path_params["node"]
        found = (one for one in self.accounts.values() if one.account_id == node and given == f"Bearer {one.token}")
        return next(found, None)


def refused(bad: Bad) -> Response:
    """Return an error as the Graph API writes it."""
    error = {
        "message": f"(#{bad.code}) {bad.details}", "type": "OAuthException", "code": bad.code,
        "error_data": {"messaging_product": "whatsapp", "details": bad.details}, "fbtrace_id": "sim",
    }  # fmt: skip
    return JSONResponse({"error": error}, STATUSES.get(bad.code, bad.status))


def explained(code: int, details: str) -> Json:
    """Return an error as it stands in a status."""
    return {"code": code, "title": details[:60], "message": details[:60], "error_data": {"details": details}}


def usage(account: Account, *, full: bool) -> str:
    """Return the header's value: shares in per cent, and the minutes until an account may call again."""
    share = 100 if full else len(account.calls) * 100 // PER_HOUR
    told = {
        "type": "whatsapp", "call_count": share, "total_cputime": 1, "total_time": 1,
        "estimated_time_to_regain_access": REGAIN if full else 0,
    }  # fmt: skip
    return json.dumps({account.account_id: [told]})


def price(shown: Parsed) -> Json:
    """Return what a message is charged as, since October 2026."""
    category = "utility" if shown.template else "service"
    return {"billable": True, "pricing_model": "PMP", "type": "regular", "category": category}
