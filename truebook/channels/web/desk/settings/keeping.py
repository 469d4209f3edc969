"""Saving a setting: it is shown first which appointments that would leave outside; where there are none it is kept."""

from collections.abc import Awaitable, Callable

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

Again = Callable[[str], Awaitable[Response]]
"""Shows the form again with what was typed, and names the field that cannot be kept; empty where none is wrong."""
UNSENT = ("csrf", "anyway", "again")


async def keep(request: Request, who: Visitor, change: Change, back: str, again: Again) -> Response:
    """Keep a setting and go back to its page; or show what it would leave outside, and keep nothing yet."""
    if who.form.has("again"):
        return await again("")
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
        return await again(str(wrong.data.get("field") or "body"))
    return RedirectResponse(f"{back}{'&' if '?' in back else '?'}saved=1", 303)


def whole(who: Visitor, field: str, least: int, most: int) -> int:
    """Return a whole number that was typed; raise Invalid for anything else, or out of range."""
    text = who.form.text(field, most=12)
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise Invalid(field, f"give a number from {least} to {most}")
    return int(text)
