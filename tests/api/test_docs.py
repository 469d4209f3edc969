"""The description of the API: valid OpenAPI 3.1 with examples that work, and a page that needs no other server."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

import httpx2
import pytest

from tests.api.http import API, Shop, monday, shop
from truebook.channels.api import chat

pytestmark = pytest.mark.anyio
number = count()


async def test_the_page_works_offline(database: str) -> None:
    async with shop(database) as desk:
        page = await desk.nobody.get("/docs")
        assert page.status_code == 200
        assert not re.findall(r"(?:https?:)?//[a-z]", page.text)
        for asset in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            answer = await desk.nobody.get(f"/{asset}")
            assert (answer.status_code, len(answer.content) > 10_000 or "start" in asset) == (200, True), asset
        assert (await desk.nobody.get("/docs/index.html")).status_code == 404


async def test_every_operation_is_described(database: str) -> None:
    async with shop(database) as desk:
        schema = (await desk.nobody.get(f"{API}/openapi.json")).json()
        assert schema["openapi"].startswith("3.1")
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                assert " " in operation["summary"], (path, method)  # a sentence, not the name of a function
                assert operation["description"].endswith("."), (path, method)
                for one in operation.get("parameters", ()):  # a generated client would send the word null
                    assert not [kind for kind in one["schema"].get("anyOf", ()) if kind.get("type") == "null"], path
                if path.startswith(API):
                    assert operation["security"] == [{"key": []}]
                    assert {"401", "403", "422", "503"} <= set(operation["responses"])
                    assert "Takes a key that may " in operation["description"]
                    good = next(value for key, value in operation["responses"].items() if key.startswith("2"))
                    assert {"X-Request-Id", "RateLimit"} <= set(good["headers"])
        names = [operation["operationId"] for methods in schema["paths"].values() for operation in methods.values()]
        assert len(names) == len(set(names))
        assert schema["servers"] == [{"url": "http://127.0.0.1:8000", "description": "This installation"}]
        named = {name for one in schema["components"]["responses"].values() for name in one["headers"]}
        assert {"Retry-After", "WWW-Authenticate"} <= named <= set(schema["components"]["headers"])


def examples(operation: dict[str, Any], components: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the examples of an operation's body: those of the body itself, and those of the kind it is of."""
    content = operation["requestBody"]["content"]["application/json"]
    named = [one["value"] for one in content.get("examples", {}).values()]
    kinds = [one.get("$ref", "") for one in (content["schema"], *content["schema"].get("anyOf", ()))]
    return named + [one for kind in kinds for one in components.get(kind.rpartition("/")[2], {}).get("examples", ())]


TRIED_ELSEWHERE = (
    f"{API}/whatsapp/numbers", f"{API}/whatsapp/senders", f"{API}/conversations/{{id}}/messages", f"{API}/chat/sessions/{{id}}/save",
    f"{API}/questions/{{id}}/settle", f"{API}/customers/{{id}}/merge", f"{API}/customers/of-appointment",
)  # fmt: skip
"""Their examples need Meta, Twilio, a customer who wrote, or two who are there: tests/whatsapp, tests/api/test_conversations,
tests/rehearsal, tests/people."""


