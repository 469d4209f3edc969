"""How the assistant speaks, and what it knows of the business besides its services and hours."""

from collections.abc import Sequence
from dataclasses import dataclass
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
BLANKS, BLANKS_ELSEWHERE = 3, 1
"""Empty rows for what else the assistant is to know: in the language that stands open, and in each that is folded."""
MOST = 200
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The facts of one language, those of any language with the first one's; `known` of them have a text."""

    name: str
    facts: tuple[dict[str, str], ...]
    known: int


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
    choice = await bots.model_of(who.db, who.scope, there.id) if there else None
    return page(
        request, who, "assistant", "assistant", status, tone=tone, prompt=prompt, groups=_groups(who, facts),
        version=there.version if there else "", spoken=[(one, words.own_name(one)) for one in LANGUAGES], wrong=wrong,
        thinks=(choice.model if choice else None) or request.app.state.settings.model,
    )  # fmt: skip


def _groups(who: Visitor, facts: Sequence[dict[str, str]]) -> list[Spoken]:
    """Return the facts by language: first the business's own and what holds in any, then each other that has some."""
    first = who.person.languages[0] if who.person.languages else "en"
    others = [one for one in LANGUAGES if one != first and (one in who.person.languages or _in(facts, one))]
    blank = {"topic": "other", "text": "", "language": ""}
    own = _in(facts, first, "")
    made = [Spoken(words.own_name(first), (*own, *[blank] * BLANKS), len(own))]
    for one in others:
        known = _in(facts, one)
        rows = (*known, *[{**blank, "language": one}] * BLANKS_ELSEWHERE)
        made.append(Spoken(words.own_name(one), rows, len(known)))
    return made


def _in(facts: Sequence[dict[str, str]], *languages: str) -> tuple[dict[str, str], ...]:
    return tuple(one for one in facts if one["language"] in languages)
