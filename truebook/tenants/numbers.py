"""The WhatsApp numbers of businesses: whose a webhook is, who signed it, and with what its answers are sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from psycopg import errors

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import NotFound
from truebook.tenants.access import OPERATOR
from truebook.tenants.records import note
from truebook.tenants.vault import Vault

Status = Literal["connecting", "connected", "stopped"]
Provider = Literal["whatsapp", "twilio"]
"""Meta itself, or Twilio in between."""
COLUMNS = """id, account_id, provider, number_id, messaging_account_id, phone, hook, verify_token, access_token,
  app_secret, CASE WHEN old_app_secret_until > now() THEN old_app_secret END, graph_url, status,
  stopped_because, last_webhook_at, quality, sending_limit, is_funded,
  looked_at"""
BY_HOOK = f"SELECT {COLUMNS} FROM whatsapp_numbers WHERE hook = %(hook)s"
BY_NUMBER = f"SELECT {COLUMNS} FROM whatsapp_numbers WHERE provider = %(provider)s AND number_id = ANY(%(numbers)s)"
BY_MESSAGING_ACCOUNT = f"""
SELECT {COLUMNS} FROM whatsapp_numbers WHERE provider = 'whatsapp' AND messaging_account_id = ANY(%(accounts)s)
"""
BY_ID = f"SELECT {COLUMNS} FROM whatsapp_numbers WHERE account_id = %(tenant)s AND id = %(id)s"
OF_ACCOUNT = f"SELECT {COLUMNS} FROM whatsapp_numbers WHERE account_id = %(tenant)s ORDER BY created_at, id"
ADD = """
INSERT INTO whatsapp_numbers (id, account_id, provider, number_id, messaging_account_id, phone, hook, verify_token,
  access_token, app_secret, graph_url)
VALUES (%(id)s, %(tenant)s, %(provider)s, %(number)s, %(account)s, %(phone)s, %(hook)s, %(verify)s, %(token)s,
  %(secret)s, %(graph)s)
ON CONFLICT (provider, number_id) DO UPDATE SET messaging_account_id = excluded.messaging_account_id,
  phone = coalesce(excluded.phone, whatsapp_numbers.phone), access_token = excluded.access_token,
  old_app_secret = CASE WHEN excluded.app_secret IS NOT NULL THEN whatsapp_numbers.app_secret END,
  old_app_secret_until = excluded.old_app_secret_until,
  app_secret = coalesce(excluded.app_secret, whatsapp_numbers.app_secret), verify_token = excluded.verify_token,
  hook = excluded.hook, graph_url = excluded.graph_url, status = 'connecting', stopped_because = NULL
WHERE whatsapp_numbers.account_id = excluded.account_id
RETURNING id
"""
SEALED = "SELECT id, account_id, access_token, app_secret, old_app_secret, pin FROM whatsapp_numbers"
PURPOSES = ("access token", "app secret", "app secret", "pin")
RESEAL = """
UPDATE whatsapp_numbers SET access_token = %s, app_secret = %s, old_app_secret = %s, pin = %s
WHERE account_id = %s AND id = %s
"""
PROVE = """
UPDATE whatsapp_numbers SET status = 'connected' WHERE account_id = %s AND id = %s AND status = 'connecting'
"""
TURN = """
UPDATE whatsapp_numbers SET status = %s, stopped_because = %s WHERE account_id = %s AND id = %s AND status <> %s
RETURNING id
"""
SEEN = """
UPDATE whatsapp_numbers SET quality = %s, sending_limit = %s, is_funded = %s, looked_at = statement_timestamp()
WHERE account_id = %s AND id = %s
"""

ELSEWHERE = "this number cannot be connected here"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as its row stands; `verify_token` is a hash, tokens and secrets are sealed.

    `old_app_secret` is the one before, for a day after a rotation.
    `quality`, `sending_limit` and `is_funded` are what the provider said when it was looked at.
    """

    id: UUID
    account_id: UUID
    provider: Provider
    number_id: str
    messaging_account_id: str
    phone: str | None
    hook: str
    verify_token: bytes
    access_token: str
    app_secret: str | None
    old_app_secret: str | None
    graph_url: str | None
    status: Status
    stopped_because: str | None
    last_webhook_at: datetime | None
    quality: str | None
    sending_limit: str | None
    is_funded: bool | None
    looked_at: datetime | None

    def secrets(self, vault: Vault) -> list[bytes]:
        """Return the app secrets that may have signed a webhook; none where the installation's own app does."""
        sealed = (one for one in (self.app_secret, self.old_app_secret) if one)
        return [vault.open(one, self.account_id, "app secret").encode() for one in sealed]

    def token(self, vault: Vault) -> str:
        """Return what a request to the provider is authorised with."""
        return vault.open(self.access_token, self.account_id, "access token")


