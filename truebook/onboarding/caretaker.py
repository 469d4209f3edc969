"""Look after connected numbers: once a day providers are asked how they and their templates are, whatever was told."""

from dataclasses import dataclass
from typing import Any

import httpx2

from truebook.connectors.twilio.client import CONTENT, Twilio
from truebook.connectors.twilio.client import URL as TWILIO
from truebook.connectors.twilio.client import Rejected as RejectedByTwilio
from truebook.connectors.whatsapp.graph import URL
from truebook.connectors.whatsapp.management import LIMIT, Management, Rejected
from truebook.db import Database, Scope
from truebook.kernel import log
from truebook.ledger import alerts, usage
from truebook.ledger.templates import keep
from truebook.onboarding import contents
from truebook.tenants import numbers
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Caretaker:
    """Asks the providers about the numbers of one business after the other."""

    db: Database
    vault: Vault
    http: httpx2.AsyncClient

    async def work(self, scope: Scope) -> int:
        """Look at every number of a business; return how many were looked at."""
        found = await numbers.every(self.db, scope)
        for number in found:
            try:
                await (self._look_at_twilio if number.provider == "twilio" else self._look)(scope, number)
            except (Rejected, RejectedByTwilio) as no:
                logger.warning(
                    "a provider could not be asked about a number", number=str(number.id), problem=no.message
                )
                async with self.db.transaction(scope) as tx:
                    await alerts.alert(
                        tx, "mistake", number.id, f"How a WhatsApp number is could not be asked: {no.message}"
                    )
        return len(found)

    async def _look(self, scope: Scope, number: Number) -> None:
        meta = Management(self.http, number.token(self.vault), number.graph_url or URL)
        listed = await meta.templates(number.messaging_account_id)
        shown = await meta.number(number.number_id)
        problem, is_funded = _blocked(shown), await meta.is_funded(number.messaging_account_id)
        async with self.db.transaction(scope) as tx:
            limit, quality = shown.get(LIMIT), shown.get("quality_rating")
            await numbers.seen(tx, number.id, quality=_name(quality), sending_limit=_name(limit), is_funded=is_funded)
            for one in listed:
                await keep(tx, number.id, one)
            await usage.warn(tx, number.id)
            if problem and await numbers.turn(tx, number.id, "stopped", problem):
                await alerts.alert(tx, "number_stopped", number.id, problem)

    async def _look_at_twilio(self, scope: Scope, number: Number) -> None:
        where = (number.graph_url, number.graph_url) if number.graph_url else (TWILIO, CONTENT)
        twilio = Twilio(self.http, number.messaging_account_id, number.token(self.vault), *where)
        listed = await contents.listed(twilio)
        async with self.db.transaction(scope) as tx:
            for one in listed:
                await keep(tx, number.id, one)


def _name(said: Any) -> str | None:
    return said[:40] if isinstance(said, str) else None


def _blocked(shown: dict[str, Any]) -> str | None:
    """Return why Meta sends nothing for a number, as it says itself; None where it does."""
    health = shown.get("health_status")
    if not isinstance(health, dict) or health.get("can_send_message") != "BLOCKED":
        return None
    entities = health.get("entities")
    told = []
    for entity in entities if isinstance(entities, list) else ():
        errors = entity.get("errors") if isinstance(entity, dict) else None
        for error in errors if isinstance(errors, list) else ():
            if isinstance(error, dict):
                told.append(f"{error.get('error_description')} {error.get('possible_solution') or ''}".strip())
    return f"Meta sends nothing for this number: {'; '.join(told)[:800] or 'no reason is given'}"
