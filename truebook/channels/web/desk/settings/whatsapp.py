"""The business's WhatsApp numbers: how they are, what Meta says of the templates, and how another is connected."""

import re

from fastapi import Request, Response

from truebook.channels.web import pages
from truebook.channels.web.desk.settings.keeping import page
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.connectors.twilio.client import Rejected as Refused
from truebook.connectors.whatsapp.management import Rejected
from truebook.kernel.errors import Invalid, NotFound, Unavailable
from truebook.ledger import templates
from truebook.onboarding.connect import Connected, Onboarding
from truebook.tenants import contact, numbers
from truebook.tenants.numbers import Connection

HERE = "/desk/settings/whatsapp"
SHAPES = {
    "number_id": r"[0-9]{5,30}", "messaging_account_id": r"[0-9]{5,30}", "access_token": r"[\x21-\x7e]{8,1000}",
    "app_secret": r"([\x21-\x7e]{8,1000})?", "pin": r"([0-9]{6})?",
}  # fmt: skip
"""What may be typed; the app secret is none where the installation's own app signs, the PIN where there is none yet."""
SENDER = {"account_sid": r"AC[0-9a-f]{32}", "auth_token": r"[\x21-\x7e]{8,1000}", "phone": r".+"}
"""The same of a WhatsApp sender at Twilio."""
SECRET = ("access_token", "app_secret", "pin", "auth_token")
"""What is never shown again."""
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show the numbers and how they are."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def connect(request: Request, who: WhoSets) -> Response:
    """Connect a number, and show what is left to click; the verify token can be read this once only."""
    onboarding = _onboarding(request)
    typed = {name: who.form.text(name, most=1000) for name in SHAPES}
    for name, shape in SHAPES.items():
        if not re.fullmatch(shape, typed[name], re.ASCII):
            return await _shown(request, who, 422, wrong=name)
    new = Connection(
        typed["number_id"], typed["messaging_account_id"], typed["access_token"], typed["app_secret"] or None
    )  # fmt: skip
    try:
        made = await onboarding.connect(who.scope, new, pin=typed["pin"] or None)
    except Invalid as wrong:
        return await _shown(request, who, 422, wrong=wrong.field, why=wrong.message)
    except (Rejected, NotFound) as no:
        return await _shown(request, who, 422, wrong="meta", why=no.message)
    return await _shown(request, who, made=made)


@routes.post(f"{HERE}/twilio", response_model=None)
async def connect_sender(request: Request, who: WhoSets) -> Response:
    """Connect a WhatsApp sender at Twilio, and show what is left to do there."""
    onboarding = _onboarding(request)
    typed = {name: who.form.text(name, most=1000) for name in SENDER}
    for name, shape in SENDER.items():
        if not re.fullmatch(shape, typed[name], re.ASCII):
            return await _shown(request, who, 422, wrong=name)
    try:
        phone = contact.phone(typed["phone"], who.person.timezone) or ""
        new = Connection(phone, typed["account_sid"], typed["auth_token"], provider="twilio")
        made = await onboarding.connect_twilio(who.scope, new)
    except Invalid as wrong:
        return await _shown(request, who, 422, wrong=wrong.field, why=wrong.message)
    except (Refused, NotFound) as no:
        return await _shown(request, who, 422, wrong="twilio", why=no.message)
    return await _shown(request, who, made=made)


def _onboarding(request: Request) -> Onboarding:
    found: Onboarding | None = request.app.state.onboarding
    if found is None:
        raise Unavailable("this app was started without keys to seal secrets with")
    return found


async def _shown(
    request: Request, who: Visitor, status: int = 200, *, wrong: str = "", why: str = "", made: Connected | None = None
) -> Response:
    found = await numbers.every(who.db, who.scope)
    theirs = await templates.listing(who.db, who.scope)
    lines = [(one, [each for each in theirs if each.number_id == one.id]) for one in found]
    fields = (*SHAPES, *SENDER)
    typed = {name: "" if name in SECRET or made else who.form.text(name, most=1000) for name in fields}
    base: str = request.app.state.settings.base_url
    return page(
        request, who, "whatsapp", "whatsapp", status, lines=lines, typed=typed, wrong=wrong, why=why, made=made,
        reachable=base.startswith("https://"), base=base, say=Say(request, who),
    )  # fmt: skip
