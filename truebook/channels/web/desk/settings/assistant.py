"""How the assistant speaks, and what it knows of the business besides its services and hours."""

from functools import partial
from typing import Any

from fastapi import Request, Response

from truebook.channels.web import pages, words
from truebook.channels.web.desk.settings.keeping import keep, page
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel.errors import Invalid
from truebook.language.languages import LANGUAGES
from truebook.tenants import bots
from truebook.tenants.bots import BOTS

HERE = "/desk/settings/assistant"
TONES = ("professional", "friendly", "casual")
TOPICS = (
    "price", "address", "parking", "payment", "included", "children", "animals", "access", "bring", "policy", "other",
)  # fmt: skip
BLANKS = 3
"""Empty rows for what else the assistant is to know."""
MOST = 200
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show how the assistant is set."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def save(request: Request, who: WhoSets) -> Response:
    """Keep how the assistant is to be."""

    async def change(tx: Any) -> None:
        tone = who.form.text("tone")
        if tone not in TONES:
            raise Invalid("tone", "choose one")
        values = {"tone": tone, "system_prompt": who.form.text("prompt", most=20_000), "facts": _facts(who)}
        if there := await bots.active(who.db, who.scope):
            await BOTS.rewrite(tx, there.id, values, version=who.form.version())
        else:
            await BOTS.write(tx, {"name": bots.USUAL, **values})

    return await keep(request, who, change, HERE, partial(_shown, request, who))


def _facts(who: Visitor) -> list[dict[str, str]]:
    """Return the facts that were typed, those without a text left out."""
    rows = zip(who.form.all("topic"), who.form.all("text"), who.form.all("fact_language"), strict=False)
    facts = [
        {"topic": topic, "text": text.strip(), "language": language} for topic, text, language in rows if text.strip()
    ]
    for one in facts:
        if one["topic"] not in TOPICS or one["language"] not in ("", *LANGUAGES) or len(one["text"]) > 2000:
            raise Invalid("facts", "a fact has a topic, and at most 2000 letters")
    if len(facts) > MOST:
        raise Invalid("facts", f"at most {MOST}")
    return facts


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "") -> Response:
    there = await bots.active(who.db, who.scope)
    if who.form.fields:
        tone, prompt = who.form.text("tone"), who.form.text("prompt", most=50_000)
        rows = zip(who.form.all("topic"), who.form.all("text"), who.form.all("fact_language"), strict=False)
        facts = [{"topic": topic, "text": text, "language": spoken} for topic, text, spoken in rows if text.strip()]
    else:
        tone, prompt = (there.tone, there.system_prompt) if there else ("friendly", "")
        facts = [{"language": "", **one} for one in there.facts] if there else []
    blank = {"topic": "other", "text": "", "language": ""}
    choice = await bots.model_of(who.db, who.scope, there.id) if there else None
    return page(
        request, who, "assistant", "assistant", status, tone=tone, prompt=prompt, facts=[*facts, *[blank] * BLANKS],
        version=there.version if there else "", spoken=[(one, words.own_name(one)) for one in LANGUAGES], wrong=wrong,
        thinks=(choice.model if choice else None) or request.app.state.settings.model,
    )  # fmt: skip
