"""Alice, Bob and Charlie on every route: the owner and her colleague may; the stranger sees and changes nothing.

The table is checked against the app's own routes, so a route without a case fails.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi.routing import APIRoute

from tests.api.http import API, Shop, monday, shop
from truebook.app import build
from truebook.channels.api import chat, keys
from truebook.kernel.settings import Settings
from truebook.limits import Limit

pytestmark = pytest.mark.anyio
number = count()


SEATS: dict[UUID, str] = {}
"""By business, a pool of seats with two units."""


@asynccontextmanager
async def house(url: str) -> AsyncIterator[Shop]:
    """Open the shop, with seats to give classes on."""
    async with shop(url) as desk:
        made = await desk.alice.post(f"{API}/pools", json={"name": "Mat", "kind": "seat"})
        SEATS[desk.desk.account] = made.json()["id"]
        await desk.alice.post(f"{API}/pools/{made.json()['id']}/units", json={"count": 2})
        yield desk


def free_time() -> str:
    """Return a start on the salon's clock that no test has taken yet."""
    week, place = divmod(next(number), 30)
    day, hour = divmod(place, 6)
    return f"{monday() + timedelta(days=7 * week + day)}T{9 + hour:02}:00"


def haircut(desk: Shop) -> dict[str, Any]:
    return desk.wanted(start=free_time())


def named(_: Shop) -> dict[str, Any]:
    return {"name": f"New {next(number)}"}


def nothing(_: Shop) -> None:
    return None


def week(_: Shop) -> dict[str, Any]:
    return {"week": [{"weekday": day, "opens": "08:00", "closes": "20:00"} for day in range(1, 6)]}


@dataclass(frozen=True)
class Case:
    """How a route is called so that the owner succeeds: body, query, the status she gets, and what is made for {id}.

    `look` is where below that thing its state can be seen.
    """

    body: Callable[[Shop], dict[str, Any] | None] = nothing
    status: int = 200
    query: Callable[[Shop], dict[str, Any] | None] = nothing
    made: Callable[[Shop], dict[str, Any]] = named
    look: str = ""
    path: str = ""


def segment(desk: Shop) -> dict[str, Any]:
    return {"service_id": str(desk.desk.services["Haircut"])}


def guest(desk: Shop) -> dict[str, Any]:
    return {**segment(desk), "staff_id": str(desk.desk.staff["Ben"]), "guest_name": "Mia", "together": True}


def visit(desk: Shop) -> dict[str, Any]:
    return {"segments": [segment(desk)], **days(desk)}


def why_no_visit(desk: Shop) -> dict[str, Any]:
    return {"segments": [segment(desk)], "start": f"{monday()}T03:00"}


def pool(desk: Shop) -> dict[str, Any]:
    return {**named(desk), "kind": "room"}


def roles(_: Shop) -> dict[str, Any]:
    return {"roles": [{"role": "stylist", "busy": [[0, 10], [20, 30]]}]}


def block(desk: Shop) -> dict[str, Any]:
    start = free_time()
    return {"resource_id": str(desk.desk.staff["Ben"]), "start": start, "end": start[:-2] + "30"}


def course(desk: Shop) -> dict[str, Any]:
    return {
        "service_id": str(desk.desk.services["Haircut"]), "staff_id": str(desk.desk.staff["Ben"]),
        "seats_pool_id": SEATS[desk.desk.account], "start": free_time(),
    }  # fmt: skip


def courses(desk: Shop) -> dict[str, Any]:
    return {**course(desk), "rrule": "FREQ=DAILY;COUNT=1"}


def ill(desk: Shop) -> dict[str, Any]:
    return {**block(desk), "reason": "ill", "choices": []}


def waiting(desk: Shop) -> dict[str, Any]:
    start = free_time()
    who = {"name": "Carla", "phone": f"+43660{3000000 + next(number)}"}
    return {**segment(desk), "customer": who, "windows": [{"start": start, "end": start[:-2] + "50"}]}


