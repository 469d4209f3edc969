"""Look after connected numbers: once a day Meta is asked how they and their templates are, whatever webhooks said."""

from dataclasses import dataclass
from typing import Any

import httpx2

from truebook.connectors.whatsapp.graph import URL
from truebook.connectors.whatsapp.management import Management, Rejected
from truebook.db import Database, Scope
from truebook.kernel import log
from truebook.ledger import alerts
from truebook.ledger.templates import keep
from truebook.tenants import numbers
from truebook.tenants.numbers import Number
from truebook.tenants.vault import Vault

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Caretaker:
    """Asks Meta about the numbers of one business after the other."""

    db: Database
    vault: Vault
    http: httpx2.AsyncClient

    async def work(self, scope: Scope) -> int:
        """Look at every number of a business; return how many were looked at."""
        found = [one for one in await numbers.every(self.db, scope) if one.provider == "whatsapp"]
        for number in found:
            try:
                await self._look(scope, number)
            except Rejected as no:
                logger.warning("Meta could not be asked about a number", number=str(number.id), problem=no.message)
                async with self.db.transaction(scope) as tx:
                    await alerts.alert(
                        tx, "mistake", number.id, f"How a WhatsApp number is could not be asked: {no.message}"
                    )
        return len(found)

    async def _look(self, scope: Scope, number: Number) -> None:
        meta = Management(self.http, number.token(self.vault), number.graph_url or URL)
        listed = await meta.templates(number.messaging_account_id)
        problem = _blocked(await meta.number(number.number_id))
        async with self.db.transaction(scope) as tx:
            for one in listed:
                await keep(tx, number.id, one)
            if problem and await numbers.turn(tx, number.id, "stopped", problem):
                await alerts.alert(tx, "number_stopped", number.id, problem)


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
