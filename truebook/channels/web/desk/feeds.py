"""Calendars elsewhere: addresses by which people see the appointments in the calendar of their phone or computer."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.booking import feeds
from truebook.channels.web import pages
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants.staff import STAFF, Staff

HERE = "/desk/feeds"
EVERYBODY = "all"
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: Anyone) -> Response:
    """Show the addresses: one's own, or everybody's to those who see all calendars."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def make(request: Request, who: Anyone) -> Response:
    """Make an address, and show it this once."""
    try:
        token = await feeds.make(
            who.db, who.scope, who.person.user_id, _whose(who), names=who.form.has("names")
        )  # fmt: skip
    except (Invalid, NotFound):
        return await _shown(request, who, 422, wrong="whose")
    return await _shown(request, who, made=f"{request.app.state.settings.base_url}/calendar/{token}.ics")


@routes.post(HERE + "/{feed_id:uuid}/revoke", response_model=None)
async def revoke(request: Request, who: Anyone, feed_id: UUID) -> Response:
    """Let an address lead nowhere any more."""
    await feeds.revoke(who.db, who.scope, feed_id, user_id=_only(who))
    return RedirectResponse(HERE, 303)


def _only(who: Visitor) -> UUID | None:
    """Return the user whose addresses alone somebody may see and revoke; None for all."""
    return None if who.may("all calendars") else who.person.user_id


def _whose(who: Visitor) -> UUID | None:
    """Return whose calendar was chosen, None for everybody's; raise Invalid for one that somebody may not see."""
    if not who.may("all calendars"):
        if who.person.staff_id is None:
            raise Invalid("whose", "there is no calendar of your own")
        return who.person.staff_id
    text = who.form.text("whose")
    try:
        return None if text == EVERYBODY else UUID(text)
    except ValueError as error:
        raise Invalid("whose", "choose one") from error


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "", made: str = "") -> Response:
    found = await feeds.listing(who.db, who.scope, user_id=_only(who))
    people: list[Staff] = []
    if who.may("all calendars"):
        people = [one for one in await STAFF.page(who.db, who.scope, limit=500) if one.is_active]
    return pages.page(
        request, "desk/feeds.html", status, who=who, here="me", found=found, people=people, wrong=wrong, made=made,
        everybody=EVERYBODY, say=Say(request, who), own=who.person.staff_id,
    )  # fmt: skip