def repeated(desk: Shop) -> dict[str, Any]:
    """Return a series of two dates; the time is its own, and a series that is not to be had is one all the same."""
    rule = {"rrule": "FREQ=DAILY;COUNT=2", "starts_on": str(monday()), "time": "10:00"}
    return {**segment(desk), **rule, "customer": {"name": "Carla"}, "book": "possible"}


def foreseen(desk: Shop) -> dict[str, Any]:
    return {key: value for key, value in repeated(desk).items() if key not in ("customer", "book")}


def held(desk: Shop) -> dict[str, Any]:
    return {**haircut(desk), "hold": True}


def days(_: Shop) -> dict[str, Any]:
    return {"from": str(monday()), "to": str(monday() + timedelta(days=4))}


def slots(desk: Shop) -> dict[str, Any]:
    return {"service_id": str(desk.desk.services["Haircut"]), **days(desk)}


def why(desk: Shop) -> dict[str, Any]:
    return {"service_id": str(desk.desk.services["Haircut"]), "start": f"{monday()}T03:00"}


def service(desk: Shop) -> dict[str, Any]:
    return {**named(desk), "duration_minutes": 30}


def override(_: Shop) -> dict[str, Any]:
    return {"date": str(monday() + timedelta(days=500 + next(number))), "intervals": []}


def blackout(_: Shop) -> dict[str, Any]:
    return {"starts_on": "2031-01-01", "ends_on": "2031-01-02"}


def bot(desk: Shop) -> dict[str, Any]:
    return {**named(desk), "is_active": False}


def customer(_: Shop) -> dict[str, Any]:
    return {"phone": f"+43660{2000000 + next(number)}"}


def user(_: Shop) -> dict[str, Any]:
    return {"email": f"u{next(number)}@salon.example"}


def offered(desk: Shop) -> dict[str, Any]:
    return {"service_ids": [str(desk.desk.services["Haircut"])]}


def settings(kind: str, new: Callable[[Shop], dict[str, Any]], change: dict[str, Any]) -> dict[tuple[str, str], Case]:
    """Return the five cases that every settings table has."""
    return {
        ("GET", f"/{kind}"): Case(),
        ("POST", f"/{kind}"): Case(new, 201),
        ("GET", f"/{kind}/{{id}}"): Case(made=new),
        ("PATCH", f"/{kind}/{{id}}"): Case(lambda _: change, made=new),
        ("DELETE", f"/{kind}/{{id}}"): Case(status=204, made=new),
    }


