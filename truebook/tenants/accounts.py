"""The businesses themselves: what an operator opens and closes."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql

from truebook.db import Claim, Database, Scope, Transaction
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants.access import OPERATOR
from truebook.tenants.records import Records, note


@dataclass(frozen=True, slots=True)
class Account:
    """A business: its name, its place on the web, its time zone and languages, and how it offers what is free.

    `tight_offers`: customers are offered starts that leave no gap. What is freed is offered to who waits after
    `waitlist_undo_seconds`, and kept for `waitlist_hold_minutes`; nobody is asked to answer between the minutes of the
    day `quiet_from` and `quiet_until`.
    """

    id: UUID
    name: str
    slug: str
    timezone: str
    locale: str
    languages: list[str]
    phone: str | None
    address: str | None
    imprint_url: str | None
    privacy_url: str | None
    framed_by: list[str]
    """The origins of sites that may show the business's pages inside their own."""
    confirms_by_code: bool
    """Whether a booking on the page counts only once the code was typed that is sent to the customer's address."""
    series_dates: int
    """How many dates of a weekly series customers may book on the page at once; 0: no series."""
    status: str
    tight_offers: bool
    waitlist_undo_seconds: int
    waitlist_hold_minutes: int
    quiet_from: int
    quiet_until: int
    retention_months: int | None
    created_at: datetime
    version: int


RESERVED = frozenset(
    "a api calendar desk docs embed.js healthz metrics privacy readyz set-up sign-in static stop webhooks".split()
)
"""The first parts of this installation's own addresses: no business can have its place on the web there."""

ACCOUNTS = Records("accounts", Account, noun="account", key="id", decides=True)
VERSIONED = "accounts a LEFT JOIN settings_versions v ON v.account_id = %(tenant)s"
SETTINGS_VERSION = "a.version || '.' || coalesce(v.version, 0)"
"""The change that the settings of a business are at: of the account's own row, and of all that belongs to it."""
LET_GO = (
    "DELETE FROM claims WHERE tenant_id = %s",
    "DELETE FROM blocks WHERE tenant_id = %s",
    "DELETE FROM waitlist_entries WHERE tenant_id = %s",
    "DELETE FROM appointment_series WHERE tenant_id = %s",
    "UPDATE appointment_segments SET service_id = NULL, staff_id = NULL, session_id = NULL WHERE tenant_id = %s",
    "DELETE FROM class_sessions WHERE tenant_id = %s",
    "UPDATE appointments SET account_id = NULL, customer_id = NULL, conversation_id = NULL"
    " WHERE tenant_id = %s AND account_id IS NOT NULL",
    "UPDATE staff SET user_id = NULL WHERE account_id = %s AND user_id IS NOT NULL",
    "UPDATE api_keys SET made_by = NULL WHERE account_id = %s AND made_by IS NOT NULL",
)
"""What was agreed stays when a business ends, what it keeps busy does not; keys refuse an end without it."""


async def open_account(db: Database, actor: str, *, claim: Claim | None = None, **values: Any) -> Account:
    """Open a business; raise Invalid for an unknown time zone or a reserved slug, Conflict for one that is taken."""
    scope = Scope(values.pop("id", None) or ids.uuid7(), actor, "open account", operator=True, claim=claim)
    async with ACCOUNTS.changing(db, scope) as tx:
        return await write_account(tx, values)


async def write_account(tx: Transaction, values: Mapping[str, Any]) -> Account:
    """Open the business of a transaction's scope."""
    _known_zone(values)
    if values["slug"] in RESERVED:
        raise Invalid("slug", "that is an address of this installation itself")
    names = [*values]
    query = sql.SQL("INSERT INTO accounts (id, {}) VALUES (%s, {}) RETURNING {}").format(
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        ACCOUNTS.columns,
    )
    row = await tx.row(query, (tx.tenant, *values.values()))
    assert row is not None
    await note(tx, "open account", "account", tx.tenant, values)
    return Account(*row)


async def get(db: Database, scope: Scope, account_id: UUID) -> Account:
    """Return one business, to its owner or an operator; raise NotFound to anybody else."""
    return await ACCOUNTS.get(db, within(scope, account_id), account_id)


async def change_account(
    db: Database, scope: Scope, account_id: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> Account:
    """Change a business's own settings."""
    _known_zone(values)
    if values.get("slug") in RESERVED:
        raise Invalid("slug", "that is an address of this installation itself")
    return await ACCOUNTS.change(db, within(scope, account_id), account_id, values, version=version)


async def listing(db: Database, *, after: UUID | None = None, limit: int = 100) -> list[Account]:
    """Return the businesses of this installation, for its operator."""
    query = sql.SQL("SELECT {} FROM accounts WHERE (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s")
    async with db.reading(OPERATOR) as tx:
        return [Account(*row) for row in await tx.rows(query.format(ACCOUNTS.columns), (after, after, limit))]


async def every(db: Database, *, at_once: int = 500) -> AsyncIterator[UUID]:
    """Yield the id of every business of this installation, read some at a time."""
    after: UUID | None = None
    while page := await listing(db, after=after, limit=at_once):
        for account in page:
            yield account.id
        after = page[-1].id


async def by_slug(db: Database, slug: str) -> Account:
    """Return the business with a slug; raise NotFound where there is none."""
    query = sql.SQL("SELECT {} FROM accounts WHERE slug = %s").format(ACCOUNTS.columns)
    async with db.reading(OPERATOR) as tx:
        row = await tx.row(query, (slug,))
    if row is None:
        raise NotFound("there is no such account", field="slug")
    return Account(*row)


async def close_account(db: Database, scope: Scope, account_id: UUID, *, version: int | None = None) -> None:
    """Delete a business: everything of it goes, except its appointments, which stay without an account."""
    async with ACCOUNTS.changing(db, replace(within(scope, account_id), claim=None)) as tx:  # its keys go with it
        if version is not None:
            await ACCOUNTS.seen(tx, account_id, version, lock=True)
        await note(tx, "close account", "account", account_id, {})
        for statement in LET_GO:
            await tx.run(statement, (account_id,))
        if await tx.row("DELETE FROM accounts WHERE id = %s RETURNING id", (account_id,)) is None:
            raise NotFound("there is no such account")


def within(scope: Scope, account_id: UUID) -> Scope:
    """Return the scope in which an operator, and only an operator, works on one business."""
    if not scope.operator and scope.tenant != account_id:
        raise NotFound("there is no such account")
    return Scope(account_id, scope.actor, scope.cause, scope.operator, scope.claim)


def _known_zone(values: Mapping[str, Any]) -> None:
    if "timezone" in values:
        try:
            clock.zone(values["timezone"])
        except ValueError as error:
            raise Invalid("timezone", str(error)) from error
