"""A business's Content resources at Twilio: buttons and lists for the session, and the templates, handed in for review.

Source: Twilio, "Content API", "WhatsApp template approvals" (2026). A resource has as many rows as it was made with.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from truebook.connectors.twilio.client import Rejected, Twilio
from truebook.connectors.whatsapp.messages import ROWS
from truebook.onboarding.texts import BODIES, BUTTONS, CODE, CODE_MINUTES, COPY, DETAILS, EXAMPLES, LABELS, fields

Json = dict[str, Any]
PREFIX = "truebook_"
ANY = "any"
"""The language of what has no words of its own."""
REPLIES = 3
STATUSES = {"approved": "APPROVED", "rejected": "REJECTED", "paused": "PAUSED", "disabled": "DISABLED"}
"""What Twilio calls the state of a review, as Meta does; anything else waits."""


async def create_missing(twilio: Twilio, languages: Iterable[str], pages: str) -> tuple[list[Json], list[str]]:
    """Make every resource that is not there yet; return all as they stand now, and what was refused and why."""
    there = {(one["name"], one["language"]): one for one in await listed(twilio)}
    problems = []
    for name, language, body in [*_of_the_session(), *_templates(languages, pages)]:
        if (name, language) in there:
            continue
        try:
            made = await twilio.ask("POST", f"{twilio.content}/v1/Content", body=body)
            sid, status = str(made["sid"]), "APPROVED"
            if language != ANY:
                where = f"{twilio.content}/v1/Content/{sid}/ApprovalRequests/whatsapp"
                asked = await twilio.ask("POST", where, body={"name": name, "category": _category(name)})
                status = STATUSES.get(str(asked.get("status")), "PENDING")
        except Rejected as no:
            problems.append(f"{name} ({language}): {no.message}")
            continue
        there[name, language] = _seen(name, language, sid, status, _category(name), None)
    return list(there.values()), problems


async def listed(twilio: Twilio) -> list[Json]:
    """Return the resources that are the desk's, with the state of their review."""
    found = await twilio.ask("GET", f"{twilio.content}/v1/ContentAndApprovals", params={"PageSize": "500"})
    return [seen for one in found.get("contents", ()) if isinstance(one, dict) and (seen := _read(one))]


def _read(one: Json) -> Json | None:
    name = str(one.get("friendly_name") or "")
    if not name.startswith(PREFIX):
        return None
    name, review = name.removeprefix(PREFIX), one.get("approval_requests")
    review = review if isinstance(review, dict) else {}
    if name.startswith(("quick_reply_", "list_picker_")):
        return _seen(name, ANY, str(one["sid"]), "APPROVED", "UTILITY", None)
    status = STATUSES.get(str(review.get("status")), "PENDING")
    category = str(review.get("category") or _category(name))
    return _seen(name, str(one.get("language")), str(one["sid"]), status, category, review.get("rejection_reason"))


def _category(name: str) -> str:
    return "AUTHENTICATION" if name == CODE else "UTILITY"


def _seen(name: str, language: str, sid: str, status: str, category: str, reason: str | None) -> Json:
    return {
        "name": name, "language": language, "status": status, "category": category, "rejected_reason": reason or None,
        "content_sid": sid,
    }  # fmt: skip


def _of_the_session() -> Iterator[tuple[str, str, Json]]:
    """Return buttons and lists of every size: all their words are variables, so no review is needed in the session."""
    for size in range(1, REPLIES + 1):
        actions = [{"title": f"{{{{{2 * n}}}}}", "id": f"{{{{{2 * n + 1}}}}}"} for n in range(1, size + 1)]
        yield _resource(f"quick_reply_{size}", ANY, {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}})
    for size in range(1, ROWS + 1):
        items = [
            {"item": f"{{{{{3 * n}}}}}", "id": f"{{{{{3 * n + 1}}}}}", "description": f"{{{{{3 * n + 2}}}}}"}
            for n in range(1, size + 1)
        ]
        picker = {"body": "{{1}}", "button": "{{2}}", "items": items}
        yield _resource(f"list_picker_{size}", ANY, {"twilio/list-picker": picker})


def _templates(languages: Iterable[str], pages: str) -> Iterator[tuple[str, str, Json]]:
    for language in languages:
        for name, text in BODIES.get(language, {}).items():
            names = sorted(fields(text))
            body = text
            for place, one in enumerate(names, 1):
                body = body.replace("{{" + one + "}}", f"{{{{{place}}}}}")
            variables = {str(place): EXAMPLES[one] for place, one in enumerate(names, 1)}
            types = _typed(body, language, BUTTONS[name], len(names) + 1, pages, variables)
            yield _resource(name, language, types, variables)
        if language in BODIES:
            action = {"type": "COPY_CODE", "copy_code_text": COPY[language]}
            code = {"add_security_recommendation": True, "code_expiration_minutes": CODE_MINUTES, "actions": [action]}
            yield _resource(CODE, language, {"whatsapp/authentication": code}, {"1": "123456"})


def _typed(
    body: str, language: str, taps: tuple[str, ...], place: int, pages: str, variables: dict[str, str]
) -> dict[str, Any]:
    """Return a template's content: quick replies where it has any, else a link, else text."""
    replies = [one for one in taps if one != DETAILS]
    if replies:
        actions = []
        for number, one in enumerate(replies, place):
            actions.append({"type": "QUICK_REPLY", "title": LABELS[language][one], "id": f"{{{{{number}}}}}"})
            variables[str(number)] = one
        return {"twilio/quick-reply": {"body": body, "actions": actions}}
    if taps:
        action = {"type": "URL", "title": LABELS[language][DETAILS], "url": f"{pages}/{{{{{place}}}}}"}
        variables[str(place)] = "salon-lina/7Q4-K2M/aBcDeFgHiJkLmNoP"
        return {"twilio/call-to-action": {"body": body, "actions": [action]}}
    return {"twilio/text": {"body": body}}


def _resource(
    name: str, language: str, types: dict[str, Any], variables: dict[str, str] | None = None
) -> tuple[str, str, Json]:
    body: Json = {"friendly_name": f"{PREFIX}{name}", "language": "en" if language == ANY else language, "types": types}
    return name, language, {**body, "variables": variables} if variables else body
