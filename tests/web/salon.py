"""A salon in the middle of a busy week, for pictures and measurements: made by the desk's own actions."""

import random
from datetime import date, timedelta

from truebook import demos
from truebook.booking import actions, blocks
from truebook.booking.errors import Refusal
from truebook.booking.model import Customer, Wish
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.tenants import accounts, demo
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

NAMES = (
    "Klara M.", "Hugo P.", "Ida S.", "Leo W.", "Mia T.", "Rosa B.", "Nora K.", "Simon F.", "Otto N.", "Finn A.",
    "Jonas R.", "Emil D.", "Theo L.", "Pia C.", "Viktor H.", "Karl J.", "Maximilian-Alexander von Hohenstein", "Vera J.",
)  # fmt: skip


async def busy(db: Database, *, days: int = 6) -> tuple[Scope, date]:
    """Fill the demo salon from tomorrow on, with five people; return its scope and its first full day."""
    chance = random.Random(7)
    account = await demos.furnish(db)
    scope = Scope(account.id, f"user:{(await demo.owner(db, account)).id}", "demo")
    services = await SERVICES.page(db, scope)
    for name in ("David", "Emma"):
        person = await STAFF.add(db, scope, name=name)
        await set_services(db, scope, person.id, [one.id for one in services])
    colour = next(one for one in services if one.name == "Colour")
    await SERVICES.change(db, scope, colour.id, {"buffer_after_minutes": 15})
    now, zone = clock.now(), clock.zone(account.timezone)
    first = now.astimezone(zone).date() + timedelta(days=1)
    while first.isoweekday() not in (2, 3, 4, 5):
        first += timedelta(days=1)
    people = await STAFF.page(db, scope)
    for offset in range(days):
        day = first + timedelta(days=offset)
        lunch = clock.at(day, 12 * 60 + 30, zone)
        for person in people:
            if day.isoweekday() in (2, 3, 4, 5) and chance.random() < 0.6:
                await blocks.add(
                    db, scope, person.id, lunch, lunch + timedelta(minutes=30), kind="break", now=now, reason="Lunch"
                )
        for minute in range(9 * 60, 18 * 60, 15):
            for person in people:
                if chance.random() > 0.45:
                    continue
                wish = Wish(
                    chance.choice(services).id, clock.at(day, minute, zone),
                    Customer(chance.choice(NAMES), f"+43660{chance.randrange(10**6, 10**7)}"), person.id,
                    source=chance.choice(["whatsapp", "web", "staff", "api"]),
                )  # fmt: skip
                place = actions.hold if chance.random() < 0.05 else actions.book
                try:
                    await place(db, scope, wish, now=now)
                except Refusal:
                    continue
    assert (await accounts.by_slug(db, demo.SLUG)).id == account.id
    return scope, first
