"""Schemathesis over the description: whatever it makes up is answered as described, and never with a 5xx."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
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

from tests.api.http import API, serving
from tests.desk import Desk, furnish, opened
from truebook.app import build
from truebook.channels.api import chat
from truebook.kernel.settings import Settings
from truebook.tenants import access

pytestmark = [
    pytest.mark.slow,
    # the server's connection pool, in the thread beside, rolls dice while Hypothesis watches the global random state
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
]
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(build(Settings()).openapi())
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations() if API in one.ok().path}
for asks_outside in ("numbers", "senders"):  # tests/whatsapp has simulators of Meta and Twilio for them
    del OPERATIONS[f"POST /api/v1/whatsapp/{asks_outside}"]
BOUNDED = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
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
    ids = {
        "service_id": str(desk.services["Haircut"]), "staff_id": str(desk.staff["Anna"]),
        "services": str(desk.services["Colour"]), "staff": str(desk.staff["Ben"]), "accounts": str(desk.account),
    }  # fmt: skip
    with serving(module_database) as port:
        yield Target(f"http://127.0.0.1:{port}", owner, operator, ids)


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
    @given(known=st.booleans(), case=operation.as_strategy(generation_mode=mode))
    def check(known: bool, case: Any) -> None:
        if known and not (label.startswith("DELETE") and "accounts" in label):
            point_at(case, target.ids)
        answer = case.call(base_url=target.url, headers={"Authorization": f"Bearer {key}"}, timeout=300)
        case.validate_response(answer, checks=CHECKS)

    check()


def point_at(case: Any, ids: dict[str, str]) -> None:
    """Make a case ask for things that exist, where it names things at all. What it was made of stays as it is."""
    kind = case.path.removeprefix(API).split("/")[1]
    if kind in ids and isinstance(case.path_parameters, dict):
        case.path_parameters = {**case.path_parameters, "id": ids[kind]}
    named = {name: ids[name] for name in ("service_id", "staff_id")}
    for place in ("query", "body"):
        if isinstance(given := getattr(case, place), dict):
            setattr(case, place, {**given, **{name: named[name] for name in named if name in given}})
