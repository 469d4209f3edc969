"""A business's WhatsApp numbers, and what a person must look at."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Request, Response
from pydantic import ConfigDict, Field, StringConstraints
from pydantic_core import to_json

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Phone, Strict, View
from truebook.kernel.errors import Unavailable
from truebook.ledger import alerts, usage
from truebook.onboarding.connect import Onboarding
from truebook.tenants import numbers
from truebook.tenants.numbers import Connection, Number

Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{5,30}$"), Field(examples=["106540352242922"])]
Secret = Annotated[str, StringConstraints(min_length=8, max_length=1000, pattern=r"^[\x21-\x7e]*$")]
Pin = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
routes = router("/whatsapp/numbers", "whatsapp")
senders = router("/whatsapp/senders", "whatsapp")
consumption = router("/whatsapp/usage", "whatsapp")
attention = router("/alerts", "alerts")


class NewNumber(Strict):
    """What Meta shows of a number, and what it is run with. Tokens and secrets are kept sealed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number_id": "106540352242922",
                    "messaging_account_id": "102290129340398",
                    "access_token": "EAAG0123456789",
                    "app_secret": "0123456789abcdef",
                }
            ]
        }
    )

    number_id: Digits = Field(description="WhatsApp Manager, API setup: phone number ID")
    messaging_account_id: Digits = Field(description="there as well: WhatsApp Business account ID")
    access_token: Secret = Field(description="of a system user, never expiring")
    app_secret: Secret | None = Field(None, description="App settings, Basic; none for the installation's own app")
    pin: Pin | None = Field(None, description="the number's two-step PIN, if it has one already")


class NewSender(Strict):
    """A WhatsApp sender at Twilio. The token is kept sealed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "account_sid": "AC0123456789abcdef0123456789abcdef",
                    "auth_token": "0123456789abcdef",
                    "phone": "+14155238886",
                }
            ]
        }
    )

    account_sid: Annotated[str, StringConstraints(pattern=r"^AC[0-9a-f]{32}$")] = Field(description="Twilio console")
    auth_token: Secret = Field(description="there as well: the primary one, which signs webhooks")
    phone: Phone = Field(description="the number of the WhatsApp sender")
    shared_key: Secret | None = Field(
        None, description="of a webhook rule that signs with HMAC-SHA256, if there is one"
    )


class NumberView(View):
    """A number as it stands."""

    id: UUID
    provider: str = Field(description="whatsapp is Meta itself", examples=["whatsapp", "twilio"])
    number_id: str
    messaging_account_id: str
    phone: str | None
    status: str = Field(description="connecting until a message has come in, connected, or stopped")
    stopped_because: str | None
    last_webhook_at: datetime | None
    quality: str | None = Field(description="GREEN, YELLOW or RED, as Meta said when it was looked at")
    sending_limit: str | None = Field(description="people outside the 24 hours a day", examples=["TIER_2K"])
    is_funded: bool | None = Field(description="whether there is a payment method; null where that is not known")
    looked_at: datetime | None


class Connected(View):
    """A number that was set up, and what is left to do: paste the address and the token, subscribe the fields."""

    id: UUID
    callback_url: str
    verify_token: str = Field(description="can be read this once only")
    fields: list[str]
    pin: str
    problems: list[str] = Field(description="templates that Meta refused, and why")


class SenderConnected(View):
    """A sender at Twilio that was kept, and what is left to do: give the address to the sender as its webhook."""

    id: UUID
    callback_url: str
    problems: list[str] = Field(description="Content resources that Twilio refused, and why")


class NumberList(View):
    """A business's numbers."""

    items: list[NumberView]


class DeliveredView(View):
    """Messages that arrived, of a number and a month, by what Meta charges them as."""

    number: UUID
    month: str = Field(examples=["2026-11"])
    category: str = Field(examples=["service"])
    count: int


class UsageList(View):
    """What arrived in the last year, the latest month first."""

    items: list[DeliveredView]
    free: int = Field(description="free-form messages a number and month that are said to be free")


class AlertView(View):
    """Something a person must look at. `subject` is the message, number or conversation it is about."""

    id: UUID
    kind: str
    subject: UUID
    words: str
    created_at: datetime


class AlertList(View):
    """What nobody has dealt with yet, the oldest first."""

    items: list[AlertView]


@routes.get("", response_model=None, responses={200: {"model": NumberList}})
async def list_numbers(call: Owner) -> Response:
    """List the WhatsApp numbers of the business, and how they are."""
    found = await numbers.every(call.db, call.scope)
    return Response(to_json({"items": [_shown(one) for one in found]}), media_type="application/json")


@routes.post("", status_code=201, response_model=None, responses={201: {"model": Connected}})
async def connect_number(call: Owner, request: Request, new: NewNumber) -> Response:
    """Connect a number: the token is proven, the number registered and subscribed, the templates handed in."""
    onboarding: Onboarding | None = request.app.state.onboarding
    if onboarding is None:
        raise Unavailable("this app was started without keys to seal secrets with")
    connection = Connection(new.number_id, new.messaging_account_id, new.access_token, new.app_secret)
    made = await onboarding.connect(call.scope, connection, pin=new.pin)
    body = {name: getattr(made, name) for name in Connected.model_fields}
    return Response(to_json(body), 201, {"Location": f"{PREFIX}/whatsapp/numbers"}, "application/json")


@senders.post("", status_code=201, response_model=None, responses={201: {"model": SenderConnected}})
async def connect_sender(call: Owner, request: Request, new: NewSender) -> Response:
    """Connect a WhatsApp sender at Twilio: the token is proven, buttons, lists and templates are made there."""
    onboarding: Onboarding | None = request.app.state.onboarding
    if onboarding is None:
        raise Unavailable("this app was started without keys to seal secrets with")
    connection = Connection(new.phone, new.account_sid, new.auth_token, new.shared_key, provider="twilio")
    made = await onboarding.connect_twilio(call.scope, connection)
    body = {name: getattr(made, name) for name in SenderConnected.model_fields}
    return Response(to_json(body), 201, {"Location": f"{PREFIX}/whatsapp/numbers"}, "application/json")


@consumption.get("", response_model=None, responses={200: {"model": UsageList}})
async def get_usage(call: Owner) -> Response:
    """See how many messages were delivered, by number, month and what they are charged as."""
    body = {"items": await usage.delivered(call.db, call.scope), "free": usage.FREE}
    return Response(to_json(body), media_type="application/json")


@attention.get("", response_model=None, responses={200: {"model": AlertList}})
async def list_alerts(call: Owner) -> Response:
    """List what a person must look at: customers who were not told, numbers that were stopped, refused templates."""
    found = await alerts.waiting(call.db, call.scope)
    return Response(to_json({"items": [AlertView.model_validate(one) for one in found]}), media_type="application/json")


@attention.post("/{id}/resolve", response_model=None, status_code=204)
async def resolve_alert(call: Owner, alert_id: Id) -> Response:
    """Note that somebody has dealt with it."""
    await alerts.resolve(call.db, call.scope, alert_id)
    return Response(status_code=204)


def _shown(one: Number) -> NumberView:
    return NumberView.model_validate(one)
