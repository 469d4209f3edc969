"""Traces: from the edge into the job, where the environment asks for them, and nothing of a customer in them."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.api.http import API, shop
from tests.test_worker import run_jobs
from truebook.kernel import traces

pytestmark = pytest.mark.anyio
ASKED = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
CUSTOMER = {"name": "Carla Gschwandtner", "phone": "+43 660 7654321"}


@pytest.fixture
def kept() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    assert traces.begin(ASKED, exporter=exporter) is None
    try:
        yield exporter
    finally:
        traces.end()


def _trace(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.trace_id)


async def test_a_booking_is_one_trace_from_the_proxy_into_its_job(database: str, kept: InMemorySpanExporter) -> None:
    async with shop(database) as desk:
        named = {"X-Request-Id": "edge-0123456789", "traceparent": PARENT}
        wanted = desk.wanted(customer=CUSTOMER, notes="haircut for the wedding")
        assert (await desk.alice.post(f"{API}/appointments", json=wanted, headers=named)).status_code == 201
        assert (await desk.alice.post(f"{API}/appointments", json=wanted)).status_code == 409
        await run_jobs(desk.desk.db)
    traces.end()  # what is kept back is handed over
    spans = kept.get_finished_spans()
    booked = next(one for one in spans if dict(one.attributes or {}).get("truebook.request") == "edge-0123456789")
    assert (booked.name, dict(booked.attributes or {})["http.response.status_code"]) == (
        f"POST {API}/appointments",
        201,
    )
    assert f"{_trace(booked):032x}" == PARENT.split("-")[1]
    mine = {one.name for one in spans if _trace(one) == _trace(booked)}
    assert {"transaction", "job appointment_changed"} <= mine
    told = " ".join(one.to_json() for one in spans)
    assert not [word for word in ("Gschwandtner", "7654321", "wedding") if word in told]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_SERVICE_NAME": "desk"},
        {**ASKED, "OTEL_SDK_DISABLED": "true"},
        {**ASKED, "OTEL_TRACES_EXPORTER": "none"},
    ],
)
def test_unless_it_is_asked_for_nothing_is_traced(environment: dict[str, str]) -> None:
    assert traces.begin(environment) is None
    with traces.span("request", parent={"traceparent": PARENT}) as span:
        span.update_name("another")
        assert traces.carried() == {}


def test_without_its_packages_it_says_so_and_goes_on() -> None:
    program = (
        "import sys; sys.modules['opentelemetry.sdk'] = None\n"
        "from truebook.kernel import traces\n"
        f"print(traces.begin({ASKED!r}))\n"
        "with traces.span('request'): pass"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "truebook[otel]" in done.stdout
