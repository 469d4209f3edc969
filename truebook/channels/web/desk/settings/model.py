"""What the assistant thinks with: the installation's own engine or model, or one that the business brings along."""

import re

from babel.numbers import format_decimal
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.assistant.models import admission
from truebook.channels.web import pages, words
from truebook.channels.web.desk.settings.keeping import page
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.connectors.models import OFFLINE, PROVIDERS
from truebook.kernel.errors import Invalid
from truebook.onboarding import thinking
from truebook.tenants import bots
from truebook.tenants.bots import BOTS, ModelChoice

HERE = "/desk/settings/assistant/model"
OWN = "own"
"""Chosen where the business brings a model along."""
LONGEST = {"name": 180, "url": 500, "key": 1000}
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show what the assistant thinks with."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def save(request: Request, who: WhoSets) -> Response:
    """Let the assistant think with something else."""
    bot = await bots.active(who.db, who.scope) or await BOTS.add(who.db, who.scope, name=bots.USUAL)
    if who.form.text("model") == "":
        await bots.choose_model(who.db, who.scope, bot.id, ModelChoice())
        return RedirectResponse(f"{HERE}?saved=1", 303)
    state = request.app.state
    try:
        wanted, key = _typed(who)
        await thinking.choose(who.db, who.scope, state.settings, state.vault, bot.id, wanted, key)
    except Invalid as wrong:
        return await _shown(request, who, 422, wrong=wrong.field, why=wrong.message)
    return RedirectResponse(f"{HERE}?saved=1", 303)


def _typed(who: Visitor) -> tuple[ModelChoice, str | None]:
    """Return the choice that was typed, and a new key; raise Invalid for the field that cannot be used."""
    form = who.form
    day = who.form.whole("day_tokens", 1_000, 1_000_000_000) if form.text("day_tokens") else None
    chosen = form.text("model", most=200)
    if chosen != OWN:
        return ModelChoice(chosen, day_tokens=day), None
    provider = form.text("provider")
    if provider not in PROVIDERS:
        raise Invalid("provider", "choose one")
    texts = {name: form.text(name, most=most) for name, most in LONGEST.items()}
    for name, text in texts.items():
        if text and not re.fullmatch(r"[\x21-\x7e]+", text):
            raise Invalid(name, "without spaces, and in plain letters")
    if not texts["name"]:
        raise Invalid("name", "say which of its models")
    return ModelChoice(f"{provider}:{texts['name']}", texts["url"] or None, day_tokens=day), texts["key"] or None


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "", why: str = "") -> Response:
    settings = request.app.state.settings
    bot = await bots.active(who.db, who.scope)
    choice = await bots.model_of(who.db, who.scope, bot.id) if bot else ModelChoice()
    offered = list(dict.fromkeys([settings.model, OFFLINE, *settings.models]))
    if who.form.fields:
        typed = {name: who.form.text(name, most=1000) for name in ("model", "provider", "name", "url", "day_tokens")}
    else:
        provider, _, name = (choice.model or "").partition(":")
        own = choice.model is not None and (choice.has_key or choice.url is not None or choice.model not in offered)
        typed = {
            "model": OWN if own else choice.model or "", "provider": provider, "name": name if own else "",
            "url": choice.url or "", "day_tokens": str(choice.day_tokens or ""),
        }  # fmt: skip
    locale = words.chosen(request)
    today, lately = (format_decimal(many, locale=locale) for many in await admission.used(who.db, who.scope))
    return page(
        request, who, "assistant", "model", status, typed=typed, offered=offered, usual=settings.model,
        today=today, lately=lately, days=admission.DAYS, providers=PROVIDERS, has_key=choice.has_key,
        wrong="model" if wrong.isupper() else wrong, why=why, own=OWN, offline=OFFLINE,
    )  # fmt: skip
