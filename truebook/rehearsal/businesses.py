"""Businesses to rehearse on: some that come with Truebook, and copies of real ones."""

import tomllib
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel.errors import Invalid, NotFound
from truebook.rehearsal.days import WEEKDAYS
from truebook.tenants import accounts, bots, catalogue, hours
from truebook.tenants.bots import BOTS
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

FOLDER = "businesses"
COPIED = (
    "name", "synonyms", "names", "description", "duration_minutes", "buffer_before_minutes", "buffer_after_minutes",
    "price_minor", "currency", "needs_approval", "sort_order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Business:
    """What a business is set up from: its account, services, who does them, hours, and how its assistant speaks."""

    account: dict[str, Any]
    services: tuple[dict[str, Any], ...]
    staff: dict[str, tuple[str, ...]]
    hours: dict[str | None, Hours]
    bot: dict[str, Any] = field(default_factory=dict)

    def prompted(self, prompt: str) -> "Business":
        """Return the same business with another prompt for its assistant."""
        return replace(self, bot={**self.bot, "system_prompt": prompt})


def names() -> list[str]:
    """Return the names of the businesses that come with Truebook."""
    found = files("truebook.rehearsal").joinpath(FOLDER).iterdir()
    return sorted(one.name.removesuffix(".toml") for one in found if one.name.endswith(".toml"))


def named(name: str) -> Business:
    """Return a business that comes with Truebook; raise Invalid for a name that none has."""
    if name not in names():
        raise Invalid("business", f"there is no business {name!r} to rehearse on: there are {', '.join(names())}")
    told = tomllib.loads(files("truebook.rehearsal").joinpath(FOLDER, f"{name}.toml").read_text(encoding="utf-8"))
    week = tuple(
        Opening((WEEKDAYS.index(day) + 1) % 7, *(_minute(end) for end in stretch.split("-")))
        for day, stretches in told["hours"].items()
        for stretch in stretches
    )
    rules = {"slot_minutes": 15, "min_notice_minutes": 60, "max_advance_days": 90, "cancel_notice_minutes": 120}
    return Business(
        account={key: told[key] for key in ("name", "timezone", "languages", "address") if key in told},
        services=tuple(told["services"]),
        staff={who: tuple(does) for who, does in told["staff"].items()},
        hours={None: Hours(None, **{**rules, **told.get("rules", {})}, week=week)},
        bot={"facts": told.get("facts", [])},
    )


def reader(tenant: UUID) -> Scope:
    """Return the scope in which a real business is looked at."""
    return Scope(tenant, "truebook rehearse", "copy")


async def copied(db: Database, slug: str) -> Business:
    """Return what a real business is set up from, without its customers, its appointments and its days off."""
    account = await accounts.by_slug(db, slug)
    scope = reader(account.id)
    shop = await catalogue.read(db, scope)
    called = {one.id: one.name for one in shop.services}
    week: dict[str | None, Hours] = {None: await hours.get(db, scope, None)}
    for person in shop.staff:
        try:
            week[person.name] = await hours.get(db, scope, person.id)
        except NotFound:
            continue
    bot = await bots.active(db, scope)
    return Business(
        account={key: getattr(account, key) for key in ("name", "timezone", "locale", "languages", "address")},
        services=tuple({key: getattr(one, key) for key in COPIED} for one in shop.services),
        staff={one.name: tuple(called[what] for what in shop.offers.get(one.id, ())) for one in shop.staff},
        hours=week,
        bot={key: getattr(bot, key) for key in ("system_prompt", "tone", "facts")} if bot else {},
    )


async def set_up(db: Database, business: Business, slug: str) -> Scope:
    """Open a business of its own in a database; return the scope of its owner."""
    account = await accounts.open_account(db, "truebook rehearse", slug=slug, **business.account)
    scope = Scope(account.id, "truebook rehearse", "rehearsal")
    services = {one["name"]: (await SERVICES.add(db, scope, **one)).id for one in business.services}
    people = {}
    for name, does in business.staff.items():
        people[name] = (await STAFF.add(db, scope, name=name)).id
        await set_services(db, scope, people[name], [services[what] for what in does])
    for who, week in business.hours.items():
        await hours.put(db, scope, replace(week, staff_id=people[who] if who else None, version=0))
    await BOTS.add(db, scope, name="Rehearsal", **business.bot)
    return scope


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
