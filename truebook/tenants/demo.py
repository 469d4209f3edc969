"""The demo businesses as everybody knows them: by their places on the web, and their owners' addresses.

What sets them up is `truebook.demos`.
"""

from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts, users
from truebook.tenants.accounts import Account
from truebook.tenants.users import User

SLUG = "salon-lina"
"""The one that a fresh installation starts with."""
OWNERS = {SLUG: "lina", "praxis-weber": "weber", "studio-sol": "sara", "nachhilfe-nora": "nora"}
"""Every demo business, and who owns it."""


async def open_ones(db: Database) -> list[Account]:
    """Return the demo businesses of an installation, the latest opened first."""
    found = []
    for slug in OWNERS:
        try:
            found.append(await accounts.by_slug(db, slug))
        except NotFound:
            continue
    return sorted(found, key=lambda one: one.created_at, reverse=True)


async def owner(db: Database, account: Account) -> User:
    """Return the owner of a demo business, who signs in by a link."""
    address = f"{OWNERS[account.slug]}@{account.slug}.example"
    return await users.found_or_added(db, Scope(account.id, "truebook up", "demo"), address)
