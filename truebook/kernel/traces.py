"""Traces by OpenTelemetry, where its own environment variables ask for them and its packages are there; else nothing.

Spans are named by templates and carry no values: how long what took, never for whom. Errors are named by their kind.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, Protocol

ADDRESSES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""Either says where traces are sent to; the rest that OpenTelemetry knows (name, headers, sampling) holds as well."""
LACKING = "traces are asked for (OTEL_…), but OpenTelemetry is not installed: pip install 'truebook[otel]'"
PARENT = "traceparent"
"""How a trace goes on elsewhere (W3C Trace Context)."""
Kind = Literal["server", "consumer", "client", "internal"]


class Span(Protocol):
    """One thing that takes time."""

    def update_name(self, name: str) -> None:
        """Call it something else, once that is known."""

    def set_attribute(self, key: str, value: Any) -> None:
        """Say something of it."""


class Nothing:
    """A span of nobody who watches."""

    def update_name(self, name: str) -> None:
        """Do nothing."""

    def set_attribute(self, key: str, value: Any) -> None:
        """Do nothing."""


class Tracer:
    """What spans are made with, once somebody watches."""

    made: Any = None
    propagator: Any = None
    kinds: Any = None
    failed: Any = None


NOTHING = Nothing()
_tracer = Tracer()


def begin(environment: Mapping[str, str], *, exporter: Any = None) -> str | None:
    """Trace from now on, if the environment asks for it; return what keeps that from happening, else None.

    `exporter` takes the spans instead of the one that sends them over the network.
    """
    if not _asked(environment):
        return None
    try:
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

        if exporter is None:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

            exporter = OTLPSpanExporter()
    except ImportError:
        return LACKING
    name = {} if "OTEL_SERVICE_NAME" in environment else {"service.name": "truebook"}
    provider = TracerProvider(resource=Resource.create(name))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer.made, _tracer.propagator = provider, TraceContextTextMapPropagator()
    _tracer.kinds, _tracer.failed = SpanKind, Status(StatusCode.ERROR)
    return None


def end() -> None:
    """Send what was traced, and trace no more."""
    if _tracer.made is not None:
        _tracer.made.shutdown()
        _tracer.made = None


@contextmanager
def span(
    name: str,
    kind: Kind = "internal",
    *,
    parent: Mapping[str, str | None] | None = None,
    told: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """Measure what happens meanwhile, as a part of what it happens in, or of a trace that began elsewhere."""
    if _tracer.made is None:
        yield NOTHING
        return
    carried = {PARENT: found} if parent and (found := parent.get(PARENT)) else None
    context = _tracer.propagator.extract(carried) if carried else None
    with _tracer.made.get_tracer("truebook").start_as_current_span(
        name, context, _tracer.kinds[kind.upper()], told, record_exception=False, set_status_on_exception=False
    ) as made:  # an exception's words may name somebody
        try:
            yield made
        except BaseException as error:
            made.set_attribute("error.type", type(error).__name__)
            made.set_status(_tracer.failed)
            raise


def carried() -> dict[str, str]:
    """Return what a job takes along, so that it is a part of the trace in which it was caused."""
    found: dict[str, str] = {}
    if _tracer.made is not None:
        _tracer.propagator.inject(found)
    return {name: value for name, value in found.items() if name == PARENT}


def _asked(environment: Mapping[str, str]) -> bool:
    wanted = any(environment.get(name) for name in ADDRESSES)
    off = (
        environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none"
    )
    return wanted and not off
