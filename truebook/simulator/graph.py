"""The Graph API as a desk sees it: its refusals, its limits by real clocks, its statuses in the background."""

import asyncio
import random
import time
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from truebook.kernel import clock
from truebook.simulator.phones import Bubble, Person, World, new_id
from truebook.simulator.strict import Bad, Parsed, parse
from truebook.simulator.webhooks import Webhooks, seconds

Json = dict[str, Any]
STATUSES = {190: 401, 130429: 429, 131056: 429, 131000: 500, 2: 503, 132001: 404}
PER_SECOND, PAIR_BURST, PAIR_EVERY = 80, 45, 6.0
SLOWLY = 3.0


@dataclass
class Account:
    """One business's number: its ids, its token, and how much it has sent."""

    number_id: str
    account_id: str
    token: str
    webhooks: Webhooks
    recent: deque[float] = field(default_factory=deque)
    pairs: dict[str, float] = field(default_factory=lambda: defaultdict(float))
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
            Route("/{version}/{node}/messages", self.messages, methods=["POST"]),
            Route("/{version}/{node}/register", self.register, methods=["POST"]),
            Route("/{version}/{node}/subscribed_apps", self.subscribed, methods=["GET", "POST"]),
            Route("/{version}/{node}/message_templates", self.templates, methods=["GET", "POST"]),
            Route("/media/{node}", self.file),
            Route("/{version}/{node}", self.node),
        ]

    async def messages(self, request: Request) -> Response:
        """Take a message, or what stands for having read one."""
        outages = self.world.outages
        if outages.unavailable:
            return refused(Bad(2, "API Service", 503))
        try:
            account = self._account(request)
            body = await request.json()
            if isinstance(body, dict) and body.get("status") == "read":
                return JSONResponse({"success": True})
            shown = parse(body, self.world.templates)
            to = str(body.get("to") or body.get("recipient"))
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

    def carry(self, account: Account, person: Person | None, bubble: Bubble, shown: Parsed) -> None:
        """Bring a message that was taken to a phone, in the background."""
        task = asyncio.ensure_future(self._carry(account, person, bubble, shown))
        account.webhooks.tasks.add(task)
        task.add_done_callback(account.webhooks.tasks.discard)

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
        return None

    def status(self, account: Account, person: Person | None, bubble: Bubble, state: str, **more: Any) -> None:
        """Tell the business of a status."""
        said: Json = {"id": bubble.id, "status": state, "timestamp": seconds(), **more}
        if person is not None:
            said["recipient_user_id"] = person.user_id
            if person.shows_number:
                said["recipient_id"] = person.phone
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
        self.world.templates[made["name"], made["language"]] = made
        await self.world.touch()
        return JSONResponse(
            {"id": str(random.randrange(10**15)), "status": made["status"], "category": made["category"]}
        )

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
                "quality_rating": "GREEN", "whatsapp_business_manager_messaging_limit": "TIER_250",
                "status": "CONNECTED" if account.registered else "PENDING",
                "health_status": {"can_send_message": "BLOCKED" if self.world.outages.no_payment else "AVAILABLE"},
            }
        )  # fmt: skip

    def _of_account(self, request: Request) -> Account | None:
        given, node = request.headers.get("authorization", ""), request.path_params["node"]
        found = (one for one in self.accounts.values() if one.account_id == node and given == f"Bearer {one.token}")
        return next(found, None)


def reviewed(body: Json) -> Json:
    """Return a template as it is stored after its review; raise Bad for one that breaks a rule."""
    fields: list[str] = []
    replies: list[str] = []
    link = None
    components = {one.get("type"): one for one in body.get("components", ())}
    words = str(components.get("BODY", {}).get("text", ""))
    if body.get("category") == "AUTHENTICATION":
        return _authentication(body, components)
    if body.get("parameter_format") != "NAMED" or not words:
        raise Bad(100, "(#100) Invalid parameter: components")
    if words.startswith("{{") or words.endswith("}}"):
        raise Bad(2388299, "Variables can't be at the start or end of the template")
    if "}}{{" in words or "}} {{" in words:
        raise Bad(2388293, "too many variables for the length of the message")
    fields = [part.partition("}}")[0] for part in words.split("{{")[1:]]
    examples = components["BODY"].get("example", {}).get("body_text_named_params", [])
    if {one.get("param_name") for one in examples} != set(fields):
        raise Bad(2388047, "every variable needs an example")
    for button in components.get("BUTTONS", {}).get("buttons", ()):
        if len(str(button.get("text", ""))) > 25:
            raise Bad(2388040, "a button's text has at most 25 characters")
        if button.get("type") == "QUICK_REPLY":
            replies.append(button["text"])
        elif not str(button.get("url", "")).endswith("{{1}}") or not button.get("example"):
            raise Bad(2388047, "the variable of an address stands at its end, and has an example")
        else:
            link = button["text"]
    wanted = body.get("category")
    return {
        "name": body["name"], "language": body["language"], "status": "APPROVED", "category": wanted, "text": words,
        "fields": fields, "replies": replies, "link": link,
    }  # fmt: skip


def _authentication(body: Json, components: dict[str, Json]) -> Json:
    """Return a template of a code as it is stored: its text is Meta's, and a button copies the code."""
    buttons = components.get("BUTTONS", {}).get("buttons", ())
    if "text" in components.get("BODY", {}) or set(components) - {"BODY", "FOOTER", "BUTTONS"}:
        raise Bad(100, "(#100) the text of an authentication template is fixed")
    if [(one.get("type"), one.get("otp_type")) for one in buttons] != [("OTP", "COPY_CODE")]:
        raise Bad(100, "(#100) an authentication template has one button, of type OTP")
    if not 1 <= int(components.get("FOOTER", {}).get("code_expiration_minutes", 1)) <= 90:
        raise Bad(100, "(#100) code_expiration_minutes must be 1 to 90")
    return {
        "name": body["name"], "language": body["language"], "status": "APPROVED", "category": "AUTHENTICATION",
        "text": "{{code}} is your verification code. For your security, do not share this code.",
        "fields": ["code"], "replies": [], "link": str(buttons[0].get("text") or "Copy code"),
    }  # fmt: skip


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


def price(shown: Parsed) -> Json:
    """Return what a message is charged as, since October 2026."""
    category = "utility" if shown.template else "service"
    return {"billable": True, "pricing_model": "PMP", "type": "regular", "category": category}
