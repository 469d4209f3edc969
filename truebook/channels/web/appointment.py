"""The page behind the link in a receipt: the appointment as its row stands now, and a way to cancel it."""

from fastapi import Request, Response

from truebook.booking import actions, views
from truebook.booking.errors import Refusal, WrongStatus
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.channels.web import forms, pages
from truebook.channels.web.booking import asking, frame, shop
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.kernel.errors import NotFound
from truebook.language.voice import Voice
from truebook.tenants import accounts
from truebook.tenants.accounts import Account

PAGE = "/{slug:business}/{code}/{token}"

routes = frame.routes()


@routes.get(PAGE, response_model=None)
async def show(request: Request, slug: str, code: str, token: str) -> Response:
    """Show an appointment to whoever has its link."""
    account, scope = await _guest(request, slug, code, token)
    found = await views.by_code(_db(request), scope, code)
    if await asking.was_only_held(_db(request), scope, found):
        return asking.ask(request, await shop.find(request, slug), found)
    return _page(request, account, found)


@routes.post(PAGE, response_model=None)
async def cancel(request: Request, slug: str, code: str, token: str) -> Response:
    """Cancel an appointment; doing it again shows the same."""
    await forms.read(request)
    db, now = _db(request), clock.now()
    account, scope = await _guest(request, slug, code, token)
    found = await views.by_code(db, scope, code)
    try:
        return _page(request, account, await actions.cancel(db, scope, found.id, now=now, by_customer=True))
    except WrongStatus:
        return _page(request, account, found)
    except Refusal:
        return _page(request, account, found, problem="page_too_late")


async def _guest(request: Request, slug: str, code: str, token: str) -> tuple[Account, Scope]:
    """Return the business and the scope of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, code, token):
        raise NotFound("there is no such page")
    account = await accounts.by_slug(_db(request), slug)
    return account, Scope(account.id, f"link:{code}", f"{request.method} appointment page")


def _page(request: Request, account: Account, one: Appointment, *, problem: str | None = None) -> Response:
    voice = Voice(shop.language(request, account), clock.now().astimezone(clock.zone(account.timezone)))
    local = one.local_start
    details = [voice.say("minutes", minutes=int((one.end - one.start).total_seconds() // 60))]
    if one.price_minor is not None and one.currency:
        details.append(voice.money(one.price_minor, one.currency))
    return pages.page(
        request,
        "receipt.html",
        language=voice.language,
        voice=voice,
        business=account.name,
        address=account.address,
        status=one.status,
        what=voice.what(one.service_name or "", one.staff_name or ""),
        date=voice.full_date(local.date()),
        time=voice.clock(local.time()),
        zone=one.timezone,
        by_chat=one.conversation_id is not None,
        details=voice.say("comma").join(details),
        code=one.code,
        problem=voice.say(problem) if problem else None,
    )


def _db(request: Request) -> Database:
    db: Database = request.app.state.db
    return db