async def test_every_body_has_an_example_that_works(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
    async with shop(database) as desk:
        schema = (await desk.nobody.get(f"{API}/openapi.json")).json()
        without, refused = [], []
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                if "requestBody" not in operation:
                    continue
                given = examples(operation, schema["components"]["schemas"])
                without += [] if given else [f"{method} {path}"]
                for example in given if path not in TRIED_ELSEWHERE else ():
                    answer = await tried(desk, method, path, example)
                    early = (
                        path.endswith(("/complete", "/no-show", "/reopen", "/approve"))
                        and answer.json().get("code") == "status"
                    )
                    refused += [] if answer.is_success or early else [(method, path, answer.text)]
        assert (without, refused) == ([], [])


async def tried(desk: Shop, method: str, path: str, example: dict[str, Any]) -> httpx2.Response:
    """Send an example as it stands, but about what is there, and on a day that is open."""
    who = desk.operator if path.startswith(f"{API}/accounts") else desk.alice
    own = next(number)  # whatever there may be once only
    fresh = {
        "name": f"Another {own}",
        "slug": f"another-{own}",
        "email": f"another{own}@salon.example",
        "phone": f"+43 660 {2000000 + own}",
        "date": str(monday() + timedelta(days=300 + own)),
        "start": open_time(own),
        "service_id": str(desk.desk.services["Haircut"]),
        "service_ids": [str(desk.desk.services["Haircut"])],
        "staff_id": str(desk.desk.staff["Anna"]),
        "resource_id": str(desk.desk.staff["Anna"]),
        "end": open_time(own)[:-2] + "30",
        "segments": [{"service_id": str(desk.desk.services["Haircut"])}],
        "roles": [{"role": "stylist", "busy": [[0, 30], [60, 80]]}],
        "windows": [{"start": open_time(own), "end": open_time(own)[:-2] + "50"}],
        "from": str(monday()),
        "to": str(monday() + timedelta(days=6)),
    }
    if "seats_pool_id" in example:
        example |= {"seats_pool_id": await seats(desk), "staff_id": str(desk.desk.staff["Ben"])}
        fresh.pop("staff_id")
    if {"rrule", "starts_on"} <= example.keys():
        example |= {"starts_on": str(monday())}
    example |= {name: fresh[name] for name in example if name in fresh}
    return await who.request(
        method, path.replace("{id}", await made(desk, path)).replace("{position}", "1"), json=example
    )


async def seats(desk: Shop) -> str:
    """Return a pool of thirty seats."""
    pool = await desk.alice.post(f"{API}/pools", json={"name": f"New {next(number)}", "kind": "seat"})
    await desk.alice.post(f"{API}/pools/{pool.json()['id']}/units", json={"count": 30})
    return str(pool.json()["id"])


def open_time(own: int) -> str:
    """Return a start on the salon's clock that no other number has."""
    day, hour = divmod(own, 8)
    week, weekday = divmod(day, 5)
    return f"{monday() + timedelta(days=7 * week + weekday)}T{9 + hour:02}:00"


async def made(desk: Shop, path: str) -> str:
    """Return the id of something that a path with {id} can be about."""
    kind = path.removeprefix(f"{API}/").split("/")[0]
    new = {
        "appointments": desk.wanted(start=open_time(next(number)), hold=path.endswith("confirm")),
        "services": {"name": f"New {next(number)}", "duration_minutes": 30},
        "staff": {"name": f"New {next(number)}"},
        "overrides": {"date": str(monday() + timedelta(days=500 + next(number)))},
        "blackouts": {"starts_on": "2031-01-01", "ends_on": "2031-01-02"},
        "bots": {"name": f"New {next(number)}", "is_active": False},
        "customers": {"name": "Carla"},
        "users": {"email": f"u{next(number)}@salon.example"},
        "waitlist": {
            "service_id": str(desk.desk.services["Haircut"]),
            "customer": {"name": "Carla", "phone": f"+43 660 {3000000 + next(number)}"},
            "windows": [{"start": f"{monday()}T09:00", "end": f"{monday()}T12:00"}],
        },
        "series": {
            "service_id": str(desk.desk.services["Haircut"]),
            "customer": {"name": "Carla"},
            "rrule": "FREQ=DAILY;COUNT=2",
            "starts_on": str(monday()),
            "time": "16:00",
            "book": "possible",
        },
        "pools": {"name": f"New {next(number)}", "kind": "room"},
    }
    if "{id}" not in path or kind == "accounts":
        return str(desk.desk.account)
    if kind == "classes":
        new["classes"] = {
            "service_id": str(desk.desk.services["Haircut"]),
            "staff_id": str(desk.desk.staff["Ben"]),
            "seats_pool_id": await seats(desk),
            "start": open_time(next(number)),
        }
    place = f"{API}/chat/sessions" if kind in ("chat", "conversations") else f"{API}/{kind}"
    answer = await desk.alice.post(place, json=new.get(kind, {}))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_no_answer_has_a_field_for_a_password(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.alice.post(f"{API}/users", json={"email": "Anna@Salon.example"})
        assert (made.json()["email"], "password" in made.text) == ("anna@salon.example", False)
        assert "password" not in (await desk.nobody.get(f"{API}/openapi.json")).text.replace("of their password", "")
