"""Another class instead: an appointment's places move together, all of them or none."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking import classes
from truebook.booking.errors import OutcomeUnknown, Refusal
from truebook.booking.model import Appointment
from truebook.channels.web.booking import asking, days, frame, places
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking.shop import Shop
from truebook.channels.web.forms import Form
from truebook.kernel import clock


async def ask(request: Request, shop: Shop, found: Appointment, token: str) -> Response:
    """Ask which class instead; with one in the address, whether it shall be that one."""
    own = f"/{shop.account.slug}/{found.code}/{token}"
    if "to" not in request.query_params:
        return await _ask_which(request, shop, found, own)
    session = await classes.get(shop.db, shop.scope, places.session_in(request.query_params["to"]))
    there, voice = session.start.astimezone(shop.zone), shop.voice
    return frame.page(
        request, shop, "move.html", choices.of(shop, found), chips=frame.chips_of(shop, found, own), one=found,
        to=str(session.id), with_whom=session.teacher.name if session.teacher else "",
        new_date=voice.full_date(there.date()), new_time=voice.clock(there.time()),
        approved=shop.approves(found), **asking.moments(request, shop, found),
    )  # fmt: skip


async def change(request: Request, shop: Shop, found: Appointment, token: str, form: Form) -> Response:
    """Move the places; explain where there are not enough. Sent again it leads to the same receipt."""
    own = f"/{shop.account.slug}/{found.code}/{token}"
    session = places.session_in(form.text("to"))
    if found.status not in ("pending", "confirmed") or all(one.session_id == session for one in found.segments):
        return RedirectResponse(own, 303)
    await limits.take(shop.db, asking.ADDRESSES, limits.origin(request.client))
    try:
        await classes.change(
            shop.db, shop.scope, found.id, session, now=clock.now(), version=form.version(), by_customer=True
        )
    except Refusal as refusal:
        if refusal.code in ("booked", "notice", "horizon"):
            return await _ask_which(request, shop, found, own, lost=session, refusal=refusal)
        return RedirectResponse(f"{own}?not={refusal.code}", 303)
    except OutcomeUnknown:
        return RedirectResponse(f"{own}?not=unknown", 303)
    return RedirectResponse(own, 303)


async def _ask_which(
    request: Request,
    shop: Shop,
    found: Appointment,
    own: str,
    *,
    lost: UUID | None = None,
    refusal: Refusal | None = None,
) -> Response:
    chosen = choices.read(shop, request.query_params.getlist)
    zone, service = chosen.shown_in(shop), found.service_id
    if service is None:
        return RedirectResponse(f"{own}?not=gone", 303)
    wished = chosen.day or found.start.astimezone(zone).date()
    if lost:
        wished = (await classes.get(shop.db, shop.scope, lost)).start.astimezone(zone).date()
    chosen = replace(chosen, day=wished, seats=len(found.segments))
    strip = await days.classes_of(
        shop.db, shop.scope, service, wished, zone, now=clock.now(), seats=len(found.segments)
    )

    def address(day: date, zone: str = chosen.zone) -> str:
        fields: list[tuple[str, Any]] = [("day", day.isoformat()), *([("tz", zone)] if zone else [])]
        return f"{own}/move?{urlencode(fields)}"

    return frame.when(
        request, shop, chosen, strip, template="class.html", gone=None, address=address, counts=[], lost=lost,
        refusal=refusal, chips=frame.chips_of(shop, found, own), key="", answered=409 if lost else 200,
        current=found.segments[0].session_id,
        moving=f"{own}/move?{'tz=' + chosen.zone + '&' if chosen.zone else ''}to=",
    )  # fmt: skip
