"""What waits for a yes, and what the assistant could not answer."""

from datetime import timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.booking import actions, views
from truebook.booking.errors import Refusal
from truebook.channels.web import pages
from truebook.channels.web.desk.appointment import reason
from truebook.channels.web.desk.customers import line
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoSeesAll, WhoTalks
from truebook.kernel import clock
from truebook.tenants import questions
from truebook.tenants.questions import QUESTIONS

AHEAD = timedelta(days=3660)
MOST = 200
routes = pages.routes()


@routes.get("/desk/requests", response_model=None)
async def requests(request: Request, who: WhoSeesAll) -> Response:
    """Show what waits for a yes."""
    return await _requests(request, who)


@routes.post("/desk/requests/{appointment_id:uuid}/confirm", response_model=None)
async def confirm(request: Request, who: WhoSeesAll, appointment_id: UUID) -> Response:
    """Say yes: it is booked, and the customer is told."""
    return await _answered(request, who, appointment_id, yes=True)


@routes.post("/desk/requests/{appointment_id:uuid}/decline", response_model=None)
async def decline(request: Request, who: WhoSeesAll, appointment_id: UUID) -> Response:
    """Say no: the time is free again, and the customer is told."""
    return await _answered(request, who, appointment_id, yes=False)


@routes.get("/desk/questions", response_model=None)
async def open_questions(request: Request, who: WhoTalks) -> Response:
    """Show what customers asked and the assistant could not answer."""
    return pages.page(
        request, "desk/questions.html", who=who, here="questions", say=Say(request, who),
        questions=(await QUESTIONS.page(who.db, who.scope, limit=MOST))[::-1],
    )  # fmt: skip


@routes.post("/desk/questions/{question_id:uuid}/settle", response_model=None)
async def settle(request: Request, who: WhoTalks, question_id: UUID) -> Response:
    """Put a question aside; with an answer, the assistant knows it from now on."""
    await questions.settle(who.db, who.scope, question_id, answer=who.form.text("answer", most=2000))
    return RedirectResponse("/desk/questions", 303)


async def _answered(request: Request, who: Visitor, appointment_id: UUID, *, yes: bool) -> Response:
    before = await views.appointment(who.db, who.scope, appointment_id)
    act = actions.approve if yes else actions.cancel
    try:
        await act(who.db, who.scope, appointment_id, now=clock.now(), version=who.form.version())
    except Refusal as refusal:
        why = reason(request, who, refusal, before.start, before.service_name or "", before.staff_name or "")
        return await _requests(request, who, 409, why=why)
    return RedirectResponse("/desk/requests", 303)


async def _requests(request: Request, who: Visitor, status: int = 200, *, why: str = "") -> Response:
    now, say = clock.now(), Say(request, who)
    found = await views.listing(who.db, who.scope, now, now + AHEAD, status="pending", limit=MOST)
    lines = [(line(say, one), one.version, say.day_and_time(one.created_at), one.notes) for one in found]
    return pages.page(request, "desk/requests.html", status, who=who, here="requests", lines=lines, why=why)
