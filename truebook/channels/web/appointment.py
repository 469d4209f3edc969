"""The page behind the link in a receipt: the appointment as its row stands now, and a way to cancel it."""

from fastapi import Request, Response

from truebook.booking import actions, calendar_file, views
from truebook.booking.errors import Refusal, WrongStatus
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.channels.web import forms, headers, pages, words
from truebook.channels.web.booking import asking, frame, shop
from truebook.channels.web.booking.choice import Choice
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
    found = await views.by_link(_db(request), scope, code)
    if await asking.was_only_held(_db(request), scope, found):
        return asking.ask(request, await shop.find(request, slug), found)
    return _page(request, account, found)


@routes.post(PAGE, response_model=None)
async def cancel(request: Request, slug: str, code: str, token: str) -> Response:
    """Cancel an appointment; doing it again shows the same."""
    await forms.read(request)
    db, now = _db(request), clock.now()
    account, scope = await _guest(request, slug, code, token)
    if account.status != "active":
        raise shop.Suspended(account)
    found = await views.by_link(db, scope, code)
    try:
        return _page(request, account, await actions.cancel(db, scope, found.id, now=now, by_customer=True))
    except WrongStatus:
        return _page(request, account, found)
    except Refusal:
        return _page(request, account, found, problem="page_too_late")


@routes.get(PAGE + "/appointment.ics", response_model=None)
async def add_to_calendar(request: Request, slug: str, code: str, token: str) -> Response:
    """Give the appointment as a file for the customer's own calendar."""
    account, scope = await _guest(request, slug, code, token)
    found = await views.by_link(_db(request), scope, code)
    if await asking.was_only_held(_db(request), scope, found):
        raise NotFound("nothing is booked")
    voice, links = _voice(request, account), request.app.state.links
    body = calendar_file.of(
        found, what=_what(voice, found), business=account.name, address=account.address,
        told=f"{voice.say('page_code')}: {code}", link=links.of(slug, code),
    )  # fmt: skip
    name = {"Content-Disposition": f'attachment; filename="{code}.ics"', "ETag": f'"{found.id}-{found.version}"'}
    sent = {**headers.of_page(secure=pages.is_secure(request)), **name}
    return Response(body, headers=sent, media_type="text/calendar; charset=utf-8; method=PUBLISH")


async def _guest(request: Request, slug: str, code: str, token: str) -> tuple[Account, Scope]:
    """Return the business and the scope of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, code, token):
        raise NotFound("there is no such page")
    account = await accounts.by_slug(_db(request), slug)
    return account, Scope(account.id, f"link:{code}", f"{request.method} appointment page")


def _page(request: Request, account: Account, one: Appointment, *, problem: str | None = None) -> Response:
    voice = _voice(request, account)
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
        what=_what(voice, one),
        own=request.url.path,
        again=_again(one, account),
        movable=account.status == "active" and one.start > clock.now(),
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


def _what(voice: Voice, one: Appointment) -> str:
    """Return what an appointment is, and with whom: every service and everybody once."""
    services = list(dict.fromkeys(part.service_name for part in one.segments if part.service_name))
    people = list(dict.fromkeys(part.staff_name for part in one.segments if part.staff_name))
    return voice.what(voice.one_of(services, "and"), voice.one_of(people, "and"))


def _again(one: Appointment, account: Account) -> str:
    """Return the address at which the same services can be booked again."""
    return Choice(account.slug, tuple(part.service_id for part in one.segments if part.service_id)).address()


def _db(request: Request) -> Database:
    db: Database = request.app.state.db
    return db
