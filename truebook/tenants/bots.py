"""How a business's assistant speaks."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound
from truebook.tenants.records import Records, note
from truebook.tenants.vault import Vault


@dataclass(frozen=True, slots=True)
class Fact:
    """What a business tells about itself: a topic such as parking, the answer, and its language (any, if empty)."""

    topic: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class BotConfig:
    """An assistant's instructions and tone; one of a business is active at a time."""

    id: UUID
    name: str
    system_prompt: str
    tone: str
    settings: dict[str, Any]
    facts: list[dict[str, Any]]
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which language model an assistant uses, where and with whose key, and what it may use; None is what is usual.

    `sealed` is the key as it is stored: it opens for this model and this address only, so whoever changes the address
    cannot have the key sent to another server.
    """

    model: str | None = None
    url: str | None = None
    sealed: str | None = field(default=None, repr=False)
    answer_tokens: int | None = None
    turn_tokens: int | None = None
    day_tokens: int | None = None

    @property
    def has_key(self) -> bool:
        """Tell whether there is a key of the business's own."""
        return self.sealed is not None

    def key(self, vault: Vault, tenant: UUID) -> str | None:
        """Return the key; raise Unavailable where it cannot be opened."""
        return vault.open(self.sealed, tenant, purpose(self.model, self.url)) if self.sealed else None


def purpose(model: str | None, url: str | None) -> str:
    """Return what a key is sealed for."""
    return f"model key for {(model or '').partition(':')[0]} at {url or 'its own address'}"


@dataclass(frozen=True, slots=True)
class Hearing:
    """A server of a business's own that turns voice notes into text; `sealed` is its key, for this address only."""

    url: str
    model: str
    sealed: str | None = field(default=None, repr=False)

    @property
    def has_key(self) -> bool:
        """Tell whether it wants a key."""
        return self.sealed is not None

    def key(self, vault: Vault, tenant: UUID) -> str | None:
        """Return the key; raise Unavailable where it cannot be opened."""
        return vault.open(self.sealed, tenant, hearing_purpose(self.url)) if self.sealed else None


def hearing_purpose(url: str) -> str:
    """Return what the key of a server that hears is sealed for."""
    return f"hearing key at {url}"


HEARING = """
SELECT hearing_url, hearing_model, hearing_key FROM bot_configs
WHERE account_id = %(tenant)s AND (id = %(id)s OR (%(id)s::uuid IS NULL AND is_active))
"""
HEAR = """
UPDATE bot_configs SET hearing_url = %s, hearing_model = %s, hearing_key = %s WHERE account_id = %s AND id = %s
RETURNING id
"""
HEARING_SEALED = """
SELECT id, hearing_url, hearing_key FROM bot_configs WHERE account_id = %s AND hearing_key IS NOT NULL
"""
HEARING_RESEAL = "UPDATE bot_configs SET hearing_key = %s WHERE account_id = %s AND id = %s AND hearing_key = %s"
MODEL = """
SELECT model, model_url, model_key, answer_tokens, turn_tokens, day_tokens FROM bot_configs
WHERE account_id = %(tenant)s AND id = %(id)s
"""
CHOOSE = """
UPDATE bot_configs SET model = %s, model_url = %s, model_key = %s, answer_tokens = %s, turn_tokens = %s, day_tokens = %s
WHERE account_id = %s AND id = %s RETURNING id
"""
SEALED = "SELECT id, model, model_url, model_key FROM bot_configs WHERE account_id = %s AND model_key IS NOT NULL"
RESEAL = "UPDATE bot_configs SET model_key = %s WHERE account_id = %s AND id = %s AND model_key = %s"


async def model_of(db: Database, scope: Scope, bot_id: UUID) -> ModelChoice:
    """Return which model an assistant uses; raise NotFound where there is no such assistant."""
    row = await db.glance(scope, MODEL, {"tenant": scope.tenant, "id": bot_id})
    if row is None:
        raise NotFound("there is no such bot config")
    return ModelChoice(*row)


async def choose_model(db: Database, scope: Scope, bot_id: UUID, choice: ModelChoice) -> None:
    """Let an assistant use a model; raise NotFound where there is no such assistant."""
    async with BOTS.changing(db, scope) as tx:
        values = (choice.model, choice.url, choice.sealed, choice.answer_tokens, choice.turn_tokens, choice.day_tokens)
        if await tx.row(CHOOSE, (*values, tx.tenant, bot_id)) is None:
            raise NotFound("there is no such bot config")
        told = {"model": choice.model, "url": choice.url, "own_key": choice.has_key, "day_tokens": choice.day_tokens}
        await note(tx, "choose model", BOTS.noun, bot_id, told)


async def hearing_of(db: Database, scope: Scope, bot_id: UUID | None = None) -> Hearing | None:
    """Return who hears for an assistant, or for the active one; None where nobody of the business's own does.

    Raises NotFound where there is no such assistant.
    """
    row = await db.glance(scope, HEARING, {"tenant": scope.tenant, "id": bot_id})
    if row is None and bot_id is not None:
        raise NotFound("there is no such bot config")
    return Hearing(*row) if row and row[0] else None


async def choose_hearing(db: Database, scope: Scope, bot_id: UUID, chosen: Hearing | None) -> None:
    """Let a server hear for an assistant, or nobody; raise NotFound where there is no such assistant."""
    async with BOTS.changing(db, scope) as tx:
        values = (chosen.url, chosen.model, chosen.sealed) if chosen else (None, None, None)
        if await tx.row(HEAR, (*values, tx.tenant, bot_id)) is None:
            raise NotFound("there is no such bot config")
        await note(tx, "choose hearing", BOTS.noun, bot_id, {"url": chosen.url if chosen else None})


async def reseal(db: Database, vault: Vault, tenant: UUID) -> int:
    """Seal a business's model and hearing keys under the current key; return how many had another."""
    async with db.transaction(Scope(tenant, "truebook keys")) as tx:
        stale = [row for row in await tx.rows(SEALED, (tenant,)) if not vault.is_current(row[3])]
        for bot_id, model, url, sealed in stale:
            use = purpose(model, url)
            anew = vault.seal(vault.open(sealed, tenant, use), tenant, use)
            await tx.run(RESEAL, (anew, tenant, bot_id, sealed))
        ears = [row for row in await tx.rows(HEARING_SEALED, (tenant,)) if not vault.is_current(row[2])]
        for bot_id, url, sealed in ears:
            use = hearing_purpose(url)
            anew = vault.seal(vault.open(sealed, tenant, use), tenant, use)
            await tx.run(HEARING_RESEAL, (anew, tenant, bot_id, sealed))
    return len(stale) + len(ears)


async def active(db: Database, scope: Scope) -> BotConfig | None:
    """Return the assistant that answers, None where none was ever set."""
    return next((one for one in await BOTS.page(db, scope) if one.is_active), None)


USUAL = "Desk"
"""What an assistant is called that nobody named."""
BOTS = Records("bot_configs", BotConfig, noun="bot config", json=("facts",))