CASES: dict[tuple[str, str], Case] = {
    ("POST", "/appointments"): Case(haircut, 201),
    ("GET", "/appointments"): Case(query=days),
    ("GET", "/appointments/{id}"): Case(made=haircut),
    ("GET", "/codes/{code}"): Case(made=haircut),
    ("GET", "/appointments/{id}/history"): Case(made=haircut),
    ("GET", "/appointments/{id}/told"): Case(made=haircut),
    ("POST", "/appointments/{id}/tell-again"): Case(status=409, made=haircut),
    ("POST", "/appointments/{id}/move"): Case(lambda _: {"start": free_time()}, made=haircut),
    ("POST", "/appointments/{id}/confirm"): Case(made=held),
    ("POST", "/appointments/{id}/approve"): Case(status=409, made=haircut),
    ("POST", "/appointments/{id}/cancel"): Case(made=haircut),
    ("POST", "/appointments/{id}/complete"): Case(status=409, made=haircut),
    ("POST", "/appointments/{id}/no-show"): Case(status=409, made=haircut),
    ("POST", "/appointments/{id}/arrive"): Case(made=haircut),
    ("POST", "/appointments/{id}/unarrive"): Case(made=haircut),
    ("POST", "/appointments/{id}/reopen"): Case(status=409, made=haircut),
    ("PATCH", "/appointments/{id}"): Case(lambda _: {"notes": "By the window"}, made=haircut),
    ("POST", "/appointments/{id}/segments"): Case(guest, made=haircut),
    ("PATCH", "/appointments/{id}/segments/{position}"): Case(lambda _: {"duration_minutes": 30}, made=haircut),
    ("DELETE", "/appointments/{id}/segments/{position}"): Case(status=422, made=haircut),
    ("DELETE", "/appointments/{id}/link"): Case(status=204, made=haircut),
    ("GET", "/slots"): Case(query=slots),
    ("GET", "/slots/why"): Case(query=why),
    ("POST", "/availability"): Case(visit),
    ("POST", "/availability/why"): Case(why_no_visit),
    **settings("services", service, {"price_minor": 1}),
    ("GET", "/services/{id}/requirements"): Case(made=service),
    ("PUT", "/services/{id}/requirements"): Case(roles, made=service),
    **settings("pools", pool, {"kind": "seat"}),
    ("GET", "/pools/{id}/units"): Case(made=pool, look="/units"),
    ("POST", "/pools/{id}/units"): Case(lambda _: {"count": 2}, 201, made=pool, look="/units"),
    ("DELETE", "/pools/{id}/units/{number}"): Case(status=404, made=pool, look="/units"),
    ("POST", "/blocks"): Case(block, 201),
    ("POST", "/blocks/resolve"): Case(ill),
    ("GET", "/blocks"): Case(query=days),
    ("GET", "/blocks/{id}"): Case(made=block),
    ("DELETE", "/blocks/{id}"): Case(status=204, made=block),
    ("POST", "/classes"): Case(course, 201),
    ("POST", "/classes/series"): Case(courses, 201),
    ("GET", "/classes"): Case(query=days),
    ("GET", "/classes/{id}"): Case(made=course),
    ("GET", "/classes/{id}/appointments"): Case(made=course),
    ("PATCH", "/classes/{id}"): Case(lambda _: {"seats": 1}, made=course),
    ("POST", "/classes/{id}/move"): Case(lambda _: {"start": free_time()}, made=course),
    ("POST", "/classes/{id}/cancel"): Case(made=course),
    ("POST", "/waitlist"): Case(waiting, 201),
    ("GET", "/waitlist"): Case(),
    ("GET", "/waitlist/{id}"): Case(made=waiting),
    ("DELETE", "/waitlist/{id}"): Case(status=204, made=waiting),
    ("POST", "/waitlist/{id}/take"): Case(status=409, made=waiting),
    ("POST", "/waitlist/{id}/let-go"): Case(status=409, made=waiting),
    ("POST", "/series"): Case(repeated, 201),
    ("POST", "/series/preview"): Case(foreseen),
    ("GET", "/series"): Case(),
    ("GET", "/series/{id}"): Case(made=repeated),
    ("POST", "/series/{id}/resume"): Case(lambda _: {"retry": True}, made=repeated),
    ("POST", "/series/{id}/cancel"): Case(lambda _: {}, made=repeated),
    ("POST", "/series/{id}/move"): Case(lambda _: {"time": "11:00"}, made=repeated),
    **settings("staff", named, {"synonyms": ["A"]}),
    **settings("overrides", override, {"reason": "why not"}),
    **settings("blackouts", blackout, {"reason": "why not"}),
    **settings("bots", bot, {"tone": "casual"}),
    ("GET", "/bots/{id}/model"): Case(made=bot, look="/model"),
    ("PUT", "/bots/{id}/model"): Case(lambda _: {"model": "offline"}, made=bot, look="/model"),
    ("DELETE", "/bots/{id}/model"): Case(status=204, made=bot, look="/model"),
    ("GET", "/bots/{id}/hearing"): Case(made=bot, look="/hearing"),
    ("PUT", "/bots/{id}/hearing"): Case(lambda _: {"url": "https://ears.example/v1"}, made=bot, look="/hearing"),
    ("DELETE", "/bots/{id}/hearing"): Case(status=204, made=bot, look="/hearing"),
    ("GET", "/questions"): Case(),
    ("GET", "/reports"): Case(query=days),
    ("GET", "/customers/find"): Case(),
    ("POST", "/customers/of-appointment"): Case(lambda _: {"appointment_id": str(UUID(int=0))}, 404),
    ("POST", "/customers/import"): Case(lambda _: {"csv": "name,phone\nCarla,+43 660 1234567"}),
    ("GET", "/customers/{id}/merge"): Case(status=404, made=customer, query=lambda _: {"other": str(UUID(int=0))}),
    ("POST", "/customers/{id}/merge"): Case(lambda _: {"customer_id": str(UUID(int=0))}, 404, made=customer),
    ("GET", "/customers/{id}/export"): Case(made=customer),
    ("GET", "/customers/{id}/erasure"): Case(made=customer),
    ("POST", "/customers/{id}/erase"): Case(made=customer),
    **settings("customers", customer, {"name": "Carla"}),
    **settings("users", user, {"role": "admin"}),
    ("GET", "/users/{id}/notices"): Case(made=user),
    ("PATCH", "/users/{id}/notices"): Case(lambda _: {"booked": "now"}, made=user, look="/notices"),
    ("GET", "/staff/{id}/services"): Case(),
    ("PUT", "/staff/{id}/services"): Case(offered),
    ("GET", "/hours"): Case(),
    ("PUT", "/hours"): Case(week),
    ("GET", "/staff/{id}/hours"): Case(status=404),
    ("PUT", "/staff/{id}/hours"): Case(week, 201),
    ("DELETE", "/staff/{id}/hours"): Case(status=404),
    ("POST", "/chat/sessions"): Case(customer, 201),
    ("POST", "/chat/sessions/{id}/messages"): Case(lambda _: {"text": "hello"}, 202, made=customer, look="/messages"),
    ("GET", "/chat/sessions/{id}/messages"): Case(made=customer, look="/messages"),
    ("POST", "/chat/sessions/{id}/save"): Case(lambda _: {"about": "x"}, 422, made=customer, look="/messages"),
    ("GET", "/conversations"): Case(),
    ("GET", "/whatsapp/numbers"): Case(),
    ("GET", "/alerts"): Case(),
    ("GET", "/whatsapp/usage"): Case(),
    ("GET", "/telling"): Case(),
    ("PATCH", "/telling"): Case(lambda _: {"remind_before": [60]}),
    ("GET", "/account"): Case(),
    ("PATCH", "/account"): Case(lambda _: {"address": "Main Street 1"}),
    ("GET", "/account/keys"): Case(),
    ("POST", "/account/keys"): Case(named, 201),
    ("GET", "/account/keys/{id}"): Case(),
    ("DELETE", "/account/keys/{id}"): Case(status=204),
}
OPERATORS = {
    ("GET", "/accounts"),
    ("POST", "/accounts"),
    ("GET", "/accounts/{id}"),
    ("PATCH", "/accounts/{id}"),
    ("DELETE", "/accounts/{id}"),
    ("GET", "/accounts/{id}/keys"),
    ("POST", "/accounts/{id}/keys"),
    ("GET", "/accounts/{id}/keys/{key_id}"),
    ("DELETE", "/accounts/{id}/keys/{key_id}"),
}
"""An operator's: no owner's key opens them. What they do is in test_accounts and test_keys."""
ELSEWHERE = {
    ("POST", "/whatsapp/numbers"),
    ("POST", "/whatsapp/senders"),
    ("POST", "/alerts/{id}/resolve"),
    ("GET", "/conversations/{id}/messages"),
    ("POST", "/conversations/{id}/messages"),
    ("POST", "/conversations/{id}/take-over"),
    ("POST", "/questions/{id}/settle"),
    ("POST", "/conversations/{id}/hand-back"),
}
"""What no route makes: owner and stranger meet in tests/whatsapp/test_onboarding and tests/api/test_conversations."""
OPEN = {("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics")}
"""Open on a machine of one's own; elsewhere see tests/api/test_doors."""
DOCS = {("GET", "/docs"), ("GET", "/docs/{name}"), ("GET", "/openapi.json")}


