"""The free times: which there are, and why one is not."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from pydantic import Field
from pydantic_core import to_json

from truebook.booking import free, views
from truebook.booking.model import Slot
from truebook.channels.api import times
from truebook.channels.api.keys import Owner, owner
from truebook.channels.api.paging import after_moment, moment_in
from truebook.channels.api.requests import describing, parameters, router
from truebook.channels.api.schema import LocalDate, Moment, Strict, View
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.kernel.memory import MIB, Memory

LONGEST_RANGE = 62
MOST = 5000
"""Times on one page: about a megabyte."""
TEXTS = Memory(48 * MIB, 12 * MIB)
"""The texts of times that were told: the same are asked for all day long."""
REMEMBERED = 2000
"""Times of one person of which the text is remembered, about 300 bytes each."""
routes = router("/slots", "slots")


class StaffView(View):
    """With whom a time can be had."""

    id: UUID
    name: str


class SlotView(View):
    """A free time, with the offset of the business's zone."""

    start: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T15:30:00+01:00"])
    end: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T16:15:00+01:00"])
    staff: StaffView


class Slots(View):
    """Free times in order."""

    timezone: str = Field(examples=["Europe/Madrid"])
    items: list[SlotView]
    next: str | None


class WhyNot(View):
    """Whether a time can be had; if not, the reason's code, the reason in words, and the nearest free times."""

    free: bool
    code: str | None = Field(examples=["closed"])
    reason: str | None = Field(examples=["that is outside the opening hours"])
    nearest: list[SlotView]


class Month(Strict):
    """Which free times, on the business's calendar."""

    service_id: UUID
    first: LocalDate = Field(alias="from", description="first day")
    last: LocalDate = Field(alias="to", description=f"last day, at most {LONGEST_RANGE} days of them")
    staff_id: UUID | None = Field(None, description="with whom; without it, with anyone who offers the service")
    every: bool = Field(False, description="for staff: also the times that are not offered to customers (tight_offers)")
    limit: int = Field(MOST, ge=1, le=MOST)
    cursor: str | None = Field(None, max_length=100, description="`next` of the page before")


@routes.get("", response_model=None, responses={200: {"model": Slots}}, openapi_extra=describing(Month))
async def list_slots(request: Request) -> Response:
    """List the free times of a service, with one member of staff or with anyone who offers it."""
    call, asked = await owner(request), parameters(Month, request)
    if not timedelta() <= asked.last - asked.first < timedelta(days=LONGEST_RANGE):
        raise Invalid("to", f"give a last day that is not before the first, at most {LONGEST_RANGE} days in all")
    found = await free.find(
        call.db, call.scope, asked.service_id, asked.staff_id, asked.first, asked.last, now=clock.now(),
        after=moment_in(SlotView, asked.cursor), limit=asked.limit + 1, every=asked.every,
    )  # fmt: skip
    page = found[: asked.limit]
    more = after_moment(SlotView, page[-1].start, page[-1].staff_id) if len(found) > asked.limit else None
    return Response(_page(call.tenant, page, call.zone, more), media_type="application/json")


@routes.get("/why", response_model=None, responses={200: {"model": WhyNot}})
async def why_not(call: Owner, service_id: UUID, start: Moment, staff_id: UUID | None = None) -> Response:
    """Ask why a time cannot be had: its first reason, and the three nearest free times."""
    wished = times.instant("start", start, call.zone)
    refusal = await views.why_not(call.db, call.scope, service_id, staff_id, wished, now=clock.now())
    answer = {
        "free": refusal is None,
        "code": refusal.code if refusal else None,
        "reason": refusal.message if refusal else None,
        "nearest": [times.slot(one, call.zone) for one in refusal.nearest] if refusal else [],
    }
    return Response(to_json(answer), media_type="application/json")


def _page(business: UUID, found: list[Slot], zone: ZoneInfo, more: str | None) -> bytes:
    """Return slots of one service as JSON, put together by hand: a month of five people is thousands of them."""
    length = found[0].end - found[0].start if found else timedelta()
    items: dict[int, Items] = {}  # by the id's number: hashing UUID objects would take longer than all the rest
    for whose, name, _, _ in found:
        if whose.int not in items:
            items[whose.int] = _items(business, whose, name, length, zone)
    told = ",".join([items[whose.int][start] for whose, _, start, _ in found])
    after = f'"{more}"' if more else "null"
    return f'{{"timezone":"{zone.key}","items":[{told}],"next":{after}}}'.encode()


class Items(dict[datetime, str]):
    """One person's times of one length as JSON, by their start."""

    def __init__(self, staff_id: UUID, name: str, length: timedelta, zone: ZoneInfo) -> None:
        super().__init__()
        self.staff = to_json({"id": staff_id, "name": name}).decode()
        self.length, self.zone = length, zone

    def __missing__(self, start: datetime) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        begins, ends = times.local(start, self.zone), times.local(start + self.length, self.zone)
        return self.setdefault(start, f'{{"start":"{begins}","end":"{ends}","staff":{self.staff}}}')


def _items(business: UUID, staff_id: UUID, name: str, length: timedelta, zone: ZoneInfo) -> Items:
    """Return what is remembered of one person's times; it counts as full from the beginning."""
    key = (staff_id, name, length, zone)
    found: Items | None = TEXTS.get(business, key)
    if found is None:
        found = Items(staff_id, name, length, zone)
        TEXTS.keep(business, key, found, REMEMBERED * (300 + len(name)))
    return found
