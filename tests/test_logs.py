"""Logs: JSON by setting, a request's name from edge to job, and nothing of a customer."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any

import pytest

from tests.api.http import API, shop
from tests.jobs import jobs_of
from truebook.channels.api import chat
from truebook.kernel import log

pytestmark = pytest.mark.anyio
CUSTOMER = {"name": "Carla Gschwandtner", "phone": "+43 660 7654321", "email": "carla@gschwandtner.example"}
TEXT = "a haircut tomorrow at ten, please; Grüße, Carla Gschwandtner, 0660 7654321"
PERSONAL = ("Gschwandtner", "7654321", "carla@", "haircut", "please")


@contextmanager
def logged() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Lend what is logged meanwhile, at INFO, as JSON."""
    written = io.StringIO()
    with redirect_stderr(written):
        log.configure(level="INFO", json=True)
        try:
            yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
        finally:
            log.configure(level="WARNING")


def test_what_standard_error_was_may_be_closed_by_now(monkeypatch: pytest.MonkeyPatch) -> None:
    before, now = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", before)
    log.configure(level="WARNING", json=True)
    before.close()
    monkeypatch.setattr(sys, "stderr", now)
    log.get("test").warning("still told")
    assert json.loads(now.getvalue())["event"] == "still told"


async def test_a_booking_and_a_chat_are_logged_under_their_requests_and_name_nobody(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # the worker comes later
    with logged() as lines:
        await _booked_and_said(database)
        told = lines()
    answered = [one for one in told if one["event"] == "answered"]
    assert {"method": "POST", "route": f"{API}/appointments", "status": 201}.items() <= answered[0].items()
    assert answered[0]["request"] == "edge-0123456789"
    worked = [one for one in told if "procrastinate" in one.get("logger", "") or "job" in one["event"].lower()]
    assert any("edge-0123456789" in json.dumps(one) for one in worked), worked[:5]
    spoken = [json.dumps(one, ensure_ascii=False) for one in told if any(word in json.dumps(one) for word in PERSONAL)]
    assert spoken == []


async def _booked_and_said(database: str) -> None:
    async with shop(database) as desk:
        named = {"X-Request-Id": "edge-0123456789"}
        wanted = desk.wanted(customer=CUSTOMER, notes="haircut for the wedding")
        booked = await desk.alice.post(f"{API}/appointments", json=wanted, headers=named)
        assert (booked.status_code, booked.headers["x-request-id"]) == (201, "edge-0123456789")
        refused = await desk.alice.post(f"{API}/appointments", json=wanted, headers={"X-Request-Id": "<script>"})
        assert refused.status_code == 409 and refused.headers["x-request-id"].isalnum()
        who = {name: CUSTOMER[name] for name in ("name", "phone")}
        session = (await desk.alice.post(f"{API}/chat/sessions", json=who)).json()["id"]
        said = await desk.alice.post(f"{API}/chat/sessions/{session}/messages", json={"text": TEXT}, headers=named)
        assert said.is_success, said.text
        app = jobs_of(desk.desk.db)
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False)
    assert logging.getLogger().level == logging.INFO