def test_every_route_has_a_case() -> None:
    routes = {
        (method, route.path.removeprefix(API))
        for route in build(Settings()).routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert routes == set(CASES) | OPERATORS | ELSEWHERE | OPEN | DOCS


async def call(
    client: httpx2.AsyncClient, desk: Shop, method: str, path: str, case: Case, thing: dict[str, Any]
) -> httpx2.Response:
    """Call a route about one thing."""
    url = API + path.format(id=thing.get("id"), code=thing.get("code"), position=1, number=1)
    return await client.request(method, url, json=case.body(desk), params=case.query(desk))


def place(path: str) -> str:
    """Return where the thing that a route is about was made."""
    return path.partition("/{")[0].replace("/codes", "/appointments")


async def make(desk: Shop, path: str, case: Case) -> dict[str, Any]:
    """Have Alice make what a route with an id is about."""
    if "{" not in path:
        return {}
    made = await desk.alice.post(API + place(path), json=case.made(desk))
    assert made.status_code == 201, made.text
    thing: dict[str, Any] = made.json()
    return thing


async def test_the_owner_and_her_colleague_may(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
    async with house(database) as desk:
        for (method, path), case in CASES.items():
            for who in (desk.alice, desk.bob):
                answer = await call(who, desk, method, path, case, await make(desk, path, case))
                assert answer.status_code == case.status, (method, path, answer.text)


async def test_a_stranger_is_told_nothing_and_changes_nothing(database: str) -> None:
    async with house(database) as desk:
        for (method, path), case in CASES.items():
            if "{" not in path:
                continue
            thing = await make(desk, path, case)
            seen = f"{API}{place(path)}/{thing['id']}{case.look}"
            before = (await desk.alice.get(seen)).json()
            refused = await call(desk.charlie, desk, method, path, case, thing)
            unknown = await call(desk.charlie, desk, method, path, case, {"id": str(uuid4()), "code": "222-222"})
            assert refused.status_code == 404, (method, path, refused.text)
            assert refused.json() == unknown.json(), (method, path)
            assert (await desk.alice.get(seen)).json() == before


async def test_a_strangers_lists_hold_nothing_of_the_owners(database: str) -> None:
    async with house(database) as desk:
        theirs: list[str] = []
        for (method, path), case in CASES.items():
            if (
                method == "POST"
                and "{" not in path
                and not path.startswith(
                    (
                        "/availability",
                        "/classes/series",
                        "/blocks/resolve",
                        "/series/preview",
                        "/customers/import",
                        "/customers/of-appointment",
                    )
                )
            ):
                made = (await desk.alice.post(API + path, json=case.body(desk))).json()
                theirs.append(made["id"])
        for (method, path), case in CASES.items():
            if method == "GET" and "{" not in path and not path.startswith("/slots"):
                answer = await call(desk.charlie, desk, method, path, case, {})
                assert answer.status_code == 200, (path, answer.text)
                assert not [one for one in [*theirs, str(desk.desk.account)] if one in answer.text], path


async def test_without_a_key_nothing_opens(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "STRANGERS", Limit("address", burst=10_000, every=1.0))  # there are many routes to try
    async with house(database) as desk:
        for method, path in [*CASES, *OPERATORS]:
            url = API + path.format(id=uuid4(), key_id=uuid4(), code="222-222", position=1, number=1)
            nobody = await desk.nobody.request(method, url)
            assert (nobody.status_code, nobody.json()["code"]) == (401, "unauthorized"), (method, path)
            assert nobody.headers["www-authenticate"] == "Bearer"
            wrong = await desk.nobody.request(method, url, headers={"Authorization": "Bearer tb_wrong"})
            assert wrong.status_code == 401
        for method, path in OPEN:
            assert (await desk.nobody.request(method, path)).status_code in (200, 503)


async def test_owners_and_operators_keep_to_their_own(database: str) -> None:
    async with house(database) as desk:
        for method, path in CASES:
            answer = await desk.operator.request(
                method, API + path.format(id=uuid4(), code="222-222", position=1, number=1)
            )
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), (method, path)
        for method, path in OPERATORS:
            for who in (desk.alice, desk.charlie):
                answer = await who.request(method, API + path.format(id=desk.desk.account, key_id=uuid4()))
                assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), (method, path)


