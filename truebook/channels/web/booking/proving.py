"""Where the business wants it: a booking counts once the code was typed that is sent where its customer is reached."""

from typing import Any, Literal

from fastapi import Request, Response

from truebook import limits
from truebook.booking import proof
from truebook.booking.model import Appointment
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import contacts, frame
from truebook.channels.web.booking.shop import Shop
from truebook.channels.web.forms import Form
from truebook.kernel import clock
from truebook.limits import Limit

Way = Literal["email", "phone"]
SENT = Limit("codes sent for a held time", burst=3, every=120.0)
TRIED = Limit("codes tried for a held time", burst=5, every=120.0, guarded=True)
"""A million codes, and ten minutes: whoever guesses has one chance in a hundred thousand."""
TRIED_FROM = Limit("codes tried from an address", burst=20, every=180.0, guarded=True)


def ways(request: Request, shop: Shop) -> tuple[Way, ...]:
    """Return where a code can be sent, if the business wants one; empty where none is asked for."""
    if not shop.account.confirms_by_code:
        return ()
    found: list[Way] = ["email"] if request.app.state.settings.mail_url is not None else []
    return (*found, *(["phone"] if shop.reach.codes else []))  # type: ignore[arg-type]


def is_wanted(request: Request, shop: Shop) -> bool:
    """Tell whether a code is asked for here."""
    return bool(ways(request, shop))


def address(request: Request, shop: Shop, found: Appointment) -> str | None:
    """Return where the code of a held time goes; None where nothing was given to which it can."""
    given = {"email": found.customer.email, "phone": found.customer.phone}
    return next((given[way] for way in ways(request, shop) if given[way]), None)


async def ask(request: Request, shop: Shop, found: Appointment, form: Form, **moments: Any) -> Response | None:
    """Ask for the code, sent just now if none was typed; None where what was typed is right."""
    typed = form.text("code", most=40)
    if typed:
        await limits.take(shop.db, TRIED_FROM, limits.origin(request.client))
        await limits.take(shop.db, TRIED, str(found.id))
        if proof.is_right(request.app.state.links, found, typed):
            return None
    else:
        await limits.take(shop.db, SENT, str(found.id))
        await contacts.count(request, shop, contacts.CODES, found.customer)
        await proof.ask(shop.db, shop.scope, found, now=clock.now())
    return frame.page(
        request, shop, "code.html", choices.of(shop, found), 422 if typed else 200, chips=[], one=found,
        wrong={"code": "wrong"} if typed else {}, **moments,
    )  # fmt: skip
