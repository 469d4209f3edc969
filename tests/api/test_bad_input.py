"""What cannot be used is a 4xx that names the field; it never is a 5xx, and nothing is changed by it."""

from collections.abc import AsyncIterator
from gzip import compress
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.api.http import API, Shop, monday, shop
from truebook.channels.api import chat

pytestmark = pytest.mark.anyio
NUL = "Car\x00la"
APPOINTMENT = [
    ({"service_id": "x"}, "service_id"),
    ({"service_id": None}, "service_id"),
    ({"service_id": 12}, "service_id"),
    ({"staff_id": "x"}, "staff_id"),
    ({"start": "0001-01-01T10:00:00+14:00"}, "start"),
    ({"start": "0001-01-01T10:00"}, "start"),
    ({"start": "9999-12-31T23:59:59-12:00"}, "start"),
    ({"start": "9999-12-31T23:59"}, "start"),
    ({"start": "2026-13-01T10:00"}, "start"),
    ({"start": "2026-02-30T10:00"}, "start"),
    ({"start": "2026-12-02"}, "start"),
    ({"start": "2026-12-02T25:00"}, "start"),
    ({"start": "2026-12-02T10:00+99:00"}, "start"),
    ({"start": 1764000000}, "start"),
    ({"start": "tomorrow"}, "start"),
    ({"start": ""}, "start"),
    ({"start": "2027-03-28T02:30"}, "start"),
    ({"start": "2026-12-02T10:00:30"}, "start"),
    ({"start": "2026-12-02T10:00:00.5"}, "start"),
    ({"start": "2026-12-02T10:00+24:00"}, "start"),
    ({"customer": None}, "customer"),
    ({"customer": {}}, "customer.name"),
    ({"customer": {"name": "  "}}, "customer.name"),
    ({"customer": {"name": NUL}}, "customer.name"),
    ({"customer": {"name": "Car\x1b[31mla"}}, "customer.name"),
    ({"customer": {"name": "Car\rX-EVIL:1"}}, "customer.name"),
    ({"customer": {"name": "C" * 201}}, "customer.name"),
    ({"customer": {"name": "Carla", "phone": "0660 1234567"}}, "customer.phone"),
    ({"customer": {"name": "Carla", "phone": "+999 1234567"}}, "customer.phone"),
    ({"customer": {"name": "Carla", "phone": "+43"}}, "customer.phone"),
    ({"customer": {"name": "Carla", "phone": "+43 1234\x00567"}}, "customer.phone"),
    ({"customer": {"name": "Carla", "phone": 436601234567}}, "customer.phone"),
    ({"customer": {"name": "Carla", "email": "nobody"}}, "customer.email"),
    ({"customer": {"name": "Carla", "age": 7}}, "customer.age"),
    ({"notes": NUL}, "notes"),
    ({"notes": "line\nand \x9b31m"}, "notes"),
    ({"notes": "n" * 2001}, "notes"),
    ({"hold": "yes"}, "hold"),
    ({"hold": 1}, "hold"),
    ({"price": 1}, "price"),
    ({"tenant_id": "x"}, "tenant_id"),
]
"""What is wrong with a booking, and the field that must be named."""

