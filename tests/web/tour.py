"""A tour of every page: the app's own routes, filled with the ids of a business that has one of everything."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from fastapi.routing import APIRoute

from tests.desk import Desk
from tests.web.browsing import LINKS
from tests.web.test_calendar_columns import UNITS
from truebook.assistant import handover
from truebook.assistant.incoming import inbox
from truebook.booking import actions, blocks, feeds, series, timetable, waitlist
from truebook.booking.model import Appointment, Customer, Span
from truebook.booking.series import Plan
from truebook.booking.timetable import Course
from truebook.booking.waitlist import Waiting
from truebook.channels.web import routes as web
from truebook.channels.web import set_up
from truebook.db import Database
from truebook.kernel import clock
from truebook.ledger import alerts
from truebook.tenants import access, accounts, questions, sessions
from truebook.tenants.blackouts import BLACKOUTS
from truebook.tenants.customers import CUSTOMERS
from truebook.tenants.hours import OVERRIDES, minutes
from truebook.tenants.pools import POOLS
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF

PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")
NO_PAGES = re.compile(r"^/static/|\.(ics|csv|json|svg|js)$|/live$|/options$|^/sign-in/passkey$")
"""Files, a stream, and what a script asks for."""


def routes() -> list[str]:
    """Return the paths of all routes that show a page."""
    every = [one for one in (*web.BUSIEST, *web.ROUTES) if isinstance(one, APIRoute)]
    return [one.path for one in every if "GET" in one.methods and not NO_PAGES.search(one.path)]


def filled(path: str, ids: dict[str, Any]) -> str:
    """Return a route's path with ids in it."""
    return PARAMETER.sub(lambda found: str(ids[found[1]]), path)


def of_the_desk(ids: dict[str, Any], day: date) -> Iterator[str]:
    """Return the address of every page of the desk, and those that look different for another question."""
    for path in routes():
        if path.startswith("/desk"):
            yield filled(path, ids) + (f"?day={day}" if path in ("/desk", "/desk/new") else "")
    yield from (f"/desk?day={day}&view=week", f"/desk?day={day}&view=month", f"/desk?day={day}&by=room")
    yield from ("/desk/customers?q=ca", "/desk/reports?by=week", f"/desk/settings/hours?staff={ids['staff_id']}")


async def of_customers(db: Database, desk: Desk, ids: dict[str, Any]) -> dict[str, str]:
    """Make what customers' pages are about; return the address of each of their routes."""
    account = await accounts.get(db, desk.scope, desk.account)
    slug, now = account.slug, clock.now()
    await accounts.change_account(db, desk.scope, desk.account, {"series_dates": 8})
    one = await actions.book(db, desk.scope, desk.wish(ids["free"], "Haircut"), now=now)
    day = (ids["free"] + timedelta(days=1)).astimezone(clock.zone(account.timezone))
    weekly = Plan(desk.wish(day, "Haircut"), "FREQ=WEEKLY;COUNT=3", day.date(), day.hour * 60 + day.minute)
    repeated = await series.book(db, desk.scope, weekly, "possible", clock.zone(account.timezone), now=now)
    whole = Span(ids["free"], ids["free"] + timedelta(hours=4))
    nora = Customer("Nora K.", "+436601234599", "nora@example.com")
    entry = await waitlist.join(
        db, desk.scope, nora, Waiting(desk.services["Haircut"], desk.staff["Anna"], (whole,)), now=now
    )
    feed = await feeds.make(db, desk.scope, ids["owner"], None, names=True)
    own, later = LINKS.path(slug, one.code), now + timedelta(days=1)
    return {
        "/": "/",
        "/sign-in": "/sign-in",
        "/sign-in/{token}": f"/sign-in/{await sessions.link(db, desk.scope, ids['owner'], now=now)}",
        "/set-up/{ticket}": f"/set-up/{LINKS.ticket(set_up.PURPOSE, later)}",
        "/stop/{what}/{tenant}/{who}/{ticket}": LINKS.stopping(
            "notices", desk.account, ids["owner"], later
        ).removeprefix(LINKS.base_url),
        "/calendar/{token}.ics": f"/calendar/{feed}.ics",
        "/{slug:business}": f"/{slug}",
        "/{slug:business}/chat": f"/{slug}/chat",
        "/{slug:business}/poster": f"/{slug}/poster",
        "/{slug:business}/wait": f"/{slug}/wait?s={desk.services['Haircut']}&who=any&day={ids['free'].date()}",
        "/{slug:business}/wait/{entry_id}/{token}": f"/{slug}/wait/{entry.id}/{LINKS.token(slug, str(entry.id))}",
        "/{slug:business}/series/{series_id}/{token}": (
            f"/{slug}/series/{repeated.id}/{LINKS.token(slug, str(repeated.id))}"
        ),
        "/{slug:business}/{code}/{token}/move": f"/{own}/move",
        "/{slug:business}/{code}/{token}": f"/{own}",
        "/a/{slug:business}/{code}/{token}": f"/a/{own}",
    }


