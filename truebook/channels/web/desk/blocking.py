"""Time that is nobody's appointment: a break, a dentist's visit. Kept like an appointment, and freed by one click."""

from uuid import UUID

from fastapi import Request, Response

from truebook.booking import blocks
from truebook.booking.errors import InTheWay
from truebook.channels.web import pages, words
from truebook.channels.web.desk import place
from truebook.channels.web.desk.appointment import instant
from truebook.channels.web.desk.calendar import Notice, shown
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, NotFound

routes = pages.routes()


@routes.post("/desk/blocks", response_model=None)
async def block(request: Request, who: Anyone) -> Response:
    """Keep some time of somebody free of appointments; where there are some, say whose, and keep nothing."""
    at, form = place.place_of(request, who), who.form
    staff_id = _own(who, form.text("staff"))
    day, reason = form.text("day"), form.text("reason", most=100)
    begin, end = instant(who, f"{day}T{form.text('time')}"), instant(who, f"{day}T{form.text('until')}")
    try:
        await blocks.add(who.db, who.scope, staff_id, begin, end, kind="away", now=clock.now(), reason=reason or None)
    except InTheWay as taken:
        names = ", ".join(str(one["customer"]) for one in taken.data["appointments"][:5])
        text = words.catalog(words.chosen(request)).gettext(IN_THE_WAY) % {"names": names}
        return await shown(request, who, at, 409, notice=Notice(text, refused=True))
    return await shown(request, who, at)


@routes.post("/desk/blocks/{block_id:uuid}/remove", response_model=None)
async def free(request: Request, who: Anyone, block_id: UUID) -> Response:
    """Free blocked time again."""
    one = await blocks.get(who.db, who.scope, block_id)
    _own(who, str(one.resource_id))
    await blocks.remove(who.db, who.scope, block_id)
    return await shown(request, who, place.place_of(request, who))


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


IN_THE_WAY = _("There are appointments then: %(names)s. Nothing was blocked.")


def _own(who: Visitor, text: str) -> UUID:
    """Return whose time it is; raise NotFound for somebody whose calendar one may not change."""
    try:
        staff_id = UUID(text)
    except ValueError as error:
        raise Invalid("staff", "choose one") from error
    if not who.may("all calendars") and staff_id != who.person.staff_id:
        raise NotFound("there is no such member of staff")
    return staff_id