SETTINGS = [
    ("services", {"name": "Cut"}, "duration_minutes"),
    ("services", {"name": "Cut", "duration_minutes": 0}, "duration_minutes"),
    ("services", {"name": "Cut", "duration_minutes": "45"}, "duration_minutes"),
    ("services", {"name": "Cut", "duration_minutes": True}, "duration_minutes"),
    ("services", {"name": "Cut", "duration_minutes": 10**30}, "duration_minutes"),
    ("services", {"name": "Cut", "duration_minutes": 45, "price_minor": 2**63}, "price_minor"),
    ("services", {"name": "Cut", "duration_minutes": 45, "price_minor": -1}, "price_minor"),
    ("services", {"name": "Cut", "duration_minutes": 45, "sort_order": 2**31}, "sort_order"),
    ("services", {"name": "Cut", "duration_minutes": 45, "currency": "euro"}, "currency"),
    ("services", {"name": "Cut", "duration_minutes": 45, "synonyms": [NUL]}, "synonyms.0"),
    ("services", {"name": "Cut\nX", "duration_minutes": 45}, "name"),
    ("services", {"name": "Cut", "duration_minutes": 45, "description": "a\x07"}, "description"),
    ("bots", {"name": "Bot", "facts": [{"topic": "parking", "text": "a\x7f"}]}, "facts.0.text"),
    ("services", {"name": "Cut", "duration_minutes": 45, "account_id": "x"}, "account_id"),
    ("staff", {"name": ""}, "name"),
    ("staff", {"name": "Dora", "synonyms": "D"}, "synonyms"),
    ("overrides", {"date": "0001-01-01"}, "date"),
    ("overrides", {"date": "9999-12-31"}, "date"),
    ("overrides", {"date": 0}, "date"),
    ("overrides", {"date": "2027-01-01T00:00:00"}, "date"),
    ("overrides", {"date": "2027-01-01", "intervals": [{"opens": "9", "closes": "10:00"}]}, "intervals.0.opens"),
    ("overrides", {"date": "2027-01-01", "intervals": [{"opens": "10:00", "closes": "09:00"}]}, "intervals.0"),
    ("overrides", {"date": "2027-01-01", "intervals": [{"opens": "10:00", "closes": "24:01"}]}, "intervals.0.closes"),
    ("blackouts", {"starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "ends_on"),
    ("blackouts", {"starts_on": "2027-01-01", "ends_on": "2029-01-01"}, "ends_on"),
    ("blackouts", {"starts_on": "2027-02-30", "ends_on": "2027-03-01"}, "starts_on"),
    ("bots", {"name": "Bot", "tone": "rude"}, "tone"),
    ("bots", {"name": "Bot", "settings": []}, "settings"),
    ("bots", {"name": "Bot", "settings": {"a": {"b": [NUL]}}}, "settings"),
    ("bots", {"name": "Bot", "settings": {NUL: 1}}, "settings"),
    ("bots", {"name": "Bot", "system_prompt": NUL}, "system_prompt"),
    ("customers", {"phone": "12"}, "phone"),
    ("customers", {"locale": "english"}, "locale"),
    ("users", {"email": "a b@example.org"}, "email"),
    ("users", {"email": "a@example.org", "role": "king"}, "role"),
    ("users", {"email": "a@example.org", "password_hash": "x"}, "password_hash"),
    ("account/keys", {}, "name"),
    ("account/keys", {"name": " "}, "name"),
    ("account/keys", {"name": NUL}, "name"),
    ("account/keys", {"name": "Till", "role": "operator"}, "role"),
    ("account/keys", {"name": "Till", "key": "tb_mine"}, "key"),
]

HOURS = [
    ({}, "week"),
    ({"week": [{"weekday": 7, "opens": "09:00", "closes": "17:00"}]}, "week.0.weekday"),
    ({"week": [{"weekday": 1, "opens": "17:00", "closes": "09:00"}]}, "week.0"),
    ({"week": [{"weekday": 1, "opens": "24:00", "closes": "24:00"}]}, "week.0"),
    ({"week": [{"weekday": 1, "opens": 540, "closes": 1020}]}, "week.0.opens"),
    (
        {
            "week": [
                {"weekday": 1, "opens": "09:00", "closes": "12:00"},
                {"weekday": 1, "opens": "11:00", "closes": "17:00"},
            ]
        },
        "week",
    ),
    ({"week": [], "slot_minutes": 4}, "slot_minutes"),
    ({"week": [], "max_advance_days": 10**12}, "max_advance_days"),
    ({"week": [], "min_notice_minutes": -1}, "min_notice_minutes"),
]

QUERIES = [
    ("slots", {"from": "2027-01-01", "to": "2027-01-02"}, "service_id"),
    ("slots", {"service_id": "S", "to": "2027-01-02"}, "from"),
    ("slots", {"service_id": "S", "from": "2027-01-02", "to": "2027-01-01"}, "to"),
    ("slots", {"service_id": "S", "from": "2027-01-01", "to": "2027-03-04"}, "to"),
    ("slots", {"service_id": "S", "from": "0001-01-01", "to": "0001-01-02"}, "from"),
    ("slots", {"service_id": "S", "from": "9999-12-30", "to": "9999-12-31"}, "from"),
    ("slots", {"service_id": "S", "from": "01/02/2027", "to": "2027-01-02"}, "from"),
    ("slots", {"service_id": "\x00", "from": "2027-01-01", "to": "2027-01-02"}, "service_id"),
    ("slots/why", {"service_id": "S"}, "start"),
    ("slots/why", {"service_id": "S", "start": "2027-03-28T02:30"}, "start"),
    ("slots/why", {"service_id": "S", "start": "9999-01-01T00:00"}, "start"),
    ("appointments", {"from": "2027-01-02", "to": "2027-01-01"}, "to"),
    ("appointments", {"from": "2027-01-01", "to": "2029-01-01"}, "to"),
    ("appointments", {"status": "lost"}, "status"),
    ("appointments", {"limit": "0"}, "limit"),
    ("appointments", {"limit": "201"}, "limit"),
    ("appointments", {"cursor": "x"}, "cursor"),
    ("appointments", {"cursor": "é"}, "cursor"),
    ("appointments", {"cursor": "f" * 32}, "cursor"),
    ("services", {"cursor": "AAAA"}, "cursor"),
    ("services", {"cursor": "\x00"}, "cursor"),
    ("services/x", {}, "id"),
    ("services/%00", {}, "id"),
    ("account/keys", {"cursor": "x"}, "cursor"),
    ("account/keys", {"limit": "0"}, "limit"),
    ("account/keys/tb_secret", {}, "id"),
    ("codes/III-000", {}, "code"),
]

BODIES = [b"", b"{", b"[]", b"null", b"\xff", b'"\\ud800"', b"NaN", b"[" * 100_000, b'{"start": 1e999}', b"1" * 5000]


@pytest.fixture(scope="module")
async def desk(module_database: str) -> AsyncIterator[Shop]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
        async with shop(module_database) as opened:
            yield opened


def refused(answer: httpx2.Response, field: str) -> None:
    """Check that an answer says which field cannot be used."""
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), answer.text
    problem = answer.json()
    assert problem["field"] == field, problem
    assert (problem["code"], problem["title"]) == ("invalid", "Unprocessable Content")


@pytest.mark.parametrize(("change", "field"), APPOINTMENT, ids=lambda one: str(one)[:60])
async def test_bookings(desk: Shop, change: dict[str, Any], field: str) -> None:
    refused(await desk.alice.post(f"{API}/appointments", json={**desk.wanted(), **change}), field)


@pytest.mark.parametrize(("kind", "body", "field"), SETTINGS, ids=lambda one: str(one)[:60])
async def test_settings(desk: Shop, kind: str, body: dict[str, Any], field: str) -> None:
    before = (await desk.alice.get(f"{API}/{kind}")).json()
    refused(await desk.alice.post(f"{API}/{kind}", json=body), field)
    assert (await desk.alice.get(f"{API}/{kind}")).json() == before


@pytest.mark.parametrize(("body", "field"), HOURS, ids=lambda one: str(one)[:60])
async def test_hours(desk: Shop, body: dict[str, Any], field: str) -> None:
    before = (await desk.alice.get(f"{API}/hours")).json()
    refused(await desk.alice.put(f"{API}/hours", json=body), field)
    assert (await desk.alice.get(f"{API}/hours")).json() == before


@pytest.mark.parametrize(("path", "query", "field"), QUERIES, ids=lambda one: str(one)[:60])
async def test_queries(desk: Shop, path: str, query: dict[str, str], field: str) -> None:
    service = str(desk.desk.services["Haircut"])
    params = {name: service if value == "S" else value for name, value in query.items()}
    refused(await desk.alice.get(f"{API}/{path}", params=params), field)


async def test_a_cursor_belongs_to_its_list(desk: Shop) -> None:
    place = (await desk.alice.post(f"{API}/chat/sessions", json={})).headers["location"]
    at_once = [desk.alice.post(place, json={"text": "hello"}) for _ in range(2)]
    assert [(await one).status_code for one in at_once] == [202, 202]
    lists = {"/services", "/staff", "/account/keys", place.removeprefix(API)}
    cursors = {path: (await desk.alice.get(API + path, params={"limit": 1})).json()["next"] for path in lists}
    for path in lists | {"/appointments"}:
        for origin, cursor in cursors.items():
            answer = await desk.alice.get(API + path, params={"cursor": cursor})
            if origin == path:
                assert answer.status_code == 200, answer.text
            else:
                refused(answer, "cursor")


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("appointments", {"staff": "Anna"}, "staff"),
        ("services", {"limit": 1, "offset": 5}, "offset"),
        ("hours", {"staff_id": "x"}, "staff_id"),
        ("services/%00", {"é": 1}, "é"),
        ("services", {"limit": [1, 2]}, "limit"),
    ],
)
async def test_parameters_that_nobody_knows_or_that_come_twice(
    desk: Shop, path: str, query: dict[str, Any], field: str
) -> None:
    refused(await desk.alice.get(f"{API}/{path}", params=query), field)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:20]))
