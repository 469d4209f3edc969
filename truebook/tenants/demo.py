"""The demo business that a fresh installation starts with, so that there is somebody to talk to."""

from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts, hours
from truebook.tenants.accounts import Account
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

SLUG = "salon-lina"
OFFERED = (
    {"name": "Haircut", "synonyms": ["cut", "trim"], "duration_minutes": 45, "price_minor": 3500},
    {"name": "Colour", "synonyms": ["color", "dye", "colouring"], "duration_minutes": 90, "price_minor": 7900},
    {"name": "Beard trim", "synonyms": ["beard", "shave"], "duration_minutes": 20, "price_minor": 1800},
)
WHO = {"Anna": ("Haircut", "Colour"), "Ben": ("Haircut", "Beard trim"), "Clara": ("Haircut", "Colour", "Beard trim")}
WEEK = (
    *(Opening(day, 9 * 60, 18 * 60) for day in range(2, 6)),  # Tuesday to Friday
    Opening(1, 13 * 60, 19 * 60),
    Opening(6, 9 * 60, 14 * 60),
)


async def furnish(db: Database) -> Account:
    """Return the demo business, opened and furnished if there is none yet."""
    try:
        return await accounts.by_slug(db, SLUG)
    except NotFound:
        account = await accounts.open_account(
            db,
            "truebook up",
            name="Salon Lina",
            slug=SLUG,
            timezone="Europe/Vienna",
            languages=["en"],
            address="Lindengasse 12, 1070 Vienna",
        )
        await _fill(db, Scope(account.id, "truebook up", "demo"))
        return account


async def _fill(db: Database, scope: Scope) -> None:
    services: dict[str, UUID] = {}
    for order, values in enumerate(OFFERED):
        made = await SERVICES.add(db, scope, sort_order=order, **values)
        services[made.name] = made.id
    for name, offers in WHO.items():
        person = await STAFF.add(db, scope, name=name)
        await set_services(db, scope, person.id, [services[one] for one in offers])
    await hours.put(db, scope, Hours(None, 15, 60, 90, 120, WEEK))
