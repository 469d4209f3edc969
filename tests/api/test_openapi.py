"""Schemathesis over the description: whatever it makes up is answered as described, and never with a 5xx."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.http import API
from tests.desk import Desk, furnish, opened
from truebook.app import build
from truebook.channels.api import chat
from truebook.kernel.settings import Settings
from truebook.tenants import access

pytestmark = pytest.mark.slow
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(build(Settings()).openapi())
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations() if API in one.ok().path}
BOUNDED = settings(
    max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@dataclass
class Target:
    """A running server, the keys to it, and the ids of things that exist there."""

    url: str
    owner: str
    operator: str
    ids: dict[str, str]


@pytest.fixture(scope="module")
def target(module_database: str) -> Iterator[Target]:
    """Serve a salon over real HTTP."""
    desk, owner, operator = asyncio.run(prepare(module_database))
    app = build(Settings(database_url=module_database))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    ids = {
        "service_id": str(desk.services["Haircut"]), "staff_id": str(desk.staff["Anna"]),
        "services": str(desk.services["Colour"]), "staff": str(desk.staff["Ben"]), "accounts": str(desk.account),
    }  # fmt: skip
    yield Target(f"http://127.0.0.1:{port}", owner, operator, ids)
    server.should_exit = True
    thread.join()


async def prepare(url: str) -> tuple[Desk, str, str]:
    async with opened(url) as db:
        desk = await furnish(db)
        return desk, await access.issue(db, desk.scope, "owner"), await access.issue(db, access.OPERATOR, "operator")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(
    label: str, mode: GenerationMode, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
    operation = OPERATIONS[label]
    if not operation.body and not operation.query and not operation.path_parameters:
        mode = GenerationMode.POSITIVE
    key = target.operator if "/accounts" in label else target.owner

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def check(case: Any, known: bool) -> None:
        if known and not (label.startswith("DELETE") and "accounts" in label):
            point_at(case, target.ids)
        answer = case.call(base_url=target.url, headers={"Authorization": f"Bearer {key}"})
        case.validate_response(answer, checks=CHECKS)

    check()


def point_at(case: Any, ids: dict[str, str]) -> None:
    """Make a case ask for things that exist, where it names things at all."""
    kind = case.path.removeprefix(API).split("/")[1]
    if kind in ids and isinstance(case.path_parameters, dict):
        case.path_parameters["id"] = ids[kind]
    for place in (case.query, case.body):
        if isinstance(place, dict):
            for name in ("service_id", "staff_id"):
                if name in place:
                    place[name] = ids[name]