async def test_what_belongs_to_others_cannot_be_pointed_at(database: str) -> None:
    async with house(database) as desk:
        alice_staff, alice_service = str(desk.desk.staff["Anna"]), str(desk.desk.services["Haircut"])
        own_staff, own_service = str(desk.other.staff["Anna"]), str(desk.other.services["Haircut"])
        bot_config = (await desk.alice.post(f"{API}/bots", json=bot(desk))).json()["id"]
        member = (await desk.alice.post(f"{API}/users", json=user(desk))).json()["id"]

        alice_pool = (await desk.alice.post(f"{API}/pools", json=pool(desk))).json()["id"]

        visit_of = (await desk.alice.post(f"{API}/appointments", json=haircut(desk))).json()["id"]

        def moving(appointment_id: str) -> dict[str, Any]:
            return {"choices": [{"appointment_id": appointment_id}]}

        def parts(one: dict[str, Any]) -> dict[str, Any]:
            return {"segments": [one], "start": free_time(), "customer": {"name": "Carla"}}

        def need(pool_id: str) -> dict[str, Any]:
            return {"roles": [{"role": "room", "pool_id": pool_id, "busy": [[0, 30]]}]}

        def wish(service_id: str, staff_id: str) -> dict[str, Any]:
            return {**haircut(desk), "service_id": service_id, "staff_id": staff_id}

        attempts: list[tuple[str, str, Callable[[str], dict[str, Any]], str]] = [
            ("POST", "/appointments", lambda other: wish(other, own_staff), alice_service),
            ("POST", "/appointments", lambda other: wish(own_service, other), alice_staff),
            ("POST", "/services", lambda other: {**service(desk), "bot_config_id": other}, bot_config),
            ("POST", "/staff", lambda other: {"name": "Dora", "user_id": other}, member),
            ("POST", "/appointments", lambda other: parts(segment(desk) | {"service_id": other}), alice_service),
            ("POST", "/appointments", lambda other: parts({"service_id": own_service, "staff_id": other}), alice_staff),
            ("POST", "/availability", lambda other: {"segments": [{"service_id": other}], **days(desk)}, alice_service),
            ("POST", "/blocks", lambda other: {**block(desk), "resource_id": other}, alice_staff),
            (
                "POST",
                "/blocks",
                lambda other: block(desk) | {"resource_id": own_staff, "token_pool_id": other},
                alice_pool,
            ),
            ("POST", "/blocks/resolve", lambda other: {**ill(desk), "resource_id": other}, alice_staff),
            ("POST", "/blocks/resolve", lambda other: ill(desk) | {"resource_id": own_staff} | moving(other), visit_of),
            ("POST", "/series", lambda other: {**repeated(desk), "service_id": other}, alice_service),
            ("POST", "/series/preview", lambda other: {**foreseen(desk), "service_id": other}, alice_service),
            ("POST", "/waitlist", lambda other: waiting(desk) | {"service_id": other}, alice_service),
            (
                "POST",
                "/waitlist",
                lambda other: {**waiting(desk), "service_id": own_service, "staff_id": other},
                alice_staff,
            ),
            ("PUT", f"/services/{own_service}/requirements", lambda other: need(other), alice_pool),
            ("PUT", f"/staff/{own_staff}/services", lambda other: {"service_ids": [other]}, alice_service),
            ("POST", "/overrides", lambda other: {**override(desk), "staff_id": other}, alice_staff),
            ("POST", "/blackouts", lambda other: {**blackout(desk), "staff_id": other}, alice_staff),
        ]
        for method, path, body, theirs in attempts:
            refused = await desk.charlie.request(method, API + path, json=body(theirs))
            unknown = await desk.charlie.request(method, API + path, json=body(str(uuid4())))
            assert (refused.status_code, refused.json()) == (404, unknown.json()), (path, refused.text)
        for path, query in (("/slots", slots(desk)), ("/slots/why", why(desk))):
            assert (await desk.charlie.get(API + path, params=query)).status_code == 404
            stray = {**query, "service_id": own_service, "staff_id": alice_staff}
            assert (await desk.charlie.get(API + path, params=stray)).status_code == 404
