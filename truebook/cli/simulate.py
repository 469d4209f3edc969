"""truebook simulate whatsapp: a WhatsApp on this machine, connected to the desk that runs here."""

import asyncio
import contextlib
import secrets
import socket
from typing import Annotated

import httpx2
import typer
import uvicorn

from truebook import desk
from truebook.cli import running
from truebook.cli.chat import at_hand, at_home
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import out
from truebook.db import Database, Scope, health
from truebook.kernel import settings as environment
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings
from truebook.onboarding.connect import Onboarding
from truebook.simulator.server import Number, Simulator
from truebook.tenants import accounts
from truebook.tenants.numbers import Connection

app = typer.Typer(help="Services of others, played on this machine.", no_args_is_help=True)
NUMBER = ("100000000000001", "100000000000002", "+4366000000001")
"""The simulated number: its id, its account's, and what people dial."""


@app.callback()
def services() -> None:
    """Services of others, played on this machine."""


@app.command()
def whatsapp(
    business: Annotated[str | None, typer.Option(help="The slug of the business people write to.")] = None,
    port: Annotated[int, typer.Option(help="Where the phone is shown.")] = 8001,
) -> None:
    """Play WhatsApp for the desk that runs here: open the page it names, and write as a customer."""
    settings = at_home(environment.read())
    with database_url(settings) as url, listening(port) as listener:
        health.refuse_if_broken(url)
        running.run(_play(settings, url, business or at_hand(settings), port, listener))


def listening(port: int) -> socket.socket:
    """Return a socket on which connections are taken in, and wait for whoever serves them; raise Unavailable."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()  # whoever connects before the server runs waits for it
    except OSError as error:
        listener.close()
        raise Unavailable(f"Port {port} cannot be used ({error.strerror}): give another one with --port.") from error
    return listener


async def _play(settings: Settings, url: str, business: str, port: int, listener: socket.socket) -> None:
    token, secret, base = f"sim-{secrets.token_hex(8)}", secrets.token_hex(16), f"http://127.0.0.1:{port}"
    async with Database(url, size=4) as db, httpx2.AsyncClient() as http:
        scope = Scope((await accounts.by_slug(db, business)).id, "truebook simulate")
        sim = Simulator(Number(NUMBER[0], NUMBER[1], token, NUMBER[2], secret, ""), http)
        sim.world.add("Carla", phone="436601234567")
        sim.world.add("Dana", username="dana.k")
        config = uvicorn.Config(sim.app(), log_config=None, access_log=False, lifespan="on")
        served = asyncio.ensure_future(running.listen(uvicorn.Server(config), [listener]))
        try:
            new = Connection(*NUMBER[:2], token, secret, NUMBER[2], base)
            vault = desk.vault_of(settings, data_folder(settings))
            connected = await Onboarding(db, vault, http, settings.base_url).connect(scope, new)
            sim.webhooks.url = connected.callback_url
            answers = await sim.webhooks.shake_hands(connected.verify_token)
            out(f"The phone is at {base}  Write as Carla or Dana to {business}; nothing leaves this machine.")
            if not answers:
                out(f"No desk answers at {settings.base_url}: start it with `truebook up`, and messages get through.")
            await served
        finally:
            served.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await served
