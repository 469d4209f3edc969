"""The page behind the link in a receipt: the appointment as its row stands now, and a way to cancel it."""

from urllib.parse import quote_plus

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.booking import actions, calendar_file, views
from truebook.booking.errors import Refusal, WrongStatus
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.channels.web import forms, headers, pages, words
from truebook.channels.web.booking import asking, frame, holding, shop, visit
from truebook.channels.web.booking.choice import Choice
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.kernel.errors import NotFound
from truebook.language.wording.voice import Voice
from truebook.tenants import accounts
from truebook.tenants.accounts import Account

PAGE = "/{slug:business}/{code}/{token}"
SHORT = "/a/{slug:business}/{code}/{token}"
"""Where templates that were approved at WhatsApp lead: their address cannot change any more."""

MAP = "https://www.openstreetmap.org/search?query="
"""Where the way is shown: somebody who follows the link asks for it, and nothing of it is loaded before."""

routes = frame.routes()


@routes.get(SHORT, response_model=None)
async def lead(request: Request, slug: str, code: str, token: str) -> Response:
    """Lead from a template's link to the appointment's page; a link that is none leads nowhere."""
    await _guest(request, slug, code, token)
    return RedirectResponse(f"/{slug}/{code}/{token}", 307, headers={"Cache-Control": "no-store"})


@routes.get(PAGE, response_model=None)
async def show(request: Request, slug: str, code: str, token: str) -> Response:
    """Show an appointment to whoever has its link."""
    account, scope = await _guest(request, slug, code, token)
    found = await views.by_link(_db(request), scope, code)
    if await holding.was_only_held(_db(request), scope, found):
        return await asking.ask(request, await shop.find(request, slug), found)
    return await _page(request, scope, account, found)


@routes.post(PAGE, response_model=None)
async def cancel(request: Request, slug: str, code: str, token: str) -> Response:
    """Cancel an appointment; doing it again shows the same."""
    await forms.read(request)
    db, now = _db(request), clock.now()
    account, scope = await _guest(request, slug, code, token)
    if account.status != "active":
        raise shop.Suspended(account)
    found = await views.by_link(db, scope, code)
    problem = None
    try:
        found = await actions.cancel(db, scope, found.id, now=now, by_customer=True)
    except WrongStatus:
        pass  # it is what it is already, and the page says what
    except Refusal:
        problem = "page_too_late"
    return await _page(request, scope, account, found, problem=problem)


@routes.get(PAGE + "/appointment.ics", response_model=None)
async def add_to_calendar(request: Request, slug: str, code: str, token: str) -> Response:
    """Give the appointment as a file for the customer's own calendar."""
    account, scope = await _guest(request, slug, code, token)
    found = await views.by_link(_db(request), scope, code)
    if await holding.was_only_held(_db(request), scope, found):
        raise NotFound("nothing is booked")
    voice, links = _voice(request, account), request.app.state.links
    tag = f'"{found.id}-{found.version}-{voice.language}"'
    sent = {**headers.of_page(secure=pages.is_secure(request)), "ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, 304, sent)
    body = calendar_file.of(
        found, what=visit.what(voice, found, await shop.named(_db(request), scope)), business=account.name,
        address=account.address, told=f"{voice.say('page_code')}: {code}", link=links.of(slug, code),
    )  # fmt: skip
    sent["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    return Response(body, headers=sent, media_type="text/calendar; charset=utf-8; method=PUBLISH")


async def _guest(request: Request, slug: str, code: str, token: str) -> tuple[Account, Scope]:
    """Return the business and the scope of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, code, token):
        raise NotFound("there is no such page")
    account = await accounts.by_slug(_db(request), slug)
    return account, Scope(account.id, f"link:{code}", f"{request.method} appointment page")


async def _page(
    request: Request, scope: Scope, account: Account, one: Appointment, *, problem: str | None = None
) -> Response:
    voice = _voice(request, account)
    local = one.local_start
    details = [voice.say("minutes", minutes=int((one.end - one.start).total_seconds() // 60))]
    if one.price_minor is not None and one.currency:
        details.append(voice.money(one.price_minor, one.currency))
    return pages.page(
        request,
        "receipt.html",
        language=voice.language,
        framed_by=account.framed_by,
        voice=voice,
        account=account,
        business=account.name,
        address=account.address,
        directions=MAP + quote_plus(f"{account.name}, {account.address}") if account.address else "",
        menu=[(each, words.own_name(each)) for each in words.languages()],
        status=one.status,
        what=visit.what(voice, one, await shop.named(_db(request), scope)),
        own=request.url.path,
        again=_again(one, account),
        movable=account.status == "active" and one.start > clock.now(),
        is_class=visit.is_class(one),
        refused=request.query_params.get("not", ""),
        date=voice.full_date(local.date()),
        time=voice.clock(local.time()),
        zone=one.timezone,
        details=voice.say("comma").join(details),
        code=one.code,
        problem=voice.say(problem) if problem else None,
    )


def _voice(request: Request, account: Account) -> Voice:
    """Return the voice for a reader; in the business's language where the pages have none of it."""
    first = account.languages[0]
    language = shop.language(request, account) if first in words.languages() else first
    return Voice(language, clock.now().astimezone(clock.zone(account.timezone)))


def _again(one: Appointment, account: Account) -> str:
    """Return the address at which the same services can be booked again."""
    mine = dict.fromkeys(part.service_id for part in one.segments if part.service_id and part.guest_name is None)
    return Choice(account.slug, tuple(mine)).address()


def _db(request: Request) -> Database:
    db: Database = request.app.state.db
    return db
