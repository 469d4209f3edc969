"""What is done with a whole person: two that are one, everything about one handed out, and one erased (I18)."""

import json
from datetime import datetime
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import headers, pages
from truebook.channels.web.desk.customers import ONE, called, line
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import WhoSeesCustomers
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.people import dossier, erasing, finding, merging

routes = pages.routes()


@routes.get(f"{ONE}/merge", response_model=None)
async def ask_merge(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Ask with whom a customer is one and the same; with `other` show what becomes of both."""
    asked = request.query_params.get("q", "")[:200].replace("\0", "")
    profile = await finding.profile(who.db, who.scope, customer_id)
    other = _id(request.query_params.get("other", ""))
    merger = await merging.foresee(who.db, who.scope, customer_id, other) if other else None
    found = [] if merger else await finding.find(who.db, who.scope, asked or profile.record.name or "", now=clock.now())
    say = Say(request, who)
    return pages.page(
        request, "desk/merge.html", who=who, here="customers", profile=profile, say=say, asked=asked, merger=merger,
        found=[one for one in found if one.id != customer_id], name=called(profile, say.language),
    )  # fmt: skip


@routes.post(f"{ONE}/merge", response_model=None)
async def merge(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Make one customer of two."""
    other = _id(who.form.text("other"))
    if other is None:
        raise Invalid("other", "choose one")
    await merging.merge(who.db, who.scope, customer_id, other)
    return RedirectResponse(f"/desk/customers/{customer_id}", 303)


@routes.get(f"{ONE}/export", response_model=None)
async def read_export(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Show everything that is kept about a customer, to be read or printed."""
    found = await dossier.compile_for(who.db, who.scope, customer_id, now=clock.now())
    profile = await finding.profile(who.db, who.scope, customer_id)
    say = Say(request, who)
    return pages.page(
        request, "desk/export.html", who=who, here="customers", found=found, say=say, profile=profile,
        name=called(profile, say.language), visits=[line(say, one) for one in profile.visits],
        said=[
            (say.day_and_time(datetime.fromisoformat(one["created_at"])), one["role"], one["content"])
            for one in found["messages"]
        ],
    )  # fmt: skip


@routes.get(f"{ONE}/export.json", response_model=None)
async def download_export(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Hand out everything that is kept about a customer, as a file."""
    found = await dossier.compile_for(who.db, who.scope, customer_id, now=clock.now())
    sent = {
        **headers.of_page(secure=pages.is_secure(request)),
        "Content-Disposition": f'attachment; filename="customer-{customer_id}.json"',
    }
    body = json.dumps(found, ensure_ascii=False, indent=1)
    return Response(body, headers=sent, media_type="application/json")


@routes.get(f"{ONE}/erase", response_model=None)
async def ask_erase(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Show what goes with a customer, and what stays without a name."""
    return await _erasing(request, who, customer_id)


@routes.post(f"{ONE}/erase", response_model=None)
async def erase(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Erase a customer everywhere, once that was said twice."""
    if who.form.text("sure") != "yes":
        return await _erasing(request, who, customer_id, 422)
    found = await erasing.erase(who.db, who.scope, customer_id)
    return pages.page(request, "desk/erased.html", who=who, here="customers", found=found)


async def _erasing(request: Request, who: WhoSeesCustomers, customer_id: UUID, status: int = 200) -> Response:
    found, now = await erasing.foresee(who.db, who.scope, customer_id), clock.now()
    profile = await finding.profile(who.db, who.scope, customer_id)
    say = Say(request, who)
    upcoming = [(one.code, say.day_and_time(one.start), one.id) for one in found.upcoming(now)]
    return pages.page(
        request, "desk/erase.html", status, who=who, here="customers", found=found, profile=profile, say=say,
        name=called(profile, say.language), upcoming=upcoming,
    )  # fmt: skip


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Invalid("other", "there is no such customer") from error