@dataclass(frozen=True, slots=True)
class Connection:
    """What connects a number: as the provider names it, and what it is authorised with, in the clear."""

    number_id: str
    messaging_account_id: str
    access_token: str
    app_secret: str | None = None
    phone: str | None = None
    graph_url: str | None = None
    provider: Provider = "whatsapp"


@dataclass(frozen=True, slots=True)
class Made:
    """A number that was added, its place in the webhook's address, and the verify token, which is shown this once."""

    id: UUID
    hook: str
    verify_token: str


async def by_hook(db: Database, hook: str) -> Number | None:
    """Return the number whose webhooks come in at an address; None for an address nobody was given."""
    row = await db.glance(OPERATOR, BY_HOOK, {"hook": hook})
    return Number(*row) if row else None


async def by_provider_ids(db: Database, provider: str, numbers: list[str]) -> dict[str, Number]:
    """Return the numbers with a provider's ids, by these; an id nobody has connected is left out."""
    rows = await db.rows(OPERATOR, BY_NUMBER, {"provider": provider, "numbers": numbers})
    return {number.number_id: number for number in (Number(*row) for row in rows)}


async def by_messaging_accounts(db: Database, accounts: list[str]) -> list[Number]:
    """Return all numbers of Meta's messaging accounts, whichever business has connected them."""
    return [Number(*row) for row in await db.rows(OPERATOR, BY_MESSAGING_ACCOUNT, {"accounts": accounts})]


async def of(tx: Transaction, number_id: UUID) -> Number:
    """Return one of the tenant's own numbers; raise NotFound where there is none."""
    row = await tx.row(BY_ID, {"tenant": tx.tenant, "id": number_id})
    if row is None:
        raise NotFound("there is no such WhatsApp number")
    return Number(*row)


async def every(db: Database, scope: Scope) -> list[Number]:
    """Return the tenant's numbers, in the order in which they were added."""
    async with db.reading(scope) as tx:
        return [Number(*row) for row in await tx.rows(OF_ACCOUNT, {"tenant": tx.tenant})]


async def connect(db: Database, scope: Scope, vault: Vault, new: Connection) -> Made:
    """Add a number of the tenant's, or give it a new token; it counts as connected once a message has come in.

    Raises NotFound where the number is connected to another business: whose it is, is nobody's business.
    """
    assert scope.tenant is not None
    tenant, number_id, hook, verify = scope.tenant, ids.uuid7(), ids.token(), ids.token()
    row = {
        "id": number_id, "tenant": scope.tenant, "provider": new.provider, "number": new.number_id,
        "account": new.messaging_account_id, "phone": new.phone, "hook": hook, "verify": ids.digest(verify),
        "token": vault.seal(new.access_token, tenant, "access token"), "graph": new.graph_url,
        "secret": vault.seal(new.app_secret, tenant, "app secret") if new.app_secret else None,
    }  # fmt: skip
    try:
        async with db.transaction(scope) as tx:
            added = await tx.row(ADD, row)
            if added is None:
                raise NotFound(ELSEWHERE)
            await note(tx, "connect number", "whatsapp_number", added[0], {"number_id": new.number_id})
    except errors.InsufficientPrivilege as error:  # row-level security hides the row that is in the way
        raise NotFound(ELSEWHERE) from error
    return Made(added[0], hook, verify)


async def reseal(db: Database, vault: Vault) -> int:
    """Seal the secrets of every business under the current key; return how many numbers had others."""
    rows = await db.rows(OPERATOR, SEALED, {})
    stale = [row for row in rows if any(one and not vault.is_current(one) for one in row[2:])]
    for number_id, account_id, *sealed in stale:
        anew = [
            vault.seal(vault.open(one, account_id, purpose), account_id, purpose) if one else None
            for one, purpose in zip(sealed, PURPOSES, strict=True)
        ]
        async with db.transaction(Scope(account_id, "truebook keys")) as tx:
            await tx.run(RESEAL, (*anew, account_id, number_id))
    return len(stale)


async def prove(tx: Transaction, number_id: UUID) -> None:
    """Note that a real message has come in: a number that was being connected is."""
    await tx.run(PROVE, (tx.tenant, number_id))


async def turn(tx: Transaction, number_id: UUID, status: Status, because: str | None = None) -> bool:
    """Say that a number works, or is stopped and why; return False where that was known."""
    return await tx.row(TURN, (status, because, tx.tenant, number_id, status)) is not None


async def seen(
    tx: Transaction, number_id: UUID, *, quality: str | None, sending_limit: str | None, is_funded: bool | None
) -> None:
    """Keep what the provider says of a number."""
    await tx.run(SEEN, (quality, sending_limit, is_funded, tx.tenant, number_id))
