"""The one way of a setting: its form is shown, what saving it would leave outside too, and then it is kept.

Each page has a `shown` of its own, which takes a status and, as `wrong`, the field that cannot be kept.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.booking import impact
from truebook.booking.impact import Change
from truebook.channels.web import pages
from truebook.channels.web.desk.customers import line
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid, NotFound

Shown = Callable[..., Awaitable[Response]]
"""Shows a form with what was typed: `shown(status, wrong=field)`."""
UNSENT = ("csrf", "anyway", "again")


def page(request: Request, who: Visitor, at: str, template: str, status: int = 200, **values: Any) -> Response:
    """Return a page of the settings; `at` is the part of them that it belongs to."""
    saved = "saved" in request.query_params
    return pages.page(
        request, f"desk/settings/{template}.html", status, who=who, here="settings", at=at, saved=saved, **values
    )  # fmt: skip


async def keep(request: Request, who: Visitor, change: Change, back: str, shown: Shown) -> Response:
    """Keep a setting and go back to its page; or show what it would leave outside, and keep nothing yet."""
    if who.form.has("again"):
        return await shown(200)
    try:
        if not who.form.has("anyway"):
            left = await impact.outside(who.db, who.scope, change, now=clock.now())
            if left:
                say = Say(request, who)
                return pages.page(
                    request, "desk/settings/impact.html", 409, who=who, here="settings", back=back,
                    lines=[(line(say, one.appointment), one.why) for one in left],
                    fields=[(name, value) for name, value in who.form.fields if name not in UNSENT],
                )  # fmt: skip
        await impact.make(who.db, who.scope, change)
    except (Invalid, Conflict, NotFound) as wrong:
        return await shown(422, wrong=str(wrong.data.get("field") or "body"))
    return RedirectResponse(f"{back}{'&' if '?' in back else '?'}saved=1", 303)


def chosen(who: Visitor, field: str) -> list[UUID]:
    """Return the ids that were ticked; raise Invalid for what is no id."""
    return _ids(field, who.form.all(field))


def chosen_one(who: Visitor, field: str) -> UUID | None:
    """Return the id that was chosen, None for nobody; raise Invalid for what is no id."""
    return next(iter(_ids(field, [one for one in (who.form.text(field),) if one])), None)


def parts(text: str) -> list[str]:
    """Return what was typed with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _ids(field: str, texts: Iterable[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in texts]
    except ValueError as error:
        raise Invalid(field, "choose one") from error
