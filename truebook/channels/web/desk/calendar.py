"""The calendar: a day by staff, a week by days, a month. One template is grid, agenda on phones, list and print."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from truebook.channels.web import pages
from truebook.channels.web.desk import diary, place
from truebook.channels.web.desk.place import Place
from truebook.channels.web.visitors import Anyone, Visitor

DAYS = "#day #sums"
"""The parts that a browser asks for when something has changed: it has the rest already."""
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot that is free instead."""

    label: str
    start: str
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just happened, or could not: with a way back, or with what is free instead.

    `action` is where a way back or a choice is sent; `start`, and `staff_id`
    for the part at its place, are the way back; of a length it is `minutes`, and with `undo` the action is all of it.
    With `anyway` they are what was refused, and `anyway` is the rule that staff may go beyond for it.
    """

    text: str
    action: str = ""
    version: int = 0
    start: str = ""
    staff_id: UUID | None = None
    part: int | None = None
    minutes: int | None = None
    choices: tuple[Choice, ...] = ()
    anyway: str = ""
    undo: bool = False
    refused: bool = False


@routes.get("/desk", response_model=None)
async def calendar(request: Request, who: Anyone) -> Response:
    """Show the calendar, in the colours that were chosen last."""
    at = place.place_of(request, who)
    answer = await shown(request, who, at)
    if place.COLOURS in request.query_params:
        pages.keep(request, answer, place.COLOURS, at.colours, seconds=31_536_000, path="/desk")
    return answer


async def shown(
    request: Request, who: Visitor, at: Place, status: int = 200, *, notice: Notice | None = None, **panel: Any
) -> Response:
    """Return the calendar at a place as a page, with what has just happened, and with a panel beside it."""
    found = await diary.of(request, who, at)
    template = "days" if request.headers.get("swap") == DAYS else "calendar"
    return pages.page(
        request, f"desk/{template}.html", status, who=who, here="calendar", at=at, diary=found, pen=found.pen,
        people=found.people, services=found.services, today=found.pen.day(found.pen.now), notice=notice,
        panel=panel or None, **{"shown": None, "course": None, **panel},
    )  # fmt: skip
