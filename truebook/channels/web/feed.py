"""A calendar to subscribe to: what a calendar program reads at the address that somebody of the business gave it."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from fastapi import Request, Response

from truebook.booking import calendar_file, feeds
from truebook.booking.calendar_file import STATUS, Entry
from truebook.booking.feeds import Read
from truebook.booking.model import Appointment
from truebook.booking.sessions import Session
from truebook.channels.web import headers, pages, words
from truebook.kernel import clock
from truebook.tenants.accounts import Account

PAGE = "/calendar/{token}.ics"
EVERY = timedelta(minutes=15)
"""How often programs are asked to read; many read less often whatever they are told."""
routes = pages.routes()


@routes.get(PAGE, response_model=None)
async def read(request: Request, token: str) -> Response:
    """Give a calendar; nothing but its tag where it is still the one that the program has."""
    found = await feeds.read(request.app.state.db, token, now=clock.now())
    account, entries = found.account, tuple(_entries(request, found))
    name = f"{account.name}, {found.staff_name}" if found.staff_name else account.name
    tag = f'"{hashlib.sha256(repr((name, entries)).encode()).hexdigest()[:32]}"'
    sent = {**headers.SHARED, "ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=sent)
    body = calendar_file.feed(entries, name=name, every=EVERY)
    sent["Content-Disposition"] = f'inline; filename="{account.slug}.ics"'
    return Response(body, headers=sent, media_type="text/calendar; charset=utf-8; method=PUBLISH")


def _entries(request: Request, found: Read) -> Iterator[Entry]:
    base = request.app.state.settings.base_url
    for one in found.appointments:
        yield _appointment(one, found, f"{base}/desk/appointments/{one.id}")
    for course in found.classes:
        yield _class(course, found.account, f"{base}/desk/classes/{course.id}")


def _appointment(one: Appointment, found: Read, link: str) -> Entry:
    parts = [part for part in one.segments if found.staff_id in (None, part.staff_id)]
    services = ", ".join(dict.fromkeys(part.service_name for part in parts if part.service_name))
    people = ", ".join(dict.fromkeys(part.staff_name for part in parts if part.staff_name))
    what = services if found.staff_id else ", ".join(filter(None, (services, people)))
    summary, told = what, [one.code]
    if found.names:
        summary = f"{one.customer.name}: {what}"
        told += [text for text in (one.customer.phone, one.notes) if text]
    begin, end = min(part.start for part in parts), max(part.end for part in parts)
    return Entry(
        one.id, one.version, one.updated_at, begin, end, one.timezone, summary, "\n".join([*told, link]), link,
        STATUS.get(one.status, "CONFIRMED"),
    )  # fmt: skip


def _class(one: Session, account: Account, link: str) -> Entry:
    language = account.languages[0] if account.languages[0] in words.EVERYWHERE else "en"
    places = words.catalog(language).gettext("%(taken)s of %(all)s places")
    summary = f"{one.service_name}, {places % {'taken': one.seats - one.free, 'all': one.seats}}"
    status = "CANCELLED" if one.cancelled_at else "CONFIRMED"
    return Entry(
        one.id, one.version, one.updated_at, one.start, one.end, account.timezone, summary, link, link, status
    )  # fmt: skip