async def test_bodies_that_are_no_json_object(desk: Shop, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await desk.alice.post(f"{API}/appointments", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text


@pytest.mark.parametrize(
    "content_type", ["text/plain", "text/json", "application/x-www-form-urlencoded", "application/jsonp", "json", ""]
)
async def test_bodies_that_are_not_called_json(desk: Shop, content_type: str) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    for method, path in (("POST", "services"), ("PATCH", f"services/{uuid4()}"), ("PUT", "hours")):
        answer = await desk.alice.request(method, f"{API}/{path}", content=b'{"name": "Perm"}', headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type"), answer.text
        assert answer.headers["accept"] == "application/json"
    missing = await desk.alice.post(f"{API}/services", content=b"", headers=headers)
    assert (missing.status_code, missing.json()["code"]) == (422, "invalid")


async def test_a_body_that_is_packed_is_not_unpacked(desk: Shop) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = await desk.alice.post(f"{API}/services", content=compress(b'{"name": "Perm"}'), headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")


@pytest.mark.parametrize(
    "content_type",
    ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8", "application/merge-patch+json"],
)
async def test_json_by_all_its_names(desk: Shop, content_type: str) -> None:
    path = f"{API}/staff/{desk.desk.staff['Ben']}"
    headers = {"Content-Type": content_type, "Content-Encoding": "identity"}
    answer = await desk.alice.patch(path, content='{"synonyms": ["Bén"]}'.encode(), headers=headers)
    assert (answer.status_code, answer.json()["synonyms"]) == (200, ["Bén"])


async def test_what_has_no_body_needs_no_content_type(desk: Shop) -> None:
    for headers in ({}, {"Content-Type": "text/plain"}):
        answer = await desk.alice.post(f"{API}/appointments/{uuid4()}/cancel", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_lone_surrogates(desk: Shop) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b'{"name": "\\ud800"}', b'{"\\udfff": 1, "name": "A"}', b'{"name": "\xed\xa0\x80"}'):
        answer = await desk.alice.post(f"{API}/staff", content=body, headers=headers)
        assert (answer.status_code, answer.json()["field"]) == (422, "body"), answer.text


@pytest.mark.parametrize("key", ["", "k" * 201, "naïve", "tab\tbed"])
async def test_idempotency_keys(desk: Shop, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    refused(await desk.alice.post(f"{API}/appointments", json=desk.wanted(), headers=headers), "Idempotency-Key")


async def test_a_patch_cannot_empty_what_must_be(desk: Shop) -> None:
    made = (await desk.alice.post(f"{API}/staff", json={"name": "Eva"})).json()
    for change, field in (({"name": None}, "name"), ({"is_active": None}, "is_active"), ({"id": made["id"]}, "id")):
        refused(await desk.alice.patch(f"{API}/staff/{made['id']}", json=change), field)
    assert (await desk.alice.get(f"{API}/staff/{made['id']}")).json() == made


async def test_zones_and_places(desk: Shop) -> None:
    for change, field in (
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"timezone": NUL}, "timezone"),
        ({"languages": []}, "languages"),
        ({"languages": ["klingon"]}, "languages.0"),
        ({"languages": ["zz"]}, "languages.0"),
        ({"languages": ["hu"]}, "languages.0"),  # there is such a language, but the desk has no words for it
        ({"locale": "zz"}, "locale"),
        ({"locale": "EN"}, "locale"),
        ({"slug": "mine"}, "slug"),
        ({"status": "suspended"}, "status"),
    ):
        refused(await desk.alice.patch(f"{API}/account", json=change), field)
    for change, field in (({"slug": "No Spaces"}, "slug"), ({"status": "gone"}, "status")):
        refused(await desk.operator.post(f"{API}/accounts", json={"name": "A", "slug": "a", **change}), field)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
async def test_five_megabytes_are_refused(desk: Shop, method: str) -> None:
    body = b'{"name": "' + b"x" * 5_000_000 + b'"}'
    answer = await desk.alice.request(method, f"{API}/services", content=body)
    assert (answer.status_code, answer.json()["code"]) == (413, "content_too_large")
    assert answer.json()["title"] == "Content Too Large"


async def test_a_body_of_unknown_length_is_read_no_further_than_the_limit(desk: Shop) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 5_000_000:
            sent += 100_000
            yield b" " * 100_000

    headers = {"Content-Type": "application/json"}
    answer = await desk.alice.post(f"{API}/services", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "content_too_large")
    assert sent <= 1_200_000


async def test_unknown_paths_and_methods_are_problems_too(desk: Shop) -> None:
    for method, path, status in (("GET", "/api/v1/nothing", 404), ("DELETE", "/api/v1/hours", 405)):
        answer = await desk.alice.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


async def test_nothing_was_booked_by_all_this(desk: Shop) -> None:
    listed = await desk.alice.get(f"{API}/appointments", params={"from": str(monday()), "to": str(monday())})
    assert listed.json()["items"] == []
