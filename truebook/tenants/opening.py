"""Opening a real business: the business, its owner, its people, what they offer and when, all or nothing."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from truebook.db import Database, Scope
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, Invalid
from truebook.tenants import accounts, hours
from truebook.tenants.accounts import RESERVED, Account
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.kinds import OFFERS, WEEKS, Kind, Offer
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, write_services
from truebook.tenants.users import USERS, User

TRIES = 20
"""Addresses that are tried for a business whose name others have as well."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A business that was just opened, and its owner."""

    account: Account
    owner: User


async def open_business(
    db: Database,
    *,
    name: str,
    kind: Kind,
    timezone: str,
    language: str,
    email: str,
    people: list[str],
    offers: Sequence[Offer] | None = None,
    week: Sequence[Opening] | None = None,
) -> Opened:
    """Open a business; everybody offers everything. Services and hours are those usual for its kind if not given.

    Raises Invalid for a name without letters, an unknown time zone, or nobody who works there.
    """
    slug = slug_of(name)
    if not people:
        raise Invalid("people", "somebody must work there")
    for number in range(TRIES):
        try:
            there = slug if number == 0 else f"{slug}-{number + 1}"
            values = {"name": name, "slug": there, "timezone": timezone, "languages": _languages(language)}
            return await _opened(
                db, values, OFFERS[kind] if offers is None else offers, WEEKS[kind] if week is None else week,
                language, email, people,
            )  # fmt: skip
        except Conflict as clash:
            if clash.data.get("field") != "slug":
                raise
    raise Conflict("a business of that name is open already", field="name")


async def _opened(
    db: Database, values: dict[str, Any], offers: Sequence[Offer], week: Sequence[Opening], language: str, email: str,
    people: list[str],
) -> Opened:  # fmt: skip
    scope = Scope(ids.uuid7(), "set-up", "open business", operator=True)
    async with accounts.ACCOUNTS.changing(db, scope) as tx:
        account = await accounts.write_account(tx, values)
        owner = await USERS.write(tx, {"email": email, "role": "owner", "name": people[0]})
        services = [
            await SERVICES.write(
                tx,
                {
                    "name": one.name(language), "duration_minutes": one.minutes, "buffer_after_minutes": one.rest,
                    "sort_order": number,
                },
            )
            for number, one in enumerate(offers)
        ]  # fmt: skip
        for number, person in enumerate(people):
            user = {"user_id": owner.id} if number == 0 else {}
            made = await STAFF.write(tx, {"name": person, **user})
            await write_services(tx, made.id, [one.id for one in services])
        await hours.write(tx, Hours(None, 15, 60, 90, 120, tuple(week)))
    return Opened(account, owner)


def slug_of(name: str) -> str:
    """Return a business's place on the web, made of its name; raise Invalid for a name without a letter or digit."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("&", " ")).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")
    if not slug:
        raise Invalid("name", "a name needs a letter or a digit of the Latin alphabet")
    return f"{slug}-desk" if slug in RESERVED else slug


def _languages(language: str) -> list[str]:
    return [language] if language == "en" else [language, "en"]
