"""Connect a number: prove the token, register, subscribe, hand the templates in, and say what is left to click.

It counts as connected once a real message has come in: a number that only looks connected receives nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx2

from truebook.connectors.twilio.client import CONTENT, MESSAGING, Twilio
from truebook.connectors.twilio.client import URL as TWILIO
from truebook.connectors.twilio.client import Rejected as Refused
from truebook.connectors.whatsapp.graph import URL
from truebook.connectors.whatsapp.management import Management, misfit
from truebook.db import Database, Scope
from truebook.jobs import MessageDue, publish
from truebook.kernel.errors import Invalid
from truebook.ledger import alerts, queue
from truebook.ledger.templates import keep
from truebook.onboarding import contents, templates
from truebook.tenants import accounts, numbers
from truebook.tenants.numbers import Connection, Made
from truebook.tenants.vault import Vault

PIN = "UPDATE whatsapp_numbers SET pin = %s WHERE account_id = %s AND id = %s"
FIELDS = (
    "messages", "message_template_status_update", "template_category_update", "message_template_quality_update",
    "phone_number_quality_update", "account_update", "security",
)  # fmt: skip
"""The webhook fields that an app has to be subscribed to."""
SANDBOX = "+14155238886"
"""The sender that Twilio lets every account try things with."""


@dataclass(frozen=True, slots=True)
class Connected:
    """What was set up, and what is left for a person: paste the address and the token, subscribe the fields.

    The verify token can be read this once only.
    """

    id: UUID
    callback_url: str
    verify_token: str
    fields: tuple[str, ...]
    pin: str
    templates: list[dict[str, Any]]
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Onboarding:
    """Connects numbers. `base_url`: where this installation is reached."""

    db: Database
    vault: Vault
    http: httpx2.AsyncClient
    base_url: str

    async def connect(self, scope: Scope, new: Connection, *, pin: str | None = None) -> Connected:
        """Set a number up at Meta and keep what it is run with.

        Raises Invalid for a token that is not fit, Rejected where Meta says no, NotFound for a number of another
        business. Nothing is kept before Meta has taken the token; doing it again mends what was left half-done.
        """
        assert scope.tenant is not None
        meta = Management(self.http, new.access_token, new.graph_url or URL)
        if (problem := misfit(await meta.rights())) is not None:
            raise Invalid("access_token", problem)
        shown = await meta.number(new.number_id)
        pin = pin or f"{secrets.randbelow(10**6):06}"
        await meta.register(new.number_id, pin)
        await meta.subscribe(new.messaging_account_id)
        account = await accounts.get(self.db, scope, scope.tenant)
        known, problems = await templates.create_missing(
            meta, new.messaging_account_id, account.languages, self.base_url
        )
        made = await self._kept(scope, replace(new, phone=new.phone or _phone(shown)), known, pin)
        where = f"{self.base_url}/webhooks/whatsapp/{made.hook}"
        return Connected(made.id, where, made.verify_token, FIELDS, pin, known, problems)

    async def connect_twilio(self, scope: Scope, new: Connection) -> Connected:
        """Keep a WhatsApp sender at Twilio, once token and number are proven, and make its Content resources.

        Raises Invalid for a token or a number that is not the account's, Rejected where Twilio says no, NotFound for a
        number of another business.
        """
        assert scope.tenant is not None
        where = (new.graph_url,) * 3 if new.graph_url else (TWILIO, CONTENT, MESSAGING)
        twilio = Twilio(self.http, new.messaging_account_id, new.access_token, *where)
        try:
            shown = await twilio.ask("GET", f"{twilio.base}/2010-04-01/Accounts/{twilio.account}.json")
        except Refused as no:
            if no.data.get("status") in (401, 403, 404):
                raise Invalid("auth_token", f"Twilio does not take this account and token: {no}") from no
            raise
        if shown.get("status") != "active":
            raise Invalid("account_sid", f"this Twilio account is {shown.get('status')}")
        if (problem := unproven(new.number_id, await twilio.senders())) is not None:
            raise Invalid("phone", problem)
        account = await accounts.get(self.db, scope, scope.tenant)
        known, problems = await contents.create_missing(twilio, account.languages, self.base_url)
        made = await self._kept(scope, replace(new, phone=new.number_id), known, None)
        return Connected(made.id, f"{self.base_url}/webhooks/twilio/{made.hook}", "", (), "", known, problems)

    async def _kept(self, scope: Scope, new: Connection, known: list[dict[str, Any]], pin: str | None) -> Made:
        """Keep a number with its templates; what waited for it is sent."""
        made = await numbers.connect(self.db, scope, self.vault, new)
        async with self.db.transaction(scope) as tx:
            await tx.run(PIN, (self.vault.seal(pin, tx.tenant, "pin") if pin else None, tx.tenant, made.id))
            for one in known:
                await keep(tx, made.id, one)
            await alerts.settled(tx, "number_stopped", made.id)
            for chat in await queue.waiting_chats(tx, made.id):
                await publish(tx, MessageDue(tx.tenant, chat))
        return made


def unproven(phone: str, senders: Mapping[str, str]) -> str | None:
    """Return why a number is not to be connected for an account that has these senders; None where it is theirs."""
    if phone == SANDBOX:
        return "that is Twilio's sandbox, which all accounts share: connect a sender of your own"
    if phone not in senders:
        theirs = ", ".join(sorted(set(senders) - {SANDBOX})[:5]) or "none"
        return f"this Twilio account has no WhatsApp sender with that number; it has: {theirs}"
    if senders[phone].partition(":")[0] != "ONLINE":
        return f"this sender is not online at Twilio yet, but {senders[phone]}"
    return None


def _phone(shown: dict[str, Any]) -> str | None:
    digits = "".join(sign for sign in str(shown.get("display_phone_number") or "") if sign.isdigit())
    return f"+{digits}" if 7 <= len(digits) <= 15 else None
