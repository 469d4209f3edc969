"""The Graph API beside messages: what a token may do, registering a number, subscribing, templates, health.

Source: Meta, "Cloud API › Get started", "Phone numbers", "Templates" (2026).
"""

from dataclasses import dataclass
from typing import Any

import httpx2

from truebook.connectors.whatsapp.graph import URL, VERSION
from truebook.connectors.whatsapp.statuses import explained
from truebook.kernel.errors import Fact

Json = dict[str, Any]
PATIENCE = 30.0
NEEDED = ("whatsapp_business_messaging", "whatsapp_business_management")
LIMIT = "whatsapp_business_manager_messaging_limit"
NUMBER = f"id,display_phone_number,verified_name,quality_rating,status,health_status,{LIMIT}"


class Rejected(Fact):
    """Meta refused a request; the message says what, in Meta's words, and `data` its code."""

    code = "rejected_by_meta"


@dataclass(frozen=True, slots=True)
class Management:
    """What may be asked and set up with one access token."""

    http: httpx2.AsyncClient
    token: str
    base: str = URL

    async def rights(self) -> Json:
        """Return what Meta knows of the token: is_valid, expires_at, scopes."""
        found = await self._ask("GET", "debug_token", params={"input_token": self.token})
        data = found.get("data")
        return data if isinstance(data, dict) else {}

    async def number(self, number_id: str) -> Json:
        """Return how a number is: its display number, quality, status and health."""
        return await self._ask("GET", number_id, params={"fields": NUMBER})

    async def is_funded(self, account_id: str) -> bool | None:
        """Tell whether a messaging account has a payment method; None where Meta does not say."""
        try:
            found = await self._ask("GET", account_id, params={"fields": "id,primary_funding_id"})
        except Rejected:
            return None
        return bool(found.get("primary_funding_id"))

    async def register(self, number_id: str, pin: str) -> None:
        """Register a number with its two-step PIN, which is set if there is none."""
        await self._ask("POST", f"{number_id}/register", body={"messaging_product": "whatsapp", "pin": pin})

    async def subscribe(self, account_id: str) -> None:
        """Let the app get the webhooks of a messaging account."""
        await self._ask("POST", f"{account_id}/subscribed_apps", body={})

    async def templates(self, account_id: str) -> list[Json]:
        """Return the templates of a messaging account: name, language, status, category."""
        fields = {"fields": "name,language,status,category,quality_score,rejected_reason", "limit": "250"}
        found = await self._ask("GET", f"{account_id}/message_templates", params=fields)
        listed = found.get("data")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    async def create_template(self, account_id: str, template: Json) -> Json:
        """Hand a template in for review; the answer tells its status and its category, which Meta may have changed."""
        return await self._ask("POST", f"{account_id}/message_templates", body=template)

    async def _ask(self, method: str, path: str, *, body: Json | None = None, params: Any = None) -> Json:
        url, headers = f"{self.base}/{VERSION}/{path}", {"Authorization": f"Bearer {self.token}"}
        try:
            answer = await self.http.request(method, url, json=body, params=params, headers=headers, timeout=PATIENCE)
            found = answer.json()
        except (httpx2.HTTPError, ValueError, RecursionError) as error:
            raise Rejected(f"Meta could not be asked ({type(error).__name__}); try again", path=path) from error
        problem = found.get("error") if isinstance(found, dict) else None
        if isinstance(problem, dict) or not isinstance(found, dict):
            said = explained(problem) if isinstance(problem, dict) else "an answer that is no object"
            code = problem.get("code") if isinstance(problem, dict) else None
            raise Rejected(f"Meta said no to {path}: {said}", path=path, error=code)
        return found


def misfit(rights: Json) -> str | None:
    """Return why a token is not fit to run a desk, or None: one that expires soon leaves customers unanswered."""
    if not rights.get("is_valid"):
        return "Meta does not know this access token: make one for a system user of the business portfolio"
    if rights.get("expires_at"):
        return "this access token expires: make one for a system user that never does"
    scopes = rights.get("scopes")
    lacking = [one for one in NEEDED if one not in (scopes if isinstance(scopes, list) else [])]
    return f"this access token lacks {' and '.join(lacking)}" if lacking else None
