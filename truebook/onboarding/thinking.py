"""Choose which language model a business's assistant thinks with, and keep its key sealed."""

from uuid import UUID

from truebook.connectors import models, outside
from truebook.connectors.models import OFFLINE
from truebook.db import Database, Scope
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings
from truebook.tenants import bots
from truebook.tenants.bots import ModelChoice
from truebook.tenants.vault import Vault


async def choose(
    db: Database,
    scope: Scope,
    settings: Settings,
    vault: Vault | None,
    bot_id: UUID,
    wanted: ModelChoice,
    key: str | None,
) -> ModelChoice:
    """Let an assistant use a model, its limits included, and return what is kept.

    `wanted` holds no sealed key: `key` is a new one in the clear, and without one the old one stays as long as the
    provider and the address do. Raises Invalid, naming the field, for what an owner may not choose.
    """
    assert scope.tenant is not None and wanted.model is not None
    before = await bots.model_of(db, scope, bot_id)
    url = outside.checked("url", wanted.url, settings.trusted_hosts) if wanted.url else None
    use = bots.purpose(wanted.model, url)
    kept = before.sealed if use == bots.purpose(before.model, before.url) else None
    if wanted.model != OFFLINE:
        models.of_an_owner(settings, wanted.model, url, key or kept)
    if key and vault is None:
        raise Unavailable("this app was started without keys to seal secrets with")
    sealed = vault.seal(key, scope.tenant, use) if key and vault else kept
    choice = ModelChoice(
        wanted.model, url, sealed, wanted.answer_tokens, wanted.turn_tokens, wanted.day_tokens
    )  # fmt: skip
    await bots.choose_model(db, scope, bot_id, choice)
    return choice