async def one_of_everything(
    db: Database, desk: Desk, owner: UUID, somebody: UUID, day: date, said: Callable[[str], str]
) -> dict[str, Any]:
    """Fill a salon with one of everything on a day; return the ids by the names routes give them.

    `said` turns the words that people would have typed into others. `free` is a moment that is still to be had.
    """
    scope, zone = desk.scope, clock.zone((await accounts.get(db, desk.scope, desk.account)).timezone)
    one = await _booked(db, desk, clock.at(day, 600, zone), said("Carla Moser"))
    await CUSTOMERS.change(
        db, scope, one.customer.id or one.id, {"notes": said("Scissors, no clippers"), "email": "x@x.example"}
    )
    await SERVICES.change(
        db, scope, desk.services["Colour"], {"name": said("Colour"), "description": said("With a consultation")}
    )
    await STAFF.change(db, scope, desk.staff["Ben"], {"name": said("Ben"), "synonyms": [said("Benny")]})
    block = await blocks.add(
        db, scope, desk.staff["Anna"], clock.at(day, 15 * 60, zone), clock.at(day, 16 * 60, zone), kind="away",
        now=clock.now(), reason=said("Dentist"),
    )  # fmt: skip
    mats = await POOLS.add(db, scope, name="Mat", kind="seat")
    async with db.transaction(scope) as tx:
        await tx.run(UNITS, (tx.tenant, mats.id, "Mat", 2))
    course = await timetable.add(
        db, scope, Course(desk.services["Haircut"], desk.staff["Anna"], mats.id), clock.at(day, 12 * 60, zone),
        now=clock.now(),
    )  # fmt: skip
    off = await BLACKOUTS.add(db, scope, starts_on=day, ends_on=day, staff_id=desk.staff["Ben"], reason=said("Holiday"))
    await OVERRIDES.add(
        db, scope, date=day, staff_id=desk.staff["Ben"], intervals=minutes([(60, 120)]), reason=said("Fair")
    )
    chat = await inbox.open_conversation(db, scope, "web", address="x", name=said("Nora K."), phone=None)
    await inbox.receive(db, scope, chat, said("Do you have a place for my bicycle?"))
    await handover.turn_over(db, scope, chat, "handed_over")
    async with db.transaction(scope) as tx:
        await questions.keep(tx, chat, "other", said("Do you have a place for my bicycle?"))
        await alerts.alert(tx, "not_told", uuid4(), said("Carla was not told of her appointment."))
        session = await tx.row("SELECT id FROM user_sessions WHERE user_id = %s", (owner,))
    assert session is not None
    key_id = uuid4()
    await access.issue(db, scope, said("The till"), key_id=key_id)
    await feeds.make(db, scope, owner, desk.staff["Ben"], names=True)
    return {
        "appointment_id": one.id, "customer_id": one.customer.id, "block_id": block.id, "chat_id": chat,
        "service_id": desk.services["Haircut"], "staff_id": desk.staff["Anna"], "user_id": somebody,
        "session_id": session[0], "day_id": off.id, "by": "service", "owner": owner,
        "class_id": course.id, "key_id": key_id, "check_id": uuid4(), "passkey_id": uuid4(),
        "feed_id": (await feeds.listing(db, scope))[0].id,
        "question_id": (await questions.QUESTIONS.page(db, scope))[0].id,
        "alert_id": (await alerts.waiting(db, scope))[0].id, "free": clock.at(day, 16 * 60, zone),
    }  # fmt: skip


async def _booked(db: Database, desk: Desk, start: Any, name: str) -> Appointment:
    wish = desk.wish(start, staff="Anna", customer=Customer(name, "+436601234567"))
    return await actions.book(db, desk.scope, wish, now=clock.now())
