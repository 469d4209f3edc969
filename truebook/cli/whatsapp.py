"""truebook whatsapp: connect a business's number, and see how its numbers are."""

import asyncio
import os
from typing import Annotated

import httpx2
import typer

from truebook import desk
from truebook.cli.chat import at_home
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import out, tell
from truebook.db import Database, Scope, health
from truebook.kernel import phones
from truebook.kernel import settings as environment
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.onboarding.connect import Connected, Onboarding
from truebook.tenants import accounts, numbers
from truebook.tenants.numbers import Connection

app = typer.Typer(help="Connect a business's WhatsApp number, and see how it is.", no_args_is_help=True)
Business = Annotated[str, typer.Option(help="The slug of the business.")]


@app.command()
def connect(
    business: Business,
    number: Annotated[str, typer.Option(help="Phone number ID (API setup).", prompt="Phone number ID")],
    account: Annotated[str, typer.Option(help="WhatsApp Business account ID.", prompt="WhatsApp Business account ID")],
    pin: Annotated[str | None, typer.Option(help="The number's two-step PIN, if it has one already.")] = None,
) -> None:
    """Connect a number. Asks for the token and the app secret, or takes WHATSAPP_TOKEN and WHATSAPP_APP_SECRET."""
    token = os.environ.get("WHATSAPP_TOKEN") or typer.prompt("Access token of the system user", hide_input=True)
    secret = os.environ.get("WHATSAPP_APP_SECRET") or typer.prompt("App secret", hide_input=True)
    settings = at_home(environment.read())
    with database_url(settings) as url:
        health.refuse_if_broken(url)
        asyncio.run(_connect(settings, url, business, Connection(number, account, token, secret), pin))


@app.command()
def twilio(
    business: Business,
    account: Annotated[str, typer.Option(help="Account SID (AC…).", prompt="Account SID")],
    phone: Annotated[str, typer.Option(help="The WhatsApp sender's number.", prompt="Number of the WhatsApp sender")],
) -> None:
    """Connect a sender at Twilio. Asks for the auth token, or takes TWILIO_AUTH_TOKEN (and TWILIO_SHARED_KEY)."""
    token = os.environ.get("TWILIO_AUTH_TOKEN") or typer.prompt("Auth token (primary)", hide_input=True)
    number = phones.e164(phone, None)
    if number is None:
        raise Invalid("phone", "that is no phone number: give it with its country, such as +14155238886")
    new = Connection(number, account, token, os.environ.get("TWILIO_SHARED_KEY"), provider="twilio")
    settings = at_home(environment.read())
    with database_url(settings) as url:
        health.refuse_if_broken(url)
        asyncio.run(_connect(settings, url, business, new, None))


@app.command("list")
def listed(business: Business) -> None:
    """List the numbers of a business, and how they are."""
    with database_url(environment.read()) as url:
        health.refuse_if_broken(url)
        asyncio.run(_list(url, business))


async def _connect(settings: Settings, url: str, business: str, new: Connection, pin: str | None) -> None:
    async with Database(url) as db, httpx2.AsyncClient() as http:
        scope = Scope((await accounts.by_slug(db, business)).id, "truebook whatsapp")
        vault = desk.vault_of(settings, data_folder(settings))
        onboarding = Onboarding(db, vault, http, settings.base_url)
        if new.provider == "twilio":
            _what_is_left_at_twilio(await onboarding.connect_twilio(scope, new))
        else:
            _what_is_left(await onboarding.connect(scope, new, pin=pin))


def _what_is_left_at_twilio(made: Connected) -> None:
    for problem in made.problems:
        tell(f"Twilio refused a resource: {problem}")
    out("The token is good, and buttons, lists and templates are at Twilio. What is left, in the Twilio console:")
    out("  Messaging › Senders › WhatsApp senders › your number")
    out(f"    Webhook URL for incoming messages    {made.callback_url}    (HTTP POST)")
    out("  Then write “hello” to the number: it is connected once that message has come in.")
    if not made.callback_url.startswith("https://"):
        tell("Twilio reaches only public addresses: set TRUEBOOK_URL to one, and connect again.")


def _what_is_left(made: Connected) -> None:
    """Print what a person has to click."""
    for problem in made.problems:
        tell(f"Meta refused a template: {problem}")
    out("The token is good, the number is registered and subscribed. What is left, at developers.facebook.com:")
    out("  My Apps › your app › Use cases › Customize › Configuration")
    out(f"    Callback URL    {made.callback_url}")
    out(f"    Verify token    {made.verify_token}")
    out(f"    Subscribe to    {', '.join(made.fields)}")
    out("  Switch the app to Live. Then write “hello” to the number: it is connected once that message has come in.")
    out(f"  The number's two-step PIN is {made.pin}.")
    if not made.callback_url.startswith("https://"):
        tell("Meta reaches only https addresses with a public certificate: set TRUEBOOK_URL to one, and connect again.")


async def _list(url: str, business: str) -> None:
    async with Database(url) as db:
        scope = Scope((await accounts.by_slug(db, business)).id, "truebook whatsapp")
        known = await numbers.every(db, scope)
        if not known:
            out("No number is connected yet: `truebook whatsapp connect` (Meta) or `truebook whatsapp twilio`.")
        for one in known:
            heard = f"{one.last_webhook_at:%Y-%m-%dT%H:%MZ}" if one.last_webhook_at else "never"
            out(f"{one.phone or one.number_id}  {one.status}  last heard {heard}  {one.stopped_because or ''}")
