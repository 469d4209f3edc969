"""The demo business that a fresh installation starts with, so that there is somebody to talk to."""

from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Conflict, NotFound
from truebook.tenants import accounts, hours
from truebook.tenants.accounts import Account
from truebook.tenants.bots import BOTS
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, write_services

SLUG = "salon-lina"
OFFERED = (
    {
        "name": "Haircut",
        "synonyms": ["cut", "trim", "Haarschnitt", "Haare schneiden", "schneiden"],
        "duration_minutes": 45,
        "price_minor": 3500,
    },
    {
        "name": "Colour",
        "synonyms": ["color", "dye", "colouring", "Färben", "Farbe", "Haare färben"],
        "duration_minutes": 90,
        "price_minor": 7900,
    },
    {
        "name": "Beard trim",
        "synonyms": ["beard", "shave", "Bart", "Bart trimmen", "Rasur"],
        "duration_minutes": 20,
        "price_minor": 1800,
    },
)
FACTS = (
    {
        "topic": "parking",
        "text": "There is a garage across the street, and short-stay parking in front.",
        "language": "en",
    },
    {"topic": "parking", "text": "Gegenüber ist eine Garage, davor gibt es Kurzparkplätze.", "language": "de"},
    {"topic": "payment", "text": "You can pay in cash or by card.", "language": "en"},
    {"topic": "payment", "text": "Sie können bar oder mit Karte zahlen.", "language": "de"},
    {"topic": "children", "text": "Children are welcome.", "language": "en"},
    {"topic": "children", "text": "Kinder sind willkommen.", "language": "de"},
    {"topic": "access", "text": "The entrance has no steps.", "language": "en"},
    {"topic": "access", "text": "Der Eingang ist stufenlos.", "language": "de"},
)
WHO = {"Anna": ("Haircut", "Colour"), "Ben": ("Haircut", "Beard trim"), "Clara": ("Haircut", "Colour", "Beard trim")}
WEEK = (
    *(Opening(day, 9 * 60, 18 * 60) for day in range(2, 6)),  # Tuesday to Friday
    Opening(1, 13 * 60, 19 * 60),
    Opening(6, 9 * 60, 14 * 60),
)


async def furnish(db: Database) -> Account:
    """Return the demo business, opened if there is none yet, and furnished if it is empty."""
    account = await _opened(db)
    scope = Scope(account.id, "truebook up", "demo")
    async with SERVICES.changing(db, scope) as tx:  # all or nothing: a start that was interrupted begins again
        await tx.run(ONE_AT_A_TIME, (tx.tenant,))
        if await tx.row(FURNISHED, (tx.tenant, tx.tenant)) is None:
            await _fill(tx)
    return account


async def _opened(db: Database) -> Account:
    try:
        return await accounts.by_slug(db, SLUG)
    except NotFound:
        pass
    try:
        return await accounts.open_account(
            db,
            "truebook up",
            name="Salon Lina",
            slug=SLUG,
            timezone="Europe/Vienna",
            languages=["en", "de"],
            address="Lindengasse 12, 1070 Vienna",
        )
    except Conflict:  # another process was faster
        return await accounts.by_slug(db, SLUG)


async def _fill(tx: Transaction) -> None:
    services: dict[str, UUID] = {}
    for order, values in enumerate(OFFERED):
        made = await SERVICES.write(tx, {"sort_order": order, **values})
        services[made.name] = made.id
    for name, offers in WHO.items():
        person = await STAFF.write(tx, {"name": name})
        await write_services(tx, person.id, [services[one] for one in offers])
    await hours.write(tx, Hours(None, 15, 60, 90, 120, WEEK))
    await BOTS.write(tx, {"name": "Desk", "facts": list(FACTS)})


ONE_AT_A_TIME = "SELECT FROM accounts WHERE id = %s FOR NO KEY UPDATE"
FURNISHED = """
SELECT FROM services WHERE account_id = %s UNION ALL SELECT FROM staff WHERE account_id = %s LIMIT 1
"""
