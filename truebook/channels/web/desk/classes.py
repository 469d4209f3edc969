"""A class in the panel: when, with whom, how many places are left, and who comes."""

from uuid import UUID

from fastapi import Request, Response

from truebook.booking import classes
from truebook.channels.web import pages
from truebook.channels.web.desk import place
from truebook.channels.web.desk.calendar import shown
from truebook.channels.web.visitors import Anyone
from truebook.kernel.errors import NotFound

routes = pages.routes()


@routes.get("/desk/classes/{class_id:uuid}", response_model=None)
async def show(request: Request, who: Anyone, class_id: UUID) -> Response:
    """Show a class beside its day."""
    course = await classes.get(who.db, who.scope, class_id)
    teacher = course.teacher.id if course.teacher else None
    if not who.may("all calendars") and (teacher is None or teacher != who.person.staff_id):
        raise NotFound("there is no such class")
    at = place.place_of(request, who)
    if "day" not in request.query_params:
        at = at.on(course.start.astimezone(who.zone).date())
    coming = await classes.attending(who.db, who.scope, class_id)
    return await shown(request, who, at, course=course, coming=coming)
